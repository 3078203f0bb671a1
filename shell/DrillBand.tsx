/** Says on every page of a drill that nothing in it is real and what time it is there; whoever came in from outside finds the way to be somebody else, or home. */
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { visit } from '#slices/drills/contract.ts'
import { useRead } from '#ui/data.ts'
import { date, dateTime, presentMoment, time } from '#ui/format.ts'
import { t } from '#ui/words.ts'

export function DrillBand({ hand }: { hand: boolean }) {
  const [, tick] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => tick((ticks) => ticks + 1), 20_000)
    return () => clearInterval(timer)
  }, [])
  const visiting = useRead(visit, {}, { topics: ['session'] }).data?.visiting ?? false
  // Asked at each drawing: at the first one the page may not have heard yet what time it is in the drill.
  const now = presentMoment()
  return (
    <div className="s-drillband" role="status">
      <span>{hand ? t('演练 · 数据均为虚构 · {when}', 'Drill · synthetic · {when}', { when: `${date(now)} ${time(now)}` }) : t('演练 · 全部人员与数据均为虚构 · 演练时间 {when}', 'Drill · all people and data are synthetic · drill time {when}', { when: dateTime(now, { now: 0 }) })}</span>
      {visiting && <Link href="/drill">{t('换身份、离开', 'Be somebody else, leave')}</Link>}
    </div>
  )
}
