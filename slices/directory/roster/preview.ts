import type { Chosen, Field, Heading } from './fields.ts'
import type { Said } from './refusal.ts'
import type { DoubtCode, Kind, PersonStatus, PoliticalStatus, Sex } from './values.ts'

/** Where something stood: name of the sheet and row as the spreadsheet counts it, from 1. */
export type Line = { sheet: string; row: number }

/** Why a value was read differently from how it stood. `sure`: only tidied, nothing lost; otherwise somebody should look. */
export type CellDoubt = { field: RowField; code: DoubtCode; sure: boolean; zh: string; en: string; raw: string; taken: string | null }

export type RowField = keyof PersonFields

/** What is known of a person by the roster. Null: the roster does not say. */
export type PersonFields = {
  number: string
  name: string
  kind: Kind
  sex: Sex | null
  college: string | null
  department: string | null
  office: string | null
  grade: string | null
  major: string | null
  class: string | null
  counsellor: string | null
  counsellorNumber: string | null
  partyOrganisation: string | null
  partyBranch: string | null
  politicalStatus: PoliticalStatus | null
  phone: string | null
  email: string | null
  campus: string | null
  building: string | null
  floor: string | null
  room: string | null
  /** Lives outside the residences, by what stands where the house should be (校外租住, 走读). */
  livesOut: boolean | null
  onCampus: boolean | null
  status: PersonStatus | null
  position: string | null
  stayFrom: string | null
  stayTo: string | null
  stayReason: string | null
  consent: boolean | null
  remark: string | null
}

export type RosterRow = PersonFields & { line: Line; doubts: CellDoubt[] }

export type RowRefusal = Line & {
  reason: Said & { code: 'no-number' | 'bad-number' | 'no-name' | 'bad-name' | 'duplicate' | 'broken' }
  raw: string[]
  /** For a duplicate: where the number stood first and which fields differ there. */
  first?: Line
  differs?: RowField[]
}

/** Something about a sheet or a column rather than a row. */
export type TableDoubt = Said & {
  code: 'column-guessed' | 'column-twice' | 'columns-unused' | 'column-likely' | 'sheet-skipped' | 'sheet-hidden' | 'rows-hidden' | 'columns-hidden' | 'not-computed' | 'kind-assumed' | 'college-of-sheet' | 'filled-down'
  sheet: string
  header: string | null
}

export type Skipped = Line & { why: 'total' | 'note' | 'header' }

/** A sheet that was read: what heads its columns, which of them were taken, and what its name or its title says of everybody in it. */
export type SheetRead = { sheet: string; heads: string[]; columns: { field: Field; column: number }[]; college: string | null; class: string | null }

export type RosterPreview = {
  headings: Heading[]
  sheets: SheetRead[]
  columns: { field: Field; header: string; sheet: string; column: number }[]
  rows: RosterRow[]
  refused: RowRefusal[]
  skipped: Skipped[]
  doubts: TableDoubt[]
}

export type RosterOptions = {
  /** What the people are if the table does not say. */
  kind?: Kind
  /** Year for dates written without one, if the table does not say. */
  year?: number
  /** What a person says that columns are; all others are read by what heads them. */
  chosen?: Chosen | undefined
}

/** Chinese words for the fields, as messages and the preview show them. */
export const fieldWords: Record<RowField, string> = {
  number: '学号/工号', name: '姓名', kind: '人员类别', sex: '性别', college: '学院', department: '部门', office: '科室', grade: '年级', major: '专业', class: '班级',
  counsellor: '辅导员', counsellorNumber: '辅导员工号', partyOrganisation: '二级党组织', partyBranch: '党支部', politicalStatus: '政治面貌', phone: '电话', email: '邮箱',
  campus: '校区', building: '宿舍楼', floor: '楼层', room: '房间号', livesOut: '校外居住', onCampus: '是否在校', status: '状态', position: '职务', stayFrom: '留校起', stayTo: '留校止',
  stayReason: '留校原因', consent: '是否同意', remark: '备注',
}
