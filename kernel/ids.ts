import { v7, v5 } from 'uuid'

/** A new time-ordered id; minted wherever the thing is made, also on the phone. */
export function newId(): string {
  return v7()
}

/** When an id of `newId` was made. */
export const madeAt = (id: string): Date => new Date(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16))

const namespace = '6f1c6f5e-2f0b-4b3e-9a56-0d1b0a7f3c11'
/** The same id for the same words: for things that two sides must name alike without asking each other. */
export function stableId(...words: string[]): string {
  return v5(words.join('\u0000'), namespace)
}

/** The same, time-ordered by a moment that belongs to the words (a UUID of version 7 whose random part is their hash): it lies in that moment's month. */
export function stableIdAt(moment: Date, ...words: string[]): string {
  const time = Math.max(0, moment.getTime()).toString(16).padStart(12, '0').slice(-12)
  const hash = stableId(...words).replaceAll('-', '')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hash.slice(0, 3)}-a${hash.slice(17, 20)}-${hash.slice(20)}`
}
