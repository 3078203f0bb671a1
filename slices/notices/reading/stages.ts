/** The day that an hour belongs to which stands below a line of its own with a day: ▶ 7月21日16:05, 第二步（28日20时至29日2时）. */
import type { Stage, TimeFrame, TimeHit } from './calendar.ts'
import type { Piece } from './sentences.ts'

/** What else a line may hold that only says when: 第一步, 今天, T-6, brackets. */
const BESIDE = /第[一二三四五六七八九十\d]+[步阶段批轮条次日天]?段?|T[-+]\d{1,3}|[\p{P}\p{S}\s至到起]|星期.|周./gu

/** The stretch of days and hours that holds below such a line or heading; null where it names several days without hours. */
export function stageOf(hits: readonly TimeHit[]): Stage | null {
  const days = hits.filter((hit) => hit.kind === 'absolute' && /^\d{4}-/.test(hit.value))
  const last = days.at(-1)
  if (last === undefined || days.some((hit) => hit.limit)) return null
  const from = (days[0]?.begin ?? days[0]?.value) as string
  const to = last.value
  return from.slice(0, 10) === to.slice(0, 10) || (from.length > 10 && to.length > 10 && from < to) ? { from, to } : null
}

/** Does this line say when, and nothing else? */
export function onlySaysWhen(text: string, line: Piece, hits: readonly TimeHit[]): boolean {
  let rest = ''
  let at = line.start
  for (const hit of hits) {
    rest += text.slice(at, Math.max(at, hit.start))
    at = Math.max(at, hit.end)
  }
  return hits.length > 0 && (rest + text.slice(at, line.end)).replace(BESIDE, '').length <= 4
}

/** What times below are reckoned from: an hour of that stage; below a moment (a message's), 今晚 is its evening. */
export function within(frame: TimeFrame, stage: Stage | null, moment: boolean): TimeFrame {
  if (stage === null) return frame
  return { ...frame, stage, date: moment && stage.from.length > 10 ? stage.from.slice(0, 10) : frame.date }
}

/** The day of an hour within the stage. */
export function dayIn(stage: Stage, time: string): string {
  const [first, last] = [stage.from.slice(0, 10), stage.to.slice(0, 10)]
  return first !== last && `${first}T${time}` < stage.from ? last : first
}
