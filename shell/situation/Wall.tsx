/** The situation on a wall: dark, readable from five metres, without frame or hands. */
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { StandingBar } from '#ui/figures.tsx'
import { count, dateTime, presentMoment, relative, share } from '#ui/format.ts'
import { useLiveState } from '#ui/live.ts'
import { LevelTag } from '#ui/tags.tsx'
import { read, say, t } from '#ui/words.ts'
import { CoverageMap } from './CoverageMap.tsx'
import { KeyFigures } from './parts.tsx'
import type { Situation } from './reads.ts'
import { useDark } from './dark.ts'

export function SituationWall({ situation }: { situation: Situation }) {
  useDark()
  const live = useLiveState()
  const now = useMinute()
  const { coverage, open, overdue, me } = situation
  const data = coverage.data
  const old = data !== undefined && now.getTime() - new Date(data.asOf).getTime() > 180_000
  return (
    <div className="st-wall">
      <header>
        <h1>{me ? read(me.institution.name) : ''}</h1>
        <div className="st-wall-levels">
          {open.map((one) => (
            <span key={one.responseId}>
              <LevelTag level={one.level as 1 | 2 | 3 | 4} /> {read(one.name)} <b className="num">{t('第 {n} 天', 'day {n}', { n: one.day })}</b>
            </span>
          ))}
          {situation.responses.data && open.length === 0 && <span>{t('平时状态，没有进行中的应急响应', 'Normal times: no response is open')}</span>}
        </div>
        <time className="num">{dateTime(now)}</time>
        {me?.institution.drill && <b className="st-wall-drill">{t('演练', 'Drill')}</b>}
        <Link href="/" className="st-wall-leave">{t('退出大屏', 'Leave')}</Link>
      </header>
      {(live === 'lost' || old || coverage.problem) && (
        <p className="st-wall-stale" role="alert">
          {data ? t('数据停在 {when}，正在重连', 'Data stand at {when}; reconnecting', { when: relative(data.asOf) }) : t('取不到数据，正在重连', 'No data; reconnecting')}
        </p>
      )}
      <KeyFigures situation={situation} wall />
      <div className="st-wall-body">
        <section className="st-wall-measures">
          {data?.measures.map((measure) => {
            const cell = data.total.find((one) => one.measureId === measure.measureId)
            return (
              cell && cell.population > 0 && (
                <div key={measure.measureId}>
                  <h2>
                    <span>{say(measure.name)}</span>
                    <b className="num">{share(cell.kept + cell.excused, cell.population)}</b>
                    {cell.population >= 20 && <small className="num">/ {count(cell.population)}</small>}
                  </h2>
                  <StandingBar standing={cell} label={say(measure.name)} size="wall" />
                </div>
              )
            )
          })}
          {overdue.data && overdue.data.total > 0 && (
            <div className="st-wall-overdue">
              <h2><span>{t('逾期的任务', 'Overdue duties')}</span></h2>
              <ul>
                {overdue.data.assignments.slice(0, 4).map((one) => (
                  <li key={one.assignmentId}><b>{read(one.unit.name)}</b> {read(one.text)}</li>
                ))}
              </ul>
            </div>
          )}
        </section>
        {data && data.rows.length > 0 && <div className="st-wall-map"><CoverageMap home={data} height={300} bare /></div>}
      </div>
    </div>
  )
}

function useMinute(): Date {
  const [now, setNow] = useState(presentMoment)
  useEffect(() => {
    const timer = setInterval(() => setNow(presentMoment()), 15_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
