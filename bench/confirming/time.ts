/**
 * A notice of some forty duties from paste to issued, by keyboard, at the pace of somebody who never saw the screen: acts counted, seconds measured.
 * node bench/confirming/time.ts --server http://127.0.0.1:8080 [--pace 1]   (against a running `npm run demo`; pace 0 does not wait)
 *
 * The pace is an estimate, not a person: reading 5 characters a second where each duty is looked at, 10 where a list is glanced down,
 * 1.35 s to make up one's mind before an act, 0.5 s for a key, 1.3 s for a click, 12 s to look round a new page.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { httpClient } from '#kernel/client.ts'
import { signIn } from '#slices/directory/contract.ts'
import { corrections, draft, forgetCorrection, todo } from '#slices/notices/contract.ts'
import { newPage, openBrowser, shot } from '../../tests/browser.ts'

const { values } = parseArgs({ options: { server: { type: 'string', default: 'http://127.0.0.1:8080' }, login: { type: 'string', default: 'duty' }, password: { type: 'string', default: 'demo-duty-2026' }, pace: { type: 'string', default: '1' }, shots: { type: 'boolean', default: false } } })
const origin = values.server
const { token } = await httpClient({ origin, language: () => 'zh-Hans' }).call(signIn, { institution: 'demo', login: values.login, password: values.password })
const officer = httpClient({ origin, language: () => 'zh-Hans', token })
// What was learnt from an earlier run would make this one easier.
for (const one of (await officer.call(corrections, {})).corrections) if (one.inUse && one.kind === 'actor') await officer.call(forgetCorrection, { correctionId: one.correctionId })
const now = new Date((await officer.call(todo, {})).asOf)
const day = (ahead: number): string => {
  const [year, month, date] = new Date(now.getTime() + ahead * 86_400_000).toLocaleDateString('en-CA', { timeZone: 'Asia/Shanghai' }).split('-').map(Number)
  return ahead === 0 ? `${year}年${month}月${date}日` : `${month}月${date}日`
}
// Another number each time, so that it is not taken for the same notice.
const text = readFileSync(join(import.meta.dirname, 'notice.txt'), 'utf8').replaceAll('{{三天后}}', day(3)).replaceAll('{{五天后}}', day(5)).replaceAll('{{六天后}}', day(6)).replaceAll('{{今天}}', day(0)).replace('41号', `${100 + (Date.now() % 9000)}号`)

/** Units that a person who knows the school would name for words that match none. */
const meant: Record<string, string> = { 食堂: '后勤管理处', 属地: '校医院' }
const acts = new Map<string, number>()
const seconds = new Map<string, number>()
let phase = ''
const browser = await openBrowser()
const page = await newPage(browser, { device: 'desk', origin })
await page.context().addCookies([{ name: 'bulwark', value: token, url: origin }])
const wait = (amount: number) => page.waitForTimeout(amount * 1000 * Number(values.pace))
const count = (what: string) => acts.set(what, (acts.get(what) ?? 0) + 1)
const key = async (name: string) => { await wait(0.5); await page.keyboard.press(name); count('keys') }
const decide = () => wait(1.35)
const readAt = async (words: string, rate: number) => wait(words.replace(/\s/g, '').length / rate)
const click = async (target: ReturnType<Page['locator']>) => { await wait(1.3); await target.click(); count('clicks') }
const during = async (name: string, work: () => Promise<void>) => {
  phase = name
  const started = performance.now()
  await work()
  seconds.set(phase, (seconds.get(phase) ?? 0) + (performance.now() - started) / 1000)
}
const guide = page.locator('.n-guide')
const settled = async () => { await page.getByText('正在保存').waitFor({ state: 'detached' }); await page.waitForTimeout(120) }
const question = async () => (await guide.locator('b').first().innerText()).trim()

const started = performance.now()
let noticeId = ''
await during('paste and read', async () => {
  await page.goto('/notices/import')
  await page.getByLabel('通知正文').waitFor()
  await wait(12)
  await click(page.getByLabel('通知正文'))
  await page.keyboard.insertText(text)
  count('keys')
  await key('Control+Enter')
  await page.waitForURL(/confirm$/)
  await page.locator('.n-card').first().waitFor()
  noticeId = /notices\/([^/]+)\/confirm/.exec(page.url())?.[1] ?? ''
  await wait(12)
})
/** Looks at what is open and confirms it, until the question is another. */
async function oneByOne(first: string): Promise<void> {
  await key('1')
  for (let at = 0; at < 80 && (await question()) !== '' && sameQuestion(await question(), first); at++) {
    const open = page.locator('.n-card-on')
    await readAt(await open.locator('.n-card-text').innerText(), 5)
    for (const doubt of await open.locator('.n-question span').allInnerTexts()) await readAt(doubt, 5)
    await decide()
    await key('Enter')
    await settled()
  }
}
const kindOf = (what: string) => what.replace(/[\d“”]+/g, '').slice(0, 16)
const sameQuestion = (a: string, b: string) => kindOf(a) === kindOf(b)
for (let step = 0; step < 40; step++) {
  await settled()
  const what = await question()
  if (values.shots) await shot(page, `time-${step}`)
  await readAt(what, 5)
  if (what.includes('在本校是哪些单位')) {
    await during('words for units', async () => {
      const word = /“(.+)”/.exec(what)?.[1] ?? ''
      const chips = guide.locator('.b-chip')
      await readAt((await chips.allInnerTexts()).join(''), 5)
      await decide()
      if (!meant[word]) return key('1')
      await click(guide.getByRole('button', { name: '选其他单位' }))
      await click(guide.getByRole('combobox'))
      for (const char of meant[word]) { await wait(0.8); await page.keyboard.insertText(char); count('keys') }
      await click(page.locator('.ant-select-tree-treenode').filter({ hasText: meant[word] }).filter({ hasNotText: '中心' }).last().locator('.ant-select-tree-checkbox'))
      await page.keyboard.press('Escape')
      await click(guide.getByRole('button', { name: /就是这/ }))
    })
  } else if (what.includes('没有责任单位')) throw new Error(`Nobody answers for some duties: ${what}`)
  else if (/没有时限|算办结|报给谁/.test(what)) await during('blanks', async () => { await readAt((await guide.locator('.b-chip').allInnerTexts()).join(''), 5); await decide(); await key(what.includes('时限') ? '3' : '1') })
  else if (what.includes('禁止性要求')) await during('prohibitions', () => oneByOne(what))
  else if (/\d 条有疑问/.test(what)) await during('doubts', () => oneByOne(what))
  else if (what.includes('其余'))
    await during('the rest at a glance', async () => {
      const { duties } = await officer.call(draft, { noticeId })
      await readAt(duties.filter((duty) => duty.status === 'proposed').map((duty) => duty.text).join(''), 10)
      await decide()
      await key('1')
    })
  else break
}
await during('last look and issue', async () => {
  await key('1')
  const dialog = page.getByRole('dialog')
  await dialog.getByText(/名册共/).waitFor()
  await page.waitForLoadState('networkidle')
  if (values.shots) await shot(page, 'time-issue')
  await readAt(await dialog.innerText(), 10)
  for (let round = 0; round < 8 && (await dialog.getByRole('button', { name: /^签发给/ }).isDisabled()); round++) {
    const box = dialog.getByRole('checkbox', { checked: false }).first()
    await readAt(await box.locator('xpath=ancestor::label').innerText(), 5)
    await decide()
    await click(box)
  }
  await decide()
  await click(dialog.getByRole('button', { name: /^签发给/ }))
  await page.getByRole('heading', { name: '已签发' }).waitFor()
})
const total = (performance.now() - started) / 1000
const { duties } = (await officer.call(draft, { noticeId }).catch(() => ({ duties: [] }))) as { duties: { status: string }[] }
const confirmed = duties.filter((duty) => duty.status === 'confirmed').length
console.log('part | seconds')
for (const [name, spent] of seconds) console.log(`${name} | ${spent.toFixed(0)}`)
const all = [...acts.values()].reduce((sum, one) => sum + one, 0)
console.log(`${confirmed} duties: ${total.toFixed(0)} s, ${acts.get('keys') ?? 0} keys, ${acts.get('clicks') ?? 0} clicks, ${(all / Math.max(1, confirmed)).toFixed(2)} acts a duty`)
await browser.close()
