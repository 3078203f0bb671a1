/** The tree of units as a map of coverage and as a list, each opening downwards. Where one stands is in the address. */
import { useMemo } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { unit as unitCall } from '#slices/directory/contract.ts'
import { Choices, Pick } from '#ui/controls.tsx'
import { useRead } from '#ui/data.ts'
import { useNarrow } from '#ui/media.ts'
import { Panel } from '#ui/page.tsx'
import { EmptyState, Ready } from '#ui/states.tsx'
import { read, say, t, useLanguage } from '#ui/words.ts'
import { CoverageList } from './CoverageList.tsx'
import { CoverageTiles, type TileNode } from './CoverageTiles.tsx'
import { useStanding, type Coverage, type Standing } from './reads.ts'
import { worstMeasure } from './trend.ts'

export function CoverageMap({ home }: { home: Standing & { data: Coverage } }) {
  const language = useLanguage()
  const narrow = useNarrow()
  const [, go] = useLocation()
  const [search, setSearch] = useSearchParams()
  const set = (changes: Record<string, string | null>, push = false) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before)
        for (const [key, value] of Object.entries(changes)) if (value === null) after.delete(key); else after.set(key, value)
        return after
      },
      { replace: !push },
    )
  const { data: whole } = home
  const at = search.get('at')
  const below = useStanding(at)
  const shown = at === null ? home : below
  const place = useRead(unitCall, { unitId: at ?? '' }, { topics: ['directory'], enabled: at !== null })
  const data = at === null ? whole : below.covered.data
  const usual = worstMeasure(whole.measures, whole.total) ?? whole.measures[0]
  const measure = whole.measures.find((one) => one.measureId === search.get('measure')) ?? usual
  const measureId = measure?.measureId
  const view = search.get('view') === 'list' || (narrow && search.get('view') !== 'map') ? 'list' : 'map'
  const nodes = useMemo(() => nodesOf(data, measureId, language), [data, measureId, language])
  // From the unit of the page downwards; what lies above is not the reader's.
  const above = place.data ? [...place.data.ancestors, place.data.unit] : []
  const trail = above.slice(above.findIndex((one) => one.unitId === whole.unit.unitId) + 1)
  const open = (unitId: string | null) => set({ at: unitId }, true)
  const names = (unitId: string) => go(`/gaps?unit=${unitId}${measureId ? `&measure=${measureId}` : ''}`)
  const body = (answer: Coverage) =>
    nodes.length === 0 ? (
      <EmptyState icon="people" title={t('下面没有组织', 'No units below')} action={<button type="button" className="b-button" onClick={() => names(answer.unit.unitId)}>{t('看名单', 'See by name')}</button>} />
    ) : view === 'list' ? (
      <CoverageList answer={answer} measureId={measureId ?? ''} history={shown.moved.data} label={t('各组织的覆盖', 'Coverage by unit')} />
    ) : (
      <>
        <div className="st-map"><CoverageTiles label={t('覆盖图：{what}', 'Map of coverage: {what}', { what: measure ? say(measure.name) : '' })} nodes={nodes} onOpen={open} {...(at === null ? {} : { onUp: () => open(trail.at(-2)?.unitId ?? null) })} letters={{ name: 15, least: 12 }} /></div>
        <Grounds />
      </>
    )
  return (
    <Panel
      title={t('覆盖图', 'Map of coverage')}
      note={view === 'map' && t('面积是人数，底色是达标与免除的比例，点开看下级', 'Area: people. Ground: kept and excused. Opens downwards')}
      actions={
        <>
          {whole.measures.length > 1 && <Pick label={t('措施', 'Measure')} width={narrow ? 160 : 220} value={measureId ?? null} onChange={(next) => set({ measure: next === usual?.measureId ? null : next })} options={whole.measures.map((one) => ({ value: one.measureId, label: say(one.name) }))} />}
          <Choices joined label={t('画法', 'Form')} value={view} onChange={(next) => set({ view: next === (narrow ? 'list' : 'map') ? null : next })} options={[{ value: 'map', label: t('图', 'Map') }, { value: 'list', label: t('表', 'List') }]} />
        </>
      }
    >
      {trail.length > 0 && (
        <nav className="st-trail" aria-label={t('位置', 'Where')}>
          <ol>
            <li><button type="button" className="b-link" onClick={() => open(null)}>{read(whole.unit.name)}</button></li>
            {trail.map((step, index) => (
              <li key={step.unitId}>
                {index === trail.length - 1 ? <span aria-current="location">{read(step.name)}</span> : <button type="button" className="b-link" onClick={() => open(step.unitId)}>{read(step.name)}</button>}
              </li>
            ))}
            <li className="st-trail-end"><button type="button" className="b-link" onClick={() => go(`/units/${at}`)}>{t('组织页', 'Unit page')}</button></li>
          </ol>
        </nav>
      )}
      {at === null ? body(whole) : <Ready read={below.covered} rows={6}>{body}</Ready>}
    </Panel>
  )
}

/** What the grounds mean. */
export function Grounds() {
  return (
    <ul className="st-grounds" aria-label={t('底色', 'Grounds')}>
      <li><i className="st-ground-all" />100%</li>
      <li><i className="st-ground-most" />≥ 95%</li>
      <li><i className="st-ground-many" />≥ 80%</li>
      <li><i className="st-ground-half" />≥ 50%</li>
      <li><i className="st-ground-few" />&lt; 50%</li>
      <li><i className="st-ground-unknown" />{t('全部未知', 'unknown')}</li>
    </ul>
  )
}

/** Units with somebody in them. */
export function nodesOf(answer: Coverage | undefined, measureId: string | undefined, _language: string): TileNode[] {
  return (answer?.rows ?? []).flatMap((row) => {
    const cell = row.cells.find((one) => one.measureId === measureId)
    return cell && cell.population > 0 ? [{ id: row.unit.unitId, name: read(row.unit.name), cell }] : []
  })
}
