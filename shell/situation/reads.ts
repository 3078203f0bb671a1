/** What the situation reads, each only where the reader may. No call here names a person, so a wall that asks all day leaves no marks in anybody's record. */
import type { Output } from '#kernel/contract.ts'
import { orphans } from '#slices/directory/contract.ts'
import { reasonedRoles } from '#slices/directory/rules.ts'
import { figures, waiting } from '#slices/issues/contract.ts'
import { coverage, history } from '#slices/measures/contract.ts'
import { late, recent } from '#slices/notices/contract.ts'
import { list as responsesCall } from '#slices/responses/contract.ts'
import { useRead } from '#ui/data.ts'
import { useMe } from '../session.tsx'
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
  const total = covered.data?.total ?? []
  const past = moved.data
  return {
    covered,
    moved,
    sum: (part: Part) => sumOf(total, part),
    /** Since the same hour yesterday; null where nobody counted then. */
    sinceYesterday: (part: Part) => changeOf(total, past?.dayAgo?.rows.find((row) => row.unitId === unitId)?.cells, part),
    line: (part: Part, steps: number) => (past && covered.data ? lineOf(past.points, total, part, covered.data.asOf, 7, steps) : []),
  }
}
export type Standing = ReturnType<typeof useStanding>

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
  const data = standing.covered.data
  // Whoever looks after the people of some units sees these first. Who leads them sees numbers, and gives a reason before names are opened.
  const narrow = data !== undefined && data.unit.parentId !== null
  const mine = narrow && can('gap.read') && me ? [...new Map(me.offices.filter((office) => office.role !== 'administrator' && !(reasonedRoles as readonly string[]).includes(office.role)).map((office) => [office.unit.unitId, office.unit])).values()].slice(0, 8) : []
  return { me, can, homeId, responses, open: (responses.data?.responses ?? []).filter((one) => one.status === 'open'), standing, coverage: standing.covered, overdue, lately, help, counted, ownerless, mine }
}

export type Situation = ReturnType<typeof useSituation>
