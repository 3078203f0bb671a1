/**
 * The line to the database breaks before the first, the second … the last statement of what is done in one piece, and after its commit, before the answer arrives: as where the
 * server or the database is killed there. Nothing half done is left, sending again under the same id does it once and gives one answer, and a job that broke off is done once.
 * No time is waited for: the break comes at a statement.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Static, TSchema } from 'typebox'
import { Client, type PoolClient } from 'pg'
import type { Call } from '#kernel/contract.ts'
import { inInstitution } from '#kernel/database.ts'
import { handle, operator } from '#kernel/handle.ts'
import { newId } from '#kernel/ids.ts'
import { setClockOffset } from '#kernel/institutions.ts'
import { runDueJobs } from '#kernel/jobs.ts'
import * as briefs from '#slices/briefs/contract.ts'
import * as directory from '#slices/directory/contract.ts'
import * as facts from '#slices/facts/contract.ts'
import { exportFile } from '#slices/log/contract.ts'
import * as measures from '#slices/measures/contract.ts'
import * as notices from '#slices/notices/contract.ts'
import * as responses from '#slices/responses/contract.ts'
import { freshDatabase, type FreshDatabase } from './postgres.ts'
import { openScene, type Cast, type Scene } from './scene.ts'

let database: FreshDatabase
let scene: Scene
let owner: Client
const responseId = newId()
const measureId = newId()
const hour = 3_600_000
const day = 24 * hour

// ── The break ────────────────────────────────────────────────────────────────────────────────────
/** How far the institution's clock runs ahead. */
let shift = 0
const now = () => new Date(scene.now().getTime() + shift)
/** Moves the institution's clock; what falls due waits to be run. */
async function shiftTo(ms: number): Promise<void> {
  shift = ms
  await inInstitution(scene.kernel.connection.db, scene.institution.id, 'write', (tx) => setClockOffset(tx, scene.institution.id, ms))
  scene.kernel.sessions.clear()
}
/** Counts the statements of what is being done; `at`: breaks the line instead of sending that one, or behind the commit. */
const fault = { armed: false, at: 0 as number | 'commit' | 'answer', seen: 0, atCommit: 0 }
function breakable(): void {
  const { pool } = scene.kernel.connection
  const connect = pool.connect.bind(pool) as (...callback: unknown[]) => Promise<PoolClient>
  const known = new WeakSet<object>()
  pool.connect = ((...callback: unknown[]) => (callback.length ? connect(...callback) : watched())) as never
  const watched = async () => {
    const client = await connect()
    if (known.has(client)) return client
    known.add(client)
    const query = client.query.bind(client) as (...all: unknown[]) => Promise<unknown>
    const cut = () => void (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy()
    client.query = ((...all: unknown[]) => {
      if (!fault.armed) return query(...all)
      fault.seen += 1
      const commits = all[0] === 'commit'
      if (commits && fault.atCommit === 0) fault.atCommit = fault.seen
      const [breaks, swallows] = [fault.at === fault.seen || (commits && fault.at === 'commit'), commits && fault.at === 'answer']
      // Once: what is done about the break goes through.
      if (breaks || swallows) fault.at = 0
      if (breaks) cut()
      const sent = query(...all)
      return swallows ? sent.then(() => { cut(); throw new Error('Connection terminated') }) : sent
    }) as never
    return client
  }
}
async function broken(at: typeof fault.at, work: () => Promise<unknown>): Promise<{ failed: boolean; statements: number; problem?: unknown }> {
  Object.assign(fault, { armed: true, at, seen: 0, atCommit: 0 })
  try {
    await work()
    return { failed: false, statements: fault.atCommit }
  } catch (problem) {
    return { failed: true, statements: fault.atCommit, problem }
  } finally {
    fault.armed = false
  }
}
/** The first statement, the last and some between. */
const places = (statements: number) => [...new Set(Array.from({ length: 5 }, (_, index) => 1 + Math.round((index * (statements - 1)) / 4)))]

// ── What is stored ───────────────────────────────────────────────────────────────────────────────
let tables: string[] = []
/** Every row of every table, but for the jobs' own marks of who holds them. */
async function stored(): Promise<Record<string, string>> {
  const sums = tables.map((table) => `select '${table}' as name, coalesce(md5(string_agg(md5(${table === 'kernel.job' ? `(to_jsonb(t) - '{locked_until,attempts,last_error,run_at}'::text[])::text` : 't::text'}), '' order by t::text)), '') as sum from ${table} t`)
  return Object.fromEntries((await owner.query<{ name: string; sum: string }>(sums.join(' union all '))).rows.map(({ name, sum }) => [name, sum]))
}
/** What is counted on the board is what a count of the standings finds. */
async function recounted(): Promise<void> {
  const { total } = await scene.as('duty').call(measures.coverage, { unitId: scene.unit(scene.institution.name) })
  const { rows } = await owner.query<{ measureId: string; kept: number; gap: number; unknown: number }>(`select measure_id as "measureId", count(*) filter (where state = 'kept')::int as kept, count(*) filter (where state = 'gap')::int as gap, count(*) filter (where state = 'unknown')::int as unknown
    from measures.standing group by 1`)
  assert.ok(rows.length > 0)
  for (const { measureId: id, ...counted } of rows) {
    const shown = total.find((one) => one.measureId === id)
    assert.deepEqual(shown && { kept: shown.kept, gap: shown.gap, unknown: shown.unknown }, counted)
  }
}

before(async () => {
  database = await freshDatabase()
  scene = await openScene({ database: { ...database, drop: async () => {} } })
  owner = new Client({ connectionString: database.ownerUrl })
  await owner.connect()
  tables = (await owner.query<{ name: string }>(`select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') order by 1`)).rows.map(({ name }) => name)
  assert.ok(tables.length > 60, `${tables.length} tables`)
  const duty = scene.as('duty')
  await duty.call(responses.open, { responseId, name: '防控', hazards: ['influenza'], level: 3, basis: '传染病防治法', decidedBy: '指挥部', plannedEnd: null })
  await duty.call(measures.fromPreset, { measureId, responseId, key: 'whereabouts-known', basis: '第二条' })
  await scene.runJobs()
  breakable()
})
after(async () => {
  await owner?.end()
  await scene?.close()
  await database?.drop()
})

/** Breaks a call at each of its places, then behind its commit; then sends it again, twice. Answers what it answered. */
async function breaksWell<I extends TSchema, O extends TSchema>(call: Call<I, O>, input: Static<I>, who: Cast | null, file?: { name: string; bytes: Uint8Array<ArrayBuffer> }): Promise<Static<O>> {
  const requestId = newId()
  const request = who ? { token: scene.token(who) } : { actor: operator, institutionId: scene.institution.id }
  // Who it is, is known: what breaks is the call itself.
  const warm = () => handle(scene.kernel, 'directory.me', { who: request, input: {}, language: 'zh-Hans' })
  const send = async () => (await handle(scene.kernel, call.name, { who: request, input, requestId, file, language: 'zh-Hans' })).output as Static<O>
  const untouched = await stored()
  const breaks = async (at: typeof fault.at) => {
    await warm()
    return broken(at, send)
  }
  const whole = await breaks('commit')
  assert.ok(whole.failed && whole.statements > 3, `${call.name} breaks at its commit, the ${whole.statements}th statement: ${String(whole.problem)}`)
  assert.deepEqual(await stored(), untouched, `${call.name}: broken at the commit`)
  for (const at of places(whole.statements)) {
    assert.ok((await breaks(at)).failed, `${call.name} did not break at statement ${at} of ${whole.statements}`)
    assert.deepEqual(await stored(), untouched, `${call.name}: broken at statement ${at} of ${whole.statements}`)
  }
  assert.ok((await breaks('answer')).failed, 'the answer is lost on its way')
  const done = await stored()
  assert.notDeepEqual(done, untouched, `${call.name} was done`)
  const answer = await send()
  assert.deepEqual(await send(), answer, `${call.name}: one id, one answer`)
  assert.deepEqual(await stored(), done, `${call.name} is not done again`)
  return answer
}

/** Runs what is due, one job after the other, each broken at some of its statements and at its commit before it is let through. */
async function jobsBreakWell(kinds: RegExp): Promise<string[]> {
  const ran: string[] = []
  const release = () => owner.query(`update kernel.job set locked_until = null, attempts = 0, run_at = $1 where locked_until is not null`, [new Date(now().getTime() - 1000)])
  const due = async () => (await owner.query<{ kind: string; id: string }>(`select kind, job_id as id from kernel.job where run_at <= $1 order by run_at, job_id`, [now()])).rows
  for (let round = 0; round < 400; round++) {
    const before = await due()
    if (!before.length) return ran
    const untouched = await stored()
    const some = ran.filter((kind) => kinds.test(kind)).length < 6
    for (const at of some ? (['commit', 5, 12] as const) : []) {
      await broken(at, () => runDueJobs(scene.kernel, 1))
      const left = await stored()
      await release()
      const held = new Set((await due()).map(({ id }) => id))
      if (!before.every(({ id }) => held.has(id))) break // It was shorter than that.
      assert.deepEqual(left, untouched, `a job of ${[...new Set(before.map(({ kind }) => kind))].join(', ')} broken at ${at}`)
    }
    await runDueJobs(scene.kernel, 1)
    await release()
    const still = new Set((await due()).map(({ id }) => id))
    ran.push(...before.filter(({ id }) => !still.has(id)).map(({ kind }) => kind))
  }
  return assert.fail(`jobs do not come to rest: ${ran.slice(-5).join(', ')}`)
}

test('a notice to all is issued whole or not at all, once', async () => {
  const duty = scene.as('duty')
  const [noticeId, dutyId] = [newId(), newId()]
  await duty.call(notices.importNotice, { noticeId, responseId, text: '关于做好师生去向摸排的通知\n各二级学院：\n一、各学院要摸清每名师生去向，不得漏报。\n学校疫情防控办公室\n2026年11月22日' })
  for (const read of (await duty.call(notices.draft, { noticeId })).duties) await duty.call(notices.dropDuty, { dutyId: read.dutyId })
  await duty.call(notices.addDuty, { noticeId, dutyId, text: '摸清每名师生去向', modality: 'must', unitIds: [scene.unit('信息学院'), scene.unit('医学院')], dueAt: new Date(scene.now().getTime() + hour).toISOString(), evidence: '去向登记', reportTo: '学校办公室', review: false })
  await duty.call(notices.joinMeasure, { dutyId, measureId })
  await duty.call(notices.confirmDuties, { noticeId, dutyIds: [dutyId] })
  await breaksWell(notices.issue, { noticeId, acceptBlanks: true }, 'duty')
  assert.equal((await duty.call(notices.duty, { dutyId })).assignments.length, 2, 'one task for each college')
})

test('a measure is switched on for everybody or for nobody, once', async () => {
  const second = newId()
  await scene.as('duty').call(measures.fromPreset, { measureId: second, responseId, key: 'whereabouts-known', basis: '第三条' })
  await breaksWell(measures.switchOn, { measureId: second, sponsor: '核对用，不问真人' }, 'duty')
  const { rows } = await owner.query<{ n: number; people: number }>('select count(*)::int as n, count(distinct subject_id)::int as people from measures.standing where measure_id = $1', [second])
  assert.ok(rows[0]?.people && rows[0].n === rows[0].people)
  await recounted()
})

test('a file of facts enters once, whatever breaks while it is sent, checked and entered', async () => {
  const [text, importId] = [`学号,去向,时间\n${['20261001', '20261002', '20262001'].map((number) => `${number},310115,2026-01-01 08:00`).join('\n')}\n`, newId()]
  const bytes = new TextEncoder().encode(text)
  const whereabouts = (await scene.as('duty').call(facts.attributes, {})).attributes.find((one) => one.key === 'whereabouts')?.label.zh ?? ''
  const file = new TextEncoder().encode(text.replace('去向', whereabouts))
  assert.ok(whereabouts && bytes.length)
  await breaksWell(facts.startImport, { importId, fileName: 'a.csv', bytes: file.length }, 'duty')
  await breaksWell(facts.sendPiece, { importId, starts: 0 }, 'duty', { name: 'a.csv', bytes: file })
  await breaksWell(facts.checkImport, { importId }, 'duty')
  await jobsBreakWell(/^facts\.import$/)
  await breaksWell(facts.applyImport, { importId }, 'duty')
  const ran = await jobsBreakWell(/^facts\.import$/)
  assert.ok(ran.includes('facts.import'))
  const { import: done } = await scene.as('duty').call(facts.findImport, { importId })
  assert.deepEqual([done.state, done.counts.stored], ['applied', 3])
  await recounted()
})

test('a roster enters once', async () => {
  const importId = newId()
  const file = { name: 'x.csv', bytes: new TextEncoder().encode('学号,姓名,学院,年级,班级\n20263001,新某甲,信息学院,2026,软件2026-3班\n20263002,新某乙,信息学院,2026,软件2026-3班\n') }
  await breaksWell(directory.previewRoster, { importId }, 'administrator', file)
  await breaksWell(directory.applyRoster, { importId }, 'administrator')
  assert.equal((await owner.query("select from directory.person where number like '20263%'")).rowCount, 2)
  await jobsBreakWell(/^(directory|measures)\./)
  await recounted()
})

test('a brief is drafted and signed once; the log is exported once', async () => {
  const briefId = newId()
  await breaksWell(briefs.draft, { briefId, unitId: scene.unit('信息学院'), responseId }, 'secretary')
  await breaksWell(briefs.sign, { briefId }, 'secretary')
  const { rows } = await breaksWell(exportFile, { what: 'events', purpose: '核对导出' }, 'dataProtection')
  assert.ok(rows > 0)
})

test('midnight comes once', async () => {
  await shiftTo(shift + 25 * hour)
  const ran = await jobsBreakWell(/./)
  assert.ok(ran.length > 1, ran.join(' '))
  await recounted()
})

test('an erasure goes on where it broke off, and its certificate counts each row once', async () => {
  await scene.as('dataProtection').call(responses.setErasureRule, { days: 0, basis: '核对用', decidedBy: '测试' })
  await breaksWell(responses.close, { responseId, reason: '结束', decidedBy: '测试' }, 'duty')
  const there = (await owner.query<{ n: number }>('select count(*)::int as n from facts.fact')).rows[0]?.n
  await shiftTo(shift + 2 * day)
  await jobsBreakWell(/^responses\./)
  const { state, certificate } = await scene.as('student').call(responses.erasure, { responseId })
  assert.equal(state, 'done')
  assert.equal(certificate?.erased.find((one) => one.kind === 'facts.fact')?.rows, there)
  assert.equal((await owner.query('select from facts.fact')).rowCount, 0)
})
