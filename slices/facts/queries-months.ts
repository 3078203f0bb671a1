/** SQL of the operator, as the owner of the tables and outside any institution. */
import type pg from 'pg'

export async function dropOldMonths(client: pg.Client, before: Date, really: boolean): Promise<string[]> {
  await client.query('begin')
  try {
    // What would go is found by doing it.
    const found = await client.query<{ month: string }>('select right(facts.drop_months($1), 7) as month', [before])
    await client.query(really ? 'commit' : 'rollback')
    return found.rows.map(({ month }) => month.replace('_', '-'))
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}
