/**
 * Open cases, as conditions read them. Cases belong to a later slice, which records the kinds a person has open as a fact; measures know the attribute and its kinds, nothing more.
 * Of whom nothing was recorded there is no open case: that is known, not unknown.
 */
import type { Static } from 'typebox'
import type { Bilingual } from '#kernel/words.ts'
import type { Attribute } from '#slices/facts/contract.ts'

export const caseKinds = ['observation', 'quarantine', 'isolation', 'confirmed'] as const
export type CaseKind = (typeof caseKinds)[number]
export const caseKindWords: Record<CaseKind, Bilingual> = {
  observation: { zh: '健康观察', en: 'Observation' },
  quarantine: { zh: '隔离医学观察', en: 'Quarantine' },
  isolation: { zh: '隔离治疗', en: 'Isolation' },
  confirmed: { zh: '确诊', en: 'Confirmed' },
}

/** Recorded when a case is opened, changed or released; asked of nobody. */
export const openCase: Static<typeof Attribute> = {
  key: 'open-case', subjectKind: 'person', type: 'choices', label: { zh: '健康管理个案', en: 'Health case' }, options: caseKinds.map((value) => ({ value, ...caseKindWords[value] })), unit: null, min: null, max: null,
  sensitivity: 'sensitive', freshSeconds: null, askedOf: 'nobody', purpose: { zh: '由个案的建立、变更和解除自动记录', en: 'Recorded when a case is opened, changed or released' }, seconds: 1,
}

export const isCaseRule = ({ operator }: { operator: string }): boolean => operator === 'hasCase' || operator === 'hasNoCase'

/** Kinds that a rule names; none: of any kind. */
export const isKinds = (value: unknown): value is string[] => Array.isArray(value) && new Set(value).size === value.length && value.every((one) => (caseKinds as readonly unknown[]).includes(one))

export const hasCase = (open: unknown, kinds: readonly string[]): boolean => Array.isArray(open) && (kinds.length ? open.some((one) => kinds.includes(one as string)) : open.length > 0)

interface CaseRule {
  field: string
  operator: string
  value?: unknown
}
/** The same over what is recorded, open where it is not known what that is: for trying out every way in which it can fall out. */
export function asChoices({ field, operator, value }: CaseRule): { combinator: 'or'; not?: boolean; rules: CaseRule[] } {
  const kinds = value as string[]
  const rules = kinds.length ? kinds.map((kind) => ({ field, operator: 'contains', value: kind })) : [{ field, operator: 'countAtLeast', value: 1 }]
  return { combinator: 'or', ...(operator === 'hasNoCase' ? { not: true } : {}), rules }
}

/** The field that conditions compare. */
export const caseField = { type: 'case', options: caseKinds, label: openCase.label } as const
