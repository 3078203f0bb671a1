/** All SQL about facts brought in by a file. */
import { sql } from 'kysely'
import type { Tx } from '#kernel/database.ts'
import { piecesIn } from '#kernel/pieces.ts'
import type { Encoding } from '#kernel/records.ts'
import type { Bilingual } from '#kernel/words.ts'
import type { ColumnRead } from './import/columns.ts'

export interface Format {
  encoding: Encoding
  delimiter: string
  /** Where the row after the header begins, and the number of the header's row. */
  dataByte: number
  headerRow: number
  columns: ColumnRead[]
}
export interface Counts {
  rows: number
  good: number
  bad: number
  doubtful: number
  /** Facts of the good rows: new, there before, new but older than what is known. */
  facts: number
  stored: number
  repeated: number
  older: number
}
export const noCounts: Counts = { rows: 0, good: 0, bad: 0, doubtful: 0, facts: 0, stored: 0, repeated: 0, older: 0 }

export type ImportState = 'receiving' | 'checking' | 'checked' | 'applying' | 'applied' | 'refused'
export interface ImportRow {
  importId: string
  fileName: string
  madeAt: string
  madeBy: string | null
  madeByName: string | null
  changedAt: string
  state: ImportState
  bytes: number
  observedAt: string | null
  chosen: Record<string, string>
  format: Format | null
  atByte: number
  atRow: number
  counts: Counts
  refusal: (Bilingual & { code: string }) | null
}
const columns = sql`import_id as "importId", file_name as "fileName", made_at as "madeAt", made_by as "madeBy", changed_at as "changedAt", (select p.name from directory.person p where p.institution_id = import.institution_id and p.person_id = import.made_by) as "madeByName", state, bytes, observed_at as "observedAt", chosen, format, at_byte as "atByte", at_row as "atRow", counts, refusal`

export async function insertImport(tx: Tx, institutionId: string, made: { importId: string; fileName: string; bytes: number; madeBy: string | null }, now: Date): Promise<boolean> {
  const done = await sql`insert into facts.import (institution_id, import_id, file_name, made_at, made_by, state, bytes, counts, changed_at)
    values (${institutionId}, ${made.importId}, ${made.fileName}, ${now}, ${made.madeBy}, 'receiving', ${made.bytes}, ${JSON.stringify(noCounts)}, ${now}) on conflict do nothing`.execute(tx)
  return Number(done.numAffectedRows) === 1
}
export async function findImport(tx: Tx, institutionId: string, importId: string, lock = false): Promise<ImportRow | undefined> {
  return (await sql<ImportRow>`select ${columns} from facts.import where institution_id = ${institutionId} and import_id = ${importId} ${lock ? sql`for update` : sql``}`.execute(tx)).rows[0]
}
/** Newest first; of one maker, or of all where `madeBy` is undefined. */
export async function listImports(tx: Tx, institutionId: string, madeBy: string | null | undefined): Promise<ImportRow[]> {
  return (
    await sql<ImportRow>`select ${columns} from facts.import where institution_id = ${institutionId} and (${madeBy === undefined} or made_by is not distinct from ${madeBy ?? null}::uuid) order by made_at desc limit 50`.execute(tx)
  ).rows
}
export async function updateImport(tx: Tx, institutionId: string, importId: string, to: Pick<ImportRow, 'state' | 'format' | 'atByte' | 'atRow' | 'counts' | 'refusal' | 'observedAt' | 'chosen' | 'bytes'>, now: Date): Promise<void> {
  await sql`update facts.import set state = ${to.state}, format = ${to.format && JSON.stringify(to.format)}, at_byte = ${to.atByte}, at_row = ${to.atRow}, counts = ${JSON.stringify(to.counts)}, refusal = ${to.refusal && JSON.stringify(to.refusal)},
    observed_at = ${to.observedAt}, chosen = ${JSON.stringify(to.chosen)}, bytes = ${to.bytes}, changed_at = ${now} where institution_id = ${institutionId} and import_id = ${importId}`.execute(tx)
}
export async function deleteImport(tx: Tx, institutionId: string, importId: string): Promise<void> {
  await sql`delete from facts.import where institution_id = ${institutionId} and import_id = ${importId}`.execute(tx)
}
/** What nobody came back to: the file and its rows do not lie about. Of what was entered the counts stay as a receipt. */
export async function deleteImportsBefore(tx: Tx, institutionId: string, before: Date): Promise<void> {
  await sql`delete from facts.import where institution_id = ${institutionId} and changed_at < ${before} and state <> 'applied'`.execute(tx)
  await sql`delete from facts.import_row r using facts.import i where i.institution_id = ${institutionId} and i.changed_at < ${before} and i.state = 'applied' and r.institution_id = i.institution_id and r.import_id = i.import_id`.execute(tx)
}

export const pieces = piecesIn('facts.import_piece')

export interface MarkedRow {
  rowNo: number
  kind: 'bad' | 'doubt'
  cells: string[]
  reasons: Bilingual[]
}
export async function insertRows(tx: Tx, institutionId: string, importId: string, rows: readonly MarkedRow[]): Promise<void> {
  if (!rows.length) return
  await sql`insert into facts.import_row (institution_id, import_id, row_no, kind, cells, reasons)
    select ${institutionId}, ${importId}, r.row_no, r.kind, r.cells, r.reasons from unnest(${rows.map((row) => row.rowNo)}::int[], ${rows.map((row) => row.kind)}::text[], ${rows.map((row) => JSON.stringify(row.cells))}::jsonb[], ${rows.map((row) => JSON.stringify(row.reasons))}::jsonb[])
      as r(row_no, kind, cells, reasons)`.execute(tx)
}
export async function deleteRows(tx: Tx, institutionId: string, importId: string): Promise<void> {
  await sql`delete from facts.import_row where institution_id = ${institutionId} and import_id = ${importId}`.execute(tx)
}
export async function listRows(tx: Tx, institutionId: string, importId: string, kind: 'bad' | 'doubt', after: number, most: number): Promise<MarkedRow[]> {
  return (
    await sql<MarkedRow>`select row_no as "rowNo", kind, cells, reasons from facts.import_row where institution_id = ${institutionId} and import_id = ${importId} and kind = ${kind} and row_no > ${after} order by row_no limit ${most}`.execute(tx)
  ).rows
}

export interface PersonFound {
  personId: string
  number: string
  name: string
  leftAt: string | null
  arrivedAt: string | null
  /** The names of the units the person belongs to and of all above. */
  units: string[]
  /** Within the reach of whoever imports. */
  within: boolean
}
/** People by number or by name. `scope`: units whose subtrees are reached; null: all. */
export async function findPeople(tx: Tx, institutionId: string, by: { numbers: string[]; names: string[] }, scope: readonly string[] | null): Promise<PersonFound[]> {
  // The names of units only tell namesakes apart; with numbers alone the climb is spared.
  const units = by.names.length ? sql`array(select distinct u.name from directory.membership m join directory.ancestry a using (institution_id, unit_id) join directory.unit u on u.institution_id = a.institution_id and u.unit_id = a.ancestor_id where m.institution_id = p.institution_id and m.person_id = p.person_id)` : sql`array[]::text[]`
  const within = scope === null ? sql`true` : sql`exists (select from directory.membership m join directory.ancestry a using (institution_id, unit_id) where m.institution_id = p.institution_id and m.person_id = p.person_id and a.ancestor_id = any(${[...scope]}::uuid[]))`
  const select = sql`select p.person_id as "personId", p.number, p.name, p.left_at as "leftAt", p.arrived_at as "arrivedAt", ${units} as units, ${within} as within from directory.person p where p.institution_id = ${institutionId}`
  return (await sql<PersonFound>`${select} and p.number = any(${by.numbers}::text[]) ${by.names.length ? sql`union ${select} and p.name = any(${by.names}::text[])` : sql``}`.execute(tx)).rows
}

/** What the profile holds of exactly these moments under another id: two values for one moment contradict each other. */
export async function contradictions(tx: Tx, institutionId: string, facts: readonly { factId: string; subjectId: string; attribute: string; value: unknown; observedAt: string }[]): Promise<Map<string, unknown>> {
  if (!facts.length) return new Map()
  const rows = await sql<{ factId: string; value: unknown }>`select g.fact_id as "factId", p.value from unnest(${facts.map((f) => f.factId)}::uuid[], ${facts.map((f) => f.subjectId)}::uuid[], ${facts.map((f) => f.attribute)}::text[], ${facts.map((f) => JSON.stringify(f.value))}::jsonb[], ${facts.map((f) => f.observedAt)}::timestamptz[])
      as g(fact_id, subject_id, attribute, value, observed_at)
    join facts.profile p on p.institution_id = ${institutionId} and p.subject_id = g.subject_id and p.attribute = g.attribute and p.observed_at = g.observed_at and p.fact_id <> g.fact_id and p.value <> g.value`.execute(tx)
  return new Map(rows.rows.map((row) => [row.factId, row.value]))
}

/** The times of the responses, and since when these persons are known: an observation must lie in a time that concerns it. */
export async function periods(tx: Tx, institutionId: string, personIds: readonly string[]): Promise<{ responses: { from: string; to: string | null; erased: { attributes: string[]; until: string } | null }[]; arrivals: Map<string, string> }> {
  const responses = (await sql<{ from: string; to: string | null; erased: { attributes: string[]; until: string } | null }>`select r.opened_at as "from", r.closed_at as "to", (select jsonb_build_object('attributes', e.scope -> 'attributes', 'until', e.scope -> 'until') from responses.erasure e where e.institution_id = r.institution_id and e.response_id = r.response_id) as erased
    from responses.response r where r.institution_id = ${institutionId}`.execute(tx)).rows
  const arrived = personIds.length ? (await sql<{ personId: string; at: string }>`select person_id as "personId", arrived_at as at from directory.person where institution_id = ${institutionId} and person_id = any(${[...personIds]}::uuid[]) and arrived_at is not null`.execute(tx)).rows : []
  return { responses, arrivals: new Map(arrived.map((row) => [row.personId, row.at])) }
}

export interface UnitFound {
  unitId: string
  name: string
  /** The names of the units above. */
  above: string[]
  within: boolean
}
export async function findUnitsNamed(tx: Tx, institutionId: string, names: string[], scope: readonly string[] | null): Promise<UnitFound[]> {
  return (
    await sql<UnitFound>`select u.unit_id as "unitId", u.name, array_agg(w.name) filter (where a.distance > 0) as above, ${scope === null ? sql`true` : sql`bool_or(a.ancestor_id = any(${[...scope]}::uuid[]))`} as within
    from directory.unit u join directory.ancestry a using (institution_id, unit_id) join directory.unit w on w.institution_id = a.institution_id and w.unit_id = a.ancestor_id
    where u.institution_id = ${institutionId} and u.closed_at is null and u.name = any(${names}::text[]) group by u.unit_id, u.name`.execute(tx)
  ).rows.map((row) => ({ ...row, above: row.above ?? [] }))
}
