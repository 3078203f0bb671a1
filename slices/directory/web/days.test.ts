import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endOfDay, lastMoment, startOfDay } from './days.ts'

test('a holding from the 4th until the 5th covers both days of the institution, wherever it lies', () => {
  assert.equal(startOfDay('2026-02-04', 'Asia/Shanghai'), '2026-02-03T16:00:00.000Z')
  assert.equal(endOfDay('2026-02-05', 'Asia/Shanghai'), '2026-02-05T16:00:00.000Z')
  assert.equal(startOfDay('2026-07-01', 'America/New_York'), '2026-07-01T04:00:00.000Z')
  assert.equal(startOfDay('2026-07-01', 'UTC'), '2026-07-01T00:00:00.000Z')
  // Shown again as the last day that belongs to it.
  assert.equal(lastMoment(endOfDay('2026-02-28', 'Asia/Shanghai')).toISOString(), '2026-02-28T15:59:59.999Z')
})
