/** Values in words; light enough for the phone. */
import type { Output } from '#kernel/contract.ts'
import type { attributes } from '#slices/facts/contract.ts'
import { date, dateTime } from '#ui/format.ts'
import { say, t } from '#ui/words.ts'

type AttributeOf = Output<typeof attributes>['attributes'][number]

/** A value as people read it. */
export function valueText(attribute: Pick<AttributeOf, 'type' | 'options' | 'unit'>, value: unknown, areaName: (code: string) => string = (code) => code): string {
  const option = (one: unknown) => {
    const found = attribute.options.find((candidate) => candidate.value === one)
    return found ? say(found) : String(one)
  }
  switch (attribute.type) {
    case 'yes-no':
      return value === true ? t('是', 'Yes') : t('否', 'No')
    case 'choice':
      return option(value)
    case 'choices':
      return Array.isArray(value) ? value.map(option).join(t('、', ', ')) : String(value)
    case 'day':
      return date(String(value))
    case 'instant':
      return dateTime(String(value))
    case 'area':
      return areaName(String(value))
    case 'number':
      return `${String(value)}${attribute.unit ? ` ${attribute.unit}` : ''}`
    case 'text':
      return String(value)
  }
}
