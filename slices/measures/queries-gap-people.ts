/** SQL of gaps, a line a person: whom a unit holds open, how far somebody got with them, how they divide. */
import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '#kernel/database.ts'
import type { UnitBrief } from '#slices/directory/server.ts'
import { sinceAt } from './queries.ts'

export const reaches = ['untried', 'reminded', 'no-answer', 'promised', 'reached', 'handed'] as const
export type Reach = (typeof reaches)[number]
export interface PeopleFilter {
  measureIds: string[]
  /** Of each measure, in the same order. */
  dangers: number[]
  graces: number[]
  state: string | null
  reach: Reach[] | null
  danger: number | null
  overdue: boolean
  within: string[] | null
  text: string | null
  sort: 'unit' | 'name' | 'since' | 'reach' | 'danger'
  down: boolean
}
type State = 'kept' | 'gap' | 'excused' | 'unknown'
export interface PersonRow {
  subject: { kind: 'person' | 'unit'; id: string; name: string; number: string | null; phone: string | null; unit: UnitBrief }
  ownUnitId: string
  reach: Reach
  open: { measureId: string; state: State; since: string; overdue: boolean; danger: number; excuse: { reason: string; by: string | null; since: string; until: string | null } | null }[]
  tried: { how: 'call' | 'message' | 'visit' | 'remind'; outcome: 'reached' | 'no-answer' | 'promised' | 'sent'; note: string; by: string | null; at: string }[]
  tries: number
  handed: { to: string | null; unit: string | null; by: string | null; at: string; words: string } | null
}
export interface Facets {
  all: number
  overdue: number
  reach: { key: Reach; count: number }[]
  danger: { key: number; count: number }[]
  measures: { key: string; count: number }[]
  units: { unitId: string; count: number }[]
}

const actual = (now: Date) => sql`(case when s.until <= ${now}::timestamptz then s.next_state else s.state end)`
const iso = (at: RawBuilder<unknown>) => sql`to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/**
 * CTEs that end in `line`: everybody below the unit who stands as asked for on one of the measures, with the unit they hang on and how far somebody got with them.
 * What was tried counts from the beginning of the gap; a reminder alone reaches nobody.
 */
const lines = (institutionId: string, unitIds: string[], filter: PeopleFilter, now: Date) => {
  const excused = filter.state === 'excused'
  return sql`below as materialized (
    select ${unitIds.length > 1 ? sql`distinct ` : sql``}a.unit_id from directory.ancestry a where a.institution_id = ${institutionId} and a.ancestor_id = any(${unitIds}::uuid[])
  ), placed as materialized (
    select m.person_id as subject_id, m.unit_id from directory.membership m where m.institution_id = ${institutionId} and m.unit_id in (select unit_id from below)
    union all select b.unit_id, b.unit_id from below b
  ), let_off as materialized (
    select e.measure_id, e.subject_id from measures.excuse e where e.institution_id = ${institutionId} and e.measure_id = any(${filter.measureIds}::uuid[]) and e.during @> ${now}::timestamptz
  ), open as materialized (
    -- Of a class by key for each of its people, of a university in one pass: as the planner finds. Whoever is let off is asked of a hashed set.
    select s.measure_id, s.subject_id, k.unit_id, ${excused ? sql`'excused'` : actual(now)} as state, ${sinceAt(now)} as since, me.danger, ${filter.state === 'kept' || excused ? sql`false` : sql`${sinceAt(now)} + make_interval(secs => me.grace_seconds) <= ${now}::timestamptz`} as overdue
    from placed k join measures.standing s on s.institution_id = ${institutionId} and s.subject_id = k.subject_id and s.measure_id = any(${filter.measureIds}::uuid[])
    join unnest(${filter.measureIds}::uuid[], ${filter.dangers}::int[], ${filter.graces}::int[]) as me(measure_id, danger, grace_seconds) on me.measure_id = s.measure_id
    where ${filter.state === null || excused ? sql`${actual(now)} <> 'kept'` : sql`${actual(now)} = ${filter.state}`}
      ${filter.state === 'kept' ? sql`` : excused ? sql`and (s.measure_id, s.subject_id) in (select measure_id, subject_id from let_off)` : sql`and (s.measure_id, s.subject_id) not in (select measure_id, subject_id from let_off)`}
  ), tries as materialized (
    select c.measure_id, c.subject_id, c.how, c.outcome, c.at from measures.contact c where c.institution_id = ${institutionId} and c.measure_id = any(${filter.measureIds}::uuid[]) and c.subject_id in (select subject_id from placed)
  ), called as materialized (
    -- From the contacts, which are few, to the standing each was about: a gap that began anew since is not tried yet.
    select c.subject_id, (array_agg(c.outcome order by c.at desc) filter (where c.how <> 'remind'))[1] as outcome
    from tries c cross join lateral (select ${sinceAt(now)} as since from measures.standing s where s.institution_id = ${institutionId} and s.measure_id = c.measure_id and s.subject_id = c.subject_id limit 1) s
    where c.at >= s.since group by 1
  ), handed as materialized (
    select distinct t.subject_id from measures.task_step s join measures.task t on t.institution_id = s.institution_id and t.task_id = s.task_id and t.done_at is null
    where s.institution_id = ${institutionId} and s.by_person is not null and s.action = 'hand-over' and t.measure_id = any(${filter.measureIds}::uuid[])
      and not exists (select from measures.task_step n where n.institution_id = s.institution_id and n.task_id = s.task_id and n.step > s.step)
  ), line as materialized (
    -- Asked of hashed sets, not joined: how many were called or handed over cannot be foretold, and a join made for one row compares each with each.
    select o.subject_id, o.unit_id, min(o.danger) as danger, min(o.since) as since, bool_or(o.overdue) as overdue,
      case when o.subject_id in (select subject_id from handed) then 'handed' when o.subject_id in (select subject_id from called where outcome in ('reached', 'sent')) then 'reached'
        when o.subject_id in (select subject_id from called where outcome = 'promised') then 'promised' when o.subject_id in (select subject_id from called where outcome = 'no-answer') then 'no-answer'
        when o.subject_id in (select subject_id from called where outcome is null) then 'reminded' else 'untried' end as reach
    from open o group by o.subject_id, o.unit_id
  )`
}

/** How many lines that list has: whom anything is open of below these units. */
export async function countOpenPeople(tx: Tx, institutionId: string, unitIds: string[], measureIds: string[], now: Date): Promise<number> {
  const found = await sql<{ n: number }>`with placed as materialized (
      select m.person_id as subject_id from directory.membership m where m.institution_id = ${institutionId} and m.unit_id in (select a.unit_id from directory.ancestry a where a.institution_id = ${institutionId} and a.ancestor_id = any(${unitIds}::uuid[]))
      union select a.unit_id from directory.ancestry a where a.institution_id = ${institutionId} and a.ancestor_id = any(${unitIds}::uuid[])
    ), let_off as materialized (
      select e.measure_id, e.subject_id from measures.excuse e where e.institution_id = ${institutionId} and e.measure_id = any(${measureIds}::uuid[]) and e.during @> ${now}::timestamptz
    )
    select count(distinct s.subject_id)::int as n from placed k join measures.standing s on s.institution_id = ${institutionId} and s.subject_id = k.subject_id and s.measure_id = any(${measureIds}::uuid[])
    where ${actual(now)} <> 'kept' and (s.measure_id, s.subject_id) not in (select measure_id, subject_id from let_off)`.execute(tx)
  return found.rows[0]?.n ?? 0
}

const order: Record<PeopleFilter['sort'], RawBuilder<unknown>> = {
  unit: sql`u.name collate "C"`,
  name: sql`coalesce(p.pinyin, u.name) collate "C"`,
  since: sql`l.since`,
  reach: sql`array_position(${[...reaches]}::text[], l.reach)`,
  danger: sql`l.danger`,
}

/** Whether more people than that hang on these units and below. */
export async function morePeopleThan(tx: Tx, institutionId: string, unitIds: readonly string[], most: number): Promise<boolean> {
  const found = await sql<{ n: number }>`select count(*)::int as n from (select from directory.membership m
      where m.institution_id = ${institutionId} and m.unit_id in (select a.unit_id from directory.ancestry a where a.institution_id = ${institutionId} and a.ancestor_id = any(${unitIds}::uuid[])) limit ${most + 1}) counted`.execute(tx)
  return (found.rows[0]?.n ?? 0) > most
}

/** One page of people with gaps, and how many there are in all. */
export async function peopleWithGaps(tx: Tx, institutionId: string, unitIds: string[], filter: PeopleFilter, offset: number, size: number, now: Date): Promise<{ total: number; rows: PersonRow[] }> {
  const text = filter.text?.trim().toLowerCase()
  const like = text ? `%${text.replaceAll(/[\\%_]/g, (one) => `\\${one}`)}%` : null
  const tests = [
    filter.reach && sql`l.reach = any(${filter.reach}::text[])`, filter.danger && sql`l.subject_id in (select o.subject_id from open o where o.danger = ${filter.danger})`, filter.overdue && sql`l.overdue`,
    filter.within && sql`l.unit_id = any(${filter.within}::uuid[])`, like && sql`(p.name ilike ${like} or p.pinyin ilike ${like} or p.number ilike ${like} or (p.person_id is null and u.name ilike ${like}))`,
  ].filter((one): one is RawBuilder<unknown> => typeof one === 'object' && one !== null)
  const direction = filter.down ? sql`desc` : sql`asc`
  const found = await sql<{ total: number; row: PersonRow | null }>`with ${lines(institutionId, unitIds, filter, now)}, filtered as materialized (
      select l.*, u.name as unit_name, u.tree, u.kind, u.parent_id, p.name, p.number, p.phone, p.person_id, ${order[filter.sort]} as first
      from line l join directory.unit u on u.institution_id = ${institutionId} and u.unit_id = l.unit_id left join directory.person p on p.institution_id = ${institutionId} and p.person_id = l.subject_id
      ${tests.length ? sql`where ${sql.join(tests, sql` and `)}` : sql``}
    ), chosen as materialized (
      select f.*, ${offset}::int + row_number() over (order by first ${direction}, unit_name collate "C", number, subject_id) as place from (select * from filtered order by first ${direction}, unit_name collate "C", number, subject_id limit ${size} offset ${offset}) f
    ), shown as materialized (
      select o.* from open o where o.subject_id = any(array(select subject_id from chosen))
    ), tried as materialized (
      -- The same call on several measures is one.
      select distinct c.subject_id, c.how, c.outcome, c.note, c.at, w.name as by from chosen k join shown o on o.subject_id = k.subject_id
      join measures.contact c on c.institution_id = ${institutionId} and c.measure_id = o.measure_id and c.subject_id = o.subject_id and c.at >= o.since
      left join directory.person w on w.institution_id = c.institution_id and w.person_id = c.by_person
    )
    select (select count(*)::int from filtered) as total, f.row from (select true) as always left join (select c.place, jsonb_build_object('ownUnitId', c.unit_id, 'reach', c.reach,
      'subject', jsonb_build_object('kind', case when c.person_id is null then 'unit' else 'person' end, 'id', c.subject_id, 'name', coalesce(c.name, c.unit_name), 'number', c.number, 'phone', c.phone,
        'unit', jsonb_build_object('unitId', c.unit_id, 'tree', c.tree, 'kind', c.kind, 'name', c.unit_name, 'parentId', c.parent_id)),
      'open', (select jsonb_agg(jsonb_build_object('measureId', o.measure_id, 'state', o.state, 'since', ${iso(sql`o.since`)}, 'overdue', o.overdue, 'danger', o.danger,
          'excuse', (select jsonb_build_object('reason', e.reason, 'by', w.name, 'since', ${iso(sql`lower(e.during)`)}, 'until', ${iso(sql`upper(e.during)`)}) from measures.excuse e left join directory.person w on w.institution_id = e.institution_id and w.person_id = e.by_person
            where o.state = 'excused' and e.institution_id = ${institutionId} and e.measure_id = o.measure_id and e.subject_id = o.subject_id and e.during @> ${now}::timestamptz limit 1)) order by o.danger, o.since, o.measure_id)
        from shown o where o.subject_id = c.subject_id),
      'tried', coalesce((select jsonb_agg(jsonb_build_object('how', r.how, 'outcome', r.outcome, 'note', r.note, 'by', r.by, 'at', ${iso(sql`r.at`)}) order by r.at desc) from (select * from tried where tried.subject_id = c.subject_id order by at desc limit 4) r), '[]'),
      'tries', (select count(*) from tried where tried.subject_id = c.subject_id),
      'handed', (select jsonb_build_object('to', w.name, 'unit', hu.name, 'by', b.name, 'at', ${iso(sql`s.at`)}, 'words', s.words) from measures.task t
          join measures.task_step s on s.institution_id = t.institution_id and s.task_id = t.task_id and s.by_person is not null and s.action = 'hand-over'
            and not exists (select from measures.task_step n where n.institution_id = s.institution_id and n.task_id = s.task_id and n.step > s.step)
          left join directory.person w on w.institution_id = s.institution_id and w.person_id = s.to_person left join directory.person b on b.institution_id = s.institution_id and b.person_id = s.by_person
          left join directory.unit hu on hu.institution_id = s.institution_id and hu.unit_id = s.to_unit
        where t.institution_id = ${institutionId} and t.subject_id = c.subject_id and t.done_at is null and t.measure_id = any(${filter.measureIds}::uuid[]) order by s.at desc limit 1)) as row
    from chosen c) f on true order by f.place`.execute(tx)
  return { total: found.rows[0]?.total ?? 0, rows: found.rows.flatMap(({ row }) => row ?? []) }
}

/** How everybody with a gap below the unit divides, before anything is narrowed. */
export async function gapFacets(tx: Tx, institutionId: string, unitIds: string[], filter: PeopleFilter, now: Date): Promise<Facets> {
  const found = await sql<Facets>`with ${lines(institutionId, unitIds, filter, now)}
    select (select count(*)::int from line) as all, (select count(*)::int from line where overdue) as overdue,
      coalesce((select jsonb_agg(jsonb_build_object('key', reach, 'count', n)) from (select reach, count(*) as n from line group by 1) g), '[]') as reach,
      coalesce((select jsonb_agg(jsonb_build_object('key', danger, 'count', n) order by danger) from (select danger, count(distinct subject_id) as n from open group by 1) g), '[]') as danger,
      coalesce((select jsonb_agg(jsonb_build_object('key', measure_id, 'count', n)) from (select measure_id, count(distinct subject_id) as n from open group by 1) g), '[]') as measures,
      coalesce((select jsonb_agg(jsonb_build_object('unitId', unit_id, 'count', n) order by n desc, unit_id) from (select unit_id, count(*) as n from line group by 1) g), '[]') as units`.execute(tx)
  return found.rows[0] ?? { all: 0, overdue: 0, reach: [], danger: [], measures: [], units: [] }
}
