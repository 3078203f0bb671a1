/** One person: who they are, where they belong, who answers for them. The shell adds what other slices know. */
import type { ReactNode } from 'react'
import type { Output } from '#kernel/contract.ts'
import type { Read } from '#ui/data.ts'
import { date, spaced } from '#ui/format.ts'
import { Details, Page, Panel, RowLink, Split, Stack, TextLink } from '#ui/page.tsx'
import { PersonName } from '#ui/people.tsx'
import { EmptyState, Note, Ready } from '#ui/states.tsx'
import { Tag } from '#ui/tags.tsx'
import { officeTitle } from '#ui/own-words.ts'
import { read as inScript, say, t } from '#ui/words.ts'
import type { person } from '../contract.ts'
import { useInvitation } from './invite-panel.tsx'
import { CallLink, OwnerLine } from './owner.tsx'
import { capacityName, personAddress, personKind, sexName, statusName, unitAddress, unitPath, useMine } from './words.ts'
import './directory.css'

export interface PersonViewProps {
  read: Read<Output<typeof person>>
  /** Panels of other slices, in the main column. */
  children?: ReactNode
  /** Buttons of other slices. */
  actions?: ReactNode
}

export function PersonView({ read, children, actions }: PersonViewProps) {
  const { me, can } = useMine()
  const data = read.data
  const invitation = useInvitation(data?.person)
  const breadcrumb = can('person.find') ? [{ label: t('人员', 'People'), to: '/people' }] : []
  if (!data) {
    return (
      <Page wide title={t('人员', 'Person')} breadcrumb={breadcrumb}>
        <Ready read={read} rows={8}>{() => null}</Ready>
      </Page>
    )
  }
  const treeName = (key: string) => {
    const tree = me?.trees.find((one) => one.key === key)
    return tree ? say(tree.name) : key
  }
  return (
    <Page
      wide
      documentTitle={data.person.name}
      title={<span translate="no">{data.person.name}</span>}
      aside={
        <>
          <Tag>{personKind(data.kind)}</Tag>
          {!['enrolled', 'employed'].includes(data.status) && <Tag tone="warn">{statusName(data.status)}</Tag>}
        </>
      }
      lead={<span className="num">{data.person.number}</span>}
      breadcrumb={breadcrumb}
      actions={
        <>
          {data.phone && <CallLink phone={data.phone} name={data.person.name} />}
          {actions}
          {can('account.manage') && !data.leftAt && invitation.button}
        </>
      }
    >
      {invitation.sheet}
      {data.leftAt && <Note tone="warn">{t('此人已于{when}离开，不再计入各项措施。', 'Left on {when}; no longer counted in any measure.', { when: date(data.leftAt) })}</Note>}
      <Split
        side={
          <>
            <Panel flush title={t('由谁负责', 'Who answers')} tone={data.owners.some((owner) => owner.direct) ? 'plain' : data.owners.length ? 'warn' : 'bad'}>
              {data.owners.length ? data.owners.map((owner) => <OwnerLine key={`${owner.person.personId} ${owner.unit.unitId} ${owner.officeTitle}`} owner={owner} fallen={!data.owners.some((one) => one.direct)} />) : <EmptyState icon="warn" title={t('没有人负责', 'Nobody answers')}>{t('请在其所在组织任命责任人。', 'Appoint somebody in the unit they belong to.')}</EmptyState>}
            </Panel>
            {data.linkedBy.length > 0 && (
              <Panel title={t('联系人', 'Looked after by')}>
                <Stack gap={6}>
                  {data.linkedBy.map((member) => (
                    <PersonName key={member.personId} name={member.name} number={member.number} to={personAddress(member.personId)} />
                  ))}
                </Stack>
              </Panel>
            )}
            <Panel flush title={t('所在组织', 'Belongs to')}>
              {data.units.map((path) => {
                const leaf = path.at(-1)
                if (!leaf) return null
                const above = path.slice(0, -1)
                return can('unit.read') ? (
                  <RowLink key={leaf.tree} to={unitAddress(leaf.unitId)} title={inScript(leaf.name)} text={`${treeName(leaf.tree)}${above.length > 1 ? ` · ${unitPath(above)}` : ''}`} />
                ) : (
                  <div key={leaf.tree} className="d-owner">
                    <b>{inScript(leaf.name)}</b>
                    <span className="d-path">{`${treeName(leaf.tree)} · ${unitPath(above)}`}</span>
                  </div>
                )
              })}
              {data.units.length === 0 && <EmptyState icon="units" title={t('没有归属任何组织', 'Belongs to no unit')} />}
            </Panel>
            <Panel title={t('基本信息', 'Basics')}>
              <Details
                columns={1}
                items={[
                  sexName(data.sex) ? { label: t('性别', 'Sex'), value: sexName(data.sex) } : null,
                  data.grade ? { label: t('年级', 'Grade'), value: data.grade } : null,
                  data.major ? { label: t('专业', 'Major'), value: inScript(data.major) } : null,
                  { label: t('状态', 'Status'), value: statusName(data.status) },
                  data.phone ? { label: t('手机', 'Telephone'), value: <span className="num">{spaced(data.phone)}</span> } : null,
                  data.email ? { label: t('邮箱', 'E-mail'), value: data.email } : null,
                ]}
              />
            </Panel>
            {data.offices.length > 0 && (
              <Panel title={t('现任职务', 'Offices held')}>
                <Stack gap={6}>
                  {data.offices.map((office) => (
                    <span key={office.officeId}>
                      {can('unit.read') ? <TextLink to={unitAddress(office.unit.unitId)}>{inScript(office.unit.name)}</TextLink> : inScript(office.unit.name)} {officeTitle(office.title)} {office.capacity === 'deputy' && <Tag>{capacityName('deputy')}</Tag>}
                    </span>
                  ))}
                </Stack>
              </Panel>
            )}
          </>
        }
      >
        {children}
      </Split>
    </Page>
  )
}
