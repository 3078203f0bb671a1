import { parse } from 'parse5'
import type { DefaultTreeAdapterTypes } from 'parse5'
import { limits, RosterRefused } from './refusal.ts'
import type { Sheet } from './refusal.ts'

type Node = DefaultTreeAdapterTypes.ChildNode
type Element = DefaultTreeAdapterTypes.Element

/**
 * Tables of a web page. Many student systems export a page under the name of .xls; Excel opens it without a word, so people
 * cannot know. Only tables with rows and columns count; layout and scripts are left aside. Runs in a worker.
 */
export function readWebPage(text: string, name: string): Sheet[] {
  const tables: Element[] = []
  const open: Node[] = [...parse(text).childNodes].toReversed()
  for (let node = open.pop(); node; node = open.pop()) {
    if (!('tagName' in node)) continue
    if (node.tagName === 'table') tables.push(node)
    open.push(...node.childNodes.toReversed())
  }
  const budget = { cells: 0, chars: 0 }
  const sheets = tables.map((table) => rowsOf(table, budget)).filter((rows) => rows.length > 1 && rows.some((row) => row.length > 1))
  return sheets.map((rows, index) => ({ name: sheets.length > 1 ? `${name} ${index + 1}` : name, rows }))
}

function rowsOf(table: Element, budget: { cells: number; chars: number }): string[][] {
  const lines = table.childNodes.flatMap((part) => ('tagName' in part ? (part.tagName === 'tr' ? [part] : elements(part, 'tr')) : []))
  const rows: string[][] = lines.map(() => [])
  lines.forEach((line, r) => {
    let column = 0
    for (const cell of line.childNodes) {
      if (!('tagName' in cell) || (cell.tagName !== 'td' && cell.tagName !== 'th')) continue
      while (rows[r]?.[column] !== undefined) column += 1
      const text = textOf(cell)
      const [wide, high] = [span(cell, 'colspan'), span(cell, 'rowspan')]
      for (let down = 0; down < Math.min(high, lines.length - r); down += 1) {
        for (let across = 0; across < wide; across += 1) put(rows[r + down] ?? [], column + across, text, budget)
      }
      column += wide
    }
    if (r >= limits.rows) throw tooBig()
  })
  return rows.map((row) => Array.from(row, (cell) => cell ?? ''))
}

function put(row: string[], column: number, text: string, budget: { cells: number; chars: number }): void {
  budget.cells += 1
  budget.chars += text.length
  if (column >= limits.columns || budget.cells > limits.cells || budget.chars > limits.totalChars || text.length > limits.cellChars) throw tooBig()
  row[column] = text
}

function elements(parent: Element, tag: string): Element[] {
  return parent.childNodes.filter((node): node is Element => 'tagName' in node && node.tagName === tag)
}

function span(cell: Element, name: string): number {
  const value = Number(cell.attrs.find((attribute) => attribute.name === name)?.value ?? 1)
  return Number.isInteger(value) && value > 1 ? Math.min(value, limits.rows) : 1
}

function textOf(cell: Element): string {
  let text = ''
  const open: Node[] = [...cell.childNodes].toReversed()
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.nodeName === '#text' && 'value' in node) text += node.value
    else if (node.nodeName === 'br') text += ' '
    else if ('tagName' in node && !/^(table|script|style)$/.test(node.tagName)) open.push(...node.childNodes.toReversed())
  }
  return text.replace(/\s+/g, ' ').trim()
}

function tooBig(): RosterRefused {
  return new RosterRefused('too-big', '网页里的表格太大，不像名册。', 'The table in the web page is too large; this is no roster.')
}
