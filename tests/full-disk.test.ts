/** A disk that is full: writes are refused in words, what was acknowledged stays, and with room again everything goes on by itself. On a small file system in memory, where one may be mounted. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { appendFileSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { CallProblem } from '#kernel/client.ts'
import { ensureEmbedded, reviveEmbedded, stopEmbedded, type Embedded } from '#kernel/embedded.ts'
import { newId } from '#kernel/ids.ts'
import { migrate } from '#kernel/migrate.ts'
import * as briefs from '#slices/briefs/contract.ts'
import { applyRoster, previewRoster, rosterImports, units } from '#slices/directory/contract.ts'
import { imports, startImport, sendPiece } from '#slices/facts/contract.ts'
import * as notices from '#slices/notices/contract.ts'
import { open } from '#slices/responses/contract.ts'
import { openScene, type Scene } from './scene.ts'

const folder = mkdtempSync(join(tmpdir(), 'bulwark-full-'))
function mounted(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=450m,mode=755', 'tmpfs', folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
const small = mounted()
const skip = !small && 'no file system can be mounted here'
const filler = join(folder, 'filler')
let database: Embedded
let scene: Scene
before(async () => {
  if (!small) return
  database = await ensureEmbedded(join(folder, 'data', 'postgres'), { max_wal_size: '64MB', min_wal_size: '32MB' })
  await migrate(database.ownerUrl)
  scene = await openScene({ database: { ...database, drop: async () => {} } })
})
after(async () => {
  rmSync(filler, { force: true })
  await scene?.close()
  await database?.stop()
  if (small) execFileSync('umount', ['-l', folder])
  rmSync(folder, { recursive: true, force: true })
})

/** Leaves so many bytes of the disk. */
function fill(left: number): void {
  const { bavail, bsize } = statfsSync(folder)
  writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - Math.max(left, 1048576))))
  if (left > 0) return
  try {
    for (;;) appendFileSync(filler, Buffer.alloc(65_536))
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC')
  }
}
// Which of both comes first: a table that cannot grow is refused by name; without room for its log PostgreSQL ends, and is started again once there is room.
const said = (refusal: CallProblem) => assert.ok((refusal.status === 507 && /磁盘已满，没有保存这次改动/.test(refusal.message)) || refusal.code === 'busy', `${refusal.status} ${refusal.code} ${refusal.message}`)
/** What it answers, or how it was refused. */
const outcome = <T>(work: Promise<T>): Promise<{ done: T } | { refused: CallProblem }> => work.then((done) => ({ done }), (error: unknown) => (error instanceof CallProblem ? { refused: error } : Promise.reject(error as Error)))

test('full, and with room again', { skip }, async () => {
  const duty = scene.as('duty')
  const piece = Buffer.alloc(1_000_000, '学号,姓名\n')
  const send = async (importId: string) => {
    await duty.call(startImport, { importId, fileName: 'a.csv', bytes: piece.length })
    await duty.call(sendPiece, { importId, starts: 0 }, { file: { name: 'a.csv', bytes: piece } })
  }
  const acknowledged: string[] = []
  const refusals: CallProblem[] = []
  const attempt = async () => {
    const importId = newId()
    const tried = await outcome(send(importId))
    if ('refused' in tried) refusals.push(tried.refused)
    else acknowledged.push(importId)
  }
  await attempt()
  assert.equal(acknowledged.length, 1)
  fill(20 * 1048576)
  for (let tries = 0; tries < 60 && refusals.length < 3; tries++) await attempt()
  assert.ok(refusals.length >= 3, 'it was never full')
  if (refusals.every((one) => one.status === 507)) assert.ok((await duty.call(units, { tree: 'admin', depth: 1 })).units.length > 0, 'reading goes on')
  rmSync(filler)
  for (const end = Date.now() + 60_000; ; await sleep(200)) {
    await reviveEmbedded(database.data)
    const [stored, failed] = [acknowledged.length, refusals.length]
    await attempt()
    if (acknowledged.length > stored) break
    assert.ok(Date.now() < end && refusals.length > failed, `it does not come back: ${refusals.at(-1)?.message}`)
  }
  refusals.forEach(said)
  const stored = new Set((await duty.call(imports, {})).imports.map((one) => one.importId))
  assert.deepEqual(acknowledged.filter((id) => !stored.has(id)), [], 'what was acknowledged is there')
})

test('a roster, a notice, a brief, evidence: on a full disk each is whole or refused; with room the same request does it', { skip }, async () => {
  const [duty, secretary] = [scene.as('duty'), scene.as('secretary')]
  const [responseId, first, second, briefId, reportId, rosterId, nextId] = Array.from({ length: 7 }, () => newId()) as [string, string, string, string, string, string, string]
  const college = scene.unit('信息学院')
  await duty.call(open, { responseId, name: '防汛', hazards: ['flood'], level: 3, basis: '防洪法', decidedBy: '校指挥部', plannedEnd: null })
  const draft = async (noticeId: string, clauses: number) => {
    const text = Array.from({ length: clauses }, (_, at) => `${at + 1}.各二级学院要检查第${at + 1}栋楼的门窗。`).join('\n')
    await duty.call(notices.importNotice, { noticeId, responseId, text: `关于做好防汛工作的通知\n各二级学院：\n${text}\n学校防汛办公室\n2026年11月22日` })
    await duty.call(notices.fillBlanks, { noticeId, dueAt: new Date(scene.now().getTime() + 5 * 86_400_000).toISOString(), evidence: '文字说明', reportTo: '指挥部办公室' })
    await duty.call(notices.confirmDuties, { noticeId })
  }
  await draft(first, 1)
  await duty.call(notices.issue, { noticeId: first })
  await draft(second, 90)
  const assignmentId = (await secretary.call(notices.assignments, { unitId: college })).assignments[0]?.assignmentId ?? ''
  // Nothing of this shrinks much where it is kept: it needs room.
  const roster = (from: number) => Buffer.from(`学号,姓名,学院,年级,班级,手机号,备注\n${Array.from({ length: 6000 }, (_, at) => `${from + at},申${randomBytes(2).toString('hex').replace(/[0-9a-f]/g, (digit) => '甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳'[Number.parseInt(digit, 16)] ?? '')},满盘学院,2026级,满盘2026-${at % 40}班,13800000001,`).join('\n')}`)
  const photo = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), randomBytes(8 * 1048576)])
  const earlier = newId()
  await secretary.call(briefs.draft, { briefId: earlier, unitId: college, responseId })
  await duty.call(previewRoster, { importId: rosterId }, { file: { name: '新生.csv', bytes: roster(2_099_000_000) } })
  const table = roster(2_098_000_000)
  type Act = 'roster' | 'preview' | 'evidence' | 'issue' | 'brief'
  const requestId: Record<Act, string> = { roster: newId(), preview: newId(), evidence: newId(), issue: newId(), brief: newId() }
  const acts: Record<Act, () => Promise<unknown>> = {
    roster: () => duty.call(applyRoster, { importId: rosterId }, { requestId: requestId.roster }),
    preview: () => duty.call(previewRoster, { importId: nextId }, { requestId: requestId.preview, file: { name: '新生二.csv', bytes: table } }),
    evidence: () => secretary.call(notices.report, { assignmentId, reportId, text: '已检查' }, { requestId: requestId.evidence, file: { name: '现场.png', bytes: photo } }),
    issue: () => duty.call(notices.issue, { noticeId: second, sponsor: '校指挥部办公室' }, { requestId: requestId.issue }),
    brief: () => secretary.call(briefs.draft, { briefId, unitId: college, responseId }, { requestId: requestId.brief }),
  }
  const state = async (): Promise<Record<Act, number>> => ({
    roster: (await duty.call(units, { tree: 'admin', depth: 2 })).units.find((unit) => unit.name === '满盘学院')?.members ?? 0,
    preview: (await duty.call(rosterImports, {})).imports.filter((one) => one.importId === nextId).length,
    evidence: (await secretary.call(notices.assignment, { assignmentId })).reports.length,
    issue: (await secretary.call(notices.assignments, { unitId: college, size: 200 })).assignments.filter((one) => one.noticeId === second).length,
    brief: (await secretary.call(briefs.list, { unitId: college })).briefs.filter((one) => one.briefId === briefId).length,
  })
  const none = { roster: 0, preview: 0, evidence: 0, issue: 0, brief: 0 }
  const whole = { roster: 6000, preview: 1, evidence: 1, issue: 90, brief: 1 }
  assert.deepEqual(await state(), none)

  fill(0)
  const names = Object.keys(acts) as Act[]
  const tried = new Map<Act, Awaited<ReturnType<typeof outcome>>>()
  for (const name of names) tried.set(name, await outcome(acts[name]()))
  const problems = [...tried.values()].flatMap((one) => ('refused' in one ? [one.refused] : []))
  problems.forEach(said)
  const document = await outcome(secretary.call(briefs.download, { briefId: earlier, format: 'docx' }))
  if ('refused' in document) said(document.refused)
  else assert.equal(Buffer.from(document.done.base64, 'base64').toString('latin1', 0, 2), 'PK', 'what is only read is still exported')
  assert.ok(!('refused' in document) || problems.some((one) => one.code === 'busy'), 'it is refused only where PostgreSQL ended')
  const wasRefused = (name: Act) => 'refused' in (tried.get(name) ?? {})
  assert.ok(wasRefused('roster') && wasRefused('preview') && wasRefused('evidence') && wasRefused('issue'), [...tried].map(([name, one]) => `${name} ${'refused' in one ? one.refused.code : 'done'}`).join(', '))

  rmSync(filler)
  for (const end = Date.now() + 60_000; ; await sleep(200)) {
    await reviveEmbedded(database.data)
    if ('done' in (await outcome(duty.call(units, { tree: 'admin', depth: 1 })))) break
    assert.ok(Date.now() < end, 'it does not come back')
  }
  assert.deepEqual(await state(), Object.fromEntries(names.map((name) => [name, wasRefused(name) ? 0 : whole[name]])), 'what was refused left nothing behind')
  // The same again is done once, whether it was before or not.
  for (const name of names) await acts[name]()
  assert.deepEqual(await state(), whole)
  const kept = await secretary.call(notices.evidence, { assignmentId, reportId })
  assert.ok(Buffer.from(kept.base64, 'base64').equals(photo))
})

test('a full disk does not keep it from being stopped, nor from starting with room again', { skip }, async () => {
  await scene.close()
  fill(0)
  assert.equal(await stopEmbedded(database.data), true)
  assert.equal(await stopEmbedded(database.data), false, 'it runs no more')
  await assert.rejects(ensureEmbedded(database.data), (error: Error) => /is full.*what was saved before is kept/.test(error.message))
  rmSync(filler)
  database = await ensureEmbedded(database.data, { max_wal_size: '64MB', min_wal_size: '32MB' })
  const again = new Client({ connectionString: database.ownerUrl })
  await again.connect()
  assert.equal((await again.query<{ found: number }>(`select count(*) as found from directory.person where number like '2099%'`)).rows[0]?.found, 6000)
  await again.end()
})
