import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { safeRows } from './content.ts'
import { open, pack } from './rows.ts'
import { addressIn, coverageShare, hideTable, mailAttempts, mailWaitSeconds, midnightBefore, titleOf, zeroObstacles } from './rules.ts'
import { newId } from '#kernel/ids.ts'

const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0)

test('no cell of 1 to 4 is shown, and none follows from a row or a column', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 1, max: 7 }), fc.infiniteStream(fc.oneof(fc.constant(0), fc.nat(6), fc.nat(400))), (width, height, stream) => {
      const cells = Array.from({ length: height }, () => Array.from({ length: width }, () => stream.next().value as number))
      const shown = hideTable(cells)
      cells.forEach((row, r) => row.forEach((count, c) => {
        const cell = shown[r]?.[c] ?? null
        if (cell !== null) assert.ok(cell === count && (cell === 0 || cell >= 5))
      }))
      const lines = [...cells.map((row, r) => row.map((count, c) => [count, shown[r]?.[c] ?? null] as const)), ...Array.from({ length: width }, (_, c) => cells.map((row, r) => [row[c] ?? 0, shown[r]?.[c] ?? null] as const))]
      for (const line of lines) {
        const hidden = line.filter(([, cell]) => cell === null)
        if (hidden.length && line.length > 1) assert.ok(hidden.length >= 2, JSON.stringify({ cells, shown }))
        // Where anything of weight was left to hide, the hidden ones together are at least five.
        if (hidden.length && line.some(([, cell]) => cell !== null && cell > 0)) assert.ok(sum(hidden.map(([count]) => count)) >= 5, JSON.stringify({ cells, shown }))
      }
    }),
  )
})

test('a small population is not told by its unit', () => {
  const row = (population: number, kept: number, gap: number, unknown: number) => ({ unit: { name: 'x' }, counts: { population, kept, gap, excused: 0, unknown } })
  const rows = safeRows({ subjectKind: 'person', rows: [row(3, 2, 1, 0), row(40, 30, 4, 6), row(50, 50, 0, 0)] })
  assert.equal(rows[0]?.[0], null)
  assert.ok(rows.flat().every((cell) => cell === null || cell === 0 || cell >= 5))
  assert.deepEqual(safeRows({ subjectKind: 'unit', rows: [row(3, 2, 1, 0)] }), [[3, 2, 1, 0, 0]], 'units are no persons')
})

test('rows come back from their bytes as they went in', () => {
  const units = [newId(), newId()]
  const rows = Array.from({ length: 500 }, (_, index) => ({ id: newId(), place: index % 3, code: index % 5 }))
  const { frame, marks } = pack('people', 'person', rows, units, { m: (row) => row.code })
  assert.equal(frame.ids.length, 8000)
  const back = [...open(frame, marks[0]?.codes ?? null, [2, 4])]
  assert.deepEqual(back, rows.filter((row) => row.code === 2 || row.code === 4).map((row) => ({ id: row.id, code: row.code, placeUnit: row.place ? units[row.place - 1] : null })))
  assert.equal([...open(frame, null, null)].length, 500)
})

test('a zero report hides no gap, no unknown, nothing overdue, no danger', () => {
  const figure = (key: string, value: number) => ({ key, value, label: { zh: '', en: '' } })
  const all = [figure('coverage/m/gap', 1), figure('coverage/m/unknown', 2), figure('coverage/m/kept', 9), figure('coverage/m/excused', 3), figure('duties/overdue', 1), figure('duties/waiting', 4), figure('help/asked', 5), figure('help/danger', 1)]
  assert.deepEqual(zeroObstacles(all).map(({ key }) => key), ['coverage/m/gap', 'coverage/m/unknown', 'duties/overdue', 'help/danger'])
  assert.deepEqual(zeroObstacles(all.map((one) => ({ ...one, value: 0 }))), [])
})

test('addresses are found as notices write them', () => {
  assert.equal(addressIn('请报至 zzb#example.edu.cn，联系人…'), 'zzb@example.edu.cn')
  assert.equal(addressIn('邮箱：bgs@mail.example.edu.cn。'), 'bgs@mail.example.edu.cn')
  assert.equal(addressIn('邮箱ｂｇｓ＠example.edu.cn'), 'bgs@example.edu.cn')
  assert.equal(addressIn('bgs (at) example.edu.cn'), 'bgs@example.edu.cn')
  assert.equal(addressIn('3#楼一层值班室，电话 138 0000 0000'), null)
})

test('days begin at local midnight; a share of nobody is none; mail waits longer each time and gives up', () => {
  assert.equal(midnightBefore(new Date('2026-11-22T02:30:15.250Z'), 'Asia/Shanghai').toISOString(), '2026-11-21T16:00:00.000Z')
  assert.equal(coverageShare({ population: 3, kept: 0, excused: 3 }), null)
  assert.ok(mailWaitSeconds(1) < mailWaitSeconds(2) && mailWaitSeconds(mailAttempts) <= 6 * 3600)
  assert.equal(titleOf('regular', { kind: 'notice', name: '关于做好防汛工作的通知' }, 'zh'), '关于贯彻落实《关于做好防汛工作的通知》情况的专报')
})
