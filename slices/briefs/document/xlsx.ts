import { strToU8, zipSync } from 'fflate'
import { cleanContent } from './clean.ts'
import { squares } from './measure.ts'
import { numberFigures } from './outline.ts'
import type { BriefContent, Cell, Column } from './types.ts'
import { momentIn, shortMoment, wordsIn } from './words.ts'
import { contentTypes, coreProperties, relationships, sheetXml, stylesXml, workbookRelationships, workbookXml } from './xlsx-parts.ts'
import type { Sheet } from './xlsx-parts.ts'

/** What a program accepts as the name of a sheet, not used before. */
function sheetName(wanted: string, used: Set<string>): string {
  const clean = wanted.replace(/[[\]:*?/\\'\p{Cc}]/gu, ' ').trim() || 'Sheet'
  for (let n = 1; ; n += 1) {
    const suffix = n === 1 ? '' : ` ${n}`
    const name = [...clean].slice(0, 24).join('').slice(0, 31 - suffix.length).toWellFormed() + suffix
    if (used.has(name.toLowerCase())) continue
    used.add(name.toLowerCase())
    return name
  }
}

/** How wide a cell is shown, in digits. */
function digitsOf(cell: Cell): number {
  const value = typeof cell === 'object' && cell !== null ? cell.value : cell
  if (typeof value === 'number') return typeof cell === 'object' && cell?.percent ? 7 : String(value).length
  return squares(value ?? '') * 2
}

const widest = 60
function widthsOf(columns: readonly Column[], rows: readonly (readonly Cell[])[]): number[] {
  return columns.map((column, index) => {
    const longest = rows.slice(0, 1_000).reduce((most, row) => Math.max(most, digitsOf(row[index] ?? null)), squares(column.title) * 2)
    return Math.min(widest, Math.max(8, Math.ceil(longest + 3)))
  })
}

/** Lines that the fullest cell of a row takes. */
const linesOf = (row: readonly Cell[], widths: number[]) => Math.min(20, Math.max(1, ...row.map((cell, index) => Math.ceil(digitsOf(cell) / ((widths[index] ?? widest) - 2)))))

/**
 * The figures with their sources on the first sheet, and each table on a sheet of its own. Numbers are numbers; texts are stored as texts,
 * so that none is ever taken for a formula.
 */
export async function toXlsx(given: BriefContent): Promise<Uint8Array> {
  const content = cleanContent(given)
  const words = wordsIn(content.lang ?? 'zh-Hans')
  const timeZone = content.timeZone ?? 'Asia/Shanghai'
  const used = new Set<string>(['history'])
  const head = (title: string): Sheet['head'] => [
    ...(content.drill ? [{ text: words.drillBanner, style: 'drill' as const }] : []),
    { text: title, style: 'title' },
    { text: [content.unitName, content.docNumber, words.editionLabel(content.edition), words.dataAsOf + momentIn(words.language, content.asOf, timeZone)].filter(Boolean).join('　'), style: 'plain' },
  ]
  const sheet = (name: string, title: string, columns: Column[], rows: Cell[][], note?: string): Sheet => {
    const widths = widthsOf(columns, rows)
    const lines = rows.map((row) => linesOf(row, widths))
    const titles = columns.map((column) => column.title)
    return { name: sheetName(name, used), head: head(title), columns: titles, widths, rows, lines, ...(note === undefined ? {} : { note: words.note + note }) }
  }
  const names = words.figureColumns
  const figureColumns = [names.mark, names.value, names.label, names.query, names.asOf, names.rows].map((title) => ({ title }))
  const figureRows = numberFigures(content).map(({ figure, mark }) => [mark, figure.value, figure.label, figure.query, shortMoment(figure.asOf, timeZone), figure.rows])
  const sheets = [sheet(words.figuresSheet, content.title, figureColumns, figureRows)]
  let number = 0
  for (const block of content.sections.flatMap((section) => section.blocks)) {
    if (block.kind !== 'table') continue
    number += 1
    sheets.push(sheet(words.tableLabel(number) + block.caption, words.tableLabel(number) + block.caption, block.columns, block.rows, block.note))
  }
  const title = (content.drill ? words.drillTitle : '') + content.title
  const files: Record<string, string> = {
    '[Content_Types].xml': contentTypes(sheets.length),
    '_rels/.rels': relationships,
    'docProps/core.xml': coreProperties(title, content.signature, content.drill ? words.drillMark : '', words.language),
    'xl/workbook.xml': workbookXml(sheets),
    'xl/_rels/workbook.xml.rels': workbookRelationships(sheets.length),
    'xl/styles.xml': stylesXml,
  }
  for (const [index, each] of sheets.entries()) files[`xl/worksheets/sheet${index + 1}.xml`] = sheetXml(each)
  return zipSync(Object.fromEntries(Object.entries(files).map(([path, xml]) => [path, strToU8(xml)])), { level: 6 })
}
