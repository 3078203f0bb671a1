import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inChinese, inEnglish } from './channels.ts'

test('how a report is made is said in the language of the reader, and units keep their names', () => {
  assert.equal(inChinese('学校办公室; email'), '学校办公室; 邮箱')
  assert.equal(inChinese('email'), '邮箱')
  assert.equal(inChinese('phone、OA'), '电话、OA 系统')
  assert.equal(inChinese('emailing 小组'), 'emailing 小组')
  assert.equal(inChinese(null), null)
  assert.equal(inEnglish('学校办公室; 邮箱'), '学校办公室; by mail')
  assert.equal(inEnglish('电话'), 'by telephone')
})
