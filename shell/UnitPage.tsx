/** A unit's page: who answers, how it is covered, whose gaps are open, its duties, its requests for help, and what happened. */
import { unit } from '#slices/directory/contract.ts'
import { UnitPage as DirectoryUnit } from '#slices/directory/web/unit.tsx'
import { CoverageCard, GapsCard } from '#slices/measures/web/cards.tsx'
import { useRead } from '#ui/data.ts'
import { useMe } from './session.tsx'
import { UnitDuties } from './subject/UnitDuties.tsx'
import { UnitFloors } from './subject/UnitFloors.tsx'
import { UnitHelp } from './subject/UnitHelp.tsx'
import { UnitTimeline } from './subject/UnitTimeline.tsx'
import './subject/subject.css'

export function UnitPage({ params }: { params: Record<string, string> }) {
  const { can } = useMe()
  const unitId = params['unitId'] ?? ''
  const read = useRead(unit, { unitId }, { topics: ['directory'], keep: false })
  const at = read.data?.unit
  const below = read.data?.children ?? []
  return (
    <DirectoryUnit
      params={params}
      more={
        at && (
          <>
            {can('coverage.read') && <CoverageCard unitId={unitId} />}
            {at.tree === 'residence' && can('coverage.read') && below.length > 0 && <UnitFloors unit={at} below={below} />}
            {can('gap.read') && <GapsCard unitId={unitId} tree={at.tree} />}
            {can('notice.read') && <UnitDuties unitId={unitId} />}
            {can('help.act') && <UnitHelp unitId={unitId} />}
          </>
        )
      }
      aside={at && can('unit.read') && <UnitTimeline unitId={unitId} may={{ duties: can('notice.read'), coverage: can('coverage.read') }} />}
    />
  )
}
