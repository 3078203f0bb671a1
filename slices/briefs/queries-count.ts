/** SQL that counts for a brief, as of one moment, and keeps and opens the rows that were counted. */
import { sql } from 'kysely'
import type { Tx } from '#kernel/database.ts'
import type { Bilingual } from '#kernel/words.ts'
import type { Unit } from './queries.ts'

export interface NoticeSubject {
  noticeId: string
  title: string | null
  docNumber: string | null
  issuer: string | null
  reportTo: string | null
  responseId: string | null
  status: string
  /** Where an address for reports may stand, the likeliest first. */
  texts: string[]
}
export async function findNoticeSubject(tx: Tx, institutionId: string, noticeId: string): Promise<NoticeSubject | undefined> {
  return (
    await sql<NoticeSubject>`select n.notice_id as "noticeId", n.title, n.doc_number as "docNumber", n.issuer, n.report_to as "reportTo", n.response_id as "responseId", n.status,
      array[coalesce(n.report_to, '')] || array(select d.report_to from notices.duty d where d.institution_id = n.institution_id and d.notice_id = n.notice_id and d.report_to is not null order by d.position) || array[n.body] as texts
    from notices.notice n where n.institution_id = ${institutionId} and n.notice_id = ${noticeId}`.execute(tx)
  ).rows[0]
}

/** The notices that a response set out, as far as they are in force. */
export async function noticesOfResponse(tx: Tx, institutionId: string, responseId: string): Promise<string[]> {
  return (await sql<{ id: string }>`select notice_id as id from notices.notice where institution_id = ${institutionId} and response_id = ${responseId} and status = 'issued' order by issued_at`.execute(tx)).rows.map(({ id }) => id)
}

export interface MeasureRow {
  measureId: string
  name: Bilingual
  subjectKind: 'person' | 'unit'
  sensitive: boolean
}
const measureColumns = sql`m.measure_id as "measureId", m.name, m.subject_kind as "subjectKind",
  exists (select from facts.attribute a where a.institution_id = m.institution_id and a.key = any(m.attributes) and a.sensitivity = 'sensitive') as sensitive`
/** Measures that are on: those of a response, or those that a notice's duties are joined to. */
export async function measuresFor(tx: Tx, institutionId: string, subject: { responseId: string } | { noticeId: string }): Promise<MeasureRow[]> {
  const where =
    'responseId' in subject
      ? sql`m.response_id = ${subject.responseId}`
      : sql`m.measure_id in (select d.measure_id from notices.duty d where d.institution_id = m.institution_id and d.notice_id = ${subject.noticeId} and d.status = 'confirmed')`
  return (await sql<MeasureRow>`select ${measureColumns} from measures.measure m where m.institution_id = ${institutionId} and m.status = 'on' and ${where} order by m.danger, m.starts_at, m.measure_id limit 60`.execute(tx)).rows
}

/** The units just below, in the order in which people read them. */
export async function unitsBelow(tx: Tx, institutionId: string, unitId: string): Promise<Unit[]> {
  return (
    await sql<Unit>`select u.unit_id as "unitId", u.tree, u.kind, u.name, u.parent_id as "parentId" from directory.unit u
    where u.institution_id = ${institutionId} and u.parent_id = ${unitId} and u.closed_at is null order by u.kind, u.name collate "zh-x-icu" limit 1000`.execute(tx)
  ).rows
}

export interface Counted {
  id: string
  /** Which of the units just below, from 1; 0: none of them. */
  place: number
}
/** The root of the administrative tree is the whole institution, also those who belong nowhere. */
const within = (institutionId: string, unitId: string) => sql`w as (select unit_id, tree, path, parent_id is null and tree = 'admin' as whole from directory.unit where institution_id = ${institutionId} and unit_id = ${unitId})`
const placeOf = (alias: string) => sql`coalesce(array_position(k.ids, (select c.unit_id from directory.unit c where c.institution_id = ${sql.ref(`${alias}.institution_id`)} and c.unit_id = any(k.ids) and ${sql.ref(`${alias}.path`)} <@ c.path)), 0)`
const kids = (places: string[]) => sql`k as (select ${places}::uuid[] as ids)`

/** Everyone in the unit whom one of the measures is about, with where they stand on each: measure number (from 0) × 8 + code. */
export async function standingsWithin(tx: Tx, institutionId: string, unitId: string, measures: MeasureRow[], places: string[], now: Date): Promise<(Counted & { codes: number[] })[]> {
  if (!measures.length) return []
  const ids = measures.map((measure) => measure.measureId)
  // As on the coverage pages: people hang on their leaf in the unit's tree, units on themselves.
  const subject =
    measures[0]?.subjectKind === 'unit'
      ? sql`select u.unit_id as id, ${placeOf('u')} as place from w cross join k join directory.unit u on u.institution_id = ${institutionId} and u.tree = w.tree and u.path <@ w.path`
      : sql`select m.person_id as id, ${placeOf('mu')} as place from w cross join k join directory.membership m on m.institution_id = ${institutionId} and m.tree = w.tree
          join directory.unit mu on mu.institution_id = m.institution_id and mu.unit_id = m.unit_id and mu.path <@ w.path`
  return (
    await sql<Counted & { codes: number[] }>`with ${within(institutionId, unitId)}, ${kids(places)}, subject as materialized (${subject}),
    stood as (
      select s.subject_id, array_agg((array_position(${ids}::uuid[], s.measure_id) - 1) * 8
        + case when st.state = 'kept' then 1 when e.excuse_id is not null then 3 when st.state = 'gap' then 2 else 4 end) as codes
      from measures.standing s cross join lateral (select case when s.until <= ${now}::timestamptz then s.next_state else s.state end as state) st
      left join measures.excuse e on e.institution_id = s.institution_id and e.measure_id = s.measure_id and e.subject_id = s.subject_id and e.during @> ${now}::timestamptz
      where s.institution_id = ${institutionId} and s.measure_id = any(${ids}::uuid[]) group by s.subject_id
    )
    select subject.id, subject.place, stood.codes from subject join stood on stood.subject_id = subject.id order by subject.id`.execute(tx)
  ).rows
}

export interface AssignmentCount extends Counted {
  dutyId: string
  unitId: string
  state: 'done' | 'reported' | 'under-way' | 'waiting'
  overdue: boolean
}
/** Assignments of the notices in the unit and below: those without a period, and those of the days of the brief. */
export async function assignmentsWithin(tx: Tx, institutionId: string, unitId: string, noticeIds: string[], places: string[], days: { from: string; to: string }, now: Date): Promise<AssignmentCount[]> {
  return (
    await sql<AssignmentCount>`with ${within(institutionId, unitId)}, ${kids(places)}
    select a.assignment_id as id, a.duty_id as "dutyId", a.unit_id as "unitId", ${placeOf('u')} as place,
      case when a.state = 'accepted' then 'done' when a.state = 'reported' then 'reported' when a.state = 'sent' then 'waiting' else 'under-way' end as state,
      coalesce(a.due_at < ${now}::timestamptz and a.state in ('sent', 'acknowledged', 'under-way', 'sent-back'), false) as overdue
    from notices.assignment a join directory.unit u on u.institution_id = a.institution_id and u.unit_id = a.unit_id, w, k
    where a.institution_id = ${institutionId} and a.notice_id = any(${noticeIds}::uuid[]) and a.state <> 'withdrawn' and (u.path <@ w.path or w.whole)
      and (a.period is null or a.period between ${days.from}::date and ${days.to}::date) order by a.assignment_id`.execute(tx)
  ).rows
}

export interface HelpCount extends Counted {
  theme: string
  waiting: boolean
  danger: boolean
}
/** Help requests of the unit's people or handled in it, asked in the period. */
export async function helpWithin(tx: Tx, institutionId: string, unitId: string, places: string[], from: Date, to: Date): Promise<HelpCount[]> {
  return (
    await sql<HelpCount>`with ${within(institutionId, unitId)}, ${kids(places)}
    select r.request_id as id, case when mu.unit_id is null then 0 else ${placeOf('mu')} end as place, r.theme, r.state in ('open', 'taken') as waiting, r.urgency = 'now' and r.state in ('open', 'taken') as danger
    from w cross join k join issues.help_request r on r.institution_id = ${institutionId}
    left join directory.unit h on h.institution_id = r.institution_id and h.unit_id = r.unit_id
    left join directory.membership m on m.institution_id = r.institution_id and m.person_id = r.person_id and m.tree = w.tree
    left join directory.unit mu on mu.institution_id = m.institution_id and mu.unit_id = m.unit_id
    where r.asked_at >= ${from}::timestamptz and r.asked_at <= ${to}::timestamptz and (w.whole or mu.path <@ w.path or h.path <@ w.path) order by r.request_id`.execute(tx)
  ).rows
}

// ── Rows behind figures ──────────────────────────────────────────────────────────────────────────
export type RowKind = 'person' | 'unit' | 'assignment' | 'duty' | 'help-request'
export interface Frame {
  frame: string
  rowKind: RowKind
  ids: Buffer
  places: Buffer
  placeUnits: string[]
}
export async function insertFrame(tx: Tx, institutionId: string, briefId: string, frame: Frame, marks: { mark: string; codes: Buffer }[]): Promise<void> {
  await sql`insert into briefs.frame (institution_id, brief_id, frame, row_kind, ids, places, place_units)
    values (${institutionId}, ${briefId}, ${frame.frame}, ${frame.rowKind}, ${frame.ids}, ${frame.places}, ${frame.placeUnits}::uuid[])`.execute(tx)
  for (const { mark, codes } of marks) {
    await sql`insert into briefs.mark (institution_id, brief_id, frame, mark, codes) values (${institutionId}, ${briefId}, ${frame.frame}, ${mark}, ${codes})`.execute(tx)
  }
}
export async function findFrame(tx: Tx, institutionId: string, briefId: string, frame: string, mark: string | null): Promise<(Frame & { codes: Buffer | null }) | undefined> {
  return (
    await sql<Frame & { codes: Buffer | null }>`select f.frame, f.row_kind as "rowKind", f.ids, f.places, f.place_units as "placeUnits",
      (select m.codes from briefs.mark m where m.institution_id = f.institution_id and m.brief_id = f.brief_id and m.frame = f.frame and m.mark = ${mark}) as codes
    from briefs.frame f where f.institution_id = ${institutionId} and f.brief_id = ${briefId} and f.frame = ${frame}`.execute(tx)
  ).rows[0]
}

export interface NamedRow {
  id: string
  name: string
  number: string | null
  unit: Unit | null
}
const unitBrief = sql`case when u.unit_id is not null then jsonb_build_object('unitId', u.unit_id, 'tree', u.tree, 'kind', u.kind, 'name', u.name, 'parentId', u.parent_id) end as unit`
/** What the ids are called. Help requests are named by nobody: opening one is another permission. */
export async function namesOf(tx: Tx, institutionId: string, kind: RowKind, ids: string[], tree: string): Promise<NamedRow[]> {
  const from = {
    person: sql`select p.person_id as id, p.name, p.number, ${unitBrief} from directory.person p
      left join directory.membership m on m.institution_id = p.institution_id and m.person_id = p.person_id and m.tree = ${tree}
      left join directory.unit u on u.institution_id = m.institution_id and u.unit_id = m.unit_id where p.institution_id = ${institutionId} and p.person_id = any(${ids}::uuid[])`,
    unit: sql`select u.unit_id as id, u.name, null as number, ${unitBrief} from directory.unit u where u.institution_id = ${institutionId} and u.unit_id = any(${ids}::uuid[])`,
    assignment: sql`select a.assignment_id as id, left(d.wording, 200) as name, d.clause as number, ${unitBrief} from notices.assignment a join notices.duty d using (institution_id, duty_id)
      left join directory.unit u on u.institution_id = a.institution_id and u.unit_id = a.unit_id where a.institution_id = ${institutionId} and a.assignment_id = any(${ids}::uuid[])`,
    duty: sql`select d.duty_id as id, left(d.wording, 200) as name, d.clause as number, null as unit from notices.duty d where d.institution_id = ${institutionId} and d.duty_id = any(${ids}::uuid[])`,
    'help-request': sql`select r.request_id as id, '' as name, null as number, ${unitBrief} from issues.help_request r
      left join directory.unit u on u.institution_id = r.institution_id and u.unit_id = r.unit_id where r.institution_id = ${institutionId} and r.request_id = any(${ids}::uuid[])`,
  }[kind]
  return (await sql<NamedRow>`${from}`.execute(tx)).rows
}
