/** SQL of sessions of visitors: who came in from another institution, and by which session of theirs. */
import { sql } from 'kysely'
import type { Tx } from '#kernel/database.ts'

export interface Home {
  institutionId: string
  sessionId: string
}
export async function markVisit(tx: Tx, drillId: string, tokenHash: Uint8Array, home: Home | null): Promise<void> {
  await sql`update directory.session set home_institution_id = ${home?.institutionId ?? drillId}, home_session_id = coalesce(${home?.sessionId ?? null}::uuid, session_id) where institution_id = ${drillId} and token_hash = ${Buffer.from(tokenHash)}`.execute(tx)
}
/** Where whoever is in this session came from; undefined: they live here. */
export async function homeOf(tx: Tx, drillId: string, sessionId: string): Promise<Home | undefined> {
  return (await sql<Home>`select home_institution_id as "institutionId", home_session_id as "sessionId" from directory.session where institution_id = ${drillId} and session_id = ${sessionId} and home_session_id is not null`.execute(tx)).rows[0]
}
/** Whose session it is at home, as long as it lasts. */
export async function personInSession(tx: Tx, { institutionId, sessionId }: Home, now: Date): Promise<string | undefined> {
  return (
    await sql<{ id: string }>`select s.person_id as id from directory.session s join directory.person p using (institution_id, person_id)
    where s.institution_id = ${institutionId} and s.session_id = ${sessionId} and s.expires_at > ${now}::timestamptz and p.left_at is null`.execute(tx)
  ).rows[0]?.id
}
export async function endSession(tx: Tx, institutionId: string, sessionId: string): Promise<void> {
  await sql`delete from directory.session where institution_id = ${institutionId} and session_id = ${sessionId}`.execute(tx)
}
