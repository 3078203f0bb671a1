/** Briefs: the codes in which rows are kept, what may be shown upward, what a zero report must not hide, when a mail is tried again. */
import { instantIn, localDay } from '#kernel/clock.ts'
import type { Bilingual } from '#kernel/words.ts'
import { smallestShown } from '#slices/issues/rules.ts'

/** How standings are kept behind a figure, one byte each. */
export const standingCodes = { none: 0, kept: 1, gap: 2, excused: 3, unknown: 4 } as const
export const standingStates = ['kept', 'gap', 'excused', 'unknown'] as const
export type StandingState = (typeof standingStates)[number]
export const standingWords: Record<StandingState | 'population', Bilingual> = {
  population: { zh: '应覆盖', en: 'Population' },
  kept: { zh: '达标', en: 'Kept' },
  gap: { zh: '缺口', en: 'Gap' },
  excused: { zh: '免除', en: 'Excused' },
  unknown: { zh: '未知', en: 'Unknown' },
}

/** Where assignments stand in a brief; `total` is their sum. Overdue ones are counted among these too. */
export const dutyStates = ['done', 'reported', 'under-way', 'waiting'] as const
export type DutyState = (typeof dutyStates)[number]
export const dutyCodes: Record<DutyState, number> = { done: 1, reported: 2, 'under-way': 3, waiting: 4 }
export const dutyWords: Record<DutyState, Bilingual> = {
  done: { zh: '已办结', en: 'Done' },
  reported: { zh: '已上报待审核', en: 'Reported, waiting for review' },
  'under-way': { zh: '办理中', en: 'Under way' },
  waiting: { zh: '未签收', en: 'Not acknowledged' },
}

export interface Counts {
  population: number
  kept: number
  gap: number
  excused: number
  unknown: number
}

/** kept + excused + gap + unknown = population; a brief that does not add up is not written. */
export function addsUp(counts: Counts): boolean {
  return counts.kept + counts.gap + counts.excused + counts.unknown === counts.population
}

/** Share of those for whom the measure asks anything: kept of all but the excused. Null where there is nobody. */
export function coverageShare(counts: { population: number; kept: number; excused: number }): number | null {
  const asked = counts.population - counts.excused
  return asked > 0 ? counts.kept / asked : null
}

/**
 * Hides counts of 1 to 4 in a table whose sums by row and column are known, and as many more as it takes (smallest first, zeros last) so that in
 * no row and no column the hidden ones can be worked out: at least two hidden, together at least five.
 */
export function hideTable(cells: readonly (readonly number[])[]): (number | null)[][] {
  const width = cells[0]?.length ?? 0
  const hidden = cells.map((row) => row.map((count) => count > 0 && count < smallestShown))
  const at = (row: number, column: number) => cells[row]?.[column] ?? 0
  const rows = cells.map((_, row) => Array.from({ length: width }, (_, column) => [row, column] as const))
  const columns = Array.from({ length: width }, (_, column) => cells.map((_, row) => [row, column] as const))
  for (let changed = true; changed; ) {
    changed = false
    for (const line of [...rows, ...columns]) {
      const out = line.filter(([row, column]) => hidden[row]?.[column])
      if (out.length === 0) continue
      const sum = out.reduce((total, [row, column]) => total + at(row, column), 0)
      if (out.length >= 2 && sum >= smallestShown) continue
      const rest = line.filter(([row, column]) => !hidden[row]?.[column]).toSorted((a, b) => (at(...a) || Infinity) - (at(...b) || Infinity))
      const another = rest[0]
      // A zero adds nothing to the sum, but two are harder to tell apart than one.
      if (!another || (at(...another) === 0 && out.length >= 2)) continue
      const cell = hidden[another[0]]
      if (cell) cell[another[1]] = true
      changed = true
    }
  }
  return cells.map((row, r) => row.map((count, c) => (hidden[r]?.[c] ? null : count)))
}

/** A whole unit says its own small counts (未报2人); only of sensitive matters in a small unit they would point at somebody. */
export function hidesTotals(sensitive: boolean, population: number): boolean {
  return sensitive && population < 100
}

export interface Measured {
  key: string
  label: Bilingual
  value: number
}
/** Figures that a zero report would hide. Empty: there is nothing to report. */
export function zeroObstacles(figures: readonly Measured[]): Measured[] {
  return figures.filter((figure) => figure.value > 0 && /^(coverage\/[^/]+\/(gap|unknown)|duties\/overdue|help\/danger)$/.test(figure.key))
}

/** Tried so often, each time after a longer wait; then it has failed, and is told. */
export const mailAttempts = 8
export function mailWaitSeconds(attempts: number): number {
  return Math.min(6 * 3600, 30 * 4 ** Math.max(0, attempts - 1))
}

/** The first mail address in a text, in any of the ways notices write them. */
export function addressIn(text: string): string | null {
  const plain = text.normalize('NFKC').replace(/\s*[(\[]?(?:#|\(at\)|\[at\])[)\]]?\s*(?=[A-Za-z0-9-]+\.)/gi, '@')
  return /[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}/.exec(plain)?.[0] ?? null
}

/** The midnight before a moment, in a time zone. */
export const midnightBefore = (at: Date, timeZone: string): Date => instantIn(localDay(at, timeZone), '00:00', timeZone)

/** What a brief is called until somebody words it better. */
export function titleOf(kind: 'regular' | 'zero', subject: { kind: 'notice' | 'response'; name: string }, tongue: 'zh' | 'en'): string {
  const name = [...subject.name].slice(0, 90).join('')
  if (tongue === 'en') return `${kind === 'zero' ? 'Zero report on' : 'Report on'} "${name}"`
  if (kind === 'zero') return subject.kind === 'notice' ? `关于《${name}》贯彻落实情况的零报告` : `${name}零报告`
  return subject.kind === 'notice' ? `关于贯彻落实《${name}》情况的专报` : `关于${name}处置工作情况的专报`
}
