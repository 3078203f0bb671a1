/** Excuses one person or many: from which measures, why, until when. It can be undone from where it was done. */
import { useMemo, useState } from 'react'
import { newId } from '#kernel/ids.ts'
import { Button, Check, Field, Form, MomentInput, TextArea } from '#ui/controls.tsx'
import { useWrite } from '#ui/data.ts'
import { presentMoment } from '#ui/format.ts'
import { Stack } from '#ui/page.tsx'
import { WriteProblem } from '#ui/states.tsx'
import { useToast } from '#ui/toast.tsx'
import { say, t } from '#ui/words.ts'
import { endExcuseMany, excuseMany } from '../contract.ts'
import type { GapPerson, PeopleAnswer } from './gap-people.ts'
import { openItems } from './gap-reach.ts'

export function ExcuseForm({ people, measures, onDone }: { people: readonly GapPerson[]; measures: ReadonlyMap<string, PeopleAnswer['measures'][number]>; onDone: (undo: () => void) => void }) {
  const concerned = useMemo(() => [...new Set(people.flatMap((one) => one.open.map((open) => open.measureId)))], [people])
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState<string | null>(null)
  const [tried, setTried] = useState(false)
  const [ids] = useState(() => new Map<string, string>())
  const toast = useToast()
  const undoing = useWrite(endExcuseMany)
  const items = people.flatMap(openItems).filter((one) => !left.has(one.measureId))
  const writing = useWrite(excuseMany, {
    onDone: (answer, input) => {
      const undo = () =>
        void undoing.run({ items: input.items.map(({ measureId, subjectId }) => ({ measureId, subjectId })) }).then((done) => (done ? toast(t('已撤销免除', 'Undone'), { tone: 'good' }) : toast(t('没能撤销，请在“已免除”里逐个撤销。', 'Could not be undone; end them under “Excused”.'), { tone: 'bad' })))
      onDone(undo)
      toast(t('已免除 {n} 项', '{n} excused', { n: answer.excused }), { tone: 'good', action: { label: t('撤销', 'Undo'), run: undo } })
    },
  })
  const enough = reason.trim().length >= 2
  const usual = [t('已休学或离校', 'Left or on leave'), t('在外实习，由实习单位管理', 'Placed elsewhere, looked after there'), t('住院或在家休养', 'In hospital or recovering at home')]
  const send = () => {
    setTried(true)
    if (!enough || !items.length) return
    void writing.run({
      items: items.map((one) => {
        const key = `${one.measureId}:${one.subjectId}`
        const excuseId = ids.get(key) ?? newId()
        ids.set(key, excuseId)
        return { excuseId, ...one }
      }),
      reason: reason.trim(), until,
    })
  }
  return (
    <Form onSubmit={send}>
      {concerned.length > 1 && (
        <Field several label={t('免除哪几项', 'From what')} error={tried && !items.length && t('至少选一项。', 'Choose one at least.')}>
          <Stack gap={6}>
            {concerned.map((id) => (
              <Check key={id} value={!left.has(id)} onChange={(on) => setLeft(new Set(on ? [...left].filter((one) => one !== id) : [...left, id]))}>{say(measures.get(id)?.name ?? { zh: '', en: '' })}</Check>
            ))}
          </Stack>
        </Field>
      )}
      <Field label={t('理由', 'Reason')} required error={tried && !enough && t('请写明理由，至少两个字。', 'Say why, in two characters at least.')} hint={t('会记录在案，由谁在何时免除可查。', 'It is kept on record who excused whom, when and why.')}>
        <TextArea value={reason} onChange={setReason} rows={3} maxLength={400} />
      </Field>
      <div className="d-reasons">{usual.map((one) => <Button key={one} size="small" onClick={() => setReason(one)}>{one}</Button>)}</div>
      <Field label={t('到何时为止', 'Until')} hint={t('不填则到措施结束为止。到期后自动恢复。', 'Empty: until the measure ends. It ends by itself.')}>
        <MomentInput value={until} onChange={setUntil} min={presentMoment().toISOString()} />
      </Field>
      <WriteProblem problem={writing.problem} />
      <div className="b-actions">
        <Button look="primary" submit busy={writing.busy}>
          {items.length > 1 ? t('免除这 {n} 项', 'Excuse these {n}', { n: items.length }) : t('免除', 'Excuse')}
        </Button>
      </div>
    </Form>
  )
}
