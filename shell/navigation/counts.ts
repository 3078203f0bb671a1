/** Numbers beside the pages of the navigation: what waits for the reader. Without pings: they follow within half a minute, on every page. */
import { waiting } from '#slices/issues/contract.ts'
import { mineOpen } from '#slices/measures/contract.ts'
import { late, todo } from '#slices/notices/contract.ts'
import { useRead } from '#ui/data.ts'
import { count } from '#ui/format.ts'
import { t } from '#ui/words.ts'
import { useMe } from '../session.tsx'

export interface NavCount {
  n: number
  /** Read to those who do not see it stand there. */
  said: string
  urgent: boolean
}
const pace = 30_000

export function useNavCounts(): Record<string, NavCount | undefined> {
  const { me, can } = useMe()
  const unitId = me?.homeUnitId ?? ''
  const home = unitId !== ''
  const gaps = useRead(mineOpen, {}, { topics: [], enabled: can('gap.read'), refetchMs: pace })
  const help = useRead(waiting, { unitId }, { topics: ['help'], enabled: home && can('help.act'), refetchMs: pace })
  const overdue = useRead(late, { unitId }, { topics: [], enabled: home && can('notice.read'), refetchMs: pace })
  const mine = useRead(todo, { size: 1 }, { topics: ['assignments'], enabled: can('duty.act'), refetchMs: pace })
  const open = gaps.data?.people ?? 0
  const toDo = mine.data ? mine.data.toAcknowledge.total + mine.data.toDo.total : 0
  return {
    '/gaps': shown(open, t('只数我本人负责的：{n} 人有缺口或未知', 'Only those I answer for myself: {n} with gaps or unknown', { n: count(open) }), (gaps.data?.gap ?? 0) > 0),
    '/help': shown(help.data?.total ?? 0, t('{n} 件未办结', '{n} open', { n: count(help.data?.total ?? 0) }), (help.data?.urgent ?? 0) + (help.data?.overdue ?? 0) > 0),
    '/notices': shown(overdue.data?.total ?? 0, t('{n} 项任务逾期', '{n} {n:duty|duties} overdue', { n: count(overdue.data?.total ?? 0) }), true),
    '/duties': shown(toDo, t('{n} 项要办', '{n} to do', { n: count(toDo) }), false),
  }
}

const shown = (n: number, said: string, urgent: boolean): NavCount | undefined => (n > 0 ? { n, said, urgent } : undefined)
/** 999+ where there is no room for more. */
export const short = (n: number): string => (n > 9999 ? '9999+' : String(n))
