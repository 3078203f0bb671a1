/** One case: what was ordered and on what basis, the course of checks, every step, and what can be done now. */
import { addDays, daysBetween, localDay } from '#kernel/clock.ts'
import { useMemo, useState } from 'react'
import { newId } from '#kernel/ids.ts'
import { AskReason } from '#slices/directory/web/cards.tsx'
import type { Me } from '#slices/directory/web/unit-choice.ts'
import { Button, Field, Form, NumberInput, Pick, PickMany, TextArea, TextInput } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { SidePanel } from '#ui/feedback.tsx'
import { date, dateTime, day, presentMoment, time } from '#ui/format.ts'
import { Details, Page, Panel, Split } from '#ui/page.tsx'
import { PersonName } from '#ui/people.tsx'
import { officeTitle } from '#ui/own-words.ts'
import { useSession } from '#ui/session.tsx'
import { EmptyState, Note, Ready, WriteProblem } from '#ui/states.tsx'
import { Timeline } from '#ui/timeline.tsx'
import { useToast } from '#ui/toast.tsx'
import { read as asRead, say, t } from '#ui/words.ts'
import { accept, answerers, change, check, decline, extend, get, offer, release } from '../contract.ts'
import { lifeCycle, mostDays, symptoms, symptomWords, temperatureRange, untilDay, worrying, type Symptom } from '../rules.ts'
import { CaseStateTag, illnessName, KindTag, leftWords, planWords, saidWords, type CaseWhole, type CheckLine } from './case-words.tsx'
import { Course } from './course.tsx'
import { PlanFields, planErrors, beginning } from './plan-fields.tsx'
import { stepTitle } from './step-words.ts'
import './health.css'

type Act = 'check' | 'change' | 'extend' | 'offer' | 'decline' | 'release'

export function CasePage({ params }: { params: Record<string, string> }) {
  const caseId = params['caseId'] ?? ''
  const read = useRead(get, { caseId }, { topics: ['cases'], keep: false })
  // Whoever counts is asked why before this opens; without the case nothing says whose it is.
  const at = read.problem?.code === 'reason-needed' ? (read.problem.details as { unitId: string; unit: string }) : null
  const one = read.data
  return (
    <Page
      wide title={one ? <span translate="no">{one.person.name}</span> : t('个案', 'Case')} documentTitle={one ? t('个案：{name}', 'Case of {name}', { name: one.person.name }) : t('个案', 'Case')} breadcrumb={[{ label: t('个案', 'Cases'), to: '/cases' }]}
      aside={one && <><KindTag kind={one.kind} /> <CaseStateTag state={one.state} /></>}
      {...(one ? { lead: [illnessName(one.illness), one.unit && asRead(one.unit.name), one.answers && t('{who} 负责', '{who} answers', { who: one.answers.person.name })].filter(Boolean).join(' · ') } : {})}
    >
      {at ? <AskReason at={at} onGiven={read.retry} /> : <Ready read={read}>{(data) => <Opened key={data.caseId} one={data} />}</Ready>}
    </Page>
  )
}

function Opened({ one }: { one: CaseWhole }) {
  const { me, can } = useSession<Me>()
  const toast = useToast()
  const [act, setAct] = useState<Act | null>(null)
  const today = localDay(presentMoment().toISOString(), me?.institution.timeZone ?? 'Asia/Shanghai')
  const own = me?.person.personId === one.person.personId
  const acts = can('case.act') && !own && one.state !== 'released'
  const toMe = one.offered !== null && one.offered.person.personId === me?.person.personId
  const accepting = useWrite(accept, { onDone: () => toast(t('现在由您负责', 'It is with you now'), { tone: 'good' }) })
  return (
    <>
      {one.state === 'to-release' && (
        <Note tone="warn" action={acts && <Button look="primary" onClick={() => setAct('release')}>{t('解除…', 'Release…')}</Button>}>
          {one.untilDay <= today ? t('计划期限已到（{when}）。系统不会自动解除：请确认情况后解除，或延长。', 'The planned end has come ({when}). Nothing ends by itself: look, then release or extend.', { when: date(one.untilDay) }) : t('应急响应已结束，不再要求每日监测。请确认情况后解除。', 'The response is closed; no daily check is wanted. Look, then release.')}
        </Note>
      )}
      {toMe && (
        <Note tone="info" action={<span className="b-actions"><Button onClick={() => setAct('decline')}>{t('退回…', 'Decline…')}</Button><Button look="primary" busy={accepting.busy} onClick={() => void accepting.run({ caseId: one.caseId })}>{t('确认接收', 'Confirm')}</Button></span>}>
          {t('这份个案移交给您。确认前仍由 {who} 负责。', 'This case is handed over to you. Until you confirm, {who} answers.', { who: one.answers?.person.name ?? t('原负责人', 'whoever had it') })}
        </Note>
      )}
      <WriteProblem problem={accepting.problem} />
      {one.fell && <Note tone={one.answers ? 'warn' : 'bad'}>{one.answers ? t('原负责人已离任且无人接任，现由上一级负责，请移交。', 'Whoever answered has left and nobody holds the office; it is with the level above. Hand it over.') : t('现在没有人负责这份个案，请移交。', 'Nobody answers for this case: hand it over.')}</Note>}
      <Split
        side={
          <>
            <Panel title={t('安排', 'What is ordered')}>
              <Details
                columns={1}
                items={[
                  { label: t('期限', 'Until'), value: <>{planWords(one)}{one.state === 'released' ? null : <>{t('，', ', ')}<b className={one.state === 'to-release' ? 'c-left c-late' : 'c-left'}>{leftWords(one, today)}</b></>}</> },
                  { label: t('地点', 'Where'), value: one.place }, { label: t('依据', 'Basis'), value: <span className="c-basis">{one.basis}</span> }, { label: t('应急响应', 'Response'), value: asRead(one.response.name) },
                  { label: t('建立', 'Opened'), value: <>{one.openedBy && <span translate="no">{one.openedBy}</span>} {dateTime(one.openedAt)}</> },
                  one.released && { label: t('解除', 'Released'), value: <>{one.released.by && <span translate="no">{one.released.by}</span>} {dateTime(one.released.at)}<br />{one.released.reason}</> },
                ]}
              />
            </Panel>
            <Panel title={t('联系', 'Whom to call')}>
              <Details
                columns={1}
                items={[
                  { label: t('本人', 'Person'), value: <PersonName name={one.person.name} number={one.person.number} note={one.unit ? asRead(one.unit.name) : ''} phone={one.phone} to={`/people/${one.person.personId}`} /> },
                  { label: t('负责人', 'Answers'), value: one.answers ? <PersonName name={one.answers.person.name} note={officeTitle(one.answers.officeTitle)} phone={one.answers.phone} /> : <span className="c-late">{t('无人负责', 'nobody')}</span> },
                  one.offered && { label: t('移交待确认', 'Handed over, not confirmed'), value: <><PersonName name={one.offered.person.name} note={officeTitle(one.offered.officeTitle)} /> <small className="b-muted">{dateTime(one.offered.at)}</small></> },
                ]}
              />
            </Panel>
          </>
        }
      >
        <Panel
          title={t('每日监测', 'Daily checks')} note={one.daysMissed ? <span className="c-late">{t('漏测 {n} 天', '{n} {n:day|days} missed', { n: one.daysMissed })}</span> : undefined}
          actions={acts && can('person.answer-for') && <Button icon="plus" onClick={() => setAct('check')}>{t('代录监测', 'Enter a check')}</Button>}
        >
          {one.missingToday && <Note tone="warn">{t('今天还没有监测。请联系本人，或当面查看后代录。', 'Not checked today. Call them, or look yourself and enter it.')}</Note>}
          {one.checks.length === 0 ? <EmptyState icon="pulse" title={t('还没有监测记录', 'No check yet')} /> : <Checks checks={one.checks} />}
        </Panel>
        <Panel title={t('办理经过', 'Steps')}>
          <Timeline entries={one.steps.map((step, index) => ({ id: `${step.at} ${index}`, at: step.at, title: stepTitle(step), by: step.by ? <span translate="no">{step.by}</span> : undefined, text: step.words || undefined, tone: step.action === 'release' ? ('good' as const) : step.action === 'decline' ? ('warn' as const) : ('plain' as const) }))} />
        </Panel>
        {acts && (
          <div className="b-actions c-acts">
            <Button onClick={() => setAct('change')}>{t('变更类别…', 'Change the kind…')}</Button>
            <Button onClick={() => setAct('extend')}>{t('调整期限…', 'Move the end…')}</Button>
            <Button onClick={() => setAct('offer')}>{t('移交…', 'Hand over…')}</Button>
            {one.state !== 'to-release' && <Button onClick={() => setAct('release')}>{t('解除…', 'Release…')}</Button>}
          </div>
        )}
        {own && <Note>{t('这是您本人的个案，由负责人办理；您可以在手机上报告监测。', 'This is your own case: others act on it; report your checks on the phone.')}</Note>}
      </Split>
      <SidePanel open={act !== null} title={act ? actTitle(act) : ''} onClose={() => setAct(null)} width={520}>
        {act === 'check' && <CheckForm one={one} onDone={() => setAct(null)} />}
        {act === 'change' && <ChangeForm one={one} today={today} onDone={() => setAct(null)} />}
        {act === 'extend' && <ExtendForm one={one} today={today} onDone={() => setAct(null)} />}
        {act === 'offer' && <OfferForm one={one} onDone={() => setAct(null)} />}
        {(act === 'release' || act === 'decline') && <ReasonForm one={one} act={act} onDone={() => setAct(null)} />}
      </SidePanel>
    </>
  )
}

const actTitle = (act: Act): string =>
  ({ check: t('代录监测', 'Enter a check'), change: t('变更管理类别', 'Change the kind'), extend: t('调整期限', 'Move the planned end'), offer: t('移交负责人', 'Hand over'), decline: t('退回移交', 'Decline the hand-over'), release: t('解除个案', 'Release') })[act]

function Checks({ checks }: { checks: readonly CheckLine[] }) {
  const days = useMemo(() => [...Map.groupBy(checks, (one) => one.day)], [checks])
  return (
    <>
      <Course checks={checks} />
      <table className="c-checks">
        <thead><tr><th scope="col">{t('日期', 'Day')}</th><th scope="col">{t('体温与症状', 'Temperature and symptoms')}</th><th scope="col">{t('谁录的', 'Recorded')}</th></tr></thead>
        <tbody>
          {days.flatMap(([date_, all]) =>
            all.map((one, index) => (
              <tr key={one.checkId}>
                <th scope="row">{index === 0 && <span className="num">{day(date_)}</span>} <small className="num b-muted">{time(one.at)}</small></th>
                <td><span className={worrying(one) ? 'c-late' : undefined}>{saidWords(one)}</span>{one.words && <p className="c-words">{one.words}</p>}</td>
                <td>{one.own ? t('本人', 'themselves') : t('{who}代录', 'by {who}', { who: one.by ?? '' })}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </>
  )
}

interface FormProps {
  one: CaseWhole
  onDone: () => void
}

function CheckForm({ one, onDone }: FormProps) {
  const toast = useToast()
  const [checkId] = useState(newId)
  const [temperature, setTemperature] = useState<number | null>(null)
  const [told, setTold] = useState<readonly Symptom[]>([])
  const [words, setWords] = useState('')
  const writing = useWrite(check, { onDone: () => { toast(t('已记录', 'Recorded'), { tone: 'good' }); onDone() } })
  const send = () => void writing.run({ checkId, caseId: one.caseId, personId: one.person.personId, at: presentMoment().toISOString(), temperature, symptoms: [...told], ...(words.trim() ? { words: words.trim() } : {}) })
  return (
    <Form onSubmit={send}>
      <Field label={t('体温', 'Temperature')} hint={t('没有量就空着。', 'Leave it empty if it was not taken.')}><NumberInput value={temperature} min={temperatureRange.least} max={temperatureRange.most} unit="℃" onChange={setTemperature} /></Field>
      <Field label={t('症状', 'Symptoms')} hint={t('不选就是没有症状。', 'None chosen: no symptoms.')}><PickMany value={told} options={symptoms.map((value) => ({ value, label: say(symptomWords[value]) }))} onChange={setTold} /></Field>
      <Field label={t('说明', 'A word')}><TextArea value={words} onChange={setWords} rows={2} maxLength={400} /></Field>
      <WriteProblem problem={writing.problem} />
      <div className="b-actions"><Button look="primary" submit busy={writing.busy}>{t('记录', 'Record')}</Button><Button onClick={onDone}>{t('取消', 'Cancel')}</Button></div>
    </Form>
  )
}

function ChangeForm({ one, today, onDone }: FormProps & { today: string }) {
  const toast = useToast()
  const kinds = lifeCycle[one.kind]
  const [plan, setPlan] = useState(() => {
    const next = beginning(one.illness, kinds[0] ?? one.kind, today)
    return { ...next, place: one.place, ...(next.countedFrom === one.countedFrom ? { fromDay: one.fromDay } : {}) }
  })
  const [tried, setTried] = useState(false)
  const writing = useWrite(change, { onDone: () => { toast(t('已变更，本人已收到通知', 'Changed; the person was told'), { tone: 'good' }); onDone() } })
  const send = () => {
    setTried(true)
    if (!Object.keys(planErrors(plan, today)).length) void writing.run({ caseId: one.caseId, ...plan })
  }
  return (
    <Form onSubmit={send}>
      <PlanFields value={plan} today={today} kinds={kinds} errors={tried ? planErrors(plan, today) : {}} onChange={(next) => setPlan(next.kind === plan.kind ? next : beginning(one.illness, next.kind, today, next))} />
      <WriteProblem problem={writing.problem} />
      <div className="b-actions"><Button look="primary" submit busy={writing.busy}>{t('变更', 'Change')}</Button><Button onClick={onDone}>{t('取消', 'Cancel')}</Button></div>
    </Form>
  )
}

function ExtendForm({ one, today, onDone }: FormProps & { today: string }) {
  const toast = useToast()
  const least = Math.max(1, daysBetween(one.fromDay, addDays(today, 1)))
  const [days, setDays] = useState(Math.max(least, one.days + (one.state === 'to-release' ? 1 : 2)))
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const writing = useWrite(extend, { onDone: () => { toast(t('期限已调整，本人已收到通知', 'Moved; the person was told'), { tone: 'good' }); onDone() } })
  const send = () => {
    setTried(true)
    if (reason.trim().length > 1) void writing.run({ caseId: one.caseId, days, reason: reason.trim() })
  }
  return (
    <Form onSubmit={send}>
      <p className="b-muted">{planWords(one)}</p>
      <Field label={t('一共多少天', 'Days in all')} required hint={t('仍从同一天算起；新的计划至 {last}。', 'From the same day; planned until {last} then.', { last: date(untilDay(one.fromDay, days)) })}><NumberInput value={days} min={least} max={mostDays} unit={t('天', 'days')} onChange={(next) => setDays(next ?? least)} /></Field>
      <Field label={t('理由', 'Reason')} required error={tried && reason.trim().length < 2 && t('请写明理由。', 'Write the reason.')} hint={t('本人看得到。', 'The person reads it.')}><TextInput value={reason} onChange={setReason} maxLength={400} /></Field>
      <WriteProblem problem={writing.problem} />
      <div className="b-actions"><Button look="primary" submit busy={writing.busy}>{t('调整', 'Move it')}</Button><Button onClick={onDone}>{t('取消', 'Cancel')}</Button></div>
    </Form>
  )
}

function OfferForm({ one, onDone }: FormProps) {
  const { me } = useSession<Me>()
  const toast = useToast()
  const around = useRead(answerers, { personId: one.person.personId }, { topics: [] })
  const people = (around.data?.people ?? []).filter((each) => each.person.personId !== one.answers?.person.personId)
  const [to, setTo] = useState<string | null>(null)
  const [words, setWords] = useState('')
  const [tried, setTried] = useState(false)
  const self = to !== null && to === me?.person.personId
  const writing = useWrite(offer, { onDone: () => { toast(self ? t('现在由您负责', 'It is with you now') : t('已移交，等对方确认', 'Handed over; waiting for them to confirm'), { tone: 'good' }); onDone() } })
  const send = () => {
    setTried(true)
    if (to) void writing.run({ caseId: one.caseId, answersId: to, ...(words.trim() ? { words: words.trim() } : {}) })
  }
  return (
    <Form onSubmit={send}>
      <p className="b-muted">{t('对方确认前，仍由现在的负责人负责。', 'Until they confirm, whoever answers now goes on answering.')}</p>
      <Field label={t('移交给', 'Hand over to')} required error={tried && !to && t('请选择负责人。', 'Choose who.')}>
        <Pick value={to} loading={around.loading} options={people.map((each) => ({ value: each.person.personId, label: each.person.name, note: `${asRead(each.unit.name)} ${officeTitle(each.officeTitle)}` }))} onChange={setTo} />
      </Field>
      <Field label={t('交接说明', 'A word')}><TextInput value={words} onChange={setWords} maxLength={400} placeholder={t('例如：已吃退烧药，需晚上再量一次', 'For example: has taken medicine; check again tonight')} /></Field>
      <WriteProblem problem={writing.problem} />
      <div className="b-actions"><Button look="primary" submit busy={writing.busy}>{self ? t('由我负责', 'I take it') : t('移交', 'Hand over')}</Button><Button onClick={onDone}>{t('取消', 'Cancel')}</Button></div>
    </Form>
  )
}

function ReasonForm({ one, act, onDone }: FormProps & { act: 'release' | 'decline' }) {
  const toast = useToast()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const writing = useWrite(act === 'release' ? release : decline, { onDone: () => { toast(act === 'release' ? t('已解除，本人已收到通知', 'Released; the person was told') : t('已退回', 'Declined'), { tone: 'good' }); onDone() } })
  const send = () => {
    setTried(true)
    if (reason.trim().length > 1) void writing.run({ caseId: one.caseId, reason: reason.trim() })
  }
  const last = one.checks[0]
  return (
    <Form onSubmit={send}>
      {act === 'release' && (
        <Details
          columns={1}
          items={[
            { label: t('计划至', 'Planned until'), value: date(one.untilDay) }, { label: t('最近监测', 'Last check'), value: last ? <span className={worrying(last) ? 'c-late' : undefined}>{saidWords(last)} · {dateTime(last.at)}</span> : <span className="c-late">{t('还没有', 'none yet')}</span> },
            one.daysMissed ? { label: t('漏测', 'Missed'), value: <span className="c-late">{t('{n} 天', '{n} {n:day|days}', { n: one.daysMissed })}</span> } : null,
          ]}
        />
      )}
      <Field label={t('理由', 'Reason')} required error={tried && reason.trim().length < 2 && t('请写明理由。', 'Write the reason.')} hint={act === 'release' ? t('以您的名义解除；本人看得到理由。', 'Released in your name; the person reads the reason.') : t('移交的人看得到。', 'Whoever handed it over reads it.')}>
        <TextArea value={reason} onChange={setReason} rows={2} maxLength={400} placeholder={act === 'release' ? t('例如：观察期满、症状消失72小时', 'For example: no symptoms for 72 hours') : ''} />
      </Field>
      <WriteProblem problem={writing.problem} />
      <div className="b-actions"><Button look="primary" submit busy={writing.busy}>{act === 'release' ? t('解除', 'Release') : t('退回', 'Decline')}</Button><Button onClick={onDone}>{t('取消', 'Cancel')}</Button></div>
    </Form>
  )
}
