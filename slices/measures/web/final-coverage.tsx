/** Where the measures of a closed response stood when they ended: counts that stay when what they were counted from is gone. */
import { useState } from 'react'
import type { Output } from '#kernel/contract.ts'
import { useRead } from '#ui/data.ts'
import { StandingBar } from '#ui/figures.tsx'
import { count, date } from '#ui/format.ts'
import { Panel, Stack } from '#ui/page.tsx'
import { EmptyState, Ready } from '#ui/states.tsx'
import { Pick } from '#ui/controls.tsx'
import { read as inScript, say, t } from '#ui/words.ts'
import { finalCoverage } from '../contract.ts'

type Final = Output<typeof finalCoverage>
type Cell = Final['total'][number]

export function FinalCoveragePanel({ responseId, unitId, endless }: { responseId: string; unitId: string; /** Nothing is shown where nothing was counted. */ endless?: boolean }) {
  const read = useRead(finalCoverage, { responseId, unitId }, { topics: ['responses'], keep: false })
  const [chosen, setChosen] = useState<string | null>(null)
  if (endless && (!read.data || read.data.measures.length === 0)) return null
  return (
    <Panel title={t('结束时的人数', 'Counts at its end')} note={read.data && inScript(read.data.unit.name)}>
      <Ready read={read} rows={2} empty={{ when: (data) => data.measures.length === 0, show: <EmptyState icon="gaps" title={t('没有启用过措施', 'No measure was on')} /> }}>
        {(data) => {
          const measure = data.measures.find((one) => one.measureId === chosen) ?? data.measures[0]
          const cell = (cells: readonly Cell[]) => cells.find((one) => one.measureId === measure?.measureId)
          const total = cell(data.total)
          return (
            <Stack gap={12}>
              {data.measures.length > 1 && <Pick label={t('措施', 'Measure')} value={measure?.measureId ?? null} onChange={setChosen} options={data.measures.map((one) => ({ value: one.measureId, label: say(one.name) }))} />}
              {data.measures.length === 1 && measure && <b>{say(measure.name)}</b>}
              {total && <StandingBar standing={total} label={measure ? say(measure.name) : ''} />}
              <table className="b-plain">
                <thead><tr><th scope="col">{t('单位', 'Unit')}</th><th scope="col">{t('总数', 'All')}</th><th scope="col">{t('达标', 'Kept')}</th><th scope="col">{t('免除', 'Excused')}</th><th scope="col">{t('缺口', 'Gap')}</th><th scope="col">{t('未知', 'Unknown')}</th></tr></thead>
                <tbody>
                  {data.rows.map((row) => {
                    const one = cell(row.cells)
                    return one && one.population > 0 ? <tr key={row.unit.unitId}><th scope="row">{inScript(row.unit.name)}</th>{[one.population, one.kept, one.excused, one.gap, one.unknown].map((n, index) => <td key={index} className="num">{count(n)}</td>)}</tr> : null
                  })}
                </tbody>
              </table>
              {measure?.endedAt && <p className="b-muted num">{t('截至 {when}。长期保留，不指向个人。', 'As of {when}. They stay, and point at nobody.', { when: date(measure.endedAt) })}</p>}
            </Stack>
          )
        }}
      </Ready>
    </Panel>
  )
}
