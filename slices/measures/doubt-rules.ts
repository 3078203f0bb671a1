/**
 * When what came in is doubtful enough to be shown to a person. Figures, each with the honest case that it must leave alone. Nothing is ever
 * decided by them: no answer is refused, no standing moves.
 */
import type { Bilingual } from '#kernel/words.ts'

export const doubtKinds = ['same-instant', 'impossible', 'never-moves', 'copied-forward', 'by-proxy', 'late'] as const
export type DoubtKind = (typeof doubtKinds)[number]

/** How often the search runs while a measure is on. */
export const doubtSeconds = 600

export const thresholds = {
  /**
   * The same value from many people of one unit within one second. A class that is told "all press now" answers 30 within 15 to 60 seconds: half a person to two a second
   * on average. By chance ten then fall into one second less than once in several hundred such classes; a script or one hand on many phones does it every time.
   */
  sameInstant: { seconds: 1, people: 10, /** Where thousands hang on one unit and are reminded at one moment, ten in a second is nothing. */ shareOfUnit: 0.2, /** Of a unit smaller than that: all of it, but not fewer than so many. */ wholeUnitFrom: 5 },
  /**
   * Answers for a whole unit by one other person in one go. Calling people takes a minute or more each: somebody who really asked ten needs well over five minutes.
   * What only an owner can answer (an approval, say) is theirs to enter for all and is left alone; so is entering for the few who have no phone.
   */
  byProxy: { minutes: 5, people: 10, wholeUnitFrom: 5, shareOfUnit: 0.8 },
  /**
   * Observed long before it was recorded: later than a phone is usually without a network, and so late that the answer was stale when it came. A weekend in the mountains is two days;
   * an answer that stays fresh for a week may come six days late and still be worth having.
   */
  late: { days: 3 },
  /**
   * A unit's report that never moves. Nothing to report for two weeks is honest while it is quiet everywhere: it counts only where at least half of the units of its kind,
   * and three of them, had something to report in the same days. A number other than zero that stays for a week is rarer.
   */
  neverMoves: { days: 7, zeroDays: 14, othersMoved: 0.5, others: 3 },
  /**
   * Every person of a unit repeats their own figure of the day before, all week. One person may well measure 36.5 every day, and a count (of those one lives with, say) stands still
   * for everybody: it needs most of a unit, while most people elsewhere vary.
   */
  copiedForward: { days: 7, people: 10, wholeUnitFrom: 5, shareOfUnit: 0.8, othersAtMost: 0.5 },
} as const

/** Figures that no living person has. Wide: a cold forehead in winter reads 34, a feverish child 41.9. By the unit of the attribute. */
export const bodily: readonly { units: readonly string[]; /** Only attributes named so; other figures share the unit. */ keys?: RegExp; least: number; most: number; name: Bilingual }[] = [
  { units: ['℃', '°C', '摄氏度'], keys: /temp|fever|体温/, least: 34, most: 43, name: { zh: '体温', en: 'body temperature' } },
  { units: ['次/分', '次/分钟', 'bpm', '/min'], least: 25, most: 250, name: { zh: '心率或呼吸', en: 'pulse' } },
  { units: ['%'], keys: /oxygen|spo2|saturation/, least: 50, most: 100, name: { zh: '血氧饱和度', en: 'oxygen saturation' } },
  { units: ['kg', '公斤', '千克'], keys: /weight/, least: 20, most: 300, name: { zh: '体重', en: 'weight' } },
  { units: ['cm', '厘米'], keys: /height/, least: 80, most: 250, name: { zh: '身高', en: 'height' } },
]
/** Units of a figure that counts people: it cannot exceed those who are there. */
export const countsPeople: readonly string[] = ['人', '名', 'people', 'persons']

/** Between which figures a person's answer is possible; null where nothing is known of it. */
export function bodilyRange(attribute: { key: string; unit: string | null; subjectKind: 'person' | 'unit' }): { least: number; most: number; name: Bilingual } | null {
  if (attribute.subjectKind !== 'person' || attribute.unit === null) return null
  return bodily.find((one) => one.units.includes(attribute.unit ?? '') && (!one.keys || one.keys.test(attribute.key))) ?? null
}

/** Enough of a unit: many in any case, of a small unit all. */
export function enoughOf(people: number, unitSize: number, { people: many, wholeUnitFrom, shareOfUnit }: { people: number; wholeUnitFrom: number; shareOfUnit?: number }): boolean {
  if (people >= many) return people >= unitSize * (shareOfUnit ?? 0)
  return people >= wholeUnitFrom && people >= unitSize
}
