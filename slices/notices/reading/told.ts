/** What is told, not ordered: what was seen, background, announcements, outcomes, and labels above what follows. */
import { nouns, verbs } from './actors.ts'
import { findRecurrence } from './recurrence.ts'
import { JUDGES } from './bans.ts'
import { NARRATED, NARRATED_UNLESS_ORDERED } from './knowledge/modality.ts'
import { OUTCOME_OPENERS } from './knowledge/verbs.ts'
import { lexicon } from './knowledge/words.ts'
import { verbAfter } from './modals.ts'
import type { Said, Segment, SegmentRole } from './said.ts'

const outcomes = lexicon(OUTCOME_OPENERS)
const narrated = lexicon(NARRATED)
const narratedUnlessOrdered = lexicon(NARRATED_UNLESS_ORDERED)

/** Openers of background: why, since when, on whose word. */
export const CONTEXT_OPENERS = /^(为|鉴于|由于|接.{1,16}(通知|要求|部署|通报|报告)$|每次(?=[^,]{0,4}(?:不少于|不低于|不超过|至少|约|时间|持续|限)|[\d一两二三四五])|时长|不少于|不低于|不超过|随着|受.{1,30}影响|据|预计|近日|近期以来|近来|入[春夏秋冬]以来|当前[^要须应]{0,40}(形势|阶段)|.{0,14}以来$|经.{1,20}(研究|同意|批准|决定|(?:评估|鉴定|会商|研判|调查)$)|现将|现就|特此|本着.{2,30}|面对.{2,30}|越是|感谢|祝|欢迎|认为|觉得|相信|深信|听说|获悉|属于?(?!地)(?=[^,]*(?:范围|性质|正常)))/
/** Phrases that only say by what, in what manner, as what: no act of their own, also behind a subject. */
const CONTEXT_PHRASES = /^([^,要须应请]{2,16}(?:既是|不仅是|就是|便是)|采取.{2,30}(?:方式|形式|办法)$|(始终|切实|坚决)?(按照.{2,60}(部署|要求|安排|精神|规定|原则|顺序|通知|标准|意见|统筹|方案|职责|思路|方针)|根据.{2,80}(部署|要求|安排|精神|规定|通知|预报|预警|警报|情况|实际|形势|消息|意见|办法|方案|预案|法|条例)|对[照标].{3,60}(精神|要求|部署|标准)|依据.{2,40}|结合.{2,40}(实际|情况|形势|特点)|在.{2,40}(基础上|前提下|的同时|过程中|领导下|领导和部署下|部署下|指导下|形势下|情况下|背景下|时期|阶段|关头|斗争中)|以.{2,40}(为契机|为抓手|为主线|为重点|为准|为核心|姿态|态度|信念|举措|决心|状态)|通过.{2,40}(等形式|等方式|等渠道|方式|形式|渠道|途径|协调|配合|联动)|坚持.{2,40}原则|从.{2,20}角度|围绕.{2,30}|针对.{2,40})$|作为|把.{2,80}作为)/
/** What the house itself will do, or leaves open. */
export const ANNOUNCE = /(”应(?:改)?为“|不再(?:单独|另行)?发(?:文|通知)$|^(?:有事|有问题|有困难|有急事|不明白的?)[^,]{0,6}[打拨]\d|另定[\p{Script=Han}]{0,4}$|(?:地址|地点|方法|流程|说明|标准|范围|对象|样式|详情)[^,]{0,4}(?:详?见|在)|名单[^,]{0,4}(?:详?见|附后)|(?:详|参)见附件|见附件\d*$|[^,]见(?:下|上|附|右|左)[表图]$|不能(?:代替|替代|取代)|照常上课|正常(?:上课|上班|开放)$|(?:接种点|服务点|领取点|地点|地址|服务台)设在|费用?[^,]{0,8}由[^,]{2,12}(?:承担|支付|负担|列支)|^请?(?:同学们|家长|大家|师生|您)?放心|负责解释$|不再?另(?:发|行通知)|不再(?:单独)?通知|为[^,]{0,12}(?:时段|作息)$|^删[去除][^,]*(?:一句|一条|一款|字样)|^原[^,]{2,40}应为|[^,]算起$|的(?:一律)?清退$|(?:学院|学校|我们|指挥部|部门|中心)会(?:在|于|及时|第一时间)|^[^,]{1,14}(?<!单|部)位于|有[^,]{0,8}(?:人员|志愿者)(?:值守|接听|引导|值班)$|^分[^,]{2,20}阶段(?:进行|实施|开展)?$|^(?:本次)?演练模拟|^不影响|不受影响$|可以?(?:自行)?(?:恢复|好转|痊愈|缓解|治愈)$|^(?:逾期|过期|过时)[^,]{0,4}(?:不再|不予|概不|一概不|恕不|不候)|(?:困难|求助|需求|问题|情况)请?(?:拨打|致电)[^,]{0,10}(?:热线|电话)|^[^,至]{0,8}(?:生|级|人员)\d{1,2}月\d{1,2}日$|(?:进入|处于|正值)[^,要须应]{0,8}(?:期|季|阶段)$|^(?:关键|重点|核心|根本)(?:在于|是)|^[\p{Script=Han}]{0,8}(?:时间|地点|期限|名额|标准|顺序)(?:调整|变更|改)?(?:为|是)|另行(通知|通告|公告|公布|安排|告知|发布|确定|规定)(?![之以]?前)|以[^,]{1,16}为准|如?遇[^,]{1,8}顺延$|照常(进行|开放|上课|运行)|(时间|事宜|结果)(将|待|由)[^,]{0,10}(公布|公告|决定|通知|确定|发布)|^疑问请|^(?:何时|什么时候|几时)|(?:恢复|开放|开学|返校)?时间看|待定|[^,]另[告文]$|等通知|^(如有|若有|有)(任何)?(疑问|问题|不明)[\p{Script=Han}]{0,6}(致电|联系|咨询|拨打)|届时通知|有关事项通知如下|事项(通知|通告|公告|明确|安排)如下|通知如下|要求如下|如下(?:表|图|附件)?$|(请|希望)[\p{Script=Han}]{0,6}注意$|做到以下几点$|做好以下(几项)?工作$|^(请|望)?(认真)?(遵照|参照)(执行|办理|落实)$|以下几(点|项|件事|个方面|项工作)$)/u
const SELF = /^(本[处院系会局校司](?![各人])|[省市区县]?(?:教育厅|教委|教育局|教体局)|我市|我省|我区|我县|全省|全市|本市|市里|国家|省委|市委|学校|学院|我校|我院|我处|本校|校方|学校党委|学院党委|校党委|学校疫情防控|党委组织部|指挥部|本指挥部|我办|我中心)/
const FUTURE = /^(党委|办公室|处|部|中心|指挥部)?(将(?=(组织|根据|依据|对|视|适时|及时|不定期|定期|会同|安排|于|在|按|予以|给予|进行|另行|通过|陆续|派出|派|启动|开展|统一|组成|组建|抽调|成立|联合|邀请))|已|已经|正在|成立了|定于|拟于|决定|研究决定|拟(?![定订])|会(?=(根据|及时|视|安排|适时|在|于|第一时间|尽快|陆续)))/
/** What is over or goes on already. */
export const PAST = /连续[\d一二三四五六七八九十]+个?(?:昼夜|小时|轮|年)|[\p{Script=Han}]{1,2}了(?![解然结却望])[\p{Script=Han}]{2}|已经|业已|正在|以来|均?曾[于在]|现正|接获/u

/** Days, and that there is work or none. */
function onCalendar(segment: Segment, masked: string): boolean {
  let said = ''
  for (let at = segment.start; at < segment.end; at++) if (!segment.hits.some((hit) => hit.start <= at && at < hit.end)) said += masked.charAt(at)
  return segment.hits.length > 0 && /^(?:放假)?(?:调休)?$|^(?:正常|照常)?(?:上班|上课|行课|补课|补班)(?:(?:上班|上课|行课))?$/.test(said.replaceAll(/[^\p{Script=Han}]|[星期周][一二三四五六日天]|[至到]/gu, '')) && /放假|调休|班|课/.test(said)
}

/** What was seen, what is left to people, and labels above what follows. */
export function seenOrLabelled(said: Said): SegmentRole | null {
  const { segment, masked, bare } = said
  // 答：不能。 An answer alone names no act.
  if (bare === '' || /^(?:不能|不可以?|不行|不得|不准|禁止|严禁|不要|不许|取消|暂停|停止)$/.test(bare)) return 'context'
  // 有的堤段……, 也有个别……: what was seen, no order.
  const opener = masked.slice(segment.start, segment.start + 1) === '但' ? segment.start + 1 : segment.start
  const ordered = segment.modality === 'must' && /须|应|务必|一律|请/.test(segment.modalWord ?? '')
  if (narrated.at(masked, opener) !== null && !ordered && !/^有的放矢/.test(bare)) return 'context'
  if (JUDGES.test(masked.slice(segment.predicate, segment.end)) || JUDGES.test(bare) || (segment.modality === null && /不得不|迫不得已|只得/.test(bare) && !/不得不[^,]*的/.test(bare))) return 'context'
  if (narratedUnlessOrdered.at(masked, opener) !== null && segment.modality === null) return 'context'
  // 教育系统处在第一线: where somebody stands.
  if (segment.modality === null && /^[^,的]{0,16}(?:正|仍|都|均|始终)?处[在于][^,]{2,20}(?:一线|前沿|前列|阶段|时期|关头|关口|状态|当口)$/.test(bare)) return 'context'
  // 怕大家刷不到，……: why it is said.
  if (segment.modality === null && /^(?:就?怕|担心|省得|免得|生怕)[^,]{2,}/.test(bare)) return 'context'
  // 洗澡、冲厕可以使用: what goes on.
  if (segment.modality === null && /^[^,]{1,14}(?:可以?|仍可|照常)(?:正常|照常|继续)?(?:使用|饮用|通行|进出|开放|营业)$/.test(bare)) return 'announcement'
  // 红牌禁用，黄牌慎用: what a sign means.
  if (/^(?:[红黄绿蓝橙白黑灰]色?(?:牌|标|旗|灯|签|贴|卡|标签|标识|标志|挂牌)(?:的)?(?:为|表示|代表|是)?(?:禁止使用|禁止通行|不得使用|[禁停可慎待限备在]用|待[修检查验]|合格|不合格|危险|安全|警告|故障)(?:、(?=.)|$))+$/.test(bare)) return 'context'
  // 酒精对病毒消毒效果有限, 筛查分三步进行: how it is.
  if (segment.modality === null && /(?:效果|作用|能力)(?:有限|不佳|较差|不明显|甚微)$|^[^,须应要请]{2,14}分(?:为)?[^,]{0,40}[两二三四五六]个?(?:步|阶段|批次?)(?:进行|实施|开展|推进)$/.test(bare)) return 'context'
  // 10月1日至8日放假调休, 28日正常上班，执行周三的课表: the calendar.
  if (segment.modality === null && segment.subject === null && (onCalendar(segment, masked) || /^(?:分别|均)?执行[^,]{0,40}课表$/.test(bare))) return 'announcement'
  // 庄稼淹了可以补种, 完全自愿: left to people.
  if (segment.modality === null && (/(?<!不|方|才)可以?(?:先行|自行|酌情|视情|适当|临时)/.test(bare) || /^(?:谁|没有人)(?:都|也)?不?(?:愿|想|希望)/.test(bare))) return 'announcement'
  if (segment.modality === null && (/^[^,]{1,10}了可以?(?![能靠行])/.test(bare) || /自愿$|自愿(?:的)?原则|系统(?:自动|统一)/.test(bare))) return 'announcement'
  // 成立由校长任组长的领导小组: the house sets itself up, unless it is ordered or dated.
  if (segment.modality === null && /^(?:原则(?:上)?)?同意(?!后|的)/.test(bare)) return 'announcement'
  if (segment.modality === null && segment.subject === null && segment.hits.length === 0 && /^成立[了]?由?[^,]{2,24}(?:任|担任|为)(?:组长|总指挥|指挥长|主任)/.test(bare)) return 'announcement'
  if (masked.charAt(segment.end) === ':' && /^(?:出席|列席|主持|主持人|记录|记录人|请假|缺席|参会|参加|签发)(?:人员)?$/.test(bare)) return 'context'
  // 领取时间：……, 报送方式：……: a label, the order stands behind it.
  if (masked.charAt(segment.end) === ':' && bare.length <= 10 && /(为$|时间|地点|方式|对象|范围|内容|要求|时限|期限|渠道|邮箱|电话|单位|部门|流程|步骤|标准|安排|格式|模板|样式|事项|主旨|依据)$/.test(bare)) return 'context'
  return null
}

/** Why, since when, on whose word, in what manner. */
export function background(said: Said): SegmentRole | null {
  const { segment, masked, bare } = said
  if (CONTEXT_PHRASES.test(bare) || CONTEXT_PHRASES.test(masked.slice(segment.predicate, segment.end).replace(/[。;!?:\s]+$/, ''))) return 'context'
  if (CONTEXT_OPENERS.test(bare) && !(segment.strong && (segment.verbClass === 'act' || (/^每次/.test(bare) && segment.verb !== null)) && !/^(现将|现就|特此|据|鉴于|由于|受)/.test(bare))) return 'context'
  if (/自(公布|印发|发布|下发)(?:之日|时)起/.test(bare) || /是.{0,14}(办法|关键|前提|基础|保障|根本|途径|高发期|季节|阶段|第一责任人)$/.test(bare)) return 'announcement'
  if (segment.modality === null && !/[方才]$/.test(masked.slice(segment.start, segment.predicate)) && /^(?:[^,]{0,4}时)?可(以)?(?![能靠行])/.test(masked.slice(segment.predicate, segment.end))) return 'announcement'
  if (/(本|该)(规定|通告|公告|办法|通知|方案|预案|意见|制度)(自|由|从|的解释)|制定本(?:规定|方案|预案|办法|通知|意见|公告|制度|细则|指南|要点)|特制定/.test(bare)) return 'announcement'
  return null
}

/** What the house announces, how things stand, what an act is to bring about. */
export function announced(said: Said): SegmentRole | null {
  const { segment, masked, bare, isLast } = said
  if (segment.subject && SELF.test(masked.slice(segment.subject.start, segment.subject.end)) && FUTURE.test(masked.slice(segment.subject.end, segment.end))) return 'announcement'
  // 省教育厅将会同……: whom no list of those who act here names.
  if (segment.subject === null && segment.modality === null && FUTURE.test(bare.replace(SELF, '')) && SELF.test(bare)) return 'announcement'
  if (segment.subject && segment.modality === null && segment.verbClass !== null && /^(不定期|定期|适时|及时|随后)?将/.test(masked.slice(segment.subject.end, segment.end)) && futureVerb(segment, masked, segment.subject.end, segment.end)) return 'announcement'
  if (segment.subject && segment.modality === null && FUTURE.test(masked.slice(segment.subject.end, segment.end)) && !/^将/.test(masked.slice(segment.subject.end, segment.end))) return 'announcement'
  // 全校已完成三轮检测, 我校将于8月发布方案, 学校决定启动响应: told or announced.
  if (segment.modality === null && /^[^,的由]{0,10}已(?:经)?(?:完成|开展|组织|排查|安排|累计|发放|配发|启动|成立|恢复|实现)(?![^,]*[的由])/.test(bare)) return 'context'
  if (segment.modality === null && /^(?:我校|我院|学校|学院|我市|我省|我们|本校|校方)(?:决定|计划|拟(?![定订])|将(?=于|在|对|根据|依|视|适时|按|从|组织|安排|开展|启动|发布|公布|通知|成立|派|为|向|给予|进行|另|继续|陆续|统一))/.test(bare)) return 'announcement'
  // 如有不明之处，请与学工部联系.
  if (/(?:疑问|不明|不明之处|未尽事宜|其他问题|相关问题),$/.test(masked.slice(Math.max(0, segment.start - 8), segment.start)) && /^请?(?:及时|直接|随时)?(?:与|和|向|致电|拨打|联系|咨询)/.test(bare)) return 'announcement'
  // 学校定于7月25日开展演练: the house announces.
  if (segment.modality === null && /^[^,]{0,12}(?:定于|拟于)\d/.test(bare)) return 'announcement'
  if (FUTURE.test(bare) && segment.subject === null && /^(将|已(?!到|返|在|离|请|购|缴|确诊|[^,]{1,8}的(?:[须应要由请一]|人员|学生|师生|[^,]{1,8}(?:全部|立即|一律|统一|当场)))|拟(?![定订])|决定)/.test(bare) && !/(报|送|交|发|通知|列入|纳入)/.test(bare)) return 'announcement'
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
  // 使道路畅通 is an outcome, 使用应急灯 is none.
  if (outcomes.at(masked, segment.predicate) !== null && !masked.startsWith('使用', segment.predicate) && segment.modality === null && segment.subject === null && !segment.hits.some((hit) => hit.kind === 'absolute' && hit.limit) && !/[报交送](?!告)\p{Script=Han}{2,12}$/u.test(bare)) return 'outcome'
  // 气象台16时升级发布橙色预警, 专家建议立即腾空: told of others.
  if (segment.modality !== 'must-not' && /^[^,]{0,10}(?:气象(?:台|局|部门)|预报|专家组?)(?:[^,须应请要]{0,10}(?:发布|升级|预计|预报|预警|解除)|建议|认为|判断|研判认为)/.test(bare)) return 'context'
  // 水位超警戒1.6米: how high it stands.
  if (segment.modality === null && /^[^,]{1,8}超(?:警戒|保证|汛限|历史)[^,后时的]{0,8}$/.test(bare)) return 'context'
  // 每周三14时至16时为清扫时间: when it is.
  if (segment.modality === null && segment.hits.some((hit) => /^为[^,]{2,14}(?:时间|时段|日|期)$/.test(masked.slice(hit.end, segment.start + bare.length)))) return 'announcement'
  // 早发现、早报告、早隔离: a maxim.
  if (segment.modality !== 'must-not' && /^(?:做到|坚持|力争|实现)?(?:早\p{Script=Han}{2,3}(?:、|$)){2,}$/u.test(bare)) return 'context'
  // 学校成立领导小组: the house sets itself up.
  if (segment.modality === null && segment.hits.length === 0 && (/^(?:学校|我校|我院|本校|校方)成立/.test(bare) || (isLast && /(?:^|[\n。])$/.test(masked.slice(Math.max(0, segment.start - 1), segment.start)) && /^(?:学院|医院|集团|公司)成立/.test(bare))) && /(?:小组|工作组|指挥部|专班|委员会)$/.test(bare)) return 'announcement'
  // 操场每日6:00至21:00开放: its hours.
  if (segment.modality === null && segment.subject === null && segment.hits.some((hit) => hit.kind === 'daily' && /[-~至到]/.test(masked.slice(hit.start, hit.end)) && /^(?:正常|照常)?(?:开放|营业|供餐)$/.test(masked.slice(hit.end, segment.start + bare.length)))) return 'announcement'
  // 体育馆作为安置点, 红牌禁用: what serves as what; what a sign means.
  const serves = segment.modality === null ? /^([^,将把以用]{2,14})作为[^,]{2,14}$/.exec(bare) : null
  if (serves?.[1] !== undefined && verbAfter(masked, segment.start, segment.start + serves[1].length) === null) return 'announcement'
  // 自12月1日起执行: from when it is in force.
  if (segment.modality === null && /^自?[^,]{2,14}起(?:施行|执行|生效|实行)$/.test(bare)) return 'announcement'
  // 请认真执行, 请照单办理: nothing of its own.
  if (segment.modality !== 'must-not' && /^(?:请|望|务请)[^,]{0,8}(?:(?:认真|遵照|严格)(?:抓好|做好)?(?:贯彻|落实|整改|执行|办理)+|(?:仔细|认真)(?:阅读|学习)(?:[、并][^,]{2,10})?)$/.test(bare)) return 'announcement'
  if (/^(?:请|望|务请)?[^,]{0,6}(?:认真|遵照|照单|照此|严格遵照|按此|贯彻)(?:贯彻|落实)?(?:执行|办理|落实)$/.test(bare)) return 'announcement'
  // 我市、全省: how things stand there, unless a verb stands before.
  const place = segment.modality === null ? /^.{0,14}?(?<![向报到至])(?=我市|我省|我区|我县|全市|全省|省防总|市防指|省防指)/.exec(bare) : null
  if (place && verbAfter(masked, segment.start, segment.start + place[0].length) === null) return 'context'
  return null
}

/** 将 before a verb tells what will be; before a noun it takes the object to the front (将名单报…). */
function futureVerb(segment: Segment, masked: string, from: number, to: number): boolean {
  const mark = masked.indexOf('将', from) + 1
  if (mark <= 0 || mark >= to) return false
  // 将于8月8日至10日组织复查: behind the day.
  const when = segment.hits.find((hit) => !hit.limit && (hit.start === mark || (hit.start === mark + 1 && /[于在]/.test(masked.charAt(mark)))))
  const at = when === undefined ? mark : when.end
  for (let i = at; i < Math.min(to, at + 6); i++) {
    const verb = nouns.at(masked, i) === null ? verbs.at(masked, i) : null
    if (verb === null) continue
    // 将预约量压减一半: a thing stands between, so 将 takes it to the front.
    if (i > at && (masked.slice(at, i).includes('的') || !/^[\d于在对视根据依会同适及随不另择每定分统陆续按向从以与为给就逐进派专先全再继]/.test(masked.slice(at, i)))) return false
    return !/[报送交发]/.test(masked.slice(i + verb.length, to))
  }
  return false
}
