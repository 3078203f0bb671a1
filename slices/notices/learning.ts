/** What a person made of a reading, and how the institution's next notices are read by it. Pure. */
import { phraseKey, type Learnt } from './addressees.ts'
import type { CorrectionRow } from './queries.ts'
import type { DutyRow } from './queries-duties.ts'
import type { CorrectionKind } from './rules.ts'

/** A wording without white space, punctuation and figures: next month's notice says the same with other dates. */
export const wordingKey = (text: string): string => phraseKey(text).replace(/\d+/g, '#')

/** The fields of a duty that each kind of correction sets. */
export const fieldsOf = {
  owner: ['unitIds', 'people'], doer: ['actor'], modality: ['modality'], rhythm: ['cycle', 'cycleTime', 'cycleWeekday'], condition: ['condition'], evidence: ['evidence'], 'report-to': ['reportTo'], measure: ['preset'],
} as const satisfies Partial<Record<CorrectionKind, readonly (keyof DutyRow)[]>>
export type StepKind = keyof typeof fieldsOf
/** Of what a duty leaves behind and where it is reported, a like wording says the same; of nothing else. */
const alsoNearly: readonly CorrectionKind[] = ['evidence', 'report-to']

export interface Lessons {
  words: Learnt
  of(kind: CorrectionKind, text: string): CorrectionRow | undefined
  all(kind: CorrectionKind): readonly CorrectionRow[]
}

export function learntActors(corrections: readonly CorrectionRow[]): Learnt {
  return new Map(corrections.filter((one) => one.kind === 'actor').map((one) => [one.phrase, { unitIds: (one.made.unitIds as string[] | undefined) ?? [], people: (one.made.people as never) ?? null, none: one.made.none === true, correctionId: one.correctionId }]))
}

const pairsOf = (text: string): ReadonlySet<string> => new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2)))
function alike(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let both = 0
  for (const pair of a) if (b.has(pair)) both++
  return (2 * both) / Math.max(1, a.size + b.size)
}

/** The corrections in use, to be asked by wording. */
export function lessonsFrom(corrections: readonly CorrectionRow[]): Lessons {
  const byKind = Map.groupBy(corrections, (one) => one.kind)
  const exact = new Map(corrections.map((one) => [`${one.kind} ${one.phrase}`, one]))
  const loose = new Map(alsoNearly.map((kind) => [kind, (byKind.get(kind) ?? []).map((one) => ({ one, pairs: pairsOf(one.phrase) }))]))
  return {
    words: learntActors(corrections),
    all: (kind) => byKind.get(kind) ?? [],
    of(kind, text) {
      const key = wordingKey(text)
      const same = exact.get(`${kind} ${key}`) ?? exact.get(`${kind} ${phraseKey(text)}`)
      if (same || key.length < 8) return same
      const mine = pairsOf(key)
      return loose.get(kind)?.map(({ one, pairs }) => ({ one, score: alike(mine, pairs) })).filter(({ score }) => score >= 0.85).toSorted((a, b) => b.score - a.score)[0]?.one
    },
  }
}

const kindWords: Record<StepKind, { zh: string; en: string }> = {
  owner: { zh: '责任单位', en: 'owner' }, doer: { zh: '执行主体', en: 'actor' }, modality: { zh: '语气', en: 'modality' }, rhythm: { zh: '频次', en: 'rhythm' }, condition: { zh: '条件', en: 'condition' }, evidence: { zh: '佐证', en: 'evidence' }, 'report-to': { zh: '报送', en: 'report to' }, measure: { zh: '挂接的措施', en: 'joined measure' },
}
const pick = (from: object, keys: readonly string[]): Partial<DutyRow> => Object.fromEntries(keys.map((key) => [key, (from as Record<string, unknown>)[key] ?? null])) as Partial<DutyRow>
/** Equal as values; the order of units says nothing. */
const same = (a: unknown, b: unknown): boolean => JSON.stringify(Array.isArray(a) ? a.toSorted() : (a ?? null)) === JSON.stringify(Array.isArray(b) ? b.toSorted() : (b ?? null))
const sameIn = (a: Partial<DutyRow>, b: Partial<DutyRow>, keys: readonly string[]) => keys.every((key) => same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))

/** Reads a drafted duty by what was corrected of its wording before; who acts is corrected before the units are looked up. */
export function applyLessons(duty: DutyRow, lessons: Lessons, units: ReadonlySet<string>, kinds: readonly StepKind[]): DutyRow {
  let next = duty
  for (const kind of kinds) {
    const lesson = lessons.of(kind, duty.text)
    if (!lesson) continue
    const keys: readonly (keyof DutyRow)[] = fieldsOf[kind]
    const made = pick(lesson.made, keys)
    if (kind === 'owner') {
      made.unitIds = (made.unitIds ?? []).filter((id) => units.has(id))
      if (made.unitIds.length === 0 && !made.people) continue
    }
    // A prohibition stays one whatever was made of the words before.
    if (kind === 'modality' && duty.modality === 'must-not') continue
    if (made.cycle && made.cycle !== 'once') made.dueAt = null
    const touched = [...Object.keys(made), ...(kind === 'owner' ? ['resolved', 'unmatched'] : [])]
    const word = kindWords[kind]
    next = {
      ...next, ...made, ...(kind === 'owner' ? { resolved: { zh: '按以往订正', en: 'as corrected before' }, unmatched: [] } : {}),
      learnt: [...next.learnt, { correctionId: lesson.correctionId, zh: `${word.zh}按以往对同样的话的订正`, en: `${word.en} as corrected before for these words`, made, was: pick(next, touched) }],
    }
  }
  return next
}

export interface Lesson {
  kind: CorrectionKind
  phrase: string
  /** Null: back to what was read, so nothing is to be learnt any more. */
  made: Record<string, unknown> | null
  proposed: Record<string, unknown>
}

/** What an edit teaches. `before.proposal` holds what the reader made of the words. */
export function lessonsOf(before: DutyRow, after: DutyRow, touched: ReadonlySet<string>): Lesson[] {
  const raw = before.proposal ?? {}
  const lessons: Lesson[] = []
  for (const [kind, keys] of Object.entries(fieldsOf) as [StepKind, readonly (keyof DutyRow)[]][]) {
    if (!keys.some((key) => touched.has(key)) || sameIn(before, after, keys)) continue
    // What a word means is learnt where the word was unknown; who answers for a wording where it was known but is another here.
    const word = kind === 'owner' && before.actor !== '' && raw['actorSource'] !== 'addressee' && ((raw['unmatched'] as string[] | undefined) ?? before.unmatched).length > 0
    if (!word && before.origin !== 'read') continue
    // Who makes a prohibition milder does so for this notice only.
    if (kind === 'modality' && (raw['modality'] ?? before.modality) === 'must-not') continue
    // Filling what was empty corrects no reading.
    if ((kind === 'evidence' || kind === 'report-to' || kind === 'condition') && (raw[keys[0] as string] ?? null) === null) continue
    // Emptying a field says nothing of the next notice, but that what was learnt no longer holds.
    const empty = kind === 'owner' ? after.unitIds.length === 0 && !after.people : kind !== 'rhythm' && kind !== 'measure' && keys.every((key) => after[key] === null || after[key] === '')
    const back = empty || (keys.every((key) => key in raw) && sameIn(raw as Partial<DutyRow>, after, keys))
    lessons.push({ kind: word ? 'actor' : kind, phrase: (word ? phraseKey(before.actor) : wordingKey(before.text)) || '—', proposed: pick(raw, keys) as Record<string, unknown>, made: back ? null : (pick(after, keys) as Record<string, unknown>) })
  }
  return lessons
}

/** What taking back a correction makes of a duty that was read by it; what a person changed since stays. */
export function withoutLesson(duty: DutyRow, correctionId: string): DutyRow {
  const applied = duty.learnt.find((one) => one.correctionId === correctionId)
  if (!applied) return duty
  const keys = Object.keys(applied.made ?? {})
  const untouched = applied.was && sameIn(duty, applied.made ?? {}, keys)
  return { ...duty, ...(untouched ? applied.was : {}), learnt: duty.learnt.filter((one) => one.correctionId !== correctionId) }
}
