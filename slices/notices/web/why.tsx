/** "Why do you think so?": each step of the reading with what it rests on, and the hand to correct it; a correction is remembered. */
import { useState } from 'react'
import { Button, Choices } from '#ui/controls.tsx'
import { Note } from '#ui/states.tsx'
import { read, say, t } from '#ui/words.ts'
import { SavedText } from './saved-text.tsx'
import type { DraftHandle, Patch } from './use-draft.ts'
import { modalityName, stepName, type Duty } from './words.ts'

export function Why({ duty, handle, onPatch, onGo }: { duty: Duty; handle: DraftHandle; onPatch: (patch: Patch) => void; onGo: (row: 'owner' | 'due' | 'evidence' | 'report-to' | 'measure') => void }) {
  const [grounds, setGrounds] = useState(false)
  if (duty.steps.length === 0) return <Note>{t('这条任务是由人写的，没有经过研读。', 'A person wrote this duty; it was not read from the text.')}</Note>
  const row = { deadline: 'due', rhythm: 'due', evidence: 'evidence', 'report-to': 'report-to', measure: 'measure' } as const
  const many = duty.steps.some((one) => one.grounds.length > 0)
  return (
    <div className="n-why" role="region" aria-label={t('为什么这样读', 'Why it was read so')}>
      <p className="n-small b-muted">{t('哪一步不对就改哪一步；改过的会记住，下一份通知照改过的读。', 'Correct the step that is wrong; what you correct is remembered, and the next notice is read so.')}</p>
      <dl>
        {duty.steps.map((one) => (
          <div key={one.step} className="n-why-step">
            <dt>{stepName(one.step)}</dt>
            <dd>
              <span>{read(say(one))}</span>
              {grounds && one.grounds.length > 0 && <span className="n-small b-muted">{one.grounds.map(read).join(t('；', '; '))}</span>}
              {one.step === 'actor' && (
                <span className="n-why-fix">
                  <SavedText label={t('由谁办', 'Who acts')} value={duty.actor} onSave={(actor) => onPatch({ actor })} placeholder={t('由谁办', 'Who acts')} />
                </span>
              )}
              {one.step === 'modality' && (
                <span className="n-why-fix">
                  <Choices joined label={t('语气', 'Modality')} value={duty.modality} onChange={(modality) => onPatch({ modality })} options={(['must', 'must-not', 'should'] as const).map((value) => ({ value, label: modalityName(value) }))} />
                </span>
              )}
              {one.step === 'condition' && (
                <span className="n-why-fix">
                  <SavedText label={t('条件', 'Condition')} value={duty.condition ?? ''} onSave={(condition) => onPatch({ condition: condition || null })} />
                </span>
              )}
            </dd>
            <dd className="n-why-act">
              {one.step === 'kind' && <Button size="small" look="quiet" onClick={() => handle.drop(duty)}>{t('不是任务', 'No duty')}</Button>}
              {one.step in row && <Button size="small" look="quiet" onClick={() => onGo(row[one.step as keyof typeof row])}>{t('改', 'Correct')}</Button>}
            </dd>
          </div>
        ))}
      </dl>
      {many && (
        <button type="button" className="b-link n-small" aria-expanded={grounds} onClick={() => setGrounds(!grounds)}>
          {grounds ? t('收起逐项依据', 'Fold the grounds') : t('看逐项依据（动词、情态、时限的分值）', 'See the grounds (weights of verb, modality, time)')}
        </button>
      )}
    </div>
  )
}

/** Corrections that were applied to one duty, with the way back. */
export function Learnt({ duty, handle }: { duty: Duty; handle: DraftHandle }) {
  return duty.learnt.map((one) => {
    const { correctionId } = one
    return (
      <p key={`${correctionId}${one.zh}`} className="n-learnt">
        <span>{read(say(one))}</span>
        {correctionId && <button type="button" className="b-link" onClick={() => handle.forget(correctionId)}>{t('不再套用', 'Stop applying')}</button>}
      </p>
    )
  })
}
