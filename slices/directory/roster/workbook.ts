import { createRequire } from 'node:module'
import type { CellObject, ParsingOptions, Range, WorkBook } from '@e965/xlsx'
import { limits, RosterRefused } from './refusal.ts'
import type { Sheet } from './refusal.ts'
import { brokenWorkbook, isProtected } from './zip.ts'

// The CommonJS build also loads the tables of old code pages, which old .xls files need.
const xlsx = createRequire(import.meta.url)('@e965/xlsx') as {
  read(data: Uint8Array, options: ParsingOptions): WorkBook
  SSF: {
    is_date(format: string): boolean
    parse_date_code(value: number, options: { date1904: boolean }): { y: number; m: number; d: number; H: number; M: number } | null
  }
}

type Grid = (CellObject | undefined)[][]

/** Reads a workbook (.xlsx already unpacked and checked, or .xls) into plain tables of texts. Runs in a worker. */
export function readWorkbook(bytes: Uint8Array): Sheet[] {
  let book: WorkBook
  try {
    book = xlsx.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { type: 'buffer', dense: true, cellNF: true, cellFormula: false, cellHTML: false, cellText: false, cellStyles: true, bookVBA: true })
  } catch (problem) {
    throw /password|encrypt/i.test(String(problem)) ? isProtected() : brokenWorkbook(problem)
  }
  if (book.vbaraw) {
    throw new RosterRefused(
      'macros',
      '工作簿含有宏，出于安全不予打开。请另存为不含宏的 .xlsx 后再试。',
      'The workbook contains macros and is not opened, for safety. Save it as .xlsx without macros.',
    )
  }
  if (book.SheetNames.length > limits.sheets) throw tooBig(`工作表超过 ${limits.sheets} 张`, `There are more than ${limits.sheets} sheets`)
  const budget = { cells: 0, chars: 0 }
  const unreckoned = isUncomputed(bytes)
  const date1904 = book.Workbook?.WBProps?.date1904 === true
  return book.SheetNames.map((name, index) => {
    const sheet = book.Sheets[name]
    const grid = (sheet?.['!data'] ?? []) as Grid
    const rows = textsOf(grid, name, date1904, budget)
    fillMerges(rows, sheet?.['!merges'] ?? [], budget)
    const hidden = (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) > 0
    const hiddenRows = (sheet?.['!rows'] ?? []).reduce((sum, row, at) => sum + (row?.hidden && rows[at]?.length ? 1 : 0), 0)
    const hiddenColumns = (sheet?.['!cols'] ?? []).flatMap((column, at) => (column?.hidden && rows.some((row) => row[at]) ? [at] : []))
    return { name, rows, ...(hidden ? { hidden } : {}), ...(hiddenRows ? { hiddenRows } : {}), ...(hiddenColumns.length ? { hiddenColumns } : {}), ...(unreckoned ? { uncomputed: true } : {}) }
  })
}

/** Programs write formulas and leave the results to the spreadsheet that opens them. A result that is an empty text says so: t="str". */
function isUncomputed(bytes: Uint8Array): boolean {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = content.indexOf('</f>'); at >= 0; at = content.indexOf('</f>', at + 4)) {
    if (!/^(<v><\/v>|<v ?\/>)?<\/c>/.test(content.toString('latin1', at + 4, at + 20))) continue
    const cell = content.toString('latin1', Math.max(0, at - 2000), at)
    if (!/ t="str"/.test(cell.slice(cell.lastIndexOf('<c '), cell.lastIndexOf('<f')))) return true
  }
  return false
}

function textsOf(grid: Grid, name: string, date1904: boolean, budget: { cells: number; chars: number }): string[][] {
  const rows: string[][] = []
  grid.forEach((cells, r) => {
    const row: string[] = []
    cells?.forEach((cell, c) => {
      const text = cell ? textOf(cell, date1904) : ''
      if (text === '' || (r >= limits.rows || c >= limits.columns) && text.trim() === '') return
      if (r >= limits.rows) throw tooBig(`工作表“${name}”第 ${r + 1} 行还有内容，超过 ${limits.rows} 行`, `Sheet "${name}" has content in row ${r + 1}, beyond ${limits.rows} rows`)
      if (c >= limits.columns) throw tooBig(`工作表“${name}”第 ${c + 1} 列还有内容，超过 ${limits.columns} 列`, `Sheet "${name}" has content in column ${c + 1}, beyond ${limits.columns} columns`)
      if (text.length > limits.cellChars) throw tooBig(`工作表“${name}”第 ${r + 1} 行有一格超过 ${limits.cellChars} 个字`, `Sheet "${name}", row ${r + 1} has a cell of more than ${limits.cellChars} characters`)
      budget.cells += 1
      budget.chars += text.length
      if (budget.cells > limits.cells || budget.chars > limits.totalChars) throw tooBig('内容过多', 'There is too much in it')
      while (row.length < c) row.push('')
      row[c] = text
    })
    while (rows.length < r) rows.push([])
    rows[r] = row
  })
  while (rows.length > 0 && rows.at(-1)?.length === 0) rows.pop()
  return rows
}

/** The value, not its display: a width of column must not turn a student number into 2.1E+10. */
function textOf(cell: CellObject, date1904: boolean): string {
  const { t, v } = cell
  if (v === undefined || v === null || t === 'z') return ''
  if (t === 'b') return v === true ? 'TRUE' : 'FALSE'
  if (t === 'e') return '#N/A'
  if (typeof v !== 'number') return String(v)
  const format = typeof cell.z === 'string' ? cell.z : ''
  if (format && xlsx.SSF.is_date(format)) {
    const date = xlsx.SSF.parse_date_code(v, { date1904 })
    if (date && date.y > 0) return dateText(date, v)
  }
  // A spreadsheet keeps 15 digits. Beyond, say so by the form, as the spreadsheet itself would.
  if (Math.abs(v) >= 1e15) return v.toExponential().toUpperCase()
  const plain = String(v)
  return /^0+$/.test(format) ? plain.padStart(format.length, '0') : plain
}

function dateText(date: { y: number; m: number; d: number; H: number; M: number }, value: number): string {
  const two = (n: number): string => String(n).padStart(2, '0')
  const day = `${date.y}-${two(date.m)}-${two(date.d)}`
  return Number.isInteger(value) ? day : `${day} ${two(date.H)}:${two(date.M)}`
}

/** What one sees in a merged area belongs to all its cells: a class name merged down thirty rows is thirty people's class. */
function fillMerges(rows: string[][], merges: readonly Range[], budget: { cells: number }): void {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0)
  for (const { s, e } of merges) {
    const text = rows[s.r]?.[s.c]
    if (!text) continue
    for (let r = s.r; r <= Math.min(e.r, rows.length - 1); r += 1) {
      const row = rows[r] ?? []
      for (let c = s.c; c <= Math.min(e.c, width - 1); c += 1) {
        while (row.length < c) row.push('')
        if (row[c]) continue
        row[c] = text
        budget.cells += 1
        if (budget.cells > limits.cells) throw tooBig('合并单元格过多', 'There are too many merged cells')
      }
    }
  }
}

function tooBig(zh: string, en: string): RosterRefused {
  return new RosterRefused('too-big', `${zh}，不像名册。请整理后再试。`, `${en}; this is no roster. Tidy it and try again.`)
}
