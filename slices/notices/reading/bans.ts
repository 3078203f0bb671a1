/** Prohibitions: what is said to be forbidden, what is not to be done, what is stopped or put off. */
import { namesActor, nouns } from './actors.ts'
import { cannot, everydayDont, everydayNot, notOne, putOff } from './everyday.ts'
import type { TimeHit } from './calendar.ts'
import { BANNED_ACTS, BAN_AFTER_BU, BAN_BEFORE_ACT, MUST_NOT, NOT_A_BAN, NOT_BANNED_ACTS, STOPPED_THINGS, STOPPING } from './knowledge/modality.ts'
import { ACTS } from './knowledge/verbs.ts'
import { lexicon } from './knowledge/words.ts'
import { findModal, verbAfter } from './modals.ts'

const acts = lexicon(ACTS)
export const mustNots = lexicon(MUST_NOT)
const stops = lexicon(STOPPING)
const notBans = lexicon(NOT_A_BAN)
const bans = lexicon(BAN_AFTER_BU)
const bansBeforeAct = lexicon(BAN_BEFORE_ACT)
const bannedActs = lexicon(BANNED_ACTS)
const notBannedActs = lexicon(NOT_BANNED_ACTS)
const stoppedThings = lexicon(STOPPED_THINGS)

/** 不随意调座, 不另行组织: 不 before a manner forbids the act. */
const RASHLY = /^(?:先(?=[^,。;就]{2,10}(?:[,。;]|$))|随意|随便|任意|另行|马上|立即|直接|擅|轻易|急于|贸然|私下|长时间|过早|再次|继续|超范围|超负荷|越权|越级|强行|变相)(?=[\p{Script=Han}]{2})/u

/** What a prohibition is about when nobody can check it: a mood, an opinion, a state of affairs. */
export const ATTITUDES = /^(?:[等慢拖松输](?=[,。;!?]|$)|舍不得|着急|慌|怕|嫌|忘|小看|紧张|担心|大惊小怪|急(?![刹停转于着行救])|恐慌(?!性?抢|性?囤|性?购)|惊慌|慌乱|惊恐|害怕|认为|以为|觉得|心存|好了伤疤|等(?!待)[^,、]{2,16}了(?:再|才)|等到[^,]*了(?:再|才)|置身事外|高枕无忧|因为[^,]*就[^,]{0,4}(?:放松|松懈|大意|懈怠)|让[^,]{0,8}(?:重演|失控))|^(?:有|存有?|抱有?|产生)[^,]{0,14}(?:念头|思想|想法|心理|情绪|心态)|^(?:允许)?(?:出现|存在|留下|留有)[^,的]{0,10}(?:空档|漏洞|死角|盲区|空白|断档|疏漏|纰漏|脱节|缺位)|^(有|存在|产生|抱有|存有|出现)?(任何|丝毫)?(侥幸|麻痹|松懈|懈怠|厌战|大意|马虎|流于形式|走过场|走形式|形式主义|掉以轻心|应付了事|敷衍)/

/** 不能看填了多少表, 不能满足于发过通知: how work is judged. */
export const JUDGES = /^不(?:能|可|要)以[^,]{1,10}代替(?:落实|行动|整改|执行|检查|管理)|^不(?:能|可|要)(?:光|只|仅)?(?:看[^,]{0,8}(?:多少|[一-龥]了)|满足于|停留在|止步)/

/** Somebody has not done what comes first. */
export const UNDONE = /^[^,对把将的因]{0,12}未(?:向|凭|持|办|取得|完成|通过|履行|征得|登记|报备|报批|佩戴|出示|获|接)[^,的]{0,16}$/

/** Who or what falls short of something (未经验收的楼宇, 无证人员): what stands before a ban in 不. */
const RESTRICTED = /^(?![^,]{0,6}(?:不少|无数|没有一|不仅|不同|无论|不论))(?:[^,]{0,8}(?:未|没有|没(?![有收完事])|尚无|无|非|不))[^,]{1,16}(?:的[^,的]{1,8}|者|人员|的)$/

/** 门禁延到24点, 营业延至20时: it lasts longer; 为何作罢: asked. */
const NOT_PUT_OFF = /(?:门禁|熄灯|关门|闭馆|断网|供[水电暖餐]|营业|开放|开馆|开到|服务|值班|假期|寒假|暑假|有效期|时间|保质期)(?:时间)?(?:统一|将|可以?)?$|[的了因若如已可不未]$|(?:没有|不会|是否|为何|避免|担心|不愿)[^,]*$/

/** 每批不超过20人, 装卸不超半小时: a limit that is not to be passed; 不超过当晚9点 is a time, 不超过三人的小组 which ones. */
const LIMIT = /^不(?:超过?|多于)(?:[\d.]+|[一二两三四五六七八九十百半]+)(?!日|月|[点时:](?!段))[^,。;的]{0,8}(?=[,。;!]|$)/
/** 预计不超过三天: guessed; 误差, 室温: measured. */
const GUESSED = /温度|[室水气]温|车速|时速|水位|浓度|湿度|误差|费用|接待|容纳|接纳|预计|预报|估计|大约|一般|通常|目前|至今|从未|历时|持续|最迟|最晚|如果|若|[的是而且但]$/

function limit(masked: string, i: number, to: number, head: number): string | null {
  const before = masked.slice(head, i)
  if (masked.charAt(i) !== '不' || !LIMIT.test(masked.slice(i, to)) || GUESSED.test(before) || before.length > 16) return null
  return findModal(masked, head, i) === null && (before.length <= 9 || verbAfter(masked, head, i) === null) ? masked.slice(i, i + 2) : null
}

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
    // 隔夜饭一粒不用, 险房里夜间不留人: harmless words, but for what stands before.
    const none = masked.charAt(i) === '不' ? notOne(masked, i, to, head(i)) : null
    if (none !== null) return { word: none, index: i, how: 'bu' }
    const most = limit(masked, i, to, head(i))
    if (most !== null) return { word: most, index: i, how: 'said' }
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
    // 刷不到消息, 问不到的报指挥部: it cannot be done.
    if (masked.charAt(i) === '不' && cannot(masked, from, i)) continue
    // 别舍不得丢: one word; in 宿舍不得 it is two.
    if (masked.startsWith('舍不得', i) && !/[宿校房]/.test(masked.charAt(i - 1))) { i += 2; continue }
    const said = mustNots.at(masked, i)
    if (said !== null && i + said.length <= to) {
      if (said === '莫' && bans.at(masked, i + 1) === null && acts.at(masked, i + 1) === null && i !== predicate) continue
      // 痊愈前别到教室: but not 特别, 分别, 别人.
      if (said === '别' && ((masked.charAt(i + 1) === '让' && !/^(?:病人|患者|伤员|家长|员工|新生|人员|任何人|大家|孩子|小孩|老人|儿童|学生|宠物|他人|陌生人|外人|同学|家属|老幼|幼儿)/.test(masked.slice(i + 2, i + 6))) || /[特分个区类级性差识辨告派鉴甄离]/.test(masked.charAt(i - 1)) || (masked.charAt(i + 1) !== '让' && bans.at(masked, i + 1) === null && acts.at(masked, i + 1) === null && i !== predicate && !everydayDont(masked, i, to, head(i))) || /[人的处名称墅国样、,。;:由为是]/.test(masked.charAt(i + 1)))) continue
      // 上报不可中断负荷清单: what is reported.
      if (said === '不可' && i > predicate && endsInVerb(masked, from, i)) continue
      if (/^(不可|不能|不应|不宜)$/.test(said) && (/[的者]$|不能[^,]{1,8}的[\p{Script=Han}]{0,4}(?:生|人员|教师|家长|同学|孩子|单位|班级)$/u.test(masked.slice(from, to)) || /^[^,]{1,12}(?:的|者)[^,不]{0,8}(?:要|须|应|由|请|一律)/.test(masked.slice(i + said.length, to)))) continue
      // 不能清走的打孔或覆盖, 不能返校的到楼长处登记: which ones, and what is done with them.
      if (said === '不能' && /^[^,的不]{1,4}的(?![^,]*不)/.test(masked.slice(i + 2, to)) && verbAfter(masked, i + 2 + masked.slice(i + 2, to).indexOf('的') + 1, to) !== null) continue
      // 不予返还的由学校赔偿: which ones.
      if (said === '不予' && /^[^,]{1,6}的[\p{Script=Han}]{0,4}(?:由|须|应|要|请|按)/u.test(masked.slice(i + 2, to))) continue
      // 费用不予退还: what people are not given back.
      if (said === '不予' && /^(?:退|补|奖|计|报销|追究|支持|考虑)/.test(masked.slice(i + 2, i + 4))) continue
      // 在禁火区设牌, 禁放的规定: what is named after a ban.
      if (/^禁[^止入]$/.test(said) && (/^(?:区|令|期|牌|线|物品|带)/.test(masked.slice(i + said.length, to)) || /^[^,]{0,8}的(?:规定|通知|要求|命令|公告|区域|标)/.test(masked.slice(i + said.length, to)))) continue
      if (said === '不再' && i > predicate + 4 && !RESTRICTED.test(masked.slice(from, i)) && (i > from + 16 || /[已若如后的]/.test(masked.slice(from, i).replace(/^已[^,的]{1,8}的(?=[\p{Script=Han}]{2,10}$)/u, '')))) continue
      // 家长不同意的: whose case it is.
      if (said === '不同意' && (i !== predicate || /^[^,]{0,12}的(?:$|[,。;]|[\p{Script=Han}]{0,4}(?:可|须|应|要|请|由))/u.test(masked.slice(i + 3, to)))) continue
      if (said === '拒绝' && i !== predicate && !/^(?:入内|进入|入校|入场|进校|进场|放行|接待|办理|登船|上车|受理)/.test(masked.slice(i + 2, to))) continue
      if (said.startsWith('禁') && /禁(止|烟|火|停|行)(吸烟|通行|入内|游泳|停车)?(标志|标识|标牌|牌|告示)/.test(masked.slice(i, i + 8))) continue
      if (/^(严控)$/.test(said)) continue
      // 不再咳嗽后才能回班: what must come first.
      if (/^不再?$|^不能$/.test(said) && /^[^,]{1,10}后(?:才|方)[可能准]/.test(masked.slice(i + said.length, to))) continue
      // 不得有侥幸心理, 严禁流于形式: an attitude nobody can check.
      if (ATTITUDES.test(masked.slice(i + said.length, to))) continue
      return { word: said, index: i, how: 'said' }
    }
    // 杜绝带病上岗: an act somebody does, not a state of affairs.
    const shut = bansBeforeAct.at(masked, i)
    if (shut !== null && (i === predicate || i === from || /(坚决|一律|必须|务必|要|应|须|、)$/.test(masked.slice(Math.max(from, i - 2), i))) && bannedActs.find(masked, i + shut.length, to) !== null && notBannedActs.find(masked, i + shut.length, to) === null) return { word: shut, index: i, how: 'said' }
    const act = masked.charAt(i) === '不' ? bans.at(masked, i + 1) ?? longAct(masked, i + 1) ?? RASHLY.exec(masked.slice(i + 1, i + 5))?.[0] ?? unknownAct(masked, from, i, to) ?? shortOf(masked, from, i, to) : null
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
    // 三食堂明天不开, 谁都不上冰: everyday words.
    const everyday = masked.charAt(i) === '不' ? everydayNot(masked, from, i, to, head(i)) : null
    if (everyday !== null) return { word: everyday, index: i, how: 'bu' }
    const off = /[延停往缓放歇作断甩推全改]/.test(masked.charAt(i)) ? putOff(masked, i, to) : null
    if (off !== null && i - head(i) <= 22 && !NOT_PUT_OFF.test(masked.slice(head(i), i)) && !/^[^,]{0,10}[者的](?:须|应|要|请|由|可)/.test(masked.slice(i, to))) return { word: off, index: i, how: 'stop' }
    const stop = hits.some((hit) => hit.kind !== 'vague' && hit.start <= i && i < hit.end) ? null : stops.at(masked, i)
    if (stop !== null && i + stop.length <= to && !/(停课不停|停工停|取消(资格|评优|其))/.test(masked.slice(i, i + 5)) && masked.charAt(i - 1) !== '不' && !/^取消[^,]{0,8}(?:资格|称号|荣誉)/.test(masked.slice(i, to))) {
      const before = masked.slice(Math.max(from, i - 3), i)
      const after = masked.slice(i + stop.length, to)
      // 停止供水时启用备用水源, 暂停使用的教室要张贴告示: when or what, no order to stop.
      // 推迟到汛期过后: until when, not when.
      const until = /^(?:推迟|延期|顺延|延后|推后|延迟|改期)$/.test(stop) && /^[到至][^,]{2,14}[后前](?=[,。;]|$)/.test(after)
      if (!until && (/^[^,、一]{1,6}(?:的[^,]{0,10}[要须应请可]|(?<![临小同及当])[时后](?=,|[要须应立由]|$)|期间)/.test(after) || /^[^,、一]{1,6}(?<![临小同及当])时/.test(after) && verbAfter(masked, i + stop.length + (after.search(/时/) + 1), to) !== null)) continue
      // 停下手头事务: to make room for something else.
      if (/^停[下止]$/.test(stop) && /^(?:手头|手中|手上|一切无关)/.test(after)) continue
      // 停课两天里，……, 停气当中不要……: when.
      if (/^停/.test(stop) && /^[^,]{0,4}(?:里|当中|之中)(?=[,。]|$)|^(?:当中|之中|过程中|里头)/.test(after)) continue
      // 停气……不要……: where a ban is said outright, that is the ban.
      const outright = /^停/.test(stop) ? /不得|严禁|禁止|不准|不许|不要|请勿|切勿/.exec(after) : null
      if (outright && !/[,;。]/.test(after.slice(0, outright.index)) && !/不要求|不得不/.test(after)) continue
      // 暂不暂停: it goes on; 门禁延迟到24点: it lasts longer.
      if (stop === '暂不' && stops.at(masked, i + 2) !== null) { i += 3; continue }
      if (/^(?:延迟|延后|推迟)$/.test(stop) && /(?:门禁|熄灯|关门|闭馆|断网|供[水电暖餐]|营业|开放)(?:时间)?(?:统一)?$/.test(masked.slice(head(i), i)) && /^[到至]\d/.test(after)) continue
      // 停课班级的教室: which ones. 系统自动顺延: nobody is told to.
      if (/^停[^止用下放]$/.test(stop) && stoppedThings.at(masked, i + stop.length) !== null && !/(一律|全部|均|立即|应|须|要|予以|必须)$/.test(before)) continue
      // 延期毕业研究生须……, 推迟返校的学生……: which people.
      if (!until && /^(?:毕业|返校|到校|报到|入学|入职|提交|缴费|答辩|实习)?[^,、]{0,6}(?:的|生|者|人员|师生)[^,的]{0,4}[须应要请由在将把]/.test(after)) continue
      // 如遇大雨，顺延至15日: a plan that shifts by itself.
      if (stop === '顺延' && /如?遇[^,]{1,8},$/.test(masked.slice(Math.max(0, from - 12), from))) continue
      // 实习时间顺延: a term that shifts by itself.
      if (/^(?:顺延|延后)$/.test(stop) && /(?:时间|期限|工期|学制|截止日期)(?:相应|依次)?$/.test(masked.slice(head(i), i))) continue
      // 没有取消, 不会停课: it goes on.
      if (/(?:没有|并未|不会|未|不用|不必|无需|(?:院里|学校|学院|校方|我们|处里|指挥部)会)$/.test(masked.slice(Math.max(from, i - 4), i))) continue
      // 何时停课由专家评估: left open.
      if (/(?:何时|几时|什么时候)[^,]{0,4}$/.test(masked.slice(from, i))) continue
      // 避免停课, 谁都不愿停课: what nobody wants.
      if (/(?:不愿|不想|担心|害怕|避免|以免|防止|免得)[^,]*$/.test(masked.slice(from, i))) continue
      if (/自动|系统统一/.test(masked.slice(Math.max(from, i - 5), i))) continue
      // 停课就医, 停业整顿: the stop serves another act.
      if (/^停[课工业产运]$/.test(stop) && (acts.at(masked, i + stop.length) !== null || /^(?:休息|休养|治疗|治病|看病|养病)/.test(after))) continue
      if (/可以?(?:先行|自行|酌情|视情|适当|临时)$/.test(masked.slice(Math.max(from, i - 5), i))) continue
      if (/可(以)?$|申请$|办理$|同意$|批准$|是否$/.test(before)) continue
      // 改期者须提前一日取消: somebody gives up what is his.
      if (/^(取消|延期|顺延|改期)$/.test(stop) && /[须应请]|如?遇/.test(masked.slice(from, i)) && !/[须应要](?:予以?|当|一律|全部|立即)?$/.test(before)) continue
      const topicOnly = i - from <= 80 && (whose(masked, from, i) || i - head(i) <= 22 && /^(?:举办|举行|开展|进行|开放|营业|受理|办理|接待|运营|运行|服务|发放|供应|上课|授课)?(?:[。;!]|$)/.test(after) && findModal(masked, from, i) === null && !/[将把对在]/.test(masked.slice(head(i), i)) || /^(?:所有|一切|各类|各项|全部|任何|原定|已定|已排定|已安排)[^,]{1,24}$/.test(masked.slice(head(i), i)) || i - head(i) <= 22 && verbAfter(masked, head(i), i) === null) && !/[的了因若如已将拟]$/.test(before) && !/(如需|(?<!^)原定|原计划)/.test(masked.slice(from, i))
      // 怀孕的、正在发烧的暂缓接种: whoever it is, what follows is what they do not do.
      const ofThose = /的$/.test(masked.slice(from, i)) && /^(?:暂缓|暂停|停止|推迟)$/.test(stop) && /^(?![由是须应要也不时后令期]|原因|标准|条件|通知|决定|措施)[\p{Script=Han}]{2,8}(?:[,。;]|$)/u.test(after)
      // 开考推迟半小时, 返校推迟到下周: an activity and by how much, a verb in its name or not.
      const byHowMuch = /^(?:推迟|延后|推后|延期|顺延)$/.test(stop) && i - head(i) <= 10 && i - head(i) >= 2 && /^(?:[到至]?(?:\d|半|[一二两三四五六七八九十])[^,]{0,10}|[到至][^,]{2,12})(?:[,。;]|$)/.test(after) && findModal(masked, from, i) === null && !/[的了因若如已将可]$/.test(before)
      const atHead = ofThose || byHowMuch || i === predicate || topicOnly || /(一律|统一|全部|均|立即|应|须|要|予以?|必须|继续|全面|都|先行|随即|即|即刻|自行|起)$/.test(before) || (after.replace(/[。;!?]/g, '') === '' && i > from + 1)
      if (atHead && !/^(的|期间|通知|后|时|前|令|日|表|标志|以|与否|者)|^(?:决定|信息|时间|事宜|情况|安排|措施|手续|申请)(?=[,。;的另如由见]|$)/.test(after) && !/并[^不]/.test(after)) return { word: stop, index: i, how: 'stop' }
    }
  }
  return null
}

/** 健康码异常的学生|暂缓返校: whatever stands before 的, it says whom. */
function whose(masked: string, from: number, at: number): boolean {
  const relative = masked.lastIndexOf('的', at - 2)
  // 鉴定不合格的校舍: what falls short, whatever it is called.
  return relative > from && at - relative <= 9 && !masked.slice(relative, at).includes(',') && (namesActor(masked, relative + 1, at) || (RESTRICTED.test(masked.slice(from, at)) && verbAfter(masked, relative + 1, at) === null))
}

/** 不一定, 不需要, 不影响的: what is no act, or names people. */
const NO_ACT = /^不(?:一定|必|需|用|强|追究|计|算|收|扣|作|做|应该|会|是|能|可|该|属|享|受|存在|构成|适|代表|意味|等于|免|补|在此|含|包括|视|知|敢|肯|愿|想|好|大|太|易|难|宜)|[的了过]$/

/** Does a verb close right before `at`? */
function endsInVerb(masked: string, from: number, at: number): boolean {
  for (let i = Math.max(from, at - 4); i < at - 1; i++) if (acts.at(masked, i)?.length === at - i && nouns.at(masked, i) === null) return true
  return false
}

/** 无委托书的不放人: behind those who fall short, a verb that no list knows. */
function shortOf(masked: string, from: number, at: number, to: number): string | null {
  const rest = masked.slice(at, to).replace(/[。;!?]$/, '')
  return at > from + 3 && rest.length >= 3 && rest.length <= 8 && /[的者]$/.test(masked.slice(from, at)) && RESTRICTED.test(masked.slice(from, at)) && !NO_ACT.test(rest) ? masked.slice(at + 1, at + 2) : null
}

/** 不坐电梯, 体检不合格的，不推荐参赛: at the head, alone or behind whom it concerns, a verb that no list knows forbids too. */
function unknownAct(masked: string, from: number, at: number, to: number): string | null {
  if (at !== from) return null
  const rest = masked.slice(at, to).replace(/[。;!?]$/, '').replace(/“□+”/, '“□”')
  const whom = /(?:[的者]|[未非不]经[^,。;]{1,14}),$/.test(masked.slice(Math.max(0, at - 20), at))
  // Alone it must be a thing done to something: two or three signs are as often a manner (不慌不忙).
  const row = /不[^,。;的了]{2,10},$/.test(masked.slice(Math.max(from - 14, 0), from)) || /^,不(?![得准许能可应])[^,。;的了]{2}/.test(masked.slice(to, to + 4))
  // 不推不喊不回头拿东西: three in a row are no manner.
  if (/^(?:不[^不,慌忙急躁等靠]{1,6}){3,}$/.test(rest)) return masked.slice(at + 1, at + 2)
  if (!whom && (rest.length < (row ? 3 : 4) || rest.length > 14 || /^不[\p{Script=Han}]{1,2}不|[\d%]|^不(?:论|管|得|怕|畏|顾|惜|愧|失|枉|禁|由|妨|啻|止|单|料|曾|觉|乏|外|然|久|日|时|等|待|求|为|以|被|受|靠(?![\p{Script=Han}]{0,4}[边侧墙窗坡岸栏])|经意|期而|约而|胜|堪|惮|辞|履行|承担|图|谋|比|像|够|见|听|讲|谈|说|问|打|起|分|拘|限|计|尽|停|间|断|留|漏|落|误|松|变|改|动|搞|产生|记|导致|形成|造成|涉及|影响|延误|耽误|缺|具|损|消|发生|出现|支持|慌|急|躁|怕|骄|馁|懈|放|让|在乎|给|见得|了)/u.test(rest))) return null
  return rest.length > (row ? 2 : 3) && rest.length <= 16 && !NO_ACT.test(rest) ? masked.slice(at + 1, at + 3) : null
}

/** A plain act of two characters or more: 不发布, 不参观. */
function longAct(masked: string, at: number): string | null {
  const act = acts.at(masked, at)
  return act !== null && act.length > 1 ? act : null
}
