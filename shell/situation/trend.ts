/** How figures moved: what may be compared with what. Pure. */

export interface Cell {
  measureId: string
  population: number
  kept: number
  gap: number
  excused: number
  unknown: number
}
export type Part = 'kept' | 'gap' | 'excused' | 'unknown' | 'population'

export const sumOf = (cells: readonly Cell[], part: Part): number => cells.reduce((sum, cell) => sum + cell[part], 0)

/** The change since then over the measures that were counted then too; null where none was: a measure switched on since is no worsening. */
export function changeOf(now: readonly Cell[], then: readonly Cell[] | undefined, part: Part): number | null {
  const before = new Map((then ?? []).map((cell) => [cell.measureId, cell]))
  const both = now.filter((cell) => before.has(cell.measureId))
  return both.length === 0 ? null : both.reduce((sum, cell) => sum + cell[part] - (before.get(cell.measureId)?.[part] ?? 0), 0)
}

export interface Point {
  at: string
  cells: readonly Cell[]
}

/**
 * One figure in even steps up to now, for a line: the last counting within each step. A step in which one of today's measures was not counted is unknown
 * (the line breaks), so that a new measure does not look like a jump.
 */
export function lineOf(points: readonly Point[], now: readonly Cell[], part: Part, asOf: string, days: number, steps: number): (number | null)[] {
  const end = new Date(asOf).getTime()
  const width = (days * 86_400_000) / steps
  const values: (number | null)[] = Array.from({ length: steps }, () => null)
  for (const point of points) {
    const at = steps - 1 - Math.floor((end - new Date(point.at).getTime()) / width)
    if (at < 0 || at >= steps || !now.every((cell) => point.cells.some((one) => one.measureId === cell.measureId))) continue
    values[at] = sumOf(point.cells.filter((cell) => now.some((one) => one.measureId === cell.measureId)), part)
  }
  return now.length ? [...values, sumOf(now, part)] : values
}

/** The share that is kept or excused; null where nothing is known of anybody. */
export const shareOf = (cell: Cell): number | null => (cell.population === 0 || cell.unknown === cell.population ? null : (cell.kept + cell.excused) / cell.population)

/** Five grounds for a map, plus one for the unknown. Written shares stand beside them: the colour is not the only sign. */
export type Ground = 'all' | 'most' | 'many' | 'half' | 'few' | 'unknown'
export function groundOf(share: number | null): Ground {
  if (share === null) return 'unknown'
  if (share >= 1) return 'all'
  if (share >= 0.95) return 'most'
  if (share >= 0.8) return 'many'
  return share >= 0.5 ? 'half' : 'few'
}

/** How many of them are open: gaps and unknowns. The worst first; of equals the larger share. */
export const openOf = (cell: Cell): number => cell.gap + cell.unknown
export function worstFirst<T extends { cell: Cell }>(rows: readonly T[]): T[] {
  return rows.filter(({ cell }) => openOf(cell) > 0).toSorted((a, b) => openOf(b.cell) - openOf(a.cell) || openOf(b.cell) / b.cell.population - openOf(a.cell) / a.cell.population)
}

/** The measure that most are missing from, by share; of people before of units, because a map's area is people. */
export function worstMeasure<M extends { measureId: string; subjectKind: string }>(measures: readonly M[], total: readonly Cell[]): M | undefined {
  const of = (kind: string) => measures.flatMap((measure) => { const cell = total.find((one) => one.measureId === measure.measureId); return measure.subjectKind === kind && cell && cell.population > 0 ? [{ measure, missing: openOf(cell) / cell.population }] : [] })
  const people = of('person')
  return (people.length ? people : of('unit')).toSorted((a, b) => b.missing - a.missing)[0]?.measure
}
