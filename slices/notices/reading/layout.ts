/** Cuts the folded text into lines and tells web-page furniture from the document. */
import { CHROME_LINES, FOOTER_STARTS, META_WORDS } from './knowledge/chrome.ts'
import { toIso } from './figures.ts'
import type { Line, LineRole } from './lines.ts'
import type { Folded } from './normalise.ts'
import { isUnitLine } from './titles.ts'

const META = new RegExp(`(${META_WORDS.map((word) => word.replace(/[【]/g, '\\$&')).join('|')})[:】]`, 'g')
const META_START = new RegExp(`^\\W{0,3}(${META_WORDS.map((word) => word.replace(/[【]/g, '\\$&')).join('|')}):`)
const DATE_IN_META = /\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}/

/** 北苑公寓办 2024-01-16 15:32: who posted it and when, below the title of a message. */
const POSTED = /^([\p{Script=Han}A-Za-z]{2,24})(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}(?: ?\d{1,2}:\d{2}(?::\d{2})?)?$/u

/** Does this line say who posted the text, and when? */
export const isPosted = (text: string): boolean => POSTED.test(text)

/** Is this line a publication line? Deep in the body only a line with two such words or a counter counts. */
function isMeta(text: string, inHead: boolean): boolean {
  if (text.length > 160 || /。/.test(text)) return false
  if (/^发文字号:/.test(text)) return false
  if (POSTED.test(text) && inHead) return true
  if (/^\(?(?:发布|发表|推送|更新)(?:于|时间|:){1,2}(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?: ?\d{1,2}:\d{2})?\)?$/.test(text)) return true
  const hits = text.match(META)?.length ?? 0
  if (hits === 0) return /^(发布时间|浏览|点击|阅读|访问)\D{0,4}\d+/.test(text)
  if (/(浏览|点击|阅读|访问|人气)[^:]{0,4}:\d*/.test(text) && hits >= 1 && text.length < 120) return true
  if (hits >= 2 && !/(地点|对象|内容):/.test(text)) return inHead || DATE_IN_META.test(text)
  return inHead && META_START.test(text) && text.length < 60
}

/** Lines of a folded text with their roles. A footer ends the document except for what is needed from it. */
export function layOut(folded: Folded): Line[] {
  const lines: Line[] = []
  let at = 0
  let inHead = true
  let footer = false
  for (const text of folded.text.split('\n')) {
    const start = at
    at += text.length + 1
    let role: LineRole = 'text'
    if (text.trim() === '') role = 'blank'
    else if (isMeta(text, inHead)) role = 'meta'
    else if (text.length <= 120 && CHROME_LINES.some((pattern) => pattern.test(text)) && !/[。;]$/.test(text)) role = 'chrome'
    if (role === 'text' && (/[。;!]$/.test(text) || /:$/.test(text))) inHead = false
    if (role === 'chrome' && !inHead && FOOTER_STARTS.some((pattern) => pattern.test(text))) footer = true
    // Behind the footer's beginning only a short line without punctuation may still be the signature.
    if (footer && role === 'text' && (text.length > 30 || /[。,:;0-9]/.test(text))) role = 'chrome'
    lines.push({ start, end: start + text.length, text, role })
  }
  markTables(folded, lines)
  return lines
}

/** Cells apart by tabs, or three and more apart by wide blanks (two of the ideographic kind). */
const CELL = '[^\\s。;；](?:(?: {0,2}|\\u3000)[^\\s。;；])*'
const CELLS = new RegExp(`\\S\\t\\s*\\S|^${CELL}(?:(?:[ \\u3000]{3,}|\\u3000{2})${CELL}){2,}$`)

/** Rows of a table (cells apart by tabs in the original) are kept apart from the sentences. */
function markTables(folded: Folded, lines: Line[]): void {
  const row = (line: Line | undefined): boolean => line !== undefined && line.role === 'text' && line.end > line.start && line.text.length <= 300 && CELLS.test(folded.original.slice(folded.from[line.start] ?? 0, folded.to[line.end - 1] ?? 0))
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]
    if (!line || !row(line)) continue
    let end = i + 1
    while (row(lines[end])) end++
    if (end - i >= 2) for (let k = i; k < end; k++) (lines[k] as Line).role = 'table'
    i = end
  }
}

/** 民国113年 is 2024. */
export const yearIn = (year: string, roc: boolean): number => Number(year) + (roc ? 1911 : 0)

/** Who posted the notice, from the line below its title. */
export function findPoster(lines: readonly Line[]): { start: number; end: number } | null {
  for (const line of lines) {
    const name = line.role === 'meta' ? POSTED.exec(line.text)?.[1] : undefined
    if (name !== undefined && isUnitLine(name)) return { start: line.start, end: line.start + name.length }
  }
  return null
}

/** The publication date found on a publication line, ISO. */
export function findPublished(lines: readonly Line[]): string | null {
  for (const line of lines) {
    if (line.role !== 'meta') continue
    const match = /(?<roc>民国)?(\d{2,4})[-/.年](\d{1,2})[-/.月](\d{1,2})/.exec(line.text)
    if (match) {
      const iso = toIso(yearIn(match[2] ?? '', match.groups?.roc !== undefined), Number(match[3]), Number(match[4]))
      if (iso) return iso
    }
  }
  return null
}
