/** Times in a text: absolute, daily, relative, vague, anchored to an event; and what cannot be a date. */
import { DAY_PARTS, EVENTS, VAGUE_TIMES } from './knowledge/times.ts'
import { cnNumber, toIso } from './figures.ts'
import type { DeadlineKind } from './types.ts'

/** What the notice's own dates lend to times that are given in part. */
/** `event`: the day for which the notice calls an event (定于5月12日), if there is just one. */
export type TimeFrame = { date: string | null; year: number | null; event?: string | null }

export type TimeHit = {
  start: number
  end: number
  kind: DeadlineKind
  /** In the form of the annotation: ISO where it can be worked out, HH:MM for a daily hour, else the words. */
  value: string
  dueAt: string | null
  derivation: string | null
  /** 前, 截止: a limit; otherwise a time at which something happens. */
  limit: boolean
  /** A start (即日起, 9月1日起) sets no limit. */
  opening: boolean
}

export type DateFault = { start: number; end: number; text: string }

const CN = '[一二三四五六七八九十]{1,3}'
const DATE = `(?<each>每年)?(?:(?<y>(?:19|20)\\d{2}|今|明)年)?(?:(?<mo>\\d{1,2})月(?<d>\\d{1,2})(?:日|号)?|(?<cmo>${CN})月(?<cd>${CN})日|(?<![\\d.第V])(?<pmo>1[0-2]|0?[1-9])[./](?<pd>[12]\\d|3[01]|0?[1-9])(?=(?<=[^\\d\\n][\\d./]{3,5})[日号]|(?:之|以)?前(?![往进来后期沿线景列台端方述])|下班|放学|上午|中午|下午|晚|起(?!来)|止|截止))(?:日|号)?`
const SPAN = '(?:(?:日|号)?(?:\\([^)]{1,8}\\))?(?:[-~至到]|--|(?:、\\d{1,2}日?){0,5}、)(?:(?<mo2>\\d{1,2})月)?(?<d2>\\d{1,2})[日号])?'
const ISO_DATE = '(?<iy>(?:19|20)\\d{2})[-/.](?<imo>\\d{1,2})[-/.](?<id>\\d{1,2})'
const WEEK = '(?:\\((?:星期|周)?[一二三四五六日天]\\))?'
const PART = Object.keys(DAY_PARTS).toSorted((a, b) => b.length - a.length).join('|')
const HOUR = `(?<part>${PART})?(?<h>\\d{1,2})(?::(?<mi>\\d{2})(?!\\d)|[时点](?:(?<mi2>\\d{1,2})分?|(?<half>半)|整)?)`
const RANGE = `(?:[-~至到]+(?:(?:(?<mo3>\\d{1,2})月)?(?<d3>\\d{1,2})[日号]|(?<nx>次日|翌日))?(?<part3>${PART})?(?<h3>\\d{1,2})(?::(?<mi3>\\d{2})|[时点](?<half3>半)?))?`
const CN_HOUR = `(?<cpart>${PART})?(?<ch>零|${CN})[时点](?<chalf>半|正|整)?`
const LIMIT = '(?<limit>(?:之|以)?前|止|截止|截至)?'
const ABSOLUTE = new RegExp(`(?:${DATE}${SPAN}|${ISO_DATE})${WEEK}(?:[,、 ]?(?:${HOUR}${RANGE}|${CN_HOUR}|(?<noon>中午|下班|晚上|上午|下午|一早|清晨|凌晨|傍晚|全天|当天)))?${LIMIT}(?<open>起|以后|之后|后)?`, 'g')
const DAY_ONLY = new RegExp(`(?<![\\d年第-])(?:(?:本月|当月)|(?<!月))(?<d>\\d{1,2})[日号](?!报|常|均|以?内)${WEEK}(?:${HOUR})?(?:上午|中午|下午|晚上|当天)?(?:下班|放学|闭馆)?(?<limit>(?:之|以)?前(?!往))`, 'g')
/** 二十日前: two Chinese figures or more, for 十日前 is ten days before. */
const CN_DAY = /(?<=[在于]|^|[,。;:\n]|将)(?<d>二十[一二三四五六七八九]?|三十一?|十[一二三四五六七八九])[日号](?:之|以)?前/g
/** 每月底前, 每月5日前, 每季度末月25日前, 每月底: a day of every month. */
const PERIODIC = /每(?:个)?(?:季度|季|月份?|旬|学期|学年|年)(?:的)?(?:首月|末月)?(?:月?[底末初]|\d{1,2}[日号]|(?<=月)(?:最后一[天日]|第一[天日]))(?<limit>(?:之|以)?前)?/g
/** 29日全校停课, 各校29日一律停课: a day alone, where it can be no span of days. */
const DAY_ALONE = /(?:(?<=^|[,。;:\n于在])(?<d>\d{1,2})日(?=[\p{Script=Han}])(?![报常均间内后以居隔健留游的])|(?<![\d月年第~至-])(?<d2>\d{1,2})日(?=一律|全[校市体天]|上午|下午|晚|夜间|停))/gu
/** 自27日12时起, 自28日起至30日: a start, or a span, whose month is the signature's. */
const FROM_DAY = new RegExp(`(?<![月\\d年-])(?<d>\\d{1,2})[日号](?:${HOUR})?起(?:[至到](?<d2>\\d{1,2})[日号])?`, 'g')
/** 28日至29日, 28日、29日: days whose month is the signature's. */
const DAY_SPAN = /(?<![\d月年第-])(?<d>\d{1,2})日?(?:[-~至到]|、)(?<d2>\d{1,2})日(?!报|常|均|以?内)/g
const NEAR = new RegExp(`(?<event>(?<=^|[应须要请于在将,、。;:\\n])(?:(?![应须要请于在将把])[\\p{Script=Han}]){0,8}(?:到校|返校|离校|入校|检测|采样|发布|结束|解除|入住|入院|抵达|到达|登陆|报到|后)(?=[当次]日|当天))?(?<day>今日|今天|今晚|今夜|当日|当天|当晚|当夜|次日|翌日|明日|明天|明早|后天)(?:的)?(?:${HOUR}${RANGE}|${CN_HOUR}|(?<half2>上午|中午|下午|晚上|下班|放学))?${LIMIT}`, 'gu')
const CLOCK = new RegExp(`(?<!\\d:|[\\d-])${HOUR}${RANGE}${LIMIT}`, 'g')
/** 下午四点前: an hour in Chinese figures needs 前 or a part of the day, for 两点 may be two remarks. */
const CLOCK_CN = new RegExp(`(?:${CN_HOUR})(?<limit>(?:之|以)前|前|止)`, 'g')
/** 上午十点到下午五点: a stretch of the day in Chinese figures. */
const HOURS_CN = new RegExp(`(?<part>${PART})?${CN}[时点]半?[到至-]+(?:${PART})?${CN}[时点]半?`, 'g')
/** 每日上午十时: of every day, so it is an hour without 前. */
const DAILY_CN = new RegExp(`(?<=每[日天晚早])${CN_HOUR}(?<limit>(?:之|以)?前)?`, 'g')
const WITHIN = /(?:(?:自|从|(?<=^|[于在,。;\n]))(?:(?![应须要请于在将把自从])[\p{Script=Han}]){1,14}之日起,?|(?<=^|[\n,。;:、于在])(?:响应|应急|(?![应须要请于在将把])[\p{Script=Han}]){1,7}后|[在于]?(?:接到|收到|发现|发生|事发|接报|事件发生|情况发生|返校|到校|解除|结束|降雪|雪停|雨停|停雪|停雨|启动|发布|确诊|报告|离校|入校)(?:响应|应急|(?![应须要请于在将把])[\p{Script=Han}]){0,8}后)?的?[,]?(?:在)?(?:\d{1,3}|[一二两三四五六七八九十半]{1,3})(?:个)?(?:小时|分钟|天|日|工作日|个?周|个?月|钟头)(?:以|之)?(?:内|后(?!每))/gu
const AHEAD = /(?:至少|需|应|须)?提前(?:\d{1,3}|[一二两三四五六七八九十半]{1,3})(?:个)?(?:小时|分钟|天|日|工作日|周|月)/g
const WEEKDAY = /(?:本|这|下|每)?(?:周|星期)[一二三四五六日天](?:(?:上午|下午|晚上?)?(?:\d{1,2}(?::\d{2}|[时点])|下班|放学))?(?:之|以)?前|(?:本|这|下)(?:周|星期)[一二三四五六日天](?:(?:上午|下午|晚上?)?(?:\d{1,2}(?::\d{2}|[时点]))?)?(?:之|以)?前?|(?:每年)?(?:本周|本月底|本月|月底|年底|本学期|学期末|学期结束)(?:之|以)?(?:前|内)|[\d一二三四五六七八九十]{1,3}月(?:底|末|中旬|上旬|下旬|初)(?:之|以)?前?|(?:本周|今日|当日|本月)内/g
/** 周五20:00前: which week is for the reader to say. */
const WEEKDAY_CLOCK = /(?<!每)(?<!每个)(?<!每(?:周|星期)[一二三四五六日天]?[、和])(?:本|这|下)?(?:周|星期)[一二三四五六日天](?:上午|中午|下午|晚上?)?(?:\d{1,2}(?::\d{2}|[时点](?:\d{1,2}分|半)?)|[一二三四五六七八九十]{1,3}[时点]半?)(?:之|以)?前/g
const events = [...EVENTS].toSorted((a, b) => b.length - a.length).join('|')
const ANCHORED = new RegExp(`(?:(?<=^|[\\n,。;:、于在至])(?:(?![应须要请于在将把])[\\p{Script=Han}]){0,6}?)?(?:${events})(?:工作|后|过|结束|完成|完毕)?(?:之|以)?(?:前(?![线沿列台景往去来端言述瞻])(?:(?:\\d{1,3}|[一二两三四五六七八九十半]{1,2})(?:个)?(?:小时|分钟|工作日|天|日|周|月))?|后(?:(?:\\d{1,3}|[一二两三四五六七八九十半]{1,2})(?:小时|天|日)(?:内)?|(?:的)?第(?:\\d{1,2}|[一二三四五六七八九十]{1,2})[天日])?|期间|时期)`, 'gu')
/** A verb in front of a period is no part of it. */
const TOLD = /^(?:(制定|拟定|编制|公布|安排|制订|拟订|编排|统计|汇总|调整|明确)|(?:提醒|告知|告诉|教育|引导|要求|叮嘱|嘱咐|劝导|通知|督促)(?:学生|师生|家长|教职工|员工|居民|群众|职工|大家|同学们?|村民|游客)?)/
const PERIOD = /(?<=^|[\n,。;:、]|在)[\p{Script=Han}]{2,12}(?:期间|时期|(?<!分)时段内?)(?=[,内])/gu
/** 停水前, 离校前, 施药时, 停水期间, 隔离期内 at the head of a segment: a short event no list needs to know. */
const SHORT_EVENT = /(?<=^|[\n,。;:、在于]|学生|师生|人员|同学们?|每[日天晚次])(?:(?![应须要请于在将把的目当日以之此提从面眼年事先同及按准届平临实小必定何到生员人们])[\p{Script=Han}]){1,4}?(?:(?<!目|当|日|以|之|此|提|从|面|眼|年|事|先|往|跟|超|空|生|支|向|靠|朝|(?<![出进开关锁上下入乘停发登离起])(?:门|楼|台|床|车|店|站|堂)|户|窗|桌|柜|屏|摊|墙)前(?![往进来后期沿线景列台端方述言瞻]|提(?![交供出醒示请前]))(?:(?:\d{1,3}|[一二两三四五六七八九十半]{1,2})(?:个)?(?:小时|分钟|工作日|天|日|周|月))?|期间|期内)/gu
/** 返回课堂前, 进入实验室前: going somewhere. */
const BEFORE_GOING = /(?<=^|[\n,。;:、在于]|学生|师生|人员|同学|每[日天晚次])(?:返回|进入|离开|到达|抵达|登上|前往|启用|拆除|参加|使用|接触)[\p{Script=Han}]{1,8}?(?:之|以)?前(?![往进来后期沿线景列台端方述言瞻])/gu
/** 假期中, 活动中: in the course of. */
const AMID = /(?<=^|[\n,。;:、在于])(?:假期|寒假|暑假|长假|节日|活动|比赛|考试|军训|值守|转移|施工|运输|行驶|行车)(?:过程)?中(?![心小学间转])/gu
const AT_ANY = /(?<=^|[\n,。;:])(?:响应|应急|(?![应须要请于在将把])[\p{Script=Han}]){2,8}?(?:(?<![及临同小届随当按准实平何])时|(?<![前先最此今之以往])后)(?=[应须必要先不由])(?!要求|由于)/gu
const AT_EVENT = /(?<=^|[\n,。;:、在于]|学生|师生|人员|同学)(?:入校|入馆|入楼|进校|出校|返校|离校|采样|检测|接种|施药|施工|就餐|取餐|用餐|外出|上课|下课|乘车|登车|报到|值班|交接班?|消毒|转运|就诊|候检|排队|发药|遇险|出行|出门|停电|停水|清淤|扫雪|上岗|离岗|到岗|就寝|熄灯|开餐|停课|复课|接送|会客|探视|交接)时(?![间候段长刻期效光常])/g
const LESSON = /(?:上午|下午)?第[一二三四五六七八九十](?:、[一二三四五])?节课前|(?:上午|下午|当天|当日)?(?:早读|早操|早自习|晚自习|午休|午餐|早餐|晚餐|放学|下班|熄灯)前/g
/** 症状消失72小时且……后方能: a waiting time without 后 of its own. */
const WAITED = /(?<=^|[\n,。;:者生员])(?:症状|体温|发热|皮疹|病情|疱疹)[\p{Script=Han}]{2,10}?满?\d{1,3}(?:小时|天|日)(?:(?:以|之)?后)?/gu
/** 疫情平息前，……: whatever stands before 前 at the head of a sentence and is closed by a comma. */
const HEAD_EVENT = /(?<=^|[。;\n])(?:(?![应须要请将把])[\p{Script=Han}\d.%℃]){2,14}(?<![目当日此眼面先门台])(?:之|以)?前(?=,)/gu
/** 保存至学期末, 疫苗用完为止. */
const TILL = /(?<=停到)(?!\d)[\p{Script=Han}]{2,16}?(?=[,。;\n]|$)|(?<=(?:隔离|休息|观察|监测|休养|居家|封闭|关闭|封控|留观|停用|照护|治疗|禁闭|停[\p{Script=Han}])至)(?!少)[\p{Script=Han}\d]{2,16}?(?=[,。;\n]|$)|直至[\p{Script=Han}\d]{2,16}?(?=[,。;\n]|$)|(?<=[存续留管持]至)[\p{Script=Han}]{2,8}(?:末|底|止|结束)|(?<=^|[,。;\n])(?:直?至)?[\p{Script=Han}]{2,8}为止/gu
/** 结果未出前, 未接通知前. */
const UNTIL = /(?<=^|[\n,。;:、在于])(?:(?![应须要请将把])[\p{Script=Han}]){0,6}未[\p{Script=Han}]{1,8}?(?:之|以)?前/gu
/** 在两次检测阴性前禁止……: whatever stands between 在 and a ban; 在大门前不得停车 is a place. */
const BEFORE_DONT = /(?<=^|[\n,。;:、在于])(?:(?![应须要请将把])[\p{Script=Han}]){2,14}(?:之|以)前(?=(?:一律|先|也|都|谁)?(?:别|不|禁|严禁|勿|请勿|千万))/gu
/** 本学期不再派人, 这个月不做: a stretch of the calendar in which something is not done. */
const IN_TERM = /(?:本学期|这学期|本学年|这个月|本月|这[几两三]天|这段时间|这一?周|今年内?|年内)(?=内?(?:一律|都|先|也|暂|全部)?(?:不|别|停|暂|取消|禁))/gu
const BEFORE_BAN = /(?<=[在于])(?:响应|应急|(?![应须要请于在将把])[\p{Script=Han}]){2,14}?(?<![目当日此眼面先门楼台床车店站堂窗桌柜墙屏户馆])(?:之|以)?前(?=禁止|严禁|不得|不准|不许|不要|不可|不能|一律[不停]|请勿|切勿|暂停)/gu
/** 在雷雨最强时段, 大风天气停止……: a spell in which something is ordered. */
const SPELL = /(?<=[在于])[\p{Script=Han}]{2,10}时段(?=[,非不禁严请应须要原一])|(?<=^|[\n,。;:、在])(?:大风|暴雨|雷雨|雷电|强对流|大雾|冰雪|雨雪|高温|极端|恶劣|台风|沙尘|强降雨)[\p{Script=Han}]{0,4}天气(?=停|暂停|不|禁止|严禁|一律)/gu
/** 推迟到疫情平稳后: until when it is put off. */
const DEFERRED = /(?<=(?:推迟|延期|顺延|延后|推后|延迟|改期)[到至])[\p{Script=Han}]{2,12}后(?=[,。;\n]|$)/gu
/** 离校3个工作日前. */
const DAYS_AHEAD = /(?<=^|[\n,。;:、于在])(?:(?!提)(?:响应|(?![应须要请于在将把])[\p{Script=Han}])){1,6}(?:\d{1,2}|[一两三五七十])(?:个)?(?:工作日|天|日|小时|分钟)(?:之|以)?前(?![\d往期])/gu
/** 自返校之日前7天起. */
const DAYS_BEFORE = /(?<=[自从于在])(?:(?![应须要请于在将把自从])[\p{Script=Han}]){2,8}(?:之日|当日|当天)?前(?:\d{1,3}|[一二两三四五六七八九十半]{1,3})(?:天|日|周|个月|小时)(?:起|内)?/gu
/** 本周五, 下周一12:00前: of the week of the signature; 月底前 of its month. */
const THIS_WEEK = new RegExp(`^(?<week>[本这下])(?:周|星期)(?<day>[一二三四五六日天])(?:${HOUR}|${CN_HOUR})?(?:上午|中午|下午|晚上?)?(?:下班|放学)?(?:之|以)?前?$`)
const THIS_MONTH = /^(?:本月底|月底)(?:之|以)?前$/
/** 6月底前: the last day of that month. */
const MONTH_END = /^(?<mo>\d{1,2}|[一二三四五六七八九十]{1,2})月(?:底|末)(?:之|以)?前?$/
/** 第1天、第7天: days counted from an event. */
const NTH_DAY = /(?:(?<=^|[\n,。;:、在于]|学生|师生|人员|者)(?:响应|应急|(?![应须要请于在将把])[\p{Script=Han}]){0,8})?第(?:\d{1,2}|[一二三四五六七八九十]{1,2})[天日](?:[、和及](?:第)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[天日])*|(?:(?<=^|[\n,。;:、在于]|学生|师生|人员|者)(?:响应|应急|(?![应须要请于在将把])[\p{Script=Han}]){0,8})?第\d{1,2}(?:[、和及]\d{1,2})+[天日]/gu
/** 自接到通知起, 从印发之日起: a start. */
const SINCE = /(?<=^|[\n,。;:、])(?:自|从)[\p{Script=Han}]{2,12}?(?:之日)?起(?=[,实执全开停暂])|(?<=[\p{Script=Han}])(?:自|从)(?:接到|收到|印发|发布|公布)[\p{Script=Han}]{1,8}?(?:之日)?起(?=[,实执全开停暂禁严不一立])/gu
const KEEP = /(?:至少|不少于|不低于)(?:\d{1,3}|[一二两三四五六七八九十半]{1,3})(?:个)?(?:小时|天|日|周|月|年)/g
const FROM_NOW = /(?:自|从)?(?:即日(?=停|关|封|暂)|(?:即日|现在|今日|今天)起)(?:至(?!\d)[^,。;]{2,16}?(?=[,。;]|$))?/g
const vague = [...VAGUE_TIMES].toSorted((a, b) => b.length - a.length).join('|')
/** 超速, 车速, 加速 are no time. */
const VAGUE = new RegExp(vague.replace('当即', '(?<!应)当即(?!刻)').replace(/(?<=\||^)速(?=\||$)/, '(?<![超加减车风流限时快迅高低网转])速(?!度|率|效|冻)'), 'g')
const EVERY = /每次|每日|每天|每晚|每早|每周|每星期|每月|逐日|(?<![\d一二三四五六七八九十当次作])日报(?![到名送道])/

const pad = (n: number): string => String(n).padStart(2, '0')

function clock(given: Record<string, string | undefined>): string | null {
  let groups = given
  // A range of hours ends with its last; Chinese figures are figures.
  if (given.h3 !== undefined) groups = { part: given.part3 ?? (given.d3 === undefined && given.nx === undefined && Number(given.h3) < 12 && Number(given.h3) < Number(given.h) ? '下午' : given.part3), h: given.h3, mi: given.mi3, half: given.half3 }
  else if (given.ch !== undefined) groups = { part: given.cpart, h: String(cnNumber(given.ch)), half: given.chalf === '半' ? '半' : undefined }
  if (groups.h === undefined) return groups.noon === '中午' ? '12:00' : null
  let hour = Number(groups.h)
  const minute = groups.mi !== undefined ? Number(groups.mi) : groups.mi2 !== undefined ? Number(groups.mi2) : groups.half ? 30 : 0
  const part = groups.part === undefined ? undefined : DAY_PARTS[groups.part]
  if ((part === 'pm' || part === 'night') && hour < 12) hour += 12
  if (part === 'noon' && hour < 10) hour += 12
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0)) return null
  return `${pad(hour)}:${pad(minute)}`
}

/** 24:00 is the end of the day; machines read it as the next midnight. */
function dueOf(date: string, time: string | null): string {
  if (time === null) return date
  if (time !== '24:00') return `${date}T${time}`
  return `${addDays(date, 1)}T00:00`
}

function addDays(date: string, days: number): string {
  const day = new Date(`${date}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() + days)
  return day.toISOString().slice(0, 10)
}

/** Year for a month and day without one: the signature's, or the next when the day lies far behind it (December → January). */
function yearFor(frame: TimeFrame, month: number, given: string | undefined): { year: number; rule: string | null } | null {
  if (given !== undefined && /^\d{4}$/.test(given)) return { year: Number(given), rule: null }
  if (frame.year === null) return null
  if (given === '明') return { year: frame.year + 1, rule: '“明年”按落款年份推算' }
  const signed = frame.date === null ? null : Number(frame.date.slice(5, 7))
  if (signed !== null && signed >= 11 && month <= 3) return { year: frame.year + 1, rule: '年份取自落款，落款在年末而日期在年初，按次年计' }
  return { year: frame.year, rule: '年份取自落款' }
}

/** What stands before in the same paragraph: a rhythm named there goes on. */
function before(text: string, at: number, reach: number): string {
  const near = text.slice(Math.max(0, at - reach), at)
  return near.slice(near.lastIndexOf('\n') + 1)
}

/** The next such day of a month, on or after the date of signing. */
function nearest(signed: string, day: number): string | null {
  const months = Number(signed.slice(0, 4)) * 12 + Number(signed.slice(5, 7)) - 1 + (day < Number(signed.slice(8, 10)) ? 1 : 0)
  return toIso(Math.floor(months / 12), (months % 12) + 1, day)
}

/** All times in text[start, end). `blocked` says where no date may be read (repaired bytes). */
export function findTimes(text: string, start: number, end: number, frame: TimeFrame, blocked: (from: number, to: number) => boolean): { hits: TimeHit[]; faults: DateFault[] } {
  const hits: TimeHit[] = []
  const faults: DateFault[] = []
  const slice = text.slice(start, end)
  const free = (from: number, to: number): boolean => !hits.some((hit) => hit.start < to && hit.end > from) && !faults.some((fault) => fault.start < to && fault.end > from)
  const each = (pattern: RegExp, take: (match: RegExpExecArray, from: number, to: number) => unknown): void => {
    pattern.lastIndex = 0
    for (let match = pattern.exec(slice); match; match = pattern.exec(slice)) {
      if (match[0] === '') { pattern.lastIndex++; continue }
      const from = start + match.index
      if (free(from, from + match[0].length) && !blocked(from, from + match[0].length)) take(match, from, from + match[0].length)
    }
  }
  /** The day named before `at` in this paragraph, where nothing between says that it is another. */
  const dayNamed = (at: number): string | null => {
    const said = before(text, at, 90)
    const last = hits.findLast((hit) => hit.kind === 'absolute' && hit.end <= at && at - hit.end <= 70 && /^\d{4}-/.test(hit.value))
    const written = [...said.matchAll(/(\d{1,2})月(\d{1,2})[日号]/g)].at(-1)
    const gap = last ? text.slice(last.end, at) : written ? said.slice((written.index ?? 0) + written[0].length) : null
    if (gap === null && frame.event) return frame.event
    if (gap === null || gap.length > 60 || /每|发现|接到|收到|发生|出现|遇|报告后|[返离到入出][校岗]$|检测|后$|逢/.test(gap)) return null
    if (last) return last.value.slice(0, 10)
    const year = written ? yearFor(frame, Number(written[1]), undefined) : null
    return written && year ? toIso(year.year, Number(written[1]), Number(written[2])) : null
  }
  for (const fault of damagedDates(slice)) faults.push({ start: start + fault.index, end: start + fault.index + fault.text.length, text: fault.text })
  // 1224日12:00前: the words stay, the hour is of no other day.
  for (const fault of faults) {
    const rest = /^(?:(?:上午|下午|中午|晚上?)?\d{1,2}(?::\d{2}|[时点])|下班)?(?:之|以)?前/.exec(text.slice(fault.end, Math.min(end, fault.end + 14)))
    if (rest) hits.push({ start: fault.start, end: fault.end + rest[0].length, kind: 'relative', value: text.slice(fault.start, fault.end + rest[0].length), dueAt: null, derivation: null, limit: true, opening: false })
  }
  each(ABSOLUTE, (match, from, to) => {
    const g = match.groups ?? {}
    const month = g.cmo !== undefined ? cnNumber(g.cmo) : Number(g.mo3 ?? g.mo2 ?? g.mo ?? g.pmo ?? g.imo)
    const day = g.cd !== undefined ? cnNumber(g.cd) : Number(g.d3 ?? g.d2 ?? g.d ?? g.pd ?? g.id)
    if (g.each !== undefined) { hits.push({ start: from, end: to, kind: 'daily', value: match[0], dueAt: null, derivation: null, limit: g.limit !== undefined, opening: false }); return }
    if (month > 12 || day > 31 || month === 0 || day === 0) { faults.push({ start: from, end: to, text: match[0] }); return }
    const year = yearFor(frame, month, g.y ?? g.iy)
    const time = clock(g)
    const limit = g.limit !== undefined
    const opening = g.open !== undefined
    const written = year === null ? null : toIso(year.year, month, day)
    const date = written !== null && g.nx !== undefined && g.h3 !== undefined ? addDays(written, 1) : written
    if (year !== null && date === null) { faults.push({ start: from, end: to, text: match[0] }); return }
    // 9月5日起: a start that can be worked out is a day, but nothing is due then.
    if (date !== null && opening && /起$/.test(match[0])) { hits.push({ start: from, end: to, kind: 'absolute', value: time === null ? date : `${date}T${time}`, dueAt: null, derivation: [year?.rule ?? null, '写的是开始的时间'].filter((rule) => rule !== null).join('；'), limit, opening }); return }
    if (date === null || opening) { hits.push({ start: from, end: to, kind: 'absolute', value: match[0], dueAt: null, derivation: null, limit, opening }); return }
    const rules = [year?.rule ?? null, (g.d3 ?? g.d2) === undefined ? null : '日期区间取最后一天'].filter((rule) => rule !== null)
    hits.push({ start: from, end: to, kind: 'absolute', value: time === null ? date : `${date}T${time}`, dueAt: dueOf(date, time), derivation: rules.length > 0 ? rules.join('；') : null, limit, opening })
  })
  each(PERIODIC, (match, from, to) => hits.push({ start: from, end: to, kind: 'daily', value: match[0], dueAt: null, derivation: null, limit: match.groups?.limit !== undefined, opening: false }))
  each(FROM_DAY, (match, from, to) => {
    const g = match.groups ?? {}
    const last = g.d2 === undefined ? null : Number(g.d2)
    const first = frame.date === null || Number(g.d) > 31 || Number(g.d) === 0 ? null : nearest(frame.date, Number(g.d))
    const date = last === null || first === null ? first : nearest(first, last)
    if (date === null) return
    const time = last === null ? clock(g) : null
    hits.push({ start: from, end: to, kind: 'absolute', value: time === null ? date : `${date}T${time}`, dueAt: last === null ? null : date, derivation: `只写了日，月份取落款后最近的一个；${last === null ? '写的是开始的时间' : '日期区间取最后一天'}`, limit: false, opening: last === null })
  })
  for (const pattern of [DAY_ONLY, CN_DAY]) each(pattern, (match, from, to) => {
    const g = match.groups ?? {}
    const day = cnNumber(g.d ?? '')
    if (frame.date === null || day > 31 || day === 0) { hits.push({ start: from, end: to, kind: 'absolute', value: match[0], dueAt: null, derivation: null, limit: true, opening: false }); return }
    const date = nearest(frame.date, day)
    const time = clock(g)
    if (date !== null) hits.push({ start: from, end: to, kind: 'absolute', value: time === null ? date : `${date}T${time}`, dueAt: dueOf(date, time), derivation: '只写了日，月份取落款后最近的一个', limit: true, opening: false })
  })
  each(DAY_SPAN, (match, from, to) => {
    const [first, last] = [Number(match.groups?.d), Number(match.groups?.d2)]
    const date = frame.date === null || last <= first || last > 31 ? null : nearest(frame.date, last)
    if (date !== null) hits.push({ start: from, end: to, kind: 'absolute', value: date, dueAt: date, derivation: '只写了日，月份取落款后最近的一个；日期区间取最后一天', limit: false, opening: false })
  })
  each(DAY_ALONE, (match, from, to) => {
    const day = Number(match.groups?.d ?? match.groups?.d2)
    const date = frame.date === null || day > 31 || day === 0 ? null : nearest(frame.date, day)
    if (date !== null) hits.push({ start: from, end: to, kind: 'absolute', value: date, dueAt: date, derivation: '只写了日，月份取落款后最近的一个', limit: false, opening: false })
  })
  each(NEAR, (match, from, to) => {
    const g = match.groups ?? {}
    const word = g.day ?? ''
    // 今晚10点 is ten at night.
    const time = clock(/[晚夜]/.test(word) && g.part === undefined ? { ...g, part: '晚', cpart: '晚' } : g)
    const around = before(text, from, 60)
    if (/^[次翌]/.test(word)) {
      // The day after what? The event stands in the sentence, the signature is not it.
      hits.push({ start: from, end: to, kind: 'relative', value: match[0], dueAt: null, derivation: null, limit: true, opening: false })
      return
    }
    if (/^当/.test(word)) {
      // 24日18时起禁止停入，已停车辆于当日17时前驶离: the day named just before, unless something sets it off or repeats.
      const day = time !== null && (g.limit !== undefined || frame.event) && !EVERY.test(around) ? dayNamed(from) : null
      if (day !== null) { hits.push({ start: from, end: to, kind: 'absolute', value: `${day}T${time}`, dueAt: dueOf(day, time), derivation: `“${word}”指前面写的那一天`, limit: true, opening: false }); return }
      // 当日 repeats whatever the sentence repeats; it is no calendar day.
      if (time !== null) hits.push({ start: from, end: to, kind: EVERY.test(around) ? 'daily' : 'anchored', value: EVERY.test(around) ? time : match[0], dueAt: null, derivation: null, limit: g.limit !== undefined, opening: false })
      else if (g.limit !== undefined || /当[日天晚夜](?:上午|中午|下午|晚上)?$/.test(match[0])) hits.push({ start: from, end: to, kind: g.limit !== undefined && EVERY.test(around) ? 'daily' : 'relative', value: match[0], dueAt: null, derivation: null, limit: g.limit !== undefined, opening: false })
      return
    }
    const said = text.slice(Math.max(start, from - 60), from)
    const shift = /^今/.test(word) ? 0 : /^后/.test(word) ? 2 : 1
    if (frame.date === null || EVERY.test(said)) { hits.push({ start: from, end: to, kind: EVERY.test(said) ? 'daily' : 'relative', value: match[0], dueAt: null, derivation: null, limit: g.limit !== undefined, opening: false }); return }
    const date = addDays(frame.date, shift)
    const at = time === null && /今[晚夜]/.test(word) ? null : time
    hits.push({ start: from, end: to, kind: 'absolute', value: at === null ? date : `${date}T${at}`, dueAt: dueOf(date, at), derivation: `“${word}”按落款日期推算`, limit: g.limit !== undefined, opening: false })
  })
  each(WITHIN, (match, from, to) => {
    if (/^(每|前|近|过去)/.test(text.slice(from - 1, from)) || /24小时(值班|在岗|畅通)/.test(text.slice(from, to + 2))) return
    // “险情发生后,1小时内电话报告”: the event is the condition, the limit stands with the act.
    const lead = match[0].includes(',') ? match[0].lastIndexOf(',') + 1 + match[0].slice(match[0].lastIndexOf(',') + 1).search(/[^的在]/) : match[0].search(/[^的在]/)
    hits.push({ start: from + lead, end: to, kind: 'relative', value: match[0].slice(lead), dueAt: null, derivation: null, limit: true, opening: false })
  })
  each(AHEAD, (match, from, to) => hits.push({ start: from, end: to, kind: 'relative', value: match[0].replace(/^(至少|需|应|须)/, ''), dueAt: null, derivation: null, limit: true, opening: false }))
  const calendar = (words: string, from: number, to: number): boolean => {
    if (frame.date === null || /每[^,。;]{0,6}$/.test(text.slice(Math.max(start, from - 8), from))) return false
    // 3月底 alone in the cell of a table is as good as 3月底前.
    const named = /前$/.test(words) || (from === start && to === end) ? MONTH_END.exec(words) : null
    const month = named ? cnNumber(named.groups?.mo ?? '') : 0
    if (named && month >= 1 && month <= 12) {
      const year = yearFor(frame, month, undefined)
      const last = year ? new Date(Date.UTC(year.year, month, 0)).toISOString().slice(0, 10) : null
      if (year === null || last === null || last < frame.date) return false
      hits.push({ start: from, end: to, kind: 'absolute', value: last, dueAt: last, derivation: [year.rule, '月底取当月最后一天'].filter((rule) => rule !== null).join('；'), limit: true, opening: false })
      return true
    }
    const found = THIS_WEEK.exec(words)
    if (!found && !THIS_MONTH.test(words)) return false
    const signed = new Date(`${frame.date}T00:00:00Z`)
    const g = found?.groups ?? {}
    const monday = addDays(frame.date, -((signed.getUTCDay() + 6) % 7) + (g.week === '下' ? 7 : 0))
    const date = found ? addDays(monday, '一二三四五六日'.indexOf(g.day === '天' ? '日' : g.day ?? '一')) : new Date(Date.UTC(signed.getUTCFullYear(), signed.getUTCMonth() + 1, 0)).toISOString().slice(0, 10)
    // 本周一 in a notice signed on a Friday is over: the words stay.
    if (date < frame.date) return false
    const time = clock(g)
    hits.push({ start: from, end: to, kind: 'absolute', value: time === null ? date : `${date}T${time}`, dueAt: dueOf(date, time), derivation: `“${words}”按落款日期推算`, limit: true, opening: false })
    return true
  }
  each(WEEKDAY_CLOCK, (match, from, to) => calendar(match[0], from, to) || hits.push({ start: from, end: to, kind: 'relative', value: match[0], dueAt: null, derivation: null, limit: true, opening: false }))
  for (const pattern of [CLOCK, CLOCK_CN]) each(pattern, (match, from, to) => {
    const time = clock(match.groups ?? {})
    if (time === null) return
    const limit = match.groups?.limit !== undefined
    const around = before(text, from, 40) + text.slice(from, to + 12)
    if (EVERY.test(around)) hits.push({ start: from, end: to, kind: 'daily', value: time, dueAt: null, derivation: null, limit, opening: false })
    else if (limit && /(?:当[日天晚]|头一?天|前一[天日]|第二天)[^,。;]{0,10}$/.test(text.slice(Math.max(start, from - 16), from))) hits.push({ start: from, end: to, kind: 'relative', value: match[0], dueAt: null, derivation: null, limit, opening: false })
    else if (limit && frame.date !== null) {
      // “7月27日18时前清场。读者在17:30前离馆”: the day named just before, where it is still to come.
      const named = [...before(text, from, 70).matchAll(/(\d{1,2})月(\d{1,2})[日号]/g)].at(-1)
      const year = named ? yearFor(frame, Number(named[1]), undefined) : null
      const day = named && year ? toIso(year.year, Number(named[1]), Number(named[2])) : null
      const signed = frame.event ?? (time === '00:00' ? addDays(frame.date, 1) : frame.date)
      const near = day !== null && day > frame.date && day <= addDays(frame.date, 21) ? day : signed
      hits.push({ start: from, end: to, kind: 'absolute', value: `${near}T${time}`, dueAt: dueOf(near, time), derivation: near === signed ? (frame.event ? '只写了时刻，日期取通知所定的那一天' : '只写了时刻，日期取落款当天') : '只写了时刻，日期取前面写的那一天', limit, opening: false })
    }
    else if (frame.event && from === start) hits.push({ start: from, end: to, kind: 'absolute', value: `${frame.event}T${time}`, dueAt: dueOf(frame.event, time), derivation: '只写了时刻，日期取通知所定的那一天', limit, opening: false })
    else hits.push({ start: from, end: to, kind: 'relative', value: match[0], dueAt: null, derivation: null, limit, opening: false })
  })
  each(HOURS_CN, (match, from, to) => hits.push({ start: from, end: to, kind: 'relative', value: match[0], dueAt: null, derivation: null, limit: false, opening: false }))
  each(DAILY_CN, (match, from, to) => {
    const time = clock(match.groups ?? {})
    if (time !== null) hits.push({ start: from, end: to, kind: 'daily', value: time, dueAt: null, derivation: null, limit: match.groups?.limit !== undefined, opening: false })
  })
  each(WEEKDAY, (match, from, to) => calendar(match[0], from, to) || hits.push({ start: from, end: to, kind: 'relative', value: match[0], dueAt: null, derivation: null, limit: !/月(?:底|末|中旬|上旬|下旬|初)$/.test(match[0]), opening: false }))
  for (const pattern of [FROM_NOW, SINCE]) each(pattern, (match, from, to) => hits.push({ start: from, end: to, kind: 'relative', value: match[0], dueAt: null, derivation: null, limit: false, opening: true }))
  for (const pattern of [DEFERRED, DAYS_AHEAD, DAYS_BEFORE, BEFORE_BAN, SPELL]) each(pattern, (match, from, to) => hits.push({ start: from, end: to, kind: 'anchored', value: match[0], dueAt: null, derivation: null, limit: pattern === BEFORE_BAN || pattern === DAYS_AHEAD, opening: false }))
  each(ANCHORED, (match, from, to) => {
    const lead = /^[在于自]/.test(match[0]) ? 1 : 0
    const words = match[0].slice(lead)
    if (/^(以|之|从)/.test(words)) return
    // 各学院开学前: who stands before the event.
    const daily = /^[\p{Script=Han}]*每[日天晚](?=[\p{Script=Han}]{2})/u.exec(words)?.[0].length ?? 0
    if (daily > 0) { hits.push({ start: from + lead + daily, end: to, kind: 'anchored', value: words.slice(daily), dueAt: null, derivation: null, limit: /前|内/.test(words), opening: false }); return }
    const who = /^(?:各|全体|全校|所有)[\p{Script=Han}]{0,4}?(?:院|单位|部门|处室|班级|师生|学生|教师|人员|院系|系部|校|食堂)(?=[\p{Script=Han}]{2})/u.exec(words)
    if (who) { hits.push({ start: from + lead + who[0].length, end: to, kind: 'anchored', value: words.slice(who[0].length), dueAt: null, derivation: null, limit: /前|内/.test(words), opening: false }); return }
    // 制定停课期间线上学习预案: which plan; 提醒学生停课期间不……: when they, not the one who reminds, do.
    const told = TOLD.exec(words)
    if (told && /(?:期间|时期)$/.test(words) && told[1] !== undefined) return
    if (told && told[0].length < words.length - 2) { hits.push({ start: from + lead + told[0].length, end: to, kind: 'anchored', value: words.slice(told[0].length), dueAt: null, derivation: null, limit: /前|内/.test(words), opening: false }); return }
    hits.push({ start: from + lead, end: to, kind: 'anchored', value: words, dueAt: null, derivation: null, limit: /前|内/.test(words), opening: false })
  })
  for (const pattern of [NTH_DAY, TILL, LESSON, WAITED, UNTIL, HEAD_EVENT, BEFORE_DONT, IN_TERM, BEFORE_GOING, AMID, SHORT_EVENT, AT_EVENT, AT_ANY]) each(pattern, (match, from, to) => /期间$/.test(match[0]) && TOLD.exec(match[0])?.[1] !== undefined ? 0 : hits.push({ start: from, end: to, kind: 'anchored', value: match[0], dueAt: null, derivation: null, limit: /前$/.test(match[0]), opening: false }))
  each(PERIOD, (match, from, to) => TOLD.exec(match[0])?.[1] !== undefined ? 0 : hits.push({ start: from, end: to, kind: 'anchored', value: match[0], dueAt: null, derivation: null, limit: false, opening: false }))
  each(KEEP, (match, from, to) => {
    if (/(保存|留存|保管|隔离|观察|监测|储备)[\p{Script=Han}]{0,6}$/u.test(text.slice(Math.max(start, from - 10), from))) hits.push({ start: from, end: to, kind: 'relative', value: match[0], dueAt: null, derivation: null, limit: false, opening: false })
  })
  each(VAGUE, (match, from, to) => hits.push({ start: from, end: to, kind: 'vague', value: match[0], dueAt: null, derivation: null, limit: false, opening: false }))
  // 在校期间 is one word.
  for (const hit of hits) if (/^[校岗]期间/.test(hit.value) && text.charAt(hit.start - 1) === '在') Object.assign(hit, { start: hit.start - 1, value: `在${hit.value}` })
  hits.sort((a, b) => a.start - b.start)
  // 原定29日举行的典礼推迟: the day that no longer holds.
  for (let i = hits.length - 1; i >= 0; i--) if (/原(?:定|订|计划|拟|安排)(?:于|在)?$/.test(text.slice(Math.max(start, (hits[i]?.start ?? 0) - 5), hits[i]?.start))) hits.splice(i, 1)
  // 3月8日8:00至3月9日20:00: one span, and its end counts.
  for (let i = hits.length - 1; i > 0; i--) {
    const [first, last] = [hits[i - 1], hits[i]]
    if (!first || !last || !(first.kind === 'absolute' || first.opening) || last.kind !== 'absolute' || !/^[起]?[-~至到]+$/.test(text.slice(first.end, last.start))) continue
    hits.splice(i - 1, 2, { ...last, start: first.start, derivation: [last.derivation, '日期区间取最后一天'].filter((rule) => rule !== null).join('；') })
  }
  return { hits, faults }
}

/** Dates whose 月 or 日 got lost: `1012-16日`, `311日`, `24日、2635%`. They are reported, never guessed. */
function damagedDates(text: string): { index: number; text: string }[] {
  const out: { index: number; text: string }[] = []
  const pattern = /(?<![\d.:-])(\d{3,4}(?:[-~至]\d{1,4})?日|\d{1,2}月\d{3,4}(?:[-~]\d{1,2})?日|\d{1,2}月\d{1,2}[-~]\d{3,4}日|\d{1,2}日、\d{4}%)/g
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    if (/^(19|20)\d{2}日/.test(match[0])) continue
    out.push({ index: match.index, text: match[0] })
  }
  return out
}

const RECURRENCES: readonly [RegExp, (match: RegExpExecArray) => string][] = [
  [/日产日清|日清日结|日结日清|日清日毕/, () => '每日'],
  [/(?<![每第前后\d满隔])(?:\d{1,2}|[两三四五七十])(?:天|日|周|小时)(?!以?内|之内|[前后])(?:[\p{Script=Han}]{1,4})[一两]次/u, (match) => match[0]],
  [/第\d{1,2}(?:[、和及]\d{1,2})+[天日](?=各)/, (match) => match[0]],
  [/每(?:个)?月(?:的)?(?:\d{1,2}[日号]|月?[底末初])/, (match) => match[0]],
  [/(?:每日|每天|一日|一天)[\p{Script=Han}]{0,6}?(不少于|至少)?([两二三四\d])次/u, (match) => `每日${match[2] === '二' ? '两' : match[2]}次`],
  [/(?:每日|每天)?早、?中?、?晚(?:、睡前)?各?[\p{Script=Han}]{0,2}[一两二三]次|(?:每日|每天)(?:早、?晚|上、?下午|早、?中、?晚)/u, (match) => match[0]],
  [/(?:每逢|逢)(?:单日|双日|单周|双周|周末|节假日|周[一二三四五六日天]|[\p{Script=Han}]{2,4}日)/u, (match) => match[0]],
  [/(?<!每)(?:\d|[两二三四五六七])[天日]一(?:次|轮|检|测|报|查|消|换|巡)/, (match) => match[0]],
  [/(?<!间)隔[一两二三四五六七\d]?(?:日|天|周|月)(?!离)/, (match) => match[0]],
  [/每(?:一)?(?:趟次|车次|班次|批次|航次|趟|车|客)/, (match) => match[0]],
  [/[一两二三四\d]次[/每](?:日|天|周|月)|日[一两二三四\d]次/, (match) => match[0]],
  [/(?:一周|[一每](?:餐|日|天|班|客|车|月|节|趟|课|用))[一两三二](?!策|档|案|表|卡|册|码|证|座|位|桌|岗|线)[\p{Script=Han}]/u, (match) => match[0]],
  [/每(?:周|星期)[一二三四五六日天](?!次)(?:(?:、|和|至)(?:周|星期)?[一二三四五六日天])*/, (match) => match[0]],
  [/每(?:周|星期|月)[\p{Script=Han}]{0,6}?(?:不少于|至少)?([一两二三四\d])次/u, (match) => `${match[0].slice(0, 2)}${match[1]}次`],
  [/每(?:隔|间隔)?(?:\d{1,2}(?:-\d{1,2})?|[一两二三四五六七半十]个?)?(?:小时|分钟)|每(?:隔|间隔)?(?:\d{1,2}(?:-\d{1,2})?|[一两二三四五六七半十]个?)(?:天|日|周|月)/, (match) => match[0]],
  [/每(?:个)?工作日|每班次?|每节课|每个?课间|每[场轮批]次?|每晚|每早|每双周|每个?周末|每旬|每周|每月|每学期|每半天|每半小时|每餐/, (match) => match[0]],
  [/每日|每天|天天|逐日/, (match) => match[0]],
  // 拨打校医院24小时值班电话: a number, not a rhythm.
  [/(?<![第前后满足]|(?:拨打|致电)[^,。;]{0,12})24小时(?!以?内|前|后|之内)/, () => '24小时'],
  [/(?<!\d)日报告|零报告|(?<![\d一二三四五六七八九十当次作])日报(?![到名送道])|日调度|晨午晚?检|晨检|日排查|日研判|一日一报|日统计/, () => '每日'],
  [/(?<![\d一二两三四五六七八九十个])工作日(?!以?内|之内|前|后)|(?:周|星期)一[至到-](?:周|星期)?[五六日]/, (match) => match[0]],
  // 大门23:00关闭: an hour of the house, every day.
  [/(?<![日号)\d:-])\d{1,2}(?::\d{2}|[时点])(?:准时|统一)?(?:关闭|开启|开门|关门|熄灯|锁门|断网|查寝|晚点名|闭馆|开馆)/, () => '每日'],
  [/(?:早|上午|晨)[^,。;]{1,8}[、和及](?:晚|下午|夜)[^,。;]{1,8}?各/, (match) => match[0].slice(0, -1)],
  [/[两二三四六八\d]小时一[报查巡检消换测]/, (match) => match[0]],
  [/\d{1,2}(?::\d{2}|[时点])[-~至到](?:次日|翌日)/, () => '每日'],
  [/每年|每季度?|每学年/, (match) => match[0]],
  [/周报告|周调度|一周一报|周报(?!道)/, () => '每周'],
  [/昼夜|全天候|早中晚|每次|餐餐|顿顿|(?<!各)班班(?!长|主|委|干|级)|日日/, (match) => match[0]]
]

/** How often, in the notice's words; null for once. */
export function findRecurrence(text: string): string | null {
  for (const [pattern, say] of RECURRENCES) {
    const match = pattern.exec(text)
    if (match) return say(match)
  }
  return null
}

/** The time that is this duty's deadline: a limit before a moment, the concrete before the vague. */
export function chooseDeadline(hits: readonly TimeHit[]): TimeHit | null {
  const order = (hit: TimeHit): number => {
    const base: Record<DeadlineKind, number> = { absolute: 0, daily: 1, relative: 2, anchored: 3, vague: 6.5 }
    return base[hit.kind] + (hit.limit ? 0 : 2.5) + (hit.opening ? 3 : 0) + (hit.kind === 'daily' && hit.limit && /^\d{2}:/.test(hit.value) ? -2 : 0) + (hit.kind === 'vague' && /^(持续|按时|抓紧|同步|不定期|全天候)$/.test(hit.value) ? 3 : 0)
  }
  let best: TimeHit | null = null
  for (const hit of hits) if (best === null || order(hit) < order(best)) best = hit
  return best !== null && order(best) >= 9.5 ? null : best
}
