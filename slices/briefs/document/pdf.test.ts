import assert from 'node:assert/strict'
import { test } from 'node:test'
import { extractText, getDocumentProxy, getMeta } from 'unpdf'
import { buildFont } from './fonts.ts'
import { toPdf } from './pdf.ts'
import { sampleBrief } from './sample.ts'
import type { BriefContent } from './types.ts'

async function pagesOf(content: BriefContent): Promise<string[]> {
  const document = await getDocumentProxy(await toPdf(content))
  const { text } = await extractText(document, { mergePages: false })
  return text.map((page) => page.replace(/\s+/gu, ''))
}

test('the text of the PDF can be copied: title, figures, sources, copies', async () => {
  const content = sampleBrief()
  const pages = await pagesOf(content)
  assert.ok(pages.length >= 3 && pages.length <= 7, `${pages.length} pages`)
  const whole = pages.join('')
  for (const expected of [content.title, content.letterhead, '一、总体情况', '青禾大学防汛应急指挥部：', '附件：数据来源', '抄送：', '2026年11月15日印发']) assert.ok(whole.includes(expected), expected)
  for (const [index, figure] of content.figures.entries()) {
    assert.ok(whole.includes(`${figure.value}[${index + 1}]`), `${figure.label} with its mark`)
    assert.ok(whole.includes(figure.query.replaceAll(' ', '')), figure.query)
  }
  for (const [index, page] of pages.entries()) assert.ok(page.includes(`—${index + 1}—`), `number of page ${index + 1}`)
})

test('A4, titled, in Chinese, with embedded fonts only', async () => {
  const bytes = await toPdf(sampleBrief())
  const document = await getDocumentProxy(bytes.slice())
  const { info } = await getMeta(document)
  assert.equal(info.Title, sampleBrief().title)
  const [, , width, height] = (await document.getPage(1)).view
  assert.deepEqual([Math.round(width ?? 0), Math.round(height ?? 0)], [595, 842])
  const raw = Buffer.from(bytes).toString('latin1')
  assert.match(raw, /\/Lang \(zh-CN\)/u)
  assert.equal(raw.match(/\/FontFile2/gu)?.length, 3)
  assert.doesNotMatch(raw, /\/BaseFont \/(Helvetica|Times|Courier)/u)
  assert.ok(bytes.length < 400_000, `${bytes.length} bytes`)
})

test('signature and date never stand on a page without text, wherever the text ends', async () => {
  for (let lines = 25; lines < 30; lines += 1) {
    const blocks = Array.from({ length: lines }, (_, index) => ({ kind: 'text' as const, runs: [{ text: index === lines - 1 ? '最后一段。' : '一段。' }] }))
    const pages = await pagesOf(sampleBrief({ figures: [], copyTo: [], title: '关于值守的报告', signature: '值守组', sections: [{ heading: '情况', blocks: blocks.slice(0, -1) }, { heading: '打算', blocks: blocks.slice(-1) }] }))
    const page = pages.find((one) => one.includes('值守组')) ?? ''
    assert.ok(page.includes('二、打算') && page.includes('最后一段。'), `after ${lines} lines: ${page.slice(0, 60)}`)
  }
})

test('a drill is marked on every page, and only a drill', async () => {
  for (const page of await pagesOf(sampleBrief({ drill: true }))) assert.match(page, /演练DRILL仅供演练，并非真实情况/u)
  for (const page of await pagesOf(sampleBrief({ drill: true, lang: 'en' }))) assert.match(page, /DRILL演练Exerciseonly/u)
  for (const page of await pagesOf(sampleBrief())) assert.doesNotMatch(page, /DRILL|演练/u)
})

test('marks lead to the list of sources', async () => {
  const content = sampleBrief()
  const document = await getDocumentProxy(await toPdf(content))
  const leads: unknown[] = []
  for (let number = 1; number <= document.numPages; number += 1) leads.push(...(await (await document.getPage(number)).getAnnotations()).map((each: { dest?: unknown }) => each.dest))
  assert.deepEqual(leads, content.figures.map((_, index) => `source_${index + 1}`))
  for (const lead of leads) assert.ok(await document.getDestination(String(lead)), String(lead))
})

test('a long table repeats its header on every page and loses no row, however long', async () => {
  const rows = Array.from({ length: 120 }, (_, index) => [`行${index}号`, index === 60 ? '长'.repeat(3_000) + '尾' : '说明'])
  const pages = await pagesOf(sampleBrief({ figures: [], sections: [{ heading: '', blocks: [{ kind: 'table', caption: '长表', columns: [{ title: '甲列' }, { title: '乙列' }], rows }] }], copyTo: [] }))
  const holding = pages.filter((page) => /行\d+号|长长/u.test(page))
  assert.ok(holding.length > 4)
  for (const page of holding) assert.match(page, /甲列乙列/u)
  const whole = pages.join('')
  for (let index = 0; index < 120; index += 1) assert.ok(whole.includes(`行${index}号`), `row ${index}`)
  assert.equal(whole.match(/长(?!表)/gu)?.length, 3_000)
  assert.ok(whole.includes('尾'))
})

test('Traditional and rare characters of names are drawn; what cannot be drawn copies all the same', async () => {
  const common = '臺灣體檢䶮㛃𬱖𫖯㭎鿍喆堃犇'
  const built = await buildFont('song', [common + 'ᠮ'])
  assert.deepEqual(built.missing, ['ᠮ'])
  assert.ok((await pagesOf(sampleBrief({ signature: `${common}ᠮ` }))).join('').includes(`${common}ᠮ`))
})
