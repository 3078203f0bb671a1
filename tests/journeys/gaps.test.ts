/** A counsellor at night, by keyboard alone: who is still to be reached, called, noted, reminded, answered for, excused, handed over, and slips taken back; a secretary who says why first; the same on a phone. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { newId } from '#kernel/ids.ts'
import { applyRoster, previewRoster } from '#slices/directory/contract.ts'
import { gapPeople, tasks } from '#slices/measures/contract.ts'
import { assertQuiet, shot } from '../browser.ts'
import type { Cast, Scene } from '../scene.ts'
import { assertAccessible, type Device, fits, onStage, openAs, respond } from './page.ts'

let scene: Scene
let browser: Browser
onStage(async (stage) => {
  ;({ scene, browser } = stage)
  await respond(scene, ['whereabouts-known', 'symptoms-followed'])
})

const visit = (who: Cast, path: string, device: Device = 'desk') => openAs(browser, scene, who, device, path)
const people = async () => (await scene.as('counsellor').call(gapPeople, { unitId: scene.unit('软件2026-1班') })).people
const reachOf = async (name: string) => (await people()).find((one) => one.subject.name === name)?.reach
const row = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(name) })
/** The server has it. */
async function until(what: () => Promise<unknown>, wanted: unknown): Promise<void> {
  for (let tries = 0; tries < 60; tries++) {
    if (JSON.stringify(await what()) === JSON.stringify(wanted)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  assert.deepEqual(await what(), wanted)
}
/** What is said in passing is gone after some seconds, which a busy machine may sleep through: then pressed once more. */
async function pressUntilSaid(page: Page, key: string, words: string): Promise<void> {
  const said = page.getByText(words)
  await page.keyboard.press(key)
  if (await said.waitFor({ timeout: 8000 }).then(() => true, () => false)) return
  console.log(`not seen: ${words}; ${await page.locator('.b-toasts').innerText()}; on ${await page.locator(':focus').innerText()}`)
  await page.keyboard.press(key)
  await said.waitFor()
}
const closed = (page: Page) => page.getByRole('dialog').waitFor({ state: 'detached' })

test('five people, by keyboard: one press notes a call, and nothing jumps', async () => {
  const page = await visit('counsellor', '/gaps')
  const { keyboard } = page
  await row(page, '软甲子').waitFor()
  await page.getByRole('link', { name: '拨打 软甲子 138 0000 1001' }).waitFor()
  await keyboard.press('3')
  await row(page, '软甲子').getByText('没人接 撤回').waitFor()
  await until(() => reachOf('软甲子'), 'no-answer')
  await keyboard.press('1')
  await row(page, '软甲丑').getByText('已联系上').waitFor()
  await until(() => reachOf('软甲丑'), 'reached')
  // Reached: no longer to be called, but still where it was until the view is left.
  await page.getByRole('button', { name: /待联系\s*4/ }).waitFor()
  assert.equal(await row(page, '软甲丑').getAttribute('data-row'), '1')
  await keyboard.press('u')
  await page.getByText('已撤回对 软甲丑 的记录').waitFor()
  await until(() => reachOf('软甲丑'), 'untried')

  // A call with a word about it.
  await keyboard.press('c')
  await page.getByRole('dialog').getByText('138 0000 1003').waitFor()
  await page.getByLabel('备注（可不填）').fill('在医院陪护')
  await page.getByRole('dialog').getByRole('button', { name: '答应填报' }).press('Enter')
  await closed(page)
  await until(() => reachOf('软甲寅'), 'promised')
  await row(page, '软甲寅').getByText('在医院陪护').waitFor()

  // Reminded: with a receipt.
  await keyboard.press('r')
  await page.getByText('已提醒 1 人', { exact: true }).waitFor()
  await row(page, '软甲卯').getByText('已提醒').waitFor()
  await pressUntilSaid(page, 'r', '没有新的提醒；2 项一小时内提醒过')
  await assertAccessible(page, 'the list of gaps')

  // Handed to the doctor, with the reason.
  await keyboard.press('h')
  const receiver = page.getByRole('radio', { name: /医生/ })
  await receiver.focus()
  await keyboard.press('Space')
  await page.getByRole('button', { name: '需要校医判断' }).press('Enter')
  await assertAccessible(page, 'handing over')
  await page.getByRole('dialog').getByRole('button', { name: '转交', exact: true }).press('Enter')
  await closed(page)
  await row(page, '软甲卯').getByText('已转交 医生').waitFor()
  await until(() => reachOf('软甲卯'), 'handed')
  assert.ok((await scene.as('doctor').call(tasks, {})).tasks.some((task) => task.subject.name === '软甲卯' && task.mine))

  // Excused from one of two, with a reason, and undone.
  await row(page, '软甲辰').focus()
  await keyboard.press('e')
  await page.getByRole('dialog').getByRole('button', { name: /^免除这 2 项/ }).press('Enter')
  await page.getByText('请写明理由，至少两个字。').waitFor()
  await page.getByRole('button', { name: '已休学或离校' }).press('Enter')
  await page.getByRole('dialog').getByRole('button', { name: /^免除这 2 项/ }).press('Enter')
  await page.getByText('已免除 2 项').waitFor()
  await until(async () => (await people()).length, 4)
  await row(page, '软甲辰').getByText('已免除').waitFor()
  await row(page, '软甲辰').getByRole('button', { name: '撤回' }).press('Enter')
  await until(async () => (await people()).length, 5)
  await shot(page, 'journey-gaps')
  assertQuiet(page)

  // Another view, its address, and one kept under a name.
  await page.getByRole('button', { name: /^已转交\s*1/ }).press('Enter')
  await row(page, '软甲卯').waitFor()
  assert.match(page.url(), /view=handed/)
  await page.getByRole('button', { name: '保存此视图' }).press('Enter')
  await page.getByLabel('名称').fill('交给校医的')
  await keyboard.press('Enter')
  await page.getByText('视图已保存').waitFor()
  await page.goto('/gaps')
  await page.getByRole('button', { name: '交给校医的', exact: true }).press('Enter')
  await row(page, '软甲卯').waitFor()
  assert.equal(await page.getByRole('row').count(), 2, 'the head and one person')
  assertQuiet(page)
  await page.close()
})

test('whoever counts says why once, then sees names; the reason is asked in place', async () => {
  const page = await visit('secretary', '/gaps')
  await page.getByRole('heading', { name: '查看信息学院的具体人员，请先说明事由' }).waitFor()
  await assertAccessible(page, 'asking for the reason')
  await page.getByLabel('或写明其他事由').fill('核')
  await page.getByRole('button', { name: '查看名单' }).press('Enter')
  await page.getByText('至少两个字。').waitFor()
  await page.getByLabel('或写明其他事由').fill('晚间逐人核对')
  await page.getByRole('button', { name: '查看名单' }).press('Enter')
  await row(page, '软甲子').waitFor()
  await page.reload()
  await row(page, '软甲子').waitFor()
  await page.getByRole('combobox', { name: '分组方式' }).press('Enter')
  await page.getByTitle('按组织', { exact: true }).click()
  await page.getByRole('navigation', { name: '分组' }).getByRole('button', { name: /软件2026-2班/ }).click()
  await row(page, '软乙子').waitFor()
  assert.match(page.url(), /in=/)
  await assertAccessible(page, 'names of a college')
  assertQuiet(page)
  await page.close()
})

test('on a phone the first thing is a name with its number', async () => {
  const page = await visit('counsellor', '/gaps', 'phone')
  await page.getByRole('link', { name: '拨打 软甲丑 138 0000 1002' }).waitFor()
  assert.ok(await fits(page))
  await page.getByRole('group', { name: '与 软甲丑 联系的结果' }).getByRole('button', { name: '没人接' }).tap()
  await until(() => reachOf('软甲丑'), 'no-answer')
  await assertAccessible(page, 'gaps on a phone')
  await shot(page, 'journey-gaps-phone')
  await page.setViewportSize({ width: 320, height: 640 })
  assert.ok(await fits(page), 'at 320 pixels nothing sticks out')
  assertQuiet(page)
  await page.close()
})

test('one number is pressed; what came of it has the next one dialled, unless that is put off', async () => {
  const page = await visit('counsellor', '/gaps?view=all')
  await page.evaluate(() => { HTMLAnchorElement.prototype.click = function () { document.body.dataset['dialled'] = `${document.body.dataset['dialled'] ?? ''} ${this.getAttribute('href')}` } })
  const call = async (name: string) => {
    await page.getByRole('link', { name: new RegExp(`^拨打 ${name}`) }).click()
    await row(page, name).getByText('记下结果').waitFor()
  }
  await call('软甲子')
  await page.getByRole('group', { name: '与 软甲子 联系的结果' }).getByRole('button', { name: '没人接' }).click()
  await row(page, '软甲丑').getByText('记下结果').waitFor()
  assert.equal(await page.locator('body').getAttribute('data-dialled'), ' tel:13800001002')
  // Nobody who did not answer was reached: as many as before, in the title as in the view.
  const due = Number(/\d+/.exec(await page.getByRole('button', { name: /^待联系/ }).innerText())?.[0])
  await page.getByRole('button', { name: /^待联系/ }).click()
  await page.getByText(`还没联系上 ${due} 人`).waitFor()
  await page.getByRole('checkbox', { name: '记下结果后，接着拨下一位' }).click()
  await call('软甲子')
  await page.getByRole('group', { name: '与 软甲子 联系的结果' }).getByRole('button', { name: '没人接' }).click()
  await row(page, '软甲子').getByText('没人接 撤回').waitFor()
  await page.keyboard.press('d')
  await row(page, '软甲丑').getByText('记下结果').waitFor()
  assert.equal(await page.locator('body').getAttribute('data-dialled'), ' tel:13800001002 tel:13800001002', 'dialled once more: by the key, and by nobody else')
  await page.getByRole('checkbox', { name: '记下结果后，接着拨下一位' }).click()
  await assertAccessible(page, 'calling one after another')
  await shot(page, 'journey-gaps-calling')
  assertQuiet(page)
  await page.close()
})

test('on paper stands the whole list, or how many are missing; what to see needs a reason first', async () => {
  const importId = newId()
  const rows = Array.from({ length: 130 }, (_, index) => `2026${9000 + index},纸${String.fromCodePoint(0x4e00 + index)},男,信息学院,2026,软件2026-1班`)
  await scene.operate(previewRoster, { importId }, { file: { name: 'more.csv', bytes: new TextEncoder().encode(['学号,姓名,性别,学院,年级,班级', ...rows].join('\n')) } })
  await scene.operate(applyRoster, { importId })
  await scene.runJobs()
  const { total } = await scene.as('counsellor').call(gapPeople, { unitId: scene.unit('软件2026-1班') })
  assert.ok(total >= 130, `${total} people`)

  // From the menu of the browser, nobody waits for the rest: the paper says so.
  const page = await visit('counsellor', '/gaps?view=all')
  await row(page, '软甲子').waitFor()
  const onPaper = async () => {
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    const found = { rows: await page.locator('.gp tbody tr').count(), text: await page.locator('.gp').textContent() }
    await page.evaluate(() => dispatchEvent(new Event('afterprint')))
    await page.locator('.gp').waitFor({ state: 'detached' })
    return found
  }
  const some = await onPaper()
  assert.equal(some.rows, 100)
  assert.match(some.text ?? '', new RegExp(`共 ${total} 人，本件印出 100 人[\\s\\S]*另有 ${total - 100} 人未印出`))
  assert.match(some.text ?? '', /辅甲 打印于[\s\S]*含个人信息[\s\S]*138 0000 1001/)

  // By the button, and by the key, all of them come first.
  await page.evaluate(() => { globalThis.print = () => { document.body.dataset['printed'] = String(Number(document.body.dataset['printed'] ?? 0) + 1) } })
  await page.getByRole('button', { name: '打印名单' }).click()
  await page.locator('body[data-printed="1"]').waitFor()
  const all = await onPaper()
  assert.equal(all.rows, total)
  assert.doesNotMatch(all.text ?? '', /未印出/)
  await page.keyboard.press('Control+p')
  await page.locator('body[data-printed="2"]').waitFor()
  assertQuiet(page)
  await page.close()

  // Whoever counts has nothing to print before saying why.
  const counting = await visit('duty', '/gaps')
  await counting.getByText('请先说明事由').waitFor()
  assert.equal(await counting.getByRole('button', { name: '打印名单' }).count(), 0)
  assertQuiet(counting)
  await counting.close()
})
