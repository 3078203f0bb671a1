/** For those who answer for some units: their own people first. */
import type { Output } from '#kernel/contract.ts'
import { gapPeople } from '#slices/measures/contract.ts'
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
  const list = useRead(gapPeople, { unitId: unit.unitId, sort: 'danger', size: most }, { topics: ['coverage', 'gaps'], refetchMs: 60_000 })
  const to = `/gaps?unit=${unit.unitId}${unit.tree === 'admin' ? '' : `&tree=${unit.tree}`}`
  return (
    <Panel flush title={t('我负责的：{unit}', 'Mine: {unit}', { unit: read(unit.name) })} note={list.data && t('{n} 人有缺口或未知', '{n} {n:person|people} with gaps or unknown', { n: count(list.data.total) })} actions={list.data && list.data.total > 0 && <TextLink to={to}>{t('去处理', 'Act on them')}</TextLink>}>
      <Ready read={list} rows={3} empty={{ when: (data) => data.total === 0, show: <EmptyState title={t('都清楚，都达标', 'All known and in order')} /> }}>
        {(data) => (
          <ul className="st-list">
            {data.people.map(({ subject, open }) => (
              <li key={subject.id} className="st-gap">
                {subject.kind === 'unit' ? <b>{read(subject.name)}</b> : <PersonName name={subject.name} number={subject.number ?? undefined} />}
                <span className="b-muted">{open.map((one) => say(data.measures.find((measure) => measure.measureId === one.measureId)?.name ?? { zh: '', en: '' })).join(t('、', ', '))}</span>
                <span className={open.some((one) => one.overdue) ? 'st-late' : 'b-muted'}>{relative(open.map((one) => one.since).toSorted()[0] ?? data.asOf)}</span>
                <StandingTag state={open.some((one) => one.state === 'gap') ? 'gap' : 'unknown'} />
              </li>
            ))}
          </ul>
        )}
      </Ready>
    </Panel>
  )
}
