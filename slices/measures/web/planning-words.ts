/** How burdens, frequencies and odd measures are said. */
import type { Static } from 'typebox'
import { span } from '#ui/format.ts'
import { say, t } from '#ui/words.ts'
import type { Objection as ObjectionShape } from '../contract.ts'
import type { Rule, RuleGroup } from '../rules.ts'
import type { LevelLoad } from '../loads.ts'
import { demandName } from './gap-words.ts'
import { sentenceOf, type Names } from './rule-words.ts'

/** What may come from the server, which counted, or from the rules alone. */
export type Said = Pick<Static<typeof ObjectionShape>, 'kind' | 'rules'> & { counts?: readonly number[]; attributes?: readonly string[] }

export const secondsText = (value: number): string => String(Math.round(value * 10) / 10)

/** 约 2.5 小时 · 约 20 分钟 · 不到 3 分钟 */
export function hoursText(hours: number): string {
  if (hours >= 1) return t('约 {n} 小时', 'about {n} h', { n: secondsText(hours) })
  return hours > 0 ? t('约 {n} 分钟', 'about {n} min', { n: Math.round(hours * 60) }) : t('不到 3 分钟', 'less than 3 min')
}

/** 每天 · 每 3 天 · 每 12 小时 · 只问一次 */
export function everyText(seconds: number | null): string {
  if (seconds === null) return t('只问一次', 'once')
  if (seconds === 86_400) return t('每天一次', 'daily')
  if (seconds === 7 * 86_400) return t('每周一次', 'weekly')
  if (seconds % 86_400 === 0) return t('每 {n} 天一次', 'every {n} {n:day|days}', { n: seconds / 86_400 })
  if (seconds % 3600 === 0) return t('每 {n} 小时一次', 'every {n} {n:hour|hours}', { n: seconds / 3600 })
  return t('每 {span} 一次', 'every {span}', { span: span(seconds * 1000) })
}

export const levelText = (by: LevelLoad['by']): string => (by === null ? t('无依据要求', 'Asked by no document') : demandName(by))

/** What is wrong, in a sentence, with the rules that make it so. */
export function objectionText(objection: Said, names: Names): { tone: 'bad' | 'warn'; text: string; rules: string[] } {
  const group = (rules: readonly unknown[]): RuleGroup => ({ combinator: 'and', rules: rules as (Rule | RuleGroup)[] })
  const each = objection.rules.map((rule) => sentenceOf(group([rule]), names))
  switch (objection.kind) {
    case 'never':
      return { tone: 'bad', text: each.length > 1 ? t('谁都不可能达标：下面几条不能同时成立。', 'Nobody can ever meet it: these cannot hold together.') : t('谁都不可能达标：下面这条不可能成立。', 'Nobody can ever meet it: this cannot hold.'), rules: [...each, ...rangeText(objection.rules, names)] }
    case 'no-population':
      return { tone: 'bad', text: t('不可能有人符合“对谁”：下面几条不能同时成立。', 'Nobody can ever be covered: these cannot hold together.'), rules: each }
    case 'always':
      return { tone: 'bad', text: t('不用问，人人都已达标：启用没有意义。', 'Everybody meets it without being asked: there is no point in it.'), rules: each }
    case 'any-answer':
      return { tone: 'warn', text: t('无论怎么回答都算达标：这项措施只看有没有填，看不出情况。', 'Every answer meets it: it only sees that there is one.'), rules: each }
    case 'nobody':
      return { tone: 'bad', text: t('现在没有任何对象符合“对谁”。', 'Nobody meets the population now.'), rules: each.map((text, index) => t('{rule}：{n} 个符合', '{rule}: {n} meet this', { rule: text, n: objection.counts?.[index] ?? 0 })) }
    case 'nobody-asked':
      return { tone: 'warn', text: t('下面的信息项不向人询问，只能由导入或其他业务写入：', 'Nobody is asked for these; they come by import only:'), rules: (objection.attributes ?? []).map((key) => { const field = names.fields.get(key); return field ? say(field.label) : key }) }
  }
}

/** The range of the numbers named, where that is what excludes them. */
function rangeText(rules: readonly unknown[], names: Names): string[] {
  const keys = new Set(rules.flatMap((rule) => { const { field } = rule as Rule; return field ? [field] : [] }))
  return [...keys].flatMap((key) => {
    const range = names.range?.(key)
    const field = names.fields.get(key)
    return range && field ? [t('“{what}”只能填 {least} 至 {most}', '"{what}" lies between {least} and {most}', { what: say(field.label), least: range.min ?? '−∞', most: range.max ?? '∞' })] : []
  })
}

export const stateText = (state: 'kept' | 'gap' | 'excused' | 'unknown' | null): string =>
  state === null ? t('不涉及', 'not covered') : { kept: t('达标', 'Kept'), gap: t('缺口', 'Gap'), excused: t('免除', 'Excused'), unknown: t('未知', 'Unknown') }[state]
