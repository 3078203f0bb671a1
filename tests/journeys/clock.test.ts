/** A phone whose clock goes three days wrong while it has no network: what was answered arrives, with the moment at which it was given, and the person is told. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Browser } from 'playwright-core'
import { newId } from '#kernel/ids.ts'
import { myData } from '#slices/facts/contract.ts'
import { fromPreset, switchOn } from '#slices/measures/contract.ts'
import { open } from '#slices/responses/contract.ts'
import { newPage, shot } from '../browser.ts'
import type { Cast, Scene } from '../scene.ts'
import { onStage } from './page.ts'

let scene: Scene
let browser: Browser
const day = 86_400_000
onStage(async (stage) => {
  ;({ scene, browser } = stage)
  const duty = scene.as('duty')
  const responseId = newId()
  const measureId = newId()
  await duty.call(open, { responseId, name: '秋冬季传染病防控', hazards: ['influenza'], level: 3, basis: '传染病防治法', decidedBy: '校应急指挥部', plannedEnd: null })
  await duty.call(fromPreset, { measureId, responseId, key: 'listed-area-observed', basis: '第二条' })
  await duty.call(switchOn, { measureId })
})

/** A clock that the test can turn, as the phone's settings or an empty battery would. */
function turnable() {
  const Real = Date
  let shift = 0
  globalThis.Date = class extends Real {
    constructor(...given: []) {
      if (given.length) super(...given)
      else super(Real.now() + shift)
    }
    static override now = () => Real.now() + shift
  } as DateConstructor
  Object.assign(globalThis, { turnClock: (milliseconds: number) => void (shift = milliseconds) })
}

for (const [who, wrong, words] of [['student', 3 * day, '本机时间快了3 天，已按服务器时间更正填报时间'], ['classmate', -3 * day, '本机时间慢了3 天，已按服务器时间更正填报时间']] as const satisfies [Cast, number, string][])
  test(`${wrong > 0 ? 'three days ahead' : 'three days behind'}`, async () => {
    const page = await newPage(browser, { device: 'phone', origin: scene.origin })
    await page.addInitScript(turnable)
    await page.context().addCookies([{ name: 'bulwark', value: scene.token(who), url: scene.origin }])
    await page.goto('/m/')
    await page.getByText('近 14 天是否到过名单所列地区？').first().waitFor()
    await page.context().setOffline(true)
    await page.evaluate((milliseconds) => (globalThis as unknown as { turnClock(milliseconds: number): void }).turnClock(milliseconds), wrong)
    const before = Date.now()
    await page.getByRole('button', { name: '否', exact: true }).click()
    await page.getByText('今天没有需要您做的事').first().waitFor()
    await page.context().setOffline(false)
    const facts = async () => (await scene.as(who).call(myData, {})).facts.filter((fact) => fact.attribute === 'from-listed-area')
    const end = Date.now() + 30_000
    while ((await facts()).length === 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 200))
    const [fact, ...more] = await facts()
    assert.ok(fact && more.length === 0, 'it arrived, once')
    const apart = Math.abs(Date.parse(fact.observedAt) - before)
    assert.ok(apart < 30_000, `observed at ${fact.observedAt}, ${Math.round(apart / 1000)} s from when it was answered`)
    await page.getByRole('link', { name: '我的', exact: true }).click()
    await page.getByRole('link', { name: /^发送情况/ }).click()
    await page.getByText(words).first().waitFor()
    await shot(page, `phone-clock-${wrong > 0 ? 'ahead' : 'behind'}`)
    await page.close()
  })
