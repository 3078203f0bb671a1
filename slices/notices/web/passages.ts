/** Cuts the text of a notice into lines and pieces, each piece with everything that lies over it. Pure; no character is lost or moved. */
import type { SentenceKind } from '../reading/types.ts'

export interface Span {
  start: number
  end: number
}
export interface Layers {
  sentences: readonly (Span & { kind: SentenceKind })[]
  /** Duties with their place in the text; what is forbidden is inked apart from what is ordered in the same sentence. */
  duties: readonly (Span & { id: string; forbids?: boolean })[]
  /** Places a doubt speaks of. */
  doubts: readonly Span[]
  repairs: readonly (Span & { repaired: string })[]
}
export interface Piece extends Span {
  text: string
  kind: SentenceKind | null
  /** The first piece of its sentence carries the sign of its kind. */
  opens: boolean
  dutyIds: string[]
  doubtful: boolean
  /** What the damaged characters were taken to mean. */
  repaired: string | null
}
export interface TextLine extends Span {
  pieces: Piece[]
}

/** The lines of the text between two offsets, cut wherever a layer begins or ends. */
export function linesOf(text: string, layers: Layers, from = 0, to = text.length): TextLine[] {
  const cuts = new Set<number>()
  const spans = [...layers.sentences, ...layers.duties, ...layers.doubts, ...layers.repairs].filter((span) => span.end > from && span.start < to)
  for (const span of spans) cuts.add(span.start).add(span.end)
  const marks = [...cuts].toSorted((a, b) => a - b)
  const lines: TextLine[] = []
  let at = from
  let mark = 0
  while (at < to) {
    const feed = text.indexOf('\n', at)
    const end = feed < 0 || feed > to ? to : feed
    const line: TextLine = { start: at, end, pieces: [] }
    while (mark < marks.length && (marks[mark] as number) <= at) mark++
    let begin = at
    while (begin < end) {
      const next = mark < marks.length && (marks[mark] as number) < end ? (marks[mark++] as number) : end
      const before = line.pieces.at(-1)
      const made = piece(text, begin, next, layers, at)
      if (made.kind === 'prohibition' && before && before.kind !== 'prohibition') made.opens = true
      line.pieces.push(made)
      begin = next
    }
    lines.push(line)
    at = end + 1
  }
  return lines
}

function piece(text: string, start: number, end: number, layers: Layers, lineStart: number): Piece {
  const over = (span: Span) => span.start < end && span.end > start
  const sentence = layers.sentences.find(over)
  const duties = layers.duties.filter(over)
  // Of a sentence that forbids, only the forbidding words are red, where it is known which they are.
  const mixed = sentence?.kind === 'prohibition' && layers.duties.some((duty) => duty.forbids && duty.start < sentence.end && duty.end > sentence.start)
  const kind = duties.some((duty) => duty.forbids) ? 'prohibition' : mixed ? 'duty' : (sentence?.kind ?? null)
  return {
    start, end, text: text.slice(start, end), kind,
    opens: sentence !== undefined && (sentence.start === start || (sentence.start < lineStart && start === lineStart)),
    dutyIds: duties.map((duty) => duty.id), doubtful: layers.doubts.some(over), repaired: layers.repairs.find(over)?.repaired ?? null,
  }
}

/** Clauses at the top of the tree, in order, and what stands before, between and after them. */
export function sections<C extends Span & { clauseId: string; parentId: string | null }>(text: string, clauses: readonly C[]): (Span & { clause: C | null })[] {
  // A clause reaches as far as the last of what hangs below it.
  const ends = new Map(clauses.map((clause) => [clause.clauseId, clause.end]))
  const parents = new Map(clauses.map((clause) => [clause.clauseId, clause.parentId]))
  for (const { clauseId, end } of clauses)
    for (let at = parents.get(clauseId) ?? null; at !== null; at = parents.get(at) ?? null) ends.set(at, Math.max(ends.get(at) ?? 0, end))
  const tops = clauses.filter((clause) => clause.parentId === null && clause.end > clause.start).toSorted((a, b) => a.start - b.start)
  const found: (Span & { clause: C | null })[] = []
  let at = 0
  for (const clause of tops) {
    if (clause.start < at) continue
    if (text.slice(at, clause.start).trim()) found.push({ start: at, end: clause.start, clause: null })
    const end = ends.get(clause.clauseId) ?? clause.end
    found.push({ start: clause.start, end, clause })
    at = end
  }
  if (text.slice(at).trim()) found.push({ start: at, end: text.length, clause: null })
  return found
}

/** Places where a duty may be split: after each 、，；。: within it, with the text on both sides. */
export function splitPlaces(text: string): { at: number; before: string; after: string }[] {
  const places: { at: number; before: string; after: string }[] = []
  for (const match of text.matchAll(/[、，；。：,;]|以及|并且|并(?=[\p{Script=Han}]{2})/gu)) {
    const at = /[、，；。：,;]/.test(match[0]) ? match.index + 1 : match.index
    if (at > 2 && at < text.length - 2) places.push({ at, before: text.slice(0, at), after: text.slice(at) })
  }
  return places
}
