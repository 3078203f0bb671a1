/**
 * Whether a condition can ever be met, or ever be missed: decided by trying one value for every way in which its rules can fall out.
 * Every rule compares one field with constants (how often it was observed is a field of its own), so a field has only finitely many ways to fall out between those constants; three-valued logic
 * prunes whole branches as soon as the rest no longer matters. Where there are too many ways the answer is "unsure": silence rather than a guess.
 */
import { addDays, localDay } from '#kernel/clock.ts'
import { implies, mostCounted, type TimesWithin } from './counts.ts'
import { asChoices, isCaseRule } from './cases.ts'
import { evaluate, isGroup, type AreaList, type Field, type Known, type Rule, type RuleGroup } from './rules.ts'

/** A field as it can be answered: with the range of a number. */
export interface Domain extends Field {
  min?: number | null
  max?: number | null
}

export interface World {
  fields: ReadonlyMap<string, Domain>
  now: Date
  timeZone: string
  /** Of the units that rules name: the tree, and all units at or above. Units it does not know are taken to be possible in any mixture. */
  units?: ReadonlyMap<string, { tree: string; above: readonly string[] }>
}

export type Answer = 'yes' | 'no' | 'unsure'

/** What is said before a measure is switched on. */
export interface Objection {
  /**
   * no-population: the rules about whom exclude each other. never: nobody of the population can meet the condition. always: everybody meets it, unasked.
   * any-answer: every answer meets it, it only asks that one is given.
   */
  kind: 'no-population' | 'never' | 'always' | 'any-answer'
  /** The rules that together make it so; none of them could be spared. */
  rules: (Rule | RuleGroup)[]
}

/** Roster columns that may be empty. */
const mayBeEmpty = new Set(['person.grade', 'person.status', 'person.political-status'])
/** Beyond so many steps the search gives up and says nothing. */
const mostSteps = 20_000
const mostSubsets = 8
const mostAreas = 1000

const rulesOf = (group: RuleGroup): Rule[] => group.rules.flatMap((rule) => (isGroup(rule) ? rulesOf(rule) : [rule]))
const isBase = (field: string) => field.includes('.')
const asArray = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value])

function subsets<T>(all: readonly T[]): T[][] | null {
  if (all.length > mostSubsets) return null
  return Array.from({ length: 2 ** all.length }, (_, bits) => all.filter((_one, at) => bits & (1 << at)))
}

/** The values of the field itself that a rule names. */
function constantsOf({ operator, value }: Rule): unknown[] {
  if (operator === 'inAreaList' || operator === 'notInAreaList') return (value as AreaList).editions.flatMap((edition) => edition.areas)
  return ['notNull', 'withinDays', 'withinHours', 'countAtLeast', 'countAtMost'].includes(operator) ? [] : asArray(value)
}

/** One value for every way in which these rules over one field can fall out; null where they are too many to try. */
function candidates(domain: Domain, rules: readonly Rule[], world: World): unknown[] | null {
  const constants = [...new Set(rules.flatMap(constantsOf))]
  switch (domain.type) {
    case 'yes-no':
      return [true, false]
    case 'choice':
      return [...(domain.options ?? [...constants, '\u0001'])]
    case 'text':
      return [...constants, '\u0001']
    case 'choices':
    case 'case': {
      // What counts how many are chosen may turn on any of them.
      if (rules.some((rule) => rule.operator.startsWith('count'))) return subsets(domain.options ?? [])
      const named = constants.filter((one) => domain.options?.includes(String(one)) ?? true)
      return subsets(named)
    }
    case 'number': {
      const [least, most] = [domain.min ?? -Infinity, domain.max ?? Infinity]
      const edges = [...new Set([...(constants as number[]), ...[least, most].filter(Number.isFinite)])].toSorted((a, b) => a - b)
      const between = edges.slice(1).map((edge, at) => ((edges[at] ?? 0) + edge) / 2)
      return [...edges, ...between, (edges[0] ?? 0) - 1, (edges.at(-1) ?? 0) + 1].filter((one) => one >= least && one <= most)
    }
    case 'day': {
      const today = localDay(world.now, world.timeZone)
      const edges = [...(constants as string[]), ...rules.filter((rule) => rule.operator === 'withinDays').map((rule) => addDays(today, -(rule.value as number)))]
      return [...new Set(edges.flatMap((day) => [addDays(day, -1), day, addDays(day, 1)])), ...(edges.length ? [] : [today])]
    }
    case 'instant': {
      const edges = [...(constants as string[]).map((at) => Date.parse(at)), ...rules.filter((rule) => rule.operator === 'withinHours').map((rule) => world.now.getTime() - (rule.value as number) * 3_600_000)]
      return (edges.length ? edges : [world.now.getTime()]).flatMap((at) => [at - 1, at, at + 1]).map((at) => new Date(at).toISOString())
    }
    case 'area':
      return areaCandidates(constants as string[])
    case 'unit':
      return unitCandidates(constants as string[], world)
    case 'role':
      return subsets(constants)
  }
}

/** In every named area a county that lies in none of the narrower ones named, and one outside them all. */
function areaCandidates(codes: readonly string[]): string[] | null {
  if (codes.length > mostAreas) return null
  const found: string[] = codes.filter((code) => code.length === 6)
  for (const prefix of new Set(['', ...codes.filter((code) => code.length < 6)])) {
    const narrower = codes.filter((code) => code !== prefix && code.startsWith(prefix))
    const most = 10 ** (6 - prefix.length)
    let left = 5000
    for (let number = most - 1; number >= 0; number--) {
      const code = prefix + String(number).padStart(6 - prefix.length, '0')
      const inside = narrower.find((one) => code.startsWith(one))
      if (inside === undefined) {
        found.push(code)
        break
      }
      if (--left === 0) return null
      // Skip the rest of that narrower area.
      number -= 10 ** (6 - inside.length) - 1
    }
  }
  return [...new Set(found)]
}

/** Units somebody can belong to together: with each unit all above it, and in one tree no two beside each other. */
function unitCandidates(ids: readonly string[], { units }: World): string[][] | null {
  const all = subsets(ids)
  if (!all || !units) return all
  return all.filter((set) =>
    set.every((id) => {
      const unit = units.get(id)
      if (!unit) return true
      if (unit.above.some((above) => ids.includes(above) && !set.includes(above))) return false
      return set.every((other) => {
        const beside = units.get(other)
        return !beside || beside.tree !== unit.tree || unit.above.includes(other) || beside.above.includes(id)
      })
    }),
  )
}

/** Conditions in which each count is a question of its own, to be answered with yes or no, and which answers can stand together: the latest value says nothing about how often it came. */
interface Plain {
  groups: RuleGroup[]
  world: World
  together: (known: Known) => boolean
}
function plainly(groups: readonly RuleGroup[], world: World): Plain {
  const counts: { name: string; rule: Rule; count: TimesWithin }[] = []
  const nameOf = (rule: Rule) => {
    const same = counts.find((one) => one.rule.field === rule.field && JSON.stringify(one.count) === JSON.stringify(rule.value))
    if (same) return same.name
    const name = `${rule.field}#${counts.length}`
    counts.push({ name, rule, count: rule.value as TimesWithin })
    return name
  }
  const plain = (group: RuleGroup): RuleGroup => ({ ...group, rules: group.rules.map((rule) => (isGroup(rule) ? plain(rule) : isCaseRule(rule) ? asChoices(rule) : rule.operator === 'timesWithin' ? { field: nameOf(rule), operator: '=', value: true } : rule)) })
  const plainGroups = groups.map(plain)
  if (!counts.length) return { groups: plainGroups, world, together: () => true }
  const never = counts.filter(({ rule, count }) => count.times > mostCounted(count) || (count.where && canBe(all([{ field: rule.field, ...count.where }]), true, world) === 'no'))
  const implied = counts.flatMap((one) => counts.filter((other) => other !== one && other.rule.field === one.rule.field && implies(one.count, other.count)).map((other) => [one.name, other.name] as const))
  const label = { zh: '', en: '' }
  return {
    groups: plainGroups, world: { ...world, fields: new Map<string, Domain>([...world.fields, ...counts.map(({ name }): [string, Domain] => [name, { type: 'yes-no', label }])]) },
    together: (known) => !never.some(({ name }) => known[name] === true) && !implied.some(([one, other]) => known[one] === true && known[other] === false),
  }
}

interface Variable {
  field: string
  values: unknown[]
}

function variablesOf(groups: readonly RuleGroup[], world: World, open: (field: string) => boolean): Variable[] | null {
  const byField = Map.groupBy(groups.flatMap(rulesOf), (rule) => rule.field)
  const variables: Variable[] = []
  for (const [field, rules] of byField) {
    if (open(field)) continue
    const domain = world.fields.get(field)
    const values = domain ? candidates(domain, rules, world) : null
    if (!values) return null
    variables.push({ field, values: mayBeEmpty.has(field) ? [...values, undefined] : values })
  }
  return variables.toSorted((a, b) => a.values.length - b.values.length)
}

/**
 * Is there anybody for whom `found` holds? It answers true or false once that is settled whatever else is known, null while it is open;
 * `atEnd` says what an open one counts for when all that can be known is known.
 */
function exists(given: readonly RuleGroup[], found: (known: Known, groups: readonly RuleGroup[]) => boolean | null, from: World, open: (field: string) => boolean = () => false, atEnd: (known: Known, groups: readonly RuleGroup[]) => boolean = () => false): Answer {
  const { groups, world, together } = plainly(given, from)
  const variables = variablesOf(groups, world, open)
  if (!variables) return 'unsure'
  let steps = 0
  const search = (at: number, known: Known): Answer => {
    if (++steps > mostSteps) return 'unsure'
    if (!together(known)) return 'no'
    const settled = found(known, groups)
    if (settled !== null) return settled ? 'yes' : 'no'
    const variable = variables[at]
    if (!variable) return atEnd(known, groups) ? 'yes' : 'no'
    for (const value of variable.values) {
      const answer = search(at + 1, value === undefined ? known : { ...known, [variable.field]: value })
      if (answer !== 'no') return answer
    }
    return 'no'
  }
  return search(0, {})
}

/** Can the group come out as wanted, for anybody whose every field is known? */
export function canBe(group: RuleGroup, wanted: boolean, world: World): Answer {
  return exists([group], (known, [plain]) => {
    const truth = evaluate(plain ?? group, known, world.now, world.timeZone)
    return truth === null ? null : truth === wanted
  }, world)
}

const conjuncts = (group: RuleGroup): (Rule | RuleGroup)[] => (group.combinator === 'and' && !group.not ? group.rules.flatMap((rule) => (isGroup(rule) ? conjuncts(rule) : [rule])) : group.rules.length ? [group] : [])
const all = (rules: (Rule | RuleGroup)[]): RuleGroup => ({ combinator: 'and', rules })

/** The fewest rules that already exclude each other: each is left out in turn, and stays out where that changes nothing. */
function core(rules: (Rule | RuleGroup)[], world: World): (Rule | RuleGroup)[] {
  let left = rules
  for (const rule of rules) {
    const without = left.filter((one) => one !== rule)
    if (canBe(all(without), true, world) === 'no') left = without
  }
  return left
}

/** What is odd about a measure before anybody is counted. Empty where nothing is, or where it cannot be told. */
export function objectionsTo({ population, condition }: { population: RuleGroup; condition: RuleGroup }, world: World): Objection[] {
  const whom = conjuncts(population)
  if (canBe(population, true, world) === 'no') return [{ kind: 'no-population', rules: core(whom, world) }]
  const both = [...whom, ...conjuncts(condition)]
  if (canBe(all(both), true, world) === 'no') return [{ kind: 'never', rules: core(both, world) }]
  const truths = (known: Known, groups: readonly RuleGroup[]) => groups.map((group) => evaluate(group, known, world.now, world.timeZone))
  // Missed by somebody of whom only the roster and open cases are known: then it is not met unasked.
  const missedUnasked = exists(
    [population, condition],
    (known, groups) => {
      const [whomTruth, truthNow] = truths(known, groups)
      return whomTruth === false || truthNow === true ? false : null
    },
    world, (field) => !isBase(field) && world.fields.get(field)?.type !== 'case', (known, groups) => truths(known, groups)[0] === true,
  )
  if (missedUnasked === 'no') return [{ kind: 'always', rules: conjuncts(condition) }]
  const attributes = rulesOf(condition).filter((rule) => !isBase(rule.field))
  if (attributes.every((rule) => rule.operator === 'notNull')) return []
  const missed = exists([population, condition], (known, groups) => {
    const [whomTruth, truthNow] = truths(known, groups)
    if (whomTruth === false || truthNow === true) return false
    return whomTruth === true && truthNow === false ? true : null
  }, world)
  return missed === 'no' ? [{ kind: 'any-answer', rules: condition.rules }] : []
}
