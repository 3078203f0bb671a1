/** Cards for the pages of others: where a person stands, how a unit is covered. */
import { useState } from 'react'
import { Button } from '#ui/controls.tsx'
import { useRead } from '#ui/data.ts'
import { DataAge } from '#ui/figures.tsx'
import { SidePanel } from '#ui/feedback.tsx'
import { count, dateTime, relative } from '#ui/format.ts'
import { Panel, Stack, TextLink } from '#ui/page.tsx'
import { PersonName } from '#ui/people.tsx'
import { AskReason, useReason } from '#slices/directory/web/cards.tsx'
import { useSession } from '#ui/session.tsx'
import { EmptyState, LoadingState, Ready } from '#ui/states.tsx'
import { StandingTag } from '#ui/tags.tsx'
import { read as inScript, say, t } from '#ui/words.ts'
import { asksOf, coverage, gapPeople, history, standings } from '../contract.ts'
import { AnswerFor } from './answer-for.tsx'
import { contactText } from './gap-words.ts'
import { Totals } from './totals.tsx'
import { useMayOver, type Me } from '#slices/directory/web/unit-choice.ts'
import './measures.css'

/** Where a person stands on every measure that is on; answering for them from here. Needs `person.facts` over the person. */
export function StandingsCard({ personId, name }: { personId: string; name?: string }) {
  const mayOver = useMayOver()
  const { me } = useSession<Me>()
  // Nobody answers "for" themselves: their own questions are on the phone's page.
  const own = me?.person.personId === personId
  const read = useRead(standings, { subjectId: personId }, { topics: ['coverage', 'measures'] })
  const [answering, setAnswering] = useState(false)
  const lacking = useRead(asksOf, { subjectId: personId }, { topics: ['coverage'], enabled: !own && mayOver('person.answer-for') && (read.data?.standings.some((one) => one.state === 'unknown' || one.state === 'gap') ?? false), keep: false })
  const lacks = (measureId: string) => (lacking.data?.asks ?? []).filter((ask) => ask.because.some((one) => one.measureId === measureId)).map((ask) => say(ask.attribute.label))
  const asks = read.data?.standings.some((one) => one.state === 'unknown') ?? false
  return (
    <Panel flush title={t('各项措施', 'Measures')} actions={asks && (own ? <a className="b-link" href="/m/">{t('去填报', 'Answer')}</a> : mayOver('person.answer-for') && <Button size="small" onClick={() => setAnswering(true)}>{t('代填', 'Answer for them')}</Button>)}>
      {/* What is lacking makes each line higher: they come together. */ lacking.loading ? <LoadingState rows={3} /> : <Ready read={read} rows={3} empty={{ when: (data) => data.standings.length === 0, show: <EmptyState title={t('没有涉及此人的措施', 'No measure concerns this person')} /> }}>
        {(data) => (
          <ul className="c-standings">
            {data.standings.map((one) => (
              <li key={one.measureId}>
                <StandingTag state={one.state} />
                <span>
                  <b>{say(one.name)}</b>
                  <small>
                    {t('{when}起', '{when}', { when: relative(one.since) })}
                    {one.until && <> · {t('有效至 {when}', 'until {when}', { when: dateTime(one.until) })}</>}
                    {one.excuse && <> · {t('免除理由：{why}', 'excused: {why}', { why: one.excuse })}</>}
                  </small>
                  {(one.state === 'unknown' || one.state === 'gap') && lacks(one.measureId).length > 0 && <small className="g-late">{one.state === 'unknown' ? t('还缺：{what}', 'Lacking: {what}', { what: lacks(one.measureId).join(t('；', '; ')) }) : t('要处理：{what}', 'To settle: {what}', { what: lacks(one.measureId).join(t('；', '; ')) })}</small>}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Ready>}
      <SidePanel open={answering} title={t('代填', 'Answer for them')} onClose={() => setAnswering(false)}>
        <AnswerFor subjectId={personId} name={name ?? t('此人', 'this person')} />
      </SidePanel>
    </Panel>
  )
}

/** Who is still to be reached in a unit, by name with the number; the list itself is a press away. Needs `gap.read` over the unit. */
export function GapsCard({ unitId, tree }: { unitId: string; tree: string }) {
  const reason = useReason(unitId)
  const read = useRead(gapPeople, { unitId, reach: ['untried', 'reminded', 'no-answer'], sort: 'danger', size: 6, facets: true }, { topics: ['coverage', 'gaps'], enabled: reason.open, keep: false })
  const to = `/gaps?${new URLSearchParams({ unit: unitId, ...(tree === 'admin' ? {} : { tree }) })}`
  if (reason.needed) return <AskReason at={reason.needed} onGiven={reason.again} />
  return (
    <Panel flush title={t('还没联系上的人', 'Still to be reached')} note={read.data && t('{n} 人；全部缺口 {all} 人', '{n} {n:person|people}; {all} with gaps in all', { n: count(read.data.total), all: count(read.data.facets?.all ?? 0) })} actions={read.data && (read.data.facets?.all ?? 0) > 0 && <TextLink to={to}>{t('去联系', 'Reach them')}</TextLink>}>
      <Ready read={read} rows={3} empty={{ when: (data) => data.total === 0, show: <p className="c-none b-muted">{(read.data?.facets?.all ?? 0) > 0 ? t('都联系过了，等他们补上。', 'All were reached; their answers are awaited.') : t('没有缺口。', 'No gaps.')}</p> }}>
        {(data) => (
          <ul className="c-people">
            {data.people.map((one) => (
              <li key={one.subject.id}>
                {one.subject.kind === 'unit' ? <TextLink to={`/units/${one.subject.id}`}>{inScript(one.subject.name)}</TextLink> : <PersonName name={one.subject.name} number={one.subject.number ?? undefined} to={`/people/${one.subject.id}`} />}
                <span className="b-muted">{one.open.map((open) => say(data.measures.find((measure) => measure.measureId === open.measureId)?.name ?? { zh: '', en: '' })).join(t('、', ', '))}</span>
                <small className={one.open.some((open) => open.overdue) ? 'g-late' : 'b-muted'}>{one.tried[0] ? contactText(one.tried[0]) : t('还没联系', 'nothing yet')}</small>
              </li>
            ))}
          </ul>
        )}
      </Ready>
    </Panel>
  )
}

/** How a unit is covered, one sheet a measure; numbers open their rows. Needs `coverage.read` over the unit. */
export function CoverageCard({ unitId }: { unitId: string }) {
  const read = useRead(coverage, { unitId }, { topics: ['coverage', 'measures'] })
  const course = useRead(history, { unitId, days: 7 }, { topics: ['history'] })
  // Its course makes each sheet higher: they come together.
  if (course.loading) return <LoadingState rows={4} />
  return (
    <Ready read={read} rows={4} empty={{ when: (data) => data.measures.length === 0, show: <Panel title={t('覆盖', 'Coverage')}><EmptyState icon="gaps" title={t('还没有启用的措施', 'No measure is on yet')} /></Panel> }}>
      {(data) => (
        <Stack gap={12}>
          <Totals answer={data} courseOf={(measureId) => (course.data?.points ?? []).flatMap((point) => point.cells.filter((one) => one.measureId === measureId).map((one) => ({ at: point.at, open: one.gap + one.unknown })))} />
          <Stack row align="between" gap={12}>
            <DataAge at={data.asOf} />
            {data.rows.length > 0 && <TextLink to={`/coverage?${new URLSearchParams({ unit: unitId, ...(data.unit.tree === 'admin' ? {} : { tree: data.unit.tree }) })}`}>{t('看下级组织的覆盖', 'The units below')}</TextLink>}
          </Stack>
        </Stack>
      )}
    </Ready>
  )
}
