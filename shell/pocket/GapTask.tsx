/** Somebody I must follow up: call, say what came of it, answer for them, excuse with the reason, finish. One call for all that is open with them. */
import { useState } from 'react'
import { useLocation } from 'wouter'
import { newId } from '#kernel/ids.ts'
import { answer } from '#slices/facts/contract.ts'
import { PocketAnswer } from '#slices/facts/web/pocket-answer.tsx'
import { asksOf, contact, excuse, finishTask } from '#slices/measures/contract.ts'
import { contactWords, outcomeWords } from '#slices/measures/web/contacts.ts'
import { Steps } from '#slices/measures/web/follow-up-steps.tsx'
import { asProblem, useRead, useWrite } from '#ui/data.ts'
import { day, presentMoment, relative } from '#ui/format.ts'
import { Icon } from '#ui/icons.tsx'
import { ChoiceList, DateField, isoDay, TextField } from '#ui/pocket/fields.tsx'
import { useOutbox } from '#ui/pocket/outbox.tsx'
import { BigButton, Card, Screen, SectionTitle, Skeleton, Stack } from '#ui/pocket/parts.tsx'
import { usePending } from '#ui/pocket/pending.ts'
import { Sheet } from '#ui/pocket/Sheet.tsx'
import { EmptyState, Note, WriteProblem } from '#ui/states.tsx'
import { useToast } from '#ui/toast.tsx'
import { say, t } from '#ui/words.ts'
import { useMe } from '../session.tsx'
import { useAnswering } from './asking.ts'
import { useWork, type Work } from './work.ts'

type Tasks = Work['people'][number]

export function GapTaskPage({ params }: { params: Record<string, string> }) {
  const work = useWork()
  const tasks = work.people.find(([one]) => one?.subject.id === params['subjectId'])
  if (!tasks)
    return (
      <Screen title={t('跟进', 'Follow-up')} back="/tasks">
        {work.gaps.data === undefined && !work.gaps.problem ? <Skeleton cards={2} /> : <EmptyState title={t('已经了结', 'Settled')}>{t('情况已经清楚，或者已由他人办结。', 'It is known now, or somebody else has finished it.')}</EmptyState>}
      </Screen>
    )
  return <Follow tasks={tasks} since={work.gaps.at} />
}

function Follow({ tasks, since }: { tasks: Tasks; since: number }) {
  const { can } = useMe()
  const subject = subjectOf(tasks)
  const asked = tasks.some((task) => task.kind === 'ask-decision')
  return (
    <Screen title={<span translate="no">{subject.name}</span>} back="/tasks" {...(subject.number ? { lead: <span className="num">{subject.number}</span> } : {})}>
      <Stack>
        <Card>
          <dl className="p-facts">
            {tasks.map((task) => (
              <div key={task.taskId}>
                <dt>{t('{when}起', 'since {when}', { when: relative(task.gapSince) })}</dt>
                <dd>{say(task.measure)}</dd>
              </div>
            ))}
          </dl>
          {tasks.some((task) => task.steps.length > 0) && <Steps steps={tasks.flatMap((task) => task.steps).toSorted((a, b) => (a.at < b.at ? -1 : 1))} />}
          {asked && <Note tone="warn">{t('这一项请您决定：同意的，登记免除；不同意的，写明要求，退回责任人落实。', 'This is for you to decide: excuse, or say what is to be done and whoever answers carries it out.')}</Note>}
        </Card>
        {subject.phone ? (
          <a className="p-button p-button-main" href={`tel:${subject.phone}`}>
            <Icon name="phone" size={20} />
            {t('打电话 {phone}', 'Call {phone}', { phone: subject.phone })}
          </a>
        ) : (
          subject.number !== null && <Note tone="warn">{t('名册里没有电话。请找同学、室友或家长联系。', 'The roster holds no number. Ask classmates, room-mates or the family.')}</Note>
        )}
        {can('gap.act') && <Contacts tasks={tasks} since={since} />}
      </Stack>
      {can('person.answer-for') && <AnswerFor subject={subject} />}
      <SectionTitle>{t('其他处理', 'Otherwise')}</SectionTitle>
      <Stack>
        {can('gap.excuse') && <Excuse tasks={tasks} />}
        <Finish tasks={tasks} />
      </Stack>
    </Screen>
  )
}

const subjectOf = (tasks: Tasks) => (tasks[0] as Tasks[number]).subject

/** What came of the call, one tap. */
function Contacts({ tasks, since }: { tasks: Tasks; since: number }) {
  const { send } = useOutbox()
  const toast = useToast()
  const subject = subjectOf(tasks)
  const here = usePending(contact, since).findLast((one) => one.input.subjectId === subject.id)
  const record = async (outcome: 'reached' | 'no-answer' | 'promised') => {
    try {
      for (const task of tasks) await send(contact, { contactId: newId(), measureId: task.measureId, subjectId: subject.id, how: 'call', outcome }, { label: t('联系{name}', 'Contacted {name}', { name: subject.name }), topics: ['tasks'] })
      toast(t('已记录：{what}', 'Recorded: {what}', { what: outcomeWords(outcome) }), { tone: 'good' })
    } catch (error) {
      toast(asProblem(error).message, { tone: 'bad' })
    }
  }
  const known = tasks.map((task) => task.lastContact).filter((one) => one !== null).toSorted((a, b) => (a.at < b.at ? 1 : -1))[0]
  const last = here ? `${outcomeWords(here.input.outcome)} · ${t('刚刚', 'just now')}` : known ? contactWords(known) : null
  return (
    <Card title={t('联系结果', 'What came of it')} text={last ? t('最近：{what}', 'Last: {what}', { what: last }) : t('还没有联系过', 'Nobody has tried yet')}>
      <div className="p-third-row">
        {(['reached', 'no-answer', 'promised'] as const).map((outcome) => (
          <button key={outcome} type="button" className="p-pill" aria-pressed={here?.input.outcome === outcome} onClick={() => void record(outcome)}>
            {outcomeWords(outcome)}
          </button>
        ))}
      </div>
    </Card>
  )
}

/** What they would be asked. Not kept on the phone: it is somebody else's. */
function AnswerFor({ subject }: { subject: Tasks[number]['subject'] }) {
  const read = useRead(asksOf, { subjectId: subject.id }, { topics: ['asks', 'tasks'] })
  const answering = useAnswering()
  const given = new Set(usePending(answer, read.at).flatMap((one) => one.input.answers.filter((each) => each.subjectId === subject.id).map((each) => each.attribute)))
  const open = (read.data?.asks ?? []).filter((ask) => !given.has(ask.attribute.key))
  const [ask] = open
  return (
    <>
      <SectionTitle>{t('代为填报', 'Answer for them')}</SectionTitle>
      {read.data === undefined && !read.problem && <Skeleton cards={1} />}
      {read.data === undefined && read.problem && <Note tone="warn">{read.problem.status === 0 ? t('代为填报要联网：他人的信息不存在您的手机里。', 'Answering for others needs a network: their data are not kept on your phone.') : read.problem.message}</Note>}
      {ask && (
        <section className="p-card">
          <PocketAnswer
            key={ask.attribute.key} attribute={ask.attribute} last={ask.last}
            onAnswer={(value) => void answering(ask.attribute, value, { subjectId: subject.id, label: t('代{name}填报：{what}', 'For {name}: {what}', { name: subject.name, what: say(ask.attribute.label) }) })}
          />
          <p className="p-note" style={{ marginTop: 12 }}>
            {t('会标明由您代填，本人可以看到并更正。', 'Marked as answered by you; they see it and can correct it.')}
          </p>
        </section>
      )}
      {read.data && !ask && <Note>{given.size > 0 ? t('已代为填报。', 'Answered.') : t('没有可以代填的问题：已填的内容没有达标。请联系本人处理，或登记免除。', 'Nothing to answer: what is known is not in order. Speak with them, or excuse them.')}</Note>}
    </>
  )
}

const reasons = (): string[] => [t('请假离校', 'On leave'), t('休学', 'Suspended studies'), t('实习在外', 'On placement'), t('住院', 'In hospital'), t('在境外', 'Abroad')]

function Excuse({ tasks }: { tasks: Tasks }) {
  const subject = subjectOf(tasks)
  const [measureId, setMeasureId] = useState<string | null>(tasks.length === 1 ? (tasks[0]?.measureId ?? null) : null)
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState<string | null>(null)
  const [excuseId, setExcuseId] = useState(newId)
  const toast = useToast()
  const [, go] = useLocation()
  const write = useWrite(excuse, {
    topics: ['tasks', 'gaps'],
    onDone: () => {
      toast(t('已免除', 'Excused'), { tone: 'good' })
      setOpen(false)
      setExcuseId(newId())
      setMeasureId(null)
      if (tasks.length === 1) go('/tasks')
    },
  })
  const today = presentMoment()
  const [short, long] = [7, 30].map((days) => new Date(today.getTime() + days * 86_400_000))
  const endOf = (dayText: string) => new Date(`${dayText}T23:59:59`).toISOString()
  return (
    <>
      <Card icon="calendar" title={t('登记免除', 'Excuse')} text={t('说明理由和期限，不再计为缺口', 'With the reason and until when; no longer counted as a gap')} onPress={() => setOpen(true)} />
      <Sheet
        open={open} title={t('免除{name}', 'Excuse {name}', { name: subject.name })} onClose={() => setOpen(false)}
        foot={
          <>
            <WriteProblem problem={write.problem} />
            <BigButton busy={write.busy} disabled={reason.trim().length < 2 || until === null || measureId === null} onPress={() => until !== null && measureId !== null && void write.run({ excuseId, measureId, subjectId: subject.id, reason: reason.trim(), until: endOf(until) })}>
              {t('登记', 'Record')}
            </BigButton>
          </>
        }
      >
        {tasks.length > 1 && <ChoiceList label={t('免除哪一项', 'From what')} value={measureId} onChange={setMeasureId} options={tasks.map((task) => ({ value: task.measureId, label: say(task.measure) }))} required />}
        <div className="p-pills" style={{ marginBottom: 12 }}>
          {reasons().map((one) => (
            <button key={one} type="button" className="p-pill" aria-pressed={reason === one} onClick={() => setReason(one)}>
              {one}
            </button>
          ))}
        </div>
        <TextField label={t('理由', 'Reason')} value={reason} onChange={setReason} lines={2} maxLength={400} required />
        <DateField label={t('到哪天为止', 'Until')} value={until} onChange={setUntil} min={isoDay(today)} quick={[1]} required hint={until ? day(until) : t('到期后自动恢复', 'It ends by itself')} />
        <div className="p-half-row">
          {[short, long].map((moment, index) =>
            moment ? (
              <button key={index} type="button" className="p-pill" aria-pressed={until === isoDay(moment)} onClick={() => setUntil(isoDay(moment))}>
                {index === 0 ? t('一周', 'A week') : t('一个月', 'A month')}
              </button>
            ) : null,
          )}
        </div>
      </Sheet>
    </>
  )
}

function Finish({ tasks }: { tasks: Tasks }) {
  const asked = tasks.some((task) => task.kind === 'ask-decision')
  const [open, setOpen] = useState(false)
  const [words, setWords] = useState('')
  const { send } = useOutbox()
  const toast = useToast()
  const [, go] = useLocation()
  const done = async () => {
    try {
      for (const task of tasks) await send(finishTask, { taskId: task.taskId, outcome: words.trim() }, { label: t('了结跟进：{name}', 'Finished: {name}', { name: task.subject.name }), topics: ['tasks'] })
      toast(t('已了结', 'Finished'), { tone: 'good' })
      go('/tasks')
    } catch (error) {
      toast(asProblem(error).message, { tone: 'bad' })
    }
  }
  return (
    <>
      <Card icon="check" title={asked ? t('作出决定', 'Decide') : t('了结', 'Finish')} text={asked ? t('不免除的，写明要求，退回责任人落实', 'If not excused: say what is to be done') : t('缺口仍在时，写明为什么不再跟进', 'If the gap stays open, say why it needs no more of you')} onPress={() => setOpen(true)} />
      <Sheet open={open} title={asked ? t('您的决定', 'Your decision') : t('了结跟进', 'Finish the follow-up')} onClose={() => setOpen(false)} foot={<BigButton disabled={words.trim() === ''} onPress={() => void done()}>{asked ? t('决定', 'Decide') : t('了结', 'Finish')}</BigButton>}>
        <TextField label={asked ? t('要求', 'What is to be done') : t('结果', 'Outcome')} value={words} onChange={setWords} lines={3} maxLength={200} required placeholder={t('例如：已由家长确认，本人今晚返校后填报', 'For example: confirmed by the parents; answers tonight')} />
      </Sheet>
    </>
  )
}
