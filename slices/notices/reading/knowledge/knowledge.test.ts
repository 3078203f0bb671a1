import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { readNotice } from '../read.ts'
import { EXHORTATIONS } from './exhortations.ts'
import { HAZARD_WORDS } from './hazards.ts'
import { KIND_HINTS, MEASURE_HINTS } from './measures.ts'
import { BAN_AFTER_BU, MUST_NOT, NOT_A_BAN, STOPPING } from './modality.ts'
import { SANCTIONS } from './sanctions.ts'
import { ACTS, NOT_VERBS, SEMI, VAGUE } from './verbs.ts'
import { lexicon, words } from './words.ts'

test('word lists hold words, not remarks or punctuation', () => {
  for (const list of [ACTS, SEMI, VAGUE, NOT_VERBS, EXHORTATIONS, SANCTIONS, MUST_NOT, NOT_A_BAN, BAN_AFTER_BU, STOPPING]) {
    assert.ok(list.length > 5)
    for (const word of list) assert.match(word, /^[\p{Script=Han}]{1,12}$/u, word)
  }
})

test('no word is concrete and empty at once', () => {
  const vague = new Set(VAGUE)
  assert.deepEqual(ACTS.filter((word) => vague.has(word)), [])
})

test('a remark behind # is no word; the longest word wins', () => {
  assert.deepEqual(words('报送 上报 # 说明\n报'), ['报送', '上报', '报'])
  assert.equal(lexicon(words('报 报送')).at('请报送', 1), '报送')
})

test('every word of prohibition forbids, whatever stands around it', () => {
  for (const word of MUST_NOT.filter((entry) => !/^(勿|莫|严控|不再|拒绝|谢绝|不予|只进不出|只出不进|足不出|杜绝携带|不能|不可|不应|不宜)$/.test(entry))) {
    const reading = readNotice(`关于防汛的通知\n各学院：\n一、学生${word}下水游泳。\n二、后勤处检查水泵。\n保卫处\n2023年7月1日`)
    assert.ok(reading.duties.some((duty) => duty.modality === 'must-not'), word)
  }
})

test('every hazard is known by each of its strong words', () => {
  for (const { hazard, strong } of HAZARD_WORDS) for (const word of strong) {
    assert.ok(readNotice(`关于做好${word}应对工作的通知\n各单位：\n一、做好${word}应对。\n保卫处\n2021年7月1日`).hazards.includes(hazard), `${hazard}: ${word}`)
  }
})

test('every measure has words and a reason in both languages', () => {
  for (const hint of [...MEASURE_HINTS, ...KIND_HINTS]) assert.ok(hint.any.length > 0 && hint.zh !== '' && hint.en !== '')
})

test('what no measure manages is named by its kind, with the word it rests on, and says that units report', () => {
  const kinds = (clause: string): (string | undefined)[] => readNotice(`关于防汛的通知\n各学院：\n一、${clause}\n二、后勤处检查水泵。\n保卫处\n2023年7月1日`).duties.filter((duty) => duty.clause === '一').flatMap((duty) => duty.suggestions.map((one) => one.measure ?? one.kind))
  for (const [clause, kind] of [['各单位安排领导带班和24小时值守。', ['post']], ['学生离校须提前一天向辅导员申请。', ['request']], ['各学院7月5日前开展一次大扫除。', ['drive']], ['留校学生须提交留校申请。', ['stay-approved', 'request']], ['后勤处备足沙袋。', []]] as const) assert.deepEqual(kinds(clause), kind, clause)
  const [duty] = readNotice('关于防汛的通知\n各学院：\n一、各单位安排领导带班。\n二、后勤处检查水泵。\n保卫处\n2023年7月1日').duties
  assert.match(duty?.suggestions[0]?.reason.zh ?? '', /“带班”.*尚不代管/)
})
