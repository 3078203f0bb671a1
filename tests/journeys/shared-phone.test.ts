/** A phone in other circumstances than one would wish: its session ended elsewhere, somebody else signs in on it, it is opened without a network. What was done is neither lost nor another's. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { newId } from '#kernel/ids.ts'
import { endMySession, mySessions } from '#slices/directory/contract.ts'
import { account } from '#slices/drills/contract.ts'
import { myData } from '#slices/facts/contract.ts'
import { askHelp, mine } from '#slices/issues/contract.ts'
import { newPage, shot } from '../browser.ts'
import { cast, type Cast, type Scene } from '../scene.ts'
import { barriers, fits, onStage, respond } from './page.ts'

let scene: Scene
let browser: Browser
onStage(async (stage) => {
  ;({ scene, browser } = stage)
  await respond(scene, ['symptoms-followed', 'whereabouts-known'])
  for (const who of ['student', 'classmate', 'counsellor'] as const) await scene.operate(account, { number: cast[who], login: who, password: 'a-long-password' })
})

async function phone(): Promise<Page> {
  const page = await newPage(browser, { device: 'phone', origin: scene.origin })
  page.setDefaultTimeout(20_000)
  return page
}
async function signIn(page: Page, who: Cast): Promise<void> {
  await page.getByLabel('学工号或账号').fill(who)
  await page.getByLabel('密码', { exact: true }).fill('a-long-password')
  await page.keyboard.press('Enter')
  await page.getByText('我的一天').first().waitFor()
}
const kept = (page: Page) => page.waitForFunction(() => navigator.serviceWorker.controller !== null)
const tap = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' }).first().click()
const seen = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()
const answersOf = async (who: Cast) => (await scene.as(who).call(myData, {})).facts.map((fact) => [fact.attribute, fact.source])
/** Every session but the one that asks: the phone's. */
async function endElsewhere(who: Cast): Promise<void> {
  const { sessions } = await scene.as(who).call(mySessions, {})
  for (const one of sessions.filter((each) => !each.here)) await scene.as(who).call(endMySession, { sessionId: one.sessionId })
}
async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000
  while (!(await holds())) {
    assert.ok(Date.now() < end, what)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

test('the session has ended elsewhere: what is pressed is not said to be sent, and arrives after signing in again', async () => {
  const page = await phone()
  await page.goto('/m/')
  await signIn(page, 'student')
  await seen(page, '今天有没有不舒服？')
  await endElsewhere('student')
  await tap(page, '没有')
  await seen(page, '登录已失效，请重新登录。没发出的内容还在这台手机上')
  assert.equal(await page.getByText('已提交').count(), 0)
  assert.deepEqual(await answersOf('student'), [])
  await signIn(page, 'student')
  await until('it arrives', async () => (await answersOf('student')).length > 0)
  assert.deepEqual(await answersOf('student'), [['symptoms', 'answer']])
  await page.close()
})

test('somebody else signs in on the phone: they see nothing of the first and send nothing of theirs; it arrives when the first is back', async () => {
  const page = await phone()
  await page.goto('/m/')
  await signIn(page, 'student')
  await seen(page, '您现在在哪里（到县区）？')
  await kept(page)
  await page.context().setOffline(true)
  await page.reload()
  await seen(page, '没有网络')
  await page.getByPlaceholder('输入市、县名称').or(page.getByRole('button', { name: '您现在在哪里（到县区）？' })).first().click()
  await page.getByPlaceholder('输入市、县名称').fill('武侯')
  await tap(page, /^武侯/)
  await seen(page, '刚才的填报已保存在本机')
  await endElsewhere('student')
  await page.context().setOffline(false)
  await seen(page, '登录已失效')

  await signIn(page, 'classmate')
  await seen(page, '软甲卯')
  // One of their own goes out, so that the outbox has been at work.
  await tap(page, '没有')
  await until('the classmate’s arrives', async () => (await answersOf('classmate')).length > 0)
  for (const [path, words] of [['/me/data', '名册上的'], ['/help', '是哪方面的？'], ['/outbox', '已送达']] as const) {
    await page.goto(`/m${path}`)
    await seen(page, words)
    assert.doesNotMatch(await page.locator('body').innerText(), /软甲寅|20261003|武侯|您现在在哪里/, path)
  }
  await page.context().setOffline(true)
  await page.goto('/m/')
  await seen(page, '没有网络')
  await seen(page, '软甲卯')
  assert.doesNotMatch(await page.locator('body').innerText(), /软甲寅|武侯/, 'nor without a network')
  await page.context().setOffline(false)
  assert.deepEqual([await answersOf('classmate'), await answersOf('student')], [[['symptoms', 'answer']], [['symptoms', 'answer']]])

  await page.goto('/m/me')
  await tap(page, '退出登录')
  await tap(page, '退出')
  await page.getByLabel('学工号或账号').waitFor()
  await signIn(page, 'student')
  await until('it arrives when they are back', async () => (await answersOf('student')).some(([attribute]) => attribute === 'whereabouts'))
  assert.deepEqual((await answersOf('student')).toSorted(), [['symptoms', 'answer'], ['whereabouts', 'answer']])
  assert.deepEqual(await answersOf('classmate'), [['symptoms', 'answer']])
  await page.close()
})

test('opened without a network: every page says how old it is, help is taken and answered, and all is fresh once the network is there', async () => {
  const requestId = newId()
  await scene.as('student').call(askHelp, { requestId, theme: 'food', urgency: 'today', text: '午饭没有送到' })
  const page = await phone()
  await page.goto('/m/')
  await signIn(page, 'counsellor')
  await seen(page, '1 件求助等您处理')
  await kept(page)
  await page.context().setOffline(true)
  await page.goto('/m/')
  for (const path of ['/tasks', '/notices', '/help', `/tasks/help/${requestId}`]) {
    await page.goto(`/m${path}`)
    await seen(page, /显示的是 .*的内容，联网后自动更新/)
  }
  assert.ok(await fits(page))
  assert.deepEqual(await barriers(page), [])
  await tap(page, '我来受理')
  await seen(page, '由您受理。')
  await page.getByLabel('回复').fill('二十分钟内送到。')
  await tap(page, '先回一句')
  await seen(page, '已写好，正在等待送达：二十分钟内送到。')
  await shot(page, 'pocket/help-without-a-network')
  assert.equal((await scene.as('student').call(mine, {})).requests[0]?.state, 'open', 'not there yet')
  const another = newId()
  await scene.as('classmate').call(askHelp, { requestId: another, theme: 'medicine', urgency: 'today', text: '没有退烧药了' })
  await page.goto('/m/tasks')
  await seen(page, '午饭没有送到')
  await page.context().setOffline(false)
  await seen(page, '没有退烧药了')
  await page.getByText(/显示的是/).waitFor({ state: 'detached' })
  await until('taken and answered', async () => (await scene.as('student').call(mine, {})).requests[0]?.events.at(-1)?.text === '二十分钟内送到。')
  assert.deepEqual((await scene.as('student').call(mine, {})).requests[0]?.events.map((event) => event.action).filter((action) => action !== 'ask'), ['take', 'note'])

  // Somebody is writing when the session ends: the words stay, and the page says so.
  await page.goto(`/m/tasks/help/${another}`)
  await page.getByLabel('回复').fill('马上')
  await endElsewhere('counsellor')
  await scene.as('student').call(askHelp, { requestId: newId(), theme: 'other', urgency: 'today', text: '还有一件事' })
  await seen(page, '登录已失效。正在写的请先复制')
  assert.equal(await page.getByLabel('回复').inputValue(), '马上')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByLabel('学工号或账号').waitFor()
  await page.close()
})
