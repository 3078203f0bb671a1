/** One question on My day: the question, its answer by thumb, and why it is asked. */
import { useRef, useState } from 'react'
import { PocketAnswer } from '#slices/facts/web/pocket-answer.tsx'
import type { Asking, AsksAnswer } from '#slices/measures/web/asking.ts'
import { WhyAsked } from '#slices/measures/web/pocket-why.tsx'
import { Badge } from '#ui/pocket/parts.tsx'
import { usePlaces } from '#ui/pocket/places.ts'
import { read, t } from '#ui/words.ts'
import { useAnswering } from './asking.ts'
import { Reminded } from './reminded.tsx'

export interface AskCardProps {
  ask: Asking
  visibleTo: AsksAnswer['visibleTo']
  onAnswered?: (ask: Asking) => void
  /** Offered in the message after answering. */
  onUndo?: (ask: Asking) => void
}

export function AskCard({ ask, visibleTo, onAnswered, onUndo }: AskCardProps) {
  const answering = useAnswering()
  const places = usePlaces(ask.attribute.type === 'area')
  const pressed = useRef(false)
  const [busy, setBusy] = useState(false)
  const unit = ask.subject.kind === 'unit'
  return (
    <section className="p-card p-card-ask">
      {unit && (
        <span className="p-for">
          <Badge tone="accent">{t('代表 {unit}', 'For {unit}', { unit: read(ask.subject.name) })}</Badge>
        </span>
      )}
      <PocketAnswer
        attribute={ask.attribute}
        last={ask.last}
        places={places}
        disabled={busy}
        standing={!unit}
        onAnswer={(value, holdsUntil) => {
          // A second tap while the first is being written is the same answer.
          if (pressed.current) return
          pressed.current = true
          setBusy(true)
          void answering(ask.attribute, value, { holdsUntil, ...(unit ? { subjectId: ask.subject.id } : {}), ...(onUndo ? { undo: () => onUndo(ask) } : {}) }).then((kept) => {
            pressed.current = false
            setBusy(false)
            if (kept) onAnswered?.(ask)
          })
        }}
      />
      {ask.reminded && (
        <p className="p-reminded">
          <Reminded reminded={ask.reminded} visibleTo={visibleTo} again={ask.again} />
        </p>
      )}
      <WhyAsked ask={ask} visibleTo={visibleTo} />
    </section>
  )
}
