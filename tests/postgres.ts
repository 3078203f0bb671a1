/**
 * A database of its own for every test file: copied from a template that was migrated once per version of the schema.
 * One embedded server in `.data/test` is shared by all test processes; TEST_DATABASE_URL names another (its role must be a superuser).
 */
import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { ensureEmbedded, type Embedded } from '#kernel/embedded.ts'
import { migrate, migrations } from '#kernel/migrate.ts'

export interface FreshDatabase {
  ownerUrl: string
  appUrl: string
  drop(): Promise<void>
}

const dir = join(import.meta.dirname, '../.data/test/pg')
/** Where the speed of tests counts more than the files: what proves durability uses a server of its own. */
const settings = {
  max_connections: '200',
  ...(process.env.BULWARK_TEST_FSYNC === 'off' ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
}
/** One number for all who make or drop templates. */
const templateLock = 77_120_260_102

interface Server {
  /** The address of the maintenance database, as the owner. */
  admin: string
  urls(database: string): { ownerUrl: string; appUrl: string }
  embedded: Embedded | null
}

let server: Promise<Server> | undefined
let template: Promise<string> | undefined

function withDatabase(address: string, database: string): string {
  const url = new URL(address)
  url.pathname = `/${database}`
  return url.href
}

/** The same login, stepped down to the role of the application. */
function asApplication(address: string): string {
  const url = new URL(address)
  url.searchParams.set('options', '-c role=bulwark_app')
  return url.href
}

async function withClient<T>(address: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: address })
  client.on('error', () => {})
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}

const lives = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const databases = async (client: Client, like: string) => (await client.query<{ name: string }>('select datname as name from pg_database where datname like $1 order by oid', [like])).rows.map(({ name }) => name)
/** `t_<process>_<random>` */
const abandoned = (name: string) => !lives(Number(name.split('_')[1]))

async function findServer(): Promise<Server> {
  const given = process.env.TEST_DATABASE_URL
  if (given) {
    await withClient(given, (client) => client.query(`do $$ begin create role bulwark_app nologin nobypassrls; exception when duplicate_object then null; end $$`))
    return { admin: given, embedded: null, urls: (database) => ({ ownerUrl: withDatabase(given, database), appUrl: asApplication(withDatabase(given, database)) }) }
  }
  const embedded = await ensureEmbedded(dir, settings)
  const admin = withDatabase(embedded.ownerUrl, 'postgres')
  await withClient(admin, async (client) => {
    for (const name of await databases(client, 't\\_%')) if (abandoned(name)) await client.query(`drop database if exists ${name} with (force)`)
  })
  return { admin, embedded, urls: (database) => ({ ownerUrl: withDatabase(embedded.ownerUrl, database), appUrl: withDatabase(embedded.appUrl, database) }) }
}

function schemaHash(): string {
  const hash = createHash('sha256')
  for (const { name, sha } of migrations()) hash.update(`${name} ${sha}\n`)
  return hash.digest('hex').slice(0, 12)
}

/** Makes the template where it is missing; others wait meanwhile. A template is marked as one when it is complete. */
async function ensureTemplate({ admin, urls }: Server): Promise<string> {
  const name = `bulwark_template_${schemaHash()}`
  await withClient(admin, async (client) => {
    await client.query('select pg_advisory_lock($1)', [templateLock])
    const complete = await client.query('select from pg_database where datname = $1 and datistemplate', [name])
    if (complete.rowCount) return
    await client.query(`drop database if exists ${name} with (force)`)
    // Keep the last few: another process may be at work with another version of the schema.
    for (const old of (await databases(client, 'bulwark\\_template\\_%')).slice(0, -6)) {
      await client.query(`alter database ${old} is_template false`)
      await client.query(`drop database if exists ${old} with (force)`)
    }
    await client.query(`create database ${name}`)
    await migrate(urls(name).ownerUrl)
    await client.query(`alter database ${name} with allow_connections false is_template true`)
  })
  return name
}

/** A migrated, empty database that nobody else uses. Call `drop()` when done; what a killed process leaves is dropped by the next. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const { admin, urls } = await (server ??= findServer())
  const source = await (template ??= ensureTemplate(await server))
  const name = `t_${process.pid}_${randomBytes(6).toString('hex')}`
  await withClient(admin, async (client) => {
    await client.query(`create database ${name} template ${source}`)
    await client.query(`revoke all on database ${name} from public`)
    await client.query(`grant connect on database ${name} to bulwark_app`)
  })
  return {
    ...urls(name),
    drop: () => withClient(admin, async (client) => void (await client.query(`drop database if exists ${name} with (force)`))),
  }
}

/** Stops the shared server unless a living process still has a database on it. */
export async function stopTestServer(): Promise<void> {
  if (process.env.TEST_DATABASE_URL || !existsSync(join(dir, '..', 'pg.secrets.json'))) return
  const embedded = await ensureEmbedded(dir, settings)
  const used = await withClient(withDatabase(embedded.ownerUrl, 'postgres'), async (client) => (await databases(client, 't\\_%')).some((name) => !abandoned(name)))
  if (!used) await embedded.stop()
}
