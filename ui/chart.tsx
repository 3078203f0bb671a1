/** Charts, drawn by echarts, which comes as a lazy chunk. Each has its table behind it. */
import { lazy, Suspense, useState, type ReactNode } from 'react'
import { count, date, share } from './format.ts'
import { LoadingState } from './states.tsx'
import { t, useLanguage } from './words.ts'

const Drawing = lazy(() => import('./chart-drawing.tsx').then((module) => ({ default: module.Drawing })))

export interface Series {
  name: string
  /** One value a point of `at`; null where nothing is known: the line breaks there. */
  values: readonly (number | null)[]
  tone?: 'accent' | 'kept' | 'excused' | 'gap' | 'unknown'
  /** Stacked areas add up. */
  stack?: boolean
}

export interface TrendChartProps {
  label: string
  /** Moments or days of the points. */
  at: readonly string[]
  series: readonly Series[]
  height?: number
}

export interface TreeNode {
  id: string
  name: string
  /** The area: people. */
  size: number
  /** The share that is kept or excused, 0 to 1; null where nothing is known. It colours the area and is written in it. */
  share: number | null
  children?: readonly TreeNode[]
}

/** 96% or, of few, 3/7. */
export const shareOf = ({ share: part, size }: Pick<TreeNode, 'share' | 'size'>): string => (part === null ? t('未知', 'unknown') : share(Math.round(part * size), size))

export interface TreeMapProps {
  label: string
  nodes: readonly TreeNode[]
  onOpen?: (id: string) => void
  height?: number
}

export type Plot = ({ kind: 'trend' } & TrendChartProps) | ({ kind: 'tree' } & TreeMapProps)

function WithTable({ label, height, table, plot }: { label: string; height: number; table: ReactNode; plot: Plot }) {
  const [shown, setShown] = useState(false)
  const language = useLanguage()
  return (
    <figure className="b-chart" aria-label={label}>
      {shown ? (
        <div className="b-chart-table" style={{ maxHeight: height }} tabIndex={0}>
          {table}
        </div>
      ) : (
        <Suspense fallback={<div style={{ height }}><LoadingState /></div>}>
          <div role="img" aria-label={label}>
            <Drawing key={language} plot={plot} height={height} />
          </div>
        </Suspense>
      )}
      <figcaption>
        <button type="button" className="b-link" onClick={() => setShown(!shown)}>
          {shown ? t('看图', 'Show the chart') : t('看表格', 'Show as a table')}
        </button>
      </figcaption>
    </figure>
  )
}

/** Lines over time. */
export function TrendChart(props: TrendChartProps) {
  const { label, at, series, height = 240 } = props
  const table = (
    <table className="b-plain">
      <caption className="sr-only">{label}</caption>
      <thead>
        <tr>
          <th scope="col">{t('时间', 'When')}</th>
          {series.map((one) => (
            <th key={one.name} scope="col">
              {one.name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {at.map((moment, index) => (
          <tr key={moment}>
            <th scope="row">{date(moment)}</th>
            {series.map((one) => (
              <td key={one.name} className="num">
                {one.values[index] === null || one.values[index] === undefined ? t('未知', 'unknown') : count(one.values[index] ?? 0)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
  return <WithTable label={label} height={height} table={table} plot={{ kind: 'trend', ...props }} />
}

/** The tree as a map: area = people, colour = how far covered; opens downwards. */
export function TreeMap(props: TreeMapProps) {
  const { label, nodes, onOpen, height = 380 } = props
  const table = (
    <table className="b-plain">
      <caption className="sr-only">{label}</caption>
      <thead>
        <tr>
          <th scope="col">{t('名称', 'Name')}</th>
          <th scope="col">{t('人数', 'People')}</th>
          <th scope="col">{t('已覆盖', 'Covered')}</th>
        </tr>
      </thead>
      <tbody>
        {nodes.map((node) => (
          <tr key={node.id}>
            <th scope="row">
              {onOpen ? (
                <button type="button" className="b-link" onClick={() => onOpen(node.id)}>
                  {node.name}
                </button>
              ) : (
                node.name
              )}
            </th>
            <td className="num">{count(node.size)}</td>
            <td className="num">{shareOf(node)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
  return <WithTable label={label} height={height} table={table} plot={{ kind: 'tree', ...props }} />
}
