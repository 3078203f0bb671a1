/**
 * Of two answers the later one was erased with its response, the earlier one is held with another: what is known of the person is gone, and still the earlier answer was given.
 * Nothing that was superseded comes back as what is known; what is counted is counted; and the look back says the same as the screens.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { newId } from '#kernel/ids.ts'
import * as facts from '#slices/facts/contract.ts'
import * as measures from '#slices/measures/contract.ts'
import type { RuleGroup } from '#slices/measures/rules.ts'
import * as responses from '#slices/responses/contract.ts'
import { openScene, type Scene } from '../scene.ts'

const hour = 3_600_000
const day = 24 * hour
let scene: Scene
const [counted, known] = [newId(), newId()]

async function response(name: string): Promise<string> {
  const responseId = newId()
  await scene.as('duty').call(responses.open, { responseId, name, hazards: ['other'], level: 3, basis: '核对用', decidedBy: '测试', plannedEnd: null })
  return responseId
}
const told = (value: string) => scene.as('student').call(facts.answer, { answers: [{ factId: newId(), attribute: 'antigen', value, observedAt: scene.now().toISOString() }] })
const stands = async (measureId: string) => (await scene.as('counsellor').call(measures.standings, { subjectId: scene.person('student') })).standings.find((one) => one.measureId === measureId)?.state

before(async () => {
  scene = await openScene()
  await scene.operate(facts.saveAttribute, {
    key: 'antigen', subjectKind: 'person', type: 'choice', label: { zh: '抗原结果', en: 'Antigen test' }, options: [{ value: 'negative', zh: '阴性', en: 'negative' }, { value: 'positive', zh: '阳性', en: 'positive' }], unit: null, min: null, max: null,
    sensitivity: 'normal', freshSeconds: null, askedOf: 'self', purpose: { zh: '核对', en: 'check' }, seconds: 6,
  })
  await scene.as('dataProtection').call(responses.setErasureRule, { days: 0, basis: '核对用', decidedBy: '测试' })
  // The first response: an answer, held back for an appeal.
  const first = await response('第一次')
  await told('negative')
  await scene.advance(hour)
  await scene.as('duty').call(responses.close, { responseId: first, reason: '结束', decidedBy: '测试' })
  await scene.as('dataProtection').call(responses.hold, { holdId: newId(), responseId: first, reason: '申诉', decidedBy: '测试', until: new Date(scene.now().getTime() + 60 * day).toISOString() })
  // The second: another answer, erased. No measure reads the attribute: it belongs to the time.
  await scene.advance(hour)
  const second = await response('第二次')
  await told('positive')
  await scene.advance(hour)
  await scene.as('duty').call(responses.close, { responseId: second, reason: '结束', decidedBy: '测试' })
  await scene.advance(2 * day)
  assert.equal((await scene.as('student').call(responses.erasure, { responseId: second })).state, 'done')
  assert.equal((await scene.as('student').call(responses.erasure, { responseId: first })).state, 'held')
  // The third asks about the same thing.
  const third = await response('第三次')
  for (const [measureId, rule] of [[counted, { field: 'antigen', operator: 'timesWithin', value: { times: 2, days: 10, where: { operator: '=', value: 'negative' } } }], [known, { field: 'antigen', operator: '=', value: 'negative' }]] as const) {
    const population: RuleGroup = { combinator: 'and', rules: [{ field: 'person.unit', operator: 'inUnit', value: scene.unit('软件2026-1班') }] }
    await scene.operate(measures.draft, { measureId, responseId: third, name: { zh: measureId === counted ? '十天两检' : '阴性', en: 'Tested' }, subjectKind: 'person', population, condition: { combinator: 'and', rules: [rule] }, basis: '核对用', demandedBy: 'school', followUp: 'none', danger: 1, endsAt: null })
    await scene.operate(measures.switchOn, { measureId, sponsor: '核对用，不问真人' })
  }
})
after(() => scene.close())

/** The screens and the look back at the same moment. */
async function bothSay(): Promise<void> {
  const unitId = scene.unit('软件2026-1班')
  const now = await scene.as('duty').call(measures.coverage, { unitId })
  const back = await scene.as('duty').call(measures.coverageKnownAt, { unitId, at: scene.now().toISOString() })
  const counts = (all: typeof now.total) => all.map(({ measureId, population, kept, gap, excused, unknown }) => ({ measureId, population, kept, gap, excused, unknown })).toSorted((a, b) => (a.measureId < b.measureId ? -1 : 1))
  assert.deepEqual(counts(back.total), counts(now.total))
}

test('what was superseded does not come back as what is known: it is asked again', async () => {
  assert.deepEqual((await scene.as('student').call(facts.myData, {})).facts.filter((one) => one.attribute === 'antigen').map((one) => one.value), ['negative'], 'what is held, they see')
  assert.equal(await stands(known), 'unknown')
  assert.deepEqual((await scene.as('student').call(measures.asks, {})).asks.map((one) => one.attribute.key), ['antigen'])
  await bothSay()
})

test('the earlier answer is still counted, alone and with the next one', async () => {
  assert.equal(await stands(counted), 'gap', 'one of two')
  await scene.advance(5 * 60_000)
  await told('negative')
  assert.deepEqual([await stands(counted), await stands(known)], ['kept', 'kept'])
  await bothSay()
})
