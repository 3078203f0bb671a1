/**
 * Facts from a file: it travels in pieces, a job reads it window by window, each window in one transaction that also moves the mark of how far the
 * reading is. First all rows are checked and nothing is entered; when a person says yes the good rows enter. A crash costs one window.
 */
import type { Static } from 'typebox'
import { badInput, conflict, notFound, Problem } from '#kernel/problems.ts'
import { decodeRecord, findRecords, joinRecord, sniff, splitRecord } from '#kernel/records.ts'
import { implement, job, type Actor, type Context } from '#kernel/server.ts'
import type { Bilingual } from '#kernel/words.ts'
import { decodeSheet, gatekeeper, withoutIdentityNumbers } from '#slices/directory/server.ts'
import * as contract from './contract.ts'
import { findHeader, readColumns, refuseColumns } from './import/columns.ts'
import { factsOf, readRow, type ImportAttribute, type Known, type RowFact, type RowRead } from './import/rows.ts'
import { lies } from './periods.ts'
import * as q from './queries-import.ts'
import { listAttributes } from './queries.ts'
import type { NewFact } from './queries.ts'
import type { FactInput, Recorded } from './rules.ts'

type Given = FactInput & { by: string | null }
/** The one door for facts, of which this is a user like any other. */
export interface Door {
  check(ctx: Context, facts: readonly Given[]): Promise<(NewFact | Problem)[]>
  record(ctx: Context, facts: readonly Given[]): Promise<(Recorded | Problem)[]>
}

const permission = 'fact.import'
const windowBytes = 768 * 1024
const rowsAtOnce = 2000
const factsAtOnce = 4000
/** Bad rows given back at most; the rest come when these are mended and the file is sent again. */
const mostBad = 50_000
const mostDoubts = 1000
const shown = 200
const keepDays = 30
/** Workbooks are opened whole; text is not. */
const workbookLimit = 20 * 1048576

const jobKind = 'facts.import'
const tidyKind = 'facts.import-tidy'
/** Files nobody came back to and rows given back long ago are deleted. */
const tidy = (ctx: Context) => q.deleteImportsBefore(ctx.tx, ctx.institution.id, new Date(ctx.now.getTime() - keepDays * 86_400_000))

export function importCalls(door: Door) {
  return { calls, jobs: [job<{ importId: string }>(jobKind, (ctx, { importId }) => advance(ctx, importId, door)), job(tidyKind, tidy)] }
}

type Found = q.ImportRow
/** An import is its maker's, and theirs who reach everybody. */
async function get(ctx: Context, importId: string, lock = false): Promise<Found> {
  const found = await q.findImport(ctx.tx, ctx.institution.id, importId, lock)
  if (!found || (ctx.scope !== null && found.madeBy !== ctx.actor.personId)) throw notFound()
  return found
}

function shapeOf(one: Found, received = one.bytes): Static<typeof contract.FactImport> {
  const { format, madeBy: _by, madeByName: madeBy, chosen: _chosen, atByte, atRow: _row, ...rest } = one
  const done = one.state === 'checked' || one.state === 'applied'
  return { ...rest, madeBy, received, progress: done ? 1 : Math.min(1, atByte / one.bytes), columns: (format?.columns ?? []).map(({ header, role, attribute, guessed }) => ({ header, role, attribute, guessed })) }
}

const calls = [
  implement(contract.startImport, async (ctx, input) => {
    ctx.enqueue({ kind: tidyKind, at: new Date(ctx.now.getTime() + keepDays * 86_400_000 + 3_600_000) })
    if (!(await q.insertImport(ctx.tx, ctx.institution.id, { ...input, madeBy: ctx.actor.personId }, ctx.now))) {
      const there = await get(ctx, input.importId)
      if (there.bytes !== input.bytes || there.fileName !== input.fileName) throw conflict('同一编号已用于另一个文件。', 'Another file was announced under this id.')
    }
    return shapeOf(await get(ctx, input.importId), await q.pieces.receivedBytes(ctx.tx, ctx.institution.id, input.importId))
  }),
  implement(contract.sendPiece, async (ctx, { importId, starts }) => ({ received: await q.pieces.receivePiece(ctx, () => get(ctx, importId, true), starts) })),
  implement(contract.checkImport, async (ctx, { importId, observedAt, columns }) => {
    const found = await get(ctx, importId, true)
    if (found.state === 'applying' || found.state === 'applied') throw conflict('这个文件已经开始写入。', 'This file is already being entered.')
    await q.pieces.mustBeWhole(ctx, found)
    if (observedAt && Date.parse(observedAt) > ctx.now.getTime()) throw badInput('观测时间在未来。', 'The time of observation lies in the future.')
    const next: Found = { ...found, state: 'checking', format: null, atByte: 0, atRow: 0, counts: q.noCounts, refusal: null, observedAt: observedAt === undefined ? found.observedAt : observedAt, chosen: columns ? Object.fromEntries(columns.map(({ header, meaning }) => [header.trim().replaceAll('\u0000', '').toWellFormed(), meaning.replaceAll('\u0000', '').toWellFormed()])) : found.chosen }
    await q.deleteRows(ctx.tx, ctx.institution.id, importId)
    await q.updateImport(ctx.tx, ctx.institution.id, importId, next, ctx.now)
    ctx.enqueue({ kind: jobKind, key: importId, payload: { importId } })
    return shapeOf(next)
  }),
  implement(contract.applyImport, async (ctx, { importId }) => {
    const found = await get(ctx, importId, true)
    if (found.state === 'applying' || found.state === 'applied') return shapeOf(found)
    if (found.state !== 'checked' || !found.format) throw conflict('请先检查这个文件。', 'Let the file be checked first.')
    const next: Found = { ...found, state: 'applying', atByte: found.format.dataByte, atRow: found.format.headerRow, counts: q.noCounts }
    await q.deleteRows(ctx.tx, ctx.institution.id, importId)
    await q.updateImport(ctx.tx, ctx.institution.id, importId, next, ctx.now)
    ctx.enqueue({ kind: jobKind, key: importId, payload: { importId } })
    ctx.log({ detail: { import: importId, rows: found.counts.rows, good: found.counts.good, bad: found.counts.bad } })
    return shapeOf(next)
  }),
  implement(contract.dropImport, async (ctx, { importId }) => {
    const found = await get(ctx, importId, true)
    if (found.state === 'applying') throw conflict('正在写入，写完后才能删除。', 'It is being entered; it can be deleted afterwards.')
    await q.deleteImport(ctx.tx, ctx.institution.id, importId)
    return {}
  }),
  implement(contract.imports, async (ctx) => ({ imports: (await q.listImports(ctx.tx, ctx.institution.id, ctx.scope === null ? undefined : ctx.actor.personId)).map((one) => shapeOf(one)) })),
  implement(contract.findImport, async (ctx, { importId }) => {
    const found = await get(ctx, importId)
    const rows = async (kind: 'bad' | 'doubt') => (await q.listRows(ctx.tx, ctx.institution.id, importId, kind, 0, shown)).map(({ kind: _, ...row }) => row)
    return { import: shapeOf(found, found.state === 'receiving' ? await q.pieces.receivedBytes(ctx.tx, ctx.institution.id, importId) : found.bytes), bad: await rows('bad'), doubts: await rows('doubt') }
  }),
  implement(contract.badRows, async (ctx, { importId, after = 0 }) => {
    const found = await get(ctx, importId)
    const most = 5000
    const rows = await q.listRows(ctx.tx, ctx.institution.id, importId, 'bad', after, most)
    const width = found.format?.columns.length ?? 0
    const lines = rows.map((row) => joinRecord([...Array.from({ length: Math.max(width, row.cells.length) }, (_, at) => row.cells[at] ?? ''), String(row.rowNo), row.reasons.map((one) => (ctx.language === 'en' ? one.en : one.zh)).join(ctx.language === 'en' ? '; ' : '；')]))
    const header = after === 0 ? [joinRecord([...(found.format?.columns ?? []).map((column) => column.header), '行号', '原因'])] : []
    const last = rows[rows.length - 1]
    return { fileName: `${found.fileName.replace(/\.[^.]*$/, '')}-未收下.csv`, csv: [...header, ...lines].map((line) => `${line}\r\n`).join(''), next: rows.length === most && last ? last.rowNo : null }
  }),
]

// ── The job ──────────────────────────────────────────────────────────────────────────────────────

/** One step: opens the file, or reads one window of it. Asks for the next step in the same transaction. */
async function advance(ctx: Context, importId: string, door: Door): Promise<void> {
  const found = await q.findImport(ctx.tx, ctx.institution.id, importId, true)
  if (!found || (found.state !== 'checking' && found.state !== 'applying')) return
  const next = found.format ? await readWindow(ctx, found, door) : await open(ctx, found)
  await q.updateImport(ctx.tx, ctx.institution.id, importId, next, ctx.now)
  ctx.ping('fact-imports')
  if (next.state === 'checking' || next.state === 'applying') ctx.enqueue({ kind: jobKind, key: importId, payload: { importId } })
  if (next.state === 'applied') {
    await q.pieces.deletePieces(ctx.tx, ctx.institution.id, importId)
    ctx.log({ detail: { import: importId, ...next.counts } })
  }
}

const refuse = (found: Found, code: string, zh: string, en: string): Found => ({ ...found, state: 'refused', refusal: { code, zh, en } })

/** How the file is written and what its columns mean. A workbook is turned into text once. */
async function open(ctx: Context, found: Found): Promise<Found> {
  const { tx, institution } = ctx
  const attributes = await listAttributes(tx, institution.id)
  let head = await q.pieces.readBytes(tx, institution.id, found.importId, 0, windowBytes)
  let written = sniff(head)
  if (!written) {
    if (found.bytes > workbookLimit) return refuse(found, 'workbook-too-big', '工作簿超过 20 MB。请另存为 .csv 再导入：.csv 不限行数。', 'The workbook is larger than 20 MB. Save it as .csv: a .csv may have any number of rows.')
    try {
      const sheets = await decodeSheet(await q.pieces.readBytes(tx, institution.id, found.importId, 0, found.bytes), found.fileName)
      if (sheets.some((one) => one.uncomputed)) return refuse(found, 'not-computed', '工作簿里有公式没有算出结果，那些格会是空的。请用 Excel 或 WPS 打开，保存后再导入。', 'The workbook has formulas without their results; those cells would be empty. Open it in a spreadsheet program, save it and import that.')
      const sheet = theSheet(sheets, (rows) => findHeader(rows, attributes, found.chosen))
      if (!sheet.rows) return refuse(found, 'several-sheets', `工作簿里有 ${sheet.names.length} 张表都有数据：${sheet.names.join('、')}。一次只读一张，请合并，或分别另存后逐一导入。`, `${sheet.names.length} sheets of the workbook hold data: ${sheet.names.join(', ')}. One is read at a time: put them together, or save each by itself.`)
      const text = Buffer.from(asText(sheet.rows))
      await q.pieces.deletePieces(tx, institution.id, found.importId)
      for (let at = 0; at < text.length; at += contract.pieceSize) await q.pieces.insertPiece(tx, institution.id, found.importId, at, text.subarray(at, at + contract.pieceSize))
      found = { ...found, bytes: text.length }
    } catch (error) {
      const { code, zh, en } = error as { code?: string; zh?: string; en?: string }
      if (!code || !zh || !en) throw error
      return refuse(found, code, zh, en)
    }
    head = await q.pieces.readBytes(tx, institution.id, found.importId, 0, windowBytes)
    written = { encoding: 'utf-8', delimiter: ',', starts: 0 }
  }
  const { encoding, delimiter, starts } = written
  const body = head.subarray(starts)
  const records = findRecords(body, delimiter.charCodeAt(0), head.length === found.bytes, 30)
  const rows = records.map((record) => splitRecord(decodeRecord(body.subarray(record.start, record.end), encoding) ?? '', delimiter))
  if (!rows.some((row) => row.some((cell) => cell.trim() !== ''))) return refuse(found, 'empty', '文件是空的，没有任何内容。', 'The file is empty.')
  const at = findHeader(rows, attributes, found.chosen)
  // Even where it cannot be read, the columns are shown: a person can say what they mean.
  const widest = rows.reduce((best, row, index) => (row.filter((cell) => cell.trim() !== '').length > (rows[best] ?? []).filter((cell) => cell.trim() !== '').length ? index : best), 0)
  const headerAt = at < 0 ? widest : at
  const columns = readColumns((rows[headerAt] ?? []).slice(0, 200).map((cell) => cell.trim().slice(0, 200)), attributes, found.chosen)
  const format: q.Format = { encoding, delimiter, dataByte: starts + (records[headerAt]?.next ?? 0), headerRow: headerAt + 1, columns }
  const opened: Found = { ...found, format, atByte: format.dataByte, atRow: format.headerRow }
  const wrong = refuseColumns(columns, found.observedAt !== null, attributes)
  return wrong ? refuse(opened, wrong.code, wrong.zh, wrong.en) : opened
}

type Decoded = Awaited<ReturnType<typeof decodeSheet>>
const filled = (row: readonly string[]) => row.some((cell) => cell.trim() !== '')

/** The visible sheet with rows below a header, else the first with something in it; names where several have them. */
function theSheet(sheets: Decoded, headerOf: (rows: string[][]) => number): { rows: string[][] } | { rows: null; names: string[] } {
  const seen = sheets.filter((one) => !one.hidden && one.rows.some(filled))
  const tables = seen.filter(({ rows }) => {
    const at = headerOf(rows.slice(0, 30))
    return at >= 0 && rows.slice(at + 1).some(filled)
  })
  return tables.length > 1 ? { rows: null, names: tables.slice(0, 8).map((one) => one.name) } : { rows: (tables[0] ?? seen[0])?.rows ?? [] }
}

function asText(rows: readonly string[][]): string {
  return rows.map((row) => `${row.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\n`).join('')
}

async function readWindow(ctx: Context, found: Found, door: Door): Promise<Found> {
  const { tx, institution } = ctx
  const format = found.format as q.Format
  const scope = await scopeOf(ctx, found)
  if (scope?.length === 0) return refuse(found, 'no-longer-allowed', '导入人已没有代人填报的权限，已停止。', 'Whoever made this import may no longer answer for others; it was stopped.')
  const attributes = new Map<string, ImportAttribute>((await listAttributes(tx, institution.id)).map((one) => [one.key, one]))
  const facts = format.columns.filter((column) => column.role === 'fact').length
  const bytes = await q.pieces.readBytes(tx, institution.id, found.importId, found.atByte, windowBytes)
  const ends = found.atByte + bytes.length >= found.bytes
  const records = findRecords(bytes, format.delimiter.charCodeAt(0), ends, Math.max(50, Math.min(rowsAtOnce, Math.floor(factsAtOnce / Math.max(1, facts)))))
  const rows: RowRead[] = []
  records.forEach((record, index) => {
    const rowNo = found.atRow + index + 1
    const text = decodeRecord(bytes.subarray(record.start, record.end), format.encoding)
    const cells = splitRecord(text ?? new TextDecoder(format.encoding).decode(bytes.subarray(record.start, record.end)), format.delimiter).slice(0, 300)
    const row = readRow(rowNo, cells, { columns: format.columns, attributes, observedAt: found.observedAt, timeZone: institution.timeZone })
    if (!row) return
    if (text === null) row.wrong.push({ zh: '这一行有无法识别的字符，文件可能没有传完整', en: 'this row has bytes that are no text; the file may be damaged' })
    if (record.broken) row.wrong.push({ zh: '这一行有一个引号没有配对', en: 'a quotation mark of this row is never closed' })
    rows.push(row)
  })
  const took = await take(ctx, found, rows, await knownOf(ctx, rows, scope), door)
  const counts = { ...found.counts }
  for (const key of Object.keys(counts) as (keyof q.Counts)[]) counts[key] += took.counts[key]
  const room = { bad: mostBad - found.counts.bad, doubt: mostDoubts - found.counts.doubtful }
  await q.insertRows(tx, institution.id, found.importId, [...took.bad.slice(0, Math.max(0, room.bad)), ...took.doubts.slice(0, Math.max(0, room.doubt))])
  const atByte = found.atByte + (records[records.length - 1]?.next ?? bytes.length)
  const finished = atByte >= found.bytes
  const end = found.state === 'checking' ? 'checked' : 'applied'
  return { ...found, atByte, atRow: found.atRow + records.length, counts, state: finished ? end : found.state }
}

/** What the maker reaches now, not when the file was sent. */
function scopeOf(ctx: Context, found: Found): Promise<string[] | null> {
  if (found.madeBy === null) return Promise.resolve(null)
  const maker: Actor = { kind: 'person', personId: found.madeBy, sessionId: null }
  return gatekeeper.scope(ctx.tx, maker, permission, ctx.now)
}

async function knownOf(ctx: Context, rows: readonly RowRead[], scope: string[] | null): Promise<Known> {
  const { tx, institution } = ctx
  const numbers = [...new Set(rows.flatMap((row) => row.number ?? []))]
  const names = [...new Set(rows.flatMap((row) => (row.number === null ? (row.name ?? []) : [])))]
  const people = numbers.length || names.length ? await q.findPeople(tx, institution.id, { numbers, names }, scope) : []
  const byNumber = new Map(people.map((person) => [person.number.toUpperCase(), person]))
  const byName = Map.groupBy(people, (person) => person.name)
  const words = (path: string) => path.split(/[/／>›]/).map((word) => word.trim()).filter(Boolean)
  const wanted = [...new Set(rows.flatMap((row) => (row.unit && row.entries.some((entry) => entry.attribute.subjectKind === 'unit') ? (words(row.unit).at(-1) ?? []) : [])))]
  const units = wanted.length ? await q.findUnitsNamed(tx, institution.id, wanted, scope) : []
  return {
    person: (number) => byNumber.get(number),
    namesakes: (name) => byName.get(name) ?? [],
    unit(path) {
      const [last, ...above] = words(path).toReversed()
      const same = units.filter((unit) => unit.name === last && above.every((word) => unit.above.includes(word)))
      return same.length === 1 ? same[0] : undefined
    },
  }
}

interface Took {
  counts: q.Counts
  bad: q.MarkedRow[]
  doubts: q.MarkedRow[]
}

/** Checks rows and, where the import is being applied, enters the good ones. A row with one wrong cell enters nothing. */
async function take(ctx: Context, found: Found, rows: RowRead[], known: Known, door: Door): Promise<Took> {
  const made = new Map<RowRead, RowFact[]>(rows.map((row) => [row, factsOf(row, known, ctx.institution.id)]))
  await mark(ctx, made)
  const asGiven = (fact: RowFact): Given => ({ ...fact, source: 'import', by: found.madeBy })
  const flat = [...made].flatMap(([row, facts]) => facts.map((fact) => ({ row, fact })))
  const checks = await door.check(ctx, flat.map(({ fact }) => asGiven(fact)))
  checks.forEach((verdict, at) => {
    if (verdict instanceof Problem) flat[at]?.row.wrong.push(plainWords(verdict))
  })
  const good = rows.filter((row) => row.wrong.length === 0)
  const facts = good.flatMap((row) => made.get(row) ?? [])
  const counts: q.Counts = { ...q.noCounts, rows: rows.length, good: good.length, bad: rows.length - good.length, doubtful: good.filter((row) => row.doubts.length).length, facts: facts.length }
  if (found.state === 'applying' && facts.length) {
    const once = [...new Map(facts.map((fact) => [fact.factId, fact])).values()]
    counts.repeated += facts.length - once.length
    for (const verdict of await door.record(ctx, once.map(asGiven))) {
      if (verdict instanceof Problem) throw verdict // it passed the check a moment ago
      counts[verdict.outcome] += 1
    }
  }
  const marked = (row: RowRead, kind: 'bad' | 'doubt'): q.MarkedRow => ({ rowNo: row.rowNo, kind, cells: withoutIdentityNumbers(row.cells.map(storable)), reasons: kind === 'bad' ? row.wrong : row.doubts })
  return { counts, bad: rows.filter((row) => row.wrong.length).map((row) => marked(row, 'bad')), doubts: good.filter((row) => row.doubts.length).map((row) => marked(row, 'doubt')) }
}

const storable = (cell: string) => cell.replaceAll('\u0000', '').toWellFormed().slice(0, 2000)
/** A refusal of one row saves the others: the sentence that nothing was changed does not belong to it. */
const plainWords = (problem: Problem): Bilingual => ({ zh: problem.zh.replace(/。?没有保存任何改动。$/, ''), en: problem.en.replace(/\.? Nothing was changed\.$/, '') })

/** Two values for one moment, within the rows or against what is known; observations from a time that concerns nobody here. */
async function mark(ctx: Context, made: ReadonlyMap<RowRead, RowFact[]>): Promise<void> {
  const { tx, institution } = ctx
  const flat = [...made].flatMap(([row, facts]) => facts.map((fact) => ({ row, fact })))
  const first = new Map<string, { row: RowRead; fact: RowFact }>()
  for (const one of flat) {
    const key = `${one.fact.subjectId} ${one.fact.attribute} ${one.fact.observedAt}`
    const before = first.get(key)
    if (!before) first.set(key, one)
    else if (before.fact.factId !== one.fact.factId) one.row.wrong.push({ zh: `与第 ${before.row.rowNo} 行矛盾：同一人同一时间有两个值`, en: `contradicts row ${before.row.rowNo}: two values for one moment` })
  }
  const against = await q.contradictions(tx, institution.id, flat.map(({ fact }) => fact))
  for (const { row, fact } of flat) if (against.has(fact.factId)) row.wrong.push({ zh: '同一人同一时间已有另一个值；如要更正，请写较晚的观测时间', en: 'another value is known for this very moment; to correct it, give a later time' })
  const periods = await q.periods(tx, institution.id, [...new Set(flat.map(({ fact }) => fact.subjectId))])
  for (const [row, facts] of made) {
    const doubt = facts[0] && lies(facts[0], periods)
    if (doubt) row.doubts.push(doubt)
  }
}
