/** What is odd about a measure, said with the rules that make it so. */
import { useMemo } from 'react'
import { presentMoment } from '#ui/format.ts'
import { useSession } from '#ui/session.tsx'
import { Note } from '#ui/states.tsx'
import { t } from '#ui/words.ts'
import { objectionsTo, type Domain, type Objection } from '../possible.ts'
import { refuseCondition, type RuleGroup } from '../rules.ts'
import { objectionText, type Said } from './planning-words.ts'
import type { Names } from './rule-words.ts'
import type { Me } from '#slices/directory/web/unit-choice.ts'

/** Worked out here while it is being written; who is there now only the server can count. */
export function useObjections({ population, condition }: { population: RuleGroup; condition: RuleGroup }, names: Names): Objection[] {
  const timeZone = useSession<Me>().me?.institution.timeZone ?? 'Asia/Shanghai'
  return useMemo(() => {
    if (condition.rules.length === 0 || refuseCondition(condition, names.fields).length > 0 || refuseCondition(population, names.fields).length > 0) return []
    const fields = new Map([...names.fields].map(([key, field]): [string, Domain] => [key, { ...field, ...names.range?.(key) }]))
    return objectionsTo({ population, condition }, { fields, now: presentMoment(), timeZone })
  }, [population, condition, names, timeZone])
}

export function Objections({ said, names }: { said: readonly Said[]; names: Names }) {
  return (
    <>
      {said.map((objection) => {
        const { tone, text, rules } = objectionText(objection, names)
        return (
          <Note key={objection.kind} tone={tone}>
            {text}
            {rules.length > 0 && (
              <ul className="m-said" aria-label={t('原因', 'Why')}>
                {rules.map((rule, index) => (
                  <li key={index}>{rule}</li>
                ))}
              </ul>
            )}
          </Note>
        )
      })}
    </>
  )
}
