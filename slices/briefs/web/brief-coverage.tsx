/** Coverage in a brief as the document has it: one table of the measures; the units of each are unfolded by whoever wants them. */
import { count } from '#ui/format.ts'
import { language, read, say, t } from '#ui/words.ts'
import { coverageShare, standingStates, standingWords } from '../rules.ts'
import type { Traced } from './trace.tsx'
import type { Brief, Figure } from './words.ts'

const columns = ['population', ...standingStates] as const

interface CoverageProps {
  brief: Brief
  by: ReadonlyMap<string, Figure>
  onTrace: (traced: Traced) => void
}

export function Coverage({ brief, by, onTrace }: CoverageProps) {
  const figureOf = (measureId: string, state: string) => by.get(`coverage/${measureId}/${state}`)
  const shareOf = (measureId: string): string => {
    const [population, kept, excused] = ['population', 'kept', 'excused'].map((state) => figureOf(measureId, state)?.value ?? null)
    const share = typeof population === 'number' && typeof kept === 'number' && typeof excused === 'number' ? coverageShare({ population, kept, excused }) : null
    return share === null ? '—' : `${(share * 100).toFixed(1)}%`
  }
  const heads = columns.map((state) => <th key={state}>{say(standingWords[state])}</th>)
  return (
    <>
      <div className="br-table br-scroll" tabIndex={0} role="region" aria-label={t('各项措施覆盖情况', 'Coverage by measure')}>
        <table>
          <thead><tr><th>{t('措施', 'Measure')}</th>{heads}<th>{t('达标率', 'Share')}</th></tr></thead>
          <tbody>
            {brief.tables.map((table) => (
              <tr key={table.measureId}>
                <th scope="row">{say(table.name)}</th>
                {columns.map((state) => <td key={state}><Value figure={figureOf(table.measureId, state)} onTrace={onTrace} /></td>)}
                <td className="num">{shareOf(table.measureId)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="br-withheld">{t('达标＋缺口＋免除＋未知＝应覆盖；达标率按应覆盖减免除计。', 'Kept + gap + excused + unknown = population; the share is of all but the excused.')}{brief.tables.some((table) => columns.some((state) => figureOf(table.measureId, state)?.value === null)) && `${language() === 'en' ? ' ' : ''}${withheldNote()}`}</p>
      </div>
      {brief.tables.filter((table) => table.rows.some((row) => row.unit)).map((table) => (
        <details key={table.measureId} className="br-units">
          <summary>{t('“{name}”各单位情况（{n} 个）', '“{name}” by unit ({n})', { name: say(table.name), n: count(table.rows.filter((row) => row.unit).length) })}</summary>
          <div className="br-scroll" tabIndex={0} role="region" aria-label={say(table.name)}>
            <table>
              <thead><tr><th>{t('单位', 'Unit')}</th>{heads}</tr></thead>
              <tbody>
                {table.rows.map((row) => (
                  <tr key={row.unit?.unitId ?? '—'}>
                    <th scope="row">{row.unit ? read(row.unit.name) : t('本级及其他', 'Itself and others')}</th>
                    {columns.map((state) => {
                      const value = row[state]
                      const source = figureOf(table.measureId, state)
                      return <td key={state}>{value === null ? <Withheld /> : source && row.unit && value > 0 ? <button type="button" className="br-figure num" onClick={() => onTrace({ figureId: source.figureId, unitId: row.unit?.unitId, unitName: row.unit?.name })}>{count(value)}</button> : <span className="num">{count(value)}</span>}</td>
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
            {table.rows.some((row) => columns.some((state) => row[state] === null)) && <p className="br-withheld">{withheldNote()}</p>}
          </div>
        </details>
      ))}
    </>
  )
}

const withheldNote = () => t('＊ 不足 5 人，或能由此推算的，不予显示。', '＊ Withheld: fewer than five, or what would give those away.')
const Withheld = () => <span role="img" aria-label={t('不予显示', 'withheld')}>＊</span>

/** A number of the table: a press opens its rows; what it was before stands below it. */
function Value({ figure, onTrace }: { figure: Figure | undefined; onTrace: (traced: Traced) => void }) {
  if (!figure) return <span className="b-muted">—</span>
  if (figure.value === null) return <Withheld />
  return (
    <>
      <button type="button" className="br-figure num" title={say(figure.source)} onClick={() => onTrace({ figureId: figure.figureId })}>{count(figure.value)}</button>
      {figure.previous !== null && figure.value !== figure.previous && <small className="br-change num br-was">{t('上期 {n}', 'was {n}', { n: count(figure.previous) })}</small>}
    </>
  )
}
