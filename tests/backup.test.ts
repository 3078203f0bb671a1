/** A backup taken under writing brings back exactly one moment, into an empty installation, whole or not at all. */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync, existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Client } from 'pg'
import { backup, restore } from '#kernel/backup.ts'
import { newId } from '#kernel/ids.ts'
import { Problem } from '#kernel/problems.ts'
import { me } from '#slices/directory/contract.ts'
import { answer, profile } from '#slices/facts/contract.ts'
import { coverage, fromPreset, switchOn } from '#slices/measures/contract.ts'
import { open } from '#slices/responses/contract.ts'
import { freshDatabase, type FreshDatabase } from './postgres.ts'
import { openScene, type Scene } from './scene.ts'
import { httpServer } from '#kernel/http.ts'
import { httpClient } from '#kernel/client.ts'
import { startKernel } from '../entry/start.ts'

let folder: string
let source: FreshDatabase
let scene: Scene
const databases: FreshDatabase[] = []
const responseId = newId()
const measureId = newId()
const empty = async () => {
  const made = await freshDatabase()
  databases.push(made)
  return made
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bulwark-backup-'))
  source = await freshDatabase()
  scene = await openScene({ database: { ...source, drop: async () => {} } })
  await scene.as('duty').call(open, { responseId, name: '防控，“引号”\t和\n换行 \\N', hazards: ['influenza'], level: 3, basis: '传染病防治法', decidedBy: '指挥部', plannedEnd: null })
  await scene.as('duty').call(fromPreset, { measureId, responseId, key: 'whereabouts-known', basis: '第二条' })
  await scene.as('duty').call(switchOn, { measureId })
  await scene.runJobs()
  await scene.as('student').call(answer, { answers: [{ factId: newId(), attribute: 'whereabouts', value: '310115', observedAt: new Date().toISOString() }] })
})
after(async () => {
  await scene?.close()
  await source?.drop()
  for (const database of databases) await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

async function all(url: string): Promise<Record<string, unknown[]>> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const tables = (await client.query<{ name: string }>(`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname || '.' || c.relname <> 'kernel.migration' order by 1`)).rows
    const found: Record<string, unknown[]> = {}
    for (const { name } of tables) found[name] = (await client.query(`select t::text as row from ${name} t order by 1`)).rows
    return found
  } finally {
    await client.end()
  }
}
const refusal = async (work: Promise<unknown>) => {
  const problem = await work.then(() => null, (error: unknown) => error)
  assert.ok(problem instanceof Problem, `refused in words: ${String(problem)}`)
  return problem
}

test('everything comes back: every row, and people go on where they were', async () => {
  const file = join(folder, 'a.bulwark')
  const before = await all(source.ownerUrl)
  const made = await backup(source.ownerUrl, file)
  assert.equal(made.rows, Object.values(before).reduce((sum, rows) => sum + rows.length, 0))
  const target = await empty()
  const done = await restore(target.ownerUrl, file)
  assert.equal(done.rows, made.rows)
  assert.deepEqual(await all(target.ownerUrl), before)

  const running = await startKernel(target)
  const app = await httpServer(running.kernel, running.live as NonNullable<typeof running.live>)
  try {
    await app.listen({ host: '127.0.0.1', port: 0 })
    const address = app.server.address()
    const as = (who: 'student' | 'duty') => httpClient({ origin: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`, language: () => 'zh-Hans', token: scene.token(who) })
    assert.equal((await as('student').call(me, {})).person.personId, scene.person('student'), 'the session of before is good')
    assert.equal((await as('student').call(profile, { personId: scene.person('student') })).facts[0]?.value, '310115')
    const state = await scene.as('duty').call(coverage, { unitId: scene.unit(scene.institution.name), measureId })
    assert.deepEqual((await as('duty').call(coverage, { unitId: scene.unit(scene.institution.name), measureId })).total.map(({ kept, unknown }) => ({ kept, unknown })), state.total.map(({ kept, unknown }) => ({ kept, unknown })))
    // New rows take new numbers.
    await as('student').call(answer, { answers: [{ factId: newId(), attribute: 'whereabouts', value: '110101', observedAt: new Date().toISOString() }] })
  } finally {
    await app.close()
    await running.close()
  }
})

test('a backup is one moment, whatever is written meanwhile', async () => {
  const file = join(folder, 'b.bulwark')
  let going = true
  const writing = (async () => {
    for (let n = 0; going; n++) await scene.as(n % 2 ? 'student' : 'classmate').call(answer, { answers: [{ factId: newId(), attribute: 'whereabouts', value: n % 3 ? '310115' : '420106', observedAt: new Date().toISOString() }] })
  })()
  await backup(source.ownerUrl, file)
  going = false
  await writing
  const target = await empty()
  await restore(target.ownerUrl, file)
  const client = new Client({ connectionString: target.ownerUrl })
  await client.connect()
  try {
    const { rows } = await client.query(`select (select count(*)::int from facts.profile p where not exists (select from facts.fact f where f.fact_id = p.fact_id)) as dangling,
      (select count(*)::int from facts.fact f where exists (select from facts.profile p where p.subject_id = f.subject_id and p.attribute = f.attribute and (f.observed_at, f.fact_id) > (p.observed_at, p.fact_id))) as ahead`)
    assert.deepEqual(rows, [{ dangling: 0, ahead: 0 }])
  } finally {
    await client.end()
  }
})

test('a restore goes into an empty installation only, and a damaged file leaves it empty', async () => {
  const file = join(folder, 'c.bulwark')
  await backup(source.ownerUrl, file)
  assert.equal((await refusal(restore(source.ownerUrl, file))).code, 'not-empty')
  const target = await empty()
  const bytes = readFileSync(file)
  const cut = join(folder, 'cut.bulwark')
  writeFileSync(cut, bytes)
  truncateSync(cut, Math.floor(bytes.length * 0.7))
  assert.equal((await refusal(restore(target.ownerUrl, cut))).code, 'broken-backup')
  const rubbish = join(folder, 'rubbish.bulwark')
  writeFileSync(rubbish, 'no backup at all')
  assert.equal((await refusal(restore(target.ownerUrl, rubbish))).code, 'broken-backup')
  assert.equal((await refusal(restore(target.ownerUrl, join(folder, 'nowhere')))).code, 'no-such-file')
  assert.ok(Object.values(await all(target.ownerUrl)).every((rows) => rows.length === 0), 'nothing of them came in')
  await restore(target.ownerUrl, file)
})

test('a backup that cannot be finished leaves no file that looks like one', async () => {
  const file = join(folder, 'd.bulwark')
  await assert.rejects(backup(source.ownerUrl, join(folder, 'missing', 'd.bulwark')))
  await assert.rejects(backup(source.appUrl, file))
  assert.equal(existsSync(file), false)
  assert.equal(existsSync(`${file}.part`), false)
})
