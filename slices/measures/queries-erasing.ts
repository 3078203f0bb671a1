/** What is erased of measures, and the counts that stay: where each measure stood on each unit when it ended. */
import { sql } from 'kysely'
import type { Tx } from '#kernel/database.ts'
import { ofAttribute, type Erasable, type Scope } from '#kernel/erasing.ts'
import type { CountRow } from './queries-coverage.ts'

const ofMeasure = (scope: Scope, alias = 't') => sql`exists (select from measures.measure m where m.institution_id = ${sql.ref(`${alias}.institution_id`)} and m.measure_id = ${sql.ref(`${alias}.measure_id`)} and m.response_id = ${scope.responseId})`
const ofDoubt = (scope: Scope) => sql`exists (select from measures.doubt d where d.institution_id = t.institution_id and d.doubt_id = t.doubt_id and ${ofAttribute(scope, 'd.attribute', 'd.found_at')})`

export const measureErasables: readonly Erasable[] = [
  { table: 'measures.standing', key: { measure_id: 'uuid', subject_id: 'uuid' }, name: { zh: '达标状态（每人每项措施）', en: 'Where each person stood' }, due: ofMeasure },
  { table: 'measures.excuse', key: { excuse_id: 'uuid' }, name: { zh: '免除及其理由', en: 'Excuses and their reasons' }, due: ofMeasure },
  { table: 'measures.contact', key: { contact_id: 'uuid' }, name: { zh: '联系记录（方式、结果、备注）', en: 'Contacts: how, with what outcome, notes' }, due: ofMeasure },
  {
    table: 'measures.task_step', key: { task_id: 'uuid', step: 'int' }, name: { zh: '跟进任务的转办经过', en: 'The steps of follow-ups' },
    due: (scope) => sql`exists (select from measures.task k where k.institution_id = t.institution_id and k.task_id = t.task_id and ${ofMeasure(scope, 'k')})`,
  },
  { table: 'measures.task', key: { task_id: 'uuid' }, name: { zh: '跟进任务', en: 'Follow-ups' }, due: ofMeasure },
  { table: 'measures.asked_again', key: { doubt_id: 'uuid', subject_id: 'uuid' }, name: { zh: '重新询问', en: 'Questions asked again' }, due: ofDoubt },
  { table: 'measures.doubt', key: { doubt_id: 'uuid' }, name: { zh: '存疑', en: 'Doubts' }, due: (scope) => ofAttribute(scope, 't.attribute', 't.found_at') },
]

/** Which attributes the measures of each response read. A draft that ended with its response never read anything. */
export async function readings(tx: Tx, institutionId: string): Promise<{ responseId: string; attribute: string }[]> {
  return (await sql<{ responseId: string; attribute: string }>`select distinct m.response_id as "responseId", a as attribute from measures.measure m cross join unnest(m.attributes) a where m.institution_id = ${institutionId}
    and (m.status = 'on' or (m.status = 'ended' and exists (select from measures.measure_past p where p.institution_id = m.institution_id and p.measure_id = m.measure_id and p.status = 'on')))`.execute(tx)).rows
}

/** Measures of a response that ended and whose last counts are not kept yet. */
export async function withoutFinal(tx: Tx, institutionId: string, responseId: string): Promise<{ measureId: string; endedAt: string }[]> {
  return (
    await sql<{ measureId: string; endedAt: string }>`select m.measure_id as "measureId", least(coalesce(m.ends_at, r.closed_at), r.closed_at) as "endedAt"
    from measures.measure m join responses.response r on r.institution_id = m.institution_id and r.response_id = m.response_id
    where m.institution_id = ${institutionId} and m.response_id = ${responseId} and m.status = 'ended' and r.closed_at is not null
      and not exists (select from measures.final f where f.institution_id = m.institution_id and f.measure_id = m.measure_id)`.execute(tx)
  ).rows
}
export async function allUnits(tx: Tx, institutionId: string): Promise<string[]> {
  return (await sql<{ id: string }>`select unit_id as id from directory.unit where institution_id = ${institutionId}`.execute(tx)).rows.map((row) => row.id)
}
export async function insertFinal(tx: Tx, institutionId: string, rows: readonly CountRow[]): Promise<void> {
  const column = <T>(of: (row: CountRow) => T) => rows.map(of)
  await sql`insert into measures.final (institution_id, measure_id, unit_id, kept, gap, excused, unknown)
    select ${institutionId}, t.* from unnest(${column((row) => row.measureId)}::uuid[], ${column((row) => row.unitId)}::uuid[], ${column((row) => row.kept)}::int[], ${column((row) => row.gap)}::int[], ${column((row) => row.excused)}::int[], ${column((row) => row.unknown)}::int[]) t
    on conflict do nothing`.execute(tx)
}
/** The last counts of a response's measures on a unit and on each unit right below it. */
export async function finalOf(tx: Tx, institutionId: string, responseId: string, unitId: string): Promise<CountRow[]> {
  return (
    await sql<CountRow>`select f.measure_id as "measureId", f.unit_id as "unitId", f.kept + f.gap + f.excused + f.unknown as population, f.kept, f.gap, f.excused, f.unknown
    from measures.final f join measures.measure m on m.institution_id = f.institution_id and m.measure_id = f.measure_id and m.response_id = ${responseId}
    where f.institution_id = ${institutionId} and (f.unit_id = ${unitId} or f.unit_id in (select unit_id from directory.unit where institution_id = ${institutionId} and parent_id = ${unitId}))`.execute(tx)
  ).rows
}

export interface WorkCounts {
  excuses: number
  contacts: number
  reached: number
  followUps: number
  done: number
  doubts: number
}
/** How much was done about the gaps of a response. */
export async function countWork(tx: Tx, scope: Scope): Promise<WorkCounts> {
  const of = (table: string, more = sql``) => sql`(select count(*) from ${sql.table(`measures.${table}`)} t where t.institution_id = ${scope.institutionId} and ${ofMeasure(scope)} ${more})::int`
  const [row] = (
    await sql<WorkCounts>`select ${of('excuse')} as excuses, ${of('contact')} as contacts, ${of('contact', sql`and t.outcome in ('reached', 'promised')`)} as reached, ${of('task')} as "followUps",
    ${of('task', sql`and t.done_at is not null`)} as done, (select count(*) from measures.doubt t where t.institution_id = ${scope.institutionId} and ${ofAttribute(scope, 't.attribute', 't.found_at')})::int as doubts`.execute(tx)
  ).rows
  return row ?? { excuses: 0, contacts: 0, reached: 0, followUps: 0, done: 0, doubts: 0 }
}
