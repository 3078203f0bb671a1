/** Work on the phone: answering in a press, the call round, a photo that was taken without a network, one's own data. How fast it opens: tests/gallery/budgets.test.ts. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { myData } from '#slices/facts/contract.ts'
import { trail } from '#slices/measures/contract.ts'
import { assignments, evidence, evidenceOf } from '#slices/notices/contract.ts'
import { issueNotice, type Issued } from '#slices/notices/scenario.ts'
import { assertQuiet, newPage, shot } from '../browser.ts'
import type { Cast, Scene } from '../scene.ts'
import { onStage, respond } from './page.ts'

let scene: Scene
let browser: Browser
let notice: Issued
onStage(async (stage) => {
  ;({ scene, browser } = stage)
  await respond(scene, ['symptoms-followed', 'whereabouts-known'])
  notice = await issueNotice(scene)
  await scene.runJobs()
})

async function phone(who: Cast, path: string): Promise<Page> {
  const page = await newPage(browser, { device: 'phone', origin: scene.origin })
  page.setDefaultTimeout(20_000)
  await page.context().addCookies([{ name: 'bulwark', value: scene.token(who), url: scene.origin }])
  await page.goto(path)
  return page
}
const tap = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' }).first().click()
const seen = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()
/** A desk has no dialler: what would be dialled is only noted. */
const noDialler = (page: Page) =>
  page.evaluate(() => {
    const dialled: string[] = []
    Object.assign(globalThis, { dialled })
    document.addEventListener('click', (event) => {
      const link = (event.target as Element).closest('a[href^="tel:"]')
      if (!link) return
      event.preventDefault()
      dialled.push(link.getAttribute('href') ?? '')
    })
  })
/** The phone keeps its pages and answers for itself from now on. */
const kept = (page: Page) => page.waitForFunction(() => navigator.serviceWorker.controller !== null)

test('an answer is one press; a place given before is one press too; what was pressed can be changed', async () => {
  const page = await phone('student', '/m/')
  await seen(page, '今天有没有不舒服？')
  await tap(page, '没有')
  await seen(page, '已提交')
  await tap(page, '改一下')
  await tap(page, '没有')
  await tap(page, '您现在在哪里（到县区）？')
  await page.getByPlaceholder('输入市、县名称').fill('武侯')
  await tap(page, /^武侯/)
  await seen(page, '今天没有需要您做的事')
  await page.goto('/m/me/data')
  await page.getByRole('button', { name: /武侯区/ }).click()
  await tap(page, '更正')
  await seen(page, '更正为')
  await page.close()
  const { facts } = await scene.as('student').call(myData, {})
  assert.deepEqual(facts.map((fact) => [fact.attribute, fact.value]).toSorted(), [['symptoms', ['none']], ['symptoms', ['none']], ['whereabouts', '510107']])
})

test('by keyboard: an answer leads to the next question; another screen begins at its head and is read aloud', async () => {
  const page = await phone('classmate', '/m/')
  const focused = (selector: string, text: RegExp) => page.waitForFunction(([where, words]) => document.activeElement?.matches(where ?? '') && new RegExp(words ?? '').test(document.activeElement.textContent ?? ''), [selector, text.source] as const)
  await seen(page, '今天有没有不舒服？')
  await page.getByRole('button', { name: '没有', exact: true }).focus()
  await page.keyboard.press('Enter')
  await focused('.p-question', /您现在在哪里/)
  await page.getByRole('status').getByText('已提交').waitFor()
  await page.keyboard.press('Tab')
  await focused('.p-pick', /./)
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
  assert.ok((await page.evaluate(() => scrollY)) > 0)
  await page.getByRole('link', { name: /关于/ }).first().click()
  await seen(page, '对我意味着什么')
  await focused('h1', /关于/)
  assert.equal(await page.evaluate(() => scrollY), 0)
  assertQuiet(page)
  await page.close()
})

test('my data can be taken along, as a page that runs nothing', async () => {
  const page = await phone('student', '/m/me/data')
  await seen(page, '名册上的')
  const [file] = await Promise.all([page.waitForEvent('download'), tap(page, '导出我的数据')])
  assert.match(file.suggestedFilename(), /^我的数据 20261003 .*\.html$/)
  const text = readFileSync(await file.path(), 'utf8')
  for (const words of ['软甲寅', '138 0000 1003', '武侯区', '本人填报', '何时删除']) assert.ok(text.includes(words), words)
  assert.ok(!text.includes('<script'))
  assertQuiet(page)
  await page.close()
})

test('the call round: who was not tried comes first, the outcome is asked on coming back, the next name follows at once', async () => {
  await scene.advance(26 * 3_600_000)
  const page = await phone('counsellor', '/m/')
  await seen(page, /人超时还没联系上/)
  await page.getByRole('link', { name: '逐个打电话' }).click()
  const name = page.locator('.p-who h2')
  await name.waitFor()
  const first = (await name.textContent()) ?? ''
  const unreached = Number(/\d+/.exec((await page.getByText(/人超时还没联系上/).textContent()) ?? '')?.[0])
  const call = page.getByRole('link', { name: /打电话/ })
  assert.match((await call.getAttribute('href')) ?? '', /^tel:1380000\d{4}$/)
  // The dialler takes the screen; the phone may throw the page away meanwhile.
  await noDialler(page)
  await call.click()
  await page.reload()
  await noDialler(page)
  await page.getByRole('group', { name: '这通电话怎么样？' }).waitFor()
  assert.equal(await name.textContent(), first)
  await shot(page, 'pocket/call-round')
  await tap(page, '没人接')
  await page.waitForFunction((before) => document.querySelector('.p-who h2')?.textContent !== before, first)
  const second = (await name.textContent()) ?? ''
  // Whoever did not answer was not reached: their turn is over, and they still count.
  await seen(page, `${unreached} 人超时还没联系上，这一轮还剩 ${unreached - 1} 人`)
  // The number of the next one is dialled by itself: what came of it is asked without a press between.
  await page.getByRole('group', { name: '这通电话怎么样？' }).waitFor()
  assert.equal(await page.evaluate(() => (globalThis as unknown as { dialled?: string[] }).dialled?.length), 1)
  await tap(page, '号码不对')
  await page.waitForFunction((before) => document.querySelector('.p-who h2')?.textContent !== before, second)
  const third = (await name.textContent()) ?? ''
  await tap(page, '已联系上，代为填报')
  for (const question of [1, 2]) {
    await seen(page, question === 1 ? /不舒服|在哪里/ : /不舒服|在哪里/)
    const unwell = page.getByText('今天有没有不舒服？')
    if (await unwell.isVisible()) {
      await tap(page, '没有')
      await unwell.waitFor({ state: 'hidden' })
    } else {
      await tap(page, '您现在在哪里（到县区）？')
      await page.getByPlaceholder('输入市、县名称').fill('浦东')
      await tap(page, /^浦东/)
    }
  }
  await page.waitForFunction((before) => document.querySelector('.p-who h2')?.textContent !== before, third)
  await page.goto('/m/tasks')
  await seen(page, '没人接 · 刚刚')
  assert.ok((await page.locator('a.p-row').last().textContent())?.includes('号码不对') || (await page.getByText('号码不对').count()) > 0, 'a wrong number is said as such')
  assertQuiet(page)
  await page.close()
  const people = ['20261001', '20261002', '20261003', '20261004', '20261005']
  const tried = await Promise.all(people.map(async (number) => (await scene.as('counsellor').call(trail, { subjectId: scene.person(number) })).deeds.filter((deed) => deed.kind === 'contact').map((deed) => deed.outcome)))
  assert.deepEqual(tried.flat().toSorted(), ['no-answer', 'no-answer', 'reached'], 'one call is noted once, however many measures it was for')
})

/** A photograph as a camera gives it: large, and with the place it was taken at. */
async function cameraPhoto(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(() => {
    const canvas = document.createElement('canvas')
    canvas.width = 3000
    canvas.height = 2000
    const paint = canvas.getContext('2d')
    if (!paint) throw new Error('no canvas')
    for (let at = 0; at < 4000; at++) {
      paint.fillStyle = `hsl(${(at * 47) % 360} 60% ${20 + ((at * 13) % 60)}%)`
      paint.fillRect((at * 97) % 3000, (at * 61) % 2000, 90, 60)
    }
    return canvas.toDataURL('image/jpeg', 0.95).split(',')[1] ?? ''
  })
  const picture = Buffer.from(base64, 'base64')
  const place = Buffer.from('Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0GPS 30.6570N 104.0660E')
  return Buffer.concat([picture.subarray(0, 2), Buffer.from([0xff, 0xe1, 0, place.length + 2]), place, picture.subarray(2)])
}

test('a photo taken without a network is made small, waits in sight, and arrives once, without its place; the console shows it at its clause', async () => {
  const college = scene.unit('信息学院')
  const one = (await scene.as('secretary').call(assignments, { unitId: college })).assignments.find((each) => each.dutyId === notice.duty('摸排学生去向'))
  assert.ok(one)
  const page = await phone('secretary', `/m/tasks/duty/${one.assignmentId}`)
  await seen(page, '办理')
  await kept(page)
  const photo = await cameraPhoto(page)
  assert.ok(photo.length > 700_000, `${photo.length} bytes`)
  await page.context().setOffline(true)
  await tap(page, '上报')
  // What would never arrive, or not be taken, is said now and not by the outbox.
  const paper = page.locator('input[data-paper]')
  await paper.setInputFiles({ name: '台账.pdf', mimeType: 'application/pdf', buffer: Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(5 * 1048576, 65)]) })
  await seen(page, '手机上最多 4 MB')
  await paper.setInputFiles({ name: '台账.zip', mimeType: 'application/zip', buffer: Buffer.from('MZ\0\0\0\0program') })
  await seen(page, '这种文件不能作为佐证')
  await page.locator('input[data-photo=camera]').setInputFiles({ name: 'IMG_2026.jpg', mimeType: 'image/jpeg', buffer: photo })
  await seen(page, /已压缩到/)
  await shot(page, 'pocket/report-photo')
  await page.getByRole('dialog').getByRole('button', { name: '上报' }).click()
  await seen(page, '已保存在本机，联网后自动发送')
  await page.goto('/m/outbox')
  await seen(page, /照片上报/)
  await shot(page, 'pocket/outbox-waiting')
  assert.equal((await scene.as('duty').call(evidenceOf, { dutyId: one.dutyId })).total, 0)
  await page.context().setOffline(false)
  await page.locator('.p-outbox-sent').waitFor()
  await page.reload()
  await page.locator('.p-outbox-sent').waitFor()
  await page.close()

  const { files } = await scene.as('duty').call(evidenceOf, { dutyId: one.dutyId })
  assert.deepEqual(files.map((file) => [file.unit.name, file.name, file.picture]), [['信息学院', 'IMG_2026.jpg', true]], 'it arrived once')
  const file = await scene.as('duty').call(evidence, { assignmentId: one.assignmentId, reportId: files[0]?.reportId ?? '' })
  const bytes = Buffer.from(file.base64, 'base64')
  assert.ok(bytes.length < 500 * 1024 && !bytes.includes('GPS'), `${bytes.length} bytes`)
  await assert.rejects(scene.as('otherSecretary').call(evidence, { assignmentId: one.assignmentId, reportId: files[0]?.reportId ?? '' }), (error: unknown) => (error as { status?: number }).status === 404, 'another college sees nothing of it')
  const other = (await scene.as('otherSecretary').call(evidenceOf, { dutyId: one.dutyId })).total
  assert.equal(other, 0)

  const desk = await newPage(browser, { device: 'desk', origin: scene.origin })
  await desk.context().addCookies([{ name: 'bulwark', value: scene.token('duty'), url: scene.origin }])
  await desk.goto(`/notices/${notice.noticeId}`)
  await desk.locator('.n-clause-toggle', { hasText: '二' }).first().click()
  const picture = desk.locator('.n-evidence .n-picture img').first()
  await picture.waitFor()
  await desk.waitForFunction((image) => (image as HTMLImageElement).naturalWidth === 1600, await picture.elementHandle())
  await shot(desk, 'pocket/evidence-at-the-console')
  assertQuiet(desk)
  await desk.close()
})
