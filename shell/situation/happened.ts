/** What happened in the last hour as one list: notices and duties, help, levels, and whose figures moved. Units and counts, never persons. */
import type { IconName } from '#ui/icons.tsx'
import { count } from '#ui/format.ts'
import { read, t } from '#ui/words.ts'
import type { Coverage, History, OpenResponse, Recent } from './reads.ts'
import { changeOf } from './trend.ts'

export interface Happening {
  key: string
  at: string
  /** No single moment: within the hour. */
  within?: true
  icon: IconName
  tone: 'plain' | 'good' | 'warn' | 'bad'
  /** Whose it is; null: everybody's. */
  unit: string | null
  what: string
  /** The notice it belongs to. */
  about: string | null
  to: string | null
}

const hour = 3_600_000

export function happenings(given: {
  recent: Recent | undefined
  open: readonly OpenResponse[]
  help: { asOf: string; askedLastHour: number; answeredLastHour: number } | undefined
  coverage: Coverage | undefined
  history: History | undefined
}): Happening[] {
  const { recent, open, help, coverage, history } = given
  const list: Happening[] = (recent?.events ?? []).map((event, index) => ({
    key: `${event.kind} ${event.noticeId} ${event.unit?.unitId ?? index}`, at: event.at, icon: signs[event.kind][0], tone: signs[event.kind][1], unit: event.unit ? read(event.unit.name) : null, what: words(event.kind, event.count), about: read(event.noticeTitle), to: `/notices/${event.noticeId}`,
  }))
  const now = coverage?.asOf ?? recent?.asOf
  for (const one of open) {
    if (now && new Date(now).getTime() - new Date(one.openedAt).getTime() < hour) list.push({ key: `open ${one.responseId}`, at: one.openedAt, icon: 'responses', tone: 'bad', unit: null, what: t('启动响应：{name}', 'Response opened: {name}', { name: read(one.name) }), about: null, to: `/responses/${one.responseId}` })
  }
  if (help && help.askedLastHour > 0) list.push({ key: 'help asked', at: help.asOf, within: true, icon: 'help', tone: 'warn', unit: null, what: t('新求助 {n} 件', '{n} new help {n:request|requests}', { n: count(help.askedLastHour) }), about: null, to: '/help' })
  if (help && help.answeredLastHour > 0) list.push({ key: 'help answered', at: help.asOf, within: true, icon: 'check', tone: 'good', unit: null, what: t('求助答复 {n} 件', '{n} help {n:request|requests} answered', { n: count(help.answeredLastHour) }), about: null, to: '/help' })
  if (coverage && history?.hourAgo) {
    const then = new Map(history.hourAgo.rows.map((row) => [row.unitId, row.cells]))
    for (const row of coverage.rows) {
      const [open_, kept] = [changeOf(row.cells, then.get(row.unit.unitId), 'gap'), changeOf(row.cells, then.get(row.unit.unitId), 'kept')]
      if (!kept && !open_) continue
      const better = (kept ?? 0) >= (open_ ?? 0)
      list.push({
        key: `moved ${row.unit.unitId}`, at: coverage.asOf, within: true, icon: better ? 'check' : 'gaps', tone: better ? 'good' : 'warn', unit: read(row.unit.name), about: null, to: `/coverage?unit=${row.unit.unitId}`,
        what: [kept && t('达标 {n}', 'kept {n}', { n: signed(kept) }), open_ && t('缺口 {n}', 'gaps {n}', { n: signed(open_) })].filter(Boolean).join(t('，', ', ')),
      })
    }
  }
  // What has a moment first, the latest on top; then what happened somewhere within the hour.
  return list.toSorted((a, b) => Number(a.within ?? false) - Number(b.within ?? false) || (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
}

export const signed = (n: number): string => (n > 0 ? `+${count(n)}` : n < 0 ? `−${count(-n)}` : '0')

type Kind = Recent['events'][number]['kind']
const signs: Record<Kind, [IconName, Happening['tone']]> = {
  issued: ['notices', 'plain'], withdrawn: ['close', 'warn'], superseded: ['notices', 'plain'], 'round-started': ['phone', 'warn'], sent: ['out', 'plain'], acknowledged: ['check', 'good'], 'hand-down': ['units', 'plain'], reported: ['upload', 'good'], 'zero-reported': ['upload', 'good'],
  accepted: ['check', 'good'], 'sent-back': ['back', 'warn'], escalated: ['up', 'bad'], overdue: ['clock', 'bad'],
}

function words(kind: Kind, n: number): string {
  switch (kind) {
    case 'issued': return t('签发通知', 'Notice issued')
    case 'withdrawn': return t('通知撤回', 'Notice withdrawn')
    case 'superseded': return t('通知有了新版本', 'A new version of the notice')
    case 'round-started': return t('发起叫应', 'Call-and-confirm started')
    case 'sent': return t('下达 {n} 项任务', '{n} {n:duty|duties} sent', { n: count(n) })
    case 'acknowledged': return t('签收 {n} 项任务', '{n} {n:duty|duties} acknowledged', { n: count(n) })
    case 'hand-down': return t('向下分解 {n} 项任务', '{n} {n:duty|duties} handed down', { n: count(n) })
    case 'reported': return t('上报 {n} 项任务', '{n} {n:duty|duties} reported', { n: count(n) })
    case 'zero-reported': return t('零报告 {n} 项', '{n} zero {n:report|reports}', { n: count(n) })
    case 'accepted': return t('审核通过 {n} 项', '{n} {n:report|reports} accepted', { n: count(n) })
    case 'sent-back': return t('退回 {n} 项上报', '{n} {n:report|reports} sent back', { n: count(n) })
    case 'escalated': return t('逾期催办升级 {n} 项', '{n} overdue {n:duty|duties} escalated', { n: count(n) })
    case 'overdue': return t('新逾期 {n} 项任务', '{n} more {n:duty|duties} overdue', { n: count(n) })
  }
}
