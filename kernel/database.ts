/** The database: one pool, transactions that always know their institution. */
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import pg from 'pg'

export type Tx = Transaction<Record<string, never>>
export type Database = Kysely<Record<string, never>>

// Instants leave the database as ISO text and counts as numbers, as the contracts say.
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => new Date(text).toISOString())
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number)

export interface Connection {
  db: Database
  pool: pg.Pool
  url: string
  close(): Promise<void>
}

export function connect(url: string, options: { max?: number; role?: string } = {}): Connection {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 16,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    // With a single given address the pool steps down to the role that owns nothing.
    ...(options.role ? { options: `-c role=${options.role}` } : {}),
  })
  pool.on('error', () => {}) // an idle connection died with the server; the next query reports it
  // So does one that is in use, between two queries of a transaction: without this it would end our process.
  pool.on('connect', (client) => void client.on('error', () => {}))
  const db = new Kysely<Record<string, never>>({ dialect: new PostgresDialect({ pool }) })
  return { db, pool, url, close: () => db.destroy() }
}

const standsIn = new WeakMap<Tx, string>()

/** The institution that a transaction stands in. */
export function institutionIdOf(tx: Tx): string {
  const id = standsIn.get(tx)
  if (id === undefined) throw new Error('The transaction stands in no institution')
  return id
}

/** Makes a transaction stand in an institution: row-level security lets only its rows through. */
export async function standIn(tx: Tx, institutionId: string): Promise<void> {
  await sql`select set_config('app.institution', ${institutionId}, true)`.execute(tx)
  standsIn.set(tx, institutionId)
}

/**
 * One transaction inside one institution. Reads see one snapshot; writes are read committed.
 * The setting is local to the transaction: a pooled connection never carries it to the next one.
 */
export function inInstitution<T>(db: Database, institutionId: string, mode: 'read' | 'write', work: (tx: Tx) => Promise<T>): Promise<T> {
  const begin =
    mode === 'read' ? db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only') : db.transaction().setIsolationLevel('read committed')
  return begin.execute(async (tx) => {
    await standIn(tx, institutionId)
    return work(tx)
  })
}
