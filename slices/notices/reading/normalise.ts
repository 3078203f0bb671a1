/**
 * Makes a copy of the text that is easy to match (Simplified, half width, no pinyin artefacts, no blanks inside Chinese)
 * and remembers for every character of the copy where it came from, so that every finding can be shown in the original.
 */
import { pinyin } from 'pinyin-pro'
import { findLookalikes } from './lookalikes.ts'
import { findShiftedRuns } from './repair.ts'
import { toSimplified } from './script.ts'
import type { Repair } from './types.ts'

export type Folded = {
  /** The copy used for matching. */
  text: string
  /** Original offset at which character i of the copy begins. */
  from: Int32Array
  /** Original offset at which it ends, a pinyin artefact behind it included. */
  to: Int32Array
  repairs: Repair[]
  original: string
}

const folds = new Map<string, string>()

/** Characters which the converter leaves alone without context. */
const ALSO: Record<string, string> = { '瞭': '了', '衆': '众', '羣': '群', '妳': '你', '藉': '借', '裏': '里', '甯': '宁', '佈': '布', '祇': '只' }

const SAME: Record<string, string> = {
  '「': '“', '」': '”', '『': '“', '』': '”', '―': '-', '—': '-', '–': '-', '‐': '-', '‑': '-', '−': '-', '─': '-', '﹣': '-',
  '〜': '~', '∼': '~', '｡': '。', '﹐': ',', '﹑': '、', '､': '、', '･': '·', '﹔': ';', '﹕': ':', '〈': '《', '〉': '》', '┉': '…'
}

/** Folds one character: width, script, look-alike punctuation. May return nothing. */
function foldChar(char: string): string {
  const known = folds.get(char)
  if (known !== undefined) return known
  let folded = SAME[char] ?? ALSO[char] ?? ''
  if (folded === '') {
    // A number in a circle stays what it is: 1 alone would be no number of an item.
    // ⒈14:00前: the number of an item with its stop, whatever follows.
    const narrow = /[①-⑳]/.test(char) ? char : /[⒈-⒛]/.test(char) ? `${char.charCodeAt(0) - 0x2487}、` : char.normalize('NFKC')
    folded = SAME[narrow] ?? narrow
    if (/\p{Script=Han}/u.test(folded)) folded = toSimplified(folded)
    // Marks before the items of a list say nothing.
    else if (/[★☆●•◆◇■▲△※▶►◎*]/.test(folded)) folded = ' '
    // What takes no room parts nothing: 1<200b>2月 is December.
    else if (/^(?:\p{Default_Ignorable_Code_Point}|\0)$/u.test(folded)) folded = ''
    else if (/[\u2028\u2029]/.test(folded)) folded = '\n'
    else if (/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202f\ufff0-\ufffd\ue000-\uf8ff]/.test(folded)) folded = ' '
    else folded = folded.replace(/[\s\u3000]/g, (blank) => (blank === '\n' ? '\n' : ' '))
  }
  if (folds.size < 50_000) folds.set(char, folded)
  return folded
}

const SYLLABLE = /^[(（]([a-zA-ZāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿĀÁǍÀĒÉĚÈŌÓǑÒ]{1,6})[)）]/
const TONED = /[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ]/i
const HAN = /\p{Script=Han}/u

/** Length of a pinyin artefact standing at `at` behind `before`, or 0. Without a tone mark it must be a sound of that character. */
function pinyinLength(text: string, at: number, before: string): number {
  const open = text[at]
  if (open !== '(' && open !== '（') return 0
  const match = SYLLABLE.exec(text.slice(at, at + 8))
  const sound = match?.[1]
  if (!match || !sound) return 0
  if (TONED.test(sound)) return match[0].length
  if (!HAN.test(before)) return 0
  const sounds = pinyin(before, { toneType: 'none', type: 'array', multiple: true })
  return sounds.includes(sound.toLowerCase().replace('ü', 'v')) || sounds.includes(sound.toLowerCase()) ? match[0].length : 0
}

/** Length of a mark of Markdown at `at`: heads, quotations and bullets at the beginning of a line, bold print. */
function markLength(text: string, at: number): number {
  const char = text[at]
  if (char === '*' && text[at + 1] === '*') return 2
  if (char === undefined || !'#>-+*'.includes(char) || !/(?:^|\n)[ \t]{0,8}$/.test(text.slice(Math.max(0, at - 9), at))) return 0
  return /^(?:#{1,6}|>+|[-+*])[ \t]+/.exec(text.slice(at, at + 12))?.[0].length ?? 0
}

/** What is left of a page that was pasted as it is: <p style=…>, </span>, <br/>, &nbsp;. <A4> is a size of paper and stays. */
const TAG = '<(?:/?(?:p|div|span|br|hr|b|strong|font|center|table|thead|tbody|tr|td|th|li|ul|ol|h[1-6]|u|i|em|sub|sup|img|section|article|blockquote|o:p)(?:\\s[^<>\\n]{0,300})?/?|a\\s[^<>\\n]{1,300}|/a)>|&(?:nbsp|ensp|emsp|thinsp);'
const TAG_HERE = new RegExp(`^(?:${TAG})`, 'i')
const TAGS = new RegExp(TAG, 'gi')
const leftoverLength = (text: string, at: number): number => (text[at] === '<' || text[at] === '&' ? TAG_HERE.exec(text.slice(at, at + 320))?.[0].length ?? 0 : 0)
/** Such a tag ends a line, where no line ends behind it anyway. */
const endsLine = (text: string, at: number, length: number): boolean => /^<(?:br|\/(?:p|div|tr|li|h[1-6]))/i.test(text.slice(at, at + 6)) && !/^\s*\n/.test(text.slice(at + length, at + length + 20))

/** 3 人, 2 小时: counted, no heading. */
const UNITS = '[年月日时点米个名天分栋号楼层班级周次元万组支台份张]|人(?!员)|小时'
const UNIT_AHEAD = new RegExp(`^(?:${UNITS})`)
/** A text whose headings are numbered 1  …, 2  …, by figures and blanks alone. */
const SPACED_NUMBERS = [1, 2].map((n) => new RegExp(`(?:^|\\n)${n}[ \\t\\u3000]{1,6}(?!${UNITS})\\p{Script=Han}{2}`, 'u'))
/** The same with 一  …, 二  …. */
const SPACED_FIGURES = ['一', '二'].map((n) => new RegExp(`(?:^|\\n)${n}[ \\t\\u3000]{1,6}(?!${UNITS})\\p{Script=Han}{2}`, 'u'))
const isNumberAhead = (original: string, at: number, figures: boolean): boolean => (figures ? /(?:^|\n)[一二三四五六七八九十]{1,3}[ \t\u3000]{1,6}$/ : /(?:^|\n)\d{1,2}[ \t\u3000]{1,6}$/).test(original.slice(Math.max(0, at - 9), at)) && !UNIT_AHEAD.test(original.slice(at, at + 2))

/** [填报系统](https://…): where the brackets open, where the words end, where the link ends. */
type Link = { open: number; close: number; end: number }

function findLinks(original: string): Link[] {
  if (!original.includes('](')) return []
  return [...original.matchAll(/!?\[([^[\]\n]{1,80})\]\((?:[^()\s]{1,300})(?:[ \t]+"[^"\n]{0,80}")?\)/g)].map((match) => ({ open: match.index + match[0].indexOf('['), close: match.index + match[0].indexOf(']('), end: match.index + match[0].length }))
}

/** 各 学 院 要 …, 2 0 2 3 年: a blank behind every sign, as a PDF may give it. There a single blank parts nothing, not even figures. */
function isAiry(line: string, least: number): boolean {
  const signs = line.trim().split(/[ \t\u3000\u00a0]+/)
  const alone = signs.filter((sign) => sign.length === 1)
  return alone.length >= least && alone.length >= signs.length * 0.9 && alone.filter((sign) => HAN.test(sign)).length >= 2
}

const isAlnum = (char: string | undefined): boolean => char !== undefined && /[A-Za-z0-9]/.test(char)
const isComma = (char: string | undefined): boolean => char === ',' || char === '、'

/** Folds a text for matching, keeping the way back. */
export function fold(original: string): Folded {
  const chars: string[] = []
  const from: number[] = []
  const to: number[] = []
  const repairs: Repair[] = []
  const push = (char: string, start: number, end: number): void => {
    const last = chars[chars.length - 1]
    // Doubled punctuation says the same once.
    if (isComma(char) && (isComma(last) || last === '。' || last === ';' || last === ':')) {
      to[to.length - 1] = end
      return
    }
    chars.push(char)
    from.push(start)
    to.push(end)
  }
  const runs = findShiftedRuns(original)
  const likes = findLookalikes(original)
  const links = findLinks(original)
  const spaced = SPACED_NUMBERS.every((pattern) => pattern.test(original))
  const figures = SPACED_FIGURES.every((pattern) => pattern.test(original))
  let nextLink = 0
  let nextLike = 0
  let nextRun = 0
  let before = ''
  let gap = 0
  let airy = false
  for (let i = 0; i < original.length;) {
    if (i === 0 || original[i - 1] === '\n') airy = isAiry(original.slice(i, (original.indexOf('\n', i) + 1 || original.length + 1) - 1), 6)
    const run = runs[nextRun]
    if (run && i === run.start) {
      const width = run.end - run.start
      const repaired = [...run.repaired]
      repaired.forEach((char, k) => {
        const a = run.start + Math.floor((k * width) / repaired.length)
        const b = run.start + Math.floor(((k + 1) * width) / repaired.length)
        for (const unit of foldChar(char)) push(unit, a, Math.max(b, a + 1))
      })
      repairs.push({ start: run.start, end: run.end, kind: 'gbk-shift', repaired: run.repaired })
      before = repaired[repaired.length - 1] ?? ''
      i = run.end
      nextRun++
      gap = 0
      continue
    }
    while ((links[nextLink]?.end ?? Infinity) <= i) nextLink++
    const link = links[nextLink]
    // The words of a link stay, the bracket and the address belong to their first and last sign.
    if (link !== undefined && i === link.open) { i++; continue }
    if (link !== undefined && i === link.close) {
      if (to.length > 0) to[to.length - 1] = link.end
      i = link.end
      continue
    }
    const mark = markLength(original, i)
    if (mark > 0) {
      i += mark
      continue
    }
    const leftover = leftoverLength(original, i)
    if (leftover > 0) {
      if (endsLine(original, i, leftover)) push('\n', i, i + leftover)
      i += leftover
      continue
    }
    const artefact = pinyinLength(original, i, before)
    if (artefact > 0) {
      repairs.push({ start: i, end: i + artefact, kind: 'pinyin', repaired: '' })
      i += artefact
      if (to.length > 0) to[to.length - 1] = i
      // `x.(xiàn)`: a stray full stop between the character and its sound belongs to the artefact.
      continue
    }
    const code = original.codePointAt(i) ?? 0
    const size = code > 0xffff ? 2 : 1
    while ((likes[nextLike]?.end ?? Infinity) <= i) nextLike++
    const like = likes[nextLike]
    const alike = like !== undefined && like.start <= i ? like.read.charAt(i - like.start) : null
    if (alike !== null) repairs.push({ start: i, end: i + 1, kind: 'look-alike', repaired: alike })
    const char = alike ?? original.slice(i, i + size)
    if (char === '\r') {
      if (original[i + 1] !== '\n') push('\n', i, i + 1)
      i += size
      gap = 0
      continue
    }
    const folded = foldChar(char)
    for (const unit of folded) {
      if (unit === ' ') gap++
      else {
        // 1  事件概况: a number apart from its heading by nothing but blanks.
        if (gap > 0 && HAN.test(unit) && ((spaced && isNumberAhead(original, i, false)) || (figures && isNumberAhead(original, i, true)))) push('、', i, i)
        if (gap > (airy ? 1 : 0) && isAlnum(unit) && isAlnum(chars[chars.length - 1])) push(' ', i, i)
        gap = 0
        for (let k = 0; k < unit.length; k++) push(unit.charAt(k), i, i + size)
      }
    }
    if (folded.trim() !== '') before = folded
    i += size
  }
  return { text: chars.join(''), from: Int32Array.from(from), to: Int32Array.from(to), repairs, original }
}

/** A cheap copy for looking up numbers only: full-width forms narrowed, every character in its place. */
export function narrow(original: string): Folded {
  const text = original.replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
  const from = Int32Array.from({ length: text.length }, (_, i) => i)
  return { text, from, to: from.map((i) => i + 1), repairs: [], original }
}

/** The stretch of the original behind characters [start, end) of the copy, blanks at both ends left out. */
export function originalSpan(folded: Folded, start: number, end: number): { start: number; end: number } {
  if (end <= start) {
    const at = folded.from[start] ?? folded.original.length
    return { start: at, end: at }
  }
  return { start: folded.from[start] ?? 0, end: folded.to[end - 1] ?? folded.original.length }
}

/** The original letters behind a stretch of the copy. */
export function originalText(folded: Folded, start: number, end: number): string {
  const span = originalSpan(folded, start, end)
  return folded.original.slice(span.start, span.end)
}

/** Index of the first repair that begins at or behind an offset. */
function firstFrom(repairs: readonly Repair[], offset: number): number {
  let low = 0
  let high = repairs.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((repairs[middle]?.start ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low
}

/** The letters as written, with artefacts and line breaks removed; for names shown to people (issuer, title). */
export function cleanText(folded: Folded, start: number, end: number): string {
  const span = originalSpan(folded, start, end)
  let out = ''
  let at = span.start
  for (let k = firstFrom(folded.repairs, span.start); k < folded.repairs.length; k++) {
    const repair = folded.repairs[k]
    if (!repair || repair.end > span.end) break
    if (repair.start < at) continue
    out += folded.original.slice(at, repair.start) + repair.repaired
    at = repair.end
  }
  out += folded.original.slice(at, span.end)
  const words = out.replace(/\s*\r?\n\s*/g, '').replace(/[\0\u200b-\u200f\ufeff]/g, '').replace(TAGS, '').replace(/[ \t\u3000\u00a0]+/g, ' ').trim()
  return isAiry(words, 3) ? words.replace(/ /g, '') : words
}

/** Was this stretch of the copy rebuilt from damaged bytes? Then no date or number may be taken from it. */
export function isRepaired(folded: Folded, start: number, end: number): boolean {
  const span = originalSpan(folded, start, end)
  for (let k = firstFrom(folded.repairs, span.start - 64); k < folded.repairs.length; k++) {
    const repair = folded.repairs[k]
    if (!repair || repair.start >= span.end) return false
    if (repair.kind === 'gbk-shift' && repair.end > span.start) return true
  }
  return false
}
