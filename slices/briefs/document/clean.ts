import { badInput } from '#kernel/problems.ts'
import type { Block, BriefContent, Cell, Run } from './types.ts'

/** More than this is not a brief any more, and would make a file that nobody can open. */
export const limits = { sections: 200, blocks: 2_000, tableRows: 20_000, rowsOnPaper: 3_000, columns: 40, figures: 5_000, text: 20_000 }

// What no document format can hold, and marks that turn the reading direction (they can make a text read otherwise than it is).
const unprintable = /[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffe\uffff]/gu

/** A text that every format can hold on one line. */
export function cleanText(text: string): string {
  return text.toWellFormed().replace(/\r\n?|[\n\t\v\f\u0085\u2028\u2029]/gu, ' ').replace(unprintable, '').slice(0, limits.text).toWellFormed()
}

const cleanRuns = (runs: Run[]): Run[] => runs.map((run) => ({ ...run, text: cleanText(run.text) }))

function cleanCell(cell: Cell): Cell {
  if (typeof cell === 'string') return cleanText(cell)
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : null
  if (cell === null) return null
  const value = cleanCell(cell.value)
  return { ...cell, value: typeof value === 'object' ? null : value }
}

function cleanBlock(block: Block): Block {
  if (block.kind === 'text') return { kind: 'text', runs: cleanRuns(block.runs) }
  if (block.kind === 'list') return { kind: 'list', items: block.items.map(cleanRuns) }
  const columns = block.columns.map((column) => ({ ...column, title: cleanText(column.title) }))
  const wide = block.rows.findIndex((row) => row.length > columns.length)
  if (columns.length === 0) throw badInput(`表“${block.caption}”没有列。`, `The table "${block.caption}" has no columns.`)
  if (wide >= 0) throw badInput(`表“${block.caption}”第 ${wide + 1} 行的格数多于列数。`, `Row ${wide + 1} of the table "${block.caption}" has more cells than there are columns.`)
  if (columns.length > limits.columns) throw badInput(`表“${block.caption}”超过 ${limits.columns} 列。`, `The table "${block.caption}" has more than ${limits.columns} columns.`)
  const rows = block.rows.map((row) => columns.map((_, index) => cleanCell(row[index] ?? null)))
  return { ...block, caption: cleanText(block.caption), columns, rows, ...(block.note === undefined ? {} : { note: cleanText(block.note) }) }
}

/** Rows of all tables together. */
export function rowsOf(content: BriefContent): number {
  return content.sections.flatMap((section) => section.blocks).reduce((sum, block) => sum + (block.kind === 'table' ? block.rows.length : 0), 0)
}

function figureIdsOf(block: Block): string[] {
  const ofRuns = (runs: Run[]) => runs.flatMap((run) => run.figureId ?? [])
  if (block.kind === 'text') return ofRuns(block.runs)
  if (block.kind === 'list') return block.items.flatMap(ofRuns)
  return block.rows.flat().flatMap((cell) => (typeof cell === 'object' && cell?.figureId) || [])
}

/**
 * The content with texts that every format can hold. Refuses what is too large, and a figure in the text without
 * its source: a brief whose figures cannot be traced must not leave the house.
 */
export function cleanContent(content: BriefContent): BriefContent {
  const blocks = content.sections.flatMap((section) => section.blocks)
  if (content.sections.length > limits.sections || blocks.length > limits.blocks || content.figures.length > limits.figures)
    throw badInput('专报过长，请分成几份。', 'The brief is too long; divide it into several.')
  if (rowsOf(content) > limits.tableRows) throw badInput(`各表合计超过 ${limits.tableRows} 行。`, `The tables have more than ${limits.tableRows} rows together.`)
  if (cleanText(content.title).trim() === '') throw badInput('专报没有标题。', 'The brief has no title.')
  if (!Number.isSafeInteger(content.edition) || content.edition < 1) throw badInput('版次应为正整数。', 'The edition must be a positive whole number.')
  const times = [content.asOf, ...content.figures.map((figure) => figure.asOf)]
  const wrongTime = times.find((time) => Number.isNaN(Date.parse(time)))
  if (wrongTime !== undefined) throw badInput(`“${wrongTime}”不是时间。`, `"${wrongTime}" is not a time.`)
  const known = new Set(content.figures.map((figure) => figure.id))
  if (known.size < content.figures.length) throw badInput('有两个数字用了同一个编号。', 'Two figures carry the same id.')
  const orphan = blocks.flatMap(figureIdsOf).find((id) => !known.has(id))
  if (orphan !== undefined) throw badInput(`文中的数字“${orphan}”没有来源。`, `The figure "${orphan}" in the text has no source.`)
  return {
    ...content,
    letterhead: cleanText(content.letterhead),
    title: cleanText(content.title).trim(),
    unitName: cleanText(content.unitName),
    signature: cleanText(content.signature),
    date: cleanText(content.date),
    ...(content.docNumber === undefined ? {} : { docNumber: cleanText(content.docNumber) }),
    ...(content.addressee === undefined ? {} : { addressee: cleanText(content.addressee) }),
    ...(content.copyTo === undefined ? {} : { copyTo: content.copyTo.map(cleanText) }),
    sections: content.sections.map((section) => ({ ...section, heading: cleanText(section.heading), blocks: section.blocks.map(cleanBlock) })),
    figures: content.figures.map((figure) => ({
      ...figure,
      value: typeof figure.value === 'string' ? cleanText(figure.value) : figure.value,
      label: cleanText(figure.label),
      query: cleanText(figure.query),
    })),
  }
}
