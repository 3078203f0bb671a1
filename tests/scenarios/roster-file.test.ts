/** A large roster through its own door says and does what a small one does through the other, however it is cut, and goes on after a crash. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { CallProblem } from '#kernel/client.ts'
import { inInstitution } from '#kernel/database.ts'
import { newId } from '#kernel/ids.ts'
import { runDueJobs } from '#kernel/jobs.ts'
import * as d from '#slices/directory/contract.ts'
import { openScene, type Scene } from '../scene.ts'

let scene: Scene
before(async () => { scene = await openScene() })
after(() => scene.close())

const collected = readFileSync(join(import.meta.dirname, '../../slices/directory/roster/fixtures/collected-list.csv'))
const encode = (text: string) => new TextEncoder().encode(text)

async function send(name: string, bytes: Uint8Array<ArrayBuffer>, covers?: 'student', piece = 700): Promise<string> {
  const importId = newId()
  await scene.operate(d.startRosterFile, { importId, fileName: name, bytes: bytes.length, ...(covers ? { covers } : {}) })
  for (let starts = 0; starts < bytes.length; starts += piece) await scene.operate(d.sendRosterPiece, { importId, starts }, { file: { name, bytes: bytes.slice(starts, starts + piece) } })
  await scene.operate(d.checkRosterFile, { importId })
  return importId
}
const found = (importId: string) => scene.operate(d.rosterFile, { importId })
const apply = async (importId: string, applyLeft = false) => {
  await scene.operate(d.applyRosterFile, { importId, applyLeft })
  await scene.runJobs()
  return found(importId)
}
/** Everybody and where they belong. */
const directory = async () =>
  (await inInstitution(scene.kernel.connection.db, scene.institution.id, 'read', (tx) =>
    sql<{ line: string }>`select concat_ws('|', p.number, p.name, p.kind, p.sex, p.grade, p.phone, p.status, p.left_at is not null, (select string_agg(m.tree || ':' || u.name || ':' || nlevel(u.path), ',' order by m.tree) from directory.membership m join directory.unit u using (institution_id, unit_id) where m.person_id = p.person_id)) as line
      from directory.person p order by p.number`.execute(tx))).rows.map((row) => row.line)

const head = '学号,姓名,性别,学院,年级,班级,手机号\n'
const row = (n: number, klass = n % 40, name = '申某某') => `2099${String(n).padStart(6, '0')},${name},男,远洋学院,2099级,远洋2099-${klass + 1}班,13800000001\n`

test('a list collected by hand, in UTF-8 and in GB18030: the same rows taken, refused and doubted for the same reasons as at the small door', async () => {
  const small = await scene.operate(d.previewRoster, { importId: newId() }, { file: { name: 'collected-list.csv', bytes: new Uint8Array(collected) } })
  assert.ok(small.summary.refused > 0 && small.summary.doubtful > 0, 'the list is messy')
  const gb = new Uint8Array(execFileSync('iconv', ['-f', 'utf-8', '-t', 'gb18030'], { input: collected }))
  for (const bytes of [new Uint8Array(collected), gb]) {
    const importId = await send('collected-list.csv', bytes)
    await scene.runJobs()
    const large = await found(importId)
    assert.equal(large.state, 'checked')
    assert.deepEqual(large.summary, small.summary)
    const marks = await scene.operate(d.rosterMarks, { importId })
    assert.equal(marks.csv.trim().split('\r\n').length, 1 + small.summary.refused + new Set(large.summary.doubts.filter((one) => one.field).map((one) => one.at)).size, 'each row refused or doubtful is given back')
    // Sent again as they are, the rows are refused for what they were refused for; only where the first row of a number stood is another place.
    const reasons = (summary: typeof small.summary) => summary.refusals.map((one) => one.zh).filter((zh) => !zh.includes('出现过'))
    const again = await scene.operate(d.previewRoster, { importId: newId() }, { file: { name: marks.fileName, bytes: encode(marks.csv) } })
    assert.deepEqual(reasons(again.summary), reasons(small.summary))
    assert.deepEqual(again.summary.columns, small.summary.columns)
    await scene.operate(d.dropRosterFile, { importId })
  }
})

test('identity numbers beside doubtful rows are not kept in what is given back, by either door', async () => {
  const text = '学号,姓名,学院,年级,班级,手机号,身份证号\n2099990001,申某,远洋学院,2099级,远洋2099-1班,138,110101200601011237\n,酉某,远洋学院,2099级,远洋2099-1班,13800000001,110101200601011245\n'
  const importId = newId()
  const { summary } = await scene.operate(d.previewRoster, { importId }, { file: { name: '证件.csv', bytes: encode(text) } })
  const large = await send('证件.csv', encode(text))
  await scene.runJobs()
  for (const id of [importId, large]) {
    const { csv } = await scene.operate(d.rosterMarks, { importId: id })
    assert.deepEqual([summary.doubtful, csv.split('\r\n').length, /申某.*（身份证号）/.test(csv), csv.includes('1101012006')], [1, 4, true, false])
  }
  await scene.operate(d.dropRosterFile, { importId: large })
})

test('whoever is in the roster under another name, or is nowhere placed, is doubted before anything is applied', async () => {
  const { summary } = await scene.operate(d.previewRoster, { importId: newId() }, { file: { name: 'x.csv', bytes: encode('学号,姓名,手机号\n20261003,别某某,13800000001\n2099777777,申某某,13800000002\n') } })
  assert.deepEqual(summary.doubts.map((one) => [one.field, one.at]), [['name', 'x 2'], ['class', 'x 3']])
  assert.match(summary.doubts[0]?.zh ?? '', /20261003 在册的姓名是“.+”，表中是“别某某”/)
  assert.equal(summary.doubtful, 2)
})

test('thousands of rows in many windows: one number twice far apart is refused once; it enters in portions, each gone on from after a crash; again it is a difference', async () => {
  const count = 9000
  const lines = Array.from({ length: count }, (_, n) => row(n))
  const text = `${head}${lines.join('')}${row(5, 7, '别某某')}2099999999,,男,远洋学院,2099级,远洋2099-1班,\n`
  const importId = await send('large.csv', encode(text), undefined, 200_000)
  await scene.runJobs()
  const checked = await found(importId)
  assert.deepEqual([checked.state, checked.summary.rows, checked.summary.accepted, checked.summary.refused, checked.summary.arrived, checked.summary.newUnits], ['checked', count + 2, count, 2, count, 42])
  assert.match(checked.summary.refusals[0]?.zh ?? '', /2099000005 已在“large”第 7 行出现过，但以下各项不同：姓名、班级/)
  const before = await directory()
  await scene.operate(d.applyRosterFile, { importId })
  // One portion enters; then the server dies inside the next.
  await runDueJobs(scene.kernel, 1)
  const partly = await found(importId)
  assert.equal(partly.state, 'applying')
  assert.ok(partly.progress > 0 && partly.progress < 1 && partly.rowsDone === (await directory()).length - before.length, 'progress says what is really in')
  await inInstitution(scene.kernel.connection.db, scene.institution.id, 'write', (tx) => sql`update kernel.job set locked_until = now() + interval '5 minutes', attempts = 1 where kind = 'directory.roster-file'`.execute(tx))
  await scene.runJobs()
  assert.equal((await found(importId)).rowsDone, partly.rowsDone, 'nobody does the work while the dead server holds it')
  await inInstitution(scene.kernel.connection.db, scene.institution.id, 'write', (tx) => sql`update kernel.job set locked_until = now() - interval '1 second' where kind = 'directory.roster-file'`.execute(tx))
  await scene.runJobs()
  const applied = await found(importId)
  assert.deepEqual([applied.state, applied.summary.rows, applied.summary.arrived, applied.summary.newUnits], ['applied', count + 2, count, 42])
  assert.equal((await directory()).length, before.length + count, 'everybody is in once')
  const left = await inInstitution(scene.kernel.connection.db, scene.institution.id, 'read', (tx) => sql<{ n: number }>`select (select count(*) from directory.roster_row)::int + (select count(*) from directory.roster_piece)::int as n`.execute(tx))
  assert.equal(left.rows[0]?.n, 0, 'the roster is not kept twice')

  const next = `${head}${lines.slice(2).map((line, n) => (n === 0 ? row(2, 9) : n === 1 ? row(3, 3, '改某某') : line)).join('')}`
  const again = await send('large.csv', encode(next), 'student', 200_000)
  await scene.runJobs()
  const { summary } = await found(again)
  assert.deepEqual([summary.arrived, summary.moved, summary.changed, summary.unchanged, summary.newUnits], [0, 1, 1, count - 4, 0])
  assert.ok(summary.left >= 2 && summary.examples.some((one) => one.change === 'left' && one.number === '2099000000'))
  const done = await apply(again, true)
  assert.equal(done.summary.left, summary.left, 'those who are missing left, as the preview said')
  assert.ok((await directory()).some((line) => line.startsWith('2099000002|') && line.includes('远洋2099-10班')))
  assert.ok((await directory()).some((line) => line.startsWith('2099000000|') && line.includes('|t|')))
})

test('a class that is told with its college only far below is taken by the rows above that name it alone, and so is an office over it', async () => {
  const text = `学号/工号,姓名,人员类别,学院,年级,班级,职务\n2098000001,甲某,学生,,,深海2098-1班,\nT900,乙某,教师,远洋学院,,,深海2098-1班班主任\n2098000002,丙某,学生,,,深海2098-9班,\n${Array.from({ length: 4200 }, (_, n) => `2098${String(n + 10000)},申某某,学生,远洋学院,2098级,远洋2098-1班,\n`).join('')}2098000003,丁某,学生,远洋学院,2098级,深海2098-1班,\n`
  const importId = await send('mixed.csv', encode(text), undefined, 100_000)
  await scene.runJobs()
  const { summary } = await found(importId)
  assert.deepEqual([summary.doubts.filter((one) => one.field).map((one) => one.at), summary.doubtful], [['mixed 4'], 1], 'only the class that is told nowhere is doubted')
  assert.equal((await scene.operate(d.rosterMarks, { importId })).csv.trim().split('\r\n').length, 2)
  assert.equal((await apply(importId)).state, 'applied')
  const lines = await directory()
  const placeOf = (number: string) => /admin:([^:]*):/.exec(lines.find((line) => line.startsWith(`${number}|`)) ?? '')?.[1]
  assert.deepEqual(['2098000001', '2098000002', '2098000003'].map(placeOf), ['深海2098-1班', scene.institution.name, '深海2098-1班'])
  assert.ok((await scene.operate(d.officeHints, {})).hints.some((hint) => hint.number === 'T900' && hint.unit.name === '深海2098-1班'))
})

test('what is no roster is refused with a sentence, pieces arrive in order, and nothing enters before somebody says yes', async () => {
  const code = (work: Promise<unknown>) => work.then(() => 'fine', (error: unknown) => (error instanceof CallProblem || (error as { code?: string }).code ? (error as { code: string }).code : error))
  const importId = newId()
  await scene.operate(d.startRosterFile, { importId, fileName: 'x.csv', bytes: 10 })
  assert.equal(await code(scene.operate(d.sendRosterPiece, { importId, starts: 5 }, { file: { name: 'x.csv', bytes: encode('12345') } })), 'piece-missing')
  assert.equal(await code(scene.operate(d.checkRosterFile, { importId })), 'piece-missing')
  assert.equal(await code(scene.operate(d.applyRosterFile, { importId })), 'conflict')
  for (const [text, wanted] of [['PK\u0003\u0004whatever', 'not-text'], ['姓名,性别\n申某某,男\n', 'no-number-column'], ['随便,写写\n甲,乙\n', 'no-name-column']] as const) {
    const id = await send('x.csv', encode(text))
    await scene.runJobs()
    const { state, refusal } = await found(id)
    assert.deepEqual([state, refusal?.code], ['refused', wanted])
  }
  const damaged = await send('x.csv', Uint8Array.from([...encode(head + row(900001)), ...encode('2099900002,申'), 0xe7, 0x94, ...encode(',男,远洋学院,2099级,远洋2099-1班,\n')]))
  await scene.runJobs()
  assert.equal((await found(damaged)).refusal?.code, 'broken', 'damaged UTF-8 is not read as GB18030')
  const unclosed = await send('x.csv', encode(`${head}${row(900001)}2099900003,"申某某,男,远洋学院,2099级,远洋2099-1班,\n`))
  await scene.runJobs()
  const { summary } = await found(unclosed)
  assert.deepEqual([summary.accepted, summary.refused], [1, 1])
})
