import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as format from './format.ts'
import { setLanguage } from './words.ts'

const { count, deadline, leaveJoiners, share, span, time } = format
// What is seen of a date.
const seen = <A extends unknown[]>(say: (...given: A) => string) => (...given: A) => leaveJoiners(say(...given))
const [date, dateTime, day, relative] = [seen(format.date), seen(format.dateTime), seen(format.day), seen(format.relative)]

await setLanguage('zh-Hans')
const zone = 'Asia/Shanghai'
// 2026-02-04, half past one in the morning in Shanghai; still the 3rd in UTC.
const now = '2026-02-03T17:30:00Z'

test('days are the days of the institution, not of UTC', () => {
  assert.equal(day('2026-02-03T16:30:00Z', { now, zone }), '今天')
  assert.equal(day('2026-02-03T15:30:00Z', { now, zone }), '昨天')
  assert.equal(day('2026-02-04T16:00:00Z', { now, zone }), '明天')
  assert.equal(dateTime('2026-02-04T10:00:00Z', { now, zone }), '今天 18:00')
  assert.equal(dateTime('2026-02-11T10:00:00Z', { now, zone }), '2月11日 18:00')
  assert.equal(dateTime('2025-12-31T10:00:00Z', { now, zone }), '2025年12月31日 18:00')
  assert.equal(time('2026-02-03T16:05:00Z', { now, zone }), '00:05')
  assert.equal(date('2026-02-04', { now, zone, weekday: true }), '2月4日（周三）')
})

test('nothing of a date goes to the next line alone, and what is copied has no trace of that', () => {
  const parts = format.date('2026-02-11', { now: '2025-02-03', zone }).split('\u2060')
  assert.deepEqual(parts, ['2026', '年', '2', '月', '11', '日'])
  assert.equal(format.day('2026-02-04', { now, zone }), '今\u2060天')
  assert.equal(leaveJoiners(format.dateTime('2026-02-11T10:00:00Z', { now, zone })), '2月11日 18:00')
})

test('a calendar day is the same day in every zone', () => {
  for (const place of ['Asia/Shanghai', 'America/Los_Angeles', 'Pacific/Kiritimati']) assert.equal(date('2026-02-11', { now, zone: place }), '2月11日')
  assert.equal(day('2026-02-04', { now, zone }), '今天')
})

test('what is no date is shown as it is, never as Invalid Date', () => {
  assert.equal(dateTime('尽快', { now, zone }), '尽快')
  assert.equal(relative('', { now, zone }), '')
})

test('relative times round to what people say', () => {
  const ago = (seconds: number) => relative(Date.parse(now) - seconds * 1000, { now, zone })
  assert.equal(ago(20), '刚刚')
  assert.equal(ago(90), '2 分钟前')
  assert.equal(ago(3599), '1 小时前')
  assert.equal(ago(-7200), '2 小时后')
  assert.equal(ago(86_400 * 3), '3 天前')
  assert.equal(ago(3600 * 37), '1 天前', 'yesterday morning in the evening')
  assert.equal(ago(86_400 * 60), '2025年12月6日')
})

test('a deadline says what is left, or by how much it has passed', () => {
  assert.deepEqual(deadline('2026-02-03T20:30:00Z', { now }), { text: '剩余 3 小时', overdue: false, soon: true })
  assert.deepEqual(deadline('2026-02-03T17:00:00Z', { now }), { text: '已逾期 30 分钟', overdue: true, soon: false })
  assert.equal(span(86_400_000 * 2), '2 天')
})

test('a share never says all while one is missing, nor none while there is one, nor a percentage of few', () => {
  assert.equal(share(33_119, 33_120), '99.9%')
  assert.equal(share(33_120, 33_120), '100%')
  assert.equal(share(1, 33_120), '<0.1%')
  assert.equal(share(0, 33_120), '0%')
  assert.equal(share(3, 7), '3/7')
  assert.equal(share(0, 0), '0/0')
  assert.equal(count(33_120), '33,120')
})

test('English says the same', async () => {
  await setLanguage('en')
  try {
    assert.equal(dateTime('2026-02-11T10:00:00Z', { now, zone }), '11 Feb 18:00')
    assert.equal(date('2026-02-04', { now, zone, weekday: true }), 'Wed 4 Feb')
    assert.equal(relative('2026-02-03T15:30:00Z', { now, zone }), '2 h ago')
  } finally {
    await setLanguage('zh-Hans')
  }
})
