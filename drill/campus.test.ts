import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { campusFiles, pathOf } from './campus-files.ts'
import { lineage } from './campus-model.ts'
import type { Campus, UnitKind } from './campus-model.ts'
import { makeCampus } from './campus.ts'
import { Random, share } from './random.ts'

const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex')
const count = (campus: Campus, kind: UnitKind): number => campus.units.filter((unit) => unit.kind === kind).length

const sizes = [{ students: 60, staff: 30 }, { students: 300, staff: 40 }, { students: 1000, staff: 100 }, { students: 3000, staff: 300 }, { students: 12_000, staff: 1000 }, { students: 30_000, staff: 3000 }]

test('the same seed gives the same campus and the same files, another seed another one', () => {
  const [one, same, other] = [7, 7, 8].map((seed) => makeCampus({ seed, students: 1000, staff: 100 }))
  assert.ok(one && same && other)
  assert.equal(digest(one), digest(same))
  assert.equal(digest(campusFiles(one)), digest(campusFiles(same)))
  assert.notEqual(digest(one.people), digest(other.people))
})

test('the model school has the size it is meant to have', () => {
  const campus = makeCampus({ seed: 1 })
  assert.equal(campus.people.filter((person) => person.kind === 'student').length, 30_000)
  assert.equal(campus.people.filter((person) => person.kind !== 'student').length, 3000)
  assert.deepEqual((['college', 'department', 'campus', 'building', 'room'] as const).map((kind) => count(campus, kind)), [25, 25, 2, 45, 6500])
  const within = (value: number, least: number, most: number, what: string): void => assert.ok(value >= least && value <= most, `${what}: ${value}`)
  within(count(campus, 'class'), 950, 1050, 'classes')
  within(count(campus, 'branch'), 120, 200, 'branches')
  within(new Set(campus.holdings.filter((one) => one.title === '辅导员').map((one) => one.person)).size, 140, 170, 'counsellors')
  within(campus.people.filter((person) => person.politicalStatus === 'member').length, 2000, 3200, 'members')
  assert.equal(campus.classes.filter((group) => group.orphaned).length, 12)
  within(campus.people.filter((person) => person.kind === 'student' && person.units.residence === null).length, 300, 1500, 'students in no room')
  for (const status of ['internship', 'suspended', 'exchange', 'on-leave', 'seconded'] as const) within(campus.people.filter((person) => person.status === status).length, 5, 1500, status)
})

for (const size of sizes) {
  test(`a campus of ${size.students} students and ${size.staff} staff is whole`, () => {
    const campus = makeCampus({ seed: 3, ...size })
    const units = new Map(campus.units.map((unit) => [unit.id, unit]))
    const people = new Map(campus.people.map((person) => [person.number, person]))
    assert.equal(units.size, campus.units.length)
    assert.equal(people.size, campus.people.length, 'numbers are unique')
    assert.equal(campus.people.length, size.students + size.staff)
    const paths = new Set(campus.units.map((unit) => `${unit.tree} ${pathOf(units, unit.id)}`))
    assert.equal(paths.size, campus.units.length, 'no two units of a tree have one path')
    const living = new Map<string, number>()
    const sexes = new Map<string, Set<string>>()
    for (const person of campus.people) {
      const admin = units.get(person.units.admin)
      assert.equal(admin?.kind, person.kind === 'student' ? 'class' : 'office', person.number)
      const member = person.politicalStatus === 'member' || person.politicalStatus === 'probationary'
      assert.equal(person.units.party === null ? null : units.get(person.units.party)?.kind, member ? 'branch' : null)
      assert.match(person.phone, /^1380000\d{4}$/)
      assert.ok(person.name.length >= 2, person.number)
      if (person.units.residence === null) continue
      const [room, , building] = lineage(units, person.units.residence)
      assert.ok(room?.kind === 'room' && building?.kind === 'building' && !person.livesOut)
      living.set(room.id, (living.get(room.id) ?? 0) + 1)
      sexes.set(building.id, (sexes.get(building.id) ?? new Set()).add(person.sex))
    }
    for (const [room, persons] of living) assert.ok(persons <= (units.get(room)?.beds ?? 0), `room ${room} holds ${persons}`)
    for (const [building, both] of sexes) assert.equal(both.size, 1, building)
    for (const holding of campus.holdings) {
      assert.equal(units.get(holding.unit)?.tree, holding.tree)
      assert.ok(people.has(holding.person) && holding.from < (holding.to ?? '9'))
    }
    for (const link of campus.links) assert.ok(people.has(link.member) && living.has(link.room))
  })

  test(`of ${size.students} students every class has its counsellor, but for those that nobody answers for`, () => {
    const campus = makeCampus({ seed: 5, ...size })
    const answers = new Set(campus.holdings.filter((one) => one.to === null && (one.title === '辅导员' || one.title === '班主任')).map((one) => one.unit))
    assert.equal(campus.classes.length, count(campus, 'class'))
    for (const group of campus.classes) assert.equal(answers.has(group.unit), !group.orphaned, group.unit)
    assert.ok(campus.classes.some((group) => group.orphaned))
    const lent = new Set(campus.people.filter((person) => person.status === 'seconded').map((person) => person.number))
    const counsels = new Map(campus.holdings.filter((one) => one.to === null && one.title === '辅导员' && one.capacity === 'holder').map((one) => [one.unit, one.person]))
    for (const group of campus.classes) assert.equal(counsels.get(group.unit), group.orphaned ? undefined : group.counsellor)
    for (const counsellor of counsels.values()) assert.ok(!lent.has(counsellor), 'who was lent out answers for nobody')
    if (size.students >= 3000) assert.ok(campus.classes.filter((group) => group.orphaned).every((group) => lent.has(group.counsellor)), 'the list still names the one who left')
    for (const title of ['书记', '副书记', '院长', '值班员', '组织部干事', '校医', '个人信息保护负责人', '党支部书记', '楼长', '楼层长']) {
      assert.ok(campus.holdings.some((one) => one.title === title && one.to === null), title)
    }
  })
}

test('counsellors of a large school answer for classes of one college and one grade', () => {
  const campus = makeCampus({ seed: 2 })
  const grades = new Map<string, Set<string>>()
  for (const group of campus.classes) grades.set(group.counsellor, (grades.get(group.counsellor) ?? new Set()).add(`${group.college} ${group.grade}`))
  const several = [...grades.values()].filter((places) => places.size > 1)
  assert.ok(several.length <= 2, `${several.length} counsellors serve several grades`)
})

test('impossible sizes are refused in words', () => {
  assert.throws(() => makeCampus({ seed: 1, students: 3 }), /60 to 60000 students, not 3/)
  assert.throws(() => makeCampus({ seed: 1, students: 30_000, staff: 40 }), /40 staff are too few for 30000 students/)
})

test('a generator repeats itself, and its forks do not depend on each other', () => {
  const draw = (random: Random): number[] => Array.from({ length: 50 }, () => random.below(1000))
  assert.deepEqual(draw(new Random(9)), draw(new Random(9)))
  const [first, second] = [new Random(9), new Random(9)]
  first.next()
  assert.deepEqual(draw(first.fork('x')), draw(second.fork('x')))
  assert.notDeepEqual(draw(new Random(9).fork('x')), draw(new Random(9).fork('y')))
  const random = new Random(4)
  const hits = Array.from({ length: 10 }, () => 0)
  for (let i = 0; i < 100_000; i += 1) {
    const face = random.below(10)
    hits[face] = (hits[face] ?? 0) + 1
  }
  for (const n of hits) assert.ok(n > 9500 && n < 10_500, `uneven: ${hits.join(' ')}`)
  assert.deepEqual(share(10, [1, 1, 1]), [4, 3, 3])
  assert.equal(share(30_000, [1.9, 0.4, 0.7]).reduce((a, b) => a + b), 30_000)
})
