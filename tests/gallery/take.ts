/**
 * `npm run gallery`: a picture of every screen, at desk and phone size, light and dark, into gallery/ with a page to leaf through.
 * `--only gaps,notice` screens whose name contains a word · `--look dark` · `--size phone` · `--face pocket` · `--language en` · `--students 300` · `--width 320` `--height 900` another window · `--out folder` · `--again` keeps other pictures.
 */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { errorsOf, forget, openBrowser } from '../browser.ts'
import type { Device } from '../journeys/page.ts'
import { album } from './album.ts'
import type { Screen } from './screen.ts'
import { screens } from './screens.ts'
import { go, openFor, settled, type GalleryLanguage } from './show.ts'
import { openStage, type Stage } from './stage.ts'

const looks = ['light', 'dark'] as const
const sizes = ['desk', 'phone'] as const
export type Look = (typeof looks)[number]
export const galleryFolder = join(import.meta.dirname, '../../gallery')

export interface Wanted {
  screens: readonly Screen[]
  looks: readonly Look[]
  sizes: readonly Device[]
  language: GalleryLanguage
  folder: string
  /** Of the window, where it is another than the device's own. */
  width?: number
  height?: number
  /** No picture is higher than so many windows: what is read beside it would be out of sight. */
  windowsHigh?: number
}

export const pictureName = (screen: Screen, size: Device, look: Look, language: GalleryLanguage) => `${screen.name}-${size}-${look}${language === 'zh-Hans' ? '' : `-${language}`}.png`

/** Takes the pictures. @returns what was wrong with which screen. */
export async function takePictures(stage: Stage, wanted: Wanted, report: (line: string) => void): Promise<string[]> {
  const problems: string[] = []
  mkdirSync(wanted.folder, { recursive: true })
  const browser = await openBrowser()
  // A page for each person and size: what was loaded once need not be loaded again.
  const pages = new Map<string, Page>()
  let failed = 0
  try {
    for (const screen of wanted.screens)
      for (const size of wanted.sizes) {
        const started = Date.now()
        const key = `${screen.who ?? ''} ${size} ${screen.face}`
        const page = pages.get(key) ?? (await openFor(browser, stage, screen.who, size, wanted.language))
        pages.delete(key)
        pages.set(key, page)
        // The one that was not wanted for longest makes room.
        for (const [old, left] of pages) if (pages.size > 6) await left.close().then(() => pages.delete(old))
        const wrong = (what: string) => problems.push(`${screen.name} (${size}): ${what}`)
        try {
          const window = { ...windows[size], ...(wanted.width ? { width: wanted.width } : {}), ...(wanted.height ? { height: wanted.height } : {}) }
          await page.setViewportSize(window)
          await go(page, stage, screen)
          if (!screen.fold) await unfold(page, window, wanted.windowsHigh ? window.height * wanted.windowsHigh : 4500)
          for (const look of wanted.looks) {
            await page.emulateMedia({ colorScheme: look })
            await page.waitForTimeout(120)
            await page.screenshot({ path: join(wanted.folder, pictureName(screen, size, look, wanted.language)), animations: 'disabled' })
          }
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
          if (wide > 0) wrong(`sticks out by ${wide} px`)
          // Before signing in the browser itself notes the refusal of directory.me; a page that is not allowed is meant to be refused.
          for (const said of errorsOf(page)) if (!/status of 4(0[134]|22)|ERR_INTERNET_DISCONNECTED/.test(said)) wrong(said.slice(0, 300))
          failed = 0
          report(`${screen.name} ${size} ${((Date.now() - started) / 1000).toFixed(1)} s`)
        } catch (error) {
          wrong(String(error).split('\n').slice(0, 2).join(' '))
          for (const said of errorsOf(page)) wrong(said.slice(0, 300))
          // It may have crashed: the next screen gets a page of its own.
          pages.delete(key)
          await page.close().catch(() => {})
          report(`${screen.name} ${size} FAILED`)
          if (++failed >= 6) throw new Error(`Six screens in a row could not be opened.\n${problems.join('\n')}`, { cause: error })
        }
        forget(page)
      }
  } finally {
    await browser.close()
  }
  return problems
}

const windows = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }

/** Makes the window as high as the page, so that what sticks to its edges stands where it belongs. */
async function unfold(page: Page, { width, height: least }: { width: number; height: number }, highest: number): Promise<void> {
  // Beyond so many points the browser paints the page anew from its top.
  const [height, most] = await page.evaluate(() => [document.documentElement.scrollHeight, 8000 / devicePixelRatio] as const)
  if (height <= least) return
  await page.setViewportSize({ width, height: Math.min(height, highest, most) })
  await settled(page)
}

function choose(): Wanted & { students: number; again: boolean } {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, look: { type: 'string' }, size: { type: 'string' }, face: { type: 'string' }, language: { type: 'string', default: 'zh-Hans' }, students: { type: 'string', default: '720' }, out: { type: 'string' }, width: { type: 'string' }, height: { type: 'string' }, again: { type: 'boolean', default: false } },
  })
  const words = values.only?.split(',') ?? []
  const chosen = screens.filter((screen) => (!words.length || words.some((word) => screen.name.includes(word))) && (!values.face || screen.face === values.face))
  if (!chosen.length) throw new Error(`No screen is called ${values.only}. There are: ${screens.map((one) => one.name).join(' ')}`)
  return {
    screens: chosen,
    looks: looks.filter((one) => !values.look || one === values.look),
    sizes: sizes.filter((one) => !values.size || one === values.size),
    language: values.language as GalleryLanguage,
    folder: values.out ?? galleryFolder,
    ...(values.width ? { width: Number(values.width) } : {}),
    ...(values.height ? { height: Number(values.height) } : {}),
    students: Number(values.students),
    again: values.again || words.length > 0 || values.look !== undefined || values.size !== undefined || values.face !== undefined || values.language !== 'zh-Hans',
  }
}

if (import.meta.main) {
  const wanted = choose()
  const say = (line: string) => process.stderr.write(`${line}\n`)
  const started = Date.now()
  const stage = await openStage({ students: wanted.students, report: say })
  try {
    say(`the campus stands after ${Math.round((Date.now() - started) / 1000)} s`)
    if (!wanted.again && existsSync(wanted.folder)) for (const name of readdirSync(wanted.folder)) if (name.endsWith('.png')) rmSync(join(wanted.folder, name))
    const problems = await takePictures(stage, wanted, say)
    writeFileSync(join(wanted.folder, 'index.html'), album(screens, readdirSync(wanted.folder).filter((name) => name.endsWith('.png'))))
    say(`${wanted.screens.length} screens in ${Math.round((Date.now() - started) / 1000)} s: ${join(wanted.folder, 'index.html')}`)
    for (const problem of problems) say(`! ${problem}`)
    if (problems.length) process.exitCode = 1
  } finally {
    await stage.close()
  }
  process.exit()
}
