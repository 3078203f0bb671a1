/** What brings the packages: installs where something is missing, and only there; a receipt never says more than what lies in the folder. Real npm, packages of our own. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

const bootstrap = join(import.meta.dirname, '../bin/bootstrap.mjs')
let root: string
const has = (name: string) => existsSync(join(root, 'node_modules', name, 'package.json'))
const versionOf = (name: string) => (JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')) as { version: string }).version

function run(program: string, args: string[], env: Record<string, string> = {}): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_ENV: '', npm_config_cache: join(root, '.cache'), npm_config_offline: 'true', npm_config_update_notifier: 'false', ...env } })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, said }))
  })
}
const cli = process.env['npm_execpath']
const npm = async (...args: string[]) => {
  const { code, said } = await (cli?.endsWith('.js') ? run(process.execPath, [cli, ...args]) : run('npm', args))
  assert.equal(code, 0, said)
}
const ensure = (development = false, env: Record<string, string> = {}) =>
  run(process.execPath, ['--input-type=module', '-e', `import { ensurePackages, failed } from ${JSON.stringify(join(root, 'bin/bootstrap.mjs'))}; await ensurePackages({ development: ${development} }).catch(failed)`], env)
const installed = /installing packages, once[\s\S]*packages installed/

async function pack(name: string, version: string, more: object = {}): Promise<void> {
  const folder = join(root, 'sources', name)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version, ...more }))
  await npm('pack', `./sources/${name}`)
}
async function lock(version: string): Promise<void> {
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'tried', version: '1.0.0', dependencies: { one: `file:one-${version}.tgz` }, devDependencies: { two: 'file:two-1.0.0.tgz' }, optionalDependencies: { elsewhere: 'file:elsewhere-1.0.0.tgz' } }))
  rmSync(join(root, 'package-lock.json'), { force: true })
  await npm('install', '--package-lock-only', '--ignore-scripts')
}

before(async () => {
  root = mkdtempSync(join(tmpdir(), 'bulwark-bootstrap-'))
  mkdirSync(join(root, 'bin'))
  copyFileSync(bootstrap, join(root, 'bin/bootstrap.mjs'))
  await pack('one', '1.0.0')
  await pack('one', '1.1.0')
  await pack('two', '1.0.0')
  await pack('elsewhere', '1.0.0', { os: ['aix'] })
  await lock('1.0.0')
})
after(() => rmSync(root, { recursive: true, force: true }))

test('installs once, says so, and then keeps quiet; a package for another platform is not missed', async () => {
  const first = await ensure()
  assert.deepEqual([first.code, installed.test(first.said), has('one'), has('elsewhere')], [0, true, true, false], first.said)
  assert.deepEqual(await ensure(), { code: 0, said: '' })
})

test('what development needs is brought where it is missing, even where a caller leaves it out', async () => {
  rmSync(join(root, 'node_modules'), { recursive: true })
  const omit = { NODE_ENV: 'production' }
  assert.match((await ensure(false, omit)).said, installed)
  assert.equal(has('two'), false)
  assert.deepEqual(await ensure(false, omit), { code: 0, said: '' })
  assert.match((await ensure(true, omit)).said, installed)
  assert.equal(has('two'), true)
  assert.deepEqual([(await ensure(true)).said, (await ensure(false)).said], ['', ''])
})

test('a receipt does not outlive what it is for: pruned, deleted, or asked for otherwise since', async () => {
  await npm('prune', '--omit=dev')
  assert.equal(has('two'), false)
  assert.match((await ensure(true)).said, installed)
  assert.equal(has('two'), true)
  rmSync(join(root, 'node_modules'), { recursive: true })
  assert.match((await ensure(true)).said, installed)
  // npm then notes the new one as installed, and leaves the old one where it is.
  await lock('1.1.0')
  assert.equal(versionOf('one'), '1.0.0')
  assert.match((await ensure(true)).said, installed)
  assert.equal(versionOf('one'), '1.1.0')
})

test('installed by npm itself, without a receipt of ours: nothing is done again', async () => {
  await npm('ci', '--omit=dev')
  assert.deepEqual(await ensure(), { code: 0, said: '' })
})

test('a failed install says so in words, leaves no receipt, and the next one mends it', async () => {
  const tarball = join(root, 'one-1.1.0.tgz')
  const bytes = readFileSync(tarball)
  rmSync(join(root, 'node_modules'), { recursive: true })
  rmSync(join(root, '.cache'), { recursive: true })
  rmSync(tarball)
  const failed = await ensure()
  assert.equal(failed.code, 1)
  assert.match(failed.said, /npm ci 失败.*npm ci failed, see above/)
  assert.doesNotMatch(failed.said, /\n\s+at /)
  writeFileSync(tarball, bytes)
  assert.match((await ensure()).said, installed)
})

test('a damaged lock file is named; the lock of a dead installer is taken over', async () => {
  const file = join(root, 'package-lock.json')
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, text.slice(0, 100))
  const damaged = await ensure()
  assert.deepEqual([damaged.code, /package-lock\.json 缺失或损坏/.test(damaged.said)], [1, true], damaged.said)
  writeFileSync(file, text)
  rmSync(join(root, 'node_modules'), { recursive: true })
  writeFileSync(join(root, '.runtime/install.lock'), '999999999')
  const both = await Promise.all([ensure(), ensure()])
  assert.deepEqual(both.map((one) => one.code), [0, 0])
  assert.equal(both.filter((one) => installed.test(one.said)).length, 1, 'of two at once one installs, the other waits')
})
