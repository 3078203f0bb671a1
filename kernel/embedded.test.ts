import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { ensureEmbedded, reviveEmbedded, stopEmbedded, type Embedded } from './embedded.ts'
import { withLock } from './embedded-lock.ts'

const run = promisify(execFile)
let folder: string
let dir: string
let first: Embedded

async function query(address: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: address })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(text)).rows as Record<string, unknown>[]
  } finally {
    await client.end()
  }
}

const serverPid = () => Number(readFileSync(join(dir, 'postmaster.pid'), 'utf8').split('\n')[0])

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bulwark-embedded-'))
  chmodSync(folder, 0o755) // an account of the server must come to it, where we are root
  dir = join(folder, 'pg')
  first = await ensureEmbedded(dir)
})

after(async () => {
  await (await ensureEmbedded(dir)).stop()
  rmSync(folder, { recursive: true, force: true })
})

test('a new folder becomes a running server, and the next caller adopts it', async () => {
  assert.equal(first.adopted, false)
  const second = await ensureEmbedded(dir)
  assert.equal(second.adopted, true)
  assert.equal(second.ownerUrl, first.ownerUrl)
})

test('the passwords are readable by the owner only, and the server insists on them', async () => {
  if (process.platform !== 'win32') assert.equal(statSync(`${dir}.secrets.json`).mode & 0o777, 0o600)
  const wrong = first.appUrl.replace(/:[0-9a-f]{48}@/, ':guess@')
  assert.notEqual(wrong, first.appUrl)
  await assert.rejects(query(wrong, 'select 1'), /password authentication failed/)
})

test('the application role owns nothing and stays behind row-level security', async () => {
  const [role] = await query(first.appUrl, `select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole from pg_roles where rolname = current_user`)
  assert.deepEqual(role, { rolsuper: false, rolbypassrls: false, rolcreatedb: false, rolcreaterole: false })
  await assert.rejects(query(first.appUrl, 'create table mine (id int)'), /permission denied/)
  await assert.rejects(query(first.appUrl, 'create temp table mine (id int)'), /permission denied/)
})

test('Chinese text can be searched by trigrams and sorted by pinyin, and pages carry checksums', async () => {
  await query(first.ownerUrl, 'create extension if not exists pg_trgm')
  const [row] = await query(first.ownerUrl, `select array_length(show_trgm('山东大学'), 1) as trigrams, current_setting('data_checksums') as checksums`)
  assert.ok(Number(row?.trigrams) >= 4)
  assert.equal(row?.checksums, 'on')
  const names = await query(first.ownerUrl, `select name from (values ('周'), ('安'), ('李')) as v(name) order by name collate "zh-x-icu"`)
  assert.deepEqual(names.map((name) => name.name), ['安', '李', '周'])
})

test('values of violated keys do not reach the log', async () => {
  await query(first.ownerUrl, 'create table secret (phone text primary key)')
  await query(first.ownerUrl, `insert into secret values ('13800001234')`)
  await assert.rejects(query(first.ownerUrl, `insert into secret values ('13800001234')`))
  assert.doesNotMatch(readFileSync(`${dir}.log`, 'utf8'), /13800001234/)
})

test('a killed server comes back at the same address with every committed row', { skip: process.platform === 'win32' }, async () => {
  await query(first.ownerUrl, 'create table kept (n int)')
  for (let n = 1; n <= 3; n++) {
    await query(first.ownerUrl, `insert into kept values (${n})`)
    process.kill(serverPid(), 'SIGKILL')
    const again = await ensureEmbedded(dir)
    assert.equal(again.adopted, false)
    assert.equal(again.port, first.port)
    assert.deepEqual(await query(again.ownerUrl, 'select count(*)::int as n from kept'), [{ n }])
  }
})

test('a number in postmaster.pid that now belongs to another program does not keep the server down', { skip: process.platform !== 'linux' }, async () => {
  await (await ensureEmbedded(dir)).stop()
  assert.equal(existsSync(join(dir, 'postmaster.pid')), false)
  writeFileSync(join(dir, 'postmaster.pid'), `${process.ppid}\n${dir}\n1700000000\n${first.port}\n\n127.0.0.1\n  1234567    123456\nready   \n`)
  assert.equal((await ensureEmbedded(dir)).adopted, false)
})

test('four processes at once share one server', async () => {
  await (await ensureEmbedded(dir)).stop()
  const code = `import { ensureEmbedded } from ${JSON.stringify(join(import.meta.dirname, 'embedded.ts'))}; console.log(JSON.stringify(await ensureEmbedded(process.argv[1])))`
  const outputs = await Promise.all([1, 2, 3, 4].map(() => run(process.execPath, ['--input-type=module', '-e', code, dir])))
  const servers = outputs.map(({ stdout }) => JSON.parse(stdout) as Embedded)
  assert.equal(new Set(servers.map(({ port }) => port)).size, 1)
  assert.equal(servers.filter(({ adopted }) => !adopted).length, 1)
  assert.deepEqual(await query(servers[0]!.appUrl, 'select 1 as one'), [{ one: 1 }]) // outlives those who started it
})

test('a folder with other things in it is refused untouched, and lost passwords are said to be lost', async () => {
  const other = join(folder, 'documents')
  mkdirSync(other)
  writeFileSync(join(other, 'letter.txt'), 'keep me')
  await assert.rejects(ensureEmbedded(other), /neither empty nor a database; nothing in it was touched/)
  assert.equal(readFileSync(join(other, 'letter.txt'), 'utf8'), 'keep me')
  const file = `${dir}.secrets.json`
  const secrets = readFileSync(file)
  rmSync(file)
  try {
    await assert.rejects(ensureEmbedded(dir), /passwords of the database in .* are lost/)
    for (const text of ['', '{"owner": "a', 'null', '[]', '{"owner":1,"app":2}']) {
      writeFileSync(file, text)
      await assert.rejects(ensureEmbedded(dir), (problem: { zh?: string }) => /已损坏：其中应有 owner 与 app/.test(problem.zh ?? ''), text)
    }
  } finally {
    writeFileSync(file, secrets, { mode: 0o600 })
  }
})

test('stopping makes nothing where there is no database, and ends the one that runs', async () => {
  const none = join(folder, 'none')
  assert.equal(await stopEmbedded(none), false)
  assert.equal(existsSync(none), false)
  await ensureEmbedded(dir)
  assert.equal(await stopEmbedded(dir), true)
  assert.equal(existsSync(join(dir, 'postmaster.pid')), false)
})

test('a server that went by itself is started again, one that was stopped on purpose is not', { skip: process.platform === 'win32' }, async () => {
  await reviveEmbedded(join(folder, 'none'))
  assert.equal(existsSync(join(folder, 'none')), false)
  await reviveEmbedded(dir)
  assert.equal(existsSync(join(dir, 'postmaster.pid')), false, 'stopped by the test before')
  await ensureEmbedded(dir)
  // As after a panic for want of room: it ends in order and leaves no trace.
  process.kill(serverPid(), 'SIGINT')
  while (existsSync(join(dir, 'postmaster.pid'))) await sleep(20)
  await reviveEmbedded(dir)
  assert.deepEqual(await query((await ensureEmbedded(dir)).appUrl, 'select 1 as one'), [{ one: 1 }])
  assert.equal(await stopEmbedded(dir), true)
  await reviveEmbedded(dir)
  assert.equal(existsSync(join(dir, 'postmaster.pid')), false)
})

test('a place that cannot be written is refused in both languages', async () => {
  const file = join(folder, 'a-file')
  writeFileSync(file, '')
  await assert.rejects(ensureEmbedded(join(file, 'pg')), (problem: { zh?: string; en?: string }) => /不能写入/.test(problem.zh ?? '') && /cannot be written/.test(problem.en ?? ''))
})

test('a lock of a dead process is taken over, a living one is waited for', async () => {
  const file = join(folder, 'lock')
  const dead = (await run(process.execPath, ['-p', 'process.pid'])).stdout.trim()
  writeFileSync(file, `${dead} 0.5`)
  assert.equal(await withLock(file, async () => 'taken'), 'taken')
  writeFileSync(file, `${process.ppid} 0.5`)
  await assert.rejects(withLock(file, async () => 'never', { patience: 200 }), /has held .* for too long/)
  rmSync(file)
  const order: string[] = []
  const slow = (name: string) => withLock(file, async () => {
    order.push(`${name} in`)
    await new Promise((resolve) => setTimeout(resolve, 100))
    order.push(`${name} out`)
  })
  await Promise.all([slow('a'), slow('b')])
  assert.match(order.join(' '), /^(\w) in \1 out (\w) in \2 out$/)
})
