/**
 * A response ends, its day comes, and what was personal about it is gone: canaries planted through real calls into every place are looked for in every table of every schema,
 * in what the planner remembers, and in the files that are kept. Held back, killed midway, beside an open response and another institution.
 */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { CallProblem } from '#kernel/client.ts'
import type { Output } from '#kernel/contract.ts'
import { inInstitution } from '#kernel/database.ts'
import { newId } from '#kernel/ids.ts'
import * as briefs from '#slices/briefs/contract.ts'
import { applyRoster, giveReason, previewRoster } from '#slices/directory/contract.ts'
import * as facts from '#slices/facts/contract.ts'
import * as health from '#slices/health/contract.ts'
import * as issues from '#slices/issues/contract.ts'
import * as measures from '#slices/measures/contract.ts'
import * as notices from '#slices/notices/contract.ts'
import { issueNotice } from '#slices/notices/scenario.ts'
import * as responses from '#slices/responses/contract.ts'
import { certificateMark } from '#slices/responses/erasure.ts'
import { freshDatabase } from '../postgres.ts'
import { openScene, type Scene } from '../scene.ts'

const day = 86_400_000
/** Nothing else is written to files: uploads lie in the database. */
const serverLog = join(import.meta.dirname, '../../.data/test/pg.log')
let scene: Scene
let neighbour: Scene
let owner: pg.Client
const [responseId, otherId, measureId, briefId] = [newId(), newId(), newId(), newId()]
let noticeId = ''
let preview: Output<typeof responses.erasurePreview>
let before_: Output<typeof measures.coverage>
let course = 0

/** Found as text and in bytes that are written in hexadecimal. */
const canary = (what: string) => `金丝雀${what}`
const planted = ['本人', '代填', '更正', '长期', '坏行', '佐证', '上报', '联系', '提醒', '免除', '求助', '补充', '核实', '了结', '催办', '名册', '事由', '过往', '个案', '监测', '移交', '退回', '变更']
const hex = Buffer.from('金丝雀').toString('hex')

const asked = (who: string, at = scene) => inInstitution(at.kernel.connection.db, at.institution.id, 'read', async (tx) => (await sql<{ n: number }>`select count(*) as n from facts.profile where subject_id = ${at.person(who)}`.execute(tx)).rows[0]?.n)
const refusal = (code: string) => (error: unknown) => error instanceof CallProblem && error.code === code
const fact = (attribute: string, value: unknown, more: object = {}) => ({ factId: newId(), attribute, value, observedAt: scene.now().toISOString(), ...more })

/** Every row of every table, wherever it lies, that holds a canary: table → which. */
async function scan(): Promise<Record<string, string[]>> {
  const tables = (await owner.query<{ name: string }>(`select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_type = 'BASE TABLE' and (table_schema not in ('information_schema', 'pg_catalog') or table_name = 'pg_statistic')`)).rows
  assert.ok(tables.length > 80, `${tables.length} tables`)
  const found: Record<string, string[]> = {}
  for (const { name } of tables) {
    const rows = (await owner.query<{ text: string }>(`select t::text as text from ${name} t where t::text like '%金丝雀%' or t::text like '%${hex}%'`)).rows
    if (rows.length) found[name] = [...new Set(rows.flatMap(({ text }) => [...text.matchAll(/金丝雀(..)/g)].map((match) => match[1] ?? '')).concat(rows.some(({ text }) => text.includes(hex)) ? ['(bytes)'] : []))].toSorted()
  }
  return found
}

async function plant(): Promise<void> {
  const { now } = scene
  const duty = scene.as('duty')
  const attribute = { subjectKind: 'person' as const, options: [], unit: null, min: null, max: null, sensitivity: 'sensitive' as const, freshSeconds: null, askedOf: 'self' as const, purpose: { zh: '找到病人', en: 'To find the ill' }, seconds: 5 }
  await duty.call(facts.saveAttribute, { ...attribute, key: 'note', type: 'text', label: { zh: '情况说明', en: 'A note' } })
  await duty.call(facts.saveAttribute, { ...attribute, key: 'room-note', type: 'text', label: { zh: '宿舍说明', en: 'A note on the room' } })
  await duty.call(facts.saveAttribute, { ...attribute, key: 'temperature', type: 'number', label: { zh: '体温', en: 'Temperature' }, unit: '℃' })
  await duty.call(facts.saveAttribute, { ...attribute, key: 'roommates', type: 'number', label: { zh: '同住人数', en: 'Roommates' } })
  await duty.call(facts.saveAttribute, { ...attribute, key: 'stray', type: 'text', askedOf: 'nobody', label: { zh: '无人使用', en: 'Read by nothing' } })
  await duty.call(responses.open, { responseId, name: '秋季流感防控', hazards: ['influenza'], level: 3, basis: '传染病防治法', decidedBy: '校指挥部', plannedEnd: null })
  const measure = (id: string, of: string, key: string) => ({ measureId: id, responseId: of, name: { zh: key, en: key }, subjectKind: 'person' as const, population: { combinator: 'and' as const, rules: [{ field: 'person.kind', operator: '=', value: 'student' }] }, condition: { combinator: 'and' as const, rules: [{ field: key, operator: 'notNull' }, { field: 'roommates', operator: 'notNull' }, ...(key === 'note' ? [{ field: 'temperature', operator: 'notNull' }] : [])] }, basis: '校发〔2026〕9号', demandedBy: 'school' as const, graceSeconds: 0, followUp: 'open-task' as const, danger: 1, endsAt: null })
  await duty.call(measures.draft, measure(measureId, responseId, 'note'))
  await duty.call(measures.switchOn, { measureId })

  // Answers: one's own, by proxy, corrected, standing; one that nothing reads.
  const own = fact('note', canary('本人'))
  await scene.as('20261002').call(facts.answer, { answers: [own, fact('temperature', 50)] })
  await scene.as('counsellor').call(facts.answer, { answers: [fact('note', canary('代填'), { subjectId: scene.person('20261001') })] })
  await scene.as('20261002').call(facts.answer, { answers: [fact('note', canary('更正'), { corrects: own.factId })] })
  await scene.as('student').call(facts.answer, { answers: [fact('note', canary('长期'), { holdsUntil: new Date(now().getTime() + 90 * day).toISOString() }), fact('temperature', 36.5), fact('roommates', 3)] })
  // A file with a wrong row.
  const importId = newId()
  const bytes = new TextEncoder().encode(`学号,体温,无人使用\n20261005,36.6,${canary('坏行')}\n20269999,36.6,${canary('坏行')}\n`)
  await scene.as('doctor').call(facts.startImport, { importId, fileName: `${canary('坏行')}.csv`, bytes: bytes.length })
  await scene.as('doctor').call(facts.sendPiece, { importId, starts: 0 }, { file: { name: 'a.csv', bytes } })
  await scene.as('doctor').call(facts.checkImport, { importId, observedAt: now().toISOString() })
  await scene.runJobs()
  await scene.as('doctor').call(facts.applyImport, { importId })
  // Gaps: tried, reminded, excused, followed up.
  const subject = { measureId, subjectId: scene.person('classmate') }
  await scene.as('counsellor').call(measures.contact, { contactId: newId(), ...subject, how: 'call', outcome: 'reached', note: canary('联系') })
  await scene.as('counsellor').call(measures.remind, { items: [{ contactId: newId(), ...subject }], note: canary('提醒') })
  await scene.as('secretary').call(measures.excuse, { excuseId: newId(), measureId, subjectId: scene.person('20261101'), reason: canary('免除'), until: null })
  await scene.advance(20 * 60_000) // follow-ups open, doubts are found
  const [task] = (await scene.as('counsellor').call(measures.tasks, {})).tasks
  await scene.as('counsellor').call(measures.finishTask, { taskId: task?.taskId ?? '', outcome: canary('了结') })
  const [doubt] = (await scene.as('secretary').call(measures.doubts, { unitId: scene.unit('信息学院') })).doubts
  await scene.as('secretary').call(measures.dismissDoubt, { doubtId: doubt?.doubtId ?? '', reason: canary('核实') })
  // Help.
  const requestId = newId()
  await scene.as('student').call(issues.askHelp, { requestId, theme: 'medicine', urgency: 'normal', text: canary('求助'), place: canary('求助') })
  await scene.as('student').call(issues.add, { requestId, text: canary('补充') })
  // A case: opened, checked, handed over, declined, changed.
  const caseId = newId()
  const day_ = now().toISOString().slice(0, 10)
  const plan = { countedFrom: 'start' as const, fromDay: day_, days: 7, place: canary('个案') }
  await scene.as('doctor').call(health.open, { caseId, personId: scene.person('student'), responseId, kind: 'observation', illness: 'influenza', ...plan, basis: canary('个案'), answersId: scene.person('counsellor'), words: canary('个案') })
  await scene.as('student').call(health.check, { checkId: newId(), caseId, at: now().toISOString(), temperature: 37.8, symptoms: ['fever'], words: canary('监测') })
  await scene.as('counsellor').call(health.offer, { caseId, answersId: scene.person('doctor'), words: canary('移交') })
  await scene.as('doctor').call(health.decline, { caseId, reason: canary('退回') })
  await scene.as('doctor').call(health.change, { caseId, kind: 'isolation', ...plan, basis: canary('变更') })
  // A notice: opened, handed down, reported with a photo, reminded.
  const issued = await issueNotice(scene, { responseId })
  noticeId = issued.noticeId
  await scene.as('student').call(notices.opened, { noticeId })
  const [own_] = (await scene.as('secretary').call(notices.assignments, { unitId: scene.unit('信息学院') })).assignments
  await duty.call(notices.remind, { assignmentIds: [own_?.assignmentId ?? ''], note: canary('催办') })
  const photo = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from(canary('佐证'))])
  await scene.as('secretary').call(notices.report, { assignmentId: own_?.assignmentId ?? '', reportId: newId(), text: canary('上报'), figures: [{ label: '发热', value: 3 }] }, { file: { name: `${canary('佐证')}.png`, bytes: photo } })
  // Names opened for a reason; rosters with a bad row, and one that changes somebody.
  await scene.as('secretary').call(giveReason, { reasonId: newId(), unitId: scene.unit('信息学院'), words: canary('事由') })
  await scene.as('secretary').call(measures.gaps, { unitId: scene.unit('信息学院') })
  const roster = async (text: string) => {
    const id = newId()
    await scene.operate(previewRoster, { importId: id }, { file: { name: 'r.csv', bytes: new TextEncoder().encode(text) } })
    await scene.operate(applyRoster, { importId: id })
  }
  await roster(`学号,姓名,性别,学院,年级,班级,政治面貌\n20261003,软甲寅,男,信息学院,2026,软件2026-1班,${canary('过往')}\n,${canary('名册')},男,信息学院,2026,软件2026-1班,`)
  await roster('学号,姓名,性别,学院,年级,班级,政治面貌\n20261003,软甲寅,男,信息学院,2026,软件2026-1班,群众')
  await scene.runJobs()
  // A brief with its rows, signed.
  await duty.call(briefs.draft, { briefId, unitId: scene.unit('信息学院'), responseId })
  await duty.call(briefs.sign, { briefId })
  // Another response that stays open, begun while the first is running, with an attribute of its own and one that both need.
  await duty.call(responses.open, { responseId: otherId, name: '防汛', hazards: ['flood'], level: 4, basis: '防洪法', decidedBy: '校指挥部', plannedEnd: null })
  const other = newId()
  await duty.call(measures.draft, measure(other, otherId, 'room-note'))
  await duty.call(measures.switchOn, { measureId: other })
  // A draft reads nothing.
  await duty.call(measures.draft, measure(newId(), otherId, 'temperature'))
  await scene.as('student').call(facts.answer, { answers: [fact('room-note', canary('开放'))] })
}

before(async () => {
  const database = await freshDatabase()
  scene = await openScene({ database })
  neighbour = await openScene({ shared: scene, code: 'neighbour' })
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  await plant()
  await neighbour.as('duty').call(facts.saveAttribute, { key: 'note', type: 'text', subjectKind: 'person', options: [], unit: null, min: null, max: null, sensitivity: 'normal', freshSeconds: null, askedOf: 'self', purpose: { zh: '说明', en: 'note' }, seconds: 5, label: { zh: '说明', en: 'Note' } })
  await neighbour.as('student').call(facts.answer, { answers: [fact('note', canary('邻校'), { observedAt: neighbour.now().toISOString() })] })
  await neighbour.as('student').call(issues.askHelp, { requestId: newId(), theme: 'food', urgency: 'normal', text: canary('邻校') })
})
after(async () => {
  await owner?.end()
  await scene?.close()
})

test('the decision names every table and what becomes of it', async () => {
  const text = readFileSync(join(import.meta.dirname, '../../docs/decisions/0012-erasure.md'), 'utf8')
  // `slice.one`, `two`: the second of the same schema.
  const named = new Set(text.split('\n').filter((line) => line.startsWith('| `')).flatMap((line) => {
    let schema = ''
    return [...(line.split('|')[1] ?? '').matchAll(/`([a-z_.]+)`/g)].map((match) => {
      const [first = '', second] = (match[1] ?? '').split('.')
      if (second) schema = first
      return `${schema}.${second ?? first}`
    })
  }))
  const tables = (await owner.query<{ name: string }>(`select table_schema || '.' || table_name as name from information_schema.tables where table_type = 'BASE TABLE' and table_schema not in ('information_schema', 'pg_catalog') and table_name !~ '^fact_\\d'`)).rows
  assert.ok(tables.length > 60)
  assert.deepEqual(tables.map((one) => one.name).filter((name) => !named.has(name)), [], 'a new table says whether it is personal and what becomes of it')
  assert.deepEqual([...named].filter((name) => !tables.some((one) => one.name === name)), [], 'only tables that there are')
})

test('the canaries are where they were put, in the statistics too', async () => {
  await owner.query('analyze')
  const found = await scan()
  const everywhere = new Set(Object.values(found).flat())
  for (const one of planted) assert.ok(everywhere.has(one), `${one} was planted nowhere: ${JSON.stringify(found)}`)
  assert.ok(everywhere.has('(bytes)') && found['pg_catalog.pg_statistic'], JSON.stringify(Object.keys(found)))
})

test('the rule is decided in advance, and whoever is asked can read when their answers die', async () => {
  const watcher = scene.as('dataProtection')
  await assert.rejects(scene.as('secretary').call(responses.setErasureRule, { days: 0, basis: '不想留', decidedBy: '书记' }), refusal('forbidden'))
  await watcher.call(responses.setErasureRule, { days: 20, basis: '校个人信息保护办法第八条', decidedBy: '校长办公会' })
  const open = (await scene.as('student').call(facts.myData, {})).erasures
  assert.deepEqual(open.map((one) => [one.name, one.state, one.at, one.days]), [['防汛', 'open', null, 20], ['秋季流感防控', 'open', null, 20]])
  preview = await watcher.call(responses.erasurePreview, { responseId })
  const rows = (kind: string) => preview.rows.filter((one) => one.kind === kind).reduce((sum, one) => sum + one.rows, 0)
  assert.ok(rows('facts.fact') >= 7 && rows('measures.contact') === 2 && rows('notices.evidence') === 1 && rows('issues.help_request') === 1, JSON.stringify(preview.rows))
  assert.ok(!JSON.stringify(preview).includes('金丝雀'), 'kinds and counts, no content')
})

test('closing sets the date; a hold moves it, with a name, a reason and an end', async () => {
  await scene.advance(3_600_000) // an hour is counted
  before_ = await scene.as('duty').call(measures.coverage, { unitId: scene.unit('信息学院'), responseId })
  course = (await owner.query('select from measures.hour where institution_id = $1', [scene.institution.id])).rowCount ?? 0
  await scene.as('duty').call(responses.close, { responseId, reason: '疫情平息', decidedBy: '校指挥部' })
  const closed = scene.now()
  await scene.runJobs()
  const { response } = await scene.as('student').call(responses.get, { responseId })
  assert.ok(Math.abs(Date.parse(response.eraseAt ?? '') - closed.getTime() - 20 * day) < 60_000)
  // A later rule moves no date that was announced.
  await scene.as('dataProtection').call(responses.setErasureRule, { days: 0, basis: '新办法第三条', decidedBy: '校长办公会' })
  assert.equal((await scene.as('student').call(responses.get, { responseId })).response.eraseAt, response.eraseAt)

  const holdId = newId()
  const until = new Date(closed.getTime() + 60 * day).toISOString()
  await assert.rejects(scene.as('secretary').call(responses.hold, { holdId, responseId, reason: '申诉', decidedBy: '书记', until }), refusal('forbidden'))
  await scene.as('dataProtection').call(responses.hold, { holdId, responseId, reason: '一起申诉尚未办结', decidedBy: '校申诉委员会', until })
  const held = (await scene.as('student').call(facts.myData, {})).erasures.find((one) => one.name === '秋季流感防控')
  assert.deepEqual([held?.state, held?.at, held?.hold?.decidedBy], ['held', until, '校申诉委员会'])
  await scene.advance(25 * day)
  assert.equal((await scene.as('student').call(responses.erasure, { responseId })).state, 'held')
  assert.ok((await scan())['issues.help_request']?.includes('求助'), 'nothing went while it was held')

  // Somebody stands in the way of the erasure midway, and its connection is killed there.
  const wall = new pg.Client({ connectionString: scene.kernel.connection.url.replace(/\?.*$/, '') })
  await wall.connect()
  await wall.query('begin; lock table measures.contact in share mode')
  await scene.as('dataProtection').call(responses.liftHold, { holdId, reason: '申诉已办结' })
  const running = scene.runJobs()
  let killed = 0
  for (let tries = 0; tries < 200 && !killed; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    killed = (await owner.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%measures"."contact%'`)).rowCount ?? 0
  }
  await running
  assert.equal(killed, 1)
  const midway = await scan()
  assert.equal((await scene.as('student').call(responses.erasure, { responseId })).state, 'running')
  assert.ok(midway['measures.contact'] && !midway['facts.profile']?.includes('更正'), JSON.stringify(midway))
  // Meanwhile people answer; what a phone brings late from that time is no longer taken.
  await scene.as('classmate').call(facts.answer, { answers: [fact('room-note', '一切正常')] })
  await assert.rejects(scene.as('classmate').call(facts.answer, { answers: [{ ...fact('note', '迟到'), observedAt: new Date(closed.getTime() - 2 * 3_600_000).toISOString() }] }), (error: unknown) => error instanceof CallProblem && /擦除/.test(error.message))
  await assert.rejects(scene.as('dataProtection').call(responses.hold, { holdId: newId(), responseId, reason: '太晚', decidedBy: '某人', until }), refusal('conflict'))

  await wall.query('rollback')
  await wall.end()
  await owner.query(`update kernel.job set locked_until = null, run_at = now() where kind = 'responses.erase'`) // its wait has passed
  await scene.runJobs()
  assert.equal((await scene.as('student').call(responses.erasure, { responseId })).state, 'done')
})

test('nothing of it is left in any table, but what is kept and listed', async () => {
  const found = await scan()
  const { certificate } = await scene.as('student').call(responses.erasure, { responseId })
  // The reason for opening names stays with the record of who looked, as the certificate says.
  assert.deepEqual(found['kernel.access'], ['事由'])
  assert.ok(certificate?.kept.some((one) => one.what.zh.startsWith('查看记录')))
  delete found['kernel.access']
  // Of that table the planner may remember it.
  for (const [table, what] of Object.entries(found)) if (table === 'pg_catalog.pg_statistic') found[table] = what.filter((one) => one !== '事由')
  for (const [table, what] of Object.entries(found)) assert.deepEqual(what.filter((one) => !['开放', '邻校'].includes(one)), [], table)
  // The open response, and the neighbour, have theirs.
  assert.ok(found['facts.profile']?.includes('开放') && found['facts.profile'].includes('邻校') && found['issues.help_request']?.includes('邻校'))
  assert.equal(await asked('student'), 2, 'of the student what the open response needs: its own note and who lives there')
  if (existsSync(serverLog)) assert.ok(!readFileSync(serverLog, 'utf8').includes('金丝雀'), 'the files that are kept beside the database')
  assert.equal(await asked('student', neighbour), 1)
})

test('the certificate tells kinds, counts, rule and holds, no names, and cannot be altered unseen', async () => {
  const { certificate } = await scene.as('classmate').call(responses.erasure, { responseId })
  assert.ok(certificate)
  assert.deepEqual([certificate.days, certificate.basis, certificate.holds.map((hold) => [hold.reason, hold.liftedReason])], [20, '校个人信息保护办法第八条', [['一起申诉尚未办结', '申诉已办结']]])
  for (const kind of ['facts.fact', 'facts.profile', 'facts.lasting', 'facts.import', 'measures.contact', 'measures.excuse', 'measures.doubt', 'measures.task', 'notices.evidence', 'notices.report', 'health.case_record', 'health.case_step', 'health.check_record', 'issues.help_request', 'issues.help_event', 'directory.person_past', 'briefs.frame'] as const) {
    const told = preview.rows.find((one) => one.kind === kind)?.rows ?? 0
    const done = certificate.erased.find((one) => one.kind === kind)?.rows ?? 0
    assert.ok(done > 0 && done >= told, `${kind}: ${told} foretold, ${done} erased`)
  }
  assert.deepEqual(certificate.still, [{ name: '防汛', attributes: 1 }])
  assert.doesNotMatch(JSON.stringify(certificate), /金丝雀|软甲|20261003/)
  assert.equal(certificateMark(certificate), certificate.sha256)
  assert.notEqual(certificateMark({ ...certificate, days: 19 }), certificate.sha256)
  for (const [format, magic] of [['docx', 'PK'], ['pdf', '%PDF']] as const) {
    for (const language of ['zh-Hans', 'zh-Hant', 'en'] as const) {
      const file = await scene.as('student').call(briefs.certificate, { responseId, format, language })
      assert.ok(Buffer.from(file.base64, 'base64').toString('latin1').startsWith(magic) && file.fileName.endsWith(format))
      assert.match(file.fileName, language === 'en' ? /Certificate of erasure/ : language === 'zh-Hant' ? /擦除的證明/ : /擦除的证明/)
    }
  }
  assert.equal(certificate.counts.find((one) => one.name.zh === '联系')?.n, 2)
  assert.equal(certificate.counts.find((one) => one.name.zh === '通知打开人次')?.n, 1)
  assert.equal(certificate.counts.find((one) => one.name.zh === '求助')?.n, null, 'one request would point at somebody')
})

test('counts stay: where each unit stood when it ended, the course of the days, the brief and its figures', async () => {
  const after_ = await scene.as('duty').call(measures.finalCoverage, { unitId: scene.unit('信息学院'), responseId })
  assert.deepEqual(after_.total, before_.total)
  assert.deepEqual(after_.rows.map((row) => [row.unit.name, row.cells]), before_.rows.filter((row) => row.cells.some((cell) => cell.population)).map((row) => [row.unit.name, row.cells]))
  assert.ok((after_.total[0]?.population ?? 0) > 0 && after_.total[0]?.excused === 1)
  assert.ok(((await owner.query('select from measures.hour where institution_id = $1', [scene.institution.id])).rowCount ?? 0) >= course && course > 0)
  const brief = await scene.as('duty').call(briefs.get, { briefId })
  assert.ok(brief.figures.length > 5 && brief.figures.every((figure) => !figure.traceable))
  const shown = brief.figures.find((figure) => figure.key === `coverage/${measureId}/population`)
  const trace = await scene.as('duty').call(briefs.trace, { figureId: shown?.figureId ?? '' })
  assert.deepEqual([trace.erased, trace.responseId, trace.figure.value], [true, responseId, before_.total[0]?.population])
  await assert.rejects(scene.as('duty').call(briefs.draft, { briefId: newId(), unitId: scene.unit('信息学院'), responseId }), refusal('erased'))
  assert.equal(brief.erased?.responseId, responseId)
  await assert.rejects(scene.as('duty').call(briefs.correct, { briefId, newBriefId: newId(), reason: '数字有误' }), refusal('erased'))
  // A report that was emptied does not look like one that never said anything.
  const [reported] = (await scene.as('duty').call(notices.assignments, { unitId: scene.unit('信息学院') })).assignments.filter((one) => one.reports > 0)
  const detail = await scene.as('duty').call(notices.assignment, { assignmentId: reported?.assignmentId ?? '' })
  assert.deepEqual([detail.erased?.responseId, detail.reports[0]?.text, detail.reports[0]?.file, detail.reports[0]?.figures[0]?.value], [responseId, '', null, 3])
  assert.ok((detail.erased?.before ?? '') > (detail.reports[0]?.madeAt ?? ''))
  // The notice is still opened by one, and asks nobody anew to open it.
  assert.equal((await scene.as('duty').call(notices.get, { noticeId })).receipts.opened, 1)
  assert.equal((await scene.as('student').call(notices.view, { noticeId })).openedAt !== null, true)
})

test('what another response still needed goes with that one; then nothing is left', async () => {
  await scene.as('duty').call(responses.close, { responseId: otherId, reason: '水退', decidedBy: '校指挥部' })
  await scene.advance(2 * day)
  const { state, certificate } = await scene.as('student').call(responses.erasure, { responseId: otherId })
  assert.deepEqual([state, certificate?.days], ['done', 0], 'by the rule of its closing')
  const left = async (table: string) => (await owner.query<{ n: number }>(`select count(*)::int as n from ${table} where institution_id = $1`, [scene.institution.id])).rows[0]?.n
  for (const table of ['facts.fact', 'facts.profile', 'facts.lasting', 'measures.standing', 'measures.task']) assert.equal(await left(table), 0, table)
  assert.ok(!Object.values(await scan()).flat().includes('开放'))
  assert.deepEqual((await scene.as('student').call(facts.myData, {})).erasures, [])
})
