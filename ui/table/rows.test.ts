import assert from 'node:assert/strict'
import { test } from 'node:test'
import { matchesName, loadPinyin } from '../pinyin.ts'
import { applyView, compareValues, freshView, viewFrom, viewSteps, windowOf, type ColumnRules } from './rows.ts'

interface Row {
  name: string
  late: number | null
  state: string
}
const rows: Row[] = [
  { name: '张伟', late: 3, state: 'gap' },
  { name: '单雄信', late: null, state: 'kept' },
  { name: '李娜', late: 12, state: 'gap' },
  { name: '陈静', late: 0, state: 'unknown' },
]
const columns: ColumnRules<Row>[] = [
  { key: 'name', title: 'name', value: (row) => row.name, search: true },
  { key: 'late', title: 'late', value: (row) => row.late },
  { key: 'state', title: 'state', value: (row) => row.state, filter: true },
]
const names = (view: Partial<typeof freshView>) => applyView(rows, columns, { ...freshView, ...view }, matchesName).map((row) => row.name)

test('rows sort by pinyin and by number, and what is empty stays last either way', () => {
  assert.deepEqual(names({ sort: { key: 'late', down: false } }), ['陈静', '张伟', '李娜', '单雄信'])
  assert.deepEqual(names({ sort: { key: 'late', down: true } }), ['李娜', '张伟', '陈静', '单雄信'])
  assert.deepEqual(names({ sort: { key: 'name', down: false } }).at(-1), '张伟')
  assert.ok(compareValues('2021级2班', '2021级10班') < 0, 'classes count as people count')
})

test('filters and search leave only what matches, and the given rows untouched', () => {
  const before = [...rows]
  assert.deepEqual(names({ filters: { state: ['gap'] } }), ['张伟', '李娜'])
  assert.deepEqual(names({ filters: { state: [] } }).length, 4)
  assert.deepEqual(names({ search: '静' }), ['陈静'])
  assert.deepEqual(rows, before)
})

test('names are found by initials and pinyin, surnames read as surnames', async () => {
  await loadPinyin()
  assert.deepEqual(names({ search: 'zw' }), ['张伟'])
  assert.deepEqual(names({ search: 'shanxx' }), [])
  assert.deepEqual(names({ search: 'sxx' }), ['单雄信'])
  assert.deepEqual(names({ search: 'chenj' }), ['陈静'])
  assert.deepEqual(names({ search: '' }).length, 4)
})

test('a remembered view that was spoilt gives the fresh one', () => {
  assert.deepEqual(viewFrom('{"sort":'), freshView)
  assert.deepEqual(viewFrom('null'), freshView)
  assert.deepEqual(viewFrom('{"sort":{"key":5},"hidden":"x","filters":{"a":1}}'), freshView)
})

test('only the rows in sight are drawn, also at both ends and in an empty table', () => {
  assert.deepEqual(windowOf(50_000, 44, 0, 440), { first: 0, last: 18 })
  assert.deepEqual(windowOf(50_000, 44, 44 * 49_990, 440), { first: 49_982, last: 50_000 })
  assert.deepEqual(windowOf(0, 44, 0, 440), { first: 0, last: 0 })
  assert.deepEqual(windowOf(5, 44, 44 * 4000, 440), { first: 5, last: 5 })
})

test('tens of thousands of rows sort as few do, stable, with pauses in between', () => {
  const many = Array.from({ length: 9001 }, (_, index): Row & { at: number } => ({ name: rows[(index * 7) % 4]?.name ?? '', late: (index * 7919) % 101 || null, state: '', at: index }))
  for (const down of [false, true])
    for (const key of ['name', 'late']) {
      const steps = viewSteps(many, columns, { ...freshView, sort: { key, down } }, matchesName)
      let pauses = 0
      let step = steps.next()
      for (; !step.done; step = steps.next()) pauses++
      const valueOf = (row: Row) => (key === 'name' ? row.name : row.late)
      const expected = many.toSorted((a, b) => {
        if ((valueOf(a) === null) !== (valueOf(b) === null)) return valueOf(a) === null ? 1 : -1
        return (down ? -1 : 1) * compareValues(valueOf(a), valueOf(b))
      })
      assert.deepEqual(step.value?.map((row) => row.at), expected.map((row) => row.at), `${key} ${down}`)
      assert.ok(pauses > 10, `${pauses} pauses`)
    }
})
