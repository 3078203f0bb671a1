/** The administrator's and the duty officer's way through units, people, rosters and responses, in a real browser. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { build } from '../../entry/build.ts'
import { axeViolations } from '../axe.ts'
import { assertQuiet, newPage, openBrowser, shot } from '../browser.ts'
import { openScene, type Scene } from '../scene.ts'

let scene: Scene
let browser: Browser

before(async () => {
  const dist = await build()
  scene = await openScene({ dist })
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await scene?.close()
})

async function open(who: string, device: 'desk' | 'phone', path: string): Promise<Page> {
  const page = await newPage(browser, { device, origin: scene.origin })
  if (who) await page.context().addCookies([{ name: 'bulwark', value: scene.token(who), url: scene.origin }])
  await page.goto(path)
  return page
}
async function assertAccessible(page: Page, where: string): Promise<void> {
  const serious = (await axeViolations(page)).filter((violation) => ['serious', 'critical'].includes(violation.impact))
  assert.deepEqual(serious, [], where)
}
/** Before signing in the browser itself notes the refusal of `directory.me`, and of the wrong password. */
const signedOut = [/status of 4(01|03|22)/]

test('a code handed over becomes a password, and the password signs in on the phone', async () => {
  const admin = await open('administrator', 'desk', `/people/${scene.person('student')}`)
  await admin.getByRole('button', { name: '发邀请码' }).click()
  await admin.getByRole('button', { name: '生成' }).click()
  const code = await admin.locator('.d-code code').innerText()
  assert.match(code, /^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/)
  await assertAccessible(admin, 'person')
  assertQuiet(admin)
  await admin.close()

  const page = await open('', 'phone', '/people')
  await page.waitForURL(/sign-in\?next=/)
  await assertAccessible(page, 'sign-in')
  await page.getByRole('link', { name: /邀请码/ }).click()
  await page.getByLabel('邀请码').fill(code.toLowerCase().replaceAll('-', ' '))
  const go = page.getByRole('button', { name: '设置密码并登录' })
  const password = page.getByLabel('新密码', { exact: true })
  await password.fill('short')
  await page.getByLabel('未满足').first().waitFor()
  assert.equal(await go.isDisabled(), true)
  await password.fill('三月的江畔有一排垂柳树')
  await page.getByLabel('再输入一次').fill('三月的江畔有一排垂柳')
  assert.equal(await go.isDisabled(), true)
  await password.fill('三月的江畔有一排很老的垂柳')
  await page.getByLabel('再输入一次').fill('三月的江畔有一排很老的垂柳')
  await assertAccessible(page, 'redeem')
  await go.click()
  await page.waitForURL((url) => url.pathname === '/people')
  await page.context().clearCookies()
  await page.goto('/sign-in')
  await page.getByLabel('学工号或账号').fill('20261003')
  await page.getByLabel('密码', { exact: true }).fill('三月的江畔有一排很老的杨树')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByText('账号或密码不正确。').waitFor()
  await page.getByLabel('密码', { exact: true }).fill('三月的江畔有一排很老的垂柳')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.waitForURL((url) => url.pathname === '/')
  assertQuiet(page, signedOut)
  await page.close()
})

test('a class that nobody answers for is seen in the tree, and appointing mends it', async () => {
  const page = await open('duty', 'desk', '/units')
  const row = (name: string) => page.locator('.d-row').filter({ hasText: name })
  await row('信息学院').getByRole('button').click()
  await row('2026级').getByRole('button').click()
  await row('软件2026-2班').getByText('无人负责').waitFor()
  assert.equal(await row('软件2026-1班').getByText('无人负责').count(), 0)
  await assertAccessible(page, 'units')
  await row('软件2026-2班').getByRole('link').click()
  await page.getByText('空缺').waitFor()
  await page.getByRole('button', { name: '“辅导员”的操作' }).click()
  await page.getByRole('menuitem', { name: '任命' }).click()
  await page.getByRole('combobox', { name: /人员/ }).fill('fj')
  await page.locator('.ant-select-item-option', { hasText: '辅甲' }).click()
  await page.getByRole('button', { name: '任命', exact: true }).last().click()
  await page.getByText('已任命').waitFor()
  await page.locator('.d-owner', { hasText: '辅甲' }).waitFor()
  assert.equal(await page.getByText('空缺').count(), 0)
  await assertAccessible(page, 'unit')
  await page.goto('/units?q=rj')
  await row('软件2026-2班').waitFor()
  assert.equal(await row('软件2026-2班').getByText('无人负责').count(), 0)
  assertQuiet(page)
  await page.close()
})

test('a roster is previewed with its doubts, applied, and applied again changes nothing', async () => {
  const page = await open('duty', 'desk', '/roster')
  const roster = '学号,姓名,性别,学院,年级,班级,手机号\n20261003,软甲寅,男,信息学院,2026,软件2026-2班,13800001003\n20269001,新来某,女,信息学院,2026,软件2026-2班,1380000\n,没有学号,女,信息学院,2026,软件2026-2班,\n'
  const drop = () => page.setInputFiles('input[type=file]', { name: '转班.csv', mimeType: 'text/csv', buffer: Buffer.from(roster) })
  await drop()
  const figure = (label: string) => page.locator('.b-figure', { hasText: label }).locator('.b-figure-value').innerText()
  await page.getByText('认出的列').waitFor()
  assert.deepEqual(await Promise.all(['新来', '调动', '拒收的行', '有疑点的行'].map(figure)), ['1', '1', '1', '1'])
  await page.getByRole('tab', { name: /疑点/ }).click()
  await page.getByText('转班 第 3 行').first().waitFor()
  await page.getByRole('tab', { name: /变动举例/ }).click()
  await page.getByText('信息学院 / 2026级 / 软件2026-1班').waitFor()
  await assertAccessible(page, 'roster')
  await page.getByRole('button', { name: '导入…' }).click()
  await page.getByRole('button', { name: '确认导入' }).click()
  await page.getByText('导入完成').waitFor()
  await page.getByRole('button', { name: '再导入一份' }).click()
  await drop()
  await page.getByRole('button', { name: '没有需要导入的' }).waitFor()
  await page.goto('/people?q=新来某')
  await page.getByRole('link', { name: /新来某/ }).waitFor()
  assertQuiet(page)
  await page.close()
})

test('a response opens on a basis, is raised with a reason, and says what closing stops', async () => {
  const page = await open('duty', 'desk', '/responses')
  await page.getByText('当前没有应急响应').waitFor()
  await page.getByRole('button', { name: '启动响应' }).first().click()
  await page.getByLabel(/^名称/).fill('冬季流感防控')
  await page.getByRole('combobox', { name: /灾种/ }).click()
  await page.locator('.ant-select-item-option', { hasText: '流感' }).click()
  await page.keyboard.press('Escape')
  const start = page.getByRole('button', { name: '启动', exact: true })
  assert.equal(await start.isDisabled(), true, 'no response without a basis')
  await page.getByLabel(/依据/).fill('《突发公共卫生事件应急条例》')
  await page.getByLabel(/由谁决定/).fill('学校应急指挥部')
  await start.click()
  await page.getByRole('heading', { name: /冬季流感防控/ }).waitFor()
  await page.getByRole('button', { name: '调整级别' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Ⅱ级').click()
  await dialog.getByLabel(/理由/).fill('聚集性发热')
  await dialog.getByLabel(/由谁决定/).fill('学校应急指挥部')
  await dialog.getByRole('button', { name: '升级' }).click()
  await page.getByText('聚集性发热').waitFor()
  await page.getByRole('button', { name: '结束响应' }).click()
  await page.getByText('谁也不再被问').waitFor()
  await assertAccessible(page, 'closing')
  await page.getByRole('dialog').getByLabel(/理由/).fill('疫情平息')
  await page.getByRole('dialog').getByLabel(/由谁决定/).fill('学校应急指挥部')
  await page.getByRole('dialog').getByRole('button', { name: '结束响应' }).click()
  await page.getByText('采集已停止').waitFor()
  await shot(page, 'response-closed')
  assertQuiet(page)
  await page.close()
})

test('who may not, is not shown: no acts for a counsellor, nothing of another college', async () => {
  const page = await open('counsellor', 'phone', `/units/${scene.unit('软件2026-1班')}`)
  await page.getByRole('heading', { name: /软件2026-1班/ }).waitFor()
  await page.getByText('软甲卯').waitFor()
  assert.equal(await page.getByRole('button', { name: /管理|新设职务|结束/ }).count(), 0)
  await assertAccessible(page, 'unit on a phone')
  await page.goto(`/people/${scene.person('stranger')}`)
  await page.getByText('看不到这里的内容').waitFor()
  assertQuiet(page, [/status of 40[34]/])
  await page.close()
})
