/** Figures that open into their rows, and the four-part bar of standings. No figure without its age and its unknowns. */
import { useState, type ReactNode } from 'react'
import { count, presentMoment, relative, share } from './format.ts'
import { Icon } from './icons.tsx'
import { Sparkline } from './sparkline.tsx'
import { StandingSign, standingName, standingStates, type StandingState } from './tags.tsx'
import { t } from './words.ts'

export interface Trend {
  /** Change against before; the sign says the direction. */
  by: number
  /** 较昨日 / since yesterday. */
  since: string
  /** Whether growing is good, bad or neither. */
  good?: 'up' | 'down'
}

export interface FigureProps {
  value: number | string
  label: ReactNode
  /** Behind the number: 人, 项, / 33,120. */
  unit?: ReactNode
  trend?: Trend
  /** When the figure was computed. */
  at?: string | number | Date
  tone?: 'plain' | 'bad' | 'warn' | 'good'
  /** What is not known behind the figure ("含 312 人未知"). */
  unknown?: ReactNode
  /** How it went until now, drawn small beside it; null where nothing was known. */
  series?: readonly (number | null)[]
  /** What `series` spans: 近 7 天 / last 7 days. */
  seriesLabel?: string
  /** Opens the rows behind it. */
  onClick?: () => void
  size?: 'large' | 'wall'
}

/** A big number with its name, trend, age and unknowns. With onClick it is a button that opens its rows. */
export function Figure({ value, label, unit, trend, at, tone = 'plain', unknown, series, seriesLabel, onClick, size = 'large' }: FigureProps) {
  const body = (
    <>
      <span className="b-figure-label">{label}</span>
      <span className="b-figure-value num">
        {typeof value === 'number' ? count(value) : value}
        {unit && <small>{unit}</small>}
      </span>
      <span className="b-figure-foot">
        {trend && <TrendMark trend={trend} />}
        {unknown && <span className="b-figure-unknown">{unknown}</span>}
        {at !== undefined && <DataAge at={at} />}
      </span>
      {series && (
        <span className="b-figure-draw">
          <Sparkline values={series} label={seriesLabel ?? t('变化', 'Trend')} tone={tone} width={size === 'wall' ? 140 : 84} height={size === 'wall' ? 40 : 24} />
        </span>
      )}
    </>
  )
  const className = `b-figure b-figure-${size} b-figure-${tone}`
  if (!onClick) return <div className={className}>{body}</div>
  return (
    <button type="button" className={className} onClick={onClick}>
      {body}
      <span className="b-figure-open" aria-hidden>
        <Icon name="next" size={16} />
      </span>
    </button>
  )
}

/** ▲ 120 较昨日. */
export function TrendMark({ trend }: { trend: Trend }) {
  const direction = trend.by > 0 ? 'up' : trend.by < 0 ? 'down' : 'flat'
  const quality = direction === 'flat' || !trend.good ? 'plain' : trend.good === direction ? 'good' : 'bad'
  const sign = direction === 'up' ? '▲' : direction === 'down' ? '▼' : '＝'
  return (
    <span className={`b-trend b-trend-${quality}`}>
      <span aria-hidden>{sign}</span>
      {direction === 'flat' ? (
        t(' {since}持平', ' steady {since}', { since: trend.since })
      ) : (
        <>
          <span className="sr-only">{direction === 'up' ? t('增加', 'up') : t('减少', 'down')}</span> <span className="num">{count(Math.abs(trend.by))}</span> {trend.since}
        </>
      )}
    </span>
  )
}

/** How old the data are; older than ten minutes it says so louder. */
export function DataAge({ at }: { at: string | number | Date }) {
  const old = presentMoment().getTime() - new Date(at).getTime() > 600_000
  return (
    <time className={old ? 'b-age b-age-old' : 'b-age'} dateTime={new Date(at).toISOString()}>
      {t('数据：{when}', 'as of {when}', { when: relative(at) })}
    </time>
  )
}

export interface Standing {
  kept: number
  excused: number
  gap: number
  unknown: number
}

export interface StandingBarProps {
  standing: Standing
  /** Said before the numbers to screen readers: the name of the unit or measure. */
  label: string
  size?: 'thin' | 'normal' | 'wall'
  /** Numbers under the bar. Default: on, except thin. */
  legend?: boolean
  /** Opens the rows of one part. */
  onOpen?: (state: StandingState) => void
}

/** 达标 / 免除 / 缺口 / 未知: parts that add up to everybody. Pattern and sign differ, not only colour; the table is behind it. */
export function StandingBar({ standing, label, size = 'normal', legend = size !== 'thin', onOpen }: StandingBarProps) {
  const [table, setTable] = useState(false)
  const total = standingStates.reduce((sum, state) => sum + standing[state], 0)
  const spoken = `${label}: ${standingStates.map((state) => `${standingName(state)} ${count(standing[state])}`).join(', ')}; ${t('共 {n}', 'of {n}', { n: count(total) })}`
  return (
    <div className={`b-bar b-bar-${size}`}>
      <div className="b-bar-track" role="img" aria-label={spoken} title={spoken}>
        {total === 0 && <span className="b-bar-none" />}
        {standingStates.map((state) => standing[state] > 0 && <span key={state} className={`b-bar-part b-fill-${state}`} style={{ flexGrow: standing[state] }} />)}
      </div>
      {legend && !table && (
        <div className="b-bar-legend">
          {standingStates.map((state) => {
            const words = (
              <>
                <StandingSign state={state} size={12} />
                {standingName(state)} <b className="num">{count(standing[state])}</b>
              </>
            )
            return onOpen && standing[state] > 0 ? (
              <button key={state} type="button" className="b-bar-key" onClick={() => onOpen(state)}>
                {words}
              </button>
            ) : (
              <span key={state} className="b-bar-key">
                {words}
              </span>
            )
          })}
          <button type="button" className="b-bar-table" onClick={() => setTable(true)} aria-label={t('看表格', 'Show as a table')} title={t('看表格', 'Show as a table')}>
            ⋮
          </button>
        </div>
      )}
      {table && (
        <table className="b-plain">
          <caption className="sr-only">{label}</caption>
          <tbody>
            {standingStates.map((state) => (
              <tr key={state}>
                <th scope="row">
                  <StandingSign state={state} size={12} /> {standingName(state)}
                </th>
                <td className="num">{count(standing[state])}</td>
                <td className="num">{total > 0 ? share(standing[state], total) : ''}</td>
              </tr>
            ))}
            <tr>
              <th scope="row">{t('合计', 'All')}</th>
              <td className="num">{count(total)}</td>
              <td>
                <button type="button" className="b-link" onClick={() => setTable(false)}>
                  {t('收起', 'Close')}
                </button>
              </td>
            </tr>
          </tbody>
        </table>
      )}
    </div>
  )
}
