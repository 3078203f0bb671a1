/** Imports of rosters, however they came: the list of them, each with its preview or receipt, the file to be mended, the template to fill in. */
import { notFound } from '#kernel/problems.ts'
import { joinRecord } from '#kernel/records.ts'
import { implement, type Context } from '#kernel/server.ts'
import type { Bilingual } from '#kernel/words.ts'
import * as contract from './contract.ts'
import type { Plan } from './plan.ts'
import { givenBack } from './roster/aliases.ts'
import { backOf } from './roster/back.ts'
import type { Line, RosterPreview } from './roster/preview.ts'
import type { Sheet } from './roster/refusal.ts'
import { withoutIdentityNumbers } from './roster/values.ts'
import * as q from './queries-setup.ts'
import { vocabularyFor } from './setup.ts'
import { templateOf } from './template.ts'

const listed = 60
/** Rows kept to be shown with what is wrong; the rest are counted. */
const mostMarks = 5000
const keepDays = 30

function lineOf({ summary, received: _r, atByte: _a, atRow: _n, people: _p, refusal: _f, marks: _m, ...rest }: q.ImportLine) {
  const { rows, accepted, refused, doubtful } = summary
  return { ...rest, rows, accepted, refused, doubtful }
}

/** How far a file in pieces is: of its bytes while it is read, of its people while they enter. */
function progressOf(one: q.ImportLine): { progress: number; rowsDone: number } {
  if (one.state === 'checked' || one.state === 'applied' || one.way === 'whole') return { progress: 1, rowsDone: one.summary.rows }
  if (one.state === 'applying') return { progress: Math.min(1, one.summary.rows / Math.max(1, one.summary.rows, one.people ?? 1)), rowsDone: one.summary.rows }
  const bytes = one.bytes ?? 0
  return { progress: bytes > 0 ? Math.min(1, (one.state === 'receiving' ? one.received : one.atByte) / bytes) : 0, rowsDone: one.atRow }
}

export const importCalls = [
  implement(contract.rosterImports, async ({ tx, institution }) => ({ imports: (await q.listRosterImports(tx, institution.id, listed)).map(lineOf) })),
  implement(contract.rosterImport, async ({ tx, institution }, { importId }) => {
    const [one] = await q.listRosterImports(tx, institution.id, 1, importId)
    if (!one) throw notFound()
    return { import: lineOf(one), received: one.received, ...progressOf(one), summary: one.summary, refusal: one.refusal, marks: one.marks }
  }),
  implement(contract.rosterTemplate, async ({ tx, institution, language }, { kind }) => {
    const made = templateOf(kind, await vocabularyFor(tx, institution), language)
    return { fileName: made.fileName, base64: Buffer.from(made.bytes).toString('base64') }
  }),
]

const refusedMark = (at: string, cells: string[], { zh, en }: Bilingual): q.Mark => ({ at, kind: 'refused', cells, reasons: [{ zh, en }] })

/** The rows of a table of offices or links that were not taken. */
export const marksOfTable = (refused: readonly (Bilingual & { at: string; raw: string })[]): { header: string[]; marks: q.Mark[] } => ({ header: [], marks: refused.slice(0, mostMarks).map((row) => refusedMark(row.at, row.raw.split(' | '), row)) })

/** The rows of a whole file that somebody should look at, with their cells as they stood, under one header. */
export function marksOf(sheets: readonly Sheet[], preview: RosterPreview, planned: Plan['doubts']): { header: string[]; marks: q.Mark[] } {
  const sheetOf = new Map(sheets.map((sheet) => [sheet.name, sheet]))
  const back = backOf(preview.sheets)
  const place = (line: Line) => back.place(line.sheet, (sheetOf.get(line.sheet)?.rows[line.row - 1] ?? []).slice(0, 200).map((cell) => cell.slice(0, 400)))
  const plannedOf = Map.groupBy(planned, (doubt) => doubt.row.number)
  const order = new Map(sheets.map((sheet, at) => [sheet.name, at]))
  const marks: (q.Mark & { line: Line })[] = preview.refused.map((row) => ({ ...refusedMark(`${row.sheet} ${row.row}`, back.place(row.sheet, row.raw), row.reason), line: row }))
  for (const row of preview.rows) {
    const reasons = [...row.doubts.filter((doubt) => !doubt.sure), ...(plannedOf.get(row.number) ?? [])].map(({ zh, en }) => ({ zh, en }))
    if (reasons.length) marks.push({ at: `${row.line.sheet} ${row.line.row}`, line: row.line, kind: 'doubt', cells: withoutIdentityNumbers(place(row.line)), reasons })
  }
  const sorted = marks.toSorted((a, b) => (order.get(a.line.sheet) ?? 0) - (order.get(b.line.sheet) ?? 0) || a.line.row - b.line.row)
  return { header: back.header, marks: sorted.slice(0, mostMarks).map(({ line: _, ...mark }) => mark) }
}

/** A whole file's rows to be mended, as a .csv; undefined where there is no such import. */
export async function marksFileOf(ctx: Context, importId: string): Promise<{ fileName: string; csv: string; next: null } | undefined> {
  const found = await q.marksOfWhole(ctx.tx, ctx.institution.id, importId)
  if (!found) return undefined
  const said = (one: Bilingual) => (ctx.language === 'en' ? one.en : one.zh)
  const width = Math.max(found.header.length, ...found.marks.map((mark) => mark.cells.length), 0)
  const wide = (cells: readonly string[]) => Array.from({ length: width }, (_, at) => cells[at] ?? '')
  const lines = found.marks.map((mark) => joinRecord([...wide(mark.cells), mark.at, said(mark.kind === 'refused' ? { zh: '未收下', en: 'refused' } : { zh: '有疑点', en: 'doubtful' }), mark.reasons.map(said).join(ctx.language === 'en' ? '; ' : '；')]))
  return { fileName: `${found.fileName.replace(/\.[^.]*$/, '')}-疑点.csv`, next: null, csv: [joinRecord([...wide(found.header), ...givenBack]), ...lines].map((line) => `${line}\r\n`).join('') }
}

/** What was given back is about people, and goes after a while. */
export const forgetOld = (ctx: Context) => q.forgetRows(ctx.tx, ctx.institution.id, new Date(ctx.now.getTime() - keepDays * 86_400_000))
