/** A unit as a whole, measure by measure: sheets with the sum spelt out at the desk; in the hand one list, a line of figures and a bar each. */
import { Link } from 'wouter'
import { Sparkline } from '#ui/sparkline.tsx'
import { StandingBar } from '#ui/figures.tsx'
import { count, share } from '#ui/format.ts'
import { useNarrow } from '#ui/media.ts'
import { Grid, Panel } from '#ui/page.tsx'
import { useSession } from '#ui/session.tsx'
import { say, t } from '#ui/words.ts'
import { rowsAt, TotalCard, type Cell, type CoverageAnswer } from './total-card.tsx'
import type { Sponsored } from './sponsor.tsx'
import './measures.css'

interface TotalsProps {
  answer: CoverageAnswer
  /** Open gaps of a measure over time. */
  courseOf?: (measureId: string) => readonly { at: string; open: number }[]
  sponsorOf?: (measureId: string) => Sponsored | undefined
  min?: number
  /** Of all units the reader answers for together: the rows behind it are theirs. */
  mine?: boolean
}
type Measure = CoverageAnswer['measures'][number]

export function Totals({ answer, courseOf, sponsorOf, min = 340, mine = false }: TotalsProps) {
  const narrow = useNarrow()
  const { tree } = answer.unit
  const unitId = mine ? null : answer.unit.unitId
  const shown = answer.measures.flatMap((measure) => {
    const cell = answer.total.find((one) => one.measureId === measure.measureId)
    return cell && cell.population > 0 ? [{ measure, cell }] : []
  })
  if (narrow && shown.length > 1)
    return (
      <Panel flush>
        <ul className="g-totals">
          {shown.map(({ measure, cell }) => (
            <li key={measure.measureId}>
              <Line measure={measure} cell={cell} to={rowsAt(unitId, measure.measureId, null, tree)} course={courseOf?.(measure.measureId) ?? []} />
            </li>
          ))}
        </ul>
      </Panel>
    )
  return (
    <Grid min={shown.length === 4 ? 460 : min}>
      {shown.map(({ measure, cell }) => (
        <TotalCard key={measure.measureId} title={say(measure.name)} cell={cell} unitId={unitId} tree={tree} units={measure.subjectKind === 'unit'} sponsor={sponsorOf?.(measure.measureId)} course={courseOf?.(measure.measureId) ?? []} />
      ))}
    </Grid>
  )
}

function Line({ measure, cell, to, course }: { measure: Measure; cell: Cell; to: string; course: readonly { open: number }[] }) {
  const { can } = useSession()
  const title = say(measure.name)
  const words = (
    <>
      <span className="g-total-head">
        <b>{title}</b>
        <b className="num">{share(cell.kept + cell.excused, cell.population)}</b>
      </span>
      <StandingBar standing={cell} label={title} size="thin" />
      <span className="g-total-foot num">
        <span className={cell.gap ? 'g-late' : undefined}>{t('缺口 {n}', '{n} {n:gap|gaps}', { n: count(cell.gap) })}</span>
        <span className={cell.unknown ? 'g-unknown' : undefined}>{t('未知 {n}', '{n} unknown', { n: count(cell.unknown) })}</span>
        <span>{measure.subjectKind === 'unit' ? t('共 {n} 个组织', 'of {n} {n:unit|units}', { n: count(cell.population) }) : t('共 {n} 人', 'of {n} {n:person|people}', { n: count(cell.population) })}</span>
        {course.length > 2 && <Sparkline values={course.map((one) => one.open)} label={t('缺口与未知的走势', 'Course of gaps and unknown')} width={72} height={16} />}
      </span>
    </>
  )
  return cell.gap + cell.unknown > 0 && can('gap.read') ? <Link className="g-total" href={to}>{words}</Link> : <div className="g-total">{words}</div>
}
