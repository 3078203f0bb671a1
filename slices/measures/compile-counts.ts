/**
 * How often something was observed, in SQL. What counts once together (`once`) is brought together first; then each subject has beside its row, in order, how long each of these reaches.
 * How many lie within a span is a look into an ordered array, for every moment from `now` to the first observation that lies ahead. Agrees with counts.ts.
 */
import { sql, type RawBuilder } from 'kysely'
import { clockTolerance } from '#slices/facts/rules.ts'
import { lookBack, type TimesWithin } from './counts.ts'

type Fragment = RawBuilder<unknown>

/** Whose observations of what since when, said of the facts `o`. */
interface Which {
  whom: 'some' | 'everybody'
  subjects: Fragment
  attributes: Fragment
  since: Fragment
  /** Only what was recorded by then. */
  knownBy?: Fragment | undefined
}

/**
 * What was observed (`subject_id`, `attribute`, `observed_at`, `value`). What a correction names is left out, unless it was observed after that correction, as for what is known now.
 * Of some, corrections are met on the way along the index of facts by subject, attribute and time; of everybody the few that there are are looked for once.
 */
export function observations(institutionId: unknown, { whom, subjects, attributes, since, knownBy }: Which): Fragment {
  const found = sql`facts.fact o where o.institution_id = ${institutionId} and ${subjects} and ${attributes} and o.observed_at > ${since} ${knownBy ? sql`and o.recorded_at <= ${knownBy}` : sql``}`
  const columns = sql`o.subject_id, o.attribute, o.observed_at, o.value, o.fact_id`
  if (whom === 'some')
    return sql`select * from (select ${columns}, array_agg(o.corrects) filter (where o.corrects is not null) over (partition by o.subject_id, o.attribute order by o.observed_at desc) as withdrawn from ${found}) f
      where f.withdrawn is null or f.fact_id <> all(f.withdrawn)`
  // Nothing is recorded before it is observed, but for the tolerance of clocks: the days that count lie together, and no others are read.
  const lately = sql`o.recorded_at > ${since} - make_interval(secs => ${clockTolerance / 1000}::int)`
  return sql`select * from (select ${columns} from ${found} and ${lately}) f
    where not exists (select from (select ${columns}, o.corrects from ${found} and ${lately} and o.corrects is not null) k where k.corrects = f.fact_id and k.subject_id = f.subject_id and k.attribute = f.attribute and k.observed_at >= f.observed_at)`
}

/** One count, beside a row as `alias`. `met` says which observations fit, over `f.value`. */
export interface Counting {
  attribute: string
  wanted: TimesWithin
  alias: string
  met: Fragment | null
  timeZone: string
}

const localDay = (moment: Fragment, timeZone: string) => sql`(${moment} at time zone ${timeZone})::date`
/** What counts once together. */
const once = ({ wanted, timeZone }: Counting, moment: Fragment) => (wanted.daily ? localDay(moment, timeZone) : sql`date_trunc('minute', ${moment}, 'UTC')`)
/** How far an observation reaches: its moment, or its day where days are counted; it lies within the span while that is beyond `floor`. */
const reach = ({ wanted: { hours }, timeZone }: Counting, moment: Fragment) => (hours === undefined ? localDay(moment, timeZone) : moment)
const floor = ({ wanted: { hours, days }, timeZone }: Counting, at: Fragment) => (hours === undefined ? sql`(${localDay(at, timeZone)} - ${days}::int)` : sql`(${at} - make_interval(hours => ${hours}::int))`)

/** By subject: what had come by `now` of those that fit (`reaches`, the last of each that count once together, in order; `group_of` the last) and of all (`last`, `group_last`), and what is ahead. */
export function counted(counting: Counting, institutionId: unknown, which: Pick<Which, 'whom' | 'subjects' | 'knownBy'>, now: Fragment): Fragment {
  const { attribute, wanted, met } = counting
  const since = sql`${now} - make_interval(hours => ${lookBack(wanted)}::int)`
  const moment = sql`f.observed_at`
  const fits = met ? sql`filter (where ${met})` : sql``
  const observed = observations(institutionId, { ...which, attributes: sql`o.attribute = ${attribute}`, since })
  // Days of which each counts once need not be brought together first: they are told apart while they are put in order.
  const days = wanted.daily === true && wanted.hours === undefined
  const each = days
    ? sql`select f.subject_id, f.day as together, f.observed_at > ${now} as ahead, f.day as last, case when ${met ?? sql`true`} then f.day end as reach, f.observed_at as first, case when ${met ?? sql`true`} then f.observed_at end as first_met
      from (select f.*, ${localDay(moment, counting.timeZone)} as day from (${observed}) f offset 0) f`
    : sql`select f.subject_id, ${once(counting, moment)} as together, f.observed_at > ${now} as ahead, max(${reach(counting, moment)}) as last, max(${reach(counting, moment)}) ${fits} as reach, min(f.observed_at) as first, min(f.observed_at) ${fits} as first_met
      from (${observed}) f group by 1, 2, 3`
  return sql`select subject_id, array_agg(${days ? sql`distinct` : sql``} reach order by reach) filter (where not ahead and reach is not null) as reaches, max(together) filter (where not ahead and reach is not null) as group_of,
      max(last) filter (where not ahead) as last, max(together) filter (where not ahead) as group_last, min(first) filter (where ahead) as next, min(first_met) filter (where ahead) as next_met
    from (${each}) g group by subject_id`
}

const columnOf = ({ alias }: Counting) => (name: string) => sql.ref(`${alias}.${name}`)

/** NULL where nothing was observed within the span. `growing`: also where one more observation would add to a count that falls short. */
export function oftenEnough(counting: Counting, at: Fragment, growing: boolean): Fragment {
  const column = columnOf(counting)
  const [reaches, next, nextMet] = [column('reaches'), column('next'), column('next_met')]
  const lately = sql`(${column('last')} > ${floor(counting, at)})`
  // What lay ahead counts from its moment on, if nothing it counts once with does already.
  const added = sql`(${nextMet} <= ${at} and (${column('group_of')} = ${once(counting, nextMet)} and ${reaches}[cardinality(${reaches})] > ${floor(counting, at)}) is not true)`
  const count = sql`(coalesce(cardinality(${reaches}) - width_bucket(${floor(counting, at)}, ${reaches}), 0) + case when ${added} then 1 else 0 end)`
  const present = sql`((${lately} and ${column('group_last')} = ${once(counting, at)}) or (${next} <= ${at} and ${once(counting, next)} = ${once(counting, at)}))`
  return sql`(case when (${lately} or ${next} <= ${at}) is not true then null when ${count} >= ${counting.wanted.times}::int then true ${growing ? sql`when ${present} is not true then null` : sql``} else false end)`
}

/** When that next turns by itself: an observation lies ahead, the oldest that is needed leaves the span, or the last of too few does. NULL: never. */
export function turns(counting: Counting, now: Fragment): Fragment {
  const { wanted: { hours, days, times }, timeZone } = counting
  const column = columnOf(counting)
  const reaches = column('reaches')
  const within = (reaching: Fragment) => sql`case when ${reaching} > ${floor(counting, now)} then ${reaching} end`
  const leaves = (reaching: Fragment) => (hours === undefined ? sql`((${reaching} + ${days}::int)::timestamp at time zone ${timeZone})` : sql`(${reaching} + make_interval(hours => ${hours}::int))`)
  const needed = sql`${reaches}[cardinality(${reaches}) - ${times - 1}::int]`
  return sql`least(${column('next')}, ${leaves(sql`coalesce(${within(needed)}, ${within(column('last'))})`)})`
}
