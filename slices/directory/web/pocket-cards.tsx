/** On the phone, in the place of what was not opened: a reason before names, by thumb; any other refusal as it is. */
import { useState } from 'react'
import type { CallProblem } from '#kernel/client.ts'
import { Icon } from '#ui/icons.tsx'
import { TextField } from '#ui/pocket/fields.tsx'
import { BigButton } from '#ui/pocket/parts.tsx'
import { ErrorState, WriteProblem } from '#ui/states.tsx'
import { read, t } from '#ui/words.ts'
import { reasonAskedBy, useGivingReason, usualReasons, type ReasonAt } from './giving-reason.ts'

export function NotOpened({ problem, retry }: { problem: CallProblem; retry: () => void }) {
  const at = reasonAskedBy(problem)
  return at ? <AskReason at={at} onGiven={retry} /> : <ErrorState problem={problem} retry={retry} />
}

function AskReason({ at, onGiven }: { at: ReasonAt; onGiven: () => void }) {
  const giving = useGivingReason(at, onGiven)
  const [own, setOwn] = useState(false)
  return (
    <section className="p-card p-card-ask">
      <div className="p-answer">
        <h2 className="p-question">{t('为什么看{unit}的具体人员？', 'Why do you open the people of {unit} by name?', { unit: read(at.unit) })}</h2>
        <div className="p-options">
          {usualReasons().map((one) => (
            <button key={one} type="button" className="p-option" disabled={giving.busy} onClick={() => giving.give(one)}>
              <span>{one}</span>
              <Icon name="next" size={18} />
            </button>
          ))}
          {!own && <button type="button" className="p-quiet" onClick={() => setOwn(true)}>{t('写明其他事由', 'Write another reason')}</button>}
        </div>
        {own && (
          <form className="p-answer" onSubmit={(event) => { event.preventDefault(); giving.give() }}>
            <TextField label={t('其他事由', 'Another reason')} value={giving.words} onChange={giving.setWords} {...(giving.error ? { error: giving.error } : {})} />
            <BigButton submit busy={giving.busy}>{t('打开', 'Open')}</BigButton>
          </form>
        )}
        <WriteProblem problem={giving.problem} />
        <p className="p-about">{t('按您的职务，先看数字。事由与查看记录一起保存，本人看得到；本次登录对这个单位只问一次，十二小时内有效。', 'Your office gives you counts. The reason is kept with the look, and they can read it. Asked once for this unit and session; it lasts twelve hours.')}</p>
      </div>
    </section>
  )
}
