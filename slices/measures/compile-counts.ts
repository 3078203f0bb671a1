/** How often something was observed, in SQL: the observations of a subject come as two arrays beside its row, and each count looks at them. Agrees with counts.ts. */
import { sql, type RawBuilder } from 'kysely'
import type { TimesWithin } from './counts.ts'

type Fragment = RawBuilder<unknown>

/**
 * The observations of attributes by subject: when (`seen_at`) and what (`seen`). What a correction names is left out, unless it was observed after that correction, as for what is known now.
 * `knownBy`: only what was recorded by then. It reads along the index of facts by subject, attribute and time.
 */
export function observations(institutionId: unknown, which: { attributes: Fragment; subjects: Fragment; since: Fragment; knownBy?: Fragment }): Fragment {
  return sql`select f.subject_id, f.attribute, array_agg(f.observed_at) as seen_at, array_agg(f.value) as seen from (
      select o.subject_id, o.attribute, o.fact_id, o.observed_at, o.value, array_agg(o.corrects) filter (where o.corrects is not null) over (partition by o.subject_id, o.attribute order by o.observed_at desc) as withdrawn
      from facts.fact o where o.institution_id = ${institutionId} and ${which.subjects} and ${which.attributes} and o.observed_at > ${which.since} ${which.knownBy ? sql`and o.recorded_at <= ${which.knownBy}` : sql``}) f
    where f.withdrawn is null or f.fact_id <> all(f.withdrawn) group by f.subject_id, f.attribute`
}

/** One count over the observations beside a row. `alias` has them; `met` says which of them fit, over `x.seen`. */
interface Counting {
  wanted: TimesWithin
  alias: string
  met: Fragment | null
  timeZone: string
}

const all = ({ alias }: Counting) => sql`unnest(${sql.ref(`${alias}.seen_at`)}, ${sql.ref(`${alias}.seen`)}) x(seen_at, seen)`
const localDay = (moment: Fragment, timeZone: string) => sql`(${moment} at time zone ${timeZone})::date`
const lately = ({ wanted: { hours, days }, timeZone }: Counting, at: Fragment) =>
  hours === undefined
    ? sql`(x.seen_at <= ${at} and ${localDay(sql`x.seen_at`, timeZone)} > ${localDay(at, timeZone)} - ${days}::int)`
    : sql`(x.seen_at <= ${at} and x.seen_at > ${at} - make_interval(hours => ${hours}::int))`
/** What counts once together. */
const once = ({ wanted, timeZone }: Counting, moment: Fragment) => (wanted.daily ? localDay(moment, timeZone) : sql`date_trunc('minute', ${moment}, 'UTC')`)

/** NULL where nothing was observed within the span. `growing`: also where one more observation would add to a count that falls short. */
export function oftenEnough(counting: Counting, at: Fragment, growing: boolean): Fragment {
  const { wanted, met } = counting
  const count = sql`count(distinct ${once(counting, sql`x.seen_at`)}) ${met ? sql`filter (where ${met})` : sql``}`
  const open = growing ? sql`when count(*) filter (where ${once(counting, sql`x.seen_at`)} = ${once(counting, at)}) = 0 then null` : sql``
  return sql`(select case when count(*) = 0 then null when ${count} >= ${wanted.times}::int then true ${open} else false end from ${all(counting)} where ${lately(counting, at)})`
}

/** When that next turns by itself: an observation lies ahead, the oldest that is needed leaves the span, or the last of too few does. NULL: never. */
export function turns(counting: Counting, now: Fragment): Fragment {
  const { wanted: { hours, days, times }, met, timeZone } = counting
  const leaves = (moment: Fragment) => (hours === undefined ? sql`((${localDay(moment, timeZone)} + ${days}::int)::timestamp at time zone ${timeZone})` : sql`(${moment} + make_interval(hours => ${hours}::int))`)
  const needed = sql`(select b.last from (select max(x.seen_at) as last from ${all(counting)} where ${lately(counting, now)} ${met ? sql`and ${met}` : sql``} group by ${once(counting, sql`x.seen_at`)}) b order by b.last desc offset ${times - 1}::int limit 1)`
  const last = sql`(select max(x.seen_at) from ${all(counting)} where ${lately(counting, now)})`
  return sql`least((select min(x.seen_at) from ${all(counting)} where x.seen_at > ${now}), ${leaves(sql`coalesce(${needed}, ${last})`)})`
}
