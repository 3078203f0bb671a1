/** What journeys share: opening a page as one of the cast, and what every page must keep to. */
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import type { Browser, Locator, Page } from 'playwright-core'
import { axeViolations, type Violation } from '../axe.ts'
import { build } from '../../entry/build.ts'
import { newPage, openBrowser } from '../browser.ts'
import { newId } from '#kernel/ids.ts'
import { fromPreset, switchOn } from '#slices/measures/contract.ts'
import { open } from '#slices/responses/contract.ts'
import { openScene, type Cast, type Scene } from '../scene.ts'

export type Device = 'desk' | 'phone'
/** A server with people on it: a scene, or the stage of the gallery. */
export interface Place {
  origin: string
  token(who: string): string
}

/** For the tests of a file: a scene that serves the built pages, and a browser; both are closed after them. `ready` takes them and prepares what the tests find. */
export function onStage(ready: (stage: { scene: Scene; browser: Browser }) => unknown): void {
  let scene: Scene | undefined
  let browser: Browser | undefined
  before(async () => {
    scene = await openScene({ dist: await build() })
    browser = await openBrowser()
    await ready({ scene, browser })
  })
  after(async () => {
    await browser?.close()
    await scene?.close()
  })
}

/** Opens a page as somebody; with an empty name as nobody in particular. */
export async function openAs(browser: Browser, place: Place, who: Cast | '' | (string & {}), device: Device, path: string): Promise<Page> {
  const page = await newPage(browser, { device, origin: place.origin })
  if (who) await page.context().addCookies([{ name: 'bulwark', value: place.token(who), url: place.origin }])
  await page.goto(path)
  return page
}

/** The duty officer opens a response and switches these ready-made measures on. */
export async function respond(scene: Scene, presets: readonly string[]): Promise<void> {
  const duty = scene.as('duty')
  const responseId = newId()
  await duty.call(open, { responseId, name: '秋冬季传染病防控', hazards: ['influenza'], level: 3, basis: '传染病防治法', decidedBy: '校应急指挥部', plannedEnd: null })
  for (const key of presets) {
    const measureId = newId()
    await duty.call(fromPreset, { measureId, responseId, key, basis: '校发〔2026〕9号第二条' })
    await duty.call(switchOn, { measureId })
  }
}

/** Picks from the list that belongs to the box: another that is still closing may hold the same words. */
export async function pick(box: Locator, option: string | RegExp): Promise<void> {
  if ((await box.getAttribute('aria-expanded')) !== 'true') await box.click()
  const list = box.page().locator('.ant-select-dropdown').filter({ has: box.page().locator(`[id="${await box.getAttribute('id')}_list"]`) })
  await list.locator('.ant-select-item-option').filter({ hasText: option }).click()
}

/** Closes by the key: what is still coming in does not hear it yet. */
export async function shut(what: Locator): Promise<void> {
  for (let round = 0; round < 30; round++) {
    await what.page().keyboard.press('Escape')
    if (await what.waitFor({ state: 'hidden', timeout: 1000 }).then(() => true, () => false)) return
  }
  assert.fail('It does not close')
}

/** What keeps people out: axe's serious and critical findings. */
export async function barriers(page: Page): Promise<Violation[]> {
  // Half-way through fading in, everything is too pale.
  await page.evaluate(() => Promise.all(document.getAnimations().filter((one) => Number.isFinite(one.effect?.getComputedTiming().endTime ?? Infinity)).map((one) => one.finished.catch(() => null))).then(() => undefined))
  const found = (await axeViolations(page)).filter(({ impact }) => impact === 'serious' || impact === 'critical')
  const twice = await page.evaluate(() => [...Map.groupBy([...document.querySelectorAll('[id]')], (one) => one.id).entries()].filter(([, all]) => all.length > 1).map(([id, all]) => `${id}: ${all.map((one) => one.outerHTML.slice(0, 120)).join(' ')}`))
  return twice.length ? [...found, { rule: 'duplicate-id', impact: 'serious', help: 'A label names one control', places: twice }] : found
}

export async function assertAccessible(page: Page, where: string): Promise<void> {
  assert.deepEqual(await barriers(page), [], where)
}

/** Whether nothing sticks out at the side of the window. Not measured by `innerWidth`: a phone's browser widens that to whatever sticks out. */
export function fits(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)
}
