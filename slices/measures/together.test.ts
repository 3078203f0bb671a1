/** Those who work on the same people in the same moment, from two processes: neither counts without the other's. */
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { inInstitution, type Tx } from '#kernel/database.ts'
import { Run, system } from '#kernel/handle.ts'
import { newId } from '#kernel/ids.ts'
import { answer } from '#slices/facts/contract.ts'
import { record } from '#slices/facts/server.ts'
import { open } from '#slices/responses/contract.ts'
import { openScene, type Cast, type Scene } from '../../tests/scene.ts'
import { coverage, draft, fromPreset, switchOn } from './contract.ts'

let scene: Scene
const responseId = newId()
before(async () => {
  scene = await openScene()
  await scene.operate(open, { responseId, name: '同时', hazards: ['other'], level: 4, basis: '核对用', decidedBy: '测试', plannedEnd: null })
  // Makes the attributes; these stay drafts.
  await scene.operate(fromPreset, { measureId: newId(), responseId, key: 'listed-area-observed', basis: '核对用' })
  await scene.operate(fromPreset, { measureId: newId(), responseId, key: 'whereabouts-known', basis: '核对用' })
})
after(() => scene.close())

/** A transaction of its own, kept open until `meanwhile` is over. */
const within = (work: (ctx: Run) => Promise<unknown>, meanwhile: (tx: Tx) => Promise<unknown> = async () => undefined) =>
  inInstitution(scene.kernel.connection.db, scene.institution.id, 'write', async (tx) => {
    const ctx = new Run(tx, { ...scene.institution, clockOffsetMs: scene.now().getTime() - Date.now() }, system, scene.kernel.clock, { language: 'zh-Hans' })
    await work(ctx)
    await meanwhile(tx)
    await ctx.settle({ kind: 'read', name: 'test' } as never)
  })
const bring = (who: Cast, attribute: string, value: unknown, meanwhile?: (tx: Tx) => Promise<unknown>) =>
  within((ctx) => record(ctx, [{ factId: newId(), subjectId: scene.person(who), attribute, value, observedAt: scene.now().toISOString(), source: 'office', by: null }]), meanwhile)
const kept = async (measureId: string) => (await scene.as('duty').call(coverage, { unitId: scene.unit('软件2026-1班'), measureId })).total[0]?.kept
const measureOfClass = async (rules: { field: string; operator: string; value: unknown }[], combinator: 'and' | 'or' = 'or') => {
  const measureId = newId()
  await scene.operate(draft, {
    measureId, responseId, name: { zh: '同时', en: 'At once' }, subjectKind: 'person', population: { combinator: 'and', rules: [{ field: 'person.unit', operator: 'inUnit', value: scene.unit('软件2026-1班') }, { field: 'person.kind', operator: '=', value: 'student' }] },
    condition: { combinator, rules }, basis: '核对用', demandedBy: 'school', followUp: 'none', danger: 2, endsAt: null,
  })
  return measureId
}
/** As a roster that comes in does, in a transaction of its own. */
const changeRoster = (statement: string) => within(async (ctx) => (await sql.raw(statement).execute(ctx.tx), ctx.enqueue({ kind: 'directory.changed', key: 'changed' })))

test('two facts that only together keep a measure, brought at once in two transactions, keep it', async () => {
  const measureId = await measureOfClass([{ field: 'arrival-day', operator: 'notNull', value: null }, { field: 'observation-place', operator: '=', value: 'home' }], 'and')
  await scene.operate(switchOn, { measureId })
  let second: Promise<unknown> = Promise.resolve()
  await bring('student', 'arrival-day', '2026-11-01', async () => {
    second = bring('student', 'observation-place', 'home')
    await sleep(150) // the other one has come as far as it can
  })
  await second
  assert.equal(await kept(measureId), 1)
})

test('two facts about somebody who has no standing yet, brought at once, keep it as well', async () => {
  const measureId = await measureOfClass([{ field: 'arrival-day', operator: 'notNull', value: null }, { field: 'observation-place', operator: '=', value: 'site' }], 'and')
  await scene.operate(switchOn, { measureId })
  await within((ctx) => sql`delete from measures.standing where measure_id = ${measureId} and subject_id = ${scene.person('classmate')}`.execute(ctx.tx))
  let second: Promise<unknown> = Promise.resolve()
  await bring('classmate', 'arrival-day', '2026-11-01', async () => {
    second = bring('classmate', 'observation-place', 'site')
    await sleep(150)
  })
  await second
  assert.equal(await kept(measureId), 1)
})

test('an answer that comes while everybody is counted anew is not undone by the count', async () => {
  const measureId = await measureOfClass([{ field: 'person.grade', operator: '=', value: '2026' }, { field: 'whereabouts', operator: 'inAreas', value: ['31'] }])
  await scene.operate(switchOn, { measureId })
  await scene.runJobs()
  assert.equal(await kept(measureId), 5)
  const [first, ...others] = ['20261001', '20261002', '20261003', '20261004', '20261005'].toSorted((a, b) => (scene.person(a) < scene.person(b) ? -1 : 1))
  assert.ok(first && others[0])
  await changeRoster(`update directory.person set grade = '2025' where number like '20261%'`)
  let counting: Promise<unknown> = Promise.resolve()
  // Somebody holds on to the first of them (without writing), so that the count has to wait while the answer of another comes.
  await within((ctx) => sql`select from measures.standing where measure_id = ${measureId} and subject_id = ${scene.person(first)} for update`.execute(ctx.tx), async () => {
    counting = scene.runJobs()
    await sleep(400)
    await scene.as(others[0] ?? '').call(answer, { answers: [{ factId: newId(), attribute: 'whereabouts', value: '310101', observedAt: scene.now().toISOString() }] })
  })
  await counting
  assert.equal(await kept(measureId), 1)
})

test('an answer that was on its way when a measure was switched on counts in it', async () => {
  const measureId = await measureOfClass([{ field: 'whereabouts', operator: 'inAreas', value: ['44'] }])
  await bring('student', 'whereabouts', '440100', async () => {
    await scene.operate(switchOn, { measureId })
    await scene.runJobs()
    assert.equal(await kept(measureId), 0, 'it is not known yet')
  })
  await scene.advance(2000)
  assert.equal(await kept(measureId), 1)
})

test('who leaves the population and who joins it while others write are counted right', async () => {
  const measureId = await measureOfClass([{ field: 'whereabouts', operator: 'inAreas', value: ['51'] }])
  await scene.operate(switchOn, { measureId })
  await scene.runJobs()
  // An answer that began before somebody left would count them in again, had the count not waited for it.
  await bring('branchSecretary', 'whereabouts', '510100', async () => {
    await changeRoster(`update directory.person set kind = 'family' where number = '20261001'`)
    await scene.runJobs()
  })
  await scene.advance(2000)
  const { total } = await scene.as('duty').call(coverage, { unitId: scene.unit('软件2026-1班'), measureId })
  assert.deepEqual([total[0]?.population, total[0]?.kept], [4, 0])
  await changeRoster(`update directory.person set kind = 'student' where number = '20261001'`)
  await scene.runJobs()
  const again = await scene.as('duty').call(coverage, { unitId: scene.unit('软件2026-1班'), measureId })
  assert.deepEqual([again.total[0]?.population, again.total[0]?.kept], [5, 1])
})
