/** The tree of units as a list with bars, the most open first; each opens to those below it. */
import { useLocation } from 'wouter'
import { StandingBar, TrendMark } from '#ui/figures.tsx'
import { count, share } from '#ui/format.ts'
import { Tree, type TreeItem } from '#ui/tree.tsx'
import { read, t } from '#ui/words.ts'
import { useStanding, type Coverage, type History } from './reads.ts'
import { changeOf, openOf, shareOf } from './trend.ts'

interface UnitItem extends TreeItem {
  measureId: string
}

export function CoverageList({ answer, measureId, history, label }: { answer: Coverage; measureId: string; history: History | undefined; label: string }) {
  const [, go] = useLocation()
  return <div className="st-listing"><Tree label={label} items={itemsOf(answer, measureId, history)} useBelow={useBelow} onOpen={(item) => go(`/units/${item.id}`)} /></div>
}

function useBelow(item: UnitItem) {
  const below = useStanding(item.id)
  const { data, problem, retry } = below.covered
  return { items: data && itemsOf(data, item.measureId, below.moved.data), problem, retry }
}

function itemsOf(answer: Coverage, measureId: string, history: History | undefined): UnitItem[] {
  const then = new Map((history?.dayAgo?.rows ?? []).map((row) => [row.unitId, row.cells]))
  return answer.rows
    .flatMap((row) => { const cell = row.cells.find((one) => one.measureId === measureId); return cell && cell.population > 0 ? [{ row, cell }] : [] })
    .toSorted((a, b) => openOf(b.cell) - openOf(a.cell) || (a.row.unit.name < b.row.unit.name ? -1 : 1))
    .map(({ row, cell }) => {
      const name = read(row.unit.name)
      const said = shareOf(cell) === null ? t('全部未知', 'all unknown') : share(cell.kept + cell.excused, cell.population)
      const change = changeOf([cell], then.get(row.unit.unitId), 'gap')
      return {
        id: row.unit.unitId, name, measureId, opens: true,
        note: <span className={row.owner ? undefined : 'st-late'} translate="no">{row.owner?.person.name ?? t('无人负责', 'nobody answers')}</span>,
        end: (
          <>
            {change ? <span className="st-row-trend"><TrendMark trend={{ by: change, since: '', good: 'down' }} /></span> : null}
            <span className="st-row-open">
              {cell.gap > 0 && <i className="st-gapped">{t('缺口 {n}', '{n} {n:gap|gaps}', { n: count(cell.gap) })}</i>}
              {cell.unknown > 0 && <i className="st-unknown">{t('未知 {n}', '{n} unknown', { n: count(cell.unknown) })}</i>}
            </span>
            <span className="st-row-bar"><StandingBar standing={cell} label={name} size="thin" /></span>
            <b className="st-row-share">{said}</b>
          </>
        ),
      }
    })
}
