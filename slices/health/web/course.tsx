/** The temperature over the days of a case, with the line from which it is called a fever. The table beside it says the same in figures. */
import { dateTime } from '#ui/format.ts'
import { useNarrow } from '#ui/media.ts'
import { t } from '#ui/words.ts'
import { feverFrom } from '../rules.ts'
import type { CheckLine } from './case-words.tsx'

export function Course({ checks }: { checks: readonly CheckLine[] }) {
  // Drawn in its own size on a phone, so that its figures stay readable.
  const [width, height, left, foot] = useNarrow() ? [320, 110, 34, 18] : [640, 120, 34, 18]
  const taken = checks.filter((one): one is CheckLine & { temperature: number } => one.temperature !== null).toReversed()
  const [first, last] = [taken[0], taken.at(-1)]
  if (!first || !last || taken.length < 2) return null
  const values = taken.map((one) => one.temperature)
  const [least, most] = [Math.min(36, ...values) - 0.2, Math.max(38, ...values) + 0.2]
  const span = Math.max(1, Date.parse(last.at) - Date.parse(first.at))
  const x = (at: string) => left + ((Date.parse(at) - Date.parse(first.at)) / span) * (width - left - 8)
  const y = (value: number) => 6 + ((most - value) / (most - least)) * (height - foot - 6)
  const spoken = t('体温：共 {n} 次，最高 {most} ℃，最近 {last} ℃', 'Temperature: {n} taken, highest {most} ℃, last {last} ℃', { n: taken.length, most: Math.max(...values), last: last.temperature })
  return (
    <svg className="c-course" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={spoken}>
      <title>{spoken}</title>
      <line className="c-fever" x1={left} x2={width} y1={y(feverFrom)} y2={y(feverFrom)} />
      <text x={0} y={y(feverFrom) + 4}>{feverFrom}</text>
      <path className="c-line" d={`M${taken.map((one) => `${x(one.at).toFixed(1)} ${y(one.temperature).toFixed(1)}`).join('L')}`} />
      {taken.map((one) => (
        <circle key={one.checkId} className={one.temperature >= feverFrom ? 'c-point c-point-high' : 'c-point'} cx={x(one.at)} cy={y(one.temperature)} r={one.temperature >= feverFrom ? 4.5 : 3.2}>
          <title>{`${dateTime(one.at)} ${one.temperature} ℃`}</title>
        </circle>
      ))}
    </svg>
  )
}
