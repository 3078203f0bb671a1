/** Which emergencies a notice is about. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hazards, type HazardName } from '#slices/responses/rules.ts'
import { HAZARD_WORDS } from './knowledge/hazards.ts'
import { readNotice } from './read.ts'

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
