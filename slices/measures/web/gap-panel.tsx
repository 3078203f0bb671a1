/** One gap opened: call and note what came of it, answer for the person, excuse. */
import { useEffect, useRef, useState } from 'react'
import { newId } from '#kernel/ids.ts'
import { person as personCall } from '#slices/directory/contract.ts'
import { Button, Choices, Field, Form, MomentInput, TabView, TextArea, TextInput, type TabItem } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { dateTime, relative, presentMoment } from '#ui/format.ts'
import { SidePanel } from '#ui/feedback.tsx'
import { Icon } from '#ui/icons.tsx'
import { Details, Stack, TextLink } from '#ui/page.tsx'
import { useSession } from '#ui/session.tsx'
import { WriteProblem } from '#ui/states.tsx'
import { StandingTag } from '#ui/tags.tsx'
import { useToast } from '#ui/toast.tsx'
import { read, say, t } from '#ui/words.ts'
import { contact, endExcuseMany, excuseMany } from '../contract.ts'
import { AnswerFor } from './answer-for.tsx'
import { gapKey, type GapRow } from './gap-pages.ts'
import { FollowUpSteps } from './follow-up.tsx'
import { contactText } from './gap-words.ts'
import { useMayOver } from './units.ts'

export type GapTab = 'contact' | 'answer' | 'excuse'
export interface GapOpening {
  row: GapRow
  tab: GapTab
  /** Calls at once where the device is a phone. */
  dial?: boolean
}

export function GapPanel({ opening, onTab, onClose, onSettled, onRestored }: { opening: GapOpening | null; onTab: (tab: GapTab) => void; onClose: () => void; onSettled: (keys: string[]) => void; onRestored: (keys: string[]) => void }) {
  const { can } = useSession()
  const mayOver = useMayOver()
  if (!opening) return <SidePanel open={false} title="" onClose={onClose}>{null}</SidePanel>
  const { row, tab } = opening
  const items: TabItem<GapTab>[] = [
    { key: 'contact', label: t('联系', 'Contact'), content: <ContactForm key={gapKey(row)} row={row} dial={opening.dial ?? false} /> },
    ...(mayOver('person.answer-for') ? [{ key: 'answer' as const, label: t('代填', 'Answer for'), content: <AnswerFor subjectId={row.subject.id} name={row.subject.name} /> }] : []),
    ...(!can('gap.excuse') ? [] : [{ key: 'excuse' as const, label: t('免除', 'Excuse'), content: row.state === 'excused' ? <EndExcuse row={row} onDone={() => { onSettled([gapKey(row)]); onClose() }} /> : <ExcuseForm rows={[row]} onDone={(keys) => { onSettled(keys); onClose() }} onUndone={onRestored} /> }]),
  ]
  return (
    <SidePanel
      open
      onClose={onClose}
      title={
        <span className="g-paneltitle">
          <span translate="no">{row.subject.kind === 'unit' ? read(row.subject.name) : row.subject.name}</span>
          {row.subject.number && <span className="b-muted num">{row.subject.number}</span>}
          <StandingTag state={row.state} />
        </span>
      }
    >
      <Stack gap={16}>
        <Details
          items={[
            { label: t('措施', 'Measure'), value: say(row.measure) },
            { label: t('持续', 'Since'), value: relative(row.since) },
            { label: t('所在组织', 'Unit'), value: row.subject.unit && read(row.subject.unit.name) },
            { label: t('责任人', 'Answers'), value: row.owner ? `${row.owner.person.name}（${read(row.owner.unit.name)} ${read(row.owner.officeTitle)}）` : t('无人负责', 'Nobody') },
            row.lastContact && { label: t('最近联系（共 {n} 次）', 'Last contact ({n} in all)', { n: row.contacts }), value: contactText(row.lastContact) },
            row.lastContact?.note ? { label: t('备注', 'Note'), value: row.lastContact.note } : null,
          ]}
        />
        <FollowUpSteps row={row} />
        {row.subject.kind === 'person' && can('person.read') && <TextLink to={`/people/${row.subject.id}`}>{t('打开人员页', "Open the person's page")}</TextLink>}
        <TabView value={tab} onChange={onTab} items={items} />
      </Stack>
    </SidePanel>
  )
}

/** The telephone, large, and one press for what came of it. */
function ContactForm({ row, dial }: { row: GapRow; dial: boolean }) {
  const isPerson = row.subject.kind === 'person'
  const { can } = useSession()
  const person = useRead(personCall, { personId: row.subject.id }, { enabled: isPerson && can('person.read'), keep: false })
  const phone = isPerson ? (person.data?.phone ?? null) : (row.owner?.phone ?? null)
  const dialled = useRef(false)
  useEffect(() => {
    // With a phone in the hand the press on "call" is the call; at a desk the number is read off.
    if (!dial || dialled.current || !phone || !matchMedia('(pointer: coarse)').matches) return
    dialled.current = true
    location.assign(`tel:${phone}`)
  }, [dial, phone])
  const [how, setHow] = useState<'call' | 'message' | 'visit'>('call')
  const [note, setNote] = useState('')
  const contactId = useRef(newId())
  const toast = useToast()
  const writing = useWrite(contact, {
    onDone: () => {
      contactId.current = newId()
      setNote('')
      toast(t('已记录联系情况', 'Noted'), { tone: 'good' })
    },
  })
  const record = (outcome: 'reached' | 'no-answer' | 'promised') =>
    void writing.run({ contactId: contactId.current, measureId: row.measureId, subjectId: row.subject.id, how, outcome, ...(note.trim() ? { note: note.trim() } : {}) })
  return (
    <Stack gap={16}>
      {phone ? (
        <a className="g-call" href={`tel:${phone.replaceAll(/\s/g, '')}`}>
          <Icon name="phone" size={22} />
          <span>
            <b className="num">{phone}</b>
            <span>{isPerson ? t('拨打本人', 'Call the person') : t('拨打责任人 {name}', 'Call {name}, who answers', { name: row.owner?.person.name ?? '' })}</span>
          </span>
        </a>
      ) : (
        <p className="b-muted">{person.loading ? t('正在查电话', 'Looking up the number') : t('没有登记电话。', 'No telephone number on record.')}</p>
      )}
      {isPerson && row.owner?.phone && (
        <p>
          {t('也可找责任人', 'Or turn to')} <span translate="no">{row.owner.person.name}</span>：<a className="b-link num" href={`tel:${row.owner.phone}`}>{row.owner.phone}</a>
        </p>
      )}
      {can('gap.act') && (
        <>
          <Field label={t('方式', 'How')}>
            <Choices joined label={t('方式', 'How')} value={how} onChange={setHow} options={[{ value: 'call', label: t('电话', 'Call') }, { value: 'message', label: t('信息', 'Message') }, { value: 'visit', label: t('走访', 'Visit') }]} />
          </Field>
          <Field label={t('备注（可不填）', 'Note (optional)')}>
            <TextInput value={note} onChange={setNote} maxLength={400} />
          </Field>
          <WriteProblem problem={writing.problem} />
          <div className="b-actions">
            <Button look="primary" busy={writing.busy} onClick={() => record('reached')}>{t('已联系上', 'Reached')}</Button>
            <Button busy={writing.busy} onClick={() => record('promised')}>{t('答应填报', 'Promised to answer')}</Button>
            <Button busy={writing.busy} onClick={() => record('no-answer')}>{t('没有联系上', 'No answer')}</Button>
          </div>
        </>
      )}
    </Stack>
  )
}

/** Excuses one or many for a reason and until a moment. */
export function ExcuseForm({ rows, onDone, onUndone }: { rows: readonly GapRow[]; onDone: (keys: string[]) => void; onUndone: (keys: string[]) => void }) {
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState<string | null>(null)
  const [tried, setTried] = useState(false)
  const [ids] = useState(() => new Map<string, string>())
  const toast = useToast()
  const undoing = useWrite(endExcuseMany)
  const writing = useWrite(excuseMany, {
    onDone: (answer, input) => {
      const keys = input.items.map((one) => `${one.measureId}:${one.subjectId}`)
      onDone(keys)
      toast(t('已免除 {n} 项', '{n} excused', { n: answer.excused }), {
        tone: 'good',
        action: {
          label: t('撤销', 'Undo'),
          run: () =>
            void undoing.run({ items: input.items.map(({ measureId, subjectId }) => ({ measureId, subjectId })) }).then((done) => {
              if (!done) return toast(t('没能撤销，请在“已免除”里逐个撤销。', 'Could not be undone; end them under “excused”.'), { tone: 'bad' })
              onUndone(keys)
              toast(t('已撤销免除', 'Undone'), { tone: 'good' })
            }),
        },
      })
    },
  })
  const enough = reason.trim().length >= 2
  const send = () => {
    setTried(true)
    if (!enough) return
    const items = rows.map((row) => {
      const key = gapKey(row)
      const excuseId = ids.get(key) ?? newId()
      ids.set(key, excuseId)
      return { excuseId, measureId: row.measureId, subjectId: row.subject.id }
    })
    void writing.run({ items, reason: reason.trim(), until })
  }
  return (
    <Form onSubmit={send}>
      <Field label={t('理由', 'Reason')} required error={tried && !enough && t('请写明理由，至少两个字。', 'Say why, in two characters at least.')} hint={t('会记录在案，由谁在何时免除可查。', 'It is kept on record who excused whom, when and why.')}>
        <TextArea value={reason} onChange={setReason} rows={3} maxLength={400} />
      </Field>
      <Field label={t('到何时为止', 'Until')} hint={t('不填则到措施结束为止。到期后自动恢复。', 'Empty: until the measure ends. It ends by itself.')}>
        <MomentInput value={until} onChange={setUntil} min={presentMoment().toISOString()} />
      </Field>
      <WriteProblem problem={writing.problem} />
      <div className="b-actions">
        <Button look="primary" submit busy={writing.busy}>
          {rows.length > 1 ? t('免除这 {n} 项', 'Excuse these {n}', { n: rows.length }) : t('免除', 'Excuse')}
        </Button>
      </div>
    </Form>
  )
}

function EndExcuse({ row, onDone }: { row: GapRow; onDone: () => void }) {
  const toast = useToast()
  const writing = useWrite(endExcuseMany, {
    onDone: () => {
      toast(t('已撤销免除', 'The excuse has ended'), { tone: 'good' })
      onDone()
    },
  })
  return (
    <Stack gap={16}>
      {row.excuse && (
        <Details
          columns={1}
          items={[
            { label: t('理由', 'Reason'), value: row.excuse.reason },
            { label: t('由谁免除', 'By'), value: `${row.excuse.by ?? '—'} · ${dateTime(row.excuse.since)}` },
            { label: t('到何时为止', 'Until'), value: row.excuse.until ? dateTime(row.excuse.until) : t('措施结束', 'the end of the measure') },
          ]}
        />
      )}
      <WriteProblem problem={writing.problem} />
      <Button look="primary" busy={writing.busy} onClick={() => void writing.run({ items: [{ measureId: row.measureId, subjectId: row.subject.id }] })}>
        {t('撤销免除', 'End the excuse')}
      </Button>
    </Stack>
  )
}
