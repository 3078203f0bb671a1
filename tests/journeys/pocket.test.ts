/** The phone, in a real browser: answered without a network, killed, opened again; the day of a student, a counsellor, a secretary. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { newId } from '#kernel/ids.ts'
import { answer, myData } from '#slices/facts/contract.ts'
import { mine as helpMine } from '#slices/issues/contract.ts'
import { asksOf, gaps, tasks } from '#slices/measures/contract.ts'
import { assignments, round, startRound, todo } from '#slices/notices/contract.ts'
import { issueNotice } from '#slices/notices/scenario.ts'
import { axeViolations } from '../axe.ts'
import { assertQuiet, newPage, openProfile, shot, type Profile } from '../browser.ts'
import type { Cast, Scene } from '../scene.ts'
import { fits, onStage, respond } from './page.ts'

let scene: Scene
let browser: Browser
onStage(async (stage) => {
  ;({ scene, browser } = stage)
  await respond(scene, ['listed-area-observed', 'whereabouts-known', 'zero-report'])
})

/** The way to the server, which can be cut. */
async function openWay(target: string): Promise<{ origin: string; cut(): void; mend(): void; close(): void }> {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  let whole = true
  const server = createServer((near) => {
    if (!whole) return void near.destroy()
    const far = connect(Number(port), hostname)
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket))
    }
    near.pipe(far).pipe(near)
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  assert.ok(address && typeof address === 'object')
  const cut = () => {
    whole = false
    for (const socket of sockets) socket.destroy()
  }
  return {
    origin: `http://127.0.0.1:${address.port}`,
    cut,
    mend: () => void (whole = true),
    close() {
      cut()
      server.close()
    },
  }
}

const cookie = (who: Cast, url: string) => [{ name: 'bulwark', value: scene.token(who), domain: new URL(url).hostname, path: '/', httpOnly: true, sameSite: 'Lax' as const, expires: Math.floor(Date.now() / 1000) + 86_400 }]
const tap = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' }).click()
const pickArea = async (page: Page, name: string) => {
  await tap(page, '您现在在哪里（到县区）？')
  await page.getByPlaceholder('输入市、县名称').fill(name)
  await tap(page, new RegExp(`^${name}`))
}
const seen = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: 60_000 })

test('answers given without a network survive a killed browser, arrive exactly once, and never overwrite newer ones', async () => {
  const way = await openWay(scene.origin)
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-phone-'))
  const opened: Profile[] = []
  const openPhone = async () => {
    const profile = await openProfile(folder, { device: 'phone', origin: way.origin })
    profile.context.setDefaultTimeout(10_000)
    opened.push(profile)
    return profile
  }
  try {
    const first = await openPhone()
    let { page } = first
    await first.context.addCookies(cookie('student', way.origin))
    await page.goto('/m/')
    await seen(page, '近 14 天是否到过名单所列地区？')
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null)

    way.cut()
    await first.context.setOffline(true)
    await page.reload()
    await seen(page, '没有网络')
    await tap(page, '是')
    // The question that hangs on this answer is worked out on the phone.
    await seen(page, '离开该地区（抵达现住地）的日期')
    await tap(page, '昨天')
    await seen(page, '健康观察在哪里进行？')
    await tap(page, '居家')
    await seen(page, '您现在在哪里（到县区）？')
    await pickArea(page, '武侯')
    await seen(page, '今天没有需要您做的事')
    await page.getByRole('link', { name: '我需要帮助' }).click()
    await tap(page, '就医用药')
    await page.getByLabel('需要什么帮助').fill('没有退烧药了')
    await seen(page, /将由.*辅甲.*受理/)
    await tap(page, '发出求助')
    await seen(page, '一有网络就会送达')
    await first.kill()

    // Meanwhile the same person answers elsewhere, later.
    await scene.as('student').call(answer, { answers: [{ factId: newId(), attribute: 'whereabouts', value: '310115', observedAt: new Date().toISOString() }] })
    const earlier = await scene.as('student').call(myData, {})
    assert.deepEqual(earlier.facts.map((fact) => fact.attribute), ['whereabouts'], 'nothing came through the cut way')

    const second = await openPhone()
    page = second.page
    await page.goto('/m/')
    await seen(page, /没有网络|5 项/)
    await seen(page, '今天没有需要您做的事')
    await page.goto('/m/outbox')
    await seen(page, '待发送')
    await page.locator('.p-outbox-waiting').nth(4).waitFor()
    assert.equal(await page.locator('.p-outbox-item').count(), 5, 'four answers and a request wait')
    // A killed browser may have lost the cookie; then the person signs in again.
    await second.context.addCookies(cookie('student', way.origin))
    way.mend()
    await page.reload()
    await page.locator('.p-outbox-sent').nth(4).waitFor({ timeout: 60_000 })
    await page.reload()
    await seen(page, '已送达')
    await page.goto('/m/')
    await seen(page, '今天没有需要您做的事')
    await second.context.close()

    const { facts } = await scene.as('student').call(myData, {})
    const values = (attribute: string) => facts.filter((fact) => fact.attribute === attribute).map((fact) => fact.value)
    assert.deepEqual(values('from-listed-area'), [true])
    assert.equal(values('arrival-day').length, 1)
    assert.deepEqual(values('observation-place'), ['home'])
    assert.deepEqual(values('whereabouts').toSorted(), ['310115', '510107'])
    assert.equal(facts.find((fact) => fact.attribute === 'whereabouts' && fact.fresh)?.value, '310115', 'the late answer did not overwrite the newer one')
    const { requests } = await scene.as('student').call(helpMine, {})
    assert.deepEqual(requests.map((request) => request.text), ['没有退烧药了'])
  } finally {
    for (const profile of opened) await profile.context.close().catch(() => undefined)
    way.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
})

/** Every page of the phone as one of the cast sees it; nothing is wrong with it. */
async function walk(page: Page, paths: readonly string[], name: string): Promise<void> {
  for (const path of paths) {
    await page.goto(`/m${path}`)
    await page.locator('h1').waitFor()
    await page.locator('.b-skeleton').first().waitFor({ state: 'detached' })
    assert.deepEqual((await axeViolations(page)).filter((one) => one.impact === 'serious' || one.impact === 'critical'), [], path)
    assert.ok(await fits(page), `${path} is no wider than the phone`)
    await shot(page, `pocket/${name}${path.replaceAll('/', '-')}`)
  }
}

test('the first load is small, and every page of the phone is in order', async () => {
  const page = await newPage(browser, { device: 'phone', origin: scene.origin })
  const sizes: Promise<number>[] = []
  page.on('requestfinished', (request) => void sizes.push(request.sizes().then((size) => size.responseBodySize + size.responseHeadersSize)))
  await page.context().addCookies(cookie('classmate', scene.origin))
  await page.goto('/m/')
  await seen(page, '近 14 天是否到过名单所列地区？')
  const loaded = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  assert.ok(loaded > 50_000 && loaded <= 200 * 1024, `first load takes ${loaded} bytes`)
  await walk(page, ['/', '/tasks', '/notices', '/me', '/me/data', '/outbox', '/help'], 'student')
  assertQuiet(page)
  await page.close()
  const stranger = await newPage(browser, { device: 'phone', origin: scene.origin })
  await walk(stranger, ['/sign-in'], 'nobody')
  assertQuiet(stranger, [/401/])
  await stranger.close()
})

test('a counsellor follows somebody up: no answer, answered by proxy, gone from the list', async () => {
  await scene.advance(26 * 3_600_000)
  const page = await newPage(browser, { device: 'phone', origin: scene.origin })
  await page.context().addCookies(cookie('counsellor', scene.origin))
  page.setDefaultTimeout(10_000)
  await page.goto('/m/tasks')
  await page.locator('a.p-row', { hasText: '软甲辰' }).click()
  assert.equal(await page.getByRole('link', { name: /打电话/ }).getAttribute('href'), 'tel:13800001005')
  await tap(page, '没人接')
  await seen(page, '最近：没人接')
  await tap(page, '否')
  await seen(page, '您现在在哪里（到县区）？')
  await pickArea(page, '浦东')
  await seen(page, '已代为填报')
  await page.goto('/m/tasks')
  await seen(page, '软甲子')
  await page.getByText('软甲辰').waitFor({ state: 'detached', timeout: 60_000 })
  const { facts } = await scene.as('20261005').call(myData, {})
  assert.deepEqual(facts.map((fact) => [fact.attribute, fact.source, fact.recordedBy]).toSorted(), [['from-listed-area', 'proxy', '辅甲'], ['whereabouts', 'proxy', '辅甲']])
  assert.ok((await scene.as('counsellor').call(tasks, {})).tasks.every((task) => task.subject.id !== scene.person('20261005')))
  assert.equal((await scene.as('counsellor').call(gaps, { unitId: scene.unit('软件2026-1班') })).gaps.filter((gap) => gap.subject.id === scene.person('20261005')).length, 0)
  await walk(page, ['/', '/tasks', '/calls', `/tasks/gap/${scene.person('20261001')}`], 'counsellor')
  assertQuiet(page)
  await page.close()
})

test('an older list that arrives late neither brings an answered question back nor closes the one that is open', async () => {
  const page = await newPage(browser, { device: 'phone', origin: scene.origin })
  await page.context().addCookies(cookie('counsellor', scene.origin))
  await page.goto(`/m/tasks/gap/${scene.person('20261001')}`)
  await seen(page, '近 14 天是否到过名单所列地区？')
  let arrive = () => {}
  const held = new Promise<void>((resolve) => (arrive = resolve))
  let asked = () => {}
  const older = new Promise<void>((resolve) => (asked = resolve))
  await page.route(`**/api/${asksOf.name}`, async (route) => {
    const response = await route.fetch()
    asked()
    await held
    await route.fulfill({ response })
  }, { times: 1 })
  await tap(page, '没人接')
  await older
  await tap(page, '否')
  await tap(page, '您现在在哪里（到县区）？')
  const search = page.getByPlaceholder('输入市、县名称')
  await search.fill('浦东')
  const outbox = page.waitForResponse(`**/api/${asksOf.name}`)
  arrive()
  await outbox
  await search.blur()
  await tap(page, /^浦东/)
  await seen(page, '已代为填报')
  assertQuiet(page)
  await page.close()
})

test('a secretary confirms a call, acknowledges, reports zero; a student reads what the notice means for them', async () => {
  const { noticeId } = await issueNotice(scene)
  await scene.runJobs()
  const roundId = newId()
  await scene.as('duty').call(startRound, { roundId, noticeId, message: '请立即确认收到本通知。', unitIds: [scene.unit('信息学院')], ladderMinutes: 30 })
  const page = await newPage(browser, { device: 'phone', origin: scene.origin })
  await page.context().addCookies(cookie('secretary', scene.origin))
  await page.goto('/m/')
  await seen(page, '请立即确认收到本通知。')
  await tap(page, '收到')
  await page.getByText('请立即确认收到本通知。').waitFor({ state: 'detached' })
  await page.goto('/m/tasks')
  await tap(page, /全部签收/)
  await seen(page, '待办理')
  await page.getByRole('link', { name: /实行零报告/ }).click()
  await tap(page, '零报告')
  await seen(page, '已上报')
  await walk(page, ['/', '/tasks'], 'secretary')
  await page.close()
  assert.equal((await scene.as('duty').call(round, { roundId })).round.confirmed, 1)
  const mine = await scene.as('secretary').call(todo, {})
  assert.equal(mine.toAcknowledge.total, 0)
  const board = await scene.as('secretary').call(assignments, { unitId: scene.unit('信息学院') })
  assert.ok(board.assignments.some((one) => one.lastReport?.zero))

  const reader = await newPage(browser, { device: 'phone', origin: scene.origin })
  await reader.context().addCookies(cookie('classmate', scene.origin))
  await reader.goto('/m/notices')
  await reader.getByRole('link', { name: /未读/ }).first().click()
  await seen(reader, '对我意味着什么')
  await seen(reader, '未经批准')
  await walk(reader, [`/notices/${noticeId}`], 'student')
  await reader.goto('/m/notices')
  await seen(reader, '与我有关的通知')
  await reader.getByText('未读').waitFor({ state: 'detached' })
  assertQuiet(reader)
  await reader.close()
})
