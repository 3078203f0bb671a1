/** Parts of the page that takes facts from a file: what the columns mean, which rows are wrong and why, the file with the rows not taken. */
import { useMemo, useState } from 'react'
import type { Output } from '#kernel/contract.ts'
import { Button, Field, MomentInput, Pick, TabView } from '#ui/controls.tsx'
import { asProblem, client, useRead } from '#ui/data.ts'
import { count, presentMoment } from '#ui/format.ts'
import { useNarrow } from '#ui/media.ts'
import { Panel, Stack } from '#ui/page.tsx'
import { saveTableInParts } from '#ui/save-file.ts'
import { EmptyState } from '#ui/states.tsx'
import { DataTable, type Column } from '#ui/table/DataTable.tsx'
import { useToast } from '#ui/toast.tsx'
import { say, t } from '#ui/words.ts'
import { attributes, badRows, type findImport } from '../contract.ts'

export type Seen = Output<typeof findImport>
export type Import = Seen['import']
type Marked = Seen['bad'][number]

export const roleName = (role: Import['columns'][number]['role']): string =>
  ({ number: t('学工号', 'Number'), name: t('姓名', 'Name'), unit: t('班级或单位', 'Unit'), observed: t('观测时间', 'Observed at'), attribute: t('信息项', 'Attribute'), value: t('值', 'Value'), fact: t('信息项', 'Attribute'), ignored: t('不读取', 'Not read') })[role]

/** What each column is read as, changeable; the time for a file without a column of times. */
export function Columns({ one, busy, onAgain }: { one: Import; busy: boolean; onAgain: (chosen: Record<string, string>, observedAt: string | null) => void }) {
  const catalogue = useRead(attributes, {}, { topics: ['attributes'] })
  const [chosen, setChosen] = useState<Record<string, string>>({})
  const [observedAt, setObservedAt] = useState(one.observedAt)
  const known = catalogue.data?.attributes ?? []
  const roles = (['number', 'name', 'unit', 'observed', 'attribute', 'value'] as const).map((role) => ({ value: role as string, label: roleName(role) }))
  const options = [{ value: '', label: t('不读取', 'Not read') }, ...roles, ...known.map((attribute) => ({ value: attribute.key, label: say(attribute.label) }))]
  const meaningOf = (column: Import['columns'][number]) => chosen[column.header] ?? (column.role === 'fact' ? (column.attribute ?? '') : column.role === 'ignored' ? '' : column.role)
  const timeless = !one.columns.some((column) => meaningOf(column) === 'observed')
  const changed = Object.keys(chosen).length > 0 || observedAt !== one.observedAt
  return (
    <Panel title={t('每一列读作什么', 'What each column is read as')} note={t('选错了可以改，改后重新检查', 'Change what is wrong; the file is checked again')}>
      <Stack>
        <div className="f-columns">
          {one.columns.filter((column) => column.header !== '').map((column, index) => (
            <div key={index} className="f-column">
              <span title={column.header}>
                {column.header}
                {column.guessed && chosen[column.header] === undefined && <span className="b-muted"> {t('（猜的）', '(a guess)')}</span>}
              </span>
              <span aria-hidden>→</span>
              <Pick label={t('“{header}”读作', '“{header}” is read as', { header: column.header })} value={meaningOf(column)} options={options} disabled={busy} onChange={(value) => setChosen({ ...chosen, [column.header]: value ?? '' })} />
            </div>
          ))}
        </div>
        {timeless && (
          <Field label={t('观测时间', 'Observed at')} hint={t('文件里没有时间列：这些是什么时候的情况', 'The file has no column of times: when was this so')}>
            <MomentInput value={observedAt} onChange={setObservedAt} />
          </Field>
        )}
        {changed && (
          <Stack row>
            <Button look="primary" busy={busy} disabled={observedAt !== null && Date.parse(observedAt) > presentMoment().getTime()} onClick={() => onAgain({ ...Object.fromEntries(one.columns.map((column) => [column.header, meaningOf(column)])), ...chosen }, timeless ? observedAt : null)}>
              {t('重新检查', 'Check again')}
            </Button>
          </Stack>
        )}
      </Stack>
    </Panel>
  )
}

/** The wrong rows and the doubtful ones, with the reasons. */
export function MarkedRows({ seen }: { seen: Seen }) {
  const [tab, setTab] = useState<'bad' | 'doubts'>(seen.bad.length > 0 || seen.doubts.length === 0 ? 'bad' : 'doubts')
  const { counts } = seen.import
  return (
    <Panel flush>
      <div className="f-inner">
        <TabView
          value={tab}
          onChange={setTab}
          items={[
            { key: 'bad', label: t('有误，不收', 'Wrong, not taken'), count: counts.bad, content: <Rows name="import-bad" rows={seen.bad} total={counts.bad} bad empty={t('没有有误的行', 'No row is wrong')} /> },
            { key: 'doubts', label: t('存疑，照收', 'Doubtful, taken'), count: counts.doubtful, content: <Rows name="import-doubts" rows={seen.doubts} total={counts.doubtful} empty={t('没有存疑的行', 'No row is doubtful')} /> },
          ]}
        />
      </div>
    </Panel>
  )
}

const why = (row: Marked) => row.reasons.map((one) => say(one)).join(t('；', '; '))
const cells = (row: Marked) => row.cells.filter((cell) => cell.trim() !== '').join(' | ')

function Rows({ name, rows, total, bad, empty }: { name: string; rows: readonly Marked[]; total: number; bad?: boolean; empty: string }) {
  const narrow = useNarrow()
  const columns = useMemo<Column<Marked>[]>(() => {
    const at = (row: Marked) => t('第 {n} 行', 'Row {n}', { n: row.rowNo })
    if (narrow) return [{ key: 'why', title: t('原因', 'Why'), value: (row) => `${row.rowNo} ${why(row)} ${cells(row)}`, search: true, cell: (row) => <span className="f-row"><small>{at(row)}</small><span>{why(row)}</span><small>{cells(row)}</small></span> }]
    return [
      { key: 'at', title: t('行', 'Row'), value: (row) => row.rowNo, width: 110, fixed: true, cell: at },
      { key: 'why', title: t('原因', 'Why'), value: why, search: true, cell: (row) => <span title={why(row)}>{why(row)}</span> },
      { key: 'cells', title: t('原文', 'As written'), value: cells, search: true, cell: (row) => <span className="f-cells" title={cells(row)}>{cells(row)}</span> },
    ]
  }, [narrow])
  if (rows.length === 0) return <EmptyState title={empty} />
  return (
    <>
      <DataTable name={narrow ? `${name}-narrow` : name} label={t('问题行', 'Marked rows')} rows={rows} rowKey={(row) => String(row.rowNo)} columns={columns} rowHeight={narrow ? 104 : 44} height={Math.min(480, rows.length * (narrow ? 104 : 44))} {...(bad ? { tone: () => 'bad' as const } : { tone: () => 'warn' as const })} />
      {total > rows.length && <p className="b-muted">{t('只列出前 {n} 行。', 'Only the first {n} are listed.', { n: count(rows.length) })}</p>}
    </>
  )
}

/** The rows not taken as a file: the same columns, with the row and the reason; mended, it can be sent again as it is. */
export function BadRowsButton({ importId, bad }: { importId: string; bad: number }) {
  const [busy, setBusy] = useState(false)
  const toast = useToast()
  const fetchAll = async () => {
    setBusy(true)
    try {
      await saveTableInParts((after) => client.call(badRows, { importId, ...(after ? { after } : {}) }))
    } catch (error) {
      toast(asProblem(error).message, { tone: 'bad' })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button icon="download" busy={busy} onClick={() => void fetchAll()}>
      {t('下载未收下的 {n} 行', 'Download the {n} {n:row|rows} not taken', { n: count(bad) })}
    </Button>
  )
}
