/** Cells that stand for what is above them: 同上, and the empty ones of merged cells, which keep their text in the first row only once they are saved as text. */
import { aboutSheet } from './about.ts'
import { givenBack } from './aliases.ts'
import type { SheetPlan } from './columns.ts'
import type { TableDoubt } from './preview.ts'
import type { Sheet } from './refusal.ts'
import { tidy } from './values.ts'

type Field = SheetPlan['columns'][number]['field']

/** Which columns go on until the next text in them, and the last row that was read. */
export type Above = { down: number[]; cells: string[] }

/** Groups of people stand under these. Party branches and rooms are left out: with most people in none, their columns look the same. */
const groups: readonly Field[] = ['college', 'department', 'office', 'grade', 'major', 'class', 'counsellor', 'counsellorNumber']
const identity: readonly Field[] = ['number', 'name', 'phone', 'email']
const ditto = /^(同上|同前|[〃″〝"])$/

const columnsOf = (plan: SheetPlan, fields: readonly Field[]) => plan.columns.filter(({ field }) => fields.includes(field)).map(({ column }) => column)
const isPerson = (cells: readonly string[], plan: SheetPlan) => columnsOf(plan, ['number', 'name']).every((column) => tidy(cells[column] ?? '') !== '')

/**
 * The columns of groups with a text for the first of each group alone: in the first row, in at most every second one, and never the same twice running.
 * Somebody is asked to look.
 */
export function aboveOf(sheet: Sheet, plan: SheetPlan, doubts: TableDoubt[]): Above {
  const people = sheet.rows.slice(plan.firstRow).filter((cells) => isPerson(cells, plan))
  // Rows that were given back to be mended come from anywhere in their file.
  const isBack = plan.heads.some((head) => (givenBack as readonly string[]).includes(head))
  const down = isBack || people.length < 3 ? [] : columnsOf(plan, groups).filter((column) => {
    const texts = people.map((cells) => tidy(cells[column] ?? ''))
    const filled = texts.filter(Boolean)
    return texts[0] && filled.length * 2 <= texts.length && !filled.some((text, at) => text === filled[at - 1]) && !filled.some((text) => ditto.test(text))
  })
  if (down.length) {
    const heads = plan.columns.filter(({ column }) => down.includes(column)).map(({ header }) => header)
    doubts.push(aboutSheet('filled-down', sheet, `${heads.map((head) => `“${head}”`).join('')}只在每组第一行有内容（合并单元格多半如此），空着的按上面一行读取，请核对`, `${heads.map((head) => `"${head}"`).join(', ')}: only the first row of each group says it, as merged cells do; the empty ones are read as the row above, please check`, heads[0]))
  }
  return { down, cells: [] }
}

/** A row of a person with what the row above says for it. Remembers the row. `isNobody`: sums and notes, which are left as they are. */
export function withAbove(cells: string[], plan: SheetPlan, above: Above, isNobody: (cells: readonly string[]) => boolean): string[] {
  const before = above.cells
  if (above.down.length === 0 && !cells.some((cell) => cell.length < 9 && ditto.test(cell.trim()))) {
    if (isPerson(cells, plan)) above.cells = cells
    return cells
  }
  if (!columnsOf(plan, ['number', 'name']).some((column) => tidy(cells[column] ?? '') !== '') || isNobody(cells)) return cells
  const [own, upper] = [cells, before].map((row) => (column: number) => tidy(row[column] ?? '')) as [(column: number) => string, (column: number) => string]
  // Another college begins: nothing of the one above holds on.
  const begins = columnsOf(plan, ['college', 'department']).some((column) => own(column) !== '' && !ditto.test(own(column)) && own(column) !== upper(column))
  const full = [...cells]
  for (const { column, field } of plan.columns) {
    const goesOn = ditto.test(own(column)) ? !identity.includes(field) : own(column) === '' && !begins && above.down.includes(column)
    if (!goesOn || upper(column) === '') continue
    while (full.length < column) full.push('')
    full[column] = upper(column)
  }
  if (isPerson(cells, plan)) above.cells = full
  return full
}
