import { isSerial, printable, readHeader, wordOf } from './columns.ts'
import type { SheetPlan } from './columns.ts'
import type { Heading } from './fields.ts'
import type { TableDoubt } from './preview.ts'
import { RosterRefused } from './refusal.ts'
import type { Sheet } from './refusal.ts'
import { readNumber, tidy } from './values.ts'

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
  for (const { header, why } of plan.leftOut) {
    // 编号 may be the number of the person: that is said.
    if (isSerial(header) && !header.includes('编')) continue
    doubts.push(
      why
        ? aboutSheet('column-left-out', sheet, `“${header}”没有导入：${why.zh}`, `"${header}" was left out: ${why.en}`, header)
        : aboutSheet('column-unknown', sheet, `“${header}”不认识，没有导入`, `"${header}" is not known and was left out`, header),
    )
  }
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
