/** SQL behind what happens later: reminders, escalation, recurrence; and call-and-confirm. */
import { sql } from 'kysely'
import type { Tx } from '#kernel/database.ts'
import { openStates, type Cycle } from './rules.ts'
import type { UnitRow } from './queries-cascade.ts'

const unitJson = sql`jsonb_build_object('unitId', u.unit_id, 'tree', u.tree, 'kind', u.kind, 'name', u.name, 'parentId', u.parent_id)`

// ── Reminders and escalation ─────────────────────────────────────────────────────────────────────
export interface Occurrence {
  dutyId: string
  period: string | null
  /** The very deadline the step was planned for: what was handed down with another deadline has its own. */
  dueAt: string | null
  /** For steps counted from the sending: what was sent then. */
  sentAt: string | null
}
/** Assignments of an occurrence that still owe something and have not had this step. */
export async function owing(tx: Tx, institutionId: string, of: Occurrence, step: string, unacknowledged: boolean): Promise<{ assignmentId: string; noticeId: string; unitId: string }[]> {
  return (
    await sql<{ assignmentId: string; noticeId: string; unitId: string }>`select a.assignment_id as "assignmentId", a.notice_id as "noticeId", a.unit_id as "unitId" from notices.assignment a
    join notices.notice n on n.institution_id = a.institution_id and n.notice_id = a.notice_id and n.status = 'issued'
    where a.institution_id = ${institutionId} and a.duty_id = ${of.dutyId} and a.period is not distinct from ${of.period}::date and a.due_at is not distinct from ${of.dueAt}::timestamptz
      and (${of.sentAt}::timestamptz is null or a.sent_at = ${of.sentAt}::timestamptz) and a.state = any(${unacknowledged ? ['sent'] : [...openStates]}::text[])
      and not exists (select from notices.nudge g where g.institution_id = a.institution_id and g.assignment_id = a.assignment_id and g.step = ${step})
    order by a.assignment_id for update of a`.execute(tx)
  ).rows
}
export async function insertNudges(tx: Tx, institutionId: string, all: { assignmentId: string; toPerson: string | null }[], nudge: { step: string; kind: 'reminder' | 'escalation' | 'asked'; note: string | null; by: string | null }, now: Date): Promise<number> {
  const done = await sql`insert into notices.nudge (institution_id, assignment_id, step, kind, at, to_person, by_person, note)
    select ${institutionId}, n.assignment_id, ${nudge.step}, ${nudge.kind}, ${now}, n.to_person, ${nudge.by}, ${nudge.note} from unnest(${all.map((one) => one.assignmentId)}::uuid[], ${all.map((one) => one.toPerson)}::uuid[]) as n(assignment_id, to_person)
    on conflict do nothing`.execute(tx)
  return Number(done.numAffectedRows)
}
export async function countNudges(tx: Tx, institutionId: string, assignmentId: string): Promise<number> {
  return (await sql<{ n: number }>`select count(*) as n from notices.nudge where institution_id = ${institutionId} and assignment_id = ${assignmentId}`.execute(tx)).rows[0]?.n ?? 0
}
/** What a person was reminded of or told, while it is still owed. */
export async function nudgesTo(tx: Tx, institutionId: string, personId: string, most: number): Promise<{ assignmentId: string; kind: 'reminder' | 'escalation' | 'asked'; at: string; unit: UnitRow; text: string; dueAt: string | null; note: string | null }[]> {
  return (
    await sql<{ assignmentId: string; kind: 'reminder' | 'escalation' | 'asked'; at: string; unit: UnitRow; text: string; dueAt: string | null; note: string | null }>`select * from (
      select distinct on (g.assignment_id) g.assignment_id as "assignmentId", g.kind, g.at, ${unitJson} as unit, d.wording as text, a.due_at as "dueAt", g.note
      from notices.nudge g join notices.assignment a using (institution_id, assignment_id) join notices.duty d using (institution_id, duty_id) join directory.unit u on u.institution_id = a.institution_id and u.unit_id = a.unit_id
      where g.institution_id = ${institutionId} and g.to_person = ${personId} and a.state = any(${[...openStates]}::text[]) order by g.assignment_id, g.at desc) x order by at desc limit ${most}`.execute(tx)
  ).rows
}
/** The units above each unit, nearest first. */
export async function unitsUpwards(tx: Tx, institutionId: string, unitIds: readonly string[]): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ of: string; above: string[] }>`select a.unit_id as of, array_agg(a.ancestor_id::text order by a.distance) as above
    from directory.ancestry a where a.institution_id = ${institutionId} and a.distance > 0 and a.unit_id = any(${unitIds}::uuid[]) group by 1`.execute(tx)
  return new Map(rows.map((row) => [row.of, row.above]))
}

// ── Recurrence ───────────────────────────────────────────────────────────────────────────────────
export interface RecurringDuty {
  dutyId: string
  noticeId: string
  cycle: Cycle
  cycleTime: string | null
  cycleWeekday: number | null
  unitIds: string[]
  lastPeriod: string | null
  issuedAt: string
  endsOn: string | null
}
/** Recurring duties of a notice that still stands, in a response that is still open. */
export async function recurringDuties(tx: Tx, institutionId: string, noticeId: string): Promise<RecurringDuty[]> {
  return (
    await sql<RecurringDuty>`select d.duty_id as "dutyId", d.notice_id as "noticeId", d.cycle, to_char(d.cycle_time, 'HH24:MI') as "cycleTime", d.cycle_weekday as "cycleWeekday", d.unit_ids as "unitIds", n.issued_at as "issuedAt", n.ends_on as "endsOn",
      (select max(a.period) from notices.assignment a where a.institution_id = d.institution_id and a.duty_id = d.duty_id) as "lastPeriod"
    from notices.duty d join notices.notice n on n.institution_id = d.institution_id and n.notice_id = d.notice_id and n.status = 'issued'
    left join responses.response r on r.institution_id = n.institution_id and r.response_id = n.response_id
    where d.institution_id = ${institutionId} and d.notice_id = ${noticeId} and d.status = 'confirmed' and d.cycle <> 'once' and r.closed_at is null order by d.position`.execute(tx)
  ).rows
}
/** Units that have already acknowledged this duty: their next occurrence needs no new signature. */
export async function acknowledgedUnits(tx: Tx, institutionId: string, dutyId: string): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select distinct unit_id as id from notices.assignment where institution_id = ${institutionId} and duty_id = ${dutyId} and acknowledged_at is not null`.execute(tx)
  return new Set(rows.map((row) => row.id))
}
export async function saveHandDown(tx: Tx, institutionId: string, dutyId: string, fromUnit: string, toUnits: readonly string[], dueTime: string | null): Promise<void> {
  await sql`insert into notices.hand_down (institution_id, duty_id, from_unit, to_unit, due_time) select ${institutionId}, ${dutyId}, ${fromUnit}, id, ${dueTime}::time from unnest(${toUnits}::uuid[]) as t(id)
    on conflict (institution_id, duty_id, from_unit, to_unit) do update set due_time = excluded.due_time`.execute(tx)
}
export async function standingHandDowns(tx: Tx, institutionId: string, dutyId: string): Promise<{ fromUnit: string; toUnit: string; dueTime: string | null }[]> {
  return (
    await sql<{ fromUnit: string; toUnit: string; dueTime: string | null }>`select h.from_unit as "fromUnit", h.to_unit as "toUnit", to_char(h.due_time, 'HH24:MI') as "dueTime" from notices.hand_down h
    join directory.unit u on u.institution_id = h.institution_id and u.unit_id = h.to_unit and u.closed_at is null join directory.unit f on f.institution_id = h.institution_id and f.unit_id = h.from_unit
    where h.institution_id = ${institutionId} and h.duty_id = ${dutyId} order by nlevel(f.path)`.execute(tx)
  ).rows
}
/** Sub-units of a unit: the next below, all of one kind, or chosen ones (only those that lie below). */
export async function unitsBelow(tx: Tx, institutionId: string, unitId: string, which: { kind?: string; unitIds?: readonly string[] }): Promise<UnitRow[]> {
  const wanted = which.unitIds ? sql`u.unit_id = any(${which.unitIds}::uuid[])` : which.kind ? sql`u.kind = ${which.kind}` : sql`u.parent_id = it.unit_id`
  return (
    await sql<UnitRow>`select u.unit_id as "unitId", u.tree, u.kind, u.name, u.parent_id as "parentId" from directory.unit it join directory.unit u on u.institution_id = it.institution_id and u.path <@ it.path and u.unit_id <> it.unit_id
    where it.institution_id = ${institutionId} and it.unit_id = ${unitId} and u.closed_at is null and ${wanted} order by u.name collate "zh-x-icu" limit 5000`.execute(tx)
  ).rows
}
export async function kindsBelow(tx: Tx, institutionId: string, unitId: string): Promise<{ kind: string; units: number }[]> {
  return (
    await sql<{ kind: string; units: number }>`select u.kind, count(*) as units from directory.unit it join directory.unit u on u.institution_id = it.institution_id and u.path <@ it.path and u.unit_id <> it.unit_id
    where it.institution_id = ${institutionId} and it.unit_id = ${unitId} and u.closed_at is null group by u.kind order by min(nlevel(u.path))`.execute(tx)
  ).rows
}
/** Notices of a closed response that still stand. */
export async function noticesOfResponse(tx: Tx, institutionId: string, responseId: string): Promise<string[]> {
  return (await sql<{ id: string }>`select notice_id as id from notices.notice where institution_id = ${institutionId} and response_id = ${responseId} and status = 'issued'`.execute(tx)).rows.map((row) => row.id)
}

// ── Call-and-confirm ─────────────────────────────────────────────────────────────────────────────
export interface RoundRow {
  roundId: string
  noticeId: string | null
  message: string
  startedAt: string
  ladderMinutes: number
  closedAt: string | null
  unitIds: string[]
  sent: number
  confirmed: number
  notConfirmed: number
  unreachable: number
  units: number
  unitsConfirmed: number
  unitsWithoutAnybody: number
}
export async function findRounds(tx: Tx, institutionId: string, by: { roundId: string } | { noticeId: string | null }): Promise<RoundRow[]> {
  const where = 'roundId' in by ? sql`r.round_id = ${by.roundId}` : sql`(${by.noticeId}::uuid is null or r.notice_id = ${by.noticeId}::uuid)`
  return (
    await sql<RoundRow>`select r.round_id as "roundId", r.notice_id as "noticeId", r.message, r.started_at as "startedAt", r.ladder_minutes as "ladderMinutes", r.closed_at as "closedAt", r.unit_ids as "unitIds",
      count(t.target_id) as sent, count(t.target_id) filter (where t.state = 'confirmed') as confirmed, count(t.target_id) filter (where t.state = 'sent') as "notConfirmed", count(t.target_id) filter (where t.state = 'unreachable') as unreachable,
      cardinality(r.unit_ids) as units, count(distinct t.unit_id) filter (where t.state = 'confirmed') as "unitsConfirmed", cardinality(r.unit_ids) - count(distinct t.unit_id) as "unitsWithoutAnybody"
    from notices.round r left join notices.target t using (institution_id, round_id) where r.institution_id = ${institutionId} and ${where} group by r.institution_id, r.round_id order by r.started_at desc limit 200`.execute(tx)
  ).rows
}
export async function insertRound(tx: Tx, institutionId: string, one: { roundId: string; noticeId: string | null; message: string; unitIds: string[]; ladderMinutes: number }, now: Date, by: string | null): Promise<void> {
  await sql`insert into notices.round (institution_id, round_id, notice_id, message, unit_ids, ladder_minutes, started_at, started_by) values (${institutionId}, ${one.roundId}, ${one.noticeId}, ${one.message}, ${one.unitIds}::uuid[], ${one.ladderMinutes}, ${now}, ${by})`.execute(tx)
}
export async function closeRound(tx: Tx, institutionId: string, roundId: string, now: Date): Promise<void> {
  await sql`update notices.round set closed_at = ${now} where institution_id = ${institutionId} and round_id = ${roundId} and closed_at is null`.execute(tx)
}
export interface LadderRow {
  unitId: string
  personId: string
  title: string
}
/** For each unit whom to call in order: holders of answering offices, their deputies, then the same one unit further up. Each person once. */
export async function ladders(tx: Tx, institutionId: string, unitIds: readonly string[], answering: readonly string[], now: Date): Promise<LadderRow[]> {
  return (
    await sql<LadderRow>`select of as "unitId", person_id as "personId", title from (
      select distinct on (mu.unit_id, h.person_id) mu.unit_id as of, h.person_id, o.title, nlevel(u.path) as depth, h.capacity, case o.role when 'secretary' then 0 when 'head' then 1 when 'counsellor' then 2 else 3 end as weight, lower(h.during) as since
      from directory.ancestry mu join directory.unit u on u.institution_id = mu.institution_id and u.unit_id = mu.ancestor_id
      join directory.office o on o.institution_id = u.institution_id and o.unit_id = u.unit_id and o.role = any(${answering}::text[])
      join directory.holding h on h.institution_id = o.institution_id and h.office_id = o.office_id and h.during @> ${now}::timestamptz
      join directory.person p on p.institution_id = h.institution_id and p.person_id = h.person_id and p.left_at is null
      where mu.institution_id = ${institutionId} and mu.unit_id = any(${unitIds}::uuid[])
      order by mu.unit_id, h.person_id, nlevel(u.path) desc, h.capacity desc) x order by of, depth desc, weight, capacity desc, since, title`.execute(tx)
  ).rows
}
export interface TargetRow {
  targetId: string
  roundId: string
  unit: UnitRow
  person: { personId: string; number: string; name: string }
  phone: string | null
  title: string
  rung: number
  sentAt: string
  state: 'sent' | 'confirmed' | 'unreachable'
  at: string | null
  by: string | null
  note: string | null
}
export async function targetsOf(tx: Tx, institutionId: string, by: { roundId: string } | { targetId: string } | { personId: string }): Promise<(TargetRow & { message: string; noticeId: string | null; closed: boolean })[]> {
  const where = 'roundId' in by ? sql`t.round_id = ${by.roundId}` : 'targetId' in by ? sql`t.target_id = ${by.targetId}` : sql`t.person_id = ${by.personId} and t.state = 'sent' and r.closed_at is null`
  return (
    await sql<TargetRow & { message: string; noticeId: string | null; closed: boolean }>`select t.target_id as "targetId", t.round_id as "roundId", ${unitJson} as unit, jsonb_build_object('personId', p.person_id, 'number', p.number, 'name', p.name) as person, p.phone, t.title, t.rung,
      t.sent_at as "sentAt", t.state, t.at, (select b.name from directory.person b where b.institution_id = t.institution_id and b.person_id = t.by_person) as by, t.note, r.message, r.notice_id as "noticeId", r.closed_at is not null as closed
    from notices.target t join notices.round r using (institution_id, round_id) join directory.unit u on u.institution_id = t.institution_id and u.unit_id = t.unit_id join directory.person p on p.institution_id = t.institution_id and p.person_id = t.person_id
    where t.institution_id = ${institutionId} and ${where} order by u.name collate "zh-x-icu", t.rung`.execute(tx)
  ).rows
}
export async function insertTargets(tx: Tx, institutionId: string, roundId: string, all: { targetId: string; unitId: string; personId: string; title: string; rung: number }[], now: Date): Promise<number> {
  const done = await sql`insert into notices.target (institution_id, target_id, round_id, unit_id, person_id, title, rung, sent_at)
    select ${institutionId}, t.target_id, ${roundId}, t.unit_id, t.person_id, t.title, t.rung, ${now}
    from unnest(${all.map((one) => one.targetId)}::uuid[], ${all.map((one) => one.unitId)}::uuid[], ${all.map((one) => one.personId)}::uuid[], ${all.map((one) => one.title)}::text[], ${all.map((one) => one.rung)}::int[]) as t(target_id, unit_id, person_id, title, rung)
    on conflict do nothing`.execute(tx)
  return Number(done.numAffectedRows)
}
export async function answerTarget(tx: Tx, institutionId: string, targetId: string, state: 'confirmed' | 'unreachable', now: Date, by: string | null, note: string | null): Promise<boolean> {
  const done = await sql`update notices.target set state = ${state}, at = ${now}, by_person = ${by}, note = coalesce(${note}, note) where institution_id = ${institutionId} and target_id = ${targetId} and (state = 'sent' or (state = 'unreachable' and ${state} = 'confirmed'))`.execute(tx)
  return Number(done.numAffectedRows) === 1
}
export async function lockRound(tx: Tx, institutionId: string, roundId: string): Promise<void> {
  await sql`select 1 from notices.round where institution_id = ${institutionId} and round_id = ${roundId} for update`.execute(tx)
}
