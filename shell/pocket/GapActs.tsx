/** What may be done about somebody besides calling: remind, excuse with a reason, hand over, finish. */
import { useState } from 'react'
import { useLocation } from 'wouter'
import { newId } from '#kernel/ids.ts'
import { excuse, finishTask, handOver, receivers, remind } from '#slices/measures/contract.ts'
import { asProblem, useRead, useWrite } from '#ui/data.ts'
import { day, presentMoment } from '#ui/format.ts'
import { ChoiceList, DateField, isoDay, TextField } from '#ui/pocket/fields.tsx'
import { useOutbox } from '#ui/pocket/outbox.tsx'
import { BigButton, Card, Skeleton } from '#ui/pocket/parts.tsx'
import { Sheet } from '#ui/pocket/Sheet.tsx'
import { EmptyState, ErrorState, WriteProblem } from '#ui/states.tsx'
import { useToast } from '#ui/toast.tsx'
import { officeTitle } from '#ui/own-words.ts'
import { read as asRead, say, t } from '#ui/words.ts'
import { useMe } from '../session.tsx'
import { subjectOf, type Tasks } from './people.ts'

/** Reminds people of what they are asked; the server leaves out who was reminded within the hour. */
export function Remind({ people }: { people: readonly Tasks[] }) {
  const toast = useToast()
  const write = useWrite(remind, {
    topics: ['tasks'],
    onDone: (answer) =>
      toast(answer.reminded === 0 ? t('一小时内都提醒过了', 'All were reminded within the hour') : answer.left > 0 ? t('已提醒 {n} 人，其余一小时内提醒过', '{n} reminded; the others were within the hour', { n: answer.people }) : t('已提醒 {n} 人', '{n} reminded', { n: answer.people }), { tone: 'good' }),
  })
  const items = people.flatMap((tasks) => tasks.filter((task) => task.subject.number !== null).map((task) => ({ contactId: newId(), measureId: task.measureId, subjectId: task.subject.id }))).slice(0, 1000)
  if (items.length === 0) return null
  return (
    <>
      <WriteProblem problem={write.problem} />
      <BigButton look="plain" icon="bell" busy={write.busy} onPress={() => void write.run({ items })}>
        {people.length === 1 ? t('提醒本人填报', 'Remind them to answer') : t('提醒 {n} 人', 'Remind {n}', { n: people.length })}
      </BigButton>
    </>
  )
}

/** To somebody who may act on them already: it shows nobody anything new. */
export function HandOver({ tasks }: { tasks: Tasks }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Card icon="people" title={t('转交', 'Hand over')} text={t('换一位同样负责的人跟进，写明原因', 'Somebody else who may act follows it up; say why')} onPress={() => setOpen(true)} />
      <HandOverSheet tasks={tasks} open={open} onClose={() => setOpen(false)} />
    </>
  )
}

function HandOverSheet({ tasks, open, onClose }: { tasks: Tasks; open: boolean; onClose: () => void }) {
  const { id } = subjectOf(tasks)
  const read = useRead(receivers, { subjectIds: [id] }, { topics: [], enabled: open })
  const { me } = useMe()
  const [chosen, setChosen] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const toast = useToast()
  const [, go] = useLocation()
  const write = useWrite(handOver, {
    topics: ['tasks', 'gaps'],
    onDone: () => {
      toast(t('已转交', 'Handed over'), { tone: 'good' })
      onClose()
      go('/tasks')
    },
  })
  // Oneself has it already.
  const others = (read.data?.receivers ?? []).filter((one) => one.person.personId !== me?.person.personId)
  const keyOf = (one: (typeof others)[number]) => `${one.officeId} ${one.person.personId}`
  const to = others.find((one) => keyOf(one) === chosen)
  return (
    <Sheet
      open={open} title={t('转交{name}的跟进', 'Hand {name} over', { name: subjectOf(tasks).name })} onClose={onClose} tall
      foot={
        others.length > 0 && (
          <>
            <WriteProblem problem={write.problem} />
            <BigButton
              busy={write.busy} disabled={!to || reason.trim().length < 2}
              onPress={() => to && void write.run({ items: tasks.map((task) => ({ taskId: task.taskId, measureId: task.measureId, subjectId: task.subject.id })), officeId: to.officeId, personId: to.person.personId, reason: reason.trim() })}
            >
              {reason.trim().length < 2 ? t('先写为什么', 'Say why first') : to ? t('转交给 {name}', 'Hand over to {name}', { name: to.person.name }) : t('再选交给谁', 'Then choose to whom')}
            </BigButton>
          </>
        )
      }
    >
      {!read.data && (read.problem ? <ErrorState problem={read.problem} retry={read.retry} /> : <Skeleton cards={2} />)}
      {read.data && others.length === 0 && <EmptyState title={t('没有别人可以接手', 'Nobody else may take it over')} />}
      {others.length > 0 && (
        <>
          <TextField label={t('为什么转交', 'Why')} value={reason} onChange={setReason} lines={2} maxLength={200} required placeholder={t('例如：我今晚值班外出', 'For example: I am out tonight')} />
          <ChoiceList label={t('能处理此人事务的人', 'Who may act on them')} value={chosen} onChange={setChosen} options={others.map((one) => ({ value: keyOf(one), label: one.person.name, note: `${asRead(one.unit.name)} ${officeTitle(one.officeTitle)}${one.capacity === 'deputy' ? t('（代理）', ' (deputy)') : ''}` }))} required />
        </>
      )}
    </Sheet>
  )
}

/** Somebody in hospital is excused from all of it at once. */
const everything = 'all'
const reasons = (): string[] => [t('请假离校', 'On leave'), t('休学', 'Suspended studies'), t('实习在外', 'On placement'), t('住院', 'In hospital'), t('在境外', 'Abroad')]

export function Excuse({ tasks }: { tasks: Tasks }) {
  const subject = subjectOf(tasks)
  const [measureId, setMeasureId] = useState<string | null>(everything)
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const { send } = useOutbox()
  const toast = useToast()
  const [, go] = useLocation()
  const record = async (which: string, day: string) => {
    setBusy(true)
    const meant = tasks.filter((task) => which === everything || task.measureId === which)
    try {
      for (const task of meant) await send(excuse, { excuseId: newId(), measureId: task.measureId, subjectId: subject.id, reason: reason.trim(), until: endOf(day) }, { label: t('免除{name}：{what}', 'Excused {name}: {what}', { name: subject.name, what: say(task.measure) }), topics: ['tasks', 'gaps'] })
      toast(navigator.onLine ? t('已免除', 'Excused') : t('已保存在本机，联网后自动发送', 'Kept on this phone; sent when the network is back'), { tone: 'good' })
      setOpen(false)
      setMeasureId(everything)
      if (meant.length === tasks.length) go('/tasks')
    } catch (error) {
      toast(t('没有记下：{why}', 'Not recorded: {why}', { why: asProblem(error).message }), { tone: 'bad' })
    }
    setBusy(false)
  }
  const today = presentMoment()
  const [short, long] = [7, 30].map((days) => new Date(today.getTime() + days * 86_400_000))
  const endOf = (dayText: string) => new Date(`${dayText}T23:59:59`).toISOString()
  return (
    <>
      <Card icon="calendar" title={t('登记免除', 'Excuse')} text={t('说明理由和期限，不再计为缺口', 'With the reason and until when; no longer counted as a gap')} onPress={() => setOpen(true)} />
      <Sheet
        open={open} title={t('免除{name}', 'Excuse {name}', { name: subject.name })} onClose={() => setOpen(false)}
        foot={
          <BigButton busy={busy} disabled={reason.trim().length < 2 || until === null || measureId === null} onPress={() => until !== null && measureId !== null && void record(measureId, until)}>
            {reason.trim().length < 2 ? t('先写理由', 'Give the reason first') : until === null ? t('再选到哪天为止', 'Then choose until when') : t('登记', 'Record')}
          </BigButton>
        }
      >
        {tasks.length > 1 && <ChoiceList label={t('免除哪一项', 'From what')} value={measureId} onChange={setMeasureId} options={[{ value: everything, label: t('全部 {n} 项', 'All {n}', { n: tasks.length }) }, ...tasks.map((task) => ({ value: task.measureId, label: say(task.measure) }))]} required />}
        <TextField label={t('理由', 'Reason')} value={reason} onChange={setReason} lines={2} maxLength={400} required />
        <div className="p-pills" role="group" aria-label={t('常见理由', 'Common reasons')} style={{ margin: '-8px 0 20px' }}>
          {reasons().map((one) => (
            <button key={one} type="button" className="p-pill" aria-pressed={reason === one} onClick={() => setReason(one)}>
              {one}
            </button>
          ))}
        </div>
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

export function Finish({ tasks }: { tasks: Tasks }) {
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
