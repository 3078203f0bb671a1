/** A response has closed: its date for everybody, a hold put and lifted by hand, and the certificate; at the desk and on a phone. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Browser } from 'playwright-core'
import { newId } from '#kernel/ids.ts'
import { answer } from '#slices/facts/contract.ts'
import { close, list } from '#slices/responses/contract.ts'
import { assertQuiet } from '../browser.ts'
import type { Scene } from '../scene.ts'
import { assertAccessible, fits, onStage, openAs, respond, shut } from './page.ts'

const day = 86_400_000
let scene: Scene
let browser: Browser
let responseId = ''
onStage(async (stage) => {
  ;({ scene, browser } = stage)
  await respond(scene, ['whereabouts-known'])
  await scene.as('student').call(answer, { answers: [{ factId: newId(), attribute: 'whereabouts', value: '310115', observedAt: scene.now().toISOString() }] })
  responseId = (await scene.as('duty').call(list, {})).responses[0]?.responseId ?? ''
})

test('closed, held back, lifted, erased: what each of them reads', async () => {
  const page = await openAs(browser, scene, 'dataProtection', 'desk', '/settings/retention')
  await page.getByRole('button', { name: '修改期限…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('结束后多少天').fill('20')
  await dialog.getByLabel('依据').fill('校个人信息保护办法第八条')
  await dialog.getByLabel('由谁决定').fill('校长办公会')
  await dialog.getByRole('button', { name: '规定', exact: true }).click()
  await page.getByText('结束后 20 天擦除').first().waitFor()
  await assertAccessible(page, 'retention')

  await scene.as('duty').call(close, { responseId, reason: '疫情平息', decidedBy: '校应急指挥部' })
  await scene.runJobs()
  await page.goto(`/responses/${responseId}`)
  await page.getByText('结束后 20 天擦除').waitFor()
  await page.getByText('结束时的人数').waitFor()
  await page.getByRole('button', { name: '预览' }).click()
  await page.getByRole('dialog').getByText('填报明细').waitFor()
  await assertAccessible(page, 'preview')
  await shut(page.getByRole('dialog'))
  await page.getByRole('button', { name: '暂缓…' }).click()
  const form = page.getByRole('dialog', { name: '暂缓擦除' })
  await form.getByLabel('理由').fill('一起申诉尚未办结')
  await form.getByLabel('由谁决定').fill('校申诉委员会')
  const until = new Date(Date.now() + 60 * day)
  await form.getByLabel('暂缓至').fill(`${until.getFullYear()}年${until.getMonth() + 1}月${until.getDate()}日`)
  await form.getByLabel('暂缓至').press('Enter')
  await form.getByRole('button', { name: '暂缓', exact: true }).click()
  await page.getByText('暂缓中').waitFor()
  await assertAccessible(page, 'held')

  const phone = await openAs(browser, scene, 'student', 'phone', '/m/me/data')
  await phone.getByText('一起申诉尚未办结').waitFor()
  assert.ok(await fits(phone))
  await assertAccessible(phone, 'my data')

  await scene.advance(25 * day)
  await page.reload()
  await page.getByRole('button', { name: '解除…' }).click()
  await page.getByRole('dialog').getByLabel('理由').fill('申诉已办结')
  await page.getByRole('dialog').getByRole('button', { name: '解除', exact: true }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await scene.runJobs()
  await page.reload()
  await page.getByRole('link', { name: '擦除证明' }).click()
  await page.getByText('个人信息擦除证明').waitFor()
  assert.match(await page.locator('article').innerText(), /申诉已办结[\s\S]*填报明细[\s\S]*操作记录/)
  await assertAccessible(page, 'certificate')
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: '下载' }).click()
  await page.getByRole('menuitem', { name: /PDF/ }).click()
  assert.match((await downloading).suggestedFilename(), /擦除的证明.*\.pdf$/)
  const small = await openAs(browser, scene, 'duty', 'phone', `/responses/${responseId}/certificate`)
  await small.getByText('个人信息擦除证明').waitFor()
  assert.ok(await fits(small))
  await phone.reload()
  // What the phone remembered stands there until the answer comes.
  await phone.getByText('浦东').waitFor({ state: 'detached' })
  await phone.getByText('结束后停止采集').waitFor()
  for (const one of [page, phone, small]) assertQuiet(one)
})
