/** Acts whose verb no list knows: read from their form. */
import { findBareSubject, stative } from './actors.ts'
import { findRecurrence } from './deadlines.ts'
import type { Said } from './role.ts'
import type { Segment, SegmentRole } from './segment.ts'
import { PAST } from './told.ts'

/** Acts of one sign, where they open the predicate and what follows is what they are done to. */
const PLAIN_ACTS = new RegExp(`^(?:${[
  '走(?![廊势向访私形])', '靠(?![近前])', '备(?![用案受忘考份])', '清(?![晨明单华楚洁净醒])', '放(?![假心松学弃任射])', '收(?![到入费获悉])', '带(?![来动领病头])', '穿(?!越)', '戴', '关(?![于键系心注怀爱乎节联])',
  '锁', '贴(?![近心])', '挂(?![念钩])', '写(?!有)', '问(?!题)', '喊', '推(?![动进迟行荐广出算测])', '搬', '铺', '垫(?!付)', '扎(?!实)', '拧', '拔', '倒(?![灌塌伏春是挂])', '扫', '擦', '洗', '刷', '冲(?![突击锋])', '喝', '躲', '蹲',
  '护(?![士理照])', '绕', '领(?![导域先悟])', '取(?![得消决])', '退(?![烧热休步])', '拆(?![迁])', '守(?![护法时则])', '补(?![贴助偿])', '煮', '晒', '晾', '蒸', '撒', '喷', '洒(?!脱)', '堵', '挡', '吊', '捆', '绑', '卸', '扶(?![贫手持])', '抬', '拨(?!付)',
  '签', '抄(?!袭)', '劝', '催', '盯', '陪', '点(?=[清齐着亮验燃])'
].join('|')})[\\p{Script=Han}\\d“]{2,16}$`, 'u')
/** 全部挪走, 逐一关严: done to the last, in one or two signs. */
const TO_THE_LAST = /^[^,]{2,16}[收搬抬拿拖挪移提放拉推]\p{Script=Han}?(?:进来|出去|回来|下来|起来|上来|上去|下去|走)$|[\p{Script=Han}]{2,}(?:全部|全数|统统|逐一|逐个|当场|一次性)(?!完成|恢复|退|接通|到位$|通过|合格|达标|转阴|解除|痊愈|返|安全|平安)[\p{Script=Han}]{2,3}$/u
/** 做一次核酸, 查两遍: so many times. */
const SOME_TIMES = /^(?:再)?[做测查洗消量喷换检练训](?:[一两二三四五六\d])+[次遍轮回][\p{Script=Han}]{0,8}$/u

/** The segment ends at a mark, so it is no name in a list or a table. */
const closed = (masked: string, segment: Segment): boolean => /[,。;!]/.test(masked.slice(segment.end - 1, segment.end + 1))

/** A segment without a verb and without a modal word: an act by its form, or background. */
export function unlisted(said: Said): SegmentRole | null {
  const { segment, masked, whole, bare } = said
  if (segment.verb === null && segment.modality === null) {
    // 食堂把盒饭分到楼层, 将杂物堆到角落: something is done with something, whatever the verb.
    if (segment.subject !== null && /(?:^|[^一])[把将][^,]{2,}(?:[到至给在成入进出上下走完好净满严牢]|到位)/.test(bare) && !PAST.test(bare) && segment.exhortation === null && !/(把|将)(?:[\p{Script=Han}]{0,6})(?:会|是|有|为)/u.test(bare)) {
      segment.verbClass = 'act'
      return 'act'
    }
    // 居民小组长配合: the verb is all there is.
    if (segment.subject !== null && /^(?:予以|给予|积极|全力)?(?:配合|协助|协同)$/.test(masked.slice(segment.subject.end, segment.start + (bare.length + (whole.length - whole.trimStart().length))).replace(/[。;!?:\s]+$/, ''))) {
      segment.verbClass = 'act'
      return 'act'
    }
    // 班主任每天各查一次体温: no known verb, but somebody, and a time or a rhythm.
    if (segment.subject !== null && segment.subject.start === segment.start && segment.hits.some((hit) => hit.kind === 'daily' || hit.kind === 'absolute') || ((segment.subject !== null || /[一两二三\d][次遍轮][\p{Script=Han}]|一[报查巡检消换测访练议结]$/u.test(bare)) && findRecurrence(bare) !== null)) {
      segment.verbClass = 'unknown'
      segment.bareAct = segment.subject !== null && segment.subject.start === segment.start && closed(masked, segment) && !stative(masked.slice(segment.predicate, segment.end).replace(/[。;!?:\s]+$/, ''))
      return 'act'
    }
    // 走楼梯, 靠右侧, 清人头, 楼道杂物全部挪走: a plain act at the head, or one that is to be done to the last.
    const said = masked.slice(segment.predicate, segment.end).replace(/[。;!?:\s]+$/, '')
    if (closed(masked, segment) && !PAST.test(bare) && (TO_THE_LAST.test(bare) || (!stative(said) && (PLAIN_ACTS.test(said) || SOME_TIMES.test(said))))) {
      segment.verbClass = 'act'
      return 'act'
    }
    // 住宿由研工部统一调剂到2号公寓: whoever stands behind 由 does it.
    if (segment.byPhrase && segment.subject !== null && closed(masked, segment) && /^[\p{Script=Han}]{2}/u.test(said) && !stative(said) && !PAST.test(bare)) {
      segment.verbClass = 'unknown'
      segment.bareAct = true
      return 'act'
    }
    // 后勤处备双份早餐: somebody is told to do what no list knows.
    const who = findBareSubject(masked, segment.start, segment.end)
    if (who !== null && (segment.subject === null || segment.subject.start === who.start)) {
      Object.assign(segment, { subject: who, verbClass: 'unknown', bareAct: true })
      return 'act'
    }
    return 'context'
  }
  return null
}
