/** Hazards and levels, and which steps a response allows. */
import type { Bilingual } from '#kernel/words.ts'

export const hazards = ['covid-19', 'influenza', 'norovirus', 'dengue', 'chikungunya', 'tuberculosis', 'varicella', 'measles', 'mumps', 'hand-foot-mouth', 'flood', 'rainstorm', 'typhoon', 'cold-wave', 'snow', 'other'] as const
export type HazardName = (typeof hazards)[number]

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
  flood: { zh: '洪涝', en: 'Flood' },
  rainstorm: { zh: '暴雨', en: 'Rainstorm' },
  typhoon: { zh: '台风', en: 'Typhoon' },
  'cold-wave': { zh: '寒潮', en: 'Cold wave' },
  snow: { zh: '雨雪冰冻', en: 'Snow and ice' },
  other: { zh: '其他', en: 'Other' },
}

export const levelWords: Record<number, Bilingual> = { 1: { zh: 'Ⅰ级', en: 'Level I' }, 2: { zh: 'Ⅱ级', en: 'Level II' }, 3: { zh: 'Ⅲ级', en: 'Level III' }, 4: { zh: 'Ⅳ级', en: 'Level IV' } }

export type Step = 'open' | 'raise' | 'lower' | 'close'

/** The step from one level to another; null where nothing changes or the response is closed. Level I is the highest. */
export function levelStep(status: 'open' | 'closed', from: number, to: number): 'raise' | 'lower' | null {
  if (status === 'closed' || from === to) return null
  return to < from ? 'raise' : 'lower'
}

/** Which day of the response a moment is; the first is 1. */
export function dayOfResponse(openedAt: string, at: Date): number {
  return Math.max(1, Math.floor((at.getTime() - Date.parse(openedAt)) / 86_400_000) + 1)
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
