/** What was done about somebody, as entries of a timeline. */
import type { Output } from '#kernel/contract.ts'
import { dateTime } from '#ui/format.ts'
import type { TimelineEntry } from '#ui/timeline.tsx'
import { say, t } from '#ui/words.ts'
import type { trail } from '../contract.ts'
import { stepWords } from './follow-up-steps.tsx'
import { howName, outcomeName } from './gap-words.ts'

export type DeedRow = Output<typeof trail>['deeds'][number]

const about = (deed: DeedRow) => [...new Map(deed.measures.map((name) => [name.zh, name])).values()].map(say).join(t('、', ', '))
const outcomes: Record<string, () => string> = {
  'gap-closed': () => t('缺口已补上', 'the gap was closed'),
}

/** One deed: a call, a reminder, an excuse, a follow-up and its steps. */
export function deedEntry(deed: DeedRow): TimelineEntry {
  const id = `${deed.kind} ${deed.at} ${deed.words} ${deed.measures.map((name) => name.zh).join(' ')}`
  const by = deed.by ? <span translate="no">{deed.by}</span> : t('系统', 'the system')
  switch (deed.kind) {
    case 'contact':
      return {
        id, at: deed.at, icon: deed.how === 'remind' ? 'clock' : 'phone', tone: deed.outcome === 'reached' || deed.outcome === 'promised' ? 'good' : deed.outcome === 'no-answer' ? 'warn' : 'plain', by,
        title: deed.how === 'remind' ? t('提醒：{what}', 'Reminded: {what}', { what: about(deed) }) : t('{how}，{outcome}：{what}', '{how}, {outcome}: {what}', { how: howName(deed.how ?? 'call'), outcome: outcomeName(deed.outcome ?? 'sent'), what: about(deed) }), text: deed.words || undefined,
      }
    case 'excuse':
      return { id, at: deed.at, icon: 'check', by, title: t('免除：{what}', 'Excused: {what}', { what: about(deed) }), text: [deed.words, deed.until && t('至 {when}', 'until {when}', { when: dateTime(deed.until) })].filter(Boolean).join(' · ') }
    case 'excuse-end':
      return { id, at: deed.at, title: t('免除结束：{what}', 'Excuse ended: {what}', { what: about(deed) }) }
    case 'follow-up':
      return { id, at: deed.at, icon: 'tasks', title: t('列为跟进：{what}', 'Follow-up opened: {what}', { what: about(deed) }), by: deed.by ? by : undefined }
    case 'follow-up-end':
      return { id, at: deed.at, icon: 'check', tone: 'good', title: t('跟进了结：{what}', 'Follow-up closed: {what}', { what: about(deed) }), text: outcomes[deed.words]?.() ?? (deed.words || undefined) }
    case 'step':
      return { id, at: deed.at, icon: 'next', title: deed.step ? stepWords(deed.step) : '', text: about(deed) }
  }
}
