/** Coverage: the units below a unit against the measures that are on. By name, never by rate; every number opens its rows. */
import { useContext, useMemo } from 'react'
import { Link } from 'wouter'
import { unit as unitCall } from '#slices/directory/contract.ts'
import { Button, Choices, MomentInput, Pick } from '#ui/controls.tsx'
import { useRead } from '#ui/data.ts'
import { DataAge, StandingBar } from '#ui/figures.tsx'
import { Filters } from '#ui/filters.tsx'
import { count, dateTime, presentMoment, share } from '#ui/format.ts'
import { Icon } from '#ui/icons.tsx'
import { useNarrow } from '#ui/media.ts'
import { Page, Panel } from '#ui/page.tsx'
import { UnitPicker } from '#ui/people.tsx'
import { EmptyState, Note, Ready } from '#ui/states.tsx'
import { standingStates } from '#ui/tags.tsx'
import { read, say, t, useLanguage } from '#ui/words.ts'
import { coverage, coverageKnownAt, list } from '../contract.ts'
import { Totals } from './totals.tsx'
import { Count, Moment, rowsAt, type Cell, type CoverageAnswer } from './total-card.tsx'
import { byName, useAddress, useUnitChoice } from '#slices/directory/web/unit-choice.ts'
import './measures.css'
import './planning.css'

const coverageAt = (unitId: string, tree: string, moment: string | null) => `/coverage?${new URLSearchParams({ unit: unitId, ...(tree === 'admin' ? {} : { tree }), ...(moment ? { at: moment } : {}) })}`

export function CoveragePage() {
  useLanguage()
  const address = useAddress()
  const at = useUnitChoice(address)
  const measureId = address.get('measure')
  const measures = useRead(list, {}, { topics: ['measures'] })
  const on = (measures.data?.measures ?? []).filter((one) => one.status === 'on')
  const moment = address.get('at')
  const wanted = { unitId: at.unitId ?? '', ...(measureId ? { measureId } : {}) }
  const present = useRead(coverage, wanted, { topics: ['coverage', 'measures', 'directory'], enabled: at.unitId !== null && !moment, refetchMs: 60_000 })
  const past = useRead(coverageKnownAt, { ...wanted, at: moment ?? '' }, { enabled: at.unitId !== null && moment !== null })
  const data = moment ? past : present
  const place = useRead(unitCall, { unitId: at.unitId ?? '' }, { topics: ['directory'], enabled: at.unitId !== null })
  const above = place.data && place.data.unit.unitId === at.unitId ? [...place.data.ancestors, place.data.unit] : []
  const from = Math.max(0, above.findIndex((unit) => unit.unitId === at.home))
  const crumbs = above.map((unit, index) => ({ label: read(unit.name), ...(index >= from && index < above.length - 1 ? { to: coverageAt(unit.unitId, at.tree, moment) } : {}) }))
  return (
    <Page
      wide
      title={data.data ? t('{unit}的覆盖情况', 'Coverage of {unit}', { unit: read(data.data.unit.name) }) : t('覆盖', 'Coverage')}
      lead={t('每个人都算在内：达标、免除、缺口、未知相加等于应覆盖人数。按名称排列，不作排名。', 'Everybody counts: kept, excused, gap and unknown add up to all. By name, not ranked.')}
      breadcrumb={crumbs}
      actions={data.data && !moment && <DataAge at={data.data.asOf} />}
    >
      <Filters said={[at.unit && read(at.unit.name), measureId && say(on.find((one) => one.measureId === measureId)?.name ?? { zh: '', en: '' }), moment && dateTime(moment)].filter(Boolean).join(' · ') || t('筛选', 'Filters')}>
        {at.trees.length > 1 && <Choices joined label={t('组织树', 'Tree')} value={at.tree} onChange={at.chooseTree} options={at.trees} />}
        <UnitPicker units={at.options} value={at.unitId} onChange={at.choose} label={t('组织', 'Unit')} width={280} />
        <Pick label={t('措施', 'Measure')} value={measureId ?? ''} onChange={(id) => address.set({ measure: id || null })} options={[{ value: '', label: t('全部措施', 'All measures') }, ...on.map((one) => ({ value: one.measureId, label: say(one.name) }))]} width={260} />
        <MomentInput label={t('看当时已知的情况', 'As it was known at')} placeholder={t('现在；或选择过去时刻', 'Now, or a past moment')} value={moment} onChange={(next) => address.set({ at: next }, { push: true })} max={presentMoment().toISOString()} />
      </Filters>
      {moment && (
        <Note tone="warn" action={<Button size="small" onClick={() => address.set({ at: null }, { push: true })}>{t('回到现在', 'Back to now')}</Button>}>
          {t('这是 {when} 时已经掌握的情况，不是现在：只计当时已收到的填报、当时的名册和免除，此后补报的不算。组织名称为现名。', 'This is what was known at {when}, not what is known now: only what had come in by then, with the roster and excuses of then. Units bear their present names.', { when: dateTime(moment) })}
        </Note>
      )}
      {at.me && at.unitId === null && at.ready && <EmptyState title={t('请选择一个组织', 'Choose a unit')} />}
      {at.unitId !== null && (
        <Ready read={data} rows={8} empty={{ when: (one) => one.measures.length === 0, show: <NoMeasures /> }}>
          {(one) => (
            <Moment value={moment}>
              <Total answer={one} />
              {one.rows.length > 0 ? (
                <Panel flush title={t('下级组织', 'Units below')} note={t('{n} 个，按名称', '{n}, by name', { n: one.rows.length })}>
                  <Matrix answer={one} tree={at.tree} />
                </Panel>
              ) : (
                <Panel>
                  <EmptyState icon="people" title={t('没有下级组织', 'No units below')} action={!moment && <Button to={rowsAt(one.unit.unitId, measureId, null, at.tree)}>{t('看缺口名单', 'See the gaps by name')}</Button>} />
                </Panel>
              )}
            </Moment>
          )}
        </Ready>
      )}
    </Page>
  )
}

function NoMeasures() {
  return <EmptyState icon="gaps" title={t('还没有启用的措施', 'No measure is on yet')} action={<Button to="/measures">{t('看措施', 'See the measures')}</Button>} />
}

/** The unit as a whole, one sheet a measure, with the sum spelt out. */
function Total({ answer }: { answer: CoverageAnswer }) {
  const listed = useRead(list, {}, { topics: ['measures'] })
  return <Totals answer={answer} min={360} sponsorOf={(measureId) => listed.data?.measures.find((one) => one.measureId === measureId)?.sponsor} />
}


function Matrix({ answer, tree }: { answer: CoverageAnswer; tree: string }) {
  const moment = useContext(Moment)
  const rows = useMemo(() => answer.rows.toSorted((a, b) => byName(a.unit, b.unit)), [answer.rows])
  return (
    <div className="g-matrix-scroll" tabIndex={0} role="group" aria-label={t('覆盖矩阵', 'Matrix of coverage')}>
      <table className="g-matrix">
        <thead>
          <tr>
            <th scope="col">{t('组织', 'Unit')}</th>
            {answer.measures.map((measure) => (
              <th key={measure.measureId} scope="col">{say(measure.name)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.unit.unitId}>
              <th scope="row">
                <Link className="b-link" href={coverageAt(row.unit.unitId, tree, moment)}>{read(row.unit.name)}</Link>
                <small className={row.owner ? 'b-muted' : 'g-late'} translate="no">{row.owner ? row.owner.person.name : t('无人负责', 'Nobody answers')}</small>
              </th>
              {row.cells.map((cell, index) => (
                <td key={cell.measureId} className={cell.gap + cell.unknown === 0 ? 'g-fine' : undefined} data-measure={answer.measures[index] ? say(answer.measures[index].name) : ''}>
                  <MatrixCell cell={cell} label={read(row.unit.name)} unitId={row.unit.unitId} tree={tree} />
                </td>
              ))}
              <InOrder cells={row.cells} />
            </tr>
          ))}
          <tr className="g-sum-row">
            <th scope="row">{t('合计', 'All')}<small className="b-muted">{read(answer.unit.name)}</small></th>
            {answer.total.map((cell, index) => (
              <td key={cell.measureId} data-measure={answer.measures[index] ? say(answer.measures[index].name) : ''}>
                <MatrixCell cell={cell} label={read(answer.unit.name)} unitId={answer.unit.unitId} tree={tree} />
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  )
}

/** In the hand a unit shows what is not in order, and says how much is. */
function InOrder({ cells }: { cells: readonly Cell[] }) {
  const concerned = cells.filter((cell) => cell.population > 0)
  const fine = concerned.filter((cell) => cell.gap + cell.unknown === 0).length
  if (!useNarrow() || fine === 0) return null
  return <td className="g-rest-fine b-muted"><Icon name="check" size={14} /> {fine === concerned.length ? t('{n} 项全部达标', 'all {n} in order', { n: fine }) : t('其余 {n} 项达标', 'the other {n} in order', { n: fine })}</td>
}

function MatrixCell({ cell, label, unitId, tree }: { cell: Cell; label: string; unitId: string; tree: string }) {
  if (cell.population === 0) return <span className="b-muted">{t('不涉及', 'none')}</span>
  return (
    <div className="g-cell">
      <div className="g-cell-head">
        <span className="num" title={t('达标与免除占应覆盖', 'Kept and excused of all')}>{share(cell.kept + cell.excused, cell.population)}</span>
        <StandingBar standing={cell} label={label} size="thin" />
      </div>
      <div className="g-cell-counts">
        {standingStates.map((state) => (cell[state] > 0 ? <Count key={state} cell={cell} state={state} unitId={unitId} tree={tree} /> : null))}
        <span className="b-muted num">/ {count(cell.population)}</span>
      </div>
    </div>
  )
}
