/** What journeys share: opening a page as one of the cast, and what every page must keep to. */
import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { axeViolations, type Violation } from '../axe.ts'
import { newPage } from '../browser.ts'
import type { Cast } from '../scene.ts'

export type Device = 'desk' | 'phone'
/** A server with people on it: a scene, or the stage of the gallery. */
export interface Place {
  origin: string
  token(who: string): string
}

/** Opens a page as somebody; with an empty name as nobody in particular. */
export async function openAs(browser: Browser, place: Place, who: Cast | '' | (string & {}), device: Device, path: string): Promise<Page> {
  const page = await newPage(browser, { device, origin: place.origin })
  if (who) await page.context().addCookies([{ name: 'bulwark', value: place.token(who), url: place.origin }])
  await page.goto(path)
  return page
}

/** What keeps people out: axe's serious and critical findings. */
export async function barriers(page: Page): Promise<Violation[]> {
  // Half-way through fading in, everything is too pale.
  await page.evaluate(() => Promise.all(document.getAnimations().filter((one) => Number.isFinite(one.effect?.getComputedTiming().endTime ?? Infinity)).map((one) => one.finished.catch(() => null))).then(() => undefined))
  return (await axeViolations(page)).filter(({ impact }) => impact === 'serious' || impact === 'critical')
}

export async function assertAccessible(page: Page, where: string): Promise<void> {
  assert.deepEqual(await barriers(page), [], where)
}

/** Whether nothing sticks out at the side of the window. */
export function fits(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)
}
