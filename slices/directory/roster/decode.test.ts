import assert from 'node:assert/strict'
import { test } from 'node:test'
import { utils, write } from '@e965/xlsx'
import * as fc from 'fast-check'
import iconv from 'iconv-lite'
import { readDelimited } from './csv.ts'
import { decodeSheet } from './decode.ts'
import { archive, textCell, workbookParts } from './fixtures/archives.ts'
import { RosterRefused } from './refusal.ts'
import type { RefusalCode } from './refusal.ts'
import { unpackWorkbook } from './zip.ts'

const table = '学号,姓名\r\n20980401007,申某某\r\n'
const rows = [['学号', '姓名'], ['20980401007', '申某某']]

async function refused(bytes: Uint8Array, name: string, code: RefusalCode): Promise<RosterRefused> {
  const problem = await decodeSheet(bytes, name).then(() => null, (error: unknown) => error)
  assert.ok(problem instanceof RosterRefused, `${name}: ${String(problem)}`)
  assert.equal(problem.code, code, problem.en)
  assert.match(problem.zh, /\p{Script=Han}/u)
  return problem
}

test('a list typed by hand with full-width commas or blanks is a table; a sentence is none', () => {
  for (const text of ['学号，姓名，班级\n1001，甲某，软件2401班\n', '学号  姓名 班级\n1001 甲某\u3000软件2401班\r\n']) assert.deepEqual(readDelimited(text).filter((row) => row.some(Boolean)), [['学号', '姓名', '班级'], ['1001', '甲某', '软件2401班']])
  assert.deepEqual(readDelimited('姓名 学号\n甲 某 1001'), [['姓名 学号'], ['甲 某 1001']], 'words that do not line up are left whole')
  assert.deepEqual(readDelimited('备注,说明\n一，二，三,四'), [['备注', '说明'], ['一，二，三', '四']])
})

test('the same table comes out of every encoding that offices save in', async () => {
  const files: Record<string, Buffer> = {
    'utf8.csv': Buffer.from(table),
    'bom.csv': Buffer.from(`\uFEFF${table}`),
    'gb18030.csv': iconv.encode(table, 'gb18030'),
    'utf16le.csv': Buffer.concat([Buffer.from([0xff, 0xfe]), iconv.encode(table, 'utf16le')]),
    'utf16be.csv': Buffer.concat([Buffer.from([0xfe, 0xff]), iconv.encode(table, 'utf16be')]),
    'nomark.csv': iconv.encode(table, 'utf16le'),
    'pasted.txt': Buffer.from(table.replaceAll(',', '\t')),
    'semicolons.csv': Buffer.from(table.replaceAll(',', ';').replaceAll('\r\n', '\n')),
  }
  for (const [name, bytes] of Object.entries(files)) {
    assert.deepEqual(await decodeSheet(bytes, name), [{ name: name.replace(/\..*/, ''), rows }], name)
  }
})

test('text with bytes of nothing in it is said to be damaged, and where', async () => {
  for (const hole of [`${table}20980401008,酉\u0000某\r\n`, table + '\u0000'.repeat(500)]) assert.match((await refused(Buffer.from(hole), 'x.csv', 'broken')).zh, /第 3 行有空字节/)
  await refused(Buffer.from([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0, 4, 0, 0xff, 0xff, 0xb8]), 'x.csv', 'not-a-sheet')
})

test('characters beyond the first plane survive GB18030', async () => {
  const sheet = await decodeSheet(iconv.encode('学号,姓名\n1,𠮷某䶮\n', 'gb18030'), 'x.csv')
  assert.equal(sheet[0]?.rows[1]?.[1], '𠮷某䶮')
})

test('quoted cells keep their commas, quotes and line ends', async () => {
  const [sheet] = await decodeSheet(Buffer.from('学号,姓名,备注\n1,申某某,"住院,""市一院""\n周三回"\n2,酉某,5" 屏\n'), 'x.csv')
  assert.deepEqual(sheet?.rows.slice(1), [['1', '申某某', '住院,"市一院"\n周三回'], ['2', '酉某', '5" 屏']])
})

test('a workbook gives values, not displays: numbers whole, dates as days, merged cells filled, hidden sheets marked', async () => {
  const sheet = utils.aoa_to_sheet([
    ['名单', null, null, null],
    ['学号', '姓名', '班级', '日期'],
    [20980401007, '申某某', '网络2098-3班', 44_930],
    [20980401008, '酉某', null, 44_931.5],
    [110101209801010000, '长某', null, null],
  ])
  sheet['!merges'] = [{ s: { r: 0, c: 0 }, e: { r: 0, c: 3 } }, { s: { r: 2, c: 2 }, e: { r: 4, c: 2 } }]
  for (const place of ['D3', 'D4']) sheet[place].z = 'yyyy/m/d'
  const book = utils.book_new()
  utils.book_append_sheet(book, sheet, '一班')
  utils.book_append_sheet(book, utils.aoa_to_sheet([['男'], ['女']]), '字典')
  book.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 1 }] }
  const expected = [
    ['名单', '名单', '名单', '名单'],
    ['学号', '姓名', '班级', '日期'],
    ['20980401007', '申某某', '网络2098-3班', '2023-01-04'],
    ['20980401008', '酉某', '网络2098-3班', '2023-01-05 12:00'],
    // Fifteen digits are all that a spreadsheet keeps; the form says that more may be gone.
    ['1.1010120980101E+17', '长某', '网络2098-3班'],
  ]
  for (const bookType of ['xlsx', 'xls'] as const) {
    const [first, second] = await decodeSheet(write(book, { type: 'buffer', bookType }) as Buffer, `x.${bookType}`)
    assert.deepEqual(first, { name: '一班', rows: expected }, bookType)
    assert.equal(second?.hidden, true, bookType)
  }
})

test('a web page under the name of .xls, as student systems export it, is read like a sheet', async () => {
  const page = `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="gb2312"><style>td{}</style></head><body>
    <table><tr><td colspan=3>学生名单</td></tr><tr><th>学号</th><th>姓名<br>(必填)</th><th>班级</th></tr>
    <tr><td>20980401007</td><td>申某某 &amp; <b>副</b></td><td rowspan=2>网络2098-3班</td></tr><tr><td>20980401008</td><td>酉&nbsp;某</td></tr></table>
    <table><tr><td>页脚</td></tr></table></body></html>`
  const [sheet, ...others] = await decodeSheet(iconv.encode(page, 'gb18030'), '名单.xls')
  assert.deepEqual(sheet, {
    name: '名单',
    rows: [['学生名单', '学生名单', '学生名单'], ['学号', '姓名 (必填)', '班级'], ['20980401007', '申某某 & 副', '网络2098-3班'], ['20980401008', '酉 某', '网络2098-3班']],
  })
  assert.deepEqual(others, [])
  const rows = '<tr>'.repeat(3000)
  await refused(Buffer.from(`<table><tr><td rowspan=99999999 colspan=99999999>长</td><td>x</td></tr>${rows}</table>`), 'a.xls', 'too-big')
  await refused(Buffer.from(`<html>${'<div>'.repeat(20_000)}`), 'a.xls', 'not-a-sheet')
})

test('what is no table is refused by name', async () => {
  await refused(Buffer.alloc(0), 'a.csv', 'empty')
  await refused(Buffer.from(' ,,\n,\n'), 'a.csv', 'empty')
  await refused(Buffer.from('%PDF-1.7 ...'), 'a.xlsx', 'not-a-sheet')
  await refused(Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), 'a.csv', 'not-a-sheet')
  await refused(Buffer.from('<html><body><p>学号</p></body></html>'), 'a.xls', 'not-a-sheet')
  await refused(Buffer.from('<?xml version="1.0"?><Workbook><Row/></Workbook>'), 'a.xls', 'not-a-sheet')
  await refused(Buffer.from([1, 2, 3, 0, 255, 254, 0, 7, 7]), 'a.csv', 'not-a-sheet')
  const word = await refused(archive([{ name: 'word/document.xml', content: '<w/>' }]), 'a.xlsx', 'not-a-sheet')
  assert.match(word.zh, /Word/)
  const quote = await refused(Buffer.from('学号,姓名\n1,"申某某\n2,酉某\n'), 'a.csv', 'broken')
  assert.match(quote.zh, /第 2 行/)
  const cut = Buffer.from('学号,姓名,学院\n20980401007,申某某,信息学院计算机系\n').subarray(0, -2)
  await refused(cut, 'a.csv', 'broken')
})

test('hostile and broken workbooks are refused before they cost anything', async () => {
  const good = workbookParts(`<row r="1">${textCell('A1', '学号')}${textCell('B1', '姓名')}</row>`)
  assert.deepEqual((await decodeSheet(archive(good), 'a.xlsx'))[0]?.rows, [['学号', '姓名']])
  await refused(archive(good).subarray(0, 900), 'a.xlsx', 'broken')
  await refused(archive(good), 'a.xlsm', 'macros')
  await refused(archive([...good, { name: 'xl/vbaProject.bin', content: 'x' }]), 'a.xlsx', 'macros')
  await refused(archive([...good.slice(0, 5), { name: 'xl/worksheets/sheet1.xml', content: '<!DOCTYPE x [<!ENTITY a "b">]><x/>' }]), 'a.xlsx', 'unsafe')
  await refused(archive([...good, ...Array.from({ length: 2000 }, (_, i) => ({ name: `xl/media/${i}.png`, content: '' }))]), 'a.xlsx', 'bomb')
  await refused(archive(workbookParts(`<row r="1048576">${textCell('A1048576', '学号')}</row>`)), 'a.xlsx', 'too-big')
  await refused(archive(workbookParts(`<row r="1">${textCell('XFD1', '学号')}</row>`)), 'a.xlsx', 'too-big')
  await refused(Buffer.alloc(20 * 1024 * 1024 + 1, 65), 'a.csv', 'too-big')
  const lying = archive([{ name: 'xl/workbook.xml', content: 'x'.repeat(100_000), declaredSize: 10 }])
  await refused(lying, 'a.xlsx', 'broken')
})

test('a workbook that unpacks to more than 200 MB is stopped while it unpacks', async () => {
  const bytes = archive([...workbookParts('').slice(0, 5), { name: 'xl/worksheets/sheet1.xml', content: Buffer.alloc(201 * 1024 * 1024, 32) }])
  assert.ok(bytes.length < 2_000_000)
  await refused(bytes, 'a.xlsx', 'bomb')
  await assert.rejects(unpackWorkbook(archive(workbookParts('x'.repeat(2000))), { entries: 10, inflatedBytes: 1000 }), { code: 'bomb' })
})

test('one long text shown by thousands of cells is refused, not copied', async () => {
  const cells = Array.from({ length: 4000 }, (_, i) => `<row r="${i + 1}"><c r="A${i + 1}" t="s"><v>0</v></c></row>`).join('')
  await refused(archive(workbookParts(cells, `<si><t>${'长'.repeat(30_000)}</t></si>`)), 'a.xlsx', 'too-big')
})

test('any bytes whatever give a table or a refusal', async () => {
  const heads = [[], [0x50, 0x4b, 3, 4], [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], [0xff, 0xfe], [0xef, 0xbb, 0xbf], [...Buffer.from('学号,姓名\n"')]]
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 300 }), async (head, tail) => {
      try {
        await decodeSheet(Uint8Array.from([...head, ...tail]), 'x.xlsx')
      } catch (problem) {
        if (!(problem instanceof RosterRefused)) throw problem
      }
    }),
    { numRuns: 300 },
  )
})
