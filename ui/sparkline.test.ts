import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runsOf } from './spark-points.ts'

test('the line breaks where nothing is known, and the most stands at the top', () => {
  const runs = runsOf([0, 5, null, 10, 10], 40, 20, true)
  assert.deepEqual(runs, [[{ x: 0, y: 20 }, { x: 10, y: 10 }], [{ x: 30, y: 0 }, { x: 40, y: 0 }]])
})

test('a level line stays in the box, and one that need not begin at zero uses the whole height', () => {
  assert.deepEqual(runsOf([7, 7], 10, 20, false).flat().map((point) => point.y), [20, 20])
  assert.deepEqual(runsOf([90, 100], 10, 20, false).flat().map((point) => point.y), [20, 0])
})
