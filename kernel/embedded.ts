/**
 * The embedded PostgreSQL: a real server from the binaries that npm brought, on loopback, with passwords.
 * It outlives the process that started it; the next one adopts it. Killed at any moment, it comes back with what was committed.
 */
import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, readdirSync, renameSync, rmSync, rmdirSync, statfsSync, statSync, writeFileSync } from 'node:fs'
import { connect as dial, createServer } from 'node:net'
import { totalmem } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { canReach, EmbeddedError, findBinaries, finish, giveTo, type Binaries } from './embedded-binaries.ts'
import { withLock } from './embedded-lock.ts'

export interface Embedded {
  /** The superuser `bulwark_owner`, for migrations, backup and repair. */
  ownerUrl: string
  /** The role `bulwark_app`, which owns nothing. */
  appUrl: string
  port: number
  /** The folder with the data; not always the one asked for, see `dataFolder`. */
  data: string
  /** A server that already ran was used. */
  adopted: boolean
  /** How the server was run: direct, unshare, setuid … */
  how: string
  stop(): Promise<void>
}

interface Secrets {
  owner: string
  app: string
}

const windows = process.platform === 'win32'
const needed = 300 * 1024 * 1024
/** In megabytes, of the container where there is one. */
const memory = Math.min(process.constrainedMemory() || Infinity, totalmem()) / 2 ** 20
const settings: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  // Taken as they are needed: a small campus never fills them.
  shared_buffers: `${Math.round(Math.min(4096, Math.max(128, memory / 8)))}MB`,
  effective_cache_size: `${Math.round(Math.max(512, memory / 2))}MB`,
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Statements and the values of violated keys are data about persons: they never reach the log file.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
}

/** Waits long for a big recovery, but only while the server lives. */
const patience = 600_000

/** What `postmaster.pid` says: line 1 process, 4 port, 8 state. */
function postmaster(dir: string): { pid: number; port: number; state: string } | null {
  try {
    const lines = readFileSync(join(dir, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), port: Number(lines[3]), state: lines[7]?.trim() ?? '' }
  } catch {
    return null
  }
}

/** Whether the process of that number is a living server; a number taken over by another program is not. */
function isServer(pid: number): boolean {
  if (!(pid > 0)) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  if (process.platform !== 'linux') return true
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8') // "12 (postgres) Z …": a zombie was killed and waits for its parent
    return stat.includes('(postgres)') && !/\) [ZX] /.test(stat)
  } catch {
    return false
  }
}

/** Asks for encryption as every PostgreSQL client may; only a PostgreSQL answers with one letter. */
function answers(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const socket = dial({ port, host: '127.0.0.1' }, () => socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])))
    const done = (yes: boolean) => {
      socket.destroy()
      settle(yes)
    }
    socket.setTimeout(3_000, () => done(false))
    socket.once('data', (data) => done(data.length === 1 && (data[0] === 78 || data[0] === 83)))
    socket.once('error', () => done(false))
    socket.once('close', () => done(false))
  })
}

async function readyPort(dir: string): Promise<number> {
  const server = postmaster(dir)
  return server?.state === 'ready' && isServer(server.pid) && (await answers(server.port)) ? server.port : 0
}

/** The port of last time where it is free, so that whoever keeps the address finds the server again. */
async function freePort(dir: string): Promise<number> {
  const before = existsSync(join(dir, 'postmaster.opts')) ? Number(/"-p" "(\d+)"/.exec(readFileSync(join(dir, 'postmaster.opts'), 'utf8'))?.[1] ?? 0) : 0
  const listen = (port: number) =>
    new Promise<number>((settle) => {
      const probe = createServer()
      probe.once('error', () => settle(0))
      probe.listen(port, '127.0.0.1', () => {
        const address = probe.address()
        probe.close(() => settle(typeof address === 'object' && address ? address.port : 0))
      })
    })
  return (before && (await listen(before))) || (await listen(0))
}

function inWords(what: readonly [zh: string, en: string], dir: string, said: string): EmbeddedError {
  const free = existsSync(dirname(dir)) ? statfsSync(dirname(dir)) : null
  if (/No space left on device|ENOSPC|disk full/i.test(said) || (free && free.bavail * free.bsize < 16 * 1024 * 1024))
    return new EmbeddedError(`${dir} 所在的磁盘已满。请腾出空间后重新启动；此前保存的内容都在。`, `The disk that holds ${dir} is full. Free some space and start again; what was saved before is kept.`)
  if (/Read-only file system|Permission denied|EROFS|EACCES|EPERM|ENOENT|ENOTDIR|EEXIST/i.test(said))
    return new EmbeddedError(`${dir} 不能写入。请以它的所有者运行、改好权限，或用 BULWARK_DATA 换一个数据目录；已有内容没有改动。`, `${dir} cannot be written. Run as its owner, mend the permissions, or name another folder in BULWARK_DATA; what is there was not touched.`)
  if (/incompatible with server|was initialized by PostgreSQL version/.test(said))
    return new EmbeddedError(`${dir} 中的数据库是另一个大版本的 PostgreSQL 建立的。请把备份恢复到新目录，或用 DATABASE_URL 指向那个版本的服务器。`, `The database in ${dir} was made by another major version of PostgreSQL. Restore a backup into a new folder, or use a server of that version by DATABASE_URL.`)
  const words = said.trim().slice(-2_000)
  return new EmbeddedError(`${what[0]}它的说明：${words || '无'}`, `${what[1]} The server said: ${words || 'nothing'}`)
}

const url = (port: number, user: string, password: string, database = 'bulwark') => `postgres://${user}:${password}@127.0.0.1:${port}/${database}`

async function withClient<T>(address: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: address, connectionTimeoutMillis: 30_000 })
  client.on('error', () => {}) // a server that dies shows in the query that fails
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}

/** A backup of ours holds no passwords: it makes new ones. */
const backAgain = ['数据没有改动。请放回这个文件的副本；没有副本，就把最近的备份恢复到新目录：BULWARK_DATA=新目录 bulwark db restore 备份文件。', 'The data were not touched. Put a copy of the file back; without one, restore the newest backup into a new folder: BULWARK_DATA=new bulwark db restore FILE.'] as const

function readSecrets(file: string): Secrets | null {
  if (!existsSync(file)) return null
  let read: unknown
  try {
    read = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  const { owner, app } = (read ?? {}) as Partial<Secrets>
  if (typeof owner !== 'string' || typeof app !== 'string') throw new EmbeddedError(`${file} 已损坏：其中应有 owner 与 app 两个口令。${backAgain[0]}`, `${file} is damaged: it must hold the passwords "owner" and "app". ${backAgain[1]}`)
  return { owner, app }
}

/** Passwords are written, whole, before the cluster they open: a kill between the two leaves nothing locked. */
function makeSecrets(file: string): Secrets {
  const secrets = { owner: randomBytes(24).toString('hex'), app: randomBytes(24).toString('hex') }
  writeFileSync(`${file}.new`, JSON.stringify(secrets), { mode: 0o600 })
  renameSync(`${file}.new`, file)
  return secrets
}

const tooLittle = (dir: string, free: number) => new EmbeddedError(`${dir} 所在磁盘空间不足：剩余 ${free} MB，建立数据库需要 ${needed / 1048576} MB。`, `Too little disk space for a database in ${dir}: ${free} MB free, ${needed / 1048576} MB needed.`)
const notMade = ['数据库没有建成。', 'The database could not be created.'] as const

async function makeCluster(binaries: Binaries, dir: string, secrets: Secrets): Promise<void> {
  const free = statfsSync(dirname(dir))
  if (free.bavail * free.bsize < needed)
    throw tooLittle(dir, Math.floor((free.bavail * free.bsize) / 1048576))
  const prefix = `${dir.slice(dirname(dir).length + 1)}.init-`
  for (const name of readdirSync(dirname(dir))) if (name.startsWith(prefix)) rmSync(join(dirname(dir), name), { recursive: true, force: true })
  const building = `${dir}.init-${process.pid}`
  const password = `${building}.password`
  try {
    mkdirSync(building, { mode: 0o700 })
    writeFileSync(password, secrets.owner, { mode: 0o600 })
    giveTo(binaries.account, building)
    giveTo(binaries.account, password)
    // trigrams and upper/lower case of Chinese text need a UTF-8 LC_CTYPE beside the built-in provider
    const locale = process.platform === 'linux' ? 'C.UTF-8' : windows ? 'C' : 'en_US.UTF-8'
    const args = ['-D', building, '-U', 'bulwark_owner', '--auth=scram-sha-256', `--pwfile=${password}`, '-E', 'UTF8', '--locale-provider=builtin']
    const made = await finish(binaries.run('initdb', [...args, '--builtin-locale=C.UTF-8', `--locale=${locale}`, '--lc-messages=C', '--data-checksums']))
    if (made.status !== 0) throw inWords(notMade, dir, made.output)
    renameSync(building, dir)
  } catch (error) {
    rmSync(building, { recursive: true, force: true })
    throw error instanceof EmbeddedError ? error : inWords(notMade, dir, String(error))
  } finally {
    rmSync(password, { force: true })
  }
}

function spawnServer(binaries: Binaries, dir: string, port: number, extra: Record<string, string>): ReturnType<Binaries['run']> {
  const options = Object.entries({ ...settings, ...extra }).map(([name, value]) => `${name}=${value}`)
  const log = openSync(`${dir}.log`, 'a', 0o600)
  try {
    if (windows) return binaries.run('pg_ctl', ['start', '-W', '-D', dir, '-l', `${dir}.log`, '-o', `-p ${port} ${options.map((option) => `-c ${option}`).join(' ')}`], { stdio: 'ignore', detached: true })
    return binaries.run('postgres', ['-D', dir, '-p', String(port), ...options.flatMap((option) => ['-c', option])], { stdio: ['ignore', log, log], detached: true })
  } finally {
    closeSync(log)
  }
}

/** Starts the server and waits until it takes connections, through the traces a killed one leaves. */
async function startServer(binaries: Binaries, dir: string, extra: Record<string, string>): Promise<number> {
  const log = `${dir}.log`
  if (existsSync(log) && statSync(log).size > 10 * 1024 * 1024) renameSync(log, `${log}.1`)
  const end = Date.now() + patience
  for (let attempt = 0; ; attempt++) {
    const there = postmaster(dir)
    // The file of a dead server would be believed if another program now has its number. The memory segment is still checked by the server itself.
    if (there && !isServer(there.pid)) rmSync(join(dir, 'postmaster.pid'), { force: true })
    const from = existsSync(log) ? statSync(log).size : 0
    const others = Boolean(there && isServer(there.pid)) // starting or stopping: watch that one
    let ended = others
    if (!others) {
      const child = spawnServer(binaries, dir, await freePort(dir), extra)
      child.on('error', () => (ended = true))
      child.on('exit', () => (ended = !windows))
      child.unref()
    }
    for (;;) {
      const port = await readyPort(dir)
      if (port) return port
      const server = postmaster(dir)
      if (ended && !(server && isServer(server.pid))) break
      if (Date.now() > end) throw inWords(['PostgreSQL 没有就绪。', 'PostgreSQL did not become ready.'], dir, readFileSync(log, 'utf8').slice(from))
      await sleep(10)
    }
    const said = existsSync(log) ? readFileSync(log, 'utf8').slice(from) : ''
    // Processes of a killed server, or a port taken at the same moment, go away by themselves.
    if (attempt >= 150 || (!others && !/lock file "postmaster.pid" already exists|pre-existing shared memory|Address already in use/.test(said)))
      throw inWords(['PostgreSQL 没有启动。', 'PostgreSQL did not start.'], dir, said)
    await sleep(100)
  }
}

/** The role of the application and the database, if they are missing. */
async function furnish(port: number, secrets: Secrets): Promise<void> {
  await withClient(url(port, 'bulwark_owner', secrets.owner, 'postgres'), async (client) => {
    const there = await client.query<{ role: boolean; database: boolean }>(
      `select exists (select from pg_roles where rolname = 'bulwark_app') as role, exists (select from pg_database where datname = 'bulwark') as database`,
    )
    if (!there.rows[0]?.role) await client.query(`create role bulwark_app login nosuperuser nocreatedb nocreaterole nobypassrls password ${client.escapeLiteral(secrets.app)}`)
    if (!there.rows[0]?.database) await client.query('create database bulwark')
    await client.query('revoke all on database postgres, bulwark from public')
    await client.query('grant connect on database bulwark to bulwark_app')
  })
}

/** Whether all is in place, so that nothing needs to be done under the lock. */
async function complete(port: number, secrets: Secrets): Promise<boolean> {
  try {
    return await withClient(url(port, 'bulwark_app', secrets.app), async (client) => (await client.query('select 1')).rowCount === 1)
  } catch {
    return false
  }
}

async function stopServer(binaries: Binaries, dir: string): Promise<void> {
  const server = postmaster(dir)
  if (!server || !isServer(server.pid)) return
  if (windows) await finish(binaries.run('pg_ctl', ['stop', '-m', 'fast', '-D', dir]))
  else process.kill(server.pid, 'SIGINT')
  const end = Date.now() + 60_000
  while (isServer(server.pid) && postmaster(dir)?.pid === server.pid) {
    if (Date.now() > end) throw new EmbeddedError(`PostgreSQL（进程 ${server.pid}）一分钟内没有停下。`, `PostgreSQL (process ${server.pid}) did not stop within a minute.`)
    await sleep(10)
  }
}

/** Where the data live: in `dir`, or, where the account of the server cannot come to it, where `dir/LOCATION` says. */
async function dataFolder(dir: string, binaries: Binaries): Promise<string> {
  const pointer = join(dir, 'LOCATION')
  if (existsSync(pointer)) return readFileSync(pointer, 'utf8').trim()
  if (existsSync(join(dir, 'PG_VERSION'))) return dir
  if (existsSync(dir) && readdirSync(dir).length > 0) throw new EmbeddedError(`${dir} 不是空目录，也不是数据库；其中内容没有改动。`, `${dir} is neither empty nor a database; nothing in it was touched.`)
  if (await canReach(binaries, dirname(dir))) return dir
  const elsewhere = join('/var/lib/bulwark', `data-${randomBytes(6).toString('hex')}`)
  mkdirSync(dirname(elsewhere), { recursive: true })
  mkdirSync(dir, { recursive: true })
  writeFileSync(pointer, elsewhere)
  return elsewhere
}

/**
 * Makes sure that the database in `dir` exists, runs and takes connections; adopts a server that already runs.
 * Safe from several processes at once. The passwords stand beside it in `<dir>.secrets.json`, the server's log in `<dir>.log`.
 * @param extra settings of the server over ours (tests only).
 * @throws EmbeddedError in words: no package for the platform, disk full, files of another user, passwords lost.
 */
export async function ensureEmbedded(dir: string, extra: Record<string, string> = {}): Promise<Embedded> {
  try {
    return await ensure(dir, extra)
  } catch (error) {
    throw /^E(NOSPC|ROFS|ACCES|PERM|NOENT|NOTDIR|EXIST)$/.test((error as NodeJS.ErrnoException).code ?? '') ? inWords(notMade, resolve(dir), String(error)) : error
  }
}

/** Where the data of `dir` lie, if there are any. */
function located(dir: string): string {
  const pointer = join(dir, 'LOCATION')
  return existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : dir
}

/** Stops the database in `dir` where it runs; makes nothing where there is none. @returns whether one ran. */
export async function stopEmbedded(dir: string): Promise<boolean> {
  const asked = resolve(dir)
  const data = located(asked)
  const server = postmaster(data)
  if (!server || !isServer(server.pid)) return false
  const binaries = await findBinaries(statSync(data).uid)
  await withLock(`${asked}.lock`, () => {
    // Said beforehand: who looks after it must not start it in between.
    markStopped(asked)
    return stopServer(binaries, data)
  }, { anyway: true })
  return true
}

const stoppedMark = (asked: string) => `${asked}.stopped`
function markStopped(asked: string): void {
  try {
    writeFileSync(stoppedMark(asked), '')
  } catch {
    // no room for it: it will be started again while a server runs
  }
}

/** Starts the database in `dir` again where it was killed, or went by itself for want of room; one that was stopped on purpose stays stopped. */
export async function reviveEmbedded(dir: string): Promise<void> {
  const asked = resolve(dir)
  const data = located(asked)
  const traces = postmaster(data)
  if (traces ? isServer(traces.pid) : existsSync(stoppedMark(asked)) || !existsSync(join(data, 'PG_VERSION'))) return
  await ensureEmbedded(asked)
}

async function ensure(dir: string, extra: Record<string, string>): Promise<Embedded> {
  const asked = resolve(dir)
  const secretsFile = `${asked}.secrets.json`
  mkdirSync(dirname(asked), { recursive: true })
  const present = located(asked)
  const owner = existsSync(join(present, 'PG_VERSION')) ? statSync(present).uid : undefined

  const given = (data: string, binaries: Binaries, port: number, adopted: boolean, secrets: Secrets): Embedded => ({
    ownerUrl: url(port, 'bulwark_owner', secrets.owner),
    appUrl: url(port, 'bulwark_app', secrets.app),
    port,
    data,
    adopted,
    how: binaries.how,
    stop: () => withLock(`${asked}.lock`, () => { markStopped(asked); return stopServer(binaries, data) }, { anyway: true }),
  })

  const binaries = await findBinaries(owner)
  const known = readSecrets(secretsFile)
  const running = owner === undefined ? 0 : await readyPort(present)
  if (known && running && (await complete(running, known))) return given(present, binaries, running, true, known)

  return withLock(`${asked}.lock`, async () => {
    const data = await dataFolder(asked, binaries)
    const made = existsSync(join(data, 'PG_VERSION'))
    let secrets = readSecrets(secretsFile)
    if (!secrets && made) throw new EmbeddedError(`${data} 中数据库的口令丢失：缺少 ${secretsFile}。${backAgain[0]}`, `The passwords of the database in ${data} are lost: ${secretsFile} is missing. ${backAgain[1]}`)
    secrets ??= makeSecrets(secretsFile)
    if (!made) {
      if (existsSync(data)) rmdirSync(data)
      await makeCluster(binaries, data, secrets)
    }
    const already = await readyPort(data)
    const port = already || (await startServer(binaries, data, extra))
    rmSync(stoppedMark(asked), { force: true })
    await furnish(port, secrets)
    return given(data, binaries, port, already !== 0, secrets)
  })
}
