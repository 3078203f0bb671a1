/** SQL of rosters too large to be read at once. */
import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { Tx } from '#kernel/database.ts'
import { piecesIn } from '#kernel/pieces.ts'
import type { Encoding } from '#kernel/records.ts'
import type { Bilingual } from '#kernel/words.ts'
import type { RosterFile, RosterSummary } from './contract.ts'
import type { KnownUnit } from './plan.ts'
import type { Context } from './roster/person.ts'
import type { PersonFields } from './roster/preview.ts'

export interface Format {
  encoding: Encoding
  delimiter: string
  /** Where the first row of people begins, and the number of the row before it. */
  dataByte: number
  headRow: number
  /** Name of the table, as messages say it. */
  sheet: string
  header: string[]
  context: Context
  /** How many were accepted, once they are being entered. */
  people: number
}
export interface FileRow {
  importId: string
  fileName: string
  madeAt: string
  madeBy: string | null
  state: Static<typeof RosterFile>['state']
  bytes: number
  covers: 'student' | 'staff' | 'contractor' | null
  applyLeft: boolean
  format: Format | null
  atByte: number
  atRow: number
  summary: Static<typeof RosterSummary>
  refusal: (Bilingual & { code: string }) | null
}

export const pieces = piecesIn('directory.roster_piece')

export async function insertFile(tx: Tx, institutionId: string, made: Pick<FileRow, 'importId' | 'fileName' | 'bytes' | 'covers' | 'madeBy' | 'summary'>, now: Date): Promise<boolean> {
  const done = await sql`insert into directory.roster_file (institution_id, import_id, file_name, made_at, made_by, state, bytes, covers, summary, changed_at)
    values (${institutionId}, ${made.importId}, ${made.fileName}, ${now}, ${made.madeBy}, 'receiving', ${made.bytes}, ${made.covers}, ${JSON.stringify(made.summary)}, ${now}) on conflict do nothing`.execute(tx)
  return Number(done.numAffectedRows) === 1
}
export async function findFile(tx: Tx, institutionId: string, importId: string, lock = false): Promise<FileRow | undefined> {
  return (
    await sql<FileRow>`select import_id as "importId", file_name as "fileName", made_at as "madeAt", made_by as "madeBy", state, bytes, covers, apply_left as "applyLeft", format, at_byte as "atByte", at_row as "atRow", summary, refusal
    from directory.roster_file where institution_id = ${institutionId} and import_id = ${importId} ${lock ? sql`for update` : sql``}`.execute(tx)
  ).rows[0]
}
export async function updateFile(tx: Tx, institutionId: string, to: FileRow, now: Date): Promise<void> {
  await sql`update directory.roster_file set state = ${to.state}, apply_left = ${to.applyLeft}, format = ${to.format && JSON.stringify(to.format)}, at_byte = ${to.atByte}, at_row = ${to.atRow}, summary = ${JSON.stringify(to.summary)},
    refusal = ${to.refusal && JSON.stringify(to.refusal)}, changed_at = ${now} where institution_id = ${institutionId} and import_id = ${to.importId}`.execute(tx)
}
/** What was read of a file, to be read anew or because it is no longer needed: a roster is not kept twice. */
export async function deleteRead(tx: Tx, institutionId: string, importId: string): Promise<void> {
  for (const table of ['roster_row', 'roster_unit', 'roster_mark']) await sql`delete from directory.${sql.raw(table)} where institution_id = ${institutionId} and import_id = ${importId}`.execute(tx)
}
export async function deleteRowsOf(tx: Tx, institutionId: string, importId: string): Promise<void> {
  for (const table of ['roster_row', 'roster_unit']) await sql`delete from directory.${sql.raw(table)} where institution_id = ${institutionId} and import_id = ${importId}`.execute(tx)
}
export async function deleteFile(tx: Tx, institutionId: string, importId: string): Promise<void> {
  await deleteRead(tx, institutionId, importId)
  await sql`delete from directory.roster_file where institution_id = ${institutionId} and import_id = ${importId}`.execute(tx)
}
/** What nobody came back to does not lie about; of what was applied the counts stay as a receipt, without a name in them. */
export async function deleteFilesBefore(tx: Tx, institutionId: string, before: Date): Promise<void> {
  const old = (await sql<{ id: string; applied: boolean }>`select import_id as id, state = 'applied' as applied from directory.roster_file
    where institution_id = ${institutionId} and changed_at < ${before} and (state <> 'applied' or summary -> 'examples' <> '[]')`.execute(tx)).rows
  for (const { id, applied } of old) {
    if (!applied) await deleteFile(tx, institutionId, id)
    else {
      await deleteRead(tx, institutionId, id)
      await sql`update directory.roster_file set summary = summary || '{"doubts": [], "refusals": [], "examples": []}' where institution_id = ${institutionId} and import_id = ${id}`.execute(tx)
    }
  }
}
export async function noteApplier(tx: Tx, institutionId: string, importId: string, by: string | null, now: Date): Promise<void> {
  await sql`update directory.roster_file set applied_at = ${now}, applied_by = ${by} where institution_id = ${institutionId} and import_id = ${importId}`.execute(tx)
}

/** Keeps the people that were read; answers the numbers that are new. The first row of a number stays. */
export async function stageRows(tx: Tx, institutionId: string, importId: string, rows: readonly { rowNo: number; number: string; fields: string }[]): Promise<Set<number>> {
  const kept = await sql<{ rowNo: number }>`insert into directory.roster_row (institution_id, import_id, row_no, number, fields)
    select ${institutionId}, ${importId}, r.row_no, r.number, r.fields from unnest(${rows.map((row) => row.rowNo)}::int[], ${rows.map((row) => row.number)}::text[], ${rows.map((row) => row.fields)}::json[]) with ordinality as r(row_no, number, fields, place) order by place
    on conflict do nothing returning row_no as "rowNo"`.execute(tx)
  return new Set(kept.rows.map((row) => row.rowNo))
}
export interface StagedRow {
  rowNo: number
  fields: Partial<PersonFields>
}
export async function stagedByNumber(tx: Tx, institutionId: string, importId: string, numbers: string[]): Promise<StagedRow[]> {
  return (await sql<StagedRow>`select row_no as "rowNo", fields from directory.roster_row where institution_id = ${institutionId} and import_id = ${importId} and number = any(${numbers}::text[])`.execute(tx)).rows
}
export async function stagedAfter(tx: Tx, institutionId: string, importId: string, after: number, most: number): Promise<StagedRow[]> {
  return (await sql<StagedRow>`select row_no as "rowNo", fields from directory.roster_row where institution_id = ${institutionId} and import_id = ${importId} and row_no > ${after} order by row_no limit ${most}`.execute(tx)).rows
}

export async function stageUnits(tx: Tx, institutionId: string, importId: string, units: readonly KnownUnit[]): Promise<void> {
  if (!units.length) return
  await sql`insert into directory.roster_unit (institution_id, import_id, unit_id, tree, parent_id, kind, name) select ${institutionId}, ${importId}, u.unit_id, u.tree, u.parent_id, u.kind, u.name
    from unnest(${units.map((one) => one.unitId)}::uuid[], ${units.map((one) => one.tree)}::text[], ${units.map((one) => one.parentId)}::uuid[], ${units.map((one) => one.kind)}::text[], ${units.map((one) => one.name)}::text[]) as u(unit_id, tree, parent_id, kind, name)`.execute(tx)
}
export async function stagedUnits(tx: Tx, institutionId: string, importId: string): Promise<KnownUnit[]> {
  return (await sql<KnownUnit>`select unit_id as "unitId", tree, parent_id as "parentId", kind, name from directory.roster_unit where institution_id = ${institutionId} and import_id = ${importId}`.execute(tx)).rows
}

const missing = (institutionId: string, importId: string, kind: string) => sql`directory.person p where p.institution_id = ${institutionId} and p.kind = ${kind} and p.left_at is null
  and not exists (select from directory.roster_row r where r.institution_id = p.institution_id and r.import_id = ${importId} and r.number = p.number)`
/** People of a kind whom a complete file does not name: how many, and the first of them. */
export async function countMissing(tx: Tx, institutionId: string, importId: string, kind: string): Promise<{ count: number; first: { number: string; name: string }[] }> {
  const first = (await sql<{ number: string; name: string }>`select p.number, p.name from ${missing(institutionId, importId, kind)} order by p.number limit 30`.execute(tx)).rows
  const counted = first.length ? await sql<{ n: number }>`select count(*)::int as n from ${missing(institutionId, importId, kind)}`.execute(tx) : null
  return { count: counted?.rows[0]?.n ?? 0, first }
}
/** Some of them; asked again until there are none. */
export async function someMissing(tx: Tx, institutionId: string, importId: string, kind: string, most: number): Promise<string[]> {
  return (await sql<{ id: string }>`select p.person_id as id from ${missing(institutionId, importId, kind)} limit ${most}`.execute(tx)).rows.map((row) => row.id)
}

export interface MarkedRow {
  rowNo: number
  kind: 'refused' | 'doubt'
  cells: string[]
  reasons: Bilingual[]
}
export async function countMarks(tx: Tx, institutionId: string, importId: string): Promise<number> {
  return (await sql<{ n: number }>`select count(*)::int as n from directory.roster_mark where institution_id = ${institutionId} and import_id = ${importId}`.execute(tx)).rows[0]?.n ?? 0
}
export async function insertMarks(tx: Tx, institutionId: string, importId: string, rows: readonly MarkedRow[]): Promise<void> {
  if (!rows.length) return
  await sql`insert into directory.roster_mark (institution_id, import_id, row_no, kind, cells, reasons) select ${institutionId}, ${importId}, r.row_no, r.kind, r.cells, r.reasons
    from unnest(${rows.map((row) => row.rowNo)}::int[], ${rows.map((row) => row.kind)}::text[], ${rows.map((row) => JSON.stringify(row.cells))}::jsonb[], ${rows.map((row) => JSON.stringify(row.reasons))}::jsonb[]) as r(row_no, kind, cells, reasons)`.execute(tx)
}
/** Rows doubted because a unit was not found, as far as the file had been read; their doubts in these words may be settled by now. */
export async function marksSaying(tx: Tx, institutionId: string, importId: string, words: string, most: number): Promise<MarkedRow[]> {
  return (await sql<MarkedRow>`select row_no as "rowNo", kind, cells, reasons from directory.roster_mark where institution_id = ${institutionId} and import_id = ${importId} and kind = 'doubt' and strpos(reasons::text, ${words}) > 0 order by row_no limit ${most}`.execute(tx)).rows
}
export async function replaceMarks(tx: Tx, institutionId: string, importId: string, rows: readonly MarkedRow[]): Promise<void> {
  await sql`delete from directory.roster_mark where institution_id = ${institutionId} and import_id = ${importId} and row_no = any(${rows.map((row) => row.rowNo)}::int[])`.execute(tx)
  await insertMarks(tx, institutionId, importId, rows.filter((row) => row.reasons.length))
}
export async function stagedAt(tx: Tx, institutionId: string, importId: string, rowNos: number[]): Promise<StagedRow[]> {
  return (await sql<StagedRow>`select row_no as "rowNo", fields from directory.roster_row where institution_id = ${institutionId} and import_id = ${importId} and row_no = any(${rowNos}::int[]) order by row_no`.execute(tx)).rows
}
export async function marksAfter(tx: Tx, institutionId: string, importId: string, after: number, most: number): Promise<MarkedRow[]> {
  return (await sql<MarkedRow>`select row_no as "rowNo", kind, cells, reasons from directory.roster_mark where institution_id = ${institutionId} and import_id = ${importId} and row_no > ${after} order by row_no limit ${most}`.execute(tx)).rows
}
