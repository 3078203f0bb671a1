/** Dates, counts and shares as people write them. Pure: the moment "now" and the zone can be given. */
import { language, t } from './words.ts'

export interface FormatOptions {
  /** The institution's moment; in a drill it differs from the device's. */
  now?: Date | string | number
  zone?: string
}

let defaultZone: string | undefined
let clockOffset = 0

/** The institution's zone and how far its clock is ahead of the device's (ms); the frames set it after sign-in. */
export function setClock(zone: string | undefined, offsetMs = 0): void {
  defaultZone = zone
  clockOffset = offsetMs
}

let heard = 0
/** Notes a moment that the server told: what is done afterwards is not earlier, whatever the device's clock says. */
export function noteServerMoment(at: number): void {
  heard = Math.max(heard, at)
}
/** The latest moment that the server told (ms since 1970); 0 where none was heard. */
export const serverMoment = (): number => heard

/** The institution's present moment. */
export function presentMoment(): Date {
  return new Date(Date.now() + clockOffset)
}

interface Parts {
  year: number
  month: number
  day: number
  hour: string
  minute: string
  weekday: number
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function partsOf(moment: Date, zone: string | undefined): Parts {
  const id = zone ?? ''
  let formatter = formatters.get(id)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-GB', { year: 'numeric', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', weekday: 'short', hourCycle: 'h23', ...(zone ? { timeZone: zone } : {}) })
    formatters.set(id, formatter)
  }
  const found: Record<string, string> = {}
  for (const part of formatter.formatToParts(moment)) found[part.type] = part.value
  return {
    year: Number(found['year']),
    month: Number(found['month']),
    day: Number(found['day']),
    hour: found['hour'] ?? '00',
    minute: found['minute'] ?? '00',
    weekday: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'].indexOf(found['weekday'] ?? 'Sun'),
  }
}

const dayNumber = (parts: Parts) => Math.round(Date.UTC(parts.year, parts.month - 1, parts.day) / 86_400_000)
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const isDayOnly = (value: Date | string | number): value is string => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)

function resolve(value: Date | string | number, options: FormatOptions): { on: Parts; now: Parts } | null {
  const zone = options.zone ?? defaultZone
  const moment = new Date(value)
  if (Number.isNaN(moment.getTime())) return null
  const now = partsOf(options.now === undefined ? presentMoment() : new Date(options.now), zone)
  // A calendar day has no zone: 2026-02-04 is the 4th everywhere.
  return { on: isDayOnly(value) ? partsOf(moment, 'UTC') : partsOf(moment, zone), now }
}

function dayText(then: Parts, now: Parts): string {
  const apart = dayNumber(then) - dayNumber(now)
  if (apart === 0) return unbroken(t('今天', 'today'))
  if (apart === -1) return unbroken(t('昨天', 'yesterday'))
  if (apart === 1) return unbroken(t('明天', 'tomorrow'))
  return plainDay(then, now)
}

/** Chinese may break between any two signs: what is one word is held together by a sign that is not seen. `leaveJoiners` takes it out of what is copied. */
export const joiner = '\u2060'
const unbroken = (word: string): string => (language() === 'en' ? word.replaceAll(' ', '\u00a0') : word.replace(/\d(?=[年月日])|[年月](?=\d)|[今昨明](?=天)/g, `$&${joiner}`))
/** A text without the signs that hold its dates together. */
export const leaveJoiners = (text: string): string => text.replaceAll(joiner, '').replaceAll('\u00a0', ' ')

function plainDay(then: Parts, now: Parts): string {
  const sameYear = then.year === now.year
  if (language() === 'en') return unbroken(`${then.day} ${months[then.month - 1]}${sameYear ? '' : ` ${then.year}`}`)
  return unbroken(`${sameYear ? '' : `${then.year}年`}${then.month}月${then.day}日`)
}

/** 今天 / 昨天 / 明天 / 2月4日 / 2025年2月4日. A text that is no date comes back as it is. */
export function day(value: Date | string | number, options: FormatOptions = {}): string {
  const at = resolve(value, options)
  return at ? dayText(at.on, at.now) : String(value)
}

/** The date without 今天: for documents and tables that are read later. 2月4日（周三） with `weekday`. */
export function date(value: Date | string | number, options: FormatOptions & { weekday?: boolean } = {}): string {
  const at = resolve(value, options)
  if (!at) return String(value)
  const text = plainDay(at.on, at.now)
  if (!options.weekday) return text
  const names = [t('周日', 'Sun'), t('周一', 'Mon'), t('周二', 'Tue'), t('周三', 'Wed'), t('周四', 'Thu'), t('周五', 'Fri'), t('周六', 'Sat')]
  return language() === 'en' ? `${names[at.on.weekday]} ${text}` : `${text}（${names[at.on.weekday]}）`
}

/** 今天 18:00 / 2月4日 18:00. */
export function dateTime(value: Date | string | number, options: FormatOptions = {}): string {
  const at = resolve(value, options)
  if (!at) return String(value)
  return isDayOnly(value) ? dayText(at.on, at.now) : `${dayText(at.on, at.now)} ${at.on.hour}:${at.on.minute}`
}

/** 18:00. */
export function time(value: Date | string | number, options: FormatOptions = {}): string {
  const at = resolve(value, options)
  return at ? `${at.on.hour}:${at.on.minute}` : String(value)
}

/** 刚刚, 3 分钟前, 2 小时后, 5 天前; beyond a month the date. */
export function relative(value: Date | string | number, options: FormatOptions = {}): string {
  const moment = new Date(value).getTime()
  const now = options.now === undefined ? presentMoment().getTime() : new Date(options.now).getTime()
  if (Number.isNaN(moment)) return String(value)
  const seconds = Math.round((moment - now) / 1000)
  const size = Math.abs(seconds)
  if (size < 45) return t('刚刚', 'just now')
  if (size >= 30 * 86_400) return date(value, options)
  const past = seconds < 0
  if (size < 3570) {
    const n = Math.round(size / 60)
    return past ? t('{n} 分钟前', '{n} min ago', { n }) : t('{n} 分钟后', 'in {n} min', { n })
  }
  if (size < 86_400) {
    const n = Math.round(size / 3600)
    return past ? t('{n} 小时前', '{n} h ago', { n }) : t('{n} 小时后', 'in {n} h', { n })
  }
  // Whole days: what was yesterday is not called two days ago.
  const n = Math.floor(size / 86_400)
  return past ? t('{n} 天前', '{n} {n:day|days} ago', { n }) : t('{n} 天后', 'in {n} {n:day|days}', { n })
}

/** How long ago by this device's own clock: for what happened on the device (an answer came, an entry was made), also in a drill. */
export function ago(at: number): string {
  return relative(at, { now: Date.now() })
}

/** 今天 18:00 by this device's own clock. */
export function onDevice(at: number): string {
  return dateTime(at, { now: Date.now() })
}

/** What is left until a deadline, and whether it has passed. */
export function deadline(value: Date | string | number, options: FormatOptions = {}): { text: string; overdue: boolean; soon: boolean } {
  const moment = new Date(value).getTime()
  const now = options.now === undefined ? presentMoment().getTime() : new Date(options.now).getTime()
  const left = moment - now
  const overdue = left < 0
  const text = overdue ? t('已逾期 {span}', '{span} overdue', { span: span(-left) }) : t('剩余 {span}', '{span} left', { span: span(left) })
  return { text, overdue, soon: !overdue && left < 6 * 3_600_000 }
}

/** A length of time in its largest fitting unit: 40 秒, 12 分钟, 3 小时, 2 天. */
export function span(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000))
  if (seconds < 60) return t('{n} 秒', '{n} s', { n: seconds })
  if (seconds < 3600) return t('{n} 分钟', '{n} min', { n: Math.round(seconds / 60) })
  if (seconds < 86_400) return t('{n} 小时', '{n} h', { n: Math.round(seconds / 3600) })
  return t('{n} 天', '{n} {n:day|days}', { n: Math.round(seconds / 86_400) })
}

/** 33,120. */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

/** A share as a percentage. Of fewer than 20 things it is said in numbers (3/7): a percentage of few misleads. 100 % only when all, 0 % only when none. */
export function share(part: number, whole: number): string {
  if (whole < 20) return `${count(part)}/${count(whole)}`
  const percent = (part / whole) * 100
  if (part === whole) return '100%'
  if (part === 0) return '0%'
  if (percent > 99.9) return '99.9%'
  if (percent < 0.1) return '<0.1%'
  return percent > 99 || percent < 10 ? `${percent.toFixed(1)}%` : `${percent.toFixed(0)}%`
}

/** 1.2 MB. */
export function bytes(size: number): string {
  if (size < 1024) return `${size} B`
  if (size < 1_048_576) return `${Math.round(size / 1024)} KB`
  return `${(size / 1_048_576).toFixed(1)} MB`
}

/** A mobile number as people read it aloud: 138 0000 1234. */
export const spaced = (phone: string): string => phone.replace(/^(1\d{2})(\d{4})(\d{4})$/, '$1 $2 $3')
