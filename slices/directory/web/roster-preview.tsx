/** What an import would change, with every doubtful row explained. */
import { useMemo, useState, type ReactNode } from 'react'
import type { CallProblem } from '#kernel/client.ts'
import type { Output } from '#kernel/contract.ts'
import { Button, Check, TabView } from '#ui/controls.tsx'
import { Confirm } from '#ui/feedback.tsx'
import { Figure } from '#ui/figures.tsx'
import { count } from '#ui/format.ts'
import { useNarrow } from '#ui/media.ts'
import { Panel, Stack } from '#ui/page.tsx'
import { EmptyState, Note } from '#ui/states.tsx'
import { DataTable, type Column } from '#ui/table/DataTable.tsx'
import { Tag, type Tone } from '#ui/tags.tsx'
import { read as inScript, say, t } from '#ui/words.ts'
import type { previewRoster } from '../contract.ts'
import { RosterColumnsPanel, type RosterColumnsProps } from './roster-columns.tsx'
import { fieldName } from './roster-fields.ts'
import './directory.css'

export type Preview = Output<typeof previewRoster>
export type Kind = Preview['kind']
export type Covers = 'none' | 'student' | 'staff' | 'contractor'
type Doubt = Preview['summary']['doubts'][number]
type Example = Preview['summary']['examples'][number]
type Tab = 'examples' | 'doubts' | 'refusals'

export interface RosterPreviewProps {
  preview: Preview
  fileName: string
  covers: Exclude<Covers, 'none'> | null
  applying: { busy: boolean; problem: CallProblem | null }
  onApply: (applyLeft: boolean) => Promise<unknown>
  /** Beside the main act: the rows as a file, giving up. */
  aside?: ReactNode
  /** Checking again with what is said of the columns. */
  again: Pick<RosterColumnsProps, 'busy' | 'onAgain' | 'missing'>
}

export function RosterPreview({ preview, fileName, covers, applying, onApply, aside, again }: RosterPreviewProps) {
  const { summary, kind } = preview
  const [tab, setTab] = useState<Tab>(summary.doubts.length > 0 ? 'doubts' : summary.refusals.length > 0 ? 'refusals' : 'examples')
  const [asking, setAsking] = useState(false)
  const [applyLeft, setApplyLeft] = useState(false)
  // What was said goes with the columns it was said of: checked again, nothing of it is left.
  const columnsAre = JSON.stringify(summary.headings)
  const [saidOf, setSaidOf] = useState<string | undefined>()
  const pending = saidOf === columnsAre
  const changes = summary.arrived + summary.moved + summary.changed + summary.left
  const nothing = kind === 'people' ? changes === 0 && summary.newUnits === 0 : summary.accepted === 0
  const people = kind === 'people'
  return (
    <>
      <Panel title={people ? t('这份名册会带来什么', 'What this roster would change') : kind === 'offices' ? t('任职表', 'Table of offices') : t('联系户表', 'Table of links')} note={`${fileName} · ${t('{n} 行', '{n} {n:row|rows}', { n: count(summary.rows) })}`}>
        <div className="d-changes">
          {people ? (
            <>
              <Figure label={t('新来', 'Arrived')} value={summary.arrived} {...(summary.arrived ? { onClick: () => setTab('examples') } : {})} />
              <Figure label={t('调动', 'Moved')} value={summary.moved} {...(summary.moved ? { onClick: () => setTab('examples') } : {})} />
              <Figure label={t('信息变更', 'Changed')} value={summary.changed} {...(summary.changed ? { onClick: () => setTab('examples') } : {})} />
              <Figure label={t('名册中缺席', 'Missing from it')} value={summary.left} tone={summary.left ? 'warn' : 'plain'} {...(summary.left ? { onClick: () => setTab('examples') } : {})} />
              <Figure label={t('没有变化', 'Unchanged')} value={summary.unchanged} />
              <Figure label={t('将新建组织', 'Units to make')} value={summary.newUnits} />
            </>
          ) : (
            <Figure label={t('可以导入', 'Can be taken')} value={summary.accepted} />
          )}
          <Figure label={t('有疑点的行', 'Doubtful rows')} value={summary.doubtful} tone={summary.doubtful ? 'warn' : 'plain'} {...(summary.doubts.length ? { onClick: () => setTab('doubts') } : {})} />
          <Figure label={t('拒收的行', 'Refused rows')} value={summary.refused} tone={summary.refused ? 'bad' : 'plain'} {...(summary.refusals.length ? { onClick: () => setTab('refusals') } : {})} />
        </div>
      </Panel>
      {summary.headings ? (
        <RosterColumnsPanel key={columnsAre} headings={summary.headings} onPending={(open) => setSaidOf(open ? columnsAre : undefined)} {...again} />
      ) : (
        <Panel title={t('认出的列', 'Columns recognised')} note={t('没有列出的列不会读取', 'Columns not listed are not read')}>
          <div className="d-columns">
            {summary.columns.map((column, index) => (
              <span key={index} className="d-column">
                <span className="b-muted">{column.header}</span>
                <span aria-hidden>→</span>
                <b>{fieldName(column.field)}</b>
              </span>
            ))}
          </div>
        </Panel>
      )}
      <Panel flush>
        <div className="d-inner">
          <TabView
            value={tab}
            onChange={setTab}
            items={[
              { key: 'doubts', label: t('疑点', 'Doubts'), count: summary.doubts.length, content: <Doubts name="roster-doubts" rows={summary.doubts} empty={t('没有疑点', 'No doubts')} total={summary.doubtful} /> },
              { key: 'refusals', label: t('拒收', 'Refused'), count: summary.refusals.length, content: <Doubts name="roster-refusals" rows={summary.refusals} empty={t('没有拒收的行', 'No row was refused')} total={summary.refused} refused /> },
              ...(people ? [{ key: 'examples' as const, label: t('变动举例', 'Examples of changes'), count: summary.examples.length, content: <Examples rows={summary.examples} /> }] : []),
            ]}
          />
        </div>
      </Panel>
      {people && covers === null && (
        <Note>{t('没有说明这份名册是完整的，所以不判断谁已离开。需要时换一个文件，选“这份名册包含了全部”。', 'It was not said to be complete, so nobody is taken to have left. For that choose the file again and say whom it lists all of.')}</Note>
      )}
      <Stack row align="between">
        <span className="b-muted">{t('到目前为止没有改动任何数据。', 'Nothing has been changed so far.')}</span>
        <Stack row>
          {aside}
          <Button look="primary" size="large" disabled={nothing || pending || again.busy} {...(pending ? { hint: t('先按选择重新核对', 'Check again by what you said first') } : {})} busy={applying.busy} onClick={() => setAsking(true)}>
            {nothing ? t('没有需要导入的', 'Nothing to import') : t('导入…', 'Import…')}
          </Button>
        </Stack>
      </Stack>
      <Confirm
        open={asking}
        title={t('导入“{name}”', 'Import “{name}”', { name: fileName })}
        action={t('确认导入', 'Import')}
        busy={applying.busy}
        problem={applying.problem}
        onClose={() => setAsking(false)}
        onConfirm={() => void onApply(applyLeft)}
      >
        <Stack>
          <p>
            {people
              ? t('新来 {arrived} 人、调动 {moved} 人、变更 {changed} 人，新建组织 {units} 个。{refused} 行拒收，不会导入。', '{arrived} {arrived:arrives|arrive}, {moved} {moved:moves|move}, {changed} {changed:changes|change}, {units} {units:unit|units} {units:is|are} made. {refused} refused {refused:row|rows} {refused:is|are} left out.', {
                  arrived: count(summary.arrived), moved: count(summary.moved), changed: count(summary.changed), units: count(summary.newUnits), refused: count(summary.refused),
                })
              : t('导入 {n} 行；{refused} 行拒收，不会导入。', '{n} {n:row|rows} {n:is|are} taken; {refused} refused {refused:row|rows} {refused:is|are} left out.', { n: count(summary.accepted), refused: count(summary.refused) })}
          </p>
          {summary.left > 0 && (
            <>
              <Check value={applyLeft} onChange={setApplyLeft}>
                {t('同时把缺席的 {n} 人登记为已离开', 'Also mark the {n} missing people as left', { n: count(summary.left) })}
              </Check>
              {applyLeft && <Note tone="warn">{t('离开的人不再计入措施，也不能登录。以后的名册里再出现，即恢复。', 'Those who left are no longer counted and cannot sign in. If a later roster names them, they are back.')}</Note>}
            </>
          )}
          {summary.doubtful > 0 && <Note>{t('有疑点的 {n} 行会按“采用”一栏导入。', 'The {n} doubtful {n:row|rows} {n:is|are} taken as the column “Taken as” says.', { n: count(summary.doubtful) })}</Note>}
        </Stack>
      </Confirm>
    </>
  )
}

/** “Sheet 5” as people say it: the row as the spreadsheet counts it. */
function placeName(at: string): string {
  const found = /^(.*) (\d+)$/.exec(at)
  return found ? t('{sheet} 第 {row} 行', '{sheet}, row {row}', { sheet: found[1] ?? '', row: found[2] ?? '' }) : at
}

function Doubts({ name, rows, empty, total, refused }: { name: string; rows: readonly Doubt[]; empty: string; total: number; refused?: boolean }) {
  const keyed = useMemo(() => rows.map((row, index) => ({ ...row, key: `${row.at} ${index}` })), [rows])
  const narrow = useNarrow()
  const stacked: Column<Doubt & { key: string }>[] = [
    {
      key: 'why', title: t('说明', 'Why'), value: (row) => `${row.at} ${fieldName(row.field)} ${say(row)} ${row.raw}`, search: true,
      cell: (row) => (
        <span className="d-doubt">
          <small className="b-muted">{placeName(row.at)}{!refused && ` · ${fieldName(row.field)}`}</small>
          <span>{say(row)}</span>
          <small><span className="d-raw">{row.raw || t('空', 'empty')}</span>{!refused && <> → {row.taken ? <b>{row.taken}</b> : t('未采用', 'not taken')}</>}</small>
        </span>
      ),
    },
  ]
  const columns: Column<Doubt & { key: string }>[] = [
    { key: 'at', title: t('位置', 'Where'), value: (row) => row.at, width: 190, search: true, fixed: true, cell: (row) => <span title={row.at}>{placeName(row.at)}</span> },
    ...(refused ? [] : [{ key: 'field', title: t('列', 'Column'), value: (row: Doubt) => fieldName(row.field), filter: true as const, width: 120 }]),
    { key: 'why', title: t('说明', 'Why'), value: (row) => say(row), search: true, cell: (row) => <span className="d-why" title={say(row)}>{say(row)}</span> },
    { key: 'raw', title: t('原文', 'As written'), value: (row) => row.raw, search: true, ...(refused ? {} : { width: 200 }), cell: (row) => (row.raw ? <span className="d-raw" title={row.raw}>{row.raw}</span> : <span className="b-muted">{t('空', 'empty')}</span>) },
    ...(refused ? [] : [{ key: 'taken', title: t('采用', 'Taken as'), value: (row: Doubt) => row.taken ?? '', width: 200, cell: (row: Doubt) => (row.taken ? <b className="d-taken" title={row.taken}>{row.taken}</b> : <span className="b-muted">{t('未采用', 'not taken')}</span>) }]),
  ]
  if (rows.length === 0) return <EmptyState title={empty} />
  return (
    <>
      <DataTable name={narrow ? `${name}-narrow` : name} label={refused ? t('拒收的行', 'Refused rows') : t('疑点', 'Doubts')} rows={keyed} rowKey={(row) => row.key} columns={narrow ? stacked : columns} rowHeight={narrow ? 104 : 52} height={Math.min(520, rows.length * (narrow ? 104 : 52))} {...(refused ? { tone: () => 'bad' as const } : {})} />
      {total > rows.length && rows.length >= 200 && <p className="b-muted">{t('只列出前 {n} 条。', 'Only the first {n} are listed.', { n: count(rows.length) })}</p>}
    </>
  )
}

function Examples({ rows }: { rows: readonly Example[] }) {
  const columns: Column<Example>[] = [
    { key: 'change', title: t('变动', 'Change'), value: (row) => changeName(row.change)[0], filter: true, width: 110, cell: (row) => <Tag tone={changeName(row.change)[1]}>{changeName(row.change)[0]}</Tag> },
    { key: 'name', title: t('姓名', 'Name'), value: (row) => row.name, search: true, width: 160, cell: (row) => <b translate="no">{row.name}</b> },
    { key: 'number', title: t('学工号', 'Number'), value: (row) => row.number, search: true, width: 160, cell: (row) => <span className="num">{row.number}</span> },
    { key: 'from', title: t('原来', 'Before'), value: (row) => inScript(row.from ?? ''), cell: (row) => (row.from ? <span title={row.from}>{inScript(row.from)}</span> : <span className="b-muted">—</span>) },
    { key: 'to', title: t('现在', 'After'), value: (row) => inScript(row.to ?? ''), cell: (row) => (row.to ? <span title={row.to}>{inScript(row.to)}</span> : <span className="b-muted">—</span>) },
  ]
  if (rows.length === 0) return <EmptyState title={t('与现有名册一致，没有变动', 'It agrees with what is known: no change')} />
  return <DataTable name="roster-examples" label={t('变动举例', 'Examples of changes')} rows={rows} rowKey={(row) => `${row.change} ${row.number}`} columns={columns} height={Math.min(480, rows.length * 44)} />
}

function changeName(change: Example['change']): [string, Tone] {
  const words: Record<Example['change'], [string, Tone]> = { arrived: [t('新来', 'Arrived'), 'good'], moved: [t('调动', 'Moved'), 'accent'], changed: [t('变更', 'Changed'), 'neutral'], left: [t('缺席', 'Missing'), 'warn'] }
  return words[change]
}
