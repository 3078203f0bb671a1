/** SQL of follow-ups: once per gap, after the grace, closing with the gap. A standing knows when it is to be looked at (`look_at`); who writes standings, excuses and follow-ups keeps it. */
import { sql } from 'kysely'
import type { Tx } from '#kernel/database.ts'
import { concerns, type TaskKind } from './queries-escalation.ts'

/** A standing that somebody has to look after now. */
export interface Due {
  measureId: string
  subjectId: string
  /** Gap or unknown, excused or not. */
  open: boolean
  /** Whoever was excused is in the gap again only since the excuse ended. */
  since: string
  graceSeconds: number
  followUp: TaskKind | 'none'
  climbSeconds: number | null
  excused: boolean
  excusedUntil: string | null
  /** Its follow-up that is not done. */
  taskId: string | null
  /** One of this very gap was done with. */
  done: boolean
  /** The leaf unit, which tells the owner. */
  unitId: string | null
}
/** What falls due to be looked at, and only that, through the index of `look_at`. Nobody waits and two never take the same. */
export async function dueStandings(tx: Tx, institutionId: string, now: Date, most: number): Promise<Due[]> {
  return (
    await sql<Due>`with due as materialized (
      select s.*, me.subject_kind, me.follow_up, me.grace_seconds, me.climb_seconds from measures.measure me cross join lateral (
        select x.measure_id, x.subject_id, case when x.until <= ${now}::timestamptz then x.next_state else x.state end as state, case when x.until <= ${now}::timestamptz and x.next_state <> x.state then x.until else x.since end as since
        from measures.standing x where x.institution_id = me.institution_id and x.measure_id = me.measure_id and x.look_at <= ${now}::timestamptz and x.look_at < 'infinity' order by x.look_at limit ${most} for no key update skip locked
      ) s where me.institution_id = ${institutionId} and me.status = 'on' limit ${most}
    )
    select d.measure_id as "measureId", d.subject_id as "subjectId", d.state <> 'kept' as open, g.since, d.grace_seconds as "graceSeconds", d.follow_up as "followUp", d.climb_seconds as "climbSeconds",
      e.during is not null as excused, upper(e.during) as "excusedUntil", t.task_id as "taskId",
      exists (select from measures.task k where k.institution_id = ${institutionId} and k.measure_id = d.measure_id and k.subject_id = d.subject_id and k.gap_since = g.since) as done,
      case d.subject_kind when 'unit' then d.subject_id else (select m.unit_id from directory.membership m where m.institution_id = ${institutionId} and m.person_id = d.subject_id and m.tree = 'admin') end as "unitId"
    from due d
    -- Each looked up by its key: a table of tasks that has just grown is joined badly.
    cross join lateral (select greatest(d.since, (select max(upper(x.during)) from measures.excuse x where x.institution_id = ${institutionId} and x.measure_id = d.measure_id and x.subject_id = d.subject_id and upper(x.during) <= ${now}::timestamptz)) as since) g
    left join lateral (select x.during from measures.excuse x where x.institution_id = ${institutionId} and x.measure_id = d.measure_id and x.subject_id = d.subject_id and x.during @> ${now}::timestamptz limit 1) e on true
    left join lateral (select k.task_id from measures.task k where k.institution_id = ${institutionId} and k.measure_id = d.measure_id and k.subject_id = d.subject_id and k.done_at is null limit 1) t on true`.execute(tx)
  ).rows
}
/** When these are to be looked at next. */
export async function lookNext(tx: Tx, institutionId: string, list: readonly { measureId: string; subjectId: string; at: string | null }[]): Promise<void> {
  await sql`update measures.standing s set look_at = x.at from unnest(${list.map((one) => one.measureId)}::uuid[], ${list.map((one) => one.subjectId)}::uuid[], ${list.map((one) => one.at)}::timestamptz[]) as x(measure_id, subject_id, at)
    where s.institution_id = ${institutionId} and s.measure_id = x.measure_id and s.subject_id = x.subject_id`.execute(tx)
}
/** Closes follow-ups whose gap is closed or excused. */
export async function closeSettled(tx: Tx, institutionId: string, taskIds: string[], now: Date): Promise<void> {
  await sql`update measures.task set done_at = ${now}, outcome = 'gap-closed' where institution_id = ${institutionId} and task_id = any(${taskIds}::uuid[]) and done_at is null`.execute(tx)
}
/** Closes the follow-ups of measures that have ended. */
export async function closeOfMeasures(tx: Tx, institutionId: string, measureIds: string[], now: Date): Promise<void> {
  await sql`update measures.task set done_at = ${now}, outcome = 'gap-closed' where institution_id = ${institutionId} and measure_id = any(${measureIds}::uuid[]) and done_at is null`.execute(tx)
}
export interface TaskRow {
  taskId: string
  measureId: string
  subject: { id: string; name: string; number: string | null; phone: string | null; unit: string | null }
  gapSince: string
  madeAt: string
  kind: TaskKind
  climbed: number
  touchBy: string | null
  /** It is with this person now, not with somebody it went to afterwards. */
  mine: boolean
}
/** The gap may be closed before the follow-up is: what is known by now is not shown any more. */
const stillOpen = (now: Date) => sql`exists (select from measures.standing s join measures.measure me on me.institution_id = s.institution_id and me.measure_id = s.measure_id and me.status = 'on'
    where s.institution_id = t.institution_id and s.measure_id = t.measure_id and s.subject_id = t.subject_id and (case when s.until <= ${now}::timestamptz then s.next_state else s.state end) <> 'kept')
  and not exists (select from measures.excuse e where e.institution_id = t.institution_id and e.measure_id = t.measure_id and e.subject_id = t.subject_id and e.during @> ${now}::timestamptz)`
export async function openTasksOf(tx: Tx, institutionId: string, personId: string, most: number, now: Date): Promise<TaskRow[]> {
  return (
    await sql<TaskRow>`select t.task_id as "taskId", t.measure_id as "measureId", t.gap_since as "gapSince", t.made_at as "madeAt", t.kind, t.climbed, t.touch_by as "touchBy", coalesce(t.owner_id = ${personId}, false) as mine,
      jsonb_build_object('id', t.subject_id, 'name', coalesce(p.name, u.name), 'number', p.number, 'phone', p.phone,
        'unit', (select w.name from directory.unit w where w.institution_id = t.institution_id and w.unit_id = coalesce(u.parent_id, (select m.unit_id from directory.membership m where m.institution_id = t.institution_id and m.person_id = t.subject_id and m.tree = 'admin' limit 1)))) as subject
    from measures.task t left join directory.person p on p.institution_id = t.institution_id and p.person_id = t.subject_id left join directory.unit u on u.institution_id = t.institution_id and u.unit_id = t.subject_id
    where t.institution_id = ${institutionId} and ${concerns(personId)} and t.done_at is null and ${stillOpen(now)} order by t.owner_id is distinct from ${personId}, t.made_at, t.task_id limit ${most}`.execute(tx)
  ).rows
}
export async function countOpenTasks(tx: Tx, institutionId: string, personId: string, now: Date): Promise<number> {
  return (await sql<{ n: number }>`select count(*)::int as n from measures.task t where t.institution_id = ${institutionId} and ${concerns(personId)} and t.done_at is null and ${stillOpen(now)}`.execute(tx)).rows[0]?.n ?? 0
}
