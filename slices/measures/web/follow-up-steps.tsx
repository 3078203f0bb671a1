/** The steps of a follow-up in words, for desk and phone. */
import type { Static } from 'typebox'
import { dateTime } from '#ui/format.ts'
import { read, t } from '#ui/words.ts'
import type { FollowUpStep } from '../contract.ts'

type Step = Static<typeof FollowUpStep>

/** One step in words: who had it, who got it, why. */
export function stepWords({ action, from, to, unit, words, by }: Step): string {
  const whom = to ?? t('无人', 'nobody')
  const place = unit ? t('（{unit}）', ' ({unit})', { unit: read(unit) }) : ''
  if (action === 'decide') return t('{from}批示：{words}；交{to}{place}办理', '{from} decided: {words}; {to}{place} carries it out', { from: from ?? '—', words, to: whom, place })
  if (action === 'take-back') return words ? t('{by}收回，由{to}{place}跟进：{words}', '{by} took it back; {to}{place} follows it up: {words}', { by: by ?? '—', to: whom, place, words }) : t('{by}收回，由{to}{place}跟进', '{by} took it back; {to}{place} follows it up', { by: by ?? '—', to: whom, place })
  if (action === 'hand-over' && by) return t('{by}转交{to}{place}：{words}', '{by} handed it to {to}{place}: {words}', { by, to: whom, place, words })
  if (action === 'hand-over') return t('{from}已不在任，转{to}{place}', '{from} left the office; passed to {to}{place}', { from: from ?? t('无人负责', 'Nobody'), to: whom, place })
  return t('{from}未处理，上报{to}{place}', '{from} did not act; passed up to {to}{place}', { from: from ?? t('无人负责', 'Nobody'), to: whom, place })
}

export function Steps({ steps }: { steps: readonly Step[] }) {
  return (
    <ol style={{ listStyle: 'none', margin: 0, padding: 0 }}>
      {steps.map((step) => (
        <li key={step.at}>
          <time className="b-muted num" dateTime={step.at}>{dateTime(step.at)}</time> <span>{stepWords(step)}</span>
        </li>
      ))}
    </ol>
  )
}
