/** Text and tables out of HTML: a saved web page, or what mammoth makes of a .docx. */
import { parse } from 'parse5'
import type { DefaultTreeAdapterTypes } from 'parse5'
import { LIMITS } from './limits.ts'

export type Table = { offset: number; rows: string[][] }
/** What of a document was left out, or taken in one way of several. */
export type Note = 'tracked' | 'comments' | 'hidden'
export type Flow = { text: string; tables: Table[]; notes?: Note[] }

type Node = DefaultTreeAdapterTypes.Node
type Element = DefaultTreeAdapterTypes.Element

const SKIP = new Set(['script', 'style', 'noscript', 'template', 'iframe', 'svg', 'canvas', 'object', 'head', 'nav', 'button', 'select', 'input', 'textarea', 'audio', 'video', 'map', 'math'])
const BLOCK = new Set(['p', 'div', 'section', 'article', 'header', 'footer', 'main', 'aside', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'table', 'tr', 'blockquote', 'pre', 'form', 'fieldset', 'dl', 'dt', 'dd', 'hr', 'center', 'tbody', 'thead', 'figure', 'figcaption', 'address', 'body', 'td', 'th'])
const MAX_DEPTH = 400

const isElement = (node: Node): node is Element => 'tagName' in node
const children = (node: Node): Node[] => ('childNodes' in node ? node.childNodes : [])
const attribute = (element: Element, name: string): string => element.attrs.find((entry) => entry.name === name)?.value ?? ''

function isHidden(element: Element): boolean {
  return /display\s*:\s*none|visibility\s*:\s*hidden/i.test(attribute(element, 'style')) || element.attrs.some((entry) => entry.name === 'hidden')
}

class Writer {
  readonly tables: Table[] = []
  private parts: string[] = []
  private length = 0
  private fresh = true

  get full(): boolean { return this.length > LIMITS.textChars }
  get offset(): number { return this.length }

  write(text: string): void {
    if (text === '' || this.full) return
    this.parts.push(text)
    this.length += text.length
    this.fresh = text.endsWith('\n')
  }

  breakLine(): void { if (!this.fresh) this.write('\n') }
  text(): string { return this.parts.join('') }
}

/** Text of a document with one line per block, tables written as lines of cells with tabs between them. */
export function flowOf(html: string): Flow {
  const writer = new Writer()
  walk(parse(html), writer, 0, { ordered: [] })
  return { text: writer.text().replace(/[ \u00a0]+\n/g, (blank) => blank.replace(/[^\n]/g, ' ')), tables: writer.tables }
}

type Context = { ordered: { next: number }[] }

function walk(node: Node, writer: Writer, depth: number, context: Context): void {
  if (writer.full || depth > MAX_DEPTH) return
  if (node.nodeName === '#text' && 'value' in node) {
    writer.write(node.value.replace(/[\r\n\t]+/g, ' '))
    return
  }
  if (isElement(node)) {
    const tag = node.tagName
    if (SKIP.has(tag) || isHidden(node)) return
    if (tag === 'br') { writer.write('\n'); return }
    if (tag === 'table') {
      const rows = dataRows(node)
      if (rows) { writeTable(rows, writer); return }
    }
    const block = BLOCK.has(tag)
    if (block) writer.breakLine()
    if (tag === 'ol') context.ordered.push({ next: Number(attribute(node, 'start')) || 1 })
    if (tag === 'li' && isElement(node) && node.parentNode && isElement(node.parentNode) && node.parentNode.tagName === 'ol') {
      const list = context.ordered[context.ordered.length - 1]
      if (list) writer.write(`${list.next++}.`)
    }
    for (const child of children(node)) walk(child, writer, depth + 1, context)
    if (tag === 'ol') context.ordered.pop()
    if (block) writer.breakLine()
    return
  }
  for (const child of children(node)) walk(child, writer, depth + 1, context)
}

function plain(node: Node, depth: number): string {
  if (depth > MAX_DEPTH) return ''
  if (node.nodeName === '#text' && 'value' in node) return node.value
  if (isElement(node) && (SKIP.has(node.tagName) || isHidden(node))) return ''
  if (isElement(node) && node.tagName === 'br') return ' '
  return children(node).map((child) => plain(child, depth + 1)).join('')
}

/** Rows of a table of data; null for a table that only lays out the page. */
function dataRows(table: Element): string[][] | null {
  const rows: string[][] = []
  let cells = 0
  const visit = (node: Node, depth: number): boolean => {
    for (const child of children(node)) {
      if (!isElement(child)) continue
      if (child.tagName === 'table' || depth > 40) return false
      if (child.tagName === 'tr') {
        const row: string[] = []
        for (const cell of children(child)) {
          if (!isElement(cell) || (cell.tagName !== 'td' && cell.tagName !== 'th')) continue
          if (hasTable(cell, 0)) return false
          row.push(plain(cell, 0).replace(/\s+/g, ' ').trim())
          if (++cells > 20_000) return false
        }
        rows.push(row)
      } else if (!visit(child, depth + 1)) return false
    }
    return true
  }
  if (!visit(table, 0)) return null
  const filled = rows.filter((row) => row.some((cell) => cell !== ''))
  const wide = filled.filter((row) => row.length >= 2)
  const long = filled.flat().filter((cell) => cell.length > 120).length
  return filled.length >= 2 && wide.length >= filled.length * 0.6 && long === 0 ? filled : null
}

function hasTable(node: Node, depth: number): boolean {
  if (depth > 60) return true
  return children(node).some((child) => (isElement(child) && child.tagName === 'table') || hasTable(child, depth + 1))
}

function writeTable(rows: string[][], writer: Writer): void {
  writer.breakLine()
  writer.tables.push({ offset: writer.offset, rows })
  for (const row of rows) {
    writer.write(row.join('\t'))
    writer.breakLine()
    if (row.every((cell) => cell === '')) writer.write('\n')
  }
}

/** The character set a page declares in its first kilobytes. */
export function declaredCharset(bytes: Uint8Array): string | null {
  const head = String.fromCharCode(...bytes.subarray(0, 4096))
  return /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,20})/i.exec(head)?.[1] ?? /^<\?xml[^>]{0,100}?encoding=["']([\w-]{2,20})/i.exec(head)?.[1] ?? null
}
