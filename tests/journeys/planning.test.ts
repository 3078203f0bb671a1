/** Planning in the browser: what cannot work is said while it is written, a budget is broken only by name, two versions side by side, a doubt looked at on the phone and answered anew. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Browser } from 'playwright-core'
import { inInstitution } from '#kernel/database.ts'
import { Run, system } from '#kernel/handle.ts'
import { newId } from '#kernel/ids.ts'
import { answer, saveAttribute } from '#slices/facts/contract.ts'
import { draft, fromPreset, list, switchOn } from '#slices/measures/contract.ts'
import { searchDoubts } from '#slices/measures/doubts.ts'
import type { RuleGroup } from '#slices/measures/rules.ts'
import { open } from '#slices/responses/contract.ts'
import { assertQuiet, shot } from '../browser.ts'
import type { Cast, Scene } from '../scene.ts'
import { barriers, type Device, fits, onStage, openAs, pick, shut } from './page.ts'

let scene: Scene
let browser: Browser
const responseId = newId()
const day = 86_400
onStage(async (stage) => {
  ;({ scene, browser } = stage)
  const duty = scene.as('duty')
  await duty.call(open, { responseId, name: '秋冬季传染病防控', hazards: ['influenza'], level: 3, basis: '传染病防治法', decidedBy: '校应急指挥部', plannedEnd: null })
  const attribute = { subjectKind: 'person' as const, type: 'number' as const, options: [], unit: '℃', min: null, max: null, sensitivity: 'sensitive' as const, freshSeconds: day, askedOf: 'self' as const, purpose: { zh: '早发现', en: 'early' }, seconds: 6 }
  await duty.call(saveAttribute, { ...attribute, key: 'temperature', label: { zh: '今天的体温', en: 'Temperature today' } })
  await duty.call(saveAttribute, { ...attribute, key: 'contacts', unit: null, type: 'text', label: { zh: '今天见过哪些人', en: 'Whom you met today' }, seconds: 70 })
  for (const [key, demandedBy] of [['whereabouts-known', 'nation'], ['symptoms-followed', 'city']] as const) {
    const measureId = newId()
    await duty.call(fromPreset, { measureId, responseId, key, basis: '联防联控〔2026〕3号', demandedBy })
    await duty.call(switchOn, { measureId })
  }
})

const visit = (who: Cast, path: string, device: Device = 'desk') => openAs(browser, scene, who, device, path)
const students: RuleGroup = { combinator: 'and', rules: [{ field: 'person.kind', operator: '=', value: 'student' }] }
async function drafted(name: string, population: RuleGroup, condition: RuleGroup): Promise<string> {
  const measureId = newId()
  await scene.as('duty').call(draft, { measureId, responseId, name: { zh: name, en: name }, subjectKind: 'person', population, condition, basis: '校发〔2026〕9号第三条', demandedBy: 'school', followUp: 'none', danger: 2, endsAt: null })
  return measureId
}

test('the budget of a person is broken only by somebody named, and everybody who reads the measure sees by whom', async () => {
  await drafted('每日密接登记', students, { combinator: 'and', rules: [{ field: 'contacts', operator: 'notNull' }] })
  const page = await visit('duty', '/measures')
  await page.getByText('负担与层层加码').waitFor()
  await page.getByRole('button', { name: '看每一级加了什么' }).click()
  await page.getByText('您现在在哪里（到县区）').first().waitFor()
  await shot(page, 'planning-measures', { fullPage: true })
  await page.getByRole('button', { name: '看负担并启用' }).click()
  await page.getByText(/15 人每天将超出上限/).waitFor()
  const pressed = page.getByRole('button', { name: '担责启用' })
  assert.equal(await pressed.isDisabled(), true)
  await page.getByLabel('由谁担责').click()
  await page.keyboard.type('书甲')
  await page.getByText(/书甲　T002/).click()
  await page.getByLabel(/^理由/).fill('省里要求，只有三天')
  await page.waitForTimeout(400)
  await shot(page, 'planning-weigh', { fullPage: true })
  assert.deepEqual(await barriers(page), [])
  await pressed.click()
  await page.getByText(/已启用：15 个对象/).waitFor()
  assertQuiet(page)
  await page.close()
  const { measures } = await scene.as('duty').call(list, {})
  assert.equal(measures.find((one) => one.name.zh === '每日密接登记')?.sponsor?.name, '书甲')
  const coverage = await visit('counsellor', '/coverage')
  await coverage.getByText('省里要求，只有三天').waitFor()
  await coverage.getByText('书甲').first().waitFor()
  await shot(coverage, 'planning-coverage')
  await coverage.close()
})

test('two versions side by side, by unit and by name; what nobody can meet is said while it is written', async () => {
  const measureId = await drafted('体温已报', students, { combinator: 'and', rules: [{ field: 'temperature', operator: 'notNull' }] })
  await scene.as('duty').call(switchOn, { measureId, sponsor: '另有安排', sponsorId: scene.person('secretary') })
  await scene.as('student').call(answer, { answers: [{ factId: newId(), attribute: 'temperature', value: 38.5, observedAt: scene.now().toISOString() }] })
  const page = await visit('duty', `/measures/${measureId}/plan`)
  await page.getByRole('row', { name: /信息学院/ }).getByRole('button', { name: '9', exact: true }).first().waitFor()
  await page.getByRole('button', { name: '改一份来比较' }).click()
  const condition = page.getByRole('group', { name: '条件组' }).last()
  await pick(condition.getByRole('combobox', { name: '比较' }), /^小于$/)
  await condition.getByLabel('值').fill('37.3')
  await page.getByText(/两个版本下有 1 人的结果不同：达标 → 缺口 1/).waitFor()
  await shot(page, 'planning-plan', { fullPage: true })
  await page.getByRole('row', { name: /信息学院/ }).getByRole('button', { name: '1', exact: true }).last().click()
  await page.getByText('软甲寅').waitFor()
  await page.getByText('达标 → 缺口', { exact: true }).waitFor()
  assert.deepEqual(await barriers(page), [])
  await shut(page.getByRole('dialog'))
  const addRule = async (comparison: string) => {
    await condition.getByRole('button', { name: '加一条' }).click()
    const attribute = page.getByRole('group', { name: '条件组' }).last().getByRole('combobox', { name: '信息项' }).last()
    await attribute.click()
    await page.keyboard.type('体温')
    await pick(attribute, '今天的体温')
    await pick(condition.getByRole('combobox', { name: '比较' }).last(), new RegExp(`^${comparison}$`))
  }
  await addRule('大于')
  await condition.getByLabel('值').last().fill('38')
  await page.getByText('谁都不可能达标：下面几条不能同时成立。').waitFor()
  await shot(page, 'planning-never', { fullPage: true })
  // Three days two tests, in words.
  await addRule('填报次数')
  await page.getByText(/在最近 3 天内至少有 2 次填报（同一天只算一次）/).first().waitFor()
  await pick(condition.getByRole('combobox', { name: '只数怎样的回答' }), /^不小于$/)
  await condition.getByLabel('值').last().fill('37.3')
  await condition.getByLabel('至少几次').fill('3')
  await page.getByText(/在最近 3 天内至少有 3 次填报不小于 ?37\.3（同一天只算一次）/).first().waitFor()
  await shot(page, 'planning-count', { fullPage: true })
  assert.deepEqual(await barriers(page), [])
  assertQuiet(page)
  await page.setViewportSize({ width: 390, height: 844 })
  await page.waitForTimeout(300)
  await shot(page, 'planning-plan-phone', { fullPage: true })
  assert.ok(await fits(page))
  await page.close()
})

test('a doubt is looked at on the phone, asked again with a word, and answered anew', async () => {
  await scene.as('student').call(answer, { answers: [{ factId: newId(), attribute: 'temperature', value: 45, observedAt: scene.now().toISOString() }] })
  await inInstitution(scene.kernel.connection.db, scene.institution.id, 'write', (tx) => searchDoubts(new Run(tx, scene.institution, system, scene.kernel.clock, { language: 'zh-Hans' })))
  const desk = await visit('secretary', '/doubts')
  await desk.getByText('填了 45 ℃；人不可能低于 34 或高于 43。多半是输错了。').waitFor()
  await desk.getByRole('button', { name: '核实', exact: true }).click()
  // Whoever counts says why before names are shown.
  await desk.getByRole('button', { name: '核实疑似失联人员' }).click()
  await desk.getByRole('link', { name: /软甲寅/ }).waitFor()
  await shot(desk, 'planning-doubts')
  assert.deepEqual(await barriers(desk), [])
  assertQuiet(desk)
  await desk.close()

  const phone = await visit('counsellor', '/m/tasks', 'phone')
  await phone.getByRole('link', { name: /不可能的数值/ }).click()
  await phone.getByText('软甲寅').waitFor()
  await shot(phone, 'planning-doubt-phone', { fullPage: true })
  assert.deepEqual(await barriers(phone), [])
  assert.ok(await fits(phone))
  await phone.getByLabel('附一句话').fill('45 度？请重测一次')
  await phone.getByRole('button', { name: '请 1 人重填' }).click()
  await phone.getByText('已请 1 人重填').waitFor()
  assertQuiet(phone)
  await phone.close()

  const student = await visit('student', '/m/', 'phone')
  await student.getByText(/45 度？请重测一次/).waitFor()
  await shot(student, 'planning-asked-again', { fullPage: true })
  await student.close()
})
