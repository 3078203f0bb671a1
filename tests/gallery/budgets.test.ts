/** What a first visit may cost, measured where it is paid: bytes, a slow phone on a slow line, a start without a network. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { newId } from '#kernel/ids.ts'
import { fromPreset, switchOn } from '#slices/measures/contract.ts'
import { open } from '#slices/responses/contract.ts'
import { build, findRecord } from '../../entry/build.ts'
import { newPage, openBrowser } from '../browser.ts'
import { openScene, type Scene } from '../scene.ts'

let scene: Scene
let browser: Browser
before(async () => {
  scene = await openScene({ dist: await build() })
  const duty = scene.as('duty')
  const [responseId, measureId] = [newId(), newId()]
  await duty.call(open, { responseId, name: '秋冬季传染病防控', hazards: ['influenza'], level: 3, basis: '传染病防治法', decidedBy: '校应急指挥部', plannedEnd: null })
  await duty.call(fromPreset, { measureId, responseId, key: 'listed-area-observed', basis: '第二条' })
  await duty.call(switchOn, { measureId })
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await scene?.close()
})

test('a first visit carries at most 450 kB to a desk and 200 kB to a phone', async () => {
  const record = await findRecord()
  assert.ok(record)
  assert.ok(record.firstLoad.console <= 450_000, `console: ${record.firstLoad.console} bytes`)
  assert.ok(record.firstLoad.pocket <= 200_000, `pocket: ${record.firstLoad.pocket} bytes`)
})

/** Milliseconds from the press on the address to the first question standing there, answerable. */
async function usableAfter(page: Page): Promise<number> {
  await page.addInitScript(() => {
    const look = () => {
      const button = [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === '否' && !one.disabled)
      if (button) Object.assign(globalThis, { usable: performance.now() })
      else requestAnimationFrame(look)
    }
    look()
  })
  await page.goto('/m/', { waitUntil: 'commit' })
  const handle = await page.waitForFunction(() => (globalThis as unknown as { usable?: number }).usable, undefined, { timeout: 30_000 })
  return Math.round((await handle.jsonValue()) ?? Number.NaN)
}

/** The best of some attempts: what other programs on this machine take away is no fault of the phone's pages. */
async function best(limit: number, attempt: () => Promise<number>): Promise<void> {
  const seen: number[] = []
  for (let time = 0; time < 10; time++) {
    const took = await attempt()
    seen.push(took)
    if (took <= limit) return
  }
  assert.fail(`at most ${limit} ms, but ${seen.join(', ')} ms`)
}

const openPhone = async () => {
  const page = await newPage(browser, { device: 'phone', origin: scene.origin })
  await page.context().addCookies([{ name: 'bulwark', value: scene.token('student'), url: scene.origin }])
  return page
}

test('on a slow phone (a quarter of this processor) and a line of 400 kb/s the first question can be answered within 3 s', async () => {
  await best(3000, async () => {
    const page = await openPhone()
    const session = await page.context().newCDPSession(page)
    await session.send('Network.enable')
    await session.send('Network.emulateNetworkConditions', { offline: false, latency: 60, downloadThroughput: 400_000 / 8, uploadThroughput: 400_000 / 8 })
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
    const took = await usableAfter(page)
    await page.close()
    return took
  })
})

test('without a network the phone starts within a second', async () => {
  const page = await openPhone()
  await usableAfter(page)
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await page.context().setOffline(true)
  await best(1000, async () => usableAfter(page))
  await page.close()
})
