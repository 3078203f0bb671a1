/** SQL about duties. */
import { sql } from 'kysely'
import type { Tx } from '#kernel/database.ts'
import type { Cycle, DutyStatus, Modality } from './rules.ts'
import type { PeopleWanted } from './addressees.ts'

/** A correction that was applied to a duty: in words, what it set, and what stood there before, to take it back. */
export interface Applied {
  correctionId: string | null
  zh: string
  en: string
  made?: Partial<DutyRow>
  was?: Partial<DutyRow>
}

export interface DutyRow {
  dutyId: string
  noticeId: string
  position: number
  status: DutyStatus
  origin: 'read' | 'added' | 'split' | 'merged'
  clauseId: string | null
  clause: string
  start: number | null
  end: number | null
  text: string
  actor: string
  modality: Modality
  deadline: string | null
  dueAt: string | null
  derivation: string | null
  recurrence: string | null
  cycle: Cycle
  cycleTime: string | null
  cycleWeekday: number | null
  condition: string | null
  evidence: string | null
  reportTo: string | null
  review: boolean
  unitIds: string[]
  people: PeopleWanted | null
  resolved: { zh: string; en: string }
  unmatched: string[]
  measureId: string | null
  measureName: { zh: string; en: string } | null
  preset: string | null
  suggestions: { preset: string | null; zh: string; en: string }[]
  why: string[]
  learnt: Applied[]
  proposal: Record<string, unknown> | null
  continues: string | null
}
const columns = sql`d.duty_id as "dutyId", d.notice_id as "noticeId", d.position, d.status, d.origin, d.clause_id as "clauseId", d.clause, lower(d.span) as start, upper(d.span) as "end", d.wording as text, d.actor, d.modality, d.deadline,
  d.due_at as "dueAt", d.derivation, d.recurrence, d.cycle, to_char(d.cycle_time, 'HH24:MI') as "cycleTime", d.cycle_weekday as "cycleWeekday", d.condition, d.evidence, d.report_to as "reportTo", d.review, d.unit_ids as "unitIds",
  case when d.to_people then jsonb_build_object('kinds', d.people_kinds, 'members', d.people_members, 'unitIds', d.people_units) end as people, d.resolved, d.unmatched, d.measure_id as "measureId",
  (select m.name from measures.measure m where m.institution_id = d.institution_id and m.measure_id = d.measure_id) as "measureName", d.preset, d.suggestions, d.why, d.learnt, d.proposal, d.continues`

/** A duty with the least that it needs; everything else empty. */
export function plainDuty(some: Partial<DutyRow> & Pick<DutyRow, 'dutyId' | 'noticeId' | 'position' | 'origin' | 'text' | 'modality'>): DutyRow {
  return {
    status: 'proposed', clauseId: null, clause: '', start: null, end: null, actor: '', deadline: null, dueAt: null, derivation: null, recurrence: null, cycle: 'once', cycleTime: null, cycleWeekday: null, condition: null, evidence: null, reportTo: null,
    review: true, unitIds: [], people: null, resolved: { zh: '', en: '' }, unmatched: [], measureId: null, measureName: null, preset: null, suggestions: [], why: [], learnt: [], proposal: null, continues: null, ...some,
  }
}

const shape = sql`("dutyId" uuid, position float8, status text, origin text, "clauseId" text, clause text, start int, "end" int, text text, actor text, modality text, deadline text, "dueAt" timestamptz, derivation text, recurrence text, cycle text,
  "cycleTime" time, "cycleWeekday" int, condition text, evidence text, "reportTo" text, review boolean, "unitIds" jsonb, people jsonb, resolved jsonb, unmatched jsonb, "measureId" uuid, preset text, suggestions jsonb, why jsonb, learnt jsonb, proposal jsonb, continues uuid)`
const texts = (path: string) => sql`array(select jsonb_array_elements_text(${sql.raw(path)}))`

/** Writes duties as they are given: new ones and changed ones alike. */
export async function saveDuties(tx: Tx, institutionId: string, noticeId: string, duties: DutyRow[]): Promise<void> {
  if (!duties.length) return
  await sql`insert into notices.duty (institution_id, notice_id, duty_id, position, status, origin, clause_id, clause, span, wording, actor, modality, deadline, due_at, derivation, recurrence, cycle, cycle_time, cycle_weekday, condition, evidence, report_to, review,
      unit_ids, to_people, people_kinds, people_members, people_units, resolved, unmatched, measure_id, preset, suggestions, why, learnt, proposal, continues)
    select ${institutionId}, ${noticeId}, d."dutyId", d.position, d.status, d.origin, d."clauseId", d.clause, case when d.start is not null then int4range(d.start, d."end") end, d.text, d.actor, d.modality, d.deadline, d."dueAt", d.derivation, d.recurrence,
      d.cycle, d."cycleTime", d."cycleWeekday", d.condition, d.evidence, d."reportTo", d.review, ${texts('d."unitIds"')}::uuid[], d.people is not null and jsonb_typeof(d.people) = 'object',
      case when jsonb_typeof(d.people) = 'object' then ${texts("d.people->'kinds'")} else '{}' end, coalesce((d.people->>'members')::boolean, false), case when jsonb_typeof(d.people) = 'object' then ${texts("d.people->'unitIds'")}::uuid[] else '{}' end,
      d.resolved, ${texts('d.unmatched')}, d."measureId", d.preset, d.suggestions, d.why, d.learnt, d.proposal, d.continues
    from jsonb_to_recordset(${JSON.stringify(duties)}::jsonb) as d${shape}
    on conflict (institution_id, duty_id) do update set position = excluded.position, status = excluded.status, origin = excluded.origin, clause_id = excluded.clause_id, clause = excluded.clause, span = excluded.span, wording = excluded.wording, actor = excluded.actor,
      modality = excluded.modality, deadline = excluded.deadline, due_at = excluded.due_at, derivation = excluded.derivation, recurrence = excluded.recurrence, cycle = excluded.cycle, cycle_time = excluded.cycle_time, cycle_weekday = excluded.cycle_weekday,
      condition = excluded.condition, evidence = excluded.evidence, report_to = excluded.report_to, review = excluded.review, unit_ids = excluded.unit_ids, to_people = excluded.to_people, people_kinds = excluded.people_kinds,
      people_members = excluded.people_members, people_units = excluded.people_units, resolved = excluded.resolved, unmatched = excluded.unmatched, measure_id = excluded.measure_id, preset = excluded.preset, learnt = excluded.learnt, continues = excluded.continues, proposal = excluded.proposal, suggestions = excluded.suggestions, why = excluded.why
    where notices.duty.notice_id = ${noticeId}`.execute(tx)
}

export async function dutiesOf(tx: Tx, institutionId: string, noticeId: string): Promise<DutyRow[]> {
  return (await sql<DutyRow>`select ${columns} from notices.duty d where d.institution_id = ${institutionId} and d.notice_id = ${noticeId} order by d.position, d.duty_id`.execute(tx)).rows
}
export async function findDuties(tx: Tx, institutionId: string, dutyIds: string[]): Promise<DutyRow[]> {
  return (await sql<DutyRow>`select ${columns} from notices.duty d where d.institution_id = ${institutionId} and d.duty_id = any(${dutyIds}::uuid[]) order by d.position, d.duty_id`.execute(tx)).rows
}
export async function confirmDuties(tx: Tx, institutionId: string, noticeId: string, dutyIds: string[] | null): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`update notices.duty set status = 'confirmed' where institution_id = ${institutionId} and notice_id = ${noticeId} and status = 'proposed'
    and (${dutyIds}::uuid[] is null or duty_id = any(${dutyIds}::uuid[])) returning duty_id as id`.execute(tx)
  return rows.map((row) => row.id)
}
export async function deleteDuty(tx: Tx, institutionId: string, dutyId: string): Promise<void> {
  await sql`delete from notices.duty where institution_id = ${institutionId} and duty_id = ${dutyId}`.execute(tx)
}
export async function setMeasures(tx: Tx, institutionId: string, noticeId: string, preset: string, measureId: string): Promise<void> {
  await sql`update notices.duty set measure_id = ${measureId}, preset = null where institution_id = ${institutionId} and notice_id = ${noticeId} and preset = ${preset}`.execute(tx)
}
export async function measureStates(tx: Tx, institutionId: string, measureIds: string[]): Promise<Map<string, { status: 'draft' | 'on' | 'ended'; name: { zh: string; en: string }; subjectKind: string }>> {
  const { rows } = await sql<{ id: string; status: 'draft' | 'on' | 'ended'; name: { zh: string; en: string }; subjectKind: string }>`select measure_id as id, status, name, subject_kind as "subjectKind" from measures.measure
    where institution_id = ${institutionId} and measure_id = any(${measureIds}::uuid[])`.execute(tx)
  return new Map(rows.map(({ id, ...row }) => [id, row]))
}
/** The ready-made measure that a measure was made of. */
export async function presetKeyOf(tx: Tx, institutionId: string, measureId: string): Promise<string | null> {
  return (await sql<{ key: string | null }>`select key from measures.measure where institution_id = ${institutionId} and measure_id = ${measureId}`.execute(tx)).rows[0]?.key ?? null
}
/** Measures joined by the duties of one notice that no other issued notice uses. */
export async function measuresOnlyOf(tx: Tx, institutionId: string, noticeId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select distinct d.measure_id as id from notices.duty d join measures.measure m on m.institution_id = d.institution_id and m.measure_id = d.measure_id and m.status = 'on'
    where d.institution_id = ${institutionId} and d.notice_id = ${noticeId} and not exists (
      select from notices.duty other join notices.notice n on n.institution_id = other.institution_id and n.notice_id = other.notice_id and n.status = 'issued'
      where other.institution_id = d.institution_id and other.measure_id = d.measure_id and other.notice_id <> d.notice_id)`.execute(tx)
  return rows.map((row) => row.id)
}
