/** The duties of my unit: to acknowledge, to do, to review. */
import { useMemo, useState } from 'react'
import { useSearchParams } from 'wouter'
import { useAddressFlag, useAddressWord } from '#ui/address.ts'
import { Button, Check, Pick, TabView } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { count, date, dateTime, deadline, time } from '#ui/format.ts'
import { Page, Panel, TextLink } from '#ui/page.tsx'
import { PersonName } from '#ui/people.tsx'
import { EmptyState, Ready, WriteProblem } from '#ui/states.tsx'
import { InkTag, Tag } from '#ui/tags.tsx'
import { useToast } from '#ui/toast.tsx'
import { read, t } from '#ui/words.ts'
import { unit as unitCall } from '#slices/directory/contract.ts'
import * as contract from '../contract.ts'
import { AssignmentPanel } from './assignment-panel.tsx'
import { ProgressBar } from './progress.tsx'
import { clauseName, modalityInk, stateTag, useMine, type Assignment } from './words.ts'
import './notices.css'
import './alive.css'

type Tab = 'open' | 'review' | 'done'

export function BoardPage(_: { params: Record<string, string> }) {
  const { me, can } = useMine()
  const [search, setSearch] = useSearchParams()
  const units = useMemo(() => [...new Map((me?.offices ?? []).map((office) => [office.unit.unitId, office.unit])).values()], [me])
  const unitId = search.get('unit') ?? units[0]?.unitId ?? me?.homeUnitId ?? ''
  const [below, setBelow] = useAddressFlag('below')
  const [tab, setTab] = useAddressWord<Tab>('tab', 'open', ['open', 'review', 'done'])
  const [openId, setOpenId] = useState<string | null>(null)
  const live = { topics: ['assignments', 'notices'], enabled: unitId !== '' }
  const open = useRead(contract.assignments, { unitId, below, show: 'open', size: 300 }, live)
  const done = useRead(contract.assignments, { unitId, below, show: 'done', size: 100 }, { ...live, enabled: unitId !== '' && tab === 'done' })
  const mine = useRead(contract.todo, { size: 200 }, { topics: ['assignments', 'my-day'] })
  const toast = useToast()
  const acknowledge = useWrite(contract.acknowledge, { onDone: (answer) => toast(t('已签收 {n} 项', '{n} acknowledged', { n: answer.acknowledged }), { tone: 'good' }) })
  const fresh = (open.data?.assignments ?? []).filter((one) => one.state === 'sent' && one.unit.unitId === unitId)
  const reviews = mine.data?.toReview
  const mineHere = units.find((unit) => unit.unitId === unitId)
  // Led here from above: a unit below mine, called by its name.
  const elsewhere = useRead(unitCall, { unitId }, { topics: ['directory'], enabled: unitId !== '' && me !== undefined && !mineHere })
  const other = mineHere ? undefined : elsewhere.data?.unit
  const choices = other ? [other, ...units] : units
  const unitName = mineHere?.name ?? other?.name
  const waits = (id: string) => [...(mine.data?.toAcknowledge.items ?? []), ...(mine.data?.toDo.items ?? [])].filter((one) => one.unit.unitId === id).length
  const besides = units.filter((unit) => unit.unitId !== unitId && waits(unit.unitId) > 0)
  return (
    <Page
      wide title={other ? t('{unit}的任务', 'Duties of {unit}', { unit: read(other.name) }) : t('本单位任务', 'Unit duties')} breadcrumb={[{ label: t('通知', 'Notices'), to: '/notices' }]} aside={choices.length === 1 && unitName && !other && <Tag tone="accent">{read(unitName)}</Tag>}
      lead={t('签收、分解到下级、上报；下级报上来的在这里审核。', 'Acknowledge, hand down, report; what sub-units report is reviewed here.')}
      actions={
        <>
          {choices.length > 1 && <Pick label={t('单位', 'Unit')} width={240} value={unitId} onChange={(next) => next && setSearch((before) => { const after = new URLSearchParams(before); after.set('unit', next); return after }, { replace: true })} options={choices.map((unit) => ({ value: unit.unitId, label: read(unit.name), ...(waits(unit.unitId) > 0 ? { note: t('{n} 项要办', '{n} to do', { n: count(waits(unit.unitId)) }) } : {}) }))} />}
          <Check value={below} onChange={setBelow}>{t('含下级单位', 'With sub-units')}</Check>
          {fresh.length > 1 && can('duty.act') && <Button look="primary" icon="check" busy={acknowledge.busy} onClick={() => void acknowledge.run({ assignmentIds: fresh.map((one) => one.assignmentId) })}>{t('签收全部 {n} 项', 'Acknowledge all {n}', { n: fresh.length })}</Button>}
        </>
      }
    >
      <WriteProblem problem={acknowledge.problem} />
      {open.data && open.data.progress.total > 0 && <Panel><ProgressBar progress={open.data.progress} label={t('本单位任务', 'Unit duties')} legend="full" /></Panel>}
      {/* What is counted beside the navigation is of all my units: the rest must not be looked for. */}
      {besides.length > 0 && <p className="n-besides">{t('另外还有：', 'Besides: ')}{besides.map((unit) => <TextLink key={unit.unitId} to={`/duties?unit=${unit.unitId}`}>{t('{unit} {n} 项要办', '{unit}, {n} to do', { unit: read(unit.name), n: count(waits(unit.unitId)) })}</TextLink>)}</p>}
      <TabView<Tab>
        value={tab} onChange={setTab}
        items={[
          { key: 'open', label: t('要办的', 'To do'), ...(open.data ? { count: open.data.total } : {}), content: <Ready read={open} empty={{ when: (data) => data.total === 0, show: <Panel><EmptyState title={t('没有要办的任务', 'Nothing to do')}>{t('有新通知下达时会出现在这里，手机上也会提醒。', 'New duties appear here, and on the phone.')}</EmptyState></Panel> }}>{(data) => <Rows rows={data.assignments} onOpen={setOpenId} withUnit={below} onAcknowledge={can('duty.act') ? (id) => void acknowledge.run({ assignmentIds: [id] }) : null} />}</Ready> },
          ...(can('duty.review') ? [{ key: 'review' as const, label: t('待我审核', 'For my review'), ...(reviews ? { count: reviews.total } : {}), content: <Ready read={mine} empty={{ when: (data) => data.toReview.total === 0, show: <Panel><EmptyState title={t('没有待审核的上报', 'Nothing to review')} /></Panel> }}>{(data) => <Rows rows={data.toReview.items} onOpen={setOpenId} withUnit onAcknowledge={null} />}</Ready> }] : []),
          { key: 'done', label: t('办结的', 'Done'), content: <Ready read={done} empty={{ when: (data) => data.total === 0, show: <Panel><EmptyState title={t('还没有办结的任务', 'Nothing was finished yet')} /></Panel> }}>{(data) => <Rows rows={data.assignments} onOpen={setOpenId} withUnit={below} onAcknowledge={null} />}</Ready> },
        ]}
      />
      <AssignmentPanel assignmentId={openId} onClose={() => setOpenId(null)} />
    </Page>
  )
}

/** Grouped by notice, the most pressing first within. */
function Rows({ rows, onOpen, withUnit, onAcknowledge }: { rows: readonly Assignment[]; onOpen: (id: string) => void; withUnit: boolean; onAcknowledge: ((id: string) => void) | null }) {
  const groups = [...new Set(rows.map((one) => one.noticeId))].map((noticeId) => rows.filter((one) => one.noticeId === noticeId))
  return (
    <div className="n-groups">
      {groups.map((group) => (
        <Panel key={group[0]?.noticeId} flush title={<TextLink to={`/notices/${group[0]?.noticeId}`}>{read(group[0]?.noticeTitle ?? '')}</TextLink>} note={t('{n} 项', '{n}', { n: count(group.length) })}>
          {group.map((one) => {
            const tag = stateTag(one.state, one.overdue)
            const due = one.dueAt ? deadline(one.dueAt) : null
            return (
              <div key={one.assignmentId} className={one.overdue ? 'n-task n-task-late' : 'n-task'}>
                <button type="button" className="n-task-words" onClick={() => onOpen(one.assignmentId)}>
                  <span><InkTag ink={modalityInk(one.modality)} bare={one.modality !== 'must-not'} /> {read(one.text)}</span>
                  <span className="n-notice-facts b-muted">
                    <span>{clauseName(one.clause)}</span>
                    {withUnit && <b>{read(one.unit.name)}</b>}
                    {withUnit && one.owner && <PersonName name={one.owner.person.name} />}
                    {one.evidence && <span>{t('佐证 {what}', 'evidence: {what}', { what: read(one.evidence) })}</span>}
                    {one.below.total > 0 && <span className="num">{t('下级 {done}/{n}', 'sub-units {done}/{n}', { done: one.below.done, n: one.below.total })}</span>}
                    {one.lastReport?.verdict === 'sent-back' && one.lastReport.verdictNote && <span className="b-bad">{t('退回：{why}', 'sent back: {why}', { why: one.lastReport.verdictNote })}</span>}
                  </span>
                </button>
                <span className={due?.overdue ? 'n-task-due b-bad num' : 'n-task-due b-muted num'}>{one.dueAt && due && <><span>{dateTime(one.dueAt)}</span><small>{due.text}</small><span className="b-on-paper">{date(one.dueAt)} {time(one.dueAt)}</span></>}</span>
                <Tag tone={tag.tone}>{tag.name}</Tag>
                {one.state === 'sent' && onAcknowledge ? <Button size="small" onClick={() => onAcknowledge(one.assignmentId)}>{t('签收', 'Acknowledge')}</Button> : <Button size="small" onClick={() => onOpen(one.assignmentId)}>{one.state === 'reported' ? t('查看', 'Open') : t('办理', 'Act')}</Button>}
              </div>
            )
          })}
        </Panel>
      ))}
    </div>
  )
}
