/** How attributes are spoken of. */
import { t } from '#ui/words.ts'
import type { AttributeShape } from './values.ts'

export type AttributeKind = AttributeShape['type']

export function typeName(type: AttributeKind): string {
  const words: Record<AttributeKind, string> = { 'yes-no': t('是否', 'Yes or no'), choice: t('单选', 'One choice'), choices: t('多选', 'Several choices'), number: t('数字', 'Number'), text: t('文字', 'Text'), day: t('日期', 'Day'), instant: t('日期时间', 'Date and time'), area: t('地区（县区）', 'Area (county)') }
  return words[type]
}
export const types: readonly AttributeKind[] = ['yes-no', 'choice', 'choices', 'number', 'text', 'day', 'instant', 'area']

export function askedName(askedOf: AttributeShape['askedOf']): string {
  const words: Record<AttributeShape['askedOf'], string> = { self: t('本人', 'The person'), owner: t('责任人', 'Who answers for them'), nobody: t('不问，靠登记', 'Nobody: recorded') }
  return words[askedOf]
}

/** How long an answer stays fresh. */
export function freshName(seconds: number | null): string {
  if (seconds === null) return t('一直有效', 'Always')
  if (seconds % 86_400 === 0) return t('{n} 天', '{n} {n:day|days}', { n: seconds / 86_400 })
  if (seconds % 3600 === 0) return t('{n} 小时', '{n} {n:hour|hours}', { n: seconds / 3600 })
  return t('{n} 分钟', '{n} {n:minute|minutes}', { n: Math.round(seconds / 60) })
}
