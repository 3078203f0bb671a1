/** What is printed: white at night too, an open panel once and not over every page. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Browser } from 'playwright-core'
import type { Scene } from '../scene.ts'
import { onStage, openAs } from './page.ts'

let scene: Scene
let browser: Browser
onStage((stage) => { ({ scene, browser } = stage) })

test('an open panel is printed by itself, on one sheet, as by day', async () => {
  const page = await openAs(browser, scene, 'duty', 'desk', '/settings/attributes')
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.getByRole('button', { name: /^新增/ }).first().click()
  const panel = page.getByRole('dialog')
  await panel.waitFor()
  const ink = () => panel.evaluate((one) => Number(/\d+/.exec(getComputedStyle(one).color)?.[0]))
  assert.ok((await ink()) > 128, 'At night letters are pale')
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
  await page.waitForFunction(() => Number(/\d+/.exec(getComputedStyle(document.querySelector('[role=dialog]') ?? document.body).color)?.[0]) < 128)
  assert.equal(await page.locator('main').isVisible(), false, 'What lies behind the panel is not printed')
  const sheets = (await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type\s*\/Page\b/g)
  assert.equal(sheets?.length, 1)
  await page.emulateMedia({ media: null, colorScheme: 'dark' })
  await page.evaluate(() => dispatchEvent(new Event('afterprint')))
  await page.locator('main').waitFor()
  await page.close()
})
