/** Answering for somebody: the questions that are open for them, one after the other. */
import { useRef, useState } from 'react'
import { newId } from '#kernel/ids.ts'
import { answer } from '#slices/facts/contract.ts'
import { AskReason, reasonAskedBy } from '#slices/directory/web/cards.tsx'
import { areaPath, useAreas } from '#ui/areas.ts'
import { Button, Field, Form } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { presentMoment, relative } from '#ui/format.ts'
import { Stack } from '#ui/page.tsx'
import { EmptyState, Note, Ready, WriteProblem } from '#ui/states.tsx'
import { useToast } from '#ui/toast.tsx'
import { read, say, t } from '#ui/words.ts'
import { asksOf } from '../contract.ts'
import { ValueInput } from './value-input.tsx'
import { valueText } from './value-words.ts'

export function AnswerFor({ subjectId, name, onAnswered }: { subjectId: string; name: string; onAnswered?: () => void }) {
  const open = useRead(asksOf, { subjectId }, { topics: ['coverage'], keep: false })
  const { areas } = useAreas(open.data?.asks.some((ask) => ask.attribute.type === 'area') ?? false)
  const [values, setValues] = useState<Record<string, unknown>>({})
  // A fact keeps its id through repeated presses: it is stored once.
  const ids = useRef(new Map<string, { id: string; at: string }>())
  const toast = useToast()
  const writing = useWrite(answer, {
    onDone: () => {
      ids.current.clear()
      setValues({})
      toast(t('已代 {name} 填报，并注明代填', 'Answered for {name}, marked as by proxy', { name }), { tone: 'good' })
      onAnswered?.()
    },
  })
  const given = (open.data?.asks ?? []).filter((ask) => values[ask.attribute.key] !== undefined)
  const send = () => {
    if (!given.length) return
    void writing.run({
      answers: given.map(({ attribute }) => {
        const key = JSON.stringify([attribute.key, values[attribute.key]])
        const mine = ids.current.get(key) ?? { id: newId(), at: presentMoment().toISOString() }
        ids.current.set(key, mine)
        return { factId: mine.id, subjectId, attribute: attribute.key, value: values[attribute.key], observedAt: mine.at }
      }),
    })
  }
  const at = reasonAskedBy(open.problem)
  if (at) return <AskReason at={at} onGiven={open.retry} />
  return (
    <Ready read={open} empty={{ when: (data) => data.asks.length === 0, show: <EmptyState title={t('没有需要填报的', 'Nothing is asked')}>{t('需要的信息都已知道。', 'All that is needed is known.')}</EmptyState> }}>
      {(data) => (
        <Form onSubmit={send}>
          <Note>{t('代填会注明由您代填，{name} 在“我的数据”里能看到。只填本人告诉您的。', '{name} sees in “my data” that you answered. Enter only what they told you.', { name })}</Note>
          {data.asks.map((ask) => (
            <Field
              key={ask.attribute.key}
              label={say(ask.attribute.label)}
              hint={
                <Stack gap={0}>
                  <span>{t('用途：{what}', 'For: {what}', { what: ask.because.map((one) => say(one.name)).join(t('、', ', ')) })}</span>
                  {ask.because[0] && <span>{t('依据：{what}', 'Basis: {what}', { what: read(ask.because[0].basis) })}</span>}
                  {ask.last && (
                    <span>
                      {t('上次：{what}（{when}）', 'Last: {what} ({when})', { what: valueText(ask.attribute, ask.last.value, (code) => (areas ? areaPath(areas, code).map(read).join(' ') : code)), when: relative(ask.last.observedAt) })}{' '}
                      {values[ask.attribute.key] === undefined && <button type="button" className="b-link" onClick={() => setValues({ ...values, [ask.attribute.key]: ask.last?.value })}>{t('没有变化', 'No change')}</button>}
                    </span>
                  )}
                </Stack>
              }
            >
              <ValueInput attribute={ask.attribute} value={values[ask.attribute.key]} onChange={(value) => setValues({ ...values, [ask.attribute.key]: value })} />
            </Field>
          ))}
          <WriteProblem problem={writing.problem} />
          <div className="b-actions">
            <Button look="primary" submit busy={writing.busy} disabled={given.length === 0}>
              {t('代为填报', 'Answer for them')}
            </Button>
          </div>
        </Form>
      )}
    </Ready>
  )
}
