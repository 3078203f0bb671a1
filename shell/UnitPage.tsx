/** A unit's page: who answers, how it is covered, whose gaps are open, its duties, its requests for help, and what happened. */
import { unit } from '#slices/directory/contract.ts'
import { UnitPage as DirectoryUnit } from '#slices/directory/web/unit.tsx'
import { coverage } from '#slices/measures/contract.ts'
import { CoverageCard, GapsCard } from '#slices/measures/web/cards.tsx'
import { useRead } from '#ui/data.ts'
import { Note } from '#ui/states.tsx'
import { t } from '#ui/words.ts'
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
  const lives = read.data?.endedAt === null
  const at = lives ? read.data?.unit : undefined
  // Whoever's offices do not reach here is told once, not by every panel.
  const { problem } = useRead(coverage, { unitId }, { topics: ['coverage', 'measures'], enabled: lives && can('coverage.read') })
  const beyond = problem?.status === 403 || problem?.status === 404
  const below = read.data?.children ?? []
  return (
    <DirectoryUnit
      params={params}
      more={
        beyond ? (
          <Note>{t('您的职务不管这个组织，所以看不到它的覆盖、缺口、任务和求助。', 'Your offices do not reach this unit, so its coverage, gaps, duties and requests for help are not shown.')}</Note>
        ) : at && (
          <>
            {can('coverage.read') && <CoverageCard unitId={unitId} />}
            {at.tree === 'residence' && can('coverage.read') && below.length > 0 && <UnitFloors unit={at} below={below} />}
            {can('gap.read') && <GapsCard unitId={unitId} tree={at.tree} />}
            {can('notice.read') && <UnitDuties unitId={unitId} />}
            {can('help.act') && <UnitHelp unitId={unitId} />}
          </>
        )
      }
      aside={read.data && can('unit.read') && <UnitTimeline unitId={unitId} may={{ duties: can('notice.read') && !beyond, coverage: can('coverage.read') && !beyond }} />}
    />
  )
}
