/** The doctor's way from a laboratory's table to known results, in a real browser. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Browser } from 'playwright-core'
import { saveAttribute } from '#slices/facts/contract.ts'
import { assertQuiet, shot } from '../browser.ts'
import type { Scene } from '../scene.ts'
import { assertAccessible, type Device, onStage, openAs, pick } from './page.ts'

let scene: Scene
let browser: Browser
onStage(async (stage) => {
  ;({ scene, browser } = stage)
  await scene.as('duty').call(saveAttribute, { key: 'temperature', subjectKind: 'person', type: 'number', label: { zh: '体温', en: 'Temperature' }, options: [], unit: '℃', min: 34, max: 43, sensitivity: 'sensitive', freshSeconds: null, askedOf: 'self', purpose: { zh: '早发现', en: 'To find illness' }, seconds: 5 })
})

const open = (who: string, device: Device, path: string) => openAs(browser, scene, who, device, path)
const at = '2026-01-01 08:00'
const file = (text: string) => ({ name: '测温登记.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })

for (const device of ['desk', 'phone'] as const)
  test(`a file is checked, its columns are set right, the good rows enter, the bad come back (${device})`, async () => {
    const page = await open('doctor', device, '/facts/import')
    await shot(page, `fact-import-start-${device}`)
    await assertAccessible(page, 'start')
    const hour = device === 'desk' ? '08' : '09'
    const rows = `学号,姓名,热度,采样时间\n20261003,软甲寅,36.5,2026-01-01 ${hour}:00\n20261004,软甲卯,385,${at}\n20269999,查无此人,36.6,${at}\n20262001,,101.3,${at}\n20262002,,36.9,2026-01-01\n`
    await page.setInputFiles('input[type=file]', file(rows))
    await page.waitForURL(/import=/)
    await page.getByText('正在检查').waitFor()
    await shot(page, `fact-import-checking-${device}`)
    await scene.runJobs()
    await page.getByText('找不到信息项的列').waitFor()
    await shot(page, `fact-import-columns-${device}`)
    await pick(page.getByLabel('“热度”读作'), '体温')
    await page.getByRole('button', { name: '重新检查' }).click()
    await page.getByText('正在检查').waitFor()
    await scene.runJobs()
    await page.getByText('385 是否漏了小数点').first().waitFor()
    await assertAccessible(page, 'checked')
    await shot(page, `fact-import-checked-${device}`)
    await page.getByRole('button', { name: '写入 2 行…' }).click()
    await page.getByRole('button', { name: '确认写入' }).press('Enter') // a dialog that is still growing would move from under the pointer
    await page.getByText('正在写入').waitFor()
    await scene.runJobs()
    await page.getByRole('status').getByText('已写入').waitFor()
    await shot(page, `fact-import-applied-${device}`)
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '下载未收下的 3 行' }).click()])
    assert.equal(download.suggestedFilename(), '测温登记-未收下.csv')
    assert.match(readFileSync(await download.path(), 'utf8'), /^\ufeff学号,姓名,热度,采样时间,行号,原因\r\n20261004,软甲卯,385,2026-01-01 08:00,3,热度：应在 34–43 ℃ 之间；385 是否漏了小数点（38.5）\r\n/)
    await page.getByRole('button', { name: '再导入一份' }).click()
    await page.getByText('测温登记.csv').first().waitFor()
    await shot(page, `fact-import-list-${device}`)
    assertQuiet(page)
    await page.close()
  })
