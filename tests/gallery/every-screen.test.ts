/** Every screen of the gallery, on one campus: axe finds nothing serious, nothing sticks out at 320 px or at 200 % zoom, and the page does not complain. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { errorsOf, forget, openBrowser } from '../browser.ts'
import { barriers } from '../journeys/page.ts'
import { addressOf, type Screen } from './screen.ts'
import { screens } from './screens.ts'
import { go, openFor, settled } from './show.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
let browser: Browser
before(async () => {
  stage = await openStage({ students: 120, staff: 50 })
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await stage?.close()
})

/** Within the program where it is open already: its files need not be read again for each screen. */
async function turnTo(page: Page, screen: Screen, before: Screen | undefined): Promise<void> {
  // What was pressed before may have left something open.
  if (!before || before.act || screen.act) return go(page, stage, screen)
  await page.evaluate((address) => history.pushState(null, '', address), addressOf(screen, stage))
  await settled(page)
}

/** What changes its colours just now (the wall's own look, left behind) is looked at once more when it stands still. */
async function barriersAtRest(page: Page) {
  const found = await barriers(page)
  if (!found.length) return found
  await page.waitForTimeout(800)
  return barriers(page)
}

/** Charts and menus measure themselves only after the window has changed. */
async function comesToFit(page: Page): Promise<boolean> {
  for (let look = 0; look < 15; look++) {
    // Not innerWidth: a phone's browser widens that to whatever sticks out.
    if (await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)) return true
    await page.waitForTimeout(100)
  }
  return false
}

/** Each takes what is next: while one page waits for its figures, another is looked at. */
const lanes = 3

/** Screens of one person, few enough for the lanes to end together; those on which something is pressed come last, so that the others need no fresh start. */
function* portions(own: readonly Screen[]): Generator<{ who: Screen['who']; theirs: Screen[] }> {
  const most = 12
  for (const [who, all] of [...Map.groupBy(own, (screen) => screen.who)].toSorted(([, a], [, b]) => b.length - a.length)) {
    const sorted = all.toSorted((a, b) => Number(!!a.act) - Number(!!b.act))
    for (let from = 0; from < sorted.length; from += most) yield { who, theirs: sorted.slice(from, from + most) }
  }
}

for (const [face, size, windows] of [
  // A window of 1440 × 900 at 200 % has room for 720 × 450.
  ['console', 'desk', [{ width: 720, height: 450 }, { width: 320, height: 640 }]],
  ['pocket', 'phone', [{ width: 320, height: 640 }]],
] as const)
  test(`${face}: every screen is open to everybody and fits into small windows`, async () => {
    const own = screens.filter((screen) => screen.face === face)
    const wrong: string[] = []
    const looked: string[] = []
    const lookAt = async (who: Screen['who'], theirs: readonly Screen[]) => {
      const page = await openFor(browser, stage, who, size)
      const roomy = page.viewportSize() ?? { width: 1440, height: 900 }
      for (const [index, screen] of theirs.entries()) {
        try {
          await page.setViewportSize(roomy)
          // What did not open in time on a busy machine is opened once more, from the beginning.
          await turnTo(page, screen, theirs[index - 1]).catch(() => go(page, stage, screen))
          for (const one of await barriersAtRest(page)) wrong.push(`${screen.name}: ${one.rule} ${one.places.join(' | ').slice(0, 400)}`)
          for (const window of windows) {
            await page.setViewportSize(window)
            await page.evaluate(() => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next))))
            if (!(await comesToFit(page))) wrong.push(`${screen.name}: sticks out at ${window.width} px: ${await whatSticksOut(page)}`)
          }
        } catch (error) {
          wrong.push(`${screen.name}: ${String(error).split('\n').slice(0, 3).join(' ')}`)
        }
        // What is not allowed, or only with a reason, is meant to be refused; an outbox is shown without a network. The browser notes both.
        for (const said of errorsOf(page)) if (!/status of 4(0[134]|22)|ERR_INTERNET_DISCONNECTED/.test(said)) wrong.push(`${screen.name}: complains ${said.slice(0, 300)}`)
        forget(page)
        looked.push(screen.name)
      }
      await page.close()
    }
    // One line for all: whoever is free takes the next portion.
    const line = portions(own)
    await Promise.all(Array.from({ length: lanes }, async () => {
      for (const { who, theirs } of line) await lookAt(who, theirs)
    }))
    assert.deepEqual(wrong, [])
    assert.deepEqual(looked.toSorted(), own.map((screen) => screen.name).toSorted(), 'each was looked at, once')
  })

/** The innermost elements beyond the edge. */
const whatSticksOut = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && ![...one.children].some((child) => child.getBoundingClientRect().right > document.documentElement.clientWidth + 1))
      .slice(0, 3)
      .map((one) => `${one.tagName.toLowerCase()}.${one.className} “${one.textContent?.slice(0, 20)}”`)
      .join(', '),
  )
