/**
 * A roster of any length: it travels in pieces; a job reads it window by window, each in one transaction that also moves the mark of how far it is.
 * First every row is checked and compared and nothing is changed; when a person says yes the people enter in portions. A crash costs one portion.
 */
import { setImmediate as breathe } from 'node:timers/promises'
import type { Static } from 'typebox'
import { newId } from '#kernel/ids.ts'
import { conflict, notFound } from '#kernel/problems.ts'
import { decodeRecord, findRecords, joinRecord, sniff, splitRecord } from '#kernel/records.ts'
import { implement, job, type Context } from '#kernel/server.ts'
import type { Bilingual } from '#kernel/words.ts'
import * as contract from './contract.ts'
import { emptyPlan, enterPlan, shown, summaryOf, type Summary } from './import.ts'
import { marksFileOf } from './imports.ts'
import { pastHeadings } from './queries-setup.ts'
import { planRows, UnitBook } from './plan.ts'
import { unitNotFound } from './posts.ts'
import * as q from './queries-roster-file.ts'
import { allUnits, analyse, markLeft, peopleNumbered } from './queries-roster.ts'
import { nothingToRead, withoutNumbers } from './roster/about.ts'
import { givenBack } from './roster/aliases.ts'
import { backOf } from './roster/back.ts'
import { chosenIn, chosenOf, mustBeThere, recall } from './roster/chosen.ts'
import { completed, contextOf, duplicate, readCells } from './roster/clean.ts'
import { planSheet } from './roster/columns.ts'
import { fieldWords, type PersonFields, type RosterPreview, type RosterRow, type RowRefusal, type SheetRead, type TableDoubt } from './roster/preview.ts'
import { RosterRefused } from './roster/refusal.ts'
import { decodeText } from './roster/text.ts'
import { withoutIdentityNumbers } from './roster/values.ts'
import { vocabularyFor } from './setup.ts'
import { vocabularyOf } from './vocabularies.ts'

const windowBytes = 1024 * 1024
/** Rows that go to the database together while the next are being read. */
const rowsAtOnce = 1000
/** People entered in one transaction: as long as that lasts, answers of theirs may have to wait. */
const peopleAtOnce = 4000
const leaversAtOnce = 5000
/** Rows kept to be shown with what is wrong; the rest are counted. */
const mostMarks = 50_000
const keepDays = 30
/** Doubts looked at once more when all is read. */
const mostSettled = 5000
const jobKind = 'directory.roster-file'

type File = q.FileRow
const nothingYet: Summary = summaryOf(null, emptyPlan)

async function get(ctx: Context, importId: string, lock = false): Promise<File> {
  const found = await q.findFile(ctx.tx, ctx.institution.id, importId, lock)
  if (!found) throw notFound()
  return found
}
function shapeOf(one: File, received = one.bytes): Static<typeof contract.RosterFile> {
  const { importId, fileName, bytes, state, atRow, atByte, summary, refusal } = one
  const people = summary.rows
  const progress = state === 'checked' || state === 'applied' ? 1 : state === 'applying' ? people / Math.max(people, one.format?.people ?? 1) : atByte / bytes
  return { importId, fileName, bytes, received, state, progress: Math.min(1, progress), rowsDone: state === 'applying' || state === 'applied' ? people : atRow, summary, refusal }
}
/** What was said of the columns waits in the summary for the job that opens the file. */
const saidOf = (columns: Parameters<typeof chosenOf>[0]): contract.RosterHeadings => [...chosenOf(columns).columns].map(([header, field]) => ({ header, field, how: 'chosen', why: null, never: false }))
const asJob = (importId: string) => ({ kind: jobKind, key: importId, payload: { importId } })

export const rosterFileCalls = [
  implement(contract.startRosterFile, async (ctx, input) => {
    await q.deleteFilesBefore(ctx.tx, ctx.institution.id, new Date(ctx.now.getTime() - keepDays * 86_400_000))
    if (!(await q.insertFile(ctx.tx, ctx.institution.id, { ...input, covers: input.covers ?? null, madeBy: ctx.actor.personId, summary: nothingYet }, ctx.now))) {
      const there = await get(ctx, input.importId)
      if (there.bytes !== input.bytes || there.fileName !== input.fileName) throw conflict('同一编号已用于另一个文件。', 'Another file was announced under this id.')
    }
    return shapeOf(await get(ctx, input.importId), await q.pieces.receivedBytes(ctx.tx, ctx.institution.id, input.importId))
  }),
  implement(contract.sendRosterPiece, async (ctx, { importId, starts }) => ({ received: await q.pieces.receivePiece(ctx, () => get(ctx, importId, true), starts) })),
  implement(contract.checkRosterFile, async (ctx, { importId, columns }) => {
    const found = await get(ctx, importId, true)
    if (found.state === 'applying' || found.state === 'applied') throw conflict('这份名册已经开始导入。', 'This roster is already being applied.')
    await q.pieces.mustBeWhole(ctx, found)
    const next: File = { ...found, state: 'checking', format: null, atByte: 0, atRow: 0, summary: { ...nothingYet, ...(columns ? { headings: saidOf(columns) } : {}) }, refusal: null }
    await q.deleteRead(ctx.tx, ctx.institution.id, importId)
    await q.updateFile(ctx.tx, ctx.institution.id, next, ctx.now)
    ctx.enqueue(asJob(importId))
    return shapeOf(next)
  }),
  implement(contract.rosterFile, async (ctx, { importId }) => {
    const found = await get(ctx, importId)
    return shapeOf(found, found.state === 'receiving' ? await q.pieces.receivedBytes(ctx.tx, ctx.institution.id, importId) : found.bytes)
  }),
  implement(contract.applyRosterFile, async (ctx, { importId, applyLeft = false }) => {
    const found = await get(ctx, importId, true)
    if (found.state === 'applying' || found.state === 'applied') return shapeOf(found)
    if (found.state !== 'checked' || !found.format) throw conflict('请先预览这份名册。', 'Let the roster be previewed first.')
    const { columns, headings, doubts, refusals, refused: refusedRows, doubtful } = found.summary
    const next: File = { ...found, state: 'applying', applyLeft: applyLeft && found.covers !== null, atRow: 0, format: { ...found.format, people: found.summary.accepted }, summary: { ...nothingYet, columns, ...(headings ? { headings } : {}), doubts, refusals, refused: refusedRows, doubtful } }
    await q.updateFile(ctx.tx, ctx.institution.id, next, ctx.now)
    await q.noteApplier(ctx.tx, ctx.institution.id, importId, ctx.actor.personId, ctx.now)
    ctx.enqueue(asJob(importId))
    ctx.log({ detail: { import: importId, accepted: found.summary.accepted, refused: refusedRows } })
    return shapeOf(next)
  }),
  implement(contract.dropRosterFile, async (ctx, { importId }) => {
    const found = await get(ctx, importId, true)
    if (found.state === 'applying') throw conflict('正在导入，完成后才能删除。', 'It is being applied; it can be deleted afterwards.')
    await q.deleteFile(ctx.tx, ctx.institution.id, importId)
    return {}
  }),
  implement(contract.rosterMarks, async (ctx, { importId, after = 0 }) => {
    const whole = await marksFileOf(ctx, importId)
    if (whole) return whole
    const found = await get(ctx, importId)
    const most = 5000
    const rows = await q.marksAfter(ctx.tx, ctx.institution.id, importId, after, most)
    const back = backOf(found.format ? [sheetOf(found.format)] : [])
    const said = (one: Bilingual) => (ctx.language === 'en' ? one.en : one.zh)
    const lines = rows.map((row) => joinRecord([...back.place(found.format?.sheet ?? '', row.cells), String(row.rowNo), said(row.kind === 'refused' ? { zh: '未收下', en: 'refused' } : { zh: '有疑点', en: 'doubtful' }), row.reasons.map(said).join(ctx.language === 'en' ? '; ' : '；')]))
    const last = rows[rows.length - 1]
    return {
      fileName: `${found.fileName.replace(/\.[^.]*$/, '')}-疑点.csv`, next: rows.length === most && last ? last.rowNo : null,
      csv: [...(after === 0 ? [joinRecord([...back.header, ...givenBack])] : []), ...lines].map((line) => `${line}\r\n`).join(''),
    }
  }),
]

// ── The job ──────────────────────────────────────────────────────────────────────────────────────

/** One step: opens the file, reads a window of it or enters a portion of its people. Asks for the next step in the same transaction. */
async function advance(ctx: Context, importId: string): Promise<void> {
  const found = await q.findFile(ctx.tx, ctx.institution.id, importId, true)
  if (!found || (found.state !== 'checking' && found.state !== 'applying')) return
  const next = !found.format ? await open(ctx, found) : found.state === 'checking' ? await readWindow(ctx, found, found.format) : await enterPortion(ctx, found)
  await q.updateFile(ctx.tx, ctx.institution.id, next, ctx.now)
  ctx.ping('roster-files')
  if (next.state === 'checking' || next.state === 'applying') ctx.enqueue(asJob(importId))
}
export const rosterFileJobs = [job<{ importId: string }>(jobKind, (ctx, { importId }) => advance(ctx, importId))]

const stopped = (found: File, code: string, zh: string, en: string): File => ({ ...found, state: 'refused', refusal: { code, zh, en } })

async function open(ctx: Context, found: File): Promise<File> {
  const head = await q.pieces.readBytes(ctx.tx, ctx.institution.id, found.importId, 0, windowBytes)
  const written = sniff(head)
  if (!written) return stopped(found, 'not-text', '这不是 UTF-8 或 GB18030 的文本表格。大名册请另存为 .csv 再导入：.csv 不限行数。', 'This is no table in UTF-8 or GB18030 text. Save a large roster as .csv: a .csv may have any number of rows.')
  const { encoding, delimiter, starts } = written
  const body = head.subarray(starts)
  const records = findRecords(body, delimiter.charCodeAt(0), head.length === found.bytes, 200)
  const sheet = { name: found.fileName.replace(/\.[^.]*$/, ''), rows: records.map((record) => splitRecord(decodeRecord(body.subarray(record.start, record.end), encoding) ?? '', delimiter)) }
  try {
    // Damaged UTF-8 must not be read as GB18030: every name would become another.
    if (encoding === 'gb18030') decodeText(body.subarray(0, records.at(-1)?.end ?? 0))
    // Said with the order to check; else of an earlier file.
    const chosen = found.summary.headings ? chosenIn(found.summary.headings, 'chosen') : recall([sheet], await pastHeadings(ctx.tx, ctx.institution.id))
    const plan = planSheet(sheet, chosen)
    mustBeThere(chosen, plan.headings)
    if ('headersSeen' in plan) throw nothingToRead([{ sheet: sheet.name, headers: plan.headersSeen, what: 'name', headings: plan.headings }])
    if (!plan.columns.some((column) => column.field === 'number')) throw nothingToRead([withoutNumbers(sheet, plan)])
    const doubts: TableDoubt[] = []
    const context = contextOf(sheet, plan, found.covers ? { kind: found.covers } : {}, doubts)
    const dataByte = starts + (records[plan.firstRow]?.start ?? body.length)
    const preview: RosterPreview = { headings: plan.headings, sheets: [], columns: plan.columns, rows: [], refused: [], skipped: [], doubts }
    return { ...found, format: { encoding, delimiter, dataByte, headRow: plan.firstRow, sheet: sheet.name, header: plan.heads.slice(0, 200), context, people: 0 }, atByte: dataByte, atRow: plan.firstRow, summary: summaryOf(preview, emptyPlan) }
  } catch (error) {
    if (error instanceof RosterRefused) return stopped({ ...found, summary: { ...nothingYet, headings: [...error.headings] } }, error.code, error.zh, error.en)
    throw error
  }
}

/** The units as the last step left them: loading a city of them for every step would cost more than the step. Of no use once another process went on, or a step failed. */
let shelf: { of: string; book: UnitBook } | null = null
async function bookOf(ctx: Context, found: File): Promise<UnitBook> {
  const mine = shelf
  shelf = null
  if (mine?.of === placeOf(found)) return mine.book
  const units = await allUnits(ctx.tx, ctx.institution.id)
  return new UnitBook(found.state === 'checking' ? [...units, ...(await q.stagedUnits(ctx.tx, ctx.institution.id, found.importId))] : units, newId)
}
const placeOf = (at: File) => `${at.importId} ${at.state} ${at.atByte} ${at.atRow}`
/** Only once the step is committed. */
function shelve(ctx: Context, next: File, book: UnitBook): void {
  ctx.afterCommit(() => { shelf = { of: placeOf(next), book } })
}

/** Sums and first examples of two parts of a file. */
function together(a: Summary, b: Summary): Summary {
  const sum = { ...a }
  for (const key of ['rows', 'accepted', 'refused', 'doubtful', 'arrived', 'moved', 'changed', 'unchanged', 'left', 'newUnits'] as const) sum[key] += b[key]
  return { ...sum, columns: a.columns.length ? a.columns : b.columns, ...(a.headings ? { headings: a.headings } : {}), doubts: [...a.doubts, ...b.doubts].slice(0, shown), refusals: [...a.refusals, ...b.refusals].slice(0, shown), examples: [...a.examples, ...b.examples].slice(0, 60) }
}

const sheetOf = ({ sheet, header, context }: q.Format): SheetRead => ({ sheet, heads: header, columns: context.plan.columns, college: context.collegeOfSheet ?? null, class: context.classOfSheet })

interface Read {
  rows: RosterRow[]
  refused: RowRefusal[]
}

async function readWindow(ctx: Context, found: File, format: q.Format): Promise<File> {
  const { tx, institution } = ctx
  const book = await bookOf(ctx, found)
  const bytes = await q.pieces.readBytes(tx, institution.id, found.importId, found.atByte, windowBytes)
  const records = findRecords(bytes, format.delimiter.charCodeAt(0), found.atByte + bytes.length >= found.bytes, Infinity)
  // What rows say by the row above them is theirs also where they are given back.
  const full = new Map<number, string[]>()
  const cellsOf = (record: (typeof records)[number]) => splitRecord(decodeRecord(bytes.subarray(record.start, record.end), format.encoding) ?? new TextDecoder(format.encoding).decode(bytes.subarray(record.start, record.end)), format.delimiter).slice(0, 300)
  const read = (from: number): Read => {
    const part: Read = { rows: [], refused: [] }
    records.slice(from, from + rowsAtOnce).forEach((record, index) => {
      const line = { sheet: format.sheet, row: found.atRow + from + index + 1 }
      const cells = record.broken ? cellsOf(record) : completed(cellsOf(record), format.context)
      full.set(line.row, cells)
      if (record.broken) part.refused.push({ ...line, reason: { code: 'broken', zh: '这一行有一个引号没有配对', en: 'a quotation mark of this row is never closed' }, raw: cells })
      else if (cells.includes('\uFFFD') || cells.some((cell) => cell.includes('\uFFFD'))) part.refused.push({ ...line, reason: { code: 'broken', zh: '这一行有无法识别的字符，文件可能没有传完整', en: 'this row has bytes that are no text; the file may be damaged' }, raw: cells })
      else {
        const row = readCells(cells, line, format.context)
        if (row && 'reason' in row) part.refused.push(row)
        else if (row && !('why' in row)) part.rows.push(row)
      }
    })
    return part
  }
  const rawOf = (rowNo: number) => full.get(rowNo) ?? []
  let { summary } = found
  let room = mostMarks - (found.summary.refused + found.summary.doubtful > 0 ? await q.countMarks(tx, institution.id, found.importId) : 0)
  let taking: Promise<void> | null = null
  const take = async (part: Read): Promise<void> => {
    const { preview, plan } = await compare(ctx, found, part, book, rawOf)
    summary = together(summary, summaryOf(preview, plan))
    const planned = Map.groupBy(plan.doubts, (doubt) => doubt.row.number)
    const marks: q.MarkedRow[] = preview.refused.map((row) => ({ rowNo: row.row, kind: 'refused', cells: row.raw, reasons: [{ zh: row.reason.zh, en: row.reason.en }] }))
    for (const row of preview.rows) {
      const reasons = [...row.doubts.filter((doubt) => !doubt.sure).map((doubt) => ({ zh: `${fieldWords[doubt.field]}：${doubt.zh}`, en: `${doubt.field}: ${doubt.en}` })), ...(planned.get(row.number) ?? []).map(({ zh, en }) => ({ zh, en }))]
      if (reasons.length) marks.push({ rowNo: row.line.row, kind: 'doubt', cells: withoutIdentityNumbers(rawOf(row.line.row)), reasons })
    }
    await q.insertMarks(tx, institution.id, found.importId, marks.slice(0, Math.max(0, room)))
    room -= marks.length
  }
  for (let from = 0; from < records.length; from += rowsAtOnce) {
    // While the database takes one part, the next is read.
    const part = read(from)
    await taking
    taking = take(part)
    // Where it fails while the next part is read, it is heard below, and must not end the process before.
    taking.catch(() => {})
    await breathe()
  }
  await taking
  const atByte = found.atByte + (records[records.length - 1]?.next ?? bytes.length)
  const next: File = { ...found, atByte, atRow: found.atRow + records.length, summary }
  if (atByte < found.bytes) {
    shelve(ctx, next, book)
    return next
  }
  summary = await settleDoubts(ctx, found, summary, book)
  const gone = found.covers ? await q.countMissing(tx, institution.id, found.importId, found.covers) : { count: 0, first: [] }
  return { ...next, state: 'checked', summary: { ...summary, left: gone.count, examples: [...summary.examples, ...gone.first.map((one) => ({ change: 'left' as const, ...one, from: null, to: null }))] } }
}

/** A class may be told with its college further down than the rows that name it alone: once all is read, what is found by now is no doubt any more. */
async function settleDoubts(ctx: Context, found: File, summary: Summary, book: UnitBook): Promise<Summary> {
  const { tx, institution } = ctx
  const marks = await q.marksSaying(tx, institution.id, found.importId, unitNotFound, mostSettled)
  if (!marks.length) return summary
  const staged = await q.stagedAt(tx, institution.id, found.importId, marks.map((mark) => mark.rowNo))
  const rows = new Map(staged.map(({ rowNo, fields }) => [rowNo, { ...noFields, ...fields } satisfies PersonFields]))
  const numbers = [...rows.values()].map((row) => row.number)
  const { doubts } = planRows(book, [...rows.values()], await peopleNumbered(tx, institution.id, numbers), await vocabularyFor(tx, institution), newId)
  const still = new Set(doubts.map((doubt) => `${doubt.row.number} ${doubt.zh}`))
  const settled = new Set<string>()
  const changed = marks.flatMap((mark) => {
    const number = rows.get(mark.rowNo)?.number
    const reasons = mark.reasons.filter(({ zh }) => number === undefined || !zh.includes(unitNotFound) || still.has(`${number} ${zh}`))
    for (const { zh } of mark.reasons) if (!reasons.some((one) => one.zh === zh)) settled.add(`${found.format?.sheet} ${mark.rowNo} ${zh}`)
    return reasons.length < mark.reasons.length ? [{ ...mark, reasons }] : []
  })
  if (!changed.length) return summary
  await q.replaceMarks(tx, institution.id, found.importId, changed)
  return { ...summary, doubtful: summary.doubtful - changed.filter((mark) => !mark.reasons.length).length, doubts: summary.doubts.filter((doubt) => !settled.has(`${doubt.at} ${doubt.zh}`)) }
}

/** Keeps the people of a part, each number once in the whole file, and says what entering them would do. */
async function compare(ctx: Context, found: File, part: Read, book: UnitBook, rawOf: (rowNo: number) => string[]) {
  const { tx, institution } = ctx
  if (!vocabularyOf(institution.vocabulary).politicalStatus) for (const row of part.rows) row.politicalStatus = null
  const fresh = await q.stageRows(tx, institution.id, found.importId, part.rows.map((row) => ({ rowNo: row.line.row, number: row.number, fields: packed(row) })))
  const rows = part.rows.filter((row) => fresh.has(row.line.row))
  const again = part.rows.filter((row) => !fresh.has(row.line.row))
  const first = new Map((again.length ? await q.stagedByNumber(tx, institution.id, found.importId, again.map((row) => row.number)) : []).map((row) => [row.fields.number, row]))
  const repeated = again.flatMap((row) => {
    const earlier = first.get(row.number)
    return earlier ? [duplicate(row, { ...noFields, ...earlier.fields, line: { sheet: row.line.sheet, row: earlier.rowNo } }, rawOf(row.line.row))] : []
  })
  const people = await peopleNumbered(tx, institution.id, rows.map((row) => row.number))
  const plan = planRows(book, rows, people, await vocabularyFor(tx, institution), newId)
  await q.stageUnits(tx, institution.id, found.importId, plan.newUnits)
  const preview: RosterPreview = { headings: [], sheets: [], columns: [], rows, refused: [...part.refused, ...repeated].toSorted((a, b) => a.row - b.row), skipped: [], doubts: [] }
  return { preview, plan }
}

const fieldNames = Object.keys(fieldWords) as (keyof PersonFields)[]
const noFields = Object.fromEntries(fieldNames.map((field) => [field, null])) as unknown as PersonFields
const packed = (row: RosterRow): string => JSON.stringify(row, fieldNames.filter((field) => row[field] !== null))

async function enterPortion(ctx: Context, found: File): Promise<File> {
  const { tx, institution, now } = ctx
  const staged = await q.stagedAfter(tx, institution.id, found.importId, found.atRow, peopleAtOnce)
  if (staged.length) {
    // Plans made when the tables were half as large, those of foreign keys too, would go through the whole of them for every row.
    const portion = Math.round(found.summary.rows / peopleAtOnce)
    if (portion > 0 && (portion & (portion - 1)) === 0) await analyse(tx)
    const book = await bookOf(ctx, found)
    // All units of the file first: its first rows may name those of its last.
    if (found.atRow === 0) book.adopt(await q.stagedUnits(tx, institution.id, found.importId))
    const rows = staged.map((row): PersonFields => ({ ...noFields, ...row.fields }))
    const plan = planRows(book, rows, await peopleNumbered(tx, institution.id, rows.map((row) => row.number)), await vocabularyFor(tx, institution), newId)
    await enterPlan(ctx, plan)
    const { doubts: _, ...summary } = summaryOf(null, plan)
    const next: File = { ...found, atRow: staged.at(-1)?.rowNo ?? found.atRow, summary: together(found.summary, { ...summary, doubts: [], doubtful: 0, rows: rows.length }) }
    shelve(ctx, next, book)
    return next
  }
  // All have entered: those who are missing leave, also in portions.
  const gone = found.applyLeft && found.covers ? await q.someMissing(tx, institution.id, found.importId, found.covers, leaversAtOnce) : []
  if (gone.length) {
    await markLeft(tx, institution.id, gone, now)
    return { ...found, summary: { ...found.summary, left: found.summary.left + gone.length } }
  }
  await analyse(tx)
  await q.deleteRowsOf(tx, institution.id, found.importId)
  await q.pieces.deletePieces(tx, institution.id, found.importId)
  const { arrived, moved, changed, left } = found.summary
  ctx.log({ detail: { import: found.importId, arrived, moved, changed, left } })
  ctx.enqueue({ kind: 'directory.changed', key: 'all' })
  ctx.ping('directory', 'coverage')
  return { ...found, state: 'applied', summary: { ...found.summary, rows: found.summary.accepted + found.summary.refused } }
}
