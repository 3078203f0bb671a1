/** All SQL about units, people, offices and links. */
import { sql, type RawBuilder } from 'kysely'
import { prepared, type Tx } from '#kernel/database.ts'
import { answeringRoles } from './rules.ts'
import type { Tree } from './vocabularies.ts'

export interface UnitRow {
  unitId: string
  tree: Tree
  kind: string
  name: string
  parentId: string | null
}
export interface PersonRow {
  personId: string
  number: string
  name: string
}
export interface UnitNodeRow extends UnitRow {
  members: number
  children: number
  hasOwner: boolean
  unanswered: number
}

const direct = answeringRoles('direct')
const answering = [...direct, ...answeringRoles('escalation')]

const unitColumns = sql`u.unit_id as "unitId", u.tree, u.kind, u.name, u.parent_id as "parentId"`
const personColumns = sql`p.person_id as "personId", p.number, p.name`

export async function findUnits(tx: Tx, institutionId: string, unitIds: string[]): Promise<UnitRow[]> {
  return (await sql<UnitRow>`select ${unitColumns} from directory.unit u where u.institution_id = ${institutionId} and u.unit_id = any(${unitIds}::uuid[])`.execute(tx)).rows
}

export async function findPersons(tx: Tx, institutionId: string, personIds: string[]): Promise<PersonRow[]> {
  return (await sql<PersonRow>`select ${personColumns} from directory.person p where p.institution_id = ${institutionId} and p.person_id = any(${personIds}::uuid[])`.execute(tx)).rows
}

export async function personsByNumber(tx: Tx, institutionId: string, numbers: string[]): Promise<PersonRow[]> {
  return (await sql<PersonRow>`select ${personColumns} from directory.person p where p.institution_id = ${institutionId} and p.number = any(${numbers}::text[]) and p.left_at is null`.execute(tx)).rows
}

/** The units a person belongs to, one per tree. */
export async function unitsOfPersons(tx: Tx, institutionId: string, personIds: string[]): Promise<(UnitRow & { personId: string })[]> {
  return (
    await sql<UnitRow & { personId: string }>`select m.person_id as "personId", ${unitColumns} from directory.membership m join directory.unit u using (institution_id, unit_id)
    where m.institution_id = ${institutionId} and m.person_id = any(${personIds}::uuid[]) order by m.tree`.execute(tx)
  ).rows
}

/** From the root down to the unit itself. */
export async function ancestorsOf(tx: Tx, institutionId: string, unitId: string): Promise<UnitRow[]> {
  return (
    await sql<UnitRow>`select ${unitColumns} from directory.ancestry a join directory.unit u on u.institution_id = a.institution_id and u.unit_id = a.ancestor_id
    where a.institution_id = ${institutionId} and a.unit_id = ${unitId} order by a.distance desc`.execute(tx)
  ).rows
}

/** The units above each. */
export async function unitsAbove(tx: Tx, institutionId: string, unitIds: string[]): Promise<Map<string, string[]>> {
  if (unitIds.length === 0) return new Map()
  const { rows } = await sql<{ unitId: string; above: string[] }>`select a.unit_id as "unitId", array_agg(a.ancestor_id) as above from directory.ancestry a
    where a.institution_id = ${institutionId} and a.unit_id = any(${unitIds}::uuid[]) and a.distance > 0 group by 1`.execute(tx)
  return new Map(rows.map((row) => [row.unitId, row.above]))
}

export async function roots(tx: Tx, institutionId: string): Promise<UnitRow[]> {
  return (await sql<UnitRow>`select ${unitColumns} from directory.unit u where u.institution_id = ${institutionId} and u.parent_id is null and u.closed_at is null order by u.tree`.execute(tx)).rows
}

export async function childrenOf(tx: Tx, institutionId: string, unitId: string): Promise<UnitRow[]> {
  return (
    await sql<UnitRow>`select ${unitColumns} from directory.unit u where u.institution_id = ${institutionId} and u.parent_id = ${unitId} and u.closed_at is null
    order by u.kind, u.name collate "zh-x-icu"`.execute(tx)
  ).rows
}

/** Units of a tree with their member counts (subtree), below a unit or from the roots, so many levels deep. */
export async function unitNodes(tx: Tx, institutionId: string, tree: Tree, under: string | null, depth: number, now: Date): Promise<UnitNodeRow[]> {
  return (
    await sql<UnitNodeRow>`
    with base as (
      select path from directory.unit where institution_id = ${institutionId} and unit_id = ${under}
      union all select ''::ltree where ${under}::uuid is null
    ), shown as materialized (
      select u.* from directory.unit u, base
      where u.institution_id = ${institutionId} and u.tree = ${tree} and u.closed_at is null and u.path <@ base.path and u.path <> base.path
        and nlevel(u.path) <= nlevel(base.path) + ${depth}
    ), leaf as materialized (
      select m.unit_id, count(*) as members from directory.membership m join directory.person p using (institution_id, person_id)
      where m.institution_id = ${institutionId} and m.tree = ${tree} and p.left_at is null group by 1
    ), above as materialized (
      select leaf.unit_id as leaf, a.ancestor_id, a.distance, leaf.members from leaf join directory.ancestry a on a.institution_id = ${institutionId} and a.unit_id = leaf.unit_id
    ), answered as (
      select distinct above.leaf from above join directory.unit a on a.institution_id = ${institutionId} and a.unit_id = above.ancestor_id and (${tree === 'admin'} or a.parent_id is not null)
      join directory.office o on o.institution_id = a.institution_id and o.unit_id = a.unit_id and (o.role = any(${tree === 'admin' ? direct : answering}::text[]) or (above.distance = 0 and o.role = any(${answering}::text[])))
      join directory.holding h on h.institution_id = o.institution_id and h.office_id = o.office_id and h.during @> ${now}::timestamptz
      join directory.person p on p.institution_id = h.institution_id and p.person_id = h.person_id and p.left_at is null
    ), counted as (
      select above.ancestor_id, sum(above.members) as members, sum(above.members) filter (where answered.leaf is null) as unanswered
      from above left join answered on answered.leaf = above.leaf group by 1
    )
    select ${unitColumns}, coalesce(c.members, 0)::int as members,
      (select count(*)::int from directory.unit k where k.institution_id = u.institution_id and k.parent_id = u.unit_id and k.closed_at is null) as children,
      exists (select from directory.office o join directory.holding h using (institution_id, office_id)
        where o.institution_id = u.institution_id and o.unit_id = u.unit_id and o.role = any(${answering}::text[]) and h.during @> ${now}::timestamptz) as "hasOwner",
      coalesce(c.unanswered, 0)::int as unanswered
    from shown u left join counted c on c.ancestor_id = u.unit_id order by nlevel(u.path), u.kind, u.name collate "zh-x-icu"`.execute(tx)
  ).rows
}

export async function countMembers(tx: Tx, institutionId: string, unitId: string): Promise<number> {
  const found = await sql<{ n: number }>`select count(*) as n from directory.membership m join directory.person p using (institution_id, person_id)
    join directory.unit mu on mu.institution_id = m.institution_id and mu.unit_id = m.unit_id
    where m.institution_id = ${institutionId} and p.left_at is null
      and mu.path <@ (select path from directory.unit where institution_id = ${institutionId} and unit_id = ${unitId})`.execute(tx)
  return found.rows[0]?.n ?? 0
}

export async function listMembers(tx: Tx, institutionId: string, unitId: string, offset: number, size: number): Promise<(PersonRow & { personKind: string; unit: UnitRow })[]> {
  return (
    await sql<PersonRow & { personKind: string; unit: UnitRow }>`select ${personColumns}, p.kind as "personKind",
      jsonb_build_object('unitId', u.unit_id, 'tree', u.tree, 'kind', u.kind, 'name', u.name, 'parentId', u.parent_id) as unit
    from directory.membership m join directory.person p using (institution_id, person_id) join directory.unit u on u.institution_id = m.institution_id and u.unit_id = m.unit_id
    where m.institution_id = ${institutionId} and p.left_at is null and u.path <@ (select path from directory.unit where institution_id = ${institutionId} and unit_id = ${unitId})
    order by u.name collate "zh-x-icu", p.number limit ${size} offset ${offset}`.execute(tx)
  ).rows
}

export interface PersonDetailRow extends PersonRow {
  kind: string
  sex: string | null
  grade: string | null
  major: string | null
  phone: string | null
  email: string | null
  status: string
  leftAt: string | null
}
export async function findPersonDetail(tx: Tx, institutionId: string, personId: string): Promise<PersonDetailRow | undefined> {
  return (
    await sql<PersonDetailRow>`select ${personColumns}, p.kind, p.sex, p.grade, p.major, p.phone, p.email, p.status, p.left_at as "leftAt"
    from directory.person p where p.institution_id = ${institutionId} and p.person_id = ${personId}`.execute(tx)
  ).rows[0]
}

export interface OwnerRow {
  of: string
  person: PersonRow
  phone: string | null
  officeTitle: string
  capacity: 'holder' | 'deputy'
  direct: boolean
  unit: UnitRow
}
const personJson = sql`jsonb_build_object('personId', p.person_id, 'number', p.number, 'name', p.name)`
const unitJson = sql`jsonb_build_object('unitId', u.unit_id, 'tree', u.tree, 'kind', u.kind, 'name', u.name, 'parentId', u.parent_id)`

/** Who answers for persons, nearest first, the administrative tree before the others. */
export async function ownersOfPersons(tx: Tx, institutionId: string, personIds: string[], now: Date): Promise<OwnerRow[]> {
  if (!personIds.length) return []
  return (await readOwnersOfPersons(tx, { institutionId, personIds, now, answering, direct })).rows
}
// The way up is walked once for each unit, not for each of its people.
const readOwnersOfPersons = prepared<OwnerRow, { institutionId: string; personIds: string[]; now: Date; answering: readonly string[]; direct: readonly string[] }>(
  (slot) => sql`with mine as materialized (select person_id, unit_id, tree from directory.membership where institution_id = ${slot('institutionId')} and person_id = any(${slot('personIds')}::uuid[])),
    rung as materialized (
      select k.unit_id as below, a.distance, h.person_id, ${personJson} as person, p.phone, o.title, o.role, h.capacity, lower(h.during) as since, ${unitJson} as unit
      from (select distinct unit_id from mine) k join directory.ancestry a on a.institution_id = ${slot('institutionId')} and a.unit_id = k.unit_id
      join directory.unit u on u.institution_id = ${slot('institutionId')} and u.unit_id = a.ancestor_id
      join directory.office o on o.institution_id = ${slot('institutionId')} and o.unit_id = u.unit_id and o.role = any(${slot('answering')}::text[])
      join directory.holding h on h.institution_id = ${slot('institutionId')} and h.office_id = o.office_id and h.during @> ${slot('now')}::timestamptz
      join directory.person p on p.institution_id = ${slot('institutionId')} and p.person_id = h.person_id and p.left_at is null)
    select m.person_id as of, r.person, r.phone, r.title as "officeTitle", r.capacity, r.unit, (r.role = any(${slot('direct')}::text[]) or (r.distance = 0 and m.tree = 'admin')) as direct
    from mine m join rung r on r.below = m.unit_id and r.person_id <> m.person_id order by m.person_id, m.tree, r.distance, direct desc, r.capacity desc, r.since`,
)

/** The nearest current holder of an answering office at or above each unit. */
export async function ownersOfUnits(tx: Tx, institutionId: string, unitIds: string[], now: Date): Promise<OwnerRow[]> {
  if (!unitIds.length) return []
  return (await readOwnersOfUnits(tx, { institutionId, unitIds, now, answering })).rows
}
const readOwnersOfUnits = prepared<OwnerRow, { institutionId: string; unitIds: string[]; now: Date; answering: readonly string[] }>(
  (slot) => sql`select g.unit_id as of, ${personJson} as person, p.phone, n.title as "officeTitle", n.capacity, ${unitJson} as unit, n.distance = 0 as direct
    from (select distinct unit_id from unnest(${slot('unitIds')}::uuid[]) as g(unit_id)) g cross join lateral (
      select a.ancestor_id, a.distance, h.person_id, h.capacity, o.title
      from directory.ancestry a join directory.office o on o.institution_id = ${slot('institutionId')} and o.unit_id = a.ancestor_id and o.role = any(${slot('answering')}::text[])
      join directory.holding h on h.institution_id = ${slot('institutionId')} and h.office_id = o.office_id and h.during @> ${slot('now')}::timestamptz
      join directory.person w on w.institution_id = ${slot('institutionId')} and w.person_id = h.person_id and w.left_at is null
      where a.institution_id = ${slot('institutionId')} and a.unit_id = g.unit_id
      order by a.distance, h.capacity desc, case o.role when 'secretary' then 0 when 'head' then 1 when 'counsellor' then 2 else 3 end, lower(h.during), o.title limit 1) n
    join directory.unit u on u.institution_id = ${slot('institutionId')} and u.unit_id = n.ancestor_id join directory.person p on p.institution_id = ${slot('institutionId')} and p.person_id = n.person_id`,
)

export interface OfficeRow {
  officeId: string
  title: string
  role: string
  capacity: 'holder' | 'deputy'
  unit: UnitRow
}
/** Offices a person holds now. */
export async function officesOf(tx: Tx, institutionId: string, personId: string, now: Date): Promise<OfficeRow[]> {
  return (
    await sql<OfficeRow>`select o.office_id as "officeId", o.title, o.role, h.capacity,
      jsonb_build_object('unitId', u.unit_id, 'tree', u.tree, 'kind', u.kind, 'name', u.name, 'parentId', u.parent_id) as unit
    from directory.holding h join directory.office o using (institution_id, office_id) join directory.unit u using (institution_id, unit_id)
    where h.institution_id = ${institutionId} and h.person_id = ${personId} and h.during @> ${now}::timestamptz order by nlevel(u.path), o.title`.execute(tx)
  ).rows
}

export interface UnitOfficeRow {
  officeId: string
  title: string
  role: string
  holders: { holdingId: string; person: PersonRow; capacity: 'holder' | 'deputy'; from: string; to: string | null }[]
}
export async function officesAt(tx: Tx, institutionId: string, unitId: string, now: Date): Promise<UnitOfficeRow[]> {
  return (
    await sql<UnitOfficeRow>`select o.office_id as "officeId", o.title, o.role,
      coalesce(jsonb_agg(jsonb_build_object('holdingId', h.holding_id, 'person', jsonb_build_object('personId', p.person_id, 'number', p.number, 'name', p.name), 'capacity', h.capacity,
        'from', to_char(lower(h.during) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'to', to_char(upper(h.during) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) order by h.capacity desc, lower(h.during)) filter (where h.holding_id is not null), '[]') as holders
    from directory.office o
    left join directory.holding h on h.institution_id = o.institution_id and h.office_id = o.office_id and (upper_inf(h.during) or upper(h.during) > ${now}::timestamptz)
    left join directory.person p on p.institution_id = h.institution_id and p.person_id = h.person_id
    where o.institution_id = ${institutionId} and o.unit_id = ${unitId} group by o.office_id, o.title, o.role order by o.title`.execute(tx)
  ).rows
}

/** After `from`: who answers directly for the members of a unit (`h`), there or above it. */
const answeringDirectly = (unitId: RawBuilder<unknown>, institutionId: string, now: Date) => sql`directory.ancestry a
      join directory.office o on o.institution_id = a.institution_id and o.unit_id = a.ancestor_id and (o.role = any(${direct}::text[]) or (a.distance = 0 and o.role = any(${answering}::text[])))
      join directory.holding h on h.institution_id = o.institution_id and h.office_id = o.office_id and h.during @> ${now}::timestamptz
      join directory.person hp on hp.institution_id = h.institution_id and hp.person_id = h.person_id and hp.left_at is null
      where a.institution_id = ${institutionId} and a.unit_id = ${unitId}`

/** Leaf units with members whom nobody answers for directly: no current direct holder on the way up. */
export async function unownedUnits(tx: Tx, institutionId: string, unitId: string, now: Date): Promise<(UnitRow & { above: string[]; members: number; vacant: string[] })[]> {
  return (
    await sql<UnitRow & { above: string[]; members: number; vacant: string[] }>`
    with leaf as (
      select u.institution_id, u.unit_id, u.path, count(*)::int as members from directory.unit u join directory.membership m using (institution_id, unit_id) join directory.person p using (institution_id, person_id)
      where u.institution_id = ${institutionId} and p.left_at is null and u.path <@ (select path from directory.unit where institution_id = ${institutionId} and unit_id = ${unitId})
      group by 1, 2, 3
    )
    select ${unitColumns}, leaf.members,
      array(select v.name from directory.unit v where v.institution_id = u.institution_id and v.path @> u.path and v.unit_id <> u.unit_id and v.parent_id is not null order by nlevel(v.path)) as above,
      array(select o.title from directory.office o where o.institution_id = u.institution_id and o.unit_id = u.unit_id and o.role = any(${direct}::text[]) order by 1) as vacant
    from leaf join directory.unit u using (institution_id, unit_id)
    where not exists (select from ${answeringDirectly(sql`leaf.unit_id`, institutionId, now)})
    order by leaf.members desc, u.name collate "zh-x-icu"`.execute(tx)
  ).rows
}

/** How many below the unit answer for their own unit and have nobody else there who does: nobody answers for them. */
export async function countAlone(tx: Tx, institutionId: string, unitId: string, now: Date): Promise<number> {
  const found = await sql<{ n: number }>`
    select count(distinct m.person_id)::int as n from directory.membership m join directory.unit u using (institution_id, unit_id) join directory.person p using (institution_id, person_id)
    where m.institution_id = ${institutionId} and p.left_at is null and u.path <@ (select path from directory.unit where institution_id = ${institutionId} and unit_id = ${unitId})
      and m.person_id in (select person_id from directory.holding where institution_id = ${institutionId} and during @> ${now}::timestamptz)
      and (select array_agg(distinct h.person_id) from ${answeringDirectly(sql`m.unit_id`, institutionId, now)}) = array[m.person_id]`.execute(tx)
  return found.rows[0]?.n ?? 0
}

export interface LinkRow {
  linkId: string
  member: PersonRow
  unit: UnitRow | null
  person: PersonRow | null
  since: string
}
export async function linksWithin(tx: Tx, institutionId: string, unitId: string, now: Date): Promise<LinkRow[]> {
  return (
    await sql<LinkRow>`with within as (select path from directory.unit where institution_id = ${institutionId} and unit_id = ${unitId})
    select l.link_id as "linkId", lower(l.during) as since, jsonb_build_object('personId', w.person_id, 'number', w.number, 'name', w.name) as member,
      case when u.unit_id is null then null else jsonb_build_object('unitId', u.unit_id, 'tree', u.tree, 'kind', u.kind, 'name', u.name, 'parentId', u.parent_id) end as unit,
      case when t.person_id is null then null else jsonb_build_object('personId', t.person_id, 'number', t.number, 'name', t.name) end as person
    from directory.link l join directory.person w on w.institution_id = l.institution_id and w.person_id = l.member_id
    left join directory.unit u on u.institution_id = l.institution_id and u.unit_id = l.unit_id
    left join directory.person t on t.institution_id = l.institution_id and t.person_id = l.person_id
    where l.institution_id = ${institutionId} and l.during @> ${now}::timestamptz and (
      exists (select from within where u.path <@ within.path)
      or exists (select from within, directory.membership m join directory.unit mu using (institution_id, unit_id) where m.institution_id = l.institution_id and m.person_id in (l.member_id, l.person_id) and mu.path <@ within.path))
    order by w.name collate "zh-x-icu" limit 2000`.execute(tx)
  ).rows
}

export async function linkedTo(tx: Tx, institutionId: string, personId: string, now: Date): Promise<PersonRow[]> {
  return (
    await sql<PersonRow>`select distinct ${personColumns} from directory.link l join directory.person p on p.institution_id = l.institution_id and p.person_id = l.member_id
    where l.institution_id = ${institutionId} and l.during @> ${now}::timestamptz and p.person_id <> ${personId}
      and (l.person_id = ${personId} or l.unit_id in (select unit_id from directory.membership where institution_id = ${institutionId} and person_id = ${personId}))`.execute(tx)
  ).rows
}

// ── Writes ───────────────────────────────────────────────────────────────────────────────────────
export async function insertUnit(tx: Tx, institutionId: string, unit: UnitRow): Promise<void> {
  await sql`with made as (
      insert into directory.unit (institution_id, unit_id, tree, parent_id, kind, name, path)
      values (${institutionId}, ${unit.unitId}, ${unit.tree}, ${unit.parentId}, ${unit.kind}, ${unit.name}, '') returning institution_id, unit_id, no)
    select 1 from made`.execute(tx)
  await fixPaths(tx, institutionId, [unit.unitId])
}

/** Sets the paths and ancestry of units from their parents' (which must be right), and of everything below them. */
export async function fixPaths(tx: Tx, institutionId: string, unitIds: string[]): Promise<void> {
  await sql`with recursive below as (
      select u.institution_id, u.unit_id, coalesce(parent.path || u.no::text::ltree, u.no::text::ltree) as path
      from directory.unit u left join directory.unit parent on parent.institution_id = u.institution_id and parent.unit_id = u.parent_id
      where u.institution_id = ${institutionId} and u.unit_id = any(${unitIds}::uuid[])
      union all
      select k.institution_id, k.unit_id, b.path || k.no::text::ltree from below b join directory.unit k on k.institution_id = b.institution_id and k.parent_id = b.unit_id
    )
    update directory.unit u set path = b.path from below b where u.institution_id = b.institution_id and u.unit_id = b.unit_id`.execute(tx)
  await sql`delete from directory.ancestry a using directory.unit u, directory.unit top
    where a.institution_id = ${institutionId} and u.institution_id = a.institution_id and u.unit_id = a.unit_id and top.institution_id = a.institution_id and top.unit_id = any(${unitIds}::uuid[]) and u.path <@ top.path`.execute(tx)
  await sql`insert into directory.ancestry (institution_id, unit_id, ancestor_id, distance)
    select u.institution_id, u.unit_id, above.unit_id, nlevel(u.path) - label.depth
    from directory.unit top join directory.unit u on u.institution_id = top.institution_id and u.path <@ top.path
    cross join lateral unnest(string_to_array(ltree2text(u.path), '.')::bigint[]) with ordinality as label(no, depth)
    join directory.unit above on above.institution_id = u.institution_id and above.no = label.no
    where top.institution_id = ${institutionId} and top.unit_id = any(${unitIds}::uuid[]) on conflict do nothing`.execute(tx)
}

export async function updateUnit(tx: Tx, institutionId: string, unit: UnitRow): Promise<void> {
  await sql`update directory.unit set name = ${unit.name}, kind = ${unit.kind}, parent_id = ${unit.parentId} where institution_id = ${institutionId} and unit_id = ${unit.unitId}`.execute(tx)
  await fixPaths(tx, institutionId, [unit.unitId])
}

/** Is `unitId` at or below `aboveId`? */
export async function isWithin(tx: Tx, institutionId: string, unitId: string, aboveId: string): Promise<boolean> {
  const found = await sql<{ yes: boolean }>`select exists (select from directory.unit u, directory.unit a where u.institution_id = ${institutionId} and a.institution_id = ${institutionId}
    and u.unit_id = ${unitId} and a.unit_id = ${aboveId} and u.path <@ a.path) as yes`.execute(tx)
  return found.rows[0]?.yes ?? false
}

export async function upsertOffice(tx: Tx, institutionId: string, office: { officeId: string; unitId: string; title: string; role: string }): Promise<void> {
  await sql`insert into directory.office (institution_id, office_id, unit_id, title, role) values (${institutionId}, ${office.officeId}, ${office.unitId}, ${office.title}, ${office.role})
    on conflict (institution_id, office_id) do update set title = excluded.title, role = excluded.role, unit_id = excluded.unit_id`.execute(tx)
}

export async function insertHolding(tx: Tx, institutionId: string, holding: { holdingId: string; officeId: string; personId: string; capacity: string; from: string | Date; to: string | null }): Promise<void> {
  await sql`insert into directory.holding (institution_id, holding_id, office_id, person_id, capacity, during)
    values (${institutionId}, ${holding.holdingId}, ${holding.officeId}, ${holding.personId}, ${holding.capacity}, tstzrange(${holding.from}::timestamptz, ${holding.to}::timestamptz))`.execute(tx)
}

export async function closeHolding(tx: Tx, institutionId: string, holdingId: string, at: Date): Promise<boolean> {
  const done = await sql`update directory.holding set during = tstzrange(lower(during), greatest(${at}::timestamptz, lower(during) + interval '1 second'))
    where institution_id = ${institutionId} and holding_id = ${holdingId} and (upper_inf(during) or upper(during) > ${at}::timestamptz)`.execute(tx)
  return Number(done.numAffectedRows) === 1
}

export async function insertPerson(tx: Tx, institutionId: string, person: { personId: string; number: string; name: string; kind: string; pinyin: string }): Promise<void> {
  await sql`insert into directory.person (institution_id, person_id, number, name, kind, pinyin) values (${institutionId}, ${person.personId}, ${person.number}, ${person.name}, ${person.kind}, ${person.pinyin})`.execute(tx)
}

export async function insertMembership(tx: Tx, institutionId: string, personId: string, tree: Tree, unitId: string, since: Date): Promise<void> {
  await sql`insert into directory.membership (institution_id, person_id, tree, unit_id, since) values (${institutionId}, ${personId}, ${tree}, ${unitId}, ${since})
    on conflict (institution_id, person_id, tree) do update set unit_id = excluded.unit_id, since = excluded.since`.execute(tx)
}

export async function insertLink(tx: Tx, institutionId: string, link: { linkId: string; memberId: string; unitId: string | null; personId: string | null }, now: Date): Promise<void> {
  await sql`insert into directory.link (institution_id, link_id, member_id, unit_id, person_id, during) values (${institutionId}, ${link.linkId}, ${link.memberId}, ${link.unitId}, ${link.personId}, tstzrange(${now}::timestamptz, null))`.execute(tx)
}

export async function closeLink(tx: Tx, institutionId: string, linkId: string, now: Date): Promise<boolean> {
  const done = await sql`update directory.link set during = tstzrange(lower(during), greatest(${now}::timestamptz, lower(during) + interval '1 second'))
    where institution_id = ${institutionId} and link_id = ${linkId} and upper_inf(during)`.execute(tx)
  return Number(done.numAffectedRows) === 1
}
