/**
 * Ten people of a counsellor's classes who have not answered: found and called, at the pace of somebody who never saw the screen. Acts counted, seconds measured.
 * node bench/calling/time.ts --server http://127.0.0.1:8080 [--people 10] [--pace 1]   (against a running `npm run demo`; pace 0 does not wait)
 *
 * The pace is an estimate, not a person: 12 s to look round the first page and 5 s the second, reading 10 characters a second where a list is glanced down,
 * 0.6 s to make up one's mind about the next line, 1.3 s for a click. Ringing and talking are not counted: they are as long as people are.
 */
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { httpClient } from '#kernel/client.ts'
import { giveReason, me, signIn } from '#slices/directory/contract.ts'
import { gapPeople } from '#slices/measures/contract.ts'
import { newId } from '#kernel/ids.ts'
import { newPage, openBrowser, shot } from '../../tests/browser.ts'

const { values } = parseArgs({ options: { server: { type: 'string', default: 'http://127.0.0.1:8080' }, login: { type: 'string', default: 'counsellor' }, password: { type: 'string', default: 'demo-counsellor-2026' }, people: { type: 'string', default: '10' }, pace: { type: 'string', default: '1' }, shots: { type: 'boolean', default: false } } })
const origin = values.server
const { token } = await httpClient({ origin, language: () => 'zh-Hans' }).call(signIn, { institution: 'demo', login: values.login, password: values.password })
const counsellor = httpClient({ origin, language: () => 'zh-Hans', token })
// As the screen has it: all units of the administrative tree that the counsellor looks after.
const { offices } = await counsellor.call(me, {})
const [unitId = '', ...andUnits] = [...new Set(offices.filter((office) => office.unit.tree === 'admin').map((office) => office.unit.unitId))]
const due = async () => counsellor.call(gapPeople, { unitId, andUnits, reach: ['untried', 'reminded', 'no-answer'], size: 200 }).catch(async () => {
  await counsellor.call(giveReason, { reasonId: newId(), unitId, words: '量取耗时' })
  return counsellor.call(gapPeople, { unitId, andUnits, reach: ['untried', 'reminded', 'no-answer'], size: 200 })
})
const before = await due()
const wanted = Math.min(Number(values.people), before.total)
if (wanted === 0) throw new Error('Nobody in these classes is to be called; take another counsellor or a younger demonstration.')

const acts = new Map<string, number>()
const browser = await openBrowser()
const page = await newPage(browser, { device: 'desk', origin })
await page.context().addCookies([{ name: 'bulwark', value: token, url: origin }])
const wait = (seconds: number) => page.waitForTimeout(seconds * 1000 * Number(values.pace))
const click = async (target: ReturnType<Page['locator']>, what: string) => { await wait(1.3); await target.click(); acts.set(what, (acts.get(what) ?? 0) + 1) }

await page.goto('/')
await page.getByRole('link', { name: '缺口' }).first().waitFor()
const begun = performance.now()
await wait(12)
await click(page.getByRole('link', { name: '缺口' }).first(), 'to the list')
await page.locator('.gl-row').first().waitFor()
const found = performance.now()
await wait(5)
let asked = ''
for (let place = 0; place < wanted; place++) {
  const row = page.locator(`[data-row="${place}"]`)
  // The name, and what to ask for where it is another thing than with the one before; the number is dialled by pressing it, not read.
  const [name = ''] = (await row.locator('.gl-who').innerText()).split('\n')
  const what = await row.locator('.gl-open').innerText()
  await wait((name + (what === asked ? '' : what)).replaceAll(/\s/g, '').length / 10 + 0.6)
  asked = what
  // The number is a link: the desk telephone or the computer dials it. After the first, each outcome has the next one dialled.
  const number = row.locator('.gl-phone a')
  if (await number.count()) {
    if (place === 0 || !(await row.getByText('记下结果').waitFor({ timeout: 2500 }).then(() => true, () => false))) await click(number, 'numbers pressed')
    else acts.set('dialled by itself', (acts.get('dialled by itself') ?? 0) + 1)
  }
  await click(row.getByRole('button', { name: place % 3 === 2 ? '没人接' : '联系上' }), 'outcomes noted')
}
const seconds = (performance.now() - begun) / 1000
await page.waitForTimeout(1500)
if (values.shots) await shot(page, 'calling-ten')
await browser.close()
const after = await due()
console.log(`${wanted} people found and called in ${seconds.toFixed(1)} s (at the list after ${((found - begun) / 1000).toFixed(1)} s), without ringing and talking`)
console.log([...acts].map(([what, n]) => `${what}: ${n}`).join(', '))
console.log(`still to be reached: ${before.total} before, ${after.total} after`)
process.exit(seconds < 60 || Number(values.pace) !== 1 ? 0 : 1)
