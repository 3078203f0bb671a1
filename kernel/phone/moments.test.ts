import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rightMoments } from './moments.ts'

const day = 86_400_000
const now = Date.parse('2099-03-10T08:00:00Z')
const iso = (ms: number) => new Date(ms).toISOString()
const sheet = (at: number) => ({ answers: [{ attribute: 'temperature', value: 36.5, observedAt: iso(at) }] })
const momentOf = (input: unknown) => (input as ReturnType<typeof sheet>).answers[0]?.observedAt

test('a clock three days ahead or behind: the answer keeps the moment at which it was given', () => {
  for (const wrong of [3 * day, -3 * day]) {
    // Answered an hour ago without a network, by the phone's clock.
    const { input, shift } = rightMoments(sheet(now + wrong - 3_600_000), { offset: 0, heard: 0 }, -wrong, now + wrong)
    assert.equal(momentOf(input), iso(now - 3_600_000))
    assert.equal(shift, -wrong)
  }
})

test('a clock known to be wrong was reckoned with already: nothing is put right twice', () => {
  const given = sheet(now - 3_600_000)
  assert.deepEqual(rightMoments(given, { offset: -3 * day, heard: now - day }, -3 * day, now + 3 * day), { input: given, shift: 0 })
})

test('put right by the phone network in between: not in the future, not before what was heard', () => {
  assert.equal(momentOf(rightMoments(sheet(now + 3 * day), { offset: 0, heard: now - day }, 0, now).input), iso(now))
  assert.equal(momentOf(rightMoments(sheet(now - 300 * day), { offset: 0, heard: now - day }, 0, now).input), iso(now - day))
})

test('days without a network and a right clock: the moment stays', () => {
  const given = sheet(now - 5 * day)
  assert.equal(rightMoments(given, { offset: 0, heard: now - 6 * day }, 2000, now).input, given, 'two seconds are the way')
})
