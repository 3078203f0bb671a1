/** The database: one pool, transactions that always know their institution. */
import { createHash } from 'node:crypto'
import { CompiledQuery, Kysely, PostgresDialect, sql, type RawBuilder, type Transaction } from 'kysely'
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
    Client: PreparingClient,
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

// ── Statements that run often ────────────────────────────────────────────────────────────────────
const mark = '/*prepared*/ '
// A pooler that shares connections between transactions may not know prepared statements.
const preparing = process.env['BULWARK_PREPARED'] !== 'off'
// The workers of a Citus cluster hear only what is SET in a transaction, and only where that is asked for.
const overCitus = process.env['DATABASE_CITUS'] === '1'
const names = new Map<string, string>()

/** Gives marked statements a name, so that each connection parses and plans them once. */
class PreparingClient extends pg.Client {
  // oxlint-disable-next-line typescript/no-explicit-any -- the driver's own signature is a dozen overloads
  override query(...given: any[]): any {
    const [text, values] = given as [unknown, unknown[]]
    if (!preparing || typeof text !== 'string' || !text.startsWith(mark)) return (super.query as (...all: unknown[]) => unknown)(...given)
    let name = names.get(text)
    if (!name) names.set(text, (name = createHash('sha1').update(text).digest('base64url')))
    return super.query({ name, text, values })
  }
}

class Slot {
  readonly key: string
  constructor(key: string) {
    this.key = key
  }
}

/** Runs a statement with these arguments. */
export type Prepared<A, R> = (tx: Tx, args: A) => Promise<{ rows: R[]; changed: number }>

/**
 * A statement that runs often: its text is put together once, and each connection plans it once. `build` gets a placeholder for each argument.
 * Behind a pooler that shares connections between transactions it needs one that knows prepared statements (PgBouncer from 1.21, max_prepared_statements > 0).
 */
export function prepared<R, A extends object>(build: (slot: (key: keyof A & string) => RawBuilder<unknown>) => RawBuilder<R>): Prepared<A, R> {
  let made: { text: string; parameters: readonly unknown[] } | undefined
  return async (tx, args) => {
    if (!made) {
      const { sql: text, parameters } = build((key) => sql`${new Slot(key)}`).compile(tx)
      made = { text: mark + text, parameters }
    }
    const values = made.parameters.map((parameter) => (parameter instanceof Slot ? args[parameter.key as keyof A] : parameter))
    const { rows, numAffectedRows } = await tx.executeQuery<R>(CompiledQuery.raw(made.text, values))
    return { rows, changed: Number(numAffectedRows ?? 0) }
  }
}

const standsIn = new WeakMap<Tx, string>()

/** The institution that a transaction stands in. */
export function institutionIdOf(tx: Tx): string {
  const id = standsIn.get(tx)
  if (id === undefined) throw new Error('The transaction stands in no institution')
  return id
}

const enter = prepared<never, { institutionId: string }>((slot) => sql`select set_config('app.institution', ${slot('institutionId')}, true)`)
/** Makes a transaction stand in an institution: row-level security lets only its rows through. */
export async function standIn(tx: Tx, institutionId: string): Promise<void> {
  if (overCitus) {
    if (!/^[0-9a-f-]{36}$/.test(institutionId)) throw new Error('An institution is named by its id')
    await sql.raw(`set local citus.propagate_set_commands to 'local'; set local app.institution to '${institutionId}'`).execute(tx)
  } else await enter(tx, { institutionId })
  standsIn.set(tx, institutionId)
}

/**
 * One transaction inside one institution. Reads see one snapshot, also those that note who looked; writes are read committed.
 * The setting is local to the transaction: a pooled connection never carries it to the next one.
 */
export function inInstitution<T>(db: Database, institutionId: string, mode: 'read' | 'look' | 'write', work: (tx: Tx) => Promise<T>): Promise<T> {
  const snapshot = db.transaction().setIsolationLevel('repeatable read')
  const begin = mode === 'read' ? snapshot.setAccessMode('read only') : mode === 'look' ? snapshot : db.transaction().setIsolationLevel('read committed')
  return begin.execute(async (tx) => {
    await standIn(tx, institutionId)
    return work(tx)
  })
}

/** Works as the owner of the schema, outside any institution: for the operator's programs. */
export async function asOwner<T>(ownerUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
