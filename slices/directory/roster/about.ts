import { aboutSomebodyElse, aboutSomethingOfIt } from './aliases.ts'
import { columnLetter, isSerial, printable, readHeader, wordOf } from './columns.ts'
import type { SheetPlan } from './columns.ts'
import type { Field, Heading } from './fields.ts'
import type { TableDoubt } from './preview.ts'
import { RosterRefused } from './refusal.ts'
import type { Sheet } from './refusal.ts'
import { asciiWidth, readNumber, tidy } from './values.ts'

/** Lists what was guessed, doubled, left out or not known among the columns of a sheet. */
export function noteColumns(sheet: Sheet, plan: SheetPlan, doubts: TableDoubt[]): void {
  for (const column of plan.columns) {
    if (column.guessed) {
      const word = wordOf(column.field)
      doubts.push(aboutSheet('column-guessed', sheet, `“${column.header}”按“${word}”读取，请核对`, `"${column.header}" was read as ${column.field}; please check`, column.header))
    }
  }
  for (const { field, taken, other } of plan.twice) {
    if (taken.chosen) continue
    doubts.push(aboutSheet('column-twice', sheet, `“${taken.header}”和“${other.header}”都像“${wordOf(field)}”，采用前者`, `"${taken.header}" and "${other.header}" both look like ${field}; the former is taken`, other.header))
  }
  noteUnused(sheet, plan, doubts)
  const names = plan.columns.filter(({ field }) => field === 'name' || field === 'number')
  const people = sheet.rows.slice(plan.firstRow, plan.firstRow + 300).filter((row) => names.every(({ column }) => tidy(row[column] ?? '') !== ''))
  const width = people.reduce((most, row) => Math.max(most, row.length), 0)
  const headless = Array.from({ length: width }, (_, at) => at).filter((at) => !plan.heads[at] && people.some((row) => tidy(row[at] ?? '') !== ''))
  const letters = headless.slice(0, named).map(columnLetter)
  if (letters.length) doubts.push(aboutSheet('columns-unused', sheet, `${letters.join('、')} 列没有表头，里面的内容没有读取`, `column ${letters.join(', ')} has no header; what stands in it was not read`))
}

/** So many of them are named; the headings of the preview hold them all. */
const named = 40

/** The columns that nothing was read from, in one line; what may be one that is missed, in a line of its own. */
function noteUnused(sheet: Sheet, plan: SheetPlan, doubts: TableDoubt[]): void {
  const taken = new Set(plan.columns.map(({ field }) => field))
  const people = sheet.rows.slice(plan.firstRow, plan.firstRow + 300)
  const unused = plan.leftOut.filter(({ header, column, why }) => {
    const missed = why || isSerial(header) ? null : whatIsMissed(header, people.map((row) => tidy(row[column] ?? '')).filter(Boolean), taken)
    if (missed) doubts.push(aboutSheet('column-likely', sheet, `“${header}”没有读取，像是“${wordOf(missed)}”：如果是，请指定`, `"${header}" was not read and looks like ${missed}: if it is, say so`, header))
    // 编号 may be the number of the person: that is said.
    return !missed && (!isSerial(header) || header.includes('编'))
  })
  const list = (columns: typeof unused, mark: string) => columns.slice(0, named).map(({ header }) => header).join(mark) + (columns.length > named ? '…' : '')
  const reasons = [...Map.groupBy(unused.filter(({ why, header }) => why !== null && !isSerial(header)), ({ why }) => why?.zh ?? '').values()]
  const [first] = unused
  if (!first) return
  const [because, becauseEn] = [
    reasons.map((columns) => `${unused.length === columns.length ? '' : `；${list(columns, '、')}`}（${columns[0]?.why?.zh}）`).join(''),
    reasons.map((columns) => `${unused.length === columns.length ? '' : `; ${list(columns, ', ')}`} (${columns[0]?.why?.en})`).join(''),
  ]
  doubts.push(unused.length === 1
    ? aboutSheet('columns-unused', sheet, `“${first.header}”没有用到${because}`, `"${first.header}" is not used${becauseEn}`, first.header)
    : aboutSheet('columns-unused', sheet, `${unused.length} 列没有用到：${list(unused, '、')}${because}`, `${unused.length} columns are not used: ${list(unused, ', ')}${becauseEn}`))
}

const telling: readonly (readonly [RegExp, Field, readonly Field[]])[] = [
  [/学院|院系|院部|系部|部门|单位/, 'college', ['college', 'department', 'office']], [/班/, 'class', ['class']], [/楼|栋|幢|寝|宿舍|房间|住处/, 'dorm', ['dorm', 'building', 'room']],
  [/电话|手机|联系/, 'phone', ['phone']], [/支部/, 'partyBranch', ['partyBranch']],
]
/** What a column that is not known may be, where the sheet has no other of it. */
function whatIsMissed(header: string, cells: readonly string[], taken: ReadonlySet<Field>): Field | null {
  if (cells.length === 0 || aboutSomebodyElse.test(header)) return null
  const mobiles = cells.filter((cell) => /^(\+?86)?1[3-9]\d{9}$/.test(asciiWidth(cell).replace(/[\s-]/g, ''))).length
  if (!taken.has('phone') && mobiles * 2 > cells.length) return 'phone'
  return telling.find(([pattern, field, fields]) => pattern.test(header) && (field === 'phone' || !aboutSomethingOfIt.test(header)) && !fields.some((one) => taken.has(one)))?.[1] ?? null
}

/** A doubt about a sheet or one of its columns. */
export function aboutSheet(code: TableDoubt['code'], sheet: Sheet, zh: string, en: string, header: string | null = null): TableDoubt {
  return { code, sheet: printable(sheet.name), header, zh, en }
}

/** A sheet without a column that it needs. `likely`: the column that may be the number under another name. */
export type Missing = { sheet: string; headers: string[]; what: 'name' | 'number'; likely?: string | null; headings: readonly Heading[] }

/** A sheet that has names and no numbers. 编号 counts its rows in most rosters; where its values are no such count, it may be the numbers of the people. */
export function withoutNumbers(sheet: Sheet, plan: SheetPlan): Missing {
  const name = plan.columns.find((column) => column.field === 'name')?.column ?? 0
  const rows = sheet.rows.slice(plan.firstRow, plan.firstRow + 2000).filter((row) => (row[name] ?? '').trim() !== '')
  const likely = plan.leftOut.find(({ header, column }) => {
    const cells = rows.map((row) => tidy(row[column] ?? '')).filter(Boolean)
    // Rows are counted from a small number on; 20261001, 20261002 are people in their order.
    const counts = (cells[0]?.length ?? 0) < 5 && cells.every((cell, at) => Number(cell) === Number(cells[0]) + at)
    return /编号|编码|代码|号$/.test(header) && !/序号|身份证|证件|护照|家长|卡号|账号/.test(header) && !counts && cells.length > 0 && new Set(cells).size === cells.length && cells.every((cell) => readNumber(cell).value !== null)
  })
  const headings = plan.headings.map((one): Heading => (likely && one.header === likely.header ? { ...one, field: 'number', how: 'likely', why: null } : one))
  return { sheet: sheet.name, headers: plan.heads.filter(Boolean), what: 'number', likely: likely?.header ?? null, headings }
}

/** Why no sheet of the file could be read, with the headers that were seen. */
export function nothingToRead(missing: readonly Missing[]): RosterRefused {
  const worst = missing.find((item) => item.what === 'number') ?? missing[0]
  if (!worst) return new RosterRefused('empty', '文件里没有可读的内容。', 'There is nothing to read in the file.')
  const problem = whyNothing(worst)
  problem.headings = worst.headings
  return problem
}

/** A table whose first column says 学号, 姓名 lies across. */
export function lyingAcross(sheets: readonly Sheet[]): RosterRefused | null {
  const sheet = sheets.find(({ hidden, rows }) => {
    const fields = rows.slice(0, 40).map((row) => readHeader(row[0] ?? '')).flatMap((meaning) => ('field' in meaning && !meaning.guessed ? [meaning.field] : []))
    return !hidden && fields.includes('name') && fields.includes('number')
  })
  if (!sheet) return null
  const name = printable(sheet.name)
  return new RosterRefused(
    'no-name-column',
    `工作表“${name}”是横着排的：“姓名”“学号”写在第一列，一个人占一列。请在表格软件中全选复制，用“选择性粘贴”的“转置”贴到新表，保存后再试。`,
    `Sheet "${name}" lies across: names and numbers are headed in its first column, with a column for each person. Copy all of it, paste it transposed (Paste Special) into a new sheet, save that and try again.`,
  )
}

function whyNothing(worst: Missing): RosterRefused {
  const seen = worst.headers.slice(0, 30).map(printable)
  const place = { zh: `工作表“${printable(worst.sheet)}”`, en: `Sheet "${printable(worst.sheet)}"` }
  const list = { zh: seen.join('、') || '（无）', en: seen.join(', ') || '(none)' }
  if (worst.what === 'number') {
    const [mend, mendEn] = worst.likely
      ? [`“${worst.likely}”一列的内容像是人员的号码：如果是，请指定它是学工号，或把表头改成“学号”或“工号”。`, `The values of "${worst.likely}" look like numbers of people: if they are, say that it is the number, or rename it 学号 or 工号.`]
      : ['如果其中有一列就是学号或工号，请指定是哪一列，或把它的表头改成“学号”或“工号”。', 'If one of these is the number, say which, or rename it 学号 or 工号.']
    return new RosterRefused(
      'no-number-column',
      `${place.zh}没有学号或工号列，无法确定每一行是谁。看到的表头：${list.zh}。${mend}`,
      `${place.en} has no column of student or staff numbers, so it cannot be told who each row is. Headers seen: ${list.en}. ${mendEn}`,
    )
  }
  return new RosterRefused(
    'no-name-column',
    `${place.zh}没有找到姓名列。看到的表头：${list.zh}。请指定哪一列是姓名；一列也没有时，请确认有一行写着“姓名”“学号”等列名。`,
    `${place.en} has no column of names. Headers seen: ${list.en}. Say which of them is the name; where there is none, make sure that one row names the columns.`,
  )
}
