import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { findWebSources, hantFile, makeHantTable, textsOf } from '../entry/words.ts'
import { wordProblems } from '../entry/words-check.ts'
import { fill, languageOfBrowser, setLanguage, t, takeHantTable, toHant } from './words.ts'

test('values stand where their names stand, and a missing one is seen', () => {
  assert.equal(fill('已提醒 {n} 人，{left} 人未联系上', { n: 12, left: 0 }), '已提醒 12 人，0 人未联系上')
  assert.equal(fill('{who} 已签收', {}), '{who} 已签收')
  assert.equal(fill('{a}{a}', { a: '{b}', b: 'x' }), '{b}{b}', 'a value is never read as a place')
})

test('English counts one and many', () => {
  const text = '{n} {n:person|people} in {units} {units:unit|units}'
  assert.equal(fill(text, { n: 1, units: '1,200' }), '1 person in 1,200 units')
  assert.equal(fill(text, { n: 0, units: '1' }), '0 people in 1 unit')
  assert.equal(fill(text, {}), text)
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

test('a text with half of it missing is found', () => {
  const found = (source: string) => wordProblems('x.tsx', source).map((problem) => problem.replace(/^x.tsx:\d+ /, ''))
  assert.deepEqual(found(`t('缺口', 'Gaps'); t('{n} 项', '{n} {n:item|items}', { n }); t('项', ''); t('{name}（{n}）', '{name} ({n})'); <b>{t('简体', 'x')}</b>; <i>English</i>`), [])
  for (const wrong of [`t('缺口')`, `t('缺口', '')`, `t('缺口', '缺口')`, `t('{n} 人', 'people')`, '<b>缺口</b>', `<input placeholder="查找" />`, `<b>{'缺口'}</b>`, `const x = { zh: '缺口', en: '' }`, 't(`第 ${n} 天`, `day ${n}`)', `t('Gaps', 'Gaps')`])
    assert.equal(found(wrong).length, 1, wrong)
})

test('every text of the interface has its Chinese, its English, and the same values in both', async () => {
  const files = await findWebSources()
  assert.ok(files.length > 100)
  const problems = await Promise.all(files.map(async (file) => wordProblems(file, await readFile(file, 'utf8'))))
  assert.deepEqual(problems.flat(), [])
})

test('Traditional Chinese: every text of the interface, derived and current', async () => {
  const table = await makeHantTable()
  const stored = JSON.parse(await readFile(hantFile, 'utf8')) as { characters: [string, string]; words: Record<string, string> }
  assert.deepEqual(stored, table, 'run `npm run build`: ui/words.hant.json is out of date')
  assert.ok(table.characters[0].length > 2000, 'the map of characters is empty')
  takeHantTable(table)
  await setLanguage('zh-Hant')
  try {
    assert.equal(t('没有网络。可以继续查看，恢复后自动更新。', ''), '沒有網路。可以繼續查看，恢復後自動更新。')
    assert.equal(t('发热', ''), '發熱')
    assert.equal(t('计算机学院2021级', ''), '計算機學院2021級', 'also a text that the table does not hold')
    assert.equal(toHant('台风“风铃”防御；经批准可联系干部，每周汇总'), '颱風“風鈴”防禦；經批准可聯繫幹部，每週彙總', 'words of texts that nobody knew before')
    assert.equal(t('看表格', ''), '看表格', 'not the watch 錶')
    assert.equal(t('{n} 天后', '', { n: 3 }), '3 天後', 'not the queen 天后')
  } finally {
    await setLanguage('zh-Hans')
  }
})
