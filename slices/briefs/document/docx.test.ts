import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strFromU8, unzipSync } from 'fflate'
import { Problem } from '#kernel/problems.ts'
import { toDocx } from './docx.ts'
import { sampleBrief } from './sample.ts'

async function partsOf(content: ReturnType<typeof sampleBrief>): Promise<(name: string) => string> {
  const files = unzipSync(await toDocx(content))
  return (name) => strFromU8(files[name] ?? assert.fail(`no ${name}`))
}
const textOf = (xml: string) => [...xml.matchAll(/<w:t[ >][^<]*|<w:t>([^<]*)/gu)].map((found) => found[0].replace(/<[^>]*>/u, '')).join('')

test('page, margins and type follow the standard', async () => {
  const part = await partsOf(sampleBrief())
  const body = part('word/document.xml')
  const page = /<w:pgSz [^>]*>/u.exec(body)?.[0] ?? ''
  const near = (xml: string, name: string, millimetres: number) => {
    const found = Number(new RegExp(`w:${name}="(\\d+)"`, 'u').exec(xml)?.[1])
    assert.ok(Math.abs(found - (millimetres * 1440) / 25.4) <= 2, `${name} ${found}`)
  }
  near(page, 'w', 210)
  near(page, 'h', 297)
  const margins = /<w:pgMar [^>]*>/u.exec(body)?.[0] ?? ''
  near(margins, 'top', 37)
  near(margins, 'left', 28)
  near(margins, 'right', 26)
  near(margins, 'bottom', 35)
  for (const font of ['方正小标宋简体', '仿宋_GB2312', '黑体', '楷体_GB2312']) assert.match(body, new RegExp(`w:eastAsia="${font}"`, 'u'))
  assert.match(body, /w:ascii="Times New Roman"/u)
  assert.match(body, /w:line="579"[^>]*w:lineRule="exact"/u)
  assert.match(body, /w:firstLineChars="200"/u)
  assert.match(body, /<w:sz w:val="32"\/>/u)
  assert.match(part('word/styles.xml'), /<w:lang w:val="en-US" w:eastAsia="zh-CN"\/>/u)
})

test('title, addressee, headings, signature, date and copies stand in the text', async () => {
  const part = await partsOf(sampleBrief())
  const text = textOf(part('word/document.xml'))
  for (const expected of ['青禾大学防汛应急专报', '青禾应急〔2026〕18号　第2版（更正）', '数据截至：2026年11月15日 08:30', '青禾大学防汛应急指挥部：', '一、总体情况', '（二）安置与物资', '三、问题与建议', '表2　重点隐患整改台账', '附件：数据来源', '2026年11月15日印发', '抄送：校长办公室，党委宣传部']) assert.ok(text.includes(expected), expected)
  assert.match(part('docProps/core.xml'), /关于全校暴雨红色预警期间师生去向摸排与隐患处置情况的专报/u)
  assert.match(part('word/document.xml'), /FF0000/u)
})

test('every figure is marked and leads to its source', async () => {
  const content = sampleBrief()
  const body = (await partsOf(content))('word/document.xml')
  for (const [index, figure] of content.figures.entries()) {
    assert.ok(body.includes(`w:anchor="source_${index + 1}"`), `mark ${index + 1}`)
    assert.ok(body.includes(`w:name="source_${index + 1}"`), `bookmark ${index + 1}`)
    assert.ok(textOf(body).includes(figure.query), figure.query)
  }
})

test('tables are real and repeat their header', async () => {
  const body = (await partsOf(sampleBrief()))('word/document.xml')
  assert.equal(body.match(/<w:tblHeader\/>/gu)?.length, 3)
  assert.equal(body.match(/<w:tbl>/gu)?.length, 4)
})

test('pages are numbered on both sides, and a drill is marked on each', async () => {
  const files = unzipSync(await toDocx(sampleBrief({ drill: true })))
  const named = (pattern: RegExp) => Object.keys(files).filter((name) => pattern.test(name)).map((name) => strFromU8(files[name] ?? new Uint8Array()))
  const [footers, headers] = [named(/word\/footer\d+\.xml$/u), named(/word\/header\d+\.xml$/u)]
  assert.equal(footers.length, 2)
  for (const footer of footers) assert.match(footer, /PAGE/u)
  assert.equal(headers.length, 2)
  for (const header of headers) assert.match(header, /演练 DRILL.*仅供演练/su)
  assert.ok(textOf(strFromU8(files['word/document.xml'] ?? new Uint8Array())).includes('【演练】'))
  const real = unzipSync(await toDocx(sampleBrief()))
  for (const [name, bytes] of Object.entries(real)) assert.ok(!/演练|DRILL/u.test(strFromU8(bytes)), name)
})

test('fixed words are Traditional or English when asked', async () => {
  const hant = textOf((await partsOf(sampleBrief({ lang: 'zh-Hant' })))('word/document.xml'))
  assert.ok(hant.includes('附件：數據來源') && hant.includes('第2版（更正）'))
  const english = await partsOf(sampleBrief({ lang: 'en' }))
  assert.ok(textOf(english('word/document.xml')).includes('Sources of the figures'))
  assert.match(english('word/styles.xml'), /w:val="en-GB"/u)
})

test('a figure without a source, and other nonsense, is refused in words', async () => {
  const refuses = (changes: Parameters<typeof sampleBrief>[0], zh: RegExp) => assert.rejects(toDocx(sampleBrief(changes)), (error) => error instanceof Problem && error.status === 400 && zh.test(error.zh))
  await refuses({ figures: [] }, /没有来源/u)
  await refuses({ title: ' ' }, /没有标题/u)
  await refuses({ edition: 0 }, /版次/u)
  await refuses({ asOf: 'yesterday' }, /不是时间/u)
  const long = { kind: 'table' as const, caption: '乙', columns: [{ title: 'A' }], rows: Array.from({ length: 1_600 }, () => [1]) }
  await refuses({ sections: [{ heading: '', blocks: [long, long] }] }, /3000 行/u)
  await refuses({ sections: [{ heading: '', blocks: [{ kind: 'table', caption: '甲', columns: [{ title: 'A' }], rows: [[1, 2]] }] }] }, /第 1 行/u)
})

test('characters that no document can hold do not break the file', async () => {
  const title = '标题\u0000\u0008\ud800<w:t>&amp;\u202e反'
  const part = await partsOf(sampleBrief({ title }))
  assert.ok(textOf(part('word/document.xml')).includes('标题\ufffd&lt;w:t&gt;&amp;amp;反'))
})
