/** What a value of each type may be; whether an answer is still fresh. Runs on phone and server alike. */
import type { Bilingual } from '#kernel/words.ts'

export interface AttributeShape {
  key: string
  type: 'yes-no' | 'choice' | 'choices' | 'number' | 'text' | 'day' | 'instant' | 'area'
  label: Bilingual
  options: readonly { value: string }[]
  min: number | null
  max: number | null
  freshSeconds: number | null
  /** Of numbers: ℃, kg. */
  unit?: string | null
}

/** Why a value does not fit its attribute; null where it does. */
export function refuseValue(attribute: AttributeShape, value: unknown): Bilingual | null {
  const options = attribute.options.map((option) => option.value)
  switch (attribute.type) {
    case 'yes-no':
      return typeof value === 'boolean' ? null : { zh: '请回答是或否', en: 'must be yes or no' }
    case 'choice':
      return typeof value === 'string' && options.includes(value) ? null : { zh: '请从选项中选一个', en: 'must be one of the options' }
    case 'choices':
      return Array.isArray(value) && value.length <= options.length && new Set(value).size === value.length && value.every((one) => options.includes(one as string)) ? null : { zh: '请从选项中选择', en: 'must be some of the options' }
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value)) return { zh: '请填数字', en: 'must be a number' }
      return inRange(attribute, value) ? null : outOfRange(attribute, value)
    case 'text':
      return typeof value === 'string' && value.length <= 1000 && isPlainText(value) ? null : { zh: '文字过长或含有非法字符', en: 'must be a text of at most 1000 characters' }
    case 'day':
      return typeof value === 'string' && isDay(value) ? null : { zh: '请填日期', en: 'must be a day' }
    case 'instant':
      return typeof value === 'string' && isInstant(value) ? null : { zh: '请填日期和时间', en: 'must be a date with time' }
    case 'area':
      return typeof value === 'string' && /^\d{6}$/.test(value) ? null : { zh: '请选择地区', en: 'must be an area code of six digits' }
  }
}

const inRange = ({ min, max }: AttributeShape, value: number) => (min === null || value >= min) && (max === null || value <= max)

/** The range in words, with what was probably meant: a lost decimal point, degrees Fahrenheit. Never taken as such. */
function outOfRange(attribute: AttributeShape, value: number): Bilingual {
  const { min, max } = attribute
  const unit = attribute.unit ? ` ${attribute.unit}` : ''
  const range = max === null ? { zh: `不能小于 ${min}${unit}`, en: `must be at least ${min}${unit}` } : min === null ? { zh: `不能大于 ${max}${unit}`, en: `must be at most ${max}${unit}` } : { zh: `应在 ${min}–${max}${unit} 之间`, en: `must be between ${min} and ${max}${unit}` }
  const celsius = Math.round((value - 32) / 0.18) / 10
  if (attribute.unit && /^(℃|°C)$/i.test(attribute.unit) && inRange(attribute, celsius)) return { zh: `${range.zh}；${value} 像是华氏度，请按摄氏度填写（约 ${celsius} ℃）`, en: `${range.en}; ${value} looks like Fahrenheit, give it in Celsius (about ${celsius} ℃)` }
  const pointed = [10, 100].map((by) => value / by).find((one) => max !== null && value > max && inRange(attribute, one))
  return pointed === undefined ? range : { zh: `${range.zh}；${value} 是否漏了小数点（${pointed}）`, en: `${range.en}; did ${value} lose its decimal point (${pointed})` }
}

/** A day of the calendar as YYYY-MM-DD. */
export function isDay(text: string): boolean {
  if (!/^[1-9]\d{3}-\d{2}-\d{2}$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text
}

/** A moment with its offset that JavaScript and the database read alike, to the millisecond. */
export function isInstant(text: string): boolean {
  return /^.{10}T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/.test(text) && isDay(text.slice(0, 10))
}

/** Without what a database cannot keep: the zero character and halves of characters. */
export const isPlainText = (text: string): boolean => !text.includes('\u0000') && text.isWellFormed()

/** The longest that somebody can answer ahead. */
export const longestHold = 366 * 86_400_000

/** An observation may not lie ahead of the server by more than a phone's clock may be wrong. */
export const clockTolerance = 5 * 60_000

/** A fact as it comes in, and what became of it. */
export interface FactInput {
  factId: string
  subjectId: string
  attribute: string
  value: unknown
  observedAt: string
  source: 'answer' | 'proxy' | 'import' | 'system' | 'office'
  corrects?: string | null
  /** It holds until then, however long such answers hold otherwise. */
  holdsUntil?: string | null
}
export interface Recorded {
  factId: string
  outcome: 'stored' | 'repeated' | 'older'
}
