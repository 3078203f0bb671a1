import assert from 'node:assert/strict'
import { test } from 'node:test'
import { read, utils } from '@e965/xlsx'
import { strFromU8, unzipSync } from 'fflate'
import { toCsv } from './csv.ts'
import { sampleBrief } from './sample.ts'
import type { BriefContent, Cell } from './types.ts'
import { toXlsx } from './xlsx.ts'

const hostile = ['=1+1', '+1', '-1', '@SUM(A1)', '＝1+1', '＋1', '－1', '＠a', '\t=1', '\r=1', ' =1', '\u3000=1', '\u00a0=1', '\u200b=1', '\ufeff=1', '\u0000=1', '−1', '|cmd', '=cmd|\' /C calc\'!A0']

const withTable = (rows: Cell[][]): BriefContent => sampleBrief({ sections: [{ heading: '', blocks: [{ kind: 'table', caption: '甲', columns: [{ title: '=标题' }, { title: '数' }], rows }] }] })

test('the workbook reads back: sources first, then each table, numbers as numbers', async () => {
  const content = sampleBrief()
  const book = read(await toXlsx(content))
  assert.deepEqual(book.SheetNames, ['数字与来源', '表1　各学院学生去向摸排情况', '表2　重点隐患整改台账'])
  const rows = utils.sheet_to_json<unknown[]>(book.Sheets['数字与来源'] ?? {}, { header: 1 })
  assert.deepEqual(rows[0], [content.title])
  assert.deepEqual(rows[3], [1, 14124, '应摸排学生', content.figures[0]?.query, '2026-11-15 08:30', 14124])
  assert.equal(rows.length, 3 + content.figures.length)
  const share = book.Sheets['表1　各学院学生去向摸排情况']?.F4
  assert.equal(share?.t, 'n')
  assert.equal(share?.v, 2187 / 2218)
  assert.equal(share?.w, '98.6%')
})

test('hostile texts stay texts in the workbook', async () => {
  const bytes = await toXlsx(withTable(hostile.map((text, index) => [text, index])))
  const sheet = read(bytes, { cellFormula: true }).Sheets['表1　甲'] ?? {}
  for (const index of hostile.keys()) {
    const cell = sheet[`A${index + 4}`]
    assert.equal(cell?.t, 's', hostile[index])
    assert.equal(cell?.f, undefined)
  }
  for (const [name, xml] of Object.entries(unzipSync(bytes))) assert.doesNotMatch(strFromU8(xml), /<f[ >]/u, name)
})

test('titles of columns stay in sight, are bold, and sheets are named apart', async () => {
  const block = { kind: 'table' as const, caption: '甲/乙:*?[]'.repeat(9), columns: [{ title: '列' }], rows: [['x']] }
  const files = unzipSync(await toXlsx(sampleBrief({ sections: [{ heading: '', blocks: [block, block] }] })))
  const sheet = strFromU8(files['xl/worksheets/sheet2.xml'] ?? new Uint8Array())
  assert.match(sheet, /<pane ySplit="3" topLeftCell="A4" activePane="bottomLeft" state="frozen"\/>/u)
  assert.match(sheet, /<c r="A3" s="1"/u)
  assert.match(sheet, /<col min="1"/u)
  const names = [...strFromU8(files['xl/workbook.xml'] ?? new Uint8Array()).matchAll(/<sheet name="([^"]*)"/gu)].map((found) => found[1] ?? '')
  assert.equal(new Set(names).size, 3)
  for (const name of names) assert.match(name, /^[^[\]:*?/\\]{1,31}$/u)
})

test('a drill is marked on every sheet, and only a drill', async () => {
  const marked = read(await toXlsx(sampleBrief({ drill: true })))
  for (const name of marked.SheetNames) assert.match(String(marked.Sheets[name]?.A1?.v), /演练 DRILL/u)
  const files = unzipSync(await toXlsx(sampleBrief()))
  for (const [name, bytes] of Object.entries(files)) assert.doesNotMatch(strFromU8(bytes), /演练|DRILL/u, name)
})

test('CSV is inert, quoted, and carries the mark of its encoding', () => {
  const csv = toCsv(['=列', { title: '数' }], [...hostile.map((text): Cell[] => [text, -1]), ['a"b,c\nd', { value: 0.5, percent: true }], [null, Number.NaN]])
  assert.ok(csv.startsWith('\ufeff"\'=列","数"\r\n'))
  const lines = csv.trimEnd().split('\r\n').slice(1)
  assert.equal(lines.length, hostile.length + 2)
  for (const [index, text] of hostile.entries()) assert.match(lines[index] ?? '', /^"'.*",-1$/u, JSON.stringify(text))
  assert.equal(lines.at(-2), '"a""b,c d",0.5')
  assert.equal(lines.at(-1), ',')
})
