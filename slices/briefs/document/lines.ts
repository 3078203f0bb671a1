import { isWide } from './measure.ts'
import type { PdfFace } from './fonts.ts'

export interface Style {
  face: PdfFace
  size: number
  /** Added after each character, in points. */
  tracking?: number
  /** Raised by so many points. */
  rise?: number
  color?: string
  /** Name of the place in the document that this leads to. */
  leadsTo?: string
}

export interface Span {
  text: string
  style: Style
}

/** The least piece that is not divided: one Chinese character, one word or number, one blank. */
export interface Atom extends Span {
  width: number
}

export interface Line {
  atoms: Atom[]
  width: number
  isLast: boolean
}

/** Width of a text in points. */
export type Measure = (text: string, style: Style) => number

// 禁则: what must not begin and what must not end a line.
const notFirst = /^[，。、；：？！）〕》〉」』】”’％%…—·,.;:?!)\]}]/u
const notLast = /[（〔《〈「『【“‘([{]$/u
const halfBlank = /^[，。、；：）〕》〉」』】”’]$/u

/** Divides text into atoms. A word wider than the line is divided into characters. */
export function atomsOf(spans: Span[], measure: Measure, width: number): Atom[] {
  const atoms: Atom[] = []
  for (const { text, style } of spans) {
    const parts = text.match(/\s+|[^\s]/gu) ?? []
    let word = ''
    const flush = () => {
      if (word === '') return
      const whole = measure(word, style)
      if (whole <= width) atoms.push({ text: word, style, width: whole })
      else for (const character of word) atoms.push({ text: character, style, width: measure(character, style) })
      word = ''
    }
    for (const part of parts) {
      if (!/^\s/u.test(part) && !isWide(part)) {
        word += part
        continue
      }
      flush()
      const shown = /^\s/u.test(part) && part !== '\u3000' ? ' ' : part
      atoms.push({ text: shown, style, width: measure(shown, style) })
    }
    flush()
  }
  return atoms
}

const isSpace = (atom: Atom) => atom.text === ' '

function mayBreak(before: Atom, after: Atom): boolean {
  if (notFirst.test(after.text) || notLast.test(before.text)) return false
  // A raised number stays with its figure.
  if ((after.style.rise ?? 0) > 0) return false
  if (isSpace(before)) return true
  if (isSpace(after)) return false
  const last = [...before.text].at(-1) ?? ''
  const first = [...after.text][0] ?? ''
  return isWide(last) || isWide(first) || (before.text.length === 1 && after.text.length === 1)
}

/** Breaks text into lines; the first may be narrower by its indent. */
export function breakLines(spans: Span[], measure: Measure, width: number, indent = 0): Line[] {
  const atoms = atomsOf(spans, measure, width - indent)
  const lines: Line[] = []
  let start = 0
  while (start < atoms.length) {
    const room = width - (lines.length === 0 ? indent : 0)
    let end = start
    let used = 0
    let lastBreak = -1
    for (; end < atoms.length; end += 1) {
      const atom = atoms[end]
      if (!atom) break
      const previous = atoms[end - 1]
      if (end > start && previous && mayBreak(previous, atom)) lastBreak = end
      // The blank half of a closing mark, and a space, may stick out.
      const needed = isSpace(atom) ? 0 : halfBlank.test(atom.text) ? atom.width / 2 : atom.width
      if (used + needed > room + 0.01 && end > start) break
      used += atom.width
    }
    const cut = end >= atoms.length ? atoms.length : lastBreak > start ? lastBreak : end
    const line = atoms.slice(start, cut)
    while (line.length > 1 && line.at(-1)?.text === ' ') line.pop()
    lines.push({ atoms: line, width: line.reduce((sum, atom) => sum + atom.width, 0), isLast: cut >= atoms.length })
    start = cut
    while (start < atoms.length && atoms[start]?.text === ' ') start += 1
  }
  return lines.length > 0 ? lines : [{ atoms: [], width: 0, isLast: true }]
}
