/** Which questions to put: the least set that can settle all the measures open for a subject. Runs on phone and server alike. */
import { evaluate, evaluateRule, isGroup, type Known, type Rule, type RuleGroup } from './rules.ts'

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

const truthOf = (rule: Rule | RuleGroup, { known, now, timeZone }: Moment) => (isGroup(rule) ? evaluate(rule, known, now, timeZone) : evaluateRule(rule, known, now, timeZone))
const openParts = (group: RuleGroup, moment: Moment) => group.rules.filter((rule) => truthOf(rule, moment) === null)
const own = (rule: Rule, { askable }: Moment) => (!rule.field.includes('.') && askable(rule.field) ? [rule.field] : [])

/** What has to be asked whichever way one goes: no part of an `or` that leaves a choice. */
function needed(rule: Rule | RuleGroup, moment: Moment): string[] {
  if (!isGroup(rule)) return own(rule, moment)
  if (truthOf(rule, moment) !== null) return []
  const open = openParts(rule, moment).filter((part) => canAsk(part, moment))
  return rule.combinator === 'and' || open.length === 1 ? open.flatMap((part) => needed(part, moment)) : []
}

const canAsk = (rule: Rule | RuleGroup, moment: Moment): boolean => (isGroup(rule) ? openParts(rule, moment).some((part) => canAsk(part, moment)) : own(rule, moment).length > 0)

/** The questions of one condition; `asked` grows by what is chosen. */
function chosen(rule: Rule | RuleGroup, moment: Moment, asked: Set<string>): string[] {
  if (!isGroup(rule)) {
    const attributes = own(rule, moment)
    for (const key of attributes) asked.add(key)
    return attributes
  }
  if (truthOf(rule, moment) !== null) return []
  const open = openParts(rule, moment).filter((part) => canAsk(part, moment))
  const take = rule.combinator === 'and' ? open : [open.find((part) => chosen(part, moment, new Set(asked)).every((key) => asked.has(key))) ?? open[0]].filter((part) => part !== undefined)
  return [...new Set(take.flatMap((part) => chosen(part, moment, asked)))]
}
