/** Every hazard can be opened, is named in three languages, and is known to the reader of notices. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { newId } from '#kernel/ids.ts'
import { HAZARD_WORDS } from '#slices/notices/reading/knowledge/hazards.ts'
import { readNotice } from '#slices/notices/reading/read.ts'
import { takeHantTable, toHant } from '#ui/words.ts'
import { openScene, type Scene } from '../../tests/scene.ts'
import { list, open } from './contract.ts'
import { hazardKind, hazardKindWords, hazards, hazardWords, type HazardName } from './rules.ts'

let scene: Scene
before(async () => {
  scene = await openScene()
})
after(() => scene.close())

test('a response is opened for every hazard, and keeps its name', async () => {
  for (const hazard of hazards) await scene.as('duty').call(open, { responseId: newId(), name: hazardWords[hazard].zh, hazards: [hazard], level: 4, basis: '突发事件应对法', decidedBy: '校应急指挥部', plannedEnd: null })
  const { responses } = await scene.as('duty').call(list, {})
  assert.deepEqual(responses.flatMap((one) => one.hazards).toSorted(), [...hazards].toSorted())
})

test('each is named in Simplified, Traditional and English, unlike every other, and has a kind', async () => {
  takeHantTable(JSON.parse(await readFile(new URL('../../ui/words.hant.json', import.meta.url), 'utf8')) as Parameters<typeof takeHantTable>[0])
  const names = hazards.flatMap((hazard) => [hazardWords[hazard].zh, hazardWords[hazard].en])
  assert.equal(new Set(names).size, names.length)
  for (const hazard of hazards) assert.ok(hazardKindWords[hazardKind[hazard]].zh !== '' && toHant(hazardWords[hazard].zh) !== '')
  assert.deepEqual((['heat', 'smog', 'earthquake', 'gas-leak', 'lab-accident', 'water-supply'] as const).map((hazard) => toHant(hazardWords[hazard].zh)), ['高溫', '重汙染天氣', '地震', '燃氣洩漏', '實驗室事故', '供水異常'])
})

test('the reader knows words of every hazard but “other”, and names none that cannot be opened', () => {
  const read = new Set<HazardName>(HAZARD_WORDS.map((entry) => entry.hazard))
  assert.deepEqual(hazards.filter((hazard) => hazard !== 'other' && !read.has(hazard)), [])
})

test('what the title or the first lines are about is the hazard; what is only mentioned is none', () => {
  const read = (text: string): string[] => readNotice(text).hazards
  assert.deepEqual(read('关于持续高温天气作息调整的通知\n各学院：\n一、午后不得安排室外作业。\n后勤处\n2024年7月5日'), ['heat'])
  assert.deepEqual(read('关于三号楼停课检修的通知\n各单位：\n昨夜三号楼通风橱内试剂瓶爆裂起火，已扑灭。\n一、各课题组停止实验。\n资产处\n2024年7月5日'), ['lab-accident'])
  assert.deepEqual(read('关于震后校舍使用的通知\n各单位：\n今晨发生5.1级地震，余震不断。\n一、未经鉴定不得进楼。\n基建处\n2024年7月5日'), ['earthquake'])
  assert.deepEqual(read('关于防御台风的通知\n各单位：\n一、检查燃气管道和消防器材，防止停电、火灾、踩踏。\n二、后勤处备足柴油。\n后勤处\n2024年7月5日'), ['typhoon'])
})
