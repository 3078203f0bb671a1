import { AlignmentType, BorderStyle, Document, Footer, Header, HeadingLevel, Packer, PageNumber, Paragraph, Tab, TabStopType, Table, TextRun } from 'docx'
import type { IParagraphOptions } from 'docx'
import { TextWatermark } from 'docx/watermarks'
import type { Language } from '#kernel/words.ts'
import { bodyStyle, exactly, languageTags, lineTwips, mm, page, red, square, textStyle, twips, typeArea } from './docx-style.ts'
import { copyToOf, runsOf, tableOf } from './docx-table.ts'
import { letterheadSize, squares } from './measure.ts'
import { outlineOf } from './outline.ts'
import type { Item, Outline } from './outline.ts'
import type { BriefContent } from './types.ts'

const body = exactly(lineTwips)
const blankLine = (language: Language, keepNext = false) => new Paragraph({ spacing: body, keepNext, children: [new TextRun({ ...bodyStyle(language), text: '' })] })

/** @param closing the signature follows: it must not stand on a page without text. */
function blocksOf(item: Item, language: Language, closing: boolean): (Paragraph | Table)[] {
  const text = (value: string) => new TextRun({ ...bodyStyle(language), text: value })
  const paragraph = (options: IParagraphOptions) => new Paragraph({ spacing: body, ...options })
  switch (item.kind) {
    case 'letterhead': {
      const size = letterheadSize(item.text)
      const run = new TextRun({ ...textStyle('title', size, language), color: red, text: item.text })
      // The letters begin 35 mm under the upper edge of the type area.
      return [new Paragraph({ alignment: AlignmentType.CENTER, spacing: { before: mm(35), after: twips(18) }, children: [run] })]
    }
    case 'numberLine':
      return [blankLine(language), paragraph({ alignment: AlignmentType.CENTER, children: [text(item.text)] })]
    case 'masthead': {
      const style = textStyle('body', 14, language)
      const fits = squares(item.left + item.right) + 2 <= 31
      const children = fits ? [new TextRun({ ...style, text: item.left }), new TextRun({ ...style, children: [new Tab(), item.right] })] : [new TextRun({ ...style, text: item.left }), new TextRun({ ...style, break: 1, children: [new Tab(), item.right] })]
      return [
        paragraph({
          children,
          tabStops: [{ type: TabStopType.RIGHT, position: typeArea }],
          border: { bottom: { style: BorderStyle.SINGLE, size: 12, color: red, space: 6 } },
        }),
      ]
    }
    case 'title':
      return [
        blankLine(language),
        paragraph({
          alignment: AlignmentType.CENTER,
          keepNext: true,
          spacing: exactly(twips(34)),
          children: item.lines.map((line, index) => new TextRun({ ...textStyle('title', 22, language), text: line, ...(index > 0 ? { break: 1 } : {}) })),
        }),
        blankLine(language),
      ]
    case 'addressee':
      return [paragraph({ children: [text(item.text)] })]
    case 'heading':
      return [
        paragraph({
          heading: item.level === 1 ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2,
          keepNext: true,
          indent: { firstLine: square * 2, firstLineChars: 200 },
          children: [new TextRun({ ...bodyStyle(language, item.level === 1 ? 'hei' : 'kai'), text: item.text })],
        }),
      ]
    case 'paragraph':
      return [paragraph({ keepNext: closing, alignment: AlignmentType.BOTH, indent: { firstLine: square * 2, firstLineChars: 200 }, children: runsOf(item.pieces, bodyStyle(language)) })]
    case 'table': {
      const caption = new Paragraph({ alignment: AlignmentType.CENTER, keepNext: true, spacing: exactly(lineTwips, { before: 120 }), children: [new TextRun({ ...textStyle('hei', 14, language), text: item.caption })] })
      const note = new Paragraph({ spacing: exactly(twips(18), { before: 60, after: 120 }), children: [new TextRun({ ...textStyle('body', 12, language), text: item.note ?? '' })] })
      return [item.caption ? caption : new Paragraph({ spacing: exactly(twips(8)), keepNext: true }), tableOf(item, language), note]
    }
    case 'attachmentNote':
      return [blankLine(language, true), paragraph({ keepNext: true, indent: { firstLine: square * 2, firstLineChars: 200 }, children: [text(item.text)] })]
    case 'signature':
      return [blankLine(language, true), blankLine(language, true), paragraph({ keepNext: true, alignment: AlignmentType.RIGHT, indent: { right: Math.round(item.right * square) }, children: [text(item.text)] })]
    case 'date':
      return [paragraph({ alignment: AlignmentType.RIGHT, indent: { right: Math.round(item.right * square) }, children: [text(item.text)] })]
    case 'attachment':
      return [paragraph({ pageBreakBefore: true, keepNext: true, children: [new TextRun({ ...bodyStyle(language, 'hei'), text: item.label })] })]
    case 'copyTo':
      return [copyToOf(item, language), new Paragraph({ spacing: exactly(20), children: [] })]
  }
}

function headerOf(outline: Outline): Header {
  if (!outline.drill) return new Header({ children: [new Paragraph({ children: [] })] })
  const { words } = outline
  const edge = { style: BorderStyle.SINGLE, size: 12, color: red, space: 4 }
  const banner = new TextRun({ ...textStyle('hei', 16, words.language), color: red, text: words.drillBanner })
  const watermark = new TextWatermark({ text: words.drillMark, font: '黑体', color: 'FF0000', opacity: 0.1, width: 440, height: 90 })
  return new Header({ children: [new Paragraph({ alignment: AlignmentType.CENTER, border: { top: edge, bottom: edge, left: edge, right: edge }, children: [banner, watermark] })] })
}

/** — 1 — in 4号 Song; outer side of the page, one square in. */
function footerOf(language: Language, side: 'odd' | 'even'): Footer {
  const style = textStyle('song', 14, language)
  const indent = side === 'odd' ? { right: twips(14) } : { left: twips(14) }
  return new Footer({
    children: [
      new Paragraph({
        alignment: side === 'odd' ? AlignmentType.RIGHT : AlignmentType.LEFT,
        indent,
        spacing: exactly(twips(14)),
        children: [new TextRun({ ...style, children: ['— ', PageNumber.CURRENT, ' —'] })],
      }),
    ],
  })
}

/** The brief as a Word document with the page elements of GB/T 9704-2012; fonts are named, not embedded. */
export async function toDocx(content: BriefContent): Promise<Uint8Array> {
  const outline = outlineOf(content)
  const { language } = outline.words
  const heading = (face: 'hei' | 'kai') => ({ run: { ...bodyStyle(language, face), color: '000000', bold: false, language: languageTags(language) }, paragraph: { spacing: body } })
  const document = new Document({
    title: outline.title,
    subject: outline.subject,
    creator: outline.author,
    lastModifiedBy: outline.author,
    keywords: outline.drill ? outline.words.drillMark : '',
    evenAndOddHeaderAndFooters: true,
    compatibility: { version: 15 },
    styles: {
      default: {
        document: { run: { ...bodyStyle(language), language: languageTags(language) } },
        heading1: heading('hei'),
        heading2: heading('kai'),
        // Marks of figures lead somewhere without shouting it: the page must print black.
        hyperlink: { run: { color: '000000', underline: {} } },
      },
    },
    sections: [
      {
        properties: page,
        headers: { default: headerOf(outline), even: headerOf(outline) },
        footers: { default: footerOf(language, 'odd'), even: footerOf(language, 'even') },
        children: outline.items.flatMap((item, index) => blocksOf(item, language, ['signature', 'attachmentNote'].includes(outline.items[index + 1]?.kind ?? ''))),
      },
    ],
  })
  return Packer.toBuffer(document)
}
