/** Form controls of the console: antd's, with our names, sizes and labels. Every control is controlled: value and onChange(value). */
import { Button as AntButton, Checkbox, DatePicker, Dropdown, Input, InputNumber, Radio, Segmented, Select, Steps as AntSteps, Switch, Tabs as AntTabs, Tooltip } from 'antd'
import dayjs from 'dayjs'
import { createContext, useContext, useId, useMemo, type KeyboardEvent, type ReactNode } from 'react'
import { useLocation } from 'wouter'
import { Icon, type IconName } from './icons.tsx'
import { t } from './words.ts'

// ── Buttons ──────────────────────────────────────────────────────────────────────────────────────
export interface ButtonProps {
  children?: ReactNode
  /** primary: the one main act of a page; plain: others; quiet: no border; danger: cannot simply be undone. */
  look?: 'primary' | 'plain' | 'quiet' | 'danger'
  size?: 'small' | 'normal' | 'large'
  icon?: IconName
  onClick?: () => void
  /** Goes to a page instead. */
  to?: string
  busy?: boolean
  disabled?: boolean
  /** Why it is disabled, or what it does; needed where there is only an icon. */
  hint?: string
  submit?: boolean
  full?: boolean
}

export function Button({ children, look = 'plain', size = 'normal', icon, onClick, to, busy, disabled, hint, submit, full }: ButtonProps) {
  const [, go] = useLocation()
  const button = (
    <AntButton
      type={look === 'primary' || look === 'danger' ? 'primary' : look === 'quiet' ? 'text' : 'default'}
      danger={look === 'danger'}
      size={size === 'normal' ? 'middle' : size}
      icon={icon ? <Icon name={icon} size={16} /> : undefined}
      loading={busy ?? false}
      aria-disabled={busy ?? false}
      disabled={disabled ?? false}
      htmlType={submit ? 'submit' : 'button'}
      block={full ?? false}
      {...(children === undefined && hint ? { 'aria-label': hint } : {})}
      onClick={() => {
        if (to !== undefined) go(to)
        onClick?.()
      }}
    >
      {children}
    </AntButton>
  )
  return hint ? <Tooltip title={hint}>{disabled ? <span className="b-inline">{button}</span> : button}</Tooltip> : button
}

export interface MenuItem {
  label: ReactNode
  icon?: IconName
  run: () => void
  danger?: boolean
  disabled?: boolean
}

/** A button that opens a list of acts. */
export function MenuButton({ label, items, icon, look = 'plain', hint }: { label?: ReactNode; items: readonly (MenuItem | 'line')[]; icon?: IconName; look?: 'plain' | 'quiet'; hint?: string }) {
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: items.map((item, index) =>
          item === 'line'
            ? { type: 'divider' as const, key: index }
            : { key: index, label: item.label, icon: item.icon ? <Icon name={item.icon} size={16} /> : undefined, danger: item.danger ?? false, disabled: item.disabled ?? false, onClick: item.run },
        ),
      }}
    >
      <AntButton type={look === 'quiet' ? 'text' : 'default'} icon={icon ? <Icon name={icon} size={16} /> : undefined} aria-haspopup="menu" title={hint}>
        {hint && <span className="sr-only">{hint} </span>}
        {label}
        {label && <Icon name="down" size={14} />}
      </AntButton>
    </Dropdown>
  )
}

// ── Fields ───────────────────────────────────────────────────────────────────────────────────────
interface FieldState {
  id: string
  described: string | undefined
  invalid: boolean
  label: ReactNode
}
const FieldContext = createContext<FieldState | null>(null)

export interface FieldProps {
  label: ReactNode
  /** Under the control, quiet. */
  hint?: ReactNode
  /** Under the control, instead of the hint. */
  error?: ReactNode
  required?: boolean
  /** Several controls, each named by itself, instead of exactly one. */
  several?: boolean
  children: ReactNode
}

/** Label, control, hint or error, joined for screen readers. Controls below find their id here. */
export function Field({ label, hint, error, required, several, children }: FieldProps) {
  const Label = several ? 'span' : 'label'
  const id = useId()
  const state = useMemo<FieldState>(() => ({ id, described: error || hint ? `${id}-about` : undefined, invalid: Boolean(error), label }), [id, error, hint, label])
  return (
    <FieldContext value={several ? null : state}>
      <div className={`b-field${error ? ' b-field-bad' : ''}`} {...(several ? { role: 'group', 'aria-labelledby': id } : {})}>
        <Label className="b-field-label" {...(several ? { id } : { htmlFor: id })}>
          {label}
          {required && (
            <span className="b-required" title={t('必填', 'Required')}>
              {' '}
              *
            </span>
          )}
        </Label>
        {children}
        {(error || hint) && (
          <div id={`${id}-about`} className="b-field-about" role={error ? 'alert' : undefined}>
            {error ?? hint}
          </div>
        )}
      </div>
    </FieldContext>
  )
}

/** id and aria attributes for the control inside a Field. */
function useFieldProps(): { id?: string; 'aria-describedby'?: string; 'aria-invalid'?: true; status?: 'error' } {
  const field = useContext(FieldContext)
  if (!field) return {}
  return { id: field.id, ...(field.described ? { 'aria-describedby': field.described } : {}), ...(field.invalid ? { 'aria-invalid': true, status: 'error' as const } : {}) }
}

/** Fields below each other or, with columns, side by side; `onSubmit` on Enter and on a submit button. */
export function Form({ onSubmit, columns = 1, children }: { onSubmit?: () => void; columns?: 1 | 2 | 3; children: ReactNode }) {
  return (
    <form
      className={`b-form b-form-${columns}`}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        // One that opened over another is not also the other's.
        event.stopPropagation()
        onSubmit?.()
      }}
    >
      {children}
    </form>
  )
}

interface Controlled<V> {
  value: V
  onChange: (value: V) => void
  disabled?: boolean
  /** Where there is no Field around it. */
  label?: string
}

export interface TextInputProps extends Controlled<string> {
  placeholder?: string
  maxLength?: number
  type?: 'text' | 'password' | 'search' | 'tel' | 'email'
  autoComplete?: string
  autoFocus?: boolean
  onEnter?: () => void
  prefix?: IconName
}

export function TextInput({ value, onChange, label, placeholder, maxLength = 200, type = 'text', autoComplete, autoFocus, onEnter, prefix, disabled }: TextInputProps) {
  const field = useFieldProps()
  const props = {
    ...field,
    value,
    disabled: disabled ?? false,
    placeholder,
    maxLength,
    autoFocus: autoFocus ?? false,
    ...(autoComplete ? { autoComplete } : {}),
    ...(label ? { 'aria-label': label } : {}),
    ...(prefix ? { prefix: <Icon name={prefix} size={16} /> } : {}),
    ...(onEnter ? { onPressEnter: (event: KeyboardEvent) => !event.nativeEvent.isComposing && onEnter() } : {}),
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  }
  return type === 'password' ? <Input.Password {...props} /> : <Input {...props} type={type} allowClear={type === 'search'} />
}

export function TextArea({ value, onChange, label, placeholder, maxLength = 4000, rows = 4, disabled }: Controlled<string> & { placeholder?: string; maxLength?: number; rows?: number }) {
  return (
    <Input.TextArea
      {...useFieldProps()}
      value={value}
      disabled={disabled ?? false}
      placeholder={placeholder}
      maxLength={maxLength}
      autoSize={{ minRows: rows, maxRows: 24 }}
      {...(label ? { 'aria-label': label } : {})}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

export function NumberInput({ value, onChange, label, min, max, step, unit, disabled }: Controlled<number | null> & { min?: number; max?: number; step?: number; unit?: ReactNode }) {
  return (
    <InputNumber<number>
      {...useFieldProps()}
      value={value}
      disabled={disabled ?? false}
      {...(min === undefined ? {} : { min })}
      {...(max === undefined ? {} : { max })}
      {...(step === undefined ? {} : { step })}
      {...(unit ? { suffix: unit } : {})}
      {...(label ? { 'aria-label': label } : {})}
      onChange={(next) => onChange(next)}
      style={{ width: '100%', maxWidth: 220 }}
    />
  )
}

export interface Choice<V extends string = string> {
  value: V
  label: string
  /** Quiet second line. */
  note?: string
  disabled?: boolean
}

interface PickProps<V extends string> {
  options: readonly Choice<V>[]
  placeholder?: string
  /** Match by pinyin too: pass `useNameMatch()` of ui/pinyin.ts. */
  match?: (text: string, typed: string) => boolean
  loading?: boolean
  onSearch?: (typed: string) => void
  width?: number | string
}

const contains = (text: string, typed: string) => text.toLowerCase().includes(typed.toLowerCase())

function pickProps<V extends string>({ options, placeholder, match = contains, loading, onSearch, width = '100%' }: PickProps<V>) {
  return {
    options: options.map((option) => ({ value: option.value, label: option.label, note: option.note, disabled: option.disabled ?? false })),
    optionRender: (option: { label?: ReactNode; data: { note?: string | undefined } }) => (
      <span className="b-option">
        {option.label}
        {option.data.note && <span className="b-muted">{option.data.note}</span>}
      </span>
    ),
    placeholder,
    loading: loading ?? false,
    showSearch: { filterOption: onSearch ? false : (typed: string, option?: { label?: unknown }) => match(String(option?.label ?? ''), typed), ...(onSearch ? { onSearch } : {}) },
    style: { width },
    notFoundContent: loading ? t('正在加载', 'Loading') : t('没有匹配的选项', 'Nothing matches'),
  }
}

/** One of several. `onSearch` makes it ask the server while typing. */
export function Pick<V extends string>({ value, onChange, label, disabled, clearable, ...rest }: Controlled<V | null> & PickProps<V> & { clearable?: boolean }) {
  return (
    <Select
      {...useFieldProps()}
      {...pickProps(rest)}
      value={value}
      disabled={disabled ?? false}
      allowClear={clearable ?? false}
      {...(label ? { 'aria-label': label } : {})}
      onChange={(next) => onChange((next ?? null) as V | null)}
    />
  )
}

/** Several of several. */
export function PickMany<V extends string>({ value, onChange, label, disabled, ...rest }: Controlled<readonly V[]> & PickProps<V>) {
  return (
    <Select
      {...useFieldProps()}
      {...pickProps(rest)}
      mode="multiple"
      maxTagCount="responsive"
      value={[...value]}
      disabled={disabled ?? false}
      {...(label ? { 'aria-label': label } : {})}
      onChange={(next) => onChange(next as V[])}
    />
  )
}

/** A few choices, all seen at once. `joined` draws them as one bar. */
export function Choices<V extends string>({ value, onChange, options, label, disabled, joined }: Controlled<V> & { options: readonly Choice<V>[]; joined?: boolean }) {
  const field = useFieldProps()
  const named = label ? { 'aria-label': label } : {}
  if (joined) return <Segmented {...named} value={value} disabled={disabled ?? false} options={options.map((option) => ({ value: option.value, label: option.label, disabled: option.disabled ?? false }))} onChange={(next) => onChange(next as V)} />
  return (
    <Radio.Group {...named} {...(field.id ? { id: field.id } : {})} value={value} disabled={disabled ?? false} onChange={(event) => onChange(event.target.value as V)}>
      {options.map((option) => (
        <Radio key={option.value} value={option.value} disabled={option.disabled ?? false}>
          {option.label}
          {option.note && <span className="b-muted"> {option.note}</span>}
        </Radio>
      ))}
    </Radio.Group>
  )
}

export function Check({ value, onChange, children, disabled }: { value: boolean; onChange: (value: boolean) => void; children: ReactNode; disabled?: boolean }) {
  return (
    <Checkbox checked={value} disabled={disabled ?? false} onChange={(event) => onChange(event.target.checked)}>
      {children}
    </Checkbox>
  )
}

export function Toggle({ value, onChange, label, disabled }: Controlled<boolean>) {
  return <Switch {...useFieldProps()} checked={value} disabled={disabled ?? false} {...(label ? { 'aria-label': label } : {})} onChange={onChange} />
}

/** A calendar day as YYYY-MM-DD. */
export function DateInput({ value, onChange, label, disabled, min, max }: Controlled<string | null> & { min?: string; max?: string }) {
  const field = useFieldProps()
  return (
    <DatePicker
      {...field}
      value={value ? dayjs(value) : null}
      disabled={disabled ?? false}
      {...(min ? { minDate: dayjs(min) } : {})}
      {...(max ? { maxDate: dayjs(max) } : {})}
      {...(label ? { 'aria-label': label } : {})}
      onChange={(next) => onChange(next ? next.format('YYYY-MM-DD') : null)}
      format={t('YYYY年M月D日', 'D MMM YYYY')}
      style={{ width: 180 }}
    />
  )
}

/** A moment as an ISO instant with the device's offset. */
export function MomentInput({ value, onChange, label, disabled, min, max, placeholder }: Controlled<string | null> & { min?: string; max?: string; placeholder?: string }) {
  const field = useFieldProps()
  return (
    <DatePicker
      {...field}
      showTime={{ format: 'HH:mm', minuteStep: 5 }}
      needConfirm={false}
      value={value ? dayjs(value) : null}
      disabled={disabled ?? false}
      {...(min ? { minDate: dayjs(min) } : {})}
      {...(max ? { maxDate: dayjs(max) } : {})}
      {...(placeholder ? { placeholder } : {})}
      {...(label ? { 'aria-label': label } : {})}
      onChange={(next) => onChange(next ? next.format('YYYY-MM-DDTHH:mm:ssZ') : null)}
      format={t('YYYY年M月D日 HH:mm', 'D MMM YYYY HH:mm')}
      style={{ width: 220 }}
    />
  )
}

/** From a day to a day, both included. */
export function PeriodInput({ value, onChange, disabled }: Controlled<readonly [string, string] | null>) {
  return (
    <DatePicker.RangePicker
      value={value ? [dayjs(value[0]), dayjs(value[1])] : null}
      disabled={disabled ?? false}
      onChange={(next) => onChange(next?.[0] && next[1] ? [next[0].format('YYYY-MM-DD'), next[1].format('YYYY-MM-DD')] : null)}
    />
  )
}

// ── Finding one's way inside a page ──────────────────────────────────────────────────────────────
export interface TabItem<K extends string = string> {
  key: K
  label: ReactNode
  count?: number
  content: ReactNode
}

export function TabView<K extends string>({ value, onChange, items }: { value: K; onChange: (key: K) => void; items: readonly TabItem<K>[] }) {
  return (
    <AntTabs
      activeKey={value}
      onChange={(key) => onChange(key as K)}
      destroyOnHidden
      items={items.map((item) => ({
        key: item.key,
        label: (
          <>
            {item.label}
            {item.count !== undefined && <span className="b-tabcount num">{item.count}</span>}
          </>
        ),
        children: item.content,
      }))}
    />
  )
}

/** Where one is in a piece of work of several steps. */
export function Steps({ current, items }: { current: number; items: readonly string[] }) {
  return <AntSteps size="small" responsive={false} current={current} items={items.map((title) => ({ title }))} />
}

/** A word that explains itself when pointed at or focused. */
export function Explain({ text, children }: { text: ReactNode; children: ReactNode }) {
  return (
    <Tooltip title={text}>
      <span className="b-explain" tabIndex={0}>
        {children}
      </span>
    </Tooltip>
  )
}
