import { aboveOf, withAbove } from './above.ts'
import { foldHeader, isSerial, planSheet, printable } from './columns.ts'
import type { SheetPlan } from './columns.ts'
import { mustBeThere, onceEach } from './chosen.ts'
import { aboutSheet, lyingAcross, noteColumns, nothingToRead, withoutNumbers, type Missing } from './about.ts'
import { yearOf } from './dates.ts'
import { readRow } from './person.ts'
import type { Context } from './person.ts'
import { fieldWords } from './preview.ts'
import type { Heading } from './fields.ts'
import type { Line, PersonFields, RosterOptions, RosterPreview, RosterRow, RowField, RowRefusal, Skipped, TableDoubt } from './preview.ts'
import type { Sheet } from './refusal.ts'
import { readClass, tidy, withoutIdentityNumbers } from './values.ts'
import type { Kind } from './values.ts'

/**
 * Reads people from tables: finds the headers, normalises every cell, explains each doubt, refuses rows without identity and
 * second rows of one number. Every row with content below a header ends in exactly one of rows, refused and skipped.
 * Throws RosterRefused if the tables as a whole cannot be read (no names, no numbers, two number columns), and nothing else.
 */
export function readRoster(sheets: readonly Sheet[], options: RosterOptions = {}): RosterPreview {
  const preview: RosterPreview = { headings: [], sheets: [], columns: [], rows: [], refused: [], skipped: [], doubts: [] }
  const byNumber = new Map<string, RosterRow>()
  const missing: Missing[] = []
  const seen: Heading[] = []
  for (const sheet of sheets) {
    if (!sheet.rows.some((row) => row.some((cell) => cell.trim() !== ''))) continue
    if (sheet.hidden) {
      preview.doubts.push(aboutSheet('sheet-hidden', sheet, '隐藏的工作表，没有读取', 'a hidden sheet; not read'))
      continue
    }
    const plan = planSheet(sheet, options.chosen)
    seen.push(...plan.headings)
    if ('headersSeen' in plan) {
      missing.push({ sheet: sheet.name, headers: plan.headersSeen, what: 'name', headings: plan.headings })
    } else if (plan.columns.some((column) => column.field === 'number')) {
      preview.headings.push(...plan.headings)
      readSheet(sheet, plan, options, preview, byNumber)
    } else {
      missing.push(withoutNumbers(sheet, plan))
    }
  }
  mustBeThere(options.chosen, seen)
  preview.headings = onceEach(preview.headings)
  if (preview.columns.length === 0) throw lyingAcross(sheets) ?? nothingToRead(missing)
  const [uncomputed] = sheets.filter((sheet) => sheet.uncomputed)
  if (uncomputed) preview.doubts.unshift(aboutSheet('not-computed', uncomputed, '工作簿里有公式没有算出结果，这些格按空白读取。请用 Excel 或 WPS 打开，保存后再导入', 'the workbook has formulas without their results; those cells are read as empty. Open it in a spreadsheet program, save it and import that'))
  for (const { sheet, what } of missing) {
    const [zh, en] = what === 'name' ? ['没有姓名列', 'it has no column of names'] : ['没有学号或工号列', 'it has no column of numbers']
    preview.doubts.push({ code: 'sheet-skipped', sheet: printable(sheet), header: null, zh: `工作表“${printable(sheet)}”${zh}，没有读取`, en: `Sheet "${printable(sheet)}" was not read: ${en}` })
  }
  return preview
}

/** What a sheet says about each of its rows. */
export function contextOf(sheet: Sheet, plan: SheetPlan, options: RosterOptions, doubts: TableDoubt[]): Context {
  noteColumns(sheet, plan, doubts)
  return {
    plan,
    year: yearOf(plan.above) ?? options.year ?? null,
    kind: kindOfSheet(sheet, plan, options, doubts),
    classOfSheet: plan.columns.some((column) => column.field === 'class') ? null : classFromName(sheet.name),
    collegeOfSheet: collegeOfSheet(sheet, plan, doubts),
    above: aboveOf(sheet, plan, doubts),
  }
}

/** In a workbook with a sheet per college the name of the sheet, or who fills it in, is the college of everybody in it. */
function collegeOfSheet(sheet: Sheet, plan: SheetPlan, doubts: TableDoubt[]): string | null {
  if (plan.columns.some(({ field }) => field === 'college' || field === 'department')) return null
  const isCollege = /^\p{Script=Han}{2,20}(学院|书院|学部|系)$/u
  const filler = /(?:填报单位|填表单位|报送单位|所在学院|院系|学院|单位)(?:名称)?(?:[（(][^）)]*[）)])*\s*[:：]\s*(\p{Script=Han}{2,20}?(?:学院|书院|学部|系))(?![\p{Script=Han}])/u
  const name = tidy(sheet.name)
  const found = isCollege.test(name) ? name : (filler.exec(plan.above.join(' '))?.[1] ?? null)
  if (found !== null) doubts.push(aboutSheet('college-of-sheet', sheet, `没有学院列，整张表按“${found}”读取，请核对`, `there is no column of colleges; the whole sheet is read as ${found}, please check`))
  return found
}

/** A row with what the one above says for it. */
export const completed = (cells: string[], { plan, above }: Context): string[] => withAbove(cells, plan, above, (row) => whyNoPerson(row.map(tidy), plan) !== null)

/** One row of a sheet: a person, a refusal, a row that is nobody's, or nothing at all. */
export function readCells(raw: readonly string[], line: Line, context: Context): RosterRow | RowRefusal | Skipped | null {
  const cells = raw.map(tidy)
  if (cells.every((cell) => cell === '')) return null
  const why = whyNoPerson(cells, context.plan)
  return why ? { ...line, why } : readRow(cells, line, context)
}

function readSheet(sheet: Sheet, plan: SheetPlan, options: RosterOptions, preview: RosterPreview, byNumber: Map<string, RosterRow>): void {
  preview.columns.push(...plan.columns.map(({ field, header, sheet, column }) => ({ field, header, sheet, column })))
  const context = contextOf(sheet, plan, options, preview.doubts)
  const hidden = plan.columns.filter(({ column, chosen }) => !chosen && sheet.hiddenColumns?.includes(column)).map(({ header }) => header)
  if (hidden.length) preview.doubts.push(aboutSheet('columns-hidden', sheet, `${hidden.map((head) => `“${head}”`).join('')}在表格里是隐藏的列，也已读取；不想要的请指定不读取`, `${hidden.map((head) => `"${head}"`).join(', ')}: hidden in the sheet and read too; say that it is not to be read if you do not want it`, hidden[0]))
  if (sheet.hiddenRows) preview.doubts.push(aboutSheet('rows-hidden', sheet, `有 ${sheet.hiddenRows} 行在表格里被隐藏或筛掉了，也已读取；不想要的请先删除`, `${sheet.hiddenRows} rows are hidden or filtered out in the sheet and were read too; delete those you do not want`))
  preview.sheets.push({ sheet: sheet.name, heads: plan.heads, columns: plan.columns, college: context.collegeOfSheet, class: context.classOfSheet })
  for (let index = plan.firstRow; index < sheet.rows.length; index += 1) {
    const cells = completed(sheet.rows[index] ?? [], context)
    // A row that is given back stands by itself.
    sheet.rows[index] = cells
    const row = readCells(cells, { sheet: sheet.name, row: index + 1 }, context)
    if (!row) continue
    if ('why' in row) preview.skipped.push(row)
    else if ('reason' in row) preview.refused.push(row)
    else {
      const first = byNumber.get(row.number)
      if (first) preview.refused.push(duplicate(row, first, cells.map(tidy)))
      else {
        byNumber.set(row.number, row)
        preview.rows.push(row)
      }
    }
  }
}

/** Total rows, notes under the table, and headers repeated on every printed page. */
function whyNoPerson(cells: readonly string[], plan: SheetPlan): Skipped['why'] | null {
  const filled = [...new Set(cells.filter((cell) => cell !== ''))]
  // Templates come with more numbered lines than there are people.
  if (cells.every((cell, column) => cell === '' || (/^\d+$/.test(cell) && isSerial(plan.heads[column] ?? '') && !plan.columns.some((one) => one.column === column)))) return 'note'
  const first = filled[0] ?? ''
  if (/^(合|总|小|共|累)\s*计\s*[:：]?(\s*[\d０-９]+\s*[人名位]?)?$|^(总数|总人数|人数合计)|^(sub)?total$/i.test(first)) return 'total'
  const identity = plan.columns.filter((column) => column.field === 'name' || column.field === 'number')
  if (identity.every((column) => cells[column.column] !== '' && cells[column.column] === column.header)) return 'header'
  const unnamed = identity.every((column) => (cells[column.column] ?? '') === '')
  const note = /^(备注|注|说明|填表|填报|制表|审核|负责人|联系人|附|以上|※|\*)/.test(first) && (unnamed || filled.length === 1)
  // 制表人：某某  审核：  院领导签字：  2026年11月20日  （公章） stand beneath tables in cells of their own.
  const label = /^[\p{Script=Han}（）()]{2,12}[:：]/u
  const beneath = /^\d{4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?$|^[(（].*[)）]$|^第?\s*\d+\s*页|^[-—–\s]*以下空白[-—–\s]*$/
  const signed = filled.every((cell) => label.test(cell) || (unnamed && beneath.test(cell))) || /^(填表|填报|制表|审核|复核|核对|经办|负责)人?[:：]/.test(first)
  return note || signed || (filled.length === 1 && first.length > 20) ? 'note' : null
}

/** A second row of one number. */
export function duplicate(row: RosterRow, first: PersonFields & { line: Line }, cells: readonly string[]): RowRefusal {
  const { line: _line, doubts: _doubts, ...fields } = row
  const differs = (Object.keys(fields) as RowField[]).filter((field) => row[field] !== first[field])
  const where = { zh: `“${first.line.sheet}”第 ${first.line.row} 行`, en: `row ${first.line.row} of "${first.line.sheet}"` }
  const posts = differs.length > 0 && differs.every((field) => field === 'college' || field === 'department' || field === 'office' || field === 'position')
  const [zh, en] = differs.length === 0
    ? ['，内容相同', ', with the same content']
    : [`，但以下各项不同：${differs.map((field) => fieldWords[field]).join('、')}`, `, but these differ: ${differs.join(', ')}`]
  return {
    ...row.line,
    reason: { code: 'duplicate', zh: `${row.number} 已在${where.zh}出现过${zh}；保留先出现的一行${posts ? '。一人只归一个单位，另一个职务请在组织页任命' : ''}`, en: `${row.number} already stands in ${where.en}${en}; the first one is kept${posts ? '. A person belongs to one unit; the other post is given on the page of its unit' : ''}` },
    raw: withoutIdentityNumbers(cells),
    first: first.line,
    differs,
  }
}

/** A number column says who the people are: 学号 students, 工号 staff. A column of both needs a look at the others. */
function kindOfSheet(sheet: Sheet, plan: SheetPlan, options: RosterOptions, doubts: TableDoubt[]): Kind {
  if (options.kind) return options.kind
  const header = plan.columns.find((column) => column.field === 'number')?.header ?? ''
  const folded = foldHeader(header)
  if (/学(生|籍)?号|学生编号|student|^xh$/i.test(folded) && !/工/.test(folded)) return 'student'
  if (/工号|教师|教工|职工|员工|staff|employee|^(gh|zgh|jgh)$/i.test(folded) && !/学/.test(folded)) return 'staff'
  const inClasses = plan.columns.some(({ field }) => field === 'class' || field === 'grade' || field === 'major')
  // 研究生名册, 教职工信息表: unless the name and the title say both, or the columns something else. 研究生院 is an office.
  const title = `${sheet.name} ${plan.above.join(' ')}`
  const ofStudents = /(本科生|研究生|硕士生|博士生|留学生|新生|毕业生)(?!院|处|部|科|办|工作|管理|就业|导师)|学生(名单|名册|花名册|信息|基本)/.test(title)
  const ofStaff = /教职工|教工|教师(?!教育|发展)|职工|员工|教辅|工作人员/.test(title)
  if (ofStudents && !ofStaff) return 'student'
  if (ofStaff && !ofStudents && !inClasses) return 'staff'
  const kind = inClasses ? 'student' : 'staff'
  if (!plan.columns.some((column) => column.field === 'kind')) {
    const [zh, en] = kind === 'student' ? ['学生', 'students'] : ['教职工', 'staff']
    doubts.push(aboutSheet('kind-assumed', sheet, `看不出是学生还是教职工，按${zh}读取`, `cannot tell students from staff; read as ${en}`, header))
  }
  return kind
}

/** In a workbook with a sheet per class the name of the sheet is the class. */
function classFromName(name: string): string | null {
  const text = tidy(name)
  return text.endsWith('班') || /\D(19|20)?\d\d-\d{1,2}$/.test(text) ? readClass(text).value : null
}
