import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { inflateRawSync } from 'node:zlib'
import { sql } from 'kysely'
import { SMTPServer } from 'smtp-server'
import { CallProblem } from '#kernel/client.ts'
import { inInstitution } from '#kernel/database.ts'
import { newId } from '#kernel/ids.ts'
import * as briefs from '#slices/briefs/contract.ts'
import { giveReason, me } from '#slices/directory/contract.ts'
import { answer } from '#slices/facts/contract.ts'
import { askHelp } from '#slices/issues/contract.ts'
import { coverage, excuse, fromPreset, switchOn } from '#slices/measures/contract.ts'
import * as notices from '#slices/notices/contract.ts'
import { changeLevel, open } from '#slices/responses/contract.ts'
import { openScene, type Scene } from '../scene.ts'

let scene: Scene
const responseId = newId()
const measureId = newId()
const noticeId = newId()
const dutyId = newId()
const briefId = newId()
let college = ''
let root = ''

const write = (work: (tx: Parameters<Parameters<typeof inInstitution>[3]>[0]) => Promise<unknown>) => inInstitution(scene.kernel.connection.db, scene.institution.id, 'write', async (tx) => void (await work(tx)))
const refusal = (code: string) => (error: unknown) => error instanceof CallProblem && error.code === code
const whereabouts = (who: string) => scene.as(who).call(answer, { answers: [{ factId: newId(), attribute: 'whereabouts', value: '310115', observedAt: scene.now().toISOString() }] })

type Brief = Awaited<ReturnType<typeof draft>>
const draft = (input: Partial<{ briefId: string; unitId: string; noticeId: string; responseId: string; from: string; to: string }>, who = 'secretary') => scene.as(who).call(briefs.draft, { briefId: newId(), unitId: college, ...input })
const valueOf = (brief: Brief, key: string) => brief.figures.find((figure) => figure.key === key)
const state = (name: string) => `coverage/${measureId}/${name}`

/** All text of a .docx. */
function textOf(base64: string): string {
  const bytes = Buffer.from(base64, 'base64')
  let at = 0
  let text = ''
  while ((at = bytes.indexOf('PK\u0003\u0004', at, 'latin1')) >= 0) {
    const [size, nameLength, extra, method] = [bytes.readUInt32LE(at + 18), bytes.readUInt16LE(at + 26), bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 8)]
    const start = at + 30 + nameLength + extra
    const name = bytes.subarray(at + 30, at + 30 + nameLength).toString()
    if (/\.xml$/.test(name) && size > 0) text += (method === 8 ? inflateRawSync(bytes.subarray(start, start + size)) : bytes.subarray(start, start + size)).toString().replace(/<[^>]+>/g, '')
    at = start + size
  }
  return text
}

before(async () => {
  scene = await openScene()
  college = scene.unit('信息学院')
  const duty = scene.as('duty')
  await duty.call(open, { responseId, name: '秋冬季传染病防控', hazards: ['influenza'], level: 3, basis: '传染病防治法', decidedBy: '校应急指挥部', plannedEnd: null })
  await duty.call(fromPreset, { measureId, responseId, key: 'whereabouts-known', basis: '校发〔2026〕9号第二条' })
  await duty.call(switchOn, { measureId })
  // A notice with one duty for two colleges; one of them hands it down to a class, which reports.
  const text = '关于做好师生去向摸排的通知\n各二级学院：\n一、各学院要摸清每名师生去向，不得漏报。\n二、每日16时前报学校办公室（邮箱：bgs#example.edu.cn）。\n学校疫情防控办公室\n2026年11月22日'
  await duty.call(notices.importNotice, { noticeId, text, responseId })
  for (const read of (await duty.call(notices.draft, { noticeId })).duties) await duty.call(notices.dropDuty, { dutyId: read.dutyId })
  await duty.call(notices.addDuty, { noticeId, dutyId, text: '摸清每名师生去向', modality: 'must', unitIds: [college, scene.unit('医学院')], dueAt: new Date(scene.now().getTime() + 3_600_000).toISOString(), evidence: '去向登记', reportTo: '学校办公室（邮箱：bgs#example.edu.cn）', review: false })
  await duty.call(notices.joinMeasure, { dutyId, measureId })
  await duty.call(notices.confirmDuties, { noticeId, dutyIds: [dutyId] })
  await duty.call(notices.issue, { noticeId, acceptBlanks: true })
  root = (await duty.call(me, {})).homeUnitId ?? ''
  const [own] = (await scene.as('secretary').call(notices.assignments, { unitId: college })).assignments
  await scene.as('secretary').call(notices.handDown, { assignmentId: own?.assignmentId ?? '', unitIds: [scene.unit('软件2026-1班')] })
  const [handed] = (await scene.as('counsellor').call(notices.assignments, { unitId: scene.unit('软件2026-1班') })).assignments
  await scene.as('counsellor').call(notices.report, { assignmentId: handed?.assignmentId ?? '', reportId: newId(), text: '已摸清' })
  for (const who of ['20261001', '20261002', '20261003']) await whereabouts(who)
  await scene.as('secretary').call(excuse, { excuseId: newId(), measureId, subjectId: scene.person('classmate'), reason: '住院', until: null })
})
after(() => scene.close())

test('a draft counts what the coverage page counts, and adds up', async () => {
  const made = await draft({ briefId, responseId })
  const page = (await scene.as('secretary').call(coverage, { unitId: college })).total[0]
  assert.deepEqual([page?.population, page?.kept, page?.excused, page?.unknown], [14, 3, 1, 10])
  // The population is under a hundred and the matter sensitive: small parts are not told, even of the whole unit.
  assert.equal(valueOf(made, state('kept'))?.hidden, true)
  assert.equal(valueOf(made, state('population'))?.value, 14)
  const all = await inInstitution(scene.kernel.connection.db, scene.institution.id, 'read', async (tx) => (await sql<{ key: string; value: number }>`select key, value from briefs.figure where brief_id = ${briefId} and key like ${`coverage/${measureId}/%`}`.execute(tx)).rows)
  const of = (name: string) => all.find((row) => row.key === state(name))?.value
  assert.deepEqual(['population', 'kept', 'gap', 'excused', 'unknown'].map(of), [page?.population, page?.kept, page?.gap, page?.excused, page?.unknown])
  assert.equal(valueOf(made, 'response/level')?.words?.zh, 'Ⅲ级')
  assert.equal(valueOf(made, 'response/day')?.value, 1)
  assert.deepEqual([valueOf(made, 'duties/total')?.value, valueOf(made, 'duties/done')?.value, valueOf(made, 'duties/under-way')?.value, valueOf(made, 'duties/waiting')?.value], [2, 1, 1, 0], 'the college and its class, not the other college')
})

test('a figure opens into its rows as of its moment, though the world moves on', async () => {
  const brief = await scene.as('secretary').call(briefs.get, { briefId })
  const figureId = valueOf(brief, state('kept'))?.figureId ?? ''
  await whereabouts('20261005')
  assert.equal((await scene.as('secretary').call(briefs.trace, { figureId })).byName, true)
  await assert.rejects(scene.as('secretary').call(briefs.traceRows, { figureId }), refusal('reason-needed'))
  await scene.as('secretary').call(giveReason, { reasonId: newId(), unitId: college, words: '核对上报数字' })
  const rows = await scene.as('secretary').call(briefs.traceRows, { figureId })
  assert.deepEqual(rows.rows.map((row) => row.number).toSorted(), ['20261001', '20261002', '20261003'], 'those who had answered then')
  assert.ok(rows.rows.every((row) => row.state === 'kept' && row.unit?.name === '软件2026-1班'))
  const overdue = await scene.as('secretary').call(briefs.traceRows, { figureId: valueOf(brief, 'duties/under-way')?.figureId ?? '' })
  assert.deepEqual(overdue.rows.map((row) => [row.kind, row.unit?.name]), [['assignment', '信息学院']])
  const refreshed = await scene.as('secretary').call(briefs.refresh, { briefId })
  assert.notEqual(valueOf(refreshed, state('kept'))?.figureId, figureId)
  assert.equal((await scene.as('secretary').call(briefs.traceRows, { figureId: valueOf(refreshed, state('kept'))?.figureId ?? '' })).total, 4)
})

test('names are for those who may see gaps; others get the question and counts', async () => {
  const whole = await draft({ unitId: root, responseId }, 'duty')
  const figureId = valueOf(whole, state('unknown'))?.figureId ?? ''
  await assert.rejects(scene.as('organisation').call(briefs.traceRows, { figureId }), refusal('not-found'))
  const trace = await scene.as('organisation').call(briefs.trace, { figureId })
  assert.match(trace.figure.source.zh, /不知是否达标/)
  assert.ok(!JSON.stringify(trace).includes('软甲'), 'no name in a trace')
  for (const { count } of trace.byUnit) assert.ok(count === null || count === 0 || count >= 5)
  await assert.rejects(scene.as('otherSecretary').call(briefs.get, { briefId }), refusal('not-found'))
  await assert.rejects(scene.as('student').call(briefs.trace, { figureId }), refusal('not-found'))
})

test('signed it is fixed, also in the database; a correction is a new edition and the old one says so', async () => {
  const secretary = scene.as('secretary')
  await secretary.call(briefs.edit, { briefId, situation: '学院已逐一联系未答复学生。\n夜间继续。', problems: '个别学生手机停机。', nextSteps: '明日 10 时前全部联系到。' })
  const early = await secretary.call(briefs.get, { briefId })
  const preview = await secretary.call(briefs.download, { briefId, format: 'docx' })
  assert.match(preview.fileName, /草稿/)
  assert.match(textOf(preview.base64), /【草稿】/)
  await secretary.call(briefs.refresh, { briefId })
  await assert.rejects(secretary.call(briefs.sign, { briefId, asOf: early.asOf }), refusal('conflict'), 'figures counted again after they were looked at')
  const signed = await secretary.call(briefs.sign, { briefId })
  assert.deepEqual(signed.signedBy, { name: '书甲', title: '书记' })
  await assert.rejects(secretary.call(briefs.edit, { briefId, problems: '无' }), refusal('signed'))
  await assert.rejects(secretary.call(briefs.refresh, { briefId }), refusal('signed'))
  await assert.rejects(write((tx) => sql`update briefs.brief set problems = '' where brief_id = ${briefId}`.execute(tx)), /fixed/)

  const file = await secretary.call(briefs.download, { briefId, format: 'docx' })
  const text = textOf(file.base64)
  assert.doesNotMatch(text, /草稿/)
  for (const words of ['关于秋冬季传染病防控处置工作情况的专报', '签发人：书甲', '个别学生手机停机', 'Ⅲ级', '演练', '江畔大学信息学院']) assert.ok(text.includes(words), words)
  assert.ok(!text.includes('软甲'), 'no names of students')
  const english = textOf((await secretary.call(briefs.download, { briefId, format: 'docx', language: 'en' })).base64)
  assert.match(english, /DRILL/)
  assert.match(textOf((await secretary.call(briefs.download, { briefId, format: 'docx', language: 'zh-Hant' })).base64), /專報/)
  assert.equal(Buffer.from((await secretary.call(briefs.download, { briefId, format: 'pdf' })).base64, 'base64').subarray(0, 5).toString(), '%PDF-')
  assert.match(textOf((await secretary.call(briefs.download, { briefId, format: 'xlsx' })).base64), /信息学院/)

  const newBriefId = newId()
  const second = await secretary.call(briefs.correct, { briefId, newBriefId, reason: '漏计一名住院学生' })
  assert.equal(second.edition, 2)
  assert.equal(second.problems, '个别学生手机停机。')
  await assert.rejects(secretary.call(briefs.correct, { briefId, newBriefId: newId(), reason: '再更正' }), refusal('conflict'))
  await secretary.call(briefs.sign, { briefId: newBriefId })
  const old = await secretary.call(briefs.get, { briefId })
  assert.deepEqual([old.correctedBy?.edition, old.correctedBy?.reason, old.problems], [2, '漏计一名住院学生', '个别学生手机停机。'])
  assert.match(textOf((await secretary.call(briefs.download, { briefId, format: 'docx' })).base64), /本版已由第2版更正/)
  assert.equal((await secretary.call(briefs.list, { unitId: college })).briefs.length, 2)
  assert.ok((await scene.as('duty').call(briefs.list, { unitId: root, below: true })).total >= 3)
})

test('a brief on a notice is compared with the one before, over the time since', async () => {
  const first = await draft({ noticeId })
  assert.equal(first.proposedAddress, 'bgs@example.edu.cn')
  assert.equal(first.previous, null)
  await scene.as('secretary').call(briefs.sign, { briefId: first.briefId })
  await scene.advance(2 * 3_600_000)
  await scene.as('duty').call(changeLevel, { responseId, level: 2, reason: '病例增加', decidedBy: '校应急指挥部' })
  const second = await draft({ noticeId })
  assert.equal(second.previous?.briefId, first.briefId)
  assert.equal(second.from, first.to)
  assert.deepEqual([valueOf(second, 'duties/overdue')?.previous, valueOf(second, 'duties/overdue')?.value], [0, 1])
  assert.equal(valueOf(second, 'units/overdue')?.value, 1)
  assert.deepEqual([valueOf(second, 'response/level')?.previous, valueOf(second, 'response/level')?.value], [3, 2])
  const text = textOf((await scene.as('secretary').call(briefs.download, { briefId: second.briefId, format: 'docx' })).base64)
  assert.match(text, /与截至.*的报告比较/)
  assert.match(text, /逾期.*1.*项/)
  await assert.rejects(draft({ noticeId, responseId }), refusal('bad-input'))
  await assert.rejects(draft({ noticeId: newId() }), refusal('not-found'))
  await assert.rejects(draft({ noticeId, from: '2027-01-01T00:00:00Z' }), refusal('bad-input'))
})

test('help is told by theme without small counts; a request is opened by nobody through a brief', async () => {
  for (const who of ['20261001', '20261002', '20261003', '20261005', '20261101', '20261102']) await scene.as(who).call(askHelp, { requestId: newId(), theme: 'food', text: '清真餐', urgency: 'normal' })
  await scene.as('20261103').call(askHelp, { requestId: newId(), theme: 'mood', text: '很难受', urgency: 'normal' })
  const made = await draft({ responseId })
  assert.equal(valueOf(made, 'help/theme/mood')?.value, null)
  assert.equal(valueOf(made, 'help/theme/food')?.value, null, 'hidden too, or the other follows from the sum')
  assert.equal(valueOf(made, 'help/asked')?.value, 7)
  await assert.rejects(scene.as('secretary').call(briefs.traceRows, { figureId: valueOf(made, 'help/theme/mood')?.figureId ?? '' }), refusal('withheld'))
  const opened = await scene.as('secretary').call(briefs.traceRows, { figureId: valueOf(made, 'help/asked')?.figureId ?? '' })
  assert.equal(opened.total, 7)
  assert.ok(opened.rows.every((row) => row.kind === 'help-request' && row.name === '' && row.number === null))
})

test('a zero report is one tap, and refused where the record says otherwise', async () => {
  const secretary = scene.as('secretary')
  const id = newId()
  await assert.rejects(secretary.call(briefs.zero, { briefId: id, unitId: college, responseId }), (error: unknown) => refusal('not-zero')(error) && /未知\d+/.test((error as Error).message) && /没有保存/.test((error as Error).message))
  await assert.rejects(secretary.call(briefs.get, { briefId: id }), refusal('not-found'), 'nothing was kept')
  const other = newId()
  await scene.as('duty').call(open, { responseId: other, name: '寒潮', hazards: ['cold-wave'], level: 4, basis: '气象灾害防御条例', decidedBy: '校应急指挥部', plannedEnd: null })
  const zero = await secretary.call(briefs.zero, { briefId: id, unitId: college, responseId: other })
  assert.deepEqual([zero.kind, zero.state, zero.title], ['zero', 'signed', '寒潮零报告'])
  assert.match(textOf((await secretary.call(briefs.download, { briefId: id, format: 'docx' })).base64), /实行零报告/)
})

test('sent by mail through a real server: refused without settings, retried, recorded', async () => {
  const secretary = scene.as('secretary')
  const [latest] = (await secretary.call(briefs.list, { unitId: college, responseId })).briefs.filter((one) => one.state === 'signed' && !one.correctedBy)
  const id = latest?.briefId ?? ''
  const send = (to: string, sendId = newId()) => secretary.call(briefs.send, { sendId, briefId: id, to, formats: ['docx', 'pdf'] })
  await assert.rejects(send('bgs@example.edu.cn'), (error: unknown) => refusal('no-mail')(error) && /下载/.test((error as Error).message))

  const got: { to: string[]; text: string }[] = []
  let busy = 1
  const server = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS'], logger: false,
    onRcptTo(address, _session, done) {
      if (address.address.startsWith('nobody')) return done(Object.assign(new Error('no such user'), { responseCode: 550 }))
      if (busy-- > 0) return done(Object.assign(new Error('try later'), { responseCode: 451 }))
      done()
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
        got.push({ to: session.envelope.rcptTo.map((one) => one.address), text: Buffer.concat(chunks).toString() })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  process.env.BULWARK_SMTP_URL = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`
  process.env.BULWARK_MAIL_FROM = '江畔大学 <bulwark@example.edu.cn>'
  try {
    const sendId = newId()
    assert.equal((await send('bgs@example.edu.cn', sendId)).state, 'waiting')
    await scene.runJobs()
    const sendings = async () => (await secretary.call(briefs.get, { briefId: id })).sendings
    assert.deepEqual((await sendings()).map((one) => [one.state, one.attempts]), [['waiting', 1]], 'the server was busy')
    assert.match((await sendings())[0]?.problem?.zh ?? '', /451/)
    await scene.advance(120_000)
    assert.deepEqual((await sendings()).map((one) => [one.state, one.attempts, one.to]), [['sent', 2, 'bgs@example.edu.cn']])
    assert.equal(got.length, 1)
    assert.deepEqual(got[0]?.to, ['bgs@example.edu.cn'])
    assert.match(got[0]?.text ?? '', new RegExp(`Message-ID: <${sendId}@`))
    assert.match(got[0]?.text ?? '', /wordprocessingml/)
    await scene.advance(3_600_000)
    assert.equal(got.length, 1, 'once')

    await send('nobody@example.edu.cn')
    await scene.runJobs()
    const failed = (await sendings()).find((one) => one.to.startsWith('nobody'))
    assert.deepEqual([failed?.state, failed?.attempts], ['failed', 1])
    await assert.rejects(send('a@b\r\nBcc: c@d.cn'), refusal('bad-input'))
    await assert.rejects(secretary.call(briefs.send, { sendId: newId(), briefId: (await draft({ responseId })).briefId, to: 'bgs@example.edu.cn', formats: ['pdf'] }), refusal('not-signed'))
    assert.equal((await secretary.call(briefs.list, { unitId: college })).briefs.find((one) => one.briefId === id)?.sent, 1)
  } finally {
    delete process.env.BULWARK_SMTP_URL
    delete process.env.BULWARK_MAIL_FROM
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
})
