/** SQL of finding people and units by what somebody types, and of the views a person keeps. */
import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '#kernel/database.ts'
import type { PersonRow, UnitRow } from './queries.ts'

const escaped = (text: string) => text.replace(/[\\%_]/g, '\\$&')
const contains = (column: RawBuilder<unknown>, text: string) => sql`${column} ilike ${`%${escaped(text)}%`}`

const unitText = sql`(u.name || ' ' || u.pinyin)`
const initials = (pinyin: RawBuilder<unknown>) => sql`split_part(${pinyin}, ' ', 2)`

export interface FoundPerson extends PersonRow {
  kind: string
  unit: UnitRow | null
}

/** Of so many who may be meant the likeliest are told; a text that fits more is no name yet. */
const enough = 1500

/**
 * People found by name, pinyin, initials or number, within the scope (null: everybody): who is called so first, then whose initials are these, then what begins so.
 * From three letters on whatever contains them is found; of one or two what begins with them, and 汉字 also inside a name: letters in the middle of a pinyin mean nothing.
 */
export async function findPeople(tx: Tx, institutionId: string, typed: string, scope: readonly string[] | null, most: number): Promise<FoundPerson[]> {
  return (await likeliest(tx, institutionId, typed, scope, most)).map(({ among: _, ...person }) => person)
}

interface Likely extends FoundPerson {
  /** Among how many they were chosen. */
  among: number
}
async function likeliest(tx: Tx, institutionId: string, typed: string, scope: readonly string[] | null, most: number): Promise<Likely[]> {
  const text = typed.trim().toLowerCase().replaceAll(/\s+/g, ' ')
  if (text === '') return []
  const like = escaped(text)
  const short = [...text].length < 3
  const likes = short ? [`${like}%`, `% ${like}%`] : [`%${like}%`]
  const apart = [...text].map(escaped).join(' ')
  const inside = short && /[^ -~]/.test(text) ? [`${apart} %`, `% ${apart} %`] : []
  const within = scope === null
    ? sql`true`
    : sql`exists (select from directory.membership m join directory.ancestry a on a.institution_id = m.institution_id and a.unit_id = m.unit_id and a.ancestor_id = any(${scope}::uuid[])
        where m.institution_id = p.institution_id and m.person_id = p.person_id)`
  const meant = (patterns: string[]) => ranked(tx, institutionId, text, most, sql`select directory.find_persons(${patterns}::text[], ${inside}::text[], ${enough}) as person_id`, within)
  const found = await meant(likes)
  if (found.length === 0 || (found[0]?.among ?? 0) < enough) {
    // Where nobody is in the scope it is not told whether there were more than were looked at.
    if (found.length > 0 || scope === null) return found
    if ((await sql`select from directory.find_persons(${likes}::text[], '{}', ${enough}) having count(*) >= ${enough}`.execute(tx)).rows.length === 0) return found
  }
  if (scope === null) {
    // Whoever is called just so is not lost among the many.
    const exact = await meant([`${like} %`, `% ${like} %`, `% ${like}`])
    return [...exact, ...found.filter((one) => !exact.some((other) => other.personId === one.personId))].slice(0, most)
  }
  // Those of the scope may not have been among the many that were looked at: it is gone through itself.
  const own = sql`select distinct m.person_id from directory.membership m join directory.ancestry a using (institution_id, unit_id) where m.institution_id = ${institutionId} and a.ancestor_id = any(${scope}::uuid[])`
  return ranked(tx, institutionId, text, most, own, sql`p.left_at is null and ((p.name || ' ' || p.number || ' ' || p.pinyin) ilike any (${likes}::text[]) or regexp_replace(p.name, '(.)', '\\1 ', 'g') like any (${inside}::text[]))`)
}

/** The likeliest of these people. */
async function ranked(tx: Tx, institutionId: string, text: string, most: number, among: RawBuilder<unknown>, which: RawBuilder<unknown>): Promise<Likely[]> {
  const begins = `${escaped(text)}%`
  return (
    await sql<Likely>`with meant as materialized (${among}), found as materialized (
      select p.person_id, p.number, p.name, p.kind from meant join directory.person p on p.institution_id = ${institutionId} and p.person_id = meant.person_id where ${which}
      order by lower(p.number) = ${text} desc, p.name = ${text} desc, ${initials(sql`p.pinyin`)} = ${text} desc, p.name like ${begins} desc, ${initials(sql`p.pinyin`)} like ${begins} desc, p.pinyin like ${begins} desc,
        p.pinyin collate "C", p.name collate "C", p.number limit ${most})
    select f.person_id as "personId", f.number, f.name, f.kind, (select count(*)::int from meant) as among,
      (select jsonb_build_object('unitId', u.unit_id, 'tree', u.tree, 'kind', u.kind, 'name', u.name, 'parentId', u.parent_id)
        from directory.membership m join directory.unit u using (institution_id, unit_id) where m.institution_id = ${institutionId} and m.person_id = f.person_id order by m.tree limit 1) as unit
    from found f`.execute(tx)
  ).rows
}

export interface FoundUnit extends UnitRow {
  within: string[]
}
/** Units found by name, pinyin or initials: those called so first, then by how high they stand. */
export async function findUnitsByText(tx: Tx, institutionId: string, typed: string, tree: string | null, most: number): Promise<FoundUnit[]> {
  const text = typed.trim().toLowerCase().replaceAll(/\s+/g, ' ')
  if (text === '') return []
  return (
    await sql<FoundUnit>`with found as materialized (
      select u.unit_id, u.tree, u.kind, u.name, u.parent_id, row_number() over (order by lower(u.name) = ${text} desc, ${initials(sql`u.pinyin`)} = ${text} desc, u.name ilike ${`${escaped(text)}%`} desc, ${initials(sql`u.pinyin`)} like ${`${escaped(text)}%`} desc, nlevel(u.path), u.tree, u.name collate "zh-x-icu") as rank
      from directory.unit u where u.institution_id = ${institutionId} and u.closed_at is null and (${tree}::text is null or u.tree = ${tree}) and ${contains(unitText, text)} order by rank limit ${most})
    select f.unit_id as "unitId", f.tree, f.kind, f.name, f.parent_id as "parentId", coalesce((select array_agg(w.name order by a.distance desc) from directory.ancestry a join directory.unit w on w.institution_id = a.institution_id and w.unit_id = a.ancestor_id
      where a.institution_id = ${institutionId} and a.unit_id = f.unit_id and a.distance > 0 and w.parent_id is not null), '{}') as within
    from found f order by f.rank`.execute(tx)
  ).rows
}

/** Units whose name has no pinyin yet, or another name's. */
export async function unspokenUnits(tx: Tx, institutionId: string, most: number): Promise<{ unitId: string; name: string }[]> {
  return (await sql<{ unitId: string; name: string }>`select unit_id as "unitId", name from directory.unit where institution_id = ${institutionId} and pinyin_of <> name limit ${most}`.execute(tx)).rows
}
export async function setUnitPinyin(tx: Tx, institutionId: string, units: readonly { unitId: string; name: string; pinyin: string }[]): Promise<void> {
  await sql`update directory.unit u set pinyin = t.pinyin, pinyin_of = t.name from unnest(${units.map((one) => one.unitId)}::uuid[], ${units.map((one) => one.name)}::text[], ${units.map((one) => one.pinyin)}::text[]) as t(unit_id, name, pinyin)
    where u.institution_id = ${institutionId} and u.unit_id = t.unit_id and u.name = t.name`.execute(tx)
}

// ── Views that a person keeps ────────────────────────────────────────────────────────────────────
export interface ViewRow {
  viewId: string
  name: string
  address: string
}
export async function viewsOf(tx: Tx, institutionId: string, personId: string): Promise<ViewRow[]> {
  return (
    await sql<ViewRow>`select view_id as "viewId", name, address from directory.saved_view where institution_id = ${institutionId} and person_id = ${personId} order by made_at, view_id`.execute(tx)
  ).rows
}
/** @returns whether it is this person's. */
export async function upsertView(tx: Tx, institutionId: string, personId: string, view: ViewRow, now: Date): Promise<boolean> {
  const done = await sql`insert into directory.saved_view as v (institution_id, view_id, person_id, name, address, made_at) values (${institutionId}, ${view.viewId}, ${personId}, ${view.name}, ${view.address}, ${now}::timestamptz)
    on conflict (institution_id, view_id) do update set name = excluded.name, address = excluded.address where v.person_id = excluded.person_id`.execute(tx)
  return Number(done.numAffectedRows) > 0
}
export async function deleteView(tx: Tx, institutionId: string, personId: string, viewId: string): Promise<boolean> {
  const done = await sql`delete from directory.saved_view where institution_id = ${institutionId} and person_id = ${personId} and view_id = ${viewId}`.execute(tx)
  return Number(done.numAffectedRows) > 0
}
