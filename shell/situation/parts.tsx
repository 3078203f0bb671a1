/** The few numbers, what is overdue by unit, what happened in the last hour: at the desk. */
import { Link, useLocation } from 'wouter'
import { Figure, type FigureProps } from '#ui/figures.tsx'
import { count, presentMoment, relative, span, time } from '#ui/format.ts'
import { Icon } from '#ui/icons.tsx'
import { Grid, Panel, TextLink } from '#ui/page.tsx'
import { EmptyState, Ready } from '#ui/states.tsx'
import { read, t } from '#ui/words.ts'
import { happenings } from './happened.ts'
import type { Late, Situation } from './reads.ts'

export interface KeyFigure extends Pick<FigureProps, 'value' | 'label' | 'unit' | 'trend' | 'at' | 'tone' | 'unknown' | 'series' | 'seriesLabel'> {
  key: string
  to?: string
  /** Of how many. */
  of?: string
}

const sinceYesterday = () => t('较昨日此时', 'in 24 h')
const lastWeek = () => t('近 7 天', 'last 7 days')
const trendOf = (by: number | null): { trend?: NonNullable<FigureProps['trend']> } => (by === null ? {} : { trend: { by, since: sinceYesterday(), good: 'down' } })
const lineOf = (series: readonly (number | null)[]): { series?: readonly (number | null)[]; seriesLabel?: string } => (series.filter((value) => value !== null).length > 1 ? { series, seriesLabel: lastWeek() } : {})
const steps = 28

/** The few numbers that matter, each with its trend and its unknowns. */
export function keyFigures({ standing, coverage, overdue, help, counted, ownerless, homeId, several, can }: Situation): KeyFigure[] {
  const data = coverage.data
  const names = can('gap.read')
  const figures: (KeyFigure | false)[] = [
    data !== undefined && data.measures.length > 0 && {
      key: 'gap', label: t('缺口', 'Gaps'), value: standing.sum('gap'), unit: t('项', ''), tone: standing.sum('gap') ? 'bad' : 'good', at: data.asOf, ...trendOf(standing.sinceYesterday('gap')), ...lineOf(standing.line('gap', steps)),
      unknown: standing.sum('unknown') > 0 && t('另有 {n} 项未知', '{n} unknown', { n: count(standing.sum('unknown')) }), ...(names ? { to: '/gaps?state=gap' } : {}),
    },
    data !== undefined && data.measures.length > 0 && {
      key: 'unknown', label: t('未知', 'Unknown'), value: standing.sum('unknown'), unit: t('项', ''), of: t('共 {n} 项', 'of {n}', { n: count(standing.sum('population')) }), tone: standing.sum('unknown') ? 'warn' : 'good', at: data.asOf, ...trendOf(standing.sinceYesterday('unknown')), ...lineOf(standing.line('unknown', steps)),
      ...(names ? { to: '/gaps?state=unknown' } : {}),
    },
    overdue.data !== undefined && {
      key: 'overdue', label: t('逾期任务', 'Overdue duties'), value: overdue.data.total, unit: t('项', ''), tone: overdue.data.total ? 'bad' : 'good', at: overdue.data.asOf, ...trendOf(overdue.data.total - overdue.data.dayAgo),
      ...lineOf([...overdue.data.points.slice(-28).map((point) => point.total), overdue.data.total]), to: several ? '/duties' : homeId ? `/duties?unit=${homeId}&below=1` : '/notices',
    },
    help.data !== undefined && {
      key: 'help', label: t('未办结的求助', 'Help open'), value: help.data.total, unit: t('件', ''), tone: help.data.total ? 'warn' : 'good', at: help.data.asOf, ...trendOf(help.data.total - help.data.dayAgo), ...lineOf([...help.data.points.slice(-28).map((point) => point.total), help.data.total]),
      unknown: help.data.urgent + help.data.overdue > 0 && t('紧急 {n} · 超时 {m}', '{n} urgent · {m} late', { n: count(help.data.urgent), m: count(help.data.overdue) }), to: '/help',
    },
    counted.data !== undefined && !several && { key: 'help', label: t('未办结的求助', 'Help open'), value: counted.data.waiting ?? t('1—4', '1–4'), unit: t('件', ''), tone: counted.data.waiting === 0 ? 'good' : 'warn', at: counted.data.asOf },
    ownerless.data !== undefined && {
      key: 'ownerless', label: t('没有直接责任人的组织', 'Units without an owner'), value: ownerless.data.units.length, unit: t('个', ''), tone: ownerless.data.people ? 'warn' : 'good', at: presentMoment(), unknown: ownerless.data.people > 0 && t('共 {n} 人', '{n} {n:person|people}', { n: count(ownerless.data.people) }), ...(several ? {} : { to: `/orphans/${homeId ?? ''}` }),
    },
  ]
  return figures.filter((figure) => figure !== false)
}

export function KeyFigures({ situation }: { situation: Situation }) {
  const [, go] = useLocation()
  return (
    <div className="st-figures">
      <Grid min={160}>
        {/* One age for all of them stands at the head of the page. */}
        {keyFigures(situation).map(({ key, to, at: _, of, ...figure }) => (
          <Figure key={key} {...figure} unit={of ?? figure.unit} {...(to ? { onClick: () => go(to) } : {})} />
        ))}
      </Grid>
    </div>
  )
}

/** Where the overdue duties of a unit are listed. */
export const lateAt = (row: Late['units'][number]): string => `/duties?unit=${row.unit.unitId}&below=1`

export function LateByUnit({ situation, most = 8 }: { situation: Situation; most?: number }) {
  const data = situation.overdue.data
  if (!data) return null
  const worst = data.units[0]?.total ?? 1
  return (
    <Panel flush title={t('逾期的任务', 'Overdue duties')} note={data.total > 0 ? t('{n} 项，{m} 个单位', '{n} in {m} {m:unit|units}', { n: count(data.total), m: count(data.units.length) }) : undefined} actions={data.units.length > most && <TextLink to="/notices">{t('全部', 'All')}</TextLink>}>
      {data.units.length === 0 ? (
        <EmptyState title={t('没有逾期的任务', 'Nothing is overdue')} />
      ) : (
        <ul className="st-list">
          {data.units.slice(0, most).map((row) => (
            <li key={row.unit.unitId}>
              <Link href={lateAt(row)} className="st-line">
                <span className="st-line-head">
                  <b>{read(row.unit.name)}</b>
                  <span className="st-late num">{t('最久 {span}', 'up to {span}', { span: span(new Date(data.asOf).getTime() - new Date(row.oldestDueAt).getTime()) })}</span>
                  <b className="num st-line-count">{count(row.total)}</b>
                </span>
                <span className="st-line-bar" aria-hidden><i style={{ inlineSize: `${(row.total / worst) * 100}%` }} /></span>
                <span className="st-line-text">{read(row.text)}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

export function LastHour({ situation, most = 10 }: { situation: Situation; most?: number }) {
  const { lately } = situation
  if (!situation.can('notice.read')) return null
  const list = happenings({ recent: lately.data, open: situation.open, help: situation.help.data, coverage: situation.coverage.data, history: situation.standing.moved.data })
  return (
    <Panel flush title={t('过去一小时', 'The last hour')} note={list.length > most ? t('最近 {n} 条，共 {m} 条', 'the latest {n} of {m}', { n: most, m: list.length }) : undefined}>
      <Ready read={lately} rows={4} empty={{ when: () => list.length === 0, show: <EmptyState icon="clock" title={t('过去一小时没有新的动态', 'Nothing happened in the last hour')} /> }}>
        {() => (
          <ol className="st-list" aria-live="off">
            {list.slice(0, most).map((one) => (
              <li key={one.key} className="st-happened">
                <time className="num" dateTime={one.at} title={relative(one.at)}>{one.within ? t('近 1 小时', 'past hour') : time(one.at)}</time>
                <span className={`st-sign st-sign-${one.tone}`}><Icon name={one.icon} size={16} /></span>
                <span>
                  {one.unit && <b>{one.unit} </b>}
                  {one.to ? <TextLink to={one.to}>{one.what}</TextLink> : one.what}
                  {one.about && <small>{one.about}</small>}
                </span>
              </li>
            ))}
          </ol>
        )}
      </Ready>
    </Panel>
  )
}
