/** Tenants. The list of them is the one thing that is read outside any institution. */
import { sql } from 'kysely'
import type { Database, Tx } from './database.ts'
import type { Institution } from './server.ts'

export const noInstitution: Institution = {
  id: '00000000-0000-0000-0000-000000000000',
  code: '',
  name: '',
  vocabulary: 'cn-university',
  timeZone: 'Asia/Shanghai',
  drill: false,
  clockOffsetMs: 0,
}

const columns = sql`institution_id as id, code, name, vocabulary, time_zone as "timeZone", settings ->> 'language' as language, drill, (extract(epoch from clock_offset) * 1000)::float8 as "clockOffsetMs"`

export async function listInstitutions(db: Database | Tx): Promise<Institution[]> {
  return (await sql<Institution>`select ${columns} from kernel.institution order by created_at, code`.execute(db)).rows
}

export async function findInstitution(db: Database | Tx, key: { id: string } | { code: string }): Promise<Institution | undefined> {
  const where = 'id' in key ? sql`institution_id = ${key.id}` : sql`code = ${key.code}`
  return (await sql<Institution>`select ${columns} from kernel.institution where ${where}`.execute(db)).rows[0]
}

export async function addInstitution(tx: Tx, institution: Omit<Institution, 'clockOffsetMs'> & { clockOffsetMs?: number }): Promise<void> {
  await sql`insert into kernel.institution (institution_id, code, name, vocabulary, time_zone, drill, clock_offset)
    values (${institution.id}, ${institution.code}, ${institution.name}, ${institution.vocabulary}, ${institution.timeZone}, ${institution.drill},
      make_interval(secs => ${(institution.clockOffsetMs ?? 0) / 1000}))`.execute(tx)
}

/** Moves a drill's clock. */
export async function setClockOffset(tx: Tx, institutionId: string, offsetMs: number): Promise<void> {
  await sql`update kernel.institution set clock_offset = make_interval(secs => ${offsetMs / 1000}) where institution_id = ${institutionId} and drill`.execute(tx)
}

/** Erases a drill with everything in it: every table hangs on the institution by a cascading key, or is a journal. */
export async function wipeDrill(tx: Tx, institutionId: string): Promise<boolean> {
  await sql`call kernel.empty_journals(${institutionId})`.execute(tx)
  const done = await sql`delete from kernel.institution where institution_id = ${institutionId} and drill`.execute(tx)
  return Number(done.numAffectedRows) === 1
}

/** Uses the one-time claim token up; false where it is wrong or used. */
export async function useClaim(tx: Tx, tokenHash: Uint8Array): Promise<boolean> {
  const done = await sql`update kernel.claim set used_at = now() where token_hash = ${Buffer.from(tokenHash)} and used_at is null`.execute(tx)
  return Number(done.numAffectedRows) === 1
}

/** Whether a claim token is good and unused; it stays so. */
export async function claimIsOpen(tx: Tx, tokenHash: Uint8Array): Promise<boolean> {
  return (await sql`select from kernel.claim where token_hash = ${Buffer.from(tokenHash)} and used_at is null`.execute(tx)).rows.length === 1
}

/** Changes what an institution is called and how it reckons; `settings` are added to those there are. */
export async function updateInstitution(tx: Tx, institutionId: string, to: { name?: string; timeZone?: string; settings?: Record<string, string> }): Promise<void> {
  await sql`update kernel.institution set name = coalesce(${to.name ?? null}, name), time_zone = coalesce(${to.timeZone ?? null}, time_zone), settings = settings || ${JSON.stringify(to.settings ?? {})}::jsonb where institution_id = ${institutionId}`.execute(tx)
}
