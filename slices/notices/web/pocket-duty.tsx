/** One duty of a unit: what the notice says, until when; acknowledge, hand down, report, review. */
import { useState } from 'react'
import { Link } from 'wouter'
import type { Output } from '#kernel/contract.ts'
import type { me } from '#slices/directory/contract.ts'
import { ownWord } from '#ui/own-words.ts'
import { useWrite } from '#ui/data.ts'
import { dateTime, deadline } from '#ui/format.ts'
import { useKeptRead } from '#ui/pocket/data.ts'
import { ChoiceList, TextField } from '#ui/pocket/fields.tsx'
import { BigButton, Card, Screen, SectionTitle, Skeleton, Stack } from '#ui/pocket/parts.tsx'
import { usePending } from '#ui/pocket/pending.ts'
import { Sheet } from '#ui/pocket/Sheet.tsx'
import { useSession } from '#ui/session.tsx'
import { ErrorState, Note, WriteProblem } from '#ui/states.tsx'
import { useToast } from '#ui/toast.tsx'
import { read as asRead, t } from '#ui/words.ts'
import { assignment as assignmentCall, handDown, report, review, todo } from '../contract.ts'
import { AcknowledgeAll, cycleWords, stateOf, type AssignmentShape } from './pocket-duty-rows.tsx'
import { ReportActs, ReportFile } from './pocket-report.tsx'
import { reportName } from './report-name.ts'

type Detail = Output<typeof assignmentCall>

export function DutyPage({ params }: { params: Record<string, string> }) {
  const assignmentId = params['assignmentId'] ?? ''
  const list = useKeptRead(todo, { size: 50 }, { topics: ['assignments', 'rounds'] })
  const detail = useKeptRead(assignmentCall, { assignmentId }, { topics: ['assignments'] })
  const piles = list.data ? [...list.data.toAcknowledge.items, ...list.data.toDo.items, ...list.data.toReview.items] : []
  // Without a network the list still tells what is to be done.
  const one = detail.data?.assignment ?? piles.find((each) => each.assignmentId === assignmentId)
  const reported = usePending(report, detail.at).some((each) => each.input.assignmentId === assignmentId)
  if (!one) return <Screen title={t('任务', 'Duty')} back="/tasks">{detail.problem ? <ErrorState problem={detail.problem} retry={detail.retry} /> : <Skeleton cards={2} />}</Screen>
  return (
    <Screen title={asRead(one.unit.name)} back="/tasks" lead={[stateOf(one), cycleWords(one)].filter(Boolean).join(' · ')}>
      <Stack>
        {one.dueAt && <Note tone={one.overdue ? 'bad' : deadline(one.dueAt).soon ? 'warn' : 'info'}>{`${dateTime(one.dueAt)} · ${deadline(one.dueAt).text}`}</Note>}
        <div className="b-document p-duty-text">
          <p>{asRead(one.text)}</p>
        </div>
        <dl className="p-card p-facts">
          <div>
            <dt>{t('通知', 'Notice')}</dt>
            <dd>
              <Link className="b-link" href={`/notices/${one.noticeId}`}>
                {asRead(one.noticeTitle)}
              </Link>
              {one.clause && <small className="b-muted"> {t('原文“{clause}”', 'in “{clause}”', { clause: asRead(one.clause) })}</small>}
            </dd>
          </div>
          {one.condition && <Line label={t('条件', 'Condition')} text={asRead(one.condition)} />}
          {one.evidence && <Line label={t('要什么佐证', 'Evidence asked for')} text={asRead(one.evidence)} />}
          {one.reportTo && <Line label={t('报给谁', 'Report to')} text={reportName(one.reportTo)} />}
          {one.below.total > 0 && <Line label={t('下级', 'Below')} text={t('共 {total}，已签收 {acknowledged}，已完成 {done}', '{total} in all, {acknowledged} acknowledged, {done} done', one.below)} />}
        </dl>
      </Stack>
      {detail.data && <Reports detail={detail.data} />}
      {reported ? <Note tone={navigator.onLine ? 'info' : 'warn'}>{navigator.onLine ? t('已上报，正在送达。', 'Reported; on its way.') : t('已保存在本机，联网后自动发送。', 'Kept on this phone; sent when the network is back.')}</Note> : <Acts one={one} detail={detail.data} />}
    </Screen>
  )
}

const Line = ({ label, text }: { label: string; text: string }) => (
  <div>
    <dt>{label}</dt>
    <dd>{text}</dd>
  </div>
)

function Reports({ detail }: { detail: Detail }) {
  if (detail.reports.length === 0) return null
  return (
    <>
      <SectionTitle>{t('报告', 'Reports')}</SectionTitle>
      <Stack>
        {detail.reports.map((one) => (
          <Card key={one.reportId} title={one.zero ? t('零报告', 'Zero report') : t('第 {n} 次报告', 'Report {n}', { n: one.version })} text={[dateTime(one.madeAt), one.by, one.late && t('逾期', 'late')].filter(Boolean).join(' · ')}>
            {one.text && <p className="p-text">{one.text}</p>}
            {one.figures.map((figure) => (
              <p key={figure.label}>
                {figure.label}：<b className="num">{figure.value}</b>
              </p>
            ))}
            {one.file && <ReportFile assignmentId={detail.assignment.assignmentId} reportId={one.reportId} file={one.file} />}
            {one.verdict && (
              <Note tone={one.verdict === 'accepted' ? 'good' : 'warn'}>
                {one.verdict === 'accepted' ? t('已认可', 'Accepted') : t('退回', 'Sent back')} {one.verdictNote}
              </Note>
            )}
          </Card>
        ))}
      </Stack>
    </>
  )
}

function Acts({ one, detail }: { one: AssignmentShape; detail: Detail | undefined }) {
  const { me: mySelf, can } = useSession<Output<typeof me>>()
  const own = one.owner?.person.personId === mySelf?.person.personId || (mySelf?.offices.some((office) => office.unit.unitId === one.unit.unitId) ?? false)
  const open = ['sent', 'acknowledged', 'under-way', 'sent-back'].includes(one.state)
  const last = detail?.reports.toSorted((a, b) => b.version - a.version)[0]
  return (
    <>
      <SectionTitle>{t('办理', 'Handle')}</SectionTitle>
      <Stack>
        {one.state === 'sent' && can('duty.act') && <AcknowledgeAll assignments={[one]} />}
        {open && can('duty.act') && <ReportActs one={one} />}
        {open && can('duty.act') && detail && detail.mayHandTo.length > 0 && <HandDown one={one} kinds={detail.mayHandTo} />}
        {one.state === 'reported' && !own && can('duty.review') && last && <Review one={one} reportId={last.reportId} />}
        {one.state === 'accepted' && <Note tone="good">{t('这一项已完成。', 'This one is done.')}</Note>}
        {one.state === 'reported' && own && <Note>{t('已上报，等上级审核。', 'Reported; waiting to be reviewed.')}</Note>}
      </Stack>
    </>
  )
}

function HandDown({ one, kinds }: { one: AssignmentShape; kinds: Detail['mayHandTo'] }) {
  const [open, setOpen] = useState(false)
  const [kind, setKind] = useState<string | null>(kinds[0]?.kind ?? null)
  const [note, setNote] = useState('')
  const toast = useToast()
  const write = useWrite(handDown, {
    onDone: (answer) => {
      setOpen(false)
      toast(t('已分解到 {n} 个单位', 'Handed down to {n} {n:unit|units}', { n: answer.handed }), { tone: 'good' })
    },
  })
  return (
    <>
      <BigButton look="plain" icon="units" onPress={() => setOpen(true)}>
        {t('分解到下级', 'Hand down')}
      </BigButton>
      <Sheet
        open={open} title={t('分解到下级单位', 'Hand down to sub-units')} onClose={() => setOpen(false)}
        foot={
          <>
            <WriteProblem problem={write.problem} />
            <BigButton busy={write.busy} disabled={!kind} onPress={() => kind && void write.run({ assignmentId: one.assignmentId, kind, ...(note.trim() ? { note: note.trim() } : {}) })}>
              {t('分解给 {n} 个单位', 'Hand down to {n} {n:unit|units}', { n: kinds.find((each) => each.kind === kind)?.units ?? 0 })}
            </BigButton>
          </>
        }
      >
        <ChoiceList label={t('给哪一级', 'To which level')} value={kind} onChange={setKind} options={kinds.map((each) => ({ value: each.kind, label: kindWords(each.kind), note: t('{n} 个单位', '{n} {n:unit|units}', { n: each.units }) }))} />
        <TextField label={t('附言', 'A word with it')} value={note} onChange={setNote} lines={2} maxLength={400} />
      </Sheet>
    </>
  )
}

/** Kinds of units in the institution's words, else as the vocabularies name them; an unknown one as it is. */
function kindWords(kind: string): string {
  const words: Record<string, string> = {
    college: t('学院', 'Colleges'), grade: t('年级', 'Grades'), class: t('班级', 'Classes'), department: t('部门', 'Departments'), office: t('科室', 'Offices'), committee: t('党委', 'Committees'), 'general-branch': t('党总支', 'General branches'),
    branch: t('党支部', 'Branches'), campus: t('校区', 'Campuses'), building: t('楼', 'Buildings'), floor: t('楼层', 'Floors'), room: t('房间', 'Rooms'),
  }
  return ownWord('unit', kind) ?? words[kind] ?? kind
}

function Review({ one, reportId }: { one: AssignmentShape; reportId: string }) {
  const [open, setOpen] = useState(false)
  const [note, setNote] = useState('')
  const toast = useToast()
  const write = useWrite(review, {
    onDone: (_answer, input) => {
      setOpen(false)
      toast(input.verdict === 'accepted' ? t('已认可', 'Accepted') : t('已退回', 'Sent back'), { tone: 'good' })
    },
  })
  const { assignmentId } = one
  return (
    <>
      {!open && <WriteProblem problem={write.problem} />}
      <div className="p-half-row">
        <BigButton look="plain" onPress={() => setOpen(true)}>
          {t('退回', 'Send back')}
        </BigButton>
        <BigButton busy={write.busy} icon="check" onPress={() => void write.run({ assignmentId, reportId, verdict: 'accepted' })}>
          {t('认可', 'Accept')}
        </BigButton>
      </div>
      <Sheet
        open={open} title={t('退回报告', 'Send the report back')} onClose={() => setOpen(false)}
        foot={
          <>
            <WriteProblem problem={write.problem} />
            <BigButton busy={write.busy} disabled={note.trim() === ''} onPress={() => void write.run({ assignmentId, reportId, verdict: 'sent-back', note: note.trim() })}>
              {t('退回', 'Send back')}
            </BigButton>
          </>
        }
      >
        <TextField label={t('理由', 'Reason')} value={note} onChange={setNote} lines={3} maxLength={400} required />
      </Sheet>
    </>
  )
}
