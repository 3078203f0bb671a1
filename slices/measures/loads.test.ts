/** What measures cost a person, and which level asked for it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { alwaysAsked, boundaryOf, distributionOf, loadsOf, type Costing, type Group, type Question } from './loads.ts'
import type { RuleGroup } from './rules.ts'

const day = 86_400
const question = (key: string, seconds: number, freshSeconds: number | null, rest: Partial<Question> = {}): [string, Question] => [key, { key, seconds, freshSeconds, subjectKind: 'person', askedOf: 'self', ...rest }]
const questions = new Map([question('whereabouts', 7, 7 * day), question('symptoms', 4, day), question('seen-doctor', 5, day), question('approved', 60, day, { askedOf: 'owner' }), question('zero-report', 3, day, { subjectKind: 'unit', askedOf: 'owner' })])
const known = (field: string): RuleGroup => ({ combinator: 'and', rules: [{ field, operator: 'notNull' }] })
const ill: RuleGroup = { combinator: 'or', rules: [{ field: 'person.kind', operator: '=', value: 'family' }, { field: 'symptoms', operator: 'contains', value: 'none' }, { field: 'seen-doctor', operator: '=', value: true }] }
const costing = (measureId: string, demandedBy: Costing['demandedBy'], condition: RuleGroup, attributes: string[], rest: Partial<Costing> = {}): Costing => ({ measureId, demandedBy, subjectKind: 'person', condition, attributes, every: {}, ...rest })
const group = (people: number, measures: string[], came: string[] = [], units: string[][] = []): Group => ({ people, measures, came, units })

test('a person bears what is asked of them: questions shared by measures once, follow-up questions only where they came', () => {
  assert.deepEqual(alwaysAsked(ill), ['symptoms'], 'what the roster knows is not asked')
  const costings = [costing('a', 'city', known('whereabouts'), ['whereabouts']), costing('b', 'school', known('whereabouts'), ['whereabouts']), costing('c', 'school', ill, ['symptoms', 'seen-doctor']), costing('z', 'nation', known('zero-report'), ['zero-report'], { subjectKind: 'unit' })]
  const loads = loadsOf([group(90, ['a', 'b']), group(9, ['a', 'b', 'c']), group(1, ['a', 'b', 'c'], ['seen-doctor']), group(1, [], [], [['z'], ['z']]), group(5, [])], costings, questions)
  assert.deepEqual(loads.map((one) => [one.expected, one.most]), [[1, 1], [5, 10], [10, 10], [6, 6], [0, 0]])
  const spread = (of: 'expected' | 'most') => distributionOf(loads.map((one) => ({ people: one.people, seconds: one[of] })), 5)
  assert.deepEqual(spread('expected'), { people: 101, median: 1, worst: 10, over: 2 })
  assert.deepEqual(spread('most'), { people: 101, median: 1, worst: 10, over: 11 })
})

test('a level has what it asked first; below it only what was added: a question, people, a frequency', () => {
  const costings = [
    costing('nation', 'nation', known('symptoms'), ['symptoms'], { every: { symptoms: 4 * day } }),
    costing('school', 'school', known('symptoms'), ['symptoms'], { every: { symptoms: 2 * day } }),
    costing('place', 'school', known('whereabouts'), ['whereabouts']),
  ]
  const levels = boundaryOf([group(100, ['nation', 'school']), group(10, ['school', 'place'])], costings, questions)
  assert.deepEqual(levels.map((one) => [one.by, one.measures, one.worst]), [['nation', 1, 1], ['school', 2, 3], [null, 0, 2]])
  const added = levels.flatMap((level) => level.added.map((one) => [level.by, one.attribute, one.kind, one.people, one.secondsPerPersonDay, one.every, one.above, one.unstated]))
  assert.deepEqual(added, [
    ['nation', 'symptoms', 'question', 100, 1, 4 * day, undefined, false],
    ['school', 'symptoms', 'frequency', 100, 1, 2 * day, 4 * day, false],
    ['school', 'symptoms', 'people', 10, 2, 2 * day, undefined, false],
    ['school', 'whereabouts', 'question', 10, 1, 7 * day, undefined, true],
    [null, 'symptoms', 'frequency', 110, 2, day, 2 * day, false],
  ])
})

test('nothing is lost between the levels: their seconds add up to the load', () => {
  const costings = [costing('n', 'nation', known('symptoms'), ['symptoms'], { every: { symptoms: 3 * day } }), costing('c', 'college', ill, ['symptoms', 'seen-doctor']), costing('o', 'city', known('approved'), ['approved'])]
  const groups = [group(7, ['n']), group(5, ['n', 'c', 'o']), group(2, ['c'])]
  const hours = boundaryOf(groups, costings, questions).reduce((sum, one) => sum + one.added.reduce((all, each) => all + each.people * each.secondsPerPersonDay, 0), 0)
  const all = loadsOf(groups, costings, questions).reduce((sum, one) => sum + one.people * one.most, 0)
  assert.ok(Math.abs(hours - all) < 1, `${hours} of ${all}`)
})

test('what must be told anew costs as often as it must be, however long an answer stays fresh', () => {
  const condition: RuleGroup = { combinator: 'and', rules: [{ field: 'whereabouts', operator: 'timesWithin', value: { times: 2, days: 1 } }] }
  const counting = costing('a', 'city', condition, ['whereabouts'])
  assert.deepEqual(loadsOf([group(1, ['a'])], [counting], questions)[0], { people: 1, expected: 14, most: 14 })
  assert.deepEqual(loadsOf([group(1, ['a', 'b'])], [{ ...counting, condition: { combinator: 'and', rules: [{ field: 'whereabouts', operator: 'timesWithin', value: { times: 1, hours: 336 } }] } }, costing('b', 'city', known('whereabouts'), ['whereabouts'])], questions)[0]?.most, 1, 'asked anyway as it goes stale')
  assert.deepEqual(boundaryOf([group(1, ['a'])], [counting], questions)[0]?.added.map((one) => [one.kind, one.every, one.secondsPerPersonDay]), [['question', day / 2, 14]])
})
