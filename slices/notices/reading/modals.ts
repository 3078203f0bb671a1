/** Must and should: finds the modal word of a stretch, and the next verb. */
import { nouns, verbs } from './actors.ts'
import { MUST_STRONG, MUST_WEAK, SHOULD } from './knowledge/modality.ts'
import { ACTS } from './knowledge/verbs.ts'
import { lexicon } from './knowledge/words.ts'
import type { Modality } from './types.ts'

const acts = lexicon(ACTS)
const mustStrong = lexicon(MUST_STRONG)
const mustWeak = lexicon(MUST_WEAK)
const shoulds = lexicon(SHOULD)

const NOT_MODAL_YAO = /[主重需只必首概纲简摘扼紧]要|要求|要点|要闻|要素|要害|要塞/
const NOT_MODAL_YING = /应急|应对|响应|相应|应用|应届|供应|反应|适应|应变|应有|应答|应征|应战|效应|感应|叫应|应景/

/** 交总务处, 交给班长留存: who is given it. */
const GIVEN = /^交(?:给|到|至|由|回)?[\p{Script=Han}]{0,8}(?:[处部办科院室局组队]|中心|班长|老师|辅导员|班主任|宿管|楼长|管理员|值班员|学校|学院|公司)(?:留存|备查|保管|审核|备案|汇总)?(?=[,。;、!]|$)/u

/** First ordinary modal word in masked[from, to): its word and place. */
export function findModal(masked: string, from: number, to: number): { word: string; index: number; modality: Modality; strong: boolean } | null {
  for (let i = from; i < to; i++) {
    const around = masked.slice(Math.max(from, i - 1), i + 2)
    const should = shoulds.at(masked, i)
    if (should !== null && !(should === '宜' && (/[适便不事权时]/.test(masked.charAt(i - 1)) || verbs.at(masked, i + 1) === null)) && should !== '希望' && should !== '推荐' && i + should.length <= to) return { word: should, index: i, modality: 'should', strong: false }
    const strong = mustStrong.at(masked, i)
    if (strong !== null && i + strong.length <= to) {
      if (strong === '需' && /(所需|急需|必需|需求|如需|若需|确需)/.test(around)) continue
      if (/^需/.test(strong) && /^需要?[^,]{1,14}[的者](?=,|$)|^需要?[^,]{1,14}的(?:同学|学生|人员|师生|单位|教师|家长|车辆|者)/.test(masked.slice(i, i + 24))) continue
      if (strong === '需要' && /(所需要|的需要|需要的)/.test(masked.slice(Math.max(from, i - 1), i + 3))) continue
      // 退热满48小时后才能回班: behind what comes first; 多方面的才能 is a gift.
      if (/^才[可能准]/.test(strong) && (!/[后天时格证件续]$/.test(masked.slice(Math.max(0, i - 1), i)) || /^(?:安心|放心|战胜|取得|赢得|实现|保证|确保|真正|更好|够|有|是)/.test(masked.slice(i + 2, i + 4)))) continue
      if (strong === '必' && !/必[须]/.test(around)) continue
      if (strong === '须' && /须知/.test(around)) continue
      if (strong === '负责' && /(负责人|负责同志|负责任|主要负责|分管负责|高度负责|负责的态度|极端负责)/.test(masked.slice(Math.max(from, i - 2), i + 5))) continue
      if (strong === '严格' && i > from && /[的、]/.test(masked.charAt(i - 1))) continue
      if (/不得不/.test(masked.slice(i, i + 3))) continue
      return { word: strong, index: i, modality: 'must', strong: strong !== '严格' && strong !== '需' }
    }
    const weak = mustWeak.at(masked, i)
    if (weak !== null && i + weak.length <= to) {
      if (weak === '要' && (NOT_MODAL_YAO.test(around) || NOT_MODAL_YAO.test(masked.slice(i, i + 2)))) continue
      if (weak === '应' && (NOT_MODAL_YING.test(around) || NOT_MODAL_YING.test(masked.slice(i, i + 2)))) continue
      if (weak === '请' && /(请示|请求|请假|请销|申请|邀请|报请|聘请|宴请)/.test(masked.slice(Math.max(from, i - 1), i + 2))) continue
      if (weak === '要' && (/(?:想起|想到|忘了|忘记|打算)$/.test(masked.slice(Math.max(from, i - 2), i)) || /^要[^,]{1,4}的时候/.test(masked.slice(i, to)))) continue
      if (weak === '望' || weak === '希望') { if (i > from) continue }
      if (weak === '做到' || weak === '可') continue
      if (weak === '应' && masked.startsWith('应做尽做', i)) continue
      return { word: weak, index: i, modality: 'must', strong: weak === '请' || weak === '敬请' || weak === '烦请' }
    }
  }
  return null
}

/** The next verb that is no part of a name in masked[from, to). */
export function verbAfter(masked: string, from: number, to: number): { word: string; index: number } | null {
  for (let i = from; i < to; i++) {
    const noun = nouns.at(masked, i)
    if (noun !== null && (acts.at(masked, i)?.length ?? 0) <= noun.length) { i += noun.length - 1; continue }
    const act = acts.at(masked, i) ?? verbs.at(masked, i)
    // 向宿舍管理组汇报: the verb of a unit's name.
    if (act === '管理' && /^(?:组|处|科|中心|办|员|人员|部|公司|站|局|所)/.test(masked.slice(i + 2, i + 4))) { i++; continue }
    if (act !== null && i + act.length <= to && act.length > 1) return { word: verbs.at(masked, i) ?? act, index: i }
    // 发 xx@example.edu.cn, 打138 0000 0000
    if (/^(?:发[\w.-]{1,30}@|打\d{3})/.test(masked.slice(i, i + 33))) return { word: masked.charAt(i), index: i }
    // 把接触者名单(含校外人员)交疾控中心
    if (masked.charAt(i) === '交' && i > from && i + 2 < to && !/[流通往界叉替际易谈换付接班代汇友警管卷错]/.test(masked.charAt(i + 1)) && /[)单表书料卡匙册据稿件案]/.test(masked.charAt(i - 1))) return { word: '交', index: i }
    // 钥匙交宿管, 31日前交总务处: to somebody, at the end.
    if (masked.charAt(i) === '交' && GIVEN.test(masked.slice(i, Math.min(to + 1, i + 16))) && !/[提上移转送递呈收补缴成社外建结深国邦公立]/.test(masked.charAt(i - 1))) return { word: '交', index: i }
    // 打安全办电话
    if (/^打[\p{Script=Han}]{1,10}电话/u.test(masked.slice(i, i + 14)) && !/[拨击攻拍敲]/.test(masked.charAt(i - 1))) return { word: '打', index: i }
    // 配一支体温计, 派两名校医: a plain verb before a number.
    if (/^[配备派发留领增加开签填拍]/.test(masked.charAt(i)) && /^.(?:\d|[一两二三四五六七八九十])/.test(masked.slice(i, i + 2)) && !/[储装准设具齐军印分颁批开出后爆突追更召展公离拉补会续标反]/.test(masked.charAt(i - 1))) return { word: masked.charAt(i), index: i }
    if (act !== null && /^(报|交|戴|送|设|填|穿)$/.test(act) && i + 1 < to && !/[告道纸]/.test(masked.charAt(i + 1))) return { word: act, index: i }
  }
  return null
}
