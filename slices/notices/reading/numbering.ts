/** Numbering: finds the items of a body, their levels, their labels and their headings. */
import { findBan } from './bans.ts'
import type { Line } from './lines.ts'
import { cnNumber } from './figures.ts'
import { BAN_AFTER_BU, NOT_A_BAN } from './knowledge/modality.ts'
import { ACTS, NOT_VERBS } from './knowledge/verbs.ts'
import { lexicon } from './knowledge/words.ts'

export type MarkerKind = 'chapter' | 'article' | 'cn' | 'cn-bracket' | 'digit' | 'decimal' | 'digit-bracket' | 'circle' | 'running'
export type Marker = { kind: MarkerKind; number: string; value: number; length: number }

const CN = '[一二三四五六七八九十百零]{1,5}'
const PATTERNS: readonly [MarkerKind, RegExp][] = [
  ['chapter', new RegExp(`第(${CN})[章部]分?[:、,]?`, 'y')],
  ['article', new RegExp(`第(${CN}|\\d{1,3})条[:、,]?`, 'y')],
  ['chapter', /([甲乙丙丁戊己庚辛壬癸壹贰叁肆伍陆柒捌玖拾])、/y],
  ['cn-bracket', new RegExp(`[(](${CN})[)][、,.]?`, 'y')],
  ['cn', new RegExp(`(?:第)?(${CN})[、.,:](?!是|要)`, 'y')],
  ['digit-bracket', /[(]([a-n])[)][、,.]?/y],
  ['digit-bracket', /[(](\d{1,3})[)][、,.]?|(\d{1,3})[)][、,.]?/y],
  ['decimal', /\d{1,3}\.(\d{1,3})[、.]?(?=[\p{Script=Han}“《])(?![年月日时点米个名天小分%℃度元公])/uy],
  ['digit', /(\d{1,3})(?:、|[,.．](?!\d)|\.(?=\d{1,2}(?:月\d{1,2})?日))(?!%)/y],
  ['circle', /([①②③④⑤⑥⑦⑧⑨⑩])/y]
]
const STEMS = '甲乙丙丁戊己庚辛壬癸'
const FORMAL = '壹贰叁肆伍陆柒捌玖拾'
const RANK: Record<MarkerKind, number> = { chapter: 0, article: 1, cn: 2, 'cn-bracket': 3, digit: 4, decimal: 5, 'digit-bracket': 6, circle: 7, running: 8 }

/** 2.14日至16日停课: a number and a day, or a day of February; 120、 a number or a telephone: what stands around decides. */
const UNSURE = /^\d{1,2}\.\d{1,2}日|^[(第]?(?:\d{3}|[一二三四五六七八九]?百)/

/** The item number standing at `index`, if any; one that is as likely none only where `expected` names the number before it. */
export function markerAt(text: string, index: number, expected?: (kind: MarkerKind) => number | undefined): Marker | null {
  if (!/[第(甲乙丙丁戊己庚辛壬癸壹贰叁肆伍陆柒捌玖拾一二三四五六七八九十\d①②③④⑤⑥⑦⑧⑨⑩]/.test(text.charAt(index))) return null
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = index
    const match = pattern.exec(text)
    if (!match) continue
    const raw = match[1] ?? match[2] ?? ''
    const value = kind === 'digit-bracket' && /[a-n]/.test(raw) ? raw.charCodeAt(0) - 96 : kind === 'circle' ? '①②③④⑤⑥⑦⑧⑨⑩'.indexOf(raw) + 1 : kind === 'chapter' && STEMS.includes(raw) ? STEMS.indexOf(raw) + 1 : kind === 'chapter' && FORMAL.includes(raw) ? FORMAL.indexOf(raw) + 1 : cnNumber(raw)
    if (!(value > 0 && value < 1000) || (UNSURE.test(text.slice(index, index + 6)) && expected?.(kind) !== value - 1)) continue
    const number = kind === 'article' ? `第${raw}条` : kind === 'chapter' ? (STEMS.includes(raw) || FORMAL.includes(raw) ? raw : `第${raw}章`) : kind === 'cn-bracket' ? `（${raw}）` : kind === 'digit-bracket' ? `（${raw}）` : raw
    return { kind, number, value, length: match[0].length }
  }
  return null
}

export type Paragraph = { start: number; end: number }
export type Item = {
  marker: Marker | null
  level: number
  /** Top-level number this item counts under. */
  label: string
  number: string
  start: number
  contentStart: number
  /** End of the paragraph that carries the number. */
  lineEnd: number
  end: number
  parent: number | null
  heading: { start: number; end: number } | null
  faults: string[]
}

/** Paragraphs of a body: its text lines; a line that ends in the middle of a list takes the next one in. */
export function joinLines(lines: readonly Line[], first: number, last: number, from: number, to: number): Paragraph[] {
  const paragraphs: Paragraph[] = []
  for (const line of lines.slice(first, last)) {
    if (line.role !== 'text' || line.end <= from || line.start >= to) continue
    paragraphs.push({ start: Math.max(line.start, from), end: Math.min(line.end, to) })
  }
  return paragraphs
}

/** Places inside a paragraph where a further item begins without a line break: `…。二、…`. */
function inlineMarkers(text: string, paragraph: Paragraph, expect: Map<MarkerKind, number>): { at: number; marker: Marker }[] {
  const found: { at: number; marker: Marker }[] = []
  const slice = text.slice(paragraph.start, paragraph.end)
  for (const match of slice.matchAll(/[。;:!?](?=\n?[第(一二三四五六七八九十\d])/g)) {
    let at = paragraph.start + match.index + 1
    while (text[at] === '\n' && at < paragraph.end) at++
    const marker = at < paragraph.end - 1 ? markerAt(text, at, (kind) => expect.get(kind)) : null
    // “第一，……；第二，……” inside a paragraph counts reasons or steps, no items.
    if (!marker || marker.kind === 'circle' || (marker.kind === 'cn' && text.charAt(at) === '第')) continue
    if (marker.value !== (expect.get(marker.kind) ?? 0) + 1) continue
    found.push({ at, marker })
    expect.set(marker.kind, marker.value)
  }
  return found
}

/** Paragraphs that begin 一要, 二要 are items. */
const RUNNING = new RegExp(`^(${CN})要(?!求|点|素)`)
const runningAt = (text: string, at: number): number => cnNumber(RUNNING.exec(text.slice(at, at + 6))?.[1] ?? '')

/** Builds the items of a body from its paragraphs. */
export function buildItems(text: string, paragraphs: readonly Paragraph[]): Item[] {
  const run = paragraphs.some((paragraph) => runningAt(text, paragraph.start) === 1) && paragraphs.some((paragraph) => runningAt(text, paragraph.start) === 2)
  const pieces: { start: number; end: number; marker: Marker | null }[] = []
  const expect = new Map<MarkerKind, number>()
  for (const [k, paragraph] of paragraphs.entries()) {
    const count = run ? runningAt(text, paragraph.start) : 0
    // The words stay: 一要 obliges.
    const own: Marker | null = markerAt(text.slice(paragraph.start, paragraph.start + 12), 0, (kind) => expect.get(kind) ?? (kind === 'digit' && paragraphs[k + 1] !== undefined && text.startsWith('2.', paragraphs[k + 1]?.start) ? 0 : undefined)) ?? (count > 0 ? { kind: 'running', number: text.slice(paragraph.start).match(RUNNING)?.[1] ?? '', value: count, length: 0 } : null)
    if (own) {
      expect.set(own.kind, own.value)
      for (const kind of Object.keys(RANK) as MarkerKind[]) if (RANK[kind] > RANK[own.kind]) expect.delete(kind)
    }
    const inner = inlineMarkers(text, paragraph, expect)
    let from = paragraph.start
    let marker = own
    for (const next of inner) {
      pieces.push({ start: from, end: next.at, marker })
      from = next.at
      marker = next.marker
    }
    pieces.push({ start: from, end: paragraph.end, marker })
  }
  return arrange(text, pieces)
}

function arrange(text: string, pieces: readonly { start: number; end: number; marker: Marker | null }[]): Item[] {
  const kinds = [...new Set(pieces.flatMap((piece) => (piece.marker ? [piece.marker.kind] : [])))].toSorted((a, b) => RANK[a] - RANK[b])
  const items: Item[] = []
  const counts = new Map<string, number>()
  let label = '前言'
  let lastTop = 0
  const open: number[] = []
  for (const piece of pieces) {
    const marker = piece.marker
    if (!marker) {
      const current = items[items.length - 1]
      if (current) current.end = piece.end
      else items.push({ marker: null, level: 1, label, number: '前言', start: piece.start, contentStart: piece.start, lineEnd: piece.end, end: piece.end, parent: null, heading: null, faults: [] })
      continue
    }
    const level = kinds.indexOf(marker.kind) + 1
    const faults: string[] = []
    if (level === 1) {
      const count = (counts.get(marker.number) ?? 0) + 1
      counts.set(marker.number, count)
      label = count === 1 ? marker.number : `${marker.number}#${count}`
      if (count > 1) faults.push('doubled')
      else if (marker.value !== lastTop + 1) faults.push('gap')
      lastTop = marker.value
    }
    open.length = Math.min(open.length, level - 1)
    let parent: number | null = null
    for (let k = level - 2; k >= 0 && parent === null; k--) parent = open[k] ?? null
    items.push({ marker, level, label, number: marker.number, start: piece.start, contentStart: piece.start + marker.length, lineEnd: piece.end, end: piece.end, parent, heading: null, faults })
    open[level - 1] = items.length - 1
  }
  items.forEach((item, i) => {
    if (item.marker) item.heading = headingOf(text, item, items[i + 1] ?? null)
  })
  return items
}

/** Words that oblige; an hour, a rhythm or a limit in time says as much. */
const OBLIGES = /\d[时点:]|24小时|\d[日号]起|即日起|每[日天周晚]|[日号时点末底]前|(?<![主重需只必首概纲简摘])要(?![求点闻素害])|须(?!知)|(?<![响相供反适叫])应(?![急对用届变])|(?<![取获所])得|(?<!申)请(?!示|假|求)|严禁|禁止|不准|不许|不要|不允许|请勿|切勿|谢绝|一律|(?<!毫|寸|永|绝|从|决|坚定)不(?:返|到校|进|出|入|外|聚|去|参加|组织|举办|前往|离|串|点|信|使用|带|扎|接|安排|开放)|必须|务必|按[^,。]{2,12}执行|(?:正常|照常)(?:到校|上课|返校|上班|开放)$|^(?:暂停|停止|暂缓|取消|推迟).{5,}/

const acts = lexicon(ACTS)
const nouns = lexicon(NOT_VERBS)
const bansBehind = lexicon(BAN_AFTER_BU)
const harmless = lexicon(NOT_A_BAN)

/** 不喝生水, 饭前洗手 without a closing mark and with nothing below: a whole duty, no heading. */
function isOrder(line: string): boolean {
  // 环境消毒分工, 值班值守安排: the name of a matter, mostly of a table below.
  if (/(分工|职责|安排|一览表?|清单)$/.test(line) && acts.at(line, 0) === null) return false
  for (let i = 0; i < line.length; i++) {
    const noun = nouns.at(line, i)
    if (noun !== null) { i += noun.length - 1; continue }
    if (/[勿莫]/.test(line.charAt(i)) || (line.charAt(i) === '不' && harmless.at(line, i) === null && bansBehind.at(line, i + 1) !== null)) return true
    const act = acts.at(line, i)
    // 信息报送, 隐患排查, 值班值守 are names of a matter: the verb closes them.
    if (act !== null && act.length > 1 && i + act.length < line.length && i > 0 || (act !== null && act.length > 1 && /^.[前后时]|^每|^勤|^常|^及时|^立即/.test(line))) return true
  }
  return false
}

/** 没有证的不碰阀门: a ban in everyday words. 停课停工 and 别做的事 are names of a matter. */
const forbids = (first: string): boolean => {
  const ban = findBan(first, 0, first.length, 0)
  return ban !== null && (ban.how === 'bu' || ban.word === '别' || (ban.how === 'stop' && ban.index >= 4)) && !/的[事话]$/.test(first)
}

/** (6月21日18时前), behind a name. */
export const TIMED = String.raw`\([^()]*\d[日时点:][^()]*\)$`
const STEP = new RegExp(`^([^(),。;:]{2,4}|[^(),。;:]{2,10}(?:阶段|环节|步骤))${TIMED}`)

/** The heading of an item by the two rules of the annotation: a line without a closing mark, or a short first sentence. */
function headingOf(text: string, item: Item, next: Item | null): { start: number; end: number } | null {
  const end = item.lineEnd
  const line = text.slice(item.contentStart, end)
  const bare = line.replace(/[\s]+$/, '')
  if (bare === '') return null
  const moreBelow = text.slice(end, item.end).trim() !== '' || (next !== null && next.level > item.level)
  const last = bare.charAt(bare.length - 1)
  if (last === ':' && !bare.includes('。')) return { start: item.contentStart, end: item.contentStart + bare.length - 1 }
  // 借的书到期了怎么办?: a question above its answer.
  if (last === '?' && bare.length <= 32 && moreBelow && !/[。;!?]/.test(bare.slice(0, -1))) return { start: item.contentStart, end: item.contentStart + bare.length - 1 }
  if (!/[。;!?]/.test(last)) {
    const sentence = /[。;]/.test(bare)
    if (!sentence && bare.length <= 46 && (moreBelow || (bare.length <= 12 && !OBLIGES.test(bare) && !isOrder(bare)))) return { start: item.contentStart, end: item.contentStart + bare.length }
  }
  const stop = line.indexOf('。')
  // 动员准备(6月21日18时前)。: a step's name and its time.
  const step = STEP.exec(line.slice(0, Math.max(0, stop)))
  if (step && line.slice(stop + 1).trim() !== '' && !OBLIGES.test(step[1] ?? '')) return { start: item.contentStart, end: item.contentStart + stop }
  if (stop > 0 && stop <= 20) {
    const first = line.slice(0, stop)
    const rest = line.slice(stop + 1).trim()
    if (!OBLIGES.test(first) && !forbids(first) && !/不少于|不低于|不超过/.test(first) && !/(施行|生效)$/.test(first) && (rest !== '' || (next !== null && next.level > item.level)) && !/[;]/.test(first)) return { start: item.contentStart, end: item.contentStart + stop }
  }
  return null
}
