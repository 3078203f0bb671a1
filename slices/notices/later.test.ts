import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { newId } from '#kernel/ids.ts'
import { openScene, type Scene } from '../../tests/scene.ts'
import * as n from './contract.ts'
import { ahead, hours, issueNotice, openResponse, refusal, type Issued } from './scenario.ts'

let scene: Scene
let issued: Issued
before(async () => {
  scene = await openScene()
  // At one in the morning there is time for everything the day asks.
  const local = new Date(scene.now()).toLocaleTimeString('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit' })
  await scene.advance(hours(25 - Number(local.slice(0, 2))))
  issued = await issueNotice(scene, { responseId: await openResponse(scene) })
})
after(() => scene.close())

const units = async (dutyId: string) => (await scene.as('duty').call(n.duty, { dutyId, size: 200 })).assignments
const localDay = () => new Date(scene.now()).toLocaleDateString('en-CA', { timeZone: 'Asia/Shanghai' })

test('a daily duty occurs once a day and unit, at local midnight, and a zero report is one tap', async () => {
  const daily = issued.duty('每天17:00')
  const today = (await units(daily)).filter((one) => one.unit.name === '信息学院')
  assert.deepEqual(today.map((one) => one.period), [localDay()])
  assert.equal(today[0]?.dueAt, ahead(scene, 0).at)
  const first = today[0]
  assert.ok(first)
  const secretary = scene.as('secretary')
  await secretary.call(n.handDown, { assignmentId: first.assignmentId, kind: 'class' })
  assert.deepEqual(await secretary.call(n.report, { assignmentId: first.assignmentId, reportId: newId(), zero: true }).then((done) => [done.version, done.state]), [1, 'accepted'])
  // One report per unit and day: what comes later is its next version.
  assert.equal((await secretary.call(n.report, { assignmentId: first.assignmentId, reportId: newId(), text: '更正：1 人发热' })).version, 2)
  await assert.rejects(secretary.call(n.report, { assignmentId: first.assignmentId, reportId: newId(), zero: true, figures: [{ label: '发热', value: 1 }] }), refusal('bad-input'))

  await scene.advance(hours(20))
  assert.equal((await units(daily)).filter((one) => one.unit.name === '信息学院').length, 1, 'not before midnight')
  await scene.advance(hours(5))
  const next = (await units(daily)).filter((one) => one.unit.name === '信息学院')
  assert.equal(next.length, 2)
  const second = next.find((one) => one.period === localDay())
  assert.equal(second?.state, 'under-way', 'signed before, and handed down again')
  assert.equal(second?.below.total, 2)
  await scene.runJobs()
  assert.equal((await units(daily)).filter((one) => one.unit.name === '信息学院').length, 2, 'once, however often the jobs run')
  const { duties } = await scene.as('duty').call(n.get, { noticeId: issued.noticeId })
  const shown = duties.find((one) => one.dutyId === daily)
  assert.equal(shown?.period, localDay(), 'the page counts the current day')
  const all = await units(daily)
  const owed = all.filter((one) => one.period !== localDay() && one.overdue)
  assert.ok(owed.length > 0 && owed.length < all.filter((one) => one.period !== localDay()).length, 'some owe the day before, some are done with it')
  assert.equal((shown?.progress.total ?? 0) + (shown?.below.total ?? 0), all.filter((one) => one.period === localDay()).length + owed.length, 'and what is still owed of the day before, as everywhere else')
})

test('reminded before, told upwards after, each step once, and silent when done', async () => {
  const drainage = issued.duty('排水')
  const one = (await units(drainage))[0]
  assert.ok(one?.dueAt)
  const reminders = async () => (await scene.as('duty').call(n.assignment, { assignmentId: one.assignmentId })).events.filter((event) => ['reminded', 'escalated'].includes(event.kind)).map((event) => event.note)
  assert.deepEqual(await reminders(), ['unacknowledged', 'unacknowledged-up'], 'a day has passed unsigned')
  await scene.as('logistics').call(n.acknowledge, { assignmentIds: [one.assignmentId] })
  await scene.advance(Date.parse(one.dueAt) - scene.now().getTime() - hours(23))
  assert.deepEqual((await reminders()).slice(2), ['day-before'])
  assert.equal((await scene.as('logistics').call(n.todo, {})).told.find((told) => told.assignmentId === one.assignmentId)?.kind, 'reminder')
  await scene.advance(hours(22))
  await scene.runJobs()
  assert.deepEqual((await reminders()).slice(2), ['day-before', 'hours-before'])
  await scene.advance(hours(1.1))
  assert.deepEqual((await reminders()).slice(4), ['overdue-up'])
  const { progress } = (await scene.as('duty').call(n.get, { noticeId: issued.noticeId })).duties.find((duty) => duty.dutyId === drainage) ?? {}
  assert.equal(progress?.overdue, 1)
  assert.equal((await scene.as('duty').call(n.duty, { dutyId: drainage, show: 'overdue' })).total, 1)
  await scene.as('logistics').call(n.report, { assignmentId: one.assignmentId, reportId: newId(), text: '已完成' })
  await scene.advance(hours(30))
  assert.deepEqual((await reminders()).slice(4), ['overdue-up'], 'once reported, nobody is told any more')
  assert.equal((await scene.as('duty').call(n.assignment, { assignmentId: one.assignmentId })).reports[0]?.late, true)
})

test('what is handed down climbs from the class to the college', async () => {
  const census = issued.duty('摸排')
  const college = (await units(census)).find((one) => one.unit.name === '医学院')
  assert.ok(college)
  const dueAt = new Date(scene.now().getTime() + hours(3)).toISOString()
  await assert.rejects(scene.as('otherSecretary').call(n.handDown, { assignmentId: college.assignmentId, kind: 'class', dueAt: new Date(scene.now().getTime() + hours(24 * 60)).toISOString() }), refusal('bad-input'), 'nobody gives more time than they have')
  await scene.as('otherSecretary').call(n.handDown, { assignmentId: college.assignmentId, kind: 'class', dueAt })
  await scene.advance(hours(3.1))
  const told = (await scene.as('otherSecretary').call(n.todo, {})).told.find((one) => one.unit.name === '临床2026-1班')
  assert.equal(told?.kind, 'escalation')
  assert.equal((await scene.as('otherCounsellor').call(n.todo, {})).told.filter((one) => one.kind === 'escalation').length, 0)
})

test('call-and-confirm: four numbers, and the ladder climbs until somebody answers', async () => {
  const roundId = newId()
  const duty = scene.as('duty')
  const unitIds = ['软件2026-1班', '医学院', '信息中心'].map((name) => scene.unit(name))
  const started = await duty.call(n.startRound, { roundId, noticeId: issued.noticeId, message: '今夜暴雨，请立即到岗', unitIds, ladderMinutes: 5 })
  const numbers = (round: typeof started) => [round.sent, round.confirmed, round.notConfirmed, round.unreachable]
  assert.deepEqual(numbers(started), [2, 0, 2, 0])
  assert.equal(started.unitsWithoutAnybody, 1, 'a unit with nobody to call is said')
  const mine = (await scene.as('otherSecretary').call(n.todo, {})).toConfirm[0]
  assert.equal(mine?.message, '今夜暴雨，请立即到岗')
  await assert.rejects(scene.as('student').call(n.confirmCall, { targetId: mine?.targetId ?? '' }), refusal('not-found'))
  const { at } = await scene.as('otherSecretary').call(n.confirmCall, { targetId: mine?.targetId ?? '' })
  assert.equal((await scene.as('otherSecretary').call(n.confirmCall, { targetId: mine?.targetId ?? '' })).at, at)
  await scene.advance(6 * 60_000)
  const people = async () => (await duty.call(n.round, { roundId })).targets.filter((target) => target.unit.name === '软件2026-1班').map((target) => [target.rung, target.person.name, target.state])
  assert.deepEqual(await people(), [[0, '辅甲', 'sent'], [1, '代辅', 'sent']], 'after five minutes the deputy')
  const deputy = (await duty.call(n.round, { roundId })).targets.find((target) => target.person.name === '代辅')
  await duty.call(n.recordCall, { targetId: deputy?.targetId ?? '', outcome: 'unreachable', note: '关机' })
  assert.deepEqual((await people()).map((one) => one[1]), ['辅甲', '代辅', '书甲'], 'who cannot be reached is passed over at once')
  assert.deepEqual(numbers((await duty.call(n.round, { roundId })).round), [4, 1, 2, 1])
  const secretary = (await scene.as('secretary').call(n.todo, {})).toConfirm[0]
  await scene.as('secretary').call(n.confirmCall, { targetId: secretary?.targetId ?? '' })
  await scene.advance(hours(1))
  const closed = await duty.call(n.closeRound, { roundId })
  assert.deepEqual([...numbers(closed), closed.unitsConfirmed], [4, 2, 1, 1, 2], 'nobody is called once the unit has answered')
  await assert.rejects(scene.as('counsellor').call(n.startRound, { roundId: newId(), message: '试试', unitIds, ladderMinutes: 5 }), refusal('forbidden'))
})

test('an amendment: clause by clause, what goes on, what begins, what ends', async () => {
  const duty = scene.as('duty')
  const old = (await duty.call(n.get, { noticeId: issued.noticeId })).text
  const census = (await units(issued.duty('摸排'))).find((one) => one.unit.name === '信息学院')
  assert.ok(census)
  await scene.as('secretary').call(n.acknowledge, { assignmentIds: [census.assignmentId] })
  const text = (await duty.call(n.draft, { noticeId: issued.noticeId })).text.replace('7号', '9号').replace('每天17:00前报送', '每天12:00前报送').replace(/四、做好防汛准备[\s\S]*?五、/, '四、做好防汛准备\n\n后勤管理处要落实24小时值班。\n\n五、')
  const amendId = newId()
  await duty.call(n.importNotice, { noticeId: amendId, text, amends: issued.noticeId })
  const { clauses, duties } = await duty.call(n.amendment, { noticeId: amendId })
  assert.ok(clauses.some((one) => one.change === 'same') && clauses.some((one) => one.change === 'changed'))
  const change = (words: string) => duties.find((one) => one.text.includes(words) || one.before?.includes(words))
  assert.deepEqual([change('摸排')?.change, change('摸排')?.then, change('摸排')?.open], ['same', 'continues', 3], 'two colleges and the class it was handed to')
  assert.equal(change('每天12:00')?.then, 'starts-anew')
  assert.equal(change('排水')?.then, 'ends')
  assert.equal(change('值班')?.then, 'begins')
  await duty.call(n.fillBlanks, { noticeId: amendId, dueAt: ahead(scene, 6).at, evidence: '说明', reportTo: '指挥部' })
  await duty.call(n.confirmDuties, { noticeId: amendId })
  const late = (await duty.call(n.preview, { noticeId: amendId })).past.map((one) => one.dutyId)
  const done = await duty.call(n.issue, { noticeId: amendId, acknowledgePast: late })
  assert.ok(done.continued > 0 && done.ended > 0)
  const after = await duty.call(n.assignment, { assignmentId: census.assignmentId })
  assert.equal(after.assignment.noticeId, amendId, 'what was signed stays signed')
  assert.equal(after.assignment.state, 'acknowledged')
  assert.ok(after.events.some((event) => event.kind === 'carried-over'))
  const before = await duty.call(n.get, { noticeId: issued.noticeId })
  assert.equal(before.notice.status, 'superseded')
  assert.equal(before.notice.amendedBy, amendId)
  assert.equal(before.text, old)
  await assert.rejects(duty.call(n.importNotice, { noticeId: newId(), text: text.replace('9号', '10号'), amends: issued.noticeId }), (error: unknown) => (error as { status: number }).status === 409)
  issued = { noticeId: amendId, duty: (words) => duties.find((one) => one.text.includes(words))?.afterId ?? words }
})

test('withdrawal ends what is open, says why, and the trace stays', async () => {
  const duty = scene.as('duty')
  const open = (await units(issued.duty('摸排'))).find((one) => one.unit.name === '信息学院')
  assert.ok(open)
  await assert.rejects(duty.call(n.withdraw, { noticeId: issued.noticeId, reason: '   ' }), refusal('bad-input'))
  const { ended } = await duty.call(n.withdraw, { noticeId: issued.noticeId, reason: '疫情解除' })
  assert.ok(ended > 0)
  const { assignment, events } = await duty.call(n.assignment, { assignmentId: open.assignmentId })
  assert.equal(assignment.state, 'withdrawn')
  assert.deepEqual(events.at(-1), { ...events.at(-1), kind: 'withdrawn', note: '疫情解除' })
  await assert.rejects(scene.as('secretary').call(n.report, { assignmentId: open.assignmentId, reportId: newId(), text: '晚了' }), (error: unknown) => (error as { status: number }).status === 409)
  assert.equal((await scene.as('secretary').call(n.todo, {})).toDo.items.filter((one) => one.noticeId === issued.noticeId).length, 0)
  const before = (await units(issued.duty('每天12:00'))).length
  await scene.advance(hours(30))
  assert.equal((await units(issued.duty('每天12:00'))).length, before, 'no day begins after it')
  assert.equal((await scene.as('student').call(n.view, { noticeId: issued.noticeId })).notice.withdrawalReason, '疫情解除')
})
