import assert from 'node:assert/strict'
import { test } from 'node:test'
import { difference, type Run } from './text-difference.ts'

const side = (runs: readonly Run[], without: Run['kind']) => runs.filter((run) => run.kind !== without).map((run) => run.text).join('')
const shown = (before: string, after: string) => difference(before, after).map((run) => (run.kind === 'same' ? run.text : run.kind === 'out' ? `[-${run.text}]` : `[+${run.text}]`)).join('')

test('what changed is shown whole, and nothing else', () => {
  assert.equal(shown('于3月5日前报学生处', '于3月8日前报学生处'), '于3月[-5][+8]日前报学生处')
  assert.equal(shown('于5日前报学生处', '于12日18:00前报教务处'), '于[-5日][+12日18:00]前报[-学生][+教务]处', 'a lone character between two changes belongs to them')
  assert.equal(shown('超过30厘米', '超过20厘米'), '超过[-30][+20]厘米', 'a figure is one')
  assert.equal(shown('一样', '一样'), '一样')
  assert.equal(shown('', '新的'), '[+新的]')
})

test('both texts can be read out of the difference, however unlike they are', () => {
  for (const [a, b] of [['停课通知', '复课安排'], ['𠮷野家', '吉野家'], ['a'.repeat(3000), 'b'.repeat(3000)], ['各单位要每日报告。', '各学院要每周五报告情况，不得迟报。']] as const) {
    const runs = difference(a, b)
    assert.equal(side(runs, 'in'), a)
    assert.equal(side(runs, 'out'), b)
  }
})
