/** Reads one segment: who, must or must not, which verb, condition or act, and how concrete it is. */
import { ADVERBS, findBareSubject, findSubject, namesActor, nouns, stative, verbs } from './actors.ts'
import { findRecurrence } from './deadlines.ts'
import type { TimeHit } from './deadlines.ts'
import { EXHORTATIONS } from './knowledge/exhortations.ts'
import { NARRATED, NARRATED_UNLESS_ORDERED } from './knowledge/modality.ts'
import { ABSTRACT_OBJECTS, CONCRETE_OBJECTS } from './knowledge/objects.ts'
import { REWARDS, SANCTIONS } from './knowledge/sanctions.ts'
import { ACTS, OUTCOME_OPENERS, SEMI, TELLING, VAGUE } from './knowledge/verbs.ts'
import { lexicon } from './knowledge/words.ts'
import { ATTITUDES, JUDGES, UNDONE, findBan, findModal, mustNots, verbAfter } from './modals.ts'
import type { Ban } from './modals.ts'
import type { Piece } from './sentences.ts'
import type { Modality } from './types.ts'

const acts = lexicon(ACTS)
const semi = new Set(SEMI)
const vagueVerbs = new Set(VAGUE)
const exhortations = lexicon(EXHORTATIONS)
const concrete = lexicon(CONCRETE_OBJECTS)
const abstract = lexicon(ABSTRACT_OBJECTS)
const outcomes = lexicon(OUTCOME_OPENERS)
const sanctions = lexicon(SANCTIONS)
const rewards = lexicon(REWARDS)
const telling = new Set(TELLING)
const narrated = lexicon(NARRATED)
const narratedUnlessOrdered = lexicon(NARRATED_UNLESS_ORDERED)

export type SegmentRole = 'act' | 'condition' | 'time' | 'topic' | 'object' | 'context' | 'announcement' | 'evaluation' | 'exhortation' | 'outcome'

export type Segment = Piece & {
  role: SegmentRole
  subject: Piece | null
  byPhrase: boolean
  modality: Modality | null
  /** The word that decides the modality, as it stands. */
  modalWord: string | null
  strong: boolean
  verb: string | null
  verbClass: 'act' | 'semi' | 'vague' | 'unknown' | null
  /** Where the predicate begins, behind subject, time and modal. */
  predicate: number
  startsWithAnd: boolean
  /** 重点……, 特别是……: spells out what stands before. */
  emphasis: boolean
  running: boolean
  concreteObject: string | null
  abstractObject: boolean
  exhortation: string | null
  telling: boolean
  /** Somebody, and a predicate that no list knows. */
  bareAct: boolean
  hits: TimeHit[]
}

const RUNNING = /^(?:[一二三四五六七八九十]{1,2})(是要|是|要)(?!否)/
const CONNECTOR = /^(并且|并请|并要|并应|并须|同时|另外|此外|其中|而且|但是|然后|因此|为此|对此|特别是|尤其是|当前|目前|今后|近期|届时|后续|首先|其次|再次|最后|同时要|以及|具体要求|要求|务请|现要求|其他|此间|如下|再次强调|重点)/
/** Openers of background: why, since when, on whose word. */
const CONTEXT_OPENERS = /^(为|鉴于|由于|接.{1,16}(通知|要求|部署|通报|报告)$|每次(?=[^,]{0,4}(?:不少于|不低于|不超过|至少|约|时间|持续|限)|[\d一两二三四五])|时长|不少于|不低于|不超过|随着|受.{1,30}影响|据|预计|近日|近期以来|近来|入[春夏秋冬]以来|当前[^要须应]{0,40}(形势|阶段)|.{0,14}以来$|经.{1,20}(研究|同意|批准|决定|(?:评估|鉴定|会商|研判|调查)$)|现将|现就|特此|本着.{2,30}|面对.{2,30}|越是|感谢|祝|欢迎|认为|觉得|相信|深信|听说|获悉|属于?(?!地)(?=[^,]*(?:范围|性质|正常)))/
/** Phrases that only say by what, in what manner, as what: no act of their own, also behind a subject. */
const CONTEXT_PHRASES = /^([^,要须应请]{2,16}(?:既是|不仅是|就是|便是)|采取.{2,30}(?:方式|形式|办法)$|(始终|切实|坚决)?(按照.{2,60}(部署|要求|安排|精神|规定|原则|顺序|通知|标准|意见|统筹|方案|职责|思路|方针)|根据.{2,80}(部署|要求|安排|精神|规定|通知|预报|预警|警报|情况|实际|形势|消息|意见|办法|方案|预案|法|条例)|对[照标].{3,60}(精神|要求|部署|标准)|依据.{2,40}|结合.{2,40}(实际|情况|形势|特点)|在.{2,40}(基础上|前提下|的同时|过程中|领导下|领导和部署下|部署下|指导下|形势下|情况下|背景下|时期|阶段|关头|斗争中)|以.{2,40}(为契机|为抓手|为主线|为重点|为准|为核心|姿态|态度|信念|举措|决心|状态)|通过.{2,40}(等形式|等方式|等渠道|方式|形式|渠道|途径|协调|配合|联动)|坚持.{2,40}原则|从.{2,20}角度|围绕.{2,30}|针对.{2,40})$|作为|把.{2,80}作为)/
const CONDITION_OPENERS = /^(非经|有人|谁|如(?![实期约数下])|若|一旦|凡|凡是|遇|如遇|遇有|发现|出现|发生|当|接到|收到|因|对于|对|确需|确因|确有|未|无|除|没有|有|假如|倘若|逢(?![单双]))/
const ANNOUNCE = /(另定[\p{Script=Han}]{0,4}$|(?:地址|地点|方法|流程|说明|标准|范围|对象|样式|详情)[^,]{0,4}(?:详?见|在)|名单[^,]{0,4}(?:详?见|附后)|(?:详|参)见附件|见附件\d*$|[^,]见(?:下|上|附|右|左)[表图]$|不能(?:代替|替代|取代)|照常上课|正常(?:上课|上班|开放)$|(?:接种点|服务点|领取点|地点|地址|服务台)设在|费用?[^,]{0,8}由[^,]{2,12}(?:承担|支付|负担|列支)|^请?(?:同学们|家长|大家|师生|您)?放心|负责解释$|不再?另(?:发|行通知)|不再(?:单独)?通知|为[^,]{0,12}(?:时段|作息)$|^删[去除][^,]*(?:一句|一条|一款|字样)|^原[^,]{2,40}应为|[^,]算起$|的(?:一律)?清退$|(?:学院|学校|我们|指挥部|部门|中心)会(?:在|于|及时|第一时间)|^[^,]{1,14}(?<!单|部)位于|有[^,]{0,8}(?:人员|志愿者)(?:值守|接听|引导|值班)$|^分[^,]{2,20}阶段(?:进行|实施|开展)?$|^(?:本次)?演练模拟|^不影响|不受影响$|可以?(?:自行)?(?:恢复|好转|痊愈|缓解|治愈)$|^(?:逾期|过期|过时)[^,]{0,4}(?:不再|不予|概不|一概不|恕不|不候)|(?:困难|求助|需求|问题|情况)请?(?:拨打|致电)[^,]{0,10}(?:热线|电话)|^[^,至]{0,8}(?:生|级|人员)\d{1,2}月\d{1,2}日$|(?:进入|处于|正值)[^,要须应]{0,8}(?:期|季|阶段)$|^(?:关键|重点|核心|根本)(?:在于|是)|^[\p{Script=Han}]{0,8}(?:时间|地点|期限|名额|标准|顺序)(?:调整|变更|改)?(?:为|是)|另行(通知|通告|公告|公布|安排|告知|发布|确定|规定)(?![之以]?前)|以[^,]{1,16}为准|如?遇[^,]{1,8}顺延$|照常(进行|开放|上课|运行)|(时间|事宜|结果)(将|待|由)[^,]{0,10}(公布|公告|决定|通知|确定|发布)|^疑问请|^(?:何时|什么时候|几时)|待定|等通知|^(如有|若有|有)(任何)?(疑问|问题|不明)[\p{Script=Han}]{0,6}(致电|联系|咨询|拨打)|届时通知|有关事项通知如下|事项(通知|通告|公告|明确|安排)如下|通知如下|要求如下|如下(?:表|图|附件)?$|(请|希望)[\p{Script=Han}]{0,6}注意$|做到以下几点$|做好以下(几项)?工作$|^(请|望)?(认真)?(遵照|参照)(执行|办理|落实)$|以下几(点|项|件事|个方面|项工作)$)/u
const SELF = /^(我市|我省|我区|我县|全省|全市|本市|市里|国家|省委|市委|学校|学院|我校|我院|我处|本校|校方|学校党委|学院党委|校党委|学校疫情防控|党委组织部|指挥部|本指挥部|我办|我中心)/
const FUTURE = /^(党委|办公室|处|部|中心|指挥部)?(将(?=(组织|根据|依据|对|视|适时|及时|不定期|定期|会同|安排|于|在|按|予以|给予|进行|另行|通过|陆续|派出|派|启动|开展|统一|组成|组建|抽调|成立|联合|邀请))|已|已经|正在|成立了|定于|拟于|决定|研究决定|拟(?![定订])|会(?=(根据|及时|视|安排|适时|在|于|第一时间|尽快|陆续)))/
const PAST = /连续[\d一二三四五六七八九十]+个?(?:昼夜|小时|轮|年)|[\p{Script=Han}]{1,2}了(?![解然结却望])[\p{Script=Han}]{2}|已经|业已|正在|以来/u

/** 授课教师发现…: somebody meets with something. */
function whoMeets(masked: string, from: number, to: number): boolean {
  const found = /^([^,]{2,12}?)(?:一旦|如|若)?(?:发现|遇到|遇有|接到|收到)(?!后)/.exec(masked.slice(from, to))
  return found?.[1] !== undefined && namesActor(masked, from, from + found[1].length)
}

function strip(masked: string, piece: Piece): { at: number; running: boolean; runningMust: boolean; startsWithAnd: boolean } {
  let at = piece.start
  let running = false
  let runningMust = false
  let startsWithAnd = false
  for (let turn = 0; turn < 4; turn++) {
    while (at < piece.end && /[\s、,□\n.①-⑳【】]/.test(masked.charAt(at))) at++
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
    startsWithAnd: stripped.startsWithAnd, emphasis: /^(重点|特别是|尤其是|其中)/.test(masked.slice(piece.start, piece.start + 4)), running: stripped.running, concreteObject: null, abstractObject: false, exhortation: exhortations.find(masked, at, end)?.word ?? null, telling: false, bareAct: false, hits: own
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
      if (segment.modality === null || modal.strong || segment.modality !== 'must') takeModal(segment, modal)
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
  segment.role = roleOf(segment, masked, whole, ban, isLast, beforeVerb)
  return segment
}

/** 由 with a name that no list knows: up to the verb. */
function looseBy(masked: string, start: number, end: number): Piece | null {
  for (let i = start + 2; i < Math.min(end, start + 18); i++) {
    if (/[,。]/.test(masked.charAt(i))) break
    if (namesActor(masked, start, i) && verbs.at(masked, i) !== null && nouns.at(masked, i) === null) return { start, end: i }
  }
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
    segment.verbClass = segment.modality === null ? null : 'unknown'
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
  const tells = segment.telling && segment.verb !== null && masked.indexOf(segment.verb, segment.start) < ban.index && !/[未无非]/.test(masked.slice(segment.start, ban.index))
  if (tells) {
    segment.modality = 'must'
    segment.modalWord = segment.modalWord ?? segment.verb
    return
  }
  const soft = /(尽量|尽可能|建议|提倡|倡导|鼓励)[\p{Script=Han}]{0,4}$/u.test(masked.slice(segment.start, ban.index)) || /^(尽量|尽可能)/.test(ban.word)
  segment.modality = soft ? 'should' : 'must-not'
  segment.modalWord = ban.word
  segment.strong = true
  if (segment.verbClass !== 'act') segment.verbClass = 'act'
  if (segment.verb === null) segment.verb = ban.word
  if (segment.subject === null && ban.how === 'said' && !ban.word.endsWith('不')) {
    const actor = findSubject(text, ban.index + ban.word.length, segment.end)
    if (actor) segment.subject = actor
  }
}

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

function roleOf(segment: Segment, masked: string, whole: string, ban: Ban | null, isLast: boolean, beforeVerb: string | null): SegmentRole {
  const bare = whole.replace(/[。;!?:\s]+$/, '')
  // 答：不能。 An answer alone names no act.
  if (bare === '' || /^(?:不能|不可以?|不行|不得|不准|禁止|严禁|不要|不许|取消|暂停|停止)$/.test(bare)) return 'context'
  // 有的堤段……, 也有个别……: what was seen, no order.
  const opener = masked.slice(segment.start, segment.start + 1) === '但' ? segment.start + 1 : segment.start
  const ordered = segment.modality === 'must' && /须|应|务必|一律|请/.test(segment.modalWord ?? '')
  if (narrated.at(masked, opener) !== null && !ordered && !/^有的放矢/.test(bare)) return 'context'
  if (JUDGES.test(masked.slice(segment.predicate, segment.end)) || JUDGES.test(bare) || (segment.modality === null && /不得不|迫不得已|只得/.test(bare) && !/不得不[^,]*的/.test(bare))) return 'context'
  if (narratedUnlessOrdered.at(masked, opener) !== null && segment.modality === null) return 'context'
  // 庄稼淹了可以补种, 完全自愿: left to people.
  if (segment.modality === null && (/(?<!不|方|才)可以?(?:先行|自行|酌情|视情|适当|临时)/.test(bare) || /^(?:谁|没有人)(?:都|也)?不?(?:愿|想|希望)/.test(bare))) return 'announcement'
  if (segment.modality === null && (/^[^,]{1,10}了可以?(?![能靠行])/.test(bare) || /自愿$|自愿(?:的)?原则|系统(?:自动|统一)/.test(bare))) return 'announcement'
  // 成立由校长任组长的领导小组: the house sets itself up, unless it is ordered or dated.
  if (segment.modality === null && /^(?:原则(?:上)?)?同意(?!后|的)/.test(bare)) return 'announcement'
  if (segment.modality === null && segment.subject === null && segment.hits.length === 0 && /^成立[了]?由?[^,]{2,24}(?:任|担任|为)(?:组长|总指挥|指挥长|主任)/.test(bare)) return 'announcement'
  if (masked.charAt(segment.end) === ':' && /^(?:出席|列席|主持|主持人|记录|记录人|请假|缺席|参会|参加|签发)(?:人员)?$/.test(bare)) return 'context'
  // 领取时间：……, 报送方式：……: a label, the order stands behind it.
  if (masked.charAt(segment.end) === ':' && bare.length <= 10 && /(为$|时间|地点|方式|对象|范围|内容|要求|时限|期限|渠道|邮箱|电话|单位|部门|流程|步骤|标准|安排|格式|模板|样式)$/.test(bare)) return 'context'
  // 学生处牵头，……: who leads; what is to be done follows.
  if (!isLast && segment.subject !== null && segment.modality === null && /^.{2,16}牵头$/.test(bare)) return 'topic'
  // 小舍提醒您：……
  if (masked.charAt(segment.end) === ':' && bare.length <= 16 && /(提醒|提示|告知|倡议|建议|通知|要求|呼吁)(您|你|大家|你们|同学们|[各广][位大][\p{Script=Han}]{0,6})?$/u.test(bare)) return 'context'
  // 网信部门牵头，公安机关配合，……: who helps; what is to be done follows.
  if (!isLast && segment.modality === null && /^[^,]{2,18}(?:配合|协助|协同|参与)$/.test(bare) && /(?:^|[\n,。;:、])[^,。;由\n]{2,18}牵头,$/.test(masked.slice(Math.max(0, segment.start - 24), segment.start))) return 'topic'
  // 延期以一次为限: how far, no act of its own.
  if (!isLast && /以[^,]{1,8}为限$/.test(bare)) return 'condition'
  // 由市住建局牵头、交警支队配合，……: who leads and who helps; what is to be done follows.
  const led = segment.modality === null && !isLast ? /^([^,由]{0,20}由)([^,由]{2,16})牵头(?:[、和][^,]{2,20}(?:配合|参加|参与|协助|协同))?$/.exec(bare) : null
  if (led) {
    const from = segment.start + (led[1] ?? '').length
    Object.assign(segment, { subject: { start: from, end: from + (led[2] ?? '').length }, byPhrase: true, modalWord: '牵头' })
    return 'topic'
  }
  // 教室通风由教务处负责，……: who answers for it; what is to be done stands beside.
  const answering = segment.modality === null || segment.modalWord === '负责' ? /^([^,由]{0,14}由)([^,由]{2,16})(?:负责|把关|承担|安排)$/.exec(bare.replace(/(?:具体|统一|全面|全权)(?=负责$)/, '')) : null
  if (answering) {
    const from = segment.start + (answering[1] ?? '').length
    Object.assign(segment, { subject: { start: from, end: from + (answering[2] ?? '').length }, byPhrase: true })
    return 'topic'
  }
  // 以上堤段所缺的编织袋、块石, 你校提出的……事项: what it is about.
  if (!isLast && segment.modality === null && /^[^,]{1,14}所[^,]{1,2}的[^,]{2,30}$/.test(bare)) return 'object'
  if (!isLast && segment.modality === null && /^[^,]{2,10}提出的[^,]{2,24}(?:事项|问题|请求|申请|要求|建议|意见)$/.test(bare)) return 'context'
  if (!isLast && /^自[^,]{2,14}起,?(?:连续|为期)[^,]{1,6}[天日周]$/.test(bare)) return 'time'
  // 住校生除家长无法接回的以外，……: who is left out; whose order it is stands before.
  const but = !isLast && segment.modality === null ? /^([^,]{0,30}?)除[^,]{2,30}(?:以外|之外|外)$/.exec(bare) : null
  if (but) {
    const who = (but[1] ?? '').length
    if (who > 1 && namesActor(masked, segment.start, segment.start + who)) segment.subject = { start: segment.start, end: segment.start + who }
    return 'topic'
  }
  // 几个不要：……; 在家的孩子请您做到：……: a label above what is told.
  if (masked.charAt(segment.end) === ':' && (bare.length <= 8 && /(?:不要|不得|严禁|禁止|不准)$/.test(bare) || /(?:做到|记住|牢记|注意|遵守)$/.test(bare))) return 'context'
  const relative = /的$/.test(bare) && !/(是|要)[^,]{0,20}的$/.test(bare)
  const sanction = sanctions.find(masked, segment.start, segment.end)
  const reward = rewards.find(masked, segment.start, segment.end)
  // 严禁麻痹大意: a mood is forbidden, which nobody can check.
  if (segment.modality === null && !ban && mustNots.at(masked, segment.predicate) !== null && ATTITUDES.test(masked.slice(segment.predicate + (mustNots.at(masked, segment.predicate) ?? '').length, segment.end))) return 'context'
  if (relative && bare.length <= 60) return 'condition'
  // 对隐瞒病情的，按学生手册有关规定处理: what follows a fault.
  if (/的,?(?:一律)?(?:按|作|视为|以)[^,]{1,8}(?:处理|论处|论|对待)$/.test(bare) && !/^(?:不得|严禁|禁止)/.test(bare)) return 'evaluation'
  if (segment.modality !== 'must-not' && /^取消[^,]{0,10}(?:资格|称号|荣誉)|^(?:一律)?(?:清退|劝退|退学|解聘|辞退)(?:出|处理|$)/.test(bare)) return 'evaluation'
  if (segment.modality === null && /^(?:一律|依法|依规|严格)?按[^,]{2,16}(?:规定|办法|条例|规章|纪律|手册)(?:[^,]{0,4})?(?:处理|处置|办理)$/.test(bare) && /的,$/.test(masked.slice(Math.max(0, segment.start - 2), segment.start))) return 'evaluation'
  if (sanction && !(segment.verbClass === 'act' && segment.modality === 'must-not')) return 'evaluation'
  if (reward && !(segment.modality === 'must-not' && ban && reward.index > ban.index + ban.word.length + 4) && !/(报道|宣传|挖掘|(?<!优先)推荐|申报|上报|报送|评选|考察)/.test(bare)) return 'evaluation'
  // 不必到岗, 无需申请: leave, no order.
  if (segment.modality !== 'must-not' && /(不必|无需|无须|毋须|不需要?|免于)(?!要的)/.test(bare) && !/(也|仍|都)(要|须|应)/.test(bare)) return 'announcement'
  if (ANNOUNCE.test(bare) && (segment.modality !== 'must-not' || /^(?:逾期|过期|过时)/.test(bare))) return 'announcement'
  // 不论是否变质，一律销毁.
  if (!isLast && segment.modality === null && /不论|无论|不管/.test(bare)) return 'condition'
  // 停课与否由专家组评估, 选购时可参考公众号: left open, no order.
  const open = segment.modality === null ? bare.search(/是否|(?<=与)否/) : -1
  if (open >= 0 && (bare.charAt(open) === '否' || verbAfter(masked, segment.start, segment.start + open) === null)) return 'announcement'
  if (ban && segment.modality === 'must-not' && !isLast && /^(?:如(?!下)|若|倘若|假如|要是|因故|因病|因事|确)/.test(bare) && /^不[能可]?$|^不能|^不[^得准许要应宜再予允]/.test(ban.word)) {
    segment.modality = null
    return 'condition'
  }
  if (ban && segment.modality === 'must-not') {
    if (/^(以免|以防|避免|防止|确保|为)/.test(bare)) return 'outcome'
    if (ban.how === 'stop' && CONTEXT_OPENERS.test(bare)) return 'context'
    return 'act'
  }
  if (CONTEXT_PHRASES.test(bare) || CONTEXT_PHRASES.test(masked.slice(segment.predicate, segment.end).replace(/[。;!?:\s]+$/, ''))) return 'context'
  if (CONTEXT_OPENERS.test(bare) && !(segment.strong && (segment.verbClass === 'act' || (/^每次/.test(bare) && segment.verb !== null)) && !/^(现将|现就|特此|据|鉴于|由于|受)/.test(bare))) return 'context'
  if (/自(公布|印发|发布|下发)(?:之日|时)起/.test(bare) || /是.{0,14}(办法|关键|前提|基础|保障|根本|途径|高发期|季节|阶段|第一责任人)$/.test(bare)) return 'announcement'
  if (segment.modality === null && !/[方才]$/.test(masked.slice(segment.start, segment.predicate)) && /^(?:[^,]{0,4}时)?可(以)?(?![能靠行])/.test(masked.slice(segment.predicate, segment.end))) return 'announcement'
  if (/(本|该)(规定|通告|公告|办法|通知|方案|预案|意见|制度)(自|由|从|的解释)|制定本(?:规定|方案|预案|办法|通知|意见|公告|制度|细则|指南|要点)|特制定/.test(bare)) return 'announcement'
  // 如不能到校，请联系……: a case, no ban.
  // 疫苗未到货，不组织……: a state that still lasts.
  if (!isLast && segment.modality === null && bare.length <= 24 && /[^,]{2,14}未[\p{Script=Han}]{0,2}(?:到货|到位|解除|退|退去|好转|达标|合格|修复|恢复|完成|结束|清零|痊愈|稳定|查明|明|出|消退|干|停|通过|落实|送达|平息|排除|消除|安装|备案|验收)$/u.test(bare)) return 'condition'
  // 住校生未向宿管员登记，不准……: what was left undone.
  if (!isLast && segment.modality === null && UNDONE.test(bare)) return 'condition'
  if (!isLast && /(未经|非经|不经|未接到|未办理|未获|如有(变化|调整|变动)$|[未不][满足消愈]$)/.test(bare) && segment.modality === null && bare.length <= 40) return 'condition'
  if (!isLast && segment.modality === null && /^对于?[^,]{0,20}(?:未|没有|存在|有|不)[^,]{1,14}的[\p{Script=Han}]{1,8}$/u.test(bare)) return 'topic'
  // 对检查中发现的积水点，……: what it is about, no verb behind 的.
  if (!isLast && segment.modality === null && /^(?:对|对于|针对)[^,]{2,30}的[\p{Script=Han}]{1,6}$/u.test(bare) && verbAfter(masked, segment.start + bare.lastIndexOf('的') + 1, segment.start + bare.length) === null && /的/.test(masked.slice(segment.start, segment.end))) return 'topic'
  if (!isLast && /^(对|对于|针对|从|自).{2,50}(老人|残疾人|儿童|孤儿|孕产?妇|病人|病例|师生|学生|人员|同学|教职工|员工|者|对象|群体|家庭|部位|区域|场所|单位|情况|问题|隐患)$/.test(bare)) return 'topic'
  // 带上证明，到保健室登记: with what, the act stands behind.
  if (!isLast && segment.modality === null && bare.length <= 20 && /^(?:带[上好齐]|携带|持|凭)/.test(bare) && /^,(?:并|再)?(?:到|去|前往|至|向|经)/.test(masked.slice(segment.end, segment.end + 4))) return 'object'
  // 停课班级的教学安排，教务处……; 检查中发现的火灾隐患，责任单位……: what the order behind is about.
  if (!isLast && segment.modality === null && segment.subject === null && segment.hits.length === 0 && bare.length <= 22 && /^[^,将把对]{2,14}的[\p{Script=Han}]{0,4}(?:安排|工作|事项|隐患|问题|事宜|任务)$/u.test(bare)) return 'object'
  // “……情况，请报送X”: the object stands in front.
  if (!isLast && segment.modality === null && /[^的](情况|名单|材料|信息|报告|总结)$/.test(bare) && segment.hits.length === 0 && (segment.verb === null || segment.verbClass === 'vague')) return 'object'
  const named = !isLast && segment.modality === null ? /的(校区|学校|家长|孩子|幼儿|儿童|房间|病例|患者|居民|商户|车辆|教室|实验室|\p{Script=Han}{0,3}生|单位|学院|部门|师生|学生|人员|教师|同学|班级|教职工|家庭|场所|楼宇|宿舍|楼院|小区|社区|集体|个人|党员|班组|志愿者|同志|队员|干部|职工)$/u.exec(bare) : null
  if (named) {
    segment.subject = { start: segment.start, end: segment.start + bare.length }
    return 'topic'
  }
  if (isTimeOnly(segment, masked)) return 'time'
  if (!isLast && /((?<!小)时|后|前|期间|途中|的情况下|之日起|过程中|情形之一)$/.test(bare) && segment.modality === null && bare.length <= 40) return 'condition'
  // 授课教师发现学生缺课，应……; 楼梯上有人摔倒，……; 一周内出现3例以上，……; 喷洒当天，……
  const orders = /^,[^,]{0,10}(?:[应须要]|必须|立即|马上|请)/.test(masked.slice(segment.end, segment.end + 14))
  if (!isLast && segment.modality === null && bare.length <= 30 && orders && whoMeets(masked, segment.start, segment.end) && !/立即|及时|马上|第一时间|当[日天场]/.test(bare)) return 'condition'
  if (!isLast && segment.modality === null && orders && /^[^,]{0,8}有人/.test(bare) && bare.length <= 16) return 'condition'
  if (!isLast && segment.modality === null && bare.length <= 30 && /(?:出现|发生|发现)[^,]{0,10}(?:\d|[一两二三四五])[^,]{0,3}(?:以上|例|名|人|起|处|件)[^,]{0,4}$/.test(bare) && !/立即|及时/.test(bare)) return 'condition'
  if (!isLast && segment.modality === null && /^[^,]{2,14}(?:当天|当日|当晚|当周)$/.test(bare)) return 'condition'
  // 水位涨到警戒线，……: a state that sets something off.
  if (!isLast && segment.modality === null && segment.hits.length === 0 && !/[即应须要就]/.test(bare) && /(?:涨到|升到|升至|达到|超过|低于|高于|降至|降到|跌破)[^,]{1,14}$/.test(bare)) return 'condition'
  if (!isLast && CONDITION_OPENERS.test(bare) && segment.modality === null && !/(立即|及时|第一时间|马上|尽快|迅速|当[天日]|[\d半一二两三]个?(?:小时|分钟)内)/.test(bare) && (beforeVerb === null || !/^(对|将|把)/.test(beforeVerb) || segment.verb === null)) {
    if (!/^(对|有(?!人)|因)/.test(bare) || segment.verbClass === null || /^因/.test(bare)) return 'condition'
  }
  if (segment.subject && SELF.test(masked.slice(segment.subject.start, segment.subject.end)) && FUTURE.test(masked.slice(segment.subject.end, segment.end))) return 'announcement'
  if (segment.subject && segment.modality === null && segment.verbClass !== null && /^(不定期|定期|适时|及时|随后)?将/.test(masked.slice(segment.subject.end, segment.end)) && futureVerb(masked, segment.subject.end, segment.end)) return 'announcement'
  if (segment.subject && segment.modality === null && FUTURE.test(masked.slice(segment.subject.end, segment.end)) && !/^将/.test(masked.slice(segment.subject.end, segment.end))) return 'announcement'
  // 全校已完成三轮检测, 我校将于8月发布方案, 学校决定启动响应: told or announced.
  if (segment.modality === null && /^[^,的由]{0,10}已(?:经)?(?:完成|开展|组织|排查|安排|累计|发放|配发|启动|成立|恢复|实现)(?![^,]*[的由])/.test(bare)) return 'context'
  if (segment.modality === null && /^(?:我校|我院|学校|学院|我市|我省|我们|本校|校方)(?:决定|计划|拟(?![定订])|将(?=于|在|对|根据|依|视|适时|按|从|组织|安排|开展|启动|发布|公布|通知|成立|派|为|向|给予|进行|另|继续|陆续|统一))/.test(bare)) return 'announcement'
  // 如有不明之处，请与学工部联系.
  if (/(?:疑问|不明|不明之处|未尽事宜|其他问题|相关问题),$/.test(masked.slice(Math.max(0, segment.start - 8), segment.start)) && /^请?(?:及时|直接|随时)?(?:与|和|向|致电|拨打|联系|咨询)/.test(bare)) return 'announcement'
  // 学校定于7月25日开展演练: the house announces.
  if (segment.modality === null && /^[^,]{0,12}(?:定于|拟于)\d/.test(bare)) return 'announcement'
  if (FUTURE.test(bare) && segment.subject === null && /^(将|已(?!到|返|在|离|请|购|缴|确诊|[^,]{1,8}的(?:[须应要由请一]|人员|学生|师生))|拟(?![定订])|决定)/.test(bare) && !/(报|送|交|发|通知|列入|纳入)/.test(bare)) return 'announcement'
  if (segment.modality === null && /^[^,]{0,14}(?:未按|未及时|未能|不到位|不在岗)/.test(bare)) return 'context'
  if (segment.modality === null && /^(?:及时|随时|密切|主动)了解/.test(bare) && findRecurrence(bare) === null) return 'context'
  // 如遇大雨，顺延至15日: the plan shifts by itself.
  if (segment.modality === null && /^(?:则)?顺延/.test(bare) && /如?遇[^,]{1,8},$/.test(masked.slice(Math.max(0, segment.start - 12), segment.start))) return 'announcement'
  // 物资供应是有保障的: how it is.
  if (segment.modality === null && /是[^,]{1,8}的$/.test(bare)) return 'context'
  // 水位已超警戒0.3米, 会议决定启动响应: how things stand.
  if (segment.modality === null && (/已(?:超|达|突破|升至|涨至|降至)/.test(bare) && !/的/.test(bare) || /^超(?:警戒|保证|汛限|历史)/.test(bare) || /(?:已经|业已|均已|都已|已连续|正在|再次发生)(?![^,]*的)/.test(bare) || /^会议(?:决定|听取|认为|指出|通报|审议|传达)/.test(bare))) return 'context'
  if (segment.modality === null && PAST.test(bare) && (segment.verbClass !== 'act' || /^[^,]*连续/.test(bare))) return 'context'
  if (/^避免(发生|造成|出现|引发|因|重大|人员伤亡|人员|事故|损失|风险|交叉|疫情|二次|次生)/.test(masked.slice(segment.predicate, segment.end))) return 'outcome'
  if (outcomes.at(masked, segment.predicate) !== null && segment.modality === null && segment.subject === null && !segment.hits.some((hit) => hit.kind === 'absolute' && hit.limit) && !/[报交送](?!告)\p{Script=Han}{2,12}$/u.test(bare)) return 'outcome'
  // 我市、全省: how things stand there, unless a verb stands before.
  const place = segment.modality === null ? /^.{0,14}?(?<![向报到至])(?=我市|我省|我区|我县|全市|全省|省防总|市防指|省防指)/.exec(bare) : null
  if (place && verbAfter(masked, segment.start, segment.start + place[0].length) === null) return 'context'
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
  return 'act'
}

/** 将 before a verb tells what will be; before a noun it takes the object to the front (将名单报…). */
function futureVerb(masked: string, from: number, to: number): boolean {
  const at = masked.indexOf('将', from) + 1
  if (at <= 0 || at >= to) return false
  for (let i = at; i < Math.min(to, at + 6); i++) if (verbs.at(masked, i) !== null && nouns.at(masked, i) === null) {
    // 将预约量压减一半: a thing stands between, so 将 takes it to the front.
    if (i > at && !/^[\d于在对视根据依会同适及随不另择每定分统陆续按向从以与为给就逐进派专先全再继]/.test(masked.slice(at, i))) return false
    return !/[报送交发]/.test(masked.slice(i + 1, to))
  }
  return false
}

function isTimeOnly(segment: Segment, masked: string): boolean {
  if (segment.hits.length === 0 || segment.verb !== null && segment.verbClass === 'act' && segment.hits.every((hit) => !masked.slice(hit.start, hit.end).includes(segment.verb ?? '□'))) return false
  let rest = masked.slice(segment.start, segment.end)
  if (segment.subject) rest = masked.slice(segment.subject.end, segment.end)
  for (const hit of segment.hits) rest = rest.replace(masked.slice(hit.start, hit.end), '')
  return rest.replace(/[\s、,。于在自从到至要须应请各前后止的每日天周必务]/g, '').length <= 1
}
