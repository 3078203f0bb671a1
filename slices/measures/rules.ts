/**
 * Conditions: rule groups in the form of react-querybuilder, evaluated for one person with three-valued logic (Kleene):
 * what is missing or stale is unknown (null). The same form is compiled to SQL in compile.ts, where NULL is the third value.
 */
import { addDays, localDay } from '#kernel/clock.ts'
import type { Bilingual } from '#kernel/words.ts'
import { isDay, isInstant, isPlainText } from '#slices/facts/rules.ts'
import { hasCase, isCaseRule, isKinds, openCase } from './cases.ts'
import { isTimesWithin, lookBack, observationsOf, oftenEnough, wouldCount, type Observation, type TimesWithin } from './counts.ts'

export interface Rule {
  field: string
  operator: string
  value?: unknown
}
export interface RuleGroup {
  combinator: 'and' | 'or'
  not?: boolean
  rules: (Rule | RuleGroup)[]
}

export type FieldType = 'yes-no' | 'choice' | 'choices' | 'number' | 'text' | 'day' | 'instant' | 'area' | 'unit' | 'role' | 'case'
export interface Field {
  type: FieldType
  options?: readonly string[]
  label: Bilingual
}

/** What is known of a person without asking: from the roster. Written `person.…`, or `unit.…` for units. */
export const baseFields: Record<string, Field & { subject: 'person' | 'unit' }> = {
  'person.kind': { subject: 'person', type: 'choice', options: ['student', 'staff', 'contractor', 'family'], label: { zh: '人员类别', en: 'Kind' } },
  'person.grade': { subject: 'person', type: 'text', label: { zh: '年级', en: 'Grade' } },
  'person.status': { subject: 'person', type: 'text', label: { zh: '学籍状态', en: 'Status' } },
  'person.political-status': { subject: 'person', type: 'text', label: { zh: '政治面貌', en: 'Political status' } },
  'person.unit': { subject: 'person', type: 'unit', label: { zh: '所在组织', en: 'Unit' } },
  'person.role': { subject: 'person', type: 'role', label: { zh: '担任职务', en: 'Holds an office' } },
  'person.owned': { subject: 'person', type: 'yes-no', label: { zh: '有直接责任人', en: 'Somebody answers directly' } },
  'unit.kind': { subject: 'unit', type: 'text', label: { zh: '组织类型', en: 'Kind of unit' } },
  'unit.tree': { subject: 'unit', type: 'choice', options: ['admin', 'party', 'residence'], label: { zh: '组织树', en: 'Tree' } },
}

const comparisons = ['<', '<=', '>', '>=']
/** What each type can be compared by. */
export const operatorsOf: Record<FieldType, readonly string[]> = {
  'yes-no': ['=', '!=', 'notNull'],
  choice: ['=', '!=', 'in', 'notIn', 'notNull'],
  choices: ['contains', 'doesNotContain', 'countAtLeast', 'countAtMost', 'notNull'],
  number: ['=', '!=', ...comparisons, 'notNull'],
  text: ['=', '!=', 'in', 'notIn', 'notNull'],
  day: ['=', ...comparisons, 'withinDays', 'notNull'],
  instant: [...comparisons, 'withinHours', 'notNull'],
  area: ['=', 'inAreas', 'notInAreas', 'inAreaList', 'notInAreaList', 'notNull'],
  unit: ['inUnit'],
  role: ['in'],
  case: ['hasCase', 'hasNoCase'],
}
/** What a field can be compared by; how often it was observed only where it comes from answers: the roster says what is, not when it was said. */
export const operatorsFor = (key: string, type: FieldType): readonly string[] => (isAsked(key) && type !== 'case' ? [...operatorsOf[type], 'timesWithin'] : operatorsOf[type])
/** What the values of an attribute are to a condition. */
export const fieldTypeOf = ({ key, type }: { key: string; type: FieldType }): FieldType => (key === openCase.key ? 'case' : type)
const isAsked = (field: string) => !field.includes('.')

/** A list of areas that is published anew from time to time: which of its editions counts, the one of a day or the one of today. */
export interface AreaList {
  asOf: string
  editions: { from: string; areas: string[] }[]
}
/** The areas listed on a day; none before the first edition. */
export const listedOn = ({ editions }: AreaList, day: string): string[] => editions.findLast((edition) => edition.from <= day)?.areas ?? []

export { caseField, caseKinds, caseKindWords, openCase, type CaseKind } from './cases.ts'

export const isGroup = (rule: Rule | RuleGroup): rule is RuleGroup => 'rules' in rule

/** Why a condition cannot be used: a missing field, apples compared with pears. Empty where it can. */
export function refuseCondition(group: unknown, fields: ReadonlyMap<string, Field>, depth = 0): Bilingual[] {
  if (typeof group !== 'object' || group === null || !Array.isArray((group as RuleGroup).rules) || !['and', 'or'].includes((group as RuleGroup).combinator) || depth > 8)
    return [{ zh: '条件的格式不正确。', en: 'The condition is malformed.' }]
  return (group as RuleGroup).rules.flatMap((rule) => {
    if (typeof rule !== 'object' || rule === null) return [{ zh: '条件的格式不正确。', en: 'The condition is malformed.' }]
    if (isGroup(rule)) return refuseCondition(rule, fields, depth + 1)
    const field = fields.get(String(rule.field))
    if (!field) return [{ zh: `条件用到的信息项“${rule.field}”不存在。`, en: `The condition names "${rule.field}", which does not exist.` }]
    const { zh, en } = field.label
    if (rule.operator === 'timesWithin' && !isAsked(rule.field)) return [{ zh: `“${zh}”来自名册，不是填报，不能数次数。`, en: `"${en}" comes from the roster, not from answers: it cannot be counted.` }]
    if (!operatorsFor(rule.field, field.type).includes(String(rule.operator))) return [{ zh: `“${zh}”不能用“${rule.operator}”比较。`, en: `"${en}" cannot be compared by "${rule.operator}".` }]
    if (rule.operator === 'timesWithin') return isTimesWithin(rule.value, (where) => operatorsOf[field.type].includes(where.operator) && fits(field, { field: rule.field, ...where })) ? [] : [refuseCount(rule.value, field)]
    return fits(field, rule) ? [] : [{ zh: `“${zh}”与“${JSON.stringify(rule.value)}”不是同类，无法比较。`, en: `"${en}" cannot be compared with ${JSON.stringify(rule.value)}.` }]
  })
}

/** What is wrong with a count. */
function refuseCount(value: unknown, field: Field): Bilingual {
  const { zh, en } = field.label
  const { where, ...rest } = (typeof value === 'object' && value !== null ? value : {}) as Partial<TimesWithin>
  if (where !== undefined && isTimesWithin(rest, () => true)) return { zh: `数“${zh}”的次数时，“${JSON.stringify(where)}”与它不是同类，无法比较。`, en: `In counting "${en}", it cannot be compared with ${JSON.stringify(where)}.` }
  return { zh: `数“${zh}”的次数要写明至少几次（1 至 100 的整数）、在最近几小时（至多 2160）或几天（至多 90）内。`, en: `A count of "${en}" says how often at least (a whole number, 1 to 100) and within how many hours (at most 2160) or days (at most 90).` }
}

function fits(field: Field, { operator, value }: Rule): boolean {
  if (operator === 'notNull') return true
  if (isCaseRule({ operator })) return isKinds(value)
  if (operator === 'withinDays') return typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= 3650
  if (operator === 'inAreas' || operator === 'notInAreas') return Array.isArray(value) && value.length > 0 && value.every((code) => typeof code === 'string' && /^\d{2,6}$/.test(code))
  if (operator === 'withinHours') return typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= 87_600
  if (operator === 'countAtLeast' || operator === 'countAtMost') return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 60
  if (operator === 'inAreaList' || operator === 'notInAreaList') return isAreaList(value)
  if (operator === 'inUnit') return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)
  const one = (item: unknown) => {
    if (field.type === 'yes-no') return typeof item === 'boolean'
    if (field.type === 'number') return typeof item === 'number' && Number.isFinite(item)
    if (field.type === 'day') return typeof item === 'string' && isDay(item)
    if (field.type === 'instant') return typeof item === 'string' && isInstant(item)
    return typeof item === 'string' && item.length <= 1000 && isPlainText(item) && (field.options === undefined || field.options.includes(item))
  }
  return operator === 'in' || operator === 'notIn' ? Array.isArray(value) && value.length > 0 && value.every(one) : one(value)
}

/** Editions one after another, each with what it lists; one of them may list nothing. */
function isAreaList(value: unknown): value is AreaList {
  if (typeof value !== 'object' || value === null) return false
  const { asOf, editions } = value as { asOf?: unknown; editions?: unknown }
  if (typeof asOf !== 'string' || (asOf !== 'today' && !isDay(asOf)) || !Array.isArray(editions) || editions.length === 0 || editions.length > 60) return false
  return editions.every((edition: unknown, at) => {
    if (typeof edition !== 'object' || edition === null) return false
    const { from, areas } = edition as { from?: unknown; areas?: unknown }
    const before = at === 0 ? '' : (editions[at - 1] as { from: string }).from
    return typeof from === 'string' && isDay(from) && from > before && Array.isArray(areas) && areas.length <= 500 && areas.every((code) => typeof code === 'string' && /^\d{2,6}$/.test(code))
  })
}

/** The attributes a condition reads, base fields left out. */
export function attributesOf(group: RuleGroup): string[] {
  return [...new Set(group.rules.flatMap((rule) => (isGroup(rule) ? attributesOf(rule) : rule.field.includes('.') ? [] : [rule.field])))]
}

/** The attributes of which a condition reads the latest value, not only how often they were observed. */
export function valuesOf(group: RuleGroup): string[] {
  return [...new Set(group.rules.flatMap((rule) => (isGroup(rule) ? valuesOf(rule) : isAsked(rule.field) && rule.operator !== 'timesWithin' ? [rule.field] : [])))]
}

/** How often what must have been observed, rule by rule. */
export function countsOf(group: RuleGroup): { attribute: string; count: TimesWithin }[] {
  return group.rules.flatMap((rule) => (isGroup(rule) ? countsOf(rule) : rule.operator === 'timesWithin' ? [{ attribute: rule.field, count: rule.value as TimesWithin }] : []))
}
/** Of which attributes the observations are counted, and how many hours back one has to look for them. */
export function lookBacks(groups: readonly RuleGroup[]): Map<string, number> {
  const found = new Map<string, number>()
  for (const { attribute, count } of groups.flatMap(countsOf)) found.set(attribute, Math.max(found.get(attribute) ?? 0, lookBack(count)))
  return found
}

/** What is known of a subject: fresh values by field; an absent field is unknown. `person.unit` holds all units above, `person.role` all roles. Observations of what is counted: `observationsOf`. */
export type Known = Readonly<Record<string, unknown>>

export type Truth = boolean | null

export function evaluate(group: RuleGroup, known: Known, now: Date, timeZone: string): Truth {
  return joined(group, group.rules.map((rule) => (isGroup(rule) ? evaluate(rule, known, now, timeZone) : evaluateRule(rule, known, now, timeZone))))
}
/** What comes of the parts of a group. */
export function joined(group: RuleGroup, truths: readonly Truth[]): Truth {
  const settled = group.combinator === 'and' ? (truths.includes(false) ? false : truths.includes(null) ? null : true) : truths.includes(true) ? true : truths.includes(null) ? null : truths.length === 0
  return group.not && settled !== null ? !settled : settled
}

const seen = (field: string, known: Known) => (known[observationsOf(field)] ?? []) as readonly Observation[]
/** A count that falls short, to which one more observation would add now: known to be missed, and still a question. */
export const couldGrow = ({ field, operator, value }: Rule, known: Known, now: Date, timeZone: string): boolean => operator === 'timesWithin' && wouldCount(value as TimesWithin, seen(field, known), now, timeZone)

export function evaluateRule({ field, operator, value }: Rule, known: Known, now: Date, timeZone: string): Truth {
  if (operator === 'timesWithin') {
    const wanted = value as TimesWithin
    return oftenEnough(wanted, seen(field, known), now, timeZone, (one) => !wanted.where || evaluateRule({ field, ...wanted.where }, { [field]: one }, now, timeZone) === true)
  }
  const actual = known[field]
  if (isCaseRule({ operator })) return hasCase(actual, value as string[]) === (operator === 'hasCase')
  if (actual === undefined || actual === null) return null
  switch (operator) {
    case 'notNull':
      return true
    case '=':
      return actual === value
    case '!=':
      return actual !== value
    case '<':
      return before(actual, value)
    case '<=':
      return !before(value, actual)
    case '>':
      return before(value, actual)
    case '>=':
      return !before(actual, value)
    case 'in':
      return Array.isArray(actual) ? actual.some((one) => (value as unknown[]).includes(one)) : (value as unknown[]).includes(actual)
    case 'notIn':
      return !(value as unknown[]).includes(actual)
    case 'contains':
      return (actual as unknown[]).includes(value)
    case 'doesNotContain':
      return !(actual as unknown[]).includes(value)
    case 'inAreas':
      return (value as string[]).some((code) => (actual as string).startsWith(code))
    case 'notInAreas':
      return !(value as string[]).some((code) => (actual as string).startsWith(code))
    case 'withinDays':
      return (actual as string) > addDays(localDay(now, timeZone), -(value as number))
    case 'withinHours':
      return Date.parse(actual as string) > now.getTime() - (value as number) * 3_600_000
    case 'countAtLeast':
      return (actual as unknown[]).length >= (value as number)
    case 'countAtMost':
      return (actual as unknown[]).length <= (value as number)
    case 'inAreaList':
    case 'notInAreaList': {
      const { asOf } = value as AreaList
      const listed = listedOn(value as AreaList, asOf === 'today' ? localDay(now, timeZone) : asOf).some((code) => (actual as string).startsWith(code))
      return listed === (operator === 'inAreaList')
    }
    case 'inUnit':
      return (actual as string[]).includes(value as string)
    default:
      return null
  }
}

function before(a: unknown, b: unknown): boolean {
  if (typeof a === 'string' && typeof b === 'string' && a.includes('T')) return Date.parse(a) < Date.parse(b)
  return (a as number | string) < (b as number | string)
}

/** The attributes through which a condition is not met now: what must change, or be corrected, so that it is. */
export function failingAttributes(group: RuleGroup, known: Known, now: Date, timeZone: string): string[] {
  if (evaluate(group, known, now, timeZone) !== false) return []
  // What fails because it holds (a negation) may fail through any of its parts.
  if (group.not) return attributesOf(group)
  const failing = group.rules.filter((rule) => (isGroup(rule) ? evaluate(rule, known, now, timeZone) : evaluateRule(rule, known, now, timeZone)) === false)
  return [...new Set(failing.flatMap((rule) => (isGroup(rule) ? failingAttributes(rule, known, now, timeZone) : rule.field.includes('.') ? [] : [rule.field])))]
}

/** Everything an attribute costs a person in a day: its seconds as often as it goes stale; a lasting answer spread over a fortnight. */
export function secondsPerDay(attribute: { seconds: number; freshSeconds: number | null }): number {
  return attribute.freshSeconds === null ? attribute.seconds / 14 : attribute.seconds * (86_400 / attribute.freshSeconds)
}

/** The most seconds a day that all measures together may take of a person without a named sponsor. */
export const budgetSeconds = 60

export type StandingState = 'kept' | 'gap' | 'excused' | 'unknown'
export const standingWords: Record<StandingState, Bilingual> = {
  kept: { zh: '达标', en: 'Kept' },
  gap: { zh: '缺口', en: 'Gap' },
  excused: { zh: '免除', en: 'Excused' },
  unknown: { zh: '未知', en: 'Unknown' },
}
