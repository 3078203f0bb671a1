/** SQL that counts: progress per duty, lists with progress, who is reached, which notices concern a person. */
import { sql } from 'kysely'
import { prepared, type Tx } from '#kernel/database.ts'
import type { PeopleWanted } from './addressees.ts'
import type { UnitRow } from './queries-cascade.ts'
import { openStates, type AssignmentState, type Progress } from './rules.ts'

export interface ProgressRow extends Progress {
  noticeId: string
  dutyId: string
  period: string | null
  top: boolean
}
const open = sql`a.state = any(${[...openStates]}::text[])`
const owned = (institutionId: string, answering: readonly string[], now: Date) => sql`select distinct o.unit_id from directory.office o join directory.holding h using (institution_id, office_id)
  join directory.person p on p.institution_id = h.institution_id and p.person_id = h.person_id and p.left_at is null
  where o.institution_id = ${institutionId} and o.role = any(${answering}::text[]) and h.during @> ${now}::timestamptz`
/** The parts of the bar: the same decisions as partOf in rules.ts, over rows(state, late, owned). */
const parts = sql`count(*) as total, count(*) filter (where state = 'accepted') as done, count(*) filter (where state = 'reported') as reported, count(*) filter (where owing and not owned) as nobody,
  count(*) filter (where owing and owned and late) as overdue, count(*) filter (where state = 'sent' and owned and not late) as waiting, count(*) filter (where owing and state <> 'sent' and owned and not late) as "underWay"`

/**
 * Progress of duties, apart for the units addressed and for those it was handed down to. Of a recurring duty the latest occurrence counts, and what is still owed of earlier ones.
 * Within a scope, whatever comes into it from above counts as addressed. Sets are probed by hash (`in (select …)`), which stays fast without statistics.
 */
export async function progressOf(tx: Tx, institutionId: string, of: { noticeIds: string[] } | { dutyId: string; everyPeriod: true }, scope: readonly string[] | null, answering: readonly string[], now: Date): Promise<ProgressRow[]> {
  const which = 'dutyId' in of ? sql`a.duty_id = ${of.dutyId}` : sql`a.notice_id = any(${of.noticeIds}::uuid[])`
  const current = 'dutyId' in of ? sql`true` : sql`(a.period is null or (a.duty_id, a.period) in (select duty_id, max(period) from notices.assignment where institution_id = ${institutionId} and notice_id = any(${of.noticeIds}::uuid[]) and period is not null group by 1) or (${open} and a.due_at < ${now}::timestamptz))`
  const inScope = scope === null ? sql`true` : sql`a.unit_id in (select unit_id from within)`
  const top = scope === null ? sql`a.parent_id is null` : sql`(a.parent_id is null or a.parent_id not in (select assignment_id from above))`
  return (
    await sql<ProgressRow>`with held as materialized (select coalesce(array_agg(path), '{}') as paths from directory.unit where institution_id = ${institutionId} and unit_id = any(${scope ?? []}::uuid[])),
      within as materialized (select unit_id from directory.unit where institution_id = ${institutionId} and (select paths from held) @> path),
      above as materialized (select a.assignment_id from notices.assignment a where a.institution_id = ${institutionId} and ${which} and a.unit_id in (select unit_id from within)),
      owner as materialized (${owned(institutionId, answering, now)}),
      rows as (select a.notice_id, a.duty_id, a.period, a.state, ${top} as top, ${open} as owing, coalesce(a.due_at < ${now}::timestamptz, false) as late, a.unit_id in (select unit_id from owner) as owned
        from notices.assignment a where a.institution_id = ${institutionId} and ${which} and a.state <> 'withdrawn' and ${current} and ${inScope})
    select notice_id as "noticeId", duty_id as "dutyId", period, top, ${parts} from rows group by 1, 2, 3, 4 order by period desc nulls last`.execute(tx)
  ).rows
}

/** By whom not: for each duty the assignments that press most. */
export async function missingOf(tx: Tx, institutionId: string, noticeId: string, scope: readonly string[] | null, answering: readonly string[], now: Date, most: number): Promise<{ dutyId: string; assignmentId: string; unit: UnitRow; state: AssignmentState; overdue: boolean }[]> {
  const within = scope === null ? sql`a.parent_id is null` : sql`a.unit_id in (select unit_id from within)`
  return (
    await sql<{ dutyId: string; assignmentId: string; unit: UnitRow; state: AssignmentState; overdue: boolean }>`with within as materialized (select unit_id from directory.unit where institution_id = ${institutionId}
        and (select coalesce(array_agg(s.path), '{}') from directory.unit s where s.institution_id = ${institutionId} and s.unit_id = any(${scope ?? []}::uuid[])) @> path),
      owner as materialized (${owned(institutionId, answering, now)}),
      ranked as (select a.duty_id, a.assignment_id, a.unit_id, a.state, coalesce(a.due_at < ${now}::timestamptz, false) as overdue,
        row_number() over (partition by a.duty_id order by (a.due_at < ${now}::timestamptz) desc nulls last, (a.unit_id in (select unit_id from owner)), a.state = 'sent' desc, a.due_at nulls last, a.parent_id nulls first, a.assignment_id) as rank
        from notices.assignment a where a.institution_id = ${institutionId} and a.notice_id = ${noticeId} and ${open} and ${within}),
      chosen as materialized (select * from ranked where rank <= ${most})
    select r.duty_id as "dutyId", r.assignment_id as "assignmentId", jsonb_build_object('unitId', u.unit_id, 'tree', u.tree, 'kind', u.kind, 'name', u.name, 'parentId', u.parent_id) as unit, r.state, r.overdue
    from chosen r join directory.unit u on u.institution_id = ${institutionId} and u.unit_id = r.unit_id order by r.duty_id, r.rank`.execute(tx)
  ).rows
}

/** Issued notices that reach into a scope, newest first. */
export async function listIssued(tx: Tx, institutionId: string, filter: { scope: readonly string[] | null; responseId?: string; text?: string; status?: string }, offset: number, size: number): Promise<{ total: number; ids: string[]; duties: Map<string, number> }> {
  const like = `%${(filter.text ?? '').trim().replace(/[\\%_]/g, '\\$&')}%`
  const reaches = filter.scope === null ? sql`true` : sql`exists (select from notices.assignment a join directory.unit u on u.institution_id = a.institution_id and u.unit_id = a.unit_id
    where a.institution_id = n.institution_id and a.notice_id = n.notice_id and (select array_agg(s.path) from directory.unit s where s.institution_id = ${institutionId} and s.unit_id = any(${filter.scope}::uuid[])) @> u.path)`
  const { rows } = await sql<{ id: string; total: number; duties: number }>`select n.notice_id as id, count(*) over () as total, (select count(*) from notices.duty d where d.institution_id = n.institution_id and d.notice_id = n.notice_id and d.status = 'confirmed') as duties
    from notices.notice n where n.institution_id = ${institutionId} and n.status <> 'draft' and (${filter.status ?? null}::text is null or n.status = ${filter.status ?? null}) and (${filter.responseId ?? null}::uuid is null or n.response_id = ${filter.responseId ?? null}::uuid)
      and (${filter.text?.trim() ?? ''} = '' or n.title ilike ${like} or n.doc_number ilike ${like} or n.issuer ilike ${like}) and ${reaches}
    order by n.issued_at desc, n.notice_id limit ${size} offset ${offset}`.execute(tx)
  return { total: rows[0]?.total ?? 0, ids: rows.map((row) => row.id), duties: new Map(rows.map((row) => [row.id, row.duties])) }
}
/** Does a notice reach into a scope? */
export async function reachesInto(tx: Tx, institutionId: string, noticeId: string, scope: readonly string[]): Promise<boolean> {
  const { rows } = await sql<{ yes: boolean }>`select exists (select from notices.assignment a join directory.unit u on u.institution_id = a.institution_id and u.unit_id = a.unit_id
    where a.institution_id = ${institutionId} and a.notice_id = ${noticeId} and (select array_agg(s.path) from directory.unit s where s.institution_id = ${institutionId} and s.unit_id = any(${scope}::uuid[])) @> u.path) as yes`.execute(tx)
  return rows[0]?.yes ?? false
}
/** Is a unit at or below one of these? */
export async function liesWithin(tx: Tx, institutionId: string, unitId: string, above: readonly string[]): Promise<boolean> {
  const { rows } = await sql<{ yes: boolean }>`select exists (select from directory.unit u join directory.unit s on s.institution_id = u.institution_id and s.unit_id = any(${above}::uuid[]) and u.path <@ s.path
    where u.institution_id = ${institutionId} and u.unit_id = ${unitId}) as yes`.execute(tx)
  return rows[0]?.yes ?? false
}

// ── Reach ────────────────────────────────────────────────────────────────────────────────────────
export interface LevelRow {
  tree: 'admin' | 'party' | 'residence'
  kind: string
  units: number
  owned: number
  people: number
}
/** The addressed units by kind: how many, how many with somebody in charge of their own, how many people in them (each once). */
export async function reachByLevel(tx: Tx, institutionId: string, unitIds: string[], answering: readonly string[], now: Date): Promise<LevelRow[]> {
  return (
    await sql<LevelRow>`with chosen as materialized (select u.unit_id, u.tree, u.kind, u.path from directory.unit u where u.institution_id = ${institutionId} and u.unit_id = any(${unitIds}::uuid[])),
      owner as materialized (${owned(institutionId, answering, now)}),
      below as materialized (select distinct c.tree, c.kind, u.unit_id from chosen c join directory.unit u on u.institution_id = ${institutionId} and u.path <@ c.path),
      people as (select b.tree, b.kind, count(distinct m.person_id) as people from below b join directory.membership m on m.institution_id = ${institutionId} and m.unit_id = b.unit_id
        join directory.person p on p.institution_id = m.institution_id and p.person_id = m.person_id and p.left_at is null group by 1, 2)
    select c.tree, c.kind, count(*) as units, count(o.unit_id) as owned, coalesce(max(p.people), 0) as people from chosen c left join owner o using (unit_id) left join people p on p.tree = c.tree and p.kind = c.kind group by 1, 2 order by 1, 2`.execute(tx)
  ).rows
}

const peopleShape = sql`(kinds jsonb, members boolean, "unitIds" jsonb)`
/** Does a person answer a description of people? */
const fits = sql`(jsonb_array_length(w.kinds) = 0 or w.kinds ? p.kind) and (not w.members or (p.political_status like '%党员%' and p.political_status not like '%非党员%'))
  and (jsonb_array_length(w."unitIds") = 0 or exists (select from directory.membership m join directory.unit mu using (institution_id, unit_id) join directory.unit wu on wu.institution_id = m.institution_id and w."unitIds" ? wu.unit_id::text
    where m.institution_id = p.institution_id and m.person_id = p.person_id and mu.path <@ wu.path))`

export interface RosterRow {
  kind: string
  people: number
  reached: number
  withoutUnit: number
}
/** The roster by kind of person, and how many of them are in an addressed unit or described by a duty. */
export async function reconcile(tx: Tx, institutionId: string, unitIds: string[], wanted: PeopleWanted[]): Promise<RosterRow[]> {
  return (
    await sql<RosterRow>`with ${reached(institutionId, unitIds, wanted)}
    select p.kind, count(*) as people, count(r.person_id) as reached, count(*) filter (where not exists (select from directory.membership m where m.institution_id = p.institution_id and m.person_id = p.person_id)) as "withoutUnit"
    from directory.person p left join reached r using (person_id) where p.institution_id = ${institutionId} and p.left_at is null group by 1 order by 2 desc`.execute(tx)
  ).rows
}
const reached = (institutionId: string, unitIds: string[], wanted: PeopleWanted[]) => sql`below as materialized (select distinct u.unit_id from directory.unit a join directory.unit u on u.institution_id = a.institution_id and u.path <@ a.path
      where a.institution_id = ${institutionId} and a.unit_id = any(${unitIds}::uuid[])),
    wanted as (select * from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w${peopleShape}),
    reached as materialized (select m.person_id from below b join directory.membership m on m.institution_id = ${institutionId} and m.unit_id = b.unit_id
      union select p.person_id from directory.person p join wanted w on ${fits} where p.institution_id = ${institutionId} and p.left_at is null)`
/** Colleges, departments and the like with people whom the notice does not reach. */
export async function unreachedUnits(tx: Tx, institutionId: string, unitIds: string[], wanted: PeopleWanted[], most: number): Promise<{ unit: UnitRow; people: number }[]> {
  return (
    await sql<{ unit: UnitRow; people: number }>`with ${reached(institutionId, unitIds, wanted)},
      missed as (select mu.path from directory.membership m join directory.person p using (institution_id, person_id) join directory.unit mu on mu.institution_id = m.institution_id and mu.unit_id = m.unit_id
        where m.institution_id = ${institutionId} and m.tree = 'admin' and p.left_at is null and not exists (select from reached r where r.person_id = m.person_id))
    select jsonb_build_object('unitId', u.unit_id, 'tree', u.tree, 'kind', u.kind, 'name', u.name, 'parentId', u.parent_id) as unit, count(*) as people
    from missed join directory.unit u on u.institution_id = ${institutionId} and u.no = (string_to_array(ltree2text(missed.path), '.')::bigint[])[least(2, nlevel(missed.path))] group by u.unit_id, u.tree, u.kind, u.name, u.parent_id order by 2 desc limit ${most}`.execute(tx)
  ).rows
}

// ── One person ───────────────────────────────────────────────────────────────────────────────────
/** The person's own units and all above them. */
export async function unitsAbove(tx: Tx, institutionId: string, personId: string): Promise<(UnitRow & { leaf: boolean })[]> {
  return (
    await sql<UnitRow & { leaf: boolean }>`select distinct u.unit_id as "unitId", u.tree, u.kind, u.name, u.parent_id as "parentId", u.unit_id = m.unit_id as leaf, nlevel(u.path) as depth
    from directory.membership m join directory.ancestry y on y.institution_id = m.institution_id and y.unit_id = m.unit_id join directory.unit u on u.institution_id = y.institution_id and u.unit_id = y.ancestor_id
    where m.institution_id = ${institutionId} and m.person_id = ${personId} order by depth desc`.execute(tx)
  ).rows.map(({ unitId, tree, kind, name, parentId, leaf }) => ({ unitId, tree, kind, name, parentId, leaf }))
}
export interface ConcernRow {
  noticeId: string
  openedAt: string | null
  /** Duties that speak to the person, and duties of the person's units. */
  forMe: string[]
  forUnits: { dutyId: string; unitId: string }[]
}
/** Issued notices that concern a person: fan-out on read. */
export async function concerning(tx: Tx, institutionId: string, personId: string, unitIds: string[], noticeId: string | null): Promise<ConcernRow[]> {
  return (
    await sql<ConcernRow>`with mine as (
      select d.notice_id, d.duty_id, d.position,
        d.to_people and exists (select from directory.person p, lateral (select to_jsonb(d.people_kinds) as kinds, d.people_members as members, to_jsonb(d.people_units) as "unitIds") w where p.institution_id = d.institution_id and p.person_id = ${personId} and ${fits}) as me,
        coalesce((select x.id from unnest(${unitIds}::uuid[]) with ordinality as x(id, near)
            -- Looked up unit by unit: a duty may have thousands of assignments, a person has a handful of units.
            cross join lateral (select from notices.assignment a where a.institution_id = d.institution_id and a.duty_id = d.duty_id and a.unit_id = x.id and a.state <> 'withdrawn' limit 1) a order by x.near limit 1),
          (select x.id from unnest(${unitIds}::uuid[]) with ordinality as x(id, near) where x.id = any(d.unit_ids) order by x.near limit 1)) as unit_id
      from notices.duty d join notices.notice n on n.institution_id = d.institution_id and n.notice_id = d.notice_id
      where d.institution_id = ${institutionId} and d.status = 'confirmed' and n.status in ('issued', 'withdrawn') and (${noticeId}::uuid is null or n.notice_id = ${noticeId}))
    select m.notice_id as "noticeId", coalesce((select r.opened_at from notices.receipt r where r.institution_id = ${institutionId} and r.notice_id = m.notice_id and r.person_id = ${personId}), n.receipts_erased_at) as "openedAt",
      coalesce(jsonb_agg(m.duty_id order by m.position) filter (where m.me), '[]') as "forMe", coalesce(jsonb_agg(jsonb_build_object('dutyId', m.duty_id, 'unitId', m.unit_id) order by m.position) filter (where m.unit_id is not null and not m.me), '[]') as "forUnits"
    from mine m join notices.notice n on n.institution_id = ${institutionId} and n.notice_id = m.notice_id where m.me or m.unit_id is not null group by m.notice_id, n.issued_at, n.receipts_erased_at order by n.issued_at desc`.execute(tx)
  ).rows
}
export interface Opening {
  noticeId: string
  personId: string
}
/** Records that people opened notices, the first time of each; answers since when each is opened, in order: null where the notice does not concern the person. */
export async function recordOpenings(tx: Tx, institutionId: string, list: readonly Opening[], now: Date): Promise<(string | null)[]> {
  const asked = { institutionId, now, notices: list.map((one) => one.noticeId), people: list.map((one) => one.personId) }
  const rows = (await openings(tx, asked)).rows
  const key = (one: Opening) => `${one.noticeId} ${one.personId}`
  const opened = new Map(rows.map((row) => [key(row), row.at]))
  // Opened by the same person in another process in this very moment: there now.
  if (rows.some((row) => row.at === null)) for (const row of (await openedAt(tx, asked)).rows) opened.set(key(row), row.at)
  return list.map((one) => opened.get(key(one)) ?? null)
}
interface Openings {
  institutionId: string
  now: Date
  notices: string[]
  people: string[]
}
const openings = prepared<Opening & { at: string | null }, Openings>(
  (slot) => sql`with asked as materialized (select distinct notice_id, person_id from unnest(${slot('notices')}::uuid[], ${slot('people')}::uuid[]) as g(notice_id, person_id)
    ), known as materialized (
      select a.*, (select r.opened_at from notices.receipt r where r.institution_id = ${slot('institutionId')} and r.notice_id = a.notice_id and r.person_id = a.person_id) as at from asked a
    ), concerned as materialized (
      -- Whom a notice concerns: see concerning. Who opened it once is not asked again.
      select k.notice_id, k.person_id, n.receipts_erased_at as erased_at from known k join notices.notice n on n.institution_id = ${slot('institutionId')} and n.notice_id = k.notice_id and n.status in ('issued', 'withdrawn') where k.at is null and exists (
        select from notices.duty d where d.institution_id = ${slot('institutionId')} and d.notice_id = k.notice_id and d.status = 'confirmed' and (
          (d.to_people and exists (select from directory.person p, lateral (select to_jsonb(d.people_kinds) as kinds, d.people_members as members, to_jsonb(d.people_units) as "unitIds") w where p.institution_id = ${slot('institutionId')} and p.person_id = k.person_id and ${fits}))
          or exists (select from directory.membership m join directory.ancestry y on y.institution_id = m.institution_id and y.unit_id = m.unit_id where m.institution_id = ${slot('institutionId')} and m.person_id = k.person_id and (
            exists (select from notices.assignment s where s.institution_id = ${slot('institutionId')} and s.duty_id = d.duty_id and s.unit_id = y.ancestor_id and s.state <> 'withdrawn') or y.ancestor_id = any(d.unit_ids)))))
    ), added as (
      insert into notices.receipt (institution_id, notice_id, person_id, opened_at) select ${slot('institutionId')}::uuid, notice_id, person_id, ${slot('now')}::timestamptz from concerned where erased_at is null order by 2, 3 on conflict do nothing returning notice_id, person_id, opened_at
    )
    select k.notice_id as "noticeId", k.person_id as "personId", k.at from known k where k.at is not null
    union all select c.notice_id, c.person_id, coalesce(a.opened_at, c.erased_at) from concerned c left join added a using (notice_id, person_id)`,
)
const openedAt = prepared<Opening & { at: string }, Openings>(
  (slot) => sql`select r.notice_id as "noticeId", r.person_id as "personId", r.opened_at as at from unnest(${slot('notices')}::uuid[], ${slot('people')}::uuid[]) as g(notice_id, person_id)
    join notices.receipt r on r.institution_id = ${slot('institutionId')} and r.notice_id = g.notice_id and r.person_id = g.person_id`,
)
export async function countOpened(tx: Tx, institutionId: string, noticeId: string): Promise<number> {
  return (await sql<{ n: number }>`select coalesce(n.opened, (select count(*) from notices.receipt r where r.institution_id = n.institution_id and r.notice_id = n.notice_id)) as n from notices.notice n where n.institution_id = ${institutionId} and n.notice_id = ${noticeId}`.execute(tx)).rows[0]?.n ?? 0
}
