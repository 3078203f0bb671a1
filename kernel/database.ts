/** The database: one pool, transactions that always know their institution. */
import { createHash } from 'node:crypto'
import { Kysely, PostgresDialect, sql, type PostgresPoolClient, type RawBuilder, type Transaction } from 'kysely'
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
    ...pipelining,
    // With a single given address the pool steps down to the role that owns nothing.
    ...(options.role ? { options: `-c role=${options.role}` } : {}),
  })
  pool.on('error', () => {}) // an idle connection died with the server; the next query reports it
  // So does one that is in use, between two queries of a transaction: without this it would end our process.
  pool.on('connect', (client) => void client.on('error', () => {}))
  const db = new Kysely<Record<string, never>>({ dialect: new PostgresDialect({ pool }) })
  pools.set(db, pool)
  return { db, pool, url, close: () => db.destroy() }
}
// What is asked before the last answer came travels behind it at once. (The driver's types do not know the option yet.)
const pipelining = { pipeline: true }
const pools = new WeakMap<Database, pg.Pool>()
/** The connection that a transaction runs on. */
const clients = new WeakMap<Tx, pg.PoolClient>()

// ── Statements that run often ────────────────────────────────────────────────────────────────────
// A pooler that shares connections between transactions may not know prepared statements.
const preparing = process.env['BULWARK_PREPARED'] !== 'off'
// The workers of a Citus cluster hear only what is SET in a transaction, and only where that is asked for.
const overCitus = process.env['DATABASE_CITUS'] === '1'

class Slot {
  readonly key: string
  constructor(key: string) {
    this.key = key
  }
}

/** Runs a statement with these arguments. */
export type Prepared<A, R> = (tx: Tx, args: A) => Promise<{ rows: R[]; changed: number }>

/**
 * A statement that runs often: its text is put together once, and each connection parses and plans it once. `build` gets a placeholder for each argument.
 * It is on its way when the call returns: a second one that need not wait for the first's answer travels right behind it and runs after it.
 * Behind a pooler that shares connections between transactions it needs one that knows prepared statements (PgBouncer from 1.21, max_prepared_statements > 0).
 */
export function prepared<R, A extends object>(build: (slot: (key: keyof A & string) => RawBuilder<unknown>) => RawBuilder<R>): Prepared<A, R> {
  let made: { name?: string; text: string; parameters: readonly unknown[] } | undefined
  return async (tx, args) => {
    if (!made) {
      const { sql: text, parameters } = build((key) => sql`${new Slot(key)}`).compile(tx)
      made = { text, parameters, ...(preparing ? { name: createHash('sha1').update(text).digest('base64url') } : {}) }
    }
    const { parameters, ...statement } = made
    const values = parameters.map((parameter) => (parameter instanceof Slot ? args[parameter.key as keyof A] : parameter))
    const { rows, rowCount } = await clientOf(tx).query({ ...statement, values })
    return { rows: rows as R[], changed: rowCount ?? 0 }
  }
}

function clientOf(tx: Tx): pg.PoolClient {
  const client = clients.get(tx)
  if (!client) throw new Error('No transaction')
  return client
}

const standsIn = new WeakMap<Tx, string>()

/** The institution that a transaction stands in. */
export function institutionIdOf(tx: Tx): string {
  const id = standsIn.get(tx)
  if (id === undefined) throw new Error('The transaction stands in no institution')
  return id
}

/** The setting that row-level security asks for. It is local to the transaction: a pooled connection never carries it to the next one. */
function entering(institutionId: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(institutionId)) throw new Error('An institution is named by its id')
  return `${overCitus ? "set local citus.propagate_set_commands to 'local'; " : ''}set local app.institution to '${institutionId}'`
}
/** Makes a transaction stand in another institution: row-level security lets only its rows through. */
export async function standIn(tx: Tx, institutionId: string): Promise<void> {
  await clientOf(tx).query(entering(institutionId))
  standsIn.set(tx, institutionId)
}

const beginnings = { read: 'begin isolation level repeatable read read only', look: 'begin isolation level repeatable read', write: 'begin isolation level read committed' }

/** One transaction inside one institution. Reads see one snapshot, also those that note who looked; writes are read committed. */
export async function inInstitution<T>(db: Database, institutionId: string, mode: 'read' | 'look' | 'write', work: (tx: Tx) => Promise<T>): Promise<T> {
  // Compiling a statement (jit, where the server has it) takes longer than running ours.
  const first = `${beginnings[mode]}; ${entering(institutionId)}; set local jit = off`
  const pool = pools.get(db)
  if (!pool) throw new Error('Not a connection of ours')
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    // What the work asks first travels behind the beginning.
    const begun = client.query(first)
    const tx = over(client)
    clients.set(tx, client)
    standsIn.set(tx, institutionId)
    const [, answer] = await together([begun, work(tx)])
    // PostgreSQL answers a commit with ROLLBACK where a statement had failed and nobody minded.
    if ((await client.query('commit')).command !== 'COMMIT') throw new Error('A statement of the transaction had failed')
    return answer
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => (broken = failure))
    throw error
  } finally {
    client.release(broken)
  }
}

/** Kysely on this one connection, which stays ours. */
function over(client: pg.PoolClient): Tx {
  const held = { query: client.query.bind(client), release() {} } as PostgresPoolClient
  return new Kysely<Record<string, never>>({ dialect: new PostgresDialect({ pool: { connect: async () => held, end: async () => {}, options: {} } }) }) as Tx
}

/** Waits for all that was begun, then fails as the first of them did: nothing goes on in a transaction that is being given up. */
export async function together<T extends unknown[]>(begun: readonly [...{ [K in keyof T]: Promise<T[K]> }]): Promise<T> {
  const ends = await Promise.allSettled(begun)
  for (const end of ends) if (end.status === 'rejected') throw end.reason
  return ends.map((end) => (end as PromiseFulfilledResult<unknown>).value) as T
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
