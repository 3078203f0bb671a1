import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { before, test } from 'node:test'
import { lookWord } from '#slices/facts/web/purposes.ts'
import { setLanguage } from '#ui/words.ts'
import { assembly } from '../../entry/assembly.ts'
import { callName } from './call-names.ts'
import { detailWords } from './detail-words.ts'

before(() => setLanguage('zh-Hans'))

test('whatever the log may name has a name for people: every call of every slice, every job', () => {
  const raw = [...assembly.calls.map(({ call }) => call.name), ...assembly.jobs.map((job) => `job.${job.kind}`)].filter((name) => callName(name).includes(name.replace(/^job\./, '')))
  assert.deepEqual(raw, [])
})

test('whatever the calls note as the purpose of a look is said in words', () => {
  const noted = globSync('slices/*/*.ts', { exclude: (path) => String(path).endsWith('.test.ts') }).flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/(?:purposeOver\w+|looked)\(.*?'([a-z-]+)'\)/g)].map((found) => found[1] ?? '').filter((word) => !/\./.test(word)))
  assert.ok(new Set(noted).size > 15, `only found ${noted.join(' ')}`)
  assert.deepEqual([...new Set(noted)].filter((purpose) => lookWord(purpose) === purpose), [])
})

test('whatever the calls note of themselves has a name for people, but for references', () => {
  const references = new Set(['import', 'unit', 'subject', 'office', 'holding', 'measure', 'measureId', 'robot', 'sending', 'drill', 'hold', 'liftedHold', 'splitOff', 'handedTo', 'sponsor', 'corrects', 'amends', 'sha256'])
  const noted = globSync('slices/*/*.ts', { exclude: (path) => String(path).endsWith('.test.ts') }).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/detail: \{ ([^{}]*)/g)].flatMap((found) => [...(found[1] ?? '').matchAll(/(?:^|, )(\w+)(?=:|,| |$)/g)].map((key) => key[1] ?? '')))
  assert.ok(new Set(noted).size > 50, `only found ${noted.join(' ')}`)
  assert.deepEqual([...new Set(noted)].filter((key) => !references.has(key) && detailWords(`${key}: 1`) === `${key}：1`), [])
})

test('what an entry says of itself is said in words; references and what is empty are left out', () => {
  assert.equal(detailWords('how: call · outcome: no-answer · measures: ["3f2a8a4e-1111-4111-8111-111111111111"]'), '方式：电话 · 结果：没人接')
  assert.equal(detailWords('zero: false · version: 2 · signed: true · changed: ["situation","problems"] · note: ""'), '零报告：否 · 版本：2 · 已签发 · 修改：情况、问题')
  assert.equal(detailWords('fields: ["unheardOf","x"]'), '修改：2 项')
  assert.equal(detailWords('status: proposed · hazards: ["influenza","flood"] · kind: same-instant'), '状态：待核对 · 灾种：流感、洪涝 · 类别：同一秒填了同样的值')
})
