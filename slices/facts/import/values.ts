/** Single cells of a file of facts: the value an attribute takes, the moment it was observed. What cannot be read is said in words. */
import type { Bilingual } from '#kernel/words.ts'
import { refuseValue, type AttributeShape } from '../rules.ts'

export interface CellAttribute extends AttributeShape {
  unit: string | null
  options: readonly { value: string; zh: string; en: string }[]
}
export type Cell<T> = { value: T; doubt?: Bilingual } | { wrong: Bilingual }

const plain = (text: string): string => text.normalize('NFKC').replace(/[\p{Cc}\u200b-\u200f\ufeff]/gu, '').trim()
const yes = /^(是|有|对|√|✓|y|yes|true|t|1|已)$/i
const no = /^(否|无|没有|不是|错|×|✗|n|no|false|f|0|未)$/i

/** What was set before a cell so that no spreadsheet takes it for a formula. */
const givenBack = /^'(?=[=+\-@＝＋－＠])/

/** What offices write for "nothing here". */
export const isEmptyCell = (text: string): boolean => /^([/\\\-—–]+|null|n\/a)?$/i.test(plain(text))

/** The value that a cell says, in the form the attribute takes. `headerUnit`: the unit that the column's header names. */
export function readCell(attribute: CellAttribute, text: string, headerUnit: string | null, timeZone: string): Cell<unknown> {
  const cell = plain(text).replace(givenBack, '')
  if (/^#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)$/i.test(cell)) return { wrong: { zh: `公式出错（${cell}）`, en: `a formula failed (${cell})` } }
  const read = attribute.type === 'text' ? { value: text.trim().replace(givenBack, '').replace(/[\p{Cc}\u200b-\u200f\ufeff]/gu, ' ').trim() } : readAs(attribute, cell, headerUnit, timeZone)
  if ('wrong' in read) return read
  const wrong = refuseValue(attribute, read.value)
  return wrong ? { wrong } : read
}

function readAs(attribute: CellAttribute, cell: string, headerUnit: string | null, timeZone: string): Cell<unknown> {
  switch (attribute.type) {
    case 'yes-no':
      return yes.test(cell) ? { value: true } : no.test(cell) ? { value: false } : { wrong: { zh: `“${short(cell)}”不是“是”或“否”`, en: `"${short(cell)}" is neither yes nor no` } }
    case 'choice': {
      const option = optionOf(attribute, cell)
      return option === null ? notAnOption(attribute, cell) : { value: option }
    }
    case 'choices': {
      const parts = cell.split(/[;；、,，|/+\s]+/).filter(Boolean)
      const whole = optionOf(attribute, cell)
      if (whole !== null) return { value: [whole] }
      const options = parts.map((part) => optionOf(attribute, part))
      const unknown = parts[options.indexOf(null)]
      return unknown === undefined ? { value: [...new Set(options)] } : notAnOption(attribute, unknown)
    }
    case 'number':
      return readNumber(attribute, cell, headerUnit)
    case 'text':
    case 'area':
      return { value: cell }
    case 'day': {
      const moment = readParts(cell)
      return moment ? { value: moment.day } : { wrong: { zh: `看不出“${short(cell)}”是哪一天`, en: `"${short(cell)}" cannot be read as a day` } }
    }
    case 'instant': {
      const moment = readMoment(cell, timeZone)
      return 'wrong' in moment ? moment : { value: moment.value }
    }
  }
}

function optionOf(attribute: CellAttribute, text: string): string | null {
  const wanted = text.toLowerCase()
  return attribute.options.find((option) => [option.value, option.zh, option.en].some((name) => name.toLowerCase() === wanted))?.value ?? null
}
function notAnOption(attribute: CellAttribute, text: string): { wrong: Bilingual } {
  return { wrong: { zh: `“${short(text)}”不在选项中（${attribute.options.slice(0, 6).map((one) => one.zh).join('、')}${attribute.options.length > 6 ? '…' : ''}）`, en: `"${short(text)}" is none of the options (${attribute.options.slice(0, 6).map((one) => one.en).join(', ')})` } }
}

const sameUnit: Record<string, string> = { '°c': '℃', c: '℃', 度: '℃', 摄氏度: '℃', '°f': '℉', f: '℉', 华氏度: '℉', 华氏: '℉', 千克: 'kg', 公斤: 'kg', 厘米: 'cm', 分钟: 'min', 小时: 'h', 人次: '人' }
const unitOf = (text: string): string => {
  const unit = text.normalize('NFC').replace(/\s/g, '').toLowerCase().replace('℃', '°c').replace('℉', '°f')
  return sameUnit[unit] ?? unit
}

function readNumber(attribute: CellAttribute, cell: string, headerUnit: string | null): Cell<number> {
  const found = /^([+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[+-]?\d+(?:\.\d+)?|[+-]?\.\d+)\s*(\D{0,8})$/.exec(cell)
  if (!found) return { wrong: { zh: `“${short(cell)}”不是数字`, en: `"${short(cell)}" is not a number` } }
  const written = found[2] ? found[2] : headerUnit
  if (written && attribute.unit && unitOf(written) !== unitOf(attribute.unit)) return { wrong: { zh: `单位是“${written}”，这一项要求“${attribute.unit}”`, en: `the unit is "${written}", this attribute takes "${attribute.unit}"` } }
  if (found[2] && !attribute.unit) return { wrong: { zh: `“${short(cell)}”不是单纯的数字`, en: `"${short(cell)}" is not a plain number` } }
  return { value: Number((found[1] ?? '').replaceAll(',', '')) }
}

interface Parts {
  day: string
  time: string | null
  offset: string | null
}

const pad = (text: string | undefined) => (text ?? '0').padStart(2, '0')

function readParts(text: string): Parts | null {
  const found = /^(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})[日号]?|(\d{2})(\d{2}))(?:[T\s]*(\d{1,2})[:时点](\d{1,2})(?:[:分](\d{1,2})(?:\.\d{1,6})?秒?|分?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/.exec(text)
  if (!found) return null
  const [, year, m1, d1, m2, d2, m3, d3, hour, minute, second, offset] = found
  const day = `${year}-${pad(m1 ?? m2 ?? m3)}-${pad(d1 ?? d2 ?? d3)}`
  const date = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== day) return null
  if (Number(hour ?? 0) > 23 || Number(minute ?? 0) > 59 || Number(second ?? 0) > 59) return null
  return { day, time: hour === undefined ? null : `${pad(hour)}:${pad(minute)}:${pad(second)}`, offset: offset ?? null }
}

const offsets = new Map<string, number>()
/** Minutes that the clock of a zone is ahead of UTC at a local hour. Remembered: a million rows fall on few hours. */
function offsetMinutes(day: string, hour: string, timeZone: string): number {
  const key = `${timeZone} ${day}T${hour}`
  const known = offsets.get(key)
  if (known !== undefined) return known
  if (offsets.size > 10_000) offsets.clear()
  const wanted = Date.parse(`${day}T${hour}:00:00Z`)
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  const ahead = (at: number) => Date.parse(`${clock.format(at).replace(' ', 'T')}Z`) - at
  // The first guess may lie on the other side of a change of the clock.
  const offset = ahead(wanted - ahead(wanted)) / 60_000
  offsets.set(key, offset)
  return offset
}

/** When it was observed. A day alone means its beginning: what is known to the minute of that day stays the newer one. */
export function readMoment(text: string, timeZone: string): Cell<string> {
  const cell = plain(text)
  // How a spreadsheet counts days where nobody told it that they are days.
  const counted = /^(\d{5})(\.\d+)?$/.test(cell) ? new Date(Math.round((Number(cell) - 25_569) * 1440) * 60_000).toISOString() : null
  if (counted !== null && counted > '2000' && counted < '2100') {
    const read = readMoment(cell.includes('.') ? counted.slice(0, 16) : counted.slice(0, 10), timeZone)
    const said = counted.slice(0, 16).replace('T', ' ')
    return 'wrong' in read ? read : { value: read.value, doubt: { zh: `表格软件把时间存成了数字，按 ${said} 读取`, en: `the spreadsheet kept the time as a number; read as ${said}` } }
  }
  const parts = readParts(cell)
  if (!parts) return { wrong: { zh: `看不出“${short(cell)}”是什么时间（如 2099-05-24 08:12）`, en: `"${short(cell)}" cannot be read as a time (for example 2099-05-24 08:12)` } }
  const time = parts.time ?? '00:00:00'
  const written = parts.offset?.replace(/^([+-]\d{2}):?(\d{2})$/, '$1:$2')
  const moment = written ? Date.parse(`${parts.day}T${time}${written}`) : Date.parse(`${parts.day}T${time}Z`) - offsetMinutes(parts.day, time.slice(0, 2), timeZone) * 60_000
  if (Number.isNaN(moment)) return { wrong: { zh: `“${short(cell)}”不是一个时间`, en: `"${short(cell)}" is not a time` } }
  return { value: new Date(moment).toISOString(), ...(parts.time ? {} : { doubt: { zh: '只有日期，按当日零时', en: 'a day without a time: taken as its beginning' } }) }
}

/** For messages: not endless. */
export const short = (text: string): string => (text.length > 30 ? `${text.slice(0, 30)}…`.toWellFormed() : text)
