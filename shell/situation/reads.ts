/** What the situation reads, each only where the reader may. */
import type { Output } from '#kernel/contract.ts'
import { orphans } from '#slices/directory/contract.ts'
import { figures, queue } from '#slices/issues/contract.ts'
import { coverage } from '#slices/measures/contract.ts'
import { assignments } from '#slices/notices/contract.ts'
import { list as responsesCall } from '#slices/responses/contract.ts'
import { useRead } from '#ui/data.ts'
import { useMe } from '../session.tsx'

const minute = 60_000

export type Coverage = Output<typeof coverage>

export function useSituation() {
  const { me, can } = useMe()
  const homeId = me?.homeUnitId ?? null
  const at = { unitId: homeId ?? '' }
  const here = homeId !== null
  const responses = useRead(responsesCall, {}, { topics: ['responses'], refetchMs: 10 * minute })
  const covered = useRead(coverage, at, { topics: ['coverage', 'measures', 'directory'], enabled: here && can('coverage.read'), refetchMs: minute })
  const overdue = useRead(assignments, { ...at, below: true, show: 'overdue', size: 12 }, { topics: ['assignments', 'notices'], enabled: here && can('notice.read'), refetchMs: minute })
  const queued = useRead(queue, { ...at, size: 1 }, { topics: ['help'], enabled: here && can('help.act'), refetchMs: minute })
  const counted = useRead(figures, at, { topics: ['help'], enabled: here && can('coverage.read') && !can('help.act'), refetchMs: minute })
  const ownerless = useRead(orphans, at, { topics: ['directory'], enabled: here && can('coverage.read') })
  const data = covered.data
  const sum = (key: 'gap' | 'unknown' | 'kept' | 'excused' | 'population') => data?.total.reduce((total, cell) => total + cell[key], 0) ?? 0
  // Whoever answers for some units and not for everything sees those first.
  const wide = data !== undefined && data.unit.parentId === null
  const mine = !wide && can('gap.read') && me ? [...new Map(me.offices.filter((office) => office.role !== 'administrator').map((office) => [office.unit.unitId, office.unit])).values()].slice(0, 8) : []
  return { me, can, homeId, responses, open: (responses.data?.responses ?? []).filter((one) => one.status === 'open'), coverage: covered, overdue, queued, counted, ownerless, sum, mine }
}

export type Situation = ReturnType<typeof useSituation>
