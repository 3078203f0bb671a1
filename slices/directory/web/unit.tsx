/** One unit: where it stands, who answers, offices, what is below, who belongs. */
import { useState, type ReactNode } from 'react'
import { Button, MenuButton } from '#ui/controls.tsx'
import { useRead } from '#ui/data.ts'
import { count } from '#ui/format.ts'
import { Page, Panel, RowLink, Split } from '#ui/page.tsx'
import { EmptyState, Note, Ready } from '#ui/states.tsx'
import { Tag } from '#ui/tags.tsx'
import { read as inScript, say, t } from '#ui/words.ts'
import { unit } from '../contract.ts'
import { LinksPanel } from './links-panel.tsx'
import { MembersPanel } from './members-panel.tsx'
import { OfficesPanel } from './offices-panel.tsx'
import { OwnerLine } from './owner.tsx'
import { UnitForm, type UnitAct } from './unit-form.tsx'
import { UnansweredTag } from './unit-tree.tsx'
import { kindName, unitAddress, useMine } from './words.ts'
import './directory.css'

/** @param more panels of other slices about this unit, placed by the shell; `aside` beside them, below the offices. */
export function UnitPage({ params, more, aside }: { params: Record<string, string>; more?: ReactNode; aside?: ReactNode }) {
  const unitId = params['unitId'] ?? ''
  const { me, can } = useMine()
  const read = useRead(unit, { unitId }, { topics: ['directory'], keep: false })
  const [act, setAct] = useState<UnitAct | null>(null)
  const data = read.data
  if (!data) {
    return (
      <Page title={t('组织', 'Unit')} breadcrumb={[{ label: t('组织', 'Units'), to: '/units' }]}>
        <Ready read={read}>{() => null}</Ready>
      </Page>
    )
  }
  const tree = me?.trees.find((one) => one.key === data.unit.tree)
  const unanswered = data.children.reduce((sum, child) => sum + child.unanswered, 0)
  return (
    <Page
      wide
      title={inScript(data.unit.name)}
      aside={
        <>
          <Tag>{kindName(me?.institution.vocabulary, data.unit.kind)}</Tag>
          {tree && <Tag tone="muted">{say(tree.name)}</Tag>}
        </>
      }
      lead={t('{n} 名成员，含下级', '{n} {n:member|members}, with units below', { n: count(data.members) })}
      breadcrumb={[{ label: t('组织', 'Units'), to: `/units?tree=${data.unit.tree}` }, ...data.ancestors.map((above) => ({ label: inScript(above.name), to: unitAddress(above.unitId) }))]}
      actions={
        <>
          {can('coverage.read') && data.unit.tree === 'admin' && (
            <Button to={`/orphans/${unitId}`} icon="warn">
              {t('无人负责', 'Nobody answers')}
            </Button>
          )}
          {can('directory.manage') && (
            <MenuButton
              label={t('管理', 'Manage')}
              items={[
                { label: t('在此之下新建组织', 'New unit below'), icon: 'plus', run: () => setAct({ kind: 'new', under: data.unit }) },
                { label: t('改名或移动', 'Rename or move'), run: () => setAct({ kind: 'change', unit: data.unit }) },
              ]}
            />
          )}
        </>
      }
    >
      {!data.owner && <Note tone="warn">{t('这个组织及其上级都没有现任的责任人。', 'Neither this unit nor any above it has anybody who answers now.')}</Note>}
      <Split
        side={
          <>
            <Panel flush title={t('现在由谁负责', 'Who answers now')} tone={data.owner ? (data.owner.direct ? 'plain' : 'warn') : 'bad'}>
              {data.owner ? <OwnerLine owner={data.owner} fallen={!data.owner.direct} /> : <EmptyState icon="warn" title={t('没有人', 'Nobody')} />}
            </Panel>
            <OfficesPanel at={data.unit} offices={data.offices} />
            {aside}
          </>
        }
      >
        {more}
        {data.children.length > 0 && (
          <Panel flush title={t('下级组织', 'Units below')} note={unanswered > 0 ? <Tag tone="bad">{t('{n} 人无人负责', '{n} {n:person|people} without anybody', { n: count(unanswered) })}</Tag> : t('{n} 个', '{n}', { n: count(data.children.length) })}>
            {data.children.map((child) => (
              <RowLink
                key={child.unitId}
                to={unitAddress(child.unitId)}
                title={inScript(child.name)}
                text={`${kindName(me?.institution.vocabulary, child.kind)} · ${t('{n} 人', '{n} {n:person|people}', { n: count(child.members) })}${child.children > 0 ? ` · ${t('下级 {n} 个', '{n} {n:unit|units} below', { n: count(child.children) })}` : ''}`}
                end={<UnansweredTag node={child} />}
              />
            ))}
          </Panel>
        )}
        {can('person.find') && <MembersPanel key={unitId} unitId={unitId} total={data.members} />}
        {can('person.find') && <LinksPanel key={`links-${unitId}`} at={data.unit} />}
      </Split>
      {act && <UnitForm act={act} onClose={() => setAct(null)} />}
    </Page>
  )
}
