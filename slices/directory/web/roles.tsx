/** Roles and what they allow: a read-only overview, with who holds the offices that reach over the whole institution. */
import { useState } from 'react'
import { Pick } from '#ui/controls.tsx'
import { useRead } from '#ui/data.ts'
import { count } from '#ui/format.ts'
import { Icon } from '#ui/icons.tsx'
import { useNarrow } from '#ui/media.ts'
import { Page, Panel, Stack } from '#ui/page.tsx'
import { PersonName } from '#ui/people.tsx'
import { Note, Ready } from '#ui/states.tsx'
import { Tag } from '#ui/tags.tsx'
import { officeTitle } from '#ui/own-words.ts'
import { read as inScript, t } from '#ui/words.ts'
import { roleHolders } from '../contract.ts'
import { permissions, roles, type Permission, type Role } from '../rules.ts'
import { roleName, roleOptions } from './role-name.ts'
import { personAddress, useMine } from './words.ts'
import './directory.css'
import './setup.css'

const all = Object.entries(roles) as [string, Role][]

export function RolesPage() {
  const { can } = useMine()
  const narrow = useNarrow()
  const read = useRead(roleHolders, {}, { topics: ['directory'], enabled: can('directory.manage') })
  return (
    <Page
      wide
      title={t('角色与权限', 'Roles and rights')}
      lead={t('权限只来自职务：任命即有，免职即无。角色由系统规定，不能自行拼配。', 'Rights come from offices alone: with the appointment they are there, with its end they are gone. The roles are given, not composed.')}
      breadcrumb={[{ label: t('设置', 'Settings'), to: '/settings' }]}
    >
      {can('directory.manage') && (
        <Panel flush title={t('全校性职务', 'Offices over the whole institution')}>
          <Ready read={read}>
            {(data) => (
              <>
                {data.roles.filter((one) => (roles as Record<string, Role>)[one.role]?.over === 'institution').map((one) => (
                  <div key={one.role} className="d-role">
                    <b>{roleName(one.role)}</b>
                    {one.holders === 0 ? <Tag tone="bad">{t('无人担任', 'Nobody')}</Tag> : one.holders === 1 ? <Tag tone="warn">{t('仅一人', 'One alone')}</Tag> : <Tag tone="good">{t('{n} 人', '{n} {n:person|people}', { n: one.holders })}</Tag>}
                    <p>
                      <Stack row gap={16}>
                        {one.named.map((holder) => (
                          <PersonName key={`${holder.person.personId} ${holder.title} ${holder.unit.unitId}`} name={holder.person.name} number={holder.person.number} note={`${inScript(holder.unit.name)} ${officeTitle(holder.title)}`} {...(can('person.read') ? { to: personAddress(holder.person.personId) } : {})} />
                        ))}
                        {one.named.length === 0 && <span className="b-muted">{t('在任何组织设一个相当于此角色的职务并任命即可。', 'Set up an office that carries it in any unit, and appoint.')}</span>}
                      </Stack>
                    </p>
                  </div>
                ))}
              </>
            )}
          </Ready>
        </Panel>
      )}
      {narrow ? <RightsOfRole /> : <Panel flush title={t('每个角色能做什么', 'What each role may do')} note={t('● 全校　○ 本组织及下级', '● everywhere　○ this unit and below')}>
        <div className="d-wide" role="region" tabIndex={0} aria-label={t('每个角色能做什么', 'What each role may do')}>
          <table className="d-rights">
            <thead>
              <tr>
                <th scope="col">{t('权限', 'Right')}</th>
                {all.map(([key]) => <th key={key} scope="col">{roleName(key)}{read.data && <><br /><span className="b-muted num">{count(read.data.roles.find((one) => one.role === key)?.holders ?? 0)}</span></>}</th>)}
              </tr>
            </thead>
            <tbody>
              {(Object.entries(permissions) as [Permission, readonly [string, string]][]).map(([key, [zh, en]]) => (
                <tr key={key}>
                  <th scope="row">{t(zh, en)}</th>
                  {all.map(([name, role]) => (
                    <td key={name}>
                      {role.permissions.includes(key) ? role.over === 'institution' ? <span className="d-yes" role="img" aria-label={t('全校', 'everywhere')}>●</span> : <span className="d-part" role="img" aria-label={t('本组织及下级', 'this unit and below')}>○</span> : <span className="sr-only">{t('无', 'no')}</span>}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Panel>}
      <Note>
        {t('要让某人能做某事：到其组织设立带相应角色的职务，任命并写明起止日期；代理人同权。', 'To let somebody do something: set up an office with that role in their unit and appoint them, with dates; deputies have the same rights.')}
      </Note>
    </Page>
  )
}

/** In the hand a table of fourteen roles is no use: one role, and what it may do. */
function RightsOfRole() {
  const [chosen, choose] = useState(all[0]?.[0] ?? '')
  const role = all.find(([key]) => key === chosen)?.[1]
  return (
    <Panel title={t('每个角色能做什么', 'What each role may do')}>
      <Stack gap={12}>
        <Pick label={t('角色', 'Role')} value={chosen} options={roleOptions()} onChange={(next) => next && choose(next)} />
        {role && (
          <>
            <p className="b-muted">{role.over === 'institution' ? t('在全校', 'Everywhere') : t('在本组织及下级', 'In this unit and below')}</p>
            <ul className="d-can">
              {role.permissions.map((key) => <li key={key}><Icon name="check" size={16} />{t(permissions[key][0], permissions[key][1])}</li>)}
            </ul>
          </>
        )}
      </Stack>
    </Panel>
  )
}
