import assert from 'node:assert/strict'
import { test } from 'node:test'
import { manyPeople, oddLooks, sameTimes, type HourOfLooks } from './rules.ts'

const hour = (at: string, people: number, of = 10, actorId = 'a'): HourOfLooks => ({ actorId, at, hour: of, people, calls: ['directory.members'] })
const day = (n: number, h: number) => `2026-03-${String(n).padStart(2, '0')}T${String(h).padStart(2, '0')}:00:00.000Z`

test('many is many for this person: what is usual for them counts, and a counsellor’s whole year is below the floor', () => {
  const usual = Array.from({ length: 9 }, (_, n) => hour(day(n + 1, 2), 200))
  assert.deepEqual(oddLooks([...usual, hour(day(10, 2), 599)], []), [])
  const [found] = oddLooks([...usual, hour(day(10, 2), 600)], [])
  assert.deepEqual([found?.kind, found?.usual, found?.limit], ['many', 200, 600])
  assert.deepEqual(oddLooks([hour(day(1, 2), manyPeople - 1)], []), [])
  assert.equal(oddLooks([hour(day(1, 2), manyPeople)], []).length, 1)
})

test('night is told apart, and an hour is named once', () => {
  assert.deepEqual(oddLooks([hour(day(1, 18), 60, 2)], []).map((one) => one.kind), ['night'])
  assert.deepEqual(oddLooks([hour(day(1, 18), 400, 2)], []).map((one) => one.kind), ['many'])
  assert.deepEqual(oddLooks([hour(day(1, 14), 60, 22)], []), [])
})

test('the same person again and again, the latest first', () => {
  const repeats = [{ actorId: 'a', at: day(1, 1), times: sameTimes, calls: [], unit: null }, { actorId: 'b', at: day(2, 1), times: 40, calls: [], unit: '一班' }, { actorId: 'c', at: day(3, 1), times: sameTimes - 1, calls: [], unit: null }]
  assert.deepEqual(oddLooks([], repeats).map((one) => [one.actorId, one.count]), [['b', 40], ['a', sameTimes]])
})
