/** Words of the directory as its pages say them. */
import type { Static } from 'typebox'
import type { Output } from '#kernel/contract.ts'
import type { Bilingual } from '#kernel/words.ts'
import { useSession, type Session } from '#ui/session.tsx'
import { read, say, t } from '#ui/words.ts'
import type { me, OfficeHeld, Owner, PersonBrief, UnitBrief, UnitNode } from '../contract.ts'
import { personKinds, vocabularyOf } from '../vocabularies.ts'
import { ownWord } from '#ui/own-words.ts'

export type Me = Output<typeof me>
export type Unit = Static<typeof UnitBrief>
export type Node = Static<typeof UnitNode>
export type Person = Static<typeof PersonBrief>
export type Held = Static<typeof OfficeHeld>
export type OwnerOf = Static<typeof Owner>

/** The session with what `directory.me` says. */
export function useMine(): Session<Me> {
  return useSession<Me>()
}

/** 学院, 班级, 楼栋 in the institution's own words. */
export function kindName(vocabulary: string | undefined, kind: string): string {
  const given = vocabularyOf(vocabulary ?? '').unitKinds[kind]
  return ownWord('unit', kind) ?? (given ? say(given) : kind)
}

export function personKind(kind: string): string {
  const given = (personKinds as Record<string, Bilingual>)[kind]
  return ownWord('person', kind) ?? (given ? say(given) : kind)
}

export function statusName(status: string): string {
  const words: Record<string, string> = {
    enrolled: t('在籍', 'Enrolled'), suspended: t('休学', 'Suspended'), internship: t('实习', 'Internship'), exchange: t('交流', 'Exchange'), withdrawn: t('退学', 'Withdrawn'), graduated: t('毕业', 'Graduated'),
    employed: t('在职', 'Employed'), 'on-leave': t('请假', 'On leave'), seconded: t('借调', 'Seconded'), retired: t('退休', 'Retired'), left: t('已离开', 'Left'),
  }
  return words[status] ?? status
}

export const sexName = (sex: string | null) => (sex === 'male' ? t('男', 'Male') : sex === 'female' ? t('女', 'Female') : null)

export const capacityName = (capacity: 'holder' | 'deputy') => (capacity === 'deputy' ? t('代理', 'Deputy') : t('任职', 'Holder'))

/** 信息学院 / 2026级 / 软件2026-1班; the root is left out where there is something below it. */
export function unitPath(units: readonly Unit[]): string {
  const shown = units.length > 1 ? units.slice(1) : units
  return shown.map((unit) => read(unit.name)).join(' / ')
}

export const unitAddress = (unitId: string) => `/units/${unitId}`
export const personAddress = (personId: string) => `/people/${personId}`

export const vocabularyName = (vocabulary: string): string => say(vocabularyOf(vocabulary).name)
