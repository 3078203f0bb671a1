import { lineage } from './campus-model.ts'
import type { Campus, Person, PersonStatus, PoliticalStatus, Tree, Unit } from './campus-model.ts'

export type CampusFiles = { 'students.csv': string; 'staff.csv': string; 'offices.csv': string; 'links.csv': string }

const politics: Record<PoliticalStatus, string> = { member: '中共党员', probationary: '中共预备党员', applicant: '入党积极分子', league: '共青团员', masses: '群众', 'other-party': '民主党派' }
const statuses: Record<PersonStatus, string> = { enrolled: '在籍', suspended: '休学', internship: '实习', exchange: '交换', employed: '在职', 'on-leave': '病假', seconded: '借调' }
const kinds: Record<Person['kind'], string> = { student: '学生', staff: '教职工', contractor: '外聘' }
const trees: Record<Tree, string> = { admin: '行政', party: '党组织', residence: '住宿' }

/** The campus as the files that its offices would hand in: CSV in UTF-8 with a byte order mark, as Excel saves it. */
export function campusFiles(campus: Campus): CampusFiles {
  const byId = new Map(campus.units.map((unit) => [unit.id, unit]))
  const byNumber = new Map(campus.people.map((person) => [person.number, person]))
  const counsellors = new Map(campus.classes.map((group) => [group.unit, byNumber.get(group.counsellor)?.name ?? '']))
  const names = (id: string | null): Partial<Record<Unit['kind'], string>> =>
    id === null ? {} : Object.fromEntries(lineage(byId, id).map((unit) => [unit.kind, unit.name]))
  const students = campus.people.filter((person) => person.kind === 'student').map((person) => {
    const [admin, party, home] = [names(person.units.admin), names(person.units.party), names(person.units.residence)]
    const place = person.units.residence === null ? (person.livesOut ? ['校外', '校外租住', '', ''] : ['', '', '', '']) : [home.campus, home.building, home.floor, home.room]
    return [
      person.number, person.name, person.sex === 'male' ? '男' : '女', admin.college, person.grade, person.major, admin.class, counsellors.get(person.units.admin),
      politics[person.politicalStatus], person.phone, ...place, person.onCampus ? '是' : '否', statuses[person.status], party['general-branch'], party.branch,
    ]
  })
  const staff = campus.people.filter((person) => person.kind !== 'student').map((person) => {
    const [admin, party] = [names(person.units.admin), names(person.units.party)]
    return [
      person.number, person.name, person.sex === 'male' ? '男' : '女', kinds[person.kind], admin.college, admin.department, admin.office, person.position,
      politics[person.politicalStatus], person.phone, person.email, party['general-branch'], party.branch, person.onCampus ? '是' : '否', statuses[person.status],
    ]
  })
  const path = (id: string): string => pathOf(byId, id)
  return {
    'students.csv': csv(['学号', '姓名', '性别', '学院', '年级', '专业', '班级', '辅导员', '政治面貌', '手机号', '校区', '宿舍楼', '楼层', '房间号', '是否在校', '学籍状态', '二级党组织', '党支部'], students),
    'staff.csv': csv(['工号', '姓名', '性别', '人员类别', '学院', '部门', '科室', '职务', '政治面貌', '手机号', '邮箱', '二级党组织', '党支部', '是否在岗', '在职状态'], staff),
    'offices.csv': csv(
      ['树', '组织路径', '职务', '工号/学号', '姓名', '起', '止', '角色'],
      campus.holdings.map((one) => [trees[one.tree], path(one.unit), one.title, one.person, byNumber.get(one.person)?.name, one.from, one.to, one.capacity]),
    ),
    'links.csv': csv(['党员学工号', '姓名', '组织路径', '起'], campus.links.map((link) => [link.member, byNumber.get(link.member)?.name, path(link.room), link.from])),
  }
}

/** Names from below the root down, joined by slashes; a slash alone is the root. */
export function pathOf(byId: ReadonlyMap<string, Unit>, id: string): string {
  return lineage(byId, id).slice(0, -1).map((unit) => unit.name).toReversed().join('/') || '/'
}

function csv(header: readonly string[], rows: readonly (readonly (string | null | undefined)[])[]): string {
  const line = (cells: readonly (string | null | undefined)[]): string => cells.map((cell) => quote(cell ?? '')).join(',')
  return `\uFEFF${[header, ...rows].map(line).join('\r\n')}\r\n`
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
