/** Acts whose verb no list knows: read from their form. */
import { findBareSubject, namesActor, stative } from './actors.ts'
import { findRecurrence } from './recurrence.ts'
import { doneSoFar, doneWith, isPlainAct } from './plain-acts.ts'
import type { Said, Segment, SegmentRole } from './said.ts'
import { PAST } from './told.ts'

/** The segment ends at a mark, so it is no name in a list or a table. */
const closed = (masked: string, segment: Segment): boolean => /[,。;!]/.test(masked.slice(segment.end - 1, segment.end + 1))

/** 外伤24小时内补打针剂: what stands behind a time inside the segment. */
function behindTime(masked: string, segment: Segment): string {
  const hit = segment.hits.findLast((time) => time.kind !== 'vague' && time.start > segment.start && time.start - segment.start <= 14)
  const said = hit === undefined ? '' : masked.slice(hit.end, segment.end).replace(/[。;!?:\s]+$/, '')
  return stative(said) ? '' : said
}

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
    if (closed(masked, segment) && !PAST.test(bare) && (doneSoFar(bare) || (!stative(said) && isPlainAct(said)) || isPlainAct(behindTime(masked, segment)))) {
      segment.verbClass = 'act'
      return 'act'
    }
    // 花盆四天倒一次, 逐处翻, 逐间看: how often, or one after the other.
    if (closed(masked, segment) && (/(?:[天日周月]|小时|分钟)[\p{Script=Han}]{1,2}[一两三四\d][次遍回]$/u.test(bare) && !bare.startsWith('每') && findRecurrence(bare) !== null || /逐[处间个户层栋盆楼室人台条段点](?:\p{Script=Han}{1,2})$/u.test(bare))) {
      segment.verbClass = 'act'
      return 'act'
    }
    // 三日内退: a limit in time and one sign.
    if (closed(masked, segment) && segment.hits.some((hit) => hit.limit) && /^[退补交还缴报修换拆搬撤清]$/.test(masked.slice(segment.hits.at(-1)?.end, segment.end).replace(/[。;!?:\s]+$/, ''))) {
      segment.verbClass = 'act'
      return 'act'
    }
    // 住宿由研工部统一调剂到2号公寓: whoever stands behind 由 does it.
    if (segment.byPhrase && segment.subject !== null && closed(masked, segment) && (/^[\p{Script=Han}]{2}/u.test(said) || /^[拉送管查守接带扫洗收发签审定修办运搬抬背]$/.test(said)) && !stative(said) && !PAST.test(bare)) {
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

/** Has this segment neither verb nor modal word, and the form of an act where acts stand around it? 鞋放床头 */
export const amongActs = (segment: Segment, masked: string): boolean => segment.role === 'context' && segment.verb === null && segment.modality === null && segment.subject === null && !segment.startsWithAnd && closed(masked, segment) && doneWith(wordsOf(masked, segment))

/** 信息中心：机房断市电: what stands behind somebody's name and a colon is his, unless it says who he is, where, or how things are. */
export function labelledAct(segment: Segment, masked: string): boolean {
  const said = masked.slice(segment.predicate, segment.end).replace(/[。;!?:\s]+$/, '')
  if (segment.role !== 'context' || segment.verb !== null || segment.modality !== null || !closed(masked, segment)) return false
  if (!/^\p{Script=Han}[^,]{3,23}$/u.test(said) || /[是有的了过]|\d{5}|@|[楼室层号侧门厅馆]$/.test(said) || (said.includes('、') && segment.hits.length === 0 && !/\d/.test(said))) return false
  return !stative(said) && !PAST.test(said) && !namesActor(masked, segment.predicate, segment.predicate + said.length)
}

const wordsOf = (masked: string, segment: Segment): string => masked.slice(segment.start, segment.end).replace(/[。;!?:\s]+$/, '')
