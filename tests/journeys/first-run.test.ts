/** From an empty server to the first notice, as somebody who never saw it: claimed, left and gone on with, words, roster with receipt, offices, response, measure, notice. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { httpClient } from '#kernel/client.ts'
import { units } from '#slices/directory/contract.ts'
import * as notices from '#slices/notices/contract.ts'
import { assertQuiet, newPage, openBrowser, shot } from '../browser.ts'
import { openEmpty, type EmptyServer } from '../empty.ts'
import { assertAccessible, fits, pick } from './page.ts'

let server: EmptyServer
let browser: Browser
let desk: Page

before(async () => {
  server = await openEmpty()
  browser = await openBrowser()
  desk = await newPage(browser, { device: 'desk', origin: server.origin })
  desk.setDefaultTimeout(45_000)
})
after(async () => {
  await browser?.close()
  await server?.close()
})

const password = '三月的江畔有一排很老的垂柳'
/** Before signing in the browser itself notes the refusal of `directory.me`; and of gaps, before a reason to see names was given. */
const signedOut = [/status of 401/, /measures\.gaps/]
const staff = `工号,姓名,性别,部门,职务,手机号
A001,管甲,男,信息中心,系统管理员,13800000101
T002,书甲,女,信息学院,书记,13800000102
T004,辅甲,女,信息学院,辅导员,13800000104
T005,辅乙,男,信息学院,辅导员,13800000105
T006,学处,女,学生处,处长,13800000106
T007,后勤,男,后勤管理处,处长,13800000107
T009,护数,男,信息中心,个人信息保护负责人,13800000109`
const students = [
  '学号,姓名,性别,学院,年级,班级,辅导员,手机号',
  ...Array.from({ length: 12 }, (_, at) => `2026${1001 + at},软${'甲乙丙丁戊己庚辛壬癸子丑'[at]},${at % 2 ? '女' : '男'},信息学院,2026,软件2026-${at < 6 ? 1 : 2}班,${at < 6 ? '辅甲' : '无名'},1380000${1001 + at}`),
  '20261099,,男,信息学院,2026,软件2026-2班,辅甲,13800001099',
].join('\n')

const stepState = (key: string) => desk.locator(`[data-step="${key}"]`).getAttribute('data-state')
async function importText(name: string, text: string) {
  await desk.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
  await desk.getByText('这份名册会带来什么').waitFor()
}

test('an empty server leads to claiming; the code is made out of the name; afterwards the way in is there', async () => {
  await desk.goto('/')
  await desk.getByText('这个系统还没有启用').waitFor()
  await desk.getByRole('link', { name: '去启用' }).click()
  await desk.getByLabel('一次性口令').fill(server.token)
  await desk.getByLabel('单位名称').fill('江畔大学')
  await desk.waitForFunction(() => [...document.querySelectorAll('input')].some((input) => input.value === 'jiangpan'))
  await desk.getByLabel('管理员姓名').fill('管甲')
  await desk.getByLabel('管理员账号').fill('A001')
  await desk.getByLabel('管理员密码', { exact: true }).fill(password)
  await desk.getByLabel('再输入一次').fill(password)
  await assertAccessible(desk, 'claim')
  await shot(desk, 'first-run/claim', { fullPage: true })
  await desk.getByRole('button', { name: '启用', exact: true }).click()
  await desk.waitForURL((url) => url.pathname === '/start')
  await desk.locator('[data-step="roster"][aria-current]').waitFor()
  assert.equal(await stepState('measures'), 'later')
  await assertAccessible(desk, 'start')
  await shot(desk, 'first-run/start-empty', { fullPage: true })
  assertQuiet(desk, signedOut)
})

test('the Situation of an empty institution says where to begin', async () => {
  await desk.goto('/')
  await desk.getByRole('link', { name: '开始启用' }).or(desk.getByRole('button', { name: '开始启用' })).click()
  await desk.waitForURL((url) => url.pathname === '/start')
})

test('words are ready-made and can be said otherwise: the pages say them, rosters are read by them', async () => {
  await desk.goto('/settings/vocabulary')
  await desk.getByLabel('学院：中文', { exact: true }).fill('书院')
  await desk.getByRole('button', { name: '加一个职务' }).click()
  await desk.getByLabel('职务名称').last().fill('级长')
  await desk.getByLabel('英文', { exact: true }).last().fill('Year head')
  await assertAccessible(desk, 'vocabulary')
  await desk.getByRole('button', { name: '保存用语' }).click()
  await desk.getByText('用语已保存').waitFor()
  await shot(desk, 'first-run/vocabulary', { fullPage: true })
})

test('a roster is previewed, left, come back to, applied; the receipt stays', async () => {
  await desk.goto('/roster')
  await assertAccessible(desk, 'roster')
  const [template] = await Promise.all([desk.waitForEvent('download'), desk.getByRole('button', { name: '下载模板' }).click().then(() => desk.getByText('学生名册（.xlsx）').click())])
  assert.match(template.suggestedFilename(), /\.xlsx$/)
  await importText('教职工.csv', staff)
  await desk.getByRole('button', { name: '导入…' }).click()
  await desk.getByRole('button', { name: '确认导入' }).click()
  await desk.getByText('导入完成').waitFor()
  await desk.getByRole('button', { name: '再导入一份' }).click()
  await importText('学生.csv', students)
  await desk.getByRole('tab', { name: /拒收/ }).click()
  await desk.getByText('20261099').first().waitFor()
  // Left half way: the way in says so, and leads back to the very preview.
  await desk.goto('/start')
  await desk.getByText('“学生.csv”还没有导完').waitFor()
  assert.equal(await stepState('roster'), 'part')
  await shot(desk, 'first-run/start-left', { fullPage: true })
  await desk.getByRole('button', { name: '接着导入' }).click()
  await desk.getByText('这份名册会带来什么').waitFor()
  await desk.getByRole('button', { name: '导入…' }).click()
  await desk.getByRole('button', { name: '确认导入' }).click()
  const receipt = desk.locator('.b-receipt')
  await receipt.getByText('导入完成').waitFor()
  assert.match(await receipt.innerText(), /管甲[\s\S]*行数\s*13[\s\S]*新来\s*12[\s\S]*未收下\s*1/)
  await assertAccessible(desk, 'receipt')
  await shot(desk, 'first-run/receipt', { fullPage: true })
  const [marks] = await Promise.all([desk.waitForEvent('download'), desk.getByRole('button', { name: /未收下和有疑点/ }).click()])
  const text = await marks.createReadStream().then(async (stream) => { let all = ''; for await (const part of stream) all += String(part); return all })
  assert.match(text, /20261099/)
  await desk.goto('/roster')
  await desk.getByText('导入记录').waitFor()
  await desk.getByRole('link', { name: /学生\.csv/ }).click()
  await desk.locator('.b-receipt').getByText('导入完成').waitFor()
})

test('offices come as proposals; a name that nobody bears is told, not guessed', async () => {
  await desk.goto('/start/offices')
  await desk.getByText('名册里没有“无名”').waitFor()
  await assertAccessible(desk, 'offices')
  await shot(desk, 'first-run/offices', { fullPage: true })
  await desk.getByRole('button', { name: /全部确认/ }).click()
  await desk.getByRole('button', { name: '任命', exact: true }).click()
  await desk.getByText(/已任命/).waitFor()
  await desk.goto('/start')
  await desk.getByText(/人还没有人直接负责/).waitFor()
  assert.equal(await stepState('offices'), 'part')
})

test('a response with its basis, and a ready-made measure whose burden is seen first', async () => {
  // One press leads to the form itself.
  await desk.goto('/start')
  await desk.locator('[data-step="response"]').getByText('启动响应', { exact: true }).click()
  await desk.getByRole('button', { name: '流感、诺如' }).click()
  await desk.getByLabel('由谁决定').fill('应急指挥部会议')
  await desk.locator('.ant-drawer').getByRole('button', { name: '启动', exact: true }).click()
  await desk.getByRole('heading', { name: '要做到什么' }).waitFor()
  await shot(desk, 'first-run/response', { fullPage: true })
  await desk.getByRole('button', { name: '看负担并启用' }).first().click()
  await desk.getByText('本措施每人每天最多').waitFor()
  await assertAccessible(desk, 'burden')
  await desk.locator('.ant-drawer').getByRole('button', { name: /启用/ }).last().click()
  await desk.locator('.fr-preset').getByText('已启用').first().waitFor()
})

test('the sample notice is read, confirmed and issued; then nothing of the way is left', async () => {
  await desk.goto('/start/notice')
  await desk.getByRole('button', { name: /填入示例/ }).click()
  await assertAccessible(desk, 'first notice')
  await shot(desk, 'first-run/notice', { fullPage: true })
  await desk.getByRole('button', { name: '研读' }).click()
  await desk.waitForURL(/\/notices\/.*\/confirm/)
  // Left before it was issued: the draft is where to go on.
  await desk.goto('/start')
  await desk.getByText('1 份草稿待签发').waitFor()
  assert.equal(await stepState('notice'), 'part')
  await shot(desk, 'first-run/start-nearly', { fullPage: true })
  await desk.goto('/start/notice')
  await desk.getByRole('link', { name: /流感/ }).first().click()
  await desk.waitForURL(/\/notices\/.*\/confirm/)
  await desk.getByRole('button', { name: /全部确认|确认全部/ }).first().waitFor()
  await issueDraft(/notices\/([^/]+)/.exec(desk.url())?.[1] ?? '')
  await desk.goto('/start')
  await desk.locator('[data-step="notice"][data-state="done"]').waitFor()
  await desk.getByText('已签发 1 份').waitFor()
  await shot(desk, 'first-run/start-done', { fullPage: true })
  assertQuiet(desk, signedOut)
})

/** Confirming duty by duty and issuing on screen is the notices' own journey (notice.test.ts); here it is done by the same calls, with the session of the page. */
async function issueDraft(noticeId: string) {
  const token = (await desk.context().cookies()).find((cookie) => cookie.name === 'bulwark')?.value ?? ''
  const client = httpClient({ origin: server.origin, language: () => 'zh-Hans', token })
  const draft = await client.call(notices.draft, { noticeId })
  const everybody = (await client.call(units, { tree: 'admin', depth: 2 })).units.filter((unit) => unit.kind === 'college' || unit.kind === 'department').map((unit) => unit.unitId)
  for (const duty of draft.duties)
    await client.call(notices.saveDuty, {
      dutyId: duty.dutyId, confirm: true, ...(duty.unitIds.length || duty.people ? {} : { unitIds: everybody }), ...(duty.cycle === 'once' && duty.dueAt === null ? { dueAt: new Date(Date.now() + 2 * 86_400_000).toISOString() } : {}),
      ...(duty.evidence === null ? { evidence: '文字说明' } : {}), ...(duty.reportTo === null ? { reportTo: '指挥部办公室' } : {}),
    })
  for (const doubt of draft.doubts) await client.call(notices.settleDoubt, { noticeId, doubtId: doubt.doubtId })
  const preview = await client.call(notices.preview, { noticeId })
  await client.call(notices.issue, { noticeId, acknowledgePast: preview.past.map((one) => one.dutyId), acceptBlanks: true, sponsor: '首次签发，按示例内容执行' })
}

test('on a phone the way in fits and reads', async () => {
  const phone = await newPage(browser, { device: 'phone', origin: server.origin })
  await phone.context().addCookies(await desk.context().cookies())
  for (const [path, name] of [['/start', 'start'], ['/roster', 'roster'], ['/settings', 'settings'], ['/settings/accounts', 'accounts'], ['/start/offices', 'offices'], ['/log', 'log'], ['/my-data', 'my-data']] as const) {
    await phone.goto(path)
    await phone.waitForLoadState('networkidle')
    assert.equal(await fits(phone), true, `${path} is wider than the phone`)
    await assertAccessible(phone, path)
    await shot(phone, `first-run/phone-${name}`, { fullPage: true })
  }
  assertQuiet(phone)
  await phone.close()
})

test('a column that is not recognised, or wrongly, is said to be what it is; the receipt tells it, the next file headed alike is read by it, on a phone too', async () => {
  const phone = await newPage(browser, { device: 'phone', origin: server.origin })
  await phone.context().addCookies(await desk.context().cookies())
  const drop = (page: Page, name: string, text: string) => page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
  const readAs = (page: Page, header: string) => page.getByRole('combobox', { name: `“${header}”读作` })
  const chosen = (page: Page, header: string) => page.locator('.d-column', { has: readAs(page, header) }).locator('.ant-select-selection-item, .ant-select-content').first()
  await desk.goto('/roster')
  const text = '编号,姓名,联系,单位\nW01,外甲,13800000301,后勤管理处\nW02,外乙,13800000302,后勤管理处'
  await drop(desk, '外聘.csv', text)
  // The file was not read: what its columns are can be said on the spot. One looks like the numbers of people.
  await desk.getByText('没有学号或工号列', { exact: false }).waitFor()
  assert.match(await chosen(desk, '编号').innerText(), /学工号/)
  await assertAccessible(desk, 'columns of a refused file')
  await shot(desk, 'first-run/columns-refused', { fullPage: true })
  await desk.getByRole('button', { name: '按选择重新核对' }).click()
  await desk.getByText('这份名册会带来什么').waitFor()
  await readAs(desk, '联系').fill('电话')
  await pick(readAs(desk, '联系'), '电话')
  assert.ok(await desk.getByRole('button', { name: '导入…' }).isDisabled(), 'what was said and not checked is not imported')
  await desk.getByRole('button', { name: '按选择重新核对' }).click()
  await desk.locator('.d-column', { has: readAs(desk, '联系') }).getByText('您指定的').waitFor()
  await assertAccessible(desk, 'columns')
  await shot(desk, 'first-run/columns', { fullPage: true })
  // The page loaded anew has the preview, not the file: checking otherwise asks for it, and takes no other.
  await desk.reload()
  await pick(readAs(desk, '单位'), '不读取')
  const again = desk.locator('.b-drop', { hasText: '再选一次同一个文件，按新的选择核对' })
  await again.getByText('外聘.csv', { exact: false }).waitFor()
  await drop(desk, '外聘.csv', `${text}\nW03,外丙,13800000303,后勤管理处`)
  await desk.getByText('大小不同，不是同一个文件', { exact: false }).waitFor()
  await drop(desk, '外聘.csv', text)
  await desk.locator('.d-column', { has: readAs(desk, '单位') }).getByText('您指定的').waitFor()
  assert.match(await chosen(desk, '联系').innerText(), /电话/, 'what was said before stands')
  await pick(readAs(desk, '单位'), '部门')
  await desk.getByRole('button', { name: '按选择重新核对' }).click()
  await desk.getByRole('button', { name: '按选择重新核对' }).waitFor({ state: 'hidden' })
  await desk.getByRole('button', { name: '导入…' }).click()
  await desk.getByRole('button', { name: '确认导入' }).click()
  await desk.locator('.b-receipt').getByText('编号 → 学工号；联系 → 电话').waitFor()
  await phone.goto('/roster')
  await drop(phone, '外聘二.csv', '姓名,编号,联系,单位\n外丙,W03,13800000303,后勤管理处')
  await phone.getByText('按上次的选择读取', { exact: false }).waitFor()
  assert.match(await chosen(phone, '联系').innerText(), /电话/)
  await assertAccessible(phone, 'columns on a phone')
  await fits(phone)
  await shot(phone, 'first-run/columns-phone', { fullPage: true })
  assertQuiet(phone)
  await phone.close()
})
