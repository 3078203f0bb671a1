/** One person opened: call and note what came of it with a word, answer for them, excuse them, hand them over; everything that was tried. */
import { useState } from 'react'
import { Button, Choices, Field, TextInput } from '#ui/controls.tsx'
import { useRead } from '#ui/data.ts'
import { SidePanel } from '#ui/feedback.tsx'
import { spaced } from '#ui/format.ts'
import { Icon } from '#ui/icons.tsx'
import { useKey } from '#ui/keys.tsx'
import { Stack, TextLink } from '#ui/page.tsx'
import { useSession } from '#ui/session.tsx'
import { Ready, WriteProblem } from '#ui/states.tsx'
import { Timeline } from '#ui/timeline.tsx'
import type { CallProblem } from '#kernel/client.ts'
import { read, say, t } from '#ui/words.ts'
import { trail } from '../contract.ts'
import { AnswerFor } from './answer-for.tsx'
import { deedEntry } from './deeds.tsx'
import { ExcuseForm } from './excuse-form.tsx'
import { FollowUpNow } from './follow-up.tsx'
import { dial, type GapPanelKind, type Outcome } from './gap-line.tsx'
import type { GapPerson, PeopleAnswer } from './gap-people.ts'
import { HandOverForm } from './hand-over.tsx'
import type { Me } from '#slices/directory/web/unit-choice.ts'

export interface GapOpening {
  people: readonly GapPerson[]
  panel: GapPanelKind
}
export interface GapPanelProps {
  opening: GapOpening | null
  measures: ReadonlyMap<string, PeopleAnswer['measures'][number]>
  busy: boolean
  problem: CallProblem | null
  onClose: () => void
  onNoted: (person: GapPerson, how: 'call' | 'message' | 'visit', outcome: Outcome, note: string) => void
  onAnswered: (person: GapPerson) => void
  onExcused: (people: readonly GapPerson[], undo: () => void) => void
  onHanded: (people: readonly GapPerson[], to: { name: string; unit: string }, reason: string) => void
}

export function GapPanel(props: GapPanelProps) {
  const { opening } = props
  if (!opening) return <SidePanel open={false} title="" onClose={props.onClose}>{null}</SidePanel>
  const { people, panel } = opening
  const [one] = people
  const who = people.length === 1 && one ? (one.subject.kind === 'unit' ? read(one.subject.name) : one.subject.name) : t('{n} 人', '{n} {n:person|people}', { n: people.length })
  const title = { call: t('联系 {who}', 'Reach {who}', { who }), answer: t('代 {who} 填报', 'Answer for {who}', { who }), excuse: t('免除 {who}', 'Excuse {who}', { who }), hand: t('转交 {who}', 'Hand {who} over', { who }) }[panel]
  return (
    <SidePanel open onClose={props.onClose} title={title}>
      {panel === 'call' && one && <CallForm key={one.subject.id} {...props} person={one} />}
      {panel === 'answer' && one && <AnswerFor subjectId={one.subject.id} name={who} onAnswered={() => props.onAnswered(one)} />}
      {panel === 'excuse' && <ExcuseForm people={people} measures={props.measures} onDone={(undo) => props.onExcused(people, undo)} />}
      {panel === 'hand' && <HandOverForm people={people} onDone={(to, reason) => props.onHanded(people, to, reason)} />}
    </SidePanel>
  )
}

/** The telephone, large, and one press or one key for what came of it. */
function CallForm({ person, measures, busy, problem, onNoted }: GapPanelProps & { person: GapPerson }) {
  const { can, me } = useSession<Me>()
  const [how, setHow] = useState<'call' | 'message' | 'visit'>('call')
  const [note, setNote] = useState('')
  const { subject, owner } = person
  const phone = subject.phone ?? (subject.kind === 'unit' ? owner?.phone : null)
  const record = (outcome: Outcome) => !busy && onNoted(person, how, outcome, note.trim())
  useKey('1', () => record('reached'), can('gap.act'))
  useKey('2', () => record('promised'), can('gap.act'))
  useKey('3', () => record('no-answer'), can('gap.act'))
  const story = useRead(trail, { subjectId: subject.id }, { topics: ['gaps', 'coverage'], keep: false })
  return (
    <Stack gap={18}>
      {phone ? (
        <a className="g-call" href={dial(phone)}>
          <Icon name="phone" size={22} />
          <span>
            <b className="num">{spaced(phone)}</b>
            <span>{subject.kind === 'person' ? t('拨打本人', 'Call the person') : t('拨打责任人 {name}', 'Call {name}, who answers', { name: owner?.person.name ?? '' })}</span>
          </span>
        </a>
      ) : (
        <p className="b-muted">{t('没有登记电话。', 'No telephone number on record.')}</p>
      )}
      <p>
        {t('要补的：', 'Still open: ')}{person.open.map((one) => say(measures.get(one.measureId)?.name ?? { zh: '', en: '' })).join(t('、', ', '))}
        {subject.kind === 'person' && owner?.phone && owner.person.personId !== me?.person.personId && (
          <>
            <br />
            {t('也可找责任人', 'Or turn to')} <span translate="no">{owner.person.name}</span> <a className="b-link num" href={dial(owner.phone)}>{spaced(owner.phone)}</a>
          </>
        )}
      </p>
      {can('gap.act') && (
        <>
          <Field label={t('方式', 'How')}>
            <Choices joined label={t('方式', 'How')} value={how} onChange={setHow} options={[{ value: 'call', label: t('电话', 'Call') }, { value: 'message', label: t('信息', 'Message') }, { value: 'visit', label: t('走访', 'Visit') }]} />
          </Field>
          <Field label={t('备注（可不填）', 'Note (optional)')}>
            <TextInput value={note} onChange={setNote} maxLength={400} />
          </Field>
          <WriteProblem problem={problem} />
          <div className="b-actions">
            <Button look="primary" busy={busy} onClick={() => record('reached')}>{t('已联系上', 'Reached')}</Button>
            <Button busy={busy} onClick={() => record('promised')}>{t('答应填报', 'Promised to answer')}</Button>
            <Button busy={busy} onClick={() => record('no-answer')}>{t('没人接', 'No answer')}</Button>
            <span className="b-muted gl-keyed" aria-hidden>{t('按 1 2 3 也可以', 'or press 1 2 3')}</span>
          </div>
        </>
      )}
      {person.open.map((one) => <FollowUpNow key={one.measureId} measureId={one.measureId} measure={say(measures.get(one.measureId)?.name ?? { zh: '', en: '' })} subjectId={subject.id} />)}
      <section className="g-story">
        <h3>{t('经过', 'What was done')}</h3>
        <Ready read={story} rows={2}>{(data) => <Timeline entries={data.deeds.slice(0, 30).map(deedEntry)} empty={t('还没有人联系过。', 'Nobody has tried yet.')} />}</Ready>
      </section>
      {subject.kind === 'person' && can('person.read') && <TextLink to={`/people/${subject.id}`}>{t('打开人员页', "Open the person's page")}</TextLink>}
    </Stack>
  )
}
