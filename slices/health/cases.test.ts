/** A case from the order to the release, over HTTP: who may, who answers, what is missing, and what measures know of it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { CallProblem } from '#kernel/client.ts'
import type { Input } from '#kernel/contract.ts'
import { inInstitution } from '#kernel/database.ts'
import { newId } from '#kernel/ids.ts'
import { appoint, endHolding, giveReason, unit as unitCall } from '#slices/directory/contract.ts'
import * as facts from '#slices/facts/contract.ts'
import { coverage, draft, finishTask, gaps, switchOn, tasks } from '#slices/measures/contract.ts'
import * as responses from '#slices/responses/contract.ts'
import { openScene, type Scene } from '../../tests/scene.ts'
import * as health from './contract.ts'

const day = 86_400_000
let scene: Scene
const responseId = newId()
const refusal = (code: string) => (error: unknown) => error instanceof CallProblem && error.code === code
const today = () => new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(scene.now())
const plan = () => ({ basis: '校医院医嘱（2026年第1版）', countedFrom: 'start' as const, fromDay: today(), days: 3, place: '校医院隔离区 2 床' })
const opening = (who: string, more: Partial<Input<typeof health.open>> = {}): Input<typeof health.open> => ({ caseId: newId(), personId: scene.person(who), responseId, kind: 'observation', illness: 'norovirus', ...plan(), answersId: scene.person('counsellor'), ...more })
const seen = (caseId: string, more: Partial<Input<typeof health.check>> = {}): Input<typeof health.check> => ({ checkId: newId(), caseId, at: scene.now().toISOString(), temperature: 36.6, symptoms: [], ...more })
const openOf = async (who: string) => inInstitution(scene.kernel.connection.db, scene.institution.id, 'read', async (tx) => (await sql<{ value: unknown }>`select value from facts.profile where subject_id = ${scene.person(who)} and attribute = 'open-case'`.execute(tx)).rows[0]?.value)

before(async () => {
  scene = await openScene()
  await scene.as('duty').call(responses.open, { responseId, name: '诺如病毒防控', hazards: ['norovirus'], level: 4, basis: '传染病防治法', decidedBy: '校指挥部', plannedEnd: null })
})
after(() => scene.close())

test('the doctor opens a case, the counsellor answers, the student reports; all of them see the same', async () => {
  const input = opening('student')
  const { untilDay } = await scene.as('doctor').call(health.open, input)
  const { caseId } = input
  await assert.rejects(scene.as('doctor').call(health.open, opening('student')), refusal('conflict'), 'one open case a person')
  const [mine] = (await scene.as('student').call(health.mine, {})).cases
  assert.ok(mine)
  assert.deepEqual([mine.kind, mine.basis, mine.untilDay, mine.answers?.person.name, mine.missingToday, mine.steps.map((step) => step.action)], ['observation', input.basis, untilDay, '辅甲', true, ['open']])
  assert.deepEqual((await scene.as('counsellor').call(health.todo, {})).cases.map((one) => [one.caseId, one.missingToday]), [[caseId, true]])

  const check = seen(caseId, { temperature: 38.2, symptoms: ['vomiting'], words: '夜里吐了两次' })
  assert.equal((await scene.as('student').call(health.check, check)).outcome, 'stored')
  assert.equal((await scene.as('student').call(health.check, check)).outcome, 'repeated', 'sent again from the outbox')
  const [todo] = (await scene.as('counsellor').call(health.todo, {})).cases
  assert.deepEqual([todo?.missingToday, todo?.lastCheck?.temperature, todo?.lastCheck?.own, todo?.lastCheck?.by], [false, 38.2, true, '软甲寅'])
  // By whoever answers, marked so.
  await scene.as('counsellor').call(health.check, seen(caseId, { personId: scene.person('student') }))
  const got = await scene.as('counsellor').call(health.get, { caseId })
  assert.deepEqual(got.checks.map((one) => [one.own, one.by]), [[false, '辅甲'], [true, '软甲寅']])
  // Nobody reports for others, nor looks.
  await assert.rejects(scene.as('classmate').call(health.check, seen(caseId, { personId: scene.person('student') })), refusal('not-found'))
  await assert.rejects(scene.as('classmate').call(health.check, seen(caseId)), refusal('not-found'))
  for (const who of ['otherCounsellor', 'buildingManager', 'floorHead', 'classmate', 'administrator']) await assert.rejects(scene.as(who).call(health.get, { caseId }), (error: unknown) => error instanceof CallProblem && (error.status === 404 || error.status === 403), who)
  const looks = (await scene.as('student').call(facts.myData, {})).looks
  assert.ok(looks.some((look) => look.call === 'health.get' && look.by === '辅甲'), 'who looked is told')
})

test('what it says of itself must be possible', async () => {
  const doctor = scene.as('doctor')
  const wrong = (more: Partial<Input<typeof health.open>>, code = 'bad-input') => assert.rejects(doctor.call(health.open, opening('classmate', more)), refusal(code), JSON.stringify(more))
  await wrong({ fromDay: '2099-01-01' })
  await wrong({ fromDay: '2026-02-30' })
  await wrong({ fromDay: '2020-01-01' })
  await wrong({ fromDay: new Date(scene.now().getTime() - 20 * day).toISOString().slice(0, 10), days: 5, countedFrom: 'exposure' })
  await wrong({ basis: '   ' })
  await wrong({ place: '  ' })
  await wrong({ answersId: scene.person('otherCounsellor') })
  await wrong({ answersId: scene.person('classmate') })
  await wrong({ responseId: newId() }, 'no-open-response')
  await assert.rejects(scene.as('counsellor').call(health.open, opening('counsellor')), (error: unknown) => error instanceof CallProblem)
  await assert.rejects(doctor.call(health.open, opening('doctor', { answersId: scene.person('duty') })), refusal('own-case'))
  const input = opening('classmate')
  await doctor.call(health.open, input)
  const early = new Date(scene.now().getTime() - 2 * 3_600_000).toISOString()
  await assert.rejects(scene.as('classmate').call(health.check, seen(input.caseId, { at: early })), refusal('bad-input'), 'before it was opened')
  await assert.rejects(scene.as('classmate').call(health.check, seen(input.caseId, { at: new Date(scene.now().getTime() + day).toISOString() })), refusal('bad-input'))
  await doctor.call(health.release, { caseId: input.caseId, reason: '误报，排除' })
})

test('it changes its kind along the life cycle, is moved with a reason, and nobody but a person ends it', async () => {
  const input = opening('20261005', { answersId: scene.person('doctor') })
  const { caseId } = input
  const doctor = scene.as('doctor')
  await doctor.call(health.open, input)
  assert.deepEqual(await openOf('20261005'), ['observation'])
  await doctor.call(health.change, { caseId, kind: 'confirmed', ...plan(), basis: '核酸阳性', countedFrom: 'onset' })
  assert.deepEqual(await openOf('20261005'), ['confirmed'])
  await assert.rejects(doctor.call(health.change, { caseId, kind: 'quarantine', ...plan() }), refusal('conflict'))
  assert.equal((await doctor.call(health.extend, { caseId, days: 5, reason: '仍有症状' })).untilDay, new Date(Date.parse(`${today()}T00:00:00Z`) + 5 * day).toISOString().slice(0, 10))
  await assert.rejects(doctor.call(health.extend, { caseId, days: 5, reason: '再说一次' }), refusal('bad-input'))
  await scene.advance(6 * day)
  const unitId = scene.unit('软件2026-1班')
  const list = await scene.as('counsellor').call(health.list, { unitId, show: 'to-release' })
  assert.deepEqual(list.cases.filter((one) => one.caseId === caseId).map((one) => [one.state, one.daysMissed, one.missingToday]), [['to-release', 6, true]], 'due, not released; nobody checked')
  assert.deepEqual(await openOf('20261005'), ['confirmed'], 'still open for whoever asks')
  // A late check of a day that was missed still counts for that day.
  await scene.as('20261005').call(health.check, seen(caseId, { at: new Date(scene.now().getTime() - 2 * day).toISOString() }))
  assert.equal((await doctor.call(health.get, { caseId })).daysMissed, 5)
  await doctor.call(health.release, { caseId, reason: '症状消失72小时' })
  assert.deepEqual(await openOf('20261005'), [])
  await assert.rejects(doctor.call(health.release, { caseId, reason: '再解除一次' }), refusal('conflict'))
  await assert.rejects(scene.as('20261005').call(health.check, seen(caseId, { at: new Date(scene.now().getTime() + 1000).toISOString() })), refusal('conflict'))
  const [own] = (await scene.as('20261005').call(health.mine, {})).cases
  assert.deepEqual([own?.state, own?.released?.by, own?.released?.reason], ['released', '医生', '症状消失72小时'])
})

test('a hand-over counts from the other\'s confirmation, and may come back', async () => {
  const input = opening('20261101', { answersId: scene.person('doctor') })
  const { caseId } = input
  await scene.as('doctor').call(health.open, input)
  const secretary = scene.person('secretary')
  const around = (await scene.as('doctor').call(health.answerers, { personId: scene.person('20261101') })).people.map((one) => one.person.name)
  assert.ok(around.includes('书甲') && around.includes('医生') && !around.includes('辅甲') && !around.includes('书乙'), around.join())
  await scene.as('doctor').call(health.offer, { caseId, answersId: secretary, words: '转回学院' })
  assert.deepEqual((await scene.as('secretary').call(health.todo, {})).offered.map((one) => one.caseId), [caseId])
  assert.equal((await scene.as('doctor').call(health.todo, {})).cases.some((one) => one.caseId === caseId), true, 'until then it is the doctor\'s')
  await assert.rejects(scene.as('doctor').call(health.accept, { caseId }), refusal('conflict'), 'nobody confirms for another')
  await scene.as('secretary').call(health.decline, { caseId, reason: '学院没有隔离条件' })
  await scene.as('doctor').call(health.offer, { caseId, answersId: secretary })
  await scene.as('secretary').call(health.accept, { caseId })
  assert.equal((await scene.as('secretary').call(health.todo, {})).cases.some((one) => one.caseId === caseId), true)
  assert.equal((await scene.as('doctor').call(health.todo, {})).cases.some((one) => one.caseId === caseId), false)
  assert.deepEqual((await scene.as('doctor').call(health.get, { caseId })).steps.map((step) => step.action), ['accept', 'offer', 'decline', 'offer', 'open'])
  await scene.as('doctor').call(health.release, { caseId, reason: '排除' })
})

test('whoever answered leaves their office: its next holder answers, or the nearest above, and it is said', async () => {
  const input = opening('branchSecretary')
  const { caseId } = input
  await scene.as('doctor').call(health.open, input)
  const klass = await scene.as('duty').call(unitCall, { unitId: scene.unit('软件2026-1班') })
  const holdings = klass.offices.filter((office) => office.role === 'counsellor').flatMap((office) => office.holders.map((holder) => ({ ...holder, officeId: office.officeId })))
  const own = holdings.find((one) => one.person.name === '辅甲')
  assert.ok(own)
  await scene.as('duty').call(endHolding, { holdingId: own.holdingId })
  await scene.runJobs()
  const [next] = (await scene.as('duty').call(unitCall, { unitId: scene.unit('软件2026-1班') })).offices.filter((office) => office.officeId === own.officeId).flatMap((office) => office.holders)
  const after_ = await scene.as('doctor').call(health.get, { caseId })
  assert.notEqual(after_.answers?.person.name, '辅甲')
  assert.equal(after_.fell, next === undefined)
  assert.ok(after_.answers, 'never nobody while somebody above is there')
  await scene.as('duty').call(appoint, { holdingId: newId(), officeId: own.officeId, personId: own.person.personId, capacity: 'holder', to: null })
  await scene.runJobs()
  assert.equal((await scene.as('doctor').call(health.get, { caseId })).answers?.person.name, '辅甲')
  await scene.as('doctor').call(health.release, { caseId, reason: '排除' })
})

test('who counts gives a reason before names; counts need none and add up', async () => {
  const unitId = scene.unit('信息学院')
  const counted = await scene.as('secretary').call(health.counts, { unitId })
  for (const look of [() => scene.as('secretary').call(health.list, { unitId, show: 'open' }), () => scene.as('secretary').call(health.ofPerson, { personId: scene.person('student') })]) await assert.rejects(look, refusal('reason-needed'))
  await scene.as('secretary').call(giveReason, { reasonId: newId(), unitId, words: '安排送餐' })
  for (const [show, n] of [['open', counted.open], ['to-release', counted.toRelease], ['missing', counted.missing], ['today', counted.today]] as const) assert.equal((await scene.as('secretary').call(health.list, { unitId, show })).total, n, show)
  assert.equal(counted.kinds.reduce((sum, one) => sum + one.n, 0), counted.open)
  assert.ok((await scene.as('student').call(facts.myData, {})).looks.some((look) => look.call === 'health.list' && look.purpose === 'cases: 安排送餐'))
  await assert.rejects(scene.as('floorHead').call(health.counts, { unitId }), (error: unknown) => error instanceof CallProblem && error.status >= 403)
  const [elsewhere] = (await scene.as('doctor').call(health.list, { unitId: scene.unit('医学院'), show: 'open' })).cases
  assert.equal(elsewhere, undefined)
})

test('a measure knows who has an open case, of which kind, from the moment it is opened until it is released', async () => {
  const measureId = newId()
  const condition = { combinator: 'or' as const, rules: [{ field: 'open-case', operator: 'hasNoCase', value: ['isolation'] }, { field: 'whereabouts', operator: 'notNull' }] }
  await scene.as('duty').call(facts.saveAttribute, { key: 'whereabouts', type: 'text', subjectKind: 'person', options: [], unit: null, min: null, max: null, sensitivity: 'normal', freshSeconds: null, askedOf: 'self', purpose: { zh: '去向', en: 'where' }, seconds: 5, label: { zh: '去向', en: 'Where' } })
  await scene.as('duty').call(draft, { measureId, responseId, name: { zh: '隔离治疗人员去向清楚', en: 'Isolated people are where it is known' }, subjectKind: 'person', population: { combinator: 'and', rules: [{ field: 'person.kind', operator: '=', value: 'student' }] }, condition, basis: '校发〔2026〕9号', demandedBy: 'school', followUp: 'none', danger: 1, endsAt: null })
  await scene.as('duty').call(switchOn, { measureId })
  const unitId = scene.unit('临床2026-1班')
  const counts = async () => { const [cell] = (await scene.as('duty').call(coverage, { unitId, measureId })).total; return cell && [cell.population, cell.kept, cell.gap, cell.unknown] }
  assert.deepEqual(await counts(), [5, 5, 0, 0], 'nobody has a case: known, not unknown')
  const input = opening('20262002', { kind: 'isolation', answersId: scene.person('otherCounsellor') })
  await scene.as('doctor').call(health.open, input)
  assert.deepEqual(await counts(), [5, 4, 0, 1])
  assert.deepEqual((await scene.as('otherCounsellor').call(gaps, { unitId, measureId })).gaps.map((one) => one.subject.id), [scene.person('20262002')])
  // They cannot answer themselves out of it, nor can a proxy or a setting.
  const out = { factId: newId(), attribute: 'open-case', value: [], observedAt: scene.now().toISOString() }
  await assert.rejects(scene.as('20262002').call(facts.answer, { answers: [out] }), refusal('recorded-elsewhere'))
  await assert.rejects(scene.as('doctor').call(facts.answer, { answers: [{ ...out, subjectId: scene.person('20262002') }] }), refusal('recorded-elsewhere'))
  await assert.rejects(scene.as('duty').call(facts.retireAttribute, { key: 'open-case' }), refusal('recorded-elsewhere'))
  await scene.as('doctor').call(health.change, { caseId: input.caseId, kind: 'observation', ...plan() })
  assert.deepEqual(await counts(), [5, 5, 0, 0])
  await scene.as('doctor').call(health.release, { caseId: input.caseId, reason: '观察期满' })
})

test('a gap may ask for a case: of who may open one; opening it settles that, and so does saying why not; the machine opens none', async () => {
  const measureId = newId()
  await scene.as('duty').call(facts.saveAttribute, { key: 'unwell', type: 'yes-no', subjectKind: 'person', options: [], unit: null, min: null, max: null, sensitivity: 'sensitive', freshSeconds: null, askedOf: 'self', purpose: { zh: '早发现', en: 'early' }, seconds: 3, label: { zh: '不舒服？', en: 'Unwell?' } })
  const measure = { measureId, responseId, name: { zh: '不舒服的人有个案', en: 'The unwell have a case' }, subjectKind: 'person' as const, population: { combinator: 'and' as const, rules: [{ field: 'person.unit', operator: 'inUnit', value: scene.unit('临床2026-1班') }] }, condition: { combinator: 'or' as const, rules: [{ field: 'unwell', operator: '=', value: false }, { field: 'open-case', operator: 'hasCase', value: [] }] }, basis: '校发〔2026〕9号', demandedBy: 'school' as const, graceSeconds: 0, followUp: 'open-case' as const, danger: 1, endsAt: null }
  await scene.as('duty').call(draft, measure)
  await scene.as('duty').call(switchOn, { measureId })
  for (const [who, unwell] of [['20262001', true], ['20262002', true], ['20262003', false], ['20262004', false], ['20262005', false]] as const) await scene.as(who).call(facts.answer, { answers: [{ factId: newId(), attribute: 'unwell', value: unwell, observedAt: scene.now().toISOString() }] })
  await scene.advance(2 * 60_000)
  const asked = async () => (await scene.as('otherCounsellor').call(tasks, {})).tasks.filter((one) => one.measureId === measureId)
  const both = await asked()
  assert.deepEqual(both.map((one) => [one.kind, one.subject.number]).toSorted(), [['open-case', '20262001'], ['open-case', '20262002']])
  assert.deepEqual((await scene.as('20262001').call(health.mine, {})).cases, [], 'nothing by itself')
  const input = opening('20262001', { answersId: scene.person('otherCounsellor') })
  await scene.as('doctor').call(health.open, input)
  assert.deepEqual((await asked()).map((one) => one.subject.number), ['20262002'])
  await scene.as('otherCounsellor').call(finishTask, { taskId: both.find((one) => one.subject.number === '20262002')?.taskId ?? '', outcome: '晕车，已休息好' })
  assert.deepEqual(await asked(), [])
  await scene.advance(5 * 60_000)
  assert.deepEqual(await asked(), [], 'not asked again for the same gap')
  await scene.as('doctor').call(health.release, { caseId: input.caseId, reason: '排除' })
  await assert.rejects(scene.as('duty').call(draft, { ...measure, measureId: newId(), subjectKind: 'unit', population: { combinator: 'and', rules: [] }, condition: { combinator: 'and', rules: [{ field: 'unit.kind', operator: 'notNull' }] } }), refusal('bad-input'))
})

test('a check answers the daily question on symptoms: nobody is asked twice', async () => {
  await scene.as('duty').call(facts.saveAttribute, { key: 'symptoms', type: 'choices', subjectKind: 'person', options: ['none', 'fever', 'cough', 'vomiting', 'diarrhoea', 'rash'].map((value) => ({ value, zh: value, en: value })), unit: null, min: null, max: null, sensitivity: 'sensitive', freshSeconds: 86_400, askedOf: 'self', purpose: { zh: '早发现', en: 'early' }, seconds: 4, label: { zh: '症状', en: 'Symptoms' } })
  const input = opening('20261102', { answersId: scene.person('secretary') })
  await scene.as('doctor').call(health.open, input)
  await scene.as('20261102').call(health.check, seen(input.caseId))
  const known = (await scene.as('20261102').call(facts.profile, { personId: scene.person('20261102') })).facts.find((one) => one.attribute === 'symptoms')
  assert.deepEqual([known?.value, known?.source], [['none'], 'answer'])
})

test('when the response closes no check is wanted any more; open cases are to be released', async () => {
  const unitId = scene.unit('信息学院')
  assert.ok((await scene.as('counsellor').call(health.todo, {})).cases.some((one) => one.state !== 'released'))
  await scene.as('duty').call(responses.close, { responseId, reason: '疫情平息', decidedBy: '校指挥部' })
  const { cases } = await scene.as('secretary').call(health.list, { unitId, show: 'open' })
  assert.ok(cases.length > 0 && cases.every((one) => one.state === 'to-release' && !one.missingToday && one.daysMissed === 0))
  await assert.rejects(scene.as('doctor').call(health.open, opening('floorHead')), refusal('no-open-response'))
})
