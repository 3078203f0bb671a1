/** Figures as they were known at an earlier moment, and a follow-up that climbed while nobody touched it, on screen and phone. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Browser } from 'playwright-core'
import { newId } from '#kernel/ids.ts'
import { answer } from '#slices/facts/contract.ts'
import { asks, draft, fromPreset, switchOn } from '#slices/measures/contract.ts'
import { open } from '#slices/responses/contract.ts'
import { assertQuiet, shot } from '../browser.ts'
import type { Cast, Scene } from '../scene.ts'
import { barriers, type Device, onStage, openAs } from './page.ts'

const hour = 3_600_000
let scene: Scene
let browser: Browser
let then: string
onStage(async (stage) => {
  ;({ scene, browser } = stage)
  const responseId = newId()
  await scene.operate(open, { responseId, name: '秋冬季传染病防控', hazards: ['influenza'], level: 3, basis: '传染病防治法', decidedBy: '校应急指挥部', plannedEnd: null })
  await scene.operate(fromPreset, { measureId: newId(), responseId, key: 'whereabouts-known', basis: '校发〔2026〕9号第二条' })
  for (const followUp of ['open-task', 'ask-decision'] as const) {
    const measureId = newId()
    await scene.operate(draft, {
      measureId, responseId, name: followUp === 'open-task' ? { zh: '去向清楚', en: 'Whereabouts' } : { zh: '在上海', en: 'In Shanghai' }, subjectKind: 'person', population: { combinator: 'and', rules: [{ field: 'person.unit', operator: 'inUnit', value: scene.unit('软件2026-1班') }] },
      condition: { combinator: 'and', rules: [followUp === 'open-task' ? { field: 'whereabouts', operator: 'notNull' } : { field: 'whereabouts', operator: 'inAreas', value: ['31'] }] }, basis: '校发〔2026〕9号第二条', demandedBy: 'school', graceSeconds: 0, followUp, climbSeconds: 3600, danger: 2, endsAt: null,
    })
    await scene.operate(switchOn, { measureId })
  }
  await scene.advance(61_000)
  then = new Date(scene.now().getTime()).toISOString()
  await scene.advance(hour)
  await scene.as('student').call(answer, { answers: [{ factId: newId(), attribute: 'whereabouts', value: '310115', observedAt: new Date(Date.parse(then) - hour / 2).toISOString() }] })
})

const visit = (who: Cast, path: string, device: Device = 'desk') => openAs(browser, scene, who, device, path)

test('the figures of an earlier moment are shown as what they are, and one comes back to now', async () => {
  const page = await visit('secretary', '/coverage')
  const sum = page.getByRole('group', { name: '相加等于应覆盖' }).first()
  await sum.getByText('1', { exact: true }).first().waitFor()
  const moment = new Date(Date.parse(then) + 8 * hour)
  await page.getByLabel('看当时已知的情况').fill(`${moment.getUTCFullYear()}年${moment.getUTCMonth() + 1}月${moment.getUTCDate()}日 ${String(moment.getUTCHours()).padStart(2, '0')}:${String(moment.getUTCMinutes()).padStart(2, '0')}`)
  await page.keyboard.press('Enter')
  await page.getByText(/时已经掌握的情况，不是现在/).waitFor()
  // What was answered since, though observed before, was not known then.
  await sum.getByText('0', { exact: true }).first().waitFor()
  assert.equal(await sum.getByRole('link').count(), 0, 'names are of now: no figure of then opens them')
  await shot(page, 'looking-back-desk', { fullPage: true })
  assert.deepEqual(await barriers(page), [])
  await page.getByRole('button', { name: '回到现在' }).click()
  await sum.getByRole('link', { name: /达标/ }).waitFor()
  assertQuiet(page)
  await page.close()
  const phone = await visit('secretary', `/coverage?at=${encodeURIComponent(then)}`, 'phone')
  await phone.getByText(/时已经掌握的情况，不是现在/).waitFor()
  await shot(phone, 'looking-back-phone', { fullPage: true })
  await phone.close()
})

test('the steps of a follow-up stand in the panel of the gap and in the tasks of both', async () => {
  const desk = await visit('duty', '/gaps')
  await desk.getByLabel('或写明其他事由').fill('核对跟进')
  await desk.getByRole('button', { name: '查看名单' }).click()
  await desk.getByRole('row', { name: /软甲卯/ }).focus()
  await desk.keyboard.press('Enter')
  const panel = desk.getByRole('dialog')
  await panel.getByText('辅甲未处理，上报书甲（信息学院）').first().waitFor()
  await panel.getByText('跟进 · 去向清楚').first().waitFor()
  await panel.getByText(/现由书甲跟进/).first().waitFor()
  await panel.getByText('待决定 · 在上海').waitFor()
  await panel.getByText('无人处理则上报').first().waitFor()
  await shot(desk, 'follow-up-panel')
  assert.deepEqual(await barriers(desk), [])
  assertQuiet(desk)
  await desk.close()
  const secretary = await visit('secretary', '/m/tasks', 'phone')
  await secretary.getByText('辅甲未处理，上报书甲（信息学院）').first().waitFor()
  await shot(secretary, 'follow-up-tasks')
  await secretary.close()
  const counsellor = await visit('counsellor', '/m/tasks', 'phone')
  await counsellor.getByText('已转书甲，您仍可办理').first().waitFor()
  await counsellor.close()
  const duty = await visit('duty', '/m/tasks', 'phone')
  await duty.getByText('请您决定').first().waitFor()
  await shot(duty, 'follow-up-decisions')
  await duty.getByText('软甲卯').first().click()
  await duty.getByText('这一项请您决定').waitFor()
  await shot(duty, 'follow-up-decision')
  await duty.getByText('作出决定').click()
  await duty.getByLabel('要求').fill('今天之内联系家长确认')
  await duty.getByRole('button', { name: '决定', exact: true }).click()
  await duty.getByText('已了结').first().waitFor()
  assertQuiet(duty)
  await duty.close()
})

test('whoever says until when they stay is not asked before that day is over', async () => {
  const page = await visit('classmate', '/m/', 'phone')
  await page.getByText('您现在在哪里').first().waitFor()
  await page.getByRole('button', { name: '会一直在这里？' }).click()
  await page.getByText('一直到哪天').waitFor()
  await page.locator('.p-date .p-pill').last().click()
  await page.getByText(/之前不再问您/).waitFor()
  await shot(page, 'standing-answer')
  await page.close()
  const until = new Date(scene.now().getTime() + 20 * 24 * hour).toISOString()
  await scene.as('classmate').call(answer, { answers: [{ factId: newId(), attribute: 'whereabouts', value: '310115', observedAt: scene.now().toISOString(), holdsUntil: until }] })
  await scene.advance(19 * 24 * hour)
  assert.equal((await scene.as('classmate').call(asks, {})).asks.length, 0, 'such answers go stale after a week; this one holds')
  await scene.advance(2 * 24 * hour)
  assert.ok((await scene.as('classmate').call(asks, {})).asks.length > 0)
})
