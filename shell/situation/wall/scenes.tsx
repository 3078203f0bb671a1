/** The scenes of the wall. Nothing in them names a person. Letters as large as five metres ask for. */
import { useState } from 'react'
import { StandingBar, TrendMark } from '#ui/figures.tsx'
import { count, share, span, time } from '#ui/format.ts'
import { Icon } from '#ui/icons.tsx'
import { Sparkline } from '#ui/sparkline.tsx'
import { read, say, t } from '#ui/words.ts'
import { Grounds, nodesOf } from '../CoverageMap.tsx'
import { CoverageTiles, signsOf } from '../CoverageTiles.tsx'
import { happenings } from '../happened.ts'
import { keyFigures } from '../parts.tsx'
import { useStanding, type OpenResponse, type Situation } from '../reads.ts'
import { openOf, shareOf, worstFirst, worstMeasure, type Cell } from '../trend.ts'

export interface SceneProps {
  situation: Situation
  /** Only of this response; null: of all that is on. */
  response: OpenResponse | null
  /** Size of a unit in px. */
  u: number
}

function Calm({ title, text }: { title: string; text?: string }) {
  return (
    <div className="w-calm">
      <Icon name="check" size={120} />
      <p>{title}</p>
      {text && <small>{text}</small>}
    </div>
  )
}

/** The numbers, and the measures they come from. */
export function FiguresScene({ situation, response, u }: SceneProps) {
  const own = useStanding(response ? situation.homeId : null, response?.responseId)
  const standing = response ? own : situation.standing
  const data = standing.covered.data
  const figures = keyFigures({ ...situation, standing, coverage: standing.covered }).slice(0, 4)
  const measures = (data?.measures ?? [])
    .flatMap((measure) => { const cell = data?.total.find((one) => one.measureId === measure.measureId); return cell && cell.population > 0 ? [{ measure, cell }] : [] })
    .toSorted((a, b) => openOf(b.cell) / b.cell.population - openOf(a.cell) / a.cell.population)
  const shown = measures.slice(0, 4)
  return (
    <div className="w-figures">
      <div className="w-row">
        {figures.map((figure) => {
          const text = typeof figure.value === 'number' ? count(figure.value) : figure.value
          return (
            <section key={figure.key} className={`w-figure w-tone-${figure.tone ?? 'plain'}`}>
              <h2>{figure.label}</h2>
              <p className={valueClass(text)}>{text}{text.length < 8 && <small>{figure.unit}</small>}</p>
              <div className="w-trend">{figure.trend ? <TrendMark trend={figure.trend} /> : <span className="w-quiet">{t('昨日此时无清点', 'not counted this time yesterday')}</span>}</div>
              {figure.series && <Sparkline values={figure.series} label={figure.seriesLabel ?? ''} tone={figure.tone ?? 'plain'} width={Math.round(368 * u)} height={Math.round(36 * u)} />}
              <p className="w-unknown">{figure.unknown || (figure.of && <span className="w-quiet">{figure.of}</span>)}</p>
            </section>
          )
        })}
      </div>
      {data && measures.length === 0 && <Calm title={t('没有启用的措施', 'No measure is on')} text={t('平时状态：不采集、不打卡。', 'Normal times: nothing is collected.')} />}
      <div className={shown.length > 2 ? 'w-measures w-measures-two' : 'w-measures'}>
        {shown.map(({ measure, cell }) => (
          <section key={measure.measureId} className="w-measure">
            <h2>
              <span className={nameClass(say(measure.name))}>{say(measure.name)}</span>
              <b className="num">{shareOf(cell) === null ? t('未知', 'unknown') : share(cell.kept + cell.excused, cell.population)}</b>
            </h2>
            <StandingBar standing={cell} label={say(measure.name)} size="wall" legend={false} />
            <p className="num">
              <span className={cell.gap ? 'w-gap' : 'w-quiet'}>{t('缺口 {n}', 'gaps {n}', { n: count(cell.gap) })}</span>
              <span className={cell.unknown ? 'w-unknown' : 'w-quiet'}>{t('未知 {n}', 'unknown {n}', { n: count(cell.unknown) })}</span>
              <span className="w-quiet">{measure.subjectKind === 'unit' ? t('共 {n} 个组织', 'of {n} {n:unit|units}', { n: count(cell.population) }) : t('共 {n} 人', 'of {n} {n:person|people}', { n: count(cell.population) })}</span>
            </p>
          </section>
        ))}
      </div>
      {measures.length > shown.length && <p className="w-more">{t('另有 {n} 项措施情况较好，未在此列出', '{n} more {n:measure stands|measures stand} better', { n: measures.length - shown.length })}</p>}
    </div>
  )
}

/** A number as large as its length allows. */
const valueClass = (text: string) => `w-value num w-value-${text.length > 6 ? 'longer' : text.length > 5 ? 'long' : text.length > 3 ? 'some' : 'short'}`

/** What the number beside it consists of: the two kinds apart, or which one it all is, and of how many. */
function lackOf(cell: Cell): string {
  const of = { n: count(cell.population) }
  if (shareOf(cell) === null) return t('全部未知', 'all unknown')
  if (cell.unknown === 0) return t('均为缺口，应覆盖 {n}', 'all gaps, of {n}', of)
  if (cell.gap === 0) return t('均为未知，应覆盖 {n}', 'all unknown, of {n}', of)
  return `${t('缺口 {n}', 'gaps {n}', { n: count(cell.gap) })} · ${t('未知 {n}', 'unknown {n}', { n: count(cell.unknown) })}`
}

/** A long name is written as small as five metres allow, rather than cut. */
const nameClass = (name: string) => (signsOf(name) > 11 ? 'w-name w-name-long' : 'w-name')

/** The units as a map, with those beside it that most is missing from. `worst`: opened where it is worst. */
export function MapScene({ situation, response, u, worst }: SceneProps & { worst: boolean }) {
  const home = useStanding(situation.homeId, response?.responseId)
  const whole = home.covered.data
  const measure = whole && worstMeasure(whole.measures, whole.total)
  const measureId = measure?.measureId
  const top = worstFirst(nodesOf(whole, measureId, ''))[0]
  const [chosen, choose] = useState<string | null | undefined>(undefined)
  const at = chosen === undefined ? (worst ? (top?.id ?? null) : null) : chosen
  const below = useStanding(at, response?.responseId)
  const data = at === null ? whole : below.covered.data
  const nodes = nodesOf(data, measureId, '')
  const list = worstFirst(nodes).slice(0, 5)
  const most = Math.max(1, ...list.map((row) => openOf(row.cell)))
  if (whole && (!measure || nodesOf(whole, measureId, '').length === 0)) return <Calm title={t('没有启用的措施', 'No measure is on')} />
  return (
    <div className="w-map">
      <section className="w-map-box">
        <h2>
          <span>{measure && say(measure.name)}</span>
          <span className="w-where">
            {at !== null && <button type="button" className="w-link" onClick={() => choose(null)}>{whole && read(whole.unit.name)} ›</button>}
            {data && ` ${read(data.unit.name)}`}
          </span>
        </h2>
        {data && nodes.length === 0 ? <Calm title={t('下面没有组织', 'No units below')} /> : (
          <CoverageTiles label={t('覆盖图：{what}', 'Map of coverage: {what}', { what: measure ? say(measure.name) : '' })} nodes={nodes} onOpen={choose} {...(at === null ? {} : { onUp: () => choose(null) })} letters={{ name: 46 * u, least: 40 * u }} />
        )}
        <Grounds />
      </section>
      <section className="w-worst">
        <h2>{t('缺得最多', 'Most is missing in')}</h2>
        {data && list.length === 0 ? <Calm title={t('全部达标', 'All in order')} /> : (
          <ol>
            {list.map(({ id, name, cell }) => (
              <li key={id}>
                <span className={nameClass(name)}>{name}</span>
                <b className={cell.gap ? 'num' : 'num w-unknown'}>{count(openOf(cell))}</b>
                <span className="w-bar" aria-hidden><i className="w-bar-gap" style={{ inlineSize: `${(cell.gap / most) * 100}%` }} /><i className="w-bar-unknown" style={{ inlineSize: `${(cell.unknown / most) * 100}%` }} /></span>
                <small className="num">{lackOf(cell)}</small>
              </li>
            ))}
          </ol>
        )}
      </section>
    </div>
  )
}

/** Overdue duties by unit. */
export function LateScene({ situation, u }: SceneProps) {
  const data = situation.overdue.data
  if (!data) return null
  if (data.total === 0) return <Calm title={t('没有逾期的任务', 'Nothing is overdue')} />
  const rows = data.units.slice(0, 5)
  const most = Math.max(1, ...rows.map((row) => row.total))
  const trend = { by: data.total - data.dayAgo, since: t('较昨日此时', 'in 24 h'), good: 'down' as const }
  return (
    <div className="w-late">
      <section className="w-figure w-tone-bad">
        <h2>{t('逾期任务', 'Overdue duties')}</h2>
        <p className={valueClass(count(data.total))}>{count(data.total)}<small>{t('项', '')}</small></p>
        <div className="w-trend"><TrendMark trend={trend} /></div>
        <Sparkline values={[...data.points.slice(-28).map((point) => point.total), data.total]} label={t('近 7 天', 'last 7 days')} tone="bad" width={Math.round(380 * u)} height={Math.round(90 * u)} />
        <p className="w-quiet">{t('涉及 {n} 个单位', 'in {n} {n:unit|units}', { n: count(data.units.length) })}</p>
      </section>
      <ol className={rows.length < 4 ? 'w-few' : undefined}>
        {rows.map((row) => (
          <li key={row.unit.unitId}>
            <span className={nameClass(read(row.unit.name))}>{read(row.unit.name)}</span>
            <span className="w-since">{t('最久 {span}', 'up to {span}', { span: span(new Date(data.asOf).getTime() - new Date(row.oldestDueAt).getTime()) })}</span>
            <b className="num">{count(row.total)}</b>
            <span className="w-bar" aria-hidden><i className="w-bar-gap" style={{ inlineSize: `${(row.total / most) * 100}%` }} /></span>
            <small>{read(row.text)}</small>
          </li>
        ))}
      </ol>
    </div>
  )
}

/** What happened in the last hour. */
export function HourScene({ situation }: SceneProps) {
  const list = happenings({ recent: situation.lately.data, open: situation.open, help: situation.help.data, coverage: situation.coverage.data, history: situation.standing.moved.data })
  if (!situation.lately.data) return null
  if (list.length === 0) return <Calm title={t('过去一小时没有新的动态', 'Nothing happened in the last hour')} />
  return (
    <ol className="w-hour">
      {list.slice(0, 8).map((one) => (
        <li key={one.key}>
          <time className="num" dateTime={one.at}>{one.within ? t('近 1 小时', 'past hour') : time(one.at)}</time>
          <span className={`st-sign st-sign-${one.tone}`}><Icon name={one.icon} size={44} /></span>
          <span className="w-line">
            {one.unit && <b>{one.unit} </b>}
            {one.what}
            {one.about && <small>{one.about}</small>}
          </span>
        </li>
      ))}
      {list.length > 8 && <li className="w-more">{t('共 {n} 条', '{n} in all', { n: list.length })}</li>}
    </ol>
  )
}
