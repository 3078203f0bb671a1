import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DatabaseClock } from './database-clock.ts'

const minute = 60_000
function machine(ahead: number) {
  const sources = { database: 1_000_000_000_000, ahead, steadyAt: 500, away: false }
  const pass = (ms: number) => { sources.database += ms; sources.steadyAt += ms }
  const clock = new DatabaseClock({ wall: () => sources.database + sources.ahead, steady: () => sources.steadyAt, ask: () => (sources.away ? Promise.reject(new Error('away')) : Promise.resolve(sources.database)) })
  return { sources, pass, clock }
}

test('two servers five minutes apart tell one time, the database\'s', async () => {
  const [one, two] = [machine(5 * minute), machine(-3 * minute)]
  assert.deepEqual(await Promise.all([one.clock.look(), two.clock.look()]), [5 * minute, -3 * minute])
  for (const { sources, pass, clock } of [one, two]) {
    pass(7 * minute)
    assert.equal(clock.now(), sources.database)
  }
  const near = machine(20)
  await near.clock.look()
  assert.equal(near.clock.now(), near.sources.database + 20, 'what the way of an answer explains is left alone')
})

test('the machine\'s clock is set forward a day or back an hour: the time goes on as before, also while the database is away; the database\'s own is followed', async () => {
  const { sources, pass, clock } = machine(0)
  await clock.look()
  for (const set of [24 * 60 * minute, -60 * minute]) {
    for (const away of [false, true]) {
      sources.away = away
      sources.ahead += set
      pass(10)
      assert.equal(clock.now(), sources.database)
      await clock.look()
      pass(minute)
      assert.equal(clock.now(), sources.database)
    }
  }
  sources.away = false
  // Both on one machine: then the database says the new time too.
  sources.database += 60 * minute
  await clock.look()
  assert.equal(clock.now(), sources.database)
})
