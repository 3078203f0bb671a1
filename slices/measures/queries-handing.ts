/** SQL of what is done about gaps by hand: contacts on several measures, hand-overs, and the trail they leave. */
import { sql } from 'kysely'
import type { Tx } from '#kernel/database.ts'
import type { PersonBrief, UnitBrief } from '#slices/directory/server.ts'
import { excuses, sinceAt, stateAt } from './queries.ts'
import type { TaskKind } from './queries-escalation.ts'

interface Item {
  measureId: string
  subjectId: string
}
const items = (list: readonly Item[]) => sql`unnest(${list.map((one) => one.measureId)}::uuid[], ${list.map((one) => one.subjectId)}::uuid[]) as i(measure_id, subject_id)`

export async function insertContacts(tx: Tx, institutionId: string, list: readonly (Item & { contactId: string })[], c: { how: string; outcome: string; note: string; by: string | null }, at: Date): Promise<number> {
  const done = await sql`insert into measures.contact (institution_id, contact_id, measure_id, subject_id, how, outcome, note, by_person, at)
    select ${institutionId}::uuid, i.contact_id, i.measure_id, i.subject_id, ${c.how}, ${c.outcome}, ${c.note}, ${c.by}::uuid, ${at}::timestamptz
    from unnest(${list.map((one) => one.contactId)}::uuid[], ${list.map((one) => one.measureId)}::uuid[], ${list.map((one) => one.subjectId)}::uuid[]) as i(contact_id, measure_id, subject_id)`.execute(tx)
  return Number(done.numAffectedRows)
}
/** Only one's own, only what was noted since, never a reminder: that was sent. */
export async function deleteContacts(tx: Tx, institutionId: string, list: readonly { contactId: string; subjectId: string }[], by: string | null, since: Date): Promise<number> {
  const done = await sql`delete from measures.contact c using unnest(${list.map((one) => one.contactId)}::uuid[], ${list.map((one) => one.subjectId)}::uuid[]) as i(contact_id, subject_id)
    where c.institution_id = ${institutionId} and c.contact_id = i.contact_id and c.subject_id = i.subject_id and c.by_person = ${by}::uuid and c.how <> 'remind' and c.at > ${since}::timestamptz`.execute(tx)
  return Number(done.numAffectedRows)
}
/** Of these pairs, those that are neither gap nor unknown any more. */
export async function countSettled(tx: Tx, institutionId: string, list: readonly Item[], now: Date): Promise<number> {
  return (
    await sql<{ n: number }>`select count(*)::int as n from ${items(list)} where not exists (
      select from measures.standing s join measures.measure me on me.institution_id = s.institution_id and me.measure_id = s.measure_id and me.status = 'on' ${excuses(now)}
      where s.institution_id = ${institutionId} and s.measure_id = i.measure_id and s.subject_id = i.subject_id and ${stateAt(now)} in ('gap', 'unknown'))`.execute(tx)
  ).rows[0]?.n ?? 0
}

export interface Holder {
  person: PersonBrief
  phone: string | null
  officeId: string
  officeTitle: string
  unit: UnitBrief
  capacity: 'holder' | 'deputy'
  whole: boolean
  distance: number
}
/** Current holders of offices in these roles that reach every one of the subjects, the nearest first. Nobody is handed themselves. */
export async function holdersOver(tx: Tx, institutionId: string, subjectIds: string[], roles: { subtree: string[]; institution: string[] }, now: Date): Promise<Holder[]> {
  return (
    await sql<Holder>`with asked as materialized (select distinct unnest(${subjectIds}::uuid[]) as subject_id), placed as materialized (
      select a.subject_id, y.ancestor_id, y.distance from asked a
      join (select m.person_id as subject_id, m.unit_id from directory.membership m where m.institution_id = ${institutionId} and m.person_id = any(${subjectIds}::uuid[])
        union all select u.unit_id, u.unit_id from directory.unit u where u.institution_id = ${institutionId} and u.unit_id = any(${subjectIds}::uuid[])) h using (subject_id)
      join directory.ancestry y on y.institution_id = ${institutionId} and y.unit_id = h.unit_id
    ), reach as materialized (select ancestor_id as unit_id, max(distance) as distance from placed group by 1 having count(distinct subject_id) = (select count(*) from asked))
    select jsonb_build_object('personId', p.person_id, 'number', p.number, 'name', p.name) as person, p.phone, o.office_id as "officeId", o.title as "officeTitle", h.capacity,
      jsonb_build_object('unitId', u.unit_id, 'tree', u.tree, 'kind', u.kind, 'name', u.name, 'parentId', u.parent_id) as unit, o.role = any(${roles.institution}::text[]) as whole, coalesce(r.distance, 99)::int as distance
    from directory.holding h join directory.office o using (institution_id, office_id) join directory.unit u using (institution_id, unit_id) join directory.person p on p.institution_id = h.institution_id and p.person_id = h.person_id and p.left_at is null
    left join reach r on r.unit_id = u.unit_id
    where h.institution_id = ${institutionId} and h.during @> ${now}::timestamptz and (o.role = any(${roles.institution}::text[]) or (o.role = any(${roles.subtree}::text[]) and r.unit_id is not null)) and h.person_id <> all(${subjectIds}::uuid[])
    order by coalesce(r.distance, 99), u.tree, u.name collate "C", h.capacity desc, p.name limit 60`.execute(tx)
  ).rows
}

export interface HandedTask {
  measureId: string
  subjectId: string
  taskId: string
  ownerId: string | null
  ownerUnitId: string | null
  climbSeconds: number | null
  kind: TaskKind
  leafUnitId: string | null
}
/** Opens a follow-up for each pair that is still open and has none: what is handed over is in somebody's hands from then on. */
export async function openTasks(tx: Tx, institutionId: string, list: readonly (Item & { taskId: string })[], ownerId: string | null, now: Date): Promise<void> {
  await sql`insert into measures.task (institution_id, task_id, measure_id, subject_id, gap_since, made_at, kind, owner_id, owner_unit_id)
    select s.institution_id, i.task_id, i.measure_id, i.subject_id, ${sinceAt(now)}, ${now}::timestamptz, 'open-task', ${ownerId}::uuid, null
    from unnest(${list.map((one) => one.taskId)}::uuid[], ${list.map((one) => one.measureId)}::uuid[], ${list.map((one) => one.subjectId)}::uuid[]) as i(task_id, measure_id, subject_id)
    join measures.measure me on me.institution_id = ${institutionId} and me.measure_id = i.measure_id and me.status = 'on'
    join measures.standing s on s.institution_id = ${institutionId} and s.measure_id = i.measure_id and s.subject_id = i.subject_id ${excuses(now)}
    where ${stateAt(now)} in ('gap', 'unknown') and not exists (select from measures.task t where t.institution_id = s.institution_id and t.measure_id = s.measure_id and t.subject_id = s.subject_id and t.done_at is null)
    -- One of this very gap was done with by hand: it goes on.
    on conflict (institution_id, measure_id, subject_id, gap_since) do update set done_at = null, outcome = null, kind = 'open-task'`.execute(tx)
}
export async function lockOpenTasks(tx: Tx, institutionId: string, list: readonly Item[]): Promise<HandedTask[]> {
  return (
    await sql<HandedTask>`select t.measure_id as "measureId", t.subject_id as "subjectId", t.task_id as "taskId", t.owner_id as "ownerId", t.owner_unit_id as "ownerUnitId", me.climb_seconds as "climbSeconds", t.kind,
      case me.subject_kind when 'unit' then t.subject_id else (select m.unit_id from directory.membership m where m.institution_id = t.institution_id and m.person_id = t.subject_id and m.tree = 'admin') end as "leafUnitId"
    from measures.task t join measures.measure me on me.institution_id = t.institution_id and me.measure_id = t.measure_id join ${items(list)} on i.measure_id = t.measure_id and i.subject_id = t.subject_id
    where t.institution_id = ${institutionId} and t.done_at is null order by t.task_id for update of t`.execute(tx)
  ).rows
}
export interface Handing {
  task: HandedTask
  action: 'hand-over' | 'take-back'
  toPerson: string | null
  toUnit: string | null
}
export async function handTasks(tx: Tx, institutionId: string, list: readonly Handing[], words: string, by: string | null, now: Date): Promise<void> {
  const column = <T,>(pick: (one: Handing) => T) => list.map(pick)
  const given = sql`unnest(${column((one) => one.task.taskId)}::uuid[], ${column((one) => one.action)}::text[], ${column((one) => one.task.ownerId)}::uuid[], ${column((one) => one.toPerson)}::uuid[], ${column((one) => one.toUnit)}::uuid[], ${column((one) => one.task.climbSeconds)}::int[]) as x(task_id, action, from_person, to_person, to_unit, climb)`
  await sql`insert into measures.task_step (institution_id, task_id, step, at, action, from_person, to_person, to_unit, words, by_person)
    select ${institutionId}::uuid, x.task_id, coalesce((select max(s.step) from measures.task_step s where s.institution_id = ${institutionId} and s.task_id = x.task_id), 0) + 1, ${now}::timestamptz, x.action, x.from_person, x.to_person, x.to_unit, ${words}, ${by}::uuid from ${given}`.execute(tx)
  await sql`update measures.task t set owner_id = x.to_person, owner_unit_id = x.to_unit, kind = 'open-task', climbed = 0, touch_by = ${now}::timestamptz + make_interval(secs => x.climb)
    from ${given} where t.institution_id = ${institutionId} and t.task_id = x.task_id`.execute(tx)
}
/** Which of these are with somebody by a hand-over now. */
export async function handedNow(tx: Tx, institutionId: string, taskIds: string[]): Promise<Set<string>> {
  const found = await sql<{ id: string }>`select id from (select distinct on (task_id) task_id as id, action, by_person from measures.task_step where institution_id = ${institutionId} and task_id = any(${taskIds}::uuid[]) order by task_id, step desc) last
    where action = 'hand-over' and by_person is not null`.execute(tx)
  return new Set(found.rows.map((row) => row.id))
}

export interface DeedRow {
  at: string
  kind: 'contact' | 'excuse' | 'excuse-end' | 'follow-up' | 'follow-up-end'
  measureIds: string[]
  by: string | null
  words: string
  until: string | null
  how: 'call' | 'message' | 'visit' | 'remind' | null
  outcome: 'reached' | 'no-answer' | 'promised' | 'sent' | null
}
/** What was done about a subject, newest first; the same call on several measures once. Steps of follow-ups come apart (stepsOf). */
export async function deedsOf(tx: Tx, institutionId: string, subjectId: string, now: Date, most: number): Promise<DeedRow[]> {
  return (
    await sql<DeedRow>`select d.at, d.kind, array_agg(d.measure_id) as "measureIds", w.name as by, d.words, d.until, d.how, d.outcome from (
      select at, 'contact' as kind, measure_id, by_person, note as words, null::timestamptz as until, how, outcome from measures.contact where institution_id = ${institutionId} and subject_id = ${subjectId}
      union all select lower(during), 'excuse', measure_id, by_person, reason, upper(during), null, null from measures.excuse where institution_id = ${institutionId} and subject_id = ${subjectId}
      union all select upper(during), 'excuse-end', measure_id, null, '', null, null, null from measures.excuse where institution_id = ${institutionId} and subject_id = ${subjectId} and upper(during) <= ${now}::timestamptz
      union all select made_at, 'follow-up', measure_id, owner_id, '', touch_by, null, null from measures.task where institution_id = ${institutionId} and subject_id = ${subjectId}
      union all select done_at, 'follow-up-end', measure_id, null, coalesce(outcome, ''), null, null, null from measures.task where institution_id = ${institutionId} and subject_id = ${subjectId} and done_at is not null
    ) d left join directory.person w on w.institution_id = ${institutionId} and w.person_id = d.by_person
    group by d.at, d.kind, w.name, d.words, d.until, d.how, d.outcome order by d.at desc limit ${most}`.execute(tx)
  ).rows
}
export async function tasksOfSubject(tx: Tx, institutionId: string, subjectId: string): Promise<{ taskId: string; measureId: string }[]> {
  return (await sql<{ taskId: string; measureId: string }>`select task_id as "taskId", measure_id as "measureId" from measures.task where institution_id = ${institutionId} and subject_id = ${subjectId} order by made_at desc limit 50`.execute(tx)).rows
}
/** Units without any below, one or two levels under a unit. */
export async function roomsBelow(tx: Tx, institutionId: string, unitId: string): Promise<{ unitId: string; parentId: string; name: string; members: number }[]> {
  return (
    await sql<{ unitId: string; parentId: string; name: string; members: number }>`select u.unit_id as "unitId", u.parent_id as "parentId", u.name, (select count(*)::int from directory.membership m where m.institution_id = u.institution_id and m.unit_id = u.unit_id) as members
    from directory.ancestry a join directory.unit u on u.institution_id = a.institution_id and u.unit_id = a.unit_id and u.closed_at is null
    where a.institution_id = ${institutionId} and a.ancestor_id = ${unitId} and a.distance between 1 and 2 and not exists (select from directory.unit k where k.institution_id = u.institution_id and k.parent_id = u.unit_id and k.closed_at is null)
    order by u.name collate "C"`.execute(tx)
  ).rows
}
/** Gaps of a unit that were closed, by local day: who stands as kept since then and did not from the start of the measure. */
export async function settledByDay(tx: Tx, institutionId: string, unitId: string, timeZone: string, from: Date, now: Date): Promise<{ day: string; at: string; measureId: string; name: { zh: string; en: string }; settled: number }[]> {
  return (
    await sql<{ day: string; at: string; measureId: string; name: { zh: string; en: string }; settled: number }>`with below as materialized (select a.unit_id from directory.ancestry a where a.institution_id = ${institutionId} and a.ancestor_id = ${unitId}), subject as materialized (
      select m.person_id as subject_id from directory.membership m where m.institution_id = ${institutionId} and m.unit_id in (select unit_id from below) union select unit_id from below)
    select to_char(s.since at time zone ${timeZone}, 'YYYY-MM-DD') as day, max(s.since) as at, s.measure_id as "measureId", me.name, count(*)::int as settled
    from subject k join measures.standing s on s.institution_id = ${institutionId} and s.subject_id = k.subject_id
      and s.measure_id = any(array(select measure_id from measures.measure where institution_id = ${institutionId} and status = 'on')) join measures.measure me on me.institution_id = s.institution_id and me.measure_id = s.measure_id and me.status = 'on'
    where s.state = 'kept' and s.until > ${now}::timestamptz and s.since >= ${from}::timestamptz and s.since > me.starts_at group by 1, 3, 4 order by 1 desc, 3`.execute(tx)
  ).rows
}
