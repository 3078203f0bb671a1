import { v7, v5 } from 'uuid'

/** A new time-ordered id; minted wherever the thing is made, also on the phone. */
export function newId(): string {
  return v7()
}

const namespace = '6f1c6f5e-2f0b-4b3e-9a56-0d1b0a7f3c11'
/** The same id for the same words: for things that two sides must name alike without asking each other. */
export function stableId(...words: string[]): string {
  return v5(words.join('\u0000'), namespace)
}
