/** Requests by theme without names, and which unit handles which theme. */
import { useState } from 'react'
import { Choices } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { DataAge } from '#ui/figures.tsx'
import { count, presentMoment } from '#ui/format.ts'
import { Panel } from '#ui/page.tsx'
import { UnitPicker, type UnitOption } from '#ui/people.tsx'
import { useSession } from '#ui/session.tsx'
import { Ready, WriteProblem } from '#ui/states.tsx'
import { useToast } from '#ui/toast.tsx'
import { read as asRead, say, t } from '#ui/words.ts'
import { desks, figures, setDesk } from '../contract.ts'
import { themes, themeWords, type Theme } from '../rules.ts'

type Period = 'all' | '7' | '30'
const dayMs = 86_400_000

export function HelpFigures({ unitId, theme, onTheme }: { unitId: string; theme: Theme | null; onTheme?: (theme: Theme | null) => void }) {
  const [period, setPeriod] = useState<{ key: Period; from: string | null }>({ key: 'all', from: null })
  const counted = useRead(figures, { unitId, ...(period.from ? { from: period.from } : {}) }, { topics: ['help'], refetchMs: 60_000 })
  const choose = (key: Period) => setPeriod({ key, from: key === 'all' ? null : new Date(presentMoment().getTime() - Number(key) * dayMs).toISOString() })
  return (
    <Panel flush title={t('按类别', 'By theme')} note={counted.data && <DataAge at={counted.data.asOf} />}>
      <div className="h-period">
        <Choices joined label={t('时段', 'Period')} value={period.key} onChange={choose} options={[{ value: 'all', label: t('全部', 'All') }, { value: '30', label: t('近 30 天', '30 days') }, { value: '7', label: t('近 7 天', '7 days') }]} />
      </div>
      <Ready read={counted} rows={5} empty={{ when: (data) => data.asked === 0, show: <p className="h-small">{t('这段时间没有求助。', 'No requests in this time.')}</p> }}>
        {(data) => (
          <table className="h-figures">
            <thead>
              <tr>
                <th scope="col">{t('类别', 'Theme')}</th>
                <th scope="col">{t('提出', 'Asked')}</th>
                <th scope="col">{t('未办结', 'Open')}</th>
                <th scope="col">{t('已办结', 'Settled')}</th>
              </tr>
            </thead>
            <tbody>
              {data.themes.filter((row) => row.asked !== 0).map((row) => (
                <tr key={row.theme}>
                  <th scope="row">{onTheme ? <button type="button" className="b-link" aria-pressed={theme === row.theme} onClick={() => onTheme(theme === row.theme ? null : row.theme)}>{say(themeWords[row.theme])}</button> : say(themeWords[row.theme])}</th>
                  <Cell value={row.asked} />
                  <Cell value={row.waiting} />
                  <Cell value={row.settled} />
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{t('合计', 'Sum')}</th>
                <Cell value={data.asked} />
                <Cell value={data.waiting} />
                <Cell value={data.settled} />
              </tr>
            </tfoot>
          </table>
        )}
      </Ready>
      <p className="h-small">
        {t('含本组织人员提出的和在本组织办理的。', 'Asked by people of this unit or handled here.')}
        {counted.data && [counted.data, ...counted.data.themes].some((row) => row.asked === null || row.waiting === null || row.settled === null) && ` ${t('“＊”为不显示的数：其中您无权查看的有 1—4 件，或能由它推算出来。', '“＊”: not shown, as 1 to 4 of them are not yours to see, or could be worked out.')}`}
      </p>
    </Panel>
  )
}

function Cell({ value }: { value: number | null }) {
  return <td className="num">{value === null ? <span aria-label={t('不显示', 'not shown')} role="img">＊</span> : count(value)}</td>
}

/** Without a desk a request goes to whoever answers for the person. */
export function HelpDesks({ units }: { units: readonly UnitOption[] }) {
  const { can } = useSession()
  const table = useRead(desks, {}, { topics: ['help'] })
  const toast = useToast()
  const writing = useWrite(setDesk, { onDone: () => toast(t('已设定受理部门', 'Saved'), { tone: 'good' }) })
  const manages = can('directory.manage')
  return (
    <Panel flush title={t('哪类求助归哪个部门', 'Who handles what')} note={t('只影响以后的求助', 'For requests from now on')}>
      <WriteProblem problem={writing.problem} />
      <Ready read={table} rows={5}>
        {(data) => (
          <ul className="h-desks">
            {themes.map((theme) => {
              const desk = data.desks.find((one) => one.theme === theme)?.unit
              const nearest = theme === 'dormitory' ? t('楼长、楼层长，其次是责任人', 'whoever answers for the building') : t('本人的责任人', 'whoever answers for the person')
              return (
                <li key={theme}>
                  <b>{say(themeWords[theme])}</b>
                  <span>{desk ? asRead(desk.name) : <span className="b-muted">{nearest}</span>}</span>
                  {manages && (
                    <span className="h-desk-act">
                      <UnitPicker units={units} value={desk?.unitId ?? null} label={t('{theme}的受理部门', 'Unit for {theme}', { theme: say(themeWords[theme]) })} width={200} onChange={(unitId) => unitId && void writing.run({ theme, unitId })} />
                      {desk && <button type="button" className="b-link" onClick={() => void writing.run({ theme, unitId: null })}>{t('取消', 'Clear')}</button>}
                    </span>
                  )}
                </li>
              )
            })}
          </ul>
        )}
      </Ready>
    </Panel>
  )
}
