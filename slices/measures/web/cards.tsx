/** Cards for the pages of others: where a person stands, how a unit is covered. */
import { useState } from 'react'
import { Button } from '#ui/controls.tsx'
import { useRead } from '#ui/data.ts'
import { DataAge } from '#ui/figures.tsx'
import { SidePanel } from '#ui/feedback.tsx'
import { dateTime, relative } from '#ui/format.ts'
import { Grid, Panel, Stack, TextLink } from '#ui/page.tsx'
import { useSession } from '#ui/session.tsx'
import { EmptyState, Ready } from '#ui/states.tsx'
import { StandingTag } from '#ui/tags.tsx'
import { say, t } from '#ui/words.ts'
import { coverage, standings } from '../contract.ts'
import { AnswerFor } from './answer-for.tsx'
import { TotalCard } from './coverage.tsx'
import { useMayOver, type Me } from './units.ts'
import './measures.css'

/** Where a person stands on every measure that is on; answering for them from here. Needs `person.facts` over the person. */
export function StandingsCard({ personId, name }: { personId: string; name?: string }) {
  const mayOver = useMayOver()
  const { me } = useSession<Me>()
  // Nobody answers "for" themselves: their own questions are on the phone's page.
  const own = me?.person.personId === personId
  const read = useRead(standings, { subjectId: personId }, { topics: ['coverage', 'measures'] })
  const [answering, setAnswering] = useState(false)
  const asks = read.data?.standings.some((one) => one.state === 'unknown') ?? false
  return (
    <Panel flush title={t('各项措施', 'Measures')} actions={asks && (own ? <a className="b-link" href="/m/">{t('去填报', 'Answer')}</a> : mayOver('person.answer-for') && <Button size="small" onClick={() => setAnswering(true)}>{t('代填', 'Answer for them')}</Button>)}>
      <Ready read={read} rows={3} empty={{ when: (data) => data.standings.length === 0, show: <EmptyState title={t('没有涉及此人的措施', 'No measure concerns this person')} /> }}>
        {(data) => (
          <ul className="c-standings">
            {data.standings.map((one) => (
              <li key={one.measureId}>
                <StandingTag state={one.state} />
                <span>
                  <b>{say(one.name)}</b>
                  <small>
                    {t('{when}起', 'since {when}', { when: relative(one.since) })}
                    {one.until && <> · {t('有效至 {when}', 'until {when}', { when: dateTime(one.until) })}</>}
                    {one.excuse && <> · {t('免除理由：{why}', 'excused: {why}', { why: one.excuse })}</>}
                  </small>
                </span>
              </li>
            ))}
          </ul>
        )}
      </Ready>
      <SidePanel open={answering} title={t('代填', 'Answer for them')} onClose={() => setAnswering(false)}>
        <AnswerFor subjectId={personId} name={name ?? t('此人', 'this person')} />
      </SidePanel>
    </Panel>
  )
}

/** How a unit is covered, one sheet a measure; numbers open their rows. Needs `coverage.read` over the unit. */
export function CoverageCard({ unitId }: { unitId: string }) {
  const read = useRead(coverage, { unitId }, { topics: ['coverage', 'measures'] })
  return (
    <Ready read={read} rows={4} empty={{ when: (data) => data.measures.length === 0, show: <Panel title={t('覆盖', 'Coverage')}><EmptyState icon="gaps" title={t('还没有启用的措施', 'No measure is on yet')} /></Panel> }}>
      {(data) => (
        <Stack gap={12}>
          <Grid min={340}>
            {data.measures.map((measure) => {
              const cell = data.total.find((one) => one.measureId === measure.measureId)
              return cell && cell.population > 0 ? <TotalCard key={measure.measureId} title={say(measure.name)} cell={cell} unitId={unitId} tree={data.unit.tree} units={measure.subjectKind === 'unit'} /> : null
            })}
          </Grid>
          <Stack row align="between" gap={12}>
            <DataAge at={data.asOf} />
            {data.rows.length > 0 && <TextLink to={`/coverage?${new URLSearchParams({ unit: unitId, ...(data.unit.tree === 'admin' ? {} : { tree: data.unit.tree }) })}`}>{t('看下级组织的覆盖', 'The units below')}</TextLink>}
          </Stack>
        </Stack>
      )}
    </Ready>
  )
}
