/** Calendar days of the institution as moments, and back. */
import { time } from '#ui/format.ts'

/** How far the zone is ahead of UTC at a moment, in minutes. */
function aheadMinutes(at: Date, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(at)
  const found = /GMT([+-])(\d{2}):(\d{2})/.exec(parts.find((part) => part.type === 'timeZoneName')?.value ?? '')
  return found ? (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3])) : 0
}

/** The first moment of a day (YYYY-MM-DD) in the zone. */
export function startOfDay(day: string, zone: string): string {
  const noon = new Date(`${day}T12:00:00Z`)
  return new Date(Date.parse(`${day}T00:00:00Z`) - aheadMinutes(noon, zone) * 60_000).toISOString()
}

/** The moment after the last of a day: a holding "until the 4th" includes the 4th. */
export function endOfDay(day: string, zone: string): string {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
  return startOfDay(next, zone)
}

/** Appointed from the first of a month on: no hour is meant. */
export const beginsDay = (at: string): boolean => time(at) === '00:00'

/** The last moment that belongs to a period that ends (exclusively) here; to be shown as a day. */
export const lastMoment = (to: string): Date => new Date(Date.parse(to) - 1)
