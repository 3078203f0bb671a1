/** Takes out line breaks that only the page's width has set (text out of a PDF, text pasted from a mail). */
import type { Line } from './lines.ts'
import { markerAt } from './numbering.ts'
import type { Folded } from './normalise.ts'

const ENDS = /[。;:!?”)]$/

/** The folded text without breaks in the middle of a sentence; the same object when there are none. */
export function unwrap(folded: Folded, lines: readonly Line[]): Folded {
  const text = lines.filter((line) => line.role === 'text' && line.text.length > 0)
  const widths = text.map((line) => line.text.length).toSorted((a, b) => a - b)
  const wide = widths[Math.floor(widths.length * 0.85)] ?? 0
  const open = text.filter((line) => !ENDS.test(line.text) && line.text.length >= wide * 0.85)
  const wrapped = text.length >= 6 && wide >= 16 && wide <= 64 && open.length >= text.length * 0.35
  // Indented first lines: a line that begins at the margin carries on the one before it.
  const indented = (line: Line): boolean => line.start < folded.from.length && /^[ \t\u3000\u00a0]/.test(folded.original.slice(folded.original.lastIndexOf('\n', (folded.from[line.start] ?? 0) - 1) + 1, (folded.from[line.start] ?? 0)))
  const indents = text.filter((line) => line.text.length > 12 && indented(line)).length >= 2
  const drop = new Set<number>()
  let started = false
  for (let i = 0; i + 1 < lines.length; i++) {
    const line = lines[i]
    const next = lines[i + 1]
    if (!line || !next) continue
    if (/[。;,]/.test(line.text)) started = true
    if (!started || line.role !== 'text' || next.role !== 'text' || markerAt(next.text, 0)) continue
    const joins = wrapped ? !/[。;:!?]$/.test(line.text) && line.text.length >= wide * 0.68 : /[,、]$/.test(line.text) && next.text.length > 0 && line.text.length > 12
    const hanging = indents && next.start === line.end + 1 && line.text.length >= 20 && !/[。;:!?]$/.test(line.text) && !indented(next)
    if (joins || hanging) drop.add(line.end)
  }
  if (drop.size === 0) return folded
  const keep: number[] = []
  for (let i = 0; i < folded.text.length; i++) if (!drop.has(i)) keep.push(i)
  return {
    ...folded,
    text: keep.map((i) => folded.text[i]).join(''),
    from: Int32Array.from(keep, (i) => folded.from[i] ?? 0),
    to: Int32Array.from(keep, (i) => folded.to[i] ?? 0)
  }
}
