/** A number by thumb: its own large keys under it, so that no keyboard of the phone covers the question. */
import { useId, useState, type KeyboardEvent } from 'react'
import { Icon } from '../icons.tsx'
import { t } from '../words.ts'
import { clean, pointed, typed } from './number-keys.ts'

export interface NumberPadProps {
  label: string
  value: number | null
  onChange: (value: number | null) => void
  unit?: string | undefined
  min?: number | undefined
  max?: number | undefined
  /** How many digits after the point; 0: whole numbers. */
  decimals?: number
  error?: string | undefined
  disabled?: boolean
}

export function NumberPad({ label, value, onChange, unit, min, max, decimals = 0, error, disabled = false }: NumberPadProps) {
  const id = useId()
  const [text, setText] = useState(value === null ? '' : String(value))
  const set = (next: string) => {
    setText(next)
    const number = Number(next)
    onChange(next === '' || next === '-' || Number.isNaN(number) ? null : number)
  }
  const press = (key: string) => set(key === 'erase' ? typed(text, key, decimals, false) : pointed(typed(text, key, decimals, (min ?? 0) < 0), decimals, min, max))
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !/^([0-9.-]|Backspace)$/.test(event.key)) return
    event.preventDefault()
    press(event.key === 'Backspace' ? 'erase' : event.key)
  }
  const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', decimals > 0 ? '.' : (min ?? 0) < 0 ? '-' : '', '0', 'erase']
  return (
    <div className={`p-number${error ? ' p-field-bad' : ''}`} role="group" aria-label={label}>
      <div className="p-number-show">
        {/* inputMode none: the keys below are the keyboard; one that is plugged in works as well. */}
        <input id={id} className="num" inputMode="none" autoComplete="off" value={text} placeholder="—" aria-label={label} disabled={disabled} size={Math.max(2, text.length)} {...(error ? { 'aria-invalid': true, 'aria-describedby': `${id}-about` } : {})} onKeyDown={onKey} onChange={(event) => set(clean(event.target.value, decimals, (min ?? 0) < 0))} />
        {unit && <span>{unit}</span>}
      </div>
      <p id={`${id}-about`} className="p-about" role={error ? 'alert' : undefined}>
        {error ?? (min !== undefined && max !== undefined ? t('{min} 到 {max}', '{min} to {max}', { min, max }) : '')}
      </p>
      <div className="p-keys">
        {keys.map((key, index) =>
          key === '' ? (
            <span key={index} />
          ) : (
            <button key={key} type="button" className="p-key num" disabled={disabled} aria-label={key === 'erase' ? t('删除一位', 'Erase') : key === '.' ? t('小数点', 'Point') : undefined} onClick={() => press(key)}>
              {key === 'erase' ? <Icon name="erase" size={24} /> : key}
            </button>
          ),
        )}
      </div>
    </div>
  )
}
