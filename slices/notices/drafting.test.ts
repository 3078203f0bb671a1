import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { newId } from '#kernel/ids.ts'
import { openScene, type Scene } from '../../tests/scene.ts'
import * as n from './contract.ts'
import { ahead, noticeText, openResponse, refusal } from './scenario.ts'

let scene: Scene
before(async () => void (scene = await openScene()))
after(() => scene.close())

const drafted = async (text = noticeText(scene)) => {
  const noticeId = newId()
  const made = await scene.as('duty').call(n.importNotice, { noticeId, text, again: true })
  return { noticeId, made, draft: await scene.as('duty').call(n.draft, { noticeId }) }
}
const find = (draft: Awaited<ReturnType<typeof drafted>>['draft'], words: string) => {
  const duty = draft.duties.find((one) => one.text.includes(words))
  assert.ok(duty, `a duty says ${words}`)
  return duty
}

test('reading stores nothing, and only those who draft may read', async () => {
  const { reading, summary } = await scene.as('duty').call(n.read, { text: noticeText(scene) })
  assert.equal(reading.docNumber, '江畔防指〔2026〕7号')
  assert.ok(reading.duties.length >= 5 && summary !== undefined)
  assert.equal((await scene.as('duty').call(n.drafts, {})).total, 0)
  await assert.rejects(scene.as('secretary').call(n.read, { text: noticeText(scene) }), refusal('forbidden'))
})

test('what is no notice is refused with words, and nothing is kept', async () => {
  const duty = scene.as('duty')
  const file = (name: string, bytes: Uint8Array) => ({ file: { name, bytes } })
  const text = new TextEncoder()
  await assert.rejects(duty.call(n.importNotice, { noticeId: newId(), text: '今天天气不错，适合散步。' }), refusal('not-a-notice'))
  await assert.rejects(duty.call(n.importNotice, { noticeId: newId(), text: '   ' }), refusal('empty-document'))
  await assert.rejects(duty.call(n.importNotice, { noticeId: newId() }), refusal('empty-document'))
  const codes: string[] = []
  for (const [name, bytes] of [['空.txt', new Uint8Array()], ['坏.docx', text.encode('PK\u0003\u0004 not really a zip')], ['图.png', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 0])], ['扫描.pdf', text.encode('%PDF-1.4\n%%EOF')]] as const) {
    await assert.rejects(duty.call(n.importNotice, { noticeId: newId() }, file(name, bytes)), (error: unknown) => {
      const { status, code, message } = error as { status: number; code: string; message: string }
      codes.push(code)
      return status === 422 && /没有保存/.test(message)
    }, name)
  }
  assert.equal(codes.length, 4)
  await assert.rejects(duty.call(n.importNotice, { noticeId: newId() }, file('大.docx', new Uint8Array(21 * 1048576))), refusal('too-large'))
  assert.equal((await duty.call(n.drafts, {})).total, 0)
})

test('the same notice twice is noticed, says which it is, and may be imported all the same', async () => {
  const text = noticeText(scene)
  const noticeId = newId()
  await scene.as('duty').call(n.importNotice, { noticeId, text })
  await assert.rejects(scene.as('duty').call(n.importNotice, { noticeId: newId(), text: text.replaceAll('\n', '\n\n') }), (error: unknown) => refusal('duplicate-notice')(error) && (error as { details: { noticeId: string } }).details.noticeId === noticeId)
  await assert.rejects(scene.as('duty').call(n.importNotice, { noticeId: newId(), text: text.replace('排水', '供电') }), refusal('duplicate-notice'), 'the same issuer and number')
  await scene.as('duty').call(n.importNotice, { noticeId: newId(), text, again: true })
})

test('the imported file can be had back, byte for byte', async () => {
  const bytes = new TextEncoder().encode(noticeText(scene))
  const noticeId = newId()
  await scene.as('duty').call(n.importNotice, { noticeId, again: true }, { file: { name: '通知.txt', bytes } })
  const back = await scene.as('duty').call(n.original, { noticeId })
  assert.deepEqual(new Uint8Array(Buffer.from(back.base64, 'base64')), bytes)
  await assert.rejects(scene.as('secretary').call(n.original, { noticeId }), refusal('not-found'))
})

test('addressees are resolved to units; a prohibition is shown first; spans are of the text', async () => {
  const { draft } = await drafted()
  const names = (ids: string[]) => ids.map((id) => draft.units.find((unit) => unit.unitId === id)?.name).toSorted()
  assert.deepEqual(names(find(draft, '摸排').unitIds), ['信息学院', '医学院'])
  assert.deepEqual(names(find(draft, '排水').unitIds), ['后勤管理处'])
  const ban = find(draft, '提前返校')
  assert.equal(ban.modality, 'must-not')
  assert.deepEqual(ban.people, { kinds: ['student'], members: false, unitIds: [] })
  const daily = find(draft, '每天17:00')
  assert.deepEqual([daily.cycle, daily.cycleTime], ['daily', '17:00'])
  assert.equal(find(draft, '报学生处').dueAt, ahead(scene, 5).at)
  for (const duty of draft.duties) if (duty.start !== null && duty.end !== null) assert.equal(draft.text.slice(duty.start, duty.end), duty.text)
  const first = draft.doubts.find((doubt) => doubt.dutyId)
  assert.equal(draft.duties.find((duty) => duty.dutyId === first?.dutyId)?.modality, 'must-not', 'doubts about prohibitions come first')
})

test('an addressee that matches nobody is a doubt, and stops the issue until somebody says who is meant', async () => {
  const { noticeId, draft, made } = await drafted(noticeText(scene).replace('各二级学院、各部门：', '各二级学院、航天飞行学院：').replace('后勤管理处要于', '水电中心要于'))
  assert.deepEqual(made.unmatched, ['航天飞行学院'])
  assert.ok(draft.doubts.some((doubt) => doubt.code === 'addressee-unmatched'))
  const drainage = find(draft, '排水')
  assert.deepEqual([drainage.unitIds, drainage.unmatched], [[], ['水电中心']])
  const duty = scene.as('duty')
  await duty.call(n.fillBlanks, { noticeId, dueAt: ahead(scene, 6).at, evidence: '说明', reportTo: '指挥部' })
  await duty.call(n.confirmDuties, { noticeId })
  assert.deepEqual((await duty.call(n.preview, { noticeId })).stops.map((stop) => stop.code), ['addressee-nobody'])
  await assert.rejects(duty.call(n.issue, { noticeId }), refusal('addressee-nobody'))
  await duty.call(n.saveDuty, { dutyId: drainage.dutyId, unitIds: [scene.unit('后勤管理处')] })
  const issued = await duty.call(n.issue, { noticeId })
  assert.ok(issued.assignments > 0)
})

test('what a person made of the reading is applied to the next notice, and said so', async () => {
  const { draft } = await drafted(noticeText(scene).replace('后勤管理处要于', '动力科要于'))
  await scene.as('duty').call(n.saveDuty, { dutyId: find(draft, '排水').dutyId, unitIds: [scene.unit('后勤管理处')] })
  await scene.as('duty').call(n.dropDuty, { dutyId: find(draft, '建立台账').dutyId, reason: '并入摸排' })
  const next = await drafted(noticeText(scene).replace('后勤管理处要于', '动力科要于').replace('7号', '8号'))
  const drainage = find(next.draft, '排水')
  assert.deepEqual(drainage.unitIds, [scene.unit('后勤管理处')])
  assert.match(drainage.learnt[0]?.zh ?? '', /动力科/)
  assert.equal(find(next.draft, '建立台账').status, 'dropped')
  assert.ok(next.made.learnt.length >= 2)
  const { corrections } = await scene.as('duty').call(n.corrections, {})
  for (const one of corrections.filter((one) => one.inUse)) await scene.as('duty').call(n.forgetCorrection, { correctionId: one.correctionId })
  assert.deepEqual(find((await drafted(noticeText(scene).replace('后勤管理处要于', '动力科要于'))).draft, '排水').unitIds, [])
})

test('split, merge, drop, restore, add', async () => {
  const duty = scene.as('duty')
  const { noticeId, draft } = await drafted()
  const daily = find(draft, '每天17:00')
  const at = (daily.start ?? 0) + daily.text.indexOf('每天')
  const { duties } = await duty.call(n.splitDuty, { dutyId: daily.dutyId, newDutyId: newId(), at })
  assert.equal(duties[1]?.text.startsWith('每天17:00'), true)
  await assert.rejects(duty.call(n.splitDuty, { dutyId: daily.dutyId, newDutyId: newId(), at: 1 }), refusal('bad-input'))
  const merged = await duty.call(n.mergeDuties, { dutyIds: duties.map((one) => one.dutyId) })
  assert.equal(merged.text, duties.map((one) => one.text).join('；'))
  await assert.rejects(duty.call(n.mergeDuties, { dutyIds: [merged.dutyId, find(draft, '提前返校').dutyId] }), refusal('merge-modality'))
  await duty.call(n.dropDuty, { dutyId: merged.dutyId })
  assert.equal((await duty.call(n.restoreDuty, { dutyId: merged.dutyId })).status, 'proposed')
  const start = draft.text.indexOf('对落实不力的')
  const added = await duty.call(n.addDuty, { noticeId, dutyId: newId(), start, end: start + 12, unitIds: [scene.unit('学生处')] })
  assert.equal(added.text, draft.text.slice(start, start + 12))
  assert.equal(added.clause, '五')
  await assert.rejects(duty.call(n.addDuty, { noticeId, dutyId: newId() }), refusal('bad-input'))
  await assert.rejects(duty.call(n.saveDuty, { dutyId: added.dutyId, start: 5, end: 9_999_999 }), refusal('bad-input'))
  await assert.rejects(duty.call(n.saveDuty, { dutyId: added.dutyId, unitIds: [newId()] }), refusal('bad-input'))
  await duty.call(n.discard, { noticeId })
  await assert.rejects(duty.call(n.draft, { noticeId }), refusal('not-found'))
})

test('the preview says who is reached per level, reconciled with the roster, who is nobody’s, and the burden', async () => {
  const duty = scene.as('duty')
  const responseId = await openResponse(scene)
  const { noticeId, draft } = await drafted()
  await duty.call(n.setHeader, { noticeId, responseId })
  await duty.call(n.joinMeasure, { dutyId: find(draft, '摸排').dutyId, preset: 'whereabouts-known' })
  await assert.rejects(duty.call(n.joinMeasure, { dutyId: find(draft, '摸排').dutyId, preset: 'no-such' }), refusal('bad-input'))
  await duty.call(n.confirmDuties, { noticeId })
  const preview = await duty.call(n.preview, { noticeId })
  const { roster } = preview
  assert.equal(roster.reached + roster.notReached, roster.people)
  assert.equal(roster.byKind.reduce((sum, row) => sum + row.reached, 0), roster.reached)
  assert.equal(preview.levels.reduce((sum, level) => sum + level.units, 0), new Set(draft.duties.flatMap((one) => one.unitIds)).size)
  assert.ok(preview.nobody.some((one) => one.unit.name === '信息中心'), 'a department without a head is named')
  assert.equal(preview.measures[0]?.burden?.questions, 1)
  assert.ok((preview.measures[0]?.burden?.people ?? 0) > 0)
  assert.equal((await duty.call(n.preview, { noticeId })).measures.length, 1, 'weighing leaves nothing behind')
  assert.ok(preview.asks.some((ask) => ask.code === 'blanks'))
  await assert.rejects(duty.call(n.issue, { noticeId }), refusal('blanks'))
})

test('a deadline in the past, a prohibition left open, duties not confirmed: each is said before anything is sent', async () => {
  const duty = scene.as('duty')
  const { noticeId, draft } = await drafted(noticeText(scene).replace(ahead(scene, 5).words, ahead(scene, -1).words))
  const late = find(draft, '报学生处')
  assert.equal(late.pastDue, true)
  await duty.call(n.fillBlanks, { noticeId, dueAt: ahead(scene, 6).at, evidence: '说明', reportTo: '指挥部' })
  const ban = find(draft, '提前返校')
  await duty.call(n.confirmDuties, { noticeId, dutyIds: draft.duties.filter((one) => one.dutyId !== ban.dutyId).map((one) => one.dutyId) })
  await assert.rejects(duty.call(n.issue, { noticeId, leaveUnconfirmed: true }), refusal('prohibition-open'))
  await duty.call(n.saveDuty, { dutyId: ban.dutyId, confirm: true })
  await assert.rejects(duty.call(n.issue, { noticeId }), (error: unknown) => refusal('past-deadline')(error) && JSON.stringify((error as { details: unknown }).details).includes(late.dutyId))
  assert.equal((await duty.call(n.list, { text: '没有这样的' })).total, 0)
  assert.equal((await scene.as('otherSecretary').call(n.todo, {})).toAcknowledge.items.filter((one) => one.noticeId === noticeId).length, 0, 'nothing was sent')
  await assert.rejects(scene.as('secretary').call(n.issue, { noticeId }), refusal('not-found'))
  const issued = await duty.call(n.issue, { noticeId, acknowledgePast: [late.dutyId] })
  assert.ok(issued.assignments > 0)
  await assert.rejects(duty.call(n.saveDuty, { dutyId: ban.dutyId, text: '改一改' }), (error: unknown) => (error as { status: number }).status === 409, 'what is issued stays as it was')
  await assert.rejects(duty.call(n.issue, { noticeId }), (error: unknown) => (error as { status: number }).status === 409)
  assert.equal((await duty.call(n.get, { noticeId })).notice.issuedBy, '值甲', 'a named person issues')
})
