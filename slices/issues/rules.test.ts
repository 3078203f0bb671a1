import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { actions, chooseOwner, figuresFor, hideFigures, hideSmall, lifeCycle, next, states } from './rules.ts'

test('nothing moves a closed request but the asker', () => {
  for (const action of actions) if (next('closed', action)) assert.equal(lifeCycle[action].who, 'asker')
  for (const state of states) assert.ok(actions.some((action) => next(state, action)), `${state} is no dead end`)
})

test('a job closes only what was answered', () => {
  assert.deepEqual(states.filter((state) => next(state, 'lapse')), ['answered'])
  assert.deepEqual(states.filter((state) => next(state, 'escalate')), ['open'])
})

test('hidden counts cannot be worked out from what is shown', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(30), { minLength: 1, maxLength: 9 }), (counts) => {
      const { cells, total } = hideSmall(counts)
      const hidden = counts.filter((_, index) => cells[index] === null)
      cells.forEach((cell, index) => {
        if (cell !== null) assert.ok(cell === counts[index] && (cell === 0 || cell >= 5))
      })
      if (!hidden.length) return assert.equal(total, counts.reduce((a, b) => a + b, 0))
      if (total !== null) assert.ok(hidden.length >= 2 && hidden.reduce((a, b) => a + b, 0) >= 5, `${counts} -> ${cells} of ${total}`)
    }),
  )
})

test('figures by theme do not give a small part away by subtraction', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { minLength: 1, maxLength: 8 }), (pairs) => {
      const rows = pairs.map(([waiting, settled]) => ({ asked: waiting + settled, waiting }))
      const safe = hideFigures(rows)
      for (const row of [...safe.rows, safe.total]) for (const value of [row.asked, row.waiting, row.settled]) assert.ok(value === null || value === 0 || value >= 5)
      const hidden = safe.rows.flatMap((row, index) => (row.waiting === null ? [rows[index]?.waiting ?? 0] : []))
      if (safe.total.waiting !== null && hidden.length) assert.ok(hidden.length >= 2 && (hidden.reduce((a, b) => a + b, 0) >= 5 || hidden.reduce((a, b) => a + b, 0) === 0))
    }),
  )
})

test('dormitory matters go to the building, nothing goes to oneself', () => {
  const owner = (personId: string, tree: string) => ({ person: { personId }, unit: { tree } })
  const owners = [owner('me', 'admin'), owner('counsellor', 'admin'), owner('floor', 'residence'), owner('branch', 'party')]
  assert.equal(chooseOwner(owners, 'dormitory', 'me')?.person.personId, 'floor')
  assert.equal(chooseOwner(owners, 'mood', 'me')?.person.personId, 'counsellor')
  assert.equal(chooseOwner([owner('branch', 'party')], 'food', 'me')?.person.personId, 'branch')
  assert.equal(chooseOwner([owner('me', 'admin')], 'food', 'me'), undefined)
})

test('requests that the reader may open are counted as they are; of the others no small part follows', () => {
  const row = (asked: number, waiting: number, openAsked: number, openWaiting: number) => ({ asked, waiting, openAsked, openWaiting })
  const all = figuresFor([row(2, 1, 2, 1), row(0, 0, 0, 0), row(3, 3, 3, 3)])
  assert.deepEqual(all, { rows: [{ asked: 2, waiting: 1, settled: 1 }, { asked: 0, waiting: 0, settled: 0 }, { asked: 3, waiting: 3, settled: 0 }], total: { asked: 5, waiting: 4, settled: 1 } })
  const none = [row(2, 1, 0, 0), row(30, 20, 0, 0), row(3, 3, 0, 0)]
  assert.deepEqual(figuresFor(none), hideFigures(none))
  // Two of seven are elsewhere: neither the seven nor the two can be told.
  const some = figuresFor([row(7, 7, 5, 5), row(20, 20, 20, 20)])
  assert.deepEqual([some.rows[0]?.asked, some.rows[1]?.asked, some.total.asked], [null, 20, null])
})
