import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { areaList } from '@vant/area-data'
import { makeBehaviour, whereIs } from './behaviour.ts'
import { makeCampus } from './campus.ts'

const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex')
const small = makeCampus({ seed: 3, students: 1000, staff: 100 })

test('the same campus and seed behave the same, another seed differently', () => {
  assert.equal(digest(makeBehaviour(small, 1)), digest(makeBehaviour(makeCampus({ seed: 3, students: 1000, staff: 100 }), 1)))
  assert.notEqual(digest(makeBehaviour(small, 1).people), digest(makeBehaviour(small, 2).people))
})

test('a large school behaves like one', () => {
  const campus = makeCampus({ seed: 3 })
  const behaviour = makeBehaviour(campus, 1)
  const share = (temperament: string): number => behaviour.people.filter((person) => person.temperament === temperament).length / behaviour.people.length
  assert.ok(share('prompt') > 0.55 && share('late') > 0.2 && share('proxy') > 0.02 && share('never') > 0.01 && share('never') < 0.05)
  const returning = behaviour.people.filter((person) => person.returns)
  assert.ok(returning.length > 200 && returning.length < 500)
  const ill = behaviour.people.filter((person) => person.symptoms.length > 0)
  assert.ok(ill.length > 100 && ill.length < 400)
  assert.ok(behaviour.people.filter((person) => person.help.length > 0).length >= 40)
  const staying = behaviour.people.filter((person) => person.staysOnCampus).length
  assert.ok(staying > 800 && staying < 2500, `${staying} stay over the vacation`)
  const term = makeBehaviour(campus, 1, { season: 'term' })
  assert.ok(term.people.filter((person) => person.staysOnCampus).length > 25_000)
})

for (const [students, staff] of [[60, 30], [300, 40], [1000, 100]] as const) {
  test(`of ${students} students nobody behaves impossibly`, () => {
    const campus = makeCampus({ seed: 4, students, staff })
    const behaviour = makeBehaviour(campus, 2, { start: '2027-02-27', days: 3, listed: ['420100', '320100'] })
    const numbers = new Set(campus.people.map((person) => person.number))
    assert.deepEqual(behaviour.people.map((person) => person.number), campus.people.map((person) => person.number))
    assert.deepEqual(behaviour.listed.map((area) => area.city), ['武汉市', '南京市'])
    for (const [index, one] of behaviour.people.entries()) {
      const person = campus.people[index]
      assert.equal(one.delays.length, 3)
      assert.ok(one.delays.every((delay) => (one.temperament === 'never' ? delay === null : delay === null || (delay > 0 && delay < 2881))))
      assert.equal(areaList.city_list[one.whereabouts.code], one.whereabouts.city)
      assert.ok(!one.staysOnCampus || person?.units.residence, 'who stays on campus has a room')
      assert.ok(one.proxy === null || numbers.has(one.proxy))
      if (one.returns) {
        assert.ok(behaviour.listed.includes(one.returns.from) && one.returns.day < 3)
        assert.equal(whereIs(behaviour, one, one.returns.day - 1), one.returns.from)
        assert.equal(whereIs(behaviour, one, one.returns.day), behaviour.host)
      }
      for (const { date, day, temperature } of one.symptoms) assert.ok(temperature > 35 && temperature < 41 && date === ['2027-02-27', '2027-02-28', '2027-03-01'][day])
      for (const { text } of one.help) assert.ok(!/[{}]|undefined|null/.test(text), text)
    }
    assert.ok(behaviour.people.some((one) => one.returns) && behaviour.people.some((one) => one.help.length > 0))
  })
}

test('classes that nobody answers for acknowledge nothing, and nobody answers for their people', () => {
  const behaviour = makeBehaviour(small, 1)
  const orphaned = new Set(small.classes.filter((group) => group.orphaned).map((group) => group.unit))
  assert.ok(orphaned.size > 0)
  const silent = new Set(behaviour.units.filter((unit) => unit.acknowledge === null).map((unit) => unit.unit))
  for (const unit of orphaned) assert.ok(silent.has(unit))
  small.people.forEach((person, index) => {
    if (orphaned.has(person.units.admin)) assert.equal(behaviour.people[index]?.proxy, null)
    else if (person.kind === 'student') assert.ok(behaviour.people[index]?.proxy, person.number)
  })
  assert.ok(behaviour.units.some((unit) => unit.slow && (unit.acknowledge ?? 0) >= 360))
})

test('a drill that cannot be is refused', () => {
  assert.throws(() => makeBehaviour(small, 1, { days: 0 }), /1 to 60 days/)
  assert.throws(() => makeBehaviour(small, 1, { start: 'tomorrow' }), /no date/)
  assert.throws(() => makeBehaviour(small, 1, { listed: ['999999'] }), /no prefecture/)
})
