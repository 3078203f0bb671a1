import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { newId } from '#kernel/ids.ts'
import { openScene, type Scene } from '../../tests/scene.ts'
import * as n from './contract.ts'
import { hours, issueNotice, noticeText, openResponse, refusal, type Issued } from './scenario.ts'

let scene: Scene
let issued: Issued
let census: string
before(async () => {
  scene = await openScene()
  const responseId = await openResponse(scene)
  issued = await issueNotice(scene, {
    responseId,
    async before(noticeId) {
      const { duties } = await scene.as('duty').call(n.draft, { noticeId })
      const whereabouts = duties.find((duty) => duty.text.includes('摸排'))
      assert.ok(whereabouts)
      assert.ok(whereabouts.suggestions.some((one) => one.preset === 'whereabouts-known'), 'the reader suggests the measure')
      await scene.as('duty').call(n.joinMeasure, { dutyId: whereabouts.dutyId, preset: 'whereabouts-known' })
    },
  })
  census = issued.duty('摸排')
})
after(() => scene.close())

const own = async (dutyId: string, unit: string) => {
  const { assignments } = await scene.as('duty').call(n.duty, { dutyId })
  const found = assignments.find((one) => one.unit.name === unit)
  assert.ok(found, `${unit} has the duty`)
  return found
}

test('each addressed college has the duty, with whoever answers for it now', async () => {
  const college = await own(census, '信息学院')
  assert.equal(college.state, 'sent')
  assert.equal(college.owner?.person.name, '书甲')
  assert.equal((await own(census, '医学院')).owner?.person.name, '书乙')
  const { measure } = (await scene.as('duty').call(n.get, { noticeId: issued.noticeId })).duties.find((one) => one.dutyId === census) ?? {}
  assert.equal(measure?.counts.population, measure ? measure.counts.kept + measure.counts.gap + measure.counts.excused + measure.counts.unknown : 0)
  assert.ok((measure?.counts.unknown ?? 0) > 0, 'the joined measure is on and asks')
})

test('acknowledged, handed down, reported, sent back, reported again, accepted', async () => {
  const secretary = scene.as('secretary')
  const college = await own(census, '信息学院')
  const todo = await secretary.call(n.todo, {})
  assert.ok(todo.toAcknowledge.items.some((one) => one.assignmentId === college.assignmentId))
  assert.deepEqual(await secretary.call(n.acknowledge, { assignmentIds: [college.assignmentId] }), { acknowledged: 1 })
  assert.deepEqual(await secretary.call(n.acknowledge, { assignmentIds: [college.assignmentId] }), { acknowledged: 0 }, 'a second signature changes nothing')

  const handed = await secretary.call(n.handDown, { assignmentId: college.assignmentId, kind: 'class' })
  assert.equal(handed.handed, 2)
  assert.deepEqual(handed.nobody.map((unit) => unit.name), ['软件2026-2班'], 'the class whose counsellor has left is named')
  assert.equal((await secretary.call(n.handDown, { assignmentId: college.assignmentId, kind: 'class' })).already, 2)
  const klass = await own(census, '软件2026-1班')
  assert.equal(klass.parentId, college.assignmentId)

  // The deputy counsellor acts as well as the holder.
  const deputy = scene.as('deputyCounsellor')
  assert.ok((await deputy.call(n.todo, {})).toAcknowledge.items.some((one) => one.assignmentId === klass.assignmentId))
  await deputy.call(n.acknowledge, { assignmentIds: [klass.assignmentId] })
  // A class that has nobody falls to the secretary of its college.
  assert.ok((await secretary.call(n.todo, {})).toAcknowledge.items.some((one) => one.unit.name === '软件2026-2班'))

  const first = newId()
  assert.deepEqual(await scene.as('counsellor').call(n.report, { assignmentId: klass.assignmentId, reportId: first, text: '已联系 3 人' }), { reportId: first, version: 1, state: 'reported' })
  assert.ok((await secretary.call(n.todo, {})).toReview.items.some((one) => one.assignmentId === klass.assignmentId))
  await assert.rejects(secretary.call(n.review, { assignmentId: klass.assignmentId, reportId: first, verdict: 'sent-back' }), refusal('bad-input'), 'sending back needs a reason')
  assert.deepEqual(await secretary.call(n.review, { assignmentId: klass.assignmentId, reportId: first, verdict: 'sent-back', note: '应有 5 人，还差 2 人' }), { state: 'sent-back' })

  const second = newId()
  await scene.as('counsellor').call(n.report, { assignmentId: klass.assignmentId, reportId: second, text: '5 人全部联系到', figures: [{ label: '已联系', value: 5 }] }, { file: { name: '名单.txt', bytes: new TextEncoder().encode('见附件') } })
  await assert.rejects(secretary.call(n.review, { assignmentId: klass.assignmentId, reportId: first, verdict: 'accepted' }), (error: unknown) => (error as { status?: number }).status === 409, 'an older version cannot be accepted')
  assert.deepEqual(await secretary.call(n.review, { assignmentId: klass.assignmentId, reportId: second, verdict: 'accepted' }), { state: 'accepted' })

  const detail = await secretary.call(n.assignment, { assignmentId: klass.assignmentId })
  assert.deepEqual(detail.reports.map((report) => [report.version, report.verdict]), [[2, 'accepted'], [1, 'sent-back']])
  assert.deepEqual(detail.events.map((event) => event.kind), ['handed-down', 'acknowledged', 'reported', 'sent-back', 'reported', 'accepted'])
  const file = await secretary.call(n.evidence, { assignmentId: klass.assignmentId, reportId: second })
  assert.equal(Buffer.from(file.base64, 'base64').toString(), '见附件')
  assert.deepEqual((await own(census, '信息学院')).below, { total: 2, acknowledged: 1, reported: 1, done: 1 }, 'the college sees one of two')
})

test('each level counts its own: what comes in from above, and what it handed down', async () => {
  const bars = async (who: string) => {
    const duty = (await scene.as(who).call(n.get, { noticeId: issued.noticeId })).duties.find((one) => one.dutyId === census)
    return [duty?.progress.total, duty?.below.total]
  }
  assert.deepEqual(await bars('duty'), [2, 2])
  assert.deepEqual(await bars('secretary'), [1, 2])
  assert.deepEqual(await bars('counsellor'), [1, 0])
  const board = await scene.as('secretary').call(n.assignments, { unitId: scene.unit('信息学院'), below: true, noticeId: issued.noticeId })
  assert.equal(board.progress.total, board.progress.done + board.progress.reported + board.progress.underWay + board.progress.waiting + board.progress.overdue + board.progress.nobody)
  assert.equal(board.progress.nobody, 1, 'the class whose counsellor has left')
  await assert.rejects(scene.as('secretary').call(n.assignments, { unitId: scene.unit('医学院') }), refusal('not-found'))
})

test('nobody reviews their own unit', async () => {
  const college = await own(census, '信息学院')
  const reportId = newId()
  await scene.as('secretary').call(n.report, { assignmentId: college.assignmentId, reportId, text: '全院已摸排' })
  await assert.rejects(scene.as('secretary').call(n.review, { assignmentId: college.assignmentId, reportId, verdict: 'accepted' }), refusal('self-review'))
  assert.ok((await scene.as('duty').call(n.todo, {})).toReview.items.some((one) => one.assignmentId === college.assignmentId))
  assert.ok(!(await scene.as('secretary').call(n.todo, {})).toReview.items.some((one) => one.assignmentId === college.assignmentId))
  // Reported on behalf by the duty officer: even an officer over everything does not accept it.
  const other = await own(census, '医学院')
  const onBehalf = newId()
  await scene.as('duty').call(n.report, { assignmentId: other.assignmentId, reportId: onBehalf, text: '电话报来：已完成' })
  await assert.rejects(scene.as('duty').call(n.review, { assignmentId: other.assignmentId, reportId: onBehalf, verdict: 'accepted' }), refusal('self-review'))
  assert.equal((await scene.as('organisation').call(n.assignment, { assignmentId: other.assignmentId })).reports[0]?.onBehalf, true)
  assert.deepEqual(await scene.as('organisation').call(n.review, { assignmentId: other.assignmentId, reportId: onBehalf, verdict: 'accepted' }), { state: 'accepted' })
})

test('nobody sees or touches what is not theirs', async () => {
  const other = await own(census, '医学院')
  for (const who of ['secretary', 'counsellor', 'student', 'dataProtection'] as const) {
    await assert.rejects(scene.as(who).call(n.acknowledge, { assignmentIds: [other.assignmentId] }), refusal('not-found'), who)
    await assert.rejects(scene.as(who).call(n.report, { assignmentId: other.assignmentId, reportId: newId(), text: '冒充' }), refusal('not-found'), who)
  }
  const seen = await scene.as('secretary').call(n.get, { noticeId: issued.noticeId })
  assert.ok(seen.duties.every((duty) => duty.missing.every((one) => one.unit.name !== '医学院')), 'a college does not see who is late elsewhere')
  assert.ok(!seen.text.includes('13800000000') && !seen.text.includes('office@example.edu.cn'), 'contacts are masked')
  assert.equal(seen.text.length, noticeText(scene).length, 'masking keeps every offset')
  await assert.rejects(scene.as('secretary').call(n.draft, { noticeId: issued.noticeId }), refusal('not-found'))
  await assert.rejects(scene.as('student').call(n.get, { noticeId: issued.noticeId }), refusal('forbidden'))
})

test('an empty report is refused; an ended one too', async () => {
  const drainage = await own(issued.duty('排水'), '后勤管理处')
  await assert.rejects(scene.as('logistics').call(n.report, { assignmentId: drainage.assignmentId, reportId: newId() }), refusal('empty-report'))
  await assert.rejects(scene.as('logistics').call(n.handDown, { assignmentId: drainage.assignmentId }), refusal('no-sub-units'))
  assert.equal((await scene.as('duty').call(n.remind, { assignmentIds: [drainage.assignmentId], note: '请今天完成' })).reminded, 1)
  assert.equal((await scene.as('logistics').call(n.todo, {})).told[0]?.note, '请今天完成')
})

test('the bar is the sum of its parts, and the person sees what the notice means for them', async () => {
  const { clauses, duties, progress } = await scene.as('duty').call(n.get, { noticeId: issued.noticeId })
  for (const bar of [progress, ...clauses.map((clause) => clause.progress), ...duties.map((duty) => duty.progress)]) assert.equal(bar.total, bar.done + bar.reported + bar.underWay + bar.waiting + bar.overdue + bar.nobody)
  const mine = await scene.as('student').call(n.mine, {})
  const notice = mine.notices.find((one) => one.noticeId === issued.noticeId)
  assert.equal(mine.unopened, 1)
  assert.deepEqual(notice?.forMe.map((one) => one.modality), ['must-not'])
  assert.match(notice?.forMe[0]?.zh ?? '', /禁止.*不得提前返校/)
  await scene.as('student').call(n.opened, { noticeId: issued.noticeId })
  const { openedAt } = await scene.as('student').call(n.opened, { noticeId: issued.noticeId })
  await scene.advance(hours(1))
  assert.equal((await scene.as('student').call(n.opened, { noticeId: issued.noticeId })).openedAt, openedAt, 'the receipt is recorded once')
  assert.equal((await scene.as('duty').call(n.get, { noticeId: issued.noticeId })).receipts.opened, 1)
  assert.ok(!(await scene.as('student').call(n.view, { noticeId: issued.noticeId })).text.includes('13800000000'))
})
