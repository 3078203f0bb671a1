/** How well a name fits what was typed; pure. */

export type NameMatch = (text: string, typed: string) => boolean

/** 0: not at all; higher is better. Every word typed must be found somewhere: in the title first, then in what else is said of it. */
export function fit(title: string, more: string, typed: string, matches: NameMatch): number {
  const words = typed.trim().toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return 0
  let total = 0
  for (const word of words) {
    const lower = title.toLowerCase()
    const own = lower === word ? 6 : lower.startsWith(word) ? 5 : lower.includes(word) ? 4 : matches(title, word) ? 3 : more.toLowerCase().includes(word) ? 2 : matches(more, word) ? 1 : 0
    if (own === 0) return 0
    total += own
  }
  return total / words.length
}

/** The best of a list, in order of fit; equals stay in their order. */
export function best<T>(items: readonly T[], typed: string, of: (item: T) => { title: string; more: string }, matches: NameMatch, most: number): T[] {
  return items
    .map((item, index) => ({ item, index, score: fit(of(item).title, of(item).more, typed, matches) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, most)
    .map(({ item }) => item)
}

/** Pieces of a text, those that were typed marked. Only what is written so; a match by pinyin marks nothing. */
export function marked(text: string, typed: string): { text: string; hit: boolean }[] {
  const word = typed.trim().toLowerCase()
  const at = word === '' ? -1 : text.toLowerCase().indexOf(word)
  if (at < 0) return [{ text, hit: false }]
  return [
    { text: text.slice(0, at), hit: false },
    { text: text.slice(at, at + word.length), hit: true },
    { text: text.slice(at + word.length), hit: false },
  ].filter((piece) => piece.text !== '')
}
