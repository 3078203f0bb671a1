/** The difference between two versions of a notice: same, changed, new, gone. Pure. */

export type Change = 'same' | 'changed' | 'new' | 'gone'
export interface Pair<T> {
  change: Change
  before: T | null
  after: T | null
}

const squeeze = (text: string) => text.normalize('NFKC').replace(/[\s\p{P}]/gu, '')

function pairsOf(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (let i = 0; i + 1 < text.length; i++) counts.set(text.slice(i, i + 2), (counts.get(text.slice(i, i + 2)) ?? 0) + 1)
  return counts
}

/** How alike two texts are by their pairs of characters, 0 to 1. */
export function likeness(a: string, b: string): number {
  const [x, y] = [squeeze(a), squeeze(b)]
  if (x === y) return 1
  const [left, right] = [pairsOf(x), pairsOf(y)]
  let both = 0
  let all = 0
  for (const count of left.values()) all += count
  for (const [pair, count] of right) {
    all += count
    both += Math.min(count, left.get(pair) ?? 0)
  }
  return all === 0 ? 0 : (2 * both) / all
}

/** Pairs two lists: the same by text first, then the most alike; what is left is new or gone. `exact` decides whether a pair of the same text is really the same. */
export function compare<T>(before: readonly T[], after: readonly T[], textOf: (item: T) => string, exact: (a: T, b: T) => boolean = () => true, enough = 0.5): Pair<T>[] {
  const partner = new Map<T, T>()
  const free = new Set(before)
  for (const item of after) {
    const twin = [...free].find((one) => squeeze(textOf(one)) === squeeze(textOf(item)))
    if (twin === undefined) continue
    partner.set(item, twin)
    free.delete(twin)
  }
  const candidates = after
    .filter((item) => !partner.has(item))
    .flatMap((item) => [...free].map((one) => ({ item, one, score: likeness(textOf(one), textOf(item)) })))
    .filter(({ score }) => score >= enough)
    .toSorted((a, b) => b.score - a.score)
  for (const { item, one } of candidates) {
    if (partner.has(item) || !free.has(one)) continue
    partner.set(item, one)
    free.delete(one)
  }
  const pairs = after.map((item): Pair<T> => {
    const twin = partner.get(item)
    if (twin === undefined) return { change: 'new', before: null, after: item }
    const same = squeeze(textOf(twin)) === squeeze(textOf(item)) && exact(twin, item)
    return { change: same ? 'same' : 'changed', before: twin, after: item }
  })
  return [...pairs, ...[...free].map((one): Pair<T> => ({ change: 'gone', before: one, after: null }))]
}
