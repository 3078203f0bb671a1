import { cleanText } from './clean.ts'
import type { Cell, Column } from './types.ts'

// What starts a formula in a spreadsheet program, also in full width, in small forms, as a minus sign, and after blanks.
const formula = /^[\s\p{Z}\p{Cf}]*[=+\-@＝＋－＠﹦﹢﹣﹫−|]/u

/** A text that no spreadsheet program takes for a formula: it gets an apostrophe in front where it would be. */
export function inert(text: string): string {
  // Control characters in front are judged before they are removed: some programs skip them.
  const clean = cleanText(text)
  return formula.test(text) || formula.test(clean) || /^[\t\r\n]/u.test(text) ? `'${clean}` : clean
}

function field(cell: Cell): string {
  const value = typeof cell === 'object' && cell !== null ? cell.value : cell
  if (value === null) return ''
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  return `"${inert(value).replaceAll('"', '""')}"`
}

/** A table as CSV: UTF-8 with the mark that Excel needs to see it, every text in quotes and never a formula. */
export function toCsv(columns: readonly (string | Column)[], rows: readonly (readonly Cell[])[]): string {
  const header = columns.map((column) => field(typeof column === 'string' ? column : column.title))
  const lines = rows.map((row) => columns.map((_, index) => field(row[index] ?? null)))
  return `\ufeff${[header, ...lines].map((line) => `${line.join(',')}\r\n`).join('')}`
}
