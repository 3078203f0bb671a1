/** Signs that were typed or recognised as others of the same shape: l5分钟, 每曰, 2024年1l月. Only where their neighbours leave no doubt. */
import { LOOKALIKES } from './knowledge/lookalikes.ts'

export type Lookalike = { start: number; end: number; read: string }

/** The places in a text where a look-alike stands, in order; each is as long as what it is read as. */
export function findLookalikes(text: string): Lookalike[] {
  const out: Lookalike[] = []
  for (const { pattern, read } of LOOKALIKES) for (const match of text.matchAll(pattern)) out.push({ start: match.index, end: match.index + match[0].length, read: read.repeat(match[0].length) })
  return out.toSorted((a, b) => a.start - b.start)
}
