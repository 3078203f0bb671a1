/** The few numbers, and what is overdue. */
import { useLocation } from 'wouter'
import { Figure } from '#ui/figures.tsx'
import { count, deadline } from '#ui/format.ts'
import { Grid, Panel, TextLink } from '#ui/page.tsx'
import { EmptyState } from '#ui/states.tsx'
import { read, t } from '#ui/words.ts'
import type { Situation } from './reads.ts'

export function KeyFigures({ situation, wall }: { situation: Situation; wall?: boolean }) {
  const [, go] = useLocation()
  const { coverage, overdue, queued, counted, ownerless, sum, can } = situation
  const size = wall ? 'wall' : 'large'
  const names = can('gap.read')
  const data = coverage.data
  const help = queued.data?.total ?? counted.data?.waiting
  return (
    <Grid min={wall ? 260 : 160}>
      {data && data.measures.length > 0 && (
        <>
          <Figure size={size} label={t('缺口', 'Gaps')} value={sum('gap')} unit={t('项', '')} tone={sum('gap') ? 'bad' : 'good'} at={data.asOf} unknown={sum('unknown') > 0 && t('另有 {n} 项未知', '{n} more unknown', { n: count(sum('unknown')) })} {...(names ? { onClick: () => go('/gaps?state=gap') } : {})} />
          <Figure size={size} label={t('未知', 'Unknown')} value={sum('unknown')} unit={t('/ {n} 项', '/ {n}', { n: count(sum('population')) })} tone={sum('unknown') ? 'warn' : 'good'} at={data.asOf} {...(names ? { onClick: () => go('/gaps?state=unknown') } : {})} />
        </>
      )}
      {overdue.data && <Figure size={size} label={t('逾期任务', 'Overdue duties')} value={overdue.data.total} unit={t('项', '')} tone={overdue.data.total ? 'bad' : 'good'} at={overdue.data.asOf} onClick={() => go('/notices')} />}
      {queued.data || counted.data ? (
        <Figure size={size} label={t('未办结的求助', 'Help requests open')} value={help ?? t('1—4', '1–4')} unit={t('件', '')} tone={help === 0 ? 'good' : 'warn'} at={(queued.data ?? counted.data)?.asOf ?? ''} {...(queued.data ? { onClick: () => go('/help') } : {})} />
      ) : null}
      {ownerless.data && <Figure size={size} label={t('没有直接责任人', 'Without an owner')} value={ownerless.data.people} unit={t('人', '')} tone={ownerless.data.people ? 'warn' : 'good'} at={ownerless.at} unknown={ownerless.data.units.length > 0 && t('{n} 个组织', '{n} units', { n: ownerless.data.units.length })} onClick={() => go(`/orphans/${situation.homeId ?? ''}`)} />}
    </Grid>
  )
}

export function Overdue({ situation, most = 8 }: { situation: Situation; most?: number }) {
  const data = situation.overdue.data
  if (!data) return null
  return (
    <Panel flush title={t('逾期的任务', 'Overdue duties')} note={t('{n} 项', '{n}', { n: count(data.total) })} tone={data.total ? 'bad' : 'plain'} actions={data.total > most && <TextLink to="/notices">{t('全部', 'All')}</TextLink>}>
      {data.assignments.length === 0 ? (
        <EmptyState title={t('没有逾期的任务', 'Nothing is overdue')} />
      ) : (
        <ul className="st-list">
          {data.assignments.slice(0, most).map((one) => (
            <li key={one.assignmentId}>
              <b>{read(one.unit.name)}</b> <span className="st-late num">{one.dueAt ? deadline(one.dueAt).text : ''}</span>
              <p>{read(one.text)}</p>
              <small>
                <span translate="no">{one.owner?.person.name ?? t('无人负责', 'nobody answers')}</span>
                {one.owner?.phone && <> · <a className="b-link num" href={`tel:${one.owner.phone}`}>{one.owner.phone}</a></>} · {read(one.noticeTitle)}
              </small>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
