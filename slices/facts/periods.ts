/** Whether an observation lies in a time that concerns it: during a response, and not before its person was known. */
import type { Bilingual } from '#kernel/words.ts'

export interface Periods {
  responses: readonly { from: string; to: string | null; /** What was known then is gone, and does not come back by a phone that was away: of which attributes, until when. */ erased: { attributes: readonly string[]; until: string } | null }[]
  arrivals: ReadonlyMap<string, string>
}

/** What was so shortly before still counts: people answer about yesterday, and rosters come in the evening. */
export const periodGrace = 24 * 3_600_000

/** In words, why the observation is out of its time; null where it is not. */
export function lies(fact: { subjectId: string; attribute: string; observedAt: string }, { responses, arrivals }: Periods): Bilingual | null {
  const at = Date.parse(fact.observedAt)
  const around = responses.filter(({ from, to }) => at >= Date.parse(from) - periodGrace && (to === null || at <= Date.parse(to) + periodGrace))
  const inside = around.some((response) => !response.erased)
  if ((around.length && !inside) || responses.some(({ erased }) => erased?.attributes.includes(fact.attribute) && at <= Date.parse(erased.until))) return { zh: '那次应急响应已经结束，个人明细已按规则擦除，不再收那时的填报', en: 'it was observed in a response whose personal rows have been erased by rule; nothing of that time is taken any more' }
  if (responses.length && !inside) return { zh: '观测时间不在任何一次应急响应期间', en: 'it was observed outside of every response' }
  const arrived = arrivals.get(fact.subjectId)
  if (arrived !== undefined && at < Date.parse(arrived) - periodGrace) return { zh: '观测时间早于此人进入名册', en: 'it was observed before this person came into the roster' }
  return null
}
