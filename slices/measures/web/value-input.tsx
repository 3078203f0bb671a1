/** One answer of any type, at a desk. */
import { useMemo, useState } from 'react'
import type { Output } from '#kernel/contract.ts'
import type { attributes } from '#slices/facts/contract.ts'
import { areaPath, findAreas, useAreas } from '#ui/areas.ts'
import { Choices, DateInput, MomentInput, NumberInput, Pick, PickMany, TextInput } from '#ui/controls.tsx'
import { read, say, t } from '#ui/words.ts'

export type AttributeOf = Output<typeof attributes>['attributes'][number]

export interface ValueInputProps {
  attribute: Pick<AttributeOf, 'type' | 'options' | 'unit' | 'min' | 'max'>
  /** undefined: not answered. */
  value: unknown
  onChange: (value: unknown) => void
  label?: string
}

export function ValueInput({ attribute, value, onChange, label }: ValueInputProps) {
  const named = label ? { label } : {}
  const options = attribute.options.map((option) => ({ value: option.value, label: say(option) }))
  switch (attribute.type) {
    case 'yes-no':
      return <Choices {...named} value={value === true ? 'yes' : value === false ? 'no' : ''} options={[{ value: 'yes', label: t('是', 'Yes') }, { value: 'no', label: t('否', 'No') }]} onChange={(next) => onChange(next === 'yes')} />
    case 'choice':
      return <Pick {...named} value={typeof value === 'string' ? value : null} options={options} clearable onChange={(next) => onChange(next ?? undefined)} />
    case 'choices':
      return <PickMany {...named} value={Array.isArray(value) ? (value as string[]) : []} options={options} onChange={(next) => onChange(next.length ? [...next] : undefined)} />
    case 'number':
      return <NumberInput {...named} value={typeof value === 'number' ? value : null} {...(attribute.min === null ? {} : { min: attribute.min })} {...(attribute.max === null ? {} : { max: attribute.max })} unit={attribute.unit} onChange={(next) => onChange(next ?? undefined)} />
    case 'text':
      return <TextInput {...named} value={typeof value === 'string' ? value : ''} maxLength={1000} onChange={(next) => onChange(next === '' ? undefined : next)} />
    case 'day':
      return <DateInput {...named} value={typeof value === 'string' ? value : null} onChange={(next) => onChange(next ?? undefined)} />
    case 'instant':
      return <MomentInput {...named} value={typeof value === 'string' ? value : null} onChange={(next) => onChange(next ?? undefined)} />
    case 'area':
      return <AreaInput {...named} value={typeof value === 'string' ? value : null} onChange={(next) => onChange(next ?? undefined)} />
  }
}

/** A county by typing part of its name. */
export function AreaInput({ value, onChange, label }: { value: string | null; onChange: (code: string | null) => void; label?: string }) {
  const [typed, setTyped] = useState('')
  const { areas } = useAreas()
  const options = useMemo(() => {
    if (!areas) return []
    const named = (code: string) => ({ value: code, label: areaPath(areas, code).map(read).join(' ') })
    const found = findAreas(areas, typed, 200).filter(({ code }) => !code.endsWith('00')).slice(0, 40).map(({ code }) => named(code))
    return value && !found.some((one) => one.value === value) ? [named(value), ...found] : found
  }, [areas, typed, value])
  return <Pick {...(label ? { label } : {})} value={value} options={options} loading={!areas} clearable placeholder={t('输入县、区名称', 'Type the name of a county')} onSearch={setTyped} onChange={onChange} />
}

/** Areas of any level as prefixes: 11, 1101, 110108. */
export function AreasInput({ value, onChange, label }: { value: readonly string[]; onChange: (codes: string[]) => void; label?: string }) {
  const [typed, setTyped] = useState('')
  const { areas } = useAreas()
  const options = useMemo(() => {
    if (!areas) return []
    const short = (code: string) => code.replace(/(00){1,2}$/, '')
    const named = (code: string) => ({ value: code, label: areaPath(areas, code.padEnd(6, '0')).filter((part) => !/^\d+$/.test(part)).map(read).join(' ') || code })
    const found = [...new Set(findAreas(areas, typed, 60).map(({ code }) => short(code)))].map(named)
    return [...value.filter((code) => !found.some((one) => one.value === code)).map(named), ...found]
  }, [areas, typed, value])
  return <PickMany {...(label ? { label } : {})} value={value} options={options} loading={!areas} placeholder={t('输入省、市、县名称', 'Type the name of an area')} onSearch={setTyped} onChange={(next) => onChange([...next])} />
}
