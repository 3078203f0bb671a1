import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { newId } from '#kernel/ids.ts'
import { openScene, type Scene } from '../../tests/scene.ts'
import * as n from './contract.ts'
import { hours, issueNotice, noticeText, openResponse } from './scenario.ts'

let scene: Scene
before(async () => { scene = await openScene() })
after(() => scene.close())

const monthDay = (days: number) => new Date(scene.now().getTime() + hours(24 * days)).toLocaleDateString('en-CA', { timeZone: 'Asia/Shanghai' })

test('a monthly duty is sent on its day of the month and on no other', async () => {
  const due = monthDay(3)
  const text = noticeText(scene).replace('每天17:00', `每月${Number(due.slice(8))}日17:00`)
  const issued = await issueNotice(scene, { responseId: await openResponse(scene), text })
  const periods = async () => [...new Set((await scene.as('duty').call(n.duty, { dutyId: issued.duty('每月'), size: 200 })).assignments.map((one) => `${one.period} ${one.dueAt}`))]
  assert.deepEqual(await periods(), [])
  for (let day = 0; day < 5; day++) await scene.advance(hours(24))
  assert.deepEqual(await periods(), [`${due} ${new Date(`${due}T17:00:00+08:00`).toISOString()}`])
})

test('read as monthly, with its day and hour; a person may move it to the last day', async () => {
  const noticeId = newId()
  await scene.as('duty').call(n.importNotice, { noticeId, again: true, text: noticeText(scene).replace('每天17:00', '每月底17:00') })
  const { duties, doubts } = await scene.as('duty').call(n.draft, { noticeId })
  const monthly = duties.find((one) => one.recurrence === '每月底')
  assert.deepEqual([monthly?.cycle, monthly?.cycleWeekday, monthly?.cycleTime], ['monthly', 31, '17:00'])
  assert.ok(!doubts.some((doubt) => doubt.code === 'rhythm-unscheduled'))
  assert.equal((await scene.as('duty').call(n.saveDuty, { dutyId: monthly?.dutyId ?? '', cycle: 'monthly', cycleWeekday: 5 })).cycleWeekday, 5)
})

test('a rhythm the system cannot schedule is asked about, not dropped in silence', async () => {
  const noticeId = newId()
  await scene.as('duty').call(n.importNotice, { noticeId, again: true, text: noticeText(scene).replace('每天17:00前', '隔日') })
  const { duties, doubts } = await scene.as('duty').call(n.draft, { noticeId })
  const odd = duties.find((one) => one.recurrence === '隔日')
  assert.equal(odd?.cycle, 'once')
  assert.ok(doubts.some((doubt) => doubt.code === 'rhythm-unscheduled' && doubt.dutyId === odd?.dutyId))
})

test('several days a week are followed on the first, and that is asked about', async () => {
  const noticeId = newId()
  await scene.as('duty').call(n.importNotice, { noticeId, again: true, text: noticeText(scene).replace('每天17:00前', '每周一、三、五') })
  const { duties, doubts } = await scene.as('duty').call(n.draft, { noticeId })
  const weekly = duties.find((one) => one.recurrence === '每周一、三、五')
  assert.deepEqual([weekly?.cycle, weekly?.cycleWeekday], ['weekly', 1])
  assert.ok(doubts.some((doubt) => doubt.code === 'rhythm-unscheduled' && doubt.dutyId === weekly?.dutyId))
})

test('several times a day is accounted for once a day; a span of days does not hide the daily hour', async () => {
  const noticeId = newId()
  await scene.as('duty').call(n.importNotice, { noticeId, again: true, text: noticeText(scene).replace('每天17:00', `自${monthDay(1).slice(5).replace('-', '月')}日至${monthDay(9).slice(5).replace('-', '月')}日，每天17:00`) })
  const { duties } = await scene.as('duty').call(n.draft, { noticeId })
  const daily = duties.find((one) => one.recurrence === '每天')
  assert.deepEqual([daily?.cycle, daily?.cycleTime], ['daily', '17:00'])
})
