/** A value in words, as people say it. */
import type { Static } from 'typebox'
import { areaPath, type AreaTable } from '#ui/areas.ts'
import { count, date, dateTime } from '#ui/format.ts'
import { say, t, toHant, language } from '#ui/words.ts'
import type { Attribute } from '../contract.ts'

export type AttributeShape = Static<typeof Attribute>

/** Before its value: a question keeps its mark, anything else gets a colon. */
export const asLabel = (label: string): string => (/[？?]$/.test(label) ? `${label} ` : `${label}${t('：', ': ')}`)

/** 是 · 发热、咳嗽 · 四川省 成都市 武侯区 · 36.8 ℃. What does not fit is shown as it is. */
export function valueWords(attribute: AttributeShape, value: unknown, areas: AreaTable | null): string {
  const optionWords = (one: unknown) => {
    const option = attribute.options.find((candidate) => candidate.value === one)
    return option ? say(option) : String(one)
  }
  switch (attribute.type) {
    case 'yes-no':
      return value === true ? t('是', 'Yes') : value === false ? t('否', 'No') : String(value)
    case 'choice':
      return optionWords(value)
    case 'choices':
      return Array.isArray(value) ? value.map(optionWords).join(t('、', ', ')) || t('无', 'none') : String(value)
    case 'number':
      return typeof value === 'number' ? `${Number.isInteger(value) ? count(value) : value}${attribute.unit ? ` ${attribute.unit}` : ''}` : String(value)
    case 'day':
      return typeof value === 'string' ? date(value) : String(value)
    case 'instant':
      return typeof value === 'string' ? dateTime(value) : String(value)
    case 'area': {
      if (typeof value !== 'string') return String(value)
      const path = areas ? areaPath(areas, value).join(' ') : value
      return language() === 'zh-Hant' ? toHant(path) : path
    }
    case 'text':
      return String(value)
  }
}
