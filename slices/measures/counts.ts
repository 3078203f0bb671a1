/**
 * How often something was observed: "at least 2 answers within the last 72 hours", "2 negative tests in the last 3 days, at most one a day".
 * Observations count by when they were made, not when they came in, and not before their time. What was corrected does not count. Of several in one minute
 * (a double tap, the same thing sent under two ids, a file that repeats what somebody said) one counts; where it says so, of several on one day.
 */
import { addDays, localDay } from '#kernel/clock.ts'

export interface TimesWithin {
  times: number
  /** One of both: so many hours back from the moment, or so many calendar days, today included. */
  hours?: number
  days?: number
  /** Several on one day count once. */
  daily?: boolean
  /** Only observations of such a value count. */
  where?: { operator: string; value?: unknown }
}
export interface Observation {
  at: string
  value: unknown
}

/** Under which name the observations of an attribute stand beside its latest value in what is known; no attribute can be called so. */
export const observationsOf = (attribute: string): string => `${attribute}#seen`

const mostTimes = 100
const mostDays = 90
const keys = ['times', 'hours', 'days', 'daily', 'where']
/** What an observation can be looked at by; nothing that itself turns with time. */
const whereOperators = ['=', '!=', '<', '<=', '>', '>=', 'in', 'notIn', 'contains', 'doesNotContain', 'countAtLeast', 'countAtMost', 'inAreas', 'notInAreas']
export const canNarrow = (operator: string): boolean => whereOperators.includes(operator)

/** Whether a value says how often; `fits` judges what an observation is compared with. */
export function isTimesWithin(value: unknown, fits: (where: { operator: string; value?: unknown }) => boolean): value is TimesWithin {
  if (typeof value !== 'object' || value === null || Object.keys(value).some((key) => !keys.includes(key))) return false
  const { times, hours, days, daily, where } = value as Record<keyof TimesWithin, unknown>
  const whole = (one: unknown, most: number) => typeof one === 'number' && Number.isInteger(one) && one >= 1 && one <= most
  if (!whole(times, mostTimes) || (daily !== undefined && typeof daily !== 'boolean')) return false
  if ((hours === undefined) === (days === undefined) || !(hours === undefined ? whole(days, mostDays) : whole(hours, mostDays * 24))) return false
  if (where === undefined) return true
  if (typeof where !== 'object' || where === null) return false
  const { operator } = where as { operator?: unknown }
  return typeof operator === 'string' && canNarrow(operator) && fits(where as { operator: string })
}

/** How many of these can count at the most, whatever happens. */
export const mostCounted = ({ hours, days, daily }: TimesWithin): number => {
  if (!daily) return (hours ?? (days ?? 0) * 25) * 60 + 1
  return days ?? Math.floor((hours ?? 0) / 23) + 2
}

/** How far back one has to look for it, in hours: a day may be longer than 24 of them. */
export const lookBack = ({ hours, days }: TimesWithin): number => hours ?? (days ?? 0) * 24 + 26

/** What was observed within the span, as of `now`. */
function within({ hours, days }: TimesWithin, seen: readonly Observation[], now: Date, timeZone: string): Observation[] {
  const came = seen.filter(({ at }) => Date.parse(at) <= now.getTime())
  if (hours !== undefined) return came.filter(({ at }) => Date.parse(at) > now.getTime() - hours * 3_600_000)
  const before = addDays(localDay(now, timeZone), -(days ?? 0))
  return came.filter(({ at }) => localDay(at, timeZone) > before)
}
/** What counts once together. */
const once = ({ daily }: TimesWithin, at: string | Date, timeZone: string): string | number => (daily ? localDay(at, timeZone) : Math.floor(new Date(at).getTime() / 60_000))

/** Unknown where nothing was observed within the span; otherwise whether it was often enough. */
export function oftenEnough(wanted: TimesWithin, seen: readonly Observation[], now: Date, timeZone: string, fits: (value: unknown) => boolean): boolean | null {
  const lately = within(wanted, seen, now, timeZone)
  if (!lately.length) return null
  return new Set(lately.filter(({ value }) => fits(value)).map(({ at }) => once(wanted, at, timeZone))).size >= wanted.times
}

/** Whether what is observed now would count beside what there is: not twice in a minute, and where it says so, not twice a day. */
export function wouldCount(wanted: TimesWithin, seen: readonly Observation[], now: Date, timeZone: string): boolean {
  const present = once(wanted, now, timeZone)
  return within(wanted, seen, now, timeZone).every(({ at }) => once(wanted, at, timeZone) !== present)
}

/** Whether whoever meets the one meets the other, on the same attribute. */
export function implies(one: TimesWithin, other: TimesWithin): boolean {
  const inside = one.days !== undefined && other.days !== undefined ? one.days <= other.days : one.hours !== undefined && other.hours !== undefined ? one.hours <= other.hours : one.hours === undefined ? false : one.hours <= ((other.days ?? 0) - 1) * 23
  const same = other.where === undefined || JSON.stringify(one.where) === JSON.stringify(other.where)
  return inside && same && one.times >= other.times && (one.daily === true || other.daily !== true || other.times === 1)
}
