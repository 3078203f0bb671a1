/** A trend the size of a word: drawn in the line, without axes; what it says is also said in words. */
import { count } from './format.ts'
import { runsOf } from './spark-points.ts'
import { t } from './words.ts'

export interface SparklineProps {
  /** In order of time; null where nothing is known: the line breaks. */
  values: readonly (number | null)[]
  /** What it shows, for those who hear it. */
  label: string
  tone?: 'plain' | 'good' | 'warn' | 'bad'
  width?: number
  height?: number
  /** Begins at zero, as counts do; otherwise between the least and the most. */
  fromZero?: boolean
}

export function Sparkline({ values, label, tone = 'plain', width = 96, height = 24, fromZero = true }: SparklineProps) {
  const known = values.filter((value): value is number => value !== null)
  const first = known[0]
  const last = known.at(-1)
  if (first === undefined || last === undefined || known.length < 2) return null
  const runs = runsOf(values, width, height, fromZero)
  const end = runs.at(-1)?.at(-1)
  const spoken = t('{what}：从 {from} 到 {to}，最多 {most}', '{what}: from {from} to {to}, at most {most}', { what: label, from: count(first), to: count(last), most: count(Math.max(...known)) })
  return (
    <svg className={`b-spark b-spark-${tone}`} width={width + 6} height={height + 6} viewBox={`-3 -3 ${width + 6} ${height + 6}`} role="img" aria-label={spoken}>
      <title>{spoken}</title>
      {/* The whole time, also where nothing was known. */}
      <path className="b-spark-base" d={`M0 ${height}H${width}`} />
      {runs.map((run) => (
        <g key={run[0]?.x}>
          {run.length > 1 && <path className="b-spark-under" d={`M${run[0]?.x} ${height}${run.map((point) => `L${point.x} ${point.y}`).join('')}V${height}z`} />}
          <path className="b-spark-line" d={`M${run.map((point) => `${point.x} ${point.y}`).join('L')}`} />
        </g>
      ))}
      {end && <circle className="b-spark-end" cx={end.x} cy={end.y} r="2.4" />}
    </svg>
  )
}
