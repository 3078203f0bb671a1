import { buildFont } from './fonts.ts'
import type { PdfFace } from './fonts.ts'
import { breakLines } from './lines.ts'
import type { Style } from './lines.ts'
import { letterheadSize, squares } from './measure.ts'
import { outlineOf } from './outline.ts'
import type { Item, Outline } from './outline.ts'
import { area, lineHeight, Pages, points, red } from './pdf-page.ts'
import { drawTable, spansOf } from './pdf-table.ts'
import type { BriefContent } from './types.ts'

const size = 16
/** 28 squares to the line, as in the Word document. */
const tracking = area.width / 28 - size

/** All text of the outline by the face that sets it, so that each font holds just its characters. */
function textsOf(outline: Outline): Record<PdfFace, string[]> {
  const texts: Record<PdfFace, string[]> = { song: ['0123456789[]— '], bold: [], hei: [outline.words.drillBanner, outline.words.drillMark] }
  for (const item of outline.items) {
    if (item.kind === 'letterhead') texts.bold.push(item.text)
    else if (item.kind === 'title') texts.bold.push(...item.lines)
    else if (item.kind === 'heading') texts[item.level === 1 ? 'hei' : 'bold'].push(item.text)
    else if (item.kind === 'attachment') texts.hei.push(item.label)
    else if (item.kind === 'masthead') texts.song.push(item.left, item.right)
    else if (item.kind === 'copyTo') texts.song.push(item.label, item.names, item.unit, item.printed)
    else if (item.kind === 'paragraph') texts.song.push(...item.pieces.map((piece) => piece.text))
    else if (item.kind === 'table') {
      texts.hei.push(item.caption, ...item.columns.map((column) => column.title))
      texts.song.push(item.note ?? '', ...item.rows.flat().map((piece) => piece.text))
    } else texts.song.push(item.text)
  }
  return texts
}

/** @param keep room for what must not go to another page than the end of this paragraph. */
function draw(pages: Pages, item: Item, body: Style, keep: number): void {
  const at = (style: Style, text: string) => [{ text, style }]
  switch (item.kind) {
    case 'letterhead': {
      const large = letterheadSize(item.text)
      // 35 mm under the upper edge of the type area.
      pages.y += points(35)
      pages.paragraph(at({ face: 'bold', size: large, color: red }, item.text), { alignment: 'center', height: large * 1.3 })
      pages.y += 18
      break
    }
    case 'numberLine':
      pages.y += lineHeight
      pages.paragraph(at(body, item.text), { alignment: 'center' })
      break
    case 'masthead': {
      const style: Style = { face: 'song', size: 14 }
      const fits = pages.measure(item.left + item.right, style) + 28 <= area.width
      pages.paragraph(at(style, item.left), { alignment: 'left' })
      if (fits) pages.y -= lineHeight
      pages.paragraph(at(style, item.right), { alignment: 'right' })
      pages.y += 4
      pages.rule(pages.y, 1.5, red)
      pages.y += 4
      break
    }
    case 'title':
      pages.y += lineHeight
      for (const line of item.lines) pages.paragraph(at({ face: 'bold', size: 22 }, line), { alignment: 'center', height: 34 })
      pages.y += lineHeight
      break
    case 'addressee':
      pages.paragraph(at(body, item.text), { alignment: 'left' })
      break
    case 'heading': {
      // A heading does not stand alone at the foot of a page.
      pages.ensure(lineHeight * 3 + keep)
      pages.doc.outline.addItem(item.text)
      pages.paragraph(at({ ...body, face: item.level === 1 ? 'hei' : 'bold' }, item.text), { indent: size * 2, alignment: 'left' })
      break
    }
    case 'paragraph':
      pages.paragraph(spansOf(item.pieces, body), { indent: size * 2, keep })
      break
    case 'table':
      pages.y += 6
      if (item.caption !== '') {
        pages.ensure(lineHeight * 4)
        pages.paragraph(at({ face: 'hei', size: 14 }, item.caption), { alignment: 'center' })
      }
      drawTable(pages, item)
      pages.y += 4
      if (item.note !== undefined) pages.paragraph(at({ face: 'song', size: 12 }, item.note), { height: 18, alignment: 'left' })
      if (!pages.isFresh) pages.y += 10
      break
    case 'attachmentNote':
      if (keep === 0 || pages.y + lineHeight * 2 + keep <= pages.bottom) pages.y += lineHeight
      pages.paragraph(at(body, item.text), { indent: size * 2, keep })
      break
    case 'signature':
      // Two lines are left free above it, fewer where the page has no more: it must not stand on a page without text.
      for (let free = 2; free > 0 && !pages.isFresh; free--) if (pages.y + lineHeight * (free + 2) <= pages.bottom + 0.5) { pages.y += lineHeight * free; break }
      pages.ensure(lineHeight * 2)
      pages.paragraph(at(body, item.text), { alignment: 'right', right: item.right * size })
      break
    case 'date':
      pages.paragraph(at(body, item.text), { alignment: 'right', right: item.right * size })
      break
    case 'attachment':
      pages.add()
      pages.doc.outline.addItem(item.label)
      pages.paragraph(at({ ...body, face: 'hei' }, item.label), { alignment: 'left' })
      break
    case 'copyTo':
      drawCopyTo(pages, item)
      break
  }
}

/** The record at the foot of the last page (版记). */
function drawCopyTo(pages: Pages, item: Extract<Item, { kind: 'copyTo' }>): void {
  const style: Style = { face: 'song', size: 14 }
  const labelWidth = pages.measure(item.label, style)
  const [height, edge] = [22, 14]
  const lines = breakLines([{ text: item.names, style }], pages.measure, area.width - 2 * edge - labelWidth)
  const whole = (lines.length + 1) * height + 16
  pages.ensure(whole + lineHeight / 2)
  pages.y = Math.max(pages.y, pages.bottom - whole)
  pages.rule(pages.y, 1, '#000000')
  pages.y += 4
  pages.write(item.label, area.left + edge, pages.y + 16, style)
  for (const line of lines) {
    pages.ensure(height)
    pages.drawLine(line, area.left + edge + labelWidth, area.width - 2 * edge - labelWidth, pages.y + 16, 'justify')
    pages.y += height
  }
  pages.y += 4
  pages.rule(pages.y, 0.7, '#000000')
  pages.y += 4
  pages.write(item.unit, area.left + edge, pages.y + 16, style)
  if (squares(item.unit + item.printed) > 28) pages.y += height
  pages.write(item.printed, area.left + area.width - edge - pages.measure(item.printed, style), pages.y + 16, style)
  pages.y += height + 4
  pages.rule(pages.y, 1, '#000000')
}

/**
 * The brief as a PDF with the page elements of GB/T 9704-2012. Fonts are embedded, so that it looks and copies the same on a machine
 * without Chinese fonts; a character that no font can draw shows as 〓 and still copies as itself.
 */
export async function toPdf(content: BriefContent): Promise<Uint8Array> {
  const outline = outlineOf(content)
  const texts = textsOf(outline)
  const [song, bold, hei] = await Promise.all([buildFont('song', texts.song), buildFont('bold', texts.bold), buildFont('hei', texts.hei)])
  const pages = new Pages(outline, { song, bold, hei })
  const body: Style = { face: 'song', size, tracking: outline.words.language === 'en' ? 0 : tracking }
  const keepAfter = (index: number): number => {
    const next = outline.items[index + 1]?.kind
    return next === 'signature' ? lineHeight * 2 : next === 'attachmentNote' ? lineHeight * 3 : 0
  }
  // A heading goes where its paragraph or its table goes.
  const keepOf = (item: Item, index: number) => (item.kind !== 'heading' ? keepAfter(index) : outline.items[index + 1]?.kind === 'table' ? lineHeight * 3 : keepAfter(index + 1))
  for (const [index, item] of outline.items.entries()) draw(pages, item, body, keepOf(item, index))
  return pages.finish()
}
