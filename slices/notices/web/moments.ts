/** Moments that people choose with one press, in the institution's zone. */
import { presentMoment } from '#ui/format.ts'

const parts = (at: Date, zone: string | undefined) => {
  const found: Record<string, number> = {}
  for (const { type, value } of new Intl.DateTimeFormat('en-GB', { ...(zone ? { timeZone: zone } : {}), year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23' }).formatToParts(at)) found[type] = Number(value)
  return found as { year: number; month: number; day: number; hour: number; minute: number; second: number }
}

/** The instant of a wall clock time, so many days from today. */
export function momentOf(daysFromToday: number, hour: number, zone: string | undefined, now: Date = presentMoment()): string {
  const today = parts(now, zone)
  const wall = Date.UTC(today.year, today.month - 1, today.day + daysFromToday, hour)
  // Twice, for zones whose offset changes between now and then.
  let guess = wall
  for (let round = 0; round < 2; round++) {
    const there = parts(new Date(guess), zone)
    guess += wall - Date.UTC(there.year, there.month - 1, there.day, there.hour, there.minute, there.second)
  }
  return new Date(guess).toISOString()
}

/** Days until this Friday (next week's on Saturday and Sunday). */
export function daysToFriday(zone: string | undefined, now: Date = presentMoment()): number {
  const today = parts(now, zone)
  const weekday = new Date(Date.UTC(today.year, today.month - 1, today.day)).getUTCDay()
  return (5 - weekday + 7) % 7
}

export const isPast = (at: string): boolean => Date.parse(at) < presentMoment().getTime()
