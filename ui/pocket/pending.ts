/** What was done on this phone and the answer on the screen cannot know yet: pages show it as done. */
import type { Input } from '#kernel/contract.ts'
import type { AnyCall } from '../data.ts'
import { useOutbox } from './outbox.tsx'

export interface Pending<I> {
  id: string
  input: I
  /** Done at (ms since 1970). */
  at: number
}

// The outbox forgets what was written the moment it is delivered; the screen needs it until the next answer has come.
const written = new Map<string, unknown>()

/** The inputs of one call that wait in the outbox, or were delivered after the shown answer was asked for (`since`). Refused ones are not among them. */
export function usePending<C extends AnyCall>(call: C, since: number): Pending<Input<C>>[] {
  const { items } = useOutbox()
  const found: Pending<Input<C>>[] = []
  for (const item of items) {
    if (item.call !== call.name) continue
    if (item.input !== null) written.set(item.id, item.input)
    const unseen = item.state === 'waiting' || (item.state === 'sent' && written.has(item.id) && since < (item.sentAt ?? 0))
    if (unseen) found.push({ id: item.id, input: written.get(item.id) as Input<C>, at: item.at })
  }
  return found
}
