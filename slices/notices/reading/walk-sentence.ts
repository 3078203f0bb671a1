/** Walks one sentence: carries subject, time and condition from segment to segment and drafts its duties. */
import { findSubject, namesActor } from './actors.ts'
import { continues, untilWhen } from './continues.ts'
import { chooseDeadline } from './deadlines.ts'
import { findRecurrence } from './recurrence.ts'
import type { TimeHit } from './calendar.ts'
import { extend, makeDraft, setDeadline, trimEnd } from './draft.ts'
import type { Carry, Draft } from './draft.ts'
import { EXHORTATIONS } from './knowledge/exhortations.ts'
import { findReport } from './report.ts'
import { readSegment } from './segment.ts'
import { amongActs, labelledAct } from './unlisted.ts'
import { splitSegments } from './sentences.ts'
import type { Piece } from './sentences.ts'
import { KEEP, weigh } from './weight.ts'
import type { Inked, Walk } from './weight.ts'

/** No sentence of a notice is longer; what is, is not read. */
export const MAX_SENTENCE = 3000

/** A sentence that praises, counts or looks back: what it tells of was done already. */
const LOOKS_BACK = new RegExp([
  '值得[\\p{Script=Han}]{0,4}(肯定|借鉴|学习|表扬|推广)|应予肯定|予以(通报)?表扬|受到[^,。]{0,14}(表扬|好评|肯定|赞)|赢得|事迹(感人|突出)|展现了|(?<!要|应|须)树立了|做到了|编进|成为[^,。]{0,10}(榜样|典型)|冒雨|冒雪|顶风',
  '^截至[^,。]{1,12},[^。]{0,6}(?:已|共|累计)|^据(?:统计|了解|悉|报道|介绍|反映|不完全统计)|^(?:实践|事实)证明|^经验表明|^不得不说|^经过[^,]{2,20}(?:奋战|努力|抢修)|^对此,[^,]*高度重视',
  '^过去[一两几]?个?[周月年]|累计|共有\\d|均已|教训|造成[^,。]{0,6}(伤亡|死亡|损失)|(?<!如)发现,(?:部分|个别|有的|少数)', '^(?:去年|上年|前年|上月|上周|前期|此前|日前|昨[日天]|[^,。]{0,12}以来,|个别|有的|少数|不少|某[高学院校单]|经?检查发现)'
].join('|'), 'u')

/** 在此一并表示感谢, where nothing is asked for by a day. */
const THANKS = /表示(?:最?(?:衷心|诚挚|崇高|由衷)的?)?(?:感谢|谢意|敬意|慰问)[。!]?$/

/** 一些同学……，饭前不洗: told of some; only an express order counts. */
const OF_SOME = /^(?:但|也|又|仍|还)?(?:有的(?!放矢)|有些|有个别|有少数|一些|个别|少数|不少(?!于)|许多|好几|几[名位个]|[他她]们?|昨[日天晚]|[^,。;]{1,12}(?:三夜|昼夜|彻夜|通宵)不)/
/** The next piece forbids, perhaps behind its own subject. */
const BAN_AHEAD = /不得|严禁|禁止|不准|不许|不允许|不要|不可|请勿|切勿|一律不|暂停|暂缓|不予|不能|谢绝/
/** A meeting is told of. */
const REPORTED = /(?:研究了|召开了?|听取了|传达了|部署了|审议了)[^。]{0,60}(?:,强调|,指出|,认为|,要求)|(?:会议|讲话|批示)(?:强调|指出|认为)/
/** Rumours, and what was a year or a day ago. */
const STORY = /^据(?:了解|悉|统计|报道|反映)|^网传|谣传|系谣言|(?:说法|消息|信息|传言)不实|^(?:去年|前年|往年|上年|此前|日前|昨[日天晚])/
/** 为什么要做核酸?: asked, not ordered. */
const ASKS = /(?:吗|呢|么|什么|为何|如何|怎样|哪[里些个]|多少|几[个天次]|谁|是否|行不行|要不要|能不能|可不可以|有没有|是不是|多久|多长|能否|可否)[^,。;]{0,14}\?$/

/** 第一批8月27日8:00-18:00机电学院、土木学院: which of them, when; who they are is all that stands behind. */
function slotOf(text: string, line: Piece, hits: readonly TimeHit[]): Piece | null {
  const hit = hits.length === 1 ? hits[0] : undefined
  if (hit?.kind !== 'absolute' || hit.dueAt === null || !/^[\p{Script=Han}\d]{0,8}[:(]?$/u.test(text.slice(line.start, hit.start).trim()) || /[。;,!?]/.test(text.slice(line.start, line.end))) return null
  const who = text.slice(hit.end, line.end).replace(/^[:)]/, '')
  const parts = who.split('、')
  return parts.every((part) => namesActor(part, 0, part.length) || /^[\p{Script=Han}\d]{0,12}(?:学生|新生|年级|研究生|本科生|级|院|系|部|班|楼)$/u.test(part)) ? { start: line.end - who.length, end: line.end } : null
}

/** Places that may have a name like a unit's; 各实验室 are those in them. */
const PLACE = /^[^各每]*(?:馆|校区|宿舍|实验室|教室|公寓|楼|厅|门岗|园区|点|食堂|餐厅)$/

/** A unit's name and a colon at the head: who does what follows. */
function labelOf(text: string, pieces: readonly Piece[]): boolean {
  const first = pieces[0]
  if (first === undefined || pieces.length < 2 || text.charAt(first.end) !== ':') return false
  const subject = findSubject(text, first.start, first.end)
  return subject !== null && subject.end === first.end && !/人$/.test(text.slice(subject.start, subject.end))
}

export function walkSentence(walk: Walk, text: string, masked: string, sentence: Piece, item: number, hits: TimeHit[], carry: Carry, preamble: boolean, last: boolean, titled: boolean, signed: string | null): void {
  const pieces = sentence.end - sentence.start <= MAX_SENTENCE ? splitSegments(masked, sentence.start, sentence.end) : []
  const inked: Inked = { ...sentence, item, kind: 'context', drafts: [], fallback: 'context' }
  walk.sentences.push(inked)
  if (/^(\()?(联系人|查询|咨询|垂询|联系电话|咨询电话|联系方式|电话|邮箱|报送邮箱|材料报送邮箱|值班电话|监督电话|举报电话|附件|附|抄送|地址|[\p{Script=Han}\d]{2,10}(?:电话|热线|专线|邮箱)(?=:|\d{3}))[\d一二三]?[^,。]{0,6}(?::|(?<=\d))/u.test(text.slice(sentence.start, sentence.start + 20))) return
  // 注：……不得……: a remark, unless it orders.
  if (/^(?:注|备注|说明):/.test(text.slice(sentence.start, sentence.start + 4)) && !/不得|严禁|禁止|不准|请勿|切勿|务必|须(?!知)/.test(text.slice(sentence.start, sentence.end))) return
  if (ASKS.test(text.slice(sentence.start, sentence.end))) return
  // 融雪剂分配情况(单位:吨): the caption of a table.
  if (/\(单位:[^)]{1,6}\)$/.test(text.slice(sentence.start, sentence.end))) return
  const slot = carry.roster ? slotOf(text, sentence, hits) : null
  if (slot !== null) {
    const segment = Object.assign(readSegment(text, masked, sentence, hits, true), { subject: slot, byPhrase: false, modality: null })
    const draft = makeDraft(segment, sentence, text, item, 'must', 1, ['日程里的一行：谁在什么时候（1）'], carry, null, null, false, [], null)
    walk.drafts.push(draft)
    inked.drafts.push(draft)
    return
  }
  let previous: Draft | null = null
  let condition: Piece | null = null
  let lead: Piece | null = null
  let leadHits: TimeHit[] = []
  // 台风影响期间，…: a period at the head of a sentence holds for all of it.
  let period: TimeHit[] = []
  carry.modality = null
  const before = { subject: carry.subject, source: carry.source }
  let exhorted = false
  const body = text.slice(sentence.start, sentence.end)
  const past = LOOKS_BACK.test(body) || (THANKS.test(body) && !hits.some((hit) => hit.limit)) || hits.some((hit) => hit.kind === 'absolute' && !hit.limit && !hit.opening && hit.start <= sentence.start + 1 && !/^(以来|起|至|后)/.test(text.slice(hit.end, hit.end + 2)) && signed !== null && hit.dueAt !== null && hit.dueAt.slice(0, 10) < signed)
  const exhorting = [...EXHORTATIONS].filter((word) => body.includes(word)).length >= 2
  let object = false
  let judged = false
  let aside: Carry['subject'] = null
  // 校医院：体育馆设医疗点: whoever the label names does it, and the place is where.
  const labelled = labelOf(text, pieces)
  pieces.forEach((piece, k) => {
    const segment = readSegment(text, masked, piece, hits, k === pieces.length - 1)
    if (labelled && k > 0 && segment.modality === null && !segment.byPhrase && segment.subject && PLACE.test(text.slice(segment.subject.start, segment.subject.end))) segment.subject = null
    const near = (): boolean => previous !== null || (pieces[k + 1] !== undefined && readSegment(text, masked, pieces[k + 1] as Piece, hits, k + 2 === pieces.length).verbClass === 'act')
    // 2号水泵不能启动: what was found, where findings are told.
    if (carry.told && segment.modality === 'must-not' && /^不能|^无法/.test(segment.modalWord ?? '')) Object.assign(segment, { role: 'context', modality: null })
    // ……无旅居史，且健康码为绿码的学生方可返校: both say which.
    if (/^(?:并)?且/.test(text.slice(piece.start, piece.end)) && segment.role === 'act' && previous === null && lead === null && k > 0) {
      lead = { start: pieces[k - 1]?.start ?? piece.start, end: piece.start }
      object = true
    }
    if (!preamble && !carry.told && !past) {
      if (labelled && k > 0 && labelledAct(segment, masked)) Object.assign(segment, { role: 'act', verbClass: 'unknown', bareAct: true, subject: segment.subject ?? carry.subject })
      else if (amongActs(segment, masked) && near()) Object.assign(segment, { role: 'act', verbClass: 'act' })
    }
    // 管道未做防冻处理，不得关闭暖气: what is not yet so, then the ban.
    const ahead = pieces[k + 1]
    if (ahead && segment.modality === null && /^(?:act|context|announcement)$/.test(segment.role) && piece.end - piece.start <= 26 && /(?:未|没有|尚无|没)(?!来)/.test(text.slice(piece.start, piece.end)) && !(segment.verbClass === 'act' && /(?:未|没)\p{Script=Han}{1,4}(?:学生|师生|人员|人数|同学|教师|名单|情况|者)$/u.test(text.slice(segment.predicate, piece.end).replace(/[,。;]$/, ''))) && !/[将把]|已/.test(text.slice(piece.start, piece.end)) && BAN_AHEAD.test(text.slice(ahead.start, Math.min(ahead.end, ahead.start + 16)))) segment.role = 'condition'
    if (segment.subject && !segment.byPhrase && !segment.emphasis && segment.role !== 'evaluation' && !(segment.role === 'condition' && /^对|发现|出现|发生/.test(text.slice(segment.start, segment.end)))) {
      // 各连队须询问，凡发热者不得参训，并报医务员: who stands at the head goes on after those it concerns.
      aside = carry.subject !== null && carry.subject.start >= sentence.start && /者$/.test(text.slice(segment.subject.start, segment.subject.end)) ? (aside ?? carry.subject) : null
      carry.subject = segment.subject
      carry.source = 'subject'
    } else if (aside !== null && segment.startsWithAnd && segment.subject === null && segment.modality !== 'must-not') {
      carry.subject = aside
      aside = null
    }
    if (segment.role === 'object') {
      lead = { start: segment.start, end: piece.end }
      object = true
      previous = null
      return
    }
    if (segment.role === 'topic' && segment.byPhrase) {
      // 检测由校医院负责，结果异常的，辅导员……: past the condition, whose order is it?
      let ahead = k + 1
      while (ahead + 1 < pieces.length && /的$/.test(text.slice(pieces[ahead]?.start, pieces[ahead]?.end)) && findSubject(text, pieces[ahead]?.start ?? 0, pieces[ahead]?.end ?? 0) === null) ahead++
      const next = pieces[ahead]
      const draft = previous as Draft | null
      // “……要先拆后报，由后勤处负责”: the actor of what stands before, also where another's order follows.
      const others = next !== undefined && /^由[^,]{2,16}(?:负责|牵头|执行|实施|组织|落实|办理|承办)[。;,]?$/.test(text.slice(segment.start, piece.end)) && (findSubject(text, next.start, next.end)?.start ?? next.end) <= next.start + 1
      if ((next === undefined || others) && draft !== null && draft.modality === 'must' && text.charAt(segment.start) === '由') {
        draft.actorAt = segment.subject
        draft.actorSource = 'by-phrase'
        return
      }
      // Alone, or followed by another with its own actor, it is an order.
      const after = next === undefined ? null : readSegment(text, masked, next, hits, ahead + 1 === pieces.length)
      if (after === null || after.subject !== null || after.modality === 'must-not') segment.role = 'act'
      else Object.assign(carry, { subject: segment.subject, source: 'by-phrase' })
    }
    if (segment.role === 'condition' || segment.role === 'topic') {
      condition = condition ? { start: (condition as Piece).start, end: piece.end } : { start: segment.start, end: piece.end }
      lead = lead ? { start: (lead as Piece).start, end: piece.end } : { start: segment.start, end: piece.end }
      // 一周内出现3例以上: what is counted, no limit.
      // 曾于5月12日在该处用膳的，……: when it was.
      if (!(segment.role === 'condition' && /曾[于在经到去]|[去到来用吃接触住]过/.test(text.slice(segment.start, segment.end)))) leadHits.push(...segment.hits.filter((hit) => hit.kind !== 'vague' && !(segment.role === 'condition' && hit.kind === 'relative' && /^[^,]{0,4}(?:出现|发生|发现|累计|新增)/.test(text.slice(hit.end, hit.end + 8)))))
      if (walkable(segment.hits) && /(期间|前)$/.test(text.slice(segment.start, segment.end))) period = segment.hits.filter((hit) => hit.kind === 'anchored')
      if (segment.modality !== null && segment.modality !== 'must-not') carry.modality = segment.modality
      previous = null
      return
    }
    if (segment.role === 'time') {
      // “……喷洒药剂，至10月31日止”: the end stands behind.
      const until = previous !== null && /^(直?至|直到|截至|截止到?)|为止[。;]?$/.test(text.slice(piece.start, piece.end)) ? chooseDeadline(segment.hits) : null
      if (until !== null && previous !== null) {
        if ((previous as Draft).hit?.kind !== 'daily') setDeadline(previous as Draft, until, segment.hits)
        ;(previous as Draft).end = trimEnd(text, piece.end)
        return
      }
      leadHits.push(...segment.hits)
      if (walkable(segment.hits) || /^自?.{4,20}起至/.test(text.slice(segment.start, segment.end))) period = segment.hits
      lead = lead ? { start: (lead as Piece).start, end: piece.end } : { start: segment.start, end: piece.end }
      if (segment.modality !== null) carry.modality = segment.modality
      return
    }
    if (segment.modality === 'must-not' && (OF_SOME.test(body) || OF_SOME.test(text.slice(segment.start, segment.end))) && /^不(?![得准许要能可允应宜])|^[停暂推延取]/.test(segment.modalWord ?? '')) { previous = null; return }
    // 委员会研究了防控工作，强调要……: what a meeting said, above the orders.
    if (preamble && REPORTED.test(body)) { previous = null; return }
    // 网传学校取消考试, 去年此时停课三天: told.
    if (segment.modality === 'must-not' && STORY.test(body) && /^不(?![得准许要能可允应宜])|^[停暂推延取]/.test(segment.modalWord ?? '')) { previous = null; return }
    if (segment.role === 'evaluation') { judged = true; condition = null; lead = null; previous = null; return }
    if (segment.role === 'context' || segment.role === 'announcement') {
      if (segment.modality !== null && segment.modality !== 'must-not') carry.modality = segment.modality
      if (segment.role === 'announcement' && previous === null && /另行通知/.test(text.slice(piece.start, piece.end))) leadHits = []
      // “每周三14时至16时为清扫时间，届时各班……”: at that very time.
      if (segment.role === 'announcement' && ahead && /^届时/.test(text.slice(ahead.start, ahead.end))) leadHits.push(...segment.hits)
      // “……消毒，每日两次”: the rhythm belongs to what stands before.
      const rhythm = segment.role === 'context' && previous !== null && piece.end - piece.start <= 13 ? findRecurrence(text.slice(piece.start, piece.end)) : null
      if (rhythm !== null && previous !== null) {
        (previous as Draft).recurrence ??= rhythm
        ;(previous as Draft).end = trimEnd(text, piece.end)
        return
      }
      // “每三天换水一次，并洗刷瓶身”: what 并 joins on goes on, whatever its verb.
      const joined = segment.role === 'context' && segment.startsWithAnd && previous !== null && (segment.subject === null || segment.subject.end >= trimEnd(text, piece.end)) && segment.hits.length === 0 && piece.end - piece.start <= 12 && /^[\p{Script=Han}]{3,}[。;]?$/u.test(text.slice(segment.start, piece.end)) && !/[是有为会能已]|的$|了/.test(text.slice(segment.start, piece.end)) && /^,并?$/.test(text.slice((previous as Draft).end, segment.start))
      const until = segment.role === 'context' && previous !== null && /^,$/.test(text.slice((previous as Draft).end, segment.start)) && untilWhen(segment, previous, text.slice(segment.start, piece.end).replace(/[。;!?]$/, ''), text)
      if (joined || until) { extend(previous as unknown as Draft, segment, text, []); return }
      // “布雷图指数超过5的片区，责任单位要……”, “隔离期未满，不得……”: nothing is ordered here, yet it says of whom or when.
      const loose = segment.role === 'context' && segment.verb === null && segment.modality === null && previous === null && k + 1 < pieces.length && piece.end - piece.start <= 26 && !/^(?:只|仅)|从[^,]{1,8}[进出走行]$|即[停走到]/.test(text.slice(piece.start, piece.end).replace(/[,。;]$/, '')) && !/^(按照?|根据|依据|结合|围绕|针对|为|以)/.test(text.slice(piece.start, piece.end)) && ((segment.subject !== null && (piece.end - segment.subject.end <= 2 || !BAN_AHEAD.test(text.slice(pieces[k + 1]?.start, (pieces[k + 1]?.start ?? 0) + 6)))) || (segment.subject !== null && /\d|[以超]|期间|未|无|有|为|系|不/.test(text.slice(segment.subject.end, piece.end))) || /(?:[者员]|的\p{Script=Han}{2,4}|[未不]\p{Script=Han})$/u.test(text.slice(piece.start, piece.end)))
      if (loose) lead = lead ? { start: (lead as Piece).start, end: piece.end } : { start: segment.start, end: piece.end }
      if (segment.role === 'announcement') { announceUntil(walk, inked, text, piece); condition = null; lead = null }
      // A long subject alone before its predicate keeps its place.
      return
    }
    // “……检查，……垫高，上述工作务必在14日前完成”: until when what stands before is to be done.
    if (closesAbove(text.slice(segment.start, piece.end)) && segment.hits.some((hit) => hit.limit)) {
      const hit = chooseDeadline(segment.hits)
      const above = hit === null ? [] : walk.drafts.filter((draft) => draft.item === item && draft.modality === 'must' && (draft.hit === null || draft.hit.kind === 'vague'))
      for (const draft of above) {
        setDeadline(draft, { ...(hit as TimeHit), derivation: [hit?.derivation, '后文写明上述工作的时限'].filter(Boolean).join('；') }, [])
        draft.why.push('沿用后文“上述工作”的时限')
      }
      if (above.length > 0) { previous = null; return }
    }
    const why: string[] = []
    // Advice does not reach over to what names its own actor, time or receiver.
    if (carry.modality === 'should' && segment.modality === null && (/[请须应]|务必/.test(text.slice(piece.start, piece.end)) || segment.subject !== null || segment.hits.some((hit) => hit.kind !== 'anchored') || findReport(text.slice(piece.start, piece.end)) !== null)) carry.modality = null
    const plain = segment.modality === null
    let weight = weigh(segment, text, [...segment.hits, ...leadHits], carry.modality, preamble, why)
    if (plain && (carry.told || past)) { weight -= 1.2; why.push('说的是已经发生的事（-1.2）') }
    // “要高度重视，加强领导，明确分工，落实责任”: one more word of the same kind.
    if (plain && exhorting && piece.end - piece.start <= 6 && segment.hits.length === 0) { weight -= 0.6; why.push('夹在勉励语中间的短句（-0.6）') }
    // “一是严格校门管理。”: a running marker with a short sentence of its own is a heading.
    if (segment.running && pieces.length === 1 && piece.end - piece.start <= 18 && segment.modality !== 'must-not' && segment.hits.every((hit) => hit.kind === 'vague') && !last) { weight -= 1; why.push('序号后的短句是小标题（-1）') }
    const modality = segment.modality ?? carry.modality ?? 'must'
    if (segment.modality === 'must' || segment.modality === 'should') carry.modality = segment.modality
    if (segment.role === 'outcome' || weight < KEEP) exhorted = true
    // “做好供暖保障，食堂要储备……”: a light verb at the head announces what follows.
    if (k === 0 && pieces.length > 1 && segment.modality === null && segment.subject === null && segment.hits.length === 0 && segment.verbClass !== 'act' && findRecurrence(text.slice(piece.start, piece.end)) === null) { weight -= 0.3; why.push('句首的虚动词引出后文（-0.3）') }
    if (titled && pieces.length === 1 && piece.end - piece.start <= 16 && segment.modality === null && segment.subject === null) { weight -= 0.6; why.push('段首短句是小标题（-0.6）') }
    if (continues(segment, previous, text) && previous) {
      extend(previous, segment, text, why)
      return
    }
    if (segment.role === 'outcome') return
    const draft = makeDraft(segment, piece, text, item, modality, weight, why, carry, condition, lead, object, [...leadHits, ...period], previous)
    object = false
    walk.drafts.push(draft)
    inked.drafts.push(draft)
    previous = draft
    condition = null
    lead = null
    leadHits = []
  })
  // Who answers for one sentence does not answer for the next.
  if (carry.source === 'by-phrase') Object.assign(carry, before)
  inked.fallback = judged ? 'evaluation' : exhorted ? 'principle' : condition !== null ? 'condition' : 'context'
}

/** 上述工作务必在14日20时前完成. */
const closesAbove = (said: string): boolean => /^(?:上述|以上|前述)(?:各?项?)(?:工作|任务|事项|措施|整改)(?:均|都|一律)?(?:须|应|要|必须|务必|请)?(?:于|在)?[^,。;]{2,18}前(?:全部|全面)?(?:完成|完毕|到位|落实|办结)(?:到位|完毕)?[。;]?$/.test(said)

const walkable = (hits: readonly TimeHit[]): boolean => hits.length > 0 && hits.every((hit) => hit.kind === 'anchored')

/** “……返校，返校时间另行通知”: what was put off is put off until then. */
function announceUntil(walk: Walk, inked: Inked, text: string, piece: Piece): void {
  const last = inked.drafts[inked.drafts.length - 1]
  const words = text.slice(piece.start, piece.end)
  if (!last || last.modality !== 'must-not' || !/另行(通知|公布)|另定/.test(words)) return
  if (!/(暂缓|推迟|延迟|暂停|停)/.test(text.slice(last.start, last.end))) return
  // A day that is put off holds no longer; a stop on a named day keeps it.
  if (last.hit !== null && !last.hit.opening && !/推迟|延期|改期|延后|推后/.test(text.slice(last.start, last.end))) return
  // “……推迟举行，天气好转后另定日期”
  const until = /^[\p{Script=Han}]{2,10}后(?=另)/u.exec(words)
  last.hit = null
  last.deadline = until ? until[0] : '另行通知前'
  last.deadlineWords = until ? [{ start: piece.start, end: piece.start + until[0].length }] : []
  last.deadlineKind = 'anchored'
  last.why.push('“另行通知”说明到通知为止')
}
