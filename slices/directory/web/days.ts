/** Calendar days of the institution as moments, and back. */
import { addDays, instantIn } from '#kernel/clock.ts'
import { time } from '#ui/format.ts'

/** The first moment of a day (YYYY-MM-DD) in the zone. */
export const startOfDay = (day: string, zone: string): string => instantIn(day, '00:00', zone).toISOString()

/** The moment after the last of a day: a holding "until the 4th" includes the 4th. */
export const endOfDay = (day: string, zone: string): string => startOfDay(addDays(day, 1), zone)

/** Appointed from the first of a month on: no hour is meant. */
export const beginsDay = (at: string): boolean => time(at) === '00:00'

/** The last moment that belongs to a period that ends (exclusively) here; to be shown as a day. */
export const lastMoment = (to: string): Date => new Date(Date.parse(to) - 1)
