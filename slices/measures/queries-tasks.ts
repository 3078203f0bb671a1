/** SQL of follow-ups: once per gap, after the grace, closing with the gap. */
import { sql } from 'kysely'
import type { Tx } from '#kernel/database.ts'

/** Gaps whose grace is over and that have no follow-up yet, with the leaf unit that tells the owner. */
export async function gapsWithoutTask(tx: Tx, institutionId: string, now: Date, most: number): Promise<{ measureId: string; subjectId: string; since: string; unitId: string | null }[]> {
  return (
    await sql<{ measureId: string; subjectId: string; since: string; unitId: string | null }>`
    select g.measure_id as "measureId", g.subject_id as "subjectId", g.since, coalesce(m.unit_id, u.unit_id) as "unitId" from (
      select s.measure_id, s.subject_id, me.grace_seconds, me.subject_kind, case when s.until <= ${now}::timestamptz and s.next_state <> s.state then s.until else s.since end as since
      from measures.standing s join measures.measure me using (institution_id, measure_id)
      where s.institution_id = ${institutionId} and me.status = 'on' and me.follow_up <> 'none' and (case when s.until <= ${now}::timestamptz then s.next_state else s.state end) <> 'kept'
        and not exists (select from measures.excuse e where e.institution_id = s.institution_id and e.measure_id = s.measure_id and e.subject_id = s.subject_id and e.during @> ${now}::timestamptz)
    ) g
    left join directory.membership m on g.subject_kind = 'person' and m.institution_id = ${institutionId} and m.person_id = g.subject_id and m.tree = 'admin'
    left join directory.unit u on g.subject_kind = 'unit' and u.institution_id = ${institutionId} and u.unit_id = g.subject_id
    -- Looked up by its key for each gap: a table of tasks that has just grown is joined badly.
    left join lateral (select true as made from measures.task t where t.institution_id = ${institutionId} and t.measure_id = g.measure_id and t.subject_id = g.subject_id and t.gap_since = g.since limit 1) task on true
    where g.since + make_interval(secs => g.grace_seconds) <= ${now}::timestamptz and task.made is null
    limit ${most}`.execute(tx)
  ).rows
}
export async function insertTasks(tx: Tx, institutionId: string, tasks: { taskId: string; measureId: string; subjectId: string; since: string; ownerId: string | null }[], now: Date): Promise<void> {
  await sql`insert into measures.task (institution_id, task_id, measure_id, subject_id, gap_since, made_at, owner_id)
    select ${institutionId}::uuid, t.task_id, t.measure_id, t.subject_id, t.since, ${now}::timestamptz, t.owner_id
    from unnest(${tasks.map((t) => t.taskId)}::uuid[], ${tasks.map((t) => t.measureId)}::uuid[], ${tasks.map((t) => t.subjectId)}::uuid[], ${tasks.map((t) => t.since)}::timestamptz[], ${tasks.map((t) => t.ownerId)}::uuid[]) as t(task_id, measure_id, subject_id, since, owner_id)
    on conflict do nothing`.execute(tx)
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
  subject: { id: string; name: string; number: string | null; phone: string | null }
  gapSince: string
  madeAt: string
}
/** The gap may be closed before the follow-up is: what is known by now is not shown any more. */
const stillOpen = sql`exists (select from measures.standing s where s.institution_id = t.institution_id and s.measure_id = t.measure_id and s.subject_id = t.subject_id and s.state <> 'kept')`
export async function openTasksOf(tx: Tx, institutionId: string, personId: string, most: number): Promise<TaskRow[]> {
  return (
    await sql<TaskRow>`select t.task_id as "taskId", t.measure_id as "measureId", t.gap_since as "gapSince", t.made_at as "madeAt",
      jsonb_build_object('id', t.subject_id, 'name', coalesce(p.name, u.name), 'number', p.number, 'phone', p.phone) as subject
    from measures.task t left join directory.person p on p.institution_id = t.institution_id and p.person_id = t.subject_id left join directory.unit u on u.institution_id = t.institution_id and u.unit_id = t.subject_id
    where t.institution_id = ${institutionId} and t.owner_id = ${personId} and t.done_at is null and ${stillOpen} order by t.made_at, t.task_id limit ${most}`.execute(tx)
  ).rows
}
export async function countOpenTasks(tx: Tx, institutionId: string, personId: string): Promise<number> {
  return (await sql<{ n: number }>`select count(*)::int as n from measures.task t where t.institution_id = ${institutionId} and t.owner_id = ${personId} and t.done_at is null and ${stillOpen}`.execute(tx)).rows[0]?.n ?? 0
}
export async function finishTask(tx: Tx, institutionId: string, taskId: string, personId: string, outcome: string, now: Date): Promise<boolean> {
  const done = await sql`update measures.task set done_at = ${now}, outcome = ${outcome} where institution_id = ${institutionId} and task_id = ${taskId} and owner_id = ${personId} and done_at is null`.execute(tx)
  return Number(done.numAffectedRows) === 1
}
