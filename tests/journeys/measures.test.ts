/** From a ready-made measure to a figure that moves on another screen when a counsellor answers for a student. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Browser } from 'playwright-core'
import { newId } from '#kernel/ids.ts'
import { coverage, list } from '#slices/measures/contract.ts'
import { open } from '#slices/responses/contract.ts'
import { assertQuiet, shot } from '../browser.ts'
import type { Cast, Scene } from '../scene.ts'
import { barriers, type Device, fits, onStage, openAs } from './page.ts'

let scene: Scene
let browser: Browser
onStage(async (stage) => {
  ;({ scene, browser } = stage)
  await scene.as('duty').call(open, { responseId: newId(), name: '秋冬季传染病防控', hazards: ['influenza'], level: 3, basis: '传染病防治法', decidedBy: '校应急指挥部', plannedEnd: null })
})

const visit = (who: Cast, path: string, device: Device = 'desk') => openAs(browser, scene, who, device, path)

test('a measure is drafted, weighed and switched on', async () => {
  const page = await visit('duty', '/measures')
  await page.getByRole('button', { name: '起草措施' }).click()
  await page.getByRole('button', { name: /^去向清楚/ }).click()
  await page.getByRole('button', { name: '起草并看负担' }).click()
  await page.getByText('请写明依据的文件和条款').waitFor()
  await page.getByLabel(/^依据/).fill('校发〔2026〕9号第二条')
  await page.getByRole('button', { name: '起草并看负担' }).click()
  await page.getByText('29 人', { exact: true }).waitFor()
  await page.getByText(/约 1\.1 秒 \/ 上限 60 秒/).waitFor()
  await page.getByRole('button', { name: '启用', exact: true }).click()
  await page.getByText(/已启用：29 个对象，29 未知/).waitFor()
  const { measures } = await scene.as('duty').call(list, {})
  assert.deepEqual(measures.map((one) => one.status), ['on'])
  await page.getByText('对：人员类别是学生、教职工、外聘人员之一').waitFor()
  assert.deepEqual(await barriers(page), [])
  assertQuiet(page)
  await page.close()
})

test('what a counsellor settles moves the figures of the secretary by itself', async () => {
  const wall = await visit('secretary', '/coverage')
  const unknown = wall.getByRole('group', { name: '相加等于应覆盖' }).first().getByRole('link', { name: /未知/ })
  await unknown.getByText('14', { exact: true }).waitFor()
  const desk = await visit('counsellor', '/gaps')
  await desk.getByRole('row', { name: /软甲寅/ }).focus()
  await desk.keyboard.press('a')
  await desk.getByLabel('您现在在哪里').click()
  await desk.keyboard.type('武侯')
  await desk.getByText('四川省 成都市 武侯区').click()
  await desk.getByRole('button', { name: '代为填报' }).click()
  await desk.getByText('已代 软甲寅 填报，并注明代填').waitFor()
  await unknown.getByText('13', { exact: true }).waitFor()
  const { total } = await scene.as('secretary').call(coverage, { unitId: scene.unit('信息学院') })
  assert.deepEqual([total[0]?.kept, total[0]?.unknown, total[0]?.population], [1, 13, 14])

  // The number opens its rows, once it is said why.
  await unknown.click()
  await wall.getByRole('button', { name: '核对上报数字' }).click()
  await wall.getByRole('row', { name: /软甲卯/ }).waitFor()
  await wall.getByText('13 人', { exact: true }).waitFor()
  assert.deepEqual(await barriers(wall), [])
  assertQuiet(wall)
  await wall.close()
  assertQuiet(desk)
  await desk.close()
})

test('the situation: at the desk, on the wall, and for a counsellor with a phone', async () => {
  const desk = await visit('duty', '/')
  const { total } = await scene.as('duty').call(coverage, { unitId: scene.unit('江畔大学') })
  await desk.getByRole('button', { name: new RegExp(`^未知\\s*${total[0]?.unknown}\\s*共 29 项`) }).waitFor()
  await desk.getByText('秋冬季传染病防控').first().waitFor()
  assert.deepEqual(await barriers(desk), [])
  await desk.getByRole('button', { name: '大屏' }).click()
  await desk.getByText('退出大屏').waitFor()
  assert.equal(await desk.evaluate(() => document.documentElement.dataset['look']), 'dark')
  await shot(desk, 'journey-wall')
  await desk.getByText('退出大屏').click()
  await desk.getByRole('button', { name: '大屏' }).waitFor()
  assert.equal(await desk.evaluate(() => document.documentElement.dataset['look']), 'light')
  assertQuiet(desk)
  await desk.close()

  const phone = await visit('counsellor', '/', 'phone')
  await phone.getByRole('heading', { name: /我负责的：软件2026-1班/ }).waitFor()
  assert.deepEqual(await barriers(phone), [])
  await phone.getByRole('link', { name: '去处理' }).click()
  await phone.getByRole('link', { name: /^拨打 软甲/ }).first().waitFor()
  assert.ok(await fits(phone), 'nothing hangs over the edge of the phone')
  assert.deepEqual(await barriers(phone), [])
  await shot(phone, 'journey-gaps-phone')
  assertQuiet(phone)
  await phone.close()
})
