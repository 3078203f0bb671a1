/** Rows of a file as facts, or the reasons why not. Pure: people, units and what is known come in from outside. */
import { stableIdAt } from '#kernel/ids.ts'
import type { Bilingual } from '#kernel/words.ts'
import { isIdentityNumber, readName } from '#slices/directory/server.ts'
import type { ColumnRead } from './columns.ts'
import { isEmptyCell, readCell, readMoment, short, type CellAttribute } from './values.ts'

export interface RowFact {
  factId: string
  subjectId: string
  attribute: string
  value: unknown
  observedAt: string
}
/** A row as it stands in the file, read but for whose it is. */
export interface RowRead {
  rowNo: number
  cells: string[]
  number: string | null
  name: string | null
  unit: string | null
  observedAt: string | null
  entries: { attribute: CellAttribute & { subjectKind: 'person' | 'unit' }; value: unknown }[]
  wrong: Bilingual[]
  doubts: Bilingual[]
}
export type ImportAttribute = CellAttribute & { subjectKind: 'person' | 'unit' }

export interface Reading {
  columns: readonly ColumnRead[]
  attributes: ReadonlyMap<string, ImportAttribute>
  /** Where the file has no column of times. */
  observedAt: string | null
  timeZone: string
}

const tidy = (text: string | undefined) => (text ?? '').normalize('NFKC').replace(/[\p{Cc}\u200b-\u200f\ufeff]/gu, '').trim()

/** Totals and signatures under a table. */
const beneath = /^(合|总|小)\s*计\s*:?$|^(填表|填报|制表|审核|复核)人?\s*:/

/** Reads one row. Null: nothing stands in it, or nothing about anybody. */
export function readRow(rowNo: number, cells: string[], reading: Reading): RowRead | null {
  const first = cells.find((cell) => cell.trim() !== '')
  if (first === undefined || beneath.test(tidy(first))) return null
  const row: RowRead = { rowNo, cells, number: null, name: null, unit: null, observedAt: reading.observedAt, entries: [], wrong: [], doubts: [] }
  if (cells.length > reading.columns.length && cells.slice(reading.columns.length).some((cell) => cell.trim() !== '')) row.wrong.push({ zh: `这一行有 ${cells.length} 列，比标题行多，可能有逗号没有加引号`, en: `this row has ${cells.length} columns, more than the header; a comma may lack its quotation marks` })
  let pairName: string | null = null
  let pairValue: string | null = null
  reading.columns.forEach((column, at) => {
    const cell = cells[at] ?? ''
    if (column.header.trim() === '' && cell.trim() !== '') row.doubts.push({ zh: `第 ${at + 1} 列没有列名，“${short(cell)}”没有读取`, en: `column ${at + 1} has no name; "${short(cell)}" was not read` })
    if (column.role === 'number') row.number = numberOf(cell, row)
    else if (column.role === 'name') row.name = readName(cell).value ?? (tidy(cell) || null)
    else if (column.role === 'unit') row.unit = tidy(cell) || null
    else if (column.role === 'observed') row.observedAt = momentOf(cell, reading, row)
    else if (column.role === 'attribute') pairName = tidy(cell)
    else if (column.role === 'value') pairValue = cell
    else if (column.role === 'fact' && !isEmptyCell(cell)) enter(row, column.attribute ?? '', cell, column.unit, column.header, reading)
  })
  if (pairName !== null && pairValue !== null && !isEmptyCell(pairValue)) {
    const wanted = (pairName as string).toLowerCase()
    const found = [...reading.attributes.values()].find((one) => [one.key, one.label.zh, one.label.en].some((name) => name.toLowerCase() === wanted))
    if (found) enter(row, found.key, pairValue, null, found.label.zh, reading)
    else row.wrong.push({ zh: `没有信息项“${short(pairName)}”`, en: `there is no attribute "${short(pairName)}"` })
  }
  if (row.entries.length === 0 && row.wrong.length === 0) row.wrong.push({ zh: '没有填任何信息项', en: 'no attribute is filled in' })
  return row
}

function numberOf(cell: string, row: RowRead): string | null {
  if (isIdentityNumber(cell)) {
    row.wrong.push({ zh: '学工号一栏是身份证号：证件号码不导入，请换成学工号', en: 'an identity number stands where the number of the person should be: it is not imported, please put the number in its place' })
    return null
  }
  // Systems write ="00123" so that a spreadsheet keeps the zeros.
  const text = tidy(cell).replace(/^="([^"]*)"$/, '$1').replace(/^'/, '').replace(/\s/g, '').replace(/^(\d+)\.0+$/, '$1')
  const power = /^(\d)(?:\.(\d+))?E\+?(\d{1,2})$/i.exec(text)
  // With all its digits there it is the number still.
  if (power && (power[2] ?? '').length === Number(power[3])) return `${power[1]}${power[2] ?? ''}`
  if (power) row.wrong.push({ zh: `学工号“${short(text)}”被表格软件写成了科学计数，数字已丢失`, en: `the number "${short(text)}" was turned into scientific notation; its digits are lost` })
  return text.toUpperCase() || null
}

function momentOf(cell: string, reading: Reading, row: RowRead): string | null {
  if (isEmptyCell(cell)) {
    if (reading.observedAt === null) row.wrong.push({ zh: '没有写时间', en: 'the time is missing' })
    return reading.observedAt
  }
  const read = readMoment(cell, reading.timeZone)
  if ('wrong' in read) {
    row.wrong.push(read.wrong)
    return null
  }
  if (read.doubt) row.doubts.push(read.doubt)
  return read.value
}

function enter(row: RowRead, key: string, cell: string, headerUnit: string | null, header: string, reading: Reading): void {
  const attribute = reading.attributes.get(key)
  if (!attribute) return
  const read = readCell(attribute, cell, headerUnit, reading.timeZone)
  if ('wrong' in read) row.wrong.push({ zh: `${short(header)}：${read.wrong.zh}`, en: `${short(header)}: ${read.wrong.en}` })
  else row.entries.push({ attribute, value: read.value })
}

/** Who a row can be about. */
export interface Known {
  person(number: string): { personId: string; name: string; leftAt: string | null; within: boolean } | undefined
  namesakes(name: string): { personId: string; leftAt: string | null; units: readonly string[]; within: boolean }[]
  unit(path: string): { unitId: string; within: boolean } | undefined
}

const stranger = (who: string): Bilingual => ({ zh: `名册里没有“${short(who)}”，或不在您的权限范围内`, en: `"${short(who)}" is not in the roster, or not within what you may enter` })

/** The facts of a row; adds to `wrong` where somebody cannot be found. */
export function factsOf(row: RowRead, known: Known, institutionId: string): RowFact[] {
  const kinds = new Set(row.entries.map((entry) => entry.attribute.subjectKind))
  const person = kinds.has('person') ? personOf(row, known) : null
  const unit = kinds.has('unit') ? unitOf(row, known) : null
  if (row.wrong.length || row.observedAt === null) return []
  const observedAt = row.observedAt
  return row.entries.map(({ attribute, value }) => {
    const subjectId = (attribute.subjectKind === 'unit' ? unit : person) ?? ''
    // The same row is the same fact, in whichever file and however often it comes.
    return { factId: stableIdAt(new Date(observedAt), 'fact of a file', institutionId, subjectId, attribute.key, JSON.stringify(value), observedAt), subjectId, attribute: attribute.key, value, observedAt }
  })
}

function personOf(row: RowRead, known: Known): string | null {
  if (row.number) {
    const found = known.person(row.number)
    if (!found?.within) row.wrong.push(stranger(row.number))
    else if (row.name && row.name !== found.name) row.wrong.push({ zh: `学工号 ${row.number} 在名册里不是“${short(row.name)}”，姓名或学工号写错了`, en: `number ${row.number} is not "${short(row.name)}" in the roster; one of the two is wrong` })
    else {
      if (found.leftAt) row.doubts.push({ zh: '此人已离开', en: 'this person has left' })
      return found.personId
    }
    return null
  }
  if (!row.name) {
    row.wrong.push({ zh: '没有写是谁（学工号和姓名都空着）', en: 'it does not say who: number and name are empty' })
    return null
  }
  const same = known.namesakes(row.name).filter((one) => one.within && !one.leftAt && (!row.unit || one.units.some((unit) => unit === row.unit || row.unit?.endsWith(`/${unit}`))))
  if (same.length === 1 && same[0]) return same[0].personId
  row.wrong.push(same.length ? { zh: `有 ${same.length} 人叫“${short(row.name)}”，请写学工号${row.unit ? '' : '或班级'}`, en: `${same.length} people are called "${short(row.name)}"; give the number${row.unit ? '' : ' or the unit'}` } : stranger(row.unit ? `${row.unit} ${row.name}` : row.name))
  return null
}

function unitOf(row: RowRead, known: Known): string | null {
  const found = row.unit ? known.unit(row.unit) : undefined
  if (found?.within) return found.unitId
  row.wrong.push(row.unit ? { zh: `找不到组织“${short(row.unit)}”，或不在您的权限范围内`, en: `the unit "${short(row.unit)}" is not known, or not within what you may enter` } : { zh: '没有写是哪个组织', en: 'it does not say which unit' })
  return null
}
