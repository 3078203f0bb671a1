/** Names down, numbers up: whoever counts says why before names are opened, once a unit and session. Stands in the place of what is to be shown. */
import { useState, type ReactNode } from 'react'
import type { Output } from '#kernel/contract.ts'
import { Button, Field, Form, TextInput } from '#ui/controls.tsx'
import { useRead } from '#ui/data.ts'
import { SidePanel } from '#ui/feedback.tsx'
import { count } from '#ui/format.ts'
import { Icon } from '#ui/icons.tsx'
import { Panel } from '#ui/page.tsx'
import { WriteProblem } from '#ui/states.tsx'
import { read as inScript, t } from '#ui/words.ts'
import { reasonFor, type people } from '../contract.ts'
import { reasonedRoles } from '../rules.ts'
import { useGivingReason, usualReasons, type ReasonAt } from './giving-reason.ts'
import { useMine } from './words.ts'
import './directory.css'

export { reasonAskedBy } from './giving-reason.ts'

/**
 * Whether names of a unit, or a person, are open to the reader. Asked only by those whose office gives counts; `open` is false until it is known.
 * What is read behind it waits for `open`.
 */
export function useReason(subjectId: string | null): { open: boolean; needed: ReasonAt | null; again: () => void } {
  const { me } = useMine()
  const counts = me?.offices.some((office) => (reasonedRoles as readonly string[]).includes(office.role)) ?? false
  const asked = useRead(reasonFor, { subjectId: subjectId ?? '' }, { enabled: counts && subjectId !== null, topics: ['reasons'], keep: false })
  if (me && !counts) return { open: true, needed: null, again: asked.retry }
  // Where it cannot be asked the read itself says why.
  return { open: me !== undefined && ((asked.data !== undefined && asked.data.needed === null) || asked.problem !== null), needed: asked.data?.needed ?? null, again: asked.retry }
}

export function AskReason({ at, onGiven, children }: { at: ReasonAt; onGiven: () => void; /** What can be seen without: counts. */ children?: ReactNode }) {
  const giving = useGivingReason(at, onGiven)
  return (
    <Panel>
      <div className="d-reason">
        <h2>{t('查看{unit}的具体人员，请先说明事由', 'Why do you open the people of {unit} by name?', { unit: inScript(at.unit) })}</h2>
        <p className="b-muted">{t('按您的职务，先看数字。事由与查看记录一起保存，本人在“我的数据”里能看到；同一单位本次登录只问一次，十二小时内有效。', 'Your office gives you counts. The reason is kept with each look, and the people can read it. It is asked once for a unit and session, and lasts twelve hours.')}</p>
        <div className="d-reasons">
          {usualReasons().map((one) => (
            <Button key={one} busy={giving.busy} onClick={() => giving.give(one)}>{one}</Button>
          ))}
        </div>
        <Form onSubmit={() => giving.give()}>
          <Field label={t('或写明其他事由', 'Or another reason')} error={giving.error}>
            <TextInput value={giving.words} onChange={giving.setWords} maxLength={200} />
          </Field>
          <WriteProblem problem={giving.problem} />
          <div className="b-actions"><Button look="primary" submit busy={giving.busy}>{t('查看名单', 'Open the names')}</Button></div>
        </Form>
        {children}
      </div>
    </Panel>
  )
}

/** In the place of names: what is to be done before they are shown. */
export function ReasonFirst({ at, onGiven }: { at: ReasonAt; onGiven: () => void }) {
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button size="small" onClick={() => setAsking(true)}>{t('说明事由后查看', 'Give a reason')}</Button>
      <SidePanel open={asking} title={t('先说明事由', 'A reason first')} onClose={() => setAsking(false)}>
        <AskReason at={at} onGiven={() => { setAsking(false); onGiven() }} />
      </SidePanel>
    </>
  )
}

/** Who else was found, as figures: names open unit by unit, with a reason. */
export function ClosedNames({ closed, onGiven }: { closed: Output<typeof people>['closed']; onGiven: () => void }) {
  return (
    <ul className="d-closed">
      {closed.map((one) => (
        <li key={one.unitId}>
          <Icon name="people" size={18} />
          <span>{t('{unit}：{n} 人', '{unit}: {n} {n:person|people}', { unit: inScript(one.unit), n: count(one.people) })}</span>
          <ReasonFirst at={one} onGiven={onGiven} />
        </li>
      ))}
    </ul>
  )
}
