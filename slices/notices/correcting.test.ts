/** What a person corrects of a reading is applied to the next notice, step by step, said so, and can be taken back. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { newId } from '#kernel/ids.ts'
import { openScene, type Scene } from '../../tests/scene.ts'
import { resolveWords } from './addressees.ts'
import * as n from './contract.ts'
import { noticeText, openResponse, refusal } from './scenario.ts'

let scene: Scene
before(async () => void (scene = await openScene()))
after(() => scene.close())
beforeEach(async () => {
  for (const one of (await scene.as('duty').call(n.corrections, {})).corrections) if (one.inUse) await scene.as('duty').call(n.forgetCorrection, { correctionId: one.correctionId })
})

const drafted = async (text = noticeText(scene), responseId?: string) => {
  const noticeId = newId()
  await scene.as('duty').call(n.importNotice, { noticeId, text, again: true, ...(responseId ? { responseId } : {}) })
  return { noticeId, draft: await scene.as('duty').call(n.draft, { noticeId }) }
}
type Draft = Awaited<ReturnType<typeof drafted>>['draft']
const find = (draft: Draft, words: string) => {
  const duty = draft.duties.find((one) => one.text.includes(words))
  assert.ok(duty, `a duty says ${words}`)
  return duty
}

test('a word that matches nobody is said once: addressees, duties and the next notice follow, and it can be taken back', async () => {
  const duty = scene.as('duty')
  const text = noticeText(scene).replace('各二级学院、各部门：', '各二级学院、航天飞行学院：').replace('后勤管理处要于', '水电中心要于')
  const { noticeId, draft } = await drafted(text)
  assert.deepEqual(draft.unmatched, ['航天飞行学院'])
  assert.deepEqual(find(draft, '排水').unitIds, [])
  await assert.rejects(scene.as('secretary').call(n.mapWord, { noticeId, word: '水电中心', unitIds: [scene.unit('后勤管理处')] }), refusal('not-found'))
  await assert.rejects(duty.call(n.mapWord, { noticeId, word: '水电中心', unitIds: [newId()] }), refusal('bad-input'))
  assert.ok((await duty.call(n.mapWord, { noticeId, word: '水电中心', unitIds: [scene.unit('后勤管理处')] })).duties >= 1)
  await duty.call(n.mapWord, { noticeId, word: '航天飞行学院', none: true })
  const now = await duty.call(n.draft, { noticeId })
  assert.deepEqual([now.unmatched, find(now, '排水').unitIds], [[], [scene.unit('后勤管理处')]])
  assert.ok(now.doubts.filter((doubt) => /航天飞行学院|水电中心/.test(doubt.zh)).every((doubt) => doubt.settled), 'what was asked is answered')
  const nobody = (of: Draft) => of.learnt.find((one) => one.phrase === '航天飞行学院')
  assert.equal(nobody(now)?.made.zh, '不是本校单位', 'said at once, where it was answered')
  const next = await drafted(text.replace('7号', '8号'))
  assert.equal(nobody(next.draft)?.made.zh, '不是本校单位', 'and in the notice that is read by it')
  assert.deepEqual([next.draft.unmatched, find(next.draft, '排水').unitIds], [[], [scene.unit('后勤管理处')]])
  assert.ok(next.draft.learnt.some((one) => one.phrase === '水电中心' && one.dutyIds.includes(find(next.draft, '排水').dutyId)))
  const applied = find(next.draft, '排水').learnt[0]
  assert.match(applied?.zh ?? '', /水电中心/)
  await duty.call(n.forgetCorrection, { correctionId: applied?.correctionId ?? '', noticeId: next.noticeId })
  const back = find(await duty.call(n.draft, { noticeId: next.noticeId }), '排水')
  assert.deepEqual([back.unitIds, back.learnt], [[], []], 'as it was read')
  await duty.call(n.forgetCorrection, { correctionId: nobody(next.draft)?.correctionId ?? '', noticeId: next.noticeId })
  const asked = await duty.call(n.draft, { noticeId: next.noticeId })
  assert.deepEqual([asked.unmatched, nobody(asked)], [['航天飞行学院'], undefined], 'taken back, it is asked again')
  assert.deepEqual(find((await drafted(text.replace('7号', '9号'))).draft, '排水').unitIds, [])
})

test('a word with brackets is answered as any other', async () => {
  const duty = scene.as('duty')
  for (const word of ['航天（飞行）学院', '航海(轮机)学院']) {
    const { noticeId, draft } = await drafted(noticeText(scene).replace('各二级学院、各部门：', `各二级学院、${word}：`))
    assert.equal(draft.unmatched.length, 1)
    await duty.call(n.mapWord, { noticeId, word: draft.unmatched[0] ?? '', unitIds: [scene.unit('后勤管理处')] })
    const now = await duty.call(n.draft, { noticeId })
    assert.deepEqual([now.unmatched, now.addressees.at(-1)?.unitIds], [[], [scene.unit('后勤管理处')]])
  }
})

test('院（系）党组织 and 各院系党委 are the general branches, not the colleges; 各部处 are the departments', () => {
  const units = [
    { unitId: 'a', tree: 'admin', kind: 'college', name: '信息学院', parentId: 'r' },
    { unitId: 'b', tree: 'party', kind: 'general-branch', name: '信息学院党总支', parentId: 'p' },
  ]
  assert.deepEqual(resolveWords(['各部处'], [{ unitId: 'd', tree: 'admin', kind: 'department', name: '教务处', parentId: 'r' }]).resolved[0]?.unitIds, ['d'])
  for (const word of ['院（系）党组织', '各院系党委', '院系党总支', '各学院党组织']) assert.deepEqual(resolveWords([word], units).resolved[0]?.unitIds, ['b'], word)
})

test('each step of a reading is remembered by its wording, with other dates too; an undone edit teaches nothing', async () => {
  const duty = scene.as('duty')
  const responseId = await openResponse(scene)
  const { draft } = await drafted(noticeText(scene), responseId)
  const drainage = find(draft, '排水')
  await duty.call(n.saveDuty, { dutyId: drainage.dutyId, modality: 'should', cycle: 'daily', cycleTime: '08:30' })
  await duty.call(n.saveDuty, { dutyId: find(draft, '摸排').dutyId, unitIds: [scene.unit('信息学院')] })
  await duty.call(n.joinMeasure, { dutyId: find(draft, '摸排').dutyId, preset: 'whereabouts-known' })
  const reported = find(draft, '报学生处')
  await duty.call(n.saveDuty, { dutyId: reported.dutyId, reportTo: '教务处' })
  await duty.call(n.saveDuty, { dutyId: reported.dutyId, reportTo: reported.reportTo })
  const text = noticeText(scene).replace('7号', '11号').replace(/\d+月\d+日17:00/g, '12月30日17:00')
  const next = (await drafted(text, responseId)).draft
  const again = find(next, '排水')
  assert.deepEqual([again.modality, again.cycle, again.cycleTime], ['should', 'daily', '08:30'])
  assert.ok(again.steps.some((step) => step.step === 'modality' && /由人/.test(step.zh)) && again.learnt.length >= 2, 'it says what was applied')
  const sorted = find(next, '摸排')
  assert.deepEqual([sorted.unitIds, sorted.measure?.preset], [[scene.unit('信息学院')], 'whereabouts-known'])
  assert.equal(find(next, '报学生处').reportTo, reported.reportTo, 'put back, so nothing was learnt')
  const without = (await drafted(text.replace('11号', '12号'))).draft
  assert.equal(find(without, '摸排').measure, null, 'no response, so no measure is joined by itself')
  const other = find(next, '建立台账')
  assert.deepEqual(other.learnt, [], 'other duties are read as they are written')
})

test('no prohibition is softened or dropped by what was done to one before', async () => {
  const duty = scene.as('duty')
  const { draft } = await drafted()
  const ban = find(draft, '提前返校')
  await duty.call(n.saveDuty, { dutyId: ban.dutyId, modality: 'should' })
  await duty.call(n.dropDuty, { dutyId: ban.dutyId })
  const again = find((await drafted(noticeText(scene).replace('7号', '13号'))).draft, '提前返校')
  assert.deepEqual([again.modality, again.status], ['must-not', 'proposed'])
})

test('a sentence that was missed and added by hand is a duty of the next notice that holds it', async () => {
  const duty = scene.as('duty')
  const { noticeId, draft } = await drafted()
  const words = '对落实不力的'
  const start = draft.text.indexOf(words)
  await duty.call(n.addDuty, { noticeId, dutyId: newId(), start, end: start + 12, unitIds: [scene.unit('学生处')] })
  const next = (await drafted(noticeText(scene).replace('7号', '14号'))).draft
  const found = find(next, words)
  assert.deepEqual([found.status, found.text], ['proposed', draft.text.slice(start, start + 12)])
  assert.equal(next.text.slice(found.start ?? 0, found.end ?? 0), found.text)
  await duty.call(n.forgetCorrection, { correctionId: found.learnt[0]?.correctionId ?? '' })
  assert.equal((await drafted(noticeText(scene).replace('7号', '15号'))).draft.duties.some((one) => one.text.includes(words)), false)
})

test('a merge keeps its confirmation, and putting it back gives every duty as it was', async () => {
  const duty = scene.as('duty')
  const { noticeId, draft } = await drafted()
  const [a, b] = [find(draft, '摸排'), find(draft, '建立台账')]
  await duty.call(n.saveDuty, { dutyId: b.dutyId, evidence: '台账', confirm: true })
  await duty.call(n.joinMeasure, { dutyId: b.dutyId, preset: 'whereabouts-known' })
  await duty.call(n.confirmDuties, { noticeId, dutyIds: [a.dutyId] })
  const before = (await duty.call(n.draft, { noticeId })).duties
  const merged = await duty.call(n.mergeDuties, { dutyIds: [a.dutyId, b.dutyId] })
  assert.deepEqual([merged.status, merged.shaped], ['confirmed', 'merged'])
  await duty.call(n.putBack, { dutyId: a.dutyId })
  assert.deepEqual((await duty.call(n.draft, { noticeId })).duties, before)
  await duty.call(n.splitDuty, { dutyId: a.dutyId, newDutyId: newId(), at: (a.start ?? 0) + 6 })
  await duty.call(n.putBack, { dutyId: a.dutyId })
  assert.deepEqual((await duty.call(n.draft, { noticeId })).duties, before)
  await assert.rejects(duty.call(n.putBack, { dutyId: a.dutyId }), (error: unknown) => (error as { status: number }).status === 409)
})

test('the preview counts on request what is not confirmed yet; the measures carry who demands them', async () => {
  const duty = scene.as('duty')
  const responseId = await openResponse(scene)
  const { noticeId, draft } = await drafted(noticeText(scene).replaceAll('江畔大学疫情防控指挥部', '江畔市教育局'), responseId)
  assert.deepEqual((await duty.call(n.preview, { noticeId })).levels, [], 'nothing is confirmed')
  const all = await duty.call(n.preview, { noticeId, all: true })
  assert.deepEqual([all.duties.confirmed, all.duties.proposed], [0, draft.duties.length])
  await duty.call(n.joinMeasure, { dutyId: find(draft, '摸排').dutyId, preset: 'whereabouts-known' })
  await duty.call(n.confirmDuties, { noticeId })
  assert.deepEqual((await duty.call(n.preview, { noticeId })).levels, all.levels)
  await duty.call(n.setHeader, { noticeId, issuer: '江畔市教育局' })
  assert.equal((await duty.call(n.draft, { noticeId })).header.demandedBy, 'city')
  await duty.call(n.setHeader, { noticeId, demandedBy: 'province' })
  assert.equal((await duty.call(n.draft, { noticeId })).header.demandedBy, 'province')
})
