/** The situation by keyboard: the palette, keys that go, kept views; and a wall that goes round by itself, moves when a fact does, and says when it stands still. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { newId } from '#kernel/ids.ts'
import { answer } from '#slices/facts/contract.ts'
import { appoint, me, orphans, saveOffice, views } from '#slices/directory/contract.ts'
import { coverage, fromPreset, switchOn } from '#slices/measures/contract.ts'
import { late } from '#slices/notices/contract.ts'
import { hours, issueNotice, openResponse } from '#slices/notices/scenario.ts'
import { assertQuiet, shot } from '../browser.ts'
import type { Scene } from '../scene.ts'
import { assertAccessible, type Device, fits, onStage, openAs, shut } from './page.ts'

let scene: Scene
let browser: Browser
onStage(async (stage) => {
  ;({ scene, browser } = stage)
  const responseId = await openResponse(scene)
  const measureId = newId()
  const duty = scene.as('duty')
  await duty.call(fromPreset, { measureId, responseId, key: 'whereabouts-known', basis: '第二条' })
  await duty.call(switchOn, { measureId })
  await issueNotice(scene, { responseId })
  await scene.advance(hours(24 * 7))
})
const open = (who: string, device: Device, path: string) => openAs(browser, scene, who, device, path)

test('by keys alone: somebody is found by initials, a page by g and a letter, a view is kept and come back to', async () => {
  const page = await open('duty', 'desk', '/situation')
  await page.getByRole('heading', { name: '态势', level: 1 }).waitFor()
  assert.equal(await page.title(), '态势 · 堡垒 Bulwark')

  // Typed at once, before the palette can stand there.
  await page.keyboard.press('Control+k')
  await page.keyboard.type('fj')
  const box = page.getByRole('combobox', { name: /查找人员/ })
  const first = page.getByRole('option', { name: /辅甲/ })
  await first.waitFor()
  assert.equal(await box.inputValue(), 'fj')
  assert.equal(await box.getAttribute('aria-activedescendant'), await page.locator('[role=option][aria-selected=true]').getAttribute('id'))
  await assertAccessible(page, 'palette')
  await shot(page, 'palette-desk')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await page.getByRole('option', { name: /辅甲/, selected: true }).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/people/${scene.person('counsellor')}`)
  await page.getByRole('heading', { level: 1, name: /辅甲/ }).waitFor()
  await page.waitForFunction(() => document.activeElement?.id === 'main')

  // Enter faster than the answer: the first of the answer is opened, nothing else.
  await page.keyboard.press('Control+k')
  await page.keyboard.type('T002')
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/people/${scene.person('secretary')}`)
  // What was chosen stands first the next time.
  await page.keyboard.press('Control+k')
  await page.getByRole('group', { name: '最近' }).getByRole('option').first().waitFor()
  assert.match(await page.getByRole('group', { name: '最近' }).innerText(), /书甲[\s\S]*辅甲/)
  await shut(page.getByRole('dialog'))

  // Units by initials, acts by what they are called.
  await page.keyboard.press('Control+k')
  await page.keyboard.type('xxxy')
  await page.getByRole('group', { name: '组织' }).getByRole('option').first().waitFor()
  assert.match(await page.getByRole('group', { name: '组织' }).getByRole('option').first().innerText(), /信息学院/)
  for (let back = 0; back < 4; back++) await page.keyboard.press('Backspace')
  await page.keyboard.type('导入通')
  await page.getByRole('option', { name: /导入通知/ }).first().waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL('**/notices/import')

  // g and a letter; the filters of a page in the address; the view kept.
  await page.keyboard.press('g')
  await page.keyboard.press('d')
  await page.waitForURL('**/duties')
  // A letter alone leads nowhere, also in the first second of a page.
  await page.evaluate(() => document.body.dispatchEvent(Object.defineProperty(new KeyboardEvent('keydown', { key: 'c', bubbles: true }), 'timeStamp', { value: 500 })))
  assert.equal(new URL(page.url()).pathname, '/duties')
  await page.goto('/notices?q=%E9%98%B2%E6%8E%A7')
  await page.getByRole('heading', { level: 1, name: '通知' }).waitFor()
  await page.keyboard.press('Control+k')
  await box.waitFor()
  await page.keyboard.type('记住')
  await page.getByRole('option', { name: /记住当前视图/, selected: true }).waitFor()
  await page.keyboard.press('Enter')
  const name = page.getByLabel(/^名称/)
  await name.fill('防控的通知')
  await name.press('Enter')
  await page.getByRole('link', { name: '防控的通知' }).waitFor()
  const [kept] = (await scene.as('duty').call(views, {})).views
  assert.equal(kept?.address, '/notices?q=%E9%98%B2%E6%8E%A7')
  await page.goto('/people')
  await page.getByRole('link', { name: '防控的通知' }).click()
  await page.waitForURL('**/notices?q=%E9%98%B2%E6%8E%A7')
  assert.equal(await page.getByLabel('查找通知').inputValue(), '防控')

  // All keys in one list; the navigation folded, also tomorrow.
  await page.locator('#main').focus()
  await page.keyboard.press('?')
  await page.getByRole('heading', { name: '键盘快捷键' }).waitFor()
  await assertAccessible(page, 'keys')
  await shut(page.getByRole('dialog'))
  await page.keyboard.press('[')
  await page.locator('.s-narrow').waitFor()
  await page.reload()
  await page.locator('.s-narrow').waitFor()
  await page.getByRole('link', { name: '缺口' }).first().waitFor()
  await assertAccessible(page, 'folded')
  assertQuiet(page)
  await page.close()
})

test('nobody finds what they may not: a counsellor neither people of other classes nor acts of the duty officer', async () => {
  const page = await open('counsellor', 'desk', '/situation')
  await page.locator('.s-find').click()
  await page.getByRole('option', { name: /处理我的缺口/ }).waitFor()
  assert.equal(await page.getByRole('option', { name: /导入通知|启动应急响应/ }).count(), 0)
  await page.getByRole('combobox', { name: /查找人员/ }).fill('临')
  await page.getByText(/没有找到|临床/).first().waitFor()
  assert.equal(await page.getByRole('group', { name: '人员' }).count(), 0)
  await page.getByRole('combobox', { name: /查找人员/ }).fill('rjz')
  await page.getByRole('group', { name: '人员' }).getByRole('option').first().waitFor()
  assertQuiet(page)
  await page.close()

  const phone = await open('counsellor', 'phone', '/situation')
  await phone.getByRole('button', { name: /查找与命令/ }).click()
  await phone.getByRole('combobox', { name: /查找人员/ }).fill('rjz')
  await phone.getByRole('group', { name: '人员' }).getByRole('option').first().waitFor()
  assert.ok(await fits(phone))
  await assertAccessible(phone, 'palette on a phone')
  await shot(phone, 'palette-phone')
  await phone.close()
})

test('the situation opens downwards by keys, and where one stands is in the address', async () => {
  const page = await open('duty', 'desk', '/situation')
  const tile = page.getByRole('button', { name: /^信息学院/ })
  await tile.waitFor()
  await tile.focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/[?&]at=/)
  await page.getByRole('navigation', { name: '位置' }).getByText('信息学院').waitFor()
  await page.getByRole('button', { name: /^2026级/ }).focus()
  await page.keyboard.press('Backspace')
  await page.waitForURL((url) => !url.searchParams.has('at'))
  await page.getByText('表', { exact: true }).click()
  await page.getByRole('tree', { name: '各组织的覆盖' }).waitFor()
  await page.getByRole('treeitem', { name: /^信息学院/ }).focus()
  await page.keyboard.press('ArrowRight')
  await page.getByRole('treeitem', { name: /^2026级/ }).first().waitFor()
  await assertAccessible(page, 'situation')
  assert.ok(await fits(page))
  await page.setViewportSize({ width: 320, height: 720 })
  assert.ok(await fits(page), 'at 320 px')
  assertQuiet(page)
  await page.close()
})

/**
 * What is written smaller on the wall than five metres allow: signs of a two-hundredth of the distance, 25 mm, which are 40 px of a 55-inch screen (1218 mm wide) at 1920 × 1080. Numbers
 * that are looked for first are larger. Controls are for whoever stands before it.
 */
function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const written = [...document.querySelectorAll<HTMLElement>('.w-head *, .w-stage *, .w-stage, .w-stale, .w-age *')].filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()) && one.offsetParent !== null && !one.closest('.sr-only'))
    const least = (one: HTMLElement) => (one.matches('.w-value') ? 92 : one.matches('.w-clock b, .w-measure h2 b, .w-worst li b, .w-late li b') ? 58 : 40)
    return written.filter((one) => parseFloat(getComputedStyle(one).fontSize) < least(one) - 0.01).map((one) => `${getComputedStyle(one).fontSize} ${one.className}: ${one.textContent}`)
  })
}

test('the wall shows what the calls say, moves with a fact, goes round, stands when touched', async () => {
  const page = await open('duty', 'desk', '/situation?wall=1&hold=1')
  await page.setViewportSize({ width: 1920, height: 1080 })
  const value = (label: string) => page.locator('.w-figure').filter({ has: page.getByRole('heading', { name: label, exact: true }) }).locator('.w-value')
  await value('未知').waitFor()
  const home = scene.unit('江畔大学')
  const before_ = await scene.as('duty').call(coverage, { unitId: home })
  const overdue = await scene.as('duty').call(late, { unitId: home })
  assert.match(await value('未知').innerText(), new RegExp(`^${before_.total[0]?.unknown}`))
  assert.match(await value('逾期任务').innerText(), new RegExp(`^${overdue.total}`))
  await page.getByText('Ⅲ级').waitFor()
  await assertAccessible(page, 'wall')
  assert.doesNotMatch(await page.locator('body').innerText(), /软甲|临床.子/)

  // Held while it is looked at; then a student answers.
  await scene.as('student').call(answer, { answers: [{ factId: newId(), attribute: 'whereabouts', value: '510107', observedAt: scene.now().toISOString() }] })
  await value('未知').filter({ hasText: new RegExp(`^${(before_.total[0]?.unknown ?? 0) - 1}`) }).waitFor()

  // Scene by scene, each without barriers, none overflowing.
  for (const scene_ of ['覆盖', '最差处', '逾期', '一小时', '总体']) {
    await page.keyboard.press('ArrowRight')
    await page.getByRole('main', { name: scene_ }).waitFor()
    await page.waitForTimeout(300)
    await assertAccessible(page, `wall, ${scene_}`)
    await shot(page, `wall-${scene_}`)
    assert.deepEqual(await tooSmall(page), [], scene_)
    const out = await page.evaluate(() => {
      const stage = document.querySelector('.w-stage')?.getBoundingClientRect()
      return [...document.querySelectorAll<HTMLElement>('.w-stage *:not(.sr-only)')].filter((one) => { const box = one.getBoundingClientRect(); return stage && box.width > 0 && (box.bottom > stage.bottom + 2 || box.right > stage.right + 2) }).map((one) => one.outerHTML.slice(0, 120))
    })
    assert.deepEqual(out, [], `${scene_} sticks out`)
  }
  // Light where the room is light.
  await page.keyboard.press('d')
  await page.waitForFunction(() => document.documentElement.dataset['look'] === 'light')
  await assertAccessible(page, 'light wall')
  await shot(page, 'wall-light')

  // By itself it goes on.
  await page.getByRole('button', { name: '继续轮播' }).click()
  await page.getByRole('main', { name: '覆盖' }).waitFor({ timeout: 60_000 })
  await page.mouse.click(900, 1)
  await page.getByRole('button', { name: '继续轮播' }).waitFor()

  // Without a network it says so, and comes back by itself.
  await page.context().setOffline(true)
  await page.getByRole('alert').getByText(/网络已断开/).waitFor()
  await shot(page, 'wall-offline')
  await page.context().setOffline(false)
  await page.getByRole('alert').waitFor({ state: 'detached' })
  await page.keyboard.press('Escape')
  await page.waitForURL((url) => !url.searchParams.has('wall'))
  await page.getByRole('heading', { name: '态势', level: 1 }).waitFor()
  assertQuiet(page, [/net::ERR_INTERNET_DISCONNECTED/, /Failed to load resource/])
  await page.close()
})

test('who answers for two classes sees both in the figures; units of one name are told apart', async () => {
  const [officeId, unitId] = [newId(), scene.unit('软件2026-2班')]
  const [found] = (await scene.as('duty').call(orphans, { unitId })).units
  assert.deepEqual(found?.above, ['信息学院', '2026级'])
  await scene.as('administrator').call(saveOffice, { officeId, unitId, title: '二班辅导员', role: 'counsellor' })
  await scene.as('administrator').call(appoint, { holdingId: newId(), officeId, personId: scene.person('counsellor'), capacity: 'holder', from: new Date(scene.now().getTime() - 60_000).toISOString() })
  const { offices } = await scene.as('counsellor').call(me, {})
  assert.ok(offices.every((office) => office.above.includes(scene.unit('信息学院')) && !office.above.includes(office.unit.unitId)), 'what lies above each is told')
  const cells = await Promise.all(['软件2026-1班', '软件2026-2班'].map(async (name) => (await scene.as('counsellor').call(coverage, { unitId: scene.unit(name) })).total))
  const unknown = cells.map((all) => all.reduce((sum, cell) => sum + cell.unknown, 0))
  assert.ok(unknown.every((n) => n > 0), 'both have something to add')
  const page = await open('counsellor', 'desk', '/situation')
  await page.getByText('我负责的 2 个组织，数字是合计').waitFor()
  await page.locator('.st-figures button').filter({ hasText: new RegExp(`^未知${(unknown[0] ?? 0) + (unknown[1] ?? 0)}共`) }).waitFor()
  await assertAccessible(page, 'two classes')
  await shot(page, 'situation-two-classes', { fullPage: true })
  assertQuiet(page)
  await page.close()
})
