import assert from 'node:assert/strict'
import { test } from 'node:test'
import { passwordFaults } from './password.ts'

test('a sentence is a password; a name, a number, a common word and a row of ones are not', () => {
  assert.deepEqual(passwordFaults('三月的江畔有一排很老的垂柳', ['软甲寅', '20261003']), [])
  assert.deepEqual(passwordFaults('short', []), ['short'])
  assert.deepEqual(passwordFaults('111111111111', []), ['plain'])
  assert.deepEqual(passwordFaults('my-Password-2099', []), ['plain'])
  assert.deepEqual(passwordFaults('x-20261003-corridor', ['20261003']), ['personal'])
  // Full-width letters are the same letters.
  assert.deepEqual(passwordFaults('ｚｈａｎｇｗｅｉ-corridor', ['zhangwei']), ['personal'])
  assert.deepEqual(passwordFaults('abcde'.repeat(30), []), ['long'])
})

test('short names of two characters do not forbid every sentence', () => {
  assert.deepEqual(passwordFaults('李白乘舟将欲行忽闻岸上', ['李白']), ['short'])
  assert.deepEqual(passwordFaults('李白乘舟将欲行忽闻岸上踏歌声', ['李白']), [])
})
