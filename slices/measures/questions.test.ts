/** The least questions: nothing known, nothing that cannot matter, nothing twice; and whoever answers them comes to an end. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { leastQuestions, type Moment } from './questions.ts'
import { baseFields, evaluate, refuseCondition, type Field, type Known, type RuleGroup } from './rules.ts'

const now = new Date('2026-11-22T08:00:00Z')
const timeZone = 'Asia/Shanghai'
const keys = ['a', 'b', 'c', 'd'] as const
const moment = (known: Known, askable: (key: string) => boolean = () => true): Moment => ({ known, now, timeZone, askable })

/** Conditions over four yes-or-no questions and a roster field that may be empty. */
const { condition } = fc.letrec<{ condition: RuleGroup; part: RuleGroup['rules'][number] }>((tie) => ({
  part: fc.oneof({ maxDepth: 3 }, fc.record({ field: fc.constantFrom(...keys, 'person.grade'), yes: fc.boolean() }).map(({ field, yes }) => ({ field, operator: '=', value: field === 'person.grade' ? '2026' : yes })), tie('condition')),
  condition: fc.record({ combinator: fc.constantFrom('and' as const, 'or' as const), not: fc.boolean(), rules: fc.array(tie('part'), { minLength: 1, maxLength: 4 }) }),
}))
const known = fc.record({ a: fc.boolean(), b: fc.boolean(), c: fc.boolean(), d: fc.boolean(), 'person.grade': fc.constantFrom('2026', '2025') }, { requiredKeys: [] })

/** Every way in which these questions could be answered, or left open. */
function* answers(open: readonly string[], from: Known): Generator<Known> {
  const [first, ...rest] = open
  if (first === undefined) yield from
  else for (const value of [true, false, undefined]) yield* answers(rest, value === undefined ? from : { ...from, [first]: value })
}

test('nothing that is known is asked, nothing of what is settled, nothing that nobody asked can answer', () => {
  fc.assert(
    fc.property(fc.array(condition, { minLength: 1, maxLength: 4 }), known, fc.subarray([...keys]), (conditions, given, able) => {
      const questions = leastQuestions(conditions, moment(given, (key) => able.includes(key as 'a')))
      conditions.forEach((one, index) => {
        const asked = questions[index] ?? []
        assert.equal(new Set(asked).size, asked.length)
        if (evaluate(one, given, now, timeZone) !== null) assert.deepEqual(asked, [])
        for (const key of asked) assert.ok(able.includes(key as 'a') && !(key in given), key)
      })
    }),
    { numRuns: 2000 },
  )
})

test('every question can settle something: there are answers to the others with which it decides', () => {
  fc.assert(
    fc.property(fc.array(plain, { minLength: 1, maxLength: 3 }), known, (conditions, given) => {
      const questions = leastQuestions(conditions, moment(given))
      const truths = (facts: Known) => JSON.stringify(conditions.map((one) => evaluate(one, facts, now, timeZone)))
      for (const key of new Set(questions.flat())) {
        const others = keys.filter((one) => one !== key && !(one in given))
        const decides = [...answers(others, given)].some((rest) => new Set([truths({ ...rest, [key]: true }), truths({ ...rest, [key]: false }), truths(rest)]).size > 1)
        assert.ok(decides, key)
      }
    }),
    { numRuns: 1000 },
  )
})
/** Conditions that name each question in one place: what a question decides in one place, another place cannot take back. */
const plain = condition.filter((one) => { const fields = JSON.stringify(one).match(/"field":"[a-d]"/g) ?? []; return new Set(fields).size === fields.length })

test('whoever answers what is asked, again and again, comes to the end: settled, or nothing left that they could answer', () => {
  fc.assert(
    fc.property(fc.array(condition, { minLength: 1, maxLength: 3 }), known, fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), fc.subarray([...keys]), (conditions, given, sequence, able) => {
      const facts: Record<string, unknown> = { ...given }
      const askable = (key: string) => able.includes(key as 'a')
      for (let round = 0; ; round++) {
        assert.ok(round <= keys.length, 'it ends')
        const asked = [...new Set(leastQuestions(conditions, moment(facts, askable)).flat())]
        if (!asked.length) break
        for (const key of asked) facts[key] = sequence[keys.indexOf(key as 'a')]
      }
      for (const one of conditions) {
        if (evaluate(one, facts, now, timeZone) !== null) continue
        // Still open: no answer of theirs could settle it.
        const mine = keys.filter((key) => askable(key) && !(key in facts))
        for (const rest of answers(mine, facts)) assert.equal(evaluate(one, rest, now, timeZone), null)
      }
    }),
    { numRuns: 2000 },
  )
})

test('what one measure asks anyway spares another its own question; a question behind another comes once that is answered', () => {
  const rule = (field: string, value = true) => ({ field, operator: '=', value })
  const first: RuleGroup = { combinator: 'or', rules: [rule('a'), rule('b')] }
  assert.deepEqual(leastQuestions([first], moment({})), [['a']])
  assert.deepEqual(leastQuestions([first, { combinator: 'and', rules: [rule('b')] }], moment({})), [['b'], ['b']], 'b settles both')
  assert.deepEqual(leastQuestions([{ combinator: 'and', rules: [rule('b'), { combinator: 'or', rules: [rule('a'), rule('b')] }] }], moment({})), [['b']], 'a could change nothing')
  assert.deepEqual(leastQuestions([first], moment({ a: false })), [['b']])
  assert.deepEqual(leastQuestions([{ combinator: 'or', rules: [{ field: 'person.grade', operator: '=', value: '2026' }, rule('c')] }], moment({})), [['c']], 'a roster without the grade does not leave it open for ever')
  assert.deepEqual(leastQuestions([{ combinator: 'and', rules: [{ field: 'person.grade', operator: '=', value: '2026' }, { combinator: 'or', rules: [rule('c'), { field: 'person.grade', operator: '=', value: '2025' }] }] }], moment({})), [[]], 'with the grade missing c can settle nothing')
  assert.deepEqual(leastQuestions([first], moment({}, (key) => key === 'b')), [['b']], 'what only the owner can answer is not in the way')
})

test('a condition that cannot be used is refused with a sentence that says why', () => {
  const fields = new Map<string, Field>([
    ...Object.entries(baseFields), ['fever', { type: 'yes-no', label: { zh: '是否发热', en: 'Fever' } }], ['heat', { type: 'number', label: { zh: '体温', en: 'Temperature' } }], ['seen', { type: 'instant', label: { zh: '就诊时间', en: 'Seen at' } }],
    ['place', { type: 'area', label: { zh: '所在地', en: 'Place' } }], ['signs', { type: 'choices', options: ['cough'], label: { zh: '症状', en: 'Signs' } }], ['left', { type: 'day', label: { zh: '离开日期', en: 'Left on' } }],
  ])
  const said = (field: string, operator: string, value?: unknown) => refuseCondition({ combinator: 'and', rules: [{ field, operator, value }] }, fields).map((one) => one.zh)
  assert.deepEqual(said('temperature', '>', 38), ['条件用到的信息项“temperature”不存在。'])
  assert.deepEqual(said('heat', '>', '三十八'), ['“体温”与“"三十八"”不是同类，无法比较。'])
  assert.deepEqual(said('fever', '<', true), ['“是否发热”不能用“<”比较。'])
  const times = (field: string, value: unknown) => said(field, 'timesWithin', value).join()
  for (const value of [2, null, {}, { times: 2 }, { days: 3 }, { times: 0, days: 3 }, { times: 1.5, days: 3 }, { times: 101, days: 3 }, { times: '2', days: 3 }, { times: 2, days: 91 }, { times: 2, hours: 2161 }, { times: 2, days: 3, hours: 72 }, { times: 2, days: 3, daily: 'yes' }, { times: 2, days: 3, is: true }])
    assert.equal(times('fever', value), '数“是否发热”的次数要写明至少几次（1 至 100 的整数）、在最近几小时（至多 2160）或几天（至多 90）内。', JSON.stringify(value))
  assert.equal(times('heat', { times: 2, days: 3, where: { operator: '>', value: '三十八' } }), '数“体温”的次数时，“{"operator":">","value":"三十八"}”与它不是同类，无法比较。')
  for (const where of [{ operator: '<', value: true }, { operator: 'timesWithin', value: { times: 1, days: 1 } }, { operator: 'notNull' }, {}]) assert.match(times('fever', { times: 2, days: 3, where }), /不是同类/)
  assert.match(times('left', { times: 2, days: 3, where: { operator: 'withinDays', value: 3 } }), /不是同类/, 'what turns with time itself')
  assert.equal(times('person.grade', { times: 2, days: 3 }), '“年级”来自名册，不是填报，不能数次数。')
  for (const value of [{ times: 2, hours: 72 }, { times: 100, days: 90, daily: true }, { times: 2, days: 3, where: { operator: '=', value: true } }]) assert.equal(times('fever', value), '')
  assert.equal(times('signs', { times: 2, days: 3, where: { operator: 'contains', value: 'cough' } }), '')
  const edition = (from: string, ...areas: string[]) => ({ from, areas })
  for (const [field, operator, value] of [
    ['seen', 'withinHours', '24'], ['seen', 'withinHours', 0], ['signs', 'countAtLeast', 1.5], ['place', 'inAreaList', null], ['place', 'inAreaList', { asOf: 'tomorrow', editions: [edition('2026-01-01', '31')] }],
    ['place', 'inAreaList', { asOf: 'today', editions: [] }], ['place', 'inAreaList', { asOf: 'today', editions: [edition('2026-02-01', '31'), edition('2026-01-01', '31')] }], ['place', 'inAreaList', { asOf: 'today', editions: [edition('2026-01-01', '上海')] }], ['left', 'withinDays', '3'],
  ] as const)
    assert.match(said(field, operator, value).join(), /不是同类/, `${field} ${operator} ${JSON.stringify(value)}`)
  for (const [field, operator, value] of [
    ['seen', 'withinHours', 24], ['seen', '<', '2026-01-01T00:00:00Z'], ['signs', 'countAtLeast', 2], ['place', 'inAreaList', { asOf: '2026-01-15', editions: [edition('2026-01-01', '31'), edition('2026-02-01')] }], ['left', 'withinDays', 14], ['person.role', 'in', ['counsellor']],
  ] as const)
    assert.deepEqual(said(field, operator, value), [])
})

test('which edition of a list counts is decided by the day', () => {
  const list = { asOf: 'today', editions: [{ from: '2026-11-01', areas: ['31'] }, { from: '2026-11-23', areas: [] }] }
  const truth = (known: Known, at: Date, value: unknown = list) => evaluate({ combinator: 'and', rules: [{ field: 'place', operator: 'inAreaList', value }] }, known, at, timeZone)
  assert.equal(truth({ place: '310115' }, now), true)
  assert.equal(truth({ place: '110101' }, now), false)
  assert.equal(truth({}, now), null)
  assert.equal(truth({ place: '310115' }, new Date('2026-11-22T15:59:59Z')), true)
  assert.equal(truth({ place: '310115' }, new Date('2026-11-22T16:00:00Z')), false, 'taken off the list at midnight')
  assert.equal(truth({ place: '310115' }, now, { ...list, asOf: '2026-10-31' }), false, 'before the first edition nothing is listed')
})

test('how often something was observed: by when it was observed, once a minute or once a day, not before its time', () => {
  const at = (moment: string, value: unknown = true) => ({ at: moment, value })
  const truth = (value: object, seen: { at: string; value: unknown }[], when: string) => evaluate({ combinator: 'and', rules: [{ field: 'test', operator: 'timesWithin', value }] }, { 'test#seen': seen }, new Date(when), timeZone)
  const two = [at('2026-11-20T23:30:00+08:00'), at('2026-11-21T08:00:00+08:00', false)]
  assert.equal(truth({ times: 2, days: 3 }, [], '2026-11-21T09:00:00+08:00'), null, 'nothing was told')
  assert.equal(truth({ times: 2, days: 3 }, two, '2026-11-21T09:00:00+08:00'), true)
  assert.equal(truth({ times: 2, days: 3 }, two, '2026-11-22T23:59:59+08:00'), true)
  assert.equal(truth({ times: 2, days: 3 }, two, '2026-11-23T00:00:00+08:00'), false, 'at midnight the first leaves the last three days')
  assert.equal(truth({ times: 2, days: 3 }, two, '2026-11-24T00:00:00+08:00'), null)
  assert.equal(truth({ times: 2, hours: 10 }, two, '2026-11-21T09:29:59+08:00'), true)
  assert.equal(truth({ times: 2, hours: 10 }, two, '2026-11-21T09:30:00+08:00'), false)
  assert.equal(truth({ times: 1, hours: 10, where: { operator: '=', value: false } }, two, '2026-11-21T07:59:59+08:00'), false, 'what lies ahead does not count before its time')
  assert.equal(truth({ times: 1, hours: 10, where: { operator: '=', value: false } }, two, '2026-11-21T08:00:00+08:00'), true)
  assert.equal(truth({ times: 2, days: 3, where: { operator: '=', value: true } }, two, '2026-11-21T09:00:00+08:00'), false)
  const close = [at('2026-11-21T08:00:01+08:00'), at('2026-11-21T08:00:59+08:00'), at('2026-11-21T08:01:00+08:00')]
  assert.equal(truth({ times: 3, hours: 10 }, close, '2026-11-21T09:00:00+08:00'), false, 'two in one minute are one')
  assert.equal(truth({ times: 2, hours: 10 }, close, '2026-11-21T09:00:00+08:00'), true)
  assert.equal(truth({ times: 2, hours: 10, daily: true }, close, '2026-11-21T09:00:00+08:00'), false)
  assert.equal(truth({ times: 2, hours: 10, daily: true }, two, '2026-11-21T09:00:00+08:00'), true)
})

test('a count that falls short is asked although the last answer is fresh, and spares what it cannot be met without', () => {
  const times = (value: object) => ({ field: 'test', operator: 'timesWithin', value })
  const asks = (condition: RuleGroup, seen: string[], when = '2026-11-21T09:00:00+08:00', able = (_: string) => true) =>
    leastQuestions([condition], { known: { test: true, 'test#seen': seen.map((at) => ({ at, value: true })) }, now: new Date(when), timeZone, askable: able })[0]
  const twice: RuleGroup = { combinator: 'and', rules: [times({ times: 2, days: 3 })] }
  const daily: RuleGroup = { combinator: 'and', rules: [times({ times: 2, days: 3, daily: true }), { field: 'other', operator: '=', value: true }] }
  assert.deepEqual(asks(twice, []), ['test'])
  assert.deepEqual(asks(twice, ['2026-11-21T08:00:00+08:00']), ['test'])
  assert.deepEqual(asks(twice, ['2026-11-21T08:59:59+08:00']), ['test'])
  assert.deepEqual(asks(twice, ['2026-11-21T09:00:00+08:00']), [], 'not again in the same minute')
  assert.deepEqual(asks(twice, ['2026-11-20T08:00:00+08:00', '2026-11-21T08:00:00+08:00']), [])
  assert.deepEqual(asks(twice, ['2026-11-21T08:00:00+08:00'], undefined, (key) => key !== 'test'), [], 'who cannot be asked is not')
  assert.deepEqual(asks(daily, ['2026-11-20T08:00:00+08:00']), ['test', 'other'])
  assert.deepEqual(asks(daily, ['2026-11-21T08:00:00+08:00']), [], 'missed today whatever is answered: nothing is asked before tomorrow')
  assert.deepEqual(asks(daily, ['2026-11-21T08:00:00+08:00'], '2026-11-22T00:00:00+08:00'), ['test', 'other'])
})
