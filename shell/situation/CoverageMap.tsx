/** The tree as a map of coverage that opens downwards. */
import { useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import { coverage } from '#slices/measures/contract.ts'
import { TreeMap } from '#ui/chart.tsx'
import { Pick } from '#ui/controls.tsx'
import { useRead } from '#ui/data.ts'
import { Panel } from '#ui/page.tsx'
import { EmptyState, Ready } from '#ui/states.tsx'
import { read, say, t, useLanguage } from '#ui/words.ts'
import type { Coverage } from './reads.ts'

export function CoverageMap({ home, height = 380, bare }: { home: Coverage; height?: number; bare?: boolean }) {
  const language = useLanguage()
  const [, go] = useLocation()
  const [trail, setTrail] = useState<{ id: string; name: string }[]>([])
  const [wanted, setWanted] = useState<string | null>(null)
  const people = home.measures.filter((one) => one.subjectKind === 'person')
  const measure = home.measures.find((one) => one.measureId === wanted) ?? people[0] ?? home.measures[0]
  const last = trail.at(-1)
  const below = useRead(coverage, { unitId: last?.id ?? '' }, { topics: ['coverage', 'measures', 'directory'], enabled: last !== undefined, refetchMs: 60_000 })
  const shown = last ? below.data : home
  const measureId = measure?.measureId
  const nodes = useMemo(
    () => nodesOf(shown, measureId, language),
    [shown, measureId, language],
  )
  const open = (id: string) => {
    const row = shown?.rows.find((one) => one.unit.unitId === id)
    if (row) setTrail([...trail, { id, name: row.unit.name }])
  }
  const body = (answer: Coverage) =>
    nodes.length > 0 ? (
      <TreeMap label={t('覆盖图：{what}', 'Map of coverage: {what}', { what: measure ? say(measure.name) : '' })} nodes={nodes} height={height} onOpen={open} />
    ) : (
      <EmptyState icon="people" title={t('下面没有组织', 'No units below')} action={<button type="button" className="b-button" onClick={() => go(`/gaps?unit=${answer.unit.unitId}${measureId ? `&measure=${measureId}` : ''}`)}>{t('看名单', 'See by name')}</button>} />
    )
  return (
    <Panel
      title={t('覆盖图', 'Map of coverage')}
      note={t('面积是人数，颜色是达标与免除的比例', 'Area: people. Colour: kept and excused')}
      actions={!bare && home.measures.length > 1 && <Pick label={t('措施', 'Measure')} width={220} value={measure?.measureId ?? null} onChange={setWanted} options={home.measures.map((one) => ({ value: one.measureId, label: say(one.name) }))} />}
    >
      <nav className="st-trail" aria-label={t('位置', 'Where')}>
        <button type="button" className="b-link" disabled={trail.length === 0} onClick={() => setTrail([])}>{read(home.unit.name)}</button>
        {trail.map((step, index) => (
          <span key={step.id}>
            {' / '}
            <button type="button" className="b-link" disabled={index === trail.length - 1} onClick={() => setTrail(trail.slice(0, index + 1))}>{read(step.name)}</button>
          </span>
        ))}
      </nav>
      {last ? <Ready read={below} rows={6}>{body}</Ready> : body(home)}
    </Panel>
  )
}

/** Units with somebody in them; nothing known of anybody there is not the same as nobody covered. */
function nodesOf(answer: Coverage | undefined, measureId: string | undefined, _language: string) {
  return (answer?.rows ?? []).flatMap((row) => {
    const cell = row.cells.find((one) => one.measureId === measureId)
    if (!cell || cell.population === 0) return []
    return [{ id: row.unit.unitId, name: read(row.unit.name), size: cell.population, share: cell.unknown === cell.population ? null : (cell.kept + cell.excused) / cell.population }]
  })
}
