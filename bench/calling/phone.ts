/**
 * The phone at the pace of a person: one question, the daily check of a case, six questions, the call round. Presses counted, seconds measured.
 * node bench/calling/phone.ts [--pace 1]   (a server and people of its own; pace 0 does not wait)
 *
 * The pace is an estimate, not a person: reading 10 characters a second, 0.6 s to make up one's mind, 0.5 s for the thumb, 1.5 s to type a name of two characters,
 * 12 s for a counsellor to look round the first page. Ringing and talking are not counted: they are as long as people are.
 */
import { parseArgs } from 'node:util'
import type { Locator, Page } from 'playwright-core'
import { newId } from '#kernel/ids.ts'
import { open as openCase } from '#slices/health/contract.ts'
import { list } from '#slices/responses/contract.ts'
import { build } from '../../entry/build.ts'
import { newPage, openBrowser } from '../../tests/browser.ts'
import { respond } from '../../tests/journeys/page.ts'
import { openScene, type Cast } from '../../tests/scene.ts'

const { values } = parseArgs({ options: { pace: { type: 'string', default: '1' } } })
const pace = Number(values.pace)
const scene = await openScene({ dist: await build() })
const browser = await openBrowser()
let presses = 0

async function phone(who: Cast): Promise<Page> {
  const page = await newPage(browser, { device: 'phone', origin: scene.origin })
  page.setDefaultTimeout(20_000)
  await page.context().addCookies([{ name: 'bulwark', value: scene.token(who), url: scene.origin }])
  await page.goto('/m/')
  return page
}
const wait = (page: Page, seconds: number) => page.waitForTimeout(seconds * 1000 * pace)
/** Reads the words, makes up the mind, presses. */
async function press(page: Page, target: Locator, words: string) {
  await target.waitFor()
  await wait(page, words.length / 10 + 0.6 + 0.5)
  await target.click()
  presses++
}
async function answer(page: Page, question: string, choice: string) {
  const open = page.getByRole('heading', { name: question })
  await open.waitFor()
  await press(page, page.getByRole('button', { name: choice, exact: true }).first(), question + choice)
  await open.waitFor({ state: 'hidden' })
}
async function time(what: string, run: () => Promise<void>): Promise<number> {
  presses = 0
  const begun = performance.now()
  await run()
  const seconds = (performance.now() - begun) / 1000
  console.log(`${what}: ${seconds.toFixed(1)} s, ${presses} presses`)
  return seconds
}
const done = (page: Page) => page.getByText('今天没有需要您做的事').waitFor()

let failed = false
try {
  await respond(scene, ['symptoms-followed'])
  const one = await phone('classmate')
  if ((await time('one question', async () => {
    await answer(one, '今天有没有不舒服？', '没有')
    await done(one)
  })) > 10) failed = true
  await one.close()

  const caseId = newId()
  const [response] = (await scene.as('duty').call(list, {})).responses
  await scene.as('doctor').call(openCase, { caseId, personId: scene.person('classmate'), responseId: response?.responseId ?? '', kind: 'observation', illness: 'influenza', basis: '校医院医嘱', countedFrom: 'exposure', fromDay: scene.now().toISOString().slice(0, 10), days: 7, place: '1号楼 101', answersId: scene.person('counsellor') })
  const checked = await phone('classmate')
  if ((await time('the daily check of a case, with the temperature', async () => {
    await press(checked, checked.getByText('今天怎么样？报告体温和症状'), '今天怎么样？报告体温和症状')
    await wait(checked, '有没有不舒服？没有就不选体温'.length / 10)
    for (const key of ['3', '6', '5']) {
      await wait(checked, 0.4)
      await checked.getByRole('button', { name: key, exact: true }).click()
      presses++
    }
    await press(checked, checked.getByRole('button', { name: '没有不舒服，36.5 ℃' }), '没有不舒服，36.5 ℃')
    await checked.getByText('今天已报告').waitFor()
  })) > 12) failed = true
  await checked.close()

  await respond(scene, ['stay-approved', 'listed-area-observed', 'whereabouts-known'])
  const six = await phone('student')
  if ((await time('six questions', async () => {
    await answer(six, '今天有没有不舒服？', '没有')
    for (const [question, choice] of [['近 14 天是否到过名单所列地区？', '是'], ['离开该地区（抵达现住地）的日期', '昨天'], ['健康观察在哪里进行？', '居家']] as const) {
      const open = six.getByRole('heading', { name: question })
      // It opens by itself; where another stands first, it is opened.
      if (!(await open.isVisible())) await six.getByRole('button', { name: question }).click({ timeout: 1000 }).catch(() => undefined)
      await answer(six, question, choice)
    }
    while (!(await six.getByText('今天没有需要您做的事').isVisible())) {
      if (await six.getByRole('heading', { name: '您现在住在校内吗？' }).isVisible()) await answer(six, '您现在住在校内吗？', '否')
      else if (await six.getByRole('heading', { name: '您现在在哪里（到县区）？' }).isVisible()) {
        await press(six, six.locator('.p-pick'), '您现在在哪里（到县区）？')
        await wait(six, 1.5)
        await six.getByPlaceholder('输入市、县名称').fill('武侯')
        await press(six, six.getByRole('button', { name: /^武侯/ }), '武侯区')
        await six.getByRole('heading', { name: '您现在在哪里（到县区）？' }).waitFor({ state: 'hidden' })
      } else await six.waitForTimeout(50)
    }
  })) > 30) failed = true
  await six.close()

  await scene.advance(26 * 3_600_000)
  const round = await phone('counsellor')
  // A desk has no dialler.
  await round.addInitScript(() => document.addEventListener('click', (event) => (event.target as Element).closest('a[href^="tel:"]') && event.preventDefault()))
  await round.reload()
  let people = 0
  const begin = 12 + 0.5
  const seconds = await time('call round', async () => {
    await press(round, round.getByRole('link', { name: '逐个打电话' }), '')
    const name = round.locator('.p-who h2')
    await name.waitFor()
    for (;;) {
      const who = (await name.textContent()) ?? ''
      await wait(round, who.length / 10)
      if (people === 0) await press(round, round.getByRole('link', { name: /打电话/ }), '')
      await round.getByRole('heading', { name: '这通电话怎么样？' }).waitFor()
      await press(round, round.getByRole('button', { name: people % 3 === 2 ? '答应办理' : '没人接' }), '')
      people++
      await round.waitForFunction((before) => document.querySelector('.p-who h2')?.textContent !== before, who)
      if ((await name.count()) === 0) break
    }
  })
  console.log(`call round: ${people} people, ${(seconds / people).toFixed(1)} s each; ten with a first look round: ${(begin + (seconds / people) * 10).toFixed(0)} s`)
} finally {
  await browser.close()
  await scene.close()
}
process.exit(failed && pace === 1 ? 1 : 0)
