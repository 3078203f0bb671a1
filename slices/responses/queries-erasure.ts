/** SQL of the rule, holds and the course of an erasure. What is erased stands in the lists of the slices. */
import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { Tx } from '#kernel/database.ts'
import type { Place, Scope } from '#kernel/erasing.ts'
import type { Bilingual } from '#kernel/words.ts'
import type { Certificate, ErasureRule, Hold } from './contract.ts'

type RuleRow = Static<typeof ErasureRule>
export type HoldRow = Static<typeof Hold>

/** The newest first. */
export async function listRules(tx: Tx, institutionId: string): Promise<RuleRow[]> {
  return (
    await sql<RuleRow>`select r.days, r.basis, r.decided_by as "decidedBy", r.set_at as "setAt", p.name as "setBy" from responses.erasure_rule r left join directory.person p on p.institution_id = r.institution_id and p.person_id = r.set_by
    where r.institution_id = ${institutionId} order by r.seq desc limit 50`.execute(tx)
  ).rows
}
export async function insertRule(tx: Tx, institutionId: string, rule: { days: number; basis: string; decidedBy: string }, by: string | null, now: Date): Promise<void> {
  await sql`insert into responses.erasure_rule (institution_id, days, basis, decided_by, set_at, set_by) values (${institutionId}, ${rule.days}, ${rule.basis}, ${rule.decidedBy}, ${now}, ${by})`.execute(tx)
}

const holdColumns = sql`h.hold_id as "holdId", h.reason, h.decided_by as "decidedBy", h.until, h.placed_at as "placedAt", p.name as "placedBy", h.lifted_at as "liftedAt", l.name as "liftedBy", h.lifted_reason as "liftedReason"`
export async function holdsOf(tx: Tx, institutionId: string, responseId: string): Promise<HoldRow[]> {
  return (
    await sql<HoldRow>`select ${holdColumns} from responses.hold h left join directory.person p on p.institution_id = h.institution_id and p.person_id = h.placed_by
    left join directory.person l on l.institution_id = h.institution_id and l.person_id = h.lifted_by where h.institution_id = ${institutionId} and h.response_id = ${responseId} order by h.placed_at, h.hold_id`.execute(tx)
  ).rows
}
export async function findHold(tx: Tx, institutionId: string, holdId: string): Promise<{ responseId: string; until: string; liftedAt: string | null } | undefined> {
  return (await sql<{ responseId: string; until: string; liftedAt: string | null }>`select response_id as "responseId", until, lifted_at as "liftedAt" from responses.hold where institution_id = ${institutionId} and hold_id = ${holdId} for update`.execute(tx)).rows[0]
}
export async function insertHold(tx: Tx, institutionId: string, hold: { holdId: string; responseId: string; reason: string; decidedBy: string; until: string }, by: string | null, now: Date): Promise<void> {
  await sql`insert into responses.hold (institution_id, hold_id, response_id, reason, decided_by, until, placed_at, placed_by)
    values (${institutionId}, ${hold.holdId}, ${hold.responseId}, ${hold.reason}, ${hold.decidedBy}, ${hold.until}, ${now}, ${by})`.execute(tx)
}
export async function liftHold(tx: Tx, institutionId: string, holdId: string, reason: string, by: string | null, now: Date): Promise<void> {
  await sql`update responses.hold set lifted_at = ${now}, lifted_by = ${by}, lifted_reason = ${reason} where institution_id = ${institutionId} and hold_id = ${holdId} and lifted_at is null`.execute(tx)
}

/** No erasure begins while a hold is being put, and no hold is put on one that has begun. */
export async function lockResponse(tx: Tx, institutionId: string, responseId: string): Promise<void> {
  await sql`select from responses.response where institution_id = ${institutionId} and response_id = ${responseId} for update`.execute(tx)
}

/** Responses whose erasure has not begun: they still need what they read. */
export async function living(tx: Tx, institutionId: string): Promise<{ responseId: string; name: string }[]> {
  return (
    await sql<{ responseId: string; name: string }>`select r.response_id as "responseId", r.name from responses.response r where r.institution_id = ${institutionId}
    and not exists (select from responses.erasure e where e.institution_id = r.institution_id and e.response_id = r.response_id) order by r.opened_at`.execute(tx)
  ).rows
}
/** The time from the opening of a response to `until` that lies in no other response that is not erased. */
export async function timeAlone(tx: Tx, institutionId: string, responseId: string, until: Date): Promise<string> {
  const found = await sql<{ alone: string }>`select (tstzmultirange(tstzrange(r.opened_at, ${until}::timestamptz, '[]')) - coalesce((
      select range_agg(tstzrange(o.opened_at, coalesce(o.closed_at, 'infinity'), '[]')) from responses.response o where o.institution_id = r.institution_id and o.response_id <> r.response_id
        and not exists (select from responses.erasure e where e.institution_id = o.institution_id and e.response_id = o.response_id)), '{}'))::text as alone
    from responses.response r where r.institution_id = ${institutionId} and r.response_id = ${responseId}`.execute(tx)
  return found.rows[0]?.alone ?? '{}'
}

export interface ErasureRow {
  startedAt: string
  scope: Scope & { still: { name: string; attributes: number }[] }
  step: string
  after: Place | null
  rows: Record<string, number>
  counts: { name: Bilingual; n: number | null }[]
  certificate: Static<typeof Certificate> | null
}
export async function findErasure(tx: Tx, institutionId: string, responseId: string, lock = false): Promise<ErasureRow | undefined> {
  return (
    await sql<ErasureRow>`select started_at as "startedAt", scope, step, after, rows, counts, certificate from responses.erasure where institution_id = ${institutionId} and response_id = ${responseId} ${lock ? sql`for update` : sql``}`.execute(tx)
  ).rows[0]
}
export async function beginErasure(tx: Tx, institutionId: string, responseId: string, scope: ErasureRow['scope'], counts: ErasureRow['counts'], now: Date): Promise<void> {
  await sql`insert into responses.erasure (institution_id, response_id, started_at, scope, counts) values (${institutionId}, ${responseId}, ${now}, ${JSON.stringify(scope)}, ${JSON.stringify(counts)})`.execute(tx)
}
export async function moveErasure(tx: Tx, institutionId: string, responseId: string, to: Pick<ErasureRow, 'step' | 'after' | 'rows'>): Promise<void> {
  await sql`update responses.erasure set step = ${to.step}, after = ${to.after}::text[], rows = ${JSON.stringify(to.rows)} where institution_id = ${institutionId} and response_id = ${responseId}`.execute(tx)
}
export async function finishErasure(tx: Tx, institutionId: string, responseId: string, certificate: Static<typeof Certificate>, now: Date): Promise<void> {
  await sql`update responses.erasure set finished_at = ${now}, certificate = ${JSON.stringify(certificate)} where institution_id = ${institutionId} and response_id = ${responseId}`.execute(tx)
}
