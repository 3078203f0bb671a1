/** Jobs with strangers: prepared in one transaction, done in none, recorded in another; they hold up nobody and survive a failure in the middle. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { inInstitution } from '#kernel/database.ts'
import { enqueueJobs } from '#kernel/enqueue.ts'
import { runDueJobs, startWorker } from '#kernel/jobs.ts'
import { job, outsideJob, type JobHandler } from '#kernel/server.ts'
import { openScene, type Scene } from './scene.ts'

let scene: Scene
before(async () => void (scene = await openScene()))
after(() => scene.close())

const run = <T>(work: Parameters<typeof inInstitution<T>>[3]) => inInstitution(scene.kernel.connection.db, scene.institution.id, 'write', work)
const register = (handler: JobHandler) => scene.kernel.registry.jobs.set(handler.kind, [handler])
const enqueue = (kind: string) => run((tx) => enqueueJobs(tx, scene.institution.id, [{ kind }], new Date(Date.now() - 1000)))
const waiting = (kind: string) => run(async (tx) => (await sql<{ attempts: number; error: string | null }>`select attempts, last_error as error from kernel.job where kind = ${kind}`.execute(tx)).rows)
const soon = (kind: string) => run((tx) => sql`update kernel.job set run_at = now() - interval '1 second', locked_until = null where kind = ${kind}`.execute(tx))

test('what is prepared is committed before the work, the job goes with the record, and a failure brings it again', async () => {
  const seen: string[] = []
  let failing: 'work' | 'record' | null = 'work'
  register(outsideJob('test.outside', {
    prepare: async (ctx) => {
      await sql`update kernel.institution set settings = settings || '{"prepared": true}' where institution_id = ${ctx.institution.id}`.execute(ctx.tx)
      return { to: 'somebody' }
    },
    work: async ({ to }) => {
      const [row] = await run(async (tx) => (await sql<{ prepared: boolean | null }>`select (settings->>'prepared')::boolean as prepared from kernel.institution where institution_id = ${scene.institution.id}`.execute(tx)).rows)
      seen.push(`${to} ${row?.prepared}`)
      if (failing === 'work') throw new Error('hung up')
      return 'answer'
    },
    record: async (ctx, result) => {
      if (failing === 'record') throw new Error('no room')
      seen.push(result)
      ctx.enqueue({ kind: 'test.after' })
    },
  }))
  let afterwards = 0
  register(job('test.after', async () => void afterwards++))
  await enqueue('test.outside')
  await runDueJobs(scene.kernel)
  assert.deepEqual(await waiting('test.outside'), [{ attempts: 1, error: 'hung up' }])
  failing = 'record'
  await soon('test.outside')
  await runDueJobs(scene.kernel)
  assert.deepEqual(await waiting('test.outside'), [{ attempts: 2, error: 'no room' }])
  failing = null
  await soon('test.outside')
  await scene.runJobs()
  assert.deepEqual(await waiting('test.outside'), [])
  assert.deepEqual(seen, ['somebody true', 'somebody true', 'somebody true', 'answer'])
  assert.equal(afterwards, 1)
})

test('while one waits for a stranger the worker does what else is due, and does not stop before it is recorded', async () => {
  let letGo: () => void = () => {}
  const answered = new Promise<void>((resolve) => (letGo = resolve))
  let recorded = false
  register(outsideJob('test.slow', { prepare: async () => ({}), work: () => answered, record: async () => void (recorded = true) }))
  let quick = 0
  register(job('test.quick', async () => void quick++))
  await enqueue('test.slow')
  const worker = startWorker(scene.kernel)
  try {
    for (let tries = 0; tries < 100 && !(await waiting('test.slow'))[0]?.attempts; tries++) await new Promise((resolve) => setTimeout(resolve, 20))
    await enqueue('test.quick')
    worker.wake()
    for (let tries = 0; tries < 100 && !quick; tries++) await new Promise((resolve) => setTimeout(resolve, 20))
    assert.deepEqual([quick, recorded], [1, false])
  } finally {
    setTimeout(letGo, 50)
    await worker.stop()
  }
  assert.equal(recorded, true)
  assert.deepEqual(await waiting('test.slow'), [])
})

test('a killed server holds up what it was at for a minute, and for five what speaks with strangers; one that another claimed meanwhile is left to that one', async () => {
  const seconds = async (kind: string) => (await run(async (tx) => (await sql<{ s: number }>`select extract(epoch from locked_until - now())::float8 as s from kernel.job where kind = ${kind}`.execute(tx)).rows))[0]?.s ?? 0
  const held: number[] = []
  register(job('test.held', async () => void held.push(await seconds('test.held'))))
  let prepared = 0
  register(outsideJob('test.held-outside', { prepare: async () => { prepared += 1; return {} }, work: async () => void held.push(await seconds('test.held-outside')), record: async () => {} }))
  await enqueue('test.held')
  await enqueue('test.held-outside')
  await scene.runJobs()
  assert.deepEqual(held.map((left) => Math.ceil(left / 60)), [1, 5])
  // The job before it took so long that another process has claimed the next.
  register(job('test.long', () => run(async (tx) => void (await sql`update kernel.job set attempts = attempts + 1, locked_until = now() + interval '1 minute' where kind = 'test.held-outside'`.execute(tx)))))
  await enqueue('test.long')
  await enqueue('test.held-outside')
  await run((tx) => sql`update kernel.job set run_at = run_at - interval '1 second' where kind = 'test.long'`.execute(tx))
  await runDueJobs(scene.kernel)
  assert.deepEqual([prepared, (await waiting('test.held-outside')).map((one) => one.attempts)], [1, [2]])
  await soon('test.held-outside')
  await scene.runJobs()
  assert.deepEqual([prepared, await waiting('test.held-outside')], [2, []])
})

test('a server whose clock is behind the database\'s does what has fallen due in its time, not before it', async () => {
  const due = new Date(Date.now() - 2000)
  const seen: Date[] = []
  register(job('test.when', async (ctx) => { seen.push(ctx.now) }))
  const real = scene.kernel.clock
  scene.kernel.clock = { now: () => Date.now() - 300_000 }
  try {
    await run((tx) => enqueueJobs(tx, scene.institution.id, [{ kind: 'test.when', at: due }], due))
    while (seen.length === 0) assert.ok((await runDueJobs(scene.kernel)) > 0, 'it is due')
    assert.deepEqual(seen, [due])
  } finally {
    scene.kernel.clock = real
  }
})
