/** What my offices have to do: gaps to follow up, duties of my units, help requests, calls to confirm; less what was done on this phone already. */
import { useEffect } from 'react'
import { useMyCaseWork } from '#slices/health/web/use-case-work.ts'
import { mine as helpMine, reply, todo as helpTodo } from '#slices/issues/contract.ts'
import { excuse, finishTask, tasks } from '#slices/measures/contract.ts'
import { useMyDoubts } from '#slices/measures/web/use-my-doubts.ts'
import { acknowledge, confirmCall, mine as noticesMine, report, todo as dutiesTodo } from '#slices/notices/contract.ts'
import { useKeptRead } from '#ui/pocket/data.ts'
import { usePending } from '#ui/pocket/pending.ts'
import { useTabCount } from './tab-counts.ts'
import { useMe } from '../session.tsx'

const often = 300_000

/** Topics that every answer of anybody pings are left out (see asking.ts); what is missed comes with the next look. */
export function useWork() {
  const { me } = useMe()
  const enabled = (me?.offices.length ?? 0) > 0
  const gaps = useKeptRead(tasks, {}, { topics: ['tasks', 'gaps'], enabled, refetchMs: often })
  const duties = useKeptRead(dutiesTodo, { size: 50 }, { topics: ['assignments', 'rounds'], enabled, refetchMs: often })
  const help = useKeptRead(helpTodo, {}, { topics: ['help'], enabled, refetchMs: often })
  const doubts = useMyDoubts(enabled)
  const cases = useMyCaseWork(enabled)
  const finished = new Set(usePending(finishTask, gaps.at).map((one) => one.input.taskId))
  const confirmed = new Set(usePending(confirmCall, duties.at).map((one) => one.input.targetId))
  const acknowledged = new Set(usePending(acknowledge, duties.at).flatMap((one) => one.input.assignmentIds))
  const reported = new Set(usePending(report, duties.at).map((one) => one.input.assignmentId))
  const toDo = (duties.data?.toDo.items ?? []).filter((one) => !reported.has(one.assignmentId))
  const answered = new Set(usePending(reply, help.at).flatMap((one) => (one.input.settles ? [one.input.requestId] : [])))
  const requests = (help.data?.requests ?? []).filter((one) => !answered.has(one.requestId))
  const excused = new Set(usePending(excuse, gaps.at).map((one) => `${one.input.subjectId} ${one.input.measureId}`))
  const openGaps = (gaps.data?.tasks ?? []).filter((task) => !finished.has(task.taskId) && !excused.has(`${task.subject.id} ${task.measureId}`))
  const toConfirm = (duties.data?.toConfirm ?? []).filter((one) => !confirmed.has(one.targetId))
  const toAcknowledge = (duties.data?.toAcknowledge.items ?? []).filter((one) => !acknowledged.has(one.assignmentId) && !reported.has(one.assignmentId))
  // One call settles all that is open with a person: tasks are people, not lines.
  const people = [...Map.groupBy(openGaps, (task) => task.subject.id).values()]
  const counts = {
    gaps: people.length,
    acknowledge: Math.max(0, (duties.data?.toAcknowledge.total ?? 0) - ((duties.data?.toAcknowledge.items.length ?? 0) - toAcknowledge.length)),
    duties: Math.max(0, (duties.data?.toDo.total ?? 0) - ((duties.data?.toDo.items.length ?? 0) - toDo.length)),
    reviews: duties.data?.toReview.total ?? 0,
    help: Math.max(0, (help.data?.total ?? 0) - ((help.data?.requests.length ?? 0) - requests.length)),
    confirm: toConfirm.length,
    doubts: doubts.data?.doubts.length ?? 0,
    cases: cases.count,
  }
  return { enabled, gaps, duties, help, requests, doubts, cases, people, moreGaps: Math.max(0, (gaps.data?.total ?? 0) - (gaps.data?.tasks.length ?? 0)), toConfirm, toAcknowledge, toDo, counts, total: Object.values(counts).reduce((sum, one) => sum + one, 0) }
}
export type Work = ReturnType<typeof useWork>

/** Notices that concern me. Receipts of others ping `notices` all day; an issue also pings `notice-drafts`. */
export const useMyNotices = () => useKeptRead(noticesMine, {}, { topics: ['my-notices', 'notice-drafts'], refetchMs: often })

/** My requests for help. */
export const useMyHelp = () => useKeptRead(helpMine, {}, { topics: ['help'], refetchMs: often })

/** Keeps the numbers at the foot of the screen. */
export function useTabCounts(work: Work, unopened: number | undefined): void {
  const setCount = useTabCount()
  const { total } = work
  useEffect(() => setCount('/tasks', total), [setCount, total])
  useEffect(() => {
    if (unopened !== undefined) setCount('/notices', unopened)
  }, [setCount, unopened])
}
