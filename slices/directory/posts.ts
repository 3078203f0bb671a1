/** Who holds which office, as rows of a roster say in passing: a title beside a person (院长), one with its classes (护理2401班辅导员), a counsellor beside a student. Pure. */
import type { HintKey } from './queries-setup.ts'
import type { PersonFields } from './roster/preview.ts'
import { printable } from './roster/columns.ts'
import { asciiWidth, readClass } from './roster/values.ts'
import type { RoleName } from './rules.ts'
import type { Tree, Vocabulary } from './vocabularies.ts'

export type Hint = HintKey & { role: string }
export interface PostDoubt { row: PersonFields; field: 'position'; raw: string; zh: string; en: string }
/** A person of a roster and the units where its row puts them. */
interface Placed { row: PersonFields; change: string; units: Partial<Record<Tree, string | null>> }
/** Finds units by their names; where several are, those near another. */
interface Units { named(tree: Tree, kinds: readonly string[], name: string, near: string | null): string[] }

/** What doubts say of a name that no unit bears. */
export const unitNotFound = '在现有组织中找不到'

/** Offices that reach over a class, a floor or a branch are not hinted at by a title alone: it does not say which. */
const placed: Partial<Record<RoleName, { tree: Tree; kinds: readonly string[] }>> = {
  counsellor: { tree: 'admin', kinds: ['class', 'grade'] },
  'class-adviser': { tree: 'admin', kinds: ['class', 'grade'] },
  'building-manager': { tree: 'residence', kinds: ['building'] },
  'floor-head': { tree: 'residence', kinds: ['floor'] },
}

type Office = Vocabulary['offices'][number]
/** One office of a cell: its words without the brackets, and the places that it names. */
interface Post { office: Office; title: string; names: string[]; bracketed: boolean }

/** What rows say of offices, and what of it cannot be proposed: classes nobody knows, words beside a class that are no office. */
export function postsOf(people: readonly Placed[], vocabulary: Pick<Vocabulary, 'offices'>, book: Units): { hints: Hint[]; doubts: PostDoubt[] } {
  const found = new Map<string, Hint>()
  const doubts: PostDoubt[] = []
  const bare: { row: PersonFields; office: Office }[] = []
  const add = (hint: Hint) => void found.set([hint.unitId, hint.title, hint.number, hint.name].join('\0'), hint)
  const counsellor = vocabulary.offices.find((office) => office.role === 'counsellor')
  for (const { row, change, units } of people) {
    const { posts, unread } = postsIn(row.position ?? '', vocabulary.offices)
    const doubt = (zh: string, en: string) => void doubts.push({ row, field: 'position', raw: row.position ?? '', zh, en })
    for (const { office, title, names } of posts) {
      const over = placed[office.role]
      if (!over) {
        const unitId = office.role === 'branch-secretary' ? units.party : units.admin
        if (unitId) add({ unitId, title, role: office.role, number: row.number, name: row.name })
      }
      else if (names.length === 0) {
        // Said when the person is new, not with every roster that follows.
        if (change === 'arrived' && row.kind !== 'student') bare.push({ row, office })
      } else for (const name of names) {
        const same = known(book, over, name, units.admin ?? null)
        const [unitId] = same
        const [place, post] = [printable(name), office.title]
        if (same.length > 1) doubt(`职务中的“${place}”有 ${same.length} 个，没有列为“${post}”的任职建议；请在组织页任命。`, `There are ${same.length} units called "${place}": the office "${post}" was not proposed; give it on the page of the unit.`)
        else if (unitId) add({ unitId, title: post, role: office.role, number: row.number, name: '' })
        else doubt(`职务中的“${place}”${unitNotFound}，没有列为“${post}”的任职建议。请先导入有这个名称的名册，再导入一次本表；或在组织页任命。`, `"${place}" is not found among the units: the office "${post}" was not proposed. Import the roster that names it, then this one again; or give the office on the page of the unit.`)
      }
    }
    // Students are monitors and committee members of their classes: no offices here.
    if (row.kind !== 'student') for (const words of unread) doubt(`职务“${printable(words)}”写了班级，但看不出是什么职务，没有列为任职建议；请在组织页任命，或在用语中加上这个职务。`, `The position "${printable(words)}" names a class but no known office, and was not proposed; give it on the page of the unit, or add the title to the vocabulary.`)
    const [number, name] = [row.counsellorNumber ?? '', row.counsellor ?? '']
    if (counsellor && units.admin && row.class && (number || name)) add({ unitId: units.admin, title: counsellor.title, role: 'counsellor', number, name: number ? '' : name })
  }
  const hints = [...found.values()]
  for (const { row, office } of bare) {
    if (hints.some((hint) => hint.role === office.role && (hint.number ? hint.number === row.number : hint.name === row.name))) continue
    const { zh, en, such } = placed[office.role]?.tree === 'residence' ? { zh: '哪栋楼、哪一层', en: 'house or floor', such: '3号楼' } : { zh: '哪个班级', en: 'class', such: '软件2401班' }
    doubts.push({ row, field: 'position', raw: row.position ?? '', zh: `职务“${office.title}”没有写${zh}，没有列为任职建议。请写成“${such}${office.title}”这样再导入，或在组织页任命；别的名册写了的，以那里为准。`, en: `The position "${office.title}" does not say which ${en} and was not proposed. Write it like "${such}${office.title}" and import again, or give the office on the page of the unit; where another roster tells, that counts.` })
  }
  return { hints, doubts }
}

/** The units a name can mean: as it stands, as rosters write classes, and with the 班 that 2401班主任 shares with its title. */
function known(book: Units, { tree, kinds }: { tree: Tree; kinds: readonly string[] }, name: string, near: string | null): string[] {
  for (const word of new Set([name, readClass(name).value ?? name, `${name}班`])) {
    const same = book.named(tree, kinds, word, near)
    if (same.length) return same
  }
  return []
}

/** The offices in a cell, and words that name a class and no office. Classes may stand before the title, in brackets, or after a colon; several share one title. */
function postsIn(position: string, offices: readonly Office[]): { posts: Post[]; unread: string[] } {
  const posts: Post[] = []
  const unread: string[] = []
  for (const part of asciiWidth(position).replace(/[【[]/g, '(').replace(/[】\]]/g, ')').split(/;/)) {
    let waiting: string[] = []
    for (const piece of pieces(part.replace(/^([^:()]*):([^()]+)$/, '$1($2)'))) {
      const [, before = '', inside, after = ''] = /^([^(]*)(?:\(([^)]*)\)?)?(.*)$/.exec(piece) ?? []
      const title = `${before}${after}`.trim().replace(/^(兼任|兼|担任|任)/, '')
      const office = title.length <= 40 ? offices.find((one) => title.endsWith(one.title)) : undefined
      const names = placesIn(inside ?? '')
      if (office && placed[office.role]) {
        posts.push({ office, title, names: [...waiting, ...placesIn(title.slice(0, -office.title.length).replace(/的$/, '')), ...names], bracketed: inside !== undefined })
        waiting = []
      } else if (office && !names.some(isNumbered)) posts.push({ office, title, names: [], bracketed: inside !== undefined })
      else if (!office && inside === undefined && (isClass(piece) || /\d/.test(piece))) waiting.push(piece)
      else if (isNumbered(piece)) unread.push(piece)
    }
    // 辅导员、水利2401班: the classes follow the title.
    const last = posts.at(-1)
    if (last && placed[last.office.role] && !last.bracketed) last.names.push(...waiting)
    else unread.push(...waiting.filter(isNumbered))
  }
  return { posts, unread }
}

/** Parts of a cell between its commas, those in brackets left whole. */
const pieces = (text: string): string[] => (text.match(/(?:\([^)]*\)?|[^、,/()])+/g) ?? []).map((piece) => piece.trim()).filter(Boolean)
/** Names of classes, grades and houses among words that may say something else (专职, 学生). */
const placesIn = (text: string): string[] => text.split(/[、,/和及与\s]/).map((name) => name.trim()).filter((name) => /\d/.test(name) || isClass(name))
const isClass = (text: string): boolean => isNumbered(text) || /[^带跟值领本各全早中晚夜当代]班$/.test(text)
/** 护理2401班 and 一班 are classes whatever stands beside them; 保洁班 is one only where an office over classes names it. */
const isNumbered = (text: string): boolean => /(\d[^、,/]*|[一二三四五六七八九十])班(?![组次车])/.test(text)
