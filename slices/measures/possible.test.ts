/** What is said of a measure before anybody is counted: always with the rules that make it so, and nothing where it cannot be told. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { caseField, caseKinds, openCase } from './cases.ts'
import { canBe, objectionsTo, type Domain, type World } from './possible.ts'
import { baseFields, evaluate, type Known, type Rule, type RuleGroup } from './rules.ts'

const label = { zh: '项', en: 'field' }
const fields = new Map<string, Domain>([
  ...Object.entries(baseFields),
  ['symptoms', { type: 'choices', options: ['none', 'fever', 'cough'], label }],
  ['place', { type: 'choice', options: ['site', 'home', 'hospital'], label }],
  ['temperature', { type: 'number', min: 35, max: 42, label }],
  ['on-campus', { type: 'yes-no', label }],
  ['back', { type: 'day', label }],
  ['whereabouts', { type: 'area', label }],
  [openCase.key, caseField],
])
const units = new Map([
  ['school', { tree: 'admin', above: ['school'] }],
  ['law', { tree: 'admin', above: ['law', 'school'] }],
  ['medicine', { tree: 'admin', above: ['medicine', 'school'] }],
  ['building', { tree: 'residence', above: ['building'] }],
])
const world: World = { fields, now: new Date('2026-03-10T04:00:00Z'), timeZone: 'Asia/Shanghai', units }
const and = (...rules: (Rule | RuleGroup)[]): RuleGroup => ({ combinator: 'and', rules })
const or = (...rules: (Rule | RuleGroup)[]): RuleGroup => ({ combinator: 'or', rules })
const rule = (field: string, operator: string, value?: unknown): Rule => ({ field, operator, ...(value === undefined ? {} : { value }) })
const students = and(rule('person.kind', '=', 'student'))
const kinds = (population: RuleGroup, condition: RuleGroup) => objectionsTo({ population, condition }, world).map((one) => one.kind)

test('rules that exclude each other are named, and only those', () => {
  const [fever, cool, campus] = [rule('temperature', '>', 38), rule('temperature', '<', 37), rule('on-campus', '=', true)]
  assert.deepEqual(objectionsTo({ population: students, condition: and(campus, fever, cool) }, world), [{ kind: 'never', rules: [fever, cool] }])
  const staff = rule('person.kind', '=', 'staff')
  assert.deepEqual(objectionsTo({ population: students, condition: and(campus, staff) }, world), [{ kind: 'never', rules: [students.rules[0], staff] }], 'also across population and condition')
})

test('what can never be met, by each type', () => {
  for (const condition of [
    and(rule('temperature', '>', 45)), // nobody can answer more than 42
    and(rule('place', '=', 'home'), rule('place', '!=', 'home')),
    and(rule('symptoms', 'contains', 'fever'), rule('symptoms', 'doesNotContain', 'fever')),
    and(rule('back', '<', '2026-02-01'), rule('back', 'withinDays', 14)),
    and(rule('whereabouts', 'inAreas', ['5101']), rule('whereabouts', 'notInAreas', ['51'])),
    and(rule('on-campus', '=', true), { combinator: 'or', not: true, rules: [rule('on-campus', '=', true), rule('place', 'notNull')] }),
    and(rule('symptoms', 'countAtMost', 1), rule('symptoms', 'contains', 'fever'), rule('symptoms', 'contains', 'cough')),
    and(rule('symptoms', 'countAtLeast', 4)),
    and(rule('whereabouts', 'inAreaList', { asOf: 'today', editions: [{ from: '2026-03-01', areas: ['5101'] }, { from: '2026-03-20', areas: ['3101'] }] }), rule('whereabouts', 'inAreas', ['31'])),
    and(rule('person.unit', 'inUnit', 'law'), rule('person.unit', 'inUnit', 'medicine')),
    and(rule(openCase.key, 'hasCase', ['isolation']), rule(openCase.key, 'hasNoCase', [])),
    and(rule('person.unit', 'inUnit', 'law'), { combinator: 'and', not: true, rules: [rule('person.unit', 'inUnit', 'school')] }),
  ])
    assert.deepEqual(kinds(students, condition), ['never'], JSON.stringify(condition))
  assert.deepEqual(kinds(and(rule('person.kind', '=', 'student'), rule('person.kind', '=', 'staff')), and(rule('on-campus', '=', true))), ['no-population'])
})

const times = (field: string, value: object) => rule(field, 'timesWithin', value)
test('a count that can never be reached, or that another count rules out, is named', () => {
  for (const condition of [
    and(times('temperature', { times: 4, days: 3, daily: true })), // three days are three days
    and(times('temperature', { times: 62, hours: 1 })),
    and(times('temperature', { times: 1, days: 3, where: { operator: '>', value: 45 } })), // nobody can answer more than 42
    and(times('temperature', { times: 3, hours: 24 }), { combinator: 'and', not: true, rules: [times('temperature', { times: 2, days: 3 })] }),
    and(times('temperature', { times: 2, days: 3, where: { operator: '>', value: 38 } }), { combinator: 'and', not: true, rules: [times('temperature', { times: 1, days: 7 })] }),
  ])
    assert.deepEqual(kinds(students, condition), ['never'], JSON.stringify(condition))
  const [both, none] = [times('temperature', { times: 2, days: 3 }), { combinator: 'and' as const, not: true, rules: [times('temperature', { times: 1, days: 3 })] }]
  assert.deepEqual(objectionsTo({ population: students, condition: and(rule('on-campus', '=', true), both, none) }, world), [{ kind: 'never', rules: [both, none] }], 'with the rules as they were written')
})
test('a count that can be reached is left alone, whatever the latest value must be', () => {
  for (const condition of [
    and(times('temperature', { times: 3, days: 3, daily: true })),
    and(times('temperature', { times: 100, hours: 72 })),
    and(times('temperature', { times: 2, days: 3, where: { operator: '>', value: 38 } }), rule('temperature', '<', 37)), // it has gone down
    and(times('temperature', { times: 2, days: 7 }), { combinator: 'and', not: true, rules: [times('temperature', { times: 2, days: 3 })] }),
    and(times('temperature', { times: 2, hours: 72 }), { combinator: 'and', not: true, rules: [times('temperature', { times: 2, days: 3 })] }), // 72 hours ago may be a day before
    and(times('symptoms', { times: 2, days: 3, where: { operator: 'contains', value: 'none' } })),
  ])
    assert.deepEqual(kinds(students, condition), [], JSON.stringify(condition))
  assert.deepEqual(kinds(students, or(times('temperature', { times: 1, days: 3 }), rule('person.kind', '=', 'student'))), ['always'])
})

test('what can be met is left alone', () => {
  for (const condition of [
    and(rule('temperature', '>=', 42)),
    and(rule('symptoms', 'countAtLeast', 3)),
    and(rule('whereabouts', 'inAreaList', { asOf: '2026-03-25', editions: [{ from: '2026-03-01', areas: ['5101'] }, { from: '2026-03-20', areas: ['3101'] }] }), rule('whereabouts', 'inAreas', ['31'])),
    and(rule('back', '<', '2026-03-01'), rule('back', 'withinDays', 14)),
    and(rule('whereabouts', 'inAreas', ['51']), rule('whereabouts', 'notInAreas', ['5101', '5102', '51'.padEnd(6, '9')])),
    and(rule('person.unit', 'inUnit', 'law'), rule('person.unit', 'inUnit', 'building'), rule('on-campus', '=', true)),
    or(rule('symptoms', 'contains', 'none'), rule('place', 'in', ['home'])),
    and(rule('whereabouts', 'notNull')), // asks only that it is known: what a question is for
    and(rule('person.grade', '=', '2026')),
  ])
    assert.deepEqual(kinds(students, condition), [], JSON.stringify(condition))
})

test('what is met by everybody, or by every answer', () => {
  assert.deepEqual(kinds(students, and(rule('person.kind', 'in', ['student', 'staff']))), ['always'])
  assert.deepEqual(kinds(students, or(rule('person.kind', '=', 'student'), rule('on-campus', '=', true))), ['always'])
  assert.deepEqual(kinds(students, and(rule('person.grade', '!=', '2026'))), [], 'an empty grade is unknown, not met')
  assert.deepEqual(kinds(students, or(rule('on-campus', '=', true), rule('on-campus', '=', false))), ['any-answer'])
  assert.deepEqual(kinds(students, and(rule('temperature', '<', 50))), ['any-answer'])
  assert.deepEqual(kinds(students, or(rule(openCase.key, 'hasNoCase', ['isolation']), rule(openCase.key, 'hasCase', []))), ['always'])
  assert.deepEqual(kinds(students, and(rule(openCase.key, 'hasNoCase', []))), [], 'met while nobody has a case, missed once somebody has')
  assert.deepEqual(kinds(students, and(rule(openCase.key, 'hasCase', ['quarantine']))), [], 'missed by everybody now; a case can be opened')
})

test('too many ways to try: silence rather than a guess', () => {
  const ids = Array.from({ length: 12 }, (_, index) => `u${index}`)
  assert.equal(canBe(and(...ids.map((id) => rule('person.unit', 'inUnit', id))), true, { ...world, units: new Map() }), 'unsure')
  assert.deepEqual(kinds(students, and(...ids.map((id) => rule('person.unit', 'inUnit', id)))), [])
})

test('never wrong: whoever meets a condition proves that it can be met', () => {
  const answers: Record<string, fc.Arbitrary<unknown>> = {
    symptoms: fc.subarray(['none', 'fever', 'cough']), place: fc.constantFrom('site', 'home', 'hospital'), temperature: fc.double({ min: 35, max: 42, noNaN: true }), 'on-campus': fc.boolean(),
    back: fc.integer({ min: -30, max: 10 }).map((days) => new Date(Date.parse('2026-03-10T00:00:00Z') + days * 86_400_000).toISOString().slice(0, 10)), whereabouts: fc.constantFrom('510101', '510104', '519999', '310101', '110105'), [openCase.key]: fc.subarray([...caseKinds]),
  }
  const leaf = fc.constantFrom(
    rule('symptoms', 'contains', 'none'), rule('symptoms', 'doesNotContain', 'fever'), rule('place', 'in', ['home', 'site']), rule('place', '!=', 'home'), rule('temperature', '<', 37.3), rule('temperature', '>=', 38), rule('temperature', '=', 36.5),
    rule('on-campus', '=', true), rule('on-campus', '!=', true), rule('back', 'withinDays', 7), rule('back', '<', '2026-03-05'), rule('back', '=', '2026-03-04'), rule('whereabouts', 'inAreas', ['51', '3101']), rule('whereabouts', 'notInAreas', ['5101']), rule('whereabouts', '=', '510101'),
    rule(openCase.key, 'hasCase', []), rule(openCase.key, 'hasNoCase', []), rule(openCase.key, 'hasCase', ['isolation', 'confirmed']), rule(openCase.key, 'hasNoCase', ['quarantine']), rule(openCase.key, 'hasCase', [...caseKinds]),
    ...[{ times: 1, days: 1 }, { times: 2, days: 3 }, { times: 2, days: 3, daily: true }, { times: 3, days: 2, daily: true }, { times: 2, hours: 30 }, { times: 1, hours: 80, where: { operator: '>', value: 38 } }, { times: 1, days: 3, where: { operator: '>', value: 42 } }, { times: 2, days: 7, where: { operator: '>', value: 38 } }].map((value) => times('temperature', value)),
  )
  const { group } = fc.letrec<{ group: RuleGroup; node: Rule | RuleGroup }>((tie) => ({
    node: fc.oneof({ maxDepth: 3 }, leaf, tie('group')),
    group: fc.record({ combinator: fc.constantFrom('and' as const, 'or' as const), not: fc.boolean(), rules: fc.array(tie('node'), { minLength: 1, maxLength: 4 }) }),
  }))
  const seen = fc.array(fc.record({ at: fc.integer({ min: -80, max: 0 }).map((hours) => new Date(world.now.getTime() + hours * 3_600_000).toISOString()), value: fc.constantFrom(36.5, 38, 39, 42) }), { maxLength: 4 })
  const person = fc.record({ ...answers, 'temperature#seen': seen }) as fc.Arbitrary<Known>
  let never = 0
  fc.assert(
    fc.property(group, fc.array(person, { minLength: 20, maxLength: 20 }), (condition, people) => {
      const [met, missed] = [canBe(condition, true, world), canBe(condition, false, world)]
      if (met === 'no') never++
      for (const one of people) {
        const truth = evaluate(condition, one, world.now, world.timeZone)
        if (truth !== null) assert.notEqual(truth ? met : missed, 'no', JSON.stringify([condition, one]))
      }
    }),
    { numRuns: 300 },
  )
  assert.ok(never > 3, 'some of them can never be met')
})
