/** Hazards and levels, and which steps a response allows. */
import { daysBetween, localDay } from '#kernel/clock.ts'
import type { Bilingual } from '#kernel/words.ts'

/** Of what kind each is: `illness` is what people fall ill with, so that cases are kept of it. */
const kindOf = {
  'covid-19': 'illness', influenza: 'illness', norovirus: 'illness', dengue: 'illness', chikungunya: 'illness', tuberculosis: 'illness', varicella: 'illness', measles: 'illness', mumps: 'illness', 'hand-foot-mouth': 'illness', pertussis: 'illness', 'food-poisoning': 'illness',
  flood: 'weather', rainstorm: 'weather', typhoon: 'weather', gale: 'weather', heat: 'weather', 'cold-wave': 'weather', snow: 'weather', smog: 'weather', sandstorm: 'weather',
  earthquake: 'ground', landslide: 'ground',
  fire: 'accident', 'gas-leak': 'accident', 'lab-accident': 'accident', 'power-cut': 'accident', 'water-supply': 'accident', 'crowd-crush': 'accident',
  other: 'other',
} as const
export type HazardName = keyof typeof kindOf
export type HazardKind = (typeof kindOf)[HazardName]
export const hazardKind: Readonly<Record<HazardName, HazardKind>> = kindOf
export const hazards = Object.keys(kindOf) as readonly HazardName[] as readonly [HazardName, ...HazardName[]]

export const hazardKindWords: Record<HazardKind, Bilingual> = {
  illness: { zh: '公共卫生', en: 'Public health' },
  weather: { zh: '天气与水情', en: 'Weather and water' },
  ground: { zh: '地质', en: 'Ground' },
  accident: { zh: '事故与停供', en: 'Accidents and supply' },
  other: { zh: '不在其列', en: 'None of these' },
}

export const hazardWords: Record<HazardName, Bilingual> = {
  'covid-19': { zh: '新冠肺炎', en: 'COVID-19' },
  influenza: { zh: '流感', en: 'Influenza' },
  norovirus: { zh: '诺如病毒', en: 'Norovirus' },
  dengue: { zh: '登革热', en: 'Dengue' },
  chikungunya: { zh: '基孔肯雅热', en: 'Chikungunya' },
  tuberculosis: { zh: '肺结核', en: 'Tuberculosis' },
  varicella: { zh: '水痘', en: 'Chickenpox' },
  measles: { zh: '麻疹', en: 'Measles' },
  mumps: { zh: '流行性腮腺炎', en: 'Mumps' },
  'hand-foot-mouth': { zh: '手足口病', en: 'Hand, foot and mouth disease' },
  pertussis: { zh: '百日咳', en: 'Whooping cough' },
  'food-poisoning': { zh: '食物中毒', en: 'Food poisoning' },
  flood: { zh: '洪涝', en: 'Flood' },
  rainstorm: { zh: '暴雨', en: 'Rainstorm' },
  typhoon: { zh: '台风', en: 'Typhoon' },
  gale: { zh: '大风雷电', en: 'Gale and lightning' },
  heat: { zh: '高温', en: 'Heat' },
  'cold-wave': { zh: '寒潮', en: 'Cold wave' },
  snow: { zh: '雨雪冰冻', en: 'Snow and ice' },
  smog: { zh: '重污染天气', en: 'Heavy air pollution' },
  sandstorm: { zh: '沙尘', en: 'Sandstorm' },
  earthquake: { zh: '地震', en: 'Earthquake' },
  landslide: { zh: '山体滑坡', en: 'Landslide' },
  fire: { zh: '火灾', en: 'Fire' },
  'gas-leak': { zh: '燃气泄漏', en: 'Gas leak' },
  'lab-accident': { zh: '实验室事故', en: 'Laboratory accident' },
  'power-cut': { zh: '停电', en: 'Power cut' },
  'water-supply': { zh: '供水异常', en: 'Water supply trouble' },
  'crowd-crush': { zh: '拥挤踩踏', en: 'Crowd crush' },
  other: { zh: '其他', en: 'Other' },
}

export const levelWords: Record<number, Bilingual> = { 1: { zh: 'Ⅰ级', en: 'Level I' }, 2: { zh: 'Ⅱ级', en: 'Level II' }, 3: { zh: 'Ⅲ级', en: 'Level III' }, 4: { zh: 'Ⅳ级', en: 'Level IV' } }

export type Step = 'open' | 'raise' | 'lower' | 'close'

/** The step from one level to another; null where nothing changes or the response is closed. Level I is the highest. */
export function levelStep(status: 'open' | 'closed', from: number, to: number): 'raise' | 'lower' | null {
  if (status === 'closed' || from === to) return null
  return to < from ? 'raise' : 'lower'
}

/** Which calendar day of the response a moment is, where it is: the day of its opening is the first. */
export function dayOfResponse(openedAt: string, at: Date, timeZone: string): number {
  return Math.max(1, daysBetween(localDay(openedAt, timeZone), localDay(at, timeZone)) + 1)
}

// ── Erasure ──────────────────────────────────────────────────────────────────────────────────────
/** Where nobody decided otherwise. */
export const usualErasureDays = 30
export const mostErasureDays = 180
/** A hold may be put again; none lasts longer at a time. */
export const longestHoldDays = 366

export const dayMs = 86_400_000
/** Never on the day itself: what phones without a network told that day comes in until then, and goes with the rest. */
export const eraseDate = (closedAt: Date, days: number): Date => new Date(closedAt.getTime() + Math.max(days, 1) * dayMs)

export type ErasureState = 'open' | 'waiting' | 'held' | 'running' | 'done'

/** When erasure begins: on its day, or when the last hold that nobody lifted ends. */
export function beginning(eraseAt: string, holds: readonly { until: string; liftedAt: string | null }[]): { at: string; held: boolean } {
  const latest = holds.filter((hold) => hold.liftedAt === null).reduce((last, hold) => (hold.until > last ? hold.until : last), eraseAt)
  return { at: latest, held: latest !== eraseAt }
}
