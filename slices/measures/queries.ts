/** SQL about measures and standings. Counts and lists of gaps are in queries-coverage.ts, follow-ups in queries-tasks.ts. */
import { sql, type RawBuilder } from 'kysely'
import type { Static } from 'typebox'
import { prepared, together, type Prepared, type Tx } from '#kernel/database.ts'
import { observations } from './compile-counts.ts'
import { compilationOf, compile, joins, lapse, ownedPeople } from './compile.ts'
import type { Measure } from './contract.ts'
import type { Observation } from './counts.ts'
import { baseFields, fieldTypeOf, lookBacks, openCase, type FieldType, type RuleGroup } from './rules.ts'

export type MeasureRow = Static<typeof Measure>
type Fragment = RawBuilder<unknown>

const columns = sql`measure_id as "measureId", response_id as "responseId", key, name, subject_kind as "subjectKind", population, condition, attributes, basis, demanded_by as "demandedBy",
  grace_seconds as "graceSeconds", climb_seconds as "climbSeconds", follow_up as "followUp", danger, starts_at as "startsAt", ends_at as "endsAt", status`

export async function listMeasures(tx: Tx, institutionId: string, filter: { responseId?: string | undefined; statuses?: string[]; ids?: string[]; attributes?: string[] }): Promise<MeasureRow[]> {
  const { responseId = null, statuses = null, ids = null, attributes = null } = filter
  return (await readMeasures(tx, { institutionId, responseId, statuses, ids, attributes })).rows
}
interface MeasureFilter {
  institutionId: string
  responseId: string | null
  statuses: string[] | null
  ids: string[] | null
  attributes: string[] | null
}
const readMeasures = prepared<MeasureRow, MeasureFilter>(
  (slot) => sql`select ${columns} from measures.measure where institution_id = ${slot('institutionId')} and (${slot('responseId')}::uuid is null or response_id = ${slot('responseId')}::uuid)
      and (${slot('statuses')}::text[] is null or status = any(${slot('statuses')}::text[])) and (${slot('ids')}::uuid[] is null or measure_id = any(${slot('ids')}::uuid[]))
      and (${slot('attributes')}::text[] is null or attributes && ${slot('attributes')}::text[]) order by danger, starts_at, measure_id`,
)
export async function upsertDraft(tx: Tx, institutionId: string, m: MeasureRow, by: string | null): Promise<boolean> {
  const done = await sql`insert into measures.measure as m (institution_id, measure_id, response_id, key, name, subject_kind, population, condition, attributes, basis, demanded_by, grace_seconds, follow_up, danger, starts_at, ends_at, status, made_by)
    values (${institutionId}, ${m.measureId}, ${m.responseId}, ${m.key}, ${JSON.stringify(m.name)}, ${m.subjectKind}, ${JSON.stringify(m.population)}, ${JSON.stringify(m.condition)}, ${m.attributes}, ${m.basis}, ${m.demandedBy},
      ${m.graceSeconds}, ${m.followUp}, ${m.danger}, ${m.startsAt}, ${m.endsAt}, 'draft', ${by})
    on conflict (institution_id, measure_id) do update set name = excluded.name, population = excluded.population, condition = excluded.condition, attributes = excluded.attributes, basis = excluded.basis, demanded_by = excluded.demanded_by,
      grace_seconds = excluded.grace_seconds, follow_up = excluded.follow_up, danger = excluded.danger, ends_at = excluded.ends_at where m.status = 'draft'`.execute(tx)
  return Number(done.numAffectedRows) === 1
}
export async function setStatus(tx: Tx, institutionId: string, measureIds: string[], status: 'on' | 'ended', at: Date, sponsor: string | null = null): Promise<void> {
  await sql`update measures.measure set status = ${status}, starts_at = case when ${status} = 'on' then ${at}::timestamptz else starts_at end, ends_at = case when ${status} = 'ended' then ${at}::timestamptz else ends_at end,
      sponsor = coalesce(${sponsor}, sponsor) where institution_id = ${institutionId} and measure_id = any(${measureIds}::uuid[])`.execute(tx)
}

export interface Engine {
  institutionId: string
  timeZone: string
  types: ReadonlyMap<string, FieldType>
}

const reads = (group: RuleGroup, field: string) => JSON.stringify(group).includes(`"${field}"`)

/** What a computation is given: values, or the placeholders of a prepared one. `subjectIds` null: everybody. */
interface Given {
  institutionId: unknown
  subjectIds: unknown
  now: unknown
  /** Of everybody, only whose ids come after this one. */
  after?: string | null
}

/** The subjects of a measure with where each stands at `now`, until when, and what comes then. */
export function computed(engine: Engine, measure: MeasureRow, { institutionId, subjectIds, now, after }: Given): Fragment {
  const compilation = compilationOf(measure.condition, engine)
  const at = sql`${now}::timestamptz`
  const person = measure.subjectKind === 'person'
  const subject = person ? sql`p.person_id` : sql`u.unit_id`
  const rows = person ? sql`directory.person p` : sql`directory.unit u`
  const living = person ? sql`p.institution_id = ${institutionId} and p.left_at is null` : sql`u.institution_id = ${institutionId} and u.closed_at is null`
  const some = subjectIds !== null ? sql`${subject} = any(${subjectIds}::uuid[])` : after ? sql`${subject} > ${after}::uuid` : sql`true`
  const owned = reads(measure.population, 'person.owned') || reads(measure.condition, 'person.owned') ? sql`${ownedPeople(institutionId, at)},` : sql``
  const state = (truth: Fragment) => sql`case when ${truth} then 'kept' when not ${truth} then 'gap' else 'unknown' end`
  // A count is dear: worked out once where it is read several times.
  const [once, apart] = lookBacks([measure.condition]).size ? [sql`materialized`, sql`offset 0`] : [sql``, sql``]
  return sql`${owned} looked as ${once} (
      select ${subject} as subject_id, ${compile(measure.condition, compilation, at)} as truth, t.until, ${compile(measure.condition, compilation, sql`t.until`)} as next_truth
      from ${rows} ${joins(compilation, measure.condition, institutionId, subject, subjectIds === null ? 'everybody' : 'some', at)} cross join lateral (select ${lapse(compilation, at, measure.condition)} as until ${apart}) t
      where ${living} and ${some} and ${compile(measure.population, compilation, at)} is true
    ), computed as (
      select subject_id, ${state(sql`truth`)} as state, until, case when until = 'infinity' then ${state(sql`truth`)} else ${state(sql`next_truth`)} end as next_state from looked
    )`
}

/**
 * Where everybody stands on a measure on which nobody stood before: nothing to compare with, nothing to wait for, nobody excused yet. What others write meanwhile is put right by a recount
 * (queries-recount.ts).
 */
export async function standFirst(tx: Tx, engine: Engine, measure: MeasureRow, now: Date): Promise<{ population: number; kept: number; gap: number; excused: number; unknown: number }> {
  const given = { institutionId: engine.institutionId, measureId: measure.measureId, subjectIds: null, now }
  // A million are put in the order of their key, and found in their units, without a detour over the disk. Who moves people waits, as for the trigger, which counts nothing here.
  await sql`set local work_mem = '256MB'`.execute(tx)
  await sql`set local app.tallied = 'on'`.execute(tx)
  await sql`select measures.tally_share()`.execute(tx)
  const found = await sql<{ state: 'kept' | 'gap' | 'unknown'; n: number }>`with ${computed(engine, measure, given)}, added as (${insertion(measure, given)} order by subject_id), counted as (${tallying(measure, given)})
    select state, count(*)::int as n from computed group by 1`.execute(tx)
  await sql`set local app.tallied = 'off'`.execute(tx)
  await sql`set local work_mem to default`.execute(tx)
  const of = (state: string) => found.rows.find((row) => row.state === state)?.n ?? 0
  return { population: found.rows.reduce((sum, row) => sum + row.n, 0), kept: of('kept'), gap: of('gap'), excused: 0, unknown: of('unknown') }
}
/** Counts everybody who was computed in the units they hang on. */
function tallying(measure: MeasureRow, { institutionId, measureId }: Given & { measureId: unknown }): Fragment {
  const placed = measure.subjectKind === 'person' ? sql`directory.membership b on b.institution_id = ${institutionId} and b.person_id = c.subject_id` : sql`directory.unit b on b.institution_id = ${institutionId} and b.unit_id = c.subject_id`
  const number = (state: string) => sql`count(*) filter (where c.state = ${state})`
  return sql`insert into measures.tally (institution_id, measure_id, unit_id, kept, gap, unknown)
      select ${institutionId}::uuid, ${measureId}::uuid, b.unit_id, ${number('kept')}, ${number('gap')}, ${number('unknown')} from computed c join ${placed} group by b.unit_id order by b.unit_id`
}

/**
 * Brings the standings of these subjects to what facts and roster say now.
 * Several measures: in the order of their ids, so that two at once wait instead of blocking each other. Answers how many rows changed.
 */
export async function recompute(tx: Tx, engine: Engine, measure: MeasureRow, subjectIds: readonly string[], now: Date): Promise<number> {
  const { institutionId } = engine
  const { measureId } = measure
  const move = () => movingSome(engine, measure)(tx, { institutionId, measureId, subjectIds, now })
  // The second statement travels behind the first and sees what whoever had the lock before did.
  const [locked, moved] = await together([lockStandings(tx, { institutionId, measureId, subjectIds }), move()])
  const first = moved.rows[0]
  // Somebody new had no row to lock; now there is one, whoever wrote it: once more, seeing what they did.
  const again = first && first.looked > (locked.rows[0]?.n ?? 0) ? (await move()).rows[0] : undefined
  return (first?.n ?? 0) + (again?.n ?? 0)
}

// Statements for some subjects run with every flush of answers: put together once for each form of a measure.
const moving = new Map<string, Prepared<SomeSubjects, Moved>>()
/** How many rows changed, and how many subjects belong to the population. */
interface Moved {
  n: number
  looked: number
}
interface SomeSubjects {
  institutionId: string
  measureId: string
  subjectIds: readonly string[]
  now: Date
}
function movingSome(engine: Engine, measure: MeasureRow): Prepared<SomeSubjects, Moved> {
  const form = JSON.stringify([engine.timeZone, measure.subjectKind, measure.population, measure.condition, measure.attributes.map((key) => [key, engine.types.get(key)]), measure.followUp, measure.graceSeconds])
  let found = moving.get(form)
  if (!found) {
    if (moving.size >= 500) moving.clear()
    found = prepared((slot) => moveStandings(engine, measure, { institutionId: slot('institutionId'), measureId: slot('measureId'), subjectIds: slot('subjectIds'), now: slot('now') }))
    moving.set(form, found)
  }
  return found
}

// What lapsed in the meantime lapsed at its moment, not now.
const since = sql`case when (case when s.until <= excluded.since then s.next_state else s.state end) = excluded.state then (case when s.until <= excluded.since and s.next_state <> s.state then s.until else s.since end) else excluded.since end`

const graceOf = (measure: MeasureRow) => (measure.followUp === 'none' ? sql`null::interval` : sql`make_interval(secs => ${measure.graceSeconds}::int)`)
const insertion = (measure: MeasureRow, { institutionId, measureId, now }: Given & { measureId: unknown }) => sql`insert into measures.standing as s (institution_id, measure_id, subject_id, state, since, until, next_state, look_at)
      select ${institutionId}::uuid, ${measureId}::uuid, subject_id, state, ${now}::timestamptz, until, next_state, case when state <> 'kept' then ${now}::timestamptz + ${graceOf(measure)} end from computed c`

/** `leavers`: also takes away who is not in the population any more. Facts alone move nobody out of it. */
export function moveStandings(engine: Engine, measure: MeasureRow, given: Given & { measureId: unknown }, leavers = false): RawBuilder<Moved> {
  const { institutionId, measureId, subjectIds, now } = given
  const mine = (name: string) => sql`${sql.ref(`${name}.institution_id`)} = ${institutionId} and ${sql.ref(`${name}.measure_id`)} = ${measureId}`
  // What waits to be looked at is looked at, also when it is put right before; a gap that is followed up stays so until then.
  const look = sql`case when s.look_at <= excluded.since then s.look_at when s.look_at = 'infinity' then case when excluded.state = 'kept' then '-infinity' else s.look_at end when excluded.state = 'kept' then null
      when s.state <> excluded.state or s.since <> (${since}) then (${since}) + ${graceOf(measure)} else s.look_at end`
  const orMoved = sql`on conflict (institution_id, measure_id, subject_id) do update set since = ${since}, state = excluded.state, until = excluded.until, next_state = excluded.next_state, look_at = ${look}
      where (s.state, s.until, s.next_state) is distinct from (excluded.state, excluded.until, excluded.next_state) returning 1`
  // Nothing is joined: a plan made for few rows would compare each with each.
  const gone = leavers ? sql`, gone as (delete from measures.standing s where ${mine('s')} and s.subject_id = any(${subjectIds}::uuid[]) and s.subject_id not in (select subject_id from computed) returning subject_id
    ), closed as (update measures.task t set done_at = ${now}::timestamptz, outcome = 'gap-closed' where ${mine('t')} and t.done_at is null and t.subject_id in (select subject_id from gone))` : sql``
  return sql<Moved>`with ${computed(engine, measure, given)}${gone}, added as (${insertion(measure, given)} order by subject_id ${orMoved})
    select ((select count(*) from added)${leavers ? sql` + (select count(*) from gone)` : sql``})::int as n, (select count(*) from computed)::int as looked`
}

// Waits for whoever is moving these standings, and keeps others waiting: two who bring facts about one person at once would each count without the other's. One by one in the order of
// their ids: before PostgreSQL 17 an index answers for a list or in order, not both.
export const lockStandings = prepared<{ n: number }, { institutionId: string; measureId: string; subjectIds: readonly string[] }>(
  (slot) => sql`select count(*)::int as n from (select unnest(${slot('subjectIds')}::uuid[]) as subject_id order by 1) g cross join lateral (
      select from measures.standing s where s.institution_id = ${slot('institutionId')} and s.measure_id = ${slot('measureId')} and s.subject_id = g.subject_id for no key update) locked`,
)

/** The same computation without storing: how everybody would stand. */
export async function simulate(tx: Tx, engine: Engine, measure: MeasureRow, now: Date): Promise<{ population: number; kept: number; gap: number; unknown: number }> {
  const found = await sql<{ population: number; kept: number; gap: number; unknown: number }>`with ${computed(engine, measure, { institutionId: engine.institutionId, subjectIds: null, now })}
    select count(*)::int as population, count(*) filter (where state = 'kept')::int as kept, count(*) filter (where state = 'gap')::int as gap, count(*) filter (where state = 'unknown')::int as unknown from computed`.execute(tx)
  return found.rows[0] ?? { population: 0, kept: 0, gap: 0, unknown: 0 }
}

/** Subjects whose standing has lapsed, the longest ago first, at most so many. */
export async function lapsed(tx: Tx, institutionId: string, now: Date, most: number): Promise<{ measureId: string; subjectIds: string[] }[]> {
  return (
    await sql<{ measureId: string; subjectIds: string[] }>`select "measureId", array_agg(subject_id order by subject_id) as "subjectIds" from (
      select s.measure_id as "measureId", s.subject_id from measures.standing s join measures.measure m using (institution_id, measure_id)
      where s.institution_id = ${institutionId} and s.until <= ${now}::timestamptz and m.status = 'on' order by s.until limit ${most}) l group by 1 order by 1`.execute(tx)
  ).rows
}

/** The state as it is at a moment: the stored one, or what it lapsed into; an excuse covers gap and unknown. */
export const stateAt = (now: unknown) => sql`case when (case when s.until <= ${now}::timestamptz then s.next_state else s.state end) = 'kept' then 'kept' when e.excuse_id is not null then 'excused'
  when s.until <= ${now}::timestamptz then s.next_state else s.state end`
export const sinceAt = (now: unknown) => sql`case when s.until <= ${now}::timestamptz and s.next_state <> s.state then s.until else s.since end`
export const excuses = (now: unknown) => sql`left join measures.excuse e on e.institution_id = s.institution_id and e.measure_id = s.measure_id and e.subject_id = s.subject_id and e.during @> ${now}::timestamptz`

export interface ContactRow {
  measureId: string
  subjectId: string
  how: 'call' | 'message' | 'visit' | 'remind'
  outcome: 'reached' | 'no-answer' | 'promised' | 'sent'
  note: string
  by: string | null
  at: string
}
export async function lastContacts(tx: Tx, institutionId: string, subjectIds: string[]): Promise<ContactRow[]> {
  return (
    await sql<ContactRow>`select distinct on (c.measure_id, c.subject_id) c.measure_id as "measureId", c.subject_id as "subjectId", c.how, c.outcome, c.note, w.name as by, c.at
    from measures.contact c left join directory.person w on w.institution_id = c.institution_id and w.person_id = c.by_person
    where c.institution_id = ${institutionId} and c.subject_id = any(${subjectIds}::uuid[]) order by c.measure_id, c.subject_id, c.at desc`.execute(tx)
  ).rows
}
export async function insertContact(tx: Tx, institutionId: string, c: { contactId: string; measureId: string; subjectId: string; how: string; outcome: string; note: string; by: string | null }, at: Date): Promise<void> {
  await sql`insert into measures.contact (institution_id, contact_id, measure_id, subject_id, how, outcome, note, by_person, at) values (${institutionId}, ${c.contactId}, ${c.measureId}, ${c.subjectId}, ${c.how}, ${c.outcome}, ${c.note}, ${c.by}, ${at})`.execute(tx)
}
/** Notes a reminder for each pair that is open and was not reminded since `notSince`. Answers the subject of each. */
export async function insertReminders(tx: Tx, institutionId: string, items: { contactId: string; measureId: string; subjectId: string }[], note: string, by: string | null, notSince: Date, now: Date): Promise<string[]> {
  const done = await sql<{ subjectId: string }>`insert into measures.contact (institution_id, contact_id, measure_id, subject_id, how, outcome, note, by_person, at)
    select ${institutionId}::uuid, i.contact_id, i.measure_id, i.subject_id, 'remind', 'sent', ${note}, ${by}::uuid, ${now}::timestamptz
    from (${pairs(items, items.map((one) => one.contactId))}) i(contact_id, measure_id, subject_id)
    join measures.measure me on me.institution_id = ${institutionId} and me.measure_id = i.measure_id and me.status = 'on'
    join measures.standing s on s.institution_id = ${institutionId} and s.measure_id = i.measure_id and s.subject_id = i.subject_id ${excuses(now)}
    where ${stateAt(now)} in ('gap', 'unknown') and not exists (select from measures.contact c where c.institution_id = ${institutionId} and c.measure_id = i.measure_id and c.subject_id = i.subject_id and c.how = 'remind' and c.at > ${notSince}::timestamptz)
    returning subject_id as "subjectId"`.execute(tx)
  return done.rows.map((row) => row.subjectId)
}
const pairs = (items: { measureId: string; subjectId: string }[], ids: string[]) =>
  sql`select * from unnest(${ids}::uuid[], ${items.map((one) => one.measureId)}::uuid[], ${items.map((one) => one.subjectId)}::uuid[])`
/** The latest reminder of each subject on each measure since a moment. */
export const lastReminders = async (tx: Tx, institutionId: string, subjectIds: string[], measureIds: string[], since: Date): Promise<Reminder[]> => (await readReminders(tx, { institutionId, subjectIds, measureIds, since })).rows
export interface Reminder {
  measureId: string
  subjectId: string
  at: string
  by: string | null
  note: string
}
const readReminders = prepared<Reminder, { institutionId: string; subjectIds: string[]; measureIds: string[]; since: Date }>(
  (slot) => sql`select distinct on (c.measure_id, c.subject_id) c.measure_id as "measureId", c.subject_id as "subjectId", c.at, c.note, w.name as by
    from measures.contact c left join directory.person w on w.institution_id = c.institution_id and w.person_id = c.by_person
    where c.institution_id = ${slot('institutionId')} and c.subject_id = any(${slot('subjectIds')}::uuid[]) and c.measure_id = any(${slot('measureIds')}::uuid[]) and c.how = 'remind' and c.at > ${slot('since')}::timestamptz
    order by c.measure_id, c.subject_id, c.at desc`,
)
/** Excuses all of them or, where one is excused already, fails whole. */
export async function insertExcuses(tx: Tx, institutionId: string, items: { excuseId: string; measureId: string; subjectId: string }[], reason: string, by: string | null, until: string | null, now: Date): Promise<number> {
  const done = await sql`insert into measures.excuse (institution_id, excuse_id, measure_id, subject_id, reason, by_person, during)
    select ${institutionId}::uuid, i.excuse_id, i.measure_id, i.subject_id, ${reason}, ${by}::uuid, tstzrange(${now}::timestamptz, ${until}::timestamptz) from (${pairs(items, items.map((one) => one.excuseId))}) i(excuse_id, measure_id, subject_id)`.execute(tx)
  return Number(done.numAffectedRows)
}
export async function closeExcuses(tx: Tx, institutionId: string, items: { measureId: string; subjectId: string }[], now: Date): Promise<number> {
  const done = await sql`update measures.excuse e set during = tstzrange(lower(during), greatest(${now}::timestamptz, lower(during) + interval '1 millisecond'))
    from unnest(${items.map((one) => one.measureId)}::uuid[], ${items.map((one) => one.subjectId)}::uuid[]) as i(measure_id, subject_id)
    where e.institution_id = ${institutionId} and e.measure_id = i.measure_id and e.subject_id = i.subject_id and e.during @> ${now}::timestamptz`.execute(tx)
  return Number(done.numAffectedRows)
}
export async function insertExcuse(tx: Tx, institutionId: string, e: { excuseId: string; measureId: string; subjectId: string; reason: string; by: string | null; until: string | null }, now: Date): Promise<void> {
  await sql`insert into measures.excuse (institution_id, excuse_id, measure_id, subject_id, reason, by_person, during) values (${institutionId}, ${e.excuseId}, ${e.measureId}, ${e.subjectId}, ${e.reason}, ${e.by}, tstzrange(${now}::timestamptz, ${e.until}::timestamptz))`.execute(tx)
}
export async function closeExcuse(tx: Tx, institutionId: string, measureId: string, subjectId: string, now: Date): Promise<boolean> {
  const done = await sql`update measures.excuse set during = tstzrange(lower(during), greatest(${now}::timestamptz, lower(during) + interval '1 millisecond'))
    where institution_id = ${institutionId} and measure_id = ${measureId} and subject_id = ${subjectId} and during @> ${now}::timestamptz`.execute(tx)
  return Number(done.numAffectedRows) > 0
}

export interface StandingRow {
  measureId: string
  subjectId: string
  state: 'kept' | 'gap' | 'excused' | 'unknown'
  since: string
  until: string | null
  excuse: string | null
}
/** Standings of subjects on the measures that are on. */
export const standingsOf = async (tx: Tx, institutionId: string, subjectIds: string[], now: Date): Promise<StandingRow[]> => (await readStandings(tx, { institutionId, subjectIds, now })).rows
const readStandings = prepared<StandingRow, { institutionId: string; subjectIds: string[]; now: Date }>(
  (slot) => sql`select s.measure_id as "measureId", s.subject_id as "subjectId", ${stateAt(slot('now'))} as state, ${sinceAt(slot('now'))} as since, case when s.until = 'infinity' or s.until <= ${slot('now')}::timestamptz then null else s.until end as until, e.reason as excuse
    from measures.measure me join measures.standing s on s.institution_id = me.institution_id and s.measure_id = me.measure_id and s.subject_id = any(${slot('subjectIds')}::uuid[]) ${excuses(slot('now'))}
    where me.institution_id = ${slot('institutionId')} and me.status = 'on'`,
)

export interface KnownRow {
  subjectId: string
  attribute: string
  value: unknown
  observedAt: string
  fresh: boolean
}
export const knownOf = async (tx: Tx, institutionId: string, subjectIds: string[], attributes: string[], now: Date): Promise<KnownRow[]> => (await readKnown(tx, { institutionId, subjectIds, attributes, now })).rows
const readKnown = prepared<KnownRow, { institutionId: string; subjectIds: string[]; attributes: string[]; now: Date }>(
  (slot) => sql`select subject_id as "subjectId", attribute, value, observed_at as "observedAt", fresh_until > ${slot('now')}::timestamptz as fresh from facts.profile
    where institution_id = ${slot('institutionId')} and subject_id = any(${slot('subjectIds')}::uuid[]) and attribute = any(${slot('attributes')}::text[])`,
)
/** What was observed of these subjects of late, for what counts how often: `since` is the furthest that one of them looks back. */
export const observedOf = async (tx: Tx, institutionId: string, subjectIds: string[], attributes: string[], since: Date): Promise<ObservedRow[]> => (attributes.length ? (await readObserved(tx, { institutionId, subjectIds, attributes, since })).rows : [])
export interface ObservedRow {
  subjectId: string
  attribute: string
  seen: Observation[]
}
const readObserved = prepared<ObservedRow, { institutionId: string; subjectIds: string[]; attributes: string[]; since: Date }>(
  (slot) => sql`select f.subject_id as "subjectId", f.attribute, jsonb_agg(jsonb_build_object('at', f.observed_at, 'value', f.value) order by f.observed_at) as seen
    from (${observations(slot('institutionId'), { whom: 'some', subjects: sql`o.subject_id = any(${slot('subjectIds')}::uuid[])`, attributes: sql`o.attribute = any(${slot('attributes')}::text[])`, since: sql`${slot('since')}::timestamptz` })}) f group by 1, 2`,
)
export const unitsAnsweredFor = async (tx: Tx, institutionId: string, personId: string, roles: string[], now: Date): Promise<{ id: string; name: string }[]> => (await readUnitsAnsweredFor(tx, { institutionId, personId, roles, now })).rows
const readUnitsAnsweredFor = prepared<{ id: string; name: string }, { institutionId: string; personId: string; roles: string[]; now: Date }>(
  (slot) => sql`select distinct u.unit_id as id, u.name from directory.holding h join directory.office o using (institution_id, office_id) join directory.unit u using (institution_id, unit_id)
    where h.institution_id = ${slot('institutionId')} and h.person_id = ${slot('personId')} and h.during @> ${slot('now')}::timestamptz and o.role = any(${slot('roles')}::text[])`,
)
/** Whether a subject is a person or a unit, with its name. */
export const subjectOf = async (tx: Tx, institutionId: string, subjectId: string): Promise<Subject | undefined> => (await readSubject(tx, { institutionId, subjectId })).rows[0]
export interface Subject {
  kind: 'person' | 'unit'
  id: string
  name: string
}
const readSubject = prepared<Subject, { institutionId: string; subjectId: string }>(
  (slot) => sql`select 'person' as kind, person_id as id, name from directory.person where institution_id = ${slot('institutionId')} and person_id = ${slot('subjectId')}
    union all select 'unit', unit_id, name from directory.unit where institution_id = ${slot('institutionId')} and unit_id = ${slot('subjectId')}`,
)

export const fieldTypes = (attributes: readonly { key: string; type: FieldType }[]): Map<string, FieldType> =>
  new Map([...Object.entries(baseFields).map(([key, field]) => [key, field.type] as const), [openCase.key, 'case'] as const, ...attributes.map((one) => [one.key, fieldTypeOf(one)] as const)])
