/** SQL of doubts: finding them in what was recorded, keeping each once, who looks at them, who is asked again. */
import { sql } from 'kysely'
import { prepared, type Tx } from '#kernel/database.ts'
import type { DoubtKind } from './doubt-rules.ts'

export interface Found {
  kind: DoubtKind
  /** What it is about, so that the same is found once only. */
  mark: string
  unitId: string
  attribute: string
  subjectKind: 'person' | 'unit'
  subjects: string[]
  figures: Record<string, unknown>
  recordedBy: string | null
}

/** How many people belong to a unit and to everything below it. */
const sizeOf = (institutionId: string, unitId: ReturnType<typeof sql.ref>) => sql`(select count(*)::int from directory.ancestry z join directory.membership zm on zm.institution_id = z.institution_id and zm.unit_id = z.unit_id
  join directory.person zp on zp.institution_id = zm.institution_id and zp.person_id = zm.person_id and zp.left_at is null where z.institution_id = ${institutionId} and z.ancestor_id = ${unitId})`

/** Answers recorded in a span of time, with the unit of the administrative tree that their person hangs on. */
const recorded = (institutionId: string, from: Date, to: Date, sources: readonly string[]) => sql`select f.fact_id, f.subject_id, f.attribute, f.value, f.observed_at, f.recorded_at, f.source, f.recorded_by, m.unit_id
  from facts.fact f join directory.membership m on m.institution_id = f.institution_id and m.person_id = f.subject_id and m.tree = 'admin'
  where f.institution_id = ${institutionId} and f.recorded_at > ${from}::timestamptz and f.recorded_at <= ${to}::timestamptz and f.source = any(${sources}::text[])`

export interface Cluster {
  unitId: string
  attribute: string
  value: unknown
  values: number
  subjects: string[]
  size: number
  from: string
  to: string
  by: string | null
}
/** The fullest span of so many seconds a unit, attribute and (optionally) value or recorder. At least `least` people. */
async function clusters(tx: Tx, institutionId: string, from: Date, to: Date, of: 'value' | 'recorder', attributes: readonly string[], seconds: number, least: number): Promise<Cluster[]> {
  const group = of === 'value' ? sql`r.value` : sql`r.recorded_by`
  return (
    await sql<Cluster>`with r as materialized (
        select * from (${recorded(institutionId, from, to, [of === 'value' ? 'answer' : 'proxy'])}) t where attribute = any(${attributes}::text[])
      ), spans as (
        select r.*, count(*) over (partition by unit_id, attribute, ${group} order by observed_at range between current row and make_interval(secs => ${seconds}) following) as n from r
      ), fullest as (
        select distinct on (unit_id, attribute, ${group}) unit_id, attribute, ${group} as grouped, observed_at as starts from spans r where n >= ${least} order by unit_id, attribute, ${group}, n desc, observed_at
      )
      select b.unit_id as "unitId", b.attribute, min(r.value::text)::jsonb as value, count(distinct r.value)::int as values, array_agg(distinct r.subject_id::text) as subjects, ${sizeOf(institutionId, sql.ref('b.unit_id'))} as size,
        min(r.observed_at) as "from", max(r.observed_at) as "to", ${of === 'value' ? sql`null` : sql`min(r.recorded_by::text)`} as by
      from fullest b join r on r.unit_id = b.unit_id and r.attribute = b.attribute and ${group} is not distinct from b.grouped and r.observed_at >= b.starts and r.observed_at <= b.starts + make_interval(secs => ${seconds})
      group by b.unit_id, b.attribute, b.grouped`.execute(tx)
  ).rows
}
export const sameInstant = (tx: Tx, institutionId: string, from: Date, to: Date, attributes: readonly string[], seconds: number, least: number) => clusters(tx, institutionId, from, to, 'value', attributes, seconds, least)
export const byProxy = (tx: Tx, institutionId: string, from: Date, to: Date, attributes: readonly string[], seconds: number, least: number) => clusters(tx, institutionId, from, to, 'recorder', attributes, seconds, least)

export interface Figure {
  factId: string
  subjectId: string
  unitId: string
  attribute: string
  value: number
  observedAt: string
  by: string | null
  /** Of units: how many belong to them. */
  size: number
}
/** Figures recorded in a span that lie outside what is possible and are still what is known. */
export async function impossible(tx: Tx, institutionId: string, from: Date, to: Date, ranges: readonly { attribute: string; least: number; most: number }[]): Promise<Figure[]> {
  if (!ranges.length) return []
  return (
    await sql<Figure>`select f.fact_id as "factId", f.subject_id as "subjectId", f.unit_id as "unitId", f.attribute, f.value::float8 as value, f.observed_at as "observedAt", case when f.recorded_by <> f.subject_id then f.recorded_by end as by, 0 as size
      from (${recorded(institutionId, from, to, ['answer', 'proxy', 'import', 'office', 'system'])}) f
      join unnest(${ranges.map((one) => one.attribute)}::text[], ${ranges.map((one) => one.least)}::float8[], ${ranges.map((one) => one.most)}::float8[]) as r(attribute, least, most) on r.attribute = f.attribute
      join facts.profile p on p.institution_id = ${institutionId} and p.subject_id = f.subject_id and p.attribute = f.attribute and p.fact_id = f.fact_id
      where jsonb_typeof(f.value) = 'number' and (f.value::float8 < r.least or f.value::float8 > r.most) limit 1000`.execute(tx)
  ).rows
}
/** Counts of people recorded for a unit that are more than belong to it, less than none or no whole number, and are still what is known. */
export async function impossibleCounts(tx: Tx, institutionId: string, from: Date, to: Date, attributes: readonly string[]): Promise<Figure[]> {
  if (!attributes.length) return []
  return (
    await sql<Figure>`select * from (select f.fact_id as "factId", f.subject_id as "subjectId", f.subject_id as "unitId", f.attribute, f.value::float8 as value, f.observed_at as "observedAt", f.recorded_by as by, ${sizeOf(institutionId, sql.ref('f.subject_id'))} as size
      from facts.fact f join directory.unit u on u.institution_id = f.institution_id and u.unit_id = f.subject_id
      join facts.profile p on p.institution_id = f.institution_id and p.subject_id = f.subject_id and p.attribute = f.attribute and p.fact_id = f.fact_id
      where f.institution_id = ${institutionId} and f.recorded_at > ${from}::timestamptz and f.recorded_at <= ${to}::timestamptz and f.attribute = any(${attributes}::text[]) and jsonb_typeof(f.value) = 'number') t
      where size > 0 and (value > size or value < 0 or value <> floor(value)) limit 1000`.execute(tx)
  ).rows
}

/** Answers that were stale when they came and observed longer ago than so many seconds, by unit, attribute and the day they came. */
export async function late(tx: Tx, institutionId: string, from: Date, to: Date, seconds: number, timeZone: string): Promise<{ unitId: string; attribute: string; recordedOn: string; subjects: string[]; days: number }[]> {
  return (
    await sql<{ unitId: string; attribute: string; recordedOn: string; subjects: string[]; days: number }>`select f.unit_id as "unitId", f.attribute, (f.recorded_at at time zone ${timeZone})::date::text as "recordedOn", array_agg(distinct f.subject_id::text) as subjects, floor(extract(epoch from max(f.recorded_at - f.observed_at)) / 86400)::int as days
      from (${recorded(institutionId, from, to, ['answer', 'proxy'])}) f join facts.attribute a on a.institution_id = ${institutionId} and a.key = f.attribute and a.fresh_seconds is not null
      where f.recorded_at - f.observed_at > greatest(make_interval(secs => ${seconds}), make_interval(secs => a.fresh_seconds)) group by 1, 2, 3`.execute(tx)
  ).rows
}

export interface Still {
  unitId: string
  attribute: string
  value: unknown
  days: number
  since: string
  others: number
  othersMoved: number
  by: string | null
}
/** Units whose report was the same on every one of so many days, with how many others of their kind reported as long and how many of those moved. */
export async function neverMoves(tx: Tx, institutionId: string, attributes: readonly string[], days: number, now: Date, timeZone: string): Promise<Still[]> {
  if (!attributes.length) return []
  return (
    await sql<Still>`with reported as materialized (
        select f.subject_id, f.attribute, u.kind, count(distinct (f.observed_at at time zone ${timeZone})::date)::int as days, count(distinct f.value)::int as values, min(f.value::text)::jsonb as value,
          (array_agg(f.recorded_by::text order by f.observed_at desc))[1] as by
        from directory.unit u join facts.fact f on f.institution_id = u.institution_id and f.subject_id = u.unit_id and f.attribute = any(${attributes}::text[])
          and f.observed_at > ${now}::timestamptz - make_interval(days => ${days}::int) and f.observed_at <= ${now}::timestamptz + interval '5 minutes'
        where u.institution_id = ${institutionId} and u.closed_at is null group by 1, 2, 3
      ), steady as (select * from reported where days >= ${days})
      select s.subject_id as "unitId", s.attribute, s.value, s.days, s.by, (select count(*)::int from steady o where o.attribute = s.attribute and o.kind = s.kind and o.subject_id <> s.subject_id) as others,
        (select count(*)::int from steady o where o.attribute = s.attribute and o.kind = s.kind and o.subject_id <> s.subject_id and o.values > 1) as "othersMoved",
        to_char(coalesce((select max(f.observed_at) from facts.fact f where f.institution_id = ${institutionId} and f.subject_id = s.subject_id and f.attribute = s.attribute and f.value <> s.value), '-infinity') at time zone ${timeZone}, 'YYYY-MM-DD') as since
      from steady s where s.values = 1`.execute(tx)
  ).rows
}

export interface Copied {
  unitId: string
  attribute: string
  subjects: string[]
  reporters: number
  size: number
  elsewhere: number
  elsewhereStill: number
}
/** Units of people each of whom repeated their own figure on every one of so many days, with how it is elsewhere. */
export async function copiedForward(tx: Tx, institutionId: string, attributes: readonly string[], days: number, least: number, now: Date, timeZone: string): Promise<Copied[]> {
  if (!attributes.length) return []
  return (
    await sql<Copied>`with people as materialized (
        select f.subject_id, f.attribute, count(distinct f.value) = 1 as still from facts.fact f
        where f.institution_id = ${institutionId} and f.attribute = any(${attributes}::text[]) and f.observed_at > ${now}::timestamptz - make_interval(days => ${days}::int) and f.observed_at <= ${now}::timestamptz + interval '5 minutes'
          and f.recorded_at > ${now}::timestamptz - make_interval(days => ${days}::int)
        group by 1, 2 having count(distinct (f.observed_at at time zone ${timeZone})::date) >= ${days}
      ), units as (
        select m.unit_id, p.attribute, count(*)::int as reporters, count(*) filter (where still)::int as still, array_agg(p.subject_id::text order by p.subject_id) filter (where still) as subjects
        from people p join directory.membership m on m.institution_id = ${institutionId} and m.person_id = p.subject_id and m.tree = 'admin' group by 1, 2
      ), everywhere as (select attribute, count(*)::int as reporters, count(*) filter (where still)::int as still from people group by 1)
      select u.unit_id as "unitId", u.attribute, u.subjects, u.reporters, ${sizeOf(institutionId, sql.ref('u.unit_id'))} as size, e.reporters - u.reporters as elsewhere, e.still - u.still as "elsewhereStill"
      from units u join everywhere e using (attribute) where u.still >= ${least}`.execute(tx)
  ).rows
}

/** Keeps each once; one that grew while nobody had looked at it yet grows. Answers how many are new. */
export async function keepDoubts(tx: Tx, institutionId: string, found: readonly (Found & { doubtId: string })[], now: Date): Promise<number> {
  let fresh = 0
  for (const one of found) {
    const row = await sql<{ fresh: boolean }>`insert into measures.doubt as d (institution_id, doubt_id, kind, mark, unit_id, attribute, subject_kind, subjects, figures, recorded_by, found_at)
      values (${institutionId}, ${one.doubtId}, ${one.kind}, ${one.mark}, ${one.unitId}, ${one.attribute}, ${one.subjectKind}, ${one.subjects.slice(0, 2000)}::uuid[], ${JSON.stringify(one.figures)}, ${one.recordedBy}, ${now})
      on conflict (institution_id, mark) do update set subjects = array(select unnest(d.subjects) union select unnest(excluded.subjects)), figures = excluded.figures where d.state = 'open' and not excluded.subjects <@ d.subjects returning (xmax = 0) as fresh`.execute(tx)
    if (row.rows[0]?.fresh) fresh++
  }
  return fresh
}
export async function scanOf(tx: Tx, institutionId: string): Promise<{ scannedTo: string; figuresOn: string | null } | undefined> {
  return (await sql<{ scannedTo: string; figuresOn: string | null }>`select scanned_to as "scannedTo", figures_on::text as "figuresOn" from measures.doubt_scan where institution_id = ${institutionId}`.execute(tx)).rows[0]
}
export async function saveScan(tx: Tx, institutionId: string, scannedTo: Date, figuresOn: string): Promise<void> {
  await sql`insert into measures.doubt_scan (institution_id, scanned_to, figures_on) values (${institutionId}, ${scannedTo}, ${figuresOn}::date)
    on conflict (institution_id) do update set scanned_to = excluded.scanned_to, figures_on = excluded.figures_on`.execute(tx)
}

export interface DoubtRow {
  doubtId: string
  kind: DoubtKind
  unitId: string
  attribute: string
  subjectKind: 'person' | 'unit'
  people: number
  figures: Record<string, unknown>
  recordedBy: string | null
  recorder: string | null
  foundAt: string
  state: 'open' | 'dismissed' | 'asked'
  settledAt: string | null
  settledBy: string | null
  words: string | null
  /** Of those it is about: who answered anew since it was found. */
  answered: number
}
/** Did the subject answer (or somebody for it) after a moment? */
const answeredSince = (institutionId: unknown, subject: string, attribute: string, since: string) =>
  sql`exists (select from facts.fact f where f.institution_id = ${institutionId} and f.subject_id = ${sql.ref(subject)} and f.attribute = ${sql.ref(attribute)} and f.recorded_at > ${sql.ref(since)} and f.source in ('answer', 'proxy', 'office', 'import'))`
const doubtColumns = (institutionId: string) => sql`d.doubt_id as "doubtId", d.kind, d.unit_id as "unitId", d.attribute, d.subject_kind as "subjectKind", cardinality(d.subjects) as people, d.figures, d.recorded_by as "recordedBy", r.name as recorder, d.found_at as "foundAt",
  d.state, d.settled_at as "settledAt", s.name as "settledBy", d.words, (select count(*)::int from unnest(d.subjects) as one(subject_id) where ${answeredSince(institutionId, 'one.subject_id', 'd.attribute', 'd.found_at')}) as answered`
const doubtTables = sql`measures.doubt d left join directory.person r on r.institution_id = d.institution_id and r.person_id = d.recorded_by left join directory.person s on s.institution_id = d.institution_id and s.person_id = d.settled_by`

/** Doubts below a unit, the newest first. */
export async function doubtsBelow(tx: Tx, institutionId: string, unitId: string, settled: boolean, offset: number, size: number): Promise<{ total: number; rows: DoubtRow[] }> {
  const where = sql`d.institution_id = ${institutionId} and (d.state <> 'open') = ${settled} and exists (select from directory.ancestry a where a.institution_id = d.institution_id and a.unit_id = d.unit_id and a.ancestor_id = ${unitId})`
  const total = (await sql<{ n: number }>`select count(*)::int as n from measures.doubt d where ${where}`.execute(tx)).rows[0]?.n ?? 0
  const rows = (await sql<DoubtRow>`select ${doubtColumns(institutionId)} from ${doubtTables} where ${where} order by coalesce(d.settled_at, d.found_at) desc, d.doubt_id limit ${size} offset ${offset}`.execute(tx)).rows
  return { total, rows }
}
/**
 * Open doubts that a person is the nearest to look at: of those in an office that answers for the unit or one above it and may see answers. Whoever entered answers for others is passed over for those.
 */
export async function doubtsOf(tx: Tx, institutionId: string, personId: string, roles: readonly string[], now: Date, most: number): Promise<DoubtRow[]> {
  return (
    await sql<DoubtRow>`with over as (
        select d.doubt_id, h.person_id, a.distance from measures.doubt d join directory.ancestry a on a.institution_id = d.institution_id and a.unit_id = d.unit_id
        join directory.office o on o.institution_id = a.institution_id and o.unit_id = a.ancestor_id and o.role = any(${roles}::text[])
        join directory.holding h on h.institution_id = o.institution_id and h.office_id = o.office_id and h.during @> ${now}::timestamptz
        where d.institution_id = ${institutionId} and d.state = 'open' and (d.kind <> 'by-proxy' or h.person_id is distinct from d.recorded_by)
      ), nearest as (select doubt_id, min(distance) as distance from over group by 1)
      select ${doubtColumns(institutionId)} from ${doubtTables} where d.institution_id = ${institutionId} and d.doubt_id in (select o.doubt_id from over o join nearest n using (doubt_id, distance) where o.person_id = ${personId}) order by d.found_at desc, d.doubt_id limit ${most}`.execute(tx)
  ).rows
}
export async function findDoubts(tx: Tx, institutionId: string, doubtIds: readonly string[]): Promise<(DoubtRow & { subjects: string[] })[]> {
  return (await sql<DoubtRow & { subjects: string[] }>`select ${doubtColumns(institutionId)}, d.subjects::text[] as subjects from ${doubtTables} where d.institution_id = ${institutionId} and d.doubt_id = any(${doubtIds}::uuid[])`.execute(tx)).rows
}
export interface DoubtSubject {
  id: string
  name: string
  number: string | null
  phone: string | null
  answered: boolean
  askedAgain: boolean
}
export async function subjectsOfDoubt(tx: Tx, institutionId: string, doubtId: string, most: number): Promise<DoubtSubject[]> {
  return (
    await sql<DoubtSubject>`select one.subject_id as id, coalesce(p.name, u.name, '—') as name, p.number, p.phone, ${answeredSince(institutionId, 'one.subject_id', 'd.attribute', 'd.found_at')} as answered,
      exists (select from measures.asked_again g where g.institution_id = d.institution_id and g.doubt_id = d.doubt_id and g.subject_id = one.subject_id) as "askedAgain"
    from measures.doubt d cross join unnest(d.subjects) as one(subject_id) left join directory.person p on p.institution_id = d.institution_id and p.person_id = one.subject_id left join directory.unit u on u.institution_id = d.institution_id and u.unit_id = one.subject_id
    where d.institution_id = ${institutionId} and d.doubt_id = ${doubtId} order by p.number, one.subject_id limit ${most}`.execute(tx)
  ).rows
}
/** Answers false where somebody else settled it first. */
export async function settleDoubt(tx: Tx, institutionId: string, doubtId: string, state: 'dismissed' | 'asked', words: string, by: string | null, now: Date): Promise<boolean> {
  const done = await sql`update measures.doubt set state = ${state}, words = ${words}, settled_by = ${by}, settled_at = ${now} where institution_id = ${institutionId} and doubt_id = ${doubtId} and (state = 'open' or (state = 'asked' and ${state} = 'asked'))`.execute(tx)
  return Number(done.numAffectedRows) === 1
}
export async function askAgain(tx: Tx, institutionId: string, doubtId: string, attribute: string, subjectIds: readonly string[], note: string, by: string | null, now: Date): Promise<number> {
  const done = await sql`insert into measures.asked_again (institution_id, doubt_id, subject_id, attribute, note, by_person, at) select ${institutionId}::uuid, ${doubtId}::uuid, s.id, ${attribute}, ${note}, ${by}::uuid, ${now}::timestamptz
    from unnest(${subjectIds}::uuid[]) as s(id) on conflict (institution_id, doubt_id, subject_id) do update set note = excluded.note, by_person = excluded.by_person, at = excluded.at`.execute(tx)
  return Number(done.numAffectedRows)
}
export interface AgainRow {
  subjectId: string
  attribute: string
  note: string
  by: string | null
  at: string
  measureIds: string[]
}
/** Questions opened anew for these subjects and not answered since, as long as a measure that covers them reads the answer. */
export const askedAgainOf = async (tx: Tx, institutionId: string, subjectIds: readonly string[]): Promise<AgainRow[]> => (await readAskedAgain(tx, { institutionId, subjectIds })).rows
const readAskedAgain = prepared<AgainRow, { institutionId: string; subjectIds: readonly string[] }>(
  (slot) => sql`select * from (select distinct on (g.subject_id, g.attribute) g.subject_id as "subjectId", g.attribute, g.note, w.name as by, g.at,
        array(select m.measure_id::text from measures.standing s join measures.measure m on m.institution_id = s.institution_id and m.measure_id = s.measure_id and m.status = 'on' and g.attribute = any(m.attributes)
          where s.institution_id = g.institution_id and s.subject_id = g.subject_id order by m.danger, m.starts_at) as "measureIds"
      from measures.asked_again g left join directory.person w on w.institution_id = g.institution_id and w.person_id = g.by_person
      where g.institution_id = ${slot('institutionId')} and g.subject_id = any(${slot('subjectIds')}::uuid[]) and not ${answeredSince(slot('institutionId'), 'g.subject_id', 'g.attribute', 'g.at')} order by g.subject_id, g.attribute, g.at desc) t where cardinality("measureIds") > 0`,
)
/** The units that doubts belong to, for the gate. */
export async function unitsOfDoubts(tx: Tx, institutionId: string, doubtIds: readonly string[]): Promise<Map<string, string>> {
  const rows = (await sql<{ doubtId: string; unitId: string }>`select doubt_id as "doubtId", unit_id as "unitId" from measures.doubt where institution_id = ${institutionId} and doubt_id = any(${doubtIds}::uuid[])`.execute(tx)).rows
  return new Map(rows.map((row) => [row.doubtId, row.unitId]))
}
