/** Which questions to put: the least set that can settle all the measures open for a subject. Runs on phone and server alike. */
import { couldGrow, evaluateRule, isGroup, joined, type Known, type Rule, type RuleGroup, type Truth } from './rules.ts'

export interface Moment {
  known: Known
  now: Date
  timeZone: string
  /** Whom one asks can answer this; what they cannot is not asked. */
  askable: (attribute: string) => boolean
}

/**
 * The attributes to ask for each condition, in its order. Of an `and` whatever is still open in each part; of an `or` one part only, since one that
 * holds settles it: a part whose questions are put anyway, else the first that can be asked. So a question that depends on another
 * appears once that one is answered, and no question is put that what is asked anyway may spare.
 */
export function leastQuestions(conditions: readonly RuleGroup[], moment: Moment): string[][] {
  const asked = new Set(conditions.flatMap((condition) => needed(condition, moment)))
  return conditions.map((condition) => chosen(condition, moment, asked))
}

/** As far as it is settled: a count that falls short is open while one more answer would add to it, however fresh the last one is. */
function truthOf(rule: Rule | RuleGroup, moment: Moment): Truth {
  if (isGroup(rule)) return joined(rule, rule.rules.map((part) => truthOf(part, moment)))
  const { known, now, timeZone } = moment
  const truth = evaluateRule(rule, known, now, timeZone)
  return truth === false && own(rule, moment).length > 0 && couldGrow(rule, known, now, timeZone) ? null : truth
}
const own = (rule: Rule, { askable }: Moment) => (!rule.field.includes('.') && askable(rule.field) ? [rule.field] : [])

/** How a rule can come out; or which of its outcomes would make a difference. */
interface Ways {
  met: boolean
  missed: boolean
}
const turned = ({ met, missed }: Ways): Ways => ({ met: missed, missed: met })

/** How a rule can come out once what can be asked is answered; neither where it stays open whatever is answered. */
function outcomes(rule: Rule | RuleGroup, moment: Moment): Ways {
  const truth = truthOf(rule, moment)
  if (truth !== null) return { met: truth, missed: !truth }
  if (!isGroup(rule)) return { met: own(rule, moment).length > 0, missed: own(rule, moment).length > 0 }
  const parts = rule.rules.map((part) => outcomes(part, moment))
  const all = { met: parts.every((part) => part.met), missed: parts.every((part) => part.missed) }
  const joined = rule.combinator === 'and' ? { met: all.met, missed: parts.some((part) => part.missed) } : { met: parts.some((part) => part.met), missed: all.missed }
  return rule.not ? turned(joined) : joined
}

/** The open parts of a group that can make a difference, and which of their outcomes do: an `and` that can never be met only waits for a part that is missed. */
function openParts(group: RuleGroup, moment: Moment, wanted: Ways): { parts: RuleGroup['rules']; wanted: Ways } {
  const inside = group.not ? turned(wanted) : wanted
  const all = group.rules.map((part) => outcomes(part, moment))
  const within = group.combinator === 'and' ? { met: inside.met && all.every((part) => part.met), missed: inside.missed } : { met: inside.met, missed: inside.missed && all.every((part) => part.missed) }
  return { wanted: within, parts: group.rules.filter((part, at) => truthOf(part, moment) === null && ((within.met && all[at]?.met) || (within.missed && all[at]?.missed))) }
}

const either: Ways = { met: true, missed: true }

/** What has to be asked whichever way one goes: no part of an `or` that leaves a choice. */
function needed(rule: Rule | RuleGroup, moment: Moment, wanted = either): string[] {
  if (!isGroup(rule)) return own(rule, moment)
  if (truthOf(rule, moment) !== null) return []
  const open = openParts(rule, moment, wanted)
  return rule.combinator === 'and' || open.parts.length === 1 ? open.parts.flatMap((part) => needed(part, moment, open.wanted)) : []
}

/** The questions of one condition; `asked` grows by what is chosen. */
function chosen(rule: Rule | RuleGroup, moment: Moment, asked: Set<string>, wanted = either): string[] {
  if (!isGroup(rule)) {
    const attributes = own(rule, moment)
    for (const key of attributes) asked.add(key)
    return attributes
  }
  if (truthOf(rule, moment) !== null) return []
  const { parts, wanted: within } = openParts(rule, moment, wanted)
  const take = rule.combinator === 'and' ? parts : [parts.find((part) => chosen(part, moment, new Set(asked), within).every((key) => asked.has(key))) ?? parts[0]].filter((part) => part !== undefined)
  return [...new Set(take.flatMap((part) => chosen(part, moment, asked, within)))]
}
