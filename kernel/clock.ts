import type { Institution } from './server.ts'

/** The institution's time: real, except in a drill. Replaceable in tests. */
export interface Clock {
  now(): number
}

export function timeOf(institution: Institution, clock: Clock): Date {
  return new Date(clock.now() + institution.clockOffsetMs)
}

/** The local calendar day (YYYY-MM-DD) of an instant in a time zone. */
export function localDay(instant: Date | string, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(instant))
}

/** The calendar day (YYYY-MM-DD) so many days after another; before it with fewer than none. */
export const addDays = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** How many days one calendar day (YYYY-MM-DD) lies after another. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)

/** How far a zone is ahead of UTC at an instant, in milliseconds. */
export function offsetAt(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' }).formatToParts(at)
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - Math.floor(at / 1000) * 1000
}

/** A wall-clock time (HH:MM or HH:MM:SS) of a zone as an instant. One that is left out when the clock goes forward, which may be midnight, is the first after it. */
export function instantIn(day: string, time: string, timeZone: string): Date {
  const wall = Date.parse(`${day}T${time.length === 5 ? `${time}:00` : time}Z`)
  const guess = wall - offsetAt(wall, timeZone)
  const settled = wall - offsetAt(guess, timeZone)
  const there = settled + offsetAt(settled, timeZone) === wall
  return new Date(there ? settled : Math.max(guess, settled))
}
