/** What an institution calls things its own way, by kind of word and key. Nothing is known where it says what everybody says. */
import type { Bilingual } from '#kernel/words.ts'
import { read, say } from './words.ts'

type Words = Readonly<Record<string, Readonly<Record<string, Bilingual>>>>

let own: Words = {}

/** From the session, before a page is drawn. Answers that a phone remembers from older versions have none. */
export function learnWords(words: Words | undefined): void {
  if (words) own = words
}

/** The institution's own word, in the reader's language; undefined where the ready-made one is meant. */
export function ownWord(of: string, key: string): string | undefined {
  const found = own[of]?.[key]
  return found && say(found)
}

/** A title of an office as the reader reads it: in English where the institution's words have it, else as it is written. */
export const officeTitle = (title: string): string => ownWord('office', title) ?? read(title)
