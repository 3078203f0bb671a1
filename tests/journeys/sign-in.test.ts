/** The first page that anybody sees: signing in by the form leads inside the first time, however slow the machine or the answer. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Browser } from 'playwright-core'
import { account } from '#slices/drills/contract.ts'
import { newPage } from '../browser.ts'
import { cast, type Scene } from '../scene.ts'
import { onStage } from './page.ts'

let scene: Scene
let browser: Browser
onStage(async (stage) => {
  ;({ scene, browser } = stage)
  await scene.operate(account, { number: cast.duty, login: 'duty', password: 'a-long-password' })
})

for (const [device, start, inside] of [['desk', '/gaps', /\/gaps$/], ['phone', '/m/me', /\/m\/me$/]] as const) {
  test(`on a ${device === 'desk' ? 'desk' : 'phone'}: to where one wanted to go, at once`, async () => {
    for (const [slower, wait] of [[1, 0], [6, 0], [1, 600]] as const) {
      const page = await newPage(browser, { device, origin: scene.origin })
      const session = await page.context().newCDPSession(page)
      await session.send('Emulation.setCPUThrottlingRate', { rate: slower })
      await page.goto(start)
      await page.getByLabel('学工号或账号').fill('duty')
      await page.getByLabel('密码', { exact: true }).fill('a-long-password')
      // What is asked after signing in is who one is: that answer takes its time.
      await page.route('**/api/directory.me', async (route) => {
        await new Promise((resolve) => setTimeout(resolve, wait))
        await route.continue()
      })
      const gone: string[] = []
      page.on('framenavigated', (frame) => gone.push(frame.url()))
      await page.keyboard.press('Enter')
      await page.waitForURL(inside)
      await page.getByLabel('密码', { exact: true }).waitFor({ state: 'detached' })
      assert.deepEqual(gone.filter((url) => url.includes('/sign-in')), [], `slower by ${slower}, answered after ${wait} ms`)
      await page.unrouteAll({ behavior: 'ignoreErrors' })
      await page.close()
    }
  })
}
