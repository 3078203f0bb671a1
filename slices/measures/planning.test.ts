/** Planning over HTTP: the burden person by person, who answers for breaking the budget, what is said of what cannot work, simulation and two versions side by side. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { CallProblem } from '#kernel/client.ts'
import { inInstitution } from '#kernel/database.ts'
import { newId } from '#kernel/ids.ts'
import type { Output } from '#kernel/contract.ts'
import { answer, saveAttribute } from '#slices/facts/contract.ts'
import { open } from '#slices/responses/contract.ts'
import { openScene, type Scene } from '../../tests/scene.ts'
import { burden, coverage, draft, end, fromPreset, list, loads, setDemands, simulate, simulated, switchOn } from './contract.ts'
import type { Rule, RuleGroup } from './rules.ts'

let scene: Scene
const responseId = newId()
before(async () => {
  scene = await openScene()
  await scene.as('duty').call(open, { responseId, name: '秋冬季传染病防控', hazards: ['influenza'], level: 3, basis: '传染病防治法', decidedBy: '校应急指挥部', plannedEnd: null })
})
after(() => scene.close())

const and = (...rules: (Rule | RuleGroup)[]): RuleGroup => ({ combinator: 'and', rules })
const kind = (value: string): RuleGroup => and({ field: 'person.kind', operator: '=', value })
const known = (field: string): RuleGroup => and({ field, operator: 'notNull' })
const duty = () => scene.as('duty')
async function attribute(key: string, seconds: number, freshSeconds: number | null, rest: Partial<Output<typeof saveAttribute>> = {}) {
  await duty().call(saveAttribute, {
    key, subjectKind: 'person', type: 'yes-no', label: { zh: `问${key}？`, en: `${key}?` }, options: [], unit: null, min: null, max: null, sensitivity: 'normal', freshSeconds, askedOf: 'self', purpose: { zh: '试', en: 'try' }, seconds, ...rest,
  })
}
async function drafted(name: string, population: RuleGroup, condition: RuleGroup, rest: { demandedBy?: 'city' | 'nation' | 'school'; subjectKind?: 'person' | 'unit' } = {}) {
  const measureId = newId()
  await duty().call(draft, { measureId, responseId, name: { zh: name, en: name }, subjectKind: rest.subjectKind ?? 'person', population, condition, basis: '校发〔2026〕9号', demandedBy: rest.demandedBy ?? 'school', followUp: 'none', danger: 2, endsAt: null })
  return measureId
}
const code = (expected: string) => (error: unknown) => error instanceof CallProblem && error.code === expected
const day = 86_400

test('the budget is that of a person: a long list for staff does not stand in the way of one for students', async () => {
  await attribute('long', 50, day)
  await attribute('short', 20, day)
  await attribute('tail', 30, day)
  const staff = await drafted('教职工长表', kind('staff'), known('long'))
  await duty().call(switchOn, { measureId: staff })
  const students = await drafted('学生短表', kind('student'), { combinator: 'or', rules: [{ field: 'short', operator: '=', value: true }, { field: 'tail', operator: '=', value: true }] })
  const weighed = await duty().call(burden, { measureId: students })
  assert.deepEqual([weighed.people, weighed.most, weighed.expected], [15, { people: 15, median: 50, worst: 50, over: 0 }, { people: 15, median: 20, worst: 20, over: 0 }])
  assert.equal(weighed.withinBudget, true, 'together 100 s are asked, but of nobody')
  await duty().call(switchOn, { measureId: students })

  // A follow-up question counts for those to whom it came.
  await scene.as('student').call(answer, { answers: [{ factId: newId(), attribute: 'short', value: false, observedAt: scene.now().toISOString() }, { factId: newId(), attribute: 'tail', value: true, observedAt: scene.now().toISOString() }] })
  const all = await duty().call(loads, {})
  assert.deepEqual(all.expected, { people: 29, median: 50, worst: 50, over: 0 })
  assert.equal(all.hoursPerDay, Math.round(((14 * 50 + 14 * 20 + 50) / 3600) * 10) / 10)
  assert.deepEqual(all.each.map((one) => [one.people, one.secondsPerPersonDay]).toSorted(), [[14, 50], [15, 50]])
})

test('what takes people over the budget needs somebody by name; who and why is kept, logged and shown', async () => {
  const measureId = await drafted('人人长表', and({ field: 'person.kind', operator: 'in', value: ['student', 'staff'] }), and({ field: 'short', operator: 'notNull' }, { field: 'long', operator: 'notNull' }))
  const weighed = await duty().call(burden, { measureId })
  assert.deepEqual([weighed.broken, weighed.withinBudget, weighed.needsSponsor, weighed.most.over, weighed.before.over], [29, false, true, 29, 0])
  await assert.rejects(duty().call(switchOn, { measureId }), code('over-budget'))
  await assert.rejects(duty().call(switchOn, { measureId, sponsor: '省里要求', sponsorId: scene.person('student') }), code('cannot-sponsor'))
  await assert.rejects(duty().call(switchOn, { measureId, sponsor: '省里要求', sponsorId: scene.person('counsellor') }), code('cannot-sponsor'))
  assert.equal((await duty().call(list, {})).measures.find((one) => one.measureId === measureId)?.status, 'draft', 'a refusal switches nothing on')
  await duty().call(switchOn, { measureId, sponsor: '省里要求，只有三天', sponsorId: scene.person('secretary') })
  const { sponsor } = (await scene.as('counsellor').call(list, {})).measures.find((one) => one.measureId === measureId) ?? {}
  assert.deepEqual([sponsor?.name, sponsor?.office, sponsor?.reason, sponsor?.over], ['书甲', '书记（信息学院）', '省里要求，只有三天', { seconds: 100, people: 29, objections: [] }])
  const logged = await inInstitution(scene.kernel.connection.db, scene.institution.id, 'read', async (tx) => (await sql<{ detail: Record<string, unknown> }>`select detail from kernel.log where call = 'measures.switchOn' and subject_id = ${measureId}`.execute(tx)).rows)
  assert.deepEqual(logged.map(({ detail }) => [detail['sponsor'], detail['people'], detail['seconds']]), [[scene.person('secretary'), 29, 100]])
  // Another that asks nothing new of those who are over already stands in nobody's way.
  const same = await drafted('同样的问题', kind('staff'), known('long'))
  assert.equal((await duty().call(burden, { measureId: same })).broken, 0)
  await duty().call(end, { measureId })
})

test('what cannot work is said with the rules that make it so, and needs somebody to answer for it', async () => {
  await attribute('temperature', 5, day, { type: 'number', unit: '℃', min: 35, max: 42 })
  const [hot, cool] = [{ field: 'temperature', operator: '>', value: 38 }, { field: 'temperature', operator: '<', value: 37 }]
  const never = await drafted('矛盾', kind('student'), and(hot, cool))
  const said = await duty().call(burden, { measureId: never })
  assert.deepEqual(said.objections, [{ kind: 'never', rules: [hot, cool], counts: [], attributes: [] }])
  await assert.rejects(duty().call(switchOn, { measureId: never }), code('cannot-work'))
  const always = await drafted('人人都是', kind('student'), kind('student'))
  assert.deepEqual((await duty().call(burden, { measureId: always })).objections.map((one) => one.kind), ['always'])
  await assert.rejects(duty().call(switchOn, { measureId: always }), code('cannot-work'))

  const nobody = await drafted('外包人员', and({ field: 'person.kind', operator: '=', value: 'family' }, { field: 'person.grade', operator: '=', value: '2026' }), known('short'))
  const counted = await duty().call(burden, { measureId: nobody })
  assert.deepEqual(counted.objections.map((one) => [one.kind, one.counts]), [['nobody', [0, 15]]], 'which rule leaves nobody')

  await attribute('door', 5, day, { askedOf: 'nobody' })
  const unasked = await drafted('门禁', kind('student'), known('door'))
  assert.deepEqual((await duty().call(burden, { measureId: unasked })).objections, [{ kind: 'nobody-asked', rules: [], counts: [], attributes: ['door'] }])
})

test('the levels: what the school adds to what the city asked', async () => {
  await attribute('where', 7, day)
  const city = await drafted('市里要求', kind('student'), known('where'), { demandedBy: 'city' })
  await duty().call(setDemands, { measureId: city, demands: [{ attribute: 'where', everySeconds: 7 * day }] })
  await duty().call(switchOn, { measureId: city })
  const school = await drafted('学校要求', and({ field: 'person.kind', operator: 'in', value: ['student', 'staff'] }), known('where'))
  const { added } = await duty().call(burden, { measureId: school })
  assert.deepEqual(added.map((one) => [one.by, one.kind, one.people, one.secondsPerPersonDay, one.above]).toSorted(), [['school', 'frequency', 15, 6, 7 * day], ['school', 'people', 14, 7, undefined]])
  const { levels } = await scene.as('secretary').call(loads, {})
  assert.deepEqual(levels.find((one) => one.by === 'city')?.added.map((one) => [one.attribute, one.secondsPerPersonDay, one.unstated]), [['where', 1, false]])
  assert.deepEqual(levels.find((one) => one.by === null)?.added.map((one) => [one.attribute, one.secondsPerPersonDay]), [['where', 6]], 'asked daily, demanded weekly: nobody ordered the rest')
  await assert.rejects(duty().call(setDemands, { measureId: city, demands: [{ attribute: 'short', everySeconds: day }] }), code('bad-input'))
})

test('a simulation is what coverage says once the measure is on, in any tree', async () => {
  const measureId = newId()
  await duty().call(fromPreset, { measureId, responseId, key: 'stay-approved', basis: '校发〔2026〕9号' })
  const say = (who: string, value: boolean) => scene.as(who).call(answer, { answers: [{ factId: newId(), attribute: 'on-campus', value, observedAt: scene.now().toISOString() }] })
  await say('student', true)
  await say('classmate', false)
  const before = new Map<string, Output<typeof simulate>>()
  for (const unit of ['信息学院', '北校区', '信息学院党总支']) before.set(unit, await duty().call(simulate, { unitId: scene.unit(unit), version: { measureId } }))
  const college = before.get('信息学院')?.total.one
  // The student on campus is unknown, but the approval is asked of the counsellor.
  assert.deepEqual(college, { population: 10, kept: 1, gap: 0, excused: 0, unknown: 9, asked: 8 })
  const named = await duty().call(simulated, { unitId: scene.unit('信息学院'), version: { measureId }, state: 'asked' })
  assert.deepEqual([named.total, named.hidden, named.rows.some((row) => row.subjectId === scene.person('student'))], [8, 0, false])
  await duty().call(switchOn, { measureId })
  for (const [unit, simulation] of before) {
    const found = await duty().call(coverage, { unitId: scene.unit(unit), measureId })
    const counts = ({ population, kept, gap, excused, unknown }: { population: number; kept: number; gap: number; excused: number; unknown: number }) => ({ population, kept, gap, excused, unknown })
    assert.deepEqual(counts(simulation.total.one), counts(found.total[0] as never), unit)
    assert.deepEqual(simulation.rows.map((row) => [row.unit.name, counts(row.one)]), found.rows.map((row) => [row.unit.name, counts(row.cells[0] as never)]), unit)
  }
  await duty().call(end, { measureId })
})

test('two versions side by side: counts by unit, and by name only for those who may see names', async () => {
  const running = await drafted('短表已答', kind('student'), known('short'))
  await duty().call(switchOn, { measureId: running })
  const plan = { subjectKind: 'person' as const, population: and({ field: 'person.kind', operator: '=', value: 'student' }, { field: 'person.unit', operator: 'inUnit', value: scene.unit('信息学院') }), condition: and({ field: 'short', operator: '=', value: true }) }
  const unitId = scene.unit('江畔大学')
  const compared = await duty().call(simulate, { unitId, version: { measureId: running }, against: { plan } })
  assert.deepEqual([compared.total.one.population, compared.total.two?.population, compared.total.differing], [15, 10, 6])
  assert.deepEqual(compared.moves, [{ from: 'unknown', to: null, count: 5 }, { from: 'kept', to: 'gap', count: 1 }], 'five are let out, one who answered no is a gap now')
  assert.deepEqual(compared.rows.filter((row) => row.differing).map((row) => [row.unit.name, row.differing]).toSorted(), [['信息学院', 1], ['医学院', 5]])
  const names = await duty().call(simulated, { unitId, version: { measureId: running }, against: { plan } })
  assert.deepEqual(names.rows.filter((row) => row.one === 'kept').map((row) => [row.subjectId, row.two, row.unit?.name]), [[scene.person('student'), 'gap', '软件2026-1班']])
  // The organisation office plans measures but sees no gaps by name.
  const without = await scene.as('organisation').call(simulated, { unitId, version: { measureId: running }, against: { plan } })
  assert.deepEqual(without, { total: 6, hidden: 6, rows: [] })
  await assert.rejects(scene.as('secretary').call(simulated, { unitId, version: { measureId: running }, against: { plan } }), code('forbidden'))
  await assert.rejects(duty().call(simulate, { unitId, version: { plan: { ...plan, condition: known('nothing-such') } } }), code('bad-input'))
  await assert.rejects(duty().call(simulate, { unitId, version: {} }), code('bad-input'))

  // Switching the new version on ends the old one in the same step.
  const next = await drafted('短表须答是', plan.population, plan.condition)
  await duty().call(switchOn, { measureId: next, replaces: running })
  const { measures } = await duty().call(list, { ended: true })
  assert.deepEqual([running, next].map((id) => measures.find((one) => one.measureId === id)?.status), ['ended', 'on'])
})
