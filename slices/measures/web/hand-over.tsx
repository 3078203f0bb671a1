/** Handing gaps over: to somebody who may act on the same people already, with the reason; it is dated, both see it, and it can be taken back. */
import { useMemo, useState } from 'react'
import { newId } from '#kernel/ids.ts'
import type { Output } from '#kernel/contract.ts'
import { Button, Field, Form, TextArea, TextInput } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { spaced } from '#ui/format.ts'
import { useSession } from '#ui/session.tsx'
import { useNameMatch } from '#ui/pinyin.ts'
import { EmptyState, Note, Ready, WriteProblem } from '#ui/states.tsx'
import { Tag } from '#ui/tags.tsx'
import { officeTitle } from '#ui/own-words.ts'
import { read, t } from '#ui/words.ts'
import { handOver, receivers } from '../contract.ts'
import type { GapPerson } from './gap-people.ts'
import { openItems } from './gap-reach.ts'
import type { Me } from '#slices/directory/web/unit-choice.ts'

type Receiver = Output<typeof receivers>['receivers'][number]
const keyOf = (one: Receiver) => `${one.officeId}:${one.person.personId}`
const mostAtOnce = 200
const shownAtOnce = 8

export function HandOverForm({ people, onDone }: { people: readonly GapPerson[]; onDone: (to: { name: string; unit: string }, reason: string) => void }) {
  const subjectIds = useMemo(() => people.slice(0, mostAtOnce).map((one) => one.subject.id), [people])
  const { me } = useSession<Me>()
  const may = useRead(receivers, { subjectIds }, { topics: ['directory'], keep: false })
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const [all, setAll] = useState(false)
  const match = useNameMatch()
  const [ids] = useState(() => new Map<string, string>())
  const writing = useWrite(handOver)
  const to = may.data?.receivers.find((one) => keyOf(one) === chosen)
  const enough = reason.trim().length >= 2
  const usual = [t('多次联系不上，请上门看看', 'Cannot be reached; please call at the door'), t('需要校医判断', 'A doctor has to judge'), t('请代为跟进', 'Please follow this up for me')]
  const send = () => {
    setTried(true)
    if (!to || !enough) return
    const items = people.slice(0, mostAtOnce).flatMap(openItems).slice(0, mostAtOnce).map((one) => {
      const key = `${one.measureId}:${one.subjectId}`
      const taskId = ids.get(key) ?? newId()
      ids.set(key, taskId)
      return { taskId, ...one }
    })
    void writing.run({ items, officeId: to.officeId, personId: to.person.personId, reason: reason.trim() }).then((done) => done && onDone({ name: to.person.name, unit: to.unit.name }, reason.trim()))
  }
  return (
    <Ready read={may} rows={4} empty={{ when: (data) => data.receivers.length === 0, show: <EmptyState icon="people" title={t('没有可以转交的人', 'There is nobody to hand over to')}>{t('只有本来就能处理这些人的职务才能接手。', 'Only offices that may act on these people already can take over.')}</EmptyState> }}>
      {(data) => {
        const found = data.receivers.filter((one) => one.person.personId !== me?.person.personId && (typed.trim() === '' || match(`${one.person.name} ${one.unit.name} ${one.officeTitle}`, typed)))
        const shown = all || typed ? found : found.slice(0, shownAtOnce)
        return (
          <Form onSubmit={send}>
            <Note>{t('对方会在“我的待办”里看到这些人和您的理由；转交记录在案，可以收回。', 'They find these people and your reason among their tasks. It is kept on record and can be taken back.')}</Note>
            <Field label={t('交给谁', 'To whom')} required error={tried && !to && t('请选一位。', 'Choose somebody.')}>
              <div className="g-receivers">
                {data.receivers.length > shownAtOnce && <TextInput type="search" prefix="search" value={typed} onChange={setTyped} label={t('按姓名、组织找', 'By name or unit')} placeholder={t('姓名、组织或职务', 'Name, unit or office')} />}
                <div role="radiogroup" aria-label={t('交给谁', 'To whom')}>
                  {shown.map((one) => (
                    <label key={keyOf(one)} className="g-receiver">
                      <input type="radio" name="receiver" checked={chosen === keyOf(one)} onChange={() => setChosen(keyOf(one))} />
                      <span>
                        <b translate="no">{one.person.name}</b> {one.capacity === 'deputy' && <Tag>{t('代理', 'Deputy')}</Tag>}
                        <small className="b-muted">{read(one.unit.name)} · {officeTitle(one.officeTitle)}</small>
                      </span>
                      {one.phone && <span className="num b-muted">{spaced(one.phone)}</span>}
                    </label>
                  ))}
                </div>
                {found.length === 0 && <p className="b-muted">{t('没有找到。', 'Nobody matches.')}</p>}
                {!all && !typed && found.length > shown.length && <button type="button" className="b-link" onClick={() => setAll(true)}>{t('显示全部 {n} 位', 'Show all {n}', { n: found.length })}</button>}
              </div>
            </Field>
            <Field label={t('理由', 'Reason')} required error={tried && !enough && t('请写明理由，至少两个字。', 'Say why, in two characters at least.')}>
              <TextArea value={reason} onChange={setReason} rows={2} maxLength={200} />
            </Field>
            <div className="d-reasons">{usual.map((one) => <Button key={one} size="small" onClick={() => setReason(one)}>{one}</Button>)}</div>
            <WriteProblem problem={writing.problem} />
            <div className="b-actions"><Button look="primary" submit busy={writing.busy}>{people.length > 1 ? t('转交这 {n} 人', 'Hand these {n} over', { n: Math.min(people.length, mostAtOnce) }) : t('转交', 'Hand over')}</Button></div>
          </Form>
        )
      }}
    </Ready>
  )
}
