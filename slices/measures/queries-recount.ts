/** Counting everybody anew while answers go on. */
import { sql } from 'kysely'
import type { Tx } from '#kernel/database.ts'
import { computed, lockStandings, moveStandings, type Engine, type MeasureRow } from './queries.ts'

/** Answers about those who move wait until they have moved: so many a transaction. */
const mostMoved = 100_000

/**
 * Moves whoever does not stand where facts and roster say. They are found without keeping anybody waiting; since an answer may come in between, they are then locked and looked at again. Whoever is found to stand right is moved by
 * whoever brings the next fact about them. Rows that lapsed are left to the tick. Answers how many changed, and after whom more may wait.
 */
export async function recount(tx: Tx, engine: Engine, measure: MeasureRow, now: Date, after: string | null = null): Promise<{ changed: number; more: string | null }> {
  const { institutionId } = engine
  const { measureId } = measure
  const found = await sql<{ ids: string[] | null }>`with ${computed(engine, measure, { institutionId, subjectIds: null, now, after })}, stored as (
      select subject_id, state, until, next_state from measures.standing where institution_id = ${institutionId} and measure_id = ${measureId} ${after ? sql`and subject_id > ${after}::uuid` : sql``}
    ), wrong as (
      select coalesce(c.subject_id, s.subject_id) as subject_id from computed c full join stored s on s.subject_id = c.subject_id
      where c.subject_id is null or s.subject_id is null or (s.until > ${now}::timestamptz and (s.state, s.until, s.next_state) is distinct from (c.state, c.until, c.next_state)) order by 1 limit ${mostMoved}
    ) select array_agg(subject_id order by subject_id) as ids from wrong`.execute(tx)
  const subjectIds = found.rows[0]?.ids
  if (!subjectIds) return { changed: 0, more: null }
  const move = async () => (await moveStandings(engine, measure, { institutionId, measureId, subjectIds, now }, true).execute(tx)).rows[0] ?? { n: 0, looked: 0 }
  const locked = (await lockStandings(tx, { institutionId, measureId, subjectIds })).rows[0]?.n ?? 0
  const first = await move()
  // Somebody new had no row to lock: see recompute.
  const changed = first.n + (locked < subjectIds.length ? (await move()).n : 0)
  return { changed, more: subjectIds.length === mostMoved ? (subjectIds.at(-1) ?? null) : null }
}

const held = sql`select virtualtransaction from pg_locks where locktype = 'relation' and mode = 'RowExclusiveLock' and database = (select oid from pg_database where datname = current_database())
    and relation = any(array['facts.profile'::regclass::oid, 'measures.standing'::regclass::oid]) and pid <> pg_backend_pid()`
/** Transactions under way that have written facts or standings. */
export async function writers(tx: Tx): Promise<string[]> {
  return (await sql<{ id: string }>`select distinct w.virtualtransaction as id from (${held}) w`.execute(tx)).rows.map((row) => row.id)
}
/** Whether one of them is still under way. */
export async function stillWriting(tx: Tx, ids: readonly string[]): Promise<boolean> {
  return (await sql<{ some: boolean }>`select exists (select from (${held}) w where w.virtualtransaction = any(${ids}::text[])) as some`.execute(tx)).rows[0]?.some ?? false
}
