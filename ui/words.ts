/**
 * Texts stand where they are used: t('中文', 'English'). Traditional Chinese is looked up in a table that `entry/words.ts`
 * derives from the Simplified literals; texts that come from the server fall back to a map of characters.
 */
import { useEffect, useSyncExternalStore } from 'react'
import type { Bilingual, Language } from '#kernel/words.ts'
import { keep, recall } from './kept.ts'

export type Values = Record<string, string | number>

interface HantTable {
  phrases: Record<string, string>
  /** Words of texts that no phrase holds, whose signs are written otherwise than each alone. */
  words: Record<string, string>
  /** The same number of characters in both strings, position by position. */
  characters: readonly [string, string]
}

const storageKey = 'bulwark.language'
const usualKey = 'bulwark.language.usual'
const listeners = new Set<() => void>()
let hant: { phrases: Map<string, string>; words: Map<string, string>; anyWord: RegExp; characters: Map<string, string> } | null = null
let current: Language = initialLanguage()

function initialLanguage(): Language {
  const remembered = recall(storageKey) ?? recall(usualKey)
  if (isLanguage(remembered)) return remembered
  return languageOfBrowser(typeof navigator === 'undefined' ? [] : (navigator.languages ?? [navigator.language]))
}

function isLanguage(text: string | null): text is Language {
  return text === 'zh-Hans' || text === 'zh-Hant' || text === 'en'
}

/** The first language of the browser that we speak; Simplified Chinese where there is none. */
export function languageOfBrowser(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const low = tag.toLowerCase()
    if (/^zh-(hant|tw|hk|mo)/.test(low)) return 'zh-Hant'
    if (low.startsWith('zh')) return 'zh-Hans'
    if (low.startsWith('en')) return 'en'
  }
  return 'zh-Hans'
}

export function language(): Language {
  return current
}

/** Loads what the language needs, then switches and tells every listener. What somebody chose stays theirs on this device. */
export async function setLanguage(next: Language): Promise<void> {
  await speak(next, storageKey)
}

/** What is usual where the reader is: spoken until they choose, from the first screen on when they come again. */
export function useUsualLanguage(usual: Language | null | undefined): void {
  useEffect(() => {
    if (usual) void offerLanguage(usual).catch(() => undefined)
  }, [usual])
}

async function offerLanguage(usual: Language): Promise<void> {
  if (recall(storageKey) !== null || (usual === current && recall(usualKey) === usual)) return
  await speak(usual, usualKey)
}

async function speak(next: Language, key: string): Promise<void> {
  if (next === 'zh-Hant') await loadHant()
  current = next
  keep(key, next)
  if (typeof document !== 'undefined') document.documentElement.lang = next
  for (const listener of listeners) listener()
}

/** To be awaited once before the first render. */
export async function prepareLanguage(): Promise<void> {
  if (current === 'zh-Hant') await loadHant().catch(() => undefined)
  if (typeof document !== 'undefined') document.documentElement.lang = current
}

async function loadHant(): Promise<void> {
  if (hant) return
  const { default: table } = await import('./words.hant.json', { with: { type: 'json' } })
  takeHantTable(table as unknown as HantTable)
}

/** Installs the table; `loadHant` does it in the browser, tests do it by hand. */
export function takeHantTable(table: HantTable): void {
  const [from, to] = [[...table.characters[0]], [...table.characters[1]]]
  const words = new Map(Object.entries(table.words ?? {}))
  const anyWord = words.size > 0 ? new RegExp([...words.keys()].toSorted((a, b) => b.length - a.length).join('|'), 'g') : /(?!)/g
  hant = { phrases: new Map(Object.entries(table.phrases)), words, anyWord, characters: new Map(from.map((character, at) => [character, to[at] ?? character])) }
}

/** Any Chinese text as Traditional: the derived phrase where there is one, else character by character. */
export function toHant(text: string): string {
  if (!hant) return text
  const known = hant.phrases.get(text)
  if (known !== undefined) return known
  const { words, anyWord, characters } = hant
  const eachAlone = (part: string) => { let out = ''; for (const character of part) out += characters.get(character) ?? character; return out }
  let out = ''
  let from = 0
  for (const found of text.matchAll(anyWord)) {
    out += eachAlone(text.slice(from, found.index)) + (words.get(found[0]) ?? found[0])
    from = found.index + found[0].length
  }
  return out + eachAlone(text.slice(from))
}

/** The text in the reader's language. Values replace `{name}`; a missing value leaves the braces standing, so that it is seen. */
export function t(zh: string, en: string, values?: Values): string {
  const text = current === 'en' ? en : current === 'zh-Hant' ? toHant(zh) : zh
  return values ? fill(text, values) : text
}

/** A stored text (attribute, measure, vocabulary) in the reader's language. */
export function say(text: Bilingual): string {
  if (current === 'en') return text.en || text.zh
  return current === 'zh-Hant' ? toHant(text.zh) : text.zh
}

/** A Chinese text from the server (a name of a unit, a title) as the reader reads it. Names of people stay as they are written. */
export function read(text: string): string {
  return current === 'zh-Hant' ? toHant(text) : text
}

/** `{name}` becomes the value; `{n:person|people}` the one word or the other, as English needs it. */
export function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)(?::([^|{}]*)\|([^{}]*))?\}/g, (whole, name: string, one?: string, many?: string) => {
    if (!(name in values)) return whole
    if (one === undefined) return String(values[name])
    return String(values[name]) === '1' ? one : (many ?? '')
  })
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The language, re-rendering when it changes. Put it into the dependencies of anything memoised that holds texts. */
export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, language, language)
}
