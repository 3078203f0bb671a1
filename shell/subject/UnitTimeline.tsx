/** What happened to a unit: duties given, acknowledged, reported and judged; gaps closed; people appointed. One line of time, out of several slices. */
import { useMemo, useState } from 'react'
import type { Output } from '#kernel/contract.ts'
import { appointments } from '#slices/directory/contract.ts'
import { beginsDay, lastMoment } from '#slices/directory/web/days.ts'
import { settledByDay } from '#slices/measures/contract.ts'
import { assignments } from '#slices/notices/contract.ts'
import { useRead } from '#ui/data.ts'
import { count, date, presentMoment } from '#ui/format.ts'
import { Panel, TextLink } from '#ui/page.tsx'
import { LoadingState } from '#ui/states.tsx'
import { Timeline, type TimelineEntry } from '#ui/timeline.tsx'
import { officeTitle } from '#ui/own-words.ts'
import { read as inScript, say, t } from '#ui/words.ts'

const shownFirst = 12
type Assignment = Output<typeof assignments>['assignments'][number]
const name = (who: string | null | undefined) => (who ? <span translate="no">{who}</span> : t('系统', 'the system'))
const short = (text: string) => (text.length > 44 ? `${text.slice(0, 43)}…` : text)

/** Duties of one notice that came in one go are one entry. */
function dutyEntries(list: readonly Assignment[]): TimelineEntry[] {
  const sent = Map.groupBy(list, (one) => `${one.noticeId} ${one.sentAt.slice(0, 16)}`)
  const given = [...sent.entries()].flatMap(([key, some]): TimelineEntry[] => {
    const [one] = some
    return one ? [{ id: `sent ${key}`, at: one.sentAt, icon: 'notices', title: t('收到 {n} 条任务', '{n} {n:duty|duties} came in', { n: some.length }), text: <TextLink to={`/notices/${one.noticeId}`}>{inScript(one.noticeTitle)}</TextLink> }] : []
  })
  const acknowledged = [...Map.groupBy(list.filter((one) => one.acknowledgedAt !== null), (one) => `${one.noticeId} ${one.acknowledgedAt?.slice(0, 16)}`).entries()].flatMap(([key, some]): TimelineEntry[] => {
    const [one] = some
    return one?.acknowledgedAt ? [{ id: `acknowledged ${key}`, at: one.acknowledgedAt, icon: 'check', title: t('签收 {n} 条任务', '{n} {n:duty|duties} acknowledged', { n: some.length }), text: inScript(one.noticeTitle) }] : []
  })
  const reported = list.flatMap(({ assignmentId, text, lastReport }): TimelineEntry[] =>
    lastReport
      ? [
          { id: `reported ${assignmentId}`, at: lastReport.madeAt, icon: 'upload', by: name(lastReport.by), title: lastReport.zero ? t('零报告', 'Zero report') : t('上报任务', 'Duty reported'), text: short(inScript(text)), tone: lastReport.late ? 'warn' : lastReport.verdict === 'accepted' ? 'good' : 'plain' },
          // What nobody has to review is done with the report.
          ...(lastReport.verdict && lastReport.verdictAt && lastReport.verdictBy ? [{ id: `verdict ${assignmentId}`, at: lastReport.verdictAt, by: name(lastReport.verdictBy), icon: lastReport.verdict === 'accepted' ? ('check' as const) : ('back' as const), tone: lastReport.verdict === 'accepted' ? ('good' as const) : ('bad' as const), title: lastReport.verdict === 'accepted' ? t('任务办结', 'Duty accepted as done') : t('上报被退回', 'Report sent back'), text: lastReport.verdictNote || short(inScript(text)) }] : []),
        ]
      : [],
  )
  return [...given, ...acknowledged, ...reported]
}

export function UnitTimeline({ unitId, may }: { unitId: string; may: { duties: boolean; coverage: boolean } }) {
  const [all, setAll] = useState(false)
  const held = useRead(appointments, { unitId }, { topics: ['directory'], keep: false })
  const duties = useRead(assignments, { unitId, show: 'all', size: 100 }, { topics: ['assignments', 'notices'], enabled: may.duties, keep: false })
  const closed = useRead(settledByDay, { unitId, days: 14 }, { topics: ['coverage'], enabled: may.coverage, keep: false })
  const entries = useMemo(() => {
    const now = presentMoment().toISOString()
    const offices = (held.data?.tenures ?? []).flatMap((one): TimelineEntry[] => {
      const who = { name: one.person.name, title: officeTitle(one.title) }
      return [
        { id: `from ${one.holdingId}`, at: one.from, wholeDay: beginsDay(one.from), icon: 'people', title: one.from > now ? t('将由{name}任{title}', '{name} will be {title}', who) : one.capacity === 'deputy' ? t('{name}代理{title}', '{name} became deputy {title}', who) : t('{name}任{title}', '{name} became {title}', who), text: one.to ? t('至 {when}', 'until {when}', { when: date(lastMoment(one.to)) }) : undefined },
        ...(one.to && one.to <= now ? [{ id: `to ${one.holdingId}`, at: one.to, wholeDay: beginsDay(one.to), icon: 'out' as const, tone: 'warn' as const, title: t('{name}不再任{title}', '{name} is no longer {title}', who) }] : []),
      ]
    })
    const gaps = (closed.data?.days ?? []).map((one): TimelineEntry => ({ id: `closed ${one.day} ${one.measureId}`, at: one.at, icon: 'check', tone: 'good', title: t('当日补上 {n} 个缺口', '{n} {n:gap|gaps} closed that day', { n: count(one.settled) }), text: say(one.name) }))
    return [...offices, ...dutyEntries(duties.data?.assignments ?? []), ...gaps].toSorted((a, b) => (a.at < b.at ? 1 : -1))
  }, [held.data, duties.data, closed.data])
  return (
    <Panel title={t('经过', 'What happened')}>
      {held.loading || duties.loading || closed.loading ? <LoadingState rows={4} /> : <Timeline entries={all ? entries : entries.slice(0, shownFirst)} />}
      {!all && entries.length > shownFirst && <button type="button" className="b-link" onClick={() => setAll(true)}>{t('显示全部 {n} 条', 'Show all {n}', { n: entries.length })}</button>}
    </Panel>
  )
}
