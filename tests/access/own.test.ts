/** What the gate cannot see from outside: calls about one's own things and calls within a scope find whose they are by themselves. Asked over HTTP with real sessions. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { CallProblem } from '#kernel/client.ts'
import type { Call } from '#kernel/contract.ts'
import { inInstitution } from '#kernel/database.ts'
import { newId } from '#kernel/ids.ts'
import { appoint, endHolding, me, members, people, person, saveOffice } from '#slices/directory/contract.ts'
import { wipe } from '#slices/drills/contract.ts'
import { answer, myData, profile } from '#slices/facts/contract.ts'
import { add, askHelp, close, get as getRequest, mine as myRequests, reopen } from '#slices/issues/contract.ts'
import { finishTask, fromPreset, gaps, list as listMeasures, switchOn, tasks } from '#slices/measures/contract.ts'
import * as notices from '#slices/notices/contract.ts'
import { issueNotice, noticeText, type Issued } from '#slices/notices/scenario.ts'
import { get as getResponse, open } from '#slices/responses/contract.ts'
import { openScene, type Cast, type Scene } from '../scene.ts'

let scene: Scene
let other: Scene
let notice: Issued
const responseId = newId()
const measureId = newId()
before(async () => {
  scene = await openScene()
  other = await openScene({ shared: scene, code: 'other' })
  const duty = scene.as('duty')
  await duty.call(open, { responseId, name: '防控', hazards: ['influenza'], level: 3, basis: '传染病防治法', decidedBy: '指挥部', plannedEnd: null })
  await duty.call(fromPreset, { measureId, responseId, key: 'whereabouts-known', basis: '第二条' })
  await duty.call(switchOn, { measureId })
  notice = await issueNotice(scene, { responseId })
})
after(() => scene.close())

const refusal = (code: string) => (error: unknown) => error instanceof CallProblem && error.code === code
const hidden = refusal('not-found')
/** Calls of different answers in one list. */
const ask = (where: Scene, who: Cast, call: { name: string }, input: object): Promise<unknown> => where.as(who).call(call as Call, input as never)

test('a help request is its asker’s: others can neither add to it, close it nor open it again', async () => {
  const requestId = newId()
  await scene.as('student').call(askHelp, { requestId, theme: 'food', urgency: 'today', text: '没有饭了' })
  for (const who of ['classmate', 'stranger', 'counsellor', 'duty'] as const) for (const call of [add, close, reopen]) await assert.rejects(scene.as(who).call(call, { requestId, text: '代办' }), hidden, `${call.name} by ${who}`)
  await assert.rejects(other.as('student').call(add, { requestId, text: '他校' }), hidden)
  for (const who of ['classmate', 'otherCounsellor'] as const) await assert.rejects(scene.as(who).call(getRequest, { requestId }), hidden)
  await assert.rejects(other.as('duty').call(getRequest, { requestId }), hidden)
  await scene.as('student').call(add, { requestId, text: '三天了' })
  assert.equal((await scene.as('classmate').call(myRequests, {})).requests.length, 0)
})

test('a follow-up is its owner’s', async () => {
  const taskId = newId()
  await inInstitution(scene.kernel.connection.db, scene.institution.id, 'write', (tx) => sql`insert into measures.task (institution_id, task_id, measure_id, subject_id, gap_since, made_at, owner_id)
    values (${scene.institution.id}, ${taskId}, ${measureId}, ${scene.person('student')}, now(), now(), ${scene.person('counsellor')})`.execute(tx))
  for (const who of ['student', 'otherCounsellor', 'duty'] as const) {
    assert.equal((await scene.as(who).call(tasks, {})).tasks.some((task) => task.taskId === taskId), false)
    await assert.rejects(scene.as(who).call(finishTask, { taskId, outcome: '已联系' }), hidden)
  }
  await assert.rejects(other.as('counsellor').call(finishTask, { taskId, outcome: '已联系' }), hidden)
})

test('a call to confirm is answered by whom it was sent to', async () => {
  const roundId = newId()
  await scene.as('duty').call(notices.startRound, { roundId, message: '请立即应答', unitIds: [scene.unit('信息学院')], ladderMinutes: 5 })
  const { targets } = await scene.as('duty').call(notices.round, { roundId })
  const target = targets.find((one) => one.person.personId === scene.person('secretary'))
  assert.ok(target)
  for (const who of ['student', 'otherSecretary', 'duty'] as const) await assert.rejects(scene.as(who).call(notices.confirmCall, { targetId: target.targetId }), hidden)
  await scene.as('secretary').call(notices.confirmCall, { targetId: target.targetId })
  await assert.rejects(other.as('duty').call(notices.round, { roundId }), hidden)
})

test('a draft is seen by nobody but those who draft; an issued notice is followed within one’s units', async () => {
  const draftId = newId()
  await scene.as('duty').call(notices.importNotice, { noticeId: draftId, text: noticeText(scene), again: true })
  for (const who of ['student', 'secretary', 'counsellor'] as const) for (const call of [notices.view, notices.opened]) await assert.rejects(ask(scene, who, call, { noticeId: draftId }), hidden, `${call.name} by ${who}`)
  for (const who of ['secretary', 'duty'] as const) await assert.rejects(scene.as(who).call(notices.get, { noticeId: draftId }), hidden)
  const { noticeId } = notice
  await scene.as('secretary').call(notices.get, { noticeId })
  await assert.rejects(scene.as('secretary').call(notices.get, { noticeId, unitId: scene.unit('医学院') }), hidden)
  await assert.rejects(scene.as('student').call(notices.get, { noticeId }), refusal('forbidden'))
  for (const call of [notices.get, notices.view, notices.draft, notices.original, notices.issue]) await assert.rejects(ask(other, 'duty', call, { noticeId }), hidden, call.name)
  const { duties } = await scene.as('duty').call(notices.get, { noticeId })
  for (const { dutyId } of duties) {
    const seen = await scene.as('secretary').call(notices.duty, { dutyId, size: 500 }).catch((error: unknown) => { if (hidden(error)) return { assignments: [] }; throw error })
    const medical = new Set([scene.unit('医学院'), scene.unit('临床2026-1班'), scene.unit('学生处'), scene.unit('校医院')])
    assert.deepEqual(seen.assignments.filter((one) => medical.has(one.unit.unitId)), [])
    await assert.rejects(other.as('duty').call(notices.duty, { dutyId }), hidden)
  }
})

test('people are found, and gaps listed, only below one’s own office; a student finds nobody', async () => {
  const search = (who: Parameters<Scene['as']>[0]) => scene.as(who).call(people, { text: '2026', most: 100 })
  const found = async (who: Parameters<Scene['as']>[0]) => (await search(who)).people.map((one) => one.number)
  assert.deepEqual((await found('counsellor')).filter((number) => !/^202610/.test(number)), [])
  assert.equal((await found('counsellor')).length, 5)
  assert.equal((await found('otherCounsellor')).every((number) => number.startsWith('20262')), true)
  // Whoever counts sees how many, and names with a reason; those who hold an office are named.
  assert.deepEqual([(await search('duty')).closed.reduce((sum, one) => sum + one.people, 0), await found('duty')], [13, ['20261002', '20261001']])
  await assert.rejects(found('student'), refusal('forbidden'))
  await assert.rejects(found('formerCounsellor'), refusal('forbidden'))
  const named = await scene.as('counsellor').call(gaps, { unitId: scene.unit('软件2026-1班'), size: 1000 })
  assert.ok(named.total > 0 && named.gaps.every((gap) => /^202610/.test(gap.subject.number ?? '')))
  for (const who of ['student', 'formerCounsellor', 'otherCounsellor', 'dataProtection', 'organisation', 'administrator'] as const) await assert.rejects(scene.as(who).call(gaps, { unitId: scene.unit('软件2026-1班') }), hidden, who)
  // What one may not open cannot be had by asking for more units at once either.
  await assert.rejects(scene.as('counsellor').call(gaps, { unitId: scene.unit('信息学院'), within: [scene.unit('软件2026-1班')] }), hidden)
  const beside = await scene.as('counsellor').call(gaps, { unitId: scene.unit('软件2026-1班'), within: [scene.unit('软件2026-2班')], size: 1000 })
  assert.ok(beside.gaps.every((gap) => /^202610/.test(gap.subject.number ?? '')))
})

test('a student sees their own data and nobody else’s', async () => {
  const self = scene.person('student')
  assert.equal((await scene.as('student').call(person, { personId: self })).person.personId, self)
  await scene.as('student').call(profile, { personId: self })
  for (const whom of ['classmate', 'counsellor', 'floorHead'] as const) for (const call of [person, profile]) await assert.rejects(ask(scene, 'student', call, { personId: scene.person(whom) }), hidden)
  await assert.rejects(scene.as('student').call(members, { unitId: scene.unit('软件2026-1班') }), hidden)
  await assert.rejects(scene.as('student').call(listMeasures, {}), refusal('forbidden'))
  const looked = await scene.as('counsellor').call(profile, { personId: self })
  assert.ok(Array.isArray(looked.facts))
  const { looks } = await scene.as('student').call(myData, {})
  assert.ok(looks.some((look) => look.by === '辅甲' && look.titles.join() === '辅导员' && look.call === 'facts.profile'), 'who looked is told, with their office')
})

test('another institution is not there, for its highest officers either', async () => {
  await assert.rejects(other.as('duty').call(getResponse, { responseId }), hidden)
  await assert.rejects(other.as('duty').call(person, { personId: scene.person('student') }), hidden)
  await assert.rejects(other.as('duty').call(answer, { answers: [{ factId: newId(), subjectId: scene.person('student'), attribute: 'whereabouts', value: '310115', observedAt: new Date().toISOString() }] }), hidden)
  await assert.rejects(other.as('duty').call(switchOn, { measureId }), hidden)
  await assert.rejects(other.as('administrator').call(wipe, { code: scene.institution.code }), refusal('bad-input'))
  assert.equal((await scene.as('duty').call(getResponse, { responseId })).response.status, 'open')
})

test('an office taken or given counts from the next request on; who has left is signed out', async () => {
  const unitId = scene.unit('软件2026-2班')
  const [officeId, holdingId] = [newId(), newId()]
  const look = () => scene.as('formerCounsellor').call(members, { unitId })
  await assert.rejects(look(), hidden)
  await scene.as('administrator').call(saveOffice, { officeId, unitId, title: '临时班主任', role: 'class-adviser' })
  await scene.as('administrator').call(appoint, { holdingId, officeId, personId: scene.person('formerCounsellor'), capacity: 'deputy', from: new Date(Date.now() - 60_000).toISOString() })
  assert.equal((await look()).total, 5)
  await scene.as('administrator').call(endHolding, { holdingId })
  await assert.rejects(look(), hidden)
  await scene.as('stranger').call(me, {})
  await inInstitution(scene.kernel.connection.db, scene.institution.id, 'write', (tx) => sql`update directory.person set left_at = now() where person_id = ${scene.person('stranger')}`.execute(tx))
  scene.kernel.sessions.clear()
  await assert.rejects(scene.as('stranger').call(me, {}), refusal('signed-out'))
})
