import { breakLines } from './lines.ts'
import type { Line, Span, Style } from './lines.ts'
import type { Piece, TableItem } from './outline.ts'
import { area } from './pdf-page.ts'
import type { Pages } from './pdf-page.ts'

const padding = 4

/** Text with the raised numbers of its figures; each leads to its line in the list of sources. */
export function spansOf(pieces: Piece[], style: Style): Span[] {
  return pieces.flatMap((piece): Span[] => {
    const text: Span = { text: piece.text, style }
    if (piece.mark === undefined) return [text]
    const raised: Style = { face: style.face, size: style.size * 0.6, rise: style.size * 0.36, leadsTo: `source_${piece.mark}` }
    return [text, { text: `[${piece.mark}]`, style: raised }]
  })
}

interface SetRow {
  cells: Line[][]
  lines: number
}

/** A table that goes on over pages, its header repeated on each; only a row longer than a page is divided. */
export function drawTable(pages: Pages, item: TableItem): void {
  const widths = item.columns.map((column) => column.share * area.width)
  const height = item.size * 1.4
  const set = (rowPieces: Piece[], style: Style): SetRow => {
    const cells = item.columns.map((_, index) => breakLines(spansOf([rowPieces[index] ?? { text: '' }], style), pages.measure, (widths[index] ?? 0) - 2 * padding))
    return { cells, lines: Math.max(...cells.map((lines) => lines.length)) }
  }
  const header = set(item.columns.map((column) => ({ text: column.title })), { face: 'hei', size: item.size })
  const heightOf = (row: SetRow) => row.lines * height + padding * 1.6
  const draw = (row: SetRow, isHeader: boolean) => {
    const rowHeight = heightOf(row)
    const { doc } = pages
    let x = area.left
    for (const [index, width] of widths.entries()) {
      doc.save().lineWidth(0.5)
      if (isHeader) doc.rect(x, pages.y, width, rowHeight).fillAndStroke('#ededed', '#000000')
      else doc.rect(x, pages.y, width, rowHeight).stroke('#000000')
      doc.restore()
      const lines = row.cells[index] ?? []
      const top = pages.y + (rowHeight - lines.length * height) / 2
      const alignment = isHeader ? 'center' : (item.columns[index]?.align ?? 'left')
      for (const [number, line] of lines.entries()) {
        pages.drawLine(line, x + padding, width - 2 * padding, top + number * height + (height - item.size) / 2 + item.size * 0.86, alignment)
      }
      x += width
    }
    pages.y += rowHeight
  }
  const style: Style = { face: 'song', size: item.size }
  const first = item.rows[0] ? heightOf(set(item.rows[0], style)) : 0
  pages.ensure(heightOf(header) + Math.min(first, area.height / 3))
  draw(header, true)
  const newPage = () => {
    pages.add()
    draw(header, true)
  }
  for (const pieces of item.rows) {
    let row = set(pieces, style)
    const fits = () => pages.y + heightOf(row) <= pages.bottom + 0.5
    if (!fits() && heightOf(row) <= area.height - heightOf(header)) newPage()
    if (item.isSources) pages.doc.addNamedDestination(`source_${pieces[0]?.text ?? ''}`, 'XYZ', null, pages.y, null)
    while (!fits()) {
      const room = Math.floor((pages.bottom - pages.y - padding * 1.6) / height)
      if (room >= 1) {
        const part = { cells: row.cells.map((lines) => lines.slice(0, room)), lines: room }
        draw(part, false)
        row = { cells: row.cells.map((lines) => lines.slice(room)), lines: row.lines - room }
      }
      newPage()
    }
    draw(row, false)
  }
}
