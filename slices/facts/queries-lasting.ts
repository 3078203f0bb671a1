/** SQL of answers that hold until a moment of their own. */
import { sql } from 'kysely'
import type { Tx } from '#kernel/database.ts'

/** Notes until when each holds; what is known by it is fresh until then. Runs right after the facts were stored, in their transaction. */
export async function keepLasting(tx: Tx, institutionId: string, facts: readonly { factId: string; subjectId: string; attribute: string; until: string }[]): Promise<void> {
  await sql`with given as (
      select distinct on (fact_id) * from unnest(${facts.map((one) => one.factId)}::uuid[], ${facts.map((one) => one.subjectId)}::uuid[], ${facts.map((one) => one.attribute)}::text[], ${facts.map((one) => one.until)}::timestamptz[]) as g(fact_id, subject_id, attribute, until)
    ), kept as (
      insert into facts.lasting (institution_id, fact_id, until) select ${institutionId}::uuid, fact_id, until from given on conflict do nothing
    )
    update facts.profile p set fresh_until = g.until from given g where p.institution_id = ${institutionId} and p.subject_id = g.subject_id and p.attribute = g.attribute and p.fact_id = g.fact_id`.execute(tx)
}
