/** The live bar of a notice, a clause or a duty: done, to review, under way, not acknowledged, overdue, nobody. */
import { Fragment } from 'react'
import { count } from '#ui/format.ts'
import { t } from '#ui/words.ts'
import type { Progress } from '../rules.ts'
import { partName, parts, type Part } from './words.ts'
import './notices.css'

/** The shape of a part; shape and pattern differ besides colour. */
export function PartSign({ part }: { part: Part }) {
  return <span className={`n-part-sign n-part-${part}`} aria-hidden />
}

export interface ProgressBarProps {
  progress: Progress
  /** Said before the numbers: of what. */
  label: string
  legend?: 'none' | 'short' | 'full'
  thin?: boolean
  onOpen?: (part: Part) => void
}

/** Parts that sum to all assignments. */
export function ProgressBar({ progress, label, legend = 'short', thin, onOpen }: ProgressBarProps) {
  const shown = parts.filter((part) => progress[part] > 0)
  const spoken = progress.total === 0 ? `${label}: ${t('尚无单位任务', 'no assignments')}` : `${label}: ${shown.map((part) => `${partName(part)} ${count(progress[part])}`).join(', ')}; ${t('共 {n}', 'of {n}', { n: count(progress.total) })}`
  return (
    <div className={`n-progress${thin ? ' n-progress-thin' : ''}`}>
      <div className="n-progress-track" role="img" aria-label={spoken} title={spoken}>
        {shown.map((part) => (
          <span key={part} className={`n-progress-part n-fill-${part}`} style={{ flexGrow: progress[part] }} />
        ))}
      </div>
      {legend !== 'none' && progress.total > 0 && (
        <div className="n-progress-legend">
          {(legend === 'full' ? parts : shown).map((part) => {
            const words = (
              <Fragment>
                <PartSign part={part} />
                {partName(part)} <b className="num">{count(progress[part])}</b>
              </Fragment>
            )
            return onOpen && progress[part] > 0 ? (
              <button key={part} type="button" className="n-key" onClick={() => onOpen(part)}>
                {words}
              </button>
            ) : (
              <span key={part} className="n-key">
                {words}
              </span>
            )
          })}
        </div>
      )}
    </div>
  )
}
