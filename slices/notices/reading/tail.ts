/** The tail of a notice: signature, date, attachments, copies; and where a forwarded notice begins. */
import { splitAddressees } from './head.ts'
import type { Stretch } from './head.ts'
import { cnNumber, toIso } from './figures.ts'
import { yearIn } from './layout.ts'
import type { Line } from './lines.ts'
import { isTitle, isUnitLine } from './titles.ts'

export type SignedDate = { iso: string | null; year: number | null; month: number | null; day: number | null; start: number; end: number; damaged: boolean }
export type Tail = { issuers: Stretch[]; date: SignedDate | null; attachments: Stretch[]; endLine: number; endOffset: number; afterLine: number }

const DATE_END = /(?:((?:19|20)\d{2}|民国\d{2,3})年(\d{1,2}|元)月(\d{1,2})日?|((?:19|20)\d{2})[-/.](\d{1,2})[-/.](\d{1,2})|((?:19|20)\d{2})(\d{2})(\d{2})|([二][〇零○O一二三四五六七八九]{3})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日|(\d{1,2})月(\d{1,2})日|((?:19|20)\d{2})年(\d{1,5})日)(?:\([^)]{1,6}\))? ?(?:(?:上午|下午|晚上?|中午|凌晨|夜间?)?(?:\d{1,2}(?::\d{2}(?::\d{2})?|[时点](?:\d{1,2}分?)?))?)?(?:印发)?$/

/** 2026年7月14日 / 14 July 2026: the same day in English. */
const MONTHS = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}'
const SAID_TWICE = new RegExp(`(?<=日)[/|,]?\\(?(?:\\d{1,2} ?${MONTHS},? ?\\d{4}|${MONTHS} ?\\d{1,2},? ?\\d{4})\\)?$`)

/** A date at the end of a line: of signing, possibly damaged. */
export function dateAtEnd(line: string, offset: number): SignedDate | null {
  const text = line.replace(SAID_TWICE, '')
  const match = DATE_END.exec(text)
  if (!match) return null
  const start = offset + match.index
  const end = offset + line.length
  const year = (match[1]?.startsWith('民国') ? String(yearIn(match[1].slice(2), true)) : match[1]) ?? match[4] ?? match[7] ?? (match[10] ? String(cnNumber(match[10])) : undefined)
  const month = match[2] ?? match[5] ?? match[8] ?? (match[11] ? String(cnNumber(match[11])) : undefined) ?? match[13]
  const day = match[3] ?? match[6] ?? match[9] ?? (match[12] ? String(cnNumber(match[12])) : undefined) ?? match[14]
  if (match[15] !== undefined) return { iso: null, year: Number(match[15]), month: null, day: null, start, end, damaged: true }
  const iso = year === undefined ? null : toIso(Number(year), monthOf(month), Number(day))
  if (match[7] !== undefined && iso === null) return null
  return { iso, year: year === undefined ? null : Number(year), month: monthOf(month), day: Number(day), start, end, damaged: year !== undefined && iso === null }
}

/** 元月 is January. */
function monthOf(month: string | undefined): number {
  return month === '元' ? 1 : Number(month)
}

const ATTACHMENT = /^(附件|附)(\d{0,2}|[一二三四五六七八九十]{0,2})[:.、]/
/** 附：问答: what follows belongs to the notice. */
const APPENDED = /^附(?:录|件)?[一二三\d]?[:.、](?:常见)?(?:问答|问题|答疑|Q&A|注意事项|操作要点|有关要求|几点要求)/
const COPIES = /^(抄送|主送|报送|发送|印发|分送|\(此页无正文\)|此页无正文|公开方式|主题词|校对)/

/** Unit names of a signature line; two may stand side by side, apart by blanks in the original. */
function unitsOf(line: Line, end: number, blanksAt: (from: number, to: number) => number[]): Stretch[] {
  const cuts = blanksAt(line.start, end).filter((cut) => cut > line.start && cut < end)
  const parts: Stretch[] = []
  let from = line.start
  for (const cut of [...cuts, end]) {
    parts.push({ start: from, end: cut })
    from = cut
  }
  // Blanks inside one name (letter-spacing) do not part it.
  if (parts.length > 1 && parts.every((part) => isUnitLine(line.text.slice(part.start - line.start, part.end - line.start)))) return parts
  return [{ start: line.start, end }]
}

/** Reads the tail of the part that ends before line `last`. */
export function readTail(lines: readonly Line[], first: number, last: number, blanksAt: (from: number, to: number) => number[]): Tail {
  const tail: Tail = { issuers: [], date: null, attachments: [], endLine: last, endOffset: lines[last - 1]?.end ?? 0, afterLine: last }
  const text: number[] = []
  for (let i = first; i < last; i++) if (lines[i]?.role === 'text') text.push(i)
  readAttachments(tail, lines, text)
  // “……办公室 2021年8月1日印发” is the printer's line below the signature; it signs where nothing else does.
  for (const printed of [false, true]) for (let k = text.length - 1; k >= Math.max(0, text.length - 40) && !tail.date; k--) {
    const line = lines[text[k] ?? 0]
    if (!line || (!printed && /印发$/.test(line.text))) continue
    const date = dateAtEnd(line.text, line.start)
    if (!date) continue
    const before = line.text.slice(0, date.start - line.start)
    const full = before.lastIndexOf('。')
    // The same day twice on one line: each of two units has dated it.
    const unit = before.slice(full + 1).replace(/[,(]$/, '').replace(/^(?:(?:19|20)\d{2}年\d{1,2}月\d{1,2}日)+$|^中华$/, '')
    if (unit !== '' && !isUnitLine(unit)) continue
    tail.date = date
    tail.endLine = text[k] ?? last
    tail.endOffset = line.start + full + 1
    if (unit !== '') tail.issuers = unitsOf({ ...line, start: line.start + full + 1, text: line.text.slice(full + 1) }, line.start + full + 1 + unit.length, blanksAt)
    tail.issuers = [...unitsAbove(tail, lines, text, k, full >= 0, blanksAt), ...tail.issuers]
    if (tail.issuers.length === 0) tail.issuers = unitsBelow(lines, text, k, blanksAt)
    tail.afterLine = (text[k] ?? last) + 1
  }
  if (!tail.date) {
    let k = text.length - 1
    while (k >= 0 && (COPIES.test(lines[text[k] ?? 0]?.text ?? '') || tail.attachments.some((part) => part.start === lines[text[k] ?? 0]?.start))) k--
    const above = unitsAbove(tail, lines, text, k + 1, false, blanksAt)
    if (above.length > 0 && text.length > above.length) tail.issuers = above
  }
  for (const part of tail.attachments) {
    const index = lines.findIndex((line) => line.start === part.start)
    if (index >= 0 && index < tail.endLine && index > first && (tail.date === null || lines.slice(index, tail.endLine).filter((line) => line.role === 'text').length <= 12)) {
      tail.endLine = index
      tail.endOffset = lines[index]?.start ?? tail.endOffset
    }
  }
  return tail
}

function unitsAbove(tail: Tail, lines: readonly Line[], text: readonly number[], k: number, sameLine: boolean, blanksAt: (from: number, to: number) => number[]): Stretch[] {
  const units: Stretch[] = []
  if (sameLine) return units
  for (let j = k - 1; j >= 1 && units.length < 8; j--) {
    const line = lines[text[j] ?? 0]
    // 示例学院 / Shili College / date: the name's English between them.
    if (line && units.length === 0 && /^[A-Za-z][A-Za-z ,.&'’-]{5,}$/.test(line.text)) { tail.endLine = text[j] ?? tail.endLine; tail.endOffset = line.start; continue }
    if (!line || !isUnitLine(line.text)) break
    units.unshift(...unitsOf(line, line.end, blanksAt))
    tail.endLine = text[j] ?? tail.endLine
    tail.endOffset = line.start
  }
  return units
}

function unitsBelow(lines: readonly Line[], text: readonly number[], k: number, blanksAt: (from: number, to: number) => number[]): Stretch[] {
  for (let j = k + 1; j < Math.min(text.length, k + 6); j++) {
    const line = lines[text[j] ?? 0]
    if (line && isUnitLine(line.text) && !ATTACHMENT.test(line.text)) return unitsOf(line, line.end, blanksAt)
  }
  return []
}

function readAttachments(tail: Tail, lines: readonly Line[], text: readonly number[]): void {
  let open = false
  for (const index of text) {
    const line = lines[index]
    if (!line || tail.attachments.length >= 60) continue
    if (ATTACHMENT.test(line.text) && line.text.length < 160 && !APPENDED.test(line.text)) {
      open = true
      tail.attachments.push({ start: line.start, end: line.end })
    } else if (open && /^\d{1,2}[.、]/.test(line.text) && !/。$/.test(line.text) && line.text.length < 80) tail.attachments.push({ start: line.start, end: line.end })
    else open = false
  }
}

const FORWARDS = /(转发|转给你们|转发给你们|印发给你们|现予转发|全文转发|转载)/

/** The line at which a forwarded notice begins inside [first, last), or null. */
export function findForwarded(lines: readonly Line[], first: number, last: number, headText: string): number | null {
  const outer = lines.slice(first, last).filter((line) => line.role === 'text')
  const says = FORWARDS.test(headText) || FORWARDS.test(outer.slice(0, 6).map((line) => line.text).join(''))
  if (!says) return null
  let bodySeen = false
  for (let i = first; i < last; i++) {
    const line = lines[i]
    if (!line || line.role !== 'text') continue
    if (/。/.test(line.text)) bodySeen = true
    if (!bodySeen) continue
    // After the forwarder's signature: whatever carries sentences is the inner notice.
    if (dateAtEnd(line.text, line.start) && line.text.length < 40) {
      const rest = lines.slice(i + 1, last).filter((next) => next.role === 'text')
      if (rest.length >= 2 && rest.some((next) => /[。;]/.test(next.text) && next.text.length > 8)) return i + 1
      return null
    }
    // No signature of its own: the inner title, alone or broken in two, or a second addressee line.
    let j = i + 1
    while (j < last && lines[j]?.role !== 'text') j++
    const next = j < last ? lines[j] : undefined
    const pair = isTitle(line.text) || (next !== undefined && /关于/.test(line.text) && !/[。,;:]/.test(line.text) && isTitle(line.text + next.text))
    if (pair || (/:$/.test(line.text) && splitAddressees(line.text, line.start) && /^各/.test(line.text))) return i
  }
  return null
}
