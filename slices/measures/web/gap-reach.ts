/** How far somebody got with a person, in words; and the ready-made views of the list. */
import { t } from '#ui/words.ts'
import type { GapPerson, Reach } from './gap-people.ts'

export const reaches: readonly Reach[] = ['untried', 'reminded', 'no-answer', 'promised', 'reached', 'handed']
export const reachName = (reach: Reach): string =>
  ({ untried: t('还没联系', 'not tried'), reminded: t('只提醒过', 'only reminded'), 'no-answer': t('没人接', 'no answer'), promised: t('答应填报', 'promised'), reached: t('已联系上', 'reached'), handed: t('已转交', 'handed over') })[reach]
export const dangerName = (danger: number): string => ({ 1: t('最要紧', 'Most urgent'), 2: t('一般', 'Ordinary'), 3: t('可缓', 'Can wait') })[danger] ?? String(danger)

export type ViewKey = 'due' | 'overdue' | 'promised' | 'handed' | 'all' | 'excused'
interface ReadyView {
  key: ViewKey
  title: readonly [string, string]
  reach: readonly Reach[]
}
export const readyViews: readonly ReadyView[] = [
  { key: 'due', title: ['待联系', 'To reach'], reach: ['untried', 'reminded', 'no-answer'] },
  { key: 'promised', title: ['联系过，还没补上', 'Reached, still open'], reach: ['promised', 'reached'] },
  { key: 'handed', title: ['已转交', 'Handed over'], reach: ['handed'] },
  { key: 'overdue', title: ['超时', 'Overdue'], reach: [] },
  { key: 'all', title: ['全部', 'All'], reach: [] },
  { key: 'excused', title: ['已免除', 'Excused'], reach: [] },
]

/** Measures of a person that are still to be settled. */
export const openItems = (person: GapPerson) => person.open.map(({ measureId }) => ({ measureId, subjectId: person.subject.id }))
export const latest = (person: GapPerson): string => person.open.reduce((first, one) => (one.since < first ? one.since : first), person.open[0]?.since ?? '')
