/** The situation: what is being answered, the few numbers that matter with their unknowns, the tree as a map, what is overdue. */
import { lazy, Suspense } from 'react'
import { useSearchParams } from 'wouter'
import { LevelTag, Tag } from '#ui/tags.tsx'
import { Button } from '#ui/controls.tsx'
import { DataAge } from '#ui/figures.tsx'
import { date } from '#ui/format.ts'
import { useNarrow } from '#ui/media.ts'
import { Details, Grid, Page, Panel, Stack } from '#ui/page.tsx'
import { EmptyState, Ready } from '#ui/states.tsx'
import { read, say, t, useLanguage } from '#ui/words.ts'
import { Totals } from '#slices/measures/web/totals.tsx'
import { hazardWords, type HazardName } from '#slices/responses/rules.ts'
import { MyUnits } from './situation/MyUnits.tsx'
import { CoverageMap } from './situation/CoverageMap.tsx'
import { KeyFigures, LastHour, LateByUnit } from './situation/parts.tsx'
import { StartBanner } from './first-run/StartBanner.tsx'
import { useSituation, type Situation } from './situation/reads.ts'
import './situation/situation.css'

const Wall = lazy(() => import('./situation/wall/Wall.tsx').then((module) => ({ default: module.Wall })))

export function SituationPage() {
  useLanguage()
  const [search] = useSearchParams()
  const situation = useSituation()
  const narrow = useNarrow()
  if (search.get('wall') === '1') return <Suspense fallback={null}><Wall situation={situation} /></Suspense>
  const { coverage, responses, me } = situation
  const watches = situation.can('coverage.read')
  return (
    <Page
      wide
      title={t('态势', 'Situation')}
      lead={me && (situation.several ? t('我负责的 {n} 个组织，数字是合计', 'The {n} {n:unit|units} I answer for, added up', { n: situation.mine.length }) : coverage.data ? (situation.mine.length > 1 ? t('以下合计只算{unit}', 'The figures are of {unit} alone', { unit: read(coverage.data.unit.name) }) : read(coverage.data.unit.name)) : read(me.institution.name))}
      actions={
        <>
          {coverage.data && <DataAge at={coverage.data.asOf} />}
          {/* It is for a screen on a wall. */}
          {watches && !narrow && <Button to="/situation?wall=1">{t('大屏', 'Wall')}</Button>}
        </>
      }
    >
      <StartBanner />
      <Ready read={responses} rows={4}>{() => <Responses situation={situation} />}</Ready>
      {!watches && (
        <Panel>
          <EmptyState icon="home" title={t('这里没有需要您处理的', 'Nothing here needs you')} action={<a className="b-button" href="/m/">{t('打开“我的一天”', 'Open “my day”')}</a>}>
            {t('填报、通知和求助都在手机页面上。', 'Answers, notices and help are on the phone pages.')}
          </EmptyState>
        </Panel>
      )}
      {watches && situation.mine.length > 0 && <MyUnits units={situation.mine.slice(0, 8)} />}
      {watches && situation.homeId !== null && (
        <>
          <KeyFigures situation={situation} />
          <Ready read={coverage} rows={5} empty={{ when: (data) => data.measures.length === 0, show: <NoMeasures manages={situation.can('measure.manage')} /> }}>
            {(data) => (
              <>
                <Totals answer={data} mine={situation.several} />
                {data.rows.length > 0 && <CoverageMap home={{ ...situation.standing, data }} />}
              </>
            )}
          </Ready>
          <div className="st-two">
            <LateByUnit situation={situation} />
            <LastHour situation={situation} />
          </div>
        </>
      )}
    </Page>
  )
}

function Responses({ situation }: { situation: Situation }) {
  if (situation.open.length === 0)
    return (
      <Panel>
        <EmptyState title={t('没有进行中的应急响应', 'No response is open')} action={situation.can('response.manage') && <Button to="/responses">{t('应急响应', 'Responses')}</Button>}>
          {t('平时状态：不采集、不打卡。', 'Normal times: nothing is collected.')}
        </EmptyState>
      </Panel>
    )
  return (
    <Grid min={420}>
      {situation.open.map((one) => (
        <section key={one.responseId} className={`st-response st-level-${one.level}`}>
          <div className="st-day">
            <small>{t('第', 'day')}</small>
            <b className="num">{one.day}</b>
            <small>{t('天', '')}</small>
          </div>
          <Stack gap={8}>
            <h2>
              <LevelTag level={one.level as 1 | 2 | 3 | 4} /> {read(one.name)} {one.hazards.map((hazard) => <Tag key={hazard}>{say(hazardWords[hazard as HazardName] ?? { zh: hazard, en: hazard })}</Tag>)}
            </h2>
            <Details
              columns={3}
              items={[
                { label: t('依据', 'Basis'), value: read(one.basis) },
                { label: t('决定', 'Decided by'), value: read(one.decidedBy) },
                { label: t('启动', 'Opened'), value: date(one.openedAt) },
                { label: t('预计结束', 'Planned end'), value: one.plannedEnd ? date(one.plannedEnd) : t('未定', 'open') },
              ]}
            />
          </Stack>
        </section>
      ))}
    </Grid>
  )
}

function NoMeasures({ manages }: { manages: boolean }) {
  return (
    <Panel>
      <EmptyState icon="gaps" title={t('还没有启用的措施', 'No measure is on yet')} action={manages && <Button look="primary" to="/measures">{t('起草措施', 'Draft a measure')}</Button>}>
        {t('措施启用后，这里显示覆盖与缺口。', 'Once a measure is on, its coverage and gaps are here.')}
      </EmptyState>
    </Panel>
  )
}
