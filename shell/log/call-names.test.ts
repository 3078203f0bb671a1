import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { setLanguage } from '#ui/words.ts'
import { assembly } from '../../entry/assembly.ts'
import { callName } from './call-names.ts'
import { detailWords } from './detail-words.ts'

before(() => setLanguage('zh-Hans'))

test('whatever the log may name has a name for people: every call of every slice, every job', () => {
  const raw = [...assembly.calls.map(({ call }) => call.name), ...assembly.jobs.map((job) => `job.${job.kind}`)].filter((name) => callName(name).includes(name.replace(/^job\./, '')))
  assert.deepEqual(raw, [])
})

test('what an entry says of itself is said in words; references and what is empty are left out', () => {
  assert.equal(detailWords('how: call · outcome: no-answer · measures: ["3f2a8a4e-1111-4111-8111-111111111111"]'), '方式：电话 · 结果：没人接')
  assert.equal(detailWords('zero: false · version: 2 · signed: true · changed: ["situation","problems"] · note: ""'), '零报告：否 · 版本：2 · 已签发 · 修改：情况、问题')
  assert.equal(detailWords('fields: ["unheardOf","x"]'), '修改：2 项')
})
