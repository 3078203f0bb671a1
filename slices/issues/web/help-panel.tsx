/** One request opened: call, read what was said, take it, answer, hand it on. */
import { useState } from 'react'
import { Button, Field, Form, TextArea, TextInput } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { SidePanel } from '#ui/feedback.tsx'
import { spaced } from '#ui/format.ts'
import { Icon } from '#ui/icons.tsx'
import { Details, Stack } from '#ui/page.tsx'
import { PersonName, UnitPicker, type UnitOption } from '#ui/people.tsx'
import { useSession } from '#ui/session.tsx'
import { Note, Ready, WriteProblem } from '#ui/states.tsx'
import { useToast } from '#ui/toast.tsx'
import { officeTitle } from '#ui/own-words.ts'
import { read as asRead, say, t } from '#ui/words.ts'
import { close, get, handOn, reopen, reply, take } from '../contract.ts'
import { next, themeWords } from '../rules.ts'
import { DeskTalk } from './help-talk.tsx'
import { Clock, StateTag, UrgencyTag, type Help } from './help-words.tsx'
import type { Me } from './use-help-units.ts'

export function HelpPanel({ requestId, units, onClose }: { requestId: string | null; units: readonly UnitOption[]; onClose: () => void }) {
  const one = useRead(get, { requestId: requestId ?? '' }, { topics: ['help'], enabled: requestId !== null, keep: false })
  const request = one.data
  return (
    <SidePanel
      open={requestId !== null} onClose={onClose} width={600}
      title={request ? <span className="h-title">{say(themeWords[request.theme])} <UrgencyTag urgency={request.urgency} /> <StateTag state={request.state} /></span> : t('求助', 'Help')}
    >
      <Ready read={one} rows={6}>{(data) => <Opened key={data.requestId} request={data} units={units} onClose={onClose} />}</Ready>
    </SidePanel>
  )
}

function Opened({ request, units, onClose }: { request: Help; units: readonly UnitOption[]; onClose: () => void }) {
  const { me, can } = useSession<Me>()
  const { person, owner, unit, phone } = request
  const self = me?.person.personId
  const own = self === person.personId || self === request.askedBy.personId
  return (
    <Stack gap={16}>
      <Clock request={request} />
      {phone && (
        <a className="h-call" href={`tel:${phone.replaceAll(/\s/g, '')}`}>
          <Icon name="phone" size={22} />
          <span>
            <b className="num">{spaced(phone)}</b>
            <span>{t('拨打 {name}', 'Call {name}', { name: person.name })}</span>
          </span>
        </a>
      )}
      {request.fell && <Note tone="warn">{t('{unit}现在没有直接负责的人，已转给上一级。', 'Nobody answers directly at {unit}; it fell to the level above.', { unit: unit ? asRead(unit.name) : '' })}</Note>}
      {!owner && <Note tone="bad">{t('现在没有人负责这件求助，请受理或转交。', 'Nobody answers for this request: take it or hand it on.')}</Note>}
      <Details
        items={[
          { label: t('求助人', 'Who needs help'), value: <PersonName name={person.name} number={person.number} {...(can('person.read') ? { to: `/people/${person.personId}` } : {})} /> },
          request.proxy && { label: t('由谁代为求助', 'Asked by'), value: <PersonName name={request.askedBy.name} number={request.askedBy.number} /> },
          { label: t('办理单位', 'Handled by'), value: unit ? asRead(unit.name) : t('指挥部', 'Headquarters') },
          owner && { label: t('责任人', 'Answers'), value: <PersonName name={owner.person.name} note={officeTitle(owner.officeTitle)} phone={owner.phone} /> },
        ]}
      />
      <DeskTalk request={request} />
      {own && <AskerActs request={request} />}
      {request.state !== 'closed' && <HelperActs request={request} units={units} onClose={onClose} />}
    </Stack>
  )
}

function HelperActs({ request, units, onClose }: { request: Help; units: readonly UnitOption[]; onClose: () => void }) {
  const { requestId, state } = request
  const [words, setWords] = useState('')
  const [handing, setHanding] = useState(false)
  const toast = useToast()
  const taking = useWrite(take, { onDone: () => toast(t('已受理', 'Taken'), { tone: 'good' }) })
  const replying = useWrite(reply, {
    onDone: (_answer, input) => {
      // What was typed while it was on its way is not ours to clear.
      setWords((now) => (now.trim() === input.text ? '' : now))
      toast(input.settles ? t('已答复', 'Answered') : t('已回复', 'Sent'), { tone: 'good' })
    },
  })
  const text = words.trim()
  return (
    <>
      <Field label={t('回复', 'Reply')} hint={t('对方立即能看到。答复后三天内没有异议，自动办结。', 'They see it at once. It closes by itself three days after the answer unless they object.')}>
        <TextArea value={words} onChange={setWords} rows={3} maxLength={2000} />
      </Field>
      <WriteProblem problem={taking.problem ?? replying.problem} />
      <div className="b-actions">
        {state === 'open' && <Button look={text ? 'plain' : 'primary'} busy={taking.busy} onClick={() => void taking.run({ requestId })}>{t('我来受理', 'I take it')}</Button>}
        <Button busy={replying.busy} disabled={text === ''} onClick={() => void replying.run({ requestId, text, settles: false })}>{t('先回一句', 'Just reply')}</Button>
        <Button look={state === 'open' && !text ? 'plain' : 'primary'} busy={replying.busy} disabled={text === ''} onClick={() => void replying.run({ requestId, text, settles: true })}>{t('答复', 'Answer')}</Button>
        {!handing && <Button look="quiet" onClick={() => setHanding(true)}>{t('转交…', 'Hand on…')}</Button>}
      </div>
      {handing && <HandOn request={request} units={units} onDone={onClose} onCancel={() => setHanding(false)} />}
    </>
  )
}

function HandOn({ request, units, onDone, onCancel }: { request: Help; units: readonly UnitOption[]; onDone: () => void; onCancel: () => void }) {
  const [unitId, setUnit] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const toast = useToast()
  const writing = useWrite(handOn, {
    onDone: (answer) => {
      toast(answer.owner ? t('已转交，现由 {name} 负责', 'Handed on; {name} answers now', { name: answer.owner.person.name }) : t('已转交，对方暂无人负责', 'Handed on; nobody answers there yet'), { tone: answer.owner ? 'good' : 'plain' })
      onDone()
    },
  })
  const why = reason.trim()
  const send = () => {
    setTried(true)
    if (unitId && why) void writing.run({ requestId: request.requestId, unitId, reason: why })
  }
  return (
    <Form onSubmit={send}>
      <Field label={t('转交给', 'Hand on to')} required error={tried && !unitId && t('请选择部门。', 'Choose a unit.')}>
        <UnitPicker units={units.filter((unit) => unit.id !== request.unit?.unitId)} value={unitId} onChange={setUnit} label={t('转交给', 'Hand on to')} />
      </Field>
      <Field label={t('理由', 'Reason')} required hint={t('求助人和接手的人都会看到。', 'The asker and whoever takes over see it.')} error={tried && !why && t('请写明理由。', 'Say why.')}>
        <TextInput value={reason} onChange={setReason} />
      </Field>
      <WriteProblem problem={writing.problem} />
      <div className="b-actions">
        <Button look="primary" submit busy={writing.busy}>{t('转交', 'Hand on')}</Button>
        <Button onClick={onCancel}>{t('取消', 'Cancel')}</Button>
      </div>
    </Form>
  )
}

/** Whether it is settled is for those who asked or are helped to say. */
function AskerActs({ request }: { request: Help }) {
  const [words, setWords] = useState('')
  const toast = useToast()
  const { requestId, state } = request
  const closing = useWrite(close, { onDone: () => toast(t('已办结', 'Closed'), { tone: 'good' }) })
  const opening = useWrite(reopen, { onDone: () => { setWords(''); toast(t('已重新打开', 'Opened again'), { tone: 'good' }) } })
  const text = words.trim()
  return (
    <div className="h-own">
      <p>{t('这是您提出的求助，由您决定是否已解决。', 'You asked for this; whether it is settled is yours to say.')}</p>
      {next(state, 'reopen') && <TextInput label={t('还缺什么', 'What is still missing')} placeholder={t('没有解决时，写明还缺什么', 'If it is not settled: what is missing')} value={words} onChange={setWords} maxLength={2000} />}
      <WriteProblem problem={closing.problem ?? opening.problem} />
      <div className="b-actions">
        {next(state, 'close') && <Button busy={closing.busy} onClick={() => void closing.run({ requestId })}>{t('已解决，办结', 'Settled: close')}</Button>}
        {next(state, 'reopen') && <Button busy={opening.busy} disabled={text === ''} onClick={() => void opening.run({ requestId, text })}>{t('没有解决，重新打开', 'Not settled: open again')}</Button>}
      </div>
    </div>
  )
}
