/** Under what condition, about whom or what, when, and who leads: what stands beside an act and is none. */
import { namesActor } from './actors.ts'
import { UNDONE } from './bans.ts'
import { TOLD } from './event-shapes.ts'
import { ENDS } from './knowledge/times.ts'
import { verbAfter } from './modals.ts'
import type { Said, Segment, SegmentRole } from './said.ts'
import type { Piece } from './sentences.ts'

const CONDITION_OPENERS = /^(非经|有人|谁|如(?![实期约数下])|若|一旦|凡|凡是|遇|如遇|遇有|发现|出现|发生|当|接到|收到|因|对于|对|确需|确因|确有|未|无|除|没有|有|假如|倘若|逢(?![单双]))/

/** 授课教师发现…: somebody meets with something. */
function whoMeets(masked: string, from: number, to: number): boolean {
  const found = /^([^,]{2,12}?)(?:一旦|如|若)?(?:发现|遇到|遇有|接到|收到)(?!后)/.exec(masked.slice(from, to))
  return found?.[1] !== undefined && namesActor(masked, from, from + found[1].length)
}

/** Who leads, who answers for it, who is left out: the order stands beside. */
export function leads(said: Said): SegmentRole | null {
  const { segment, masked, bare, isLast } = said
  // 谁组织谁负责, 借用的钥匙谁拿谁还: whoever does the one does the other; in ……的原则 it is a principle.
  if (segment.modality !== 'must-not' && /^[^,谁]{0,12}谁[^,谁]{1,8}[、]?谁[^,谁的]{1,8}$/.test(bare) && !/原则|担责|受罚|吃亏|倒霉|追究/.test(bare)) {
    Object.assign(segment, { verbClass: 'act', bareAct: true, subject: null })
    return 'act'
  }
  // 等医生同意了再回车间: what is waited for, then the act.
  if (segment.modality === null && /^(?:等|待)[^,]{2,14}(?:了|后|好|完|才|来)?再(?!说|议|看|定|谈)[^,的]{2,10}$/.test(bare)) {
    segment.verbClass = 'act'
    return 'act'
  }
  // 窗纱破了今天就补, 坏了马上换: what is wrong, and one sign that mends it.
  if (segment.modality === null && /^[^,]{2,12}(?:就|马上|立刻|立即|随时|当场|当天)[修补换报停堵清擦倒叫送]$/.test(bare) && !/[不没何啥]|什么|怎么/.test(bare)) {
    segment.verbClass = 'act'
    return 'act'
  }
  // 室温到40度就减负荷, 接到就走: as soon as it is so, the act.
  if (segment.modality === null && /^[^,就的]{2,12}就(?:走|撤|停|减|降|关|报|换|离开|回|喊|叫)(?![是会能要])[\p{Script=Han}]{0,5}$/u.test(bare) && !/[不没]|一[^,]{1,3}就|早就/.test(bare)) {
    segment.verbClass = 'act'
    return 'act'
  }
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
  const answering = segment.modality === null || segment.modalWord === '负责' ? /^([^,由]{0,14}由)([^,由]{2,16})(?:负责|把关|承担|安排|执行|实施|组织|承办|办理)$/.exec(bare.replace(/(?:具体|统一|全面|全权)(?=负责$)/, '')) : null
  if (answering) {
    const from = segment.start + (answering[1] ?? '').length
    Object.assign(segment, { subject: { start: from, end: from + (answering[2] ?? '').length }, byPhrase: true })
    return 'topic'
  }
  // 水泵的维修或者更换，应在20日前完成: what is to be done is named first.
  if (!isLast && segment.modality === null && /的\p{Script=Han}{2,4}(?:(?:或者?|和|及|与|、)\p{Script=Han}{2,4})?$/u.test(bare) && verbAfter(masked, segment.start + bare.lastIndexOf('的') + 1, segment.start + bare.length) !== null && /^,(?:应|须|要|必须|务必|应当)?(?:于|在)?[^,。;]{2,16}前(?:全部|全面)?(?:完成|办结|结束)(?=[,。;])/.test(masked.slice(segment.end, segment.end + 30))) return 'object'
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
  return null
}

/** 疫苗未到货: what has not come to its end yet. */
const STILL = new RegExp(`[^,]{2,14}(?:未|没|没有)[\\p{Script=Han}]{0,2}(?:${[...ENDS].join('|')}|出结果|退|明|出|下|干|停)$`, 'u')

/** 学生未经批准, 体温未恢复正常, 喷雾时: the state that what is forbidden behind it hangs on, where it stands before the ban without a comma. */
export function hangsOn(masked: string, from: number, to: number): Piece | null {
  // 提醒学生未经批准不得离校, 未经批准任何人不得离校: who is told, and whoever it is, are no part of it.
  const at = from + (TOLD.exec(masked.slice(from, to))?.[0].length ?? 0)
  // 无病例也不得缺报: even then.
  if (/也$/.test(masked.slice(at, to)) && !/谁也$|任何[^,]{1,5}也$/.test(masked.slice(at, to))) return null
  const said = masked.slice(at, to).replace(/(?:任何(?:单位|个人|人|和)+|谁|一律|就|也|都|先|则|均|绝|坚决|原则上)+$/, '')
  const state = /^(?:在|凡)?[^,的者]{0,10}(?:[未非不]经|未(?!来|成年)|没(?!收)|尚无|无(?!论|关))[^,的者]{2,20}(?<!人员|学生|教师|车辆)$|^(?:在|当)?[^,的]{2,14}(?:(?<![小临同及按准随平届当\d一二三四五六七八九十])时(?![间候段])|情况下)(?=[^,时]{0,6}$)/.exec(said)
  return state === null ? null : { start: at, end: at + state[0].length }
}

/** Conditions, topics, objects and times. */
export function circumstance(said: Said): SegmentRole | null {
  const { segment, masked, bare, isLast, beforeVerb } = said
  // 疫苗未到货，不组织……: a state that still lasts.
  if (segment.modality === null && bare.length <= 24 && STILL.test(bare)) return isLast ? 'context' : 'condition'
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
  // 从事食品加工的员工如有病征，……: in whose case.
  if (!isLast && segment.modality === null && bare.length <= 30 && /^[^,]{2,16}(?:如|若|倘)(?![下实期约数何同意图来今果干])\p{Script=Han}{2}[^,]{0,12}$/u.test(bare)) return 'condition'
  // 寝室闻到焦味，……: what is noticed, then the act.
  if (!isLast && segment.modality === null && segment.hits.length === 0 && /^[^,要须应请]{0,6}(?:闻到|听到|听见|看到|看见|感到|发觉)[^,]{1,8}$/.test(bare) && masked.charAt(segment.end) === ',') return 'condition'
  // 水位涨到警戒线，……: a state that sets something off.
  if (!isLast && segment.modality === null && segment.hits.length === 0 && !/[即应须要就]/.test(bare) && /(?:涨到|升到|升至|达到|超过|低于|高于|降至|降到|跌破)[^,]{1,14}$/.test(bare)) return 'condition'
  if (!isLast && CONDITION_OPENERS.test(bare) && segment.modality === null && !/(立即|及时|第一时间|马上|尽快|迅速|的当场|当[天日]|[\d半一二两三]个?(?:小时|分钟)内)/.test(bare) && (beforeVerb === null || !/^(对|将|把)/.test(beforeVerb) || segment.verb === null)) {
    if (!/^(对|有(?!人)|因)/.test(bare) || segment.verbClass === null || /^因/.test(bare)) return 'condition'
  }
  return null
}

function isTimeOnly(segment: Segment, masked: string): boolean {
  if (segment.hits.length === 0 || segment.verb !== null && segment.verbClass === 'act' && segment.hits.every((hit) => !masked.slice(hit.start, hit.end).includes(segment.verb ?? '□'))) return false
  let rest = masked.slice(segment.start, segment.end)
  if (segment.subject) rest = masked.slice(segment.subject.end, segment.end)
  for (const hit of segment.hits) rest = rest.replace(masked.slice(hit.start, hit.end), '')
  return rest.replace(/[\s、,。于在自从到至要须应请各前后止的每日天周必务]/g, '').length <= 1
}
