/** Values of whatever type a catalogue says: shown, and asked for at a desk. Knows types, not what they are about. */
import { useMemo } from 'react'
import { areaPath, useAreas } from './areas.ts'
import { Choices, DateInput, MomentInput, NumberInput, Pick, PickMany, TextArea } from './controls.tsx'
import { date, dateTime } from './format.ts'
import { useNameMatch } from './pinyin.ts'
import { say, t } from './words.ts'

export interface ValueKind {
  type: 'yes-no' | 'choice' | 'choices' | 'number' | 'text' | 'day' | 'instant' | 'area'
  options: readonly { value: string; zh: string; en: string }[]
  unit: string | null
  min: number | null
  max: number | null
}

const optionName = (kind: ValueKind, value: unknown) => {
  const option = kind.options.find((one) => one.value === value)
  return option ? say(option) : String(value)
}

/** A stored value in words. What does not fit its type is shown as it stands. */
export function ValueText({ kind, value }: { kind: ValueKind | undefined; value: unknown }) {
  const { areas } = useAreas(kind?.type === 'area')
  if (value === null || value === undefined) return <span className="b-muted">—</span>
  if (!kind) return <>{typeof value === 'string' ? value : JSON.stringify(value)}</>
  if (kind.type === 'yes-no') return <>{value === true ? t('是', 'Yes') : value === false ? t('否', 'No') : String(value)}</>
  if (kind.type === 'choice') return <>{optionName(kind, value)}</>
  if (kind.type === 'choices' && Array.isArray(value)) return <>{value.length === 0 ? t('无', 'None') : value.map((one) => optionName(kind, one)).join(t('、', ', '))}</>
  if (kind.type === 'number') return <span className="num">{String(value)}{kind.unit ? ` ${kind.unit}` : ''}</span>
  if (kind.type === 'day') return <>{date(String(value))}</>
  if (kind.type === 'instant') return <>{dateTime(String(value))}</>
  if (kind.type === 'area' && areas) return <>{areaPath(areas, String(value)).join(' ')}</>
  return <>{typeof value === 'string' ? value : JSON.stringify(value)}</>
}

/** Asks for a value of the type; put it into a Field. Null while nothing is given. */
export function ValueInput({ kind, value, onChange, label }: { kind: ValueKind; value: unknown; onChange: (value: unknown) => void; label?: string }) {
  const named = label ? { label } : {}
  const options = kind.options.map((option) => ({ value: option.value, label: say(option) }))
  const text = typeof value === 'string' ? value : null
  switch (kind.type) {
    case 'yes-no':
      return <Choices {...named} value={value === true ? 'yes' : value === false ? 'no' : ('' as 'yes')} onChange={(next) => onChange(next === 'yes')} options={[{ value: 'yes', label: t('是', 'Yes') }, { value: 'no', label: t('否', 'No') }]} />
    case 'choice':
      return options.length <= 5 ? <Choices {...named} value={text ?? ''} onChange={onChange} options={options} /> : <Pick {...named} value={text} onChange={onChange} options={options} />
    case 'choices':
      return <PickMany {...named} value={Array.isArray(value) ? (value as string[]) : []} onChange={onChange} options={options} placeholder={t('可选多项', 'Choose any')} />
    case 'number':
      return <NumberInput {...named} value={typeof value === 'number' ? value : null} onChange={onChange} {...(kind.min === null ? {} : { min: kind.min })} {...(kind.max === null ? {} : { max: kind.max })} {...(kind.unit ? { unit: kind.unit } : {})} />
    case 'text':
      return <TextArea {...named} value={text ?? ''} onChange={(next) => onChange(next === '' ? null : next)} rows={2} maxLength={1000} />
    case 'day':
      return <DateInput {...named} value={text} onChange={onChange} />
    case 'instant':
      return <MomentInput {...named} value={text} onChange={onChange} />
    case 'area':
      return <AreaInput {...named} value={text} onChange={onChange} />
  }
}

/** A county by its six digits, found by typing any part of its path. */
export function AreaInput({ value, onChange, label }: { value: string | null; onChange: (value: string | null) => void; label?: string }) {
  const { areas } = useAreas()
  const match = useNameMatch()
  const options = useMemo(() => {
    if (!areas) return []
    return [...areas.counties.values()].flat().map((area) => ({ value: area.code, label: areaPath(areas, area.code).join(' ') }))
  }, [areas])
  return <Pick {...(label ? { label } : {})} value={value} onChange={onChange} options={options} loading={!areas} match={match} clearable placeholder={t('输入县区名称', 'Type the county or district')} />
}
