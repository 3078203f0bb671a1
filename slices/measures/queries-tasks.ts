/** SQL of follow-ups: once per gap, after the grace, closing with the gap. */
import { sql } from 'kysely'
import type { Tx } from '#kernel/database.ts'
import { concerns, type TaskKind } from './queries-escalation.ts'

export interface Due {
  measureId: string
  subjectId: string
  since: string
  unitId: string | null
  kind: TaskKind
  climbSeconds: number | null
}
/** Gaps whose grace is over and that have no follow-up yet, with the leaf unit that tells the owner. What was unknown and turns out a gap is followed up by who follows it up already. */
export async function gapsWithoutTask(tx: Tx, institutionId: string, now: Date, most: number): Promise<Due[]> {
  return (
    await sql<Due>`with let_off as (
      -- Whoever was excused is in the gap again only since the excuse ended.
      select e.measure_id, e.subject_id, max(upper(e.during)) as ended from measures.excuse e where e.institution_id = ${institutionId} and upper(e.during) <= ${now}::timestamptz group by 1, 2
    )
    select g.measure_id as "measureId", g.subject_id as "subjectId", g.since, coalesce(m.unit_id, u.unit_id) as "unitId", g.follow_up as kind, g.climb_seconds as "climbSeconds" from (
      select s.measure_id, s.subject_id, me.grace_seconds, me.subject_kind, me.follow_up, me.climb_seconds, greatest(x.ended, case when s.until <= ${now}::timestamptz and s.next_state <> s.state then s.until else s.since end) as since
      from measures.standing s join measures.measure me using (institution_id, measure_id) left join let_off x on x.measure_id = s.measure_id and x.subject_id = s.subject_id
      where s.institution_id = ${institutionId} and me.status = 'on' and me.follow_up <> 'none' and (case when s.until <= ${now}::timestamptz then s.next_state else s.state end) <> 'kept'
        and not exists (select from measures.excuse e where e.institution_id = s.institution_id and e.measure_id = s.measure_id and e.subject_id = s.subject_id and e.during @> ${now}::timestamptz)
    ) g
    left join directory.membership m on g.subject_kind = 'person' and m.institution_id = ${institutionId} and m.person_id = g.subject_id and m.tree = 'admin'
    left join directory.unit u on g.subject_kind = 'unit' and u.institution_id = ${institutionId} and u.unit_id = g.subject_id
    -- Looked up by its key for each gap: a table of tasks that has just grown is joined badly.
    left join lateral (select true as made from measures.task t where t.institution_id = ${institutionId} and t.measure_id = g.measure_id and t.subject_id = g.subject_id and (t.gap_since = g.since or t.done_at is null) limit 1) task on true
    where g.since + make_interval(secs => g.grace_seconds) <= ${now}::timestamptz and task.made is null
    limit ${most}`.execute(tx)
  ).rows
}
/** Closes follow-ups whose gap is closed, excused or whose measure has ended. */
export async function closeSettledTasks(tx: Tx, institutionId: string, now: Date): Promise<number> {
  const done = await sql`update measures.task t set done_at = ${now}, outcome = 'gap-closed' where t.institution_id = ${institutionId} and t.done_at is null and (
    not exists (select from measures.measure me where me.institution_id = t.institution_id and me.measure_id = t.measure_id and me.status = 'on')
    or exists (select from measures.excuse e where e.institution_id = t.institution_id and e.measure_id = t.measure_id and e.subject_id = t.subject_id and e.during @> ${now}::timestamptz)
    or not exists (select from measures.standing s where s.institution_id = t.institution_id and s.measure_id = t.measure_id and s.subject_id = t.subject_id
      and (case when s.until <= ${now}::timestamptz then s.next_state else s.state end) <> 'kept'))`.execute(tx)
  return Number(done.numAffectedRows)
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
