import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeOf, groundOf, lineOf, worstFirst, worstMeasure, type Cell } from './trend.ts'
import { tilesOf } from './tiles.ts'
import { addChanges, addCoverage, addLines, canAdd } from './together.ts'
import { drive, started, type Drive } from './wall/drive.ts'

const cell = (measureId: string, gap: number, unknown = 0, population = 100): Cell => ({ measureId, population, gap, unknown, excused: 0, kept: population - gap - unknown })

test('a change is told over what was counted at both times; a measure that came since is no worsening', () => {
  const then = [cell('a', 20)]
  assert.equal(changeOf([cell('a', 15), cell('b', 90)], then, 'gap'), -5)
  assert.equal(changeOf([cell('b', 90)], then, 'gap'), null)
  assert.equal(changeOf([cell('a', 15)], undefined, 'gap'), null)
})

test('a line breaks where a measure of today was not counted, and ends with what is now', () => {
  const asOf = '2026-02-04T12:00:00.000Z'
  const at = (hours: number) => new Date(new Date(asOf).getTime() - hours * 3_600_000).toISOString()
  const points = [{ at: at(23), cells: [cell('a', 9)] }, { at: at(13), cells: [cell('a', 8), cell('b', 1)] }, { at: at(1), cells: [cell('a', 5), cell('b', 1)] }]
  assert.deepEqual(lineOf(points, [cell('a', 4), cell('b', 1)], 'gap', asOf, 1, 4), [null, 9, null, 6, 5])
  assert.deepEqual(lineOf(points, [cell('a', 4)], 'gap', asOf, 1, 4), [9, 8, null, 5, 4])
  assert.deepEqual(lineOf([], [], 'gap', asOf, 1, 2), [null, null])
})

test('grounds say all only of all; the worst unit is the one with most open people', () => {
  assert.deepEqual([1, 0.9999, 0.9, 0.5, 0.1, null].map(groundOf), ['all', 'most', 'many', 'half', 'few', 'unknown'])
  const rows = [{ id: 1, cell: cell('a', 5, 0, 10) }, { id: 2, cell: cell('a', 5, 5, 400) }, { id: 3, cell: cell('a', 0, 0) }]
  assert.deepEqual(worstFirst(rows).map((row) => row.id), [2, 1])
  const measures = ['a', 'b', 'c', 'd'].map((measureId) => ({ measureId, subjectKind: measureId === 'd' ? 'unit' : 'person' }))
  assert.equal(worstMeasure(measures, [cell('a', 1), cell('b', 0, 60), cell('c', 0, 0, 0), cell('d', 90)])?.measureId, 'b')
  assert.equal(worstMeasure(measures.slice(3), [cell('d', 90)])?.measureId, 'd')
})

test('several classes are one sum, as old as its oldest part; units that may lie within each other are not added', () => {
  const unit = { unitId: 'u', parentId: 'p', kind: 'class', name: 'u', tree: 'admin' as const }
  const answer = (asOf: string, cells: Cell[]) => ({ asOf, unit, measures: cells.map((one) => ({ measureId: one.measureId, name: { zh: '', en: '' }, subjectKind: 'person' as const })), total: cells, rows: [] }) as unknown as Parameters<typeof addCoverage>[0][0]
  const all = addCoverage([answer('2026-02-04T12:00:00.000Z', [cell('a', 5, 10)]), answer('2026-02-04T11:00:00.000Z', [cell('a', 2, 6), cell('b', 1)])])
  assert.deepEqual(all.total.map((one) => [one.measureId, one.gap, one.unknown, one.population]), [['a', 7, 16, 200], ['b', 1, 0, 100]])
  assert.equal(all.asOf, '2026-02-04T11:00:00.000Z')
  assert.equal(all.measures.length, 2)
  assert.deepEqual([addChanges([null, null]), addChanges([null, -2, 1])], [null, -1])
  assert.deepEqual(addLines([[1, null, 3], [4, 5, 6]]), [5, null, 9])
  const [a, b] = [{ ...unit, above: ['p'] }, { ...unit, unitId: 'v', above: ['p'] }]
  assert.equal(canAdd([a, b]), true)
  assert.equal(canAdd([a, { ...b, tree: 'party' }]), false)
  assert.equal(canAdd([a, { ...b, above: ['x', 'u', 'p'] }]), false)
})

test('tiles fill the box without overlapping, each as large as its unit', () => {
  const items = [6, 6, 4, 3, 2, 2, 1].map((size, index) => ({ id: String(index), size }))
  const tiles = tilesOf(items, 600, 400)
  assert.equal(tiles.length, 7)
  const area = tiles.reduce((sum, tile) => sum + tile.width * tile.height, 0)
  assert.ok(Math.abs(area - 240_000) < 1)
  for (const tile of tiles) {
    assert.ok(tile.x >= -0.01 && tile.y >= -0.01 && tile.x + tile.width <= 600.01 && tile.y + tile.height <= 400.01)
    assert.ok(Math.abs(tile.width * tile.height - ((items[Number(tile.id)]?.size ?? 0) / 24) * 240_000) < 1)
    assert.ok(Math.max(tile.width / tile.height, tile.height / tile.width) < 4, `${tile.id} is a strip`)
    for (const other of tiles) if (other !== tile) assert.ok(tile.x + tile.width <= other.x + 0.01 || other.x + other.width <= tile.x + 0.01 || tile.y + tile.height <= other.y + 0.01 || other.y + other.height <= tile.y + 0.01)
  }
  assert.deepEqual(tilesOf([{ id: 'a', size: 0 }], 10, 10), [])
})

test('the wall goes round by itself, stands while somebody is at it, and goes on after a while', () => {
  let now: Drive = started(0)
  const step = (at: number, act: Parameters<typeof drive>[1]) => (now = drive(now, act, at, 3))
  step(15_000, { kind: 'tick', length: 15_000 })
  assert.equal(now.scene, 1)
  step(16_000, { kind: 'tick', length: 15_000 })
  assert.equal(now.scene, 1)
  step(17_000, { kind: 'touch' })
  step(60_000, { kind: 'tick', length: 15_000 })
  assert.equal(now.scene, 1)
  // A minute and a half after the last touch it goes on, with a whole turn for this scene.
  step(107_000, { kind: 'tick', length: 15_000 })
  assert.deepEqual([now.scene, now.heldUntil], [1, null])
  step(122_000, { kind: 'tick', length: 15_000 })
  assert.equal(now.scene, 2)
  step(123_000, { kind: 'go', by: 1 })
  assert.equal(now.scene, 0)
  step(123_500, { kind: 'pause' })
  assert.equal(now.heldUntil, null)
  step(124_000, { kind: 'pause' })
  step(9_000_000, { kind: 'tick', length: 15_000 })
  assert.deepEqual([now.scene, now.heldUntil], [0, Number.POSITIVE_INFINITY])
  step(9_000_001, { kind: 'pause' })
  assert.equal(now.heldUntil, null)
  // Fewer scenes than before: it does not stand on one that is gone.
  assert.equal(drive({ ...now, scene: 7 }, { kind: 'tick', length: 15_000 }, 9_000_002, 3).scene, 1)
})
