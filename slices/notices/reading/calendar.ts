/** Works out days and hours: of which year, which month, until what minute; and what cannot be a date. */
import { addDays } from '#kernel/clock.ts'
import { cnNumber, toIso } from './figures.ts'
import { DAY_PARTS } from './knowledge/times.ts'
import type { DeadlineKind } from './types.ts'

/** What the notice's own dates lend to times that are given in part. */
export type TimeFrame = {
  date: string | null
  year: number | null
  /** The day for which the notice calls an event (定于5月12日), if there is just one. */
  event?: string | null
  stage?: Stage | null
}

/** From when until when the lines below a heading with a day reach, in ISO. */
export type Stage = { from: string; to: string }

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
  /** Where a span begins. */
  begin?: string
}

export type DateFault = { start: number; end: number; text: string }

const pad = (n: number): string => String(n).padStart(2, '0')

export function clock(given: Record<string, string | undefined>): string | null {
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

/** What 一小时内, 三天内 comes to, counted from an ISO day or moment; null where that cannot be said (hours from a day, working days). */
export function later(from: string, within: string): string | null {
  const [, count, unit] = /^(\d{1,3}|[一二两三四五六七八九十半]{1,3})个?(小时|钟头|分钟|天|日|周)(?:以|之)?内$/.exec(within) ?? []
  if (count === undefined || !/^\d{4}-/.test(from)) return null
  const number = count === '半' ? 0.5 : cnNumber(count.replace('两', '二'))
  if (/[天日周]/.test(unit ?? '')) return count === '半' ? null : addDays(from.slice(0, 10), number * (unit === '周' ? 7 : 1)) + from.slice(10)
  if (from.length === 10) return null
  return new Date(Date.parse(`${dueOf(from.slice(0, 10), from.slice(11))}:00Z`) + number * (unit === '分钟' ? 60_000 : 3_600_000)).toISOString().slice(0, 16)
}

/** 24:00 is the end of the day; machines read it as the next midnight. */
export function dueOf(date: string, time: string | null): string {
  if (time === null) return date
  if (time !== '24:00') return `${date}T${time}`
  return `${addDays(date, 1)}T00:00`
}

/** Year for a month and day without one: the signature's, or the next when the day lies far behind it (December → January). */
export function yearFor(frame: TimeFrame, month: number, given: string | undefined): { year: number; rule: string | null } | null {
  if (given !== undefined && /^\d{4}$/.test(given)) return { year: Number(given), rule: null }
  if (frame.year === null) return null
  if (given === '明') return { year: frame.year + 1, rule: '“明年”按落款年份推算' }
  const signed = frame.date === null ? null : Number(frame.date.slice(5, 7))
  if (signed !== null && signed >= 11 && month <= 3) return { year: frame.year + 1, rule: '年份取自落款，落款在年末而日期在年初，按次年计' }
  return { year: frame.year, rule: '年份取自落款' }
}

/** The next such day of a month, on or after the date of signing. */
export function nearest(signed: string, day: number): string | null {
  const months = Number(signed.slice(0, 4)) * 12 + Number(signed.slice(5, 7)) - 1 + (day < Number(signed.slice(8, 10)) ? 1 : 0)
  return toIso(Math.floor(months / 12), (months % 12) + 1, day)
}

/** Dates whose 月 or 日 got lost: `1012-16日`, `311日`, `24日、2635%`. They are reported, never guessed. */
export function damagedDates(text: string): { index: number; text: string }[] {
  const out: { index: number; text: string }[] = []
  const pattern = /(?<![\d.:-])(\d{3,4}(?:[-~至]\d{1,4})?日|\d{1,2}月\d{3,4}(?:[-~]\d{1,2})?日|\d{1,2}月\d{1,2}[-~]\d{3,4}日|\d{1,2}日、\d{4}%)/g
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    if (/^(19|20)\d{2}日/.test(match[0])) continue
    out.push({ index: match.index, text: match[0] })
  }
  return out
}
