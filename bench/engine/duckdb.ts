/** What an analyst would pick: DuckDB over a copy of the same rows. */
import type pg from 'pg'

interface Connected {
  run(sql: string): Promise<unknown>
}

/** Copies standings and memberships of one measure into DuckDB and counts them by unit; null where DuckDB is not installed. */
export async function duckdbCount(owner: pg.Client, institutionId: string, measureId: string): Promise<{ copied: number; times: number[] } | null> {
  const name = '@duckdb/node-api'
  const duckdb = (await import(name).catch(() => null)) as { DuckDBInstance: { create(path: string): Promise<{ connect(): Promise<Connected>; closeSync(): void }> } } | null
  if (!duckdb) return null
  const { mkdtempSync, rmSync } = await import('node:fs')
  const { tmpdir } = await import('node:os')
  const { join } = await import('node:path')
  const folder = mkdtempSync(join(process.env['BENCH_TMP'] ?? tmpdir(), 'duckdb-'))
  const instance = await duckdb.DuckDBInstance.create(':memory:')
  try {
    const begun = performance.now()
    const connection = await instance.connect()
    const files = { standing: `select subject_id, state from measures.standing where institution_id = '${institutionId}' and measure_id = '${measureId}'`, membership: `select person_id, unit_id from directory.membership where institution_id = '${institutionId}'` }
    for (const [table, query] of Object.entries(files)) {
      const file = join(folder, `${table}.csv`)
      await owner.query(`copy (${query}) to '${file}' csv header`)
      await connection.run(`create table ${table} as select * from read_csv('${file}')`)
    }
    const copied = performance.now() - begun
    const times: number[] = []
    for (let round = 0; round < 5; round++) {
      const at = performance.now()
      await connection.run('select m.unit_id, s.state, count(*) from standing s join membership m on m.person_id = s.subject_id group by 1, 2')
      times.push(performance.now() - at)
    }
    return { copied, times }
  } finally {
    instance.closeSync()
    rmSync(folder, { recursive: true, force: true })
  }
}
