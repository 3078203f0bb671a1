/** The frame and fields of the pages before signing in; the same on desk and phone, so nothing here needs the console's controls. */
import { useEffect, useId, useState, type ReactNode } from 'react'
import { Icon, Mark } from '#ui/icons.tsx'
import { setLanguage, t, useLanguage } from '#ui/words.ts'
import './entrance.css'

export function Entrance({ title, lead, wide, children }: { title: string; lead?: ReactNode; wide?: boolean; children: ReactNode }) {
  const language = useLanguage()
  useEffect(() => {
    document.title = `${title} · 堡垒 Bulwark`
  }, [title])
  const languages = [['zh-Hans', '简体'], ['zh-Hant', '繁體'], ['en', 'English']] as const
  return (
    <div className="e-page">
      <header className="e-top">
        <Mark size={30} />
        <b>{t('堡垒', 'Bulwark')}</b>
        <span className="e-grow" />
        <div className="e-languages" role="group" aria-label={t('语言', 'Language')}>
          {languages.map(([key, name]) => (
            <button key={key} type="button" aria-pressed={language === key} lang={key} onClick={() => void setLanguage(key)}>
              {name}
            </button>
          ))}
        </div>
      </header>
      <div className="e-middle">
        <main className={wide ? 'e-card e-card-wide' : 'e-card'}>
          <header>
            <h1>{title}</h1>
            {lead && <p>{lead}</p>}
          </header>
          {children}
        </main>
      </div>
      <footer className="e-foot">{t('把一份通知送达每一个人，并带回结果', 'Carries one notice to every person and back')}</footer>
    </div>
  )
}

interface FieldProps {
  label: ReactNode
  value: string
  onChange: (value: string) => void
  onFocus?: () => void
  hint?: ReactNode
  error?: ReactNode
  autoComplete?: string
  autoFocus?: boolean
  maxLength?: number
  placeholder?: string
  /** A code, not a sentence: no spelling, no capitals of the phone's own. */
  code?: boolean
  children?: ReactNode
}

function fieldProps(id: string, { hint, error, children }: Pick<FieldProps, 'hint' | 'error' | 'children'>) {
  return { id, className: 'e-input', ...(hint || error || children ? { 'aria-describedby': `${id}-about` } : {}), ...(error ? { 'aria-invalid': true as const } : {}) }
}

function About({ id, hint, error, children }: Pick<FieldProps, 'hint' | 'error' | 'children'> & { id: string }) {
  if (!hint && !error && !children) return null
  return (
    <div id={`${id}-about`}>
      {error ? (
        <p className="e-about e-about-bad" role="alert">
          {error}
        </p>
      ) : (
        hint && <p className="e-about">{hint}</p>
      )}
      {children}
    </div>
  )
}

export function TextField(props: FieldProps) {
  const id = useId()
  const { label, value, onChange, autoComplete, autoFocus, maxLength = 60, placeholder, code } = props
  return (
    <div className="e-field">
      <label htmlFor={id}>{label}</label>
      <input
        {...fieldProps(id, props)}
        value={value}
        maxLength={maxLength}
        placeholder={placeholder}
        autoFocus={autoFocus ?? false}
        {...(autoComplete ? { autoComplete } : {})}
        {...(code ? { autoCapitalize: 'none', autoCorrect: 'off', spellCheck: false } : {})}
        onChange={(event) => onChange(event.target.value)}
        onFocus={props.onFocus}
      />
      <About id={id} {...props} />
    </div>
  )
}

/** A password, which can be looked at while it is typed. */
export function SecretField(props: FieldProps) {
  const id = useId()
  const [seen, setSeen] = useState(false)
  const { label, value, onChange, autoComplete, autoFocus } = props
  return (
    <div className="e-field">
      <label htmlFor={id}>{label}</label>
      <div className="e-secret">
        <input {...fieldProps(id, props)} type={seen ? 'text' : 'password'} value={value} maxLength={200} autoFocus={autoFocus ?? false} {...(autoComplete ? { autoComplete } : {})} autoCapitalize="none" spellCheck={false} onChange={(event) => onChange(event.target.value)} />
        <button type="button" aria-pressed={seen} aria-controls={id} onClick={() => setSeen(!seen)}>
          {seen ? t('隐藏', 'Hide') : t('显示', 'Show')}
        </button>
      </div>
      <About id={id} {...props} />
    </div>
  )
}

export function PickField({ label, value, onChange, options, hint }: { label: ReactNode; value: string; onChange: (value: string) => void; options: readonly { value: string; label: string }[]; hint?: ReactNode }) {
  const id = useId()
  return (
    <div className="e-field">
      <label htmlFor={id}>{label}</label>
      <select {...fieldProps(id, { hint })} value={value} onChange={(event) => onChange(event.target.value)}>
        {value === '' && <option value="">{t('请选择', 'Choose')}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <About id={id} hint={hint} />
    </div>
  )
}

export function GoButton({ busy, disabled, children }: { busy: boolean; disabled?: boolean; children: ReactNode }) {
  return (
    <button type="submit" className="e-go" disabled={busy || (disabled ?? false)} aria-busy={busy}>
      {busy ? t('请稍候…', 'One moment…') : children}
    </button>
  )
}

/** A rule and whether it is kept; before anything is typed it is neither. */
export function RuleLine({ state, children }: { state: 'open' | 'kept' | 'broken'; children: ReactNode }) {
  return (
    <li className={`e-rule-${state}`}>
      {state === 'open' ? <span aria-hidden>•</span> : <Icon name={state === 'kept' ? 'check' : 'close'} size={14} label={state === 'kept' ? t('已满足', 'met') : t('未满足', 'not met')} />}
      <span>{children}</span>
    </li>
  )
}
