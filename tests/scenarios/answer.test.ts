import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { newId } from '#kernel/ids.ts'
import { CallProblem } from '#kernel/client.ts'
import { answer, myData } from '#slices/facts/contract.ts'
import { asks, coverage, end, gaps, fromPreset, switchOn } from '#slices/measures/contract.ts'
import { open } from '#slices/responses/contract.ts'
import { giveReason, orphans } from '#slices/directory/contract.ts'
import { openScene, type Scene } from '../scene.ts'

let scene: Scene
const responseId = newId()
const measureId = newId()
before(async () => {
  scene = await openScene()
  await scene.as('duty').call(open, { responseId, name: '秋冬季传染病防控', hazards: ['influenza'], level: 3, basis: '传染病防治法', decidedBy: '校应急指挥部', plannedEnd: null })
  await scene.as('duty').call(fromPreset, { measureId, responseId, key: 'whereabouts-known', basis: '校发〔2026〕9号第二条' })
  await scene.as('duty').call(switchOn, { measureId })
})
after(() => scene.close())

const refusal = (code: string) => (error: unknown) => error instanceof CallProblem && error.code === code

test('everybody is counted, and an answer moves one person from unknown to kept', async () => {
  const before = await scene.as('secretary').call(coverage, { unitId: scene.unit('信息学院') })
  const cell = before.total[0]
  assert.equal(cell?.population, 14, '10 students and 4 staff of the college')
  assert.deepEqual([cell?.kept, cell?.gap, cell?.excused, cell?.unknown], [0, 0, 0, 14])
  const mine = await scene.as('student').call(asks, {})
  assert.deepEqual(mine.asks.map((ask) => ask.attribute.key), ['whereabouts'])
  const factId = newId()
  const body = { answers: [{ factId, attribute: 'whereabouts', value: '310115', observedAt: new Date().toISOString() }] }
  assert.equal((await scene.as('student').call(answer, body)).results[0]?.outcome, 'stored')
  assert.equal((await scene.as('student').call(answer, body)).results[0]?.outcome, 'repeated')
  const later = await scene.as('secretary').call(coverage, { unitId: scene.unit('信息学院') })
  assert.deepEqual([later.total[0]?.kept, later.total[0]?.unknown], [1, 13])
  assert.equal((await scene.as('student').call(asks, {})).asks.length, 0)
})

test('a late offline answer never overwrites a newer one', async () => {
  const at = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
  await scene.as('classmate').call(answer, { answers: [{ factId: newId(), attribute: 'whereabouts', value: '110101', observedAt: at(1) }] })
  const late = await scene.as('classmate').call(answer, { answers: [{ factId: newId(), attribute: 'whereabouts', value: '420106', observedAt: at(600) }] })
  assert.equal(late.results[0]?.outcome, 'older')
  const data = await scene.as('classmate').call(myData, {})
  assert.equal(data.facts.length, 2)
  assert.equal(data.facts.find((fact) => fact.fresh)?.value, '110101')
})

test('answers are refused for another class, for a wrong type, for an unknown attribute; nothing of them is stored', async () => {
  const one = (subjectId: string | null, value: unknown, attribute = 'whereabouts') => ({ answers: [{ factId: newId(), subjectId, attribute, value, observedAt: new Date().toISOString() }] })
  await assert.rejects(scene.as('student').call(answer, one(scene.person('classmate'), '310115')), refusal('not-found'))
  await assert.rejects(scene.as('otherCounsellor').call(answer, one(scene.person('student'), '310115')), refusal('not-found'))
  await assert.rejects(scene.as('formerCounsellor').call(answer, one(scene.person('ownerless'), '310115')), refusal('not-found'))
  await assert.rejects(scene.as('student').call(answer, one(null, 'Shanghai')), refusal('bad-input'))
  await assert.rejects(scene.as('student').call(answer, one(null, true, 'no-such-thing')), refusal('bad-input'))
  const two = { answers: [...one(null, '310101').answers, ...one(null, 7).answers] }
  await assert.rejects(scene.as('student').call(answer, two), refusal('bad-input'))
  assert.ok(!(await scene.as('student').call(myData, {})).facts.some((fact) => fact.value === '310101'))
  await assert.rejects(scene.as('anonymous').call(answer, one(null, '310101')), refusal('signed-out'))
})

test('a counsellor or a deputy answers for their student, marked as by proxy', async () => {
  const subjectId = scene.person('20261005')
  for (const who of ['counsellor', 'deputyCounsellor'] as const)
    assert.equal((await scene.as(who).call(answer, { answers: [{ factId: newId(), subjectId, attribute: 'whereabouts', value: '310115', observedAt: new Date().toISOString() }] })).results[0]?.outcome, 'stored')
  const data = await scene.as('20261005').call(myData, {})
  assert.ok(data.facts.every((fact) => fact.source === 'proxy'))
  assert.deepEqual([...new Set(data.facts.map((fact) => fact.recordedBy))].toSorted(), ['代辅', '辅甲'])
})

test('gaps have names and owners; whom nobody answers for is listed', async () => {
  await scene.as('secretary').call(giveReason, { reasonId: newId(), unitId: scene.unit('信息学院'), words: '核对名单' })
  const list = await scene.as('secretary').call(gaps, { unitId: scene.unit('信息学院'), measureId })
  assert.equal(list.total, 11)
  const owned = list.gaps.find((gap) => gap.subject.id === scene.person('20261002'))
  assert.equal(owned?.owner?.person.name, '辅甲')
  const orphaned = list.gaps.find((gap) => gap.subject.id === scene.person('ownerless'))
  assert.equal(orphaned?.owner?.person.name, '书甲')
  assert.equal(orphaned?.owner?.direct, false)
  const nobody = await scene.as('secretary').call(orphans, { unitId: scene.unit('信息学院') })
  assert.ok(nobody.units.some((one) => one.unit.name === '软件2026-2班' && one.members === 5))
  const looks = (await scene.as('ownerless').call(myData, {})).looks
  assert.ok(looks.some((look) => look.by === '书甲'), 'the person sees who looked')
})

test('whom nobody answers for, and who answer for themselves alone, are together the gaps of "everyone has somebody in charge"', async () => {
  const owned = newId()
  const duty = scene.as('duty')
  await duty.call(fromPreset, { measureId: owned, responseId, key: 'everyone-owned', basis: '校发〔2026〕9号第三条' })
  await duty.call(switchOn, { measureId: owned })
  const figures = []
  for (const name of ['信息学院', '医学院', '指挥部办公室', '信息中心', '学生处']) {
    const unitId = scene.unit(name)
    const { people, alone } = await duty.call(orphans, { unitId })
    const [cell] = (await duty.call(coverage, { unitId, measureId: owned })).total
    assert.equal(people + alone, cell?.gap, name)
    figures.push([name, people, alone])
  }
  assert.deepEqual(figures, [['信息学院', 5, 1], ['医学院', 0, 1], ['指挥部办公室', 1, 0], ['信息中心', 2, 0], ['学生处', 0, 1]])
  await duty.call(end, { measureId: owned })
})

test('an answer goes stale and is asked again', async () => {
  await scene.advance(8 * 86_400_000)
  assert.deepEqual((await scene.as('student').call(asks, {})).asks.map((ask) => ask.attribute.key), ['whereabouts'])
  const later = await scene.as('secretary').call(coverage, { unitId: scene.unit('信息学院') })
  assert.deepEqual([later.total[0]?.kept, later.total[0]?.unknown, later.total[0]?.population], [0, 14, 14])
})
