/** A notice, alive: the document clause by clause, each with its live bar, its owners, and by whom it is not done. */
import { useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import { Button, Check, MenuButton, TabView, TextArea } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { Confirm } from '#ui/feedback.tsx'
import { Figure } from '#ui/figures.tsx'
import { count, date, dateTime } from '#ui/format.ts'
import { Page, Panel, TextLink } from '#ui/page.tsx'
import { Note, Ready } from '#ui/states.tsx'
import { Tag } from '#ui/tags.tsx'
import { Timeline } from '#ui/timeline.tsx'
import { useToast } from '#ui/toast.tsx'
import { read, t, useLanguage } from '#ui/words.ts'
import * as contract from '../contract.ts'
import { ClauseLive, Folded } from './clause-live.tsx'
import { DocumentText } from './document-text.tsx'
import { DutyPanel, type OpenDuty } from './duty-panel.tsx'
import { sections } from './passages.ts'
import { ProgressBar } from './progress.tsx'
import { RoundPanel, StartRound } from './rounds.tsx'
import { eventName, eventNote, hazardName, statusTag, useMine, type Alive } from './words.ts'
import './notices.css'
import './alive.css'

export function NoticePage({ params }: { params: Record<string, string> }) {
  const noticeId = params['noticeId'] ?? ''
  const answer = useRead(contract.get, { noticeId }, { topics: ['notices', 'assignments', 'rounds'], refetchMs: 30_000 })
  if (!answer.data) return <Page wide title={t('通知', 'Notice')} breadcrumb={[{ label: t('通知', 'Notices'), to: '/notices' }]}><Ready read={answer} rows={8}>{() => null}</Ready></Page>
  return <Living data={answer.data} />
}

function Living({ data }: { data: Alive }) {
  useLanguage()
  const { can } = useMine()
  const { notice, header } = data
  const [openClause, setOpenClause] = useState<string | null>(null)
  const [duty, setDuty] = useState<OpenDuty | null>(null)
  const [roundId, setRoundId] = useState<string | null>(null)
  const [starting, setStarting] = useState(false)
  const [withdrawing, setWithdrawing] = useState(false)
  const [tab, setTab] = useState<'clauses' | 'story' | 'rounds'>('clauses')
  const [, go] = useLocation()
  const toast = useToast()
  const reminding = useWrite(contract.remind, { onDone: (done) => toast(t('已催办 {n} 项', '{n} reminded', { n: done.reminded }), { tone: 'good' }) })
  const layers = useMemo(() => ({ sentences: data.clauses.flatMap((clause) => clause.sentences), duties: data.duties.filter((one) => one.start !== null && one.end !== null).map((one) => ({ id: one.dutyId, start: one.start as number, end: one.end as number, forbids: one.modality === 'must-not' })), doubts: [], repairs: [] }), [data.clauses, data.duties])
  const parts = useMemo(() => sections(data.text, data.clauses), [data.text, data.clauses])
  const below = useMemo(() => {
    const parent = new Map(data.clauses.map((clause) => [clause.clauseId, clause.parentId]))
    return (clauseId: string | null, top: string): boolean => {
      for (let at = clauseId; at !== null; at = parent.get(at) ?? null) if (at === top) return true
      return false
    }
  }, [data.clauses])
  const placeless = data.duties.filter((one) => !parts.some((part) => part.clause && below(one.clauseId, part.clause.clauseId)))
  const pressing = data.duties.flatMap((one) => one.missing.filter((missing) => missing.overdue && missing.owner).map((missing) => missing.assignmentId))
  const standing = notice.status === 'issued'
  const tag = statusTag(notice.status)
  const toggle = (clauseId: string) => setOpenClause(openClause === clauseId ? null : clauseId)
  return (
    <Page
      wide documentTitle={read(notice.title)} title={read(notice.title)} breadcrumb={[{ label: t('通知', 'Notices'), to: '/notices' }]}
      aside={<><Tag tone={tag.tone}>{tag.name}</Tag>{notice.version > 1 && <Tag tone="accent">{t('第 {n} 版', 'Version {n}', { n: notice.version })}</Tag>}</>}
      lead={<span className="n-notice-facts">{[header.issuer && read(header.issuer), header.docNumber, header.date && date(header.date)].filter(Boolean).join(' · ')} {notice.hazards.map((hazard) => <Tag key={hazard}>{hazardName(hazard)}</Tag>)} {notice.issuedAt && <span className="b-muted">{t('{when} 由 {who} 签发', 'issued {when} by {who}', { when: dateTime(notice.issuedAt), who: notice.issuedBy ?? '' })}</span>}</span>}
      actions={
        <>
          {can('brief.write') && standing && <Button icon="briefs" to={`/briefs?notice=${notice.noticeId}`}>{t('起草专报', 'Draft a brief')}</Button>}
          {can('notice.issue') && standing && <Button icon="phone" onClick={() => setStarting(true)}>{t('叫应', 'Call and confirm')}</Button>}
          {can('duty.review') && pressing.length > 0 && standing && <Button busy={reminding.busy} onClick={() => void reminding.run({ assignmentIds: [...new Set(pressing)].slice(0, 500) })}>{t('催办逾期的 {n} 项', 'Remind {n} overdue', { n: new Set(pressing).size })}</Button>}
          {(can('notice.draft') || can('notice.issue')) && standing && (
            <MenuButton icon="more" hint={t('更多', 'More')} items={[
              ...(can('notice.draft') ? [{ label: t('修订：导入新文本', 'Amend: import the new text'), icon: 'upload' as const, run: () => go(`/notices/import?amends=${notice.noticeId}`) }] : []),
              ...(can('notice.issue') ? [{ label: t('撤回', 'Withdraw'), danger: true, run: () => setWithdrawing(true) }] : []),
            ]} />
          )}
        </>
      }
    >
      {notice.status === 'withdrawn' && <Note tone="bad">{t('{when} 撤回：{why}', 'Withdrawn {when}: {why}', { when: notice.withdrawnAt ? dateTime(notice.withdrawnAt) : '', why: notice.withdrawalReason ?? '' })}</Note>}
      {notice.amendedBy && <Note action={<TextLink to={`/notices/${notice.amendedBy}`}>{t('看新版', 'See the new version')}</TextLink>}>{t('这份通知已被修订，任务转到新版。', 'This notice was amended; its duties moved to the new version.')}</Note>}
      <div className="n-figures">
        <Panel>
          <ProgressBar progress={data.progress} label={t('主送单位办理情况', 'Units addressed')} legend="full" />
          <p className="n-reconcile-small b-muted num">
            {t('主送单位任务共 {n} 项', '{n} {n:assignment|assignments} of units addressed', { n: count(data.progress.total) })}
            {data.ended > 0 && <> · {t('终止 {n} 项，办理痕迹保留在“经过”里', '{n} ended; the trace stays under “What happened”', { n: count(data.ended) })}</>}
            {data.below.total > 0 && <> · {t('已分解到下级 {n} 项，办结 {done} 项', '{n} handed down, {done} done', { n: count(data.below.total), done: count(data.below.done) })}</>}
          </p>
        </Panel>
        <Figure label={t('已阅回执', 'Opened by')} value={data.receipts.opened} unit={t('/ {n} 人', 'of {n} {n:person|people}', { n: count(data.receipts.people) })} at={data.asOf} />
        <Figure label={t('逾期', 'Overdue')} value={data.progress.overdue} tone={data.progress.overdue > 0 ? 'bad' : 'plain'} unit={t('项', '')} {...(data.duties.some((one) => one.progress.overdue > 0) ? { onClick: () => { const worst = data.duties.toSorted((a, b) => b.progress.overdue - a.progress.overdue)[0]; if (worst) setDuty({ dutyId: worst.dutyId, show: 'overdue' }) } } : {})} />
        <Figure label={t('无人负责', 'Nobody answers')} value={data.progress.nobody} tone={data.progress.nobody > 0 ? 'warn' : 'plain'} unit={t('项', '')} {...(data.duties.some((one) => one.progress.nobody > 0) ? { onClick: () => { const worst = data.duties.toSorted((a, b) => b.progress.nobody - a.progress.nobody)[0]; if (worst) setDuty({ dutyId: worst.dutyId, show: 'nobody' }) } } : {})} />
      </div>
      <TabView
        value={tab} onChange={setTab}
        items={[
          {
            key: 'clauses', label: t('逐条进展', 'Clause by clause'),
            content: (
              <div className="n-alive">
                {parts.map((part) =>
                  part.clause ? (
                    <ClauseLive key={part.clause.clauseId} clause={part.clause} text={data.text} from={part.start} to={part.end} layers={layers} duties={data.duties.filter((one) => below(one.clauseId, (part.clause as { clauseId: string }).clauseId))} open={openClause === part.clause.clauseId} onToggle={() => toggle((part.clause as { clauseId: string }).clauseId)} onDuty={setDuty} live={standing} />
                  ) : (
                    <div key={part.start} className="n-clause n-clause-plain"><Folded text={data.text.slice(part.start, part.end)}><DocumentText text={data.text} layers={layers} from={part.start} to={part.end} /></Folded><div /></div>
                  ),
                )}
                {placeless.length > 0 && <ClauseLive clause={null} text={data.text} from={0} to={0} layers={layers} duties={placeless} open={openClause === '—'} onToggle={() => toggle('—')} onDuty={setDuty} live={standing} />}
              </div>
            ),
          },
          { key: 'rounds', label: t('叫应', 'Call and confirm'), count: data.rounds.length, content: <Rounds data={data} onOpen={setRoundId} /> },
          {
            key: 'story', label: t('经过', 'What happened'),
            content: <Panel><Timeline entries={data.events.map((event, index) => ({ id: `${event.at}/${index}`, at: event.at, title: <>{event.unit && <b>{read(event.unit)}{event.units > 3 && t(' 等 {n} 个单位', ' and more, {n} {n:unit|units}', { n: event.units })}</b>} {eventName(event.kind)}</>, by: event.by, text: read(eventNote(event.note) ?? '') }))} /></Panel>,
          },
        ]}
      />
      <DutyPanel open={duty} duties={data.duties} onClose={() => setDuty(null)} live={standing} />
      <RoundPanel roundId={roundId} onClose={() => setRoundId(null)} />
      <StartRound open={starting} notice={data} onClose={() => setStarting(false)} onStarted={(id) => { setStarting(false); setTab('rounds'); setRoundId(id) }} />
      <Withdraw open={withdrawing} noticeId={notice.noticeId} measures={data.duties.some((one) => one.measure)} onClose={() => setWithdrawing(false)} />
    </Page>
  )
}

function Rounds({ data, onOpen }: { data: Alive; onOpen: (roundId: string) => void }) {
  if (data.rounds.length === 0) return <Panel><p className="b-muted">{t('还没有叫应。需要确认“收到并知道”时，逐个单位叫应：没应答就自动找代理人，再往上一级。', 'No round yet. Where “received and understood” must be certain, call unit by unit: who does not answer is followed by the deputy, then the next level up.')}</p></Panel>
  return (
    <Panel flush>
      {data.rounds.map((round) => (
        <button key={round.roundId} type="button" className="n-round" onClick={() => onOpen(round.roundId)}>
          <span className="n-round-words"><b>{read(round.message)}</b><span className="b-muted">{dateTime(round.startedAt)} · {round.closedAt ? t('已结束', 'closed') : t('进行中', 'running')}</span></span>
          <span className="n-round-numbers num">
            <span>{t('发出', 'Sent')} <b>{round.sent}</b></span><span>{t('已应答', 'Confirmed')} <b className="n-good">{round.confirmed}</b></span><span>{t('未应答', 'Not confirmed')} <b>{round.notConfirmed}</b></span><span>{t('联系不上', 'Unreachable')} <b className={round.unreachable ? 'b-bad' : ''}>{round.unreachable}</b></span>
          </span>
        </button>
      ))}
    </Panel>
  )
}

function Withdraw({ open, noticeId, measures, onClose }: { open: boolean; noticeId: string; measures: boolean; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const [end, setEnd] = useState(true)
  const toast = useToast()
  const withdraw = useWrite(contract.withdraw, { onDone: (answer) => { toast(t('已撤回，{n} 项未了结的任务终止', 'Withdrawn; {n} open {n:assignment|assignments} ended', { n: answer.ended }), { tone: 'good' }); onClose() } })
  return (
    <Confirm open={open} danger title={t('撤回这份通知？', 'Withdraw this notice?')} action={t('撤回', 'Withdraw')} disabled={reason.trim().length < 2} busy={withdraw.busy} problem={withdraw.problem} onClose={onClose} onConfirm={() => void withdraw.run({ noticeId, reason: reason.trim(), ...(measures ? { endMeasures: end } : {}) })}>
      <div className="n-preview">
        <p>{t('未了结的任务立即终止，已送达的单位会看到撤回和理由。办理痕迹保留。撤回不能恢复，只能重新签发。', 'Open assignments end at once; the units see it with the reason. The trace stays. It cannot be taken back, only issued anew.')}</p>
        <TextArea label={t('撤回理由', 'Reason')} placeholder={t('撤回理由（必填，各单位可见）', 'Reason (required, the units see it)')} value={reason} onChange={setReason} rows={2} maxLength={400} />
        {measures && <Check value={end} onChange={setEnd}>{t('同时停用随它启用的措施', 'Also end the measures switched on with it')}</Check>}
      </div>
    </Confirm>
  )
}
