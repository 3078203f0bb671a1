/**
 * A small seeded generator (sfc32). The same seed gives the same campus on every machine, which is what makes a drill
 * repeatable and a failing test worth reading.
 */
export class Random {
  #a: number
  #b: number
  #c: number
  #counter = 1
  readonly #seed: string

  constructor(seed: number | string) {
    this.#seed = String(seed)
    this.#a = hash(`${this.#seed}/a`)
    this.#b = hash(`${this.#seed}/b`)
    this.#c = hash(`${this.#seed}/c`)
    for (let i = 0; i < 12; i += 1) this.next()
  }

  /** An independent stream for one part of the work, so that a change there leaves all others as they were. */
  fork(label: string): Random {
    return new Random(`${this.#seed}/${label}`)
  }

  /** 0 ≤ x < 1 */
  next(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum | 0
    return (sum >>> 0) / 4_294_967_296
  }

  /** A whole number, 0 ≤ n < limit. */
  below(limit: number): number {
    return Math.floor(this.next() * limit)
  }

  /** A whole number between both ends, ends included. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1)
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new RangeError('nothing to pick from')
    return list[this.below(list.length)] as T
  }

  /** Picks by weight; the pairs are (thing, weight). */
  weighted<T>(pairs: readonly (readonly [T, number])[]): T {
    let left = this.next() * pairs.reduce((sum, [, weight]) => sum + weight, 0)
    for (const [thing, weight] of pairs) {
      left -= weight
      if (left < 0) return thing
    }
    return (pairs.at(-1) as readonly [T, number])[0]
  }

  /** A shuffled copy. */
  shuffle<T>(list: readonly T[]): T[] {
    const out = [...list]
    for (let i = out.length - 1; i > 0; i -= 1) {
      const j = this.below(i + 1)
      const held = out[i] as T
      out[i] = out[j] as T
      out[j] = held
    }
    return out
  }

  /** About bell-shaped around a mean; never below zero. */
  around(mean: number, spread: number): number {
    const sum = this.next() + this.next() + this.next() + this.next() - 2
    return Math.max(0, mean + sum * spread * 1.7)
  }
}

/** FNV-1a with a final mix: a seed of 32 bits from any text. */
function hash(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) | 0
}

/** Shares a whole number out by weights so that the parts are whole and add up (largest remainder). */
export function share(total: number, weights: readonly number[], least = 0): number[] {
  const sum = weights.reduce((a, b) => a + b, 0)
  const free = total - least * weights.length
  if (free < 0 || sum <= 0) throw new RangeError(`cannot share ${total} among ${weights.length}`)
  const exact = weights.map((weight) => (free * weight) / sum)
  const parts = exact.map((value) => Math.floor(value))
  const order = exact.map((value, index) => ({ index, rest: value - Math.floor(value) })).toSorted((a, b) => b.rest - a.rest || a.index - b.index)
  let left = free - parts.reduce((a, b) => a + b, 0)
  for (const { index } of order) {
    if (left <= 0) break
    parts[index] = (parts[index] ?? 0) + 1
    left -= 1
  }
  return parts.map((part) => part + least)
}
