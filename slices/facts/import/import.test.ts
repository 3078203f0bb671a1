import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findHeader, readColumns, refuseColumns, type ColumnAttribute } from './columns.ts'
import { decodeRecord, findRecords, joinRecord, longestRecord, sniff, splitRecord } from '#kernel/records.ts'
import { factsOf, readRow, type ImportAttribute, type Known } from './rows.ts'
import { readCell, readMoment } from './values.ts'

const attribute = (one: Partial<ImportAttribute> & Pick<ImportAttribute, 'key' | 'type'>): ImportAttribute => ({ label: { zh: one.key, en: one.key }, options: [], min: null, max: null, freshSeconds: null, unit: null, subjectKind: 'person', ...one })
const temperature = attribute({ key: 'temperature', type: 'number', label: { zh: '今天的体温是多少？', en: 'Your temperature today' }, unit: '℃', min: 34, max: 43 })
const result = attribute({ key: 'test-result', type: 'choice', label: { zh: '检测结果', en: 'Test result' }, options: [{ value: 'negative', zh: '阴性', en: 'Negative' }, { value: 'positive', zh: '阳性', en: 'Positive' }] })
const doctor = attribute({ key: 'seen-doctor', type: 'yes-no', label: { zh: '是否已就医或联系校医院？', en: 'Have you seen a doctor?' } })
const all = [temperature, result, doctor]
const value = (one: ImportAttribute, text: string, unit: string | null = null) => readCell(one, text, unit, 'Asia/Shanghai')
const why = (cell: ReturnType<typeof readCell>) => ('wrong' in cell ? cell.wrong.zh : `taken: ${JSON.stringify(cell.value)}`)

const cut = (text: string | Uint8Array, window: number, delimiter = ',') => {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  const rows: string[] = []
  for (let at = 0; at < bytes.length; ) {
    const part = bytes.subarray(at, at + window)
    const found = findRecords(part, delimiter.charCodeAt(0), at + part.length === bytes.length, 1000)
    assert.ok(found.length > 0, 'the reading goes on')
    for (const { start, end, broken } of found) rows.push(`${broken ? '!' : ''}${decodeRecord(part.subarray(start, end), 'utf-8')}`)
    at += found[found.length - 1]?.next ?? 0
  }
  return rows
}

test('records are the same however the file is cut into windows', () => {
  const text = 'a,"b\nb",c\r\n甲,"say ""hi"", 你",\r\n5" pipe,x,y\n\nlast,,'
  const whole = cut(text, 1000)
  assert.deepEqual(whole, ['a,"b\nb",c', '甲,"say ""hi"", 你",', '5" pipe,x,y', '', 'last,,'])
  for (let window = 26; window < 60; window++) assert.deepEqual(cut(text, window), whole, `windows of ${window} bytes`)
  assert.deepEqual(splitRecord('甲,"say ""hi"", 你",', ','), ['甲', 'say "hi", 你', ''])
})

test('a quotation mark never closed costs its own line, not the rest of the file', () => {
  const rows = cut(`a,"open\n${'b,c,d\n'.repeat(longestRecord / 4)}`, longestRecord * 4)
  assert.equal(rows[0], '!a,"open')
  assert.equal(rows.length, 1 + longestRecord / 4)
  assert.ok(rows.slice(1).every((row) => row === 'b,c,d'))
})

test('UTF-8, GB18030, tabs and what is no text at all', () => {
  assert.deepEqual(sniff(Buffer.from('\ufeff学号,体温\n1,36')), { encoding: 'utf-8', delimiter: ',', starts: 3 })
  const gb = Uint8Array.from([0xd1, 0xa7, 0xba, 0xc5, 0x09, 0xcc, 0xe5, 0xce, 0xc2, 0x0a]) // 学号 TAB 体温
  assert.deepEqual(sniff(gb), { encoding: 'gb18030', delimiter: '\t', starts: 0 })
  assert.equal(decodeRecord(gb.subarray(0, 9), 'gb18030'), '学号\t体温')
  assert.deepEqual(sniff(Buffer.from('学号,体温\n1,36').subarray(0, -1))?.encoding, 'utf-8', 'a window may cut a character')
  for (const foreign of [Buffer.from('PK\u0003\u0004'), Buffer.from([0xff, 0xfe, 0x66, 0x5b]), Buffer.from('<html><table>')]) assert.equal(sniff(foreign), null)
})

test('what goes back to a person cannot be a formula, and its numbers survive a spreadsheet', () => {
  assert.equal(joinRecord(['=1+1', '-5', '@x', 'a,b', '＝1+1', '\n=1', '38.5', '20261001', '-1+1']), `'=1+1,-5,'@x,"a,b",'＝1+1,"'\n=1",38.5,20261001,'-1+1`)
  const kept = ['+8613800000000', '202610010101', '0371', '3-12', '99E12', '2026-09']
  assert.equal(joinRecord(kept), kept.map((cell) => `\t${cell}`).join(','))
})

const roles = (header: string[], chosen = {}) => readColumns(header, all, chosen).map((column) => (column.role === 'fact' ? `${column.attribute}${column.guessed ? '?' : ''}` : column.role))

test('columns are found by their headers in any order', () => {
  assert.deepEqual(roles(['体温(℃)', '姓名', '检测结果', '学号', '采样时间']), ['temperature?', 'name', 'test-result', 'number', 'observed'])
  assert.deepEqual(roles(['检测时间', '采样时间', '学院', '班级', '工号']), ['ignored', 'observed', 'ignored', 'unit', 'number'], 'who was sampled when counts, and the smallest unit')
  assert.deepEqual(roles(['学号', '信息项', '值', '时间', '行号', '原因']), ['number', 'attribute', 'value', 'observed', 'ignored', 'ignored'])
  assert.deepEqual(roles(['编码', '热度', '日期'], { 编码: 'number', 热度: 'temperature' }), ['number', 'temperature', 'observed'], 'as a person said')
  assert.deepEqual(roles(['学号', '检测结果'], { 检测结果: '' }), ['number', 'ignored'])
  assert.deepEqual(roles(['constructor', '体温'], { 体温: 'toString' }), ['ignored', 'ignored'])
  assert.equal(readColumns(['体温（℉）'], all)[0]?.unit, '℉')
  assert.equal(findHeader([['计算机学院测温表'], ['填表人：某某', '2099年'], ['学号', '姓名', '体温'], ['1', '甲', '36.5']], all as ColumnAttribute[]), 2)
})

test('a file whose columns cannot be read is refused with what is missing', () => {
  const refusal = (header: string[], given = false) => refuseColumns(readColumns(header, all), given, all)?.code ?? null
  assert.match(refuseColumns(readColumns(['学号', '时间'], []), false, [])?.zh ?? '', /还没有信息项/)
  assert.equal(refusal(['体温', '时间']), 'no-person')
  assert.equal(refusal(['学号', '时间', '天气']), 'no-attribute')
  assert.equal(refusal(['学号', '体温']), 'no-time')
  assert.equal(refusal(['学号', '体温'], true), null)
  assert.equal(refusal(['学号', '体温', 'temperature', '时间']), 'attribute-twice')
})

test('values: tidied where nothing is lost, refused in words where something would be', () => {
  assert.deepEqual([value(temperature, '３８．５'), value(temperature, '38.5°C'), value(temperature, '38.5 ℃'), value(temperature, '38.5度')], [{ value: 38.5 }, { value: 38.5 }, { value: 38.5 }, { value: 38.5 }])
  assert.equal(why(value(temperature, '385')), '应在 34–43 ℃ 之间；385 是否漏了小数点（38.5）')
  assert.equal(why(value(temperature, '101.3')), '应在 34–43 ℃ 之间；101.3 像是华氏度，请按摄氏度填写（约 38.5 ℃）')
  assert.equal(why(value(temperature, '38.5F')), '单位是“F”，这一项要求“℃”')
  assert.equal(why(value(temperature, '38.5', '℉')), '单位是“℉”，这一项要求“℃”')
  assert.equal(why(value(temperature, '偏高')), '“偏高”不是数字')
  assert.deepEqual([value(result, ' 阴性 '), value(result, 'POSITIVE')], [{ value: 'negative' }, { value: 'positive' }])
  assert.equal(why(value(result, '可疑')), '“可疑”不在选项中（阴性、阳性）')
  assert.deepEqual([value(doctor, '是'), value(doctor, '无'), value(doctor, '×')], [{ value: true }, { value: false }, { value: false }])
  assert.equal(why(value(doctor, '不详')), '“不详”不是“是”或“否”')
})

test('times as offices write them, in the time zone of the institution', () => {
  const at = (text: string) => {
    const read = readMoment(text, 'Asia/Shanghai')
    return 'wrong' in read ? null : read.value
  }
  for (const text of ['2099-05-24 08:12:31', '2099/5/24 8:12:31', '2099年5月24日 8时12分31秒', '2099-05-24T00:12:31Z', '2099-05-24T08:12:31+0800', '2099-05-24　08:12:31']) assert.equal(at(text), '2099-05-24T00:12:31.000Z', text)
  assert.deepEqual(readMoment('20990524', 'Asia/Shanghai'), { value: '2099-05-23T16:00:00.000Z', doubt: { zh: '只有日期，按当日零时', en: 'a day without a time: taken as its beginning' } })
  for (const text of ['11.20', '2099-02-30', '2099-05-24 25:00', '昨天']) assert.equal(at(text), null, text)
  assert.equal('wrong' in readMoment('2026-03-08 12:00', 'America/New_York') ? null : (readMoment('2026-03-08 12:00', 'America/New_York') as { value: string }).value, '2026-03-08T16:00:00.000Z', 'after the clock went forward')
})

const known: Known = {
  person: (number) => ({ S1: { personId: 'p1', name: '甲某', leftAt: null, within: true }, S2: { personId: 'p2', name: '乙某', leftAt: null, within: false } })[number],
  namesakes: (name) => (name === '同名' ? [{ personId: 'p3', leftAt: null, units: ['1班'], within: true }, { personId: 'p4', leftAt: null, units: ['2班'], within: true }] : []),
  unit: () => undefined,
}
const columns = readColumns(['学号', '姓名', '班级', '体温(℃)', '检测结果', '时间'], all)
const reading = { columns, attributes: new Map(all.map((one) => [one.key, one])), observedAt: null, timeZone: 'Asia/Shanghai' }
const row = (...cells: string[]) => {
  const read = readRow(5, cells, reading)
  assert.ok(read)
  const facts = factsOf(read, known, 'i')
  return { facts, wrong: read.wrong.map((one) => one.zh) }
}

test('a row says whose it is, or why it cannot be told', () => {
  const at = '2099-01-01 08:00'
  assert.deepEqual(row('S1', '甲某', '', '36.5', '阴性', at).facts.map((fact) => [fact.subjectId, fact.attribute, fact.value]), [['p1', 'temperature', 36.5], ['p1', 'test-result', 'negative']])
  assert.equal(row('', '同名', '2班', '36.5', '', at).facts[0]?.subjectId, 'p4')
  assert.deepEqual(row('', '同名', '', '36.5', '', at).wrong, ['有 2 人叫“同名”，请写学工号或班级'])
  assert.deepEqual(row('S1', '乙某', '', '36.5', '', at).wrong, ['学工号 S1 在名册里不是“乙某”，姓名或学工号写错了'])
  assert.deepEqual(row('S2', '', '', '36.5', '', at).wrong, row('S9', '', '', '36.5', '', at).wrong.map((words) => words.replace('S9', 'S2')), 'who is out of reach and who is not there look alike')
  assert.deepEqual(row('2.0E+10', '', '', '36.5', '', at).wrong[0], '学工号“2.0E+10”被表格软件写成了科学计数，数字已丢失')
  assert.deepEqual(row('S1', '', '', '', '', at).wrong, ['没有填任何信息项'])
  assert.deepEqual(row('S1', '', '', '36.5', '阴性', '').wrong, ['没有写时间'])
  assert.equal(row('S1', '', '', '36.5', '可疑', at).facts.length, 0, 'a row with one wrong cell enters nothing')
  assert.equal(readRow(5, ['', ' ', ''], reading), null)
})

test('the same row is the same fact in any file; another value is another', () => {
  const id = (...cells: string[]) => row(...cells).facts[0]?.factId
  assert.equal(id('S1', '甲某', '', '36.5', '', '2099-01-01 08:00'), id('S1', '', '1班', '36.50', '', '2099/1/1 8:00'))
  assert.match(id('S1', '', '', '36.5', '', '2099-01-01 08:00') ?? '', /^03b3d512-ac00-7/, 'it lies in the month it speaks of')
  assert.notEqual(id('S1', '', '', '36.5', '', '2099-01-01 08:00'), id('S1', '', '', '36.6', '', '2099-01-01 08:00'))
})

test('a number is read as it was given back, or as a spreadsheet wrote it with all its digits; without them it is refused', () => {
  const number = (cell: string) => readRow(2, [cell, '', '', '36.5', '', '2099-05-24 08:00'], reading)
  assert.equal(number('\t202610010101')?.number, '202610010101')
  assert.equal(number('2.0261001E+7')?.number, '20261001')
  for (const under of ['合　计', '填表人：某某']) assert.equal(number(under), null, 'no row of anybody')
  assert.match(number('2.0261E+11')?.wrong[0]?.zh ?? '', /数字已丢失/)
})

test('names and numbers as systems and offices write them are those of the roster; an identity number is nobody, and a failed formula no value', () => {
  const known: Known = { person: (number) => ({ 1: undefined, '00777': { personId: 'p', name: '买买提·某某', leftAt: null, within: true }, '00778': { personId: 'q', name: 'Alice Example', leftAt: null, within: true } })[number], namesakes: () => [], unit: () => undefined }
  const reading = { columns: readColumns(['学号', '姓名', '体温', '日期', ''], all), attributes: new Map(all.map((one) => [one.key, one])), observedAt: null, timeZone: 'Asia/Shanghai' }
  const read = (...cells: string[]) => {
    const row = readRow(2, cells, reading)
    return row && { facts: factsOf(row, known, '0190c8a4-0000-7000-8000-000000000000').map((one) => `${one.subjectId} ${String(one.value)} ${one.observedAt}`), said: [...row.wrong, ...row.doubts].map((one) => one.zh) }
  }
  assert.deepEqual(read('="00777"', '买买提 • 某某', '36.5', '2026-01-02 08:00')?.facts, ['p 36.5 2026-01-02T00:00:00.000Z'])
  assert.deepEqual(read('00778', 'Alice  Example', '36.5', '46024.5')?.facts, ['q 36.5 2026-01-02T04:00:00.000Z'], 'a day that the spreadsheet counted')
  assert.deepEqual(read('00778', 'Alice Example', '36.5', '46024', '36.7')?.said, ['表格软件把时间存成了数字，按 2026-01-02 00:00 读取', '第 5 列没有列名，“36.7”没有读取'])
  assert.match(read('110101200601011237', '某', '36.5', '2026-01-02')?.said[0] ?? '', /^学工号一栏是身份证号/)
  assert.deepEqual(read('00778', 'Alice Example', '#N/A', '2026-01-02 08:00')?.said, ['体温：公式出错（#N/A）'])
  assert.equal(readColumns(['证件号码', '姓名', '班级', '体温'], all)[0]?.role, 'ignored')
  assert.match(refuseColumns(readColumns(['学号', '姓名', '1月5日', '1月6日'], all), true, all)?.zh ?? '', /横着排.*一人一天一行/)
})
