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
