/** A secretary connects the college's working group; somebody looks at how they are told; a phone shows what is pushed. In a real browser, against a robot that keeps to its protocol. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { Browser } from 'playwright-core'
import { inInstitution } from '#kernel/database.ts'
import { robotCarrier, type Carrier, type RobotGot } from '#slices/messages/fixtures/carriers.ts'
import { build } from '../../entry/build.ts'
import { assertQuiet, openBrowser, shot } from '../browser.ts'
import { openScene, type Scene } from '../scene.ts'
import { assertAccessible, fits, openAs } from './page.ts'

const wecom = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=c0ffee00-0000-4000-8000-000000000000'
let scene: Scene
let browser: Browser
let robots: Carrier<RobotGot>
const moods: (object | null)[] = []
before(async () => {
  const dist = await build()
  scene = await openScene({ dist })
  robots = await robotCarrier({}, moods, Date.now)
  process.env['BULWARK_RELAYS'] = `qyapi.weixin.qq.com=${robots.origin}`
  process.env['BULWARK_SECRET'] = 'a secret of these tests, long enough'
  await inInstitution(scene.kernel.connection.db, scene.institution.id, 'write', (tx) => sql`update kernel.institution set drill = false`.execute(tx))
  scene.kernel.sessions.clear()
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await robots?.close()
  await scene?.close()
})

test('a working group is connected, tried, mended and removed; the address is not shown again', async () => {
  const page = await openAs(browser, scene, 'secretary', 'desk', '/settings/messages')
  await page.getByText('还没有接入工作群').waitFor()
  await assertAccessible(page, 'empty')
  await shot(page, 'messages-empty-desk')
  await page.getByRole('button', { name: '接入工作群' }).click()
  await page.getByLabel('机器人地址').fill('https://example.edu.cn/hook')
  await page.getByLabel('名称').fill('信息学院工作群')
  await page.getByRole('button', { name: '接入', exact: true }).click()
  await page.getByText('这不是企业微信、钉钉或飞书机器人的地址').waitFor()
  await page.getByLabel('机器人地址').fill(wecom)
  await page.getByText('已识别：企业微信').waitFor()
  await assertAccessible(page, 'form')
  await shot(page, 'messages-form-desk')
  await page.getByRole('button', { name: '接入', exact: true }).click()
  await page.getByText('地址尾号 0000').waitFor()
  moods.push({ errcode: 93000, errmsg: 'invalid webhook url' })
  await page.getByRole('button', { name: '发测试' }).click()
  await page.getByText('测试消息已发出').waitFor()
  await scene.runJobs()
  await page.getByText('机器人已被移除或地址失效').waitFor()
  await assertAccessible(page, 'failed')
  await shot(page, 'messages-failed-desk')
  await page.getByRole('button', { name: '修改' }).click()
  assert.equal((await page.content()).includes('c0ffee00'), false)
  await page.getByLabel('机器人地址').fill(wecom)
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('还没有发过，可先发一条测试').waitFor()
  // The words of the first test may still stand there: what counts is that the second was taken.
  await Promise.all([page.waitForResponse((answer) => answer.url().endsWith('/api/messages.testRobot') && answer.ok()), page.getByRole('button', { name: '发测试' }).click()])
  await scene.runJobs()
  await page.getByText('最近一次送达').waitFor()
  assert.match(robots.got[0]?.text ?? '', /^【堡垒】江畔大学\n测试消息：信息学院的“信息学院工作群”已接通/)
  assertQuiet(page)
  await page.close()
})

test('the duty officer sees what was sent and what failed, at the desk and on the phone', async () => {
  for (const device of ['desk', 'phone'] as const) {
    const page = await openAs(browser, scene, 'duty', device, '/settings/messages')
    await page.getByText('没有送到的').waitFor()
    await page.getByText('测试消息：信息学院').first().waitFor()
    assert.ok(await fits(page))
    await assertAccessible(page, device)
    await shot(page, `messages-${device}`, { fullPage: true })
    if (device === 'phone') {
      await page.setViewportSize({ width: 320, height: 700 })
      assert.ok(await fits(page), 'at 320 px')
    }
    assertQuiet(page)
    await page.close()
  }
})

test('on the phone: how I am told, and that this browser cannot be told, in words; what is pushed is shown', async () => {
  const page = await openAs(browser, scene, 'counsellor', 'phone', '/m/me')
  const worker = page.context().serviceWorkers()[0] ?? (await page.context().waitForEvent('serviceworker'))
  await page.getByRole('button', { name: /提醒/ }).first().click()
  await page.getByText('浏览器里已经禁止本站通知').waitFor()
  const quiet = page.getByRole('group', { name: /不打扰/ })
  await quiet.getByRole('button', { name: '照常提醒' }).click()
  await page.getByText('夜间不打扰（紧急除外）').waitFor()
  await quiet.getByRole('button', { name: '不打扰' }).click()
  await page.getByText('22 点到次日 7 点不打扰').waitFor()
  await assertAccessible(page, 'sheet')
  await shot(page, 'messages-mine-phone')
  // The browser of the tests forbids notifications whatever is granted, and reaches no push service: what it then says is real.
  await page.evaluate(() => {
    Object.defineProperty(Notification, 'permission', { get: () => 'granted' })
    Notification.requestPermission = () => Promise.resolve('granted')
  })
  await page.getByRole('button', { name: '关闭' }).click()
  await page.getByRole('button', { name: /提醒/ }).first().click()
  await page.getByRole('button', { name: '在这台手机上提醒我' }).click()
  await page.getByText('现在连不上推送服务').waitFor()
  await shot(page, 'messages-unreachable-phone')
  // The worker itself, with a push made by hand; only the last step, the system's notification, is caught.
  const shown = await worker.evaluate(async (text) => {
    const scope = globalThis as unknown as { registration: { showNotification: (title: string, options: object) => Promise<void> }; dispatchEvent(event: Event): void; PushEvent: new (type: string, init: { data: string }) => Event }
    const caught = new Promise<{ title: string; options: object }>((resolve) => (scope.registration.showNotification = async (title, options) => resolve({ title, options })))
    scope.dispatchEvent(new scope.PushEvent('push', { data: text }))
    return caught
  }, JSON.stringify({ title: '新任务：防汛', body: '请签收并安排落实', path: '/m/tasks', tag: 'notice x', id: '00000000-0000-7000-8000-000000000000' }))
  const { title, options } = shown as { title: string; options: { body?: string; tag?: string; data?: unknown } }
  assert.deepEqual([title, options.body, options.tag, options.data], ['新任务：防汛', '请签收并安排落实', 'notice x', { path: '/m/tasks', id: '00000000-0000-7000-8000-000000000000' }])
  await page.close()
})

test('dark, and in English', async () => {
  const page = await openAs(browser, scene, 'duty', 'desk', '/settings/messages')
  await page.evaluate(() => localStorage.setItem('bulwark.language', 'en'))
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.reload()
  await page.getByText('What did not arrive').waitFor()
  await assertAccessible(page, 'dark')
  await shot(page, 'messages-dark-en', { fullPage: true })
  await page.close()
})
