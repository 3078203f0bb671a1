/** The head of a notice: letterhead, document number, title, addressees. */
import { ADDRESSEE_HINTS } from './knowledge/actors.ts'
import { isPosted } from './layout.ts'
import type { Line } from './lines.ts'
import { markerAt } from './numbering.ts'
import { isTitle, isUnitLine } from './titles.ts'

export type Stretch = { start: number; end: number }
export type Head = { title: Stretch[]; docNumber: Stretch | null; addressees: Stretch[]; addresseeLine: Stretch | null; letterhead: Stretch | null; subject?: Stretch; caption?: Stretch; posted?: Stretch; bodyLine: number; bodyStart: number }

const DOC_NUMBER = /([\p{Script=Han}A-Za-z]{0,16})[〔\[(【<]((?:19|20)\d{2})(?:年)?[〕\])】>](?:第)?(\d{1,5})[号期]/u
/** 岚环字第1130004120号, (2024)岚安改字第9号 */
const NUMBERED = /[(〔\[](?:19|20)\d{2}[)〕\]]\p{Script=Han}{1,10}字第\d{1,5}号|[\p{Script=Han}]{1,10}字第\d{5,12}号/u
/** 编号：青防令2026-05, on a line of its own. */
const LABELLED_NUMBER = /^(?:编号|文号|单号|令号|文件编号|通知编号):([\p{Script=Han}A-Za-z]{0,12}[-〔\[(]?\d[\d\-/〕\])]{2,14}号?)$/u
/** 致：…, 发往：…: to whom, on a line of its own above or below the title. */
const SENT_TO = /^(?:致|送|发往|主送|受文者|正本|收文单位|接令单位|受令单位|接收单位|接单单位|接单|主送单位|主送机关|发送单位|通知对象):(?=.{2})/
const SERIAL = /(?:(?:19|20)\d{2}年)?第[\d一二三四五六七八九十百]{1,4}号(?!台风|热带|洪水|楼|门|公寓|宿舍|食堂|令)/

/** Splits an addressee line; null where it is none. `text` ends before or at its colon. */
export function splitAddressees(text: string, start: number): Stretch[] | null {
  const colon = text.indexOf(':')
  const line = colon < 0 ? text : text.slice(0, colon)
  if (line.length < 2 || line.length > 160 || /[。;!?]/.test(line)) return null
  if (/(如下|时间|地点|电话|附件|联系人|方式|要求|根据|按照|为了|鉴于|通知$|提示$|提醒$|内容|注意|事项|\d{5,}|对象|措施|安排$|职责|范围|标准|工作$|来源|作者|发布|位置)/.test(line) || markerAt(line, 0)) return null
  if (!ADDRESSEE_HINTS.test(line)) return null
  const out: Stretch[] = []
  let from = 0
  let depth = 0
  for (let i = 0; i <= line.length; i++) {
    const char = line[i]
    if (char === '(') depth++
    if (char === ')') depth--
    if (i === line.length || (depth <= 0 && (char === '、' || char === ','))) {
      if (i > from) out.push({ start: start + from, end: start + i })
      from = i + 1
    }
  }
  if (out.some((part) => part.end - part.start > 40)) return null
  return out.length > 0 ? out : null
}

/** Reads the head from line `first` on. */
export function readHead(lines: readonly Line[], first: number, last: number): Head {
  const head: Head = { title: [], docNumber: null, addressees: [], addresseeLine: null, letterhead: null, bodyLine: last, bodyStart: lines[last - 1]?.end ?? 0 }
  const seen: { line: Line; index: number }[] = []
  let pending: Line[] = []
  for (let i = first; i < last; i++) {
    const line = lines[i]
    if (!line || line.role !== 'text') {
      if (line?.role === 'chrome') pending = []
      // 天太热了，写给……的你 / 书院 2025-07-20 18:26: the one line above who posted it is the title.
      if (line?.role === 'meta' && isPosted(line.text) && seen.length === 1) head.posted = { start: seen[0]?.line.start ?? 0, end: seen[0]?.line.end ?? 0 }
      continue
    }
    // An addressee line may run over two lines, broken after 、.
    const joined = pending.map((part) => part.text).join('') + line.text
    const begin = pending[0]?.start ?? line.start
    if (/:/.test(line.text) && head.addresseeLine === null) {
      const units = pending.length > 0 ? splitJoined(pending, line) : splitAddressees(line.text, line.start)
      const colon = line.text.indexOf(':')
      const rest = line.text.length - colon - 1
      // With text behind the colon it must look like an address: 各…、全体….
      if (units && (rest === 0 || /^(各|全体|全校|全院|校内|院属|校属|广大|尊敬|亲爱|老师|同学)/.test(joined))) {
        head.addressees = units
        head.addresseeLine = { start: begin, end: line.start + colon + 1 }
        head.bodyLine = rest === 0 ? i + 1 : i
        head.bodyStart = line.start + colon + 1
        break
      }
    }
    const to = SENT_TO.exec(line.text)?.[0].length ?? 0
    const named = to > 0 && head.addresseeLine === null ? splitAddressees(line.text.slice(to), line.start + to) : null
    if (named) {
      head.addressees = named
      head.addresseeLine = { start: line.start, end: line.end }
      head.bodyLine = i + 1
      head.bodyStart = line.end
      continue
    }
    // 主旨：……公告，请……办理。 The subject of an official letter of Taiwan's kind is its title.
    const subject = /^主旨:([^,。]{6,80})[,。]/.exec(line.text)
    if (subject) {
      head.subject = { start: line.start + 3, end: line.start + 3 + (subject[1] ?? '').length }
      head.bodyLine = i + 1
      head.bodyStart = line.end
      break
    }
    if (/^(?:由|发自|发件人|发文单位|发文机关|签发):.{1,30}$/.test(line.text) && !DOC_NUMBER.test(line.text)) continue
    pending = /[、,]$/.test(line.text) && line.text.length < 120 ? [...pending, line] : []
    const title = isTitle(line.text)
    if (!title && (markerAt(line.text, 0) || /[。;!?]/.test(line.text.replace(/[!?]$/, '')) || (line.text.length > 60 && !/的?(通知|公告|通告)?$/.test(line.text)) || (/:$/.test(line.text) && !DOC_NUMBER.test(line.text)))) {
      head.bodyLine = i
      head.bodyStart = line.start
      break
    }
    seen.push({ line, index: i })
    if (seen.length > 40) break
  }
  // Lines gathered after the title and before a body without a full stop belong to the body.
  readTitle(head, seen)
  // ……中心公告 above the subject says who speaks.
  if (head.subject) {
    if (head.title[0]) head.caption = head.title[0]
    head.title = [head.subject]
  }
  readNumber(head, seen)
  if (head.addressees.length === 0 && seen.length > 0) reclaimBody(head, seen)
  const unit = seen.find((entry) => isUnitLine(entry.line.text.replace(/(?:文件|令)$/, '')) && entry.line.start < (head.title[0]?.start ?? Infinity))
  if (unit) head.letterhead = { start: unit.line.start, end: unit.line.end }
  return head
}

function splitJoined(pending: readonly Line[], line: Line): Stretch[] | null {
  const parts: Stretch[] = []
  for (const part of [...pending, line]) {
    const units = splitAddressees(part.text.replace(/[、,]$/, ''), part.start)
    if (!units) return null
    parts.push(...units)
  }
  return parts
}

function readTitle(head: Head, seen: readonly { line: Line; index: number }[]): void {
  let best: { from: number; to: number; score: number } | null = null
  for (let from = 0; from < seen.length; from++) {
    let text = ''
    for (let to = from; to < Math.min(seen.length, from + 4); to++) {
      const part = seen[to]?.line.text ?? ''
      if (to > from && (seen[to]?.line.start ?? 0) - (seen[to - 1]?.line.end ?? 0) > 3) break
      if (to > from && (DOC_NUMBER.test(part) || DOC_NUMBER.test(seen[to - 1]?.line.text ?? ''))) break
      text += part
      if (!isTitle(text) && !(to === from && bracketed(part) !== null)) continue
      const about = /关于/.test(text)
      // The smallest stretch that says 关于…的通知, the first of several copies.
      const score = (about ? 100 : 20) - (to - from) * 5 - from * 0.1 + (/^(?:内部|紧急|重要|温馨)?(通知|公告|通告|提示|提醒)$/.test(text) ? -15 : 0)
      if (!best || score > best.score) best = { from, to, score }
      break
    }
  }
  if (!best) {
    // 工作提示:请抓好这几件事: no kind of notice behind 关于, yet the one line that stands above the addressees is the title.
    const above = head.addresseeLine === null ? [] : seen.filter((entry) => entry.line.end < (head.addresseeLine?.start ?? 0) && !DOC_NUMBER.test(entry.line.text) && !SERIAL.test(entry.line.text) && !isUnitLine(entry.line.text.replace(/文件$/, '')) && !/^[-(\d年月日)./\s:]+$/.test(entry.line.text))
    const only = above[0]
    if (head.posted && head.posted.end - head.posted.start <= 60) head.title.push(head.posted)
    else if (above.length === 1 && only && only.line.text.length >= 6 && only.line.text.length <= 60 && !/[。;|>]|^(签发人|密级|紧急程度|第.期)/.test(only.line.text)) head.title.push({ start: only.line.start, end: only.line.end })
    return
  }
  // “——致全体师生的倡议书”: the line above the dash is the title's first half.
  const dashed = seen[best.from - 1]
  if (dashed && /^-/.test(seen[best.from]?.line.text ?? '') && dashed.line.text.length <= 30) best.from--
  // The issuer on the line right above is the first line of the title when a number or the page's top stands before it.
  const above = seen[best.from - 1]
  const own = seen[best.from]
  if (above && own && isUnitLine(above.line.text) && own.line.start - above.line.end <= 1 && /^关于/.test(own.line.text) && best.from > 1 && (DOC_NUMBER.test(seen[best.from - 2]?.line.text ?? '') || !/\p{Script=Han}/u.test(seen[best.from - 2]?.line.text ?? ''))) best.from--
  for (let i = best.from; i <= best.to; i++) {
    const line = seen[i]?.line
    // [学生工作] 关于……: the column of the site is not the title.
    const own = line && best.from === best.to && !isTitle(line.text) ? bracketed(line.text) : null
    if (line && own !== null) { head.title.push({ start: line.start + 1, end: line.start + 1 + own }); continue }
    const column = line && i === best.from ? /^[\[【][\p{Script=Han}]{2,8}[\]】](?=.{6})/u.exec(line.text) : null
    if (line) head.title.push({ start: line.start + (column?.[0].length ?? 0), end: line.start + stripSite(line.text) })
  }
}

/** 【停课通知】@全体家长: the length of what stands in the brackets, where that is the title. */
function bracketed(text: string): number | null {
  const inner = /^【([^【】]{2,40})】(?=@|$|各|全体|致)/.exec(text)?.[1]
  return inner !== undefined && isTitle(inner) ? inner.length : null
}

/** Length of a title line without the site's name behind a dash. */
function stripSite(text: string): number {
  const match = /[-_|]{1,2}([\p{Script=Han}]{2,20})$/u.exec(text)
  return match && isTitle(text.slice(0, match.index)) && isUnitLine(match[1] ?? '') ? match.index : text.length
}

function readNumber(head: Head, seen: readonly { line: Line; index: number }[]): void {
  for (const { line } of seen) {
    const match = DOC_NUMBER.exec(line.text)
    if (match && line.text.length < 60) {
      // 特急 澧南教电〔2023〕18号: how urgent it is stands before the number.
      // (2026年3月修订 校发〔2026〕6号): so does when it was revised.
      const urgent = /^(?:特急|特提|加急|平急|急件|机密|秘密|内部|[年月日]?[\p{Script=Han}]{0,4}(?:修订|修正|印发|发布|通过|施行))(?=[\p{Script=Han}]{2})/u.exec(match[0])?.[0].length ?? 0
      const telegram = urgent === 0 && line.text.charAt(match.index - 1) === '·' && /^明电(?=[\p{Script=Han}]{2})/u.test(match[0]) ? 2 : 0
      head.docNumber = { start: line.start + match.index + urgent + telegram, end: line.start + match.index + match[0].length }
      return
    }
  }
  for (const { line } of seen) {
    const labelled = LABELLED_NUMBER.exec(line.text)?.[1]
    if (labelled !== undefined) {
      head.docNumber = { start: line.end - labelled.length, end: line.end }
      return
    }
  }
  for (const { line } of seen) {
    const numbered = NUMBERED.exec(line.text)
    if (numbered && line.text.length < 40) {
      head.docNumber = { start: line.start + numbered.index, end: line.start + numbered.index + numbered[0].length }
      return
    }
  }
  for (const { line } of seen) {
    const serial = SERIAL.exec(line.text)
    if (serial && (line.text.length <= 16 || head.title.some((part) => part.start <= line.start && line.start <= part.end))) {
      head.docNumber = { start: line.start + serial.index, end: line.start + serial.index + serial[0].length }
      return
    }
  }
}

/** With no addressee line, what stands between title and first full stop is body, not head. */
function reclaimBody(head: Head, seen: readonly { line: Line; index: number }[]): void {
  const titleEnd = head.title[head.title.length - 1]?.end ?? -1
  const after = seen.find((entry) => entry.line.start > titleEnd && !SERIAL.test(entry.line.text) && !DOC_NUMBER.test(entry.line.text) && !isTitle(entry.line.text) && !/^[-(\d年月日)./]+$/.test(entry.line.text) && (titleEnd >= 0 || entry.line.text.length > 12))
  if (after && after.line.start < head.bodyStart && !isUnitLine(after.line.text)) {
    head.bodyLine = after.index
    head.bodyStart = after.line.start
  }
}
