/** All SQL about measures: standings, coverage, gaps. */
import { sql, type RawBuilder } from 'kysely'
import type { Static } from 'typebox'
import type { Tx } from '#kernel/database.ts'
import type { UnitBrief } from '#slices/directory/server.ts'
import { compile, joins, lapse, ownedPeople, type Compilation } from './compile.ts'
import type { Measure } from './contract.ts'
import { baseFields, type FieldType, type RuleGroup } from './rules.ts'

export type MeasureRow = Static<typeof Measure>
type Fragment = RawBuilder<unknown>

const columns = sql`measure_id as "measureId", response_id as "responseId", key, name, subject_kind as "subjectKind", population, condition, attributes, basis, demanded_by as "demandedBy",
  grace_seconds as "graceSeconds", climb_seconds as "climbSeconds", follow_up as "followUp", danger, starts_at as "startsAt", ends_at as "endsAt", status`

export async function listMeasures(tx: Tx, institutionId: string, filter: { responseId?: string | undefined; statuses?: string[]; ids?: string[]; attributes?: string[] }): Promise<MeasureRow[]> {
  return (
    await sql<MeasureRow>`select ${columns} from measures.measure where institution_id = ${institutionId} and (${filter.responseId ?? null}::uuid is null or response_id = ${filter.responseId ?? null})
      and (${filter.statuses ?? null}::text[] is null or status = any(${filter.statuses ?? null})) and (${filter.ids ?? null}::uuid[] is null or measure_id = any(${filter.ids ?? null}::uuid[]))
      and (${filter.attributes ?? null}::text[] is null or attributes && ${filter.attributes ?? null}::text[]) order by danger, starts_at, measure_id`.execute(tx)
  ).rows
}
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

const compilationOf = (engine: Engine, measure: Pick<MeasureRow, 'attributes'>): Compilation => ({ attributes: measure.attributes, types: engine.types, timeZone: engine.timeZone })
const reads = (group: RuleGroup, field: string) => JSON.stringify(group).includes(`"${field}"`)

/** The subjects of a measure with where each stands at `now`, until when, and what comes then. */
function computed(engine: Engine, measure: MeasureRow, subjectIds: readonly string[] | null, now: Date): Fragment {
  const compilation = compilationOf(engine, measure)
  const at = sql`${now}::timestamptz`
  const { institutionId } = engine
  const person = measure.subjectKind === 'person'
  const subject = person ? sql`p.person_id` : sql`u.unit_id`
  const rows = person ? sql`directory.person p` : sql`directory.unit u`
  const living = person ? sql`p.institution_id = ${institutionId} and p.left_at is null` : sql`u.institution_id = ${institutionId} and u.closed_at is null`
  const some = subjectIds === null ? sql`true` : sql`${subject} = any(${subjectIds}::uuid[])`
  const owned = reads(measure.population, 'person.owned') || reads(measure.condition, 'person.owned') ? sql`${ownedPeople(institutionId, at)},` : sql``
  const state = (truth: Fragment) => sql`case when ${truth} then 'kept' when not ${truth} then 'gap' else 'unknown' end`
  return sql`${owned} looked as (
      select ${subject} as subject_id, ${compile(measure.condition, compilation, at)} as truth, t.until, ${compile(measure.condition, compilation, sql`t.until`)} as next_truth
      from ${rows} ${joins(compilation, institutionId, subject)} cross join lateral (select ${lapse(compilation, at, measure.condition)} as until) t
      where ${living} and ${some} and ${compile(measure.population, { ...compilation, attributes: [] }, at)} is true
    ), computed as (
      select subject_id, ${state(sql`truth`)} as state, until, case when until = 'infinity' then ${state(sql`truth`)} else ${state(sql`next_truth`)} end as next_state from looked
    )`
}

/** Brings the standings of these subjects (null: everybody) to what facts and roster say now. Answers how many rows changed. */
export async function recompute(tx: Tx, engine: Engine, measure: MeasureRow, subjectIds: readonly string[] | null, now: Date): Promise<number> {
  const scope = subjectIds === null ? sql`true` : sql`s.subject_id = any(${subjectIds}::uuid[])`
  const done = await sql<{ n: number }>`with ${computed(engine, measure, subjectIds, now)}, gone as (
      delete from measures.standing s where s.institution_id = ${engine.institutionId} and s.measure_id = ${measure.measureId} and ${scope}
        and s.subject_id not in (select subject_id from computed) returning 1
    ), moved as (
      insert into measures.standing as s (institution_id, measure_id, subject_id, state, since, until, next_state)
      select ${engine.institutionId}::uuid, ${measure.measureId}::uuid, subject_id, state, ${now}::timestamptz, until, next_state from computed order by subject_id
      on conflict (institution_id, measure_id, subject_id) do update set
        -- What lapsed in the meantime lapsed at its moment, not now.
        since = case when (case when s.until <= excluded.since then s.next_state else s.state end) = excluded.state then (case when s.until <= excluded.since and s.next_state <> s.state then s.until else s.since end) else excluded.since end,
        state = excluded.state, until = excluded.until, next_state = excluded.next_state
      where (s.state, s.until, s.next_state) is distinct from (excluded.state, excluded.until, excluded.next_state) returning 1
    ) select ((select count(*) from gone) + (select count(*) from moved))::int as n`.execute(tx)
  return done.rows[0]?.n ?? 0
}

/** The same computation without storing: how everybody would stand. */
export async function simulate(tx: Tx, engine: Engine, measure: MeasureRow, now: Date): Promise<{ population: number; kept: number; gap: number; unknown: number }> {
  const found = await sql<{ population: number; kept: number; gap: number; unknown: number }>`with ${computed(engine, measure, null, now)}
    select count(*)::int as population, count(*) filter (where state = 'kept')::int as kept, count(*) filter (where state = 'gap')::int as gap, count(*) filter (where state = 'unknown')::int as unknown from computed`.execute(tx)
  return found.rows[0] ?? { population: 0, kept: 0, gap: 0, unknown: 0 }
}

/** Subjects whose standing has lapsed. */
export async function lapsed(tx: Tx, institutionId: string, now: Date): Promise<{ measureId: string; subjectIds: string[] }[]> {
  return (
    await sql<{ measureId: string; subjectIds: string[] }>`select s.measure_id as "measureId", array_agg(s.subject_id) as "subjectIds" from measures.standing s join measures.measure m using (institution_id, measure_id)
    where s.institution_id = ${institutionId} and s.until <= ${now}::timestamptz and m.status = 'on' group by 1`.execute(tx)
  ).rows
}

/** The state as it is at a moment: the stored one, or what it lapsed into; an excuse covers gap and unknown. */
const stateAt = (now: Date) => sql`case when (case when s.until <= ${now}::timestamptz then s.next_state else s.state end) = 'kept' then 'kept' when e.excuse_id is not null then 'excused'
  when s.until <= ${now}::timestamptz then s.next_state else s.state end`
const sinceAt = (now: Date) => sql`case when s.until <= ${now}::timestamptz and s.next_state <> s.state then s.until else s.since end`
const excuses = (now: Date) => sql`left join measures.excuse e on e.institution_id = s.institution_id and e.measure_id = s.measure_id and e.subject_id = s.subject_id and e.during @> ${now}::timestamptz`

export interface CountRow {
  measureId: string
  unitId: string
  population: number
  kept: number
  gap: number
  excused: number
  unknown: number
}
/** Everybody and every unit below the units given: subjects of person measures hang on their leaf, subjects of unit measures are the units themselves. */
const placed = (institutionId: string, unitIds: string[]) => sql`
  select m.person_id as subject_id, a.unit_id, a.ancestor_id, a.distance from directory.ancestry a join directory.membership m on m.institution_id = a.institution_id and m.unit_id = a.unit_id
  where a.institution_id = ${institutionId} and a.ancestor_id = any(${unitIds}::uuid[])
  union all
  select a.unit_id, a.unit_id, a.ancestor_id, a.distance from directory.ancestry a where a.institution_id = ${institutionId} and a.ancestor_id = any(${unitIds}::uuid[])`
const summed = sql`sum(n)::int as population, coalesce(sum(n) filter (where state = 'kept'), 0)::int as kept, coalesce(sum(n) filter (where state = 'gap'), 0)::int as gap, coalesce(sum(n) filter (where state = 'excused'), 0)::int as excused, coalesce(sum(n) filter (where state = 'unknown'), 0)::int as unknown`

/** Counts for a unit itself (a row per measure with the unit's id) and for each unit just below it. */
export async function coverageBelow(tx: Tx, institutionId: string, measureIds: string[], unitId: string, now: Date): Promise<CountRow[]> {
  return (
    await sql<CountRow>`with placed as materialized (${placed(institutionId, [unitId])}),
    child as materialized (select k.unit_id, k.ancestor_id as child_id from directory.ancestry a join directory.ancestry k on k.institution_id = a.institution_id and k.unit_id = a.unit_id and k.distance = a.distance - 1
      where a.institution_id = ${institutionId} and a.ancestor_id = ${unitId} and a.distance > 0),
    counted as materialized (
      select s.measure_id, c.child_id, ${stateAt(now)} as state, count(*) as n
      from placed p join measures.standing s on s.institution_id = ${institutionId} and s.subject_id = p.subject_id and s.measure_id = any(${measureIds}::uuid[])
      left join child c on c.unit_id = p.unit_id ${excuses(now)} group by 1, 2, 3
    )
    select measure_id as "measureId", child_id as "unitId", ${summed} from counted where child_id is not null group by 1, 2
    union all
    select measure_id as "measureId", ${unitId}::uuid as "unitId", ${summed} from counted group by 1`.execute(tx)
  ).rows
}

/** Counts for any units. */
export async function coverageOfUnits(tx: Tx, institutionId: string, measureIds: string[], unitIds: string[], now: Date): Promise<CountRow[]> {
  return (
    await sql<CountRow>`with placed as materialized (${placed(institutionId, unitIds)}),
    counted as (
      select s.measure_id, p.ancestor_id, ${stateAt(now)} as state, count(*) as n
      from placed p join measures.standing s on s.institution_id = ${institutionId} and s.subject_id = p.subject_id and s.measure_id = any(${measureIds}::uuid[]) ${excuses(now)} group by 1, 2, 3
    )
    select measure_id as "measureId", ancestor_id as "unitId", ${summed} from counted group by 1, 2`.execute(tx)
  ).rows
}

export interface GapRow {
  measureId: string
  state: 'kept' | 'gap' | 'excused' | 'unknown'
  since: string
  overdue: boolean
  subject: { kind: 'person' | 'unit'; id: string; name: string; number: string | null; unit: UnitBrief | null }
  contacts: number
  excuse: { reason: string; by: string | null; since: string; until: string | null } | null
}
/** `state` null: gap and unknown. `within`: only subjects that hang on these units. */
export interface GapFilter {
  measureIds: string[]
  state: string | null
  within?: string[] | undefined
}
const gapRows = (institutionId: string, unitId: string, filter: GapFilter, now: Date) => sql`
  with placed as materialized (${placed(institutionId, [unitId])}),
  open as materialized (
    select s.measure_id, s.subject_id, ${stateAt(now)} as state, ${sinceAt(now)} as since, e.excuse_id, p.unit_id
    from placed p join measures.standing s on s.institution_id = ${institutionId} and s.subject_id = p.subject_id and s.measure_id = any(${filter.measureIds}::uuid[]) ${excuses(now)}
    where ((case when s.until <= ${now}::timestamptz then s.next_state else s.state end) = 'kept') = ${filter.state === 'kept'} and (${filter.within ?? null}::uuid[] is null or p.unit_id = any(${filter.within ?? null}::uuid[]))
  ), gaps as materialized (select * from open where state = ${filter.state} or (${filter.state}::text is null and state in ('gap', 'unknown')))`

export interface GapPage {
  total: number
  /** By the unit that the subjects hang on, largest first. */
  byUnit: { unitId: string; count: number }[]
  rows: (GapRow & { ownUnitId: string })[]
}
/** One page of gaps, and how many there are in all and by unit, as of one moment. */
export async function gapPage(tx: Tx, institutionId: string, unitId: string, filter: GapFilter, offset: number, size: number, now: Date): Promise<GapPage> {
  const found = await sql<{ total: number; byUnit: GapPage['byUnit'] | null; rows: GapPage['rows'] | null }>`${gapRows(institutionId, unitId, filter, now)},
    page as (
      select g.*, me.danger, me.subject_kind, me.grace_seconds, u.tree, u.kind, u.name as unit_name, u.parent_id
      from gaps g join measures.measure me on me.institution_id = ${institutionId} and me.measure_id = g.measure_id join directory.unit u on u.institution_id = ${institutionId} and u.unit_id = g.unit_id
      order by me.danger, g.state, u.name collate "C", g.subject_id limit ${size} offset ${offset}
    ), shown as (
      select g.danger, g.state as sorted, g.unit_name, g.subject_id, jsonb_build_object('measureId', g.measure_id, 'state', g.state, 'since', to_char(g.since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'overdue', g.state in ('gap', 'unknown') and g.since + make_interval(secs => g.grace_seconds) <= ${now}::timestamptz, 'ownUnitId', g.unit_id,
        'subject', jsonb_build_object('kind', g.subject_kind, 'id', g.subject_id, 'name', coalesce(p.name, g.unit_name), 'number', p.number,
          'unit', jsonb_build_object('unitId', g.unit_id, 'tree', g.tree, 'kind', g.kind, 'name', g.unit_name, 'parentId', g.parent_id)),
        'contacts', (select count(*) from measures.contact c where c.institution_id = ${institutionId} and c.measure_id = g.measure_id and c.subject_id = g.subject_id and c.at >= g.since),
        'excuse', (select jsonb_build_object('reason', e.reason, 'by', w.name, 'since', to_char(lower(e.during) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'until', to_char(upper(e.during) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
          from measures.excuse e left join directory.person w on w.institution_id = e.institution_id and w.person_id = e.by_person where g.state = 'excused' and e.institution_id = ${institutionId} and e.excuse_id = g.excuse_id)) as row
      from page g left join directory.person p on p.institution_id = ${institutionId} and p.person_id = g.subject_id
    )
    select (select count(*)::int from gaps) as total, (select jsonb_agg(jsonb_build_object('unitId', unit_id, 'count', n) order by n desc, unit_id) from (select unit_id, count(*) as n from gaps group by 1) t) as "byUnit",
      (select jsonb_agg(row order by danger, sorted, unit_name collate "C", subject_id) from shown) as rows`.execute(tx)
  const [page] = found.rows
  return { total: page?.total ?? 0, byUnit: page?.byUnit ?? [], rows: page?.rows ?? [] }
}

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
/** Notes a reminder for each pair that is open and was not reminded since `notSince`. Answers how many. */
export async function insertReminders(tx: Tx, institutionId: string, items: { contactId: string; measureId: string; subjectId: string }[], note: string, by: string | null, notSince: Date, now: Date): Promise<number> {
  const done = await sql`insert into measures.contact (institution_id, contact_id, measure_id, subject_id, how, outcome, note, by_person, at)
    select ${institutionId}::uuid, i.contact_id, i.measure_id, i.subject_id, 'remind', 'sent', ${note}, ${by}::uuid, ${now}::timestamptz
    from (${pairs(items, items.map((one) => one.contactId))}) i(contact_id, measure_id, subject_id)
    join measures.measure me on me.institution_id = ${institutionId} and me.measure_id = i.measure_id and me.status = 'on'
    join measures.standing s on s.institution_id = ${institutionId} and s.measure_id = i.measure_id and s.subject_id = i.subject_id ${excuses(now)}
    where ${stateAt(now)} in ('gap', 'unknown') and not exists (select from measures.contact c where c.institution_id = ${institutionId} and c.measure_id = i.measure_id and c.subject_id = i.subject_id and c.how = 'remind' and c.at > ${notSince}::timestamptz)`.execute(tx)
  return Number(done.numAffectedRows)
}
const pairs = (items: { measureId: string; subjectId: string }[], ids: string[]) =>
  sql`select * from unnest(${ids}::uuid[], ${items.map((one) => one.measureId)}::uuid[], ${items.map((one) => one.subjectId)}::uuid[])`
/** The latest reminder of each subject on each measure since a moment. */
export async function lastReminders(tx: Tx, institutionId: string, subjectIds: string[], measureIds: string[], since: Date): Promise<{ measureId: string; subjectId: string; at: string; by: string | null; note: string }[]> {
  return (
    await sql<{ measureId: string; subjectId: string; at: string; by: string | null; note: string }>`select distinct on (c.measure_id, c.subject_id) c.measure_id as "measureId", c.subject_id as "subjectId", c.at, c.note, w.name as by
    from measures.contact c left join directory.person w on w.institution_id = c.institution_id and w.person_id = c.by_person
    where c.institution_id = ${institutionId} and c.subject_id = any(${subjectIds}::uuid[]) and c.measure_id = any(${measureIds}::uuid[]) and c.how = 'remind' and c.at > ${since}::timestamptz order by c.measure_id, c.subject_id, c.at desc`.execute(tx)
  ).rows
}
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
export async function standingsOf(tx: Tx, institutionId: string, subjectIds: string[], now: Date): Promise<StandingRow[]> {
  return (
    await sql<StandingRow>`select s.measure_id as "measureId", s.subject_id as "subjectId", ${stateAt(now)} as state, ${sinceAt(now)} as since, case when s.until = 'infinity' or s.until <= ${now}::timestamptz then null else s.until end as until, e.reason as excuse
    from measures.standing s join measures.measure me on me.institution_id = s.institution_id and me.measure_id = s.measure_id and me.status = 'on' ${excuses(now)}
    where s.institution_id = ${institutionId} and s.subject_id = any(${subjectIds}::uuid[])`.execute(tx)
  ).rows
}

export interface KnownRow {
  subjectId: string
  attribute: string
  value: unknown
  observedAt: string
  fresh: boolean
}
export async function knownOf(tx: Tx, institutionId: string, subjectIds: string[], attributes: string[], now: Date): Promise<KnownRow[]> {
  return (
    await sql<KnownRow>`select subject_id as "subjectId", attribute, value, observed_at as "observedAt", fresh_until > ${now}::timestamptz as fresh from facts.profile
    where institution_id = ${institutionId} and subject_id = any(${subjectIds}::uuid[]) and attribute = any(${attributes}::text[])`.execute(tx)
  ).rows
}
export async function unitsAnsweredFor(tx: Tx, institutionId: string, personId: string, roles: string[], now: Date): Promise<{ id: string; name: string }[]> {
  return (
    await sql<{ id: string; name: string }>`select distinct u.unit_id as id, u.name from directory.holding h join directory.office o using (institution_id, office_id) join directory.unit u using (institution_id, unit_id)
    where h.institution_id = ${institutionId} and h.person_id = ${personId} and h.during @> ${now}::timestamptz and o.role = any(${roles}::text[])`.execute(tx)
  ).rows
}
/** Whether a subject is a person or a unit, with its name. */
export async function subjectOf(tx: Tx, institutionId: string, subjectId: string): Promise<{ kind: 'person' | 'unit'; id: string; name: string } | undefined> {
  return (
    await sql<{ kind: 'person' | 'unit'; id: string; name: string }>`select 'person' as kind, person_id as id, name from directory.person where institution_id = ${institutionId} and person_id = ${subjectId}
    union all select 'unit', unit_id, name from directory.unit where institution_id = ${institutionId} and unit_id = ${subjectId}`.execute(tx)
  ).rows[0]
}

export const fieldTypes = (attributes: readonly { key: string; type: FieldType }[]): Map<string, FieldType> =>
  new Map([...Object.entries(baseFields).map(([key, field]) => [key, field.type] as const), ...attributes.map(({ key, type }) => [key, type] as const)])
