/** A request for help arrives on the counsellor's screen by itself, is taken, answered and handed on; figures without names. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Browser } from 'playwright-core'
import { newId } from '#kernel/ids.ts'
import { askHelp, mine } from '#slices/issues/contract.ts'
import { assertQuiet, forget, shot } from '../browser.ts'
import type { Cast, Scene } from '../scene.ts'
import { barriers, type Device, fits, onStage, openAs, shut } from './page.ts'

let scene: Scene
let browser: Browser
onStage((stage) => {
  ;({ scene, browser } = stage)
})

const visit = (who: Cast, path: string, device: Device = 'desk') => openAs(browser, scene, who, device, path)
const student = async () => (await scene.as('student').call(mine, {})).requests[0]

test('a request appears by itself, is taken and answered; the student reads it at once', async () => {
  const desk = await visit('counsellor', '/help')
  await desk.getByText('没有未办结的求助').waitFor()
  await scene.as('student').call(askHelp, { requestId: newId(), theme: 'food', urgency: 'now', text: '宿舍隔离，午饭没有送到', place: '1号楼 305' })
  const row = desk.getByRole('listitem').filter({ hasText: '软甲寅' })
  await row.waitFor()
  await row.getByText('危急，马上').waitFor()
  assert.equal(await row.getByRole('link', { name: /拨打 软甲寅/ }).getAttribute('href'), 'tel:13800001003')
  assert.deepEqual(await barriers(desk), [])

  await row.getByRole('button', { name: /午饭没有送到/ }).click()
  const panel = desk.getByRole('dialog')
  await panel.getByText('地点：1号楼 305').waitFor()
  await panel.getByRole('button', { name: '我来受理' }).click()
  await panel.getByText(/辅甲 已受理/).waitFor()
  await panel.getByLabel('回复').fill('二十分钟内送到。')
  await panel.getByRole('button', { name: '先回一句' }).click()
  // The words also stand in the field they were typed into: sent is what is said to be sent.
  await desk.getByText('已回复', { exact: true }).waitFor()
  await panel.getByText('二十分钟内送到。').waitFor()
  assert.deepEqual([(await student())?.state, (await student())?.events.at(-1)?.text], ['taken', '二十分钟内送到。'])
  await panel.getByLabel('回复').fill('已送到，请慢用。')
  await panel.getByRole('button', { name: '答复', exact: true }).click()
  await panel.getByText('已答复', { exact: true }).waitFor()
  assert.equal((await student())?.state, 'answered')
  assert.deepEqual(await barriers(desk), [])
  await shut(panel)
  await row.getByText(/无异议将自动办结/).waitFor()
  assertQuiet(desk)
  await desk.close()
})

test('who opens the request of another’s student by a link says why first, on the phone, and sees it at once', async () => {
  const requestId = (await student())?.requestId ?? ''
  const phone = await visit('secretary', `/m/tasks/help/${requestId}`, 'phone')
  await phone.getByText('为什么看').waitFor()
  assert.equal(await phone.getByText('软甲寅').count(), 0)
  assert.ok(await fits(phone), 'nothing hangs over the edge of the phone')
  assert.deepEqual(await barriers(phone), [])
  await phone.getByRole('button', { name: '写明其他事由' }).click()
  await phone.getByRole('button', { name: '打开', exact: true }).click()
  await phone.getByText('至少两个字。').waitFor()
  await shot(phone, 'journey-help-reason-phone')
  await phone.getByRole('button', { name: '处理求助或突发情况' }).click()
  await phone.getByText('软甲寅').waitFor()
  // That names were refused at first is what the screen is about; the browser notes it by itself.
  forget(phone)
  await phone.getByRole('link', { name: /138 0000 1003/ }).waitFor()
  await phone.getByRole('button', { name: '转交给别的部门' }).click()
  const sheet = phone.getByRole('dialog')
  await sheet.getByRole('button', { name: '先写为什么' }).waitFor()
  await sheet.getByLabel(/^为什么转交/).fill('医学院的学生')
  await sheet.getByPlaceholder('输入部门名称查找').fill('医学')
  await sheet.getByRole('radio', { name: '医学院' }).check({ force: true })
  assert.ok(await fits(phone), 'nothing hangs over the edge of the phone')
  assert.deepEqual(await barriers(phone), [])
  await shot(phone, 'journey-help-hand-on-phone')
  await sheet.getByRole('button', { name: '转交给医学院' }).waitFor()
  assertQuiet(phone)
  await phone.close()
})

test('on a phone it is handed on to another office, with a reason; whoever may only count sees no names', async () => {
  const phone = await visit('secretary', '/help', 'phone')
  await phone.getByRole('button', { name: /午饭没有送到/ }).click()
  const panel = phone.getByRole('dialog')
  await panel.getByRole('button', { name: '转交…' }).click()
  await panel.getByRole('button', { name: '转交', exact: true }).click()
  await panel.getByText('请选择部门。').waitFor()
  await panel.getByLabel(/^转交给/).click()
  await phone.keyboard.type('后勤')
  await phone.getByTitle('后勤管理处', { exact: true }).click()
  await panel.getByLabel(/^理由/).fill('送餐由食堂负责')
  await panel.getByRole('button', { name: '转交', exact: true }).click()
  await phone.getByText('已转交，现由 后勤 负责').waitFor()
  await phone.getByText('没有未办结的求助').waitFor()
  assert.deepEqual([(await student())?.unit?.name, (await student())?.state], ['后勤管理处', 'open'])
  assert.ok(await fits(phone), 'nothing hangs over the edge of the phone')
  assert.deepEqual(await barriers(phone), [])
  await shot(phone, 'journey-help-phone')
  assertQuiet(phone)
  await phone.close()

  const counts = await visit('dataProtection', '/help')
  await counts.getByRole('row', { name: /吃饭饮水/ }).getByRole('img', { name: '不显示' }).first().waitFor()
  assert.equal(await counts.getByText('软甲寅').count(), 0)
  assert.equal(await counts.getByText('午饭').count(), 0)
  assertQuiet(counts)
  await counts.close()
})
