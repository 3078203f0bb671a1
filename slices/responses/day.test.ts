import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayOfResponse } from './rules.ts'

test('the day of a response is counted on the calendar of the institution: early on the morning after is the second', () => {
  const opened = '2026-11-21T00:00:00Z' // 08:00 in Shanghai
  const day = (at: string, zone = 'Asia/Shanghai') => dayOfResponse(opened, new Date(at), zone)
  assert.deepEqual([day('2026-11-21T15:59:00Z'), day('2026-11-21T16:00:00Z'), day('2026-11-22T20:50:00Z')], [1, 2, 3])
  assert.equal(day('2026-11-20T00:00:00Z'), 1, 'never before the first')
  assert.equal(day('2026-11-21T16:00:00Z', 'UTC'), 1)
})
