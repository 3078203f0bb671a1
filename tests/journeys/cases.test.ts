/** A case from the clinic's desk to the student's phone and back: opened, reported without a network, seen by the counsellor, released by a named person. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Browser } from 'playwright-core'
import { newId } from '#kernel/ids.ts'
import { mine, open, todo } from '#slices/health/contract.ts'
import { list } from '#slices/responses/contract.ts'
import { assertQuiet } from '../browser.ts'
import type { Cast, Scene } from '../scene.ts'
import { barriers, type Device, fits, onStage, openAs, respond } from './page.ts'

let scene: Scene
let browser: Browser
onStage(async (stage) => {
  ;({ scene, browser } = stage)
  await respond(scene, [])
})

const visit = (who: Cast, path: string, device: Device = 'desk') => openAs(browser, scene, who, device, path)
const own = async () => (await scene.as('student').call(mine, {})).cases[0]

test('the doctor opens a case; what is missing is said, the end is computed, the nearest answers', async () => {
  const desk = await visit('doctor', `/cases/new?person=${scene.person('student')}`)
  await desk.getByText('软甲寅').first().waitFor()
  await desk.getByRole('button', { name: '建立个案' }).click()
  await desk.getByText('请写明在哪里。').waitFor()
  assert.deepEqual(await barriers(desk), [])
  await desk.getByLabel('地点').fill('1号楼 101')
  await desk.getByLabel('依据').fill('校医院医嘱')
  await desk.getByText(/计划至 .*到期只提示，不会自动解除/).waitFor()
  await desk.getByRole('button', { name: '建立个案' }).click()
  await desk.getByRole('heading', { name: /软甲寅/ }).waitFor()
  await desk.getByText('今天还没有监测。请联系本人，或当面查看后代录。').waitFor()
  assert.deepEqual([(await own())?.kind, (await own())?.answers?.person.name, (await own())?.days], ['observation', '辅甲', 7])
  assert.deepEqual(await barriers(desk), [])
  assertQuiet(desk)
  await desk.close()
})

test('the student reports by thumb without a network; it arrives once, and the counsellor sees the fever', async () => {
  const phone = await visit('student', '/m/', 'phone')
  await phone.getByText('今天怎么样？报告体温和症状').click()
  // The question opens at once; closed, what is arranged stands behind it.
  await phone.getByRole('dialog').getByRole('button', { name: '关闭' }).click()
  await phone.getByText('1号楼 101').waitFor()
  assert.ok(await fits(phone))
  assert.deepEqual(await barriers(phone), [])
  await phone.context().setOffline(true)
  await phone.getByRole('button', { name: '现在报告' }).click()
  await phone.getByRole('button', { name: '发热' }).click()
  for (const key of ['3', '8', '小数点', '2']) await phone.getByRole('button', { name: key, exact: true }).click()
  assert.deepEqual(await barriers(phone), [])
  await phone.getByRole('button', { name: '报告', exact: true }).click()
  await phone.getByText('今天已报告').waitFor()
  assert.equal((await own())?.checks.length, 0, 'not there yet')
  await phone.context().setOffline(false)
  for (let look = 0; look < 60 && (await own())?.checks.length === 0; look++) await new Promise((resolve) => setTimeout(resolve, 250))
  assert.deepEqual((await own())?.checks.map((one) => [one.temperature, one.symptoms, one.own]), [[38.2, ['fever'], true]])
  await phone.close()

  const work = await visit('counsellor', '/m/tasks', 'phone')
  await work.getByText('我负责的个案').waitFor()
  await work.getByText(/38\.2 ℃，发热/).click()
  await work.getByText('今天已监测').waitFor()
  assert.ok(await fits(work))
  assert.deepEqual(await barriers(work), [])
  assertQuiet(work)
  await work.close()
})

test('the counsellor finds who is due and releases in their own name; the student reads by whom and why', async () => {
  await scene.advance(8 * 86_400_000)
  const desk = await visit('counsellor', '/cases')
  await desk.getByText('待解除 1').click()
  await desk.getByText('软甲寅').click()
  await desk.getByText(/系统不会自动解除/).waitFor()
  assert.deepEqual(await barriers(desk), [])
  await desk.getByRole('button', { name: '解除…' }).first().click()
  const panel = desk.getByRole('dialog')
  await panel.getByRole('button', { name: '解除', exact: true }).click()
  await panel.getByText('请写明理由。').waitFor()
  await panel.getByLabel('理由').fill('观察期满，无症状')
  await panel.getByRole('button', { name: '解除', exact: true }).click()
  await desk.getByText('已解除', { exact: true }).first().waitFor()
  assertQuiet(desk)
  await desk.close()
  const phone = await visit('student', '/m/case', 'phone')
  await phone.getByText(/由 辅甲 解除/).waitFor()
  await phone.getByText('观察期满，无症状').waitFor()
  await phone.close()
})

test('a case handed over on the phone is confirmed there; whoever counts is asked why at the desk', async () => {
  const { responses } = await scene.as('duty').call(list, {})
  const caseId = newId()
  const fromDay = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(scene.now())
  await scene.as('doctor').call(open, { caseId, personId: scene.person('classmate'), responseId: responses[0]?.responseId ?? '', kind: 'isolation', illness: 'norovirus', basis: '校医院医嘱', countedFrom: 'start', fromDay, days: 3, place: '校医院', answersId: scene.person('doctor') })
  const desk = await visit('doctor', `/cases/${caseId}`)
  await desk.getByRole('button', { name: '移交…' }).click()
  await desk.getByRole('combobox', { name: '移交给' }).click()
  await desk.getByText('辅甲').last().click()
  await desk.getByRole('button', { name: '移交', exact: true }).click()
  await desk.getByText('移交待确认').waitFor()
  await desk.close()
  const phone = await visit('counsellor', `/m/tasks/case/${caseId}`, 'phone')
  await phone.getByRole('button', { name: '确认接收' }).click()
  await phone.getByText('今天还没有监测').waitFor()
  await phone.getByRole('button', { name: '确认接收' }).waitFor({ state: 'detached' })
  assert.deepEqual((await scene.as('counsellor').call(todo, {})).cases.map((one) => one.caseId), [caseId])
  await phone.close()
  const counts = await visit('secretary', `/cases/${caseId}`)
  await counts.getByText(/请先说明事由/).waitFor()
  assert.deepEqual(await barriers(counts), [])
  await counts.close()
})
