/** Reads a word list written as running text: words apart by blanks or line ends, `#` begins a remark. */
export function words(list: string): string[] {
  return list.split('\n').map((line) => line.replace(/#.*$/, '')).join(' ').split(/\s+/).filter((word) => word !== '')
}

/** A word list that finds the longest of its words at a place in a text. */
export type Lexicon = { has(word: string): boolean; at(text: string, index: number): string | null; find(text: string, from?: number, to?: number): { word: string; index: number } | null }

/** Builds a lexicon over one or more lists. */
export function lexicon(...lists: string[][]): Lexicon {
  const all = new Set(lists.flat())
  const byFirst = new Map<string, string[]>()
  for (const word of all) {
    const first = word.charAt(0)
    const bucket = byFirst.get(first)
    if (bucket) bucket.push(word)
    else byFirst.set(first, [word])
  }
  for (const bucket of byFirst.values()) bucket.sort((a, b) => b.length - a.length)
  const at = (text: string, index: number): string | null => {
    const bucket = byFirst.get(text.charAt(index))
    if (!bucket) return null
    for (const word of bucket) if (text.startsWith(word, index)) return word
    return null
  }
  const find = (text: string, from = 0, to = text.length): { word: string; index: number } | null => {
    for (let i = from; i < to; i++) {
      const word = at(text, i)
      if (word !== null && i + word.length <= to) return { word, index: i }
    }
    return null
  }
  return { has: (word) => all.has(word), at, find }
}
