/** The page of a unit and of a person: who answers, who is still to be reached, what happened; by keyboard, for those who look after people by name and for those who count. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import { newId } from '#kernel/ids.ts'
import { answer, myData } from '#slices/facts/contract.ts'
import { contactMany, excuseMany, gapPeople } from '#slices/measures/contract.ts'
import { assertQuiet } from '../browser.ts'
import type { Cast, Scene } from '../scene.ts'
import { assertAccessible, type Device, fits, onStage, openAs, respond } from './page.ts'

let scene: Scene
let browser: Browser
onStage(async (stage) => {
  ;({ scene, browser } = stage)
  await respond(scene, ['whereabouts-known', 'symptoms-followed'])
  const counsellor = scene.as('counsellor')
  const { people } = await counsellor.call(gapPeople, { unitId: scene.unit('软件2026-1班') })
  const items = (name: string) => people.filter((one) => one.subject.name === name).flatMap((one) => one.open.map(({ measureId }) => ({ measureId, subjectId: one.subject.id })))
  await counsellor.call(contactMany, { items: items('软甲寅').map((one) => ({ ...one, contactId: newId() })), how: 'call', outcome: 'no-answer', note: '关机' })
  await counsellor.call(excuseMany, { items: items('软甲寅').slice(0, 1).map((one) => ({ ...one, excuseId: newId() })), reason: '在医院陪护', until: null })
  await scene.as('student').call(answer, { answers: [{ factId: newId(), attribute: 'whereabouts', value: '310115', observedAt: scene.now().toISOString() }] })
})

const visit = (who: Cast, path: string, device: Device = 'desk') => openAs(browser, scene, who, device, path)

test('a class: who answers, who is still to be reached, what happened', async () => {
  const page = await visit('counsellor', `/units/${scene.unit('软件2026-1班')}`)
  await page.getByRole('heading', { name: '还没联系上的人' }).waitFor()
  await page.getByText('5 人；全部缺口 5 人').or(page.getByText('4 人；全部缺口 4 人')).first().waitFor()
  await page.getByText('辅甲任辅导员').waitFor()
  await page.getByText('代辅代理辅导员').waitFor()
  await page.getByText('当日补上 1 个缺口').waitFor()
  await assertAccessible(page, 'a class')
  assert.ok(await fits(page))
  await page.getByRole('link', { name: '去联系' }).press('Enter')
  await page.waitForURL(/\/gaps\?unit=/)
  await page.getByRole('row', { name: /软甲子/ }).waitFor()
  assertQuiet(page)
  await page.close()
})

test('what comes last pushes nothing away that is already read', async () => {
  for (const [path, heading] of [[`/units/${scene.unit('软件2026-1班')}`, '求助'], [`/people/${scene.person('student')}`, '已知信息']] as const) {
    const page = await visit('counsellor', '/sign-in')
    await page.route(/measures\.(coverage|standings)/, async (route) => { await sleep(600); await route.continue() })
    await page.goto(path)
    await page.getByRole('heading', { name: heading, exact: true }).waitFor()
    await page.waitForFunction(() => !document.querySelector('.b-loading'))
    const moved = await page.evaluate(() => new Promise<number>((resolve) => {
      new PerformanceObserver((list) => resolve(list.getEntries().reduce((sum, one) => sum + (one as unknown as { value: number }).value, 0))).observe({ type: 'layout-shift', buffered: true })
      setTimeout(() => resolve(0), 500)
    }))
    assert.ok(moved < 0.01, `${path} moved by ${moved}`)
    await page.close()
  }
})

test('a building, room by room', async () => {
  const page = await visit('buildingManager', `/units/${scene.unit('1号楼')}`)
  const rooms = page.getByRole('figure', { name: '1号楼逐间情况' })
  await rooms.getByRole('button', { name: /101/ }).press('Enter')
  await page.waitForURL(new RegExp(scene.unit('101')))
  await page.getByRole('heading', { name: '101', level: 1 }).waitFor()
  assertQuiet(page)
  await page.close()
})

test('a person: standings with what is lacking, one line of time', async () => {
  const page = await visit('counsellor', `/people/${scene.person('student')}`)
  await page.getByText('电话，没人接：').waitFor()
  await page.getByText('关机').first().waitFor()
  await page.getByText(/^免除：/).waitFor()
  await page.getByText('上海市 浦东新区').first().waitFor()
  await page.locator('label').filter({ hasText: /^联系$/ }).click()
  await page.getByText('电话，没人接：').waitFor()
  await assertAccessible(page, 'a person')
  assert.ok(await fits(page))
  assertQuiet(page)
  await page.close()
})

test('whoever counts says why before a person is opened, and the person reads it', async () => {
  const page = await visit('secretary', `/people/${scene.person('student')}`)
  await page.getByRole('heading', { name: '查看信息学院的具体人员，请先说明事由' }).waitFor()
  await assertAccessible(page, 'a reason for a person')
  assert.equal(await page.getByText('上海市 浦东新区').count(), 0)
  await page.getByRole('button', { name: '核实疑似失联人员' }).press('Enter')
  await page.getByText('上海市 浦东新区').first().waitFor()
  // Once for the unit: another person of the same college opens at once.
  await page.goto(`/people/${scene.person('classmate')}`)
  await page.getByRole('heading', { name: '各项措施' }).waitFor()
  assertQuiet(page)
  await page.close()
  const { looks } = await scene.as('student').call(myData, {})
  assert.ok(looks.some((look) => look.by === '书甲' && look.purpose.endsWith(': 核实疑似失联人员')))
})

test('on a phone and at 320 pixels nothing sticks out', async () => {
  const page = await visit('counsellor', `/people/${scene.person('student')}`, 'phone')
  await page.getByText('电话，没人接：').waitFor()
  assert.ok(await fits(page))
  await page.setViewportSize({ width: 320, height: 640 })
  assert.ok(await fits(page))
  await page.goto(`/units/${scene.unit('软件2026-1班')}`)
  await page.getByRole('heading', { name: '还没联系上的人' }).waitFor()
  assert.ok(await fits(page))
  assertQuiet(page)
  await page.close()
})
