/** Follow-ups of gaps: once, after the grace, up the tree while nobody touches them, and gone with the gap, the measure or the response. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { inInstitution } from '#kernel/database.ts'
import { operator, Run } from '#kernel/handle.ts'
import { newId } from '#kernel/ids.ts'
import { runDueJobs } from '#kernel/jobs.ts'
import { endHolding, giveReason, unit as unitCall } from '#slices/directory/contract.ts'
import { answer } from '#slices/facts/contract.ts'
import { close, open } from '#slices/responses/contract.ts'
import { openScene, type Cast, type Scene } from '../../tests/scene.ts'
import { asks, contact, coverage, draft, end, endExcuse, excuse, finishTask, followUp, fromPreset, list, switchOn, tasks } from './contract.ts'
import { lookAfter } from './escalation.ts'
import { settle } from './jobs.ts'

const hour = 3_600_000
let scene: Scene
let responseId: string
let said = false
before(async () => {
  scene = await openScene()
})
after(() => scene.close())

/** A measure on a response of its own: a test's gaps are nobody else's. Asks the students of one class where they are. */
async function begin(options: { followUp?: 'open-task' | 'ask-decision'; climb?: number | null; grace?: number; endsAt?: string | null } = {}): Promise<string> {
  if (responseId) await scene.operate(close, { responseId, reason: '换一个', decidedBy: '测试' }).catch(() => {})
  await scene.runJobs()
  responseId = newId()
  await scene.operate(open, { responseId, name: '跟进', hazards: ['other'], level: 4, basis: '核对用', decidedBy: '测试', plannedEnd: null })
  // Makes the attribute; itself it stays a draft.
  await scene.operate(fromPreset, { measureId: newId(), responseId, key: 'whereabouts-known', basis: '核对用' })
  // What an earlier test left known would be no gap.
  if (said) await say('110101')
  const measureId = newId()
  await scene.operate(draft, {
    measureId, responseId, name: { zh: '去向清楚', en: 'Whereabouts' }, subjectKind: 'person', population: { combinator: 'and', rules: [{ field: 'person.unit', operator: 'inUnit', value: scene.unit('软件2026-1班') }] },
    condition: { combinator: 'and', rules: [{ field: 'whereabouts', operator: 'inAreas', value: ['31'] }] }, basis: '核对用', demandedBy: 'school', graceSeconds: options.grace ?? 3600, followUp: options.followUp ?? 'open-task', climbSeconds: options.climb === undefined ? 7200 : options.climb, danger: 2, endsAt: options.endsAt ?? null,
  })
  await scene.operate(switchOn, { measureId })
  return measureId
}
const openOf = async (who: Cast) => (await scene.as(who).call(tasks, {})).tasks
const ofStudent = async (who: Cast) => (await openOf(who)).filter((task) => task.subject.id === scene.person('student'))
const say = async (area: string) => {
  said = true
  await scene.as('student').call(answer, { answers: [{ factId: newId(), attribute: 'whereabouts', value: area, observedAt: scene.now().toISOString() }] })
}
const stepsOf = async (measureId: string) => {
  await scene.as('duty').call(giveReason, { reasonId: newId(), unitId: scene.unit('信息学院'), words: '核对跟进' })
  return (await scene.as('duty').call(followUp, { measureId, subjectId: scene.person('student') })).followUp
}

test('a gap is followed up once, after its grace, also when the unknown turns out a gap; it ends with the gap and begins anew with the next', async () => {
  await begin({ climb: null })
  await scene.advance(hour / 2)
  assert.equal((await openOf('counsellor')).length, 0, 'nothing before the grace is over')
  await scene.advance(hour)
  assert.equal((await openOf('counsellor')).length, 5)
  // An answer that does not satisfy: the same hole, not a second one.
  await say('110101')
  await scene.advance(2 * hour)
  assert.equal((await ofStudent('counsellor')).length, 1)
  const first = (await ofStudent('counsellor'))[0]
  await say('310101')
  assert.equal((await ofStudent('counsellor')).length, 0, 'gone with the answer, before any job ran')
  await scene.advance(hour)
  await say('110101')
  await scene.advance(hour / 2)
  assert.equal((await ofStudent('counsellor')).length, 0)
  await scene.advance(hour)
  const second = await ofStudent('counsellor')
  assert.equal(second.length, 1)
  assert.notEqual(second[0]?.taskId, first?.taskId)
  // Finished by its owner it does not come back for the same gap.
  await scene.as('counsellor').call(finishTask, { taskId: second[0]?.taskId ?? '', outcome: '家长确认' })
  await scene.advance(3 * hour)
  assert.equal((await ofStudent('counsellor')).length, 0)
})

test('an excuse ends the follow-up at once; when it is over the gap is followed up again, after its grace', async () => {
  const measureId = await begin({ climb: null })
  await scene.advance(2 * hour)
  assert.equal((await ofStudent('counsellor')).length, 1)
  await scene.as('counsellor').call(excuse, { excuseId: newId(), measureId, subjectId: scene.person('student'), reason: '请假', until: null })
  assert.equal((await ofStudent('counsellor')).length, 0)
  await scene.advance(5 * hour)
  await scene.as('counsellor').call(endExcuse, { measureId, subjectId: scene.person('student') })
  await scene.advance(hour / 2)
  assert.equal((await ofStudent('counsellor')).length, 0)
  await scene.advance(hour)
  assert.equal((await ofStudent('counsellor')).length, 1)
})

test('silence climbs step by step to the headquarters, each with whom and when, and stays there; a touch gives time; it stops with the gap', async () => {
  const measureId = await begin()
  await scene.advance(hour + 61_000)
  assert.equal((await ofStudent('counsellor'))[0]?.mine, true)
  // A call noted half an hour before its time gives two hours more.
  await scene.advance(1.5 * hour)
  await scene.as('counsellor').call(contact, { contactId: newId(), measureId, subjectId: scene.person('student'), how: 'call', outcome: 'no-answer' })
  await scene.advance(hour)
  assert.equal((await ofStudent('secretary')).length, 0)
  assert.equal((await openOf('secretary')).length, 4, 'the untouched ones climbed')
  await scene.advance(1.5 * hour)
  const climbed = (await ofStudent('secretary'))[0]
  assert.deepEqual([climbed?.mine, climbed?.climbed, climbed?.steps.map((step) => [step.action, step.from, step.to, step.unit])], [true, 1, [['climb', '辅甲', '书甲', '信息学院']]])
  const before = (await ofStudent('counsellor'))[0]
  assert.deepEqual([before?.mine, before?.steps.length], [false, 1], 'who had it still sees it, and with whom it is')
  // However long the server was away, one step is due.
  await scene.advance(30 * hour)
  assert.deepEqual((await stepsOf(measureId))?.steps.map((step) => step.to), ['书甲', '值甲'])
  await scene.advance(30 * hour)
  const top = await stepsOf(measureId)
  assert.deepEqual([top?.steps.length, top?.owner, top?.touchBy], [2, '值甲', null])
  assert.equal((await ofStudent('duty')).length, 1)
  await say('310101')
  for (const who of ['duty', 'secretary', 'counsellor'] as const) assert.equal((await ofStudent(who)).length, 0)
  await scene.advance(61_000)
  assert.equal((await stepsOf(measureId))?.outcome, 'gap-closed')
})

test('a crash in the middle moves nothing, two workers move once', async () => {
  const measureId = await begin()
  await scene.advance(hour + 61_000)
  const { kernel, institution } = scene
  // The clock is moved without running what falls due.
  const late = { now: () => Date.now() + 3 * hour }
  const run = (fail: boolean) =>
    inInstitution(kernel.connection.db, institution.id, 'write', async (tx) => {
      const context = new Run(tx, { ...institution, clockOffsetMs: scene.now().getTime() - Date.now() }, operator, late, { language: 'zh-Hans' })
      await settle(context)
      if (fail) throw new Error('the power went out')
    })
  await assert.rejects(run(true), /power/)
  assert.deepEqual((await stepsOf(measureId))?.steps, [])
  await Promise.all([run(false), run(false), runDueJobs(kernel)])
  assert.equal((await stepsOf(measureId))?.steps.length, 1)
  assert.equal((await openOf('secretary')).length, 5)
})

test('the work of a minute is what fell due in it: nobody else is looked at, neither before the grace nor after', async () => {
  const { kernel, institution } = scene
  const look = () =>
    inInstitution(kernel.connection.db, institution.id, 'write', async (tx) => {
      const { more, ...figures } = await lookAfter(new Run(tx, { ...institution, clockOffsetMs: scene.now().getTime() - Date.now() }, operator, kernel.clock, { language: 'zh-Hans' }))
      assert.equal(more, false)
      return figures
    })
  const measureId = await begin({ climb: null })
  await scene.runJobs()
  assert.deepEqual(await look(), { looked: 0, closed: 0, opened: 0 }, 'within the grace nobody')
  await scene.advance(hour - 5000)
  assert.deepEqual(await look(), { looked: 0, closed: 0, opened: 0 })
  await scene.advance(70_000)
  assert.equal((await openOf('counsellor')).length, 5)
  assert.deepEqual(await look(), { looked: 0, closed: 0, opened: 0 }, 'right after, nobody again')
  // An answer that puts it right, and an excuse that will end: one each, once.
  await say('310101')
  assert.deepEqual(await look(), { looked: 1, closed: 1, opened: 0 })
  await scene.as('counsellor').call(excuse, { excuseId: newId(), measureId, subjectId: scene.person('classmate'), reason: '请假', until: new Date(scene.now().getTime() + 2 * hour).toISOString() })
  assert.deepEqual(await look(), { looked: 1, closed: 1, opened: 0 })
  assert.deepEqual(await look(), { looked: 0, closed: 0, opened: 0 })
  // The excuse and then the grace must be over.
  await scene.advance(2.5 * hour)
  assert.ok(!(await openOf('counsellor')).some((task) => task.subject.id === scene.person('classmate')))
  await scene.advance(hour)
  assert.ok((await openOf('counsellor')).some((task) => task.subject.id === scene.person('classmate')))
  assert.deepEqual(await look(), { looked: 0, closed: 0, opened: 0 })
})

test('a follow-up ends with whoever leaves, and of an excuse taken back nothing is forgotten', async () => {
  const measureId = await begin({ climb: null })
  await scene.advance(hour + 61_000)
  const mates = await openOf('counsellor')
  assert.equal(mates.length, 5)
  // Excused and let off again within the same minute: still the same follow-up.
  await scene.as('counsellor').call(excuse, { excuseId: newId(), measureId, subjectId: scene.person('classmate'), reason: '请假', until: null })
  await scene.as('counsellor').call(endExcuse, { measureId, subjectId: scene.person('classmate') })
  await scene.advance(61_000)
  assert.deepEqual((await openOf('counsellor')).map((task) => task.taskId).toSorted(), mates.map((task) => task.taskId).toSorted())
  const gone = mates.find((task) => task.subject.number === '20261005')
  assert.ok(gone)
  const change = (statement: string) =>
    inInstitution(scene.kernel.connection.db, scene.institution.id, 'write', async (tx) => {
      await sql.raw(statement).execute(tx)
      const ctx = new Run(tx, scene.institution, operator, scene.kernel.clock, { language: 'zh-Hans' })
      ctx.enqueue({ kind: 'directory.changed', key: 'changed' })
      await ctx.settle({ kind: 'read', name: 'test' } as never)
    })
  await change(`update directory.person set left_at = now() where number = '20261005'`)
  await scene.runJobs()
  assert.equal((await openOf('counsellor')).length, 4)
  const outcome = await inInstitution(scene.kernel.connection.db, scene.institution.id, 'read', async (tx) => (await sql<{ outcome: string }>`select outcome from measures.task where task_id = ${gone.taskId}`.execute(tx)).rows[0]?.outcome)
  assert.equal(outcome, 'gap-closed')
  await change(`update directory.person set left_at = null where number = '20261005'`)
  await scene.runJobs()
  await scene.advance(hour + 61_000)
  assert.equal((await openOf('counsellor')).length, 5, 'who comes back is followed up anew')
})

test('whoever leaves the office hands their follow-ups to its next holder', async () => {
  const measureId = await begin({ climb: null })
  await scene.advance(hour + 61_000)
  assert.equal((await openOf('counsellor')).length, 5)
  const offices = (await scene.operate(unitCall, { unitId: scene.unit('软件2026-1班') })).offices
  const holding = offices.flatMap((office) => office.holders).find((one) => one.person.personId === scene.person('counsellor'))
  await scene.operate(endHolding, { holdingId: holding?.holdingId ?? '' })
  await scene.advance(1000)
  const inherited = await ofStudent('deputyCounsellor')
  assert.deepEqual(inherited[0]?.steps.map((step) => [step.action, step.from, step.to]), [['hand-over', '辅甲', '代辅']])
  assert.equal((await stepsOf(measureId))?.owner, '代辅')
})

test('a decision is asked of who leads; decided otherwise than by excusing, it is carried out by who answers, with the words of the decision', async () => {
  const measureId = await begin({ followUp: 'ask-decision', climb: null })
  await scene.advance(hour + 61_000)
  const [asked] = await ofStudent('secretary')
  assert.equal(asked?.kind, 'ask-decision')
  assert.equal((await openOf('deputyCounsellor')).length, 0)
  await scene.as('secretary').call(finishTask, { taskId: asked?.taskId ?? '', outcome: '今天之内必须返校' })
  const [carried] = await ofStudent('deputyCounsellor')
  assert.deepEqual([carried?.kind, carried?.mine, carried?.steps.map((step) => [step.action, step.from, step.to, step.words])], ['open-task', true, [['decide', '书甲', '代辅', '今天之内必须返校']]])
  const other = (await openOf('secretary')).find((task) => task.subject.id === scene.person('classmate'))
  assert.equal(other?.mine, true)
  await scene.as('secretary').call(excuse, { excuseId: newId(), measureId, subjectId: scene.person('classmate'), reason: '在外实习，同意', until: null })
  assert.ok(!(await openOf('secretary')).some((task) => task.subject.id === scene.person('classmate')))
})

test('ending a measure or closing its response stops asks and follow-ups at once, before any job runs', async () => {
  const asked = async () => (await scene.as('classmate').call(asks, {})).asks.length
  const measureId = await begin({ climb: null })
  await scene.advance(hour + 61_000)
  assert.equal(await asked(), 1)
  assert.equal((await openOf('deputyCounsellor')).length, 5)
  await scene.as('duty').call(end, { measureId })
  assert.equal(await asked(), 0)
  assert.equal((await openOf('deputyCounsellor')).length, 0)
  await begin({ climb: null })
  await scene.advance(hour + 61_000)
  assert.equal(await asked(), 1)
  await scene.operate(close, { responseId, reason: '结束', decidedBy: '测试' })
  assert.equal(await asked(), 0)
  assert.equal((await openOf('deputyCounsellor')).length, 0)
  assert.deepEqual((await scene.as('duty').call(coverage, { unitId: scene.unit('江畔大学') })).measures, [])
})

test('a measure ends on its date; one ended by hand before keeps the moment it ended', async () => {
  const endsAt = new Date(scene.now().getTime() + 5 * hour).toISOString()
  const measureId = await begin({ endsAt, climb: null })
  await scene.advance(4 * hour)
  assert.equal((await scene.as('classmate').call(asks, {})).asks.length, 1)
  await scene.advance(hour + 1000)
  assert.equal((await scene.as('classmate').call(asks, {})).asks.length, 0)
  assert.equal((await openOf('deputyCounsellor')).length, 0)
  const statusOf = async (id: string) => (await scene.as('duty').call(list, { ended: true })).measures.find((one) => one.measureId === id)
  assert.equal((await statusOf(measureId))?.status, 'ended')

  const early = await begin({ endsAt: new Date(scene.now().getTime() + 5 * hour).toISOString(), climb: null })
  await scene.advance(hour)
  await scene.as('duty').call(end, { measureId: early })
  const ended = (await statusOf(early))?.endsAt
  await scene.advance(6 * hour)
  assert.equal((await statusOf(early))?.endsAt, ended)
})
