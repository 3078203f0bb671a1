/** One measure over a unit: the bar, the sum spelt out, each number opening its rows. */
import { createContext, Fragment, useContext } from 'react'
import { Link } from 'wouter'
import type { Output } from '#kernel/contract.ts'
import { StandingBar } from '#ui/figures.tsx'
import { count, dateTime } from '#ui/format.ts'
import { Panel } from '#ui/page.tsx'
import { useSession } from '#ui/session.tsx'
import { Sparkline } from '#ui/sparkline.tsx'
import { StandingSign, standingName, standingStates, type StandingState } from '#ui/tags.tsx'
import { t } from '#ui/words.ts'
import type { coverage } from '../contract.ts'
import { SponsorLine, type Sponsored } from './sponsor.tsx'
import './measures.css'

export type CoverageAnswer = Output<typeof coverage>
export type Cell = CoverageAnswer['total'][number]

/** Where the rows behind a number are; without a unit: those the reader answers for. */
export function rowsAt(unitId: string | null, measureId: string | null, state: StandingState | null, tree: string): string {
  const query = new URLSearchParams({ ...(unitId ? { unit: unitId } : {}), ...(measureId ? { measure: measureId } : {}), ...(state ? { state } : {}), ...(tree === 'admin' ? {} : { tree }) })
  return `/gaps?${query}`
}

/** The moment that is looked back at; null: now. The rows of the past are not kept by name. */
export const Moment = createContext<string | null>(null)

export function TotalCard({ title, cell, unitId, tree, units, sponsor, course = [] }: { title: string; cell: Cell; unitId: string | null; tree: string; units: boolean; sponsor?: Sponsored | undefined; /** Open gaps, in order of time. */ course?: readonly { at: string; open: number }[] }) {
  return (
    <Panel title={title} note={units ? t('应覆盖 {n} 个组织', '{n} {n:unit|units} in all', { n: count(cell.population) }) : t('应覆盖 {n} 人', '{n} {n:person|people} in all', { n: count(cell.population) })}>
      <StandingBar standing={cell} label={title} legend={false} />
      <p className="g-sum" role="group" aria-label={t('相加等于应覆盖', 'They add up')}>
        {standingStates.map((state, index) => (
          <Fragment key={state}>
            {index > 0 && <i>＋</i>}
            <Count cell={cell} state={state} unitId={unitId} tree={tree} named />
          </Fragment>
        ))}
        <span className="g-equals">
          <i>＝</i>
          <span className="g-count g-all">
            <span>{t('应覆盖', 'All')}</span>
            <b className="num">{count(cell.population)}</b>
          </span>
        </span>
      </p>
      {course.length > 2 && (
        <p className="g-course b-muted">
          <Sparkline values={course.map((one) => one.open)} label={t('缺口与未知的走势', 'Course of gaps and unknown')} width={140} />
          {t('缺口与未知：{when}时 {n}', 'Gaps and unknown: {n} {when}', { when: dateTime(course[0]?.at ?? ''), n: count(course[0]?.open ?? 0) })}
        </p>
      )}
      {sponsor && <SponsorLine sponsor={sponsor} />}
    </Panel>
  )
}

/** A number of people in one state; a link to their names for those who may see names. */
export function Count({ cell, state, unitId, tree, named }: { cell: Cell; state: StandingState; unitId: string | null; tree: string; named?: boolean }) {
  const { can } = useSession()
  const past = useContext(Moment) !== null
  const words = (
    <>
      <span>
        <StandingSign state={state} size={12} />
        {named ? ` ${standingName(state)}` : <span className="sr-only">{standingName(state)}</span>}
      </span>
      <b className="num">{count(cell[state])}</b>
    </>
  )
  if (cell[state] === 0 || past || !can('gap.read')) return <span className={`g-count${cell[state] === 0 ? ' g-zero' : ''}`}>{words}</span>
  return (
    <Link className={`g-count g-count-${state}`} href={rowsAt(unitId, cell.measureId, state, tree)}>
      {words}
    </Link>
  )
}
