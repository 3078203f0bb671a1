/**
 * Every screen there is, as data: what it is called, whose it is, how one gets there. A new route needs an entry here (gallery.test.ts says so); a screen
 * that looks quite different after a press may have further entries of the same route.
 */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import type { Role } from './roles.ts'
import type { Screen } from './screen.ts'
import type { Stage } from './stage.ts'
import { wallScreens } from './wall.ts'

const console_ = (name: string, title: string, route: string, who: Role | undefined, more: Partial<Screen> = {}): Screen => ({ name, title, face: 'console', route, ...(who ? { who } : {}), ...more })
const pocket = (name: string, title: string, route: string, who: Role | undefined, more: Partial<Screen> = {}): Screen => ({ name: `pocket-${name}`, title, face: 'pocket', route, ...(who ? { who } : {}), ...more })

/** Runs in the page: lays what waits, was refused and arrived where the outbox of the phone keeps it, and nothing else. What waits is not sent for an hour. */
function leaveInOutbox({ person, states }: { person: string; states: readonly string[] }): Promise<void> {
  const now = Date.now()
  const item = { person, call: 'issues.askHelp', input: null, attempts: 1, nextAt: 0, holdUntil: now + 3_600_000, topics: [] }
  const items = [
    { ...item, id: crypto.randomUUID(), label: '今天有没有不舒服？', at: now - 900_000, state: 'sent', sentAt: now - 840_000 },
    { ...item, id: crypto.randomUUID(), label: '求助：出行返校', at: now - 600_000, state: 'refused', problem: { status: 422, code: 'closed', message: '这次应急响应已经结束，不再受理。' } },
    { ...item, id: crypto.randomUUID(), label: '照片上报：检查宿舍消防通道', at: now - 120_000, state: 'waiting', file: { name: '现场.jpg', bytes: new Uint8Array(312_000) } },
  ]
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('bulwark-phone')
    opening.addEventListener('error', () => reject(opening.error))
    opening.addEventListener('success', () => {
      const writing = opening.result.transaction('outbox', 'readwrite')
      writing.objectStore('outbox').clear()
      for (const one of items) if (states.includes(one.state)) writing.objectStore('outbox').add(one)
      writing.addEventListener('complete', () => (opening.result.close(), resolve()))
      writing.addEventListener('error', () => reject(writing.error))
    })
  })
}

/** Puts entries into the outbox of whoever's phone it is, and opens the screen anew with them. */
const withOutbox = (who: Role, states: readonly string[], shows: string) => async (page: Page, stage: Stage) => {
  await page.evaluate(leaveInOutbox, { person: stage.person(who), states })
  await page.reload()
  await page.locator(shows).first().waitFor()
}
/** The phone finds itself without a network, until the page is opened anew. */
const withoutNetwork = async (page: Page) => {
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false })
    globalThis.fetch = () => Promise.reject(new TypeError('Failed to fetch'))
    dispatchEvent(new Event('offline'))
  })
}
/** The server has a fault of its own, until the page is opened anew. */
const withFailingServer = async (page: Page) => {
  await page.evaluate(() => {
    globalThis.fetch = () => Promise.resolve(Response.json({ code: 'internal', message: '系统出错，请稍后再试。' }, { status: 500 }))
  })
}
/** Opens the notice that was not opened before, in whichever plight. */
const lastNotice = (plight: (page: Page) => Promise<void>) => async (page: Page) => {
  await plight(page)
  await page.locator('a.p-row').last().click()
  await page.locator('.b-state button').waitFor()
}
const table = JSON.parse(readFileSync(new URL('../../ui/words.hant.json', import.meta.url), 'utf8')) as { phrases: Record<string, string>; characters: [string, string] }
const inHant = (zh: string) => table.phrases[zh] ?? [...zh].map((one) => [...table.characters[1]][[...table.characters[0]].indexOf(one)] ?? one).join('')
/** What begins with these words, in whichever language the picture is taken. */
const said = (zh: string, en: string) => new RegExp(`^(${[zh, inHant(zh), en].join('|')})`)
/** One of several that stand side by side. */
const choose = (zh: string, en: string) => (page: Page) => page.locator('label').filter({ hasText: said(zh, en) }).first().click()
const press = (zh: string, en: string) => (page: Page) => page.getByRole('button', { name: said(zh, en) }).first().click()

export const screens: readonly Screen[] = [
  console_('situation', '态势', '/', 'duty'),
  console_('situation-college', '态势（学院书记）', '/', 'secretary'),
  console_('situation-wall', '态势大屏', '/situation', 'duty', { path: '/situation?wall=1', fold: true }),
  console_('situation-list', '态势（表）', '/situation', 'duty', { path: '/situation?view=list' }),
  console_('wall-map', '大屏：覆盖', '/situation', 'duty', { path: '/situation?wall=1&hold=1&scene=map', fold: true }),
  console_('wall-worst', '大屏：最差处', '/situation', 'duty', { path: '/situation?wall=1&hold=1&scene=worst', fold: true }),
  console_('wall-late', '大屏：逾期', '/situation', 'duty', { path: '/situation?wall=1&hold=1&scene=late', fold: true }),
  console_('wall-hour', '大屏：一小时', '/situation', 'duty', { path: '/situation?wall=1&hold=1&scene=hour', fold: true }),
  ...wallScreens,
  console_('palette', '查找与命令', '/', 'duty', { act: async (page) => { await page.locator('.s-find').click(); await page.getByRole('option').first().waitFor() }, fold: true }),
  console_('palette-found', '查找：拼音首字母', '/', 'duty', { act: async (page) => { await page.locator('.s-find').click(); await page.getByRole('dialog').getByRole('combobox').fill('zw'); await page.getByRole('option').first().waitFor() }, fold: true }),
  console_('keys', '键盘快捷键', '/', 'duty', { act: async (page) => { await page.keyboard.press('?'); await page.getByRole('dialog').waitFor() }, fold: true }),
  console_('responses', '应急响应', '/responses', 'duty'),
  console_('response', '一次响应', '/responses/:responseId', 'duty', { path: ({ story }) => `/responses/${story.responseId}` }),
  console_('response-held', '已结束、暂缓擦除的响应', '/responses/:responseId', 'dataProtection', { path: ({ story }) => `/responses/${story.heldResponseId}` }),
  console_('erasure-preview', '擦除预览', '/responses/:responseId', 'dataProtection', { path: ({ story }) => `/responses/${story.heldResponseId}`, act: press('预览', 'Preview'), fold: true }),
  console_('certificate', '擦除证明', '/responses/:responseId/certificate', 'duty', { path: ({ story }) => `/responses/${story.erasedResponseId}/certificate` }),
  console_('notices', '通知', '/notices', 'duty'),
  console_('notice-import', '导入通知', '/notices/import', 'duty'),
  console_('notice-confirm', '核对通知', '/notices/:noticeId/confirm', 'duty', { path: ({ story }) => `/notices/${story.draftId}/confirm`, fold: true }),
  console_('notice-changes', '修订版与原通知对照', '/notices/:noticeId/confirm', 'duty', { path: ({ story }) => `/notices/${story.amendmentId}/confirm`, act: choose('与原通知对照', 'Changes'), fold: true }),
  console_('notice-issue', '签发前最后一眼', '/notices/:noticeId/confirm', 'duty', { path: ({ story }) => `/notices/${story.amendmentId}/confirm`, act: async (page) => { await press('预览并签发', 'Preview and issue')(page); await page.locator('.n-levels').waitFor() }, fold: true }),
  console_('notice-alive', '通知的落实', '/notices/:noticeId', 'duty', { path: ({ story }) => `/notices/${story.noticeId}` }),
  console_('notice-clause', '一条之下的任务', '/notices/:noticeId', 'duty', { path: ({ story }) => `/notices/${story.noticeId}`, act: async (page) => { await page.locator('.n-clause-toggle').first().click(); await page.getByRole('button', { name: said('全部单位', 'All units') }).first().waitFor() } }),
  console_('notice-duty', '一条任务的各单位', '/notices/:noticeId', 'duty', { path: ({ story }) => `/notices/${story.noticeId}`, act: async (page) => { const all = page.getByRole('button', { name: said('全部单位', 'All units') }).first(); if (!(await all.isVisible())) await page.locator('.n-clause-toggle').first().click(); await all.click() }, fold: true }),
  console_('duties', '本单位任务', '/duties', 'secretary'),
  console_('duties-panel', '一项任务', '/duties', 'secretary', { act: async (page) => page.locator('.n-task-words').first().click() }),
  console_('gaps', '缺口', '/gaps', 'counsellor'),
  console_('gaps-panel', '一个缺口', '/gaps', 'counsellor', { act: async (page) => { await page.locator('.gl-row').first().waitFor(); await page.locator('.gl-row').first().focus(); await page.keyboard.press('c') }, fold: true }),
  console_('gaps-hand-over', '转交缺口', '/gaps', 'counsellor', { act: async (page) => { await page.locator('.gl-row').first().waitFor(); await page.locator('.gl-row').first().focus(); await page.keyboard.press('h') }, fold: true }),
  console_('gaps-reason', '先说明事由', '/gaps', 'secretary'),
  console_('help', '求助', '/help', 'counsellor'),
  console_('help-figures', '求助（只见数字）', '/help', 'dataProtection', { path: (stage) => `/help?unit=${stage.unit('江畔大学')}` }),
  console_('help-panel', '一件求助', '/help', 'counsellor', { act: async (page) => page.locator('.h-row-words').first().click(), fold: true }),
  console_('cases', '个案', '/cases', 'counsellor'),
  console_('cases-reason', '个案，先说明事由', '/cases', 'secretary'),
  console_('cases-due', '待解除的个案', '/cases', 'doctor', { path: (stage) => `/cases?show=to-release&unit=${stage.unit('江畔大学')}` }),
  console_('case', '一份个案', '/cases/:caseId', 'counsellor', { path: ({ story }) => `/cases/${story.caseId}` }),
  console_('case-due', '到期的个案', '/cases/:caseId', 'doctor', { path: ({ story }) => `/cases/${story.dueCaseId}` }),
  console_('case-release', '解除个案', '/cases/:caseId', 'doctor', { path: ({ story }) => `/cases/${story.dueCaseId}`, act: press('解除…', 'Release…'), fold: true }),
  console_('case-change', '变更管理类别', '/cases/:caseId', 'doctor', { path: ({ story }) => `/cases/${story.caseId}`, act: press('变更类别', 'Change the kind'), fold: true }),
  console_('case-new', '新建个案', '/cases/new', 'doctor', { path: (stage) => `/cases/new?person=${stage.person('calm')}` }),
  console_('person-case', '人员详情（有个案）', '/people/:personId', 'counsellor', { path: (stage) => `/people/${stage.person('student')}` }),
  console_('coverage', '覆盖', '/coverage', 'duty'),
  console_('doubts', '数据疑点', '/doubts', 'duty'),
  console_('doubt', '一条数据疑点', '/doubts', 'duty', { act: press('核实', 'Look at it'), fold: true }),
  console_('measure-plan', '试算', '/measures/:measureId/plan', 'duty', { path: ({ story }) => `/measures/${story.draftMeasureId}/plan` }),
  console_('measure-compare', '两个版本并排', '/measures/:measureId/plan', 'duty', {
    path: ({ story }) => `/measures/${story.draftMeasureId}/plan`,
    async act(page) {
      await press('改一份来比较', 'Change a copy')(page)
      await page.getByRole('button', { name: said('移除这一条', 'Remove this rule') }).last().click()
      await page.locator('.p-pair').first().waitFor()
    },
  }),
  console_('measures', '措施', '/measures', 'duty'),
  console_('measure-weigh', '看负担并启用', '/measures', 'duty', { act: press('看负担并启用', 'Weigh'), fold: true }),
  console_('measure-draft', '起草措施', '/measures', 'duty', { act: press('起草措施', 'Draft a measure') }),
  console_('measure-own', '自己写一项措施', '/measures', 'duty', { act: async (page) => { await press('起草措施', 'Draft a measure')(page); await page.getByRole('tab').last().click() } }),
  console_('measure-change', '改一项草案的条件', '/measures', 'duty', { act: async (page) => page.locator('.m-row').filter({ hasText: /复课学生近况清楚|復課學生近況清楚|Those back in class/ }).getByRole('button', { name: said('修改', 'Change') }).click() }),
  console_('people', '人员', '/people', 'duty'),
  console_('people-found', '找人', '/people', 'duty', { act: async (page) => page.getByRole('searchbox').or(page.getByRole('textbox')).first().fill('zw').then(() => page.locator('.d-closed, .b-rowlink').first().waitFor()) }),
  console_('person', '人员详情', '/people/:personId', 'counsellor', { path: (stage) => `/people/${stage.story.gapPersonId}` }),
  console_('person-reason', '人员详情，先说明事由', '/people/:personId', 'secretary', { path: (stage) => `/people/${stage.story.gapPersonId}` }),
  console_('units', '组织', '/units', 'duty'),
  console_('units-party', '组织（党组织）', '/units', 'organisation', { path: '/units?tree=party' }),
  console_('unit-college', '学院', '/units/:unitId', 'secretary', { path: ({ story }) => `/units/${story.collegeId}` }),
  console_('unit-building', '宿舍楼', '/units/:unitId', 'duty', { path: ({ story }) => `/units/${story.buildingId}` }),
  console_('unit-ended', '已撤销的组织', '/units/:unitId', 'administrator', { path: ({ story }) => `/units/${story.endedUnitId}` }),
  console_('orphans', '无人负责', '/orphans/:unitId', 'duty', { path: ({ story }) => `/orphans/${story.collegeId}` }),
  console_('roster', '导入名册', '/roster', 'administrator'),
  console_('briefs', '专报', '/briefs', 'secretary'),
  console_('brief-draft', '起草专报', '/briefs/:briefId', 'secretary', { path: ({ story }) => `/briefs/${story.briefId}` }),
  console_('brief', '已签发的专报', '/briefs/:briefId', 'secretary', { path: ({ story }) => `/briefs/${story.signedBriefId}` }),
  console_('brief-trace', '一个数字从哪里来', '/briefs/:briefId', 'secretary', { path: ({ story }) => `/briefs/${story.signedBriefId}`, act: async (page) => page.locator('.br-figure').nth(3).click(), fold: true }),
  console_('brief-erased', '名单已擦除的专报', '/briefs/:briefId', 'duty', { path: ({ story }) => `/briefs/${story.erasedBriefId}` }),
  console_('settings', '设置', '/settings', 'administrator'),
  console_('settings-messages', '消息渠道', '/settings/messages', 'administrator'),
  console_('attributes', '信息项', '/settings/attributes', 'duty'),
  console_('attribute-form', '新增信息项', '/settings/attributes', 'duty', { act: press('新增', 'New|Add'), fold: true }),
  console_('facts-import', '从文件导入上报', '/facts/import', 'doctor'),
  console_('start', '启用', '/start', 'duty'),
  console_('start-offices', '任职建议', '/start/offices', 'administrator'),
  console_('start-response', '第一次响应', '/start/response', 'duty', { shows: said('要做到什么', 'What is required') }),
  console_('start-notice', '第一份通知', '/start/notice', 'duty', { act: press('没有现成的？填入示例', 'None at hand') }),
  console_('institution', '单位信息', '/settings/institution', 'administrator'),
  console_('vocabulary', '用语', '/settings/vocabulary', 'administrator'),
  console_('roles', '角色与权限', '/settings/roles', 'administrator'),
  console_('accounts', '账号', '/settings/accounts', 'administrator'),
  console_('burden', '负担上限', '/settings/burden', 'duty'),
  console_('retention', '保留与删除', '/settings/retention', 'duty'),
  console_('drills', '演练', '/settings/drills', 'administrator'),
  console_('drill', '演练校园', '/drill', 'duty'),
  console_('log', '谁看过', '/log', 'dataProtection'),
  console_('log-odd', '异常查看', '/log', 'dataProtection', { path: '/log?tab=odd' }),
  console_('log-events', '做了什么', '/log', 'dataProtection', { path: '/log?tab=events' }),
  console_('my-data', '我的数据', '/my-data', 'counsellor'),
  console_('try', '先试演练校园', '/try', undefined),
  console_('account', '我的账户', '/account', 'counsellor'),
  console_('sign-in', '登录', '/sign-in', undefined),
  console_('redeem', '设置密码', '/redeem', undefined),
  console_('claim', '首次启用', '/claim', undefined),
  console_('lost', '没有这一页', '/', 'counsellor', { path: '/nothing-here' }),
  console_('no-permission', '无权查看', '/roster', 'counsellor'),

  pocket('my-day', '我的一天（要填报）', '/', 'student'),
  pocket('my-day-calm', '我的一天（没有事）', '/', 'calm'),
  pocket('my-day-counsellor', '我的一天（辅导员）', '/', 'counsellor'),
  pocket('my-day-secretary', '我的一天（书记）', '/', 'secretary'),
  pocket('my-day-floor', '我的一天（层长）', '/', 'floorHead'),
  pocket('tasks', '待办', '/tasks', 'counsellor'),
  pocket('tasks-secretary', '待办（书记）', '/tasks', 'secretary'),
  pocket('gap', '跟进一个人', '/tasks/gap/:subjectId', 'counsellor', { path: ({ story }) => `/tasks/gap/${story.gapPersonId}` }),
  pocket('gap-reason', '代为填报前先说明事由', '/tasks/gap/:subjectId', 'secretary', { path: (stage) => `/tasks/gap/${stage.person('student')}` }),
  pocket('calls', '逐个打电话', '/calls', 'counsellor'),
  pocket('calls-outcome', '电话打完', '/calls', 'counsellor', {
    async act(page) {
      const call = page.getByRole('link', { name: said('打电话', 'Call') })
      await call.evaluate((link) => link.addEventListener('click', (event) => event.preventDefault()))
      await call.click()
    },
  }),
  pocket('gap-hand-over', '转交', '/tasks/gap/:subjectId', 'counsellor', { path: ({ story }) => `/tasks/gap/${story.gapPersonId}`, act: press('转交', 'Hand over'), fold: true }),
  pocket('doubt', '数据疑点', '/tasks/doubt/:doubtId', 'counsellor', { path: ({ story }) => `/tasks/doubt/${story.doubtId ?? story.helpId}` }),
  pocket('duty', '一项任务', '/tasks/duty/:assignmentId', 'secretary', { path: ({ story }) => `/tasks/duty/${story.assignmentId ?? story.helpId}` }),
  pocket('duty-report', '上报：一张照片或一句话', '/tasks/duty/:assignmentId', 'secretary', { path: ({ story }) => `/tasks/duty/${story.assignmentId ?? story.helpId}`, act: press('上报', 'Report'), fold: true }),
  pocket('help-task', '受理求助', '/tasks/help/:requestId', 'counsellor', { path: ({ story }) => `/tasks/help/${story.helpId}` }),
  pocket('help-hand-on', '转交求助', '/tasks/help/:requestId', 'counsellor', { path: ({ story }) => `/tasks/help/${story.helpId}`, act: press('转交给别的部门', 'Hand on to another'), fold: true }),
  pocket('case', '我的个案', '/case', 'student'),
  pocket('case-check', '今天的监测', '/case', 'student', { act: press('现在报告', 'Report now'), fold: true }),
  pocket('case-done', '我的个案（今天已报告，期限已到）', '/case', 'ill'),
  pocket('case-kept', '没有网络时报告', '/case', 'ill', {
    async act(page) {
      await withoutNetwork(page)
      await press('再报一次', 'Report again')(page)
      await press('没有不舒服', 'Well')(page)
      await page.locator('.p-row', { hasText: new RegExp(['保存在本机', inHant('保存在本机'), 'Kept on this phone'].join('|')) }).first().waitFor()
    },
  }),
  pocket('case-none', '没有个案', '/case', 'calm'),
  pocket('case-task', '我负责的个案', '/tasks/case/:caseId', 'counsellor', { path: ({ story }) => `/tasks/case/${story.caseId}` }),
  pocket('case-task-due', '到期的个案', '/tasks/case/:caseId', 'counsellor', { path: ({ story }) => `/tasks/case/${story.dueCaseId}` }),
  pocket('case-task-check', '代录监测', '/tasks/case/:caseId', 'counsellor', { path: ({ story }) => `/tasks/case/${story.caseId}`, act: press('代录一次', 'Enter a check'), fold: true }),
  pocket('case-release', '解除个案', '/tasks/case/:caseId', 'counsellor', { path: ({ story }) => `/tasks/case/${story.dueCaseId}`, act: press('解除', 'Release'), fold: true }),
  pocket('case-offered', '移交给我的个案', '/tasks/case/:caseId', 'counsellor', { path: ({ story }) => `/tasks/case/${story.offeredCaseId}` }),
  pocket('notices', '通知', '/notices', 'student'),
  pocket('notice', '通知与我', '/notices/:noticeId', 'student', { path: ({ story }) => `/notices/${story.noticeId}` }),
  pocket('help', '我需要帮助', '/help', 'student'),
  pocket('help-closed', '已办结的求助', '/help/closed', 'student'),
  pocket('my-help', '我的求助', '/help/:requestId', 'student', { path: ({ story }) => `/help/${story.helpId}` }),
  pocket('me', '我的', '/me', 'student'),
  pocket('my-data', '我的数据', '/me/data', 'calm'),
  pocket('my-data-correct', '更正', '/me/data', 'calm', { act: async (page) => { await page.locator('button.p-row').first().click(); await press('更正', 'Correct')(page) }, fold: true }),
  pocket('sign-in', '登录', '/sign-in', undefined),
  pocket('sign-in-ended', '登录已失效', '/sign-in', undefined, { path: '/sign-in?next=%2Ftasks&ended' }),
  pocket('tasks-none', '待办（没有职务）', '/tasks', 'calm'),
  pocket('place', '选地区', '/me/data', 'calm', {
    async act(page) {
      await page.locator('button.p-row').last().click()
      await press('更正', 'Correct')(page)
      await page.locator('.p-pick').click()
      await page.locator('.p-search').waitFor()
    },
    fold: true,
  }),
  pocket('notify', '提醒', '/me', 'student', { act: press('提醒', 'Notifications'), fold: true }),
  pocket('sign-out', '退出登录', '/me', 'student', { act: press('退出登录', 'Sign out'), fold: true }),
  pocket('help-now', '危急求助', '/help', 'student', { act: async (page) => { await press('就医用药', 'Medicine')(page); await page.getByRole('radio').first().check({ force: true }); await page.locator('textarea').fill('同学晕倒了') } }),
  pocket('excuse', '登记免除', '/tasks/gap/:subjectId', 'counsellor', { path: ({ story }) => `/tasks/gap/${story.gapPersonId}`, act: press('登记免除', 'Excuse'), fold: true }),
  pocket('duty-photo', '一张照片', '/tasks/duty/:assignmentId', 'secretary', {
    path: ({ story }) => `/tasks/duty/${story.assignmentId ?? story.helpId}`,
    async act(page) {
      await press('上报', 'Report')(page)
      const picture = await page.evaluate(() => { const canvas = Object.assign(document.createElement('canvas'), { width: 1200, height: 900 }); const paint = canvas.getContext('2d'); if (paint) for (let at = 0; at < 9; at++) { paint.fillStyle = `hsl(200 12% ${30 + at * 6}%)`; paint.fillRect(at * 133, 0, 134, 900 - at * 60) } return canvas.toDataURL('image/jpeg').split(',')[1] ?? '' })
      await page.locator('input[data-photo=camera]').setInputFiles({ name: 'IMG_2026.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(picture, 'base64') })
      await page.locator('.p-photo img').waitFor()
    },
    fold: true,
  }),
  pocket('my-day-answered', '我的一天（答了一题）', '/', 'counsellor', { act: async (page) => { const yesNo = page.locator('.p-half').first(); if (await yesNo.isVisible()) { await yesNo.click(); await page.locator('.b-toast').first().waitFor() } }, fold: true }),
  pocket('offline', '我的一天（没有网络）', '/', 'student', { act: withoutNetwork }),
  pocket('unreachable', '打不开（没有网络）', '/notices/:noticeId', 'calm', { path: '/notices', act: lastNotice(withoutNetwork) }),
  pocket('failed', '打不开（服务器出错）', '/notices/:noticeId', 'calm', { path: '/notices', act: lastNotice(withFailingServer) }),
  pocket('reason', '先说明事由', '/tasks/help/:requestId', 'secretary', { path: ({ story }) => `/tasks/help/${story.helpId}` }),
  pocket('no-permission', '看不到', '/tasks/help/:requestId', 'calm', { path: ({ story }) => `/tasks/help/${story.helpId}` }),
  pocket('hand-down', '分解到下级', '/tasks/duty/:assignmentId', 'secretary', { path: ({ story }) => `/tasks/duty/${story.assignmentId ?? story.helpId}`, act: press('分解到下级', 'Hand down'), fold: true }),
  pocket('my-day-refused', '我的一天（有一项没有被接受）', '/', 'student', { act: withOutbox('student', ['refused'], '.p-banner-bad') }),
  pocket('outbox', '发送情况', '/outbox', 'student', { act: withOutbox('student', ['waiting', 'refused', 'sent'], '.p-outbox-waiting') }),
]
