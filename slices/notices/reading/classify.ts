/** Reads one segment: who, must or must not, which verb, condition or act, and how concrete it is. */
import { ADVERBS, findSubject, namesActor, nouns, verbs } from './actors.ts'
import { findRecurrence } from './deadlines.ts'
import type { TimeHit } from './deadlines.ts'
import { EXHORTATIONS } from './knowledge/exhortations.ts'
import { BANNED_ACTS, BAN_AFTER_BU, BAN_BEFORE_ACT, MUST_NOT, MUST_STRONG, MUST_WEAK, NARRATED, NARRATED_UNLESS_ORDERED, NOT_A_BAN, NOT_BANNED_ACTS, SHOULD, STOPPED_THINGS, STOPPING } from './knowledge/modality.ts'
import { ABSTRACT_OBJECTS, CONCRETE_OBJECTS } from './knowledge/objects.ts'
import { REWARDS, SANCTIONS } from './knowledge/sanctions.ts'
import { ACTS, OUTCOME_OPENERS, SEMI, TELLING, VAGUE } from './knowledge/verbs.ts'
import { lexicon } from './knowledge/words.ts'
import type { Piece } from './sentences.ts'
import type { Modality } from './types.ts'

const acts = lexicon(ACTS)
const semi = new Set(SEMI)
const vagueVerbs = new Set(VAGUE)
const mustStrong = lexicon(MUST_STRONG)
const mustWeak = lexicon(MUST_WEAK)
const shoulds = lexicon(SHOULD)
const mustNots = lexicon(MUST_NOT)
const stops = lexicon(STOPPING)
const notBans = lexicon(NOT_A_BAN)
const bans = lexicon(BAN_AFTER_BU)
const bansBeforeAct = lexicon(BAN_BEFORE_ACT)
const bannedActs = lexicon(BANNED_ACTS)
const notBannedActs = lexicon(NOT_BANNED_ACTS)
const exhortations = lexicon(EXHORTATIONS)
const concrete = lexicon(CONCRETE_OBJECTS)
const abstract = lexicon(ABSTRACT_OBJECTS)
const outcomes = lexicon(OUTCOME_OPENERS)
const sanctions = lexicon(SANCTIONS)
const rewards = lexicon(REWARDS)
const telling = new Set(TELLING)
const stoppedThings = lexicon(STOPPED_THINGS)
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
  hits: TimeHit[]
}

const RUNNING = /^(?:[一二三四五六七八九十]{1,2})(是要|是|要)(?!否)/
const CONNECTOR = /^(并且|并请|并要|并应|并须|同时|另外|此外|其中|而且|但是|然后|因此|为此|对此|特别是|尤其是|当前|目前|今后|近期|届时|后续|首先|其次|再次|最后|同时要|以及|具体要求|要求|务请|现要求|其他|此间|如下|再次强调|重点)/
/** Openers of background: why, since when, on whose word. */
const CONTEXT_OPENERS = /^(为|鉴于|由于|接.{1,16}(通知|要求|部署|通报|报告)$|每次(?=[^,]{0,4}(?:不少于|不低于|不超过|至少|约|时间|持续|限)|[\d一两二三四五])|时长|不少于|不低于|不超过|随着|受.{1,30}影响|据|预计|近日|近期以来|近来|入[春夏秋冬]以来|当前[^要须应]{0,40}(形势|阶段)|.{0,14}以来$|经.{1,20}(研究|同意|批准|决定)|现将|现就|特此|本着.{2,30}|面对.{2,30}|越是|感谢|祝|欢迎|认为|觉得|相信|深信|听说|获悉|属于?(?!地)(?=[^,]*(?:范围|性质|正常)))/
/** Phrases that only say by what, in what manner, as what: no act of their own, also behind a subject. */
const CONTEXT_PHRASES = /^([^,要须应请]{2,16}(?:既是|不仅是|就是|便是)|采取.{2,30}(?:方式|形式|办法)$|(始终|切实|坚决)?(按照.{2,60}(部署|要求|安排|精神|规定|原则|顺序|通知|标准|意见|统筹|方案|职责|思路|方针)|根据.{2,80}(部署|要求|安排|精神|规定|通知|预报|预警|警报|情况|实际|形势|消息|意见|办法|方案|预案|法|条例)|对[照标].{3,60}(精神|要求|部署|标准)|依据.{2,40}|结合.{2,40}(实际|情况|形势|特点)|在.{2,40}(基础上|前提下|的同时|过程中|领导下|领导和部署下|部署下|指导下|形势下|情况下|背景下|时期|阶段|关头|斗争中)|以.{2,40}(为契机|为抓手|为主线|为重点|为准|为核心|姿态|态度|信念|举措|决心|状态)|通过.{2,40}(等形式|等方式|等渠道|方式|形式|渠道|途径|协调|配合|联动)|坚持.{2,40}原则|从.{2,20}角度|围绕.{2,30}|针对.{2,40})$|作为|把.{2,80}作为)/
const CONDITION_OPENERS = /^(非经|有人|如(?![实期约数下])|若|一旦|凡|凡是|遇|如遇|遇有|发现|出现|发生|当|接到|收到|因|对于|对|确需|确因|确有|未|无|除|没有|有|假如|倘若|逢(?![单双]))/
const ANNOUNCE = /(另定[\p{Script=Han}]{0,4}$|(?:地址|地点|方法|流程|说明|标准|范围|对象|样式|详情)[^,]{0,4}(?:详?见|在)|名单[^,]{0,4}(?:详?见|附后)|(?:详|参)见附件|见附件\d*$|[^,]见(?:下|上|附|右|左)[表图]$|不能(?:代替|替代|取代)|照常上课|正常(?:上课|上班|开放)$|(?:接种点|服务点|领取点|地点|地址|服务台)设在|费用[^,]{0,8}由[^,]{2,12}(?:承担|支付|负担|列支)|(?:学院|学校|我们|指挥部|部门|中心)会(?:在|于|及时|第一时间)|^[^,]{1,14}(?<!单|部)位于|有[^,]{0,8}(?:人员|志愿者)(?:值守|接听|引导|值班)$|^分[^,]{2,20}阶段(?:进行|实施|开展)?$|^(?:本次)?演练模拟|^不影响|不受影响$|可以?(?:自行)?(?:恢复|好转|痊愈|缓解|治愈)$|^(?:逾期|过期|过时)[^,]{0,4}(?:不再|不予|概不|一概不|恕不|不候)|(?:困难|求助|需求|问题|情况)请?(?:拨打|致电)[^,]{0,10}(?:热线|电话)|^[^,至]{0,8}(?:生|级|人员)\d{1,2}月\d{1,2}日$|(?:进入|处于|正值)[^,要须应]{0,8}(?:期|季|阶段)$|^(?:关键|重点|核心|根本)(?:在于|是)|^[\p{Script=Han}]{0,8}(?:时间|地点|期限|名额|标准|顺序)(?:调整|变更|改)?(?:为|是)|另行(通知|通告|公告|公布|安排|告知|发布|确定|规定)(?![之以]?前)|以[^,]{1,16}为准|如?遇[^,]{1,8}顺延$|照常(进行|开放|上课|运行)|(时间|事宜|结果)(将|待|由)[^,]{0,10}(公布|通知|确定|发布)|待定|等通知|^(如有|若有|有)(任何)?(疑问|问题|不明)[\p{Script=Han}]{0,6}(致电|联系|咨询|拨打)|届时通知|有关事项通知如下|事项(通知|通告|公告|明确|安排)如下|通知如下|要求如下|如下(?:表|图|附件)?$|(请|希望)[\p{Script=Han}]{0,6}注意$|做到以下几点$|做好以下(几项)?工作$|^(请|望)?(认真)?(遵照|参照)(执行|办理|落实)$|以下几(点|项|件事|个方面|项工作)$)/u
const SELF = /^(我市|我省|我区|我县|全省|全市|本市|市里|国家|省委|市委|学校|学院|我校|我院|我处|本校|校方|学校党委|学院党委|校党委|学校疫情防控|党委组织部|指挥部|本指挥部|我办|我中心)/
const FUTURE = /^(党委|办公室|处|部|中心|指挥部)?(将(?=(组织|根据|依据|对|视|适时|及时|不定期|定期|会同|安排|于|在|按|予以|给予|进行|另行|通过|陆续|派出|派|启动|开展|统一))|已|已经|正在|成立了|定于|拟于|决定|研究决定|拟(?![定订])|会(?=(根据|及时|视|安排|适时|在|于|第一时间|尽快|陆续)))/
const PAST = /连续[\d一二三四五六七八九十]+个?(?:昼夜|小时|轮|年)|[\p{Script=Han}]{1,2}了(?![解然结却望])[\p{Script=Han}]{2}|已经|业已|正在|以来/u
const NOT_MODAL_YAO = /[主重需只必首概纲简摘扼紧]要|要求|要点|要闻|要素|要害|要塞/
const NOT_MODAL_YING = /应急|应对|响应|相应|应用|应届|供应|反应|适应|应变|应有|应答|应征|应战|效应|感应|叫应|应景/

/** First ordinary modal word in masked[from, to): its word and place. */
function findModal(masked: string, from: number, to: number): { word: string; index: number; modality: Modality; strong: boolean } | null {
  for (let i = from; i < to; i++) {
    const around = masked.slice(Math.max(from, i - 1), i + 2)
    const should = shoulds.at(masked, i)
    if (should !== null && !(should === '宜' && (/[适便不事权时]/.test(masked.charAt(i - 1)) || verbs.at(masked, i + 1) === null)) && should !== '希望' && should !== '推荐' && i + should.length <= to) return { word: should, index: i, modality: 'should', strong: false }
    const strong = mustStrong.at(masked, i)
    if (strong !== null && i + strong.length <= to) {
      if (strong === '需' && /(所需|急需|必需|需求|如需|若需|确需)/.test(around)) continue
      if (/^需/.test(strong) && /^需要?[^,]{1,14}的(?=,|$)|^需要?[^,]{1,14}的(?:同学|学生|人员|师生|单位|教师|家长|车辆|者)/.test(masked.slice(i, i + 24))) continue
      if (strong === '需要' && /(所需要|的需要|需要的)/.test(masked.slice(Math.max(from, i - 1), i + 3))) continue
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

/** 不随意调座, 不另行组织: 不 before a manner forbids the act. */
const RASHLY = /^(?:随意|随便|任意|另行|马上|立即|直接|擅|轻易|急于|贸然|私下|长时间|过早|再次|继续|超范围|超负荷|越权|越级|强行|变相)(?=[\p{Script=Han}]{2})/u

/** What a prohibition is about when nobody can check it: a mood, an opinion, a state of affairs. */
const ATTITUDES = /^(?:舍不得|着急|慌|怕|嫌|忘|小看|紧张|担心|大惊小怪|急(?![刹停转于着行救])|恐慌(?!性?抢|性?囤|性?购)|惊慌|慌乱|惊恐|害怕|认为|以为|觉得|心存|好了伤疤|等(?!待)[^,、]{2,16}了(?:再|才)|等到[^,]*了(?:再|才)|置身事外|高枕无忧|因为[^,]*就[^,]{0,4}(?:放松|松懈|大意|懈怠)|让[^,]{0,8}(?:重演|失控))|^(?:有|存有?|抱有?|产生)[^,]{0,14}(?:念头|思想|想法|心理|情绪|心态)|^(?:允许)?(?:出现|存在|留下|留有)[^,的]{0,10}(?:空档|漏洞|死角|盲区|空白|断档|疏漏|纰漏|脱节|缺位)|^(有|存在|产生|抱有|存有|出现)?(任何|丝毫)?(侥幸|麻痹|松懈|懈怠|厌战|大意|马虎|流于形式|走过场|走形式|形式主义|掉以轻心|应付了事|敷衍)/

/** 不能看填了多少表, 不能满足于发过通知: how work is judged. */
const JUDGES = /^不(?:能|可|要)以[^,]{1,10}代替(?:落实|行动|整改|执行|检查|管理)|^不(?:能|可|要)(?:光|只|仅)?(?:看[^,]{0,8}(?:多少|[一-龥]了)|满足于|停留在|止步)/

/** Somebody has not done what comes first. */
export const UNDONE = /^[^,对把将的因]{0,12}未(?:向|凭|持|办|取得|完成|通过|履行|征得|登记|报备|报批|佩戴|出示|获|接)[^,的]{0,16}$/

/** Who or what falls short of something (未经验收的楼宇, 无证人员): what stands before a ban in 不. */
const RESTRICTED = /^(?![^,]{0,6}(?:不少|无数|没有一|不仅|不同|无论|不论))(?:[^,]{0,8}(?:未|没有|尚无|无|非|不))[^,]{1,16}(?:的[^,的]{1,8}|者|人员|的)$/

export type Ban = { word: string; index: number; how: 'said' | 'bu' | 'stop' }

/** The prohibition in masked[from, to), if there is one. `predicate` is where the predicate begins. */
export function findBan(masked: string, from: number, to: number, predicate: number, hits: readonly TimeHit[] = []): Ban | null {
  // 接种期间该场馆暂停开放: the verb inside a time at the head is no verb of its own.
  const ends = [from]
  for (const hit of hits) if (hit.start <= (ends.at(-1) ?? from) + 1) ends.push(hit.end)
  const head = (at: number): number => ends.findLast((end) => end <= at) ?? from
  for (let i = from; i < to; i++) {
    // 部分航班不得不取消: what was forced on them is told.
    if (/^不得不(?!得|要|准)/.test(masked.slice(i, i + 4))) return null
    const harmless = notBans.at(masked, i)
    // 不外 is harmless, 不外出 is not: the longer word wins.
    if (harmless !== null && (mustNots.at(masked, i)?.length ?? 0) <= harmless.length && !(masked.charAt(i) === '不' && (bans.at(masked, i + 1)?.length ?? 0) >= harmless.length)) { i += harmless.length - 1; continue }
    // 不得晚于7月20日: a limit in time, no prohibition.
    if (/^不得(晚于|迟于|早于)/.test(masked.slice(i, i + 4))) { i += 3; continue }
    // ……的情绪都要不得; 不能看填了多少表: a judgement.
    if (/^要不得(?=[,。;!]|$)/.test(masked.slice(i, Math.min(to, i + 4)))) { i += 2; continue }
    if (JUDGES.test(masked.slice(i, Math.min(to, i + 16)))) { i += 2; continue }
    // 不得不, 也不能不报: two negatives oblige.
    if (/^不(?:得|能|可|许|准)不/.test(masked.slice(i, i + 3))) { i += 2; continue }
    if (/[无非不]/.test(masked.charAt(i)) && /^(非经|不经|不见|非必要|非必须|非工作需要|非特殊情况|无特殊情况|无特殊原因|无关人员|非紧急|非因工作|无必要)/.test(masked.slice(i, i + 6))) {
      const no = /(?:一律|就)?(不得|不要|不准|不|严禁|禁止|谢绝)/.exec(masked.slice(i + 2, to))
      if (no) return { word: masked.slice(i, i + 2 + no.index + no[0].length), index: i, how: 'said' }
    }
    // 别舍不得丢: one word; in 宿舍不得 it is two.
    if (masked.startsWith('舍不得', i) && !/[宿校房]/.test(masked.charAt(i - 1))) { i += 2; continue }
    const said = mustNots.at(masked, i)
    if (said !== null && i + said.length <= to) {
      if (said === '莫' && bans.at(masked, i + 1) === null && acts.at(masked, i + 1) === null && i !== predicate) continue
      // 痊愈前别到教室: but not 特别, 分别, 别人.
      if (said === '别' && ((masked.charAt(i + 1) === '让' && !/^(?:孩子|小孩|老人|儿童|学生|宠物|他人|陌生人|外人|同学|家属|老幼|幼儿)/.test(masked.slice(i + 2, i + 6))) || /[特分个区类级性差识辨告派鉴甄离]/.test(masked.charAt(i - 1)) || (masked.charAt(i + 1) !== '让' && bans.at(masked, i + 1) === null && acts.at(masked, i + 1) === null && i !== predicate) || /[人的处名称墅国样]/.test(masked.charAt(i + 1)))) continue
      if (/^(不可|不能|不应|不宜)$/.test(said) && (/[的者]$/.test(masked.slice(from, to)) || /^[^,]{1,12}的[^,不]{1,8}(?:要|须|应|由|请|一律)/.test(masked.slice(i + said.length, to)))) continue
      // 费用不予退还: what people are not given back.
      if (said === '不予' && /^(?:退|补|奖|计|报销|追究|支持|考虑)/.test(masked.slice(i + 2, i + 4))) continue
      // 在禁火区设牌, 禁放的规定: what is named after a ban.
      if (/^禁[^止入]$/.test(said) && (/^(?:区|令|期|牌|线|物品|带)/.test(masked.slice(i + said.length, to)) || /^[^,]{0,8}的(?:规定|通知|要求|命令|公告|区域|标)/.test(masked.slice(i + said.length, to)))) continue
      if (said === '不再' && i > predicate + 4 && (i > from + 16 || /[已若如后的]/.test(masked.slice(from, i)))) continue
      if (said === '拒绝' && i !== predicate && !/^(?:入内|进入|入校|入场|进校|进场|放行|接待|办理|登船|上车|受理)/.test(masked.slice(i + 2, to))) continue
      if (said.startsWith('禁') && /禁(止|烟|火|停|行)(吸烟|通行|入内|游泳|停车)?(标志|标识|标牌|牌|告示)/.test(masked.slice(i, i + 8))) continue
      if (/^(严控)$/.test(said)) continue
      // 不得有侥幸心理, 严禁流于形式: an attitude nobody can check.
      if (ATTITUDES.test(masked.slice(i + said.length, to))) continue
      return { word: said, index: i, how: 'said' }
    }
    // 杜绝带病上岗: an act somebody does, not a state of affairs.
    const shut = bansBeforeAct.at(masked, i)
    if (shut !== null && (i === predicate || i === from || /(坚决|一律|必须|务必|要|应|须|、)$/.test(masked.slice(Math.max(from, i - 2), i))) && bannedActs.find(masked, i + shut.length, to) !== null && notBannedActs.find(masked, i + shut.length, to) === null) return { word: shut, index: i, how: 'said' }
    const act = masked.charAt(i) === '不' ? bans.at(masked, i + 1) ?? longAct(masked, i + 1) ?? RASHLY.exec(masked.slice(i + 1, i + 5))?.[0] ?? behindCondition(masked, from, i, to) : null
    if (act !== null) {
      const before = masked.slice(Math.max(from, i - 4), i)
      // 不在宿舍的要打通电话: it says who, the order stands behind.
      if (/^不[^,]{1,14}的(?:[^,不的]{0,6})(?=[要须应由请])/.test(masked.slice(i, to))) continue
      // 可以不参加, 无一人不到岗, 台风不登陆也要……, 不排队可走南门: leave, a count, a case.
      if (/(?:可以?|允许|也许|或许|无一人|没有一[人个名])$/.test(masked.slice(Math.max(from, i - 4), i)) || /^不[^,]{1,6}(?:也(?:要|须|应|得)|可(?:以|走|从|到|由))/.test(masked.slice(i, to))) continue
      // 未发现不使用消毒剂的食堂: what was looked for.
      if (/(?:未|没有?)(?:发现|见|出现|听说)[^,]*$/.test(masked.slice(from, i))) continue
      // 未经检查的场馆不开放, 没有证件者不操作: those who fall short, then what is not done with them.
      const short = RESTRICTED.test(masked.slice(from, i)) && !/[了过]/.test(masked.slice(i, to))
      const topic = i - head(i) <= 14 && verbAfter(masked, head(i), i) === null && !/[的是也若如了而]$/.test(before) && !/的$/.test(masked.slice(from, to).replace(/[。;]$/, ''))
      // 体检预约不举办: an activity, and that is all.
      // 未测温不进楼, 新购设备未验收不投用: what is left undone, then what is not done.
      const undone = i - from <= 16 && /^[^,]{0,8}(?:未(?!来|成年)|没有|没(?!有一)|无(?!论|不|数))[^,的]{1,8}$/.test(masked.slice(from, i)) && !/[了过]/.test(masked.slice(i, to))
      // 检测排队不摘口罩, 上课不随意调座: on what occasion, in a word or two.
      const occasion = i - head(i) <= 5 && i > from && !masked.slice(from, i).includes(masked.charAt(i + 1)) && bans.at(masked, i + 1) !== null && to - i <= 16 && findModal(masked, from, i) === null && !/[的是也若如了而有因可把将会才就还]/.test(masked.slice(from, i)) && !/[的了过]/.test(masked.slice(i, to))
      const off = i - head(i) <= 16 && /^不(?:举办|举行|开展|组织|安排|开放|受理|办理|接待|营业)[。;!]?$/.test(masked.slice(i, to)) && findModal(masked, from, i) === null && !/[将把对的也若如]/.test(masked.slice(from, i))
      if (i === predicate || i === from || topic || short || off || undone || occasion || /(、|做到|应|要|须|必要|原则上|一律|坚决|绝|决|尽量|自觉|暂|都|均|也|并|切实|者)$/.test(before)) return { word: `不${act}`, index: i, how: 'bu' }
    }
    const stop = stops.at(masked, i)
    if (stop !== null && i + stop.length <= to && !/(停课不停|停工停|取消(资格|评优|其))/.test(masked.slice(i, i + 5)) && masked.charAt(i - 1) !== '不' && !/^取消[^,]{0,8}(?:资格|称号|荣誉)/.test(masked.slice(i, to))) {
      const before = masked.slice(Math.max(from, i - 3), i)
      const after = masked.slice(i + stop.length, to)
      // 停止供水时启用备用水源, 暂停使用的教室要张贴告示: when or what, no order to stop.
      // 推迟到汛期过后: until when, not when.
      const until = /^(?:推迟|延期|顺延|延后|推后|延迟|改期)$/.test(stop) && /^[到至][^,]{2,14}[后前](?=[,。;]|$)/.test(after)
      if (!until && (/^[^,、一]{1,6}(?:的[^,]{0,10}[要须应请可]|(?<![临小同及当])[时后](?=,|[要须应立由]|$)|期间)/.test(after) || /^[^,、一]{1,6}(?<![临小同及当])时/.test(after) && verbAfter(masked, i + stop.length + (after.search(/时/) + 1), to) !== null)) continue
      // 停课班级的教室: which ones. 系统自动顺延: nobody is told to.
      if (/^停[^止用下放]$/.test(stop) && stoppedThings.at(masked, i + stop.length) !== null && !/(一律|全部|均|立即|应|须|要|予以|必须)$/.test(before)) continue
      // 延期毕业研究生须……, 推迟返校的学生……: which people.
      if (!until && /^(?:毕业|返校|到校|报到|入学|入职|提交|缴费|答辩|实习)?[^,、]{0,6}(?:的|生|者|人员|师生)[^,的]{0,4}[须应要请由在将把]/.test(after)) continue
      // 如遇大雨，顺延至15日: a plan that shifts by itself.
      if (stop === '顺延' && /如?遇[^,]{1,8},$/.test(masked.slice(Math.max(0, from - 12), from))) continue
      // 没有取消, 不会停课: it goes on.
      if (/(?:没有|并未|不会|未|不用|不必|无需)$/.test(masked.slice(Math.max(from, i - 3), i))) continue
      // 避免停课, 谁都不愿停课: what nobody wants.
      if (/(?:不愿|不想|担心|害怕|避免|以免|防止|免得)[^,]*$/.test(masked.slice(from, i))) continue
      if (/自动|系统统一/.test(masked.slice(Math.max(from, i - 5), i))) continue
      // 停课就医, 停业整顿: the stop serves another act.
      if (/^停[课工业产运]$/.test(stop) && acts.at(masked, i + stop.length) !== null) continue
      if (/可以?(?:先行|自行|酌情|视情|适当|临时)$/.test(masked.slice(Math.max(from, i - 5), i))) continue
      if (/可(以)?$|申请$|办理$|同意$|批准$|是否$/.test(before)) continue
      // 改期者须提前一日取消: somebody gives up what is his.
      if (/^(取消|延期|顺延|改期)$/.test(stop) && /[须应请]|如?遇/.test(masked.slice(from, i)) && !/[须应要](?:予以?|当|一律|全部|立即)?$/.test(before)) continue
      const topicOnly = i - from <= 80 && (whose(masked, from, i) || i - head(i) <= 22 && /^(?:举办|举行|开展|进行|开放|营业|受理|办理|接待|运营|运行|服务|发放|供应|上课|授课)?(?:[。;!]|$)/.test(after) && findModal(masked, from, i) === null && !/[将把对在]/.test(masked.slice(head(i), i)) || /^(?:所有|一切|各类|各项|全部|任何|原定|已定|已排定|已安排)[^,]{1,24}$/.test(masked.slice(head(i), i)) || i - head(i) <= 22 && verbAfter(masked, head(i), i) === null) && !/[的了因若如已将拟]$/.test(before) && !/(如需|(?<!^)原定|原计划)/.test(masked.slice(from, i))
      const atHead = i === predicate || topicOnly || /(一律|统一|全部|均|立即|应|须|要|予以?|必须|继续|全面|都|先行|随即|即|即刻|自行|起)$/.test(before) || (after.replace(/[。;!?]/g, '') === '' && i > from + 1)
      if (atHead && !/^(的|期间|通知|后|时|前|令|日|表|标志|以|与否|者)|^(?:决定|信息|时间|事宜|情况|安排|措施|手续|申请)(?=[,。;的另如由见]|$)/.test(after) && !/并[^不]/.test(after)) return { word: stop, index: i, how: 'stop' }
    }
  }
  return null
}

/** 健康码异常的学生|暂缓返校: whatever stands before 的, it says whom. */
function whose(masked: string, from: number, at: number): boolean {
  const relative = masked.lastIndexOf('的', at - 2)
  return relative > from && at - relative <= 9 && !masked.slice(relative, at).includes(',') && namesActor(masked, relative + 1, at)
}

/** 授课教师发现…: somebody meets with something. */
function whoMeets(masked: string, from: number, to: number): boolean {
  const found = /^([^,]{2,12}?)(?:一旦|如|若)?(?:发现|遇到|遇有|接到|收到)(?!后)/.exec(masked.slice(from, to))
  return found?.[1] !== undefined && namesActor(masked, from, from + found[1].length)
}

/** 体检不合格的，不推荐参赛: behind whom it concerns a verb that no list knows forbids too. */
function behindCondition(masked: string, from: number, at: number, to: number): string | null {
  if (at !== from || !/(?:[的者]|[未非不]经[^,。;]{1,14}),$/.test(masked.slice(Math.max(0, at - 20), at))) return null
  const rest = masked.slice(at, to).replace(/[。;!?]$/, '')
  return rest.length > 3 && rest.length <= 16 && !/^不(?:一定|必|需|用|强|追究|计|算|收|扣|作|做|应该|会|是|能|可|该|属|享|受|存在|构成|适|代表|意味|等于|免|补|在此|含|包括|视|知|敢|肯|愿|想|好|大|太|易|难|宜)|[的了过]$/.test(rest) ? masked.slice(at + 1, at + 3) : null
}

/** A plain act of two characters or more: 不发布, 不参观. */
function longAct(masked: string, at: number): string | null {
  const act = acts.at(masked, at)
  return act !== null && act.length > 1 ? act : null
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
    startsWithAnd: stripped.startsWithAnd, emphasis: /^(重点|特别是|尤其是|其中)/.test(masked.slice(piece.start, piece.start + 4)), running: stripped.running, concreteObject: null, abstractObject: false, exhortation: exhortations.find(masked, at, end)?.word ?? null, telling: false, hits: own
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

function verbAfter(masked: string, from: number, to: number): { word: string; index: number } | null {
  for (let i = from; i < to; i++) {
    const noun = nouns.at(masked, i)
    if (noun !== null && (acts.at(masked, i)?.length ?? 0) <= noun.length) { i += noun.length - 1; continue }
    const act = acts.at(masked, i) ?? verbs.at(masked, i)
    if (act !== null && i + act.length <= to && act.length > 1) return { word: verbs.at(masked, i) ?? act, index: i }
    // 发 xx@example.edu.cn, 打138 0000 0000
    if (/^(?:发[\w.-]{1,30}@|打\d{3})/.test(masked.slice(i, i + 33))) return { word: masked.charAt(i), index: i }
    // 配一支体温计, 派两名校医: a plain verb before a number.
    if (/^[配备派发留领增加]/.test(masked.charAt(i)) && /^.(?:\d|[一两二三四五六七八九十])/.test(masked.slice(i, i + 2)) && !/[储装准设具齐军印分颁批开出后爆突追更]/.test(masked.charAt(i - 1))) return { word: masked.charAt(i), index: i }
    if (act !== null && /^(报|交|戴|送|设|填|穿)$/.test(act) && i + 1 < to && !/[告道纸]/.test(masked.charAt(i + 1))) return { word: act, index: i }
  }
  return null
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
  if (masked.charAt(segment.end) === ':' && bare.length <= 10 && /(为$|时间|地点|方式|对象|范围|内容|要求|时限|期限|渠道|邮箱|电话|单位|部门|流程|步骤|标准|安排)$/.test(bare)) return 'context'
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
  if (/自(公布|印发|发布|下发)之日起/.test(bare) || /是.{0,14}(办法|关键|前提|基础|保障|根本|途径|高发期|季节|阶段|第一责任人)$/.test(bare)) return 'announcement'
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
  // 停课班级的教学安排，教务处……; 检查中发现的火灾隐患，责任单位……: what the order behind is about.
  if (!isLast && segment.modality === null && segment.subject === null && segment.hits.length === 0 && bare.length <= 22 && /^[^,将把对]{2,14}的[\p{Script=Han}]{0,4}(?:安排|工作|事项|隐患|问题|事宜|任务)$/u.test(bare)) return 'object'
  // “……情况，请报送X”: the object stands in front.
  if (!isLast && segment.modality === null && /[^的](情况|名单|材料|信息|报告|总结)$/.test(bare) && segment.hits.length === 0 && (segment.verb === null || segment.verbClass === 'vague')) return 'object'
  const named = !isLast && segment.modality === null ? /的(校区|单位|学院|部门|师生|学生|人员|教师|同学|班级|教职工|家庭|场所|楼宇|宿舍|楼院|小区|社区|集体|个人|党员|班组|志愿者|同志|队员|干部|职工)$/.exec(bare) : null
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
  if (segment.modality === null && (/已(?:超|达|突破|升至|涨至|降至)/.test(bare) && !/的/.test(bare) || /^超(?:警戒|保证|汛限|历史)/.test(bare) || /(?:已经|业已|均已|都已|正在|再次发生)(?![^,]*的)/.test(bare) || /^会议(?:决定|听取|认为|指出|通报|审议|传达)/.test(bare))) return 'context'
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
