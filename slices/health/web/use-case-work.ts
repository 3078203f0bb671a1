/** Cases that are with me. */
import { useKeptRead } from '#ui/pocket/data.ts'
import { usePending } from '#ui/pocket/pending.ts'
import { check, todo } from '../contract.ts'

/** What is with me, less what was entered on this phone since. */
export function useMyCaseWork(enabled: boolean) {
  const read = useKeptRead(todo, {}, { topics: ['cases'], enabled, refetchMs: 300_000 })
  const entered = new Set(usePending(check, read.at).map((one) => one.input.caseId))
  const cases = (read.data?.cases ?? []).map((one) => (entered.has(one.caseId) ? { ...one, missingToday: false } : one))
  const offered = read.data?.offered ?? []
  const waiting = cases.filter((one) => one.missingToday || one.state === 'to-release')
  return { read, today: read.data?.today ?? '', cases, offered, waiting, count: waiting.length + offered.length }
}
export type CaseWork = ReturnType<typeof useMyCaseWork>
