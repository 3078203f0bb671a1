import assert from 'node:assert/strict'
import { test } from 'node:test'
import { staysFor } from './stays-for.ts'

test('a message stays six seconds, and a long one until it can be read; one that offers something stays longer', () => {
  assert.equal(staysFor('已保存', false), 6000)
  assert.equal(staysFor('已保存', true), 10_000)
  const zh = '已向 12 人发出提醒，其中 3 人今天已经提醒过两次，不再打扰；他们的负责人会看到。'
  const en = 'Reminded 12 people; 3 of them were reminded twice today already and are left in peace. Whoever answers for them sees it.'
  for (const text of [zh, en]) assert.ok(staysFor(text, false) > 8000 && staysFor(text, false) < 15_000, `${text}: ${staysFor(text, false)} ms`)
})
