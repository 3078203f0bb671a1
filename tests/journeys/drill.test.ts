/** A drill campus from the console: tried before anything is claimed, seen as several people; and made by an institution, left, deleted. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { newPage, openBrowser, shot } from '../browser.ts'
import { openEmpty, type EmptyServer } from '../empty.ts'
import { assertAccessible, fits } from './page.ts'

let server: EmptyServer
let browser: Browser

before(async () => {
  server = await openEmpty()
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await server?.close()
})

test('with the token alone one walks through a campus as several people; the token stays good', async () => {
  const page = await newPage(browser, { device: 'desk', origin: server.origin })
  page.setDefaultTimeout(45_000)
  await page.goto('/try')
  await page.getByLabel('一次性口令').fill('not-the-token')
  await page.getByRole('button', { name: '生成并进入' }).click()
  await page.getByText('认领口令不正确或已用过。').waitFor()
  await page.getByLabel('一次性口令').fill(server.token)
  await assertAccessible(page, 'try')
  await page.getByRole('button', { name: '生成并进入' }).click()
  await page.waitForURL((url) => url.pathname === '/drill')
  await page.getByText('正在生成演练校园').waitFor()
  await shot(page, 'first-run/drill-building', { fullPage: true })
  await page.getByText('正在生成演练校园').waitFor({ state: 'detached', timeout: 180_000 })
  await page.getByRole('button', { name: /辅导员/ }).waitFor()
  assert.equal(await page.getByText('没有生成完').count(), 0)
  await assertAccessible(page, 'drill')
  await shot(page, 'first-run/drill', { fullPage: true })
  await page.getByRole('button', { name: /指挥部值班员/ }).click()
  await page.waitForURL((url) => url.pathname === '/')
  await page.getByText('第').first().waitFor()
  await shot(page, 'first-run/drill-duty')
  await page.getByRole('link', { name: '换身份、离开' }).click()
  await page.getByRole('button', { name: /普通学生/ }).click()
  await page.waitForURL((url) => url.pathname.startsWith('/m'))
  await page.goto('/drill')
  await page.getByRole('button', { name: '离开演练' }).click()
  await page.waitForURL((url) => url.pathname === '/sign-in')
  await page.close()
})

test('after claiming, the institution goes in, comes home, and deletes it', async () => {
  const page = await newPage(browser, { device: 'desk', origin: server.origin })
  page.setDefaultTimeout(45_000)
  const password = '三月的江畔有一排很老的垂柳'
  await page.goto('/claim')
  await page.getByLabel('一次性口令').fill(server.token)
  // On a slow line the code made of the name comes when the field is being written already.
  let arrive = () => {}
  const held = new Promise<void>((resolve) => (arrive = resolve))
  const chunk = /\/assets\/.*\.js$/
  await page.route(chunk, (route) => held.then(() => route.continue()))
  const late = page.waitForResponse(chunk)
  await page.getByLabel('单位名称').fill('江畔大学')
  await page.getByLabel('单位代码').focus()
  arrive()
  await (await late).finished()
  await page.waitForTimeout(500)
  await page.getByLabel('单位代码').pressSequentially('jiangpan')
  assert.equal(await page.getByLabel('单位代码').inputValue(), 'jiangpan')
  await page.getByLabel('管理员姓名').fill('管甲')
  await page.getByLabel('管理员账号').fill('A001')
  await page.getByLabel('管理员密码', { exact: true }).fill(password)
  await page.getByLabel('再输入一次').fill(password)
  await page.getByRole('button', { name: '启用', exact: true }).click()
  await page.waitForURL((url) => url.pathname === '/start')
  // Beside the drill the institution itself is meant where people sign in.
  const visitor = await newPage(browser, { device: 'desk', origin: server.origin })
  await visitor.goto('/')
  const where = visitor.getByLabel('单位', { exact: true })
  await where.waitFor()
  assert.equal(await where.inputValue(), 'jiangpan')
  await visitor.close()
  await page.goto('/settings/drills')
  await page.getByText('现有演练').waitFor()
  await assertAccessible(page, 'drills')
  assert.equal(await fits(page), true)
  await shot(page, 'first-run/drills', { fullPage: true })
  await page.getByRole('button', { name: '进入', exact: true }).click()
  await page.waitForURL((url) => url.pathname === '/drill')
  await page.getByRole('button', { name: /普通学生/ }).click()
  await page.waitForURL((url) => url.pathname.startsWith('/m'))
  await page.goto('/drill')
  await page.getByRole('button', { name: '回到江畔大学' }).click()
  await page.waitForURL((url) => url.pathname === '/settings/drills')
  await page.getByRole('button', { name: '删除…' }).click()
  await page.getByRole('button', { name: '删除', exact: true }).press('Enter') // a dialog that is still growing would move from under the pointer
  await page.getByText('现有演练').waitFor({ state: 'detached' })
  await page.close()
})
