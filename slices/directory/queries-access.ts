/** SQL behind "may this actor do this to this thing?", sessions and accounts. */
import { sql } from 'kysely'
import { prepared, type Tx } from '#kernel/database.ts'

export interface Reach {
  subtree: string[]
  institution: string[]
}

export interface HeldRow {
  personId: string
  /** The unit over whose subtree the person reaches. */
  unitId: string | null
  /** Reaches the whole institution. */
  whole: boolean
}
/** What the persons reach now through offices they hold. */
export async function heldBy(tx: Tx, institutionId: string, personIds: string[], reach: Reach, now: Date): Promise<HeldRow[]> {
  return (
    await sql<HeldRow>`select distinct h.person_id as "personId", case when o.role = any(${reach.subtree}::text[]) then o.unit_id end as "unitId",
      o.role = any(${reach.institution}::text[]) or (u.parent_id is null and u.tree = 'admin') as whole
    from directory.holding h join directory.office o using (institution_id, office_id) join directory.unit u using (institution_id, unit_id)
    where h.institution_id = ${institutionId} and h.person_id = any(${personIds}::uuid[]) and h.during @> ${now}::timestamptz and o.role = any(${[...reach.subtree, ...reach.institution]}::text[])`.execute(tx)
  ).rows
}

/** For each pair of a person and the units of a ground, whether one of these lies at or below a unit that the person holds. */
export async function covered(tx: Tx, institutionId: string, held: { personId: string; unitId: string }[], pairs: { personId: string; units: string[] }[]): Promise<boolean[]> {
  const flat = pairs.flatMap(({ personId, units }, index) => units.map((unitId) => ({ index, personId, unitId })))
  const found = await sql<{ index: number }>`select distinct g.index from unnest(${flat.map((one) => one.index)}::int[], ${flat.map((one) => one.personId)}::uuid[], ${flat.map((one) => one.unitId)}::uuid[]) as g(index, person_id, unit_id)
    join directory.ancestry a on a.institution_id = ${institutionId} and a.unit_id = g.unit_id
    join unnest(${held.map((one) => one.personId)}::uuid[], ${held.map((one) => one.unitId)}::uuid[]) as held(person_id, unit_id) on held.person_id = g.person_id and held.unit_id = a.ancestor_id`.execute(tx)
  const yes = new Set(found.rows.map((row) => row.index))
  return pairs.map((_, index) => yes.has(index))
}

interface SessionRow {
  sessionId: string
  personId: string
  digest: string
}
/** Sessions by the digests of their tokens, as hexadecimal digits. */
export async function findSessions(tx: Tx, institutionId: string, digests: readonly string[], now: Date): Promise<SessionRow[]> {
  return (await readSessions(tx, { institutionId, now, tokenHashes: `{${digests.map((digest) => `"\\\\x${digest}"`).join(',')}}` })).rows
}
const readSessions = prepared<SessionRow, { institutionId: string; now: Date; tokenHashes: string }>(
  (slot) => sql`select s.session_id as "sessionId", s.person_id as "personId", encode(s.token_hash, 'hex') as digest from directory.session s join directory.person p using (institution_id, person_id)
    where s.institution_id = ${slot('institutionId')} and s.token_hash = any(${slot('tokenHashes')}::bytea[]) and s.expires_at > ${slot('now')}::timestamptz and p.left_at is null`,
)

export async function insertSessions(tx: Tx, institutionId: string, sessions: { sessionId: string; tokenHash: Uint8Array; personId: string }[], now: Date, expires: Date, device: string | null): Promise<void> {
  await sql`insert into directory.session (institution_id, session_id, token_hash, person_id, created_at, expires_at, device)
    select ${institutionId}, s.session_id, s.token_hash, s.person_id, ${now}, ${expires}, ${device}::text
    from unnest(${sessions.map((one) => one.sessionId)}::uuid[], ${sessions.map((one) => Buffer.from(one.tokenHash))}::bytea[], ${sessions.map((one) => one.personId)}::uuid[]) as s(session_id, token_hash, person_id)`.execute(tx)
}

export async function deleteSession(tx: Tx, institutionId: string, sessionId: string): Promise<void> {
  await sql`delete from directory.session where institution_id = ${institutionId} and session_id = ${sessionId}`.execute(tx)
}
/** The latest first; what takes messages on it goes with a session that ends. */
export async function sessionsOf(tx: Tx, institutionId: string, personId: string, hereId: string | null, now: Date): Promise<{ sessionId: string; device: string | null; since: string; until: string; here: boolean }[]> {
  return (
    await sql<{ sessionId: string; device: string | null; since: string; until: string; here: boolean }>`select session_id as "sessionId", device, created_at as since, expires_at as until, session_id is not distinct from ${hereId}::uuid as here
    from directory.session where institution_id = ${institutionId} and person_id = ${personId} and expires_at > ${now}::timestamptz order by here desc, created_at desc limit 100`.execute(tx)
  ).rows
}
/** False where it is not theirs. */
export async function deleteOwnSession(tx: Tx, institutionId: string, personId: string, sessionId: string): Promise<boolean> {
  const done = await sql`delete from directory.session where institution_id = ${institutionId} and person_id = ${personId} and session_id = ${sessionId}`.execute(tx)
  return Number(done.numAffectedRows) > 0
}
export async function deleteOtherSessions(tx: Tx, institutionId: string, personId: string, keepId: string | null): Promise<void> {
  await sql`delete from directory.session where institution_id = ${institutionId} and person_id = ${personId} and session_id is distinct from ${keepId}`.execute(tx)
}

export interface AccountRow {
  personId: string
  login: string
  name: string
  passwordHash: string
  lockedUntil: string | null
}
export async function findAccount(tx: Tx, institutionId: string, by: { login: string } | { personId: string }): Promise<AccountRow | undefined> {
  const where = 'login' in by ? sql`a.login = ${by.login}` : sql`a.person_id = ${by.personId}`
  return (
    await sql<AccountRow>`select a.person_id as "personId", a.login, p.name, a.password_hash as "passwordHash", a.locked_until as "lockedUntil" from directory.account a join directory.person p using (institution_id, person_id)
    where a.institution_id = ${institutionId} and ${where} and p.left_at is null`.execute(tx)
  ).rows[0]
}
/** Counts a wrong password; after five the account rests, longer each time. */
export async function countFailure(tx: Tx, institutionId: string, personId: string, now: Date): Promise<void> {
  await sql`update directory.account set failures = failures + 1,
      locked_until = case when failures + 1 >= 5 then ${now}::timestamptz + make_interval(secs => least(900, 5 * power(2, failures + 1 - 5))) end
    where institution_id = ${institutionId} and person_id = ${personId}`.execute(tx)
}
export async function clearFailures(tx: Tx, institutionId: string, personId: string): Promise<void> {
  await sql`update directory.account set failures = 0, locked_until = null where institution_id = ${institutionId} and person_id = ${personId} and failures > 0`.execute(tx)
}
export async function upsertAccount(tx: Tx, institutionId: string, account: { personId: string; login: string; passwordHash: string }): Promise<void> {
  await sql`insert into directory.account (institution_id, person_id, login, password_hash) values (${institutionId}, ${account.personId}, ${account.login}, ${account.passwordHash})
    on conflict (institution_id, person_id) do update set login = excluded.login, password_hash = excluded.password_hash, failures = 0, locked_until = null`.execute(tx)
}

export async function insertInvitations(tx: Tx, institutionId: string, invitations: { codeHash: Uint8Array; personId: string }[], expires: Date): Promise<void> {
  await sql`insert into directory.invitation (institution_id, code_hash, person_id, expires_at)
    select ${institutionId}, i.code_hash, i.person_id, ${expires} from unnest(${invitations.map((one) => Buffer.from(one.codeHash))}::bytea[], ${invitations.map((one) => one.personId)}::uuid[]) as i(code_hash, person_id)`.execute(tx)
}
/** Uses an invitation up; the person it was for, or nothing. */
export async function useInvitation(tx: Tx, institutionId: string, codeHash: Uint8Array, now: Date): Promise<{ personId: string; number: string; name: string } | undefined> {
  return (
    await sql<{ personId: string; number: string; name: string }>`update directory.invitation i set used_at = ${now} from directory.person p
    where i.institution_id = ${institutionId} and i.code_hash = ${Buffer.from(codeHash)} and i.used_at is null and i.expires_at > ${now}::timestamptz
      and p.institution_id = i.institution_id and p.person_id = i.person_id and p.left_at is null
    returning p.person_id as "personId", p.number, p.name`.execute(tx)
  ).rows[0]
}
