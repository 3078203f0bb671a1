/** One unit: where it stands, who answers, offices, what is below, who belongs. */
import { useState, type ReactNode } from 'react'
import type { Output } from '#kernel/contract.ts'
import { Button, MenuButton } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { AskedButton } from '#ui/feedback.tsx'
import { count, date } from '#ui/format.ts'
import { Page, Panel, RowLink, Split } from '#ui/page.tsx'
import { EmptyState, Note, Ready, WriteProblem } from '#ui/states.tsx'
import { Tag } from '#ui/tags.tsx'
import { read as inScript, say, t } from '#ui/words.ts'
import { endUnit, unit } from '../contract.ts'
import { LinksPanel } from './links-panel.tsx'
import { MembersPanel } from './members-panel.tsx'
import { OfficesPanel } from './offices-panel.tsx'
import { OwnerLine } from './owner.tsx'
import { UnitForm, type UnitAct } from './unit-form.tsx'
import { isEmpty, UnansweredTag } from './unit-tree.tsx'
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
      <Page wide title={t('组织', 'Unit')} breadcrumb={[{ label: t('组织', 'Units'), to: '/units' }]}>
        <Ready read={read} rows={8}>{() => null}</Ready>
      </Page>
    )
  }
  const lives = data.endedAt === null
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
      lead={lives && t('{n} 名成员，含下级', '{n} {n:member|members}, with units below', { n: count(data.members) })}
      breadcrumb={[{ label: t('组织', 'Units'), to: `/units?tree=${data.unit.tree}` }, ...data.ancestors.map((above) => ({ label: inScript(above.name), to: unitAddress(above.unitId) }))]}
      actions={
        <>
          {can('coverage.read') && lives && data.unit.tree === 'admin' && (
            <Button to={`/orphans/${unitId}`} icon="warn">
              {t('无人负责', 'Nobody answers')}
            </Button>
          )}
          {can('directory.manage') && lives && (
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
      <Emptiness data={data} manages={can('directory.manage')} />
      {!data.owner && lives && <Note tone="warn">{t('这个组织及其上级都没有现任的责任人。', 'Neither this unit nor any above it has anybody who answers now.')}</Note>}
      {lives ? (
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
      ) : aside}
      {act && <UnitForm act={act} onClose={() => setAct(null)} />}
    </Page>
  )
}

/** A unit that was ended, or one that has nobody and nothing below: what it is, and what can be done. */
function Emptiness({ data, manages }: { data: Output<typeof unit>; manages: boolean }) {
  const { unitId, parentId, name } = data.unit
  const ending = useWrite(endUnit)
  if (data.endedAt) {
    return (
      <>
        <WriteProblem problem={ending.problem} />
        <Note action={manages && <Button size="small" busy={ending.busy} onClick={() => void ending.run({ unitId, ended: false })}>{t('恢复', 'Take it back')}</Button>}>
          {t('已于{when}撤销：不再列出、不再计数，以往的记录保留。', 'Ended on {when}: no longer listed or counted; what was recorded stays.', { when: date(data.endedAt) })}
        </Note>
      </>
    )
  }
  if (!isEmpty(data) || parentId === null) return null
  return (
    <Note
      action={manages && (
        <AskedButton
          label={t('撤销', 'End it')} title={t('撤销“{unit}”？', 'End “{unit}”?', { unit: inScript(name) })} action={t('撤销', 'End it')} problem={ending.problem} run={() => ending.run({ unitId, ended: true })}
          text={t('撤销后不再列出，也不计入覆盖；以往的记录保留，随时可以恢复。名册再提到它时自动恢复。', 'It is no longer listed or counted; what was recorded stays, and it can be taken back at any time. A roster that names it again brings it back.')}
        />
      )}
    >
      {t('这里没有成员，也没有下级组织。如果是早先导入时写错留下的，可以撤销；只是暂时空着，不必处理。', 'Nobody belongs here and nothing is below. If a mistake in an earlier import left it, end it; if it only stands empty for now, leave it.')}
    </Note>
  )
}
