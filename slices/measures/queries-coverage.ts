/** SQL that counts standings by unit and lists gaps by name. Counts come from the tally (kept by triggers, see migration 0008), brought to the moment by what has lapsed or is excused. */
import { sql } from 'kysely'
import { prepared, type Tx } from '#kernel/database.ts'
import type { UnitBrief } from '#slices/directory/server.ts'
import { excuses, sinceAt, stateAt } from './queries.ts'

export interface CountRow {
  measureId: string
  unitId: string
  population: number
  kept: number
  gap: number
  excused: number
  unknown: number
}

/**
 * CTEs that end in `counted` (measure_id, unit_id, kept, gap, excused, unknown): what hangs on each unit of `below` itself, as of `now`. `below` (unit_id) must stand before.
 * Time moves a standing without anybody writing: what lapsed since it was stored, and what an excuse covers, is moved here from its stored state to the actual one.
 */
const counted = (institutionId: string, measureIds: string[], now: Date) => sql`
  shifted as materialized (
    select s.measure_id, s.subject_id, s.state as stored, ${stateAt(now)} as actual from measures.standing s ${excuses(now)}
    where s.institution_id = ${institutionId} and s.measure_id = any(${measureIds}::uuid[]) and s.until <= ${now}::timestamptz
    union all
    select s.measure_id, s.subject_id, s.state, 'excused' from measures.excuse e join measures.standing s on s.institution_id = e.institution_id and s.measure_id = e.measure_id and s.subject_id = e.subject_id
    where e.institution_id = ${institutionId} and e.measure_id = any(${measureIds}::uuid[]) and e.during @> ${now}::timestamptz and s.until > ${now}::timestamptz and s.state <> 'kept'
  ), placed as (
    select f.measure_id, f.stored, f.actual, m.unit_id from shifted f join directory.membership m on m.institution_id = ${institutionId} and m.person_id = f.subject_id where f.stored <> f.actual
    union all
    select f.measure_id, f.stored, f.actual, u.unit_id from shifted f join directory.unit u on u.institution_id = ${institutionId} and u.unit_id = f.subject_id where f.stored <> f.actual
  ), moved as (
    select p.measure_id, p.unit_id, sum(v.n * (v.state = 'kept')::int)::int as kept, sum(v.n * (v.state = 'gap')::int)::int as gap, sum(v.n * (v.state = 'excused')::int)::int as excused, sum(v.n * (v.state = 'unknown')::int)::int as unknown
    from placed p cross join lateral (values (p.stored, -1), (p.actual, 1)) v(state, n) where p.unit_id in (select unit_id from below) group by 1, 2
  ), counted as (
    -- What moved was counted where it stood, so its line is there.
    select t.measure_id, t.unit_id, t.kept + coalesce(d.kept, 0) as kept, t.gap + coalesce(d.gap, 0) as gap, coalesce(d.excused, 0) as excused, t.unknown + coalesce(d.unknown, 0) as unknown
    from measures.tally t left join moved d on d.measure_id = t.measure_id and d.unit_id = t.unit_id
    where t.institution_id = ${institutionId} and t.measure_id = any(${measureIds}::uuid[]) and t.unit_id in (select unit_id from below)
  )`
const summed = sql`sum(c.kept + c.gap + c.excused + c.unknown)::int as population, sum(c.kept)::int as kept, sum(c.gap)::int as gap, sum(c.excused)::int as excused, sum(c.unknown)::int as unknown`

/** Counts for a unit itself (a row per measure with the unit's id) and for each unit just below it. */
export async function coverageBelow(tx: Tx, institutionId: string, measureIds: string[], unitId: string, now: Date): Promise<CountRow[]> {
  return (
    await sql<CountRow>`with below as materialized (
      select a.unit_id, k.ancestor_id as child_id from directory.ancestry a left join directory.ancestry k on k.institution_id = a.institution_id and k.unit_id = a.unit_id and k.distance = a.distance - 1
      where a.institution_id = ${institutionId} and a.ancestor_id = ${unitId}
    ), ${counted(institutionId, measureIds, now)}, byChild as materialized (
      select c.measure_id, b.child_id, sum(c.kept) as kept, sum(c.gap) as gap, sum(c.excused) as excused, sum(c.unknown) as unknown from counted c join below b using (unit_id) group by 1, 2
    )
    select c.measure_id as "measureId", c.child_id as "unitId", ${summed} from byChild c where c.child_id is not null group by 1, 2
    union all
    select c.measure_id, ${unitId}::uuid, ${summed} from byChild c group by 1`.execute(tx)
  ).rows.filter((row) => row.population > 0)
}

/** Counts for any units. */
export async function coverageOfUnits(tx: Tx, institutionId: string, measureIds: string[], unitIds: string[], now: Date): Promise<CountRow[]> {
  return (
    await sql<CountRow>`with below as materialized (select distinct a.unit_id from directory.ancestry a where a.institution_id = ${institutionId} and a.ancestor_id = any(${unitIds}::uuid[])),
    ${counted(institutionId, measureIds, now)}
    select c.measure_id as "measureId", a.ancestor_id as "unitId", ${summed} from counted c join directory.ancestry a on a.institution_id = ${institutionId} and a.unit_id = c.unit_id and a.ancestor_id = any(${unitIds}::uuid[])
    group by 1, 2`.execute(tx)
  ).rows.filter((row) => row.population > 0)
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

export interface GapPage {
  total: number
  /** How many units they hang on, and the largest of these. */
  units: number
  byUnit: { unitId: string; count: number }[]
  rows: (GapRow & { ownUnitId: string })[]
}
/**
 * One page of gaps, and how many there are in all and by unit. The counts say on which units the page falls; only their people are looked at.
 * Two questions: as of one moment only in a transaction that sees one snapshot.
 */
export async function gapPage(tx: Tx, institutionId: string, unitId: string, filter: GapFilter, offset: number, size: number, now: Date): Promise<GapPage> {
  const { buckets, ...whole } = await gapBuckets(tx, institutionId, unitId, filter, offset, size, now)
  const [first] = buckets
  return { ...whole, rows: first ? await gapRows(tx, institutionId, buckets, offset - first.before, size, now) : [] }
}

const states = ['kept', 'gap', 'excused', 'unknown'] as const
/** So many units are named with their counts. */
const mostUnits = 300
/** People of one unit in one state on one measure; `before`: how many rows come before the first of them. */
interface Bucket {
  measureId: string
  unitId: string
  state: string
  before: number
}

async function gapBuckets(tx: Tx, institutionId: string, unitId: string, filter: GapFilter, offset: number, size: number, now: Date): Promise<Omit<GapPage, 'rows'> & { buckets: Bucket[] }> {
  const wanted = states.filter((state) => (filter.state === null ? state === 'gap' || state === 'unknown' : state === filter.state))
  const found = await sql<{ total: number; units: number; byUnit: GapPage['byUnit'] | null; buckets: Bucket[] | null }>`with below as materialized (
      select a.unit_id, u.name from directory.ancestry a join directory.unit u on u.institution_id = a.institution_id and u.unit_id = a.unit_id
      where a.institution_id = ${institutionId} and a.ancestor_id = ${unitId} and (${filter.within ?? null}::uuid[] is null or a.unit_id = any(${filter.within ?? null}::uuid[]))
    ), ${counted(institutionId, filter.measureIds, now)}, level as materialized (
      -- Sorted by name are only the units of those dangers and states that the page touches.
      select danger, state, before from (
        select me.danger, v.state, sum(v.n) as n, sum(sum(v.n)) over (order by me.danger, v.state) - sum(v.n) as before
        from (select measure_id, ${sql.join(wanted.map((state) => sql`sum(${sql.ref(state)}) as ${sql.ref(state)}`))} from counted group by 1) c
          join measures.measure me on me.institution_id = ${institutionId} and me.measure_id = c.measure_id cross join lateral (values ${sql.join(wanted.map((state) => sql`(${state}::text, ${sql.ref(`c.${state}`)})`))}) v(state, n)
        group by 1, 2) whole
      where before < ${offset + size} and before + n > ${offset}
    ), bucket as materialized (
      select c.measure_id, c.unit_id, l.danger, l.state, l.before, v.n, b.name
      from level l join measures.measure me on me.institution_id = ${institutionId} and me.danger = l.danger join counted c on c.measure_id = me.measure_id
        cross join lateral (select case l.state ${sql.join(wanted.map((state) => sql`when ${state} then ${sql.ref(`c.${state}`)}`), sql` `)} end as n) v join below b on b.unit_id = c.unit_id
      where v.n > 0
    ), chosen as materialized (
      select * from (select measure_id, unit_id, state, n, before + sum(n) over (partition by danger, state order by name collate "C", unit_id, measure_id) - n as before from bucket) line
      where before < ${offset + size} and before + n > ${offset}
    ), place as materialized (select unit_id, sum(${sql.join(wanted.map((state) => sql.ref(state)), sql` + `)}) as n from counted group by 1)
    select (select coalesce(sum(n), 0)::int from place) as total, (select count(*)::int from place where n > 0) as units,
      (select jsonb_agg(jsonb_build_object('unitId', unit_id, 'count', n) order by n desc, unit_id) from (select * from place where n > 0 order by n desc, unit_id limit ${mostUnits}) t) as "byUnit",
      (select jsonb_agg(jsonb_build_object('measureId', measure_id, 'unitId', unit_id, 'state', state, 'before', before) order by before) from chosen) as buckets`.execute(tx)
  const [page] = found.rows
  return { total: page?.total ?? 0, units: page?.units ?? 0, byUnit: page?.byUnit ?? [], buckets: page?.buckets ?? [] }
}

async function gapRows(tx: Tx, institutionId: string, buckets: Bucket[], skip: number, size: number, now: Date): Promise<GapPage['rows']> {
  const found = await readGapRows(tx, { institutionId, measureIds: buckets.map((one) => one.measureId), unitIds: buckets.map((one) => one.unitId), states: buckets.map((one) => one.state), skip, size, now })
  return found.rows.map(({ row }) => row)
}
const readGapRows = prepared<{ row: GapPage['rows'][number] }, { institutionId: string; measureIds: string[]; unitIds: string[]; states: string[]; skip: number; size: number; now: Date }>(
  (slot) => sql`with page as materialized (
      select b.measure_id, s.subject_id, b.state, ${sinceAt(slot('now'))} as since, e.excuse_id, b.unit_id, me.danger, me.subject_kind, me.grace_seconds, u.tree, u.kind, u.name as unit_name, u.parent_id
      from unnest(${slot('measureIds')}::uuid[], ${slot('unitIds')}::uuid[], ${slot('states')}::text[]) as b(measure_id, unit_id, state)
      join measures.measure me on me.institution_id = ${slot('institutionId')} and me.measure_id = b.measure_id join directory.unit u on u.institution_id = ${slot('institutionId')} and u.unit_id = b.unit_id
      cross join lateral (select m.person_id as subject_id from directory.membership m where me.subject_kind = 'person' and m.institution_id = ${slot('institutionId')} and m.unit_id = b.unit_id
        union all select b.unit_id where me.subject_kind = 'unit') k
      join measures.standing s on s.institution_id = ${slot('institutionId')} and s.measure_id = b.measure_id and s.subject_id = k.subject_id ${excuses(slot('now'))}
      where ${stateAt(slot('now'))} = b.state
      order by me.danger, b.state, u.name collate "C", b.unit_id, b.measure_id, s.subject_id limit ${slot('size')}::int offset ${slot('skip')}::int
    ), shown as (
      select g.danger, g.state as sorted, g.unit_name, g.unit_id, g.measure_id, g.subject_id, jsonb_build_object('measureId', g.measure_id, 'state', g.state, 'since', to_char(g.since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'overdue', g.state in ('gap', 'unknown') and g.since + make_interval(secs => g.grace_seconds) <= ${slot('now')}::timestamptz, 'ownUnitId', g.unit_id,
        'subject', jsonb_build_object('kind', g.subject_kind, 'id', g.subject_id, 'name', coalesce(p.name, g.unit_name), 'number', p.number,
          'unit', jsonb_build_object('unitId', g.unit_id, 'tree', g.tree, 'kind', g.kind, 'name', g.unit_name, 'parentId', g.parent_id)),
        'contacts', (select count(*) from measures.contact c where c.institution_id = ${slot('institutionId')} and c.measure_id = g.measure_id and c.subject_id = g.subject_id and c.at >= g.since),
        'excuse', (select jsonb_build_object('reason', e.reason, 'by', w.name, 'since', to_char(lower(e.during) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'until', to_char(upper(e.during) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
          from measures.excuse e left join directory.person w on w.institution_id = e.institution_id and w.person_id = e.by_person where g.state = 'excused' and e.institution_id = ${slot('institutionId')} and e.excuse_id = g.excuse_id)) as row
      from page g left join directory.person p on p.institution_id = ${slot('institutionId')} and p.person_id = g.subject_id
    )
    select row from shown order by danger, sorted, unit_name collate "C", unit_id, measure_id, subject_id`,
)
