/** A unit's page, with how it is covered. */
import { UnitPage as DirectoryUnit } from '#slices/directory/web/unit.tsx'
import { CoverageCard } from '#slices/measures/web/cards.tsx'
import { useMe } from './session.tsx'

export function UnitPage({ params }: { params: Record<string, string> }) {
  const { can } = useMe()
  return <DirectoryUnit params={params} more={can('coverage.read') && <CoverageCard unitId={params['unitId'] ?? ''} />} />
}
