/** What an institution calls kinds of units and of people its own way. Nothing is known where it says what everybody says. */
import type { Output } from '#kernel/contract.ts'
import { say } from '#ui/words.ts'
import type { me } from '../contract.ts'

type Words = Output<typeof me>['words']

let own: Words = { unit: {}, person: {} }

/** From the session, before a page is drawn. Answers that a phone remembers from older versions have none. */
export function learnWords(words: Words | undefined): void {
  if (words) own = words
}

/** The institution's own word, in the reader's language; undefined where the ready-made one is meant. */
export function ownWord(of: keyof Words, key: string): string | undefined {
  const found = own[of][key]
  return found && say(found)
}
