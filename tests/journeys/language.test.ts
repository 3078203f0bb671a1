/** Who reads which language: the institution's until somebody chooses, what was chosen from then on; at the desk, on the phone, before signing in. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { me, setInstitution } from '#slices/directory/contract.ts'
import { assertQuiet } from '../browser.ts'
import type { Scene } from '../scene.ts'
import { type Device, onStage, openAs } from './page.ts'

let scene: Scene
let browser: Browser
onStage((stage) => {
  ;({ scene, browser } = stage)
})

async function usual(language: 'zh-Hans' | 'zh-Hant' | 'en') {
  const admin = scene.as('administrator')
  const { institution } = await admin.call(me, {})
  await admin.call(setInstitution, { name: institution.name, timeZone: institution.timeZone, language })
}
// The browsers here ask for zh-CN.
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
const open = (who: string, device: Device, path: string) => openAs(browser, scene, who, device, path)
const spoken = (page: Page) => page.evaluate(() => document.documentElement.lang)

test('before signing in: the institution’s language, at the next visit from the first word on', async () => {
  await usual('en')
  const page = await open('', 'desk', '/sign-in')
  await heading(page, 'Sign in')
  assert.equal(await spoken(page), 'en')
  // Its first words, before anything was asked of the server.
  await page.route('**/api/**', (route) => route.abort())
  await page.reload()
  await heading(page, 'Sign in')
  await page.close()

  const phone = await open('', 'phone', '/m/sign-in')
  await phone.getByRole('button', { name: 'Sign in' }).last().waitFor()
  await phone.close()
})

test('what somebody chose stays theirs, whatever the institution usually speaks', async () => {
  await usual('en')
  const page = await open('duty', 'desk', '/situation')
  await heading(page, 'Situation')
  await page.getByRole('button', { name: /Language/ }).click()
  await page.getByText('繁體中文').click()
  await heading(page, '態勢')
  await usual('zh-Hans')
  await page.reload()
  await heading(page, '態勢')
  assert.equal(await spoken(page), 'zh-Hant')
  assertQuiet(page)
  await page.close()

  await usual('en')
  const phone = await open('student', 'phone', '/m/me')
  await phone.getByRole('button', { name: '简体' }).click()
  await phone.getByRole('heading', { name: '谁负责我' }).waitFor()
  await phone.reload()
  await phone.getByRole('heading', { name: '谁负责我' }).waitFor()
  await phone.close()
})

test('who chose nothing follows the institution when it changes', async () => {
  await usual('zh-Hant')
  const page = await open('counsellor', 'desk', '/people')
  await heading(page, '人員')
  await usual('zh-Hans')
  await page.reload()
  await heading(page, '人员')
  await page.reload()
  await heading(page, '人员')
  assertQuiet(page)
  await page.close()
})
