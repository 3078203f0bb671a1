/** What follows a fault, what is praised, what is allowed, what is left open. */
import { ATTITUDES, mustNots } from './bans.ts'
import { REWARDS, SANCTIONS } from './knowledge/sanctions.ts'
import { lexicon } from './knowledge/words.ts'
import { verbAfter } from './modals.ts'
import type { Said, SegmentRole } from './said.ts'
import { ANNOUNCE } from './told.ts'

const sanctions = lexicon(SANCTIONS)
const rewards = lexicon(REWARDS)

/** Sanctions and praise, leave, announcements, cases, and what stands before 的. */
export function judged(said: Said): SegmentRole | null {
  const { segment, masked, bare, ban, isLast } = said
  // 几个不要：……; 在家的孩子请您做到：……: a label above what is told.
  if (masked.charAt(segment.end) === ':' && (bare.length <= 8 && /(?:不要|不得|严禁|禁止|不准)$/.test(bare) || /(?:做到|记住|牢记|注意|遵守)$/.test(bare))) return 'context'
  // 同学们要遵守以下规定：……
  if (masked.charAt(segment.end) === ':' && /(?:遵守|做到|牢记|注意)[^,。;]{0,4}(?:以下|下列|如下)[^,。;]{0,10}$/.test(bare)) return 'announcement'
  const relative = /的$/.test(bare) && !/(是|要)[^,]{0,20}的$/.test(bare)
  const sanction = sanctions.find(masked, segment.start, segment.end)
  const reward = rewards.find(masked, segment.start, segment.end)
  // 严禁麻痹大意: a mood is forbidden, which nobody can check.
  if (segment.modality === null && !ban && mustNots.at(masked, segment.predicate) !== null && ATTITUDES.test(masked.slice(segment.predicate + (mustNots.at(masked, segment.predicate) ?? '').length, segment.end))) return 'context'
  if (relative && bare.length <= 60) return 'condition'
  // 对隐瞒病情的，按学生手册有关规定处理: what follows a fault.
  if (/的,?(?:一律)?(?:按|作|视为|以)[^,]{1,20}(?:处理|论处|论|对待)$/.test(bare) && !/^(?:不得|严禁|禁止)/.test(bare)) return 'evaluation'
  if (segment.modality !== 'must-not' && /^取消[^,]{0,10}(?:资格|称号|荣誉)|^(?:一律)?(?:清退|劝退|退学|解聘|辞退)(?:出|处理|$)/.test(bare)) return 'evaluation'
  if (segment.modality === null && /^(?:一律|依法|依规|严格)?按[^,]{2,16}(?:规定|办法|条例|规章|纪律|手册)(?:[^,]{0,4})?(?:处理|处置|办理)$/.test(bare) && /的,$/.test(masked.slice(Math.max(0, segment.start - 2), segment.start))) return 'evaluation'
  if (sanction && !(segment.verbClass === 'act' && segment.modality === 'must-not')) return 'evaluation'
  if (reward && !(segment.modality === 'must-not' && ban && reward.index > ban.index + ban.word.length + 4) && !/(报道|宣传|挖掘|(?<!优先)推荐|申报|上报|报送|评选|考察)/.test(bare)) return 'evaluation'
  // 不必到岗, 无需申请: leave, no order.
  if (segment.modality !== 'must-not' && /(不必|无需|无须|毋须|不需要?|免于)(?!要的)/.test(bare) && !/(也|仍|都)(要|须|应)/.test(bare)) return 'announcement'
  // 警戒解除必须以鉴定意见为准: what is to be gone by.
  if (/(?:必须|一律|务必)以[^,]{2,16}为准$/.test(bare) && segment.modality === 'must') {
    segment.verbClass = 'act'
    return 'act'
  }
  if (ANNOUNCE.test(bare) && (segment.modality !== 'must-not' || /^(?:逾期|过期|过时)/.test(bare))) return 'announcement'
  // 不论是否变质，一律销毁.
  if (!isLast && segment.modality === null && /不论|无论|不管/.test(bare)) return 'condition'
  // 停课与否由专家组评估, 选购时可参考公众号: left open, no order.
  const open = segment.modality === null ? bare.search(/是否|(?<=与)否/) : -1
  if (open >= 0 && (bare.charAt(open) === '否' || verbAfter(masked, segment.start, segment.start + open) === null)) return 'announcement'
  // 如不能到校，请联系……: a case, no ban.
  if (ban && segment.modality === 'must-not' && !isLast && /^(?:[^,]{2,10}(?:前|后|时))?(?:如(?!下)|若|倘若|假如|要是|因故|因病|因事|确)/.test(bare) && /^不[能可]?$|^不能|^不[^得准许要应宜再予允]/.test(ban.word)) {
    segment.modality = null
    return 'condition'
  }
  return null
}
