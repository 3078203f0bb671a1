/** What stands behind a figure: its question, its moment, its rows by unit, and by name for those who may see gaps. */
import { useState } from 'react'
import { AskReason, useReason } from '#slices/directory/web/cards.tsx'
import { Button } from '#ui/controls.tsx'
import { useRead } from '#ui/data.ts'
import { SidePanel } from '#ui/feedback.tsx'
import { count, dateTime } from '#ui/format.ts'
import { TextLink } from '#ui/page.tsx'
import { PersonName } from '#ui/people.tsx'
import { Note, Ready } from '#ui/states.tsx'
import { Tag } from '#ui/tags.tsx'
import { read, say, t } from '#ui/words.ts'
import * as contract from '../contract.ts'
import { rowState, useMine } from './words.ts'

export interface Traced {
  figureId: string
  /** Opened from the row of a unit. */
  unitId?: string | undefined
  unitName?: string | undefined
}

export function TraceDrawer({ traced, onClose }: { traced: Traced | null; onClose: () => void }) {
  return (
    <SidePanel open={traced !== null} title={t('这个数字从哪里来', 'Where this figure comes from')} onClose={onClose} width={640}>
      {traced && <Body key={`${traced.figureId}/${traced.unitId}`} traced={traced} />}
    </SidePanel>
  )
}

function Body({ traced }: { traced: Traced }) {
  const { can } = useMine()
  const [unit, setUnit] = useState<{ unitId: string; name: string } | null>(traced.unitId ? { unitId: traced.unitId, name: traced.unitName ?? '' } : null)
  const answer = useRead(contract.trace, { figureId: traced.figureId })
  return (
    <Ready read={answer}>
      {(data) => (
        <div className="br-trace">
          <p className="br-trace-value num"><b>{data.figure.value === null ? t('不予显示', 'withheld') : data.figure.words ? say(data.figure.words) : count(data.figure.value)}</b> {data.figure.value !== null && !data.figure.words && say(data.figure.counts)} <span className="b-muted">{say(data.figure.label)}</span></p>
          <p>{say(data.figure.source)}</p>
          <p className="b-muted num">{t('截至 {at} 清点；{unit}', 'Counted as of {at}; {unit}', { at: dateTime(data.figure.asOf), unit: read(data.unit.name) })}{data.rows !== null && t('；背后 {n} 行', '; {n} {n:row|rows} behind it', { n: count(data.rows) })}{data.figure.previous !== null && t('；上期为 {n}', '; previously {n}', { n: count(data.figure.previous) })}</p>
          {data.erased && <Note>{t('响应已结束，名单按规则擦除，数字保留。', 'The response ended and the rows were erased by rule; the count stays.')} {data.responseId && <TextLink to={`/responses/${data.responseId}/certificate`}>{t('擦除证明', 'Certificate')}</TextLink>}</Note>}
          {data.byUnit.some((one) => one.unit) && (
            <>
              <h3>{t('分布', 'By unit')}</h3>
              <table className="b-plain">
                <thead className="sr-only"><tr><th>{t('单位', 'Unit')}</th><th>{t('数', 'Count')}</th></tr></thead>
                <tbody>
                  {data.byUnit.map((one) => (
                    <tr key={one.unit?.unitId ?? '—'}>
                      <th scope="row">{one.unit ? <button type="button" className="b-link" aria-pressed={unit?.unitId === one.unit.unitId} onClick={() => one.unit && setUnit(unit?.unitId === one.unit.unitId ? null : { unitId: one.unit.unitId, name: one.unit.name })}>{read(one.unit.name)}</button> : t('本级及其他', 'Itself and others')}</th>
                      <td className="num">{one.count === null ? t('不予显示', 'withheld') : count(one.count)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </>
          )}
          {data.figure.traceable && !data.erased && can('gap.read') && (data.rows ?? 0) > 0 && <Rows figureId={traced.figureId} unit={unit} over={data.byName ? (unit?.unitId ?? data.unit.unitId) : null} onAll={() => setUnit(null)} />}
          {data.figure.traceable && !can('gap.read') && <p className="b-muted">{t('名单只有能看缺口的责任人可见。', 'The names are shown to those who may see gaps.')}</p>}
        </div>
      )}
    </Ready>
  )
}

/** @param over where the rows are people: the unit whose people they are. Whoever counts says why before they are opened. */
function Rows({ figureId, unit, over, onAll }: { figureId: string; unit: { unitId: string; name: string } | null; over: string | null; onAll: () => void }) {
  const [page, setPage] = useState(1)
  const gate = useReason(over)
  const answer = useRead(contract.traceRows, { figureId, ...(unit ? { unitId: unit.unitId } : {}), page, size: 50 }, { enabled: over === null || gate.open })
  if (over !== null && gate.needed) return <AskReason at={gate.needed} onGiven={gate.again} />
  return (
    <>
      <h3>{t('背后的每一行', 'Every row behind it')} {unit && <Tag tone="accent">{read(unit.name)} <button type="button" className="b-link" aria-label={t('全部单位', 'All units')} onClick={onAll}>×</button></Tag>}</h3>
      <Ready read={answer}>
        {(data) => (
          <>
            <ul className="br-rows">
              {data.rows.map((row) => (
                <li key={row.id}>
                  <span className="br-grow">{row.kind === 'person' ? <PersonName name={row.name} {...(row.number ? { number: row.number } : {})} {...(row.gone ? {} : { to: `/people/${row.id}` })} /> : <b>{read(row.name || t('（已不存在）', '(no longer there)'))}</b>} {row.unit && <span className="b-muted">{read(row.unit.name)}</span>}</span>
                  {row.gone && <Tag>{t('已离开', 'gone')}</Tag>}
                  {row.state && <Tag tone={row.state === 'kept' || row.state === 'done' ? 'good' : row.state === 'gap' || row.state === 'overdue' ? 'bad' : 'neutral'}>{rowState(row.state)}</Tag>}
                </li>
              ))}
            </ul>
            {data.total > 50 && (
              <div className="br-facts">
                <Button size="small" disabled={page === 1} onClick={() => setPage(page - 1)}>{t('上一页', 'Back')}</Button>
                <span className="num b-muted">{t('共 {n} 行，第 {page} 页', '{n} {n:row|rows}, page {page}', { n: count(data.total), page })}</span>
                <Button size="small" disabled={page * 50 >= data.total} onClick={() => setPage(page + 1)}>{t('下一页', 'Next')}</Button>
              </div>
            )}
          </>
        )}
      </Ready>
    </>
  )
}
