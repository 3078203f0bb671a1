/** For those who answer for some units: their own people first. */
import type { Output } from '#kernel/contract.ts'
import { gaps } from '#slices/measures/contract.ts'
import type { me } from '#slices/directory/contract.ts'
import { useRead } from '#ui/data.ts'
import { count, relative } from '#ui/format.ts'
import { Grid, Panel, TextLink } from '#ui/page.tsx'
import { PersonName } from '#ui/people.tsx'
import { EmptyState, Ready } from '#ui/states.tsx'
import { StandingTag } from '#ui/tags.tsx'
import { read, say, t } from '#ui/words.ts'

type Unit = Output<typeof me>['offices'][number]['unit']
const most = 8

export function MyUnits({ units }: { units: readonly Unit[] }) {
  return (
    <Grid min={420}>
      {units.map((unit) => (
        <MyUnit key={unit.unitId} unit={unit} />
      ))}
    </Grid>
  )
}

function MyUnit({ unit }: { unit: Unit }) {
  const list = useRead(gaps, { unitId: unit.unitId, size: most }, { topics: ['coverage', 'gaps'], refetchMs: 60_000 })
  const to = `/gaps?unit=${unit.unitId}${unit.tree === 'admin' ? '' : `&tree=${unit.tree}`}`
  return (
    <Panel flush title={t('我负责的：{unit}', 'Mine: {unit}', { unit: read(unit.name) })} note={list.data && t('{n} 项待处理', '{n} open', { n: count(list.data.total) })} actions={list.data && list.data.total > 0 && <TextLink to={to}>{t('去处理', 'Act on them')}</TextLink>}>
      <Ready read={list} rows={3} empty={{ when: (data) => data.total === 0, show: <EmptyState title={t('都清楚，都达标', 'All known and in order')} /> }}>
        {(data) => (
          <ul className="st-list">
            {data.gaps.map((gap) => (
              <li key={`${gap.measureId}${gap.subject.id}`} className="st-gap">
                {gap.subject.kind === 'unit' ? <b>{read(gap.subject.name)}</b> : <PersonName name={gap.subject.name} number={gap.subject.number ?? undefined} />}
                <span className="b-muted">{say(gap.measure)}</span>
                <span className={gap.overdue ? 'st-late' : 'b-muted'}>{relative(gap.since)}</span>
                <StandingTag state={gap.state} />
              </li>
            ))}
          </ul>
        )}
      </Ready>
    </Panel>
  )
}
