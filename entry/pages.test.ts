/** The built pages in a real browser against the real server: frames, opening without a network, the outbox across a killed browser. */
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { newId } from '#kernel/ids.ts'
import { mine } from '#slices/issues/contract.ts'
import { axeViolations } from '../tests/axe.ts'
import { assertQuiet, newPage, shot } from '../tests/browser.ts'
import { openScene, type Cast, type Scene } from '../tests/scene.ts'
import { build, findRecord } from './build.ts'
import { onStage } from '../tests/journeys/page.ts'

let scene: Scene
let browser: Browser

onStage((stage) => {
  ;({ scene, browser } = stage)
})

async function signIn(context: BrowserContext, who: Cast): Promise<void> {
  await context.addCookies([{ name: 'bulwark', value: scene.token(who), url: scene.origin, httpOnly: true, sameSite: 'Lax' }])
}

async function open(who: Cast, device: 'desk' | 'phone', path: string): Promise<Page> {
  const page = await newPage(browser, { device, origin: scene.origin })
  await signIn(page.context(), who)
  await page.goto(path)
  return page
}

/** Puts an item where the outbox keeps it, as a page does just before it is killed. */
const leaveBehind = (page: Page, item: { id: string; person: string; call: string; input: unknown }) =>
  page.evaluate(
    (given) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('bulwark-phone')
        opening.addEventListener('success', () => {
          const transaction = opening.result.transaction('outbox', 'readwrite')
          transaction.objectStore('outbox').add({ ...given, label: '求助', at: Date.now(), state: 'waiting', attempts: 0, nextAt: 0, holdUntil: 0, topics: ['help'] })
          transaction.addEventListener('complete', () => (opening.result.close(), resolve()))
          transaction.addEventListener('error', () => reject(transaction.error))
        })
        opening.addEventListener('error', () => reject(opening.error))
      }),
    item,
  )

const kept = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<{ id: string; state: string }[]>((resolve) => {
        const opening = indexedDB.open('bulwark-phone')
        opening.addEventListener('success', () => {
          const asking = opening.result.transaction('outbox').objectStore('outbox').getAll()
          asking.addEventListener('success', () => (opening.result.close(), resolve(asking.result.map(({ id, state }: { id: string; state: string }) => ({ id, state })))))
        })
      }),
  )

async function until<T>(look: () => Promise<T>, good: (found: T) => boolean, milliseconds = 10_000): Promise<T> {
  const end = Date.now() + milliseconds
  for (;;) {
    const found = await look()
    if (good(found) || Date.now() > end) return found
    await new Promise((wake) => setTimeout(wake, 100))
  }
}

const help = (text: string) => ({ call: 'issues.askHelp', input: { requestId: newId(), theme: 'dormitory', urgency: 'today', text } })

test('the phone loads at most 200 kB before it shows something', async () => {
  const record = await findRecord()
  assert.ok(record)
  assert.ok(record.firstLoad.pocket < 200 * 1024, `${record.firstLoad.pocket} bytes`)
  assert.ok(!record.precache.some((file) => /ConsoleApp|DataTable|theme/.test(file)), 'the phone keeps nothing of the console')
})

for (const [device, path] of [['desk', '/'], ['phone', '/m/']] as const)
  test(`${path}: the frame names the institution, marks the drill, passes axe in light and dark`, async () => {
    const page = await open('duty', device, path)
    await page.getByText('江畔大学').first().waitFor()
    await page.getByText('演练').first().waitFor()
    for (const look of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: look })
      // Half-way from one look to the other everything is too pale.
      await page.waitForFunction((wanted) => document.documentElement.dataset['look'] === wanted && document.getAnimations().every((one) => one.playState !== 'running' || !Number.isFinite(one.effect?.getComputedTiming().endTime ?? Infinity)), look)
      assert.deepEqual(await axeViolations(page), [])
      await shot(page, `frame-${device}-${look}`)
    }
    assertQuiet(page)
    await page.close()
  })

test('nobody signed in: to the sign-in page, and the way back is kept', async () => {
  const page = await newPage(browser, { device: 'desk', origin: scene.origin })
  await page.goto('/units?tree=party')
  await page.waitForURL(/\/sign-in/)
  assert.equal(new URL(page.url()).searchParams.get('next'), '/units?tree=party')
  await page.close()
})

test('what a killed browser had kept is sent once; the phone opens without a network', async () => {
  const context = await browser.newContext({ baseURL: scene.origin, locale: 'zh-CN', viewport: { width: 390, height: 844 } })
  await signIn(context, 'student')
  const page = await context.newPage()
  await page.goto('/m/')
  await page.getByText('江畔大学').first().waitFor()
  await page.evaluate(() => navigator.serviceWorker.ready)
  await until(() => page.evaluate(() => navigator.serviceWorker.controller !== null), Boolean)
  await context.setOffline(true)
  await page.reload()
  await page.getByText('江畔大学').first().waitFor()
  await page.getByText('没有网络').first().waitFor()
  // The page's own file too comes from what the phone keeps.
  await page.locator('.p-main .b-skeleton').first().waitFor({ state: 'detached' })
  await shot(page, 'pocket-offline')
  const id = newId()
  await leaveBehind(page, { id, person: scene.person('student'), ...help('宿舍停水') })
  // A second tab keeps the profile alive while the first is killed.
  const other = await context.newPage()
  await page.close()
  await context.setOffline(false)
  await other.goto('/m/')
  assert.deepEqual(await until(() => kept(other), (items) => items[0]?.state === 'sent'), [{ id, state: 'sent' }])
  await other.reload()
  await other.waitForTimeout(500)
  const { requests } = await scene.as('student').call(mine, {})
  assert.equal(requests.length, 1)
  await context.close()
})

test('on a shared phone nothing of one person goes out under the name of the next', async () => {
  const page = await open('classmate', 'phone', '/m/')
  await page.getByText('江畔大学').first().waitFor()
  const id = newId()
  await page.context().setOffline(true)
  await leaveBehind(page, { id, person: scene.person('classmate'), ...help('药用完了') })
  await page.context().clearCookies()
  await page.context().setOffline(false)
  await signIn(page.context(), 'stranger')
  await page.reload()
  await page.getByText('江畔大学').first().waitFor()
  await page.waitForTimeout(1500)
  assert.deepEqual(await until(() => kept(page).catch(() => []), (items) => items.length > 0), [{ id, state: 'waiting' }])
  assert.equal((await scene.as('stranger').call(mine, {})).requests.length, 0)
  await signIn(page.context(), 'classmate')
  await page.reload()
  // Where the page remembered the one before, it is loaded anew: looking may come in between.
  assert.deepEqual(await until(() => kept(page).catch(() => []), (items) => items[0]?.state === 'sent'), [{ id, state: 'sent' }])
  assert.equal((await scene.as('classmate').call(mine, {})).requests.length, 1)
  await page.context().close()
})

test('a new version that comes while somebody writes waits until it is sent; nothing written is lost, and it arrives once', async () => {
  // A folder of its own, into which a later version can be laid.
  const dist = mkdtempSync(join(tmpdir(), 'bulwark-version-'))
  cpSync(await build(), dist, { recursive: true })
  for (const ending of ['.br', '.gz']) rmSync(join(dist, `m/sw.js${ending}`), { force: true })
  const own = await openScene({ dist })
  const page = await newPage(browser, { device: 'phone', origin: own.origin })
  try {
    await page.context().addCookies([{ name: 'bulwark', value: own.token('student'), url: own.origin }])
    await page.goto('/m/help')
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
    await page.getByRole('button', { name: '住宿' }).click()
    await page.getByLabel('需要什么帮助').fill('空调漏水，床铺湿了')
    await page.evaluate(() => Object.assign(globalThis, { here: true }))
    const worker = join(dist, 'm/sw.js')
    writeFileSync(worker, readFileSync(worker, 'utf8').replace(/bulwark-(?=\$\{)/, 'bulwark-later-'))
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration('/m/'))?.update())
    await page.getByText('有新版本').waitFor()
    assert.equal(await page.getByLabel('需要什么帮助').inputValue(), '空调漏水，床铺湿了')
    await page.getByRole('button', { name: '更新', exact: true }).click()
    await page.getByText('提交或离开这一页后更新').waitFor()
    assert.ok(await page.evaluate(() => 'here' in globalThis), 'the page was not loaded anew')
    await page.getByRole('button', { name: '发出求助' }).click()
    await page.waitForFunction(() => !('here' in globalThis), undefined, { timeout: 60_000 })
    await page.getByText('空调漏水，床铺湿了').waitFor()
    const found = await until(async () => (await own.as('student').call(mine, {})).requests.map((request) => request.text), (texts) => texts.length > 0)
    assert.deepEqual(found, ['空调漏水，床铺湿了'])
    assert.deepEqual((await page.evaluate(() => caches.keys())).map((name) => name.startsWith('bulwark-later-')), [true], 'only the later version is kept')
  } finally {
    await page.close()
    await own.close()
    rmSync(dist, { recursive: true, force: true })
  }
})

test('it can be put on the home screen: name, start within its own pages, icons that a phone may cut round', async () => {
  const page = await newPage(browser, { device: 'phone', origin: scene.origin })
  await page.goto('/m/sign-in')
  const address = await page.locator('link[rel=manifest]').getAttribute('href')
  const manifest = (await (await page.request.get(address ?? '')).json()) as { name: string; short_name: string; start_url: string; scope: string; display: string; icons: { src: string; sizes: string; type: string; purpose: string }[]; shortcuts: { url: string }[] }
  assert.deepEqual([manifest.short_name, manifest.start_url, manifest.scope, manifest.display], ['堡垒', '/m/', '/m/', 'standalone'])
  const pixels = manifest.icons.filter((icon) => icon.type === 'image/png')
  assert.ok(pixels.some((icon) => icon.purpose === 'maskable' && icon.sizes === '512x512') && pixels.some((icon) => icon.purpose === 'any' && icon.sizes === '192x192') && pixels.some((icon) => icon.purpose === 'any' && icon.sizes === '512x512'))
  const apple = await page.locator('link[rel="apple-touch-icon"]').getAttribute('href')
  for (const { src, sizes } of [...pixels, { src: apple ?? '', sizes: '180x180' }]) {
    const size = await page.evaluate(async (from) => { const picture = await createImageBitmap(await (await fetch(from)).blob()); return `${picture.width}x${picture.height}` }, src)
    assert.equal(size, sizes, src)
  }
  for (const { url } of manifest.shortcuts) assert.equal((await page.request.get(url)).status(), 200, url)
  await page.close()
})
