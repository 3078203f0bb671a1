import { AlignmentType, Bookmark, BorderStyle, HeightRule, InternalHyperlink, Paragraph, RelativeVerticalPosition, ShadingType, Table, TableAnchorType, TableCell, TableLayoutType, TableRow, TextRun, VerticalAlignTable, WidthType } from 'docx'
import type { IRunOptions, ParagraphChild } from 'docx'
import type { Language } from '#kernel/words.ts'
import { exactly, mm, textStyle, twips, typeArea } from './docx-style.ts'
import type { Item, Piece, TableItem } from './outline.ts'

const alignments = { left: AlignmentType.LEFT, center: AlignmentType.CENTER, right: AlignmentType.RIGHT }

/** Where the marks of a figure lead. */
const anchorOf = (mark: number) => `source_${mark}`

/** Text with the raised numbers of its figures; each leads to its line in the list of sources. */
export function runsOf(pieces: Piece[], style: IRunOptions): ParagraphChild[] {
  return pieces.flatMap((piece): ParagraphChild[] => {
    const text = new TextRun({ ...style, text: piece.text })
    if (piece.mark === undefined) return [text]
    return [text, new InternalHyperlink({ anchor: anchorOf(piece.mark), children: [new TextRun({ ...style, text: `[${piece.mark}]`, superScript: true })] })]
  })
}

const thin = { style: BorderStyle.SINGLE, size: 4, color: '000000' }
const none = { style: BorderStyle.NONE, size: 0, color: 'auto' }

/** A real table: fixed columns, header repeated on every page, rows not torn apart. */
export function tableOf(item: TableItem, language: Language): Table {
  const widths = item.columns.map((column) => Math.floor(column.share * typeArea))
  const spacing = exactly(twips(item.size * 1.5))
  const cell = (children: ParagraphChild[], index: number, header: boolean) =>
    new TableCell({
      width: { size: widths[index] ?? 0, type: WidthType.DXA },
      verticalAlign: VerticalAlignTable.CENTER,
      ...(header ? { shading: { type: ShadingType.CLEAR, fill: 'EDEDED', color: 'auto' } } : {}),
      children: [new Paragraph({ children, spacing, alignment: header ? AlignmentType.CENTER : alignments[item.columns[index]?.align ?? 'left'] })],
    })
  const header = new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: item.columns.map((column, index) => cell([new TextRun({ ...textStyle('hei', item.size, language), text: column.title })], index, true)),
  })
  const rows = item.rows.map((row) => {
    const mark = item.isSources ? Number(row[0]?.text) : undefined
    const children = row.map((piece, index) => {
      const runs = runsOf([piece], textStyle('body', item.size, language))
      return cell(mark !== undefined && index === 0 ? [new Bookmark({ id: anchorOf(mark), children: runs })] : runs, index, false)
    })
    return new TableRow({ cantSplit: true, children })
  })
  return new Table({
    width: { size: typeArea, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    alignment: AlignmentType.CENTER,
    margins: { top: 40, bottom: 40, left: 80, right: 80, marginUnitType: WidthType.DXA },
    borders: { top: thin, bottom: thin, left: thin, right: thin, insideHorizontal: thin, insideVertical: thin },
    rows: [header, ...rows],
  })
}

/** The record at the foot of the last page (版记): copied to whom, issued by whom and when, between lines. */
export function copyToOf(item: Extract<Item, { kind: 'copyTo' }>, language: Language): Table {
  const style = textStyle('body', 14, language)
  const thick = { style: BorderStyle.SINGLE, size: 8, color: '000000' }
  const middle = { style: BorderStyle.SINGLE, size: 6, color: '000000' }
  const row = (paragraph: Paragraph) =>
    new TableRow({ cantSplit: true, height: { value: twips(26), rule: HeightRule.ATLEAST }, children: [new TableCell({ width: { size: typeArea, type: WidthType.DXA }, verticalAlign: VerticalAlignTable.CENTER, children: [paragraph] })] })
  const spacing = exactly(twips(22))
  const hanging = twips(language === 'en' ? 52 : 42)
  const names = new Paragraph({ spacing, keepNext: true, indent: { left: twips(14) + hanging, right: twips(14), hanging }, children: [new TextRun({ ...style, text: item.label + item.names })] })
  const issued = new Paragraph({
    spacing,
    indent: { left: twips(14), right: twips(14) },
    tabStops: [{ type: 'right', position: typeArea - twips(14) }],
    children: [new TextRun({ ...style, children: [item.unit, '\t', item.printed] })],
  })
  return new Table({
    width: { size: typeArea, type: WidthType.DXA },
    columnWidths: [typeArea],
    layout: TableLayoutType.FIXED,
    margins: { left: 0, right: 0, marginUnitType: WidthType.DXA },
    float: { verticalAnchor: TableAnchorType.MARGIN, relativeVerticalPosition: RelativeVerticalPosition.BOTTOM, horizontalAnchor: TableAnchorType.MARGIN, absoluteHorizontalPosition: 0, leftFromText: 0, rightFromText: 0, topFromText: mm(5) },
    borders: { top: thick, bottom: thick, left: none, right: none, insideHorizontal: middle, insideVertical: none },
    rows: [row(names), row(issued)],
  })
}
