/** Questions on the phone. Each has its label, perhaps a hint and an error, and gives its value to onChange. */
import { useId, type ReactNode } from 'react'
import { day, leaveJoiners, presentMoment } from '../format.ts'
import { Icon } from '../icons.tsx'
import { t } from '../words.ts'

export interface Common<V> {
  label: ReactNode
  value: V
  onChange: (value: V) => void
  hint?: ReactNode
  error?: ReactNode
  required?: boolean
  disabled?: boolean
}

interface Inside {
  id: string
  'aria-describedby'?: string
  'aria-invalid'?: true
  'aria-required'?: true
  disabled: boolean
}

/** Label, control, hint or error. For other pages' own controls too. */
export function FieldBox({ label, hint, error, required, disabled, children }: Omit<Common<never>, 'value' | 'onChange'> & { children: (props: Inside) => ReactNode }) {
  const id = useId()
  return (
    <div className={`p-field${error ? ' p-field-bad' : ''}`}>
      <label htmlFor={id} className="p-label">
        {label}
        {required && <span className="p-required"> {t('必填', 'required')}</span>}
      </label>
      {children({ id, disabled: disabled ?? false, ...(hint || error ? { 'aria-describedby': `${id}-about` } : {}), ...(error ? { 'aria-invalid': true as const } : {}), ...(required ? { 'aria-required': true as const } : {}) })}
      {(hint || error) && (
        <p id={`${id}-about`} className="p-about" role={error ? 'alert' : undefined}>
          {error ?? hint}
        </p>
      )}
    </div>
  )
}

export function TextField({ value, onChange, placeholder, maxLength = 200, lines = 1, type = 'text', autoComplete, ...box }: Common<string> & { placeholder?: string; maxLength?: number; lines?: number; type?: 'text' | 'tel' | 'password'; autoComplete?: string }) {
  return (
    <FieldBox {...box}>
      {(props) =>
        lines > 1 ? (
          <textarea {...props} className="p-input" rows={lines} value={value} maxLength={maxLength} placeholder={placeholder} onChange={(event) => onChange(event.target.value)} />
        ) : (
          <input {...props} className="p-input" type={type} value={value} maxLength={maxLength} placeholder={placeholder} {...(autoComplete ? { autoComplete } : {})} onChange={(event) => onChange(event.target.value)} />
        )
      }
    </FieldBox>
  )
}

/** A number with its unit; the number pad opens. What is no number is given as null. */
export function NumberField({ value, onChange, unit, min, max, step = 1, ...box }: Common<number | null> & { unit?: string; min?: number; max?: number; step?: number }) {
  const decimal = step % 1 !== 0
  return (
    <FieldBox {...box}>
      {(props) => (
        <span className="p-unit">
          <input
            {...props}
            className="p-input"
            type="number"
            inputMode={decimal ? 'decimal' : 'numeric'}
            value={value ?? ''}
            step={step}
            {...(min === undefined ? {} : { min })}
            {...(max === undefined ? {} : { max })}
            onChange={(event) => onChange(event.target.value === '' || Number.isNaN(event.target.valueAsNumber) ? null : event.target.valueAsNumber)}
          />
          {unit && <span>{unit}</span>}
        </span>
      )}
    </FieldBox>
  )
}

export interface ListChoice<V extends string = string> {
  value: V
  label: string
  note?: string
}

type ListProps<V extends string, T> = Common<T> & { options: readonly ListChoice<V>[] }

/** One of a few, each a line to press. */
export function ChoiceList<V extends string>({ value, onChange, ...list }: ListProps<V, V | null>) {
  return <ListField {...list} many={false} isChosen={(one) => one === value} onPress={onChange} />
}

/** Several of a few. */
export function ManyList<V extends string>({ value, onChange, ...list }: ListProps<V, readonly V[]>) {
  return <ListField {...list} many isChosen={(one) => value.includes(one)} onPress={(pressed) => onChange(value.includes(pressed) ? value.filter((one) => one !== pressed) : [...value, pressed])} />
}

interface ListFieldProps<V extends string> extends Omit<ListProps<V, never>, 'value' | 'onChange'> {
  many: boolean
  isChosen: (value: V) => boolean
  onPress: (value: V) => void
}

function ListField<V extends string>({ label, options, hint, error, required, disabled, many, isChosen, onPress }: ListFieldProps<V>) {
  const id = useId()
  return (
    <fieldset className={`p-field p-choices${error ? ' p-field-bad' : ''}`} disabled={disabled ?? false} {...(hint || error ? { 'aria-describedby': `${id}-about` } : {})}>
      <legend className="p-label">
        {label}
        {required && <span className="p-required"> {t('必填', 'required')}</span>}
      </legend>
      {options.map((option) => (
        <label key={option.value} className="p-choice">
          <input type={many ? 'checkbox' : 'radio'} {...(many ? {} : { name: id })} checked={isChosen(option.value)} onChange={() => onPress(option.value)} />
          <span className={`p-choice-dot${many ? ' p-choice-box' : ''}`} aria-hidden>
            {many && <Icon name="check" size={14} />}
          </span>
          <span className="p-choice-words">
            {option.label}
            {option.note && <small>{option.note}</small>}
          </span>
        </label>
      ))}
      {(hint || error) && (
        <p id={`${id}-about`} className="p-about" role={error ? 'alert' : undefined}>
          {error ?? hint}
        </p>
      )}
    </fieldset>
  )
}

/** YYYY-MM-DD on this phone's calendar. */
export const isoDay = (moment: Date) => `${moment.getFullYear()}-${String(moment.getMonth() + 1).padStart(2, '0')}-${String(moment.getDate()).padStart(2, '0')}`

/** A day as YYYY-MM-DD: the days around today at one press, others through the phone's own calendar. */
export function DateField({ value, onChange, min, max, quick = [-1, 0, 1], ...box }: Common<string | null> & { min?: string; max?: string; quick?: readonly number[] }) {
  const now = presentMoment()
  const days = quick.map((apart) => isoDay(new Date(now.getFullYear(), now.getMonth(), now.getDate() + apart))).filter((one) => (!min || one >= min) && (!max || one <= max))
  return (
    <FieldBox {...box}>
      {(props) => (
        <span className="p-date">
          {days.map((one) => (
            <button key={one} type="button" className="p-pill" aria-pressed={value === one} disabled={props.disabled} onClick={() => onChange(one)}>
              {leaveJoiners(day(one))}
            </button>
          ))}
          <input {...props} className="p-input" type="date" value={value ?? ''} {...(min ? { min } : {})} {...(max ? { max } : {})} onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)} />
        </span>
      )}
    </FieldBox>
  )
}

/** Yes or no, as two large halves; null until answered. */
export function YesNo({ value, onChange, yes, no, label, ...box }: Common<boolean | null> & { yes?: string; no?: string }) {
  return (
    <FieldBox label={label} {...box}>
      {(props) => (
        <span id={props.id} className="p-yesno" role="group" aria-label={typeof label === 'string' ? label : undefined}>
          <button type="button" className="p-half" aria-pressed={value === false} disabled={props.disabled} onClick={() => onChange(false)}>
            {no ?? t('否', 'No')}
          </button>
          <button type="button" className="p-half" aria-pressed={value === true} disabled={props.disabled} onClick={() => onChange(true)}>
            {yes ?? t('是', 'Yes')}
          </button>
        </span>
      )}
    </FieldBox>
  )
}
