/** Whether an observation lies in a time that concerns it: during a response, and not before its person was known. */
import type { Bilingual } from '#kernel/words.ts'

export interface Periods {
  responses: readonly { from: string; to: string | null }[]
  arrivals: ReadonlyMap<string, string>
}

/** What was so shortly before still counts: people answer about yesterday, and rosters come in the evening. */
export const periodGrace = 24 * 3_600_000

/** In words, why the observation is out of its time; null where it is not. */
export function lies(fact: { subjectId: string; observedAt: string }, { responses, arrivals }: Periods): Bilingual | null {
  const at = Date.parse(fact.observedAt)
  const inside = responses.some(({ from, to }) => at >= Date.parse(from) - periodGrace && (to === null || at <= Date.parse(to) + periodGrace))
  if (responses.length && !inside) return { zh: '观测时间不在任何一次应急响应期间', en: 'it was observed outside of every response' }
  const arrived = arrivals.get(fact.subjectId)
  if (arrived !== undefined && at < Date.parse(arrived) - periodGrace) return { zh: '观测时间早于此人进入名册', en: 'it was observed before this person came into the roster' }
  return null
}
