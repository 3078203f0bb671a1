/** One duty, unit by unit: who not yet, who answers, the last step; remind some or all. */
import { useMemo, useState } from 'react'
import { Button, Choices } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { SidePanel } from '#ui/feedback.tsx'
import { count, date, dateTime } from '#ui/format.ts'
import { PersonName } from '#ui/people.tsx'
import { EmptyState, Ready, WriteProblem } from '#ui/states.tsx'
import { Tag } from '#ui/tags.tsx'
import { useToast } from '#ui/toast.tsx'
import { officeTitle } from '#ui/own-words.ts'
import { read, t } from '#ui/words.ts'
import * as contract from '../contract.ts'
import { isOpen } from '../rules.ts'
import { AssignmentPanel } from './assignment-panel.tsx'
import { DutyEvidence } from './evidence.tsx'
import { ProgressBar } from './progress.tsx'
import { useUnits } from './use-units.ts'
import { clauseName, stateTag, useMine, type AliveDuty, type Assignment, type Part } from './words.ts'

export interface OpenDuty {
  dutyId: string
  show: 'all' | 'open' | 'overdue' | 'nobody' | 'reported' | 'done'
}
/** Which rows stand behind a part of the bar. */
export const showOf = (part: Part): OpenDuty['show'] => (part === 'done' || part === 'reported' || part === 'overdue' || part === 'nobody' ? part : 'open')

export function DutyPanel({ open, duties, onClose, live }: { open: OpenDuty | null; duties: readonly AliveDuty[]; onClose: () => void; live: boolean }) {
  const duty = duties.find((one) => one.dutyId === open?.dutyId)
  return (
    <SidePanel open={open !== null && duty !== undefined} title={duty ? t('{clause}的一项任务', 'A duty of {clause}', { clause: clauseName(duty.clause) }) : ''} onClose={onClose} width={760}>
      {open && duty && <Units key={`${open.dutyId}/${open.show}`} duty={duty} first={open.show} live={live} />}
    </SidePanel>
  )
}

function Units({ duty, first, live }: { duty: AliveDuty; first: OpenDuty['show']; live: boolean }) {
  const { can } = useMine()
  const [show, setShow] = useState(first)
  const [page, setPage] = useState(1)
  const [opened, setOpened] = useState<string | null>(null)
  // The bar counts the units addressed; those it was handed down to are a list of their own, each with the unit above it.
  const [below, setBelow] = useState(false)
  const handed = duty.below.total > 0
  const answer = useRead(contract.duty, { dutyId: duty.dutyId, show, ...(handed ? { level: below ? ('below' as const) : ('addressed' as const) } : {}), page, size: 50 }, { topics: ['assignments', 'notices'] })
  const known = useUnits(below)
  const toast = useToast()
  const reminding = useWrite(contract.remind, { onDone: (done) => toast(done.nobody > 0 ? t('已催办 {n} 项；{m} 项没有责任人，未能送达', '{n} reminded; {m} {m:has|have} nobody to remind', { n: done.reminded, m: done.nobody }) : t('已催办 {n} 项', '{n} reminded', { n: done.reminded }), { tone: 'good' }) })
  const owing = useMemo(() => (answer.data?.assignments ?? []).filter((one) => isOpen(one.state) && one.owner), [answer.data])
  return (
    <div className="n-preview">
      <p className="b-document">{read(duty.text)}</p>
      <ProgressBar progress={duty.progress} label={read(duty.text)} legend="full" />
      <DutyEvidence dutyId={duty.dutyId} />
      {handed && <Choices joined label={t('哪一级', 'Which level')} value={below ? 'below' : 'addressed'} onChange={(next) => { setBelow(next === 'below'); setPage(1) }} options={[{ value: 'addressed', label: t('主送单位 {n}', 'Addressed {n}', { n: count(duty.progress.total) }) }, { value: 'below', label: t('分解到下级 {n}', 'Handed down {n}', { n: count(duty.below.total) }) }]} />}
      <div className="n-inline">
        <Choices joined label={t('看哪些', 'Which')} value={show} onChange={(next) => { setShow(next); setPage(1) }} options={[{ value: 'all' as const, label: t('全部', 'All') }, { value: 'open' as const, label: t('未办', 'Not yet') }, { value: 'overdue' as const, label: t('逾期', 'Overdue') }, { value: 'nobody' as const, label: t('无人负责', 'Nobody') }, { value: 'reported' as const, label: t('待审核', 'To review') }, { value: 'done' as const, label: t('办结', 'Done') }]} />
        <span className="b-grow" />
        {live && can('duty.review') && owing.length > 0 && <Button size="small" busy={reminding.busy} onClick={() => void reminding.run({ assignmentIds: owing.map((one) => one.assignmentId) })}>{t('催办这 {n} 项', 'Remind these {n}', { n: owing.length })}</Button>}
      </div>
      <WriteProblem problem={reminding.problem} />
      <Ready read={answer} empty={{ when: (data) => data.total === 0, show: <EmptyState title={t('没有这样的单位', 'No such unit')} /> }}>
        {(data) => (
          <>
            <ul className="n-plainlist n-units">
              {data.assignments.map((one) => <UnitLine key={one.assignmentId} one={one} above={below ? known.byId.get(one.unit.parentId ?? '')?.name : undefined} onOpen={() => setOpened(one.assignmentId)} remind={live && can('duty.review') && isOpen(one.state) && one.owner ? () => void reminding.run({ assignmentIds: [one.assignmentId] }) : null} />)}
            </ul>
            {data.total > 50 && (
              <div className="n-inline">
                <Button size="small" disabled={page === 1} onClick={() => setPage(page - 1)}>{t('上一页', 'Back')}</Button>
                <span className="num b-muted">{t('共 {n} 项，第 {page} 页', '{n} in all, page {page}', { n: count(data.total), page })}</span>
                <Button size="small" disabled={page * 50 >= data.total} onClick={() => setPage(page + 1)}>{t('下一页', 'Next')}</Button>
              </div>
            )}
            {data.periods.length > 0 && (
              <>
                <h3>{t('历次', 'Each time')}</h3>
                {data.periods.slice(0, 14).map((one) => (
                  <div key={one.period} className="n-period"><span className="num">{date(one.period, { weekday: true })}</span><ProgressBar progress={one.progress} label={date(one.period)} thin legend="short" /></div>
                ))}
              </>
            )}
          </>
        )}
      </Ready>
      <AssignmentPanel assignmentId={opened} onClose={() => setOpened(null)} />
    </div>
  )
}

function UnitLine({ one, above, onOpen, remind }: { one: Assignment; above: string | undefined; onOpen: () => void; remind: (() => void) | null }) {
  const tag = stateTag(one.state, one.overdue)
  return (
    <li className="n-unit">
      <div className="n-unit-name">
        <button type="button" className="b-link" onClick={onOpen}>{read(one.unit.name)}</button>
        {above && <small className="b-muted">{read(above)}</small>}
      </div>
      <Tag tone={tag.tone}>{tag.name}</Tag>
      <div className="n-unit-words">
        {one.owner ? <PersonName name={one.owner.person.name} note={officeTitle(one.owner.officeTitle)} phone={one.owner.phone} /> : <span className="b-bad">{t('无人负责', 'Nobody')}</span>}
        <small className="b-muted">
          {one.acknowledgedAt ? t('{when} 签收', 'acknowledged {when}', { when: dateTime(one.acknowledgedAt) }) : t('{when} 送达，未签收', 'sent {when}, not acknowledged', { when: dateTime(one.sentAt) })}
          {one.below.total > 0 && ` · ${t('下级 {done}/{n}', 'sub-units {done}/{n}', { done: one.below.done, n: one.below.total })}`}
          {one.nudges > 0 && ` · ${t('已催 {n} 次', 'reminded {n} {n:time|times}', { n: one.nudges })}`}
          {one.lastReport && ` · ${one.lastReport.zero ? t('零报告', 'zero report') : read(one.lastReport.text.slice(0, 40))}`}
        </small>
      </div>
      {remind && <Button size="small" onClick={remind}>{t('催办', 'Remind')}</Button>}
    </li>
  )
}
