/** What is done about gaps by hand: a line a person, calls and their undoing, hand-overs, reminders with a receipt, and the reason that whoever counts gives before names are opened. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { newId } from '#kernel/ids.ts'
import { CallProblem } from '#kernel/client.ts'
import { appointments, giveReason, people, reasonFor, tenures } from '#slices/directory/contract.ts'
import { answer, attributes, myData, profile, retireAttribute, saveAttribute } from '#slices/facts/contract.ts'
import { asksOf, contactMany, excuseMany, fromPreset, gapPeople, gaps, handOver, receivers, remind, settledByDay, standings, switchOn, takeBack, tasks, trail, undoContact } from '#slices/measures/contract.ts'
import { open } from '#slices/responses/contract.ts'
import { openScene, type Cast, type Scene } from '../scene.ts'

let scene: Scene
const responseId = newId()
const whereabouts = newId()
const temperature = newId()
before(async () => {
  scene = await openScene()
  const duty = scene.as('duty')
  await duty.call(open, { responseId, name: '秋冬季传染病防控', hazards: ['influenza'], level: 3, basis: '传染病防治法', decidedBy: '校应急指挥部', plannedEnd: null })
  for (const [measureId, key] of [[whereabouts, 'whereabouts-known'], [temperature, 'symptoms-followed']] as const) {
    await duty.call(fromPreset, { measureId, responseId, key, basis: '校发〔2026〕9号第二条' })
    await duty.call(switchOn, { measureId })
  }
})
after(() => scene.close())

const refusal = (code: string) => (error: unknown) => error instanceof CallProblem && error.code === code
const klass = () => scene.unit('软件2026-1班')
const listed = (who: Cast, more: object = {}) => scene.as(who).call(gapPeople, { unitId: klass(), facets: true, ...more })
const itemsOf = (person: { open: { measureId: string }[]; subject: { id: string } }) => person.open.map(({ measureId }) => ({ measureId, subjectId: person.subject.id }))
const named = async (who: Cast, name: string) => {
  const found = (await listed(who)).people.find((one) => one.subject.name === name)
  assert.ok(found, name)
  return found
}

test('a person with two gaps is one line, with the number to call; figures of the whole add up', async () => {
  const answerOf = await listed('counsellor')
  assert.equal(answerOf.total, 5)
  assert.deepEqual(answerOf.people.map((one) => one.open.length), [2, 2, 2, 2, 2])
  assert.ok(answerOf.people.every((one) => one.subject.phone?.startsWith('1380000') && one.owner?.person.name === '辅甲' && one.reach === 'untried' && one.tries === 0))
  assert.deepEqual(answerOf.facets?.all, 5)
  assert.deepEqual(answerOf.facets?.reach, [{ key: 'untried', count: 5 }])
  assert.deepEqual(answerOf.facets?.measures.map((one) => one.count), [5, 5])
  const old = await scene.as('counsellor').call(gaps, { unitId: klass() })
  assert.equal(old.total, 10, 'the same gaps, one by one')
})

test('one call is noted for both measures and said once; a slip of the finger is taken back, by whoever made it and soon', async () => {
  const person = await named('counsellor', '软甲寅')
  const items = itemsOf(person).map((one) => ({ ...one, contactId: newId() }))
  assert.equal((await scene.as('counsellor').call(contactMany, { items, how: 'call', outcome: 'no-answer', note: '关机' })).noted, 2)
  const after = await named('counsellor', '软甲寅')
  assert.deepEqual([after.reach, after.tries, after.tried.length, after.tried[0]?.note, after.tried[0]?.by], ['no-answer', 1, 1, '关机', '辅甲'])
  assert.equal((await listed('counsellor', { reach: ['no-answer'] })).total, 1)
  const undo = items.map(({ contactId, subjectId }) => ({ contactId, subjectId }))
  await assert.rejects(scene.as('deputyCounsellor').call(undoContact, { items: undo }), refusal('too-late'), 'not somebody else’s')
  assert.equal((await scene.as('counsellor').call(undoContact, { items: undo })).undone, 2)
  assert.equal((await named('counsellor', '软甲寅')).reach, 'untried')
  const again = items.map((one) => ({ ...one, contactId: newId() }))
  await scene.as('counsellor').call(contactMany, { items: again, how: 'call', outcome: 'promised' })
  await scene.advance(11 * 60_000)
  await assert.rejects(scene.as('counsellor').call(undoContact, { items: again.map(({ contactId, subjectId }) => ({ contactId, subjectId })) }), refusal('too-late'))
  assert.equal((await named('counsellor', '软甲寅')).reach, 'promised')
})

test('a reminder says how many people it went to, who had answered already, and who was reminded within the hour', async () => {
  const people = (await listed('counsellor')).people
  const items = people.flatMap(itemsOf)
  const settled = people.find((one) => one.subject.name === '软甲卯')
  assert.ok(settled)
  await scene.as('20261004').call(answer, { answers: [{ factId: newId(), attribute: 'whereabouts', value: '310115', observedAt: scene.now().toISOString() }] })
  const first = await scene.as('counsellor').call(remind, { items: items.map((one) => ({ ...one, contactId: newId() })) })
  assert.deepEqual(first, { reminded: 9, left: 1, settled: 1, people: 5 })
  const second = await scene.as('counsellor').call(remind, { items: items.map((one) => ({ ...one, contactId: newId() })) })
  assert.deepEqual([second.reminded, second.left, second.settled, second.people], [0, 10, 1, 0])
  assert.equal((await named('counsellor', '软甲子')).reach, 'reminded')
  assert.equal((await named('counsellor', '软甲寅')).reach, 'promised', 'a reminder does not hide what was said on the telephone')
})

test('filters, words and order are the server’s', async () => {
  assert.deepEqual((await listed('counsellor', { text: 'rjz' })).people.map((one) => one.subject.name), ['软甲子'])
  assert.deepEqual((await listed('counsellor', { text: '20261003' })).people.map((one) => one.subject.name), ['软甲寅'])
  assert.equal((await listed('counsellor', { text: '%' })).total, 0, 'a per cent sign is a character')
  const up = (await listed('counsellor', { sort: 'name' })).people.map((one) => one.subject.name)
  assert.deepEqual((await listed('counsellor', { sort: 'name', down: true })).people.map((one) => one.subject.name), up.toReversed())
  const two = await scene.as('counsellor').call(gapPeople, { unitId: klass(), page: 2, size: 2, sort: 'name' })
  assert.deepEqual([two.total, two.people.map((one) => one.subject.name)], [5, up.slice(2, 4)])
  assert.equal((await scene.as('counsellor').call(gapPeople, { unitId: klass(), page: 9, size: 2 })).total, 5, 'past the end the total still holds')
})

test('handed over: to whoever may act on them, with the reason, visible to both, and taken back', async () => {
  const person = await named('counsellor', '软甲辰')
  const subjectIds = [person.subject.id]
  const { receivers: may } = await scene.as('counsellor').call(receivers, { subjectIds })
  const names = may.map((one) => one.person.name)
  for (const name of ['代辅', '书甲', '医生', '值甲', '楼管', '软甲丑']) assert.ok(names.includes(name), `${name} may act on them`)
  for (const name of ['辅乙', '书乙', '旧辅', '学处', '管理', '组干']) assert.ok(!names.includes(name), `${name} may not`)
  const items = () => itemsOf(person).map((one) => ({ ...one, taskId: newId() }))
  const to = (name: string) => { const found = may.find((one) => one.person.name === name); assert.ok(found, name); return { officeId: found.officeId, personId: found.person.personId } }
  const stranger = { officeId: to('医生').officeId, personId: scene.person('otherCounsellor') }
  await assert.rejects(scene.as('counsellor').call(handOver, { items: items(), ...stranger, reason: '不归我管' }), refusal('cannot-receive'))
  await assert.rejects(scene.as('otherCounsellor').call(handOver, { items: items(), ...to('医生'), reason: '不归我管' }), refusal('not-found'))
  await assert.rejects(scene.as('counsellor').call(handOver, { items: items(), ...to('医生'), reason: '  ' }), refusal('bad-input'))
  assert.deepEqual(await scene.as('counsellor').call(handOver, { items: items(), ...to('医生'), reason: '连续三天联系不上，请上门看看' }), { handed: 1, settled: 0 })
  const handed = await named('counsellor', '软甲辰')
  assert.deepEqual([handed.reach, handed.handed?.to, handed.handed?.by, handed.handed?.words, handed.handed?.unit], ['handed', '医生', '辅甲', '连续三天联系不上，请上门看看', '校医院'])
  const mine = await scene.as('doctor').call(tasks, {})
  assert.ok(mine.tasks.some((task) => task.subject.id === person.subject.id && task.mine && task.steps.some((step) => step.by === '辅甲' && step.words.startsWith('连续三天'))))
  const story = (await scene.as('counsellor').call(trail, { subjectId: person.subject.id })).deeds
  assert.ok(story.some((deed) => deed.kind === 'step' && deed.step?.to === '医生' && deed.by === '辅甲'))
  assert.ok(story.some((deed) => deed.kind === 'contact' && deed.how === 'remind' && deed.measures.length === 2), 'one reminder for two measures is one deed')
  assert.equal((await scene.as('counsellor').call(takeBack, { items: itemsOf(person), words: '已经找到' })).taken, 1)
  assert.equal((await named('counsellor', '软甲辰')).handed, null)
  await assert.rejects(scene.as('counsellor').call(takeBack, { items: itemsOf(person) }), refusal('not-found'))
})

test('whoever counts says why before names are opened, once for the unit and session; the person reads the reason', async () => {
  const secretary = scene.as('secretary')
  const college = scene.unit('信息学院')
  const student = scene.person('20261005')
  assert.deepEqual((await secretary.call(reasonFor, { subjectId: student })).needed, { unitId: college, unit: '信息学院' })
  assert.equal((await scene.as('counsellor').call(reasonFor, { subjectId: student })).needed, null)
  await assert.rejects(secretary.call(gapPeople, { unitId: klass() }), (error) => {
    assert.ok(error instanceof CallProblem && error.code === 'reason-needed')
    assert.deepEqual(error.details, { unitId: college, unit: '信息学院' })
    return true
  })
  for (const call of [() => secretary.call(gaps, { unitId: college }), () => secretary.call(profile, { personId: student }), () => secretary.call(standings, { subjectId: student }), () => secretary.call(trail, { subjectId: student }), () => secretary.call(asksOf, { subjectId: student })])
    await assert.rejects(call(), refusal('reason-needed'))
  // A search counts them, and names those who hold an office.
  const before_ = await secretary.call(people, { text: '2026', most: 100 })
  assert.deepEqual([before_.people.map((one) => one.number), before_.closed], [['20261002', '20261001'], [{ unitId: college, unit: '信息学院', people: 8 }]])
  assert.deepEqual((await secretary.call(people, { text: '辅甲' })).people.map((one) => one.name), ['辅甲'])
  assert.equal((await scene.as('counsellor').call(people, { text: '2026' })).closed.length, 0)
  await assert.rejects(secretary.call(giveReason, { reasonId: newId(), unitId: college, words: '  ' }), refusal('bad-input'))
  await assert.rejects(secretary.call(giveReason, { reasonId: newId(), unitId: scene.unit('医学院'), words: '看看' }), refusal('not-found'))
  await secretary.call(giveReason, { reasonId: newId(), unitId: college, words: '核实三名失联学生' })
  assert.equal((await secretary.call(reasonFor, { subjectId: college })).needed, null)
  assert.equal((await secretary.call(gapPeople, { unitId: klass() })).total, 5)
  const after_ = await secretary.call(people, { text: '2026', most: 100 })
  assert.deepEqual([after_.people.length, after_.closed], [10, []])
  await secretary.call(profile, { personId: student })
  assert.ok((await secretary.call(asksOf, { subjectId: student })).asks.length > 0)
  await scene.as('counsellor').call(asksOf, { subjectId: student })
  const { looks } = await scene.as('20261005').call(myData, {})
  assert.ok(looks.some((look) => look.by === '书甲' && look.purpose === 'gaps: 核实三名失联学生'))
  assert.ok(looks.some((look) => look.by === '书甲' && look.purpose === 'profile: 核实三名失联学生'))
  assert.ok(looks.some((look) => look.by === '书甲' && look.purpose === 'search: 核实三名失联学生'))
  assert.deepEqual(looks.flatMap((look) => (look.purpose.startsWith('asks') ? [look.purpose] : [])).toSorted(), ['asks', 'asks: 核实三名失联学生'], 'what would be asked of them shows what they last said')
  assert.ok(looks.some((look) => look.by === '辅甲' && look.purpose === 'gaps'), 'who looks after them by name needs no reason')
  await assert.rejects(scene.as('otherSecretary').call(gapPeople, { unitId: scene.unit('医学院') }), refusal('reason-needed'), 'nobody else’s reason')
  await scene.as('doctor').call(profile, { personId: student })
  await scene.as('secretary').call(profile, { personId: scene.person('secretary') })
  await scene.advance(13 * 3_600_000)
  await assert.rejects(secretary.call(profile, { personId: student }), refusal('reason-needed'), 'a reason is for a day’s work')
})

test('who held an office, and what was closed on which day', async () => {
  const { tenures: past } = await scene.as('counsellor').call(appointments, { unitId: klass() })
  assert.deepEqual(past.map((one) => [one.person.name, one.capacity]).toSorted(), [['代辅', 'deputy'], ['辅甲', 'holder']].toSorted())
  assert.equal((await scene.as('counsellor').call(tenures, { personId: scene.person('branchSecretary') })).tenures[0]?.title, '支部书记')
  const { days } = await scene.as('counsellor').call(settledByDay, { unitId: klass() })
  assert.deepEqual(days.map((one) => [one.measureId, one.settled]), [[whereabouts, 1]])
})

test('excused people are listed with the reason', async () => {
  const person = await named('counsellor', '软甲子')
  await scene.as('counsellor').call(excuseMany, { items: itemsOf(person).slice(0, 1).map((one) => ({ ...one, excuseId: newId() })), reason: '已休学', until: null })
  const excused = await listed('counsellor', { state: 'excused' })
  assert.deepEqual(excused.people.map((one) => [one.subject.name, one.open[0]?.excuse?.reason, one.open[0]?.excuse?.by]), [['软甲子', '已休学', '辅甲']])
  assert.equal((await named('counsellor', '软甲子')).open.length, 1)
})

test('a question that a measure needs is not retired; one that nobody needs is, and comes back', async () => {
  const duty = scene.as('duty')
  await assert.rejects(duty.call(retireAttribute, { key: 'whereabouts' }), (error) => error instanceof CallProblem && error.code === 'in-use' && error.message.includes('去向清楚'))
  await assert.rejects(duty.call(retireAttribute, { key: 'no-such-thing' }), refusal('not-found'))
  const spare = { key: 'spare', subjectKind: 'person' as const, type: 'yes-no' as const, label: { zh: '备用', en: 'Spare' }, options: [], unit: null, min: null, max: null, sensitivity: 'normal' as const, freshSeconds: null, askedOf: 'self' as const, purpose: { zh: '试', en: 'try' }, seconds: 2 }
  await duty.call(saveAttribute, spare)
  const keys = async () => (await duty.call(attributes, {})).attributes.map((one) => one.key)
  assert.ok((await keys()).includes('spare'))
  await duty.call(retireAttribute, { key: 'spare' })
  assert.ok(!(await keys()).includes('spare'))
  await duty.call(saveAttribute, spare)
  assert.ok((await keys()).includes('spare'))
})
