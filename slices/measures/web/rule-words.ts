/** A condition as a sentence, and the fields it can be made of. */
import type { Bilingual } from '#kernel/words.ts'
import { vocabularyOf } from '#slices/directory/contract.ts'
import { roleOptions } from '#slices/directory/web/role-name.ts'
import { ownWord } from '#ui/own-words.ts'
import { say, t } from '#ui/words.ts'
import type { TimesWithin } from '../counts.ts'
import { baseFields, caseField, caseKinds, caseKindWords, isGroup, openCase, type AreaList, type Field, type FieldType, type Rule, type RuleGroup } from '../rules.ts'
import type { AttributeOf } from './value-input.tsx'
import { valueText } from './value-words.ts'

export interface NamedField extends Field {
  key: string
  /** Options with their words, where there are any. */
  named: readonly { value: string; label: string }[]
}

const baseOptions: Record<string, Record<string, Bilingual>> = {
  'person.kind': { student: { zh: '学生', en: 'students' }, staff: { zh: '教职工', en: 'staff' }, contractor: { zh: '外聘人员', en: 'contractors' }, family: { zh: '家属', en: 'family' } },
  'unit.tree': { admin: { zh: '行政', en: 'administrative' }, party: { zh: '党组织', en: 'party' }, residence: { zh: '住宿', en: 'residence' } },
}

/** What a condition over these subjects may read; a population only what the roster knows. */
export function fieldsFor(subjectKind: 'person' | 'unit', attributes: readonly AttributeOf[] | null, vocabulary: string): ReadonlyMap<string, NamedField> {
  const base = Object.entries(baseFields)
    .filter(([, field]) => field.subject === subjectKind)
    .map(([key, field]): [string, NamedField] => {
      const words = baseOptions[key]
      const named = key === 'person.role' ? roleOptions() : key === 'unit.kind' ? Object.entries(vocabularyOf(vocabulary).unitKinds).map(([value, kind]) => ({ value, label: ownWord('unit', value) ?? say(kind) })) : (field.options ?? []).map((value) => ({ value, label: (key === 'person.kind' ? ownWord('person', value) : undefined) ?? (words?.[value] ? say(words[value]) : value) }))
      return [key, { ...field, key, named }]
    })
  const asked = (attributes ?? [])
    .filter((one) => one.subjectKind === subjectKind && one.key !== openCase.key)
    .map((one): [string, NamedField] => {
      const named = one.options.map((option) => ({ value: option.value, label: say(option) }))
      return [one.key, { key: one.key, type: one.type, label: one.label, named, ...(one.type === 'choice' || one.type === 'choices' ? { options: one.options.map((option) => option.value) } : {}) }]
    })
  const cases: [string, NamedField][] = subjectKind === 'person' && attributes ? [[openCase.key, { ...caseField, key: openCase.key, named: caseKinds.map((value) => ({ value, label: say(caseKindWords[value]) })) }]] : []
  return new Map([...base, ...cases, ...asked])
}

export function operatorName(operator: string, type: FieldType): string {
  switch (operator) {
    case 'notNull': return t('已知道', 'is known')
    case '=': return t('是', 'is')
    case '!=': return t('不是', 'is not')
    case '<': return type === 'day' || type === 'instant' ? t('早于', 'is before') : t('小于', 'is less than')
    case '<=': return type === 'day' || type === 'instant' ? t('不晚于', 'is not after') : t('不大于', 'is at most')
    case '>': return type === 'day' || type === 'instant' ? t('晚于', 'is after') : t('大于', 'is more than')
    case '>=': return type === 'day' || type === 'instant' ? t('不早于', 'is not before') : t('不小于', 'is at least')
    case 'in': return t('属于', 'is one of')
    case 'notIn': return t('不属于', 'is none of')
    case 'contains': return t('包含', 'contains')
    case 'doesNotContain': return t('不包含', 'does not contain')
    case 'inAreas': return t('位于', 'lies in')
    case 'notInAreas': return t('不在', 'lies outside')
    case 'withinDays': return t('在最近几天内', 'is within the last days')
    case 'withinHours': return t('在最近几小时内', 'is within the last hours')
    case 'countAtLeast': return t('选中不少于', 'has at least')
    case 'countAtMost': return t('选中不多于', 'has at most')
    case 'inAreaList': return t('在名单所列地区', 'is on the list of areas')
    case 'notInAreaList': return t('不在名单所列地区', 'is off the list of areas')
    case 'timesWithin': return t('填报次数', 'was answered')
    case 'hasCase': return t('有在管的', 'is open')
    case 'hasNoCase': return t('没有在管的', 'is not open')
    case 'inUnit': return t('在（含下级）', 'is within')
    default: return operator
  }
}

export interface Names {
  fields: ReadonlyMap<string, NamedField>
  unit: (id: string) => string
  area: (code: string) => string
  /** Between which figures a number may lie, where it is limited. */
  range?: (key: string) => { min: number | null; max: number | null } | null
}

function valueWords({ operator, value }: Rule, field: NamedField, names: Names): string {
  const one = (item: unknown): string => {
    if (field.type === 'unit') return names.unit(String(item))
    if (field.type === 'area') return names.area(String(item))
    const found = field.named.find((option) => option.value === item)
    if (found) return found.label
    return field.type === 'role' ? String(item) : valueText({ type: field.type === 'case' ? 'choices' : field.type, options: [], unit: null }, item)
  }
  if (operator === 'notNull') return ''
  if (operator === 'withinDays') return t('（{n} 天）', '({n} {n:day|days})', { n: Number(value) })
  if (operator === 'withinHours') return t('（{n} 小时）', '({n} {n:hour|hours})', { n: Number(value) })
  if (operator === 'countAtLeast' || operator === 'countAtMost') return t('{n} 项', '{n} chosen', { n: Number(value) })
  if (operator === 'inAreaList' || operator === 'notInAreaList') {
    const { asOf, editions } = value as AreaList
    return t('（以{day}为准，{n} 版）', '(as of {day}, {n} {n:edition|editions})', { day: asOf === 'today' ? t('当日', 'the day') : asOf, n: editions?.length ?? 0 })
  }
  return Array.isArray(value) ? value.map(one).join(t('、', ', ')) : one(value)
}

/** “抗原结果”在最近 3 天内至少有 2 次填报是阴性（同一天只算一次） */
function timesSentence(named: string, field: NamedField, { field: key, value }: Rule, names: Names): string {
  const { times, hours, days, daily, where } = value as TimesWithin
  const span = hours === undefined ? t('{n} 天', '{n} {n:day|days}', { n: days ?? 0 }) : t('{n} 小时', '{n} {n:hour|hours}', { n: hours })
  const what = where ? [operatorName(where.operator, field.type), valueWords({ field: key, ...where }, field, names)].join(t('', ' ')).trim() : ''
  return t('{field}在最近 {span}内至少有 {n} 次填报{what}{daily}', '{field} was answered at least {n} {n:time|times} within the last {span}{what}{daily}', {
    field: named, span, n: times, what: what && t('{what}', ', each time one that {what}', { what }), daily: daily ? t('（同一天只算一次）', ' (once a day at most)') : '',
  })
}

/** 有在管的健康管理个案（隔离治疗、确诊） */
function caseSentence({ field: key, operator, value }: Rule, field: NamedField, names: Names): string {
  const kinds = (value as string[]).length ? valueWords({ field: key, operator, value }, field, names) : ''
  if (operator === 'hasNoCase') return kinds ? t('没有在管的健康管理个案（{kinds}）', 'has no open case ({kinds})', { kinds }) : t('没有在管的健康管理个案', 'has no open case')
  return kinds ? t('有在管的健康管理个案（{kinds}）', 'has an open case ({kinds})', { kinds }) : t('有在管的健康管理个案', 'has an open case')
}

/** 人员类别属于学生、教职工，且…… */
export function sentenceOf(group: RuleGroup, names: Names, nested = false): string {
  if (group.rules.length === 0) return t('全部', 'everybody')
  const parts = group.rules.map((rule) => {
    if (isGroup(rule)) return sentenceOf(rule, names, true)
    const field = names.fields.get(rule.field)
    if (!field) return `${rule.field} ${rule.operator}`
    const label = say(field.label).replace(/[？?]$/, '')
    // A question is quoted, a plain word of the roster is not.
    const named = rule.field.includes('.') ? label : t('“{what}”', '"{what}"', { what: label })
    if (field.type === 'case') return caseSentence(rule, field, names)
    if (rule.operator === 'timesWithin') return timesSentence(named, field, rule, names)
    const many = Array.isArray(rule.value) ? rule.value.length : 0
    // Of the roster a fact is said, not an answer.
    if (field.type === 'yes-no' && rule.operator === '=' && rule.field.includes('.')) return rule.value === true ? named : t('并非{field}', 'not: {field}', { field: named })
    if (rule.operator === 'inUnit') return t('{field}是{value}或其下级', '{field} is {value} or below', { field: named, value: valueWords(rule, field, names) })
    if (rule.operator === 'in' && many === 1) return t('{field}是{value}', '{field} is {value}', { field: named, value: valueWords(rule, field, names) })
    if (rule.operator === 'in' && many > 1) return t('{field}是{value}之一', '{field} is one of: {value}', { field: named, value: valueWords(rule, field, names) })
    if (field.type === 'yes-no' && rule.operator === '=') return t('{field}答{value}', '{field} is {value}', { field: named, value: valueWords(rule, field, names) })
    return t('{field}{operator}{value}', '{field} {operator} {value}', { field: named, operator: operatorName(rule.operator, field.type), value: valueWords(rule, field, names) }).trim()
  })
  const joined = parts.join(group.combinator === 'and' ? t('，且', ' and ') : t('，或', ' or '))
  const text = nested && parts.length > 1 ? t('（{what}）', '({what})', { what: joined }) : joined
  return group.not ? t('并非{what}', 'not {what}', { what: text }) : text
}
