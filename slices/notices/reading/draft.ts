/** A drafted duty: its words, actor, time and rhythm, and how what follows is added to it. */
import type { TimeFrame, TimeHit } from './calendar.ts'
import { actorName } from './actors.ts'
import { UNDONE } from './bans.ts'
import { chooseDeadline } from './deadlines.ts'
import { findRecurrence } from './recurrence.ts'
import { findEvidence, findReport } from './report.ts'
import type { Segment } from './said.ts'
import { isOrnament } from './sentences.ts'
import type { Piece } from './sentences.ts'
import type { ActorSource, DeadlineKind, Modality } from './types.ts'

/** A drafted duty in folded offsets, with the weight that decides whether it is kept. */
export type Draft = Piece & {
  item: number
  /** Where the actor stands in the text; null where it is taken from the addressees. */
  actorAt: Piece | null
  actorSource: ActorSource
  modality: Modality
  hit: TimeHit | null
  /** A value in ISO or HH:MM form, or null where the words themselves are the deadline. */
  deadline: string | null
  /** Where the words of the deadline stand; several stretches are joined. */
  deadlineWords: Piece[]
  deadlineKind: DeadlineKind | null
  recurrence: string | null
  /** HH:MM of a rhythm. */
  hour: string | null
  condition: Piece | null
  reportTo: string | null
  evidence: string | null
  weight: number
  telling: boolean
  why: string[]
}

/** Why a duty has the days of its stage. */
export const STRETCH = '沿用标题或引导句的期间'

export type Carry = {
  subject: Piece | null
  source: ActorSource
  modality: Modality | null
  /** Under a heading that announces facts (暗访发现的问题), nothing is ordered without a modal word. */
  told?: boolean
  /** Until when all that stands below a heading or a colon is to be done. */
  due?: TimeHit | null
  /** During which stretch all that stands below holds, bans and rhythms too: 防控阶段（3月4日至4月30日）, 封闭期间遵守以下规定：. */
  during?: TimeHit | null
  /** Below 返校时间, 领取安排: its lines say which of them comes when. */
  roster?: boolean
  /** What hours below a line that only says when are reckoned from. */
  stage?: TimeFrame | null
}

export function extend(draft: Draft, segment: Segment, text: string, why: string[]): void {
  draft.end = trimEnd(text, segment.end)
  const hits = draft.hit === null ? segment.hits : [draft.hit, ...segment.hits]
  const hit = chooseDeadline(hits)
  if (hit && hit !== draft.hit && (draft.hit === null || draft.hit.kind === 'vague' || (!draft.hit.limit && hit.limit && hit.kind === 'absolute'))) setDeadline(draft, hit, segment.hits)
  const body = text.slice(segment.start, segment.end)
  const report = findReport(body)
  if (report && draft.reportTo === null) draft.reportTo = report.units.length > 0 ? report.units.join('、') : report.channel
  draft.evidence = draft.evidence ?? findEvidence(body)
  draft.recurrence = draft.recurrence ?? findRecurrence(body)
  draft.hour ??= hourOf(segment.hits)
  draft.why.push(`后面的“${body}”与它是一件事`, ...why.slice(0, 1))
}

export function setDeadline(draft: Draft, hit: TimeHit, hits: readonly TimeHit[]): void {
  draft.hit = hit
  // 9月1日起每周一: from when the rhythm runs is no date to be done by, and stays in its words.
  const begins = hit.opening && draft.recurrence !== null
  const fixed = !begins && /^\d{4}-\d{2}-\d{2}|^\d{2}:\d{2}$/.test(hit.value)
  draft.deadline = hit.value
  draft.deadlineWords = fixed ? [] : [{ start: begins ? hit.start : hit.end - hit.value.length, end: hit.end }]
  draft.deadlineKind = hit.kind
  // “响应解除后，各单位次日中午前报送”: the day after that.
  const event = /^[次翌当]/.test(hit.value) ? hits.find((other) => other.kind === 'anchored' && /后$/.test(other.value) && other.end <= hit.start) : undefined
  if (event && !fixed) draft.deadlineWords.unshift({ start: event.start, end: event.end })
  // 当日往返的须于21:30之前返校: of that day.
  if (hit.kind === 'relative' && /^\d|^[上下中晚]/.test(hit.value)) {
    const day = hits.find((other) => /^当[日天晚]$/.test(other.value) && other.end <= hit.start && hit.start - other.end < 14)
    if (day) draft.deadlineWords.unshift({ start: day.start, end: day.end })
  }
  // “时间确定后须第一时间转达”: the event and the word belong together.
  if (hit.kind === 'anchored' && /后$/.test(hit.value)) {
    const quick = hits.find((other) => other.kind === 'vague' && other.start >= hit.end && other.start - hit.end < 8)
    if (quick) draft.deadlineWords.push({ start: quick.start, end: quick.end })
  }
}

export const hourOf = (hits: readonly TimeHit[]): string | null => hits.find((hit) => hit.kind === 'daily' && /^\d{2}:\d{2}$/.test(hit.value))?.value ?? null

export function trimEnd(text: string, end: number): number {
  let to = end
  while (to > 0 && /[\s,。;:!?、.]/.test(text.charAt(to - 1))) to--
  return to
}

/** 并至少组织一次演练, 并备足不少于80间房: so much of it is an act apart, unless it tells how the first is done. */
export const isCounted = (said: string, previous: Draft): boolean => previous.recurrence === null && /^(?:同时)?(?:至少|组织|开展|备足|备齐|配备|配足|储备)[^,]*(?:[一二两三四五\d]次|(?:不少于|至少)?[\d一二两三四五六七八九十]+(?:间|名|人|套|台|辆|顶|张|份))/.test(said) && findRecurrence(said) === null

/** Only an order of the same actor, joined by a comma and without 并, stands under the time of the one before. */
function holdsOn(previous: Draft, segment: Segment, text: string): boolean {
  // “休息至症状消失后48小时，期间不得上课”: in that very time.
  if (previous.hit !== null && /^期间/.test(text.slice(segment.start, segment.end)) && /^[,\s]*$/.test(text.slice(previous.end, segment.start))) return true
  // “症状消失后3天内不要到教室，也不要为他人带饭”: one time for both bans.
  if (previous.hit !== null && !previous.hit.opening && previous.modality === 'must-not' && segment.modality === 'must-not' && segment.subject === null && /^[,、\s]*$/.test(text.slice(previous.end, segment.start)) && (previous.hit.kind === 'absolute' || previous.hit.kind === 'anchored' || (previous.hit.kind === 'relative' && previous.hit.limit)) && previous.hit.start <= previous.start + 24) return true
  // “隔离期内须服药，不得会客”: during the same stretch.
  if (previous.hit?.kind === 'anchored' && /(?:期间|期内|时段内?)$/.test(previous.hit.value) && segment.modality === 'must-not' && segment.subject === null && segment.hits.length === 0 && /^[,\s]*$/.test(text.slice(previous.end, segment.start))) return true
  // “一旦进水先断电”: that has a moment of its own.
  if (/^(?:一旦|如|若|遇|凡|发现|发生|出现)/.test(text.slice(segment.start, segment.end))) return false
  // “8月2日前逐间检查，并将地漏封堵”, “每晚22:30前查寝，并将人数报……”: something done with what the first left, or so much of something, on the same day.
  if (segment.startsWithAnd && (/^[将把]/.test(text.slice(segment.start, segment.end)) || isCounted(text.slice(segment.start, segment.end), previous)) && segment.hits.length === 0 && segment.modality !== 'must-not' && previous.modality !== 'must-not' && previous.hit?.limit && /^\d{4}-|^\d\d:/.test(previous.hit.value) && /^[,\s]*并?且?$/.test(text.slice(previous.end, segment.start)) && segment.verbClass === 'act' && !/长期|持续|日常|今后|动态|随时|定期|跟踪/.test(text.slice(segment.start, segment.end)) && findRecurrence(text.slice(segment.start, segment.end)) === null) return true
  if (previous.hit === null || previous.hit.opening || !/^(absolute|anchored)$/.test(previous.hit.kind) || previous.hit.start > previous.start + 24) return false
  // “……报送省厅，电子版同时发至……”
  if (/^[^,。;]{0,6}(?:同时|一并)[报发抄送交]/.test(text.slice(segment.start, segment.end)) && /^[,\s]*$/.test(text.slice(previous.end, segment.start))) return true
  if (segment.subject !== null || segment.startsWithAnd || segment.running || segment.modality === 'must-not' || previous.modality === 'must-not' || previous.reportTo !== null) return false
  return /^[,、\s]*$/.test(text.slice(previous.end, segment.start))
}

export function makeDraft(segment: Segment, piece: Piece, text: string, item: number, modality: Modality, weight: number, why: string[], carry: Carry, condition: Piece | null, lead: Piece | null, object: boolean, aheadHits: TimeHit[], previous: Draft | null): Draft {
  const end = trimEnd(text, piece.end)
  let start = segment.start
  // A condition or a date that stands right before a short act belongs to the text of the duty, and whom it concerns before a longer one.
  const whom = lead !== null && carry.subject !== null && carry.subject.start >= lead.start && carry.subject.start < lead.end
  if (lead !== null && lead.end <= piece.start + 1 && ((object && piece.start - lead.start <= 40) || piece.start - lead.start <= Math.max(modality === 'must-not' && /\d[日号]|即日起/.test(text.slice(lead.start, lead.end)) ? 18 : 0, (end - start) * 1.5, whom ? 24 : modality === 'must-not' && (/[未非不]经|没有|[^,]未/.test(text.slice(lead.start, lead.end)) || UNDONE.test(text.slice(lead.start, lead.end).replace(/,$/, '')) || /[\p{Script=Han}]前,?$/u.test(text.slice(lead.start, lead.end))) || /^(?:对|针对|将|把)[^,]*,?$|不论|无论|不管/.test(text.slice(lead.start, lead.end)) ? 40 : end - start >= 9 && /的,?$/.test(text.slice(lead.start, lead.end)) ? 22 : end - start < 10 ? 16 : 0))) start = lead.start
  while (start < end && (/[\s、,。;:\n\-·]/.test(text.charAt(start)) || isOrnament(text.charCodeAt(start)))) start++
  const body = text.slice(piece.start, end)
  const holds = (hit: TimeHit): boolean => modality === 'must-not' && isSpanOfHours(text, hit)
  const usable = segment.hits.filter((hit) => !inRelative(text, hit, end) && !holds(hit))
  const leadHits = aheadHits.filter((hit) => !holds(hit))
  const hit = chooseDeadline([...usable, ...leadHits])
  const report = findReport(body)
  const actorAt = segment.subject ?? carry.subject
  const actor = actorAt ? actorName(text.slice(actorAt.start, actorAt.end)) : ''
  const actorSource: ActorSource = segment.subject ? (segment.byPhrase ? 'by-phrase' : 'subject') : carry.subject !== null ? carry.source : 'addressee'
  const draft: Draft = {
    start, end, item, actorAt, actorSource, modality, hit: null, deadline: null, deadlineWords: [], deadlineKind: null,
    recurrence: findRecurrence(body) ?? findRecurrence(text.slice(lead?.start ?? piece.start, piece.start)), hour: hourOf([...usable, ...leadHits]), condition, reportTo: report === null ? null : report.units.length > 0 ? report.units.join('、') : report.channel, evidence: findEvidence(body), weight, telling: segment.telling && segment.modality !== 'must-not', why
  }
  // 未经批准不得外出; where the words are its deadline already, once is enough.
  const state = modality === 'must-not' ? segment.hangsOn : null
  if (state !== null && !(hit !== null && hit.start < state.end && hit.end > state.start)) draft.condition ??= state
  if (hit) setDeadline(draft, hit, [...leadHits, ...usable])
  else if (previous !== null && holdsOn(previous, segment, text)) {
    // “离校前关好门窗，切断电源”: the time at the head holds for what follows.
    draft.hit = previous.hit === null ? null : { ...previous.hit, derivation: [previous.hit.derivation, '沿用同句前面的时限'].filter((rule) => rule !== null).join('；') }
    draft.deadline = previous.deadline
    draft.deadlineWords = previous.deadlineWords
    draft.deadlineKind = previous.deadlineKind
    // A daily hour goes on with its rhythm.
    if (previous.hit?.kind === 'daily') { draft.recurrence ??= previous.recurrence; draft.hour ??= previous.hour }
    why.push('沿用同句前面的时限')
  }
  else if (carry.due && modality === 'must' && draft.recurrence === null) {
    setDeadline(draft, { ...carry.due, derivation: [carry.due.derivation, '标题或引导句写明的时限'].filter((rule) => rule !== null).join('；') }, [])
    why.push('沿用标题或引导句的时限')
  }
  if (carry.during && (draft.hit === null || (draft.hit.kind === 'vague' && draft.hit.value !== '立即'))) {
    setDeadline(draft, { ...carry.during, derivation: [carry.during.derivation, '标题或引导句写明的期间'].filter((rule) => rule !== null).join('；') }, [])
    why.push(STRETCH)
  }
  // A daily hour repeats as the sentence says, although the rhythm was named before.
  if (draft.recurrence === null && hit?.kind === 'daily') draft.recurrence = findRecurrence(text.slice(Math.max(0, start - 80), start))
  why.push(actorSource === 'subject' ? `执行者：${segment.subject ? '句中主语' : '沿用前文主语'}“${actor}”` : actorSource === 'by-phrase' ? `执行者：“由${actor}”` : actorSource === 'heading' ? `执行者：取自标题“${actor}”` : '执行者：未写明，取主送单位')
  return draft
}

/** 每天11:00至15:30停止训练: the hours in which a ban holds, not until when something is done. */
const isSpanOfHours = (text: string, hit: TimeHit): boolean => !hit.limit && /^(?:daily|relative)$/.test(hit.kind) && /(?::\d{2}|[时点]半?)[-~至到]+[^\d]{0,4}\d/.test(text.slice(hit.start, hit.end))

/** A time inside “……的师生” tells which people, not until when. */
function inRelative(text: string, hit: TimeHit, end: number): boolean {
  // 能够立即整改的当场整改: the first says which, the second when.
  if (hit.kind === 'vague') return /^[^,]{1,4}的/.test(text.slice(hit.end, Math.min(end, hit.end + 6)))
  const after = text.slice(hit.end, Math.min(end, hit.end + 24))
  if (/期间$/.test(hit.value) && after.startsWith('的')) return true
  return /^[^,将把]{0,14}(以来|以后)/.test(after) || (!hit.limit && /^[^,将把]{0,12}(返校|到校|旅居|返回|去过|接触|来自|购买|离校|发病|入校)[^,]{0,8}的/.test(after)) || (/前$/.test(hit.value) && /^\d+[天日]/.test(after))
}
