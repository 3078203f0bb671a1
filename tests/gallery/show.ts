/** Opens a screen of the list in the real browser and waits until it stands still. */
import type { Browser, Page } from 'playwright-core'
import { openAs, type Device } from '../journeys/page.ts'
import type { Role } from './roles.ts'
import { addressOf, type Screen } from './screen.ts'
import type { Stage } from './stage.ts'

export type GalleryLanguage = 'zh-Hans' | 'zh-Hant' | 'en'

/** A page of somebody's own, in a language, ready to go to screens. */
export async function openFor(browser: Browser, stage: Stage, who: Role | undefined, device: Device, language: GalleryLanguage = 'zh-Hans'): Promise<Page> {
  const page = await openAs(browser, stage, '', device, 'about:blank')
  if (who) await page.context().addCookies([{ name: 'bulwark', value: stage.token(who), url: stage.origin }])
  await page.addInitScript((wanted) => localStorage.getItem('bulwark.language') ?? localStorage.setItem('bulwark.language', wanted), language)
  await page.emulateMedia({ colorScheme: 'light' })
  page.setDefaultTimeout(40_000)
  return page
}

/** Goes to the screen on a page that is open. */
export async function go(page: Page, stage: Stage, screen: Screen): Promise<void> {
  await page.goto(`${stage.origin}${addressOf(screen, stage)}`)
  await settled(page)
  if (screen.shows) await page.getByText(screen.shows).first().waitFor()
  if (!screen.act) return
  await screen.act(page, stage)
  await settled(page)
}

/** Until nothing is loading any more: there are words, no skeleton, and nothing has changed for a moment. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () => {
      const here = globalThis as unknown as { lastLook?: { text: string; at: number } }
      const waits = document.querySelector('.b-skeleton, .p-skeleton, [aria-busy="true"], .ant-spin-spinning')
      const text = document.body.innerText
      if (waits || text.trim().length < 4 || here.lastLook?.text !== text) {
        here.lastLook = { text: waits ? '' : text, at: performance.now() }
        return false
      }
      return performance.now() - here.lastLook.at > 250
    },
    undefined,
    { polling: 50, timeout: 40_000 },
  )
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
}
