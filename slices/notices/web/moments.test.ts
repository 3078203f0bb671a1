import assert from 'node:assert/strict'
import { test } from 'node:test'
import { daysToFriday, momentOf } from './moments.ts'

test('wall clock times are those of the institution, also after midnight and across a change of offset', () => {
  const now = new Date('2026-02-04T17:30:00Z') // 5 February, 01:30 in Shanghai
  assert.equal(momentOf(0, 18, 'Asia/Shanghai', now), '2026-02-05T10:00:00.000Z')
  assert.equal(momentOf(1, 18, 'Asia/Shanghai', now), '2026-02-06T10:00:00.000Z')
  assert.equal(momentOf(1, 18, 'Europe/Berlin', new Date('2026-03-28T12:00:00Z')), '2026-03-29T16:00:00.000Z')
})
test('this Friday is never behind us', () => {
  assert.equal(daysToFriday('Asia/Shanghai', new Date('2026-02-04T17:30:00Z')), 1)
  assert.equal(daysToFriday('Asia/Shanghai', new Date('2026-02-06T17:30:00Z')), 6)
  assert.equal(daysToFriday('UTC', new Date('2026-02-06T12:00:00Z')), 0)
})
