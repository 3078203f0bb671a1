import { badInput } from '#kernel/problems.ts'
import { cleanContent, limits, rowsOf } from './clean.ts'
import { columnShares, squares, titleLines } from './measure.ts'
import type { BriefContent, Cell, Figure, Run, TableBlock } from './types.ts'
import { chineseNumber, dateIn, momentIn, shortMoment, wordsIn } from './words.ts'
import type { Words } from './words.ts'

/** Text, and the number of the figure it shows, if it does. */
export interface Piece {
  text: string
  mark?: number
}

export interface TableColumn {
  title: string
  align: 'left' | 'center' | 'right'
  /** Part of the table's width. */
  share: number
}

export interface TableItem {
  kind: 'table'
  caption: string
  /** In points. */
  size: number
  columns: TableColumn[]
  rows: Piece[][]
  note?: string
  /** In the list of sources the first cell of a row is where the marks of that number lead. */
  isSources?: boolean
}

/** The page elements of an official document (GB/T 9704-2012), in their order. Lengths in full squares of the body type. */
export type Item =
  | { kind: 'letterhead'; text: string }
  | { kind: 'numberLine'; text: string }
  | { kind: 'masthead'; left: string; right: string }
  | { kind: 'title'; lines: string[] }
  | { kind: 'addressee'; text: string }
  | { kind: 'heading'; level: 1 | 2; text: string }
  | { kind: 'paragraph'; pieces: Piece[] }
  | TableItem
  | { kind: 'attachmentNote'; text: string }
  | { kind: 'signature'; text: string; right: number }
  | { kind: 'date'; text: string; right: number }
  | { kind: 'attachment'; label: string }
  | { kind: 'copyTo'; label: string; names: string; unit: string; printed: string }

export interface Outline {
  words: Words
  title: string
  subject: string
  author: string
  drill: boolean
  items: Item[]
}

/** The type area is 28 squares of 16 points (fitted to 156 mm). */
export const lineSquares = 28

/** A value as it stands on paper. */
export function shown(cell: Cell, words: Words): string {
  const value = typeof cell === 'object' && cell !== null ? cell.value : cell
  if (value === null) return ''
  if (typeof value === 'string') return value
  if (typeof cell === 'object' && cell?.percent) return `${(value * 100).toFixed(1)}%`
  return words.language === 'en' ? value.toLocaleString('en-US', { maximumFractionDigits: 6 }) : String(value)
}

/** The numbers of the figures: in the order in which the text first shows them, then those it does not show. */
export function numberFigures(content: BriefContent): { figure: Figure; mark: number }[] {
  const order = new Set<string>()
  const read = (runs: Run[]) => runs.forEach((run) => run.figureId !== undefined && order.add(run.figureId))
  for (const block of content.sections.flatMap((section) => section.blocks)) {
    if (block.kind === 'text') read(block.runs)
    else if (block.kind === 'list') block.items.forEach(read)
    else block.rows.flat().forEach((cell) => typeof cell === 'object' && cell?.figureId !== undefined && order.add(cell.figureId))
  }
  for (const figure of content.figures) order.add(figure.id)
  const byId = new Map(content.figures.map((figure) => [figure.id, figure]))
  return [...order].flatMap((id) => byId.get(id) ?? []).map((figure, index) => ({ figure, mark: index + 1 }))
}

function tableSize(columns: number): number {
  if (columns <= 5) return 12
  return columns <= 9 ? 10.5 : 9
}

function tableItem(block: TableBlock, caption: string, words: Words, markOf: Map<string, number>): TableItem {
  const rows = block.rows.map((row) =>
    row.map((cell): Piece => {
      const mark = typeof cell === 'object' && cell?.figureId !== undefined ? markOf.get(cell.figureId) : undefined
      return { text: shown(cell, words), ...(mark === undefined ? {} : { mark }) }
    }),
  )
  const size = tableSize(block.columns.length)
  const texts = [block.columns.map((column) => column.title), ...rows.map((row) => row.map((piece) => piece.text + (piece.mark === undefined ? '' : '[9')))]
  const shares = columnShares(texts, block.columns.length, 442 / size - block.columns.length)
  const isNumber = (index: number) => block.rows.length > 0 && block.rows.every((row) => typeof (typeof row[index] === 'object' ? row[index]?.value : row[index]) !== 'string')
  const columns = block.columns.map((column, index) => ({ title: column.title, align: column.align ?? (isNumber(index) ? ('right' as const) : ('left' as const)), share: shares[index] ?? 0 }))
  return { kind: 'table', caption, size, columns, rows, ...(block.note === undefined ? {} : { note: words.note + block.note }) }
}

function sourcesTable(numbered: { figure: Figure; mark: number }[], words: Words, timeZone: string): TableItem {
  const names = words.figureColumns
  const block: TableBlock = {
    kind: 'table',
    caption: '',
    columns: [{ title: names.mark, align: 'center' }, { title: names.value, align: 'right' }, { title: names.label }, { title: names.query }, { title: names.asOf }, { title: names.rows, align: 'right' }],
    rows: numbered.map(({ figure, mark }) => [String(mark), figure.value, figure.label, figure.query, shortMoment(figure.asOf, timeZone), figure.rows]),
  }
  let shares = [0.08, 0.12, 0.2, 0.35, 0.15, 0.1]
  // Counted at one moment, as a rule: the head of the document says which.
  if (new Set(numbered.map(({ figure }) => figure.asOf)).size === 1) {
    block.columns.splice(4, 1)
    for (const row of block.rows) row.splice(4, 1)
    shares = [0.08, 0.12, 0.24, 0.46, 0.1]
  }
  const item = tableItem(block, '', words, new Map())
  return { ...item, columns: item.columns.map((column, index) => ({ ...column, share: shares[index] ?? 0.1 })), isSources: true }
}

/** Signature and date without a seal: the date begins two squares to the right of the signature and ends two before the edge. */
function closing(signature: string, date: string): { signature: number; date: number } {
  const [long, short] = [squares(signature), squares(date)]
  const dateRight = Math.max(2, long - short)
  return { date: dateRight, signature: Math.min(Math.max(2, dateRight + short + 2 - long), lineSquares - Math.min(long, lineSquares)) }
}

/** What stands on the pages, in order, for every format that has pages. Throws a Problem where the content cannot be printed. */
export function outlineOf(given: BriefContent): Outline {
  const content = cleanContent(given)
  // Word takes seconds and gigabytes for tables that nobody reads on paper.
  if (rowsOf(content) > limits.rowsOnPaper) {
    throw badInput(`各表合计超过 ${limits.rowsOnPaper} 行，不宜排印；请导出表格文件。`, `The tables have more than ${limits.rowsOnPaper} rows together, too many for pages; export the workbook.`)
  }
  const words = wordsIn(content.lang ?? 'zh-Hans')
  const timeZone = content.timeZone ?? 'Asia/Shanghai'
  const numbered = numberFigures(content)
  const markOf = new Map(numbered.map(({ figure, mark }) => [figure.id, mark]))
  const pieces = (runs: Run[]): Piece[] => runs.map((run) => ({ text: run.text, ...(run.figureId === undefined ? {} : { mark: markOf.get(run.figureId) ?? 0 }) }))
  const english = words.language === 'en'
  const title = content.drill ? words.drillTitle + content.title.replace(/^【演[练練]】|^\[DRILL\] /u, '') : content.title
  const date = dateIn(words.language, content.date, timeZone)
  const items: Item[] = [{ kind: 'letterhead', text: content.letterhead }]
  const numberLine = [content.docNumber, words.editionLabel(content.edition)].filter(Boolean).join('　')
  if (numberLine !== '') items.push({ kind: 'numberLine', text: numberLine })
  items.push({ kind: 'masthead', left: content.unitName, right: words.dataAsOf + momentIn(words.language, content.asOf, timeZone) })
  items.push({ kind: 'title', lines: titleLines(title, 20) })
  if (content.addressee) items.push({ kind: 'addressee', text: content.addressee.replace(/[：:]\s*$/u, '') + words.colon })

  let [first, second, tables] = [0, 0, 0]
  for (const section of content.sections) {
    const level = section.level ?? 1
    if (level === 1) [first, second] = [first + 1, 0]
    else second += 1
    const hasNumber = /^([一二三四五六七八九十百]+、|（[一二三四五六七八九十百]+）|第.+[章节条]|[0-9IVX]+[.．、]|\([0-9a-z]+\))/u.test(section.heading)
    const own = level === 1 ? (english ? `${first}. ` : `${chineseNumber(first)}、`) : english ? `(${second}) ` : `（${chineseNumber(second)}）`
    if (section.heading.trim() !== '') items.push({ kind: 'heading', level, text: hasNumber ? section.heading : own + section.heading })
    for (const block of section.blocks) {
      if (block.kind === 'text') items.push({ kind: 'paragraph', pieces: pieces(block.runs) })
      else if (block.kind === 'list') block.items.forEach((runs, index) => items.push({ kind: 'paragraph', pieces: [{ text: words.language === 'zh-Hans' ? `${index + 1}．` : `${index + 1}. ` }, ...pieces(runs)] }))
      else {
        tables += 1
        items.push(tableItem(block, words.tableLabel(tables) + block.caption, words, markOf))
      }
    }
  }
  if (numbered.length > 0) items.push({ kind: 'attachmentNote', text: words.attachmentNote + words.sources })
  const right = closing(content.signature, date)
  items.push({ kind: 'signature', text: content.signature, right: right.signature }, { kind: 'date', text: date, right: right.date })
  if (numbered.length > 0) {
    items.push({ kind: 'attachment', label: words.attachment }, { kind: 'title', lines: [words.sources] })
    items.push({ kind: 'paragraph', pieces: [{ text: words.sourcesIntro }] }, sourcesTable(numbered, words, timeZone))
  }
  if (content.copyTo && content.copyTo.length > 0) {
    const names = content.copyTo.map((name) => name.replace(/[。.；;]\s*$/u, '')).join(english ? ', ' : '，') + words.stop
    items.push({ kind: 'copyTo', label: words.copyTo, names, unit: content.unitName, printed: english ? `${date}, ${words.printed}` : `${date}${words.printed}` })
  }
  return { words, title, subject: content.docNumber ?? '', author: content.signature, drill: content.drill, items }
}
