/** Two server processes on one database are one server: sessions, wrong passwords, requests, jobs and files are the database's, not a process's. (Live updates: durability.test.ts.) */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { CallProblem, httpClient } from '#kernel/client.ts'
import type { Call } from '#kernel/contract.ts'
import { inInstitution } from '#kernel/database.ts'
import { enqueueJobs } from '#kernel/enqueue.ts'
import { newId } from '#kernel/ids.ts'
import { startWorker } from '#kernel/jobs.ts'
import { job } from '#kernel/server.ts'
import { changePassword, invite, me, redeem, signIn, signOut } from '#slices/directory/contract.ts'
import * as facts from '#slices/facts/contract.ts'
import { open, list } from '#slices/responses/contract.ts'
import { httpServer } from '#kernel/http.ts'
import { startKernel, type Running } from '../entry/start.ts'
import { freshDatabase, type FreshDatabase } from './postgres.ts'
import { openScene, type Scene } from './scene.ts'

let database: FreshDatabase
let scene: Scene
const servers: { origin: string; running: Running; close(): Promise<void> }[] = []
const password = '三月的江畔有一排很老的垂柳'
const at = (index: number) => servers[index % 2] as (typeof servers)[number]
const client = (index: number, token?: string) => httpClient({ origin: at(index).origin, language: () => 'zh-Hans', ...(token ? { token } : {}) })
const refusal = async (work: Promise<unknown>) => {
  const problem = await work.then(() => null, (error: unknown) => error)
  assert.ok(problem instanceof CallProblem, 'it is refused')
  return problem
}

before(async () => {
  database = await freshDatabase()
  scene = await openScene({ database: { ...database, drop: async () => {} } })
  for (let index = 0; index < 2; index++) {
    let wake = () => {}
    const running = await startKernel(database, { onChange: () => wake() })
    // A job that a test can count: each run leaves one line in the log, in the transaction that takes the job away.
    running.kernel.registry.jobs.set('test.count', [job<{ n: number }>('test.count', async (ctx, { n }) => {
      ctx.log({ detail: { n, server: index } })
      await sleep(2)
    })])
    const app = await httpServer(running.kernel, running.live as NonNullable<Running['live']>)
    await app.listen({ host: '127.0.0.1', port: 0 })
    const address = app.server.address()
    const worker = startWorker(running.kernel)
    wake = worker.wake
    servers.push({ origin: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`, running, async close() {
      await app.close()
      await worker.stop()
      await running.close()
    } })
  }
})
after(async () => {
  for (const server of servers) await server.close()
  await scene?.close()
  await database?.drop()
})

/** Signs somebody in who had no password yet. */
async function account(who: string): Promise<string> {
  const { invitations } = await scene.as('administrator').call(invite, { personIds: [scene.person(who)] })
  return (await client(0).call(redeem, { code: invitations[0]?.code ?? '', login: who, password })).token
}
/** Long before a process would look again by itself. */
async function endsSoon(index: number, token: string): Promise<void> {
  const end = Date.now() + 2000
  for (;;) {
    const problem = await client(index, token).call(me, {}).then(() => null, (error: unknown) => error)
    if (problem instanceof CallProblem && problem.status === 401) return
    assert.ok(Date.now() < end, 'a session ended on one server lives on at the other')
    await sleep(20)
  }
}

test('a session of one is a session of the other; signing out on one ends it on both', async () => {
  const token = await account('20261005')
  for (const index of [0, 1]) assert.equal((await client(index, token).call(me, {})).person.personId, scene.person('20261005'))
  await client(0, token).call(signOut, {})
  await endsSoon(1, token)
  await endsSoon(0, token)
})

test('a changed password ends the other sessions everywhere, and only those', async () => {
  const here = await account('20261105')
  const there = (await client(1).call(signIn, { login: '20261105', password })).token
  for (const [index, token] of [[0, here], [1, there], [1, here], [0, there]] as const) await client(index, token).call(me, {})
  await client(0, here).call(changePassword, { current: password, next: `${password}又一年` })
  await endsSoon(1, there)
  await endsSoon(0, there)
  for (const index of [0, 1]) await client(index, here).call(me, {})
})

test('wrong passwords are counted together: going round the servers gives no more tries', async () => {
  await account('20262005')
  for (let tries = 0; tries < 5; tries++) assert.equal((await refusal(client(tries).call(signIn, { login: '20262005', password: 'wrong' }))).code, 'sign-in-refused')
  for (const index of [0, 1]) assert.equal((await refusal(client(index).call(signIn, { login: '20262005', password }))).code, 'sign-in-rests', 'not even with the right one, for a while')
})

test('who has an account cannot be told from wrong passwords: a login that nobody has rests as well', async () => {
  const told: string[] = []
  for (let tries = 0; tries < 7; tries++) told.push((await refusal(client(0).call(signIn, { login: 'nobody-has-this', password: 'wrong' }))).code)
  assert.deepEqual(told, [...Array.from({ length: 5 }, () => 'sign-in-refused'), 'sign-in-rests', 'sign-in-rests'])
})

test('one request sent to both at once is done once, with one answer', async () => {
  for (let round = 0; round < 5; round++) {
    const requestId = newId()
    const input = { responseId: newId(), name: `防控 ${round}`, hazards: ['influenza' as const], level: 3, basis: '传染病防治法', decidedBy: '指挥部', plannedEnd: null }
    const answers = await Promise.all([0, 1, 0, 1].map((index) => client(index, scene.token('duty')).call(open as Call, input as never, { requestId }) as Promise<unknown>))
    for (const answer of answers) assert.deepEqual(answer, answers[0])
    const { responses } = await client(round, scene.token('duty')).call(list, {})
    assert.equal(responses.filter((one) => one.responseId === input.responseId).length, 1)
  }
})

test('one answer sent to both at once is stored once', async () => {
  await client(0, scene.token('duty')).call(facts.saveAttribute, { key: 'temperature', subjectKind: 'person', type: 'number', label: { zh: '体温', en: 'Temperature' }, options: [], unit: '℃', min: 34, max: 43, sensitivity: 'sensitive', freshSeconds: null, askedOf: 'self', purpose: { zh: '早发现', en: 'To find illness' }, seconds: 5 })
  const outcomes: string[] = []
  for (let round = 0; round < 20; round++) {
    const one = { factId: newId(), attribute: 'temperature', value: 36.5, observedAt: new Date().toISOString() }
    const answers = await Promise.all([0, 1].map((index) => client(index, scene.token('student')).call(facts.answer, { answers: [one] })))
    outcomes.push(answers.map(({ results }) => (results[0]?.outcome === 'repeated' ? 'again' : 'first')).toSorted().join())
  }
  assert.deepEqual([...new Set(outcomes)], ['again,first'])
})

test('each job runs once, whichever server takes it, and both take some', async () => {
  const jobs = 300
  await inInstitution(scene.kernel.connection.db, scene.institution.id, 'write', (tx) => enqueueJobs(tx, scene.institution.id, Array.from({ length: jobs }, (_, n) => ({ kind: 'test.count', payload: { n } })), new Date()))
  const ran = () => inInstitution(scene.kernel.connection.db, scene.institution.id, 'read', async (tx) => (await sql<{ n: number; server: number }>`select (detail ->> 'n')::int as n, (detail ->> 'server')::int as server from kernel.log where institution_id = ${scene.institution.id} and call = 'job.test.count' order by 1`.execute(tx)).rows)
  const end = Date.now() + 30_000
  while ((await ran()).length < jobs && Date.now() < end) await sleep(100)
  await sleep(300)
  const rows = await ran()
  assert.deepEqual(rows.map((row) => row.n), Array.from({ length: jobs }, (_, n) => n), 'none twice, none lost')
  assert.deepEqual([...new Set(rows.map((row) => row.server))].toSorted(), [0, 1])
})

test('a file may be sent in pieces to either, and is read by whichever worker is free: every row once', async () => {
  const doctor = (index: number) => client(index, scene.token('doctor'))
  const lines = Array.from({ length: 6000 }, (_, index) => `2026${1001 + (index % 5)},${(35 + (index % 50) / 10).toFixed(1)},${new Date(Date.UTC(2026, 1, 1) + Math.floor(index / 5) * 60_000).toISOString()}`)
  const bytes = new TextEncoder().encode(`学号,体温,时间\n${lines.join('\n')}\n2026,x,y\n`)
  const importId = newId()
  const done = async (state: string) => {
    const end = Date.now() + 30_000
    for (let index = 0; ; index++) {
      const { import: one } = await doctor(index).call(facts.findImport, { importId })
      if (one.state === state) return one
      assert.ok(Date.now() < end, `still ${one.state}`)
      await sleep(50)
    }
  }
  await doctor(0).call(facts.startImport, { importId, fileName: 'a.csv', bytes: bytes.length })
  const size = Math.ceil(bytes.length / 6)
  for (let piece = 0; piece * size < bytes.length; piece++) await doctor(piece).call(facts.sendPiece, { importId, starts: piece * size }, { file: { name: 'a.csv', bytes: bytes.slice(piece * size, (piece + 1) * size) } })
  await doctor(1).call(facts.checkImport, { importId })
  const seen = await done('checked')
  assert.deepEqual([seen.counts.good, seen.counts.bad], [6000, 1])
  // Pressed on both at once.
  await Promise.all([0, 1].map((index) => doctor(index).call(facts.applyImport, { importId })))
  const entered = await done('applied')
  assert.equal(entered.counts.stored + entered.counts.older, 6000)
  const stored = await inInstitution(scene.kernel.connection.db, scene.institution.id, 'read', async (tx) => (await sql<{ n: number }>`select count(*)::int as n from facts.fact where institution_id = ${scene.institution.id} and source = 'import'`.execute(tx)).rows[0]?.n)
  assert.equal(stored, 6000)
})
