import assert from 'node:assert/strict'
import { test } from 'node:test'
import { doneOf, nextStep, stepsOf, type Known } from './steps.ts'

const empty: Known = {
  setup: {
    language: 'zh-Hans', wordsChanged: 0, people: { student: 0, staff: 1, contractor: 0, family: 0 }, units: [], offices: 2, held: 2, hints: 0, unanswered: 0, accounts: 1, invited: 0, officersWithout: 0, keepers: [], waiting: [],
  },
  responses: { open: 0, all: 0 }, measures: { on: 0, drafts: 0 }, notices: { issued: 0, drafts: 0 },
}
const of = (known: Known) => Object.fromEntries(stepsOf(known).map((step) => [step.key, step.state]))

test('an empty server begins with the roster; the founder alone is none', () => {
  assert.deepEqual(of(empty), { institution: 'done', words: 'done', roster: 'open', offices: 'later', accounts: 'later', response: 'open', measures: 'later', notice: 'later' })
  assert.equal(nextStep(stepsOf(empty)), 'roster')
})

test('a roster that was left half way is where to go on', () => {
  const left = { ...empty, setup: { ...empty.setup, waiting: [{ importId: 'x', fileName: '学生.xlsx', state: 'checked' }] } }
  assert.equal(of(left)['roster'], 'part')
  assert.equal(nextStep(stepsOf(left)), 'roster')
})

test('what can be done is done in order; what may follow later holds nothing up', () => {
  const setup = { ...empty.setup, people: { student: 300, staff: 20, contractor: 0, family: 0 }, held: 2, hints: 8, unanswered: 300 }
  const next = (has: Partial<Known['setup']>) => nextStep(stepsOf({ ...empty, setup: { ...setup, ...has } }))
  assert.equal(next({}), 'offices', 'not the response: offices and accounts come first')
  assert.equal(next({ hints: 3, held: 9 }), 'offices', 'proposals wait')
  assert.equal(next({ hints: 0, held: 9, unanswered: 40 }), 'accounts')
  assert.equal(next({ hints: 0, held: 9, unanswered: 40, invited: 5 }), 'response', 'whoever was invited has it in hand')
  const rest = { ...empty, setup: { ...setup, hints: 0, held: 9, unanswered: 40, accounts: 5, officersWithout: 4 }, responses: { open: 1, all: 1 }, measures: { on: 1, drafts: 0 }, notices: { issued: 1, drafts: 0 } }
  assert.equal(of(rest)['offices'], 'rest')
  assert.equal(nextStep(stepsOf(rest)), 'offices', 'at last what is left')
})

test('what was undone is open again: nothing is remembered as done', () => {
  const done: Known = { setup: { ...empty.setup, people: { student: 300, staff: 20, contractor: 0, family: 0 }, held: 9, accounts: 3 }, responses: { open: 1, all: 1 }, measures: { on: 2, drafts: 0 }, notices: { issued: 1, drafts: 0 } }
  assert.equal(doneOf(stepsOf(done)), 8)
  assert.equal(nextStep(stepsOf(done)), null)
  assert.equal(of({ ...done, measures: { on: 0, drafts: 0 } })['measures'], 'open')
  assert.equal(of({ ...done, setup: { ...done.setup, waiting: [{ importId: 'x', fileName: 'a.csv', state: 'receiving' }] } })['roster'], 'part')
})
