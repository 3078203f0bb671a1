/** What is erased of notices: who opened them, what was written and sent in from the field. The documents, figures, states and times stay. */
import { sql } from 'kysely'
import type { Tx } from '#kernel/database.ts'
import { during, type Erasable, type Scope } from '#kernel/erasing.ts'

/** A notice of this response, or one of no response that was issued in its time. */
const mine = (scope: Scope, alias: string) => sql`(${sql.ref(`${alias}.response_id`)} = ${scope.responseId} or (${sql.ref(`${alias}.response_id`)} is null and ${during(scope, `${alias}.issued_at`)}))`
const ofNotice = (scope: Scope, alias = 't') => sql`exists (select from notices.notice n where n.institution_id = ${sql.ref(`${alias}.institution_id`)} and n.notice_id = ${sql.ref(`${alias}.notice_id`)} and ${mine(scope, 'n')})`
const ofAssignment = (scope: Scope, alias = 't') =>
  sql`exists (select from notices.assignment a where a.institution_id = ${sql.ref(`${alias}.institution_id`)} and a.assignment_id = ${sql.ref(`${alias}.assignment_id`)} and ${ofNotice(scope, 'a')})`

export const noticeErasables: readonly Erasable[] = [
  { table: 'notices.receipt', key: { notice_id: 'uuid', person_id: 'uuid' }, name: { zh: '通知的阅读回执（每人）', en: 'Who opened which notice' }, due: ofNotice },
  {
    table: 'notices.evidence', key: { report_id: 'uuid' }, name: { zh: '任务佐证的照片与文件', en: 'Photos and files sent as evidence' },
    due: (scope) => sql`exists (select from notices.report r where r.institution_id = t.institution_id and r.report_id = t.report_id and ${ofAssignment(scope, 'r')})`,
  },
  {
    table: 'notices.report', key: { report_id: 'uuid' }, name: { zh: '任务上报的文字（数字与结论保留）', en: 'The words of reports; figures and verdicts stay' }, blank: sql`body = '', verdict_note = null`,
    due: (scope) => sql`(t.body <> '' or t.verdict_note is not null) and ${ofAssignment(scope)}`,
  },
  { table: 'notices.assignment', key: { assignment_id: 'uuid' }, name: { zh: '任务分解时的附言', en: 'Words with duties handed down' }, blank: sql`note = null`, due: (scope) => sql`t.note is not null and ${ofNotice(scope)}` },
  { table: 'notices.nudge', key: { assignment_id: 'uuid', step: 'text' }, name: { zh: '催办时的附言', en: 'Words with reminders of duties' }, blank: sql`note = null`, due: (scope) => sql`t.note is not null and ${ofAssignment(scope)}` },
  { table: 'notices.event', key: { seq: 'bigint' }, name: { zh: '办理经过中的附言', en: 'Words in the trace of duties' }, blank: sql`note = null`, due: (scope) => sql`t.note is not null and ${ofNotice(scope)}` },
  {
    table: 'notices.target', key: { target_id: 'uuid' }, name: { zh: '叫应时的附言', en: 'Words with call-and-confirm' }, blank: sql`note = null`,
    due: (scope) => sql`t.note is not null and exists (select from notices.round r where r.institution_id = t.institution_id and r.round_id = t.round_id and (${ofNotice(scope, 'r')} or (r.notice_id is null and ${during(scope, 'r.started_at')})))`,
  },
]

/** Keeps how many had opened each notice before it is erased who they were; answers the sum. */
export async function keepOpened(tx: Tx, scope: Scope): Promise<{ notices: number; opened: number; reports: number; evidence: number }> {
  const { institutionId } = scope
  const kept = await sql<{ notices: number; opened: number }>`with kept as (
      update notices.notice n set opened = (select count(*) from notices.receipt r where r.institution_id = n.institution_id and r.notice_id = n.notice_id), receipts_erased_at = ${scope.until}::timestamptz
      where n.institution_id = ${institutionId} and n.status <> 'draft' and n.receipts_erased_at is null and ${mine(scope, 'n')} returning opened)
    select count(*)::int as notices, coalesce(sum(opened), 0)::int as opened from kept`.execute(tx)
  const work = await sql<{ reports: number; evidence: number }>`select (select count(*) from notices.report t where t.institution_id = ${institutionId} and ${ofAssignment(scope)})::int as reports,
    (select count(*) from notices.evidence e join notices.report t using (institution_id, report_id) where e.institution_id = ${institutionId} and ${ofAssignment(scope)})::int as evidence`.execute(tx)
  return { notices: kept.rows[0]?.notices ?? 0, opened: kept.rows[0]?.opened ?? 0, reports: work.rows[0]?.reports ?? 0, evidence: work.rows[0]?.evidence ?? 0 }
}
