/** What a segment is for: asks in a fixed order whether it is told, judged, a condition, a time, an announcement; what is left is an act. */
import type { Ban } from './bans.ts'
import { circumstance, leads } from './circumstance.ts'
import { judged } from './judged.ts'
import type { Said, Segment, SegmentRole } from './said.ts'
import { CONTEXT_OPENERS, announced, background, seenOrLabelled } from './told.ts'
import { unlisted } from './unlisted.ts'

/** A ban is an act, unless it says what for or why. */
function banned(said: Said): SegmentRole | null {
  const { segment, bare, ban } = said
  if (ban && segment.modality === 'must-not') {
    if (/^(以免|以防|避免|防止|确保|为)/.test(bare)) return 'outcome'
    if (ban.how === 'stop' && CONTEXT_OPENERS.test(bare)) return 'context'
    return 'act'
  }
  return null
}

/** The first that knows an answer decides; some take the segment's subject or modality along. */
const QUESTIONS: readonly ((said: Said) => SegmentRole | null)[] = [seenOrLabelled, leads, judged, banned, background, circumstance, announced, unlisted]

/** What this segment is for. */
export function roleOf(segment: Segment, masked: string, whole: string, ban: Ban | null, isLast: boolean, beforeVerb: string | null): SegmentRole {
  const said: Said = { segment, masked, whole, bare: whole.replace(/[。;!?:\s]+$/, ''), ban, isLast, beforeVerb }
  for (const ask of QUESTIONS) {
    const role = ask(said)
    if (role !== null) return role
  }
  return 'act'
}
