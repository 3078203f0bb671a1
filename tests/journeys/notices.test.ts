/** Reading a notice as a newcomer does: what a word means here, why it was read so, corrections that last, merges undone, an amendment and what it touches. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { newId } from '#kernel/ids.ts'
import { list as measureList } from '#slices/measures/contract.ts'
import * as n from '#slices/notices/contract.ts'
import { open as openResponse } from '#slices/responses/contract.ts'
import { assertQuiet, shot } from '../browser.ts'
import type { Scene } from '../scene.ts'
import { assertAccessible, type Device, fits, onStage, openAs } from './page.ts'

let scene: Scene
let browser: Browser
const responseId = newId()

onStage(async (stage) => {
  ;({ scene, browser } = stage)
  await scene.as('duty').call(openResponse, { responseId, name: '秋季传染病防控', hazards: ['influenza'], level: 3, basis: '突发事件应对法', decidedBy: '校指挥部', plannedEnd: null })
})

const open = (who: string, device: Device, path: string) => openAs(browser, scene, who, device, path)
function dayAhead(days: number): string {
  const [year, month, day] = new Date(scene.now().getTime() + days * 86_400_000).toLocaleDateString('en-CA', { timeZone: 'Asia/Shanghai' }).split('-').map(Number)
  return `${year}年${month}月${day}日`
}
const noticeText = (number: number, days = 3) => `江畔市教育局
江教〔2026〕${number}号
关于做好学校诺如病毒防控工作的通知
各二级学院、各部门、市属中学：
近期诺如病毒感染高发。现将有关事项通知如下。
一、做好摸排
1.各二级学院要逐人摸清学生健康状况，建立台账，于${dayAhead(days)}17:00前将台账发送至邮箱：norovirus@example.edu.cn。
2.未经批准，各二级学院不得组织大型聚餐活动。
二、做好消杀
1.物业公司要每天对教室和宿舍通风消毒，做好记录。
2.各部门要张贴宣传海报。
江畔市教育局
${dayAhead(0)}
`
const imported = async (number: number, days?: number) => {
  const noticeId = newId()
  await scene.as('duty').call(n.importNotice, { noticeId, text: noticeText(number, days), responseId })
  return noticeId
}
/** Waits until what was pressed has been kept. */
const kept = (page: Page) => page.getByText('正在保存').waitFor({ state: 'detached' })

test('the screen asks for what is missing, one thing at a time, and a newcomer answers with keys up to the issue', async () => {
  const page = await open('duty', 'desk', '/notices/import')
  await page.getByLabel('通知正文').fill(noticeText(1))
  await page.keyboard.press('Control+Enter')
  await page.waitForURL(/confirm$/)
  const noticeId = /notices\/([^/]+)\/confirm/.exec(page.url())?.[1] ?? ''
  const guide = page.locator('.n-guide')
  // Keys count once the last answer is kept.
  const asks = async (words: string | RegExp) => {
    await guide.locator('b').filter({ hasText: words }).waitFor()
    await kept(page)
  }
  await asks('市属中学')
  await assertAccessible(page, 'asking')
  // “No unit here” is on 9 in every question of words; a key that the question does not know does nothing.
  await page.keyboard.press('7')
  await asks('市属中学')
  await page.keyboard.press('9')
  // A word that no unit is called by: chosen once, for all duties that say it.
  await asks('物业公司')
  await guide.getByRole('button', { name: '选其他单位' }).click()
  await guide.getByRole('combobox').click()
  await page.keyboard.insertText('后勤')
  await page.locator('.ant-select-tree-treenode').filter({ hasText: '后勤管理处' }).locator('.ant-select-tree-checkbox').click()
  await page.keyboard.press('Escape')
  await guide.getByRole('button', { name: /就是这 1 个单位/ }).click()
  await kept(page)
  await page.locator('.n-card').filter({ hasText: '通风消毒' }).getByText('后勤管理处').first().waitFor()
  assert.equal(await page.getByText(/\bemail\b/i).count(), 0, 'the mailbox is said in Chinese')
  await page.locator('.n-card').getByText('邮箱', { exact: false }).first().waitFor()
  // What can be checked for every person is asked about before it is left to reports of units.
  await asks('可以落实到每个人')
  await page.keyboard.press('1')
  await kept(page)
  assert.equal((await scene.as('duty').call(n.draft, { noticeId })).duties.find((duty) => duty.text.includes('健康状况'))?.measure?.preset, 'symptoms-followed')
  // The blanks, each in one press; then prohibitions alone.
  for (const words of [/没有时限/, /算办结/]) {
    await asks(words)
    await page.keyboard.press('1')
    await kept(page)
  }
  await page.locator('.n-foot').getByText('四项空白都已填').waitFor()
  await asks('禁止性要求')
  await page.keyboard.press('1')
  await page.locator('.n-card-on').getByText('不得组织大型聚餐').first().waitFor()
  assert.equal(await page.locator('.n-card').count(), 1, 'prohibitions alone are listed')
  await page.keyboard.press('Enter')
  await kept(page)
  for (let step = 0; step < 6 && (await guide.getByText('条有疑问').count()) > 0; step++) {
    if (step === 0) await page.keyboard.press('1')
    await page.keyboard.press('Enter')
    await kept(page)
  }
  await asks(/其余 \d+ 条没有疑问/)
  await page.keyboard.press('1')
  await asks('全部确认了')
  // Undone and done again.
  await page.keyboard.press('u')
  await asks(/其余/)
  await page.keyboard.press('1')
  await asks('全部确认了')
  const draft = await scene.as('duty').call(n.draft, { noticeId })
  await scene.as('duty').call(n.joinMeasure, { dutyId: draft.duties.find((duty) => duty.text.includes('健康状况'))?.dutyId ?? '', preset: 'whereabouts-known' })
  await page.keyboard.press('1')
  const dialog = page.getByRole('dialog')
  await dialog.getByText(/名册共 \d+ 人/).waitFor()
  await dialog.getByText('这些措施是谁提出的要求').waitFor()
  await page.waitForLoadState('networkidle')
  for (let round = 0; round < 10 && (await dialog.getByRole('button', { name: /^签发给/ }).isDisabled()); round++) {
    await dialog.getByRole('checkbox', { checked: false }).first().check({ timeout: 1000 }).catch(() => undefined)
    await page.waitForTimeout(200)
  }
  await assertAccessible(page, 'last look')
  await dialog.getByRole('button', { name: /^签发给/ }).click()
  await page.getByRole('heading', { name: '已签发' }).waitFor()
  const { measures } = await scene.as('duty').call(measureList, { responseId })
  assert.equal(measures.find((one) => one.key === 'whereabouts-known')?.demandedBy, 'city', 'the city’s office of education demands it')
  assertQuiet(page)
  await page.close()
})

test('a step that was read wrongly is corrected under “why”, the next notice is read so, says so, and lets go of it', async () => {
  const first = await open('duty', 'desk', `/notices/${await imported(2)}/confirm`)
  const card = (page: Page, words: string) => page.locator('.n-card').filter({ hasText: words })
  await card(first, '宣传海报').locator('.n-card-head').click()
  await first.keyboard.press('w')
  const why = first.getByRole('region', { name: '为什么这样读' })
  await why.getByText('句中有“要”').waitFor()
  await assertAccessible(first, 'why')
  await why.getByText('鼓励').click()
  await kept(first)
  await why.getByText('由人改为“鼓励”').waitFor()
  await first.close()

  const page = await open('duty', 'desk', `/notices/${await imported(3)}/confirm`)
  await card(page, '宣传海报').getByText('按订正').waitFor()
  await page.getByRole('button', { name: /^记住的读法/ }).click()
  await page.getByRole('link', { name: '全部记住的订正' }).waitFor()
  await shot(page, 'journey-learnt')
  await card(page, '宣传海报').locator('.n-card-head').click()
  await card(page, '宣传海报').locator('.n-learnt').getByText('语气按以往').waitFor()
  await assertAccessible(page, 'learnt')
  await card(page, '宣传海报').locator('.n-learnt').getByRole('button', { name: '不再套用' }).click()
  await kept(page)
  await card(page, '宣传海报').getByText('按订正').waitFor({ state: 'detached' })
  await page.keyboard.press('w')
  await page.getByRole('region', { name: '为什么这样读' }).getByText('句中有“要”').waitFor()
  await page.goto('/notices?tab=corrections')
  await page.getByRole('button', { name: '恢复套用' }).first().waitFor()
  await assertAccessible(page, 'corrections')
  assertQuiet(page)
  await page.close()
})

test('an undone merge is as it was, confirmation and all', async () => {
  const noticeId = await imported(4)
  const page = await open('duty', 'desk', `/notices/${noticeId}/confirm`)
  const duties = async () => (await scene.as('duty').call(n.draft, { noticeId })).duties
  await page.locator('.n-card').filter({ hasText: '摸清学生健康状况' }).locator('.n-card-head').click()
  await page.keyboard.press('Enter')
  await kept(page)
  await page.keyboard.press('Enter')
  await kept(page)
  const before = await duties()
  assert.equal(before.filter((duty) => duty.status === 'confirmed').length, 2)
  await page.locator('.n-card').filter({ hasText: '摸清学生健康状况' }).locator('.n-card-head').click()
  await page.keyboard.press('m')
  await kept(page)
  await page.locator('.n-card').filter({ hasText: '摸清学生健康状况；' }).getByText('合并', { exact: true }).waitFor()
  assert.equal((await duties()).length, before.length - 1)
  await page.keyboard.press('u')
  await kept(page)
  await page.locator('.n-card').filter({ hasText: '摸清学生健康状况；' }).waitFor({ state: 'detached' })
  assert.deepEqual(await duties(), before)
  assertQuiet(page)
  await page.close()
})

test('an amendment shows what it changes and what that does to duties already acknowledged, at the desk and on a phone', async () => {
  const duty = scene.as('duty')
  const noticeId = await imported(5)
  for (const word of ['市属中学', '物业公司']) await duty.call(n.mapWord, { noticeId, word, ...(word === '物业公司' ? { unitIds: [scene.unit('后勤管理处')] } : { none: true }) })
  await duty.call(n.fillBlanks, { noticeId, dueAt: new Date(scene.now().getTime() + 3 * 86_400_000).toISOString(), evidence: '书面情况', reportTo: '指挥部办公室' })
  await duty.call(n.confirmDuties, { noticeId })
  await duty.call(n.issue, { noticeId })
  const { assignments } = await scene.as('secretary').call(n.assignments, { unitId: scene.unit('信息学院'), noticeId })
  await scene.as('secretary').call(n.acknowledge, { assignmentIds: assignments.map((one) => one.assignmentId) })

  const page = await open('duty', 'desk', `/notices/${noticeId}`)
  await page.getByRole('button', { name: '更多' }).click()
  await page.getByText('修订：导入新文本').click()
  await page.getByLabel('通知正文').fill(noticeText(6, 6).replace('2.各部门要张贴宣传海报。\n', ''))
  await page.getByRole('button', { name: '研读' }).click()
  await page.waitForURL(/confirm$/)
  const next = page.url()
  await page.getByText('与原通知对照').first().click()
  const touched = page.locator('.n-touched')
  await touched.getByText(/1 条有改动，0 条新增，1 条删去/).waitFor()
  await touched.getByText(/其中 1 项单位已经签收，改后要重新签收/).waitFor()
  const changed = page.locator('.n-change').filter({ hasText: '时限变了' })
  await changed.getByText('重新下发').waitFor()
  assert.notEqual(await changed.locator('ins').first().innerText(), await changed.locator('del').first().innerText())
  assert.match(await page.locator('.n-change').filter({ hasText: '宣传海报' }).first().innerText(), /删去[\s\S]*终止/)
  await assertAccessible(page, 'changes')
  await shot(page, 'journey-amendment')
  assertQuiet(page)
  await page.close()

  const phone = await open('duty', 'phone', new URL(next).pathname)
  await phone.locator('.n-guide').waitFor()
  await phone.getByText('与原通知对照').first().click()
  await phone.locator('.n-touched').getByText(/要重新签收/).waitFor()
  assert.ok(await fits(phone), 'nothing sticks out at the side')
  await assertAccessible(phone, 'changes on a phone')
  assertQuiet(phone)
  await phone.close()
})

test('who withdraws says why; units, phones and the trace show it, and a draft issued elsewhere says so', async () => {
  const duty = scene.as('duty')
  const noticeId = await imported(7)
  const elsewhere = await open('duty', 'desk', `/notices/${noticeId}/confirm`)
  await elsewhere.locator('.n-guide').waitFor()
  for (const word of ['市属中学', '物业公司']) await duty.call(n.mapWord, { noticeId, word, ...(word === '物业公司' ? { unitIds: [scene.unit('后勤管理处')] } : { none: true }) })
  await duty.call(n.fillBlanks, { noticeId, dueAt: new Date(scene.now().getTime() + 3 * 86_400_000).toISOString(), evidence: '书面情况', reportTo: '指挥部办公室' })
  await duty.call(n.confirmDuties, { noticeId })
  await duty.call(n.issue, { noticeId })
  await elsewhere.getByText('这份通知已经签发').waitFor()
  await elsewhere.close()
  const page = await open('duty', 'desk', `/notices/${noticeId}`)
  await page.getByRole('button', { name: '更多' }).click()
  await page.getByText('撤回', { exact: true }).click()
  await page.getByLabel('撤回理由').fill('疫情已经平息')
  await assertAccessible(page, 'withdrawing')
  await page.getByRole('dialog').getByRole('button', { name: '撤回', exact: true }).click()
  await page.getByRole('alert').or(page.locator('.b-note')).filter({ hasText: '疫情已经平息' }).first().waitFor()
  await page.getByText(/终止 \d+ 项/).first().waitFor()
  await page.getByRole('tab', { name: '经过' }).click()
  await page.getByText(/等 \d+ 个单位/).first().waitFor()
  assert.ok((await page.locator('.b-timeline li, .b-timeline-entry').count()) < 10, 'one act on many units is told once')
  assertQuiet(page)
  await page.close()
  const phone = await open('secretary', 'phone', `/m/notices/${noticeId}`)
  await phone.getByText('不再要求做任何事').waitFor()
  await phone.getByText('原来对我负责的单位的要求').waitFor()
  assert.equal(await phone.getByText(/剩余/).count(), 0, 'nothing is due any more')
  await assertAccessible(phone, 'withdrawn on a phone')
  assertQuiet(phone)
  await phone.close()
})
