/** The answers of several units as one: for somebody who answers for several classes. Pure. */
import type { Output } from '#kernel/contract.ts'
import type { waiting } from '#slices/issues/contract.ts'
import type { coverage } from '#slices/measures/contract.ts'
import type { late, recent } from '#slices/notices/contract.ts'

type Coverage = Output<typeof coverage>
type Late = Output<typeof late>
type Recent = Output<typeof recent>
type Waiting = Output<typeof waiting>

/**
 * Units of one tree of which none lies within another may be added up, and no sum differs from what the server would count: a person belongs to one
 * unit of a tree, an assignment and a request for help lie with one, and each is counted by that unit alone.
 */
export const canAdd = (units: readonly { unitId: string; tree: string; above: readonly string[] }[]): boolean =>
  units.every((unit) => unit.tree === units[0]?.tree && !units.some((other) => unit.above.includes(other.unitId)))

/** The oldest moment: a sum is as old as its oldest part. */
const oldest = (all: readonly { asOf: string }[]): string => all.map((one) => one.asOf).toSorted()[0] ?? ''
const sum = <T>(all: readonly T[], of: (one: T) => number): number => all.reduce((so, one) => so + of(one), 0)

export function addCoverage([first, ...others]: readonly [Coverage, ...Coverage[]]): Coverage {
  const all = [first, ...others]
  const total = new Map<string, Coverage['total'][number]>()
  for (const cell of all.flatMap((one) => one.total)) {
    const had = total.get(cell.measureId)
    total.set(cell.measureId, had ? { ...cell, population: had.population + cell.population, kept: had.kept + cell.kept, gap: had.gap + cell.gap, excused: had.excused + cell.excused, unknown: had.unknown + cell.unknown } : cell)
  }
  const measures = new Map(all.flatMap((one) => one.measures).map((one) => [one.measureId, one]))
  return { ...first, asOf: oldest(all), measures: [...measures.values()], total: [...total.values()], rows: all.flatMap((one) => one.rows) }
}

/** The points stand at even steps up to now, so the last ones belong together. */
function addPoints(all: readonly { points: readonly { at: string; total: number }[] }[]): { at: string; total: number }[] {
  const length = Math.min(...all.map((one) => one.points.length))
  return Array.from({ length }, (_, index) => ({ at: all[0]?.points.at(index - length)?.at ?? '', total: sum(all, (one) => one.points.at(index - length)?.total ?? 0) }))
}

export const addLate = (all: readonly Late[]): Late => ({
  asOf: oldest(all), total: sum(all, (one) => one.total), dayAgo: sum(all, (one) => one.dayAgo), points: addPoints(all), units: all.flatMap((one) => one.units).toSorted((a, b) => b.total - a.total),
})

export const addWaiting = (all: readonly Waiting[]): Waiting => ({
  asOf: oldest(all), total: sum(all, (one) => one.total), urgent: sum(all, (one) => one.urgent), overdue: sum(all, (one) => one.overdue), askedLastHour: sum(all, (one) => one.askedLastHour), answeredLastHour: sum(all, (one) => one.answeredLastHour), dayAgo: sum(all, (one) => one.dayAgo), points: addPoints(all),
})

/** What happened to a whole notice comes with every unit, and is said once. */
export function addRecent([first, ...others]: readonly [Recent, ...Recent[]]): Recent {
  const all = [first, ...others]
  const events = new Map(all.flatMap((one) => one.events).map((event) => [`${event.kind} ${event.noticeId} ${event.unit?.unitId ?? ''} ${event.at}`, event]))
  return { ...first, asOf: oldest(all), events: [...events.values()].toSorted((a, b) => (a.at < b.at ? 1 : -1)) }
}

/** Changes over the units of which one is known; null where none is. */
export const addChanges = (all: readonly (number | null)[]): number | null => (all.every((one) => one === null) ? null : sum(all, (one) => one ?? 0))
/** A step is known where it is of all units. */
export const addLines = ([first, ...others]: readonly (readonly (number | null)[])[]): (number | null)[] => (first ?? []).map((value, index) => others.reduce<number | null>((so, line) => { const more = line[index] ?? null; return so === null || more === null ? null : so + more }, value))
