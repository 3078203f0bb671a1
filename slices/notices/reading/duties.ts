/** Walks the items of a body: what holds for each, its sentences, the orders of its tables. */
import { findSubject } from './actors.ts'
import { findBan } from './bans.ts'
import { chooseDeadline, findTimes } from './deadlines.ts'
import { findRecurrence } from './recurrence.ts'
import type { TimeFrame, TimeHit } from './calendar.ts'
import { hourOf, setDeadline } from './draft.ts'
import type { Carry } from './draft.ts'
import { TIMED, type Item } from './numbering.ts'
import { splitSentences } from './sentences.ts'
import { onlySaysWhen, stageOf, within } from './stages.ts'
import type { Piece } from './sentences.ts'
import type { TableOrder } from './tables.ts'
import { MAX_SENTENCE, walkSentence } from './walk-sentence.ts'
import { keepDrafts } from './weight.ts'
import type { Walk } from './weight.ts'

export type WalkFrame = { time: TimeFrame; blocked: (from: number, to: number) => boolean; hasNumbers: boolean; forwarded: boolean; tables: readonly TableOrder[] }

/** Headings under which a notice tells what happened. */
const TELLS_FACTS = /(存在|主要|突出|发现|典型|暴露)[\p{Script=Han}]{0,6}问题$|^(基本|总体|前期|目前|事件|事情|事故|疫情|灾情|险情)?(?:情况|概况|经过|起因)$|(当前|总体|目前)形势$|(工作|整治|防控)成效$/u
/** ……前完成以下工作: what is to be done stands below. */
const BELOW = /(?:完成|做好|落实|抓好|办理|办结|报送|提交|开展|做到)[^,。;]{0,4}(?:以下|下列|如下)[^。;]{0,14}:$/

/** 返校时间, 物资领取安排: an act and when; what stands below says who comes when. */
const ROSTER = /(?:返校|报到|离校|领取|接种|检测|采样|入校|到校|入住|搬迁|注册|体检|撤离|转移)(?:的)?(?:时间|批次|日程|顺序)(?:安排|表)?$|(?:返校|报到|离校|领取|接种|采样|入住|搬迁)安排$/

/** 动员准备(6月21日18时前), 组织转移(6月22日6时至11时): the hours named below are of its day. */
const STEP = new RegExp(`^[^(),]{2,4}${TIMED}`)

/** ……遵守以下规定: what is to be kept to stands below. */
const OBSERVE = /(?:遵守|做到|执行|落实|采取|注意|牢记)[^,。;]{0,4}(?:以下|下列|如下)[^,。;]{0,10}:$/

export function walkItems(text: string, masked: string, items: readonly Item[], frame: WalkFrame): Walk {
  const walk: Walk = { drafts: [], sentences: [], faults: [] }
  const carries = new Map<number, Carry>()
  items.forEach((item, index) => {
    const from = item.heading !== null && !bansThose(text, item.heading) && item.heading.end <= item.lineEnd ? skipMark(text, item.heading.end) : item.contentStart
    const parent = item.parent === null ? undefined : carries.get(item.parent)
    const heading = item.heading
    const carry: Carry = { subject: parent?.subject ?? null, source: parent?.source ?? 'addressee', modality: null }
    if (heading) {
      const subject = findSubject(text, heading.start, heading.end)
      if (subject && subject.end < heading.end + 1 && !/^(学生|师生|安全)/.test(text.slice(subject.start, subject.end)) ) {
        carry.subject = subject
        carry.source = 'heading'
      }
    }
    const preamble = item.marker === null && frame.hasNumbers
    const told = parent?.told === true || (heading !== null && TELLS_FACTS.test(text.slice(heading.start, heading.end)))
    carry.told = told
    carry.roster = parent?.roster === true || (heading !== null && ROSTER.test(text.slice(heading.start, heading.end)))
    const dueOf = (part: Piece): TimeHit | null => findTimes(text, part.start, part.end, frame.time, frame.blocked).hits.find((hit) => hit.limit && (hit.kind === 'absolute' || hit.kind === 'relative')) ?? null
    const step = heading !== null && STEP.test(text.slice(heading.start, heading.end)) ? heading : null
    const inherited = (heading === null ? null : dueOf(heading)) ?? (step === null ? null : endOfStep(frame, text, step)) ?? parent?.due ?? null
    carry.due = inherited
    carry.during = (heading === null ? null : stretchOf(frame, text, heading)) ?? parent?.during ?? null
    carry.stage = (heading === null ? null : staged(frame, text, heading, false, step !== null)) ?? parent?.stage ?? null
    const sentences = splitSentences(masked, from, item.end)
    sentences.forEach((sentence, k) => {
      // Rows of a table are read by their columns.
      if (frame.tables.some((order) => [order.row, order.head].some((row) => row.start <= sentence.start && sentence.start < row.end))) return
      const next = sentences[k + 1]
      const headed = next === undefined || /^[\n]?[一二三四五六七八九十]{1,2}(是|要)/.test(text.slice(next.start, next.start + 5))
      const titled = isTitled(text, sentence, next, item)
      // ▶ 7月21日16:05: the hours below are of that day.
      if (titled && text.charAt(sentence.end) === '\n' && sentence.end - sentence.start <= 40) carry.stage = staged(frame, text, sentence, true) ?? carry.stage ?? null
      const { hits, faults } = sentence.end - sentence.start <= MAX_SENTENCE ? findTimes(text, sentence.start, sentence.end, carry.stage ?? frame.time, frame.blocked) : { hits: [], faults: [] }
      for (const fault of faults) if (walk.faults.length < 200) walk.faults.push(fault)
      // 转移(7月9日12时前到位), 请于12月5日前做好以下工作: it holds for what stands below, up to the next such line.
      if (titled && text.charAt(sentence.end) === '\n') carry.due = dueOf(sentence) ?? inherited
      else if (BELOW.test(text.slice(sentence.start, sentence.end))) carry.due = dueOf(sentence) ?? carry.due
      // 封闭期间，请遵守以下规定：……
      if (OBSERVE.test(text.slice(sentence.start, sentence.end))) carry.during = hits.find((hit) => hit.kind === 'anchored' && /期间$|期内$|时段$/.test(hit.value) && hit.start <= sentence.start + 2) ?? carry.during ?? null
      // 【停课安排】……: a paragraph with a label of its own is no background.
      const labelled = preamble && /(?:^|\n)【[^\n]*$/.test(text.slice(Math.max(0, sentence.start - 300), sentence.start + 1))
      walkSentence(walk, text, masked, sentence, index, hits, carry, preamble && !labelled, headed, titled, frame.time.date)
    })
    carries.set(index, { ...carry })
  })
  for (const order of frame.tables) walkTableOrder(walk, text, masked, order, items, frame)
  walk.drafts.sort((a, b) => a.start - b.start)
  keepDrafts(walk)
  return walk
}

/** 准备阶段（2月26日至3月3日）: the stretch of days that a stage's heading names in brackets. */
function stretchOf(frame: WalkFrame, text: string, heading: Piece): TimeHit | null {
  const said = text.slice(heading.start, heading.end)
  const open = said.indexOf('(')
  if (open < 2 || !/[)]$/.test(said) || !/阶段|时期|[第][一二三四五六七八九十\d]+[步期批轮]/.test(said)) return null
  const { hits } = findTimes(text, heading.start + open + 1, heading.end - 1, frame.time, frame.blocked)
  const only = hits.length === 1 ? hits[0] : undefined
  return only?.kind === 'absolute' && only.dueAt !== null && /区间/.test(only.derivation ?? '') ? only : null
}

/** 组织转移(6月22日6时至11时): until when what stands below is done. */
function endOfStep(frame: WalkFrame, text: string, heading: Piece): TimeHit | null {
  const { hits } = findTimes(text, heading.start, heading.end, frame.time, frame.blocked)
  const only = hits.length === 1 ? hits[0] : undefined
  return only?.kind === 'absolute' && only.dueAt !== null && only.begin !== undefined && only.value.includes('T') ? { ...only, limit: true } : null
}

/** 以下人员不得参加：……: who they are stands below, and that they may not is said here. */
function bansThose(text: string, heading: Piece): boolean {
  const said = text.slice(heading.start, heading.end)
  return text.charAt(heading.end) === ':' && /(?:以下|下列|如下|之一)/.test(said) && !/(?:不得|严禁|禁止|不准|不要|暂停|停止)(?:有|出现|发生)?(?:以下|下列|如下)/.test(said) && findBan(said, 0, said.length, 0) !== null
}

/** What times below this heading or line are reckoned from, where it says a day. */
function staged(frame: WalkFrame, text: string, part: Piece, alone: boolean, step = false): TimeFrame | null {
  const { hits } = findTimes(text, part.start, part.end, frame.time, frame.blocked)
  const stage = alone && !onlySaysWhen(text, part, hits) ? null : stageOf(step ? hits.map((hit) => ({ ...hit, limit: false })) : hits)
  return stage === null ? null : within(frame.time, stage, alone && stage.from === stage.to)
}

/** A cell of a table: the row names who and by when, the columns' heads say that it is an order. */
function walkTableOrder(walk: Walk, text: string, masked: string, order: TableOrder, items: readonly Item[], frame: WalkFrame): void {
  const item = items.findLastIndex((one) => one.start <= order.start)
  if (item < 0) return
  const due = order.time ? findTimes(text, order.time.start, order.time.end, frame.time, frame.blocked).hits.map((hit) => ({ ...hit, limit: true })) : []
  const time = (order.time ? staged(frame, text, order.time, false) : null) ?? frame.time
  for (const sentence of splitSentences(masked, order.start, order.end)) {
    const { hits } = findTimes(text, sentence.start, sentence.end, time, frame.blocked)
    const carry: Carry = { subject: order.actor, source: order.actor ? 'heading' : 'addressee', modality: null }
    const before = walk.drafts.length
    walkSentence(walk, text, masked, sentence, item, hits, carry, false, false, false, null)
    joinCell(walk, text, before)
    for (const draft of walk.drafts.slice(before)) {
      draft.weight += 0.3
      draft.why.push('写在表格的任务栏里（+0.3）')
      const hit = draft.hit === null || draft.hit.kind === 'anchored' || draft.hit.kind === 'vague' ? chooseDeadline(due) : null
      if (hit) setDeadline(draft, hit, due)
      if (order.time) draft.recurrence ??= findRecurrence(text.slice(order.time.start, order.time.end))
      draft.hour ??= hourOf(due)
    }
  }
}

/** 加密监测，每天一次，雨天……: what commas join in a cell is one task, unless it names its own actor, time or is a ban. */
function joinCell(walk: Walk, text: string, before: number): void {
  for (let i = walk.drafts.length - 1; i > before; i--) {
    const [first, second] = [walk.drafts[i - 1], walk.drafts[i]]
    if (!first || !second || first.modality !== 'must' || second.modality !== 'must' || second.hit !== null || second.actorSource === 'subject' || !/^[,\s]*$/.test(text.slice(first.end, second.start))) continue
    Object.assign(first, { end: second.end, recurrence: first.recurrence ?? second.recurrence, weight: Math.max(first.weight, second.weight), reportTo: first.reportTo ?? second.reportTo, evidence: first.evidence ?? second.evidence })
    first.why.push('同一格里用逗号连着的算一件')
    walk.drafts.splice(i, 1)
  }
}

/** A short sentence at the head of an unnumbered paragraph, or a line without a closing mark above one, is its heading. */
function isTitled(text: string, sentence: Piece, next: Piece | undefined, item: Item): boolean {
  if (item.marker !== null || next === undefined) return false
  const opens = sentence.start === 0 || text.charAt(sentence.start - 1) === '\n'
  if (!opens) return false
  const closed = /[。;!?]/.test(text.charAt(sentence.end - 1))
  return closed ? text.charAt(sentence.end) !== '\n' : text.charAt(sentence.end) === '\n'
}

function skipMark(text: string, at: number): number {
  let next = at
  while (/[。:,?\n]/.test(text.charAt(next)) && next < at + 2) next++
  return next
}
