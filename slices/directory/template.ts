/** Workbooks to be filled in: the columns of a roster in the institution's own words, two made-up rows to follow, and a sheet that explains each column. */
import { createRequire } from 'node:module'
import type { CellAddress, CellObject, Range, WorkBook, WorkSheet } from '@e965/xlsx'
import type { Language } from '#kernel/words.ts'
import { toHant } from '#kernel/hant.ts'
import type { Vocabulary } from './vocabularies.ts'

const xlsx = createRequire(import.meta.url)('@e965/xlsx') as {
  write(book: WorkBook, options: { type: 'buffer'; bookType: 'xlsx'; compression: boolean }): Buffer
  utils: { book_new(): WorkBook; aoa_to_sheet(rows: readonly (readonly string[])[]): WorkSheet; book_append_sheet(book: WorkBook, sheet: WorkSheet, name: string): void; encode_cell(cell: CellAddress): string; encode_range(range: Range): string }
}

/** So many rows are laid out for people. */
const textRows = 1000
const guide = '填写说明'
/** The sheet of a template that explains it, and holds nobody. */
export const isGuide = (sheet: string): boolean => sheet === guide || sheet === toHant(guide)

type Kind = 'students' | 'staff' | 'offices' | 'links'
/** Header, whether a row without it is refused, what it means, two made-up values. */
type Column = [header: string, needed: boolean, about: string, first: string, second: string]

function columnsOf(kind: Kind, vocabulary: Vocabulary): Column[] {
  const { unitKinds, trees, politicalStatus } = vocabulary
  const said = (key: string, given: string) => unitKinds[key]?.zh ?? given
  const party = (columns: Column[]) => (trees.party ? columns : [])
  const title = (role: string, given: string) => vocabulary.offices.find((office) => office.role === role)?.title ?? given
  if (kind === 'students')
    return [
      ['学号', true, '每人一个，导入时据此认人', '20990101', '20990102'], ['姓名', true, '', '示甲', '示乙'], ['性别', false, '男、女', '女', '男'],
      ['学院', true, `所在${said('college', '学院')}；没有的会自动新建`, `示例${said('college', '学院')}`, `示例${said('college', '学院')}`], ['年级', false, '入学年份，如 2099', '2099', '2099'], ['专业', false, '', '软件工程', '软件工程'],
      ['班级', true, `所在${said('class', '班级')}；${title('counsellor', '辅导员')}按${said('class', '班级')}负责`, '软件2099-1班', '软件2099-1班'],
      ['辅导员', false, `${title('counsellor', '辅导员')}姓名；导入后列为任职建议，由您确认`, '示辅', '示辅'], ['辅导员工号', false, '有工号更准', 'T9901', 'T9901'],
      ...(politicalStatus ? ([['政治面貌', false, '中共党员、共青团员、群众等', '共青团员', '中共党员']] as Column[]) : []), ...party([['党总支', false, `所在${said('general-branch', '党总支')}`, '', '示例党总支'], ['党支部', false, `所在${said('branch', '党支部')}`, '', '学生第一党支部']]),
      ['手机号', false, '责任人联系用', '13800000001', '13800000002'], ['校区', false, '', '北校区', '北校区'], ['宿舍楼', false, '住校外写“校外”', '1号楼', '1号楼'], ['房间号', false, '', '101', '102'], ['是否在校', false, '是、否', '是', '是'], ['学籍状态', false, '在籍、休学、实习、交换等', '在籍', '在籍'],
    ]
  if (kind === 'staff')
    return [
      ['工号', true, '每人一个，导入时据此认人', 'T9901', 'T9902'], ['姓名', true, '', '示辅', '示书'], ['性别', false, '男、女', '男', '女'], ['人员类别', false, '教职工、外聘', '教职工', '教职工'],
      ['部门', true, `所在${said('department', '部门')}或${said('college', '学院')}`, `示例${said('college', '学院')}`, `示例${said('college', '学院')}`], ['科室', false, `所在${said('office', '科室')}`, '', ''],
      ['职务', false, `能认出的职务（${vocabulary.offices.slice(0, 8).map((office) => office.title).join('、')}等）列为任职建议，由您确认`, title('counsellor', '辅导员'), title('secretary', title('head', '主任'))],
      ...(politicalStatus ? ([['政治面貌', false, '', '中共党员', '中共党员']] as Column[]) : []), ...party([['党总支', false, '', '示例党总支', '示例党总支'], ['党支部', false, '', '教工党支部', '教工党支部']]),
      ['手机号', false, '', '13800000011', '13800000012'], ['邮箱', false, '', 't9901@example.edu.cn', 't9902@example.edu.cn'], ['在职状态', false, '在职、病假、借调、退休等', '在职', '在职'],
    ]
  if (kind === 'offices')
    return [
      ['树', false, Object.values(trees).map((tree) => tree.zh).join('、'), trees.admin?.zh ?? '行政', trees.admin?.zh ?? '行政'], ['组织路径', true, '从上到下用 / 隔开，不写学校', `示例${said('college', '学院')}/2099级/软件2099-1班`, `示例${said('college', '学院')}`],
      ['职务', true, `可用：${vocabulary.offices.map((office) => office.title).join('、')}`, title('counsellor', '辅导员'), title('secretary', title('head', '主任'))], ['工号/学号', true, '须已在人员名册中', 'T9901', 'T9902'], ['姓名', false, '用来核对', '示辅', '示书'],
      ['起', false, '不填则从导入时起', '2099-09-01', '2099-09-01'], ['止', false, '不填则没有期限；含当日', '', ''], ['角色', false, '代理的写“代理”', '', ''],
    ]
  return [['联系人学工号', true, '负责联系的人', '20990102', '20990102'], ['姓名', false, '', '示乙', '示乙'], ['组织路径', false, '联系的房间：校区/楼栋/楼层/房间', '北校区/1号楼/1层/101', ''], ['联系对象学号', false, '联系的是人时填', '', '20990101']]
}

const names: Record<Kind, string> = { students: '学生名册模板', staff: '教职工名册模板', offices: '任职表模板', links: '联系户表模板' }

/** The workbook and what to call it. Headers are Chinese in every language: they are what rosters are read by. */
export function templateOf(kind: Kind, vocabulary: Vocabulary, language: Language): { fileName: string; bytes: Uint8Array } {
  const say = (text: string) => (language === 'zh-Hant' ? toHant(text) : text)
  const columns = columnsOf(kind, vocabulary)
  const book = xlsx.utils.book_new()
  const sheet = xlsx.utils.aoa_to_sheet([columns.map(([header]) => header), columns.map((column) => column[3]), columns.map((column) => column[4])])
  // Numbers typed into these stay as they are typed: zeros at the beginning, all digits of long ones.
  columns.forEach(([header], at) => {
    if (!/[号话]/.test(header)) return
    for (let row = 1; row <= textRows; row++) {
      const place = xlsx.utils.encode_cell({ r: row, c: at })
      sheet[place] = { ...((sheet[place] as CellObject | undefined) ?? { t: 'z' }), z: '@' }
    }
  })
  sheet['!ref'] = xlsx.utils.encode_range({ s: { r: 0, c: 0 }, e: { r: textRows, c: columns.length - 1 } })
  sheet['!cols'] = columns.map(([header, , , first]) => ({ wch: Math.min(36, Math.max(10, header.length * 2 + 2, first.length * 1.6 + 2)) }))
  xlsx.utils.book_append_sheet(book, sheet, say('名册'))
  const about = xlsx.utils.aoa_to_sheet([['列 Column', '必填 Needed', '说明 What it means'], ...columns.map(([header, needed, text]) => [header, needed ? '是 yes' : '', say(text)]), [], [say('第二、三行是示例，请删除后填写。列的顺序不限，可以增加别的列。'), '', 'Rows 2 and 3 are examples: delete them. Columns may stand in any order; others may be added.']])
  about['!cols'] = [{ wch: 18 }, { wch: 12 }, { wch: 80 }]
  xlsx.utils.book_append_sheet(book, about, say(guide))
  return { fileName: `${say(names[kind])}.xlsx`, bytes: xlsx.write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) }
}
