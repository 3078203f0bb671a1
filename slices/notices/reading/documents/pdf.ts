/** Text out of a PDF that has text: lines put together from where they stand on the page, wrapped lines joined again. */
import { getDocumentProxy } from 'unpdf'
import { LIMITS } from './limits.ts'
import { refuse } from './refusals.ts'

type Piece = { text: string; x: number; y: number; width: number; size: number }
/** `row`: with gaps in it that only cells of a table have. */
type PageLine = { text: string; x: number; right: number; y: number; size: number; row: boolean }

function piecesOf(items: readonly unknown[]): Piece[] {
  const out: Piece[] = []
  for (const item of items) {
    if (typeof item !== 'object' || item === null || !('str' in item) || typeof item.str !== 'string' || item.str === '') continue
    const matrix = 'transform' in item && Array.isArray(item.transform) ? item.transform : []
    const width = 'width' in item && typeof item.width === 'number' ? item.width : 0
    out.push({ text: item.str, x: Number(matrix[4] ?? 0), y: Number(matrix[5] ?? 0), width, size: Math.hypot(Number(matrix[2] ?? 0), Number(matrix[3] ?? 12)) || 12 })
  }
  return out
}

/** Lines of a page, top to bottom. */
function linesOf(pieces: readonly Piece[]): PageLine[] {
  const lines: { y: number; size: number; pieces: Piece[] }[] = []
  for (const piece of pieces) {
    const near = lines.slice(-4).find((line) => Math.abs(line.y - piece.y) <= Math.max(line.size, piece.size) * 0.5)
    if (near) near.pieces.push(piece)
    else lines.push({ y: piece.y, size: piece.size, pieces: [piece] })
  }
  return lines.map((line) => {
    const sorted = [...line.pieces].toSorted((a, b) => a.x - b.x)
    let text = ''
    let right = sorted[0]?.x ?? 0
    let row = false
    let inked = right
    for (const piece of sorted) {
      if (piece.text.trim() !== '') {
        row ||= inked !== sorted[0]?.x && piece.x - inked > line.size * 2
        inked = piece.x + piece.width
      }
      if (piece.x - right > line.size * 0.8 && text !== '') text += ' '
      text += piece.text
      right = piece.x + piece.width
    }
    return { text: text.trimEnd(), x: sorted[0]?.x ?? 0, right, y: line.y, size: line.size, row }
  }).filter((line) => line.text.trim() !== '').toSorted((a, b) => b.y - a.y)
}

/**
 * A page in two columns, where lines of running text fill both halves and next to none goes across: the left one first. What goes across, a heading
 * between them, parts them. A table has short cells and stays in its rows.
 */
function columnsOf(lines: readonly PageLine[]): PageLine[][] {
  const left = Math.min(...lines.map((line) => line.x))
  const right = Math.max(...lines.map((line) => line.right))
  const middle = (left + right) / 2
  const sides = lines.map((line) => (line.right <= middle ? 'left' : line.x >= middle ? 'right' : 'across'))
  const full = (side: 'left' | 'right') => lines.filter((line, at) => sides[at] === side && line.right - line.x > (right - left) * 0.36).length
  if (full('left') < 5 || full('right') < 3 || sides.filter((side) => side === 'across').length > lines.length * 0.2) return [[...lines]]
  const blocks: PageLine[][] = []
  let halves: { left: PageLine[]; right: PageLine[] } = { left: [], right: [] }
  const close = () => {
    blocks.push(...[halves.left, halves.right].filter((half) => half.length > 0))
    halves = { left: [], right: [] }
  }
  lines.forEach((line, at) => {
    const side = sides[at]
    if (side === 'left' || side === 'right') halves[side].push(line)
    else {
      close()
      blocks.push([line])
    }
  })
  close()
  return blocks
}

const median = (values: number[]): number => [...values].toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** A line carries on the one before it when that one reached the right margin and this one begins at the left. */
function joinPage(lines: readonly PageLine[]): string[] {
  if (lines.length === 0) return []
  const left = Math.min(...lines.map((line) => line.x))
  const right = Math.max(...lines.map((line) => line.right))
  const size = median(lines.map((line) => line.size)) || 12
  const out: string[] = []
  let previous: PageLine | null = null
  for (const line of lines) {
    const begins = /^[\s\u3000]*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.．](?!\d)|第[一二三四五六七八九十]{1,3}[条章])/.test(line.text)
    const joins = previous !== null && !begins && !previous.row && !line.row && previous.right >= right - size * 2.2 && line.x <= left + size * 0.9 && Math.abs(previous.size - line.size) < size * 0.2 && right - left > size * 8
    if (joins) out[out.length - 1] += line.text.trimStart()
    else {
      if (previous !== null && previous.y - line.y > size * 3.2) out.push('')
      out.push(line.text)
    }
    previous = line
  }
  return out
}

/** The text of a PDF; refuses scans, over-long and broken ones. */
export async function readPdf(bytes: Uint8Array): Promise<string> {
  let pdf: Awaited<ReturnType<typeof getDocumentProxy>>
  try {
    pdf = await getDocumentProxy(new Uint8Array(bytes), { disableFontFace: true, useSystemFonts: false, verbosity: 0 })
  } catch (problem) {
    throw refuse(problem instanceof Error && /password/i.test(`${problem.name} ${problem.message}`) ? 'protected' : 'broken-pdf')
  }
  if (pdf.numPages > LIMITS.pdfPages) throw refuse('pdf-too-long')
  const pages: string[][] = []
  let length = 0
  for (let n = 1; n <= pdf.numPages; n++) {
    let items: readonly unknown[]
    try {
      const page = await pdf.getPage(n)
      items = (await page.getTextContent()).items
      page.cleanup()
    } catch {
      throw refuse('broken-pdf')
    }
    const lines = columnsOf(linesOf(piecesOf(items))).flatMap(joinPage)
    length += lines.reduce((sum, line) => sum + line.length, 0)
    if (length > LIMITS.textChars) throw refuse('text-too-long')
    pages.push(lines)
  }
  const text = pages.map((lines) => lines.join('\n')).join('\n')
  const letters = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0
  if (letters < 10 * Math.min(3, pdf.numPages)) throw refuse('scanned-pdf')
  const strange = text.match(/[\ufffd\ue000-\uf8ff\u0000-\u0008]/g)?.length ?? 0
  if (strange > letters * 0.3) throw refuse('garbled-pdf')
  return joinPages(pages)
}

/** Pages one after the other without page numbers; a sentence that runs over the page end is joined. */
function joinPages(all: readonly string[][]): string {
  let out = ''
  const pages = withoutRunning(all)
  for (const page of pages) {
    const lines = page.filter((line, i) => !(/^[\s\-—–·]*\d{1,3}[\s\-—–·]*$/.test(line) && (i === 0 || i >= page.length - 2)))
    if (out !== '') out += /[\p{Script=Han}，、,]$/u.test(out) && lines[0] !== undefined && /^\p{Script=Han}/u.test(lines[0]) && !/^[一二三四五六七八九十]{1,3}、/.test(lines[0]) && (out.split('\n').at(-1)?.length ?? 0) > 20 ? '' : '\n'
    out += lines.join('\n')
  }
  return out
}

/** Heads and feet that stand on every page, whatever the number of the page in them. */
function withoutRunning(pages: readonly string[][]): readonly string[][] {
  if (pages.length < 3) return pages
  const plain = (line: string | undefined) => (line ?? '').replace(/\d+/g, '').replace(/\s/g, '')
  const isSame = (at: 0 | -1) => pages.every((page) => plain(page.at(at)) !== '' && plain(page.at(at)) === plain(pages[0]?.at(at)))
  const [head, foot] = [isSame(0), isSame(-1)]
  return pages.map((page) => page.slice(head ? 1 : 0, foot ? -1 : undefined))
}
