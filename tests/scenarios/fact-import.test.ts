/** Facts from a file: checked row by row, the good ones enter, the bad come back and can be sent again; sent twice, cut off or crashed, everything is there once. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { utils, write } from '@e965/xlsx'
import iconv from 'iconv-lite'
import { sql } from 'kysely'
import { CallProblem } from '#kernel/client.ts'
import type { Input } from '#kernel/contract.ts'
import { inInstitution } from '#kernel/database.ts'
import { Run, system } from '#kernel/handle.ts'
import { newId } from '#kernel/ids.ts'
import { runDueJobs } from '#kernel/jobs.ts'
import * as facts from '#slices/facts/contract.ts'
import { cast, openScene, type Cast, type Scene } from '../scene.ts'

let scene: Scene
before(async () => {
  scene = await openScene()
  const base: Omit<Input<typeof facts.saveAttribute>, 'key' | 'type' | 'label'> = { subjectKind: 'person', options: [], unit: null, min: null, max: null, sensitivity: 'sensitive', freshSeconds: null, askedOf: 'self', purpose: { zh: '早发现', en: 'To find illness' }, seconds: 5 }
  await scene.as('duty').call(facts.saveAttribute, { ...base, key: 'temperature', type: 'number', label: { zh: '体温', en: 'Temperature' }, unit: '℃', min: 34, max: 43 })
  await scene.as('duty').call(facts.saveAttribute, { ...base, key: 'test-result', type: 'choice', label: { zh: '检测结果', en: 'Test result' }, options: [{ value: 'negative', zh: '阴性', en: 'Negative' }, { value: 'positive', zh: '阳性', en: 'Positive' }] })
  await scene.as('duty').call(facts.saveAttribute, { ...base, key: 'zero', subjectKind: 'unit', type: 'yes-no', label: { zh: '零报告', en: 'Zero report' } })
})
after(() => scene.close())

const utf8 = (text: string) => new TextEncoder().encode(text)
const at = '2026-01-01 08:00'

async function send(who: Cast, name: string, bytes: Uint8Array, how: { pieces?: number; observedAt?: string } = {}) {
  const client = scene.as(who)
  const importId = newId()
  await client.call(facts.startImport, { importId, fileName: name, bytes: bytes.length })
  const size = Math.ceil(bytes.length / (how.pieces ?? 1))
  for (let starts = 0; starts < bytes.length; starts += size) await client.call(facts.sendPiece, { importId, starts }, { file: { name, bytes: bytes.slice(starts, starts + size) } })
  await client.call(facts.checkImport, { importId, ...(how.observedAt ? { observedAt: how.observedAt } : {}) })
  await scene.runJobs()
  return { importId, ...(await client.call(facts.findImport, { importId })) }
}
async function apply(who: Cast, importId: string) {
  await scene.as(who).call(facts.applyImport, { importId })
  await scene.runJobs()
  return (await scene.as(who).call(facts.findImport, { importId })).import
}
const stored = () => inInstitution(scene.kernel.connection.db, scene.institution.id, 'read', async (tx) => (await sql<{ number: string; attribute: string; value: unknown; source: string; by: string | null }>`select coalesce(p.number, u.name) as number, f.attribute, f.value, f.source, w.number as by
  from facts.fact f left join directory.person p on p.person_id = f.subject_id left join directory.unit u on u.unit_id = f.subject_id left join directory.person w on w.person_id = f.recorded_by order by number, attribute, f.observed_at`.execute(tx)).rows)
const refusal = async (work: Promise<unknown>) => {
  const problem = await work.then(() => null, (error: unknown) => error)
  assert.ok(problem instanceof CallProblem, 'it is refused')
  return problem
}

test('checking enters nothing; applying enters the good rows; the bad come back, are mended and enter', async () => {
  const file = `检测登记表,,,,\n姓名,检测结果,学号,体温(℃),采样时间\n软甲寅,阴性,20261003,36.5,${at}\n软甲卯,阴性,20261004,385,${at}\n张三,阴性,20261004,36.6,${at}\n,阳性,20269999,38.5,${at}\n软乙子,可疑,20261101,36.4,${at}\n软乙丑,阴性,20261102,36.4,2199-01-01 08:00\n`
  const seen = await send('doctor', '核酸.csv', iconv.encode(file, 'gb18030'))
  assert.deepEqual([seen.import.state, seen.import.counts.rows, seen.import.counts.good, seen.import.counts.bad], ['checked', 6, 1, 5])
  assert.deepEqual(seen.bad.map((row) => [row.rowNo, ...row.reasons.map((one) => one.zh)]).slice(0, 4), [
    [4, '体温(℃)：应在 34–43 ℃ 之间；385 是否漏了小数点（38.5）'],
    [5, '学工号 20261004 在名册里不是“张三”，姓名或学工号写错了'],
    [6, '名册里没有“20269999”，或不在您的权限范围内'],
    [7, '检测结果：“可疑”不在选项中（阴性、阳性）'],
  ])
  assert.match(seen.bad[4]?.reasons[0]?.zh ?? '', /填报时间在未来/)
  assert.doesNotMatch(seen.bad[4]?.reasons[0]?.zh ?? '', /没有保存/, 'the other rows are saved')
  assert.deepEqual(await stored(), [], 'looking changes nothing')

  const done = await apply('doctor', seen.importId)
  assert.deepEqual([done.state, done.counts.good, done.counts.bad, done.counts.facts, done.counts.stored], ['applied', 1, 5, 2, 2])
  assert.deepEqual(await stored(), [{ number: '20261003', attribute: 'temperature', value: 36.5, source: 'import', by: cast.doctor }, { number: '20261003', attribute: 'test-result', value: 'negative', source: 'import', by: cast.doctor }])

  const back = await scene.as('doctor').call(facts.badRows, { importId: seen.importId })
  assert.equal(back.next, null)
  assert.match(back.csv, /^姓名,检测结果,学号,体温\(℃\),采样时间,行号,原因\r\n软甲卯,阴性,20261004,385,2026-01-01 08:00,4,/)
  const mended = back.csv.replace(',385,', ',38.5,').replace('可疑', '阳性').replace('2199-', '2026-').replace('张三', '软甲卯').replace(',36.6,', ',38.5,')
  const again = await send('doctor', back.fileName, utf8(`\ufeff${mended}`))
  assert.deepEqual(again.bad.map((row) => row.cells[2]), ['20269999'], 'what was not mended comes back again')
  const more = await apply('doctor', again.importId)
  // The two rows about 20261004 now say the same: one fact.
  assert.deepEqual([more.counts.good, more.counts.bad, more.counts.facts, more.counts.stored, more.counts.repeated], [4, 1, 8, 6, 2])
  assert.equal((await stored()).length, 8)
})

test('the same file again changes nothing', async () => {
  const file = utf8(`学号,体温,时间\n20262001,36.5,${at}\n20262002,36.6,${at}\n`)
  const once = await apply('doctor', (await send('doctor', 'a.csv', file)).importId)
  const before = await stored()
  const twice = await apply('doctor', (await send('doctor', 'renamed.csv', file)).importId)
  assert.deepEqual([once.counts.stored, once.counts.repeated, twice.counts.stored, twice.counts.repeated], [2, 0, 0, 2])
  assert.deepEqual(await stored(), before)
  const contrary = await send('doctor', 'b.csv', utf8(`学号,体温,时间\n20262001,37.5,${at}\n`))
  assert.deepEqual(contrary.bad[0]?.reasons.map((one) => one.zh), ['同一人同一时间已有另一个值；如要更正，请写较晚的观测时间'])
})

test('attribute and value in two columns; names with their class; units', async () => {
  const seen = await send('duty', '日报.txt', utf8(`班级\t姓名\t信息项\t值\t日期\n软件2026-2班\t软乙寅\t体温\t36.8\t2026/1/2\n软件2026-2班\t\t零报告\t是\t2026/1/2\n软件2026-2班\t软乙寅\t身高\t180\t2026/1/2\n`))
  assert.deepEqual(seen.bad.map((row) => [row.rowNo, row.reasons[0]?.zh]), [[4, '没有信息项“身高”']])
  assert.deepEqual(seen.doubts.map((row) => row.reasons[0]?.zh), ['只有日期，按当日零时', '只有日期，按当日零时'])
  await apply('duty', seen.importId)
  assert.deepEqual((await stored()).filter((fact) => fact.by === cast.duty).map(({ number, attribute, value }) => [number, attribute, value]), [['20261103', 'temperature', 36.8], ['软件2026-2班', 'zero', true]])
})

test('a counsellor brings in facts of their own class only, and sees only their own imports', async () => {
  const seen = await send('counsellor', 'c.csv', utf8(`学号,体温,时间\n20261001,36.1,${at}\n20262001,36.2,${at}\n`))
  assert.deepEqual([seen.import.counts.good, seen.bad[0]?.reasons[0]?.zh], [1, '名册里没有“20262001”，或不在您的权限范围内'])
  assert.equal((await refusal(scene.as('otherCounsellor').call(facts.findImport, { importId: seen.importId }))).status, 404)
  assert.equal((await refusal(scene.as('otherCounsellor').call(facts.applyImport, { importId: seen.importId }))).status, 404)
  assert.equal((await scene.as('otherCounsellor').call(facts.imports, {})).imports.length, 0)
  assert.equal((await refusal(scene.as('student').call(facts.startImport, { importId: newId(), fileName: 'x.csv', bytes: 3 }))).status, 403)
  await scene.as('counsellor').call(facts.dropImport, { importId: seen.importId })
  assert.equal((await refusal(scene.as('counsellor').call(facts.findImport, { importId: seen.importId }))).status, 404)
})

test('what cannot be read is said, with a way on: times and columns given by hand', async () => {
  const file = utf8('编码,热度\n20262003,36.9\n')
  const blind = await send('doctor', 'd.csv', file)
  assert.deepEqual([blind.import.state, blind.import.refusal?.code], ['refused', 'no-person'])
  assert.deepEqual(blind.import.columns.map((column) => column.header), ['编码', '热度'])
  const client = scene.as('doctor')
  await client.call(facts.checkImport, { importId: blind.importId, columns: [{ header: '编码', meaning: 'number' }, { header: '热度', meaning: 'temperature' }] })
  await scene.runJobs()
  assert.equal((await client.call(facts.findImport, { importId: blind.importId })).import.refusal?.code, 'no-time')
  await client.call(facts.checkImport, { importId: blind.importId, observedAt: '2026-01-03T00:00:00Z' })
  await scene.runJobs()
  assert.deepEqual((await client.call(facts.findImport, { importId: blind.importId })).import.counts.good, 1)
  assert.equal((await send('doctor', 'e.csv', utf8(' \n\n'))).import.refusal?.code, 'empty')
  assert.equal((await send('doctor', 'f.xlsx', utf8('PK\u0003\u0004 nothing'))).import.state, 'refused')
  assert.equal((await send('doctor', 'g.pdf', utf8('%PDF-1.7 x'))).import.refusal?.code, 'not-a-sheet')
})

test('of a workbook the sheet with the data is read, whichever it is; several are not read as one', async () => {
  const workbook = (...sheets: [string, string[][]][]) => {
    const book = utils.book_new()
    for (const [name, rows] of sheets) utils.book_append_sheet(book, utils.aoa_to_sheet(rows), name)
    return new Uint8Array(write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer)
  }
  const [guide, head] = [[['填表说明'], ['体温按摄氏度填写']], ['学号', '体温', '时间']]
  const one = await send('doctor', 'j.xlsx', workbook(['说明', guide], ['信息学院', [head, ['20262004', '36.5', at]]], ['空表', [head]]))
  assert.deepEqual([one.import.state, one.import.counts.good], ['checked', 1])
  const two = await send('doctor', 'k.xlsx', workbook(['信息学院', [head, ['20262004', '36.5', at]]], ['护理学院', [head, ['20262003', '36.6', at]]]))
  assert.equal(two.import.refusal?.code, 'several-sheets')
  assert.match(two.import.refusal?.zh ?? '', /信息学院、护理学院/)
  const reckoned = (temperature: { f: string; t: 'n' | 'str'; v?: number | string }) => {
    const book = utils.book_new()
    utils.book_append_sheet(book, utils.aoa_to_sheet([head, ['20262004', temperature, at]]), '体温')
    return new Uint8Array(write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer)
  }
  const [empty, full] = [await send('doctor', 'l.xlsx', reckoned({ t: 'n', f: 'A1+1' })), await send('doctor', 'm.xlsx', reckoned({ t: 'n', f: '30+6', v: 36 }))]
  assert.deepEqual([empty.import.refusal?.code, full.import.state, full.import.counts.good], ['not-computed', 'checked', 1], 'no value is taken for no answer')
})

test('a lost connection goes on where it stopped; an incomplete file is not read', async () => {
  const client = scene.as('doctor')
  const bytes = utf8(`学号,体温,时间\n20262004,36.5,${at}\n`)
  const importId = newId()
  const start = () => client.call(facts.startImport, { importId, fileName: 'h.csv', bytes: bytes.length })
  await start()
  await client.call(facts.sendPiece, { importId, starts: 0 }, { file: { name: 'h.csv', bytes: bytes.slice(0, 10) } })
  assert.match((await refusal(client.call(facts.checkImport, { importId }))).message, /文件还没有收齐：收到 10 \//)
  assert.match((await refusal(client.call(facts.sendPiece, { importId, starts: 20 }, { file: { name: 'h.csv', bytes: bytes.slice(20) } }))).message, /请从第 10 字节续传/)
  assert.equal((await start()).received, 10)
  assert.equal((await client.call(facts.sendPiece, { importId, starts: 0 }, { file: { name: 'h.csv', bytes: bytes.slice(0, 10) } })).received, 10, 'a piece sent twice')
  await client.call(facts.sendPiece, { importId, starts: 10 }, { file: { name: 'h.csv', bytes: bytes.slice(10) } })
  await client.call(facts.checkImport, { importId })
  await scene.runJobs()
  assert.equal((await client.call(facts.findImport, { importId })).import.counts.good, 1)
})

test('many rows are many transactions; a step that dies is done again, once', async () => {
  const lines = Array.from({ length: 9000 }, (_, index) => `2026${[1001, 1002, 1003, 1101, 2001][index % 5]},${(35 + (index % 50) / 10).toFixed(1)},${new Date(Date.UTC(2026, 1, 1) + Math.floor(index / 5) * 60_000).toISOString().slice(0, 16)}`)
  lines[4321] = '2026,x,y'
  const seen = await send('doctor', 'many.csv', utf8(`学号,体温,时间\n${lines.join('\n')}`), { pieces: 7 })
  assert.deepEqual([seen.import.counts.good, seen.import.counts.bad, seen.bad[0]?.rowNo], [8999, 1, 4323])
  await scene.as('doctor').call(facts.applyImport, { importId: seen.importId })
  const before = (await stored()).length
  const progress: number[] = []
  for (let step = 0; step < 50; step++) {
    if (step === 2) {
      // A step does its work, and its process dies before the commit.
      const { kernel, institution } = scene
      const dying = inInstitution(kernel.connection.db, institution.id, 'write', async (tx) => {
        await kernel.registry.jobs.get('facts.import')?.[0]?.run(new Run(tx, institution, system, kernel.clock, { language: 'zh-Hans' }), { importId: seen.importId } as never)
        throw new Error('killed')
      })
      await assert.rejects(dying, /killed/)
    }
    if (!(await runDueJobs(scene.kernel, 1))) break
    progress.push((await scene.as('doctor').call(facts.findImport, { importId: seen.importId })).import.progress)
  }
  assert.ok(progress.length >= 5 && progress[0] !== 1, `in several steps: ${progress.join(' ')}`)
  assert.deepEqual(progress, progress.toSorted((a, b) => a - b))
  assert.equal((await stored()).length - before, 8999)
})

test('thirty days later the files and the rows given back are gone; the facts stay, and the receipts of what was entered', async () => {
  const importId = newId()
  const bytes = utf8(`学号,体温,时间\n20262005,36.5,${at}\n1,2,3\n`)
  await scene.as('doctor').call(facts.startImport, { importId, fileName: 'left.csv', bytes: bytes.length })
  await scene.as('doctor').call(facts.sendPiece, { importId, starts: 0 }, { file: { name: 'left.csv', bytes } })
  const before = (await stored()).length
  await scene.advance(29 * 86_400_000)
  assert.ok((await scene.as('doctor').call(facts.imports, {})).imports.length > 1)
  await scene.advance(2 * 86_400_000)
  const receipts = (await scene.as('doctor').call(facts.imports, {})).imports
  assert.ok(receipts.length > 0 && receipts.every((one) => one.state === 'applied' && one.madeBy !== undefined && one.counts.rows > 0), JSON.stringify(receipts.map((one) => one.state)))
  const left = await inInstitution(scene.kernel.connection.db, scene.institution.id, 'read', async (tx) => (await sql<{ n: number }>`select (select count(*) from facts.import_piece) + (select count(*) from facts.import_row) as n`.execute(tx)).rows[0]?.n)
  assert.deepEqual([left, (await stored()).length], [0, before])
})
