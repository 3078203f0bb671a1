import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { hantFile, makeHantTable, textsOf } from '../entry/words.ts'
import { fill, languageOfBrowser, setLanguage, t, useHantTable } from './words.ts'

test('values stand where their names stand, and a missing one is seen', () => {
  assert.equal(fill('已提醒 {n} 人，{left} 人未联系上', { n: 12, left: 0 }), '已提醒 12 人，0 人未联系上')
  assert.equal(fill('{who} 已签收', {}), '{who} 已签收')
  assert.equal(fill('{a}{a}', { a: '{b}', b: 'x' }), '{b}{b}', 'a value is never read as a place')
})

test('the browser is followed only to languages that we speak', () => {
  assert.equal(languageOfBrowser(['zh-TW', 'en']), 'zh-Hant')
  assert.equal(languageOfBrowser(['zh-HK']), 'zh-Hant')
  assert.equal(languageOfBrowser(['zh-CN', 'en']), 'zh-Hans')
  assert.equal(languageOfBrowser(['fr-FR', 'en-GB']), 'en')
  assert.equal(languageOfBrowser(['fr-FR']), 'zh-Hans')
  assert.equal(languageOfBrowser([]), 'zh-Hans')
})

test('texts are found where they are written: calls, pairs and stored texts', () => {
  const source = `const a = t('缺口', 'Gaps'); const b = { title: ['人员', 'People'], name: { zh: '组织', en: 'Units' } }; const c = t(\`发热\`, 'fever'); other('不算', 'x')`
  assert.deepEqual(textsOf('x.tsx', source), ['缺口', '人员', '组织', '发热'])
})

test('Traditional Chinese: every text of the interface, derived and current', async () => {
  const table = await makeHantTable()
  const stored = JSON.parse(await readFile(hantFile, 'utf8')) as { characters: [string, string] }
  assert.deepEqual(stored, table, 'run `npm run build`: ui/words.hant.json is out of date')
  assert.ok(table.characters[0].length > 2000, 'the map of characters is empty')
  useHantTable(table)
  await setLanguage('zh-Hant')
  try {
    assert.equal(t('没有网络。可以继续查看，恢复后自动更新。', ''), '沒有網絡。可以繼續查看，恢復後自動更新。')
    assert.equal(t('发热', ''), '發熱')
    assert.equal(t('计算机学院2021级', ''), '計算機學院2021級', 'also a text that the table does not hold')
    assert.equal(t('看表格', ''), '看表格', 'not the watch 錶')
    assert.equal(t('{n} 天后', '', { n: 3 }), '3 天後', 'not the queen 天后')
  } finally {
    await setLanguage('zh-Hans')
  }
})
