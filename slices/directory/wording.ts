/** The words of one institution: the ready-made vocabulary with what the institution says otherwise. Pure. */
import type { Bilingual } from '#kernel/words.ts'
import type { RoleName } from './rules.ts'
import { personKinds, vocabularyOf, type Tree, type Vocabulary } from './vocabularies.ts'

/** One word of the institution's own, as it is kept. */
export interface OwnWord extends Bilingual {
  kind: 'tree' | 'unit' | 'person' | 'office'
  key: string
  role: string | null
}

/** Where several titles fit, the more telling one must be asked first: 党支部书记 before 书记. */
const longestFirst = <T extends { title: string }>(offices: readonly T[]): T[] => offices.toSorted((a, b) => b.title.length - a.title.length)

/** The vocabulary as this institution speaks it. */
export function spoken(name: string, own: readonly OwnWord[]): Vocabulary {
  const given = vocabularyOf(name)
  const said = new Map(own.map((word) => [`${word.kind} ${word.key}`, { zh: word.zh, en: word.en }]))
  const offices = own.filter((word) => word.kind === 'office')
  return {
    ...given,
    trees: Object.fromEntries(Object.entries(given.trees).map(([key, words]) => [key, said.get(`tree ${key}`) ?? words])),
    unitKinds: Object.fromEntries(Object.entries(given.unitKinds).map(([key, kind]) => [key, { ...kind, ...said.get(`unit ${key}`) }])),
    offices: offices.length ? longestFirst(offices.map((word) => ({ title: word.key, en: word.en, role: word.role as RoleName }))) : given.offices,
  }
}

/** Titles of offices in both languages, by the title. */
export const officeNames = ({ offices }: Vocabulary): Record<string, Bilingual> => Object.fromEntries(offices.map(({ title, en }) => [title, { zh: title, en }]))

/** Roles that no ready-made title carries here any more are called by the institution's first title for them. */
export function roleNames(name: string, own: readonly OwnWord[]): Record<string, Bilingual> {
  const readyMade = new Set(vocabularyOf(name).offices.map((office) => `${office.role} ${office.title}`))
  const byRole = Map.groupBy(own.filter((word) => word.kind === 'office'), (word) => word.role ?? '')
  return Object.fromEntries([...byRole].flatMap(([role, words]) => {
    const first = words.some((word) => readyMade.has(`${role} ${word.key}`)) ? undefined : words[0]
    return first ? [[role, { zh: first.key, en: first.en }]] : []
  }))
}

export interface ListedWord extends Bilingual {
  kind: 'tree' | 'unit' | 'person'
  key: string
  tree: Tree | null
  given: Bilingual
}
/** Every word that an institution may say its own way, in the order of a form. */
export function listedWords(name: string, own: readonly OwnWord[]): ListedWord[] {
  const vocabulary = vocabularyOf(name)
  const said = new Map(own.map((word) => [`${word.kind} ${word.key}`, { zh: word.zh, en: word.en }]))
  const line = (kind: ListedWord['kind'], key: string, tree: Tree | null, { zh, en }: Bilingual): ListedWord => ({ kind, key, tree, given: { zh, en }, ...(said.get(`${kind} ${key}`) ?? { zh, en }) })
  return [
    ...Object.entries(vocabulary.trees).map(([key, words]) => line('tree', key, key as Tree, words)),
    ...Object.entries(vocabulary.unitKinds).map(([key, words]) => line('unit', key, words.tree, words)),
    ...Object.entries(personKinds).map(([key, words]) => line('person', key, null, words)),
  ]
}
