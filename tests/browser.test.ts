import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { axeViolations } from './axe.ts'
import { assertQuiet, errorsOf, newPage, openBrowser, shot } from './browser.ts'

const body = `<main><h1>关于做好返校报到工作的通知</h1><p>各学院、各单位：<strong>不得</strong>擅自离校。已登记 33,000 人，繁體亦可讀；「确认」——请于 8 月 20 日前报告。</p><button>确认收到</button></main>`
const pages: Record<string, string> = {
  '/good': `<!doctype html><html lang="zh-CN"><meta name="viewport" content="width=device-width"><title>通知</title><style>body { font: 20px 'Noto Sans SC', sans-serif }</style>${body}`,
  '/bad': `<!doctype html><html><title></title><img src="data:,"><script>console.error('something is wrong'); throw new Error('and so is this')</script>`,
}
let server: Server
let browser: Browser
let origin: string

before(async () => {
  server = createServer((request, response) => {
    response.writeHead(pages[request.url ?? ''] ? 200 : 404, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': `default-src 'self'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:` })
    response.end(pages[request.url ?? ''] ?? '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  assert.ok(address && typeof address === 'object')
  origin = `http://127.0.0.1:${address.port}`
  browser = await openBrowser()
})

after(async () => {
  await browser?.close()
  server.close()
})

/** Two characters that a machine without Chinese type would both show as the same empty box. */
const differ = (page: Page) =>
  page.evaluate(() => {
    const draw = (text: string) => {
      const canvas = document.createElement('canvas')
      const context = canvas.getContext('2d')
      if (!context) return ''
      context.font = `40px 'Noto Sans SC'`
      context.fillText(text, 10, 60)
      return canvas.toDataURL()
    }
    return new Set([...'堡垒通知'].map(draw)).size
  })

for (const device of ['desk', 'phone'] as const) {
  test(`Chinese is drawn, at the size of a ${device}, and the page is quiet and accessible`, async () => {
    const page = await newPage(browser, { device, origin })
    await page.goto('/good')
    assert.equal(await page.evaluate(() => innerWidth), device === 'desk' ? 1440 : 390)
    assert.equal(await page.evaluate(() => navigator.language), 'zh-CN')
    assert.equal(await page.evaluate(() => 'ontouchstart' in window), device === 'phone')
    assert.equal(await differ(page), 4)
    assert.deepEqual(await axeViolations(page), [])
    await shot(page, `harness-${device}`)
    assertQuiet(page, [/favicon/])
    await page.close()
  })
}

test('complaints of a page and barriers on it are found', async () => {
  const page = await newPage(browser, { device: 'desk', origin, locale: 'en-GB' })
  await page.goto('/bad')
  assert.ok(errorsOf(page).some((text) => text.includes('something is wrong')))
  assert.throws(() => assertQuiet(page), /and so is this/)
  assertQuiet(page)
  const rules = (await axeViolations(page)).map(({ rule }) => rule)
  for (const rule of ['html-has-lang', 'image-alt', 'document-title']) assert.ok(rules.includes(rule), `${rule} not among ${rules.join(', ')}`)
})
