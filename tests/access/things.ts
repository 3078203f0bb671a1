/** What the access matrix is asked about: for each tree a little family of units, and in each of them one thing of every kind; and holders of every office. */
import { sql } from 'kysely'
import type { Tx } from '#kernel/database.ts'
import { newId } from '#kernel/ids.ts'
import { saveUnit } from '#slices/directory/contract.ts'
import type { Tree } from '#slices/directory/vocabularies.ts'
import type { Scene } from '../scene.ts'
import type { RoleName } from './policy.ts'

export const places = ['own unit', 'ancestor', 'descendant', 'sibling'] as const
export type Place = (typeof places)[number]
export const appointments = ['current', 'deputy', 'expired', 'future'] as const
export type Appointment = (typeof appointments)[number]

/** Ids by kind of thing. */
export interface Things {
  unit: string
  person: string
  assignment: string
  'help-request': string
  case: string
  doubt: string
  brief: string
  'brief-figure': string
  robot: string
}
export interface Whole {
  notice: string
  duty: string
}

/** The tree in which an office of this role usually stands. */
export const treeOf = (role: RoleName): Tree => (role === 'branch-secretary' ? 'party' : role === 'building-manager' || role === 'floor-head' ? 'residence' : 'admin')
const kinds: Record<Tree, [string, string, string]> = { admin: ['college', 'grade', 'class'], party: ['general-branch', 'branch', 'branch'], residence: ['campus', 'building', 'floor'] }

export async function addUnit(scene: Scene, tree: Tree, kind: string, name: string, parentId: string): Promise<string> {
  return (await scene.operate(saveUnit, { unitId: newId(), tree, parentId, kind, name })).unitId
}

export async function insertPerson(tx: Tx, institutionId: string, number: string, membership?: { tree: Tree; unitId: string }): Promise<string> {
  const personId = newId()
  await sql`insert into directory.person (institution_id, person_id, number, name, kind) values (${institutionId}, ${personId}, ${number}, ${`试${number}`}, 'student')`.execute(tx)
  if (membership) await sql`insert into directory.membership (institution_id, person_id, tree, unit_id, since) values (${institutionId}, ${personId}, ${membership.tree}, ${membership.unitId}, '2020-01-01')`.execute(tx)
  return personId
}

/** An issued notice with one confirmed duty: they stand at the roots of the institution. */
export async function insertWhole(tx: Tx, institutionId: string): Promise<Whole> {
  const [notice, duty] = [newId(), newId()]
  await sql`insert into notices.notice (institution_id, notice_id, status, body, body_hash, reading, imported_at, issued_at, issued_from) values (${institutionId}, ${notice}, 'issued', '各学院做好工作。', '\\x00', '{}', '2026-01-01', '2026-01-01', 'person')`.execute(tx)
  await sql`insert into notices.duty (institution_id, duty_id, notice_id, position, status, origin, wording, modality) values (${institutionId}, ${duty}, ${notice}, 1, 'confirmed', 'added', '做好工作', 'must')`.execute(tx)
  return { notice, duty }
}

/** One thing of every kind in a unit. */
export async function insertThings(tx: Tx, institutionId: string, whole: Whole, tree: Tree, unitId: string, number: string): Promise<Things> {
  const person = await insertPerson(tx, institutionId, number, { tree, unitId })
  const things: Things = { unit: unitId, person, assignment: newId(), 'help-request': newId(), case: newId(), doubt: newId(), brief: newId(), 'brief-figure': newId(), robot: newId() }
  await sql`insert into notices.assignment (institution_id, assignment_id, notice_id, duty_id, unit_id, sent_at) values (${institutionId}, ${things.assignment}, ${whole.notice}, ${whole.duty}, ${unitId}, '2026-01-01')`.execute(tx)
  await sql`insert into issues.help_request (institution_id, request_id, person_id, asked_by, theme, urgency, text, state, unit_id, fell, asked_at)
    values (${institutionId}, ${things['help-request']}, ${person}, ${person}, 'food', 'normal', '没有饭了', 'open', ${unitId}, false, '2026-01-01')`.execute(tx)
  // A case lies in a response.
  await sql`insert into responses.response (institution_id, response_id, name, hazards, level, basis, decided_by, opened_at) values (${institutionId}, ${things.case}, '流感', '{influenza}', 4, '传染病防治法', '校指挥部', '2026-01-01')`.execute(tx)
  await sql`insert into health.case_record (institution_id, case_id, person_id, response_id, kind, illness, basis, counted_from, from_day, days, until_day, place, opened_at)
    values (${institutionId}, ${things.case}, ${person}, ${things.case}, 'observation', 'influenza', '校医院医嘱', 'start', '2026-01-01', 7, '2026-01-08', '宿舍', '2026-01-01')`.execute(tx)
  await sql`insert into measures.doubt (institution_id, doubt_id, kind, mark, unit_id, attribute, subject_kind, subjects, figures, found_at)
    values (${institutionId}, ${things.doubt}, 'impossible', ${things.doubt}, ${unitId}, 'temperature', 'person', ${[person]}::uuid[], '{"value": 45}', '2026-01-01')`.execute(tx)
  await sql`insert into briefs.brief (institution_id, brief_id, series_id, edition, kind, state, subject_kind, subject_id, subject_name, unit_id, title, period_from, period_to, as_of, drafted_at)
    values (${institutionId}, ${things.brief}, ${things.brief}, 1, 'regular', 'draft', 'notice', ${whole.notice}, '通知', ${unitId}, '情况专报', '2026-01-01', '2026-01-02', '2026-01-02', '2026-01-02')`.execute(tx)
  await sql`insert into briefs.figure (institution_id, brief_id, figure_id, position, grouped, key, label, value, hidden, counts, source, query)
    values (${institutionId}, ${things.brief}, ${things['brief-figure']}, 1, 'units', 'units/total', '{"zh":"单位","en":"Units"}', 1, false, '{"zh":"个","en":"units"}', '{"zh":"单位数","en":"units"}', '{}')`.execute(tx)
  await sql`insert into messages.robot (institution_id, robot_id, unit_id, service, name, address, ending, kinds, language, active, made_at, next_at)
    values (${institutionId}, ${things.robot}, ${unitId}, 'wecom', '工作群', '\\x00', '0000', '{duty}', 'zh-Hans', true, '2026-01-01', '2026-01-01')`.execute(tx)
  return things
}

/** In one tree: a unit to hold offices in, with what is above, below and beside it. */
export async function addFamily(scene: Scene, tree: Tree, rootId: string): Promise<Record<Place, string>> {
  const [above, own, below] = kinds[tree]
  const ancestor = await addUnit(scene, tree, above, `上级-${tree}`, rootId)
  const pivot = await addUnit(scene, tree, own, `本级-${tree}`, ancestor)
  return { ancestor, 'own unit': pivot, descendant: await addUnit(scene, tree, below, `下级-${tree}`, pivot), sibling: await addUnit(scene, tree, own, `同级-${tree}`, ancestor) }
}

/** Somebody who belongs nowhere and holds one office, in one way. */
export async function insertHolder(tx: Tx, institutionId: string, role: RoleName, appointment: Appointment, unitId: string, now: Date): Promise<string> {
  const day = (days: number) => new Date(now.getTime() + days * 86_400_000)
  const personId = await insertPerson(tx, institutionId, `${role}-${appointment}-${unitId.slice(-6)}`)
  const officeId = newId()
  const [from, to] = { current: [day(-400), null], deputy: [day(-1), day(30)], expired: [day(-400), day(-1)], future: [day(1), null] }[appointment] as [Date, Date | null]
  await sql`insert into directory.office (institution_id, office_id, unit_id, title, role) values (${institutionId}, ${officeId}, ${unitId}, ${`${role} ${appointment}`}, ${role})`.execute(tx)
  await sql`insert into directory.holding (institution_id, holding_id, office_id, person_id, capacity, during)
    values (${institutionId}, ${newId()}, ${officeId}, ${personId}, ${appointment === 'deputy' ? 'deputy' : 'holder'}, tstzrange(${from}, ${to}))`.execute(tx)
  return personId
}
