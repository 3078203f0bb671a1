/** Duties that a person merged or split keep what they were, so that it can be put back whole, confirmation and all. Pure. */
import type { DutyRow } from './queries-duties.ts'

const key = 'shape'
export interface Shape {
  how: 'merged' | 'split'
  /** The duties as they stood before. */
  before: DutyRow[]
  /** Split: the duty that came off. */
  made: string | null
}

/** Keeps what a duty was in its proposal. */
export const remembering = (duty: DutyRow, shape: Shape): Record<string, unknown> => ({ ...duty.proposal, [key]: shape })
export const shapeIn = (proposal: DutyRow['proposal']): Shape | null => (proposal?.[key] as Shape | undefined) ?? null
/** How a duty came to its present shape, where that can be put back. */
export const shapeOf = (proposal: DutyRow['proposal']): Shape['how'] | null => shapeIn(proposal)?.how ?? null
