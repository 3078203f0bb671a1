import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { utils, write } from '@e965/xlsx'
import * as fc from 'fast-check'
import iconv from 'iconv-lite'
import { aliases, givenBack } from './aliases.ts'
import { backOf } from './back.ts'
import { chosenOf, recall } from './chosen.ts'
import { readRoster } from './clean.ts'
import { planSheet } from './columns.ts'
import { readDay } from './dates.ts'
import { decodeSheet } from './decode.ts'
import type { Chosen, Field, Heading } from './fields.ts'
import type { RosterPreview, RosterRow } from './preview.ts'
import { RosterRefused } from './refusal.ts'
import { readName, tidy } from './values.ts'

const fixture = (name: string): Promise<string> => readFile(new URL(`fixtures/${name}`, import.meta.url), 'utf8')
const rows = (text: string): { name: string; rows: string[][] } => ({ name: 'x', rows: text.split('\n').map((line) => line.split(',')) })
const known = ({ line: _line, doubts: _doubts, ...fields }: RosterRow): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
const codes = (row: RosterRow | undefined, sure: boolean): string[] => (row?.doubts ?? []).filter((doubt) => doubt.sure === sure).map((doubt) => `${doubt.field}:${doubt.code}`)

test('an identity number is nobody\'s number, and is not kept in the rows that are given back', () => {
  const preview = readRoster([rows('学号,姓名,身份证号码,班级\n110101200601011237,公孙某,110101200601011237,护理2601\n2026010101,甲某,110101200601011245,护理2601\n2026010101,甲某,11010120060101123x,护理2602\n202601010120060101,乙某,,护理2601')])
  assert.deepEqual(preview.rows.map((row) => row.number), ['2026010101', '202601010120060101'])
  assert.deepEqual(preview.refused.map((row) => row.reason.code), ['bad-number', 'duplicate'])
  assert.match(preview.refused[0]?.reason.zh ?? '', /证件号码不导入/)
  assert.doesNotMatch(JSON.stringify(preview), /1101012006/)
})

test('merged cells saved as text, and 同上, mean what is above them', () => {
  const preview = readRoster([rows('学院,班级,辅导员,学号,姓名,党支部\n信息学院,软件2401班,周某,1001,甲某,学生一支部\n,,,1002,乙某,\n,,,,丙某,\n,小计,,,3人,\n,软件2402班,,1004,丁某,\n,,,1005,戊某,\n护理学院,,,1006,己某,\n,,,1007,庚某,')])
  assert.deepEqual(preview.rows.map((row) => [row.number, row.college, row.class, row.counsellor, row.partyBranch]), [
    ['1001', '信息学院', '软件2401班', '周某', '学生一支部'], ['1002', '信息学院', '软件2401班', '周某', null], ['1004', '信息学院', '软件2402班', '周某', null], ['1005', '信息学院', '软件2402班', '周某', null],
    ['1006', '护理学院', null, null, null], ['1007', '护理学院', null, null, null],
  ])
  assert.deepEqual(preview.doubts.map(({ code, zh }) => [code, /“学院”“班级”“辅导员”.*按上面一行/.test(zh)]), [['filled-down', true]])
  assert.deepEqual(preview.refused.map((row) => row.raw), [['信息学院', '软件2401班', '周某', '', '丙某', '']], 'a row that is given back stands by itself')
  assert.deepEqual(readRoster([rows('学号,姓名,班级,手机\n1001,甲某,软件2401班,13800000001\n1002,乙某,同上,同上\n1003,丙某,〃,')]).rows.map((row) => [row.class, row.phone]), [['软件2401班', '13800000001'], ['软件2401班', null], ['软件2401班', null]])
  const mixed = readRoster([rows('学号,姓名,班级\n1001,甲某,软件2401班\n1002,乙某,软件2401班\n1003,丙某,\n1004,丁某,\n1005,戊某,')])
  assert.deepEqual(mixed.rows.map((row) => row.class), ['软件2401班', '软件2401班', null, null, null], 'a class that is written twice is not merged: empty is empty')
})

test('a table that lies across is refused with what to do', () => {
  assert.throws(() => readRoster([rows('学号,1001,1002\n姓名,甲某,乙某\n班级,软件2401班,软件2402班')]), (problem: RosterRefused) => /横着排的.*转置/.test(problem.zh))
})

test('a group over several columns does not lend its meaning to a part that is none of ours', () => {
  const preview = readRoster([rows('基本信息,,住宿信息,,,联系方式,\n学号,姓名,楼栋,房间号,床位,本人手机,紧急联系人及电话\n1001,甲某,兰园2号楼,302-A,1,138 0000 0001,母亲 13800009201\n1002,乙某,兰园2号楼,,2,,\n制表人：某某,,,,,,审核：')])
  assert.deepEqual(preview.rows.map(known), [
    { number: '1001', name: '甲某', kind: 'student', phone: '13800000001', building: '兰园2号楼', floor: '3', room: '302-A', livesOut: false },
    { number: '1002', name: '乙某', kind: 'student', building: '兰园2号楼', livesOut: false },
  ])
  assert.deepEqual([preview.refused, preview.skipped.map((row) => row.why)], [[], ['note']])
})

test('headers that say one thing in two words, or with 本人 before it, are understood', () => {
  const plan = planSheet(rows('职工号,姓名,职务/岗位,本人联系方式,住宿（楼-室）,学院/部门'))
  assert.deepEqual('columns' in plan && plan.columns.map(({ field }) => field), ['number', 'name', 'position', 'phone', 'dorm', 'college'])
})

test('a list collected by hand, in GB18030 with title, notes and dirt, is read and every doubt explained', async () => {
  const bytes = iconv.encode(await fixture('collected-list.csv'), 'gb18030')
  const preview = readRoster(await decodeSheet(bytes, 'collected-list.csv'))
  assert.deepEqual(
    preview.columns.map(({ field, header, column }) => `${column} ${header} ${field}`),
    ['1 学 号 number', '2 姓名 name', '3 性 别 sex', '4 专业班级 class', '5 政治面貌 politicalStatus', '6 联系电话 phone', '7 寝室号 dorm', '8 留校原因 stayReason', '9 起止时间 stay', '10 家长是否同意 consent', '11 备注 remark'],
  )
  assert.deepEqual(preview.rows.map(known), [
    { number: '20980401007', name: '申某某', kind: 'student', sex: 'male', class: '网络2098-3班', politicalStatus: 'league', phone: '13800000001', campus: '南校区', building: '7号楼', floor: '5', room: '518', livesOut: false, stayFrom: '2098-07-08', stayTo: '2098-08-20', stayReason: '实验', consent: true },
    { number: '20980401008', name: '酉某', kind: 'student', sex: 'male', class: '网络2098-3班', politicalStatus: 'probationary', phone: '13800000002', campus: '南校区', building: '12号楼', floor: '3', room: '306', livesOut: false, stayFrom: '2098-07-08', stayTo: '2098-08-20', stayReason: '竞赛', consent: true, remark: '仪器：西楼101 晚上' },
    { number: '20970204019', name: '上官某某', kind: 'student', sex: 'female', class: '护理2097-1班', politicalStatus: 'member', phone: '13800000003', building: '11号楼', floor: '2', room: '204', livesOut: false, stayFrom: '2098-07-08', stayTo: '2098-08-20', stayReason: '勤工助学', consent: true },
    { number: '20970204020', name: '戌某某', kind: 'student', sex: 'female', class: '护理2097-1班', politicalStatus: 'masses', remark: '已离校' },
  ])
  const [first, second, third, fourth] = preview.rows
  assert.deepEqual(codes(first, false), ['room:room-read', 'stayFrom:year-assumed'])
  assert.deepEqual(codes(first, true), ['number:number-tidied', 'phone:phone-tidied'].toSpliced(1, 0, 'class:class-read'))
  assert.deepEqual(codes(second, false), [])
  assert.deepEqual(codes(third, false), ['room:room-no-campus', 'stayFrom:year-assumed'])
  assert.deepEqual(codes(fourth, false), ['politicalStatus:politics-read', 'phone:phone-missing', 'remark:remark-matters'])
  assert.deepEqual(preview.refused.map(({ row, reason, differs }) => [row, reason.code, differs]), [[9, 'duplicate', ['remark']], [10, 'bad-number', undefined], [11, 'no-number', undefined], [12, 'no-name', undefined]])
  assert.match(preview.refused[1]?.reason.zh ?? '', /“2\.09704E\+10”：.*末尾几位已经丢失/, 'a number without its last digits is somebody else\'s')
  assert.match(preview.refused[0]?.reason.zh ?? '', /第 7 行.*备注/)
  assert.deepEqual(preview.skipped.map(({ row, why }) => [row, why]), [[13, 'total'], [14, 'note']])
})

test('a clean export passes without a single doubt', async () => {
  const preview = readRoster(await decodeSheet(Buffer.from(`\uFEFF${await fixture('student-export.csv')}`), 'student-export.csv'))
  assert.deepEqual(preview.rows.flatMap((row) => row.doubts), [])
  assert.deepEqual([preview.refused, preview.skipped, preview.doubts], [[], [], []])
  assert.deepEqual(preview.rows.map((row) => [row.status, row.onCampus, row.livesOut, row.room, row.grade]), [
    ['enrolled', true, false, '518', '2098'],
    ['internship', false, false, '204', '2097'],
    ['suspended', false, true, null, '2097'],
  ])
})

test('a workbook with a sheet per class, merged title and two header rows gives one list', async () => {
  const head = [
    ['护理学院学生信息表', null, null, null, null, null, null],
    ['序号', '基本信息', null, '联系方式', '宿舍', null, '家长'],
    [null, '学号', '姓名', '手机', '楼号', '房间号', '电话'],
  ]
  const merges = ['A1:G1', 'A2:A3', 'B2:C2', 'E2:F2'].map((range) => utils.decode_range(range))
  const sheet = (people: unknown[][]) => Object.assign(utils.aoa_to_sheet([...head, ...people]), { '!merges': merges })
  const book = utils.book_new()
  utils.book_append_sheet(book, sheet([[1, 20970204001, '申某', 13800000001, '7号楼', 518, 13800000009], [2, '20970204002（转专业）', '酉某某', 13800000002, '7号楼', 519, '']]), '护理2097-1班')
  utils.book_append_sheet(book, sheet([[1, 20970204031, '戌某', 13800000003, '7号楼', 520, ''], [2, 20970204001, '申某', 13800000001, '8号楼', 101, '']]), '护理2097-2班')
  utils.book_append_sheet(book, utils.aoa_to_sheet([['填表说明'], ['1. 学号必须为 11 位']]), '说明')
  const preview = readRoster(await decodeSheet(write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer, 'classes.xlsx'))
  assert.deepEqual(preview.rows.map((row) => [row.number, row.name, row.class, row.phone, row.building, row.room, row.remark]), [
    ['20970204001', '申某', '护理2097-1班', '13800000001', '7号楼', '518', null],
    ['20970204002', '酉某某', '护理2097-1班', '13800000002', '7号楼', '519', '转专业'],
    ['20970204031', '戌某', '护理2097-2班', '13800000003', '7号楼', '520', null],
  ])
  assert.deepEqual(codes(preview.rows[1], false), ['number:remark-in-number'])
  assert.deepEqual(preview.refused.map(({ sheet, row, first, differs }) => ({ sheet, row, first, differs })), [
    { sheet: '护理2097-2班', row: 5, first: { sheet: '护理2097-1班', row: 4 }, differs: ['class', 'building', 'floor', 'room'] },
  ])
  assert.deepEqual(preview.doubts.filter(({ code }) => code === 'sheet-skipped').map(({ sheet }) => sheet), ['说明'])
  assert.equal(preview.doubts.filter(({ header }) => header === '家长电话').length, 2, 'phones of parents are left out, and it is said')
})

test('a workbook with a sheet per college, as colleges send it in: numbered lines without people, signatures, hidden rows', async () => {
  const sheet = (base: number, filler: string) => Object.assign(utils.aoa_to_sheet([
    ['2099级学生花名册'], [filler, '', '', '', '填报日期：2099年9月20日'],
    ['序号', '学籍信息', '', '', '联系信息', '', '住宿信息', ''], ['', '学号', '姓名', '行政班', '本人电话', '家长电话', '公寓', '寝室'],
    [1, base + 1, '古丽 • 热娜', '2099级1班', 13800000001, 13800000009, '梅园3栋', '412'], [2, base + 2, '王　小 明', '2099级1班', '1.3800000002E+10', '', '梅园3栋', '413室'], [3], [4],
    ['合计', '2人'], ['填表人：', '某某', '联系电话：', 13800000008], ['院领导签字：', '', '', '', '2099年9月20日', '', '（公章）'], ['第1页，共1页'],
  ]), { '!merges': ['A3:A4', 'B3:D3', 'E3:F3', 'G3:H3'].map((range) => utils.decode_range(range)), '!rows': [{}, {}, {}, {}, {}, { hidden: true }] })
  const book = utils.book_new()
  utils.book_append_sheet(book, sheet(20990100, '填报单位（盖章）：某某大学'), '信息学院')
  utils.book_append_sheet(book, sheet(20990200, '填报单位（盖章）：护理学院'), 'Sheet2')
  utils.book_append_sheet(book, sheet(20990300, '填报单位：某某大学护理学院学工办'), 'Sheet3')
  const preview = readRoster(await decodeSheet(write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer, 'colleges.xlsx'))
  assert.deepEqual(preview.rows.map((row) => [row.number, row.name, row.college, row.class, row.phone, row.building, row.room]), ([['信息学院', 20990100], ['护理学院', 20990200], [null, 20990300]] as const).flatMap(([college, base]) => [
    [String(base + 1), '古丽·热娜', college, '2099级1班', '13800000001', '梅园3号楼', '412'], [String(base + 2), '王小明', college, '2099级1班', '13800000002', '梅园3号楼', '413'],
  ]))
  assert.deepEqual(preview.refused, [])
  assert.deepEqual(preview.doubts.filter(({ code }) => code !== 'columns-unused').map(({ sheet, code }) => `${sheet} ${code}`), ['信息学院 college-of-sheet', '信息学院 rows-hidden', 'Sheet2 college-of-sheet', 'Sheet2 rows-hidden', 'Sheet3 rows-hidden'])
})

test('rows that are given back are read again as what they were, though their sheets had other columns', () => {
  const sheets = [
    { name: '信息学院', rows: [['序号', '本人', '', '', '家长'], ['', '学号', '姓名', '手机', '电话'], ['1', '20990101', '申某', '138', '13800000009'], ['2', '', '酉某', '13800000002', '13800000009']] },
    { name: '护理2099-1班', rows: [['姓名', '学 号', '备注'], ['戌某', '2.09E+7', '=1+1']] },
  ]
  const first = readRoster(sheets)
  assert.deepEqual([first.rows.length, first.refused.length], [1, 2])
  const back = backOf(first.sheets)
  const again = readRoster([{ name: '疑点', rows: [[...back.header, ...givenBack], back.place('信息学院', sheets[0]?.rows[2] ?? []), ...first.refused.map((row) => [...back.place(row.sheet, row.raw), String(row.row), '未收下', row.reason.zh])] }])
  assert.deepEqual(again.rows.map(known), first.rows.map(known), 'no phone of a parent has become theirs')
  assert.deepEqual(again.refused.map((row) => row.reason), first.refused.map((row) => row.reason))
  assert.deepEqual(again.doubts.map(({ code, header }) => `${code} ${header}`), ['columns-unused 家长电话'])
  const mended = readRoster([{ name: '疑点', rows: [[...back.header, ...givenBack], back.place('护理2099-1班', ['戌某', '20990203', '']), back.place('信息学院', ['2', '20990102', '酉某', '13800000002', ''])] }])
  assert.deepEqual(mended.rows.map((row) => [row.number, row.college, row.class, row.phone]), [['20990203', null, '护理2099-1班', null], ['20990102', '信息学院', null, '13800000002']])
})

test('columns go by many names: of staff offices, of student systems, in English', () => {
  const fields = (text: string) => { const plan = planSheet(rows(text)); return 'columns' in plan ? plan.columns.map(({ field }) => field).join(' ') : plan }
  assert.equal(fields('人员编码,教工姓名,隶属单位,担任职务,联系方式'), 'number name department position phone')
  assert.equal(fields('XH,XM,XB,XYMC,BJMC,LXDH'), 'number name sex college class phone')
  assert.equal(fields('Student No.,Chinese Name,Gender,School,Class No.,Mobile Phone'), 'number name sex college class phone')
  assert.equal(fields('院系名称,人员姓名（全称）,校园一卡通号,是否党员（是/否）,现居住校区'), 'college name number politicalStatus campus')
  assert.throws(() => readRoster([rows('姓名,人员识别码,部门\n申某,1,后勤处')]), (problem: RosterRefused) => /看到的表头：姓名、人员识别码、部门。.*表头改成/.test(problem.zh))
})

test('days as people write them; a last day without a year lies after the first', () => {
  for (const text of ['2099-01-08', '2099/1/8', '2099.1.8', '2099年1月8日', '20990108', '2099-01-08 00:00:00', '2099-01-08T08:00', '二〇九九年一月八日', '1月8日', '一月八日', '1.8', '72693']) assert.equal(readDay(text, 2099).value, '2099-01-08', text)
  assert.deepEqual(['1/20/2099', '20/1/2099', '十二月二十五日'].map((text) => readDay(text, 2098).value), ['2099-01-20', '2099-01-20', '2098-12-25'])
  for (const text of ['1/8/2099', '2099年1月', '2099-02-30', '99999', '20-Jan-99', '下周']) assert.equal(readDay(text, 2099).value, null, text)
  const stays = readRoster([rows('学号,姓名,开始时间,结束时间\n1,申某,2098-12-28,1月5日\n2,酉某,2099-02-01,2099-01-01\n3,戌某,2099-01-08,2月1日')])
  assert.deepEqual(stays.rows.map((row) => [row.stayFrom, row.stayTo]), [['2098-12-28', '2099-01-05'], ['2099-02-01', null], ['2099-01-08', '2099-02-01']])
})

test('headers without merges, over two lines of a text file, are joined too', () => {
  const preview = readRoster([rows('学号,姓名,宿舍,,辅导员,\n,,楼号,房间号,姓名,电话\n20980401007,申某某,7号楼,518,闻某,13800000001')])
  assert.deepEqual(known(preview.rows[0] as RosterRow), { number: '20980401007', name: '申某某', kind: 'student', building: '7号楼', room: '518', floor: '5', livesOut: false, counsellor: '闻某' })
})

test('survey headers, traditional and English ones are understood; guesses are said', () => {
  const survey = readRoster([rows('序号,1、您的姓名：,2、请填写您的学号（必填）,參加活動的校區\n1,申某某,20980401007,南')])
  assert.deepEqual(survey.rows.map((row) => [row.name, row.number]), [['申某某', '20980401007']])
  const taiwan = readRoster([rows('學號,姓名,性別,聯繫電話\n20980401007,申某某,男,13800000001')])
  assert.equal(taiwan.rows[0]?.phone, '13800000001')
  const english = readRoster([rows('Student ID,Full Name,Gender\n20980401007,Synthetic Person,F')])
  assert.deepEqual(english.rows.map((row) => [row.name, row.sex]), [['Synthetic Person', 'female']])
  const guessed = readRoster([rows('姓名,参训学号\n申某某,20980401007')])
  assert.deepEqual(guessed.doubts.map(({ code, header }) => [code, header]), [['column-guessed', '参训学号']])
})

test('what is private and of no use is left out, and the preview says so', () => {
  const preview = readRoster([rows('学号,姓名,身份证号,父亲姓名,紧急联系人电话,民族,特长\n20980401007,申某某,000,某,13800000009,汉,无')])
  assert.deepEqual(preview.doubts.map(({ code, header }) => `${code} ${header}`), [
    'columns-unused null',
  ])
  assert.equal(preview.doubts[0]?.zh, '5 列没有用到：身份证号、父亲姓名、紧急联系人电话、民族、特长；身份证号（证件号码不导入：用不着，泄露后果严重）；父亲姓名、紧急联系人电话（家庭成员信息不导入：本系统不建家庭名册）；民族（与应急无关，不导入）')
  assert.equal(preview.rows[0]?.phone, null)
})

test('a table that would mix people up is refused, naming the columns', () => {
  const refusal = (text: string): RosterRefused => {
    try {
      readRoster([rows(text)])
    } catch (problem) {
      if (problem instanceof RosterRefused) return problem
      throw problem
    }
    return assert.fail(`was read: ${text}`)
  }
  const two = refusal('学号,姓名,工号\n1,申某某,2')
  assert.equal(two.code, 'two-number-columns')
  assert.match(two.zh, /“学号”（A 列）和“工号”（C 列）/)
  assert.equal(refusal('学号,姓名,姓名\n1,申某某,酉某').code, 'two-name-columns')
  const nameless = refusal('学号,性别,班级\n1,男,网络2098-3班')
  assert.equal(nameless.code, 'no-name-column')
  assert.match(nameless.zh, /学号、性别、班级/)
  assert.equal(refusal('20980401007,申某某,男\n20980401008,酉某,男').code, 'no-name-column')
  assert.equal(refusal('姓名,性别,班级\n申某某,男,网络2098-3班').code, 'no-number-column')
})

test('tens of thousands of rows are read whole', () => {
  const people = Array.from({ length: 33_000 }, (_, i) => [String(20980000000 + i), '申某某', '男', '信息学院', '2098', '网络工程', `网络2098-${i % 90}`, '闻某', '团员', '13800000001', '南校区', '7号楼', '518', '是', '在籍'])
  const header = ['学号', '姓名', '性别', '学院', '年级', '专业', '班级', '辅导员', '政治面貌', '手机号', '校区', '宿舍楼', '房间号', '是否在校', '学籍状态']
  assert.equal(readRoster([{ name: 'x', rows: [header, ...people] }]).rows.length, 33_000)
})

test('cells built to make patterns run wild cost no time', () => {
  const wild = ['('.repeat(30_000), '（\u2028'.repeat(15_000), ` ${' '.repeat(30_000)}x`, `合计${' '.repeat(30_000)}x`, '1-'.repeat(15_000), '中'.repeat(30_000), '1'.repeat(30_000), '日期 '.repeat(10_000)]
  const header = ['学号', '姓名', '班级', '寝室号', '起止时间', '联系电话', '政治面貌', '备注']
  const people = wild.flatMap((cell) => [header.map(() => cell), ['20980401007', '申某某', cell, cell, cell, cell, cell, cell]])
  const start = process.cpuUsage()
  readRoster([{ name: 'x', rows: [wild, wild, header, ...people] }])
  // A pattern that runs wild over cells of this length takes minutes.
  assert.ok(process.cpuUsage(start).user < 10_000_000)
})

test('no table whatever brings the reader down, and no row is lost without a word', () => {
  const dirt = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.constantFrom('', '无', '/', '合计', '2.09E+10', '9#110', '北3-412', '1.8-2.20', '2.30-2.31', '女', '1', '（', '（转专业）', '20980401007', '申某某', '\uD800', '\u0000', '0.0', '999999999999E9', '——', '备注：'),
  )
  const header = fc.constantFrom(...Object.values(aliases).flat(), '序号', '身份证号', '', '别的')
  const sheet = fc.record({
    name: fc.string({ maxLength: 8 }),
    rows: fc.tuple(fc.array(fc.array(dirt, { maxLength: 8 }), { maxLength: 2 }), fc.array(header, { maxLength: 8 }), fc.array(fc.array(dirt, { maxLength: 9 }), { maxLength: 12 }))
      .map(([above, head, people]) => [...above, ['学号', '姓名', ...head], ...people]),
  })
  let read = 0
  fc.assert(
    fc.property(fc.array(sheet, { maxLength: 2 }), (sheets) => {
      let preview: RosterPreview
      try {
        preview = readRoster(sheets)
      } catch (problem) {
        if (problem instanceof RosterRefused) return
        throw problem
      }
      read += 1
      const places = [...preview.rows.map((row) => row.line), ...preview.refused, ...preview.skipped].map(({ sheet, row }) => `${sheet}\n${row}`)
      if (sheets.length === 1) {
        assert.equal(new Set(places).size, places.length, 'a row ends in one place only')
        const [only] = sheets
        const plan = only && planSheet(only)
        const filled = plan && 'firstRow' in plan ? only.rows.slice(plan.firstRow).filter((row) => row.some((cell) => tidy(cell) !== '')) : []
        assert.equal(places.length, filled.length, 'every row with content ends somewhere')
      }
      const numbers = preview.rows.map((row) => row.number)
      assert.equal(new Set(numbers).size, numbers.length)
      for (const row of preview.rows) {
        assert.ok(row.name && /\d/.test(row.number))
        for (const value of Object.values(row)) assert.ok(typeof value !== 'string' || (value.isWellFormed() && !value.includes('\0')))
      }
    }),
    { numRuns: 1500 },
  )
  assert.ok(read > 100, `only ${read} tables were read`)
})

test('formulas, markup and addresses are no names; foreign names with their signs are', () => {
  for (const no of ["=cmd|'/C calc'!A0", '@SUM(1)', '+甲', '<script>alert(1)</script>', '甲<b>', 'a@b.cn', '甲;乙', '"甲']) assert.equal(readName(no).value, null, no)
  for (const [yes, read] of [["O'Brien-Smith, J.", "O'Brien-Smith, J."], ['阿卜杜拉·买买提', '阿卜杜拉·买买提'], ['ALI/MOHAMMED', 'ALI/MOHAMMED'], ['甲某某（转专业）', '甲某某'], ['𠮷田', '𠮷田']] as const) assert.equal(readName(yes).value, read)
})

test('a column 编号 with the numbers of people in it is named in the refusal, with what to do; one that counts the rows is not', () => {
  const refusal = (text: string) => { try { readRoster([rows(text)]) } catch (error) { if (error instanceof RosterRefused) return error.zh } return '' }
  const said = refusal('编号,姓名,部门\nA1001,申某,后勤处\nA1007,王某,后勤处\n制表人：,,')
  assert.match(said, /看到的表头：编号、姓名、部门。“编号”一列的内容像是人员的号码：.*“学号”或“工号”。$/)
  const counted = refusal('编号,姓名,部门\n1,申某,后勤处\n2,王某,后勤处')
  assert.match(counted, /看到的表头：编号、姓名、部门。如果其中有一列就是/)
})

const said = (columns: Record<string, Field | ''>, by: Chosen['by'] = 'chosen'): Chosen => ({ ...chosenOf(Object.entries(columns).map(([header, meaning]) => ({ header, meaning }))), by })
const readAs = (preview: { headings: readonly Heading[] }) => preview.headings.map(({ header, field, how }) => `${header} ${field ?? '-'} ${how}`)
const refusedAs = (act: () => unknown): RosterRefused => {
  try {
    act()
  } catch (problem) {
    if (problem instanceof RosterRefused) return problem
    throw problem
  }
  return assert.fail('was read')
}

test('a person says what columns are; what they say goes before what the words say', () => {
  const sheet = () => rows('编号,姓名,联系,单位,班级,身份证号\nA11,申某,13800000011,护理2099-1班,一,110101200601011237\nA17,酉某,13800000017,护理2099-2班,二,')
  const refusal = refusedAs(() => readRoster([sheet()]))
  assert.equal(refusal.code, 'no-number-column')
  assert.deepEqual(readAs(refusal), ['编号 number likely', '姓名 name read', '联系 - left', '单位 department read', '班级 class read', '身份证号 - left'])
  const read = readRoster([sheet()], { chosen: said({ 编号: 'number', 联系: 'phone', 单位: 'class', 班级: '' }) })
  assert.deepEqual(read.rows.map((row) => [row.number, row.name, row.phone, row.class, row.department]), [['A11', '申某', '13800000011', '护理2099-1班', null], ['A17', '酉某', '13800000017', '护理2099-2班', null]])
  assert.deepEqual(readAs(read), ['编号 number chosen', '姓名 name read', '联系 phone chosen', '单位 class chosen', '班级 - chosen', '身份证号 - left'])
  // The other column of that meaning stands back, and is not doubted.
  const stands = readRoster([sheet()], { chosen: said({ 编号: 'number', 单位: 'class' }) })
  assert.deepEqual(readAs(stands)[4], '班级 - left')
  assert.ok(!stands.doubts.some(({ code }) => code === 'column-twice'))
  // A number without a name is a row to be mended, not a line number.
  assert.deepEqual(readRoster([rows('编号,姓名\n1,申某\n2,')], { chosen: said({ 编号: 'number' }) }).refused.map(({ reason }) => reason.code), ['no-name'])
})

test('two columns of a name are told apart; nothing need be named as we name it', () => {
  const twice = '学号,姓名,姓名\n1,申某,申父\n2,酉某,酉父'
  assert.deepEqual(readAs(refusedAs(() => readRoster([rows(twice)]))), ['学号 number read', '姓名 name read', '姓名 (2) name read'])
  assert.deepEqual(readRoster([rows(twice)], { chosen: said({ '姓名 (2)': '' }) }).rows.map((row) => row.name), ['申某', '酉某'])
  assert.deepEqual(readAs(refusedAs(() => readRoster([rows('一览表,,\n编号,姓名,联系\nA11,申某,13800000011')]))), ['编号 number likely', '姓名 name read', '联系 - left'])
  const inOrder = '编号,姓名,部门\n20261001,申某,后勤处\n20261002,酉某,后勤处'
  assert.deepEqual([inOrder, inOrder.replaceAll('2026100', '')].map((text) => readAs(refusedAs(() => readRoster([rows(text)])))[0]), ['编号 number likely', '编号 - left'])
  const strange = rows('代,谁,哪里\n1,申某,护理2099-1班\n2,酉某,护理2099-1班')
  assert.deepEqual(readAs(refusedAs(() => readRoster([strange]))), ['代 - left', '谁 - left', '哪里 - left'])
  assert.deepEqual(readRoster([strange], { chosen: said({ 代: 'number', 谁: 'name', 哪里: 'class' }) }).rows.map((row) => `${row.number} ${row.name} ${row.class}`), ['1 申某 护理2099-1班', '2 酉某 护理2099-1班'])
})

test('what is private stays out whoever asks; a column that is not there, or is said twice, is refused', () => {
  const sheet = rows('学号,姓名,身份证号,家长电话,门禁卡号\n1,申某,x,y,z')
  assert.equal(refusedAs(() => readRoster([sheet], { chosen: said({ 身份证号: 'remark' }) })).code, 'column-never')
  assert.equal(refusedAs(() => readRoster([sheet], { chosen: said({ 家长电话: 'phone' }) })).code, 'column-never')
  assert.equal(readRoster([sheet], { chosen: said({ 门禁卡号: 'remark' }) }).rows[0]?.remark, 'z')
  const absent = refusedAs(() => readRoster([sheet], { chosen: said({ 手机: 'phone' }) }))
  assert.deepEqual([absent.code, /没有叫“手机”的列。看到的表头：学号、姓名/.test(absent.zh)], ['no-such-column', true])
  assert.equal(refusedAs(() => readRoster([sheet], { chosen: said({ 门禁卡号: 'phone', 姓名: 'phone' }) })).code, 'column-chosen-twice')
  assert.equal(refusedAs(() => readRoster([sheet], { chosen: said({ '\u0000\u202e': 'phone' }) })).code, 'no-such-column')
})

test('what was said is remembered for the next file with the same columns, in any order, and for no other', () => {
  const first = readRoster([rows('编号,姓名,联系\n1,申某,13800000011')], { chosen: said({ 编号: 'number', 联系: 'phone' }) })
  const recalled = (text: string) => recall([rows(text)], [[], first.headings])
  assert.deepEqual(readRoster([rows('姓名,联系,编号\n酉某,13800000012,2')], { chosen: recalled('姓名,联系,编号\n酉某,13800000012,2') }).rows.map((row) => `${row.number} ${row.name} ${row.phone}`), ['2 酉某 13800000012'])
  assert.equal(recalled('姓名,联系,编号\n酉某,13800000012,2')?.by, 'remembered')
  assert.equal(recalled('学号,姓名,联系,编号\n9,酉某,13800000012,2'), undefined)
  assert.equal(recalled('姓名,编号\n酉某,2'), undefined)
})

const bookOf = (sheets: Record<string, ReturnType<typeof utils.aoa_to_sheet>>): Promise<ReturnType<typeof readRoster>> => {
  const book = utils.book_new()
  for (const [name, sheet] of Object.entries(sheets)) utils.book_append_sheet(book, sheet, name)
  return decodeSheet(write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer, 'x.xlsx').then((read) => readRoster(read))
}

test('fifty columns that nothing is read from are one line; what looks like something that is missing is a line of its own', () => {
  const spare = Array.from({ length: 50 }, (_, at) => `指标${'甲乙丙丁戊己庚辛壬癸'[at % 10]}${Math.floor(at / 10)}`)
  const preview = readRoster([rows([['学号', '姓名', '随访', '公寓分配', '宿舍代码', ...spare].join(','), ['1001', '申某', '138 0000 0011', '兰园', '66', ...spare.map(() => '1')].join(',')].join('\n'))])
  assert.deepEqual(preview.doubts.map(({ code, zh }) => [code, zh.slice(0, 24)]), [
    ['column-likely', '“随访”没有读取，像是“电话”：如果是，请指定'], ['columns-unused', '52 列没有用到：公寓分配、宿舍代码、指标甲0、'],
  ], 'the code of a dormitory is no dormitory')
  assert.deepEqual(readRoster([rows('学号,姓名,手机,宿舍电话,\n1,申某,13800000001,6600,补考\n,,,,制表')]).doubts.map(({ zh }) => zh), ['“宿舍电话”没有用到', 'E 列没有表头，里面的内容没有读取'])
  assert.deepEqual(readRoster([rows('学号,姓名,入住楼栋号,是否党员\n1,申某,兰园2号楼,是')]).doubts.map(({ zh }) => zh), ['“入住楼栋号”没有读取，像是“寝室”：如果是，请指定'])
})

test('an address, 本人 beneath 联系方式, a short number, zeros kept by ="…": as offices and systems write them', () => {
  const preview = readRoster([rows('研究生花名册,,,,,\n学工号,姓名,楼栋-房间-床位,联系方式,,邮箱\n,,,本人,家长,\n="00123",买买提·某某,东区3栋412室1床,13800000001（660001）,13800000009,')])
  assert.deepEqual(preview.rows.map(known), [{ number: '00123', name: '买买提·某某', kind: 'student', phone: '13800000001', campus: '东校区', building: '3号楼', floor: '4', room: '412', livesOut: false }])
  assert.deepEqual(preview.doubts.map(({ zh }) => zh), ['“家长”没有用到（家庭成员信息不导入：本系统不建家庭名册）'], 'that they are students stands in the title')
})

test('formulas that failed, or that nobody has reckoned, and columns that are hidden are told', async () => {
  const sheet = (number: unknown) => Object.assign(utils.aoa_to_sheet([['学号', '姓名', '班级', '手机号'], [number, '申某', { t: 'e', v: 42, f: 'VLOOKUP(1,Z:Z,1,0)' }, 13800000001]]), { '!cols': [{}, {}, {}, { hidden: true }] })
  const read = await bookOf({ 名单: sheet({ t: 'n', v: 20990001, f: '20990000+1' }) })
  assert.deepEqual(read.rows.map((row) => [row.number, row.class, row.phone, codes(row, false)]), [['20990001', null, '13800000001', ['class:cell-error']]])
  assert.deepEqual(read.doubts.map(({ code, header }) => [code, header]), [['columns-hidden', '手机号']])
  const empty = await bookOf({ 名单: sheet({ t: 'n', f: '20990000+1' }) })
  assert.deepEqual([empty.rows.length, empty.refused.length, empty.doubts.map(({ code }) => code)], [0, 1, ['not-computed', 'columns-hidden']])
})

test('lists side by side are not halved, and the title of a part is nobody', () => {
  assert.match(refusedAs(() => readRoster([rows('学号,姓名,,学号,姓名\n1,申某,,2,酉某')])).zh, /左右并排.*接成一份/)
  const parts = readRoster([rows('软件1班,,\n学号,姓名,手机号\n1001,申某,13800000001\n软件2班（辅导员：某某）,,\n学号,姓名,手机号\n1002,酉某,13800000002')])
  assert.deepEqual([parts.rows.length, parts.skipped.map(({ why }) => why)], [2, ['header']])
  assert.match(parts.refused[0]?.reason.zh ?? '', /分段的标题.*“班级”一列/)
})

test('an office that is called after students has staff', () => {
  const kinds = (title: string, head = '部门') => readRoster([rows(`${title},,\n学工号,姓名,${head}\n1,申某,研究生院`)]).rows.map((row) => row.kind)
  assert.deepEqual([kinds('研究生院人员名单'), kinds('博士生名单'), kinds('教师教育学院名单', '班级'), kinds('教职工名单')], [['staff'], ['student'], ['student'], ['staff']])
})
