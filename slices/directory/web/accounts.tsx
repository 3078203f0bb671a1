/** Accounts: who can sign in, who was invited, where sessions are open; inviting many at once, signing out, lifting locks. */
import { useMemo, useState } from 'react'
import { useSearchParams } from 'wouter'
import type { Output } from '#kernel/contract.ts'
import { joinRecord } from '#kernel/records.ts'
import { Button, Choices, TextInput } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { Confirm, Receipt } from '#ui/feedback.tsx'
import { count, date, dateTime } from '#ui/format.ts'
import { useNarrow } from '#ui/media.ts'
import { Page, Panel, Stack } from '#ui/page.tsx'
import { saveTable } from '#ui/save-file.ts'
import { EmptyState, Note, Ready } from '#ui/states.tsx'
import { DataTable, type Column } from '#ui/table/DataTable.tsx'
import { Tag } from '#ui/tags.tsx'
import { useToast } from '#ui/toast.tsx'
import { officeTitle } from '#ui/own-words.ts'
import { read as inScript, t } from '#ui/words.ts'
import { accounts, endSessions, invite } from '../contract.ts'
import { useSettled } from './person-pick.tsx'
import { personKind, useMine } from './words.ts'
import './directory.css'
import './setup.css'

type Line = Output<typeof accounts>['accounts'][number]
type Show = 'officers' | 'with' | 'waiting' | 'none' | 'locked' | 'all'
const shows: readonly Show[] = ['officers', 'all', 'with', 'waiting', 'none', 'locked']

export function AccountsPage() {
  const { me } = useMine()
  const toast = useToast()
  const narrow = useNarrow()
  const [search, setSearch] = useSearchParams()
  const show = shows.find((one) => one === search.get('show')) ?? 'officers'
  const [typed, setTyped] = useState('')
  const [page, setPage] = useState(1)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [asking, setAsking] = useState<'invite' | 'out' | null>(null)
  const text = useSettled(typed.trim())
  const read = useRead(accounts, { ...(text ? { text } : {}), ...(show === 'all' ? {} : { show }), page }, { topics: ['sessions', 'directory'] })
  const inviting = useWrite(invite, { onDone: () => { setAsking(null); setSelected(new Set()); read.retry() } })
  const ending = useWrite(endSessions, { onDone: (answer) => { setAsking(null); setSelected(new Set()); toast(t('已退出 {n} 个会话，锁定已解除', '{n} {n:session|sessions} ended, locks lifted', { n: count(answer.ended) }), { tone: 'good' }); read.retry() } })
  const lines = read.data?.accounts ?? []
  const picked = lines.filter((line) => selected.has(line.person.personId))
  const columns = useMemo((): Column<Line>[] => {
    const who: Column<Line> = { key: 'who', title: t('姓名', 'Name'), value: (line) => line.person.name, fixed: true, width: 190, cell: (line) => <span className="d-hint-name"><b translate="no">{line.person.name}</b><small className="b-muted num">{line.person.number}</small></span> }
    const state: Column<Line> = { key: 'state', title: t('账号', 'Account'), value: (line) => stateOf(line)[0], width: 150, cell: (line) => <Tag tone={stateOf(line)[1]}>{stateOf(line)[0]}</Tag> }
    if (narrow) return [who, { ...state, width: 140 }]
    return [
      who,
      { key: 'office', title: t('职务', 'Offices'), value: (line) => line.offices.map(officeTitle).join(t('、', ', ')), cell: (line) => (line.offices.length ? <span title={line.offices.map(officeTitle).join(t('、', ', '))}>{line.offices.map(officeTitle).join(t('、', ', '))}</span> : <span className="b-muted">{personKind(line.kind)}</span>) },
      { key: 'unit', title: t('组织', 'Unit'), value: (line) => inScript(line.unit?.name ?? ''), width: 170 },
      state,
      { key: 'login', title: t('登录账号', 'Login'), value: (line) => line.login ?? '', width: 150, cell: (line) => (line.login ? <span className="num">{line.login}</span> : <span className="b-muted">—</span>) },
      { key: 'sessions', title: t('已登录设备', 'Devices'), value: (line) => line.sessions, align: 'end', width: 110, cell: (line) => (line.sessions ? <span className="num" title={line.lastSignIn ? t('最近登录 {when}', 'last signed in {when}', { when: dateTime(line.lastSignIn) }) : ''}>{line.sessions}</span> : <span className="b-muted">0</span>) },
    ]
  }, [narrow])
  const change = (next: Show) => { setPage(1); setSelected(new Set()); setSearch({ show: next }, { replace: true }) }
  return (
    <Page wide title={t('账号', 'Accounts')} lead={t('没有默认密码：发一次性邀请码，由本人设置。忘记密码也用它重设；重设后，其他设备自动退出。', 'There are no default passwords: a one-time code lets people set their own. The same mends a forgotten one, and signs their devices out.')} breadcrumb={[{ label: t('设置', 'Settings'), to: '/settings' }]}>
      {inviting.result && <Codes codes={inviting.result.invitations} lines={lines} institution={me?.institution.code ?? ''} onClose={inviting.reset} />}
      <Panel flush>
        <div className="d-bar">
          <Choices joined={!narrow} label={t('显示', 'Show')} value={show} onChange={change} options={[{ value: 'officers', label: t('任职人', 'Holders of offices') }, { value: 'all', label: t('全部', 'All') }, { value: 'with', label: t('能登录', 'Can sign in') }, { value: 'waiting', label: t('已邀请', 'Invited') }, { value: 'none', label: t('未邀请', 'Not invited') }, { value: 'locked', label: t('已锁定', 'Locked') }]} />
          <div className="d-bar-search"><TextInput type="search" prefix="search" label={t('姓名、拼音首字母、学工号或账号', 'Name, pinyin initials, number or login')} placeholder={t('姓名、学工号或账号', 'Name, number or login')} value={typed} onChange={(value) => { setTyped(value); setPage(1) }} maxLength={60} /></div>
        </div>
        <Ready read={read} empty={{ when: (data) => data.total === 0, show: <EmptyState icon="people" title={t('没有符合的人', 'Nobody fits')} /> }}>
          {(data) => (
            <>
              <DataTable
                name={narrow ? 'accounts-narrow' : 'accounts'} label={t('账号', 'Accounts')} rows={data.accounts} rowKey={(line) => line.person.personId} columns={columns} rowHeight={52} height={Math.min(624, data.accounts.length * 52 + 4)} bare
                selected={selected} onSelect={setSelected}
                selectionActions={
                  <Stack row gap={8}>
                    <Button size="small" look="primary" onClick={() => setAsking('invite')}>{t('发邀请码', 'Invite')}</Button>
                    <Button size="small" onClick={() => setAsking('out')}>{t('退出所有设备并解锁', 'Sign out everywhere, unlock')}</Button>
                  </Stack>
                }
              />
              {data.total > data.size && (
                <div className="d-pager">
                  <span className="num">{t('{from}–{to} / {total} 人', '{from}–{to} of {total}', { from: count((page - 1) * data.size + 1), to: count(Math.min(page * data.size, data.total)), total: count(data.total) })}</span>
                  <Button size="small" disabled={page === 1} onClick={() => setPage(page - 1)}>{t('上一页', 'Before')}</Button>
                  <Button size="small" disabled={page * data.size >= data.total} onClick={() => setPage(page + 1)}>{t('下一页', 'Next')}</Button>
                </div>
              )}
            </>
          )}
        </Ready>
      </Panel>
      <Confirm open={asking === 'invite'} title={t('给 {n} 人发邀请码？', 'Codes for {n} {n:person|people}?', { n: picked.length })} action={t('生成', 'Make the codes')} busy={inviting.busy} problem={inviting.problem} onClose={() => setAsking(null)} onConfirm={() => void inviting.run({ personIds: picked.map((line) => line.person.personId) })}>
        <p>{t('每人一个，7 天有效，只能用一次。已有密码的人用码后，旧密码失效，其他设备退出登录。', 'One each, good for seven days and one use. For those who have a password, using it replaces the password and signs their devices out.')}</p>
      </Confirm>
      <Confirm open={asking === 'out'} danger title={t('让 {n} 人在所有设备上退出？', 'Sign {n} {n:person|people} out everywhere?', { n: picked.length })} action={t('退出', 'Sign out')} busy={ending.busy} problem={ending.problem} onClose={() => setAsking(null)} onConfirm={() => void ending.run({ personIds: picked.map((line) => line.person.personId) })}>
        <p>{t('密码不变，可以再登录。手机丢失或怀疑被他人使用时用；同时解除因多次输错造成的锁定。', 'Passwords stay and they can sign in again. For a lost phone or a doubt; it also lifts a lock after wrong passwords.')}</p>
      </Confirm>
    </Page>
  )
}

function stateOf(line: Line): [string, 'good' | 'warn' | 'bad' | 'muted'] {
  if (line.lockedUntil) return [t('锁定至 {when}', 'Locked until {when}', { when: dateTime(line.lockedUntil) }), 'bad']
  if (line.login) return [t('能登录', 'Can sign in'), 'good']
  if (line.invitedUntil) return [t('邀请至 {day}', 'Invited until {day}', { day: date(line.invitedUntil) }), 'warn']
  return [t('未邀请', 'Not invited'), 'muted']
}

/** The codes, once: to be taken as a list and handed over one by one. */
function Codes({ codes, lines, institution, onClose }: { codes: Output<typeof invite>['invitations']; lines: readonly Line[]; institution: string; onClose: () => void }) {
  const [taken, setTaken] = useState(false)
  const rows = codes.map((code) => ({ ...code, line: lines.find((line) => line.person.personId === code.personId) }))
  const link = (code: string) => `${location.origin}/redeem?institution=${encodeURIComponent(institution)}&code=${code}`
  const take = () => {
    const lines = [[t('学工号', 'Number'), t('姓名', 'Name'), t('邀请码', 'Code'), t('链接', 'Link'), t('有效至', 'Until')], ...rows.map(({ line, code, until }) => [line?.person.number ?? '', line?.person.name ?? '', code, link(code), until])]
    saveTable(t('邀请码.csv', 'codes.csv'), lines.map((cells) => `${joinRecord(cells)}\r\n`).join(''))
    setTaken(true)
  }
  return (
    <Receipt
      title={t('已生成 {n} 个邀请码', '{n} {n:code|codes} {n:was|were} made', { n: codes.length })}
      lines={rows.slice(0, 8).map(({ line, code }) => ({ label: <span translate="no">{line?.person.name ?? ''} {line?.person.number}</span>, value: <code>{code}</code> }))}
      actions={
        <>
          <Button look="primary" icon="download" onClick={take}>{t('下载全部邀请码', 'Download all codes')}</Button>
          <Button disabled={!taken && rows.length > 8} hint={!taken && rows.length > 8 ? t('先下载：收起后不能再看', 'Download first: they are not shown again') : ''} onClick={onClose}>{t('收起', 'Put away')}</Button>
        </>
      }
    >
      <Note tone="warn">{t('邀请码只显示这一次，系统不存原文。请逐个交给本人，不要发到群里。', 'Codes are shown this once and kept only as a digest. Hand each to its person; not into a group chat.')}</Note>
    </Receipt>
  )
}
