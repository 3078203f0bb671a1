/** Cuts the folded text into lines and tells web-page furniture from the document. */
import { CHROME_LINES, FOOTER_STARTS, META_WORDS } from './knowledge/chrome.ts'
import { toIso } from './figures.ts'
import type { Folded } from './normalise.ts'

export type LineRole = 'text' | 'table' | 'chrome' | 'meta' | 'blank'
export type Line = { start: number; end: number; text: string; role: LineRole }

const META = new RegExp(`(${META_WORDS.map((word) => word.replace(/[【]/g, '\\$&')).join('|')})[:】]`, 'g')
const META_START = new RegExp(`^\\W{0,3}(${META_WORDS.map((word) => word.replace(/[【]/g, '\\$&')).join('|')}):`)
const DATE_IN_META = /\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}/

/** Is this line a publication line? Deep in the body only a line with two such words or a counter counts. */
function isMeta(text: string, inHead: boolean): boolean {
  if (text.length > 160 || /。/.test(text)) return false
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

/** Rows of a table (cells apart by tabs in the original) are kept apart from the sentences. */
function markTables(folded: Folded, lines: Line[]): void {
  const row = (line: Line | undefined): boolean => line !== undefined && line.role === 'text' && line.end > line.start && line.text.length <= 300 && /\S\t\s*\S/.test(folded.original.slice(folded.from[line.start] ?? 0, folded.to[line.end - 1] ?? 0))
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]
    if (!line || !row(line)) continue
    let end = i + 1
    while (row(lines[end])) end++
    if (end - i >= 2) for (let k = i; k < end; k++) (lines[k] as Line).role = 'table'
    i = end
  }
}

/** The publication date found on a publication line, ISO. */
export function findPublished(lines: readonly Line[]): string | null {
  for (const line of lines) {
    if (line.role !== 'meta') continue
    const match = /(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})/.exec(line.text)
    if (match) {
      const iso = toIso(Number(match[1]), Number(match[2]), Number(match[3]))
      if (iso) return iso
    }
  }
  return null
}
