/** Starts what every program needs: the database at its newest schema, the kernel, live updates. */
import { join, resolve } from 'node:path'
import { DatabaseClock, databaseTime } from '#kernel/database-clock.ts'
import { connect } from '#kernel/database.ts'
import { ensureEmbedded, reviveEmbedded, stopEmbedded } from '#kernel/embedded.ts'
import { SessionCache, type Kernel } from '#kernel/handle.ts'
import { startLive, type Live } from '#kernel/live.ts'
import { migrate } from '#kernel/migrate.ts'
import { cannotRun } from '#kernel/problems.ts'
import { registryOf } from '#kernel/registry.ts'
import { reporter } from '#kernel/report.ts'
import { assembly } from './assembly.ts'

export interface DatabaseAddress {
  /** Owns the schema: migrations, claim tokens. */
  ownerUrl: string
  appUrl: string
  /** Straight to the server, past a pooler: for what listens. `appUrl` where absent. */
  listenUrl?: string
  /** With a single given address, the role the application steps down to. */
  role?: string
  /** Brings a killed embedded database back. */
  revive?: () => Promise<void>
}

/** Where the data of this installation lie. */
export const dataFolder = () => resolve(process.env['BULWARK_DATA'] ?? join(import.meta.dirname, '..', '.data'))

/** Stops the embedded database where it runs. */
export const stopDatabase = (): Promise<boolean> => stopEmbedded(join(dataFolder(), 'postgres'))

/** The database that DATABASE_URL names, else the embedded one (started where needed). */
export async function findDatabase(): Promise<DatabaseAddress> {
  const given = process.env['DATABASE_URL']
  if (given) {
    const owner = process.env['DATABASE_OWNER_URL']
    const listen = process.env['DATABASE_LISTEN_URL']
    return { ...(owner ? { ownerUrl: owner, appUrl: given } : { ownerUrl: given, appUrl: given, role: 'bulwark_app' }), ...(listen ? { listenUrl: listen } : {}) }
  }
  const folder = join(dataFolder(), 'postgres')
  return { ...(await ensureEmbedded(folder)), revive: () => reviveEmbedded(folder) }
}

export interface Running {
  kernel: Kernel
  live: Live | null
  close(): Promise<void>
}

const clockTolerance = 30_000

export async function startKernel(database: DatabaseAddress, options: { live?: boolean; connections?: number; onChange?: () => void } = {}): Promise<Running> {
  const connection = connect(database.appUrl, { max: options.connections ?? 16, ...(database.role ? { role: database.role } : {}) })
  const sessions = new SessionCache()
  const live = options.live === false ? null : await startLive(database.listenUrl ?? database.appUrl, connection.db, (_institution, topics) => {
    if (topics.includes('sessions')) sessions.clear()
    options.onChange?.()
  })
  const time = new DatabaseClock({ ask: databaseTime(connection.pool) })
  const ahead = await time.look()
  if (Math.abs(ahead) > clockTolerance) reporter(new Error(`The clock of this machine is ${Math.round(ahead / 1000)} s ahead of the database's (negative: behind). The database's time is used; set the clocks right.`), 'clock')
  time.start()
  const kernel: Kernel = {
    connection, assembly, registry: registryOf(assembly), clock: time, sessions, report: reporter,
    ping(institutionId, topics) {
      if (topics.includes('sessions')) sessions.clear()
      live?.ping(institutionId, topics)
    },
  }
  return {
    kernel, live,
    async close() {
      time.stop()
      await live?.close()
      await connection.close()
    },
  }
}

/** Why nobody gets in at an address that was given, in words; the password is not among them. */
function unreachable(error: unknown, address: string): Error | null {
  const { code } = error as { code?: string }
  if (!/^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|28P01|28000|3D000|42501)$/.test(code ?? '')) return null
  const where = URL.canParse(address) ? `${new URL(address).host}${new URL(address).pathname}` : '?'
  const [zh, en] =
    code?.startsWith('28') ? ['账号或口令不对', 'the user or the password is wrong']
    : code === '3D000' ? ['没有这个数据库', 'there is no such database']
    : code === '42501' ? ['这个账号的权限不够建立数据结构', 'this user may not make the schema']
    : ['连接不上', 'it cannot be reached']
  return cannotRun(`数据库 ${where}：${zh}（${code}）。请检查 DATABASE_URL 与 DATABASE_OWNER_URL。`, `The database ${where}: ${en} (${code}). Check DATABASE_URL and DATABASE_OWNER_URL.`)
}

/** Migrates; says what it did. */
export async function prepare(database: DatabaseAddress, report: (line: string) => void = () => {}): Promise<void> {
  const applied = await migrate(database.ownerUrl, report).catch((error: unknown) => {
    throw unreachable(error, database.ownerUrl) ?? error
  })
  if (applied) report(`${applied} migrations applied`)
}
