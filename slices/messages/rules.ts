/** What may be told, when it may be heard, how many go as one, when a failure is tried again. */
import type { Bilingual } from '#kernel/words.ts'

export const kinds = {
  call: { zh: '叫应', en: 'Call to confirm' },
  duty: { zh: '新任务', en: 'New duties' },
  overdue: { zh: '任务超期', en: 'Overdue duties' },
  review: { zh: '待审核', en: 'Reports to review' },
  remind: { zh: '催办', en: 'Reminders' },
  task: { zh: '待跟进', en: 'Follow-ups' },
  help: { zh: '求助', en: 'Help requests' },
  decision: { zh: '待决定', en: 'Decisions wanted' },
  notice: { zh: '通知', en: 'Notices' },
  personal: { zh: '个人事项', en: 'Personal matters' },
  level: { zh: '响应级别', en: 'Level of the response' },
  test: { zh: '测试', en: 'Test' },
} as const satisfies Record<string, Bilingual>
export type Kind = keyof typeof kinds

/** What a working chat group may hear: things of the unit, never of a person. */
export const robotKinds = ['duty', 'overdue', 'task', 'level'] as const
export type RobotKind = (typeof robotKinds)[number]
export const robotKindWords: Record<RobotKind, Bilingual> = { duty: kinds.duty, overdue: kinds.overdue, task: { zh: '未联系上的人数', en: 'How many are not reached' }, level: kinds.level }

export type Channel = 'push' | 'mail' | 'robot' | 'none'
export type DeliveryState = 'waiting' | 'sent' | 'failed' | 'none' | 'drill'

/** Hours of the institution's day in which only what is urgent makes a sound. */
export interface Quiet {
  from: number
  to: number
}
export const usualQuiet: Quiet = { from: 22, to: 7 }

interface LocalTime {
  hour: number
  minute: number
  second: number
}
function localTime(at: Date, timeZone: string): LocalTime {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).formatToParts(at)
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value ?? 0)
  return { hour: part('hour'), minute: part('minute'), second: part('second') }
}

const insideQuiet = ({ from, to }: Quiet, hour: number) => (from > to ? hour >= from || hour < to : hour >= from && hour < to)

/** When the quiet ends that this moment lies in; the moment itself where it lies in none. */
export function quietUntil(now: Date, timeZone: string, quiet: Quiet | null): Date {
  if (!quiet || quiet.from === quiet.to || !insideQuiet(quiet, localTime(now, timeZone).hour)) return now
  // Hour by hour, so that a clock put forward or back in the night is followed.
  const { minute, second } = localTime(now, timeZone)
  let at = new Date(now.getTime() - now.getMilliseconds() - (minute * 60 + second) * 1000)
  for (let hours = 0; hours < 26; hours++) {
    at = new Date(at.getTime() + 3_600_000)
    if (!insideQuiet(quiet, localTime(at, timeZone).hour)) return at
  }
  return at
}

export const mostAttempts = 6
/** How long to wait after so many failures; what the other side asks for, within reason, is kept. */
export function waitSeconds(attempts: number, asked: number | null): number {
  const own = Math.min(3600, 15 * 4 ** Math.max(0, attempts - 1))
  return asked === null ? own : Math.min(3600, Math.max(own, asked))
}

export interface Said {
  messageId: string
  title: Bilingual
  line: Bilingual
  path: string
  tag: string
  urgent: boolean
  kind: string
}
export interface Envelope<M extends Said> {
  title: Bilingual
  line: Bilingual
  path: string
  tag: string
  urgent: boolean
  kind: string
  /** What goes with it. */
  of: M[]
}

const wayIn = '/m/tasks'
/** More than so many at once are one: after a quiet night the phone rings once. */
const mostApart = 3

/** What still stands, oldest first: a later one takes the place of an earlier one with the same tag. */
export function latest<M extends Said>(waiting: readonly M[]): M[] {
  const last = new Map(waiting.map((one) => [one.tag, one]))
  return waiting.filter((one) => last.get(one.tag) === one)
}

/** What waits for one person, as it will be seen: what is urgent goes by itself, of the rest many are one. */
export function gather<M extends Said>(waiting: readonly M[]): Envelope<M>[] {
  const byTag = Map.groupBy(waiting, (one) => one.tag)
  const single = latest(waiting).map(({ title, line, path, tag, kind }) => {
    const of = byTag.get(tag) ?? []
    return { title, line, path, tag, kind, urgent: of.some((one) => one.urgent), of }
  })
  const calm = single.filter((one) => !one.urgent)
  if (calm.length <= mostApart) return single
  const titles = { zh: calm.slice(0, 3).map((one) => one.title.zh).join('；'), en: calm.slice(0, 3).map((one) => one.title.en).join('; ') }
  return [...single.filter((one) => one.urgent), { ...digestTitle(calm.length), line: { zh: `${titles.zh}……`, en: `${titles.en}…` }, path: wayIn, tag: 'digest', urgent: false, kind: 'digest', of: calm.flatMap((one) => one.of) }]
}

export const digestTitle = (n: number): { title: Bilingual } => ({ title: { zh: `有 ${n} 件事等您处理`, en: `${n} things wait for you` } })

/** A text cut to so many characters, at a whole one. */
export function cut(text: string, most: number): string {
  const characters = [...text]
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`
}

/** Lines of text that fit into so many bytes; how many were left out is said. */
export function fit(lines: readonly string[], mostBytes: number, left: (n: number) => string): { text: string; used: number } {
  const size = (text: string) => new TextEncoder().encode(text).length
  let text = ''
  for (let used = 0; used < lines.length; used++) {
    const next = text ? `${text}\n${lines[used]}` : (lines[used] ?? '')
    const rest = lines.length - used - 1
    if (size(rest ? `${next}\n${left(rest)}` : next) > mostBytes) return { text: used ? `${text}\n${left(lines.length - used)}` : cutBytes(lines[0] ?? '', mostBytes), used: Math.max(1, used) }
    text = next
  }
  return { text, used: lines.length }
}

function cutBytes(text: string, most: number): string {
  let bytes = 0
  let kept = ''
  for (const character of text) {
    bytes += new TextEncoder().encode(character).length
    if (bytes > most) break
    kept += character
  }
  return kept
}
