import { asciiWidth, isBlank } from './values.ts'
import type { Read } from './values.ts'

export type Span = { from: string | null; to: string | null }
type Day = { year: number | null; month: number; day: number }

/**
 * A span of days in any of the ways people write it: 1.8-2.20, 1.8—2.20, 2099/1/8-2099/2/20, 1月8日至2月20日. Where the
 * year is missing, `year` (from the title or the date of filling in) is taken and the doubt says so.
 */
export function readSpan(raw: string, year: number | null): Read<Span> {
  if (isBlank(raw)) return { value: null }
  const text = asciiWidth(raw).replace(/\s/g, '').replace(/[—–~～]+/g, '-').replace(/至|到/g, '-')
  const halves = splitSpan(text)
  const [a, b] = halves.map(readDayText)
  if (!a || !b) return unclear()
  const years = yearsOf(a, b, year)
  if (!years) {
    return { value: null, doubt: { code: 'dates-unclear', sure: false, zh: '没有写年份，也找不到可以参照的年份，未采用', en: 'no year is given and none can be found; not taken' } }
  }
  const from = iso({ ...a, year: years[0] })
  const to = iso({ ...b, year: years[1] })
  if (from === null || to === null || from > to) return unclear()
  const value = { from, to }
  if (a.year === null && b.year === null) return { value, doubt: { code: 'year-assumed', sure: false, zh: `没有写年份，按 ${from} 至 ${to} 读取`, en: `no year given; read as ${from} to ${to}` } }
  return { value, doubt: { code: 'dates-read', sure: true, zh: `按 ${from} 至 ${to} 读取`, en: `read as ${from} to ${to}` } }
}

/** A span that runs backwards within a year crosses New Year. */
function yearsOf(a: Day, b: Day, year: number | null): [number, number] | null {
  const crosses = before(b, a) ? 1 : 0
  if (a.year !== null) return [a.year, b.year ?? a.year + crosses]
  if (b.year !== null) return [b.year - crosses, b.year]
  return year === null ? null : [year, year + crosses]
}

/** One day: 2099-01-08, 2099/1/8, 2099.1.8, 2099年1月8日, 20990108, 1月8日, 1.8, 二〇九九年一月八日, 1/18/2099, 72686. */
export function readDay(raw: string, year: number | null): Read<string> {
  if (isBlank(raw)) return { value: null }
  const text = inFigures(asciiWidth(raw).replace(/(\s+|T)\d{1,2}:\d\d(:\d\d)?$/, '').replace(/\s/g, ''))
  const counted = /^(\d{5})(\.\d+)?$/.exec(text)
  if (counted) {
    const value = new Date(Date.UTC(1899, 11, 30 + Number(counted[1]))).toISOString().slice(0, 10)
    return value < '2000' || value > '2100' ? unclear() : { value, doubt: { code: 'dates-read', sure: false, zh: `表格软件把日期存成了数字，按 ${value} 读取`, en: `the spreadsheet kept the date as a number; read as ${value}` } }
  }
  const day = readDayText(text)
  if (!day) return unclear()
  const value = iso({ ...day, year: day.year ?? year })
  if (value === null) return unclear()
  if (day.year === null) return { value, doubt: { code: 'year-assumed', sure: false, zh: `没有写年份，按 ${value} 读取`, en: `no year given; read as ${value}` } }
  return { value }
}

/** 二〇二七年二月二十日 in figures. */
function inFigures(text: string): string {
  if (!/^[〇○零一二三四五六七八九十\d]+年/.test(text) && !/^[一二三四五六七八九十]+月/.test(text)) return text
  const figures = '〇一二三四五六七八九'
  const figure = (char: string): string => (char === '零' || char === '○' ? '0' : String(figures.indexOf(char)))
  return text.replace(/[〇○零一二三四五六七八九十]+/g, (word) => {
    if (!word.includes('十')) return [...word].map(figure).join('')
    const [tens, ones] = word.split('十')
    return `${tens ? figure(tens) : '1'}${ones ? figure(ones) : '0'}`
  })
}

/** The year a list is about: from the date it was filled in, else from its title. */
export function yearOf(above: readonly string[]): number | null {
  const text = asciiWidth(above.join(' '))
  const dated = /(?:日期|时间)[:：]?\s*((?:19|20)\d\d)[年./-]/.exec(text) ?? /((?:19|20)\d\d)\s*(?:年|[-./]\d)/.exec(text)
  return dated?.[1] ? Number(dated[1]) : null
}

function unclear(): { value: null; doubt: { code: 'dates-unclear'; sure: false; zh: string; en: string } } {
  return { value: null, doubt: { code: 'dates-unclear', sure: false, zh: '看不出是哪一天，未采用', en: 'the date cannot be told; not taken' } }
}

/** Cuts at the dash in the middle: dates written with dashes have as many on either side. */
function splitSpan(text: string): string[] {
  const parts = text.split('-')
  if (parts.length % 2 === 1 || parts.length > 6) return []
  const half = parts.length / 2
  return [parts.slice(0, half).join('-'), parts.slice(half).join('-')]
}

function readDayText(text: string): Day | null {
  const full = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?$/.exec(text) ?? /^(\d{4})(\d\d)(\d\d)$/.exec(text)
  if (full) return valid({ year: Number(full[1]), month: Number(full[2]), day: Number(full[3]) })
  // 1/20/2027, where only one of both can be the month.
  const last = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text)
  if (last && Number(last[1]) > 12 !== Number(last[2]) > 12) {
    const [month, day] = Number(last[1]) > 12 ? [last[2], last[1]] : [last[1], last[2]]
    return valid({ year: Number(last[3]), month: Number(month), day: Number(day) })
  }
  const short = /^(\d{1,2})[-/.月](\d{1,2})[日号]?$/.exec(text)
  return short ? valid({ year: null, month: Number(short[1]), day: Number(short[2]) }) : null
}

function valid(day: Day): Day | null {
  return iso({ ...day, year: day.year ?? 2000 }) === null ? null : day
}

function iso({ year, month, day }: Day): string | null {
  if (year === null || year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1) return null
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return day > days ? null : `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

function before(a: Day, b: Day): boolean {
  return a.month * 100 + a.day < b.month * 100 + b.day
}
