/** Reads one segment: who, must or must not, which verb and object, what time. What it is for is decided by role.ts. */
import { ADVERBS, findSubject, namesActor, nouns, verbs } from './actors.ts'
import type { TimeHit } from './calendar.ts'
import { EXHORTATIONS } from './knowledge/exhortations.ts'
import { ABSTRACT_OBJECTS, CONCRETE_OBJECTS } from './knowledge/objects.ts'
import { ACTS, SEMI, TELLING, VAGUE } from './knowledge/verbs.ts'
import { lexicon } from './knowledge/words.ts'
import { findBan } from './bans.ts'
import { hangsOn } from './circumstance.ts'
import type { Ban } from './bans.ts'
import { findModal, verbAfter } from './modals.ts'
import { isPlainAct } from './plain-acts.ts'
import { roleOf } from './role.ts'
import type { Segment } from './said.ts'
import { isOrnament } from './sentences.ts'
import type { Piece } from './sentences.ts'
import type { Modality } from './types.ts'

const acts = lexicon(ACTS)
const semi = new Set(SEMI)
const vagueVerbs = new Set(VAGUE)
const exhortations = lexicon(EXHORTATIONS)
const concrete = lexicon(CONCRETE_OBJECTS)
const abstract = lexicon(ABSTRACT_OBJECTS)
const telling = new Set(TELLING)

const RUNNING = /^(?:[一二三四五六七八九十]{1,2})(是要|是|要)(?!否)/
const CONNECTOR = /^(并且|并请|并要|并应|并须|同时|另外|此外|其中|而且|但是|然后|因此|为此|对此|特别是|尤其是|当前|目前|今后|近期|届时|后续|首先|其次|再次|最后|同时要|以及|具体要求|要求|务请|现要求|其他|此间|如下|再次强调|重点)/

function strip(masked: string, piece: Piece): { at: number; running: boolean; runningMust: boolean; startsWithAnd: boolean } {
  let at = piece.start
  let running = false
  let runningMust = false
  let startsWithAnd = false
  for (let turn = 0; turn < 4; turn++) {
    while (at < piece.end && (/[\s、,□\n.①-⑳【】]/.test(masked.charAt(at)) || isOrnament(masked.charCodeAt(at)))) at++
    const rest = masked.slice(at, Math.min(piece.end, at + 12))
    const run = RUNNING.exec(rest)
    if (run && turn < 2) {
      running = true
      runningMust = /要/.test(run[1] ?? '')
      at += run[0].length
      continue
    }
    const connector = CONNECTOR.exec(rest)
    if (connector) {
      const word = connector[0]
      if (/^并|^同时|^以及/.test(word)) startsWithAnd = true
      // 并请、同时要 keep their modal.
      at += /[请要应须]$/.test(word) && word.length > 1 && !/要求$/.test(word) ? word.length - 1 : word.length
      continue
    }
    if (/^并(?!发|网|列|存|轨)/.test(rest)) {
      startsWithAnd = true
      at += 1
      continue
    }
    break
  }
  return { at, running, runningMust, startsWithAnd }
}

/** Reads one segment of a sentence. */
export function readSegment(text: string, masked: string, piece: Piece, hits: readonly TimeHit[], isLast: boolean): Segment {
  const own = hits.filter((hit) => hit.start >= piece.start && hit.end <= piece.end)
  const stripped = strip(masked, piece)
  const end = piece.end
  let at = stripped.at
  const whole = masked.slice(at, end)
  const segment: Segment = {
    start: at, end, role: 'act', subject: null, byPhrase: false, modality: stripped.runningMust ? 'must' : null, modalWord: stripped.runningMust ? '要' : null, strong: false, verb: null, verbClass: null, predicate: at,
    startsWithAnd: stripped.startsWithAnd, emphasis: /^(重点|特别是|尤其是|其中)/.test(masked.slice(piece.start, piece.start + 4)), running: stripped.running, concreteObject: null, abstractObject: false, exhortation: exhortations.find(masked, at, end)?.word ?? null, telling: false, bareAct: false, hangsOn: null, hits: own
  }
  // Subject, time, modal and adverbs in any order, up to the verb.
  let beforeVerb: string | null = null
  // 发现疑似病例2小时内直报: who is met is not the one who reports.
  let met = false
  for (let turn = 0; turn < 14 && at < end; turn++) {
    const char = masked.charAt(at)
    if (/[、\n]/.test(char) && turn > 0) { at++; continue }
    // (每天8:30-11:30)各学院……: what stands in brackets before the people.
    const closed = char === '(' && turn > 0 ? masked.indexOf(')', at) : -1
    if (closed > 0 && closed < end - 1) { at = closed + 1; continue }
    const hit = own.find((time) => time.start === at || (time.start === at + 1 && /[于在自从到至]/.test(char)))
    if (hit && hit.kind !== 'vague') { at = hit.end; continue }
    if (char === '由' && !/^由于/.test(masked.slice(at, at + 2))) {
      const by = findSubject(text, at + 1, end) ?? looseBy(masked, at + 1, end)
      if (by) {
        segment.subject = by
        segment.byPhrase = true
        at = by.end
        continue
      }
    }
    if (segment.subject === null && !met) {
      const subject = findSubject(text, at, end)
      if (subject) { segment.subject = subject; at = subject.end; continue }
    }
    if (findBan(masked, at, Math.min(end, at + 6), at)?.index === at) break
    const modal = findModal(masked, at, Math.min(end, at + 4))
    if (modal && modal.index === at) {
      // 请尽量乘坐……: asked for as far as may be.
      if (segment.modality === null || modal.strong || segment.modality !== 'must' || /^尽/.test(modal.word)) takeModal(segment, modal)
      at += modal.word.length
      continue
    }
    const verb = nouns.at(masked, at) === null ? verbs.at(masked, at) : null
    const adverb = ADVERBS.at(masked, at)
    if (verb !== null && (adverb === null || verb.length > adverb.length) && !(vagueVerbs.has(verb) && adverb !== null)) { segment.verb = verb; break }
    if (adverb !== null) {
      if (/^(对|将|把|按|按照|根据|依据|结合|通过|利用|以|从|在|于|向|与|同|为|给|就|经|因|围绕|面向|针对|凭|持|依托|借助|会同|联合|配合|用|至|到|如|若|遇|遇到|出现|有|未|无|凡|一旦|不|逢|依规|依法)$/.test(adverb)) { beforeVerb = adverb; break }
      met = /^(发现|接诊|接到|收到)$/.test(adverb)
      at += adverb.length
      continue
    }
    // 快递由后勤集团统一消毒: the object stands first, the actor behind 由.
    const by = /^[^,由]{1,14}由(?!于|来)/.exec(masked.slice(at, Math.min(end, at + 16)))
    if (by && segment.subject === null && verbAfter(masked, at, at + by[0].length - 1) === null) {
      const agent = findSubject(text, at + by[0].length, end) ?? looseBy(masked, at + by[0].length, end)
      if (agent) {
        segment.subject = agent
        segment.byPhrase = true
        at = agent.end
        continue
      }
    }
    break
  }
  segment.predicate = at
  // 已到校新生由学工处安排: the people first, the actor behind 由.
  const agent = segment.subject === null && segment.modality === null ? /^[^,由]{2,16}[^自理,]由(?!于)/.exec(masked.slice(stripped.at, Math.min(end, stripped.at + 20))) : null
  const actor = agent ? findSubject(text, stripped.at + agent[0].length, end) : null
  if (actor && actor.end < end) {
    segment.subject = actor
    segment.byPhrase = true
    segment.verb = null
    at = actor.end
    segment.predicate = at
    beforeVerb = null
  }
  if (segment.verb === null) {
    // Behind a prepositional phrase or a topic (教室应每日通风): the next modal, then the next verb.
    const modal = segment.modality === null ? findModal(masked, at, end) : null
    if (modal && modal.index < end) {
      takeModal(segment, modal)
      if (segment.subject === null) segment.subject = topicSubject(text, masked, at, modal.index)
      at = modal.index + modal.word.length
    }
    const found = verbAfter(masked, beforeVerb === null || modal ? at : at + beforeVerb.length, end)
    if (found) {
      segment.verb = found.word
      if (modal) segment.predicate = at
    }
  }
  // 确需离校的须经批准, 停用的教室要关闭水阀: who it is about stands before 的, the order behind.
  if (segment.verb !== null && segment.modality === null) {
    const modal = findModal(masked, segment.predicate, end)
    const found = modal && (/的/.test(masked.slice(segment.predicate, modal.index)) || /^每次/.test(whole)) ? verbAfter(masked, modal.index + modal.word.length, end) : null
    if (modal && found) {
      takeModal(segment, modal)
      segment.subject ??= topicSubject(text, masked, segment.predicate, modal.index)
      segment.verb = found.word
      segment.predicate = modal.index + modal.word.length
    }
  }
  readVerbClass(segment, masked, end)
  readObject(segment, text, end)
  const ban = findBan(masked, stripped.at, end, segment.predicate, own)
  if (ban) takeBan(segment, text, masked, ban)
  if (ban && segment.modality === 'must-not') {
    const who = segment.subject !== null && segment.subject.end <= ban.index ? segment.subject : null
    const heads = who !== null && who.start <= stripped.at + 1
    segment.hangsOn = hangsOn(masked, heads ? who.end : stripped.at, who !== null && !heads ? who.start : ban.index)
  }
  segment.role = roleOf(segment, masked, whole, ban, isLast, beforeVerb)
  return segment
}

/** 由 with a name that no list knows: up to the verb. */
function looseBy(masked: string, start: number, end: number): Piece | null {
  for (let i = start + 2; i < Math.min(end, start + 18); i++) {
    if (/[,。]/.test(masked.charAt(i))) break
    if (namesActor(masked, start, i) && verbs.at(masked, i) !== null && nouns.at(masked, i) === null) return { start, end: i }
  }
  // 由车队拉: the name, and one sign that says it all.
  const close = /^[^,、。;!?]{2,14}/.exec(masked.slice(start, end))?.[0].length ?? 0
  if (close > 2 && /[拉送管查守接带扫背抬运搬修]/.test(masked.charAt(start + close - 1)) && namesActor(masked, start, start + close - 1)) return { start, end: start + close - 1 }
  for (let i = start + 2; i < Math.min(end, start + 14); i++) {
    if (/[,、。]/.test(masked.charAt(i))) return null
    if (verbs.at(masked, i) !== null && nouns.at(masked, i) === null) return /(通道|渠道|路线|门|入口|出口|平台|系统|方式|途径)$/.test(masked.slice(start, i)) ? null : { start, end: i }
  }
  return null
}

function takeModal(segment: Segment, modal: { word: string; modality: Modality; strong: boolean }): void {
  segment.modality = modal.modality
  segment.modalWord = modal.word
  segment.strong = modal.strong
}

/** The topic before a modal is the actor when it is a person or unit (承担任务的校区须…). */
function topicSubject(text: string, masked: string, start: number, modal: number): Piece | null {
  const topic = masked.slice(start, modal)
  const relative = topic.lastIndexOf('的')
  if (relative < 0) return null
  const tail = findSubject(text, start + relative + 1, modal)
  return tail && tail.end === modal ? { start, end: modal } : null
}

const verbAfterActs = (masked: string, from: number, to: number): boolean => {
  const found = verbAfter(masked, from, to)
  return found !== null && acts.has(found.word) && !semi.has(found.word) && !vagueVerbs.has(found.word) && !telling.has(found.word)
}

function readVerbClass(segment: Segment, masked: string, end: number): void {
  if (segment.verb === null) {
    // 请走地下通道: a plain act that is asked for; 要补短板 is as often a slogan.
    segment.verbClass = segment.modality === null ? null : /^(?:请|敬请|烦请|尽量|尽可能)$/.test(segment.modalWord ?? '') && isPlainAct(masked.slice(segment.predicate, end).replace(/[。;!?:\s]+$/, '').replace(/^(?:各位|全体|广大|所有)?(?:同学们?|师生|老师们?|家长|教职工|大家)/, '')) ? 'act' : 'unknown'
    return
  }
  // A verb may stand in several lists; the vague reading wins for vague words, the light one for light words.
  segment.verbClass = vagueVerbs.has(segment.verb) ? 'vague' : semi.has(segment.verb) ? 'semi' : 'act'
  segment.telling = telling.has(segment.verb)
  if (/^(?:听从|服从)$/.test(segment.verb) && /^[^,党、]{2,8}(?:安排|指挥|调度|引导|劝导|管理|指引|疏导|调配|指令)/.test(masked.slice(masked.indexOf(segment.verb, segment.start) + 2, end)) && !/组织/.test(masked.slice(segment.start, end))) segment.verbClass = 'act'
  if (segment.verbClass === 'act' || end <= segment.start) return
  // “组织开展排查”, “集中清理”: a concrete verb right behind a light one makes the act.
  const at = masked.indexOf(segment.verb, segment.start) + segment.verb.length
  // 提前做好遮盖: one light verb behind another.
  const light = masked.slice(at, at + 2)
  const next = acts.at(masked, semi.has(light) && !acts.has(light) ? at + 2 : at)
  if (next !== null && next.length > 1 && segment.verbClass === 'semi') segment.verbClass = 'act'
  // 完成课表调整: the act stands at the end, as a noun.
  const body = masked.slice(at, end).replace(/[。;!?:\s]+$/, '')
  if (/^(完成|开展|进行|实施)$/.test(segment.verb) && segment.verbClass === 'semi' && acts.has(body.slice(-2)) && !/(?:工作|处理)$/.test(body)) segment.verbClass = 'act'
  // 督促物业清理屋顶: who is made to do what.
  if (/^(督促|监督|叮嘱|责成|组织|安排|动员|发动)$/.test(segment.verb) && segment.verbClass === 'semi' && verbAfterActs(masked, at, end)) segment.verbClass = 'act'
}

function readObject(segment: Segment, text: string, end: number): void {
  const from = segment.verb === null ? segment.predicate : Math.max(segment.predicate, text.indexOf(segment.verb, segment.predicate))
  const object = concrete.find(text, from < 0 ? segment.predicate : from, end)
  segment.concreteObject = object?.word ?? null
  segment.abstractObject = abstract.find(text, from < 0 ? segment.predicate : from, end) !== null
}

function takeBan(segment: Segment, text: string, masked: string, ban: Ban): void {
  // 提醒学生不要…: the one who reminds must remind.
  const tells = segment.telling && segment.verb !== null && masked.indexOf(segment.verb, segment.start) < ban.index && !/[未无非没]/.test(masked.slice(segment.start, ban.index))
  if (tells) {
    segment.modality = 'must'
    segment.modalWord = segment.modalWord ?? segment.verb
    return
  }
  const soft = /(尽量|尽可能|建议|提倡|倡导|鼓励|最好|宜)[\p{Script=Han}]{0,4}$/u.test(masked.slice(segment.start, ban.index)) || /^(尽量|尽可能)/.test(ban.word)
  segment.modality = soft ? 'should' : 'must-not'
  segment.modalWord = ban.word
  segment.strong = true
  if (segment.verbClass !== 'act') segment.verbClass = 'act'
  if (segment.verb === null) segment.verb = ban.word
  if (segment.subject === null && ban.how === 'said' && !ban.word.endsWith('不')) {
    const actor = findSubject(text, ban.index + ban.word.length, segment.end)
    // 不得放行学生: the verb opens what is forbidden.
    if (actor && verbs.at(masked, actor.start) === null) segment.subject = actor
  }
}
