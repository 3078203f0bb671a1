/** All SQL about responses. */
import { sql } from 'kysely'
import type { Tx } from '#kernel/database.ts'

export interface ResponseRow {
  responseId: string
  name: string
  hazards: string[]
  level: number
  status: 'open' | 'closed'
  openedAt: string
  closedAt: string | null
  plannedEnd: string | null
  basis: string
  decidedBy: string
  /** Of a closed one: by which rule and when its personal rows are erased, holds left aside. */
  eraseDays: number | null
  eraseBasis: string | null
  eraseAt: string | null
  /** Until when it is held back; null: it is not. */
  heldUntil: string | null
  eraseStartedAt: string | null
  erasedAt: string | null
}
const columns = sql`response_id as "responseId", name, hazards, level, case when closed_at is null then 'open' else 'closed' end as status, opened_at as "openedAt", closed_at as "closedAt",
  planned_end as "plannedEnd", basis, decided_by as "decidedBy", erase_days as "eraseDays", erase_basis as "eraseBasis", erase_at as "eraseAt",
  (select max(h.until) from responses.hold h where h.institution_id = r.institution_id and h.response_id = r.response_id and h.lifted_at is null and h.until > r.erase_at) as "heldUntil",
  (select e.started_at from responses.erasure e where e.institution_id = r.institution_id and e.response_id = r.response_id) as "eraseStartedAt",
  (select e.finished_at from responses.erasure e where e.institution_id = r.institution_id and e.response_id = r.response_id) as "erasedAt"`

export async function listResponses(tx: Tx, institutionId: string, closed: boolean): Promise<ResponseRow[]> {
  return (await sql<ResponseRow>`select ${columns} from responses.response r where institution_id = ${institutionId} and (${closed} or closed_at is null) order by closed_at is not null, opened_at desc`.execute(tx)).rows
}
export async function findResponse(tx: Tx, institutionId: string, responseId: string): Promise<ResponseRow | undefined> {
  return (await sql<ResponseRow>`select ${columns} from responses.response r where institution_id = ${institutionId} and response_id = ${responseId}`.execute(tx)).rows[0]
}
export interface StepRow {
  at: string
  action: 'open' | 'raise' | 'lower' | 'amend' | 'close'
  level: number
  reason: string
  decidedBy: string
}
export async function stepsOf(tx: Tx, institutionId: string, responseId: string): Promise<StepRow[]> {
  return (await sql<StepRow>`select at, action, level, reason, decided_by as "decidedBy" from responses.step where institution_id = ${institutionId} and response_id = ${responseId} order by seq`.execute(tx)).rows
}
export async function insertResponse(tx: Tx, institutionId: string, response: Pick<ResponseRow, 'responseId' | 'name' | 'hazards' | 'level' | 'basis' | 'decidedBy' | 'plannedEnd'>, at: Date): Promise<void> {
  await sql`insert into responses.response (institution_id, response_id, name, hazards, level, basis, decided_by, opened_at, planned_end)
    values (${institutionId}, ${response.responseId}, ${response.name}, ${response.hazards}, ${response.level}, ${response.basis}, ${response.decidedBy}, ${at}, ${response.plannedEnd})`.execute(tx)
}
export async function setLevel(tx: Tx, institutionId: string, responseId: string, level: number): Promise<void> {
  await sql`update responses.response set level = ${level} where institution_id = ${institutionId} and response_id = ${responseId}`.execute(tx)
}
export async function closeResponse(tx: Tx, institutionId: string, responseId: string, at: Date, erasure: { days: number; basis: string; at: Date }): Promise<void> {
  await sql`update responses.response set closed_at = ${at}, erase_days = ${erasure.days}, erase_basis = ${erasure.basis}, erase_at = ${erasure.at} where institution_id = ${institutionId} and response_id = ${responseId}`.execute(tx)
}
export async function insertStep(tx: Tx, institutionId: string, responseId: string, step: Omit<StepRow, 'at'>, at: Date): Promise<void> {
  await sql`insert into responses.step (institution_id, response_id, at, action, level, reason, decided_by) values (${institutionId}, ${responseId}, ${at}, ${step.action}, ${step.level}, ${step.reason}, ${step.decidedBy})`.execute(tx)
}
