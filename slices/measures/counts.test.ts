/** How often something was told, through the calls: who stands how, what is asked again and when, what a correction takes away. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { newId } from '#kernel/ids.ts'
import { Problem } from '#kernel/problems.ts'
import { answer, saveAttribute } from '#slices/facts/contract.ts'
import { open } from '#slices/responses/contract.ts'
import { openScene, type Scene } from '../../tests/scene.ts'
import { asks, burden, coverage, draft, simulate, standings, switchOn } from './contract.ts'
import type { RuleGroup } from './rules.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
let scene: Scene
const responseId = newId()
const population: RuleGroup = { combinator: 'and', rules: [{ field: 'person.unit', operator: 'inUnit', value: '' }, { field: 'person.kind', operator: '=', value: 'student' }] }
async function drafted(value: object, rest: { field?: string } = {}): Promise<string> {
  const measureId = newId()
  const whom: RuleGroup = { ...population, rules: population.rules.map((rule) => ('value' in rule && rule.value === '' ? { ...rule, value: scene.unit('软件2026-1班') } : rule)) }
  await scene.operate(draft, { measureId, responseId, name: { zh: '三天两检', en: 'Two tests in three days' }, subjectKind: 'person', population: whom, condition: { combinator: 'and', rules: [{ field: rest.field ?? 'antigen', operator: 'timesWithin', value }] }, basis: '核对用', demandedBy: 'city', followUp: 'open-task', danger: 2, endsAt: null })
  return measureId
}
const told = async (value: string, ago = 0, more: { factId?: string; corrects?: string } = {}) => {
  const factId = more.factId ?? newId()
  await scene.as('student').call(answer, { answers: [{ factId, attribute: 'antigen', value, observedAt: new Date(scene.now().getTime() - ago).toISOString(), ...(more.corrects ? { corrects: more.corrects } : {}) }] })
  return factId
}
const stands = async (measureId: string) => (await scene.as('counsellor').call(standings, { subjectId: scene.person('student') })).standings.find((one) => one.measureId === measureId)
const asked = async () => (await scene.as('student').call(asks, {})).asks.map((one) => one.attribute.key)

before(async () => {
  scene = await openScene()
  await scene.operate(open, { responseId, name: '三天两检', hazards: ['other'], level: 3, basis: '核对用', decidedBy: '测试', plannedEnd: null })
  await scene.operate(saveAttribute, {
    key: 'antigen', subjectKind: 'person', type: 'choice', label: { zh: '抗原结果', en: 'Antigen test' }, options: [{ value: 'negative', zh: '阴性', en: 'negative' }, { value: 'positive', zh: '阳性', en: 'positive' }], unit: null, min: null, max: null,
    sensitivity: 'normal', freshSeconds: (5 * day) / 1000, askedOf: 'self', purpose: { zh: '核对', en: 'check' }, seconds: 6,
  })
})
after(() => scene.close())

test('two negative tests in three days, of one a day: asked until there are two, again when the first is too old, not twice on a day', async () => {
  const measureId = await drafted({ times: 2, days: 3, daily: true, where: { operator: '=', value: 'negative' } })
  await scene.operate(switchOn, { measureId })
  // In the morning of some day.
  await scene.advance(day - ((scene.now().getTime() + 8 * hour) % day) + 9 * hour)
  assert.deepEqual([(await stands(measureId))?.state, await asked()], ['unknown', ['antigen']])
  await told('negative', 2 * minute)
  assert.deepEqual([(await stands(measureId))?.state, await asked()], ['gap', []], 'one of two, and today nothing more can count')
  await told('negative', minute)
  assert.equal((await stands(measureId))?.state, 'gap', 'a second one on the same day does not count')
  await scene.advance(day)
  assert.deepEqual(await asked(), ['antigen'], 'the last answer is fresh for days, but one is missing')
  const twice = newId()
  await told('negative', 0, { factId: twice })
  const now = await stands(measureId)
  assert.deepEqual([now?.state, await asked()], ['kept', []])
  assert.equal(now?.until && Math.round((Date.parse(now.until) - scene.now().getTime()) / hour), 24 + 15, 'until the midnight at which the first one leaves the three days')
  await scene.advance(2 * day)
  assert.deepEqual([(await stands(measureId))?.state, await asked()], ['gap', ['antigen']], 'one of the two has become too old, nobody did anything')
  await told('negative')
  assert.equal((await stands(measureId))?.state, 'kept')
  await told('positive', 0, { corrects: twice })
  assert.equal((await stands(measureId))?.state, 'gap', 'what was corrected does not count any more')
})

test('an answer that comes in late counts for when it was observed; one from a clock that is ahead counts when its time has come', async () => {
  await scene.advance(10 * day)
  const measureId = await drafted({ times: 2, hours: 48 })
  await scene.operate(switchOn, { measureId, sponsor: '核对用，不问真人' })
  await told('negative')
  await told('negative', 49 * hour)
  assert.equal((await stands(measureId))?.state, 'gap', 'too long ago')
  await told('negative', 47 * hour)
  assert.equal((await stands(measureId))?.state, 'kept', 'older than what is known, and still one of two')
  await scene.advance(hour + 1000)
  assert.equal((await stands(measureId))?.state, 'gap')
  await told('negative', -4 * minute)
  assert.equal((await stands(measureId))?.state, 'gap', 'its time has not come')
  await scene.advance(5 * minute)
  const cell = (await scene.as('duty').call(coverage, { unitId: scene.unit('软件2026-1班'), measureId })).total[0]
  assert.deepEqual([(await stands(measureId))?.state, cell?.kept], ['kept', 1])
})

test('before it is switched on: what cannot be reached is said, what it costs counts every answer, who would be asked are all that fall short', async () => {
  await scene.advance(10 * day)
  await told('negative')
  const never = await drafted({ times: 4, days: 3, daily: true })
  assert.deepEqual((await scene.operate(burden, { measureId: never })).objections.map((one) => one.kind), ['never'])
  const often = await drafted({ times: 4, hours: 24 })
  assert.equal((await scene.operate(burden, { measureId: often })).secondsPerPersonDay, 24, 'six seconds, four times a day, although an answer holds for five days')
  const total = async (value: object) => (await scene.operate(simulate, { unitId: scene.unit('软件2026-1班'), version: { measureId: await drafted(value) } })).total.one
  const daily = await total({ times: 2, days: 3, daily: true })
  assert.deepEqual([daily.gap, daily.asked], [1, daily.unknown], 'who told it today is asked tomorrow')
  await scene.advance(2 * minute)
  const more = await total({ times: 2, days: 3 })
  assert.deepEqual([more.gap, more.asked], [1, more.unknown + 1], 'who told it once is asked again')
})

test('what cannot be counted is refused in words', async () => {
  await assert.rejects(drafted({ times: 2 }), (error: unknown) => error instanceof Problem && /how often at least/.test(error.message))
  await assert.rejects(drafted({ times: 2, days: 3, where: { operator: '=', value: 'unclear' } }), (error: unknown) => error instanceof Problem && /cannot be compared with/.test(error.message))
  await assert.rejects(drafted({ times: 2, days: 3 }, { field: 'person.grade' }), (error: unknown) => error instanceof Problem && /comes from the roster/.test(error.message))
})
