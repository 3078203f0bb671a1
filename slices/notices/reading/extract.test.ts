import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import { AlignmentType, Document, LevelFormat, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx'
import iconv from 'iconv-lite'
import { packStored } from './documents/archive.ts'
import { extractDocument } from './extract.ts'
import { readNotice } from './read.ts'
import { ReadingRefused } from './refused.ts'

const NOTICE = ['关于做好强降雨防范工作的通知', '各学院：', '一、各学院须于7月20日17:00前将排查情况报后勤处。', '二、严禁学生下水游泳。', '云岭测试学院', '2023年7月18日'].join('\n')
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

async function refusal(content: Uint8Array, name: string): Promise<ReadingRefused> {
  try {
    await extractDocument(content, name)
  } catch (problem) {
    assert.ok(problem instanceof ReadingRefused, `not a refusal: ${String(problem)}`)
    assert.ok(problem.zh.length > 10 && problem.en.length > 20)
    return problem
  }
  throw new Error('was not refused')
}

/** A PDF written by hand: one font with a ToUnicode map, one string a line. */
function pdf(lines: string[], withText = true): Uint8Array {
  return pdfOf([lines.map((text, i) => ({ text, x: 60, y: 760 - i * 28 }))], withText)
}

/** Pages of texts with where they stand. */
function pdfOf(pages: { text: string; x: number; y: number }[][], withText = true): Uint8Array {
  const chars = [...new Set(pages.flat().map((one) => one.text).join(''))]
  const hex = (n: number): string => n.toString(16).padStart(4, '0')
  const cmap = `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def 1 begincodespacerange <0000> <ffff> endcodespacerange ${chars.length} beginbfchar ${chars.map((char, i) => `<${hex(i + 1)}> <${hex(char.charCodeAt(0))}>`).join(' ')} endbfchar endcmap end end`
  const contents = pages.map((lines) => (withText ? lines.map(({ text, x, y }) => `BT /F1 16 Tf ${x} ${y} Td <${[...text].map((char) => hex(chars.indexOf(char) + 1)).join('')}> Tj ET`).join('\n') : '0 0 100 100 re f'))
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>', `<< /Type /Pages /Kids [${contents.map((_, i) => `${7 + i * 2} 0 R`).join(' ')}] /Count ${contents.length} >>`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>',
    '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 /FontDescriptor 6 0 R >>',
    `<< /Length ${cmap.length} >>\nstream\n${cmap}\nendstream`,
    '<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>',
    ...contents.flatMap((content, i) => [`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${8 + i * 2} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`, `<< /Length ${content.length} >>\nstream\n${content}\nendstream`])
  ]
  return assemble(objects)
}

function assemble(objects: string[]): Uint8Array {
  let out = '%PDF-1.4\n'
  const at: number[] = []
  objects.forEach((object, i) => { at.push(out.length); out += `${i + 1} 0 obj\n${object}\nendobj\n` })
  const start = out.length
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${at.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')}trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF`
  return bytes(out)
}

async function docx(): Promise<Uint8Array> {
  const numbered = (text: string, level = 0): Paragraph => new Paragraph({ text, numbering: { reference: 'official', level } })
  const cell = (text: string): TableCell => new TableCell({ children: [new Paragraph(text)] })
  const document = new Document({
    numbering: { config: [{ reference: 'official', levels: [
      { level: 0, format: LevelFormat.CHINESE_COUNTING, text: '%1、', alignment: AlignmentType.START },
      { level: 1, format: LevelFormat.CHINESE_COUNTING, text: '（%2）', alignment: AlignmentType.START }
    ] }] },
    sections: [{ children: [
      new Paragraph({ children: [new TextRun('关于做好强降雨防范工作的通知')] }), new Paragraph('各学院：'), numbered('全面排查隐患'), numbered('各学院须于7月20日17:00前报送排查表。', 1), numbered('严禁学生下水游泳。', 1), numbered('落实值班制度'),
      new Table({ rows: [new TableRow({ children: [cell('楼栋'), cell('负责人')] }), new TableRow({ children: [cell('1号楼'), cell('张某')] })] }),
      new Paragraph('云岭测试学院'), new Paragraph('2023年7月18日')
    ] }]
  })
  return new Uint8Array(await Packer.toBuffer(document))
}

test('a .docx gives its text with automatic numbers written out, and its tables', async () => {
  const got = await extractDocument(await docx(), '通知.docx')
  assert.equal(got.format, 'docx')
  assert.match(got.text, /一、全面排查隐患\n（一）各学院须于7月20日/)
  assert.match(got.text, /（二）严禁学生下水游泳。\n二、落实值班制度/)
  assert.deepEqual(got.tables.map((table) => table.rows), [[['楼栋', '负责人'], ['1号楼', '张某']]])
  assert.equal(got.text.slice(got.tables[0]?.offset, (got.tables[0]?.offset ?? 0) + 2), '楼栋')
  const reading = readNotice(got.text)
  assert.equal(reading.issuer, '云岭测试学院')
  assert.ok(reading.duties.some((duty) => duty.modality === 'must-not' && duty.text.includes('下水游泳')))
  assert.ok(!reading.duties.some((duty) => duty.text.includes('1号楼')))
})

test('a .pdf with text is read line by line', async () => {
  const got = await extractDocument(pdf(NOTICE.split('\n')), 'n.pdf')
  assert.equal(got.format, 'pdf')
  assert.deepEqual(got.text.split('\n').map((line) => line.trim()).filter((line) => line !== ''), NOTICE.split('\n'))
})

test('a scanned .pdf, a broken one and an over-long one are refused with advice', async () => {
  assert.equal((await refusal(pdf([''], false), 'scan.pdf')).code, 'scanned-pdf')
  assert.equal((await refusal(bytes('%PDF-1.4\nrubbish'), 'x.pdf')).code, 'broken-pdf')
  const many = assemble(['<< /Type /Catalog /Pages 2 0 R >>', `<< /Type /Pages /Count 900 /Kids [${'3 0 R '.repeat(900)}] >>`, '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>'])
  assert.equal((await refusal(many, 'long.pdf')).code, 'pdf-too-long')
})

test('.html is read in the encoding it has, without scripts, with layout tables as text', async () => {
  const page = `<html><head><meta charset="gb2312"><title>x</title><script>var a="严禁"</script></head><body><table><tr><td><div>首页 &gt; 通知公告 &gt; 正文</div>${NOTICE.split('\n').map((line) => `<p>${line}</p>`).join('')}<p style="display:none">隐藏</p></td></tr></table></body></html>`
  const got = await extractDocument(new Uint8Array(iconv.encode(page, 'gbk')), 'page.htm')
  assert.equal(got.format, 'html')
  assert.ok(got.text.includes('二、严禁学生下水游泳。'))
  assert.ok(!got.text.includes('隐藏') && !got.text.includes('var a'))
  assert.equal(got.tables.length, 0)
  assert.equal(readNotice(got.text).title, '关于做好强降雨防范工作的通知')
})

test('.txt comes in UTF-8, GB18030, UTF-16 and Big5', async () => {
  const utf16 = (littleEndian: boolean, mark: boolean): Uint8Array => {
    const buffer = iconv.encode(NOTICE, littleEndian ? 'utf16le' : 'utf16be', { addBOM: mark })
    return new Uint8Array(buffer)
  }
  for (const content of [bytes(NOTICE), bytes(`\ufeff${NOTICE}`), new Uint8Array(iconv.encode(NOTICE, 'gb18030')), utf16(true, true), utf16(false, true), utf16(true, false)]) {
    const got = await extractDocument(content, 'n.txt')
    assert.equal(got.text, NOTICE)
    assert.equal(got.format, 'txt')
  }
  const traditional = '關於做好防颱風工作的通知\n各學院：\n一、各學院要於9月2日前檢查門窗。\n二、嚴禁學生外出。'
  assert.equal((await extractDocument(new Uint8Array(iconv.encode(traditional, 'big5')), 'n.txt')).text, traditional)
})

test('what cannot be read is refused by name: empty, too large, binary, picture, .wps, rtf', async () => {
  assert.equal((await refusal(new Uint8Array(0), 'a.docx')).code, 'empty')
  assert.equal((await refusal(bytes('  \n '), 'a.txt')).code, 'empty')
  assert.equal((await refusal(new Uint8Array(21 * 1024 * 1024), 'a.pdf')).code, 'too-large')
  assert.equal((await refusal(Uint8Array.from({ length: 4000 }, (_, i) => (i * 7919) % 256), 'a.bin')).code, 'binary')
  assert.equal((await refusal(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 1, 2, 3), 'a.png')).code, 'image')
  assert.equal((await refusal(Uint8Array.from({ length: 900 }, (_, i) => (i * 31) % 29), 'a.wps')).code, 'wps')
  assert.equal((await refusal(bytes('{\\rtf1 hello}'), 'a.doc')).code, 'rtf')
  assert.equal((await refusal(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...Array.from({ length: 600 }, () => 1)]), 'a.doc')).code, 'broken-doc')
  assert.equal((await refusal(bytes('just words'), 'a.docx')).code, 'broken-docx')
})

test('hostile .docx: bombs, entities, truncation and foreign archives are refused before they cost anything', async () => {
  const good = await docx()
  assert.equal((await refusal(good.slice(0, good.length - 300), 'cut.docx')).code, 'broken-docx')
  assert.equal((await refusal(new Uint8Array(packStored(new Map([['xl/workbook.xml', Buffer.from('<x/>')]]))), 'x.docx')).code, 'not-docx')
  const entity = new Map([['[Content_Types].xml', Buffer.from('<Types/>')], ['word/document.xml', Buffer.from('<!DOCTYPE a [<!ENTITY b "c">]><w:document>&b;</w:document>')]])
  assert.equal((await refusal(new Uint8Array(packStored(entity)), 'x.docx')).code, 'unsafe-docx')
  assert.equal((await refusal(bomb(300 * 1024 * 1024), 'bomb.docx')).code, 'zip-bomb')
})

/** A zip whose document.xml inflates to `size` bytes of blanks while it says it is small. */
function bomb(size: number): Uint8Array {
  const packed = deflateRawSync(Buffer.alloc(size, 32))
  const name = Buffer.from('word/document.xml')
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(20, 4)
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(packed.length, 18)
  local.writeUInt32LE(size, 22)
  local.writeUInt16LE(name.length, 26)
  const central = Buffer.alloc(46)
  central.writeUInt32LE(0x02014b50, 0)
  central.writeUInt16LE(20, 4)
  local.copy(central, 6, 4, 30)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(46 + name.length, 12)
  end.writeUInt32LE(30 + name.length + packed.length, 16)
  return new Uint8Array(Buffer.concat([local, name, packed, central, name, end]))
}

test('a .docx with tracked changes, a text box and a table is read as it stands now, each thing once', async () => {
  const run = (text: string): string => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`
  const line = (inner: string): string => `<w:p>${inner}</w:p>`
  const box = (text: string): string => `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx><w:txbxContent>${line(run(text))}</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>${line(run(text))}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>`
  const row = (cells: string[]): string => `<w:tr>${cells.map((text) => `<w:tc>${line(run(text))}</w:tc>`).join('')}</w:tr>`
  const body = [
    line(run('关于防汛的通知')), line(run('各学院：')),
    line(`${run('一、各学院须于7月')}<w:del w:id="1" w:author="x"><w:r><w:delText>20</w:delText></w:r></w:del><w:ins w:id="2" w:author="x">${run('22')}</w:ins>${run('日17:00前将排查情况报后勤处。')}`),
    line('<w:del w:id="3" w:author="x"><w:r><w:delText>二、严禁学生外出。</w:delText></w:r></w:del>'),
    line(`${run('二、严禁学生下水游泳。')}${box('离校须报辅导员。')}`),
    `<w:tbl>${row(['工作任务', '责任单位', '完成时限'])}${row(['检查水泵', '后勤处', '7月21日'])}</w:tbl>`, line(run('云岭学院')), line(run('2023年7月18日'))
  ].join('')
  const parts = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    '_rels/.rels': '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    'word/document.xml': `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"><w:body>${body}</w:body></w:document>`
  }
  const { text } = await extractDocument(new Uint8Array(packStored(new Map(Object.entries(parts).map(([name, xml]) => [name, Buffer.from(xml, 'utf8')])))), 'tracked.docx')
  assert.ok(!/20日|严禁学生外出/.test(text), text)
  assert.equal(text.split('离校须报辅导员').length, 2)
  assert.deepEqual(readNotice(text).duties.map((duty) => `${duty.actor} ${duty.text} ${duty.deadline}`), ['各学院 各学院须于7月22日17:00前将排查情况报后勤处 2023-07-22T17:00', '各学院 严禁学生下水游泳 null', '各学院 离校须报辅导员 null', '后勤处 检查水泵 2023-07-21'])
})

test('a .pdf in two columns is read one after the other, a table in its rows; what stands at the head and foot of every page is no text', async () => {
  const down = (side: string, x: number) => Array.from({ length: 6 }, (_, i) => ({ text: `${side}栏第${i + 1}段要逐级上报不得瞒报。`, x, y: 700 - i * 30 }))
  const columns = await extractDocument(pdfOf([[{ text: '关于做好强降雨防范工作有关事项的通知如下', x: 60, y: 760 }, ...down('左', 40), ...down('右', 320)]]), 'n.pdf')
  assert.deepEqual(columns.text.match(/[左右]栏第\d/g), [...Array.from({ length: 6 }, (_, i) => `左栏第${i + 1}`), ...Array.from({ length: 6 }, (_, i) => `右栏第${i + 1}`)])
  assert.match(columns.text, /^关于做好/)
  const table = await extractDocument(pdfOf([Array.from({ length: 8 }, (_, i) => [{ text: `检查${i}号楼`, x: 40, y: 700 - i * 30 }, { text: '后勤处', x: 480, y: 700 - i * 30 }]).flat()]), 'n.pdf')
  assert.match(table.text, /检查0号楼 后勤处\n检查1号楼 后勤处/)
  const pages = await extractDocument(pdfOf(['甲', '乙', '丙'].map((word, i) => [{ text: '内部文件注意保存', x: 60, y: 800 }, { text: `各学院要检查${word}区门窗并报后勤处。`, x: 60, y: 700 }, { text: `第${i + 1}页`, x: 280, y: 30 }])), 'n.pdf')
  assert.deepEqual(pages.text.split('\n').filter((line) => line.trim()), ['甲', '乙', '丙'].map((word) => `各学院要检查${word}区门窗并报后勤处。`))
})

test('of a .docx it is said what was left out or taken one way: changes, comments, hidden words; marks of footnotes go', async () => {
  const run = (text: string, properties = ''): string => `<w:r>${properties}<w:t>${text}</w:t></w:r>`
  const parts = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/></Types>',
    '_rels/.rels': '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    'word/_rels/document.xml.rels': '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/></Relationships>',
    'word/footnotes.xml': '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="1"><w:p><w:r><w:t>含研究院。</w:t></w:r></w:p></w:footnote></w:footnotes>',
    'word/document.xml': `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p>${run('一、各学院')}<w:r><w:footnoteReference w:id="1"/></w:r>${run('须于7月')}<w:ins w:id="2" w:author="x">${run('22')}</w:ins>${run('日前检查门窗。')}${run('内部掌握。', '<w:rPr><w:vanish/></w:rPr>')}${run('不得遗漏。', '<w:rPr><w:vanish w:val="0"/></w:rPr>')}<w:r><w:commentReference w:id="0"/></w:r></w:p></w:body></w:document>`
  }
  const got = await extractDocument(new Uint8Array(packStored(new Map(Object.entries(parts).map(([name, xml]) => [name, Buffer.from(xml, 'utf8')])))), 'x.docx')
  assert.match(got.text, /^一、各学院须于7月22日前检查门窗。不得遗漏。\n/)
  assert.ok(got.text.includes('含研究院。') && !/↑|\[1\]|内部掌握/.test(got.text), got.text)
  assert.deepEqual(got.warnings.map((one) => one.code), ['tracked-changes', 'comments-left-out', 'hidden-left-out'])
  assert.deepEqual((await extractDocument(await docx(), 'x.docx')).warnings, [])
})

test('what comes under the name of a document and is something else is called by its name', async () => {
  const ole = (...names: string[]): Uint8Array => new Uint8Array(Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(600), ...names.map((name) => Buffer.from(`${name}\0`, 'utf16le')), Buffer.alloc(600)]))
  for (const [content, name, code] of [
    [ole('Workbook'), 'a.doc', 'not-doc'], [ole('EncryptedPackage'), 'a.docx', 'protected'], [bytes('Rar!\u001a\u0007\u0000xx'), 'a.docx', 'archive'], [Uint8Array.of(0x1f, 0x8b, 8, 0, 1, 2), 'a.docx', 'archive'],
    [bytes('MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\n<html></html>'), 'a.doc', 'mail'], [bytes('From: a@example.edu.cn\nSubject: x\nContent-Type: text/plain\n\n'), 'a.eml', 'mail'],
    [bytes('<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>'), 'a.xml', 'word-xml'], [new Uint8Array(Buffer.from('\0\0\0\u0024ftypheic\0\0\0\0mif1', 'latin1')), 'a.heic', 'image'],
  ] as const) assert.equal((await refusal(content, name)).code, code, name)
  assert.equal((await extractDocument(bytes(`From: 办公室\n${NOTICE}`), 'memo.txt')).format, 'txt', 'a memo is a text')
})
