/** Walks the items of a body and drafts the duties: the act, its actor, modality, time, condition; and the ink of each sentence. */
import { actorName, findSubject } from './actors.ts'
import { readSegment } from './classify.ts'
import type { Segment } from './classify.ts'
import { EXHORTATIONS } from './knowledge/exhortations.ts'
import { chooseDeadline, findRecurrence, findTimes } from './deadlines.ts'
import type { DateFault, TimeFrame, TimeHit } from './deadlines.ts'
import { UNDONE } from './modals.ts'
import type { Item } from './numbering.ts'
import { splitSegments, splitSentences } from './sentences.ts'
import type { Piece } from './sentences.ts'
import { findEvidence, findReport } from './report.ts'
import type { TableOrder } from './tables.ts'
import type { ActorSource, DeadlineKind, Modality, SentenceKind } from './types.ts'

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
export type Inked = Piece & { item: number; kind: SentenceKind; drafts: Draft[]; fallback: SentenceKind }
export type Walk = { drafts: Draft[]; sentences: Inked[]; faults: DateFault[] }
export type WalkFrame = { time: TimeFrame; blocked: (from: number, to: number) => boolean; hasNumbers: boolean; forwarded: boolean; tables: readonly TableOrder[] }

/** From this weight on a segment is a duty; below it is exhortation. */
export const KEEP = 0.8
/** In a notice that holds hardly anything but exhortation, acts named in it count from here. */
export const KEEP_IN_EXHORTATION = 0.55

/** No sentence of a notice is longer; what is, is not read. */
const MAX_SENTENCE = 3000

/** `told`: under a heading that announces facts (暗访发现的问题), nothing is ordered without a modal word. */
/** `due`: until when all that stands below a heading or a colon is to be done. */
type Carry = { subject: Piece | null; source: ActorSource; modality: Modality | null; told?: boolean; due?: TimeHit | null }

/** Headings under which a notice tells what happened. */
const TELLS_FACTS = /(存在|主要|突出|发现|典型|暴露)[\p{Script=Han}]{0,6}问题$|^(基本|总体|前期|目前|事件|疫情|灾情|险情)?(?:情况|概况|经过)$|(当前|总体|目前)形势$|(工作|整治|防控)成效$/u
/** A sentence that praises, counts or looks back: what it tells of was done already. */
const LOOKS_BACK = new RegExp([
  '值得[\\p{Script=Han}]{0,4}(肯定|借鉴|学习|表扬|推广)|应予肯定|予以(通报)?表扬|受到[^,。]{0,14}(表扬|好评|肯定|赞)|赢得|事迹(感人|突出)|展现了|(?<!要|应|须)树立了|做到了|编进|成为[^,。]{0,10}(榜样|典型)|冒雨|冒雪|顶风',
  '^截至[^,。]{1,12},[^。]{0,6}(?:已|共|累计)|^据(?:统计|了解|悉|报道|介绍|反映|不完全统计)|^(?:实践|事实)证明|^经验表明|^不得不说|^经过[^,]{2,20}(?:奋战|努力|抢修)|^对此,[^,]*高度重视',
  '累计|共有\\d|均已|教训|造成[^,。]{0,6}(伤亡|死亡|损失)|(?<!如)发现,(?:部分|个别|有的|少数)', '^(?:去年|上年|前年|上月|上周|前期|此前|日前|昨[日天]|[^,。]{0,12}以来,|个别|有的|少数|不少|某[高学院校单]|经?检查发现)'
].join('|'), 'u')

/** 一些同学……，饭前不洗: told of some; only an express order counts. */
const OF_SOME = /^(?:但|也|又|仍|还)?(?:有的(?!放矢)|有些|有个别|有少数|一些|个别|少数|不少(?!于)|许多|好几|几[名位个]|[他她]们?|昨[日天晚]|[^,。;]{1,12}(?:三夜|昼夜|彻夜|通宵)不)/
/** The next piece forbids, perhaps behind its own subject. */
const BAN_AHEAD = /不得|严禁|禁止|不准|不许|不允许|不要|不可|请勿|切勿|一律不|暂停|暂缓|不予|不能|谢绝/
/** ……前完成以下工作: what is to be done stands below. */
const BELOW = /(?:完成|做好|落实|抓好|办理|办结|报送|提交|开展|做到)[^,。;]{0,4}(?:以下|下列|如下)[^。;]{0,14}:$/
/** A meeting is told of. */
const REPORTED = /(?:研究了|召开了?|听取了|传达了|部署了|审议了)[^。]{0,60}(?:,强调|,指出|,认为|,要求)|(?:会议|讲话|批示)(?:强调|指出|认为)/
/** Rumours, and what was a year or a day ago. */
const STORY = /^据(?:了解|悉|统计|报道|反映)|^网传|谣传|系谣言|(?:说法|消息|信息|传言)不实|^(?:去年|前年|往年|上年|此前|日前|昨[日天晚])/
/** 为什么要做核酸?: asked, not ordered. */
const ASKS = /(?:吗|呢|么|什么|为何|如何|怎样|哪[里些个]|多少|几[个天次]|谁|是否|行不行|要不要|能不能|可不可以|有没有|是不是)[^,。;]{0,14}\?$/

/** How concrete is this segment? The sum is explained in `why`. */
function weigh(segment: Segment, text: string, hits: readonly TimeHit[], carried: Modality | null, preamble: boolean, why: string[]): number {
  const base = segment.verbClass === 'act' ? 1 : segment.verbClass === 'semi' ? 0.55 : segment.verbClass === 'vague' ? 0.35 : segment.verbClass === 'unknown' ? 0.35 : 0
  let weight = base
  const add = (value: number, reason: string): void => { weight += value; why.push(`${reason}（${value > 0 ? '+' : ''}${value}）`) }
  why.push(`动词“${segment.verb ?? '未识别'}”${segment.verbClass === 'act' ? '是实动词' : segment.verbClass === 'semi' ? '要看宾语' : segment.verbClass === 'vague' ? '偏表态' : '不在词表'}（${base}）`)
  if (segment.modality === 'must-not') add(1, `禁止词“${segment.modalWord ?? ''}”`)
  else if (segment.modality !== null && segment.modalWord !== null) add(segment.modalWord === '负责' ? 0.5 : segment.strong ? 0.3 : 0.2, `情态词“${segment.modalWord}”`)
  else if (carried !== null) add(0.1, '沿用前文情态')
  // 须测体温, 一律回港: whatever the act is called, it is ordered outright.
  if (segment.verbClass === 'unknown' && /^(必须|务必|务须|须|应当|一律)$/.test(segment.modalWord ?? '') && !segment.abstractObject && segment.exhortation === null) add(0.15, '明令')
  if (segment.subject) add(segment.byPhrase ? 0.3 : 0.1, `写明主语“${text.slice(segment.subject.start, segment.subject.end)}”`)
  if (segment.bareAct) add(0.4, '写明谁做什么')
  // 居民小组长配合: that is all there is to do.
  if (segment.subject && /^(?:予以|给予|积极|全力)?(?:配合|协助|协同)[。;,]?$/.test(text.slice(segment.subject.end, segment.end))) add(0.3, '写明谁配合')
  if (segment.concreteObject !== null && segment.verbClass !== 'act') add(0.35, `宾语“${segment.concreteObject}”可以检查`)
  else if (segment.abstractObject && segment.verbClass !== 'act') add(-0.35, '宾语抽象')
  const body = text.slice(segment.start, segment.end)
  if (hits.some((hit) => hit.kind === 'absolute' || hit.kind === 'daily' || (hit.kind === 'relative' && hit.limit))) add(0.4, '有时限')
  else if (hits.some((hit) => hit.kind === 'anchored' && hit.limit)) add(0.25, '以某事为限')
  else if (hits.some((hit) => hit.kind === 'vague' && /立即|第一时间|马上|立刻/.test(hit.value))) add(0.15, '有“立即”类时限')
  if (findRecurrence(body) !== null) add(0.3, '有频次')
  if (/\d|[一二三四五六七八九十两]+(名|人|个|次|支|套|台)|一[人户生案班]一/.test(body)) add(0.15, '有数量')
  if (findReport(body) !== null) add(0.4, '写明报送对象')
  if (segment.exhortation !== null && segment.modality !== 'must-not') add(-0.6, `勉励语“${segment.exhortation}”`)
  else if (/(带头|充分|坚决|切实|千方百计|全力|不断|大力|广泛|牢牢|以.{1,12}(精神|态度|行动|责任))/.test(body) && segment.verbClass !== 'act') add(-0.2, '勉励语气')
  if (segment.role === 'outcome') add(-0.8, '说的是结果或目的')
  if (segment.modality === 'should' && segment.modalWord !== null && (/建议|提倡|倡导|鼓励|尽量|尽可能/.test(segment.modalWord) || /倡议[^书如,。:]/.test(body))) add(0.5, '明说的建议')
  if (preamble && (segment.modality !== 'must-not' || (segment.modalWord !== null && /暂|停|推迟|延/.test(segment.modalWord)))) add(segment.modalWord === '请' || segment.modalWord === '敬请' ? 0 : segment.modality === 'must' ? -0.3 : -2, '在开头的背景段')
  return Math.round(weight * 100) / 100
}

/** Somebody is told; what is only published or notified (发布信息，不渲染灾情) takes no ban with it. */
const TELLS_PEOPLE = /提醒|教育|引导|要求|告知|告诉|叮嘱|嘱咐|劝导|劝阻|倡导|宣传(?!思想|战线|部|栏|工作|系统)|提示|承诺|督促|动员|通知(?:学生|师生|家长|居民|群众|各)/

/** “分批组织接种，12月6日前完成首轮”, “加装纱窗，10月20日前装完”, “签订告知书，签收率达到100%”: until when it is done, how far. */
function untilWhen(segment: Segment, previous: Draft, said: string): boolean {
  if (previous.modality === 'must-not' || segment.subject !== null) return false
  if (/^[\p{Script=Han}]{2,8}率(?:须|应|要|必须)?(?:达到|达|为|不低于)\d{1,3}%$/u.test(said)) return true
  if (/^连[\p{Script=Han}]{0,2}[\d一二两三四五六七八九十]+(?:天|日|周|次|轮|个月)$/u.test(said) || (segment.hits.some((hit) => hit.kind === 'absolute') && /^(?:于|在)?[\d月]{3,6}[日号](?:全部)?(?:完成|结束|完毕)$/.test(said))) return true
  const limited = segment.hits.some((hit) => hit.limit && (hit.kind === 'absolute' || /^\d{3,4}日/.test(hit.value)) && hit.start <= segment.start + 1)
  if (limited) return /^(?:须|应|要|力争|确保|务必|并)?(?:于|在)?[^,最]{2,18}前(?:全部|全面)?(?:\p{Script=Han}{2,5}完毕|完成|完毕|结束|办结|\p{Script=Han}{1,3}(?:完|齐|到位))(?:首轮|全部|一轮|任务)?$/u.test(said)
  return /^(?:\d{1,2}|[一二两三四五六七八九十]{1,2}|半)(?:个)?(?:小时|分钟|天)(?:以?内)?\p{Script=Han}{1,2}(?:完|好|齐|毕)$/u.test(said)
}

/** Does this segment carry on the duty before it instead of being one of its own? */
function continues(segment: Segment, previous: Draft | null, text: string): boolean {
  // 教育学生饭前洗手，不喝生水: what they are told not to do belongs to the telling.
  if (previous?.telling && TELLS_PEOPLE.test(text.slice(previous.start, previous.end)) && segment.modality === 'must-not' && /^不/.test(segment.modalWord ?? '') && !/^不(得|准|许|要|可|能|允|宜|应|再|予)/.test(segment.modalWord ?? '') && !segment.subject && !/[。;]/.test(text.slice(previous.end, segment.start))) return true
  // “不得漏报，更不得编报”: said twice.
  if (previous?.modality === 'must-not' && /^更不[得能准许][^,。;]{0,4}[。;]?$/.test(text.slice(segment.start, segment.end)) && !/[。;]/.test(text.slice(previous.end, segment.start))) return true
  // 水养植物改为沙养，或者每三天换水: one of two ways.
  if (previous !== null && previous.modality !== 'must-not' && segment.modality === null && segment.subject === null && /^或者?/.test(text.slice(segment.start, segment.end)) && /^,$/.test(text.slice(previous.end, segment.start))) return true
  const comma = previous !== null && /^,(?:并且?)?$/.test(text.slice(previous.end, segment.start))
  const said = text.slice(segment.start, segment.end).replace(/[。;!?]$/, '')
  if (comma && previous !== null && untilWhen(segment, previous, said)) return true
  // “停止线下授课，改为线上”: what is done instead.
  if (comma && previous !== null && segment.subject === null && segment.hits.length === 0 && /(?:停止|暂停|取消|停[课训工]|推迟)/.test(text.slice(previous.start, previous.end)) && !/不得|严禁|禁止|不准/.test(text.slice(previous.start, previous.end)) && /^(?:一律|全部|统一|均)?(?:改为|转为|改在|转到|改成|改由|调整为|转入|改用|转向)/.test(said)) return true
  // “三餐送到楼层，每餐不迟于开餐后40分钟”
  if (comma && previous !== null && segment.subject === null && /^每[餐次班场批][^,]{0,4}不[迟晚]于/.test(said)) return true
  // “用呕吐包处置，再用消毒液覆盖30分钟”: the next step of one act.
  if (comma && previous !== null && previous.modality !== 'must-not' && segment.subject === null && segment.modality === null && segment.hits.length === 0 && /^再(?:用|以|次|将|由)?(?!次?[报检测排])/.test(said) && said.length <= 16) return true
  // “……灭蚊，每周不少于两次，直至……以下”: how often, until when.
  if (comma && previous !== null && previous.modality !== 'must-not' && segment.subject === null && (/^每[日天周月次班](?:均|都|各)?(?:须|应|要)?(?:不少于|至少|不低于)?[一两二三四五\d]{1,2}[次遍回]$/.test(said) && findRecurrence(said) !== null || /^直至[^,]{3,20}$/.test(said))) return true
  // “每日17:00前报学生处，并报指挥部办公室”: one report to two.
  if (comma && previous !== null && previous.modality !== 'must-not' && segment.startsWithAnd && segment.subject === null && segment.hits.every((hit) => hit.kind === 'vague') && /^(?:同时|一并|及时|立即)?(?:抄报|抄送|抄告|通报|告知|报告|上报|报)(?:给|至|到)?[\p{Script=Han}]{2,14}$/u.test(said)) return true
  if (segment.hits.some((hit) => hit.kind !== 'vague' || /第一时间|立即/.test(hit.value)) && segment.startsWithAnd) return false
  if (!previous || segment.running || segment.modality === 'must-not' || previous.modality === 'must-not') return false
  const body = text.slice(segment.start, segment.end).replace(/[。;!?]$/, '')
  if (segment.subject) return previous.actorSource === 'by-phrase' && segment.modality === null && body.length <= 14 && /(组织实施|具体实施|具体负责|配合|落实|执行)$/.test(body)
  // “……，当日18:00前报防控办”: a report without an object of its own.
  const bareReport = /^(?:并)?(?:通过[^,。;]{1,10})?(?:于|在)?(?:当日|当天|每日|每天)?(?:\d{1,2}(?::\d{2}|[时点])前?)?(?:统一|汇总|及时)?(?:报|报送|上报|反馈|报告)(?:至|到|给)?[\p{Script=Han}]{2,14}$/u.test(body) && findReport(body) !== null && /(排查|统计|核实|登记|汇总|摸排|排摸|检查|监测|清点|收集|整理|记录|筛查|摸底|填写|填报)/.test(text.slice(previous.start, previous.end))
  if (bareReport && segment.modality === null) return body.length <= 26
  if (!/[。;]/.test(text.slice(previous.end, segment.start))) {
    // 重点检查……, 提醒师生……, 没有也要报“零”: they spell out what was just ordered.
    if (segment.modality === null && segment.emphasis) return true
    if (segment.modality === null && segment.telling && segment.hits.length === 0 && findRecurrence(said) === null && /(发布|通知|推送|宣传|告知|张贴|播放)/.test(text.slice(previous.start, previous.end))) return true
    if (/^(没有|无|若无|如无)[^,]{0,12}(也要|也须|也应|仍须|须|应)[^,]{0,4}报/.test(body) && /报/.test(text.slice(previous.start, previous.end))) return true
    if (/(日报告|零报告)[^,]{0,4}$/.test(text.slice(previous.start, previous.end)) && segment.hits.some((hit) => hit.kind === 'daily') && findReport(body) !== null) return true
  }
  // “建立台账，每日更新”: how the thing is kept.
  if (segment.modality === null && /^[^,。;]{0,4}(?:更新|跟踪|销号|补充|调整)$/.test(body) && !/[。;]/.test(text.slice(previous.end, segment.start))) return true
  // 由教务处统筹，各学院组织实施: one arrangement.
  if (previous.actorSource === 'by-phrase' && segment.modality === null && body.length <= 14 && /(组织实施|具体实施|具体负责|配合|落实|执行)$/.test(body)) return true
  if (segment.startsWithAnd && segment.modality === null && !/^(对|将|把|于|向|由)/.test(body) && findReport(body) === null) return body.length <= Math.max(14, (previous.end - previous.start) * 1.1)
  return false
}

export function walkItems(text: string, masked: string, items: readonly Item[], frame: WalkFrame): Walk {
  const walk: Walk = { drafts: [], sentences: [], faults: [] }
  const carries = new Map<number, Carry>()
  items.forEach((item, index) => {
    const from = item.heading !== null && item.heading.end <= item.lineEnd ? skipMark(text, item.heading.end) : item.contentStart
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
    const dueOf = (part: Piece): TimeHit | null => findTimes(text, part.start, part.end, frame.time, frame.blocked).hits.find((hit) => hit.limit && (hit.kind === 'absolute' || hit.kind === 'relative')) ?? null
    const inherited = (heading === null ? null : dueOf(heading)) ?? parent?.due ?? null
    carry.due = inherited
    const sentences = splitSentences(masked, from, item.end)
    sentences.forEach((sentence, k) => {
      // Rows of a table are read by their columns.
      if (frame.tables.some((order) => [order.row, order.head].some((row) => row.start <= sentence.start && sentence.start < row.end))) return
      const next = sentences[k + 1]
      const headed = next === undefined || /^[\n]?[一二三四五六七八九十]{1,2}(是|要)/.test(text.slice(next.start, next.start + 5))
      const { hits, faults } = sentence.end - sentence.start <= MAX_SENTENCE ? findTimes(text, sentence.start, sentence.end, frame.time, frame.blocked) : { hits: [], faults: [] }
      for (const fault of faults) if (walk.faults.length < 200) walk.faults.push(fault)
      const titled = isTitled(text, sentence, next, item)
      // 转移(7月9日12时前到位), 请于12月5日前做好以下工作: it holds for what stands below, up to the next such line.
      if (titled && text.charAt(sentence.end) === '\n') carry.due = dueOf(sentence) ?? inherited
      else if (BELOW.test(text.slice(sentence.start, sentence.end))) carry.due = dueOf(sentence) ?? carry.due
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

/** A cell of a table: the row names who and by when, the columns' heads say that it is an order. */
function walkTableOrder(walk: Walk, text: string, masked: string, order: TableOrder, items: readonly Item[], frame: WalkFrame): void {
  const item = items.findLastIndex((one) => one.start <= order.start)
  if (item < 0) return
  const due = order.time ? findTimes(text, order.time.start, order.time.end, frame.time, frame.blocked).hits.map((hit) => ({ ...hit, limit: true })) : []
  for (const sentence of splitSentences(masked, order.start, order.end)) {
    const { hits } = findTimes(text, sentence.start, sentence.end, frame.time, frame.blocked)
    const carry: Carry = { subject: order.actor, source: order.actor ? 'heading' : 'addressee', modality: null }
    const before = walk.drafts.length
    walkSentence(walk, text, masked, sentence, item, hits, carry, false, false, false, null)
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

function walkSentence(walk: Walk, text: string, masked: string, sentence: Piece, item: number, hits: TimeHit[], carry: Carry, preamble: boolean, last: boolean, titled: boolean, signed: string | null): void {
  const pieces = sentence.end - sentence.start <= MAX_SENTENCE ? splitSegments(masked, sentence.start, sentence.end) : []
  const inked: Inked = { ...sentence, item, kind: 'context', drafts: [], fallback: 'context' }
  walk.sentences.push(inked)
  if (/^(\()?(联系人|查询|咨询|垂询|联系电话|咨询电话|联系方式|电话|邮箱|报送邮箱|材料报送邮箱|值班电话|监督电话|举报电话|附件|附|抄送|地址|[\p{Script=Han}]{2,6}(?:电话|热线|邮箱)(?=:|\d{3}))[\d一二三]?[^,。]{0,6}(?::|(?<=\d))/u.test(text.slice(sentence.start, sentence.start + 20))) return
  // 注：……不得……: a remark, unless it orders.
  if (/^(?:注|备注|说明):/.test(text.slice(sentence.start, sentence.start + 4)) && !/不得|严禁|禁止|不准|请勿|切勿|务必|须(?!知)/.test(text.slice(sentence.start, sentence.end))) return
  if (ASKS.test(text.slice(sentence.start, sentence.end))) return
  // 融雪剂分配情况(单位:吨): the caption of a table.
  if (/\(单位:[^)]{1,6}\)$/.test(text.slice(sentence.start, sentence.end))) return
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
  const past = LOOKS_BACK.test(body) || hits.some((hit) => hit.kind === 'absolute' && !hit.limit && !hit.opening && hit.start <= sentence.start + 1 && !/^(以来|起|至|后)/.test(text.slice(hit.end, hit.end + 2)) && signed !== null && hit.dueAt !== null && hit.dueAt.slice(0, 10) < signed)
  const exhorting = [...EXHORTATIONS].filter((word) => body.includes(word)).length >= 2
  let object = false
  let judged = false
  pieces.forEach((piece, k) => {
    const segment = readSegment(text, masked, piece, hits, k === pieces.length - 1)
    // 管道未做防冻处理，不得关闭暖气: what is not yet so, then the ban.
    const ahead = pieces[k + 1]
    if (ahead && segment.modality === null && /^(?:act|context|announcement)$/.test(segment.role) && piece.end - piece.start <= 26 && /(?:未|没有|尚无|没)(?!来)/.test(text.slice(piece.start, piece.end)) && !/[将把]|已/.test(text.slice(piece.start, piece.end)) && BAN_AHEAD.test(text.slice(ahead.start, Math.min(ahead.end, ahead.start + 16)))) segment.role = 'condition'
    if (segment.subject && !segment.byPhrase && !segment.emphasis && segment.role !== 'evaluation' && !(segment.role === 'condition' && /^对|发现|出现|发生/.test(text.slice(segment.start, segment.end)))) {
      carry.subject = segment.subject
      carry.source = 'subject'
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
      // “……要先拆后报，由后勤处负责”: the actor of what stands before.
      if (next === undefined && draft !== null && draft.modality === 'must' && text.charAt(segment.start) === '由') {
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
      leadHits.push(...segment.hits.filter((hit) => hit.kind !== 'vague' && !(segment.role === 'condition' && hit.kind === 'relative' && /^[^,]{0,4}(?:出现|发生|发现|累计|新增)/.test(text.slice(hit.end, hit.end + 8)))))
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
      // “……消毒，每日两次”: the rhythm belongs to what stands before.
      const rhythm = segment.role === 'context' && previous !== null && piece.end - piece.start <= 13 ? findRecurrence(text.slice(piece.start, piece.end)) : null
      if (rhythm !== null && previous !== null) {
        (previous as Draft).recurrence ??= rhythm
        ;(previous as Draft).end = trimEnd(text, piece.end)
        return
      }
      // “每三天换水一次，并洗刷瓶身”: what 并 joins on goes on, whatever its verb.
      const joined = segment.role === 'context' && segment.startsWithAnd && previous !== null && (segment.subject === null || segment.subject.end >= trimEnd(text, piece.end)) && segment.hits.length === 0 && piece.end - piece.start <= 12 && /^[\p{Script=Han}]{3,}[。;]?$/u.test(text.slice(segment.start, piece.end)) && !/[是有为会能已]|的$|了/.test(text.slice(segment.start, piece.end)) && /^,并?$/.test(text.slice((previous as Draft).end, segment.start))
      const until = segment.role === 'context' && previous !== null && /^,$/.test(text.slice((previous as Draft).end, segment.start)) && untilWhen(segment, previous, text.slice(segment.start, piece.end).replace(/[。;!?]$/, ''))
      if (joined || until) { extend(previous as unknown as Draft, segment, text, []); return }
      // “布雷图指数超过5的片区，责任单位要……”, “隔离期未满，不得……”: nothing is ordered here, yet it says of whom or when.
      const loose = segment.role === 'context' && segment.verb === null && segment.modality === null && previous === null && k + 1 < pieces.length && piece.end - piece.start <= 26 && !/^(按照?|根据|依据|结合|围绕|针对|为|以)/.test(text.slice(piece.start, piece.end)) && ((segment.subject !== null && (piece.end - segment.subject.end <= 2 || !BAN_AHEAD.test(text.slice(pieces[k + 1]?.start, (pieces[k + 1]?.start ?? 0) + 6)))) || (segment.subject !== null && /\d|[以超]|期间|未|无|有|为|系|不/.test(text.slice(segment.subject.end, piece.end))) || /(?:[者员]|的\p{Script=Han}{2,4}|[未不]\p{Script=Han})$/u.test(text.slice(piece.start, piece.end)))
      if (loose) lead = lead ? { start: (lead as Piece).start, end: piece.end } : { start: segment.start, end: piece.end }
      if (segment.role === 'announcement') { announceUntil(walk, inked, text, piece); condition = null; lead = null }
      // A long subject alone before its predicate keeps its place.
      return
    }
    const why: string[] = []
    // Advice does not reach over to what names its own actor, time or receiver.
    if (carry.modality === 'should' && segment.modality === null && (/[请须应]|务必/.test(text.slice(piece.start, piece.end)) || segment.subject !== null || segment.hits.length > 0 || findReport(text.slice(piece.start, piece.end)) !== null)) carry.modality = null
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

function extend(draft: Draft, segment: Segment, text: string, why: string[]): void {
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

function setDeadline(draft: Draft, hit: TimeHit, hits: readonly TimeHit[]): void {
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

const hourOf = (hits: readonly TimeHit[]): string | null => hits.find((hit) => hit.kind === 'daily' && /^\d{2}:\d{2}$/.test(hit.value))?.value ?? null

function trimEnd(text: string, end: number): number {
  let to = end
  while (to > 0 && /[\s,。;:!?、.]/.test(text.charAt(to - 1))) to--
  return to
}

/** Only an order of the same actor, joined by a comma and without 并, stands under the time of the one before. */
function holdsOn(previous: Draft, segment: Segment, text: string): boolean {
  // “休息至症状消失后48小时，期间不得上课”: in that very time.
  if (previous.hit !== null && /^期间/.test(text.slice(segment.start, segment.end)) && /^[,\s]*$/.test(text.slice(previous.end, segment.start))) return true
  // “症状消失后3天内不要到教室，也不要为他人带饭”: one time for both bans.
  if (previous.hit !== null && !previous.hit.opening && previous.modality === 'must-not' && segment.modality === 'must-not' && segment.subject === null && /^[,、\s]*$/.test(text.slice(previous.end, segment.start)) && (previous.hit.kind === 'absolute' || previous.hit.kind === 'anchored' || (previous.hit.kind === 'relative' && previous.hit.limit)) && previous.hit.start <= previous.start + 24) return true
  if (previous.hit === null || previous.hit.opening || !/^(absolute|anchored)$/.test(previous.hit.kind) || previous.hit.start > previous.start + 24) return false
  // “……报送省厅，电子版同时发至……”
  if (/^[^,。;]{0,6}(?:同时|一并)[报发抄送交]/.test(text.slice(segment.start, segment.end)) && /^[,\s]*$/.test(text.slice(previous.end, segment.start))) return true
  if (segment.subject !== null || segment.startsWithAnd || segment.running || segment.modality === 'must-not' || previous.modality === 'must-not' || previous.reportTo !== null) return false
  return /^[,、\s]*$/.test(text.slice(previous.end, segment.start))
}

function makeDraft(segment: Segment, piece: Piece, text: string, item: number, modality: Modality, weight: number, why: string[], carry: Carry, condition: Piece | null, lead: Piece | null, object: boolean, leadHits: TimeHit[], previous: Draft | null): Draft {
  const end = trimEnd(text, piece.end)
  let start = segment.start
  // A condition or a date that stands right before a short act belongs to the text of the duty, and whom it concerns before a longer one.
  const whom = lead !== null && carry.subject !== null && carry.subject.start >= lead.start && carry.subject.start < lead.end
  if (lead !== null && lead.end <= piece.start + 1 && ((object && piece.start - lead.start <= 40) || piece.start - lead.start <= Math.max(modality === 'must-not' && /\d[日号]|即日起/.test(text.slice(lead.start, lead.end)) ? 18 : 0, (end - start) * 1.5, whom ? 24 : modality === 'must-not' && (/[未非不]经|没有|[^,]未/.test(text.slice(lead.start, lead.end)) || UNDONE.test(text.slice(lead.start, lead.end).replace(/,$/, ''))) || /^(?:对|针对|将|把)[^,]*,?$|不论|无论|不管/.test(text.slice(lead.start, lead.end)) ? 40 : end - start >= 9 && /的,?$/.test(text.slice(lead.start, lead.end)) ? 22 : end - start < 10 ? 16 : 0))) start = lead.start
  while (start < end && /[\s、,。;:\n\-·]/.test(text.charAt(start))) start++
  const body = text.slice(piece.start, end)
  const usable = segment.hits.filter((hit) => !inRelative(text, hit, end))
  const hit = chooseDeadline([...usable, ...leadHits])
  const report = findReport(body)
  const actorAt = segment.subject ?? carry.subject
  const actor = actorAt ? actorName(text.slice(actorAt.start, actorAt.end)) : ''
  const actorSource: ActorSource = segment.subject ? (segment.byPhrase ? 'by-phrase' : 'subject') : carry.subject !== null ? carry.source : 'addressee'
  const draft: Draft = {
    start, end, item, actorAt, actorSource, modality, hit: null, deadline: null, deadlineWords: [], deadlineKind: null,
    recurrence: findRecurrence(body) ?? findRecurrence(text.slice(lead?.start ?? piece.start, piece.start)), hour: hourOf([...usable, ...leadHits]), condition, reportTo: report === null ? null : report.units.length > 0 ? report.units.join('、') : report.channel, evidence: findEvidence(body), weight, telling: segment.telling && segment.modality !== 'must-not', why
  }
  if (hit) setDeadline(draft, hit, [...leadHits, ...usable])
  else if (previous !== null && holdsOn(previous, segment, text)) {
    // “离校前关好门窗，切断电源”: the time at the head holds for what follows.
    draft.hit = previous.hit === null ? null : { ...previous.hit, derivation: [previous.hit.derivation, '沿用同句前面的时限'].filter((rule) => rule !== null).join('；') }
    draft.deadline = previous.deadline
    draft.deadlineWords = previous.deadlineWords
    draft.deadlineKind = previous.deadlineKind
    why.push('沿用同句前面的时限')
  }
  else if (carry.due && modality === 'must' && draft.recurrence === null) {
    setDeadline(draft, { ...carry.due, derivation: [carry.due.derivation, '标题或引导句写明的时限'].filter((rule) => rule !== null).join('；') }, [])
    why.push('沿用标题或引导句的时限')
  }
  // A daily hour repeats as the sentence says, although the rhythm was named before.
  if (draft.recurrence === null && hit?.kind === 'daily') draft.recurrence = findRecurrence(text.slice(Math.max(0, start - 80), start))
  why.push(actorSource === 'subject' ? `执行者：${segment.subject ? '句中主语' : '沿用前文主语'}“${actor}”` : actorSource === 'by-phrase' ? `执行者：“由${actor}”` : actorSource === 'heading' ? `执行者：取自标题“${actor}”` : '执行者：未写明，取主送单位')
  return draft
}

/** A time inside “……的师生” tells which people, not until when. */
function inRelative(text: string, hit: TimeHit, end: number): boolean {
  // 能够立即整改的当场整改: the first says which, the second when.
  if (hit.kind === 'vague') return /^[^,]{1,4}的/.test(text.slice(hit.end, Math.min(end, hit.end + 6)))
  const after = text.slice(hit.end, Math.min(end, hit.end + 24))
  if (/期间$/.test(hit.value) && after.startsWith('的')) return true
  return /^[^,]{0,14}(以来|以后)/.test(after) || (!hit.limit && /^[^,将把]{0,12}(返校|到校|旅居|返回|去过|接触|来自|购买|离校|发病|入校)[^,]{0,8}的/.test(after)) || (/前$/.test(hit.value) && /^\d+[天日]/.test(after))
}

/** Drops drafts that are exhortation; in a notice of exhortations the bar lies lower. */
function keepDrafts(walk: Walk): void {
  const length = walk.sentences.reduce((sum, sentence) => sum + sentence.end - sentence.start, 0)
  const firm = walk.drafts.filter((draft) => draft.weight >= KEEP)
  const hard = firm.filter((draft) => draft.modality === 'must-not' || (draft.hit !== null && draft.hit.kind !== 'vague') || draft.reportTo !== null)
  const exhorting = length > 500 && hard.length * 300 < length
  const bar = exhorting ? KEEP_IN_EXHORTATION : KEEP
  walk.drafts = walk.drafts.filter((draft) => draft.weight >= bar)
  for (const sentence of walk.sentences) {
    sentence.drafts = sentence.drafts.filter((draft) => draft.weight >= bar)
    if (sentence.drafts.some((draft) => draft.modality === 'must-not')) sentence.kind = 'prohibition'
    else if (sentence.drafts.some((draft) => draft.reportTo !== null)) sentence.kind = 'reporting'
    else if (sentence.drafts.length > 0) sentence.kind = 'duty'
    else sentence.kind = sentence.fallback
  }
}
