/** The words an institution uses for its trees, units and offices. With Party organisation, and without. */
import type { Bilingual } from '#kernel/words.ts'
import type { RoleName } from './rules.ts'

export type Tree = 'admin' | 'party' | 'residence'

export interface Vocabulary {
  name: Bilingual
  trees: Partial<Record<Tree, Bilingual>>
  unitKinds: Record<string, Bilingual & { tree: Tree }>
  /** Titles of offices as written in rosters, and the role each carries; the first that the title ends with wins. */
  offices: { title: string; en: string; role: RoleName }[]
  /** Whether membership (政治面貌) is kept at all. */
  politicalStatus: boolean
}

const academicKinds = {
  school: { zh: '学校', en: 'University', tree: 'admin' },
  college: { zh: '学院', en: 'College', tree: 'admin' },
  department: { zh: '部门', en: 'Department', tree: 'admin' },
  office: { zh: '科室', en: 'Office', tree: 'admin' },
  grade: { zh: '年级', en: 'Grade', tree: 'admin' },
  class: { zh: '班级', en: 'Class', tree: 'admin' },
} as const

const residenceKinds = {
  estate: { zh: '住宿区', en: 'Residences', tree: 'residence' },
  campus: { zh: '校区', en: 'Campus', tree: 'residence' },
  building: { zh: '楼栋', en: 'Building', tree: 'residence' },
  floor: { zh: '楼层', en: 'Floor', tree: 'residence' },
  room: { zh: '房间', en: 'Room', tree: 'residence' },
} as const

const partyKinds = {
  committee: { zh: '党委', en: 'Party committee', tree: 'party' },
  'general-branch': { zh: '党总支', en: 'General branch', tree: 'party' },
  branch: { zh: '党支部', en: 'Branch', tree: 'party' },
} as const

const sharedOffices: Vocabulary['offices'] = [
  { title: '系统管理员', en: 'Administrator', role: 'administrator' },
  { title: '值班员', en: 'Duty officer', role: 'duty-officer' },
  { title: '个人信息保护负责人', en: 'Data-protection officer', role: 'data-protection-officer' },
  { title: '校医', en: 'Doctor', role: 'doctor' },
  { title: '辅导员', en: 'Counsellor', role: 'counsellor' },
  { title: '班主任', en: 'Class adviser', role: 'class-adviser' },
  { title: '楼层长', en: 'Floor head', role: 'floor-head' },
  { title: '楼长', en: 'Building manager', role: 'building-manager' },
  { title: '院长', en: 'Dean', role: 'dean' },
]

export const vocabularies: Record<string, Vocabulary> = {
  'cn-university': {
    name: { zh: '高校（有党组织）', en: 'Chinese university with Party organisation' },
    trees: { admin: { zh: '行政', en: 'Administrative' }, party: { zh: '党组织', en: 'Party' }, residence: { zh: '住宿', en: 'Residential' } },
    unitKinds: { ...academicKinds, ...partyKinds, ...residenceKinds },
    offices: [
      { title: '组织部干事', en: 'Organisation officer', role: 'organisation-officer' },
      { title: '党支部书记', en: 'Branch secretary', role: 'branch-secretary' },
      { title: '支部书记', en: 'Branch secretary', role: 'branch-secretary' },
      { title: '副书记', en: 'Deputy secretary', role: 'secretary' },
      { title: '书记', en: 'Secretary', role: 'secretary' },
      ...sharedOffices,
      { title: '处长', en: 'Head', role: 'head' },
      { title: '部长', en: 'Head', role: 'head' },
      { title: '主任', en: 'Head', role: 'head' },
      { title: '科长', en: 'Section head', role: 'head' },
      { title: '负责人', en: 'Head', role: 'head' },
    ],
    politicalStatus: true,
  },
  campus: {
    name: { zh: '院校（无党组织）', en: 'Institution without Party organisation' },
    trees: { admin: { zh: '行政', en: 'Administrative' }, residence: { zh: '住宿', en: 'Residential' } },
    unitKinds: { ...academicKinds, ...residenceKinds },
    offices: [
      { title: '应急协调员', en: 'Emergency coordinator', role: 'duty-officer' },
      ...sharedOffices,
      { title: '主任', en: 'Head', role: 'head' },
      { title: '负责人', en: 'Head', role: 'head' },
      { title: 'Emergency coordinator', en: 'Emergency coordinator', role: 'duty-officer' },
      { title: 'Counsellor', en: 'Counsellor', role: 'counsellor' },
      { title: 'Head', en: 'Head', role: 'head' },
      { title: 'Dean', en: 'Dean', role: 'dean' },
    ],
    politicalStatus: false,
  },
}

/** Kinds of people, the same in every vocabulary; an institution may call them otherwise. */
export const personKinds: Record<'student' | 'staff' | 'contractor' | 'family', Bilingual> = {
  student: { zh: '学生', en: 'Student' },
  staff: { zh: '教职工', en: 'Staff' },
  contractor: { zh: '外聘人员', en: 'Contractor' },
  family: { zh: '家属', en: 'Family' },
}

export function vocabularyOf(name: string): Vocabulary {
  return vocabularies[name] ?? (vocabularies['cn-university'] as Vocabulary)
}

/** The role that an office title carries in this vocabulary, if any. */
export function roleOfTitle<R extends string>(vocabulary: { offices: readonly { title: string; role: R }[] }, title: string): R | undefined {
  return vocabulary.offices.find((office) => title.endsWith(office.title))?.role
}
