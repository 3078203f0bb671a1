/** SQL of imports: whole sets at a time. */
import { sql, type RawBuilder } from 'kysely'
import type { Static } from 'typebox'
import type { Tx } from '#kernel/database.ts'
import type { RosterSummary } from './contract.ts'
import type { KnownPerson, KnownUnit, PlannedPerson } from './plan.ts'
import type { Tree } from './vocabularies.ts'

const chunk = 5000
function* chunks<T>(all: readonly T[]): Generator<T[]> {
  for (let at = 0; at < all.length; at += chunk) yield all.slice(at, at + chunk)
}

/** Also those that were ended: whoever is placed there again finds them. */
export async function allUnits(tx: Tx, institutionId: string): Promise<KnownUnit[]> {
  return (await sql<KnownUnit>`select unit_id as "unitId", tree, parent_id as "parentId", kind, name, closed_at is not null as ended from directory.unit where institution_id = ${institutionId}`.execute(tx)).rows
}

const knownPeople = (institutionId: string, which: RawBuilder<unknown>) => sql<KnownPerson>`select p.person_id as "personId", p.number, p.name, p.kind, p.left_at is not null as left,
    json_build_object('sex', p.sex, 'grade', p.grade, 'major', p.major, 'politicalStatus', p.political_status, 'phone', p.phone, 'email', p.email, 'status', p.status, 'onCampus', p.on_campus) as fields,
    coalesce((select json_object_agg(m.tree, m.unit_id) from directory.membership m where m.institution_id = p.institution_id and m.person_id = p.person_id), '{}') as units
  from directory.person p where p.institution_id = ${institutionId} and ${which}`

export async function allPeople(tx: Tx, institutionId: string): Promise<KnownPerson[]> {
  return (await knownPeople(institutionId, sql`true`).execute(tx)).rows
}
/** Those among these numbers who are known. */
export async function peopleNumbered(tx: Tx, institutionId: string, numbers: string[]): Promise<KnownPerson[]> {
  return (await knownPeople(institutionId, sql`p.number = any(${numbers}::text[])`).execute(tx)).rows
}

export async function insertUnits(tx: Tx, institutionId: string, units: readonly KnownUnit[]): Promise<void> {
  for (const part of chunks(units)) {
    await sql`insert into directory.unit (institution_id, unit_id, tree, parent_id, kind, name, path)
      select ${institutionId}, u.unit_id, u.tree, u.parent_id, u.kind, u.name, '' from unnest(${part.map((one) => one.unitId)}::uuid[], ${part.map((one) => one.tree)}::text[],
        ${part.map((one) => one.parentId)}::uuid[], ${part.map((one) => one.kind)}::text[], ${part.map((one) => one.name)}::text[]) as u(unit_id, tree, parent_id, kind, name)
      on conflict (institution_id, unit_id) do update set closed_at = null`.execute(tx)
  }
}

export async function upsertPeople(tx: Tx, institutionId: string, people: readonly PlannedPerson[], pinyinOf: (name: string) => string, now: Date): Promise<void> {
  // Whom the roster says nothing of keeps the status they had; whom it calls enrolled again is.
  const told = [people.filter((one) => one.row.status !== null), people.filter((one) => one.row.status === null)]
  for (const part of told.flatMap((group) => [...chunks(group)])) {
    const silent = part[0]?.row.status === null
    const column = <T,>(pick: (one: PlannedPerson) => T) => part.map(pick)
    await sql`insert into directory.person as p (institution_id, person_id, number, name, pinyin, kind, sex, grade, major, political_status, phone, email, status, on_campus, arrived_at)
      select ${institutionId}, r.person_id, r.number, r.name, r.pinyin, r.kind, r.sex, r.grade, r.major, r.political_status, r.phone, r.email, coalesce(r.status, 'enrolled'), r.on_campus, ${now}::timestamptz
      from unnest(${column((one) => one.personId)}::uuid[], ${column((one) => one.row.number)}::text[], ${column((one) => one.row.name)}::text[], ${column((one) => pinyinOf(one.row.name))}::text[],
        ${column((one) => one.row.kind)}::text[], ${column((one) => one.row.sex)}::text[], ${column((one) => one.row.grade)}::text[], ${column((one) => one.row.major)}::text[], ${column((one) => one.row.politicalStatus)}::text[],
        ${column((one) => one.row.phone)}::text[], ${column((one) => one.row.email)}::text[], ${column((one) => one.row.status)}::text[], ${column((one) => one.row.onCampus)}::boolean[])
        as r(person_id, number, name, pinyin, kind, sex, grade, major, political_status, phone, email, status, on_campus)
      on conflict (institution_id, number) do update set name = excluded.name, pinyin = excluded.pinyin, sex = coalesce(excluded.sex, p.sex), grade = coalesce(excluded.grade, p.grade),
        major = coalesce(excluded.major, p.major), political_status = coalesce(excluded.political_status, p.political_status), phone = coalesce(excluded.phone, p.phone), email = coalesce(excluded.email, p.email),
        status = case when ${silent} then p.status else excluded.status end, on_campus = coalesce(excluded.on_campus, p.on_campus), left_at = null`.execute(tx)
  }
}

export async function upsertMemberships(tx: Tx, institutionId: string, rows: readonly { personId: string; tree: Tree; unitId: string }[], since: Date): Promise<void> {
  for (const part of chunks(rows)) {
    await sql`insert into directory.membership as m (institution_id, person_id, tree, unit_id, since)
      select ${institutionId}, r.person_id, r.tree, r.unit_id, ${since} from unnest(${part.map((one) => one.personId)}::uuid[], ${part.map((one) => one.tree)}::text[], ${part.map((one) => one.unitId)}::uuid[]) as r(person_id, tree, unit_id)
      on conflict (institution_id, person_id, tree) do update set unit_id = excluded.unit_id, since = excluded.since where m.unit_id <> excluded.unit_id`.execute(tx)
  }
}

export async function deleteMemberships(tx: Tx, institutionId: string, personIds: readonly string[], tree: Tree): Promise<void> {
  if (personIds.length) await sql`delete from directory.membership where institution_id = ${institutionId} and tree = ${tree} and person_id = any(${personIds}::uuid[])`.execute(tx)
}

/** People who left keep their history; their sessions end and their offices fall vacant. */
export async function markLeft(tx: Tx, institutionId: string, personIds: readonly string[], at: Date): Promise<void> {
  if (!personIds.length) return
  await sql`update directory.person set left_at = ${at} where institution_id = ${institutionId} and person_id = any(${personIds}::uuid[])`.execute(tx)
  await sql`delete from directory.session where institution_id = ${institutionId} and person_id = any(${personIds}::uuid[])`.execute(tx)
  await sql`update directory.holding set during = tstzrange(lower(during), greatest(${at}::timestamptz, lower(during) + interval '1 second'))
    where institution_id = ${institutionId} and person_id = any(${personIds}::uuid[]) and (upper_inf(during) or upper(during) > ${at}::timestamptz)`.execute(tx)
}

/** `again`: takes the place of an import of this id that was not applied; false where it was. */
export async function insertImport(tx: Tx, institutionId: string, made: { importId: string; kind: string; fileName: string; content: unknown; summary: unknown; by: string | null }, at: Date, again = false): Promise<boolean> {
  const done = await sql`insert into directory.import (institution_id, import_id, kind, file_name, content, summary, made_at, made_by)
    values (${institutionId}, ${made.importId}, ${made.kind}, ${made.fileName}, ${JSON.stringify(made.content)}, ${JSON.stringify(made.summary)}, ${at}, ${made.by})
    ${again ? sql`on conflict (institution_id, import_id) do update set kind = excluded.kind, file_name = excluded.file_name, content = excluded.content, summary = excluded.summary, made_at = excluded.made_at, made_by = excluded.made_by where import.applied_at is null` : sql``}`.execute(tx)
  return Number(done.numAffectedRows) === 1
}
export interface ImportRow {
  kind: 'people' | 'offices' | 'links'
  content: unknown
  summary: Static<typeof RosterSummary>
  appliedAt: string | null
}
export async function findImport(tx: Tx, institutionId: string, importId: string): Promise<ImportRow | undefined> {
  return (await sql<ImportRow>`select kind, content, summary, applied_at as "appliedAt" from directory.import where institution_id = ${institutionId} and import_id = ${importId} for update`.execute(tx)).rows[0]
}
/** The rows go once they are applied: the roster is not kept twice. */
export async function closeImport(tx: Tx, institutionId: string, importId: string, summary: unknown, at: Date): Promise<void> {
  await sql`update directory.import set applied_at = ${at}, summary = ${JSON.stringify(summary)}, content = '[]' where institution_id = ${institutionId} and import_id = ${importId}`.execute(tx)
}

export interface OfficeEntry {
  officeId: string
  unitId: string
  title: string
  role: string
  holdingId: string
  personId: string
  capacity: 'holder' | 'deputy'
  from: string
  to: string | null
}
export async function upsertOffices(tx: Tx, institutionId: string, rows: readonly OfficeEntry[]): Promise<void> {
  for (const part of chunks(rows)) {
    await sql`with given as (
        select * from unnest(${part.map((one) => one.officeId)}::uuid[], ${part.map((one) => one.unitId)}::uuid[], ${part.map((one) => one.title)}::text[], ${part.map((one) => one.role)}::text[],
          ${part.map((one) => one.holdingId)}::uuid[], ${part.map((one) => one.personId)}::uuid[], ${part.map((one) => one.capacity)}::text[], ${part.map((one) => one.from)}::timestamptz[], ${part.map((one) => one.to)}::timestamptz[])
          as g(office_id, unit_id, title, role, holding_id, person_id, capacity, starts, ends)
      ), made as (
        insert into directory.office as o (institution_id, office_id, unit_id, title, role)
        select distinct on (unit_id, title) ${institutionId}::uuid, office_id, unit_id, title, role from given
        on conflict (institution_id, unit_id, title) do update set role = excluded.role returning office_id, unit_id, title
      )
      insert into directory.holding as h (institution_id, holding_id, office_id, person_id, capacity, during)
      select ${institutionId}::uuid, g.holding_id, made.office_id, g.person_id, g.capacity, tstzrange(g.starts, g.ends) from given g join made using (unit_id, title)
      where not exists (select from directory.holding x where x.institution_id = ${institutionId} and x.office_id = made.office_id and x.person_id = g.person_id and x.during && tstzrange(g.starts, g.ends))
      on conflict do nothing`.execute(tx)
  }
}
export async function insertLinks(tx: Tx, institutionId: string, rows: readonly { linkId: string; memberId: string; unitId: string | null; personId: string | null }[], since: Date): Promise<void> {
  for (const part of chunks(rows)) {
    await sql`insert into directory.link (institution_id, link_id, member_id, unit_id, person_id, during)
      select ${institutionId}::uuid, r.link_id, r.member_id, r.unit_id, r.person_id, tstzrange(${since}::timestamptz, null)
      from unnest(${part.map((one) => one.linkId)}::uuid[], ${part.map((one) => one.memberId)}::uuid[], ${part.map((one) => one.unitId)}::uuid[], ${part.map((one) => one.personId)}::uuid[]) as r(link_id, member_id, unit_id, person_id)
      where not exists (select from directory.link l where l.institution_id = ${institutionId} and l.member_id = r.member_id and l.unit_id is not distinct from r.unit_id and l.person_id is not distinct from r.person_id and upper_inf(l.during))`.execute(tx)
  }
}

/** Lets the planner know what an import brought. */
export async function analyse(tx: Tx): Promise<void> {
  await sql`select directory.analyse()`.execute(tx)
}
