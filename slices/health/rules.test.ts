/** What the days and kinds of a case come to. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hazards } from '#slices/responses/rules.ts'
import { caseKinds, daysMissed, lifeCycle, mayBecome, stateOf, untilDay, usual, wantsCheck, worrying } from './rules.ts'

test('a planned end is counted over months and leap days', () => {
  assert.equal(untilDay('2027-12-25', 14), '2028-01-08')
  assert.equal(untilDay('2028-02-20', 10), '2028-03-01')
})

test('a case whose day has come is to be released, and so is one whose response is closed; only a person releases it', () => {
  const one = { untilDay: '2026-03-10', releasedAt: null, responseClosed: false }
  assert.equal(stateOf(one, '2026-03-09'), 'running')
  assert.equal(stateOf(one, '2026-03-10'), 'to-release')
  assert.equal(stateOf(one, '2027-03-10'), 'to-release', 'however long ago')
  assert.equal(stateOf({ ...one, responseClosed: true }, '2026-03-01'), 'to-release')
  assert.equal(stateOf({ ...one, releasedAt: '2026-03-05T00:00:00Z' }, '2026-03-06'), 'released')
})

test('a check is wanted daily while the response is open; days without one are counted, today not yet', () => {
  assert.equal(wantsCheck({ releasedAt: null, responseClosed: true }), false, 'a daily round exists only inside an open response')
  assert.equal(daysMissed('2026-02-27', new Set(['2026-02-28']), '2026-03-02'), 2)
  assert.equal(daysMissed('2026-03-02', new Set(), '2026-03-02'), 0)
})

test('every kind leads to others and to none of its own; whoever is confirmed is not put among the contacts', () => {
  for (const kind of caseKinds) {
    assert.ok(lifeCycle[kind].length > 0)
    assert.equal(mayBecome(kind, kind), false)
  }
  assert.equal(mayBecome('confirmed', 'quarantine'), false)
  assert.equal(mayBecome('observation', 'isolation'), true)
})

test('a fever or a symptom is something to look at, a missing thermometer is not', () => {
  assert.deepEqual([worrying({ temperature: 37.2, symptoms: [] }), worrying({ temperature: 37.3, symptoms: [] }), worrying({ temperature: null, symptoms: [] }), worrying({ temperature: 36.5, symptoms: ['cough'] })], [false, true, false, true])
})

test('what is usual names a hazard of the responses, a kind, and days that a case may last', () => {
  for (const one of usual) assert.ok(hazards.includes(one.illness) && caseKinds.includes(one.kind) && one.days >= 1 && one.days <= 120)
})
