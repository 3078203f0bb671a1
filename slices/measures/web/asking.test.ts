import assert from 'node:assert/strict'
import { test } from 'node:test'
import { presets } from '../presets.ts'
import { askedNow, type AsksAnswer } from './asking.ts'

const measureOf = (key: string, danger: number): AsksAnswer['measures'][number] => {
  const preset = presets.find((one) => one.key === key)
  if (!preset) throw new Error(key)
  return { measureId: key, name: preset.name, basis: '依据', danger, endsAt: null, condition: preset.condition }
}
const attributes = presets.flatMap((preset) => preset.attributes).filter((attribute) => attribute.askedOf === 'self')
const unitAsk: AsksAnswer['asks'][number] = { attribute: presets.find((one) => one.key === 'zero-report')?.attributes[0] as never, subject: { kind: 'unit', id: 'u1', name: '信息学院' }, because: [], last: null }
const day: AsksAnswer = { asOf: '2026-11-22T00:00:00Z', asks: [unitAsk], measures: [measureOf('whereabouts-known', 2), measureOf('listed-area-observed', 1), measureOf('symptoms-followed', 1)], attributes, known: {}, visibleTo: [] }
const self = { personId: 'p1', name: '某人' }
const asked = (given: { subjectId: string | null; attribute: string; value: unknown }[], from = day) => askedNow(from, given.map((one) => ({ observedAt: '2026-11-22T08:00:00Z', ...one })), self, new Date('2026-11-22T08:00:00Z'), 'Asia/Shanghai').map((ask) => ask.attribute.key)

test('the dangerous first; a question that depends on another appears the moment the other is answered', () => {
  assert.deepEqual(asked([]), ['from-listed-area', 'symptoms', 'whereabouts', 'zero-report'])
  assert.deepEqual(asked([{ subjectId: null, attribute: 'from-listed-area', value: true }]), ['arrival-day', 'observation-place', 'symptoms', 'whereabouts', 'zero-report'])
  assert.deepEqual(asked([{ subjectId: null, attribute: 'from-listed-area', value: false }]), ['symptoms', 'whereabouts', 'zero-report'])
  assert.deepEqual(asked([{ subjectId: 'p1', attribute: 'symptoms', value: ['fever'] }]), ['from-listed-area', 'seen-doctor', 'whereabouts', 'zero-report'])
})

test('what is known is not asked, what another was answered for is not counted as mine, a unit is asked until it is answered for', () => {
  assert.deepEqual(asked([], { ...day, known: { whereabouts: '510107', 'from-listed-area': false, symptoms: ['none'] } }), ['zero-report'])
  assert.deepEqual(asked([{ subjectId: 'p2', attribute: 'symptoms', value: ['none'] }]), ['from-listed-area', 'symptoms', 'whereabouts', 'zero-report'])
  assert.deepEqual(asked([{ subjectId: 'u1', attribute: 'zero-report', value: 'nothing' }]), ['from-listed-area', 'symptoms', 'whereabouts'])
})

test('a reminder stays on its question while the questions are worked out anew', () => {
  const symptoms = attributes.find((attribute) => attribute.key === 'symptoms') as never
  const reminded = { at: '2026-11-22T07:50:00Z', by: '辅甲', note: '' }
  const found = askedNow({ ...day, asks: [unitAsk, { attribute: symptoms, subject: { kind: 'person', id: 'p1', name: '某人' }, because: [], last: null, reminded }] }, [], self, new Date('2026-11-22T08:00:00Z'), 'Asia/Shanghai')
  assert.deepEqual(found.filter((ask) => ask.reminded).map((ask) => [ask.attribute.key, ask.reminded]), [['symptoms', reminded]])
})

test('a question that somebody asks for anew stands first until it is answered here, though it is known', () => {
  const symptoms = attributes.find((attribute) => attribute.key === 'symptoms') as never
  const again = { ...day, known: { whereabouts: '510107', symptoms: ['none'] }, asks: [unitAsk, { attribute: symptoms, subject: { kind: 'person' as const, id: 'p1', name: '某人' }, because: [], last: null, reminded: { at: '2026-11-22T07:50:00Z', by: '辅甲', note: '请核实' }, again: true }] }
  assert.deepEqual(asked([], again), ['symptoms', 'from-listed-area', 'zero-report'])
  assert.deepEqual(asked([{ subjectId: null, attribute: 'symptoms', value: ['none'] }], again), ['from-listed-area', 'zero-report'])
})

test('what must be told twice is asked again when another answer would count, with what was told here counted at once', () => {
  const symptoms = attributes.find((attribute) => attribute.key === 'symptoms') as never
  const condition = (value: object) => ({ combinator: 'and' as const, rules: [{ field: 'symptoms', operator: 'timesWithin', value }] })
  const from = (value: object, seen: { at: string; value: unknown }[]): AsksAnswer => ({ ...day, asks: [], measures: [{ ...measureOf('symptoms-followed', 1), condition: condition(value) }], attributes: [symptoms], known: { symptoms: ['none'], 'symptoms#seen': seen } })
  const here = (observedAt: string) => ({ subjectId: null, attribute: 'symptoms', value: ['none'], observedAt })
  const once = [{ at: '2026-11-21T20:00:00+08:00', value: ['none'] }]
  assert.deepEqual(asked([], from({ times: 2, days: 2 }, once)), ['symptoms'], 'the last answer is fresh, but one is missing')
  assert.deepEqual(asked([here('2026-11-22T07:00:00Z')], from({ times: 2, days: 2 }, once)), [])
  assert.deepEqual(asked([here('2026-11-22T07:00:00Z')], from({ times: 3, days: 2 }, once)), ['symptoms'])
  assert.deepEqual(asked([here('2026-11-22T08:00:00Z')], from({ times: 3, days: 2 }, once)), [], 'a second answer in the same minute would not count')
  assert.deepEqual(asked([here('2026-11-22T01:00:00Z')], from({ times: 3, days: 3, daily: true }, once)), [], 'today has been told; tomorrow again')
})
