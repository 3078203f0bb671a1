/** A notice's way in a real browser: pasted, confirmed by keyboard, issued; a college acts; the bar moves elsewhere; a brief goes up. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import type { Browser } from 'playwright-core'
import { newId } from '#kernel/ids.ts'
import { importNotice } from '#slices/notices/contract.ts'
import { open as openResponse } from '#slices/responses/contract.ts'
import { assertQuiet, shot } from '../browser.ts'
import type { Scene } from '../scene.ts'
import { assertAccessible, type Device, fits, onStage, openAs, shut } from './page.ts'

let scene: Scene
let browser: Browser

onStage(async (stage) => {
  ;({ scene, browser } = stage)
  await scene.as('duty').call(openResponse, { responseId: newId(), name: '秋季传染病防控', hazards: ['influenza'], level: 3, basis: '突发事件应对法', decidedBy: '校指挥部', plannedEnd: null })
})

const open = (who: string, device: Device, path: string) => openAs(browser, scene, who, device, path)
function dayAhead(days: number): string {
  const [year, month, day] = new Date(scene.now().getTime() + days * 86_400_000).toLocaleDateString('en-CA', { timeZone: 'Asia/Shanghai' }).split('-').map(Number)
  return `${year}年${month}月${day}日`
}
const noticeText = () => `江畔大学疫情防控指挥部
江畔防指〔2026〕18号
关于做好流感聚集性疫情处置工作的通知
信息学院、医学院、后勤管理处：
近期校内流感病例增多。为保障师生健康，现将有关事项通知如下。
一、提高思想认识
各单位要充分认识当前形势的严峻性。
二、做好摸排
1.信息学院、医学院要逐人摸排学生健康状况，建立台账，于${dayAhead(3)}17:00前报指挥部办公室。
2.未经批准，信息学院不得组织大型聚集活动。
三、做好消杀
后勤管理处要于${dayAhead(2)}前完成教室和宿舍消毒，并报送情况。
联系人：值甲，电话13800000101。
江畔大学疫情防控指挥部
${dayAhead(0)}
`

test('a notice is pasted, confirmed, issued, carried out by a college and reported upward', async () => {
  // ── What is no notice is refused in words ──
  const desk = await open('duty', 'desk', '/notices')
  await desk.getByRole('link', { name: '导入通知' }).or(desk.getByRole('button', { name: '导入通知' })).first().click()
  await desk.getByLabel('通知正文').fill('今天晚上食堂供应饺子，欢迎大家来吃。')
  await desk.getByRole('button', { name: '研读' }).click()
  await desk.getByRole('alert').filter({ hasText: '不像一份通知' }).waitFor()
  assert.ok(await desk.getByLabel('通知正文').inputValue(), 'the text is still there')
  await assertAccessible(desk, 'import')
  await desk.getByLabel('通知正文').fill(noticeText())
  await desk.getByRole('button', { name: '研读' }).click()

  // ── Confirmed beside the document ──
  await desk.waitForURL(/\/notices\/[^/]+\/confirm$/)
  const cards = desk.locator('.n-card')
  await cards.first().waitFor()
  const noticeId = /notices\/([^/]+)\//.exec(desk.url())?.[1] ?? ''
  assert.match(await desk.locator('.n-desk-title h1').innerText(), /流感聚集性疫情处置/)
  assert.equal(await desk.getByText('13800000101').count(), 0, 'a telephone is covered until somebody asks for it')
  await desk.getByText('不得组织大型聚集活动').locator('visible=true').first().click()
  const chosen = desk.locator('.n-card-on')
  await chosen.getByText('不得组织大型聚集活动').first().waitFor()
  assert.equal(await desk.locator('.n-duty-on').first().innerText().then((text) => text.includes('不得')), true, 'the span in the document lights up')
  await assertAccessible(desk, 'confirm')
  await shot(desk, 'journey-confirm')
  const confirmed = desk.locator('.n-foot-count b')
  await desk.keyboard.press('Enter')
  await desk.locator('.n-card-done').filter({ hasText: '不得组织大型聚集活动' }).waitFor()
  await desk.keyboard.press('u')
  await desk.locator('.n-card-done').waitFor({ state: 'detached' })
  // All of them, by Enter alone; each press moves on to the next.
  for (let press = 0; press < 30 && !/^已确认 (\d+) \/ \1$/.test(await confirmed.innerText()); press++) {
    await desk.keyboard.press('Enter')
    await desk.waitForTimeout(60)
  }
  assert.match(await confirmed.innerText(), /^已确认 (\d+) \/ \1$/)

  // ── The last look, one press, the receipt ──
  await desk.getByRole('button', { name: '预览并签发' }).click()
  const dialog = desk.getByRole('dialog')
  await dialog.getByText(/名册共 \d+ 人 = 覆盖 \d+ 人 \+ 未覆盖 \d+ 人/).waitFor()
  // The preview is fetched once more when the last confirmation has come through: what it asks may change under the hand.
  await desk.waitForLoadState('networkidle')
  for (let round = 0; round < 10 && (await dialog.getByRole('button', { name: /^签发给/ }).isDisabled()); round++) {
    await dialog.getByRole('checkbox', { checked: false }).first().check({ timeout: 1000 }).catch(() => undefined)
    await desk.waitForTimeout(200)
  }
  await shot(desk, 'journey-preview')
  await dialog.getByRole('button', { name: /^签发给/ }).click()
  await desk.getByRole('heading', { name: '已签发' }).waitFor()
  await desk.getByRole('button', { name: '看进展' }).click()
  await desk.waitForURL(new RegExp(`/notices/${noticeId}$`))
  const bar = desk.locator('.n-figures .n-progress-track')
  await bar.waitFor()
  assert.match((await bar.getAttribute('aria-label')) ?? '', /待签收/)
  await assertAccessible(desk, 'alive')

  // ── A college acts in another browser; the bar here moves by itself ──
  const college = await open('secretary', 'desk', '/duties')
  await college.locator('.n-task').first().waitFor()
  await assertAccessible(college, 'board')
  const before = await bar.getAttribute('aria-label')
  await college.locator('.n-task').filter({ hasText: '摸排' }).first().getByRole('button', { name: '签收' }).click()
  await desk.waitForFunction((old) => document.querySelector('.n-figures .n-progress-track')?.getAttribute('aria-label') !== old, before)
  await college.locator('.n-task-words').filter({ hasText: '摸排' }).first().click()
  const panel = college.getByRole('dialog')
  await panel.getByRole('button', { name: '分解到下级' }).click()
  await panel.getByText(/^全部/).first().click()
  await panel.getByRole('button', { name: '下达' }).click()
  await panel.getByText(/下级（\d+）/).waitFor()
  await panel.getByRole('button', { name: '上报', exact: true }).click()
  await panel.getByLabel('办理情况').fill('共摸排10人，均无症状，台账已建立。')
  await panel.getByRole('button', { name: '提交' }).click()
  await panel.getByText('共摸排10人').waitFor()
  await assertAccessible(college, 'assignment')
  await shot(college, 'journey-assignment')
  assertQuiet(college)
  await college.close()

  // ── Reviewed, opened clause by clause ──
  await desk.locator('.n-clause-toggle').filter({ hasText: '二' }).first().click()
  await desk.locator('.n-clause-open .n-duty-live').first().getByRole('button', { name: '全部单位' }).click()
  await desk.getByRole('dialog').getByRole('button', { name: '信息学院', exact: true }).click()
  await desk.getByRole('button', { name: '认可' }).click()
  await desk.waitForFunction(() => /已办结/.test(document.querySelector('.n-figures .n-progress-track')?.getAttribute('aria-label') ?? ''))
  await shot(desk, 'journey-alive')

  // ── Upward ──
  await desk.goto(`/briefs?notice=${noticeId}`)
  await desk.getByRole('dialog').getByRole('button', { name: '起草', exact: true }).click()
  await desk.locator('.br-paper').waitFor()
  await desk.getByLabel('补充基本情况', { exact: false }).fill('已完成首轮摸排。')
  await desk.locator('.br-paper p').filter({ hasText: '落到单位任务' }).locator('.br-figure').nth(1).click()
  const trace = desk.getByRole('dialog')
  await trace.getByText('背后的每一行').waitFor()
  await trace.getByText('信息学院').first().waitFor()
  await assertAccessible(desk, 'trace')
  await shut(trace)
  await desk.getByRole('button', { name: '签发', exact: true }).click()
  await desk.getByRole('button', { name: /名义签发/ }).click()
  await desk.locator('.b-page-aside').getByText('已签发').waitFor()
  await desk.getByText('已完成首轮摸排').waitFor()
  await desk.getByRole('button', { name: '下载' }).click()
  const [file] = await Promise.all([desk.waitForEvent('download'), desk.getByText('Word（.docx）').click()])
  assert.match(file.suggestedFilename(), /\.docx$/)
  const bytes = await readFile(await file.path())
  assert.equal(bytes.subarray(0, 2).toString(), 'PK')
  await assertAccessible(desk, 'brief')
  assertQuiet(desk, [/status of 422/])
  await desk.close()
})

test('on a phone the confirm screen and the living notice stay within the screen', async () => {
  const noticeId = newId()
  await scene.as('duty').call(importNotice, { noticeId, text: noticeText().replace('18号', '19号').replaceAll('流感', '诺如') })
  const page = await open('duty', 'phone', `/notices/${noticeId}/confirm`)
  await page.locator('.n-card').first().waitFor()
  assert.ok(await fits(page), 'confirm: nothing sticks out at the side')
  await page.locator('.n-card-head').first().click()
  await page.locator('.n-open').waitFor()
  assert.ok(await fits(page), 'an open duty: nothing sticks out at the side')
  await assertAccessible(page, 'confirm on a phone')
  await page.goto('/notices')
  await page.locator('.n-notice').first().click()
  await page.locator('.n-clause').first().waitFor()
  assert.ok(await fits(page), 'alive: nothing sticks out at the side')
  await assertAccessible(page, 'alive on a phone')
  assertQuiet(page)
  await page.close()
})
