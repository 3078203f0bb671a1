/** SQL of follow-ups as they are opened, climb, change hands and are decided. */
import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '#kernel/database.ts'

export type TaskKind = 'tell-owner' | 'open-task' | 'ask-decision' | 'open-case'

export interface NewTask {
  taskId: string
  measureId: string
  subjectId: string
  since: string
  kind: TaskKind
  ownerId: string | null
  ownerUnitId: string | null
  climbSeconds: number | null
}
/** How many people at or below each of these units somebody still has to reach. */
export async function countOpenFollowUps(tx: Tx, institutionId: string, unitIds: readonly string[]): Promise<{ unitId: string; people: number }[]> {
  return (
    await sql<{ unitId: string; people: number }>`select a.ancestor_id as "unitId", count(distinct t.subject_id) as people from directory.ancestry a join measures.task t on t.institution_id = a.institution_id and t.owner_unit_id = a.unit_id and t.done_at is null
    where a.institution_id = ${institutionId} and a.ancestor_id = any(${unitIds}::uuid[]) group by 1`.execute(tx)
  ).rows
}
export async function insertTasks(tx: Tx, institutionId: string, tasks: readonly NewTask[], now: Date): Promise<void> {
  const column = <T,>(pick: (task: NewTask) => T) => tasks.map(pick)
  await sql`insert into measures.task (institution_id, task_id, measure_id, subject_id, gap_since, made_at, kind, owner_id, owner_unit_id, touch_by)
    select ${institutionId}::uuid, t.task_id, t.measure_id, t.subject_id, t.since, ${now}::timestamptz, t.kind, t.owner_id, t.owner_unit_id, ${now}::timestamptz + make_interval(secs => t.climb)
    from unnest(${column((t) => t.taskId)}::uuid[], ${column((t) => t.measureId)}::uuid[], ${column((t) => t.subjectId)}::uuid[], ${column((t) => t.since)}::timestamptz[], ${column((t) => t.kind)}::text[],
      ${column((t) => t.ownerId)}::uuid[], ${column((t) => t.ownerUnitId)}::uuid[], ${column((t) => t.climbSeconds)}::int[]) as t(task_id, measure_id, subject_id, since, kind, owner_id, owner_unit_id, climb)
    on conflict do nothing`.execute(tx)
}

export interface TaskRow {
  taskId: string
  measureId: string
  subjectId: string
  kind: TaskKind
  ownerId: string | null
  ownerUnitId: string | null
  /** The unit the subject hangs on. */
  leafUnitId: string | null
  climbed: number
  climbSeconds: number | null
}
const columns = sql`t.task_id as "taskId", t.measure_id as "measureId", t.subject_id as "subjectId", t.kind, t.owner_id as "ownerId", t.owner_unit_id as "ownerUnitId", t.climbed, me.climb_seconds as "climbSeconds",
  case me.subject_kind when 'unit' then t.subject_id else (select m.unit_id from directory.membership m where m.institution_id = t.institution_id and m.person_id = t.subject_id and m.tree = 'admin') end as "leafUnitId"`
const open = (institutionId: string) => sql`measures.task t join measures.measure me on me.institution_id = t.institution_id and me.measure_id = t.measure_id and me.status = 'on'
  where t.institution_id = ${institutionId} and t.done_at is null`

export interface Untouched extends TaskRow {
  /** Touched since it came to whoever has it. */
  touchedAt: string | null
  earlier: (string | null)[]
}
/** Follow-ups whose time to be touched is over. Two workers never take the same. */
export async function lockUntouched(tx: Tx, institutionId: string, now: Date, most: number): Promise<Untouched[]> {
  return (
    await sql<Untouched>`select ${columns},
      (select max(c.at) from measures.contact c where c.institution_id = t.institution_id and c.measure_id = t.measure_id and c.subject_id = t.subject_id and c.at > t.touch_by - make_interval(secs => me.climb_seconds)) as "touchedAt",
      array(select s.from_person from measures.task_step s where s.institution_id = t.institution_id and s.task_id = t.task_id and s.from_person is not null) as earlier
    from ${open(institutionId)} and t.touch_by <= ${now}::timestamptz and me.climb_seconds is not null order by t.touch_by, t.task_id limit ${most} for update of t skip locked`.execute(tx)
  ).rows
}
export async function waitAgain(tx: Tx, institutionId: string, tasks: readonly Untouched[]): Promise<void> {
  await sql`update measures.task t set touch_by = x.at + make_interval(secs => x.climb) from unnest(${tasks.map((one) => one.taskId)}::uuid[], ${tasks.map((one) => one.touchedAt)}::timestamptz[], ${tasks.map((one) => one.climbSeconds)}::int[]) as x(task_id, at, climb)
    where t.institution_id = ${institutionId} and t.task_id = x.task_id`.execute(tx)
}
/** At the top nobody is left to turn to. */
export async function stay(tx: Tx, institutionId: string, taskIds: string[]): Promise<void> {
  await sql`update measures.task set touch_by = null where institution_id = ${institutionId} and task_id = any(${taskIds}::uuid[])`.execute(tx)
}

/** Open follow-ups that are nobody's, or whose owner holds no office any more at the unit they had them for. */
export async function lockOrphaned(tx: Tx, institutionId: string, now: Date, most: number): Promise<TaskRow[]> {
  return (
    await sql<TaskRow>`select ${columns} from ${open(institutionId)} and t.owner_unit_id is not null and not exists (
      select from directory.office o join directory.holding h on h.institution_id = o.institution_id and h.office_id = o.office_id
      where o.institution_id = t.institution_id and o.unit_id = t.owner_unit_id and h.person_id = t.owner_id and h.during @> ${now}::timestamptz)
    order by t.task_id limit ${most} for update of t skip locked`.execute(tx)
  ).rows
}

export interface Move {
  task: TaskRow
  action: 'climb' | 'hand-over' | 'decide'
  to: string | null
  unitId: string | null
  words: string
}
/** Gives follow-ups to another, each with its step; what was decided is from then on a task to carry out. */
export async function move(tx: Tx, institutionId: string, moves: readonly Move[], now: Date): Promise<void> {
  const column = <T,>(pick: (one: Move) => T) => moves.map(pick)
  const given = sql`unnest(${column((one) => one.task.taskId)}::uuid[], ${column((one) => one.action)}::text[], ${column((one) => one.to)}::uuid[], ${column((one) => one.unitId)}::uuid[], ${column((one) => one.words)}::text[],
    ${column((one) => one.task.climbSeconds)}::int[], ${column((one) => one.task.ownerId)}::uuid[]) as x(task_id, action, to_person, to_unit, words, climb, from_person)`
  await sql`insert into measures.task_step (institution_id, task_id, step, at, action, from_person, to_person, to_unit, words)
    select ${institutionId}::uuid, x.task_id, coalesce((select max(s.step) from measures.task_step s where s.institution_id = ${institutionId} and s.task_id = x.task_id), 0) + 1, ${now}::timestamptz, x.action, x.from_person, x.to_person, x.to_unit, x.words from ${given}`.execute(tx)
  await sql`update measures.task t set owner_id = x.to_person, owner_unit_id = x.to_unit, climbed = case x.action when 'climb' then t.climbed + 1 when 'decide' then 0 else t.climbed end,
      kind = case x.action when 'decide' then 'open-task' else t.kind end, touch_by = ${now}::timestamptz + make_interval(secs => x.climb)
    from ${given} where t.institution_id = ${institutionId} and t.task_id = x.task_id`.execute(tx)
}

/** Whose a follow-up is: of who has it now, and of everybody it was with. */
export const concerns = (personId: string): RawBuilder<unknown> => sql`(t.owner_id = ${personId} or exists (select from measures.task_step st where st.institution_id = t.institution_id and st.from_person = ${personId} and st.task_id = t.task_id))`

export async function lockTask(tx: Tx, institutionId: string, taskId: string, personId: string): Promise<TaskRow | undefined> {
  return (await sql<TaskRow>`select ${columns} from ${open(institutionId)} and t.task_id = ${taskId} and ${concerns(personId)} for update of t`.execute(tx)).rows[0]
}
export async function close(tx: Tx, institutionId: string, taskId: string, outcome: string, now: Date): Promise<void> {
  await sql`update measures.task set done_at = ${now}, outcome = ${outcome} where institution_id = ${institutionId} and task_id = ${taskId} and done_at is null`.execute(tx)
}

/** Follow-ups that asked for a case of this person are settled by it. Answers how many. */
export async function closeCaseTasks(tx: Tx, institutionId: string, personId: string, outcome: string, now: Date): Promise<number> {
  const done = await sql`update measures.task set done_at = ${now}, outcome = ${outcome} where institution_id = ${institutionId} and subject_id = ${personId} and kind = 'open-case' and done_at is null`.execute(tx)
  return Number(done.numAffectedRows)
}

export interface StepRow {
  taskId: string
  at: string
  action: 'climb' | 'hand-over' | 'take-back' | 'decide'
  from: string | null
  to: string | null
  unit: string | null
  words: string
  by: string | null
}
export async function stepsOf(tx: Tx, institutionId: string, taskIds: string[]): Promise<StepRow[]> {
  if (!taskIds.length) return []
  return (
    await sql<StepRow>`select s.task_id as "taskId", s.at, s.action, f.name as from, w.name as to, u.name as unit, s.words, b.name as by from measures.task_step s
    left join directory.person f on f.institution_id = s.institution_id and f.person_id = s.from_person
    left join directory.person w on w.institution_id = s.institution_id and w.person_id = s.to_person
    left join directory.unit u on u.institution_id = s.institution_id and u.unit_id = s.to_unit
    left join directory.person b on b.institution_id = s.institution_id and b.person_id = s.by_person
    where s.institution_id = ${institutionId} and s.task_id = any(${taskIds}::uuid[]) order by s.task_id, s.step`.execute(tx)
  ).rows
}

export interface FollowUpRow {
  taskId: string
  kind: TaskKind
  madeAt: string
  owner: string | null
  climbed: number
  touchBy: string | null
  doneAt: string | null
  outcome: string | null
}
/** The latest follow-up of a gap. */
export async function followUpOf(tx: Tx, institutionId: string, measureId: string, subjectId: string): Promise<FollowUpRow | undefined> {
  return (
    await sql<FollowUpRow>`select t.task_id as "taskId", t.kind, t.made_at as "madeAt", p.name as owner, t.climbed, t.touch_by as "touchBy", t.done_at as "doneAt", t.outcome
    from measures.task t left join directory.person p on p.institution_id = t.institution_id and p.person_id = t.owner_id
    where t.institution_id = ${institutionId} and t.measure_id = ${measureId} and t.subject_id = ${subjectId} order by t.made_at desc limit 1`.execute(tx)
  ).rows[0]
}
/** How long the follow-ups of a measure may lie untouched; null: they stay where they are. */
export async function setClimb(tx: Tx, institutionId: string, measureId: string, seconds: number | null): Promise<void> {
  await sql`update measures.measure set climb_seconds = ${seconds}::int where institution_id = ${institutionId} and measure_id = ${measureId}`.execute(tx)
}
