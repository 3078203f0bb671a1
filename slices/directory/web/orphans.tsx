/** Units whose members nobody answers for directly, and to whom they fall meanwhile. */
import { useLocation } from 'wouter'
import type { Output } from '#kernel/contract.ts'
import { useRead } from '#ui/data.ts'
import { count } from '#ui/format.ts'
import { Figure } from '#ui/figures.tsx'
import { useNarrow } from '#ui/media.ts'
import { Grid, Page, Panel } from '#ui/page.tsx'
import { PersonName } from '#ui/people.tsx'
import { EmptyState, Note, Ready } from '#ui/states.tsx'
import { DataTable, type Column } from '#ui/table/DataTable.tsx'
import { officeTitle } from '#ui/own-words.ts'
import { read as inScript, t } from '#ui/words.ts'
import { orphans, unit } from '../contract.ts'
import { kindName, unitAddress, useMine } from './words.ts'
import './directory.css'

type Row = Output<typeof orphans>['units'][number]

export function OrphansPage({ params }: { params: Record<string, string> }) {
  const unitId = params['unitId'] ?? ''
  const { me, can } = useMine()
  const [, go] = useLocation()
  const read = useRead(orphans, { unitId }, { topics: ['directory'], keep: false })
  const at = useRead(unit, { unitId }, { enabled: can('unit.read') })
  const vocabulary = me?.institution.vocabulary
  const narrow = useNarrow()
  // Two units of one name are told apart by what they belong to.
  const pathOf = (row: Row) => row.above.map(inScript).join(' / ')
  const all: Column<Row>[] = [
    { key: 'unit', title: t('组织', 'Unit'), value: (row) => [inScript(row.unit.name), pathOf(row)].filter(Boolean).join(' · '), search: true, fixed: true, cell: (row) => narrow ? <span className="d-hint-name"><b>{inScript(row.unit.name)}</b>{row.above.length > 0 && <small className="b-muted">{pathOf(row)}</small>}<small className="b-muted">{row.fallsTo ? t('暂由{name}兜底', 'meanwhile {name}', { name: row.fallsTo.person.name }) : t('没有任何人', 'Nobody at all')}</small></span> : <><b>{inScript(row.unit.name)}</b>{row.above.length > 0 && <span className="b-muted"> {pathOf(row)}</span>}</> },
    { key: 'kind', title: t('类型', 'Kind'), value: (row) => kindName(vocabulary, row.unit.kind), filter: true, width: 110 },
    { key: 'members', title: t('人数', 'People'), value: (row) => row.members, align: 'end', width: 100, cell: (row) => <span className="num">{count(row.members)}</span> },
    { key: 'vacant', title: t('空缺的职务', 'Vacant offices'), value: (row) => row.vacant.map(officeTitle).join(t('、', ', ')), cell: (row) => (row.vacant.length ? row.vacant.map(officeTitle).join(t('、', ', ')) : <span className="b-muted">{t('未设职务', 'No office set up')}</span>) },
    {
      key: 'falls', title: t('暂由谁兜底', 'Falls meanwhile to'), value: (row) => row.fallsTo?.person.name ?? '', width: 340,
      cell: (row) => (row.fallsTo ? <PersonName name={row.fallsTo.person.name} note={`${inScript(row.fallsTo.unit.name)} ${officeTitle(row.fallsTo.officeTitle)}`} phone={row.fallsTo.phone} /> : <span className="b-bad">{t('没有任何人', 'Nobody at all')}</span>),
    },
  ]
  // In the hand who stands in is said below the unit.
  const columns = narrow ? all.filter((one) => one.key === 'unit' || one.key === 'members') : all
  return (
    <Page
      wide
      title={t('无人负责', 'Nobody answers')}
      lead={t('这些组织的成员没有直接负责的辅导员、班主任或部门负责人。打开组织，任命即可补上。', 'Members of these units have no counsellor, class adviser or head who answers for them directly. Open a unit and appoint somebody.')}
      breadcrumb={[{ label: t('组织', 'Units'), to: '/units' }, ...(at.data ? [{ label: inScript(at.data.unit.name), to: unitAddress(unitId) }] : [])]}
    >
      <Ready read={read} empty={{ when: (data) => data.units.length === 0 && data.alone === 0, show: <Panel><EmptyState title={t('人人有人负责', 'Everybody has somebody')}>{t('范围内每个组织的成员都有直接的责任人。', 'Every unit in this scope has somebody who answers directly.')}</EmptyState></Panel> }}>
        {(data) => (
          <>
            <Grid min={200}>
              <Figure label={t('没有直接责任人', 'Without anybody direct')} value={data.people} unit={t('人', 'people')} tone="bad" />
              <Figure label={t('涉及组织', 'Units')} value={data.units.length} unit={t('个', '')} />
              <Figure label={t('连兜底的人也没有', 'Not even a higher unit')} value={data.units.filter((row) => !row.fallsTo).length} unit={t('个', '')} />
            </Grid>
            {data.alone > 0 && <Note>{t('另有 {n} 人是所在组织唯一的责任人，没有别人对他们负责；措施“人人有责任人”把他们也算作缺口。', 'Besides, {n} {n:person is|people are} the only one to answer for their unit: nobody answers for them, and the measure “Everyone has somebody in charge” counts them as gaps too.', { n: data.alone })}</Note>}
            <Panel flush>
              <DataTable name={narrow ? 'orphans-narrow' : 'orphans'} {...(narrow ? { rowHeight: 76 } : {})} label={t('无人负责的组织', 'Units nobody answers for')} rows={data.units} rowKey={(row) => row.unit.unitId} columns={columns} tone={(row) => (row.fallsTo ? 'warn' : 'bad')} {...(can('unit.read') ? { onOpen: (row: Row) => go(unitAddress(row.unit.unitId)) } : {})} />
            </Panel>
          </>
        )}
      </Ready>
    </Page>
  )
}
