/** What the situation reads, each only where the reader may. No call here names a person, so a wall that asks all day leaves no marks in anybody's record. */
import type { Output } from '#kernel/contract.ts'
import { orphans } from '#slices/directory/contract.ts'
import { reasonedRoles } from '#slices/directory/rules.ts'
import { figures, waiting } from '#slices/issues/contract.ts'
import { coverage, history } from '#slices/measures/contract.ts'
import { late, recent } from '#slices/notices/contract.ts'
import { list as responsesCall } from '#slices/responses/contract.ts'
import { useRead, useReads, type Read } from '#ui/data.ts'
import { useMe } from '../session.tsx'
import { addChanges, addCoverage, addLate, addLines, addRecent, addWaiting, canAdd } from './together.ts'
import { changeOf, lineOf, sumOf, type Part } from './trend.ts'

const minute = 60_000

export type Coverage = Output<typeof coverage>
export type History = Output<typeof history>
export type Late = Output<typeof late>
export type Recent = Output<typeof recent>
export type OpenResponse = Output<typeof responsesCall>['responses'][number]

/** How a unit stands and how it moved, of everything that is on or of one response. */
export function useStanding(unitId: string | null, responseId?: string) {
  const { can } = useMe()
  const at = { unitId: unitId ?? '', ...(responseId ? { responseId } : {}) }
  const enabled = unitId !== null && can('coverage.read')
  const covered = useRead(coverage, at, { topics: ['coverage', 'measures', 'directory'], enabled, refetchMs: minute })
  const moved = useRead(history, at, { topics: ['history', 'measures'], enabled, refetchMs: 5 * minute })
  return { covered, moved, ...figuresOf(covered.data, moved.data) }
}
export type Standing = ReturnType<typeof useStanding>

function figuresOf(now: Coverage | undefined, past: History | undefined) {
  const total = now?.total ?? []
  return {
    sum: (part: Part) => sumOf(total, part),
    /** Since the same hour yesterday; null where nobody counted then. */
    sinceYesterday: (part: Part) => changeOf(total, past?.dayAgo?.rows.find((row) => row.unitId === now?.unit.unitId)?.cells, part),
    line: (part: Part, steps: number) => (past && now ? lineOf(past.points, total, part, now.asOf, 7, steps) : []),
  }
}

/** The figures of all units in place of those of the first; where one of them cannot be had, that is said instead. */
const added = <T>(home: Read<T>, { data: all, problem }: { data: readonly T[] | undefined; problem: Read<T>['problem'] }, add: (all: readonly [T, ...T[]]) => T): Read<T> => {
  const [first, ...others] = all ?? []
  const data = home.data !== undefined && first !== undefined ? add([first, ...others]) : undefined
  const failed = home.problem ?? problem
  return { ...home, data, problem: failed, loading: home.loading || (data === undefined && failed === null) }
}

export function useSituation() {
  const { me, can } = useMe()
  const homeId = me?.homeUnitId ?? null
  const at = { unitId: homeId ?? '' }
  const here = homeId !== null
  const responses = useRead(responsesCall, {}, { topics: ['responses'], refetchMs: 10 * minute })
  const standing = useStanding(homeId)
  const overdue = useRead(late, at, { topics: ['assignments', 'notices'], enabled: here && can('notice.read'), refetchMs: minute })
  const lately = useRead(recent, at, { topics: ['assignments', 'notices', 'rounds'], enabled: here && can('notice.read'), refetchMs: minute })
  const help = useRead(waiting, at, { topics: ['help'], enabled: here && can('help.act'), refetchMs: minute })
  const counted = useRead(figures, at, { topics: ['help'], enabled: here && can('coverage.read') && !can('help.act'), refetchMs: minute })
  const ownerless = useRead(orphans, at, { topics: ['directory'], enabled: here && can('coverage.read') })
  // Whoever looks after the people of some units sees these first. Who leads them sees numbers, and gives a reason before names are opened.
  const narrow = standing.covered.data !== undefined && standing.covered.data.unit.parentId !== null
  const mine = narrow && can('gap.read') && me ? [...new Map(me.offices.filter((office) => office.role !== 'administrator' && !(reasonedRoles as readonly string[]).includes(office.role)).map((office) => [office.unit.unitId, { ...office.unit, above: office.above }])).values()] : []
  // Their figures are those of all these units together, as on the page of gaps; where some may lie within others, each figure is of the first and the page says so.
  const several = mine.length > 1 && mine.length <= mostAdded && mine.some((unit) => unit.unitId === homeId) && canAdd(mine)
  const each = several ? mine.map((unit) => ({ unitId: unit.unitId })) : []
  const coverages = useReads(coverage, each, { topics: ['coverage', 'measures', 'directory'], refetchMs: minute })
  const histories = useReads(history, each, { topics: ['history', 'measures'], refetchMs: 5 * minute })
  const lates = useReads(late, each, { topics: ['assignments', 'notices'], enabled: can('notice.read'), refetchMs: minute })
  const recents = useReads(recent, each, { topics: ['assignments', 'notices', 'rounds'], enabled: can('notice.read'), refetchMs: minute })
  const helps = useReads(waiting, each, { topics: ['help'], enabled: can('help.act'), refetchMs: minute })
  const ownerlesses = useReads(orphans, each, { topics: ['directory'] })
  const common = { me, can, homeId, responses, open: (responses.data?.responses ?? []).filter((one) => one.status === 'open'), counted, mine, several }
  if (!several) return { ...common, standing, coverage: standing.covered, overdue, lately, help, ownerless }
  const parts = (coverages.data ?? []).map((one, index) => figuresOf(one, histories.data?.[index]))
  const together: Standing = {
    covered: added(standing.covered, coverages, addCoverage), moved: standing.moved,
    sum: (part) => parts.reduce((sum, one) => sum + one.sum(part), 0),
    sinceYesterday: (part) => addChanges(parts.map((one) => one.sinceYesterday(part))),
    line: (part, steps) => addLines(parts.map((one) => one.line(part, steps))),
  }
  return {
    ...common, standing: together, coverage: together.covered, overdue: added(overdue, lates, addLate), lately: added(lately, recents, addRecent), help: added(help, helps, addWaiting),
    ownerless: added(ownerless, ownerlesses, (all) => ({ people: all.reduce((sum, one) => sum + one.people, 0), alone: all.reduce((sum, one) => sum + one.alone, 0), units: all.flatMap((one) => one.units) })),
  }
}

/** One asks for each every minute. */
const mostAdded = 24

export type Situation = ReturnType<typeof useSituation>
