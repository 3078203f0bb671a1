/** SQL about assignments: who was sent what, what they did, reports, nudges, the trace. */
import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '#kernel/database.ts'
import { openStates, type AssignmentState, type Cycle, type Modality } from './rules.ts'

export interface UnitRow {
  unitId: string
  tree: 'admin' | 'party' | 'residence'
  kind: string
  name: string
  parentId: string | null
}
export interface ReportRow {
  reportId: string
  version: number
  text: string
  zero: boolean
  figures: { label: string; value: number }[]
  madeAt: string
  by: string | null
  byId: string | null
  onBehalf: boolean
  file: { name: string; size: number } | null
  verdict: 'accepted' | 'sent-back' | null
  verdictNote: string | null
  verdictBy: string | null
  verdictAt: string | null
  late: boolean
}
export interface AssignmentRow {
  assignmentId: string
  noticeId: string
  noticeTitle: string
  dutyId: string
  clause: string
  text: string
  modality: Modality
  unit: UnitRow
  state: AssignmentState
  cycle: Cycle
  period: string | null
  dueAt: string | null
  sentAt: string
  acknowledgedAt: string | null
  parentId: string | null
  condition: string | null
  evidence: string | null
  reportTo: string | null
  review: boolean
  below: { total: number; acknowledged: number; reported: number; done: number }
  reports: number
  nudges: number
  lastReport: ReportRow | null
}

const iso = (column: string) => sql`to_char(${sql.raw(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
const unitJson = sql`jsonb_build_object('unitId', u.unit_id, 'tree', u.tree, 'kind', u.kind, 'name', u.name, 'parentId', u.parent_id)`
const reportJson = sql`jsonb_build_object('reportId', r.report_id, 'version', r.version, 'text', r.body, 'zero', r.zero, 'figures', r.figures, 'madeAt', ${iso('r.made_at')}, 'byId', r.by_person,
  'by', (select p.name from directory.person p where p.institution_id = r.institution_id and p.person_id = r.by_person), 'onBehalf', r.on_behalf, 'late', r.late,
  'file', (select jsonb_build_object('name', e.name, 'size', length(e.bytes)) from notices.evidence e where e.institution_id = r.institution_id and e.report_id = r.report_id),
  'verdict', r.verdict, 'verdictNote', r.verdict_note, 'verdictAt', ${iso('r.verdict_at')}, 'verdictBy', (select p.name from directory.person p where p.institution_id = r.institution_id and p.person_id = r.verdict_by))`
const open = sql`a.state = any(${[...openStates]}::text[])`

/** The columns of chosen assignments (a table expression `chosen(assignment_id, rank)`); counts are taken for these only. */
const full = (institutionId: string) => sql`
  select a.assignment_id as "assignmentId", a.notice_id as "noticeId", coalesce(n.title, '') as "noticeTitle", a.duty_id as "dutyId", d.clause, d.wording as text, d.modality, ${unitJson} as unit, a.state, d.cycle, a.period, a.due_at as "dueAt", a.sent_at as "sentAt",
    a.acknowledged_at as "acknowledgedAt", a.parent_id as "parentId", d.condition, d.evidence, d.report_to as "reportTo", d.review,
    (select jsonb_build_object('total', count(*), 'acknowledged', count(*) filter (where k.state <> 'sent'), 'reported', count(*) filter (where k.state in ('reported', 'accepted')), 'done', count(*) filter (where k.state = 'accepted'))
      from notices.assignment k where k.institution_id = a.institution_id and k.parent_id = a.assignment_id and k.state <> 'withdrawn') as below,
    (select count(*) from notices.report r where r.institution_id = a.institution_id and r.assignment_id = a.assignment_id) as reports,
    (select count(*) from notices.nudge g where g.institution_id = a.institution_id and g.assignment_id = a.assignment_id) as nudges,
    (select ${reportJson} from notices.report r where r.institution_id = a.institution_id and r.assignment_id = a.assignment_id order by r.version desc limit 1) as "lastReport"
  from chosen c join notices.assignment a on a.institution_id = ${institutionId} and a.assignment_id = c.assignment_id
  join notices.duty d on d.institution_id = a.institution_id and d.duty_id = a.duty_id join notices.notice n on n.institution_id = a.institution_id and n.notice_id = a.notice_id
  join directory.unit u on u.institution_id = a.institution_id and u.unit_id = a.unit_id order by c.rank`

export type Show = 'all' | 'open' | 'overdue' | 'nobody' | 'reported' | 'done'
export interface Choice {
  /** Only in the subtrees of these units; null: everywhere. */
  scope: readonly string[] | null
  /** Only these very units. */
  unitIds?: readonly string[]
  noticeId?: string
  dutyId?: string
  parentId?: string
  ids?: readonly string[]
  period?: string
  level?: 'addressed' | 'below' | 'all'
  show: Show
  states?: readonly AssignmentState[]
  /** What waits for this reviewer: handed down by one of these units, or (for the whole institution) addressed from the top. Never their own report. */
  reviewer?: { personId: string; whole: boolean; unitIds: readonly string[] }
  /** Roles that answer for a unit; they matter only for `nobody`. */
  answering: readonly string[]
}
const within = (institutionId: string, scope: readonly string[] | null) =>
  scope === null ? sql`true` : sql`a.unit_id in (select w.unit_id from directory.unit w where w.institution_id = ${institutionId}
    and (select array_agg(s.path) from directory.unit s where s.institution_id = ${institutionId} and s.unit_id = any(${scope}::uuid[])) @> w.path)`
/** Units with a current holder of an answering office of their own. */
const ownedUnits = (institutionId: string, answering: readonly string[], now: Date) => sql`select distinct o.unit_id from directory.office o join directory.holding h using (institution_id, office_id)
  join directory.person p on p.institution_id = h.institution_id and p.person_id = h.person_id and p.left_at is null
  where o.institution_id = ${institutionId} and o.role = any(${answering}::text[]) and h.during @> ${now}::timestamptz`

function wanted(institutionId: string, choice: Choice, now: Date): RawBuilder<unknown> {
  const show: Record<Show, RawBuilder<unknown>> = {
    all: sql`a.state <> 'withdrawn'`, open, overdue: sql`${open} and a.due_at < ${now}::timestamptz`, reported: sql`a.state = 'reported'`, done: sql`a.state = 'accepted'`,
    nobody: sql`${open} and a.unit_id not in (${ownedUnits(institutionId, choice.answering, now)})`,
  }
  const conditions = [sql`a.institution_id = ${institutionId}`, show[choice.show], within(institutionId, choice.scope)]
  if (choice.unitIds) conditions.push(sql`a.unit_id = any(${choice.unitIds}::uuid[])`)
  if (choice.noticeId) conditions.push(sql`a.notice_id = ${choice.noticeId}`)
  if (choice.dutyId) conditions.push(sql`a.duty_id = ${choice.dutyId}`)
  if (choice.parentId) conditions.push(sql`a.parent_id = ${choice.parentId}`)
  if (choice.ids) conditions.push(sql`a.assignment_id = any(${choice.ids}::uuid[])`)
  if (choice.period) conditions.push(sql`a.period = ${choice.period}::date`)
  if (choice.states) conditions.push(sql`a.state = any(${choice.states}::text[])`)
  if (choice.reviewer) {
    const { personId, whole, unitIds } = choice.reviewer
    conditions.push(sql`(exists (select from notices.assignment pa where pa.institution_id = a.institution_id and pa.assignment_id = a.parent_id and pa.unit_id = any(${unitIds}::uuid[]))
      or (a.parent_id is null and (${whole} or exists (select from directory.unit s where s.institution_id = a.institution_id and s.unit_id = any(${unitIds}::uuid[]) and u.path <@ s.path and s.unit_id <> u.unit_id))))
      and not exists (select from notices.report r where r.institution_id = a.institution_id and r.assignment_id = a.assignment_id and r.by_person = ${personId} and r.verdict is null
        and r.version = (select max(version) from notices.report v where v.institution_id = a.institution_id and v.assignment_id = a.assignment_id))`)
  }
  if (choice.level === 'addressed') conditions.push(sql`a.parent_id is null`)
  if (choice.level === 'below') conditions.push(sql`a.parent_id is not null`)
  return sql`from notices.assignment a join directory.unit u on u.institution_id = a.institution_id and u.unit_id = a.unit_id where ${sql.join(conditions, sql` and `)}`
}

/** Assignments of a choice, what presses most first. */
export async function chooseAssignments(tx: Tx, institutionId: string, choice: Choice, now: Date, offset: number, size: number): Promise<{ total: number; rows: AssignmentRow[] }> {
  const from = wanted(institutionId, choice, now)
  const { rows } = await sql<AssignmentRow & { of: number }>`with matching as materialized (select a.assignment_id, (${open} and a.due_at < ${now}::timestamptz) as late, a.state = 'reported' as waiting, a.due_at, a.sent_at, u.name ${from}),
    chosen as (select assignment_id, row_number() over (order by late desc nulls last, waiting desc, due_at nulls last, sent_at desc, name collate "zh-x-icu", assignment_id) as rank from matching order by rank limit ${size} offset ${offset})
    select x.*, (select count(*) from matching) as of from (${full(institutionId)}) x`.execute(tx)
  const total = rows[0]?.of ?? (offset > 0 ? ((await sql<{ n: number }>`select count(*) as n ${from}`.execute(tx)).rows[0]?.n ?? 0) : 0)
  return { total, rows: rows.map(({ of: _, ...row }) => row) }
}
export async function findAssignments(tx: Tx, institutionId: string, ids: string[]): Promise<AssignmentRow[]> {
  return (await sql<AssignmentRow>`with chosen as (select id as assignment_id, rank from unnest(${ids}::uuid[]) with ordinality as t(id, rank)) ${full(institutionId)}`.execute(tx)).rows
}

/** Units below these that owe something and have nobody of their own. */
export async function orphanUnits(tx: Tx, institutionId: string, scope: readonly string[], answering: readonly string[], now: Date): Promise<string[]> {
  if (!scope.length) return []
  // The few units that owe something first, then who holds an office there.
  return (
    await sql<{ id: string }>`with owing as materialized (select distinct a.unit_id ${wanted(institutionId, { scope, show: 'open', answering }, now)})
    select w.unit_id as id from owing w where not exists (select from directory.office o join directory.holding h using (institution_id, office_id) join directory.person p using (institution_id, person_id)
      where o.institution_id = ${institutionId} and o.unit_id = w.unit_id and o.role = any(${answering}::text[]) and h.during @> ${now}::timestamptz and p.left_at is null)`.execute(tx)
  ).rows.map((row) => row.id)
}

/** How many assignments of a choice stand where. */
export async function countStates(tx: Tx, institutionId: string, choice: Choice, now: Date): Promise<{ state: AssignmentState; overdue: boolean; owned: boolean; n: number }[]> {
  return (
    await sql<{ state: AssignmentState; overdue: boolean; owned: boolean; n: number }>`with owner as materialized (${ownedUnits(institutionId, choice.answering, now)})
    select a.state, coalesce(${open} and a.due_at < ${now}::timestamptz, false) as overdue, a.unit_id in (select unit_id from owner) as owned, count(*) as n ${wanted(institutionId, choice, now)} group by 1, 2, 3`.execute(tx)
  ).rows
}

export interface PlainAssignment {
  assignmentId: string
  noticeId: string
  dutyId: string
  unitId: string
  parentId: string | null
  period: string | null
  state: AssignmentState
  dueAt: string | null
  sentAt: string
  review: boolean
  cycle: Cycle
  noticeStatus: string
}
/** Reads and locks assignments, in a fixed order, before they change. */
export async function lockAssignments(tx: Tx, institutionId: string, ids: readonly string[]): Promise<PlainAssignment[]> {
  return (
    await sql<PlainAssignment>`select a.assignment_id as "assignmentId", a.notice_id as "noticeId", a.duty_id as "dutyId", a.unit_id as "unitId", a.parent_id as "parentId", a.period, a.state, a.due_at as "dueAt", a.sent_at as "sentAt", d.review, d.cycle, n.status as "noticeStatus"
    from notices.assignment a join notices.duty d using (institution_id, duty_id) join notices.notice n on n.institution_id = a.institution_id and n.notice_id = a.notice_id
    where a.institution_id = ${institutionId} and a.assignment_id = any(${ids}::uuid[]) order by a.assignment_id for update of a`.execute(tx)
  ).rows
}
export async function groundsOfAssignments(tx: Tx, ids: string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; unitId: string }>`select assignment_id as id, unit_id as "unitId" from notices.assignment where institution_id = kernel.institution_id() and assignment_id = any(${ids}::uuid[])`.execute(tx)
  return new Map(rows.map((row) => [row.id, row.unitId]))
}

export interface NewAssignment {
  assignmentId: string
  noticeId: string
  dutyId: string
  unitId: string
  parentId: string | null
  period: string | null
  state: AssignmentState
  dueAt: Date | string | null
  note: string | null
}
/** Sends assignments; a unit that already has this duty (for this day) keeps what it has. Answers those that are new. */
export async function insertAssignments(tx: Tx, institutionId: string, all: NewAssignment[], now: Date): Promise<{ assignmentId: string; unitId: string }[]> {
  if (!all.length) return []
  const { rows } = await sql<{ assignmentId: string; unitId: string }>`insert into notices.assignment (institution_id, assignment_id, notice_id, duty_id, unit_id, parent_id, period, state, sent_at, due_at, acknowledged_at, note)
    select ${institutionId}, a.assignment_id, a.notice_id, a.duty_id, a.unit_id, a.parent_id, a.period, a.state, ${now}, a.due_at, case when a.state <> 'sent' then ${now}::timestamptz end, a.note
    from unnest(${all.map((one) => one.assignmentId)}::uuid[], ${all.map((one) => one.noticeId)}::uuid[], ${all.map((one) => one.dutyId)}::uuid[], ${all.map((one) => one.unitId)}::uuid[], ${all.map((one) => one.parentId)}::uuid[], ${all.map((one) => one.period)}::date[],
      ${all.map((one) => one.state)}::text[], ${all.map((one) => one.dueAt)}::timestamptz[], ${all.map((one) => one.note)}::text[]) as a(assignment_id, notice_id, duty_id, unit_id, parent_id, period, state, due_at, note)
    on conflict on constraint one_per_unit_and_period do nothing returning assignment_id as "assignmentId", unit_id as "unitId"`.execute(tx)
  return rows
}
export async function moveTo(tx: Tx, institutionId: string, ids: readonly string[], state: AssignmentState, now: Date): Promise<void> {
  await sql`update notices.assignment set state = ${state}, acknowledged_at = coalesce(acknowledged_at, ${now}), reported_at = case when ${state} in ('reported', 'accepted') then coalesce(case when ${state} = 'accepted' then reported_at end, ${now}) else reported_at end,
      ended_at = case when ${state} in ('accepted', 'withdrawn') then ${now}::timestamptz end
    where institution_id = ${institutionId} and assignment_id = any(${ids}::uuid[])`.execute(tx)
}
/** Ends what is still owed or waiting for review. Answers how many. */
export async function endAssignments(tx: Tx, institutionId: string, which: { noticeId: string } | { dutyIds: string[] }, now: Date): Promise<string[]> {
  const where = 'noticeId' in which ? sql`notice_id = ${which.noticeId}` : sql`duty_id = any(${which.dutyIds}::uuid[])`
  const { rows } = await sql<{ id: string }>`update notices.assignment set state = 'withdrawn', ended_at = ${now} where institution_id = ${institutionId} and ${where} and state not in ('accepted', 'withdrawn') returning assignment_id as id`.execute(tx)
  return rows.map((row) => row.id)
}
/** Moves assignments from one duty to the duty that carries it on, with all they have. */
export async function carryAssignments(tx: Tx, institutionId: string, pairs: { from: string; to: string }[], noticeId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`update notices.assignment a set duty_id = p.to_duty, notice_id = ${noticeId} from unnest(${pairs.map((one) => one.from)}::uuid[], ${pairs.map((one) => one.to)}::uuid[]) as p(from_duty, to_duty)
    where a.institution_id = ${institutionId} and a.duty_id = p.from_duty and a.state <> 'withdrawn' returning a.assignment_id as id`.execute(tx)
  await sql`update notices.hand_down h set duty_id = p.to_duty from unnest(${pairs.map((one) => one.from)}::uuid[], ${pairs.map((one) => one.to)}::uuid[]) as p(from_duty, to_duty) where h.institution_id = ${institutionId} and h.duty_id = p.from_duty`.execute(tx)
  return rows.map((row) => row.id)
}
export async function countByDuty(tx: Tx, institutionId: string, dutyIds: string[]): Promise<Map<string, { open: number; done: number; acknowledged: number }>> {
  const { rows } = await sql<{ id: string; open: number; done: number; acknowledged: number }>`select a.duty_id as id, count(*) filter (where a.state not in ('accepted', 'withdrawn')) as open,
      count(*) filter (where a.state in ('acknowledged', 'under-way', 'reported', 'sent-back')) as acknowledged, count(*) filter (where a.state = 'accepted') as done
    from notices.assignment a where a.institution_id = ${institutionId} and a.duty_id = any(${dutyIds}::uuid[]) group by 1`.execute(tx)
  return new Map(rows.map(({ id, ...row }) => [id, row]))
}

// ── Trace ────────────────────────────────────────────────────────────────────────────────────────
export interface NewEvent {
  noticeId: string
  assignmentIds: readonly (string | null)[]
  kind: string
  note?: string | null
}
export async function trace(tx: Tx, institutionId: string, event: NewEvent, now: Date, by: { personId: string | null; kind: 'person' | 'operator' | 'system' }): Promise<void> {
  await sql`insert into notices.event (institution_id, notice_id, assignment_id, at, kind, by_person, by_whom, note)
    select ${institutionId}, ${event.noticeId}, id, ${now}, ${event.kind}, ${by.personId}, ${by.kind}, ${event.note ?? null} from unnest(${event.assignmentIds}::uuid[]) as t(id)`.execute(tx)
}
export async function eventsOf(tx: Tx, institutionId: string, of: { assignmentId: string } | { noticeId: string }): Promise<{ at: string; kind: string; by: string | null; note: string | null }[]> {
  const where = 'assignmentId' in of ? sql`e.assignment_id = ${of.assignmentId}` : sql`e.notice_id = ${of.noticeId} and e.assignment_id is null`
  return (
    await sql<{ at: string; kind: string; by: string | null; note: string | null }>`select e.at, e.kind, coalesce((select p.name from directory.person p where p.institution_id = e.institution_id and p.person_id = e.by_person), case e.by_whom when 'operator' then 'operator' end) as by, e.note
    from notices.event e where e.institution_id = ${institutionId} and ${where} order by e.seq limit 500`.execute(tx)
  ).rows
}
/** The last things that happened to a notice and its assignments, within a scope. */
export interface EventRow {
  at: string
  kind: string
  by: string | null
  /** Names of the first three units. */
  unit: string | null
  units: number
  note: string | null
}
/** What happened last; the same act on many units at one moment is one event. Only the last few thousand are looked at. */
export async function latestEvents(tx: Tx, institutionId: string, noticeId: string, scope: readonly string[] | null, most: number): Promise<EventRow[]> {
  return (
    await sql<EventRow>`with lately as (
      select e.seq, e.at, e.kind, e.by_person, e.note, u.unit_id, u.name
      from notices.event e left join notices.assignment a on a.institution_id = e.institution_id and a.assignment_id = e.assignment_id left join directory.unit u on u.institution_id = a.institution_id and u.unit_id = a.unit_id
      where e.institution_id = ${institutionId} and e.notice_id = ${noticeId} and e.kind <> 'sent' and (u.unit_id is null or ${within(institutionId, scope)}) order by e.seq desc limit 4000
    ), told as (
      select at, kind, by_person, note, max(seq) as seq, nullif(array_to_string((array_agg(distinct name))[1:3], '、'), '') as unit, count(distinct unit_id) as units
      from lately group by at, kind, by_person, note, unit_id is null order by max(seq) desc limit ${most}
    )
    select t.at, t.kind, (select p.name from directory.person p where p.institution_id = ${institutionId} and p.person_id = t.by_person) as by, t.unit, t.units, t.note from told t order by t.seq desc`.execute(tx)
  ).rows
}
/** Assignments of a notice that ended unfinished, by withdrawal or amendment. */
export async function countEnded(tx: Tx, institutionId: string, noticeId: string, scope: readonly string[] | null): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from notices.assignment a join directory.unit u on u.institution_id = a.institution_id and u.unit_id = a.unit_id
    where a.institution_id = ${institutionId} and a.notice_id = ${noticeId} and a.state = 'withdrawn' and ${within(institutionId, scope)}`.execute(tx)
  return Number(rows[0]?.n ?? 0)
}

// ── Reports ──────────────────────────────────────────────────────────────────────────────────────
export async function insertReport(tx: Tx, institutionId: string, one: { reportId: string; assignmentId: string; text: string; zero: boolean; figures: unknown; onBehalf: boolean; late: boolean; accepted: boolean }, now: Date, by: string | null): Promise<number> {
  const { rows } = await sql<{ version: number }>`insert into notices.report (institution_id, report_id, assignment_id, version, body, zero, figures, made_at, by_person, on_behalf, late, verdict, verdict_note, verdict_at)
    select ${institutionId}, ${one.reportId}, ${one.assignmentId}, coalesce(max(version), 0) + 1, ${one.text}, ${one.zero}, ${JSON.stringify(one.figures)}::jsonb, ${now}, ${by}, ${one.onBehalf}, ${one.late},
      ${one.accepted ? 'accepted' : null}, ${one.accepted ? '不需审核' : null}, ${one.accepted ? now : null}::timestamptz
    from notices.report where institution_id = ${institutionId} and assignment_id = ${one.assignmentId} returning version`.execute(tx)
  return rows[0]?.version ?? 1
}
export async function insertEvidence(tx: Tx, institutionId: string, reportId: string, name: string, bytes: Uint8Array): Promise<void> {
  await sql`insert into notices.evidence (institution_id, report_id, name, bytes) values (${institutionId}, ${reportId}, ${name}, ${Buffer.from(bytes)})`.execute(tx)
}
export async function findEvidence(tx: Tx, institutionId: string, assignmentId: string, reportId: string): Promise<{ name: string; bytes: Buffer } | undefined> {
  return (
    await sql<{ name: string; bytes: Buffer }>`select e.name, e.bytes from notices.evidence e join notices.report r using (institution_id, report_id) where e.institution_id = ${institutionId} and e.report_id = ${reportId} and r.assignment_id = ${assignmentId}`.execute(tx)
  ).rows[0]
}
export async function reportsOf(tx: Tx, institutionId: string, assignmentId: string): Promise<ReportRow[]> {
  return (await sql<{ report: ReportRow }>`select ${reportJson} as report from notices.report r where r.institution_id = ${institutionId} and r.assignment_id = ${assignmentId} order by r.version desc`.execute(tx)).rows.map((row) => row.report)
}
/** Since when the words and files that belong to a notice are erased; nothing where they are not. */
export async function erasedOf(tx: Tx, institutionId: string, noticeId: string): Promise<{ before: string; responseId: string | null } | undefined> {
  return (await sql<{ before: string; responseId: string | null }>`select receipts_erased_at as before, response_id as "responseId" from notices.notice where institution_id = ${institutionId} and notice_id = ${noticeId} and receipts_erased_at is not null`.execute(tx)).rows[0]
}
export async function judge(tx: Tx, institutionId: string, reportId: string, verdict: 'accepted' | 'sent-back', note: string | null, now: Date, by: string | null): Promise<void> {
  await sql`update notices.report set verdict = ${verdict}, verdict_note = ${note}, verdict_at = ${now}, verdict_by = ${by} where institution_id = ${institutionId} and report_id = ${reportId}`.execute(tx)
}

export interface EvidenceRow {
  assignmentId: string
  reportId: string
  unit: AssignmentRow['unit']
  madeAt: string
  by: string | null
  text: string
  name: string
  size: number
}
/** Files that units handed in for a duty, latest first, within a scope. */
export async function evidenceOfDuty(tx: Tx, institutionId: string, dutyId: string, scope: readonly string[] | null, offset: number, size: number): Promise<{ total: number; rows: EvidenceRow[] }> {
  const from = sql`from notices.evidence e join notices.report r using (institution_id, report_id) join notices.assignment a on a.institution_id = r.institution_id and a.assignment_id = r.assignment_id
    join directory.unit u on u.institution_id = a.institution_id and u.unit_id = a.unit_id where e.institution_id = ${institutionId} and a.duty_id = ${dutyId} and a.state <> 'withdrawn' and ${within(institutionId, scope)}`
  const [counted] = (await sql<{ n: number }>`select count(*)::int as n ${from}`.execute(tx)).rows
  const { rows } = await sql<EvidenceRow>`select a.assignment_id as "assignmentId", r.report_id as "reportId", ${unitJson} as unit, r.made_at as "madeAt", r.body as text, e.name, length(e.bytes) as size,
      (select p.name from directory.person p where p.institution_id = r.institution_id and p.person_id = r.by_person) as by
    ${from} order by r.made_at desc, r.report_id limit ${size} offset ${offset}`.execute(tx)
  return { total: counted?.n ?? 0, rows }
}
