/** SQL of setting an institution up: its words, what it has, offices that rosters hint at, receipts of imports. */
import { sql } from 'kysely'
import type { Tx } from '#kernel/database.ts'
import type { Static } from 'typebox'
import type { RosterHeadings, RosterImport, RosterSummary } from './contract.ts'
import { answeringRoles } from './rules.ts'
import type { PersonRow, UnitRow } from './queries.ts'
import type { OwnWord } from './wording.ts'

export async function ownWords(tx: Tx, institutionId: string): Promise<OwnWord[]> {
  return (await sql<OwnWord>`select kind, key, zh, en, role from directory.wording where institution_id = ${institutionId} order by kind, key`.execute(tx)).rows
}
export async function replaceWords(tx: Tx, institutionId: string, words: readonly OwnWord[]): Promise<void> {
  await sql`delete from directory.wording where institution_id = ${institutionId}`.execute(tx)
  if (!words.length) return
  await sql`insert into directory.wording (institution_id, kind, key, zh, en, role)
    select ${institutionId}, w.* from unnest(${words.map((one) => one.kind)}::text[], ${words.map((one) => one.key)}::text[], ${words.map((one) => one.zh)}::text[], ${words.map((one) => one.en)}::text[], ${words.map((one) => one.role)}::text[]) as w`.execute(tx)
}

export async function isTimeZone(tx: Tx, name: string): Promise<boolean> {
  return (await sql`select from pg_timezone_names where name = ${name}`.execute(tx)).rows.length === 1
}
/** The roots carry the name of the institution until somebody gives them another. */
export async function renameRoots(tx: Tx, institutionId: string, names: readonly { tree: string; before: string; after: string }[]): Promise<void> {
  for (const { tree, before, after } of names) await sql`update directory.unit set name = ${after} where institution_id = ${institutionId} and tree = ${tree} and parent_id is null and name = ${before}`.execute(tx)
}

// ── How far it is ────────────────────────────────────────────────────────────────────────────────
export interface SetupCounts {
  people: { student: number; staff: number; contractor: number; family: number }
  units: { tree: 'admin' | 'party' | 'residence'; units: number }[]
  offices: number
  held: number
  accounts: number
  invited: number
  officersWithout: number
}
export async function setupCounts(tx: Tx, institutionId: string, now: Date): Promise<SetupCounts> {
  const [found] = (await sql<SetupCounts>`select
    (select jsonb_build_object('student', count(*) filter (where kind = 'student'), 'staff', count(*) filter (where kind = 'staff'), 'contractor', count(*) filter (where kind = 'contractor'), 'family', count(*) filter (where kind = 'family'))
      from directory.person where institution_id = ${institutionId} and left_at is null) as people,
    (select coalesce(jsonb_agg(jsonb_build_object('tree', tree, 'units', n) order by tree), '[]') from (select tree, count(*)::int as n from directory.unit where institution_id = ${institutionId} and closed_at is null and parent_id is not null group by 1) t) as units,
    (select count(*)::int from directory.office where institution_id = ${institutionId}) as offices,
    (select count(distinct o.office_id)::int from directory.office o join directory.holding h using (institution_id, office_id) where o.institution_id = ${institutionId} and h.during @> ${now}::timestamptz) as held,
    (select count(*)::int from directory.account where institution_id = ${institutionId}) as accounts,
    (select count(distinct i.person_id)::int from directory.invitation i where i.institution_id = ${institutionId} and i.used_at is null and i.expires_at > ${now}::timestamptz
      and not exists (select from directory.account a where a.institution_id = i.institution_id and a.person_id = i.person_id)) as invited,
    (select count(distinct h.person_id)::int from directory.holding h join directory.person p using (institution_id, person_id) where h.institution_id = ${institutionId} and p.left_at is null and h.during @> ${now}::timestamptz
      and not exists (select from directory.account a where a.institution_id = h.institution_id and a.person_id = h.person_id)) as "officersWithout"`.execute(tx)).rows
  return found as SetupCounts
}
export async function holdersByRole(tx: Tx, institutionId: string, now: Date): Promise<{ role: string; offices: number; holders: number }[]> {
  return (
    await sql<{ role: string; offices: number; holders: number }>`select o.role, count(distinct o.office_id)::int as offices, count(distinct h.person_id)::int as holders
    from directory.office o left join directory.holding h on h.institution_id = o.institution_id and h.office_id = o.office_id and h.during @> ${now}::timestamptz where o.institution_id = ${institutionId} group by 1`.execute(tx)
  ).rows
}
export async function namedHolders(tx: Tx, institutionId: string, roles: readonly string[], now: Date): Promise<{ role: string; person: PersonRow; title: string; unit: UnitRow }[]> {
  return (
    await sql<{ role: string; person: PersonRow; title: string; unit: UnitRow }>`select o.role, o.title, jsonb_build_object('personId', p.person_id, 'number', p.number, 'name', p.name) as person,
      jsonb_build_object('unitId', u.unit_id, 'tree', u.tree, 'kind', u.kind, 'name', u.name, 'parentId', u.parent_id) as unit
    from directory.office o join directory.holding h using (institution_id, office_id) join directory.person p using (institution_id, person_id) join directory.unit u using (institution_id, unit_id)
    where o.institution_id = ${institutionId} and o.role = any(${[...roles]}::text[]) and h.during @> ${now}::timestamptz and p.left_at is null order by o.role, p.name limit 200`.execute(tx)
  ).rows
}

const direct = answeringRoles('direct')
const answering = [...direct, ...answeringRoles('escalation')]
/** How many people of the administrative tree have nobody who answers for them directly. */
export async function countUnanswered(tx: Tx, institutionId: string, now: Date): Promise<number> {
  const found = await sql<{ n: number }>`with leaf as (
      select m.unit_id, count(*)::int as members from directory.membership m join directory.person p using (institution_id, person_id)
      where m.institution_id = ${institutionId} and m.tree = 'admin' and p.left_at is null group by 1
    ) select coalesce(sum(leaf.members), 0)::int as n from leaf where not exists (
      select from directory.ancestry a join directory.office o on o.institution_id = a.institution_id and o.unit_id = a.ancestor_id
        and (o.role = any(${direct}::text[]) or (a.distance = 0 and o.role = any(${answering}::text[])))
      join directory.holding h on h.institution_id = o.institution_id and h.office_id = o.office_id and h.during @> ${now}::timestamptz
      join directory.person p on p.institution_id = h.institution_id and p.person_id = h.person_id and p.left_at is null
      where a.institution_id = ${institutionId} and a.unit_id = leaf.unit_id)`.execute(tx)
  return found.rows[0]?.n ?? 0
}

// ── Offices as rosters hint at them ──────────────────────────────────────────────────────────────
export interface HintKey {
  unitId: string
  title: string
  number: string
  name: string
}
export async function noteHints(tx: Tx, institutionId: string, hints: readonly (HintKey & { role: string })[], now: Date): Promise<void> {
  if (!hints.length) return
  await sql`insert into directory.office_hint (institution_id, unit_id, title, role, number, name, noted_at)
    select distinct on (h.unit_id, h.title, h.number, h.name) ${institutionId}::uuid, h.unit_id, h.title, h.role, h.number, h.name, ${now}::timestamptz
    from unnest(${hints.map((one) => one.unitId)}::uuid[], ${hints.map((one) => one.title)}::text[], ${hints.map((one) => one.role)}::text[], ${hints.map((one) => one.number)}::text[], ${hints.map((one) => one.name)}::text[]) as h(unit_id, title, role, number, name)
    on conflict do nothing`.execute(tx)
}
export interface HintRow extends HintKey {
  unit: UnitRow
  path: string
  role: string
  candidates: PersonRow[]
}
/** Proposals that nobody decided on, without those that are so already. The number tells who is meant; else a name that one member of staff bears. */
const openHints = (institutionId: string, now: Date) => sql`from directory.office_hint h join directory.unit u using (institution_id, unit_id)
  cross join lateral (select coalesce(jsonb_agg(jsonb_build_object('personId', c.person_id, 'number', c.number, 'name', c.name) order by c.number), '[]') as candidates, array_agg(c.person_id) as ids from (
    select p.person_id, p.number, p.name from directory.person p where p.institution_id = h.institution_id and p.left_at is null
      and case when h.number <> '' then p.number = h.number else p.name = h.name and p.kind <> 'student' end order by p.number limit 6) c) found
  where h.institution_id = ${institutionId} and h.settled_at is null and u.closed_at is null
    and not exists (select from directory.office o join directory.holding g on g.institution_id = o.institution_id and g.office_id = o.office_id and g.during @> ${now}::timestamptz
      where o.institution_id = h.institution_id and o.unit_id = h.unit_id and o.title = h.title and g.person_id = any(found.ids))`
export async function listHints(tx: Tx, institutionId: string, now: Date, most: number): Promise<HintRow[]> {
  return (
    await sql<HintRow>`select h.unit_id as "unitId", h.title, h.role, h.number, h.name, found.candidates,
      jsonb_build_object('unitId', u.unit_id, 'tree', u.tree, 'kind', u.kind, 'name', u.name, 'parentId', u.parent_id) as unit,
      (select string_agg(x.name, ' / ' order by a.distance desc) from directory.ancestry a join directory.unit x on x.institution_id = a.institution_id and x.unit_id = a.ancestor_id
        where a.institution_id = u.institution_id and a.unit_id = u.unit_id and (x.parent_id is not null or a.distance = 0)) as path
    ${openHints(institutionId, now)} order by jsonb_array_length(found.candidates) = 1, u.path, h.title, h.number, h.name limit ${most}`.execute(tx)
  ).rows
}
export async function countHints(tx: Tx, institutionId: string, now: Date): Promise<number> {
  return (await sql<{ n: number }>`select count(*)::int as n ${openHints(institutionId, now)}`.execute(tx)).rows[0]?.n ?? 0
}
/** Settles proposals; answers those that were open. */
export async function settleHints(tx: Tx, institutionId: string, keys: readonly HintKey[], now: Date): Promise<(HintKey & { role: string })[]> {
  if (!keys.length) return []
  return (
    await sql<HintKey & { role: string }>`update directory.office_hint h set settled_at = ${now} from unnest(${keys.map((one) => one.unitId)}::uuid[], ${keys.map((one) => one.title)}::text[], ${keys.map((one) => one.number)}::text[], ${keys.map((one) => one.name)}::text[]) as k(unit_id, title, number, name)
    where h.institution_id = ${institutionId} and h.settled_at is null and (h.unit_id, h.title, h.number, h.name) = (k.unit_id, k.title, k.number, k.name)
    returning h.unit_id as "unitId", h.title, h.role, h.number, h.name`.execute(tx)
  ).rows
}

// ── Imports and their receipts ───────────────────────────────────────────────────────────────────
type Summary = Static<typeof RosterSummary>
export interface ImportLine extends Omit<Static<typeof RosterImport>, 'rows' | 'accepted' | 'refused' | 'doubtful'> {
  summary: Summary
  received: number
  /** Of a file in pieces: read so far, in bytes and rows; people of it that are to enter. */
  atByte: number
  atRow: number
  people: number | null
  refusal: { code: string; zh: string; en: string } | null
  marks: number
}
const name = (column: string) => sql`(select p.name from directory.person p where p.institution_id = i.institution_id and p.person_id = ${sql.raw(`i.${column}`)})`
export async function listRosterImports(tx: Tx, institutionId: string, most: number, importId: string | null = null): Promise<ImportLine[]> {
  const these = importId === null ? sql`true` : sql`i.import_id = ${importId}`
  return (
    await sql<ImportLine>`
    select i.import_id as "importId", 'pieces' as way, 'people' as kind, i.file_name as "fileName", i.bytes, i.covers, i.state, i.made_at as "madeAt", ${name('made_by')} as "madeBy", i.applied_at as "appliedAt", ${name('applied_by')} as "appliedBy", i.summary,
      case when i.state = 'receiving' then (select coalesce(sum(octet_length(p.content)), 0) from directory.roster_piece p where p.institution_id = i.institution_id and p.import_id = i.import_id) else i.bytes end as received,
      i.at_byte as "atByte", i.at_row as "atRow", (i.format ->> 'people')::int as people, i.refusal,
      (select count(*)::int from directory.roster_mark m where m.institution_id = i.institution_id and m.import_id = i.import_id) as marks
    from directory.roster_file i where i.institution_id = ${institutionId} and ${these}
    union all
    select i.import_id, 'whole', i.kind, i.file_name, i.bytes, case when i.kind = 'people' and i.applied_at is null then i.content ->> 'covers' end, case when i.applied_at is null then 'checked' else 'applied' end, i.made_at, ${name('made_by')}, i.applied_at, ${name('applied_by')}, i.summary,
      coalesce(i.bytes, 0), 0, 0, null, null, jsonb_array_length(i.marks)
    from directory.import i where i.institution_id = ${institutionId} and ${these}
    order by 8 desc limit ${most}`.execute(tx)
  ).rows
}
/** What the columns of earlier files were read as, where somebody had a say in it: of the files that were applied, the latest first. */
export async function pastHeadings(tx: Tx, institutionId: string): Promise<RosterHeadings[]> {
  const said = sql`i.applied_at is not null and jsonb_path_exists(i.summary, '$.headings[*] ? (@.how == "chosen" || @.how == "remembered")')`
  const found = await sql<{ headings: RosterHeadings }>`
    select i.summary -> 'headings' as headings, i.applied_at from directory.import i where i.institution_id = ${institutionId} and i.kind = 'people' and ${said}
    union all select i.summary -> 'headings', i.applied_at from directory.roster_file i where i.institution_id = ${institutionId} and ${said}
    order by 2 desc limit 20`.execute(tx)
  return found.rows.map((row) => row.headings)
}
/** What a whole file gave back: the header, then cells, how and why of each row. */
export async function marksOfWhole(tx: Tx, institutionId: string, importId: string): Promise<{ fileName: string; header: string[]; marks: Mark[] } | undefined> {
  return (await sql<{ fileName: string; header: string[]; marks: Mark[] }>`select file_name as "fileName", header, marks from directory.import where institution_id = ${institutionId} and import_id = ${importId}`.execute(tx)).rows[0]
}
export interface Mark {
  at: string
  kind: 'refused' | 'doubt'
  cells: string[]
  reasons: { zh: string; en: string }[]
}
export async function noteWhole(tx: Tx, institutionId: string, importId: string, given: { bytes: number; header: string[]; marks: Mark[] }): Promise<void> {
  await sql`update directory.import set bytes = ${given.bytes}, header = ${JSON.stringify(given.header)}, marks = ${JSON.stringify(given.marks)} where institution_id = ${institutionId} and import_id = ${importId}`.execute(tx)
}
export async function noteApplied(tx: Tx, institutionId: string, importId: string, by: string | null): Promise<void> {
  await sql`update directory.import set applied_by = ${by} where institution_id = ${institutionId} and import_id = ${importId}`.execute(tx)
}
/** What was given back is about people: it goes after a while. The counts of the receipt stay. */
export async function forgetRows(tx: Tx, institutionId: string, before: Date): Promise<void> {
  await sql`delete from directory.import where institution_id = ${institutionId} and applied_at is null and made_at < ${before}`.execute(tx)
  await sql`update directory.import set marks = '[]', summary = summary || '{"doubts": [], "refusals": [], "examples": []}' where institution_id = ${institutionId} and applied_at < ${before} and (marks <> '[]' or summary -> 'examples' <> '[]')`.execute(tx)
}
