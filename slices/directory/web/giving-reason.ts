/** Giving a reason before names are opened: what console and phone share. */
import { useState } from 'react'
import type { CallProblem } from '#kernel/client.ts'
import { newId } from '#kernel/ids.ts'
import { useWrite } from '#ui/data.ts'
import { t } from '#ui/words.ts'
import { giveReason } from '../contract.ts'

/** The unit a reason is to be given for. */
export interface ReasonAt {
  unitId: string
  unit: string
}

/** What a refused read asks for; null: it was refused for something else. */
export function reasonAskedBy(problem: CallProblem | null): ReasonAt | null {
  const { unitId, unit } = (problem?.code === 'reason-needed' ? (problem.details as Partial<ReasonAt> | undefined) : undefined) ?? {}
  return unitId ? { unitId, unit: unit ?? '' } : null
}

/** Given with one press. */
export const usualReasons = (): string[] => [t('督促填报，逐人联系', 'Chasing answers, person by person'), t('核实疑似失联人员', 'Checking who may be out of reach'), t('处理求助或突发情况', 'A request for help, or an incident'), t('核对上报数字', 'Checking figures before they go up')]

/** `give` without words gives what was written; `error` once that was tried with too little. */
export function useGivingReason(at: ReasonAt, onGiven: () => void) {
  const [words, setWords] = useState('')
  const [tried, setTried] = useState(false)
  const [reasonId] = useState(newId)
  const { run, busy, problem } = useWrite(giveReason, { onDone: onGiven, topics: ['reasons'] })
  const give = (chosen = words) => {
    setWords(chosen)
    setTried(true)
    if (chosen.trim().length >= 2) void run({ reasonId, unitId: at.unitId, words: chosen.trim() })
  }
  return { words, setWords, give, busy, problem, error: tried && words.trim().length < 2 && t('至少两个字。', 'Two characters at least.') }
}
