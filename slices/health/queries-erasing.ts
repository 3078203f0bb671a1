/** What is erased of cases: all of them with their response; how many there were by kind stays. */
import { sql } from 'kysely'
import type { Tx } from '#kernel/database.ts'
import { ofAttribute, type Erasable, type Scope } from '#kernel/erasing.ts'
import { openCase } from '#slices/measures/rules.ts'
import type { CaseKind } from './rules.ts'

const ofCase = (scope: Scope) => sql`exists (select from health.case_record c where c.institution_id = t.institution_id and c.case_id = t.case_id and c.response_id = ${scope.responseId})`

export const healthErasables: readonly Erasable[] = [
  { table: 'health.check_record', key: { check_id: 'uuid' }, name: { zh: '个案的每日监测', en: 'Daily checks of cases' }, due: ofCase },
  { table: 'health.case_step', key: { case_id: 'uuid', seq: 'bigint' }, name: { zh: '个案的办理经过', en: 'The steps of cases' }, due: ofCase },
  { table: 'health.case_record', key: { case_id: 'uuid' }, name: { zh: '健康管理个案', en: 'Cases' }, due: (scope) => sql`t.response_id = ${scope.responseId}` },
]

export async function countByKind(tx: Tx, scope: Scope): Promise<{ kind: CaseKind; n: number }[]> {
  return (await sql<{ kind: CaseKind; n: number }>`select t.kind, count(*)::int as n from health.case_record t where t.institution_id = ${scope.institutionId} and t.response_id = ${scope.responseId} group by 1 order by 2 desc, 1`.execute(tx)).rows
}

/** Whose cases of this response nobody has released, though what is known of it stays: another response reads it, or ran at the time. */
export async function openOf(tx: Tx, scope: Scope): Promise<string[]> {
  return (
    await sql<{ id: string }>`select c.person_id as id from health.case_record c join facts.profile t on t.institution_id = c.institution_id and t.subject_id = c.person_id and t.attribute = ${openCase.key}
    where c.institution_id = ${scope.institutionId} and c.response_id = ${scope.responseId} and c.released_at is null and not ${ofAttribute(scope, 't.attribute', 't.recorded_at')} order by 1`.execute(tx)
  ).rows.map((row) => row.id)
}
