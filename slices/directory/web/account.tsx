/** One's own account: who am I here, the password, leaving. */
import { useState } from 'react'
import { Button } from '#ui/controls.tsx'
import { queryClient, useWrite } from '#ui/data.ts'
import { Details, Page, Panel, RowLink, Split, Stack } from '#ui/page.tsx'
import { Note, WriteProblem } from '#ui/states.tsx'
import { Tag } from '#ui/tags.tsx'
import { officeTitle } from '#ui/own-words.ts'
import { read as inScript, t } from '#ui/words.ts'
import { changePassword, signOut } from '../contract.ts'
import { roles, type Role } from '../rules.ts'
import { SecretField } from './entrance.tsx'
import { NewPassword, passwordReady } from './new-password.tsx'
import { OwnerLine } from './owner.tsx'
import { roleName } from './role-name.ts'
import { capacityName, personAddress, personKind, unitAddress, useMine } from './words.ts'
import './directory.css'

export function AccountPage() {
  const { me, can } = useMine()
  const leave = useWrite(signOut, {
    onDone: () => {
      queryClient.clear()
      location.assign('/sign-in')
    },
  })
  if (!me) return null
  return (
    <Page
      title={t('我的账户', 'My account')}
      lead={t('职务决定您能看什么、做什么，随任免自动变化。', 'Your offices decide what you may see and do; they change with appointments.')}
      actions={
        <Button icon="out" busy={leave.busy} onClick={() => void leave.run({})}>
          {t('退出登录', 'Sign out')}
        </Button>
      }
    >
      <WriteProblem problem={leave.problem} />
      <Split
        side={
          <Panel title={t('修改密码', 'Change the password')}>
            <PasswordForm about={[me.person.name, me.person.number]} />
          </Panel>
        }
      >
        <Panel title={<span translate="no">{me.person.name}</span>} actions={<Button size="small" to={personAddress(me.person.personId)}>{t('我的人员页', 'My page')}</Button>}>
          <Details
            items={[
              { label: t('学工号', 'Number'), value: <span className="num">{me.person.number}</span> },
              { label: t('身份', 'Kind'), value: personKind(me.kind) },
              { label: t('单位', 'Institution'), value: inScript(me.institution.name) },
              ...me.units.map((unit) => ({ label: me.trees.filter((tree) => tree.key === unit.tree).map((tree) => t(tree.name.zh, tree.name.en))[0] ?? unit.tree, value: inScript(unit.name) })),
            ]}
          />
        </Panel>
        <Panel flush title={t('我的数据', 'My data')}>
          <RowLink to="/my-data" title={t('存了我的什么、谁看过、何时删除', 'What is held about me, who looked, until when')} text={t('只有您自己能看到', 'Only you can see it')} />
        </Panel>
        <Panel flush title={t('我的职务', 'My offices')}>
          {me.offices.length === 0 && <div className="d-inner b-muted">{t('没有担任职务。', 'You hold no office.')}</div>}
          {me.offices.map((office) => {
            const role = (roles as Record<string, Role>)[office.role]
            const title = (
              <>
                {inScript(office.unit.name)} {officeTitle(office.title)} {office.capacity === 'deputy' && <Tag>{capacityName('deputy')}</Tag>}
              </>
            )
            const text = role && `${roleName(office.role)} · ${role.over === 'institution' ? t('范围：全校', 'reach: the whole institution') : t('范围：本组织及下级', 'reach: this unit and below')}`
            return can('unit.read') ? (
              <RowLink key={office.officeId} to={unitAddress(office.unit.unitId)} title={title} text={text} />
            ) : (
              <div key={office.officeId} className="d-owner">
                <b>{title}</b>
                <span className="d-path">{text}</span>
              </div>
            )
          })}
        </Panel>
        <Panel flush title={t('谁负责我', 'Who answers for me')}>
          {me.owners.length === 0 && <div className="d-inner b-muted">{t('目前没有人。', 'Nobody at present.')}</div>}
          {me.owners.map((owner) => (
            <OwnerLine key={`${owner.person.personId} ${owner.unit.unitId}`} owner={owner} />
          ))}
        </Panel>
      </Split>
    </Page>
  )
}

function PasswordForm({ about }: { about: string[] }) {
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [again, setAgain] = useState('')
  const changing = useWrite(changePassword, {
    onDone: () => {
      setCurrent('')
      setNext('')
      setAgain('')
    },
  })
  const ready = current !== '' && passwordReady(next, again, about)
  return (
    <form
      className="e-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) void changing.run({ current, next })
      }}
    >
      <SecretField label={t('当前密码', 'Current password')} value={current} onChange={setCurrent} autoComplete="current-password" />
      <NewPassword value={next} again={again} onChange={setNext} onAgain={setAgain} about={about} />
      <WriteProblem problem={changing.problem} />
      {changing.result && next === '' && <Note tone="good">{t('密码已修改，其他设备已退出登录。', 'The password was changed; other devices are signed out.')}</Note>}
      <Stack row>
        <Button look="primary" submit busy={changing.busy} disabled={!ready}>
          {t('修改密码', 'Change the password')}
        </Button>
      </Stack>
    </form>
  )
}
