/** Days and hours of the institution's own time zone. */
import { addDays, instantIn, localDay, offsetAt } from '#kernel/clock.ts'
import type { Cycle } from './rules.ts'

/** A local date or date-time as an instant. A date alone means until the end of that day. Null where it is no date. */
export function instantOf(local: string, zone: string): string | null {
  const found = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::\d{2})?)?$/.exec(local)
  const day = found?.[1]
  if (!day || Number.isNaN(Date.parse(`${day}T00:00Z`)) || new Date(`${day}T00:00Z`).toISOString().slice(0, 10) !== day) return null
  const time = found[2] ?? '23:59'
  // 24:00 is the next midnight.
  if (time === '24:00') return instantIn(addDays(day, 1), '00:00', zone).toISOString()
  return Number.isNaN(Date.parse(`${day}T${time}:00Z`)) ? null : instantIn(day, time, zone).toISOString()
}

export const dayOf = (at: Date, zone: string): string => localDay(at, zone)

export const midnightOf = (day: string, zone: string): Date => instantIn(day, '00:00', zone)
export const nextMidnight = (at: Date, zone: string): Date => midnightOf(addDays(dayOf(at, zone), 1), zone)

/** Does a recurring duty occur on this local day? A monthly one on its day of the month (`weekday`), in a shorter month on the last. */
export function occursOn(day: string, cycle: Cycle, weekday: number | null): boolean {
  if (cycle === 'monthly') return Number(day.slice(8)) === (weekday ?? 31) || (Number(day.slice(8)) < (weekday ?? 31) && addDays(day, 1).endsWith('-01'))
  const which = new Date(`${day}T00:00:00Z`).getUTCDay() || 7
  if (cycle === 'daily') return true
  if (cycle === 'weekdays') return which <= 5
  return cycle === 'weekly' && which === (weekday ?? 1)
}

/** When the occurrence of a day is due: at its hour, else by the end of the day. */
export const dueOn = (day: string, time: string | null, zone: string): Date => instantIn(day, (time ?? '23:59').slice(0, 5), zone)

/** 8月5日17:00 / 5 Aug 17:00, as people write it. */
export function inWords(at: string, zone: string): { zh: string; en: string } {
  const local = new Date(Date.parse(at) + offsetAt(Date.parse(at), zone))
  const time = local.toISOString().slice(11, 16)
  const month = local.toLocaleString('en', { month: 'short', timeZone: 'UTC' })
  return { zh: `${local.getUTCMonth() + 1}月${local.getUTCDate()}日${time}`, en: `${local.getUTCDate()} ${month} ${time}` }
}
