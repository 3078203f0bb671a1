/** SQL about facts that others correct. */
import { sql } from 'kysely'
import type { Tx } from '#kernel/database.ts'

/** What is corrected, by id; what has not come in yet is absent. Asks nothing where nothing is corrected. */
export async function correctedFacts(tx: Tx, institutionId: string, factIds: readonly string[]): Promise<Map<string, { subjectId: string; attribute: string; observedAt: string }>> {
  if (!factIds.length) return new Map()
  const found = await sql<{ factId: string; subjectId: string; attribute: string; observedAt: string }>`select fact_id as "factId", subject_id as "subjectId", attribute, observed_at as "observedAt"
    from facts.fact where institution_id = ${institutionId} and fact_id = any(${factIds}::uuid[])`.execute(tx)
  return new Map(found.rows.map(({ factId, ...rest }) => [factId, rest]))
}
