import { aboutSomebodyElse, aboutSomethingOfIt, aliases, contained, givenBack, notTaken, serial, traditional } from './aliases.ts'
import type { Chosen, Field, Heading } from './fields.ts'
import { fieldWords } from './preview.ts'
import { RosterRefused } from './refusal.ts'
import type { Said, Sheet } from './refusal.ts'
import { asciiWidth, tidy } from './values.ts'

export type Column = { field: Field; header: string; sheet: string; column: number; guessed: boolean; chosen?: true }

/** Where the table starts in a sheet and what its columns mean. Rows and columns count from 0. */
export type SheetPlan = {
  columns: Column[]
  /** What heads each column, two rows of header joined to one. */
  heads: string[]
  /** First row of people. */
  firstRow: number
  /** Title and note rows above the header. */
  above: string[]
  /** Columns with content that no field takes, and why. */
  leftOut: { header: string; column: number; why: Said | null }[]
  /** Pairs of columns that claim one field; the first of each pair is taken. */
  twice: { field: Field; taken: Column; other: Column }[]
  /** Every column that has a name, and what it is read as. */
  headings: Heading[]
}

const headerDepth = 40

const exact = new Map<string, { field: Field; rank: number }>()
for (const [field, names] of Object.entries(aliases) as [Field, readonly string[]][]) {
  names.forEach((name, rank) => exact.set(name, { field, rank }))
}

/**
 * Finds the header of a sheet, one or two rows of it, and maps it; columns of which a person said what they are, as that. Answers with the
 * headers seen if there are no names in it. Throws RosterRefused if two columns claim to be the number or the name: guessing would mix people up.
 */
export function planSheet(sheet: Sheet, chosen?: Chosen): SheetPlan | { headersSeen: string[]; headings: Heading[] } {
  const best = findHeaderRow(sheet.rows, chosen)
  const { headers, firstRow, headRow } = best === null ? { headers: widestRow(sheet.rows), firstRow: 0, headRow: 0 } : joinTwoRows(sheet.rows, best)
  const names = headingNames(headers)
  const claims: (Column & { rank: number })[] = []
  const leftOut: SheetPlan['leftOut'] = []
  headers.forEach((header, column) => {
    const name = names[column] ?? ''
    if (name === '') return
    const said = chosen?.columns.get(name)
    if (said === null) return
    const meaning = readHeader(header)
    if (said !== undefined) {
      if (isNever(header)) throw neverTaken(header)
      claims.push({ field: said, rank: -1, guessed: false, chosen: true, header: printable(header), sheet: sheet.name, column })
    } else if ('field' in meaning) claims.push({ ...meaning, header: printable(header), sheet: sheet.name, column })
    else leftOut.push({ header: printable(header), column, why: meaning.why })
  })
  const headingsWith = (taken: readonly Column[], twice: SheetPlan['twice']): Heading[] => names.flatMap((header, column) => {
    if (header === '') return []
    const one = taken.find((found) => found.column === column)
    const by = chosen?.columns.has(header) ? chosen.by : null
    const over = twice.find(({ other }) => other.column === column)?.taken.header
    const why = by || one ? null : over === undefined ? (leftOut.find((left) => left.column === column)?.why ?? null) : { zh: `已采用“${over}”`, en: `"${over}" is taken` }
    return [{ header, field: one?.field ?? null, how: by ?? (one ? (one.guessed ? 'guessed' : 'read') : 'left'), why, never: isNever(headers[column] ?? '') }]
  })
  if (best === null) return { headersSeen: headers, headings: headingsWith(claims, []) }
  const settled = ((): ReturnType<typeof settle> => {
    try {
      return settle(claims)
    } catch (problem) {
      if (problem instanceof RosterRefused) problem.headings = headingsWith(claims, [])
      throw problem
    }
  })()
  const { columns, twice } = settled
  const headings = headingsWith(columns, twice)
  if (!columns.some((column) => column.field === 'name')) return { headersSeen: headers.map(printable).filter(Boolean), headings }
  const above = sheet.rows.slice(0, headRow).map((row) => [...new Set(row.map(tidy))].filter(Boolean).join(' '))
  return { columns, heads: headers.map((header) => tidy(header).slice(0, 200)), firstRow, above: above.filter(Boolean), leftOut, twice, headings }
}

/** By what name each column is spoken of: as it is headed, a second one of the name with its number; '' where nothing heads it, or what was written when rows were given back. */
export function headingNames(headers: readonly string[]): string[] {
  const taken = new Set<string>()
  return headers.map((header) => {
    if ((givenBack as readonly string[]).includes(header.trim())) return ''
    const plain = printable(header)
    let name = plain
    for (let time = 2; plain !== '' && taken.has(name); time += 1) name = `${plain} (${time})`
    taken.add(name)
    return name
  })
}

const isNever = (header: string): boolean => header.length <= 200 && notTaken.some(({ pattern, never }) => never && pattern.test(foldHeader(header)) && !('field' in readHeader(header)))

function neverTaken(header: string): RosterRefused {
  const why = notTaken.find(({ pattern, never }) => never && pattern.test(foldHeader(header)))?.why
  return new RosterRefused('column-never', `“${printable(header)}”不能读取：${why?.zh ?? ''}。`, `"${printable(header)}" cannot be read: ${why?.en ?? ''}.`)
}

/** Numbering and pleadings of survey tools, blanks, marks and script do not change what a header means. */
export function foldHeader(header: string): string {
  const plain = asciiWidth(header).replace(/[\s*:,.。?!"'“”]+/g, '').toLowerCase()
  const simplified = [...plain].map((char) => traditional[char] ?? char).join('')
  return simplified.replace(/^\d{1,2}[、)]?(?=[^\d])/, '').replace(/^(请输入|请填写|填写)?(您的|你的|您|(学生)?本人的?)?/, '')
}

/** Numbers the rows of a sheet, and nobody. */
export const isSerial = (header: string): boolean => serial.test(foldHeader(header))

const places: ReadonlySet<Field> = new Set<Field>(['campus', 'building', 'floor', 'room', 'dorm'])
const ofPeople: ReadonlySet<Field> = new Set<Field>(['number', 'name', 'sex', 'phone', 'politicalStatus'])

type Meaning = { field: Field; rank: number; guessed: boolean } | { why: Said | null }

/** What a header means: by alias, without what stands in brackets, or by a telling part of it. */
export function readHeader(header: string): Meaning {
  if (header.length > 200) return { why: null }
  const folded = foldHeader(header)
  const known = exact.get(folded) ?? exact.get(folded.replace(/[([【].*?[)\]】]/g, ''))
  if (known) return { ...known, guessed: false }
  // 职务/岗位: two words for one thing.
  const words = folded.split(/[/或及]/).map((word) => exact.get(word))
  if (words.length > 1 && words[0] && words.every((one) => one?.field === words[0]?.field)) return { ...words[0], guessed: false }
  // 楼栋-房间-床位: the parts of one address.
  const parts = folded.split(/[-/—–+]/).filter((word) => !/^床[位号]$/.test(word)).map((word) => exact.get(word)?.field)
  if (parts.length > 1 && parts.every((field) => field !== undefined && places.has(field))) return { field: 'dorm', rank: 90, guessed: false }
  const refused = notTaken.find(({ pattern }) => pattern.test(folded))
  if (refused) return { why: refused.why }
  if (folded.length <= 30 && !aboutSomebodyElse.test(folded)) {
    const index = contained.findIndex(([pattern]) => pattern.test(folded))
    const found = contained[index]
    if (found && (ofPeople.has(found[1]) || !aboutSomethingOfIt.test(folded))) return { field: found[1], rank: 100 + index, guessed: true }
  }
  return { why: null }
}

function findHeaderRow(rows: readonly string[][], chosen?: Chosen): number | null {
  let best: number | null = null
  let most = 1
  for (let index = 0; index < Math.min(rows.length, headerDepth); index += 1) {
    const fields = fieldsIn(rows[index] ?? [], chosen)
    // One merged title over all columns repeats itself; a header row says many things once.
    if (fields.size > most) {
      most = fields.size
      best = index
    }
  }
  if (best !== null) return best
  // 编号、姓名、联系: of these one alone is known, and it tells enough to ask what the others are.
  const named = rows.slice(0, headerDepth).findIndex((row) => row.filter((cell) => cell.trim() !== '').length > 1 && row.some((cell) => exact.get(foldHeader(cell.slice(0, 200)))?.field === 'name'))
  return named < 0 ? null : named
}

function fieldsIn(row: readonly string[], chosen?: Chosen): Set<Field> {
  const fields = new Set<Field>()
  for (const cell of new Set(row)) {
    const said = chosen?.columns.get(printable(cell))
    if (said) {
      fields.add(said)
      continue
    }
    const meaning = readHeader(cell)
    if ('field' in meaning && !meaning.guessed) fields.add(meaning.field)
    else if ('field' in meaning && cell.length <= 20) fields.add(meaning.field)
  }
  return fields
}

/**
 * A header may take two rows: groups above (家长 over 姓名 and 电话) or parts below (宿舍 over 楼号 and 房间号). The joined
 * text is tried first, since it says the most; then the lower, then the upper one.
 */
function joinTwoRows(rows: readonly string[][], best: number): { headers: string[]; firstRow: number; headRow: number } {
  const main = rows[best] ?? []
  const below = rows[best + 1] ?? []
  const above = rows[best - 1] ?? []
  if (continuesBelow(main, below)) return { headers: join(spread(main, below), below), firstRow: best + 2, headRow: best }
  const groups = new Set(above.map((cell) => cell.trim()).filter(Boolean))
  // "填报单位：… 填报日期：…" stands above many headers and groups nothing.
  const isNote = [...groups].some((cell) => /[:：]|\d{4}/.test(cell) || cell.length > 12)
  if (groups.size >= 2 && !isNote) return { headers: join(spread(above, main), main), firstRow: best + 1, headRow: best }
  return { headers: [...main], firstRow: best + 1, headRow: best }
}

/** The row below belongs to the header if it names columns and has nothing where the people's names and numbers would be. */
function continuesBelow(main: readonly string[], below: readonly string[]): boolean {
  let names = 0
  for (const [column, cell] of below.entries()) {
    const upper = readHeader(main[column] ?? '')
    const identifies = 'field' in upper && (upper.field === 'name' || upper.field === 'number')
    if (identifies && cell.trim() !== '' && foldHeader(cell) !== foldHeader(main[column] ?? '')) return false
    if (cell.trim() !== '' && foldHeader(cell) !== foldHeader(main[column] ?? '') && ('field' in readHeader(cell) || /^(学生)?(本人|家长|父亲|母亲)$/.test(cell.trim()))) names += 1
  }
  return names > 0
}

/** Text files lose merged cells: a group's name stands over its first column only and holds until the next one. */
function spread(upper: readonly string[], lower: readonly string[]): string[] {
  const out: string[] = []
  let last = ''
  for (let column = 0; column < Math.max(upper.length, lower.length); column += 1) {
    const cell = upper[column]?.trim() ?? ''
    if (cell !== '') last = cell
    else if ((lower[column]?.trim() ?? '') === '') last = ''
    out.push(cell === '' ? last : cell)
  }
  return out
}

function join(upper: readonly string[], lower: readonly string[]): string[] {
  // A group over several columns says what they are about together, not what each of them is.
  const isGroup = (column: number) => [column - 1, column + 1].some((other) => upper[other] === upper[column])
  return upper.map((above, column) => {
    const below = lower[column]?.trim() ?? ''
    if (below === '' || foldHeader(above) === foldHeader(below)) return above
    // 联系方式 over 本人 and 家长.
    const both = /^(学生)?本人$/.test(below) ? `${below}${above}` : `${above}${below}`
    if (exact.has(foldHeader(both)) || aboutSomebodyElse.test(above)) return both
    return isGroup(column) || 'field' in readHeader(below) || !('field' in readHeader(above)) ? below : above
  })
}

function settle(claims: readonly (Column & { rank: number })[]): Pick<SheetPlan, 'columns' | 'twice'> {
  const columns: Column[] = []
  const twice: SheetPlan['twice'] = []
  for (const field of new Set(claims.map((claim) => claim.field))) {
    const [first, second, ...others] = claims
      .filter((claim) => claim.field === field)
      .toSorted((a, b) => Number(b.chosen ?? false) - Number(a.chosen ?? false) || Number(a.guessed) - Number(b.guessed) || a.rank - b.rank || a.column - b.column)
    if (!first) continue
    // A guess never stands up against a plain header, not even for the number and the name.
    const rival = second && (!second.guessed || first.guessed) && !first.chosen ? second : undefined
    if (second?.chosen) throw chosenTwice(field, first, second)
    const isTwice = (one: Field) => claims.filter((claim) => claim.field === one && !claim.guessed && !claim.chosen).length > 1
    if (rival && isTwice('number') && isTwice('name')) throw sideBySide(first.sheet)
    if (rival && (field === 'number' || field === 'name')) throw twoColumns(field, first, rival)
    columns.push(strip(first))
    for (const other of second ? [second, ...others] : others) twice.push({ field, taken: strip(first), other: strip(other) })
  }
  return { columns: columns.toSorted((a, b) => a.column - b.column), twice }
}

function strip({ field, header, sheet, column, guessed, chosen }: Column): Column {
  return { field, header, sheet, column, guessed, ...(chosen ? { chosen } : {}) }
}

const placeOf = (c: Column): Said => ({ zh: `“${c.header}”（${columnLetter(c.column)} 列）`, en: `"${c.header}" (column ${columnLetter(c.column)})` })

function chosenTwice(field: Field, a: Column, b: Column): RosterRefused {
  const [left, right] = a.column < b.column ? [a, b] : [b, a]
  const word = wordOf(field)
  return new RosterRefused('column-chosen-twice', `${placeOf(left).zh}和${placeOf(right).zh}都指定为“${word}”，请留下一列。`, `${placeOf(left).en} and ${placeOf(right).en} are both said to be ${field}; keep one.`)
}

/** What messages call a field. */
export function wordOf(field: Field): string {
  return field === 'dorm' ? '寝室' : field === 'stay' ? '起止时间' : fieldWords[field]
}

function twoColumns(field: 'number' | 'name', a: Column, b: Column): RosterRefused {
  const [left, right] = a.column < b.column ? [a, b] : [b, a]
  const word = field === 'number' ? { zh: '学号/工号', en: 'number' } : { zh: '姓名', en: 'name' }
  return new RosterRefused(
    field === 'number' ? 'two-number-columns' : 'two-name-columns',
    `工作表“${left.sheet}”有两列都像${word.zh}：${placeOf(left).zh}和${placeOf(right).zh}。请留下一列，或指定另一列不读取。`,
    `In sheet "${left.sheet}" two columns claim to be the ${word.en}: ${placeOf(left).en} and ${placeOf(right).en}. Keep one, or say that the other is not to be read.`,
  )
}

/** To leave one of the columns out would leave half of the people out. */
function sideBySide(sheet: string): RosterRefused {
  return new RosterRefused(
    'two-number-columns',
    `工作表“${printable(sheet)}”里有几份名单左右并排（学号、姓名各有两列）。请把右边的剪切到左边名单的下面，接成一份，保存后再试。`,
    `Sheet "${printable(sheet)}" has lists side by side (numbers and names stand in two columns each). Move the right one below the left one, so that it is one list, save it and try again.`,
  )
}

/** A, B, … Z, AA: how spreadsheets name their columns. */
export function columnLetter(column: number): string {
  const last = String.fromCharCode(65 + (column % 26))
  return column < 26 ? last : columnLetter(Math.floor(column / 26) - 1) + last
}

function widestRow(rows: readonly string[][]): string[] {
  const filled = (row: readonly string[]): string[] => row.map(printable).filter(Boolean)
  return rows.slice(0, headerDepth).map(filled).reduce((most, row) => (row.length > most.length ? row : most), [])
}

/** For messages: one line, not endless, no control characters. */
export function printable(text: string): string {
  const line = text.slice(0, 500).toWellFormed().replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim()
  return line.length > 40 ? `${line.slice(0, 40)}…`.toWellFormed() : line
}
