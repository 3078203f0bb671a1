/** One assignment of one unit: what is asked, what happened, sub-units; and what may be done now: acknowledge, hand down, report, review. */
import { useState } from 'react'
import type { Input, Output } from '#kernel/contract.ts'
import { newId } from '#kernel/ids.ts'
import { units as unitsCall } from '#slices/directory/contract.ts'
import { Button, Choices, TextArea } from '#ui/controls.tsx'
import { useRead, useWrite, type Write } from '#ui/data.ts'
import { SidePanel } from '#ui/feedback.tsx'
import { bytes, count, date, dateTime } from '#ui/format.ts'
import { FileDrop, type TakenFile } from '#ui/intake.tsx'
import { Details, TextLink } from '#ui/page.tsx'
import { PersonName, UnitsPicker } from '#ui/people.tsx'
import { Note, Ready, WriteProblem } from '#ui/states.tsx'
import { InkTag, Tag } from '#ui/tags.tsx'
import { Timeline } from '#ui/timeline.tsx'
import { useToast } from '#ui/toast.tsx'
import { officeTitle } from '#ui/own-words.ts'
import { read, t } from '#ui/words.ts'
import * as contract from '../contract.ts'
import { nextState } from '../rules.ts'
import { dueWords } from './due-field.tsx'
import { EvidenceFile } from './evidence.tsx'
import { reportName } from './report-name.ts'
import { eventName, eventNote, kindName, modalityInk, stateTag, useMine, type Assignment, type Report } from './words.ts'
import './notices.css'
import './alive.css'

type Detail = Output<typeof contract.assignment>

export function AssignmentPanel({ assignmentId, onClose }: { assignmentId: string | null; onClose: () => void }) {
  return (
    <SidePanel open={assignmentId !== null} title={t('单位任务', 'Assignment')} onClose={onClose} width={720}>
      {assignmentId && <Body key={assignmentId} assignmentId={assignmentId} />}
    </SidePanel>
  )
}

function Body({ assignmentId }: { assignmentId: string }) {
  const answer = useRead(contract.assignment, { assignmentId }, { topics: ['assignments'] })
  return <Ready read={answer}>{(data) => <One data={data} />}</Ready>
}

type Doing = 'none' | 'report' | 'hand-down' | 'send-back'

function One({ data }: { data: Detail }) {
  const one = data.assignment
  const { me, can } = useMine()
  const [doing, setDoing] = useState<Doing>('none')
  const toast = useToast()
  const done = (zh: string, en: string) => ({ onDone: () => { setDoing('none'); toast(t(zh, en), { tone: 'good' as const }) } })
  const acknowledge = useWrite(contract.acknowledge, done('已签收', 'Acknowledged'))
  const start = useWrite(contract.start, done('已开始办理', 'Under way'))
  const zero = useWrite(contract.report, done('已零报告', 'Zero report made'))
  const review = useWrite(contract.review, done('已审核', 'Reviewed'))
  const tag = stateTag(one.state, one.overdue)
  const allowed = (action: Parameters<typeof nextState>[1]) => nextState(one.state, action, one.review) !== null
  // The server decides; here only what is plainly not one's own is left away.
  const holds = (me?.offices ?? []).some((office) => office.unit.unitId === one.unit.unitId) || (me?.units ?? []).some((unit) => unit.unitId === one.unit.unitId)
  const acts = can('duty.act')
  const last = data.reports.at(-1)?.version === undefined ? undefined : data.reports.toSorted((a, b) => b.version - a.version)[0]
  return (
    <div className="n-preview">
      <div>
        <p className="n-notice-facts"><InkTag ink={modalityInk(one.modality)} /> <b>{read(one.unit.name)}</b> <Tag tone={tag.tone}>{tag.name}</Tag></p>
        <p className="b-document">{read(one.text)}</p>
      </div>
      <Details items={[
        { label: t('通知', 'Notice'), value: <TextLink to={`/notices/${one.noticeId}`}>{read(one.noticeTitle)}</TextLink> },
        { label: t('时限', 'Due'), value: one.dueAt ? <span className={one.overdue ? 'b-bad num' : 'num'}>{dateTime(one.dueAt)}</span> : dueWords({ ...one, cycleTime: null, cycleWeekday: null }) ?? t('未定', 'none') },
        { label: t('责任人', 'In charge'), value: one.owner ? <PersonName name={one.owner.person.name} note={`${read(one.owner.unit.name)} ${officeTitle(one.owner.officeTitle)}`} phone={one.owner.phone} /> : <span className="b-bad">{t('无人负责', 'Nobody')}</span> },
        one.condition && { label: t('条件', 'Condition'), value: read(one.condition) },
        one.evidence && { label: t('佐证', 'Evidence'), value: read(one.evidence) },
        one.reportTo && { label: t('报送', 'Report to'), value: reportName(one.reportTo) },
        data.parent && { label: t('由谁下达', 'Handed down by'), value: read(data.parent.unit.name) },
      ].map((item) => item || null)} />

      {acts && (allowed('acknowledge') || allowed('report') || allowed('hand-down')) && (
        <div className="n-acts">
          {!holds && <p className="b-muted n-small">{t('代该单位办理会如实记录为代办。', 'Acting for this unit is recorded as such.')}</p>}
          <WriteProblem problem={acknowledge.problem ?? start.problem ?? zero.problem} />
          <div className="b-actions">
            {allowed('acknowledge') && <Button look="primary" icon="check" busy={acknowledge.busy} onClick={() => void acknowledge.run({ assignmentIds: [one.assignmentId] })}>{t('签收', 'Acknowledge')}</Button>}
            {one.state === 'acknowledged' && <Button busy={start.busy} onClick={() => void start.run({ assignmentId: one.assignmentId })}>{t('开始办理', 'Begin')}</Button>}
            {allowed('hand-down') && data.mayHandTo.length > 0 && <Button icon="units" onClick={() => setDoing(doing === 'hand-down' ? 'none' : 'hand-down')}>{t('分解到下级', 'Hand down')}</Button>}
            {allowed('report') && <Button look={allowed('acknowledge') ? 'plain' : 'primary'} icon="upload" onClick={() => setDoing(doing === 'report' ? 'none' : 'report')}>{one.state === 'sent-back' ? t('补正后重报', 'Report again') : t('上报', 'Report')}</Button>}
            {allowed('report') && <Button busy={zero.busy} onClick={() => void zero.run({ assignmentId: one.assignmentId, reportId: newId(), zero: true })} hint={t('没有需要报告的情况，一键报零', 'Nothing to report, in one press')}>{t('零报告', 'Zero report')}</Button>}
          </div>
          {doing === 'hand-down' && <HandDown data={data} onDone={() => setDoing('none')} />}
          {doing === 'report' && <ReportForm one={one} onDone={() => setDoing('none')} />}
        </div>
      )}

      {can('duty.review') && one.state === 'reported' && last && (
        <div className="n-acts">
          <h3>{t('审核第 {n} 次上报', 'Review report {n}', { n: last.version })}</h3>
          <ReportView one={one} report={last} />
          <ReviewActs one={one} report={last} review={review} sending={doing === 'send-back'} onSending={(on) => setDoing(on ? 'send-back' : 'none')} />
        </div>
      )}

      {data.reports.length > 0 && !(can('duty.review') && one.state === 'reported' && data.reports.length === 1) && (
        <>
          <h3>{t('上报', 'Reports')}</h3>
          {data.erased && <Note>{t('响应已结束，{day}以前上报的文字和佐证已按规则擦除；时间、数字和审核结论保留。', 'The response ended: words and evidence reported before {day} were erased by rule; times, figures and verdicts stay.', { day: date(data.erased.before) })} {data.erased.responseId && <TextLink to={`/responses/${data.erased.responseId}/certificate`}>{t('擦除证明', 'Certificate')}</TextLink>}</Note>}
          {data.reports.toSorted((a, b) => b.version - a.version).map((report) => <ReportView key={report.reportId} one={one} report={report} erased={data.erased !== null && report.madeAt <= data.erased.before} />)}
        </>
      )}

      {data.childrenTotal > 0 && (
        <>
          <h3>{t('下级（{n}）', 'Sub-units ({n})', { n: count(data.childrenTotal) })}</h3>
          <ul className="n-plainlist n-units">
            {data.children.map((child) => {
              const childTag = stateTag(child.state, child.overdue)
              return (
                <li key={child.assignmentId} className="n-unit">
                  <span className="n-unit-name">{read(child.unit.name)}</span>
                  <Tag tone={childTag.tone}>{childTag.name}</Tag>
                  {child.owner ? <PersonName name={child.owner.person.name} phone={child.owner.phone} /> : <span className="b-bad">{t('无人负责', 'Nobody')}</span>}
                </li>
              )
            })}
          </ul>
        </>
      )}
      <h3>{t('经过', 'What happened')}</h3>
      <Timeline entries={data.events.map((event, index) => ({ id: `${event.at}/${index}`, at: event.at, title: eventName(event.kind), by: event.by, text: read(eventNote(event.note) ?? '') }))} />
    </div>
  )
}

function ReviewActs({ one, report, review, sending, onSending }: { one: Assignment; report: Report; review: Write<typeof contract.review>; sending: boolean; onSending: (on: boolean) => void }) {
  const [note, setNote] = useState('')
  return (
    <>
      <WriteProblem problem={review.problem} />
      {sending && <TextArea label={t('退回理由', 'Reason')} placeholder={t('缺什么、怎么补（对方可见）', 'What is missing (they see it)')} value={note} onChange={setNote} rows={2} maxLength={400} />}
      <div className="b-actions">
        {!sending && <Button look="primary" icon="check" busy={review.busy} onClick={() => void review.run({ assignmentId: one.assignmentId, reportId: report.reportId, verdict: 'accepted' })}>{t('认可', 'Accept')}</Button>}
        {sending ? (
          <>
            <Button look="danger" busy={review.busy} disabled={note.trim().length < 2} onClick={() => void review.run({ assignmentId: one.assignmentId, reportId: report.reportId, verdict: 'sent-back', note: note.trim() })}>{t('退回', 'Send back')}</Button>
            <Button onClick={() => onSending(false)}>{t('取消', 'Cancel')}</Button>
          </>
        ) : (
          <Button onClick={() => onSending(true)}>{t('退回…', 'Send back…')}</Button>
        )}
      </div>
    </>
  )
}

function ReportView({ one, report, erased = false }: { one: Assignment; report: Report; erased?: boolean }) {
  return (
    <div className="n-report">
      <p className="n-notice-facts">
        <b className="num">{t('第 {n} 次', 'No. {n}', { n: report.version })}</b>
        <span className="num b-muted">{dateTime(report.madeAt)}</span>
        {report.by && <span translate="no">{report.by}</span>}
        {report.onBehalf && <Tag>{t('代报', 'on behalf')}</Tag>}
        {report.late && <Tag tone="warn">{t('逾期上报', 'late')}</Tag>}
        {report.zero && <Tag>{t('零报告', 'zero report')}</Tag>}
        {report.verdict && <Tag tone={report.verdict === 'accepted' ? 'good' : 'bad'}>{report.verdict === 'accepted' ? t('认可', 'Accepted') : t('退回', 'Sent back')}</Tag>}
      </p>
      {report.text && <p className="n-report-text">{report.text}</p>}
      {erased && !report.text && !report.file && !report.zero && <p className="b-muted n-small">{t('（内容已擦除）', '(erased)')}</p>}
      {report.figures.length > 0 && <p className="n-notice-facts num">{report.figures.map((figure) => <span key={figure.label}>{figure.label} <b>{count(figure.value)}</b></span>)}</p>}
      {report.file && <EvidenceFile file={{ assignmentId: one.assignmentId, reportId: report.reportId, ...report.file }} />}
      {report.verdictNote && <Note tone={report.verdict === 'sent-back' ? 'warn' : 'info'}>{report.verdictNote} <span className="b-muted">{report.verdictBy}</span></Note>}
    </div>
  )
}

function ReportForm({ one, onDone }: { one: Assignment; onDone: () => void }) {
  const [text, setText] = useState('')
  const [file, setFile] = useState<TakenFile | null>(null)
  const [reportId] = useState(newId)
  const toast = useToast()
  const send = useWrite(contract.report, { onDone: (answer) => { toast(answer.state === 'accepted' ? t('已上报并办结', 'Reported and done') : t('已上报，等待审核', 'Reported, waiting for review'), { tone: 'good' }); onDone() } })
  return (
    <div className="n-edit">
      <TextArea label={t('办理情况', 'What was done')} placeholder={one.evidence ? t('办理情况。要求的佐证：{what}', 'What was done. Evidence asked: {what}', { what: one.evidence }) : t('办理情况', 'What was done')} value={text} onChange={setText} rows={3} />
      {file ? <p className="n-inline"><Tag>{file.name} · {bytes(file.bytes.length)}</Tag><button type="button" className="b-link" onClick={() => setFile(null)}>{t('去掉', 'Remove')}</button></p> : <FileDrop accept={['.pdf', '.docx', '.xlsx', '.csv', '.txt', '.jpg', '.jpeg', '.png', '.zip']} limit={10 * 1048576} onFile={setFile} title={t('附上佐证文件', 'Attach evidence')} />}
      <WriteProblem problem={send.problem} />
      <div className="b-actions">
        <Button look="primary" busy={send.busy} disabled={!text.trim() && !file} onClick={() => void send.run({ assignmentId: one.assignmentId, reportId, ...(text.trim() ? { text: text.trim() } : {}) }, file ? { file } : {})}>{t('提交', 'Send')}</Button>
        <Button onClick={onDone}>{t('取消', 'Cancel')}</Button>
      </div>
    </div>
  )
}

function HandDown({ data, onDone }: { data: Detail; onDone: () => void }) {
  const one = data.assignment
  const [how, setHow] = useState<string>(data.mayHandTo[0]?.kind ?? 'chosen')
  const [unitIds, setUnitIds] = useState<string[]>([])
  const [note, setNote] = useState('')
  const below = useRead(unitsCall, { tree: one.unit.tree, under: one.unit.unitId, depth: 4 }, { enabled: how === 'chosen' })
  const toast = useToast()
  const hand = useWrite(contract.handDown, { onDone: (answer) => { toast(answer.nobody.length > 0 ? t('已分解 {n} 个；{m} 个没有责任人', '{n} handed down; {m} {m:has|have} nobody', { n: answer.handed, m: answer.nobody.length }) : t('已分解到 {n} 个单位', 'Handed down to {n} {n:unit|units}', { n: answer.handed }), { tone: 'good' }); onDone() } })
  const input: Input<typeof contract.handDown> = { assignmentId: one.assignmentId, ...(how === 'chosen' ? { unitIds } : { kind: how }), ...(note.trim() ? { note: note.trim() } : {}) }
  return (
    <div className="n-edit">
      <Choices label={t('分解到', 'Hand down to')} value={how} onChange={setHow} options={[...data.mayHandTo.map((kind) => ({ value: kind.kind, label: t('全部{kind}（{n}）', 'All {kind} ({n})', { kind: kindName(kind.kind), n: kind.units }) })), { value: 'chosen', label: t('选择单位', 'Choose units') }]} />
      {how === 'chosen' && <UnitsPicker strict units={(below.data?.units ?? []).filter((unit) => unit.unitId !== one.unit.unitId).map((unit) => ({ id: unit.unitId, parentId: unit.parentId, name: unit.name }))} value={unitIds} onChange={setUnitIds} />}
      <TextArea label={t('说明', 'Note')} placeholder={t('对下级的具体要求（可不填）', 'What they should do (optional)')} value={note} onChange={setNote} rows={2} maxLength={400} />
      <WriteProblem problem={hand.problem} />
      <div className="b-actions">
        <Button look="primary" busy={hand.busy} disabled={how === 'chosen' && unitIds.length === 0} onClick={() => void hand.run(input)}>{t('下达', 'Hand down')}</Button>
        <Button onClick={onDone}>{t('取消', 'Cancel')}</Button>
      </div>
    </div>
  )
}
