import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instantIn, localDay } from './clock.ts'

test('days follow each other in every zone, also where midnight is left out or comes twice', () => {
  // Santiago and the Azores put the clock forward at midnight, Lord Howe by half an hour.
  for (const zone of ['Asia/Shanghai', 'America/New_York', 'Europe/London', 'America/Santiago', 'Atlantic/Azores', 'Africa/Cairo', 'Asia/Beirut', 'Australia/Lord_Howe']) {
    for (let day = '2026-01-01'; day < '2027-01-02'; ) {
      const next = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
      const begins = instantIn(next, '00:00', zone)
      assert.equal(localDay(begins, zone), next, `${zone} ${next}`)
      assert.equal(localDay(new Date(begins.getTime() - 1), zone), day, `${zone}: the moment before ${next}`)
      day = next
    }
  }
})

test('a wall-clock time that is left out is the first after it', () => {
  assert.equal(instantIn('2026-03-08', '02:30', 'America/New_York').toISOString(), '2026-03-08T07:30:00.000Z')
  assert.equal(instantIn('2026-09-06', '00:00', 'America/Santiago').toISOString(), '2026-09-06T04:00:00.000Z')
  assert.equal(instantIn('2026-11-22', '17:00', 'Asia/Shanghai').toISOString(), '2026-11-22T09:00:00.000Z')
})
