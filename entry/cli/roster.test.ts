/** `bulwark roster import` as a process of its own beside the installation: what is said of the columns by hand is what is read. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { people, rosterImports } from '#slices/directory/contract.ts'
import { freshDatabase, type FreshDatabase } from '../../tests/postgres.ts'
import { openScene, type Scene } from '../../tests/scene.ts'

let scene: Scene
let folder: string
let database: FreshDatabase
let file: string
before(async () => {
  database = await freshDatabase()
  scene = await openScene({ database })
  folder = await mkdtemp(join(tmpdir(), 'bulwark-cli-'))
  file = join(folder, '外聘.csv')
  await writeFile(file, '编号,姓名,联系,单位\nW01,外甲,138 0000 0301,后勤管理处\nW02,外乙,13800000302,信息中心\n')
})
after(async () => {
  await scene?.close()
  await rm(folder, { recursive: true, force: true })
})

const bulwark = (...args: string[]) => new Promise<{ code: number | null; out: string; said: string }>((resolve) => {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, '../cli.ts'), ...args, '--institution', 'scene'], { env: { ...process.env, DATABASE_URL: database.appUrl, DATABASE_OWNER_URL: database.ownerUrl, LANG: 'zh_CN.UTF-8', LC_ALL: '' }, timeout: 60_000 })
  let [out, said] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.once('close', (code) => resolve({ code, out, said }))
})
const there = async (number: string) => (await scene.as('administrator').call(people, { text: number })).people.map((one) => `${one.name} ${one.unit?.name}`)

test('a roster whose columns nobody can tell is refused with what to type; --column says what they are, by the words of the fields or by their names', async () => {
  const refused = await bulwark('roster', 'import', file)
  assert.equal(refused.code, 1, refused.said)
  assert.match(refused.said, /用 --column 列名=含义/)
  assert.match(refused.said, /没有学号或工号列.*“编号”一列的内容像是人员的号码/)
  const misspelt = await bulwark('roster', 'import', file, '--column', '编号=号')
  assert.match(misspelt.said, /不认识“号”。可用：number（学号\/工号）、name（姓名）/)
  const absent = await bulwark('roster', 'import', file, '--column', '编号=number', '手机=phone')
  assert.deepEqual([absent.code, /没有叫“手机”的列。看到的表头：编号、姓名、联系、单位/.test(absent.said)], [1, true], absent.said)
  const seen = await bulwark('roster', 'import', file, '--column', '编号=number', '联系=电话', '--column', '单位=', '--json')
  assert.equal(seen.code, 0, seen.said)
  const { summary, applied } = JSON.parse(seen.out) as { applied: boolean; summary: { arrived: number; headings: { header: string; field: string | null; how: string }[] } }
  assert.deepEqual([applied, summary.arrived, summary.headings.map(({ header, field, how }) => `${header} ${field} ${how}`)], [false, 2, ['编号 number chosen', '姓名 name read', '联系 phone chosen', '单位 null chosen']])
  assert.deepEqual(await there('W01'), [], 'a preview enters nobody')
})

test('--apply enters them, and the next file headed alike is read by what was said', async () => {
  const done = await bulwark('roster', 'import', file, '--column', '编号=学工号', '--column', '联系=phone', '--apply')
  assert.deepEqual([done.code, /编号→number!.*联系→phone!.*单位→department/.test(done.said), /已导入/.test(done.out)], [0, true, true], done.said)
  assert.deepEqual([...(await there('W01')), ...(await there('W02'))], ['外甲 后勤管理处', '外乙 信息中心'])
  const next = join(folder, '外聘二.csv')
  await writeFile(next, '姓名,编号,联系,单位\n外丙,W03,不详,后勤管理处\n外丁,,13800000304,后勤管理处\n')
  const again = await bulwark('roster', 'import', next, '--apply')
  assert.deepEqual([again.code, /编号→number!/.test(again.said), /没有学号或工号，无法确定是谁/.test(again.said)], [3, true, true], again.said)
  assert.deepEqual(await there('W03'), ['外丙 后勤管理处'])
  const { imports } = await scene.as('administrator').call(rosterImports, {})
  assert.deepEqual(imports.filter((one) => one.fileName.startsWith('外聘')).map((one) => `${one.fileName} ${one.state}`).toSorted(), ['外聘.csv applied', '外聘.csv checked', '外聘二.csv applied'])
})
