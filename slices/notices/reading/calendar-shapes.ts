/** How days and hours are written: the shapes of calendar times. */
import { DAY_PARTS } from './knowledge/times.ts'

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
export const ABSOLUTE = new RegExp(`(?:${DATE}${SPAN}|${ISO_DATE})${WEEK}(?:[,、 ]?(?:${HOUR}${RANGE}|${CN_HOUR}|(?<noon>中午|下班|晚上|上午|下午|一早|清晨|凌晨|傍晚|全天|当天)))?${LIMIT}(?<open>起|以后|之后|后)?`, 'g')
export const DAY_ONLY = new RegExp(`(?<![\\d年第-])(?:(?:本月|当月)|(?<!月))(?<d>\\d{1,2})[日号](?!报|常|均|以?内)${WEEK}(?:${HOUR})?(?:上午|中午|下午|晚上|当天)?(?:下班|放学|闭馆)?(?<limit>(?:之|以)?前(?!往))`, 'g')
/** 24日8点清点人数: a day and an hour whose month is the signature's. */
export const DAY_CLOCK = new RegExp(`(?<![\\d月年~.-])(?<d>\\d{1,2})[日号]${WEEK}[,，]?${HOUR}(?!起)${RANGE}`, 'g')
/** 二十日前: two Chinese figures or more, for 十日前 is ten days before. */
export const CN_DAY = /(?<=[在于]|^|[,。;:\n]|将)(?<d>二十[一二三四五六七八九]?|三十一?|十[一二三四五六七八九])[日号](?:之|以)?前/g
/** 每月底前, 每月5日前, 每季度末月25日前, 每月底: a day of every month. */
export const PERIODIC = /每(?:个)?(?:季度|季|月份?|旬|学期|学年|年)(?:的)?(?:首月|末月)?(?:月?[底末初]|\d{1,2}[日号]|(?<=月)(?:最后一[天日]|第一[天日]))(?<limit>(?:之|以)?前)?/g
/** 29日全校停课, 各校29日一律停课: a day alone, where it can be no span of days. */
export const DAY_ALONE = /(?:(?<=^|[,。;:\n于在])(?<d>\d{1,2})日(?=[\p{Script=Han}])(?![报常均间内后以居隔健留游的])|(?<![\d月年第~至.-])(?<d2>\d{1,2})日(?=一律|全[校市体天]|上午|下午|晚|夜间|停|到岗|到校|报到|返校|离校|入住|开学|复课|贴出|撕|公布|举行|开考))/gu
/** 自27日12时起, 自28日起至30日: a start, or a span, whose month is the signature's. */
export const FROM_DAY = new RegExp(`(?<![月\\d年-])(?<d>\\d{1,2})[日号](?:${HOUR})?起(?:[至到](?<d2>\\d{1,2})[日号])?`, 'g')
/** 28日至29日, 28日、29日: days whose month is the signature's. */
export const DAY_SPAN = /(?<![\d月年第.-])(?<d>\d{1,2})日?(?:[-~至到]|、)(?<d2>\d{1,2})日(?!报|常|均|以?内)/g
export const NEAR = new RegExp(`(?<event>(?<=^|[应须要请于在将,、。;:\\n])(?:(?![应须要请于在将把])[\\p{Script=Han}]){0,8}(?:到校|返校|离校|入校|检测|采样|发布|结束|解除|入住|入院|抵达|到达|登陆|报到|后)(?=[当次]日|当天))?(?<day>今日|今天|今晚|今夜|当日|当天|当晚|当夜|次日|翌日|明日|明天|明早|后天)(?:的)?(?:${HOUR}${RANGE}|${CN_HOUR}|(?<half2>上午|中午|下午|晚上|下班|放学))?${LIMIT}`, 'gu')
export const CLOCK = new RegExp(`(?<!\\d:|[\\d-])${HOUR}${RANGE}${LIMIT}`, 'g')
/** 下午四点前: an hour in Chinese figures needs 前 or a part of the day, for 两点 may be two remarks. */
export const CLOCK_CN = new RegExp(`(?:${CN_HOUR})(?<limit>(?:之|以)前|前|止)`, 'g')
/** 上午十点到下午五点: a stretch of the day in Chinese figures. */
export const HOURS_CN = new RegExp(`(?<part>${PART})?${CN}[时点]半?[到至-]+(?:${PART})?${CN}[时点]半?`, 'g')
/** 每日上午十时: of every day, so it is an hour without 前. */
export const DAILY_CN = new RegExp(`(?<=每[日天晚早])${CN_HOUR}(?<limit>(?:之|以)?前)?`, 'g')
export const WITHIN = /(?:(?:自|从|(?<=^|[于在,。;\n]))(?:(?![应须要请于在将把自从])[\p{Script=Han}]){1,14}之日起,?|(?<=^|[\n,。;:、于在])(?:响应|应急|(?![应须要请于在将把])[\p{Script=Han}]){1,7}后|[在于]?(?:接到|收到|发现|发生|事发|接报|事件发生|情况发生|返校|到校|解除|结束|降雪|雪停|雨停|停雪|停雨|启动|发布|确诊|报告|离校|入校)(?:响应|应急|(?![应须要请于在将把])[\p{Script=Han}]){0,8}后)?的?[,]?(?:在)?(?:\d{1,3}|[一二两三四五六七八九十半]{1,3})(?:个)?(?:小时|分钟|天|日|工作日|个?周|个?月|钟头)(?:以|之)?(?:内|后(?!每))/gu
export const AHEAD = /(?:至少|需|应|须)?提前(?:\d{1,3}|[一二两三四五六七八九十半]{1,3})(?:个)?(?:小时|分钟|天|日|工作日|周|月)/g
export const WEEKDAY = /(?:本|这|下|每)?(?:周|星期)[一二三四五六日天](?:(?:上午|下午|晚上?)?(?:\d{1,2}(?::\d{2}|[时点])|下班|放学))?(?:之|以)?前|(?:本|这|下)(?:周|星期)[一二三四五六日天](?:(?:上午|下午|晚上?)?(?:\d{1,2}(?::\d{2}|[时点]))?)?(?:之|以)?前?|(?:每年)?(?:本周|本月底|本月|月底|年底|本学期|学期末|学期结束)(?:之|以)?(?:前|内)|[\d一二三四五六七八九十]{1,3}月(?:底|末|中旬|上旬|下旬|初)(?:之|以)?前?|(?:本周|今日|当日|本月)内/g
/** 周五20:00前: which week is for the reader to say. */
export const WEEKDAY_CLOCK = /(?<!每)(?<!每个)(?<!每(?:周|星期)[一二三四五六日天]?[、和])(?:本|这|下)?(?:周|星期)[一二三四五六日天](?:上午|中午|下午|晚上?)?(?:\d{1,2}(?::\d{2}|[时点](?:\d{1,2}分|半)?)|[一二三四五六七八九十]{1,3}[时点]半?)(?:之|以)?前/g
/** 本周五, 下周一12:00前: of the week of the signature; 月底前 of its month. */
export const THIS_WEEK = new RegExp(`^(?<week>[本这下])(?:周|星期)(?<day>[一二三四五六日天])(?:${HOUR}|${CN_HOUR})?(?:上午|中午|下午|晚上?)?(?:下班|放学)?(?:之|以)?前?$`)
export const THIS_MONTH = /^(?:本月底|月底)(?:之|以)?前$/
/** 6月底前: the last day of that month. */
export const MONTH_END = /^(?<mo>\d{1,2}|[一二三四五六七八九十]{1,2})月(?:底|末)(?:之|以)?前?$/
