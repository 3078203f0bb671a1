/** The last look before issuing: who is reached, who is nobody's, what it costs, what is missing; then one press, and a receipt. */
import { useState, type ReactNode } from 'react'
import { Check, Pick, TextInput } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { Confirm } from '#ui/feedback.tsx'
import { count } from '#ui/format.ts'
import { Note, Ready } from '#ui/states.tsx'
import { say, t } from '#ui/words.ts'
import type { Output } from '#kernel/contract.ts'
import * as contract from '../contract.ts'
import { demands, type Demand } from '../demand.ts'
import { Touched } from './amendment.tsx'
import { Levels, Measures, NobodyList, PastDue } from './reach.tsx'
import { demandNames, type Preview } from './words.ts'

export type Issued = Output<typeof contract.issue>

export function IssueDialog({ noticeId, open, onClose, onIssued, amends, demandedBy, onDemand }: { noticeId: string; open: boolean; demandedBy: Demand; onDemand: (by: Demand) => void; onClose: () => void; onIssued: (answer: Issued) => void; amends: boolean }) {
  const issue = useWrite(contract.issue, { onDone: onIssued })
  // What is being issued is no draft any more: there is nothing to preview.
  const asking = open && !issue.busy && !issue.result
  const read = useRead(contract.preview, { noticeId }, { enabled: asking, topics: ['notice-drafts', 'directory'], keep: false })
  const changes = useRead(contract.amendment, { noticeId }, { enabled: asking && amends, topics: ['notice-drafts', 'assignments'] })
  const [endLeft, setEndLeft] = useState(true)
  const left = changes.data?.measures.filter((one) => one.then === 'left') ?? []
  const [agreed, setAgreed] = useState<Record<string, boolean>>({})
  const [sponsor, setSponsor] = useState('')
  const preview = read.data
  const asks = preview?.asks ?? []
  const stops = preview?.stops ?? []
  const unsaid = asks.filter((ask) => !(ask.code === 'burden' ? sponsor.trim().length >= 4 : agreed[ask.code])).length
  const press = () => {
    if (!preview) return
    void issue.run({
      noticeId,
      ...(preview.past.length > 0 && agreed['past-deadline'] ? { acknowledgePast: preview.past.map((one) => one.dutyId) } : {}),
      ...(agreed['blanks'] ? { acceptBlanks: true } : {}), ...(agreed['unconfirmed'] ? { leaveUnconfirmed: true } : {}), ...(sponsor.trim() ? { sponsor: sponsor.trim() } : {}), ...(left.length > 0 && endLeft ? { endMeasures: true } : {}),
    })
  }
  return (
    <Confirm
      open={open} width={760} title={t('签发前最后一眼', 'A last look before issuing')} action={preview ? t('签发给 {n} 个责任人', 'Issue to {n} {n:person|people} in charge', { n: count(preview.responsible) }) : t('签发', 'Issue')}
      busy={issue.busy} problem={issue.problem} disabled={!preview || stops.length > 0 || unsaid > 0} blocked={preview && (stops.length > 0 ? t('现在不能签发，原因见上', 'It cannot be issued now; see above') : unsaid > 0 && t('还有 {n} 项要确认', '{n} {n:point|points} to say yes to', { n: unsaid }))} onConfirm={press} onClose={onClose}
    >
      <Ready read={read} rows={6}>{(data) => <PreviewBody preview={data} changes={changes.data && <><h3>{t('与原通知相比', 'Against the earlier notice')}</h3><Touched data={changes.data} />{left.length > 0 && <Check value={endLeft} onChange={setEndLeft}>{t('同时停用不再用到的措施', 'End the measures that are no longer used')}</Check>}</>} demand={data.measures.some((one) => !one.alreadyOn) && (
              <div className="n-inline">
                <span>{t('这些措施是谁提出的要求：', 'Who demands these measures: ')}</span>
                <Pick label={t('谁提出的要求', 'Demanded by')} width={140} value={demandedBy} onChange={(by) => by && onDemand(by)} options={demands.map((value) => ({ value, label: demandNames()[value] }))} />
              </div>
            )} agreed={agreed} onAgree={(code, on) => setAgreed((before) => ({ ...before, [code]: on }))} sponsor={sponsor} onSponsor={setSponsor} />}</Ready>
    </Confirm>
  )
}

function PreviewBody({ preview, changes, demand, agreed, onAgree, sponsor, onSponsor }: { preview: Preview; changes: ReactNode; demand: ReactNode; agreed: Record<string, boolean>; onAgree: (code: string, on: boolean) => void; sponsor: string; onSponsor: (text: string) => void }) {
  return (
    <div className="n-preview n-preview-scroll">
      {preview.stops.map((stop) => <Note key={stop.code} tone="bad">{say(stop)}</Note>)}
      <p>
        {t('{duties} 条任务', '{duties} {duties:duty|duties} ', { duties: preview.duties.confirmed })}
        {preview.duties.prohibitions > 0 && t('（其中禁止 {n} 条）', '({n} {n:prohibition|prohibitions}) ', { n: preview.duties.prohibitions })}
        {t('，落到 {assignments} 项单位任务', 'as {assignments} {assignments:assignment|assignments} of units', { assignments: count(preview.assignments) })}
        {preview.assignmentsPerDay > 0 && t('，此外每天 {n} 项', ', and {n} more each day', { n: count(preview.assignmentsPerDay) })}
        {t('。', '.')}
      </p>
      {changes}
      <Levels preview={preview} />
      <h3>{t('向个人提问', 'Asked of persons')}</h3>
      <Measures preview={preview} />
      {demand}
      {preview.asks.length > 0 && <h3>{t('请逐项确认', 'Please say yes to each')}</h3>}
      {preview.asks.map((ask) => (
        <div key={ask.code} className="n-ask">
          {ask.code === 'burden' ? (
            <>
              <p className="b-bad">{say(ask)}</p>
              <TextInput label={t('由谁负责、为何必要', 'Who answers for it, and why')} placeholder={t('由谁负责、为何必要（必填）', 'Who answers for it, and why (required)')} value={sponsor} onChange={onSponsor} />
            </>
          ) : (
            <Check value={agreed[ask.code] ?? false} onChange={(on) => onAgree(ask.code, on)}>{say(ask)}</Check>
          )}
          {ask.code === 'past-deadline' && <PastDue preview={preview} />}
          {ask.code === 'nobody' && <NobodyList preview={preview} />}
        </div>
      ))}
    </div>
  )
}
