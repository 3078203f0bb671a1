/** The small menus in the bar of a table: values of a column, columns shown. */
import { useEffect, useId, useMemo, useRef, useState, type ReactNode } from 'react'
import { count } from '../format.ts'
import { Icon } from '../icons.tsx'
import { t } from '../words.ts'
import { valuesOf, type ColumnRules, type View } from './rows.ts'

/** A button with a box under it that closes on Escape and on a press elsewhere. */
function Popup({ label, marked, icon, hint, children }: { label?: ReactNode; marked?: boolean; icon: 'filter' | 'settings'; hint: string; children: ReactNode }) {
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const id = useId()
  useEffect(() => {
    if (!open) return
    const outside = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false)
    }
    document.addEventListener('pointerdown', outside)
    return () => document.removeEventListener('pointerdown', outside)
  }, [open])
  return (
    <div
      ref={box}
      className="b-popup"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return
        setOpen(false)
        box.current?.querySelector('button')?.focus()
      }}
    >
      <button type="button" className={`b-chip${marked ? ' b-chip-on' : ''}`} aria-expanded={open} aria-controls={id} aria-label={label ? undefined : hint} title={hint} onClick={() => setOpen(!open)}>
        <Icon name={icon} size={14} />
        {label}
      </button>
      {open && (
        <div id={id} className="b-popup-box" role="group" aria-label={hint}>
          {children}
        </div>
      )}
    </div>
  )
}

export function FilterMenu<R>({ column, rows, chosen, onChoose }: { column: ColumnRules<R>; rows: readonly R[]; chosen: readonly string[]; onChoose: (values: string[]) => void }) {
  return (
    <Popup icon="filter" marked={chosen.length > 0} hint={t('按{what}筛选', 'Filter by {what}', { what: column.title })} label={chosen.length > 0 ? `${column.title} · ${chosen.length}` : column.title}>
      <FilterChoices column={column} rows={rows} chosen={chosen} onChoose={onChoose} />
    </Popup>
  )
}

/** Counted only where they are looked at. */
function FilterChoices<R>({ column, rows, chosen, onChoose }: { column: ColumnRules<R>; rows: readonly R[]; chosen: readonly string[]; onChoose: (values: string[]) => void }) {
  const found = useMemo(() => valuesOf(rows, column), [rows, column])
  const names = new Map(column.filter === true ? [] : (column.filter ?? []).map((option) => [option.value, option.label]))
  const options = column.filter === true ? found.slice(0, 60) : [...names.keys()].map((value) => found.find((one) => one.value === value) ?? { value, count: 0 })
  return (
    <>
      {options.map(({ value, count: many }) => (
        <label key={value} className="b-popup-line">
          <input type="checkbox" checked={chosen.includes(value)} onChange={(event) => onChoose(event.target.checked ? [...chosen, value] : chosen.filter((one) => one !== value))} />
          <span>{names.get(value) ?? (value || t('（空）', '(empty)'))}</span>
          <span className="b-muted num">{count(many)}</span>
        </label>
      ))}
      {chosen.length > 0 && (
        <button type="button" className="b-link" onClick={() => onChoose([])}>
          {t('不筛选', 'No filter')}
        </button>
      )}
    </>
  )
}

export function ColumnsMenu<R>({ columns, view, onView }: { columns: readonly ColumnRules<R>[]; view: View; onView: (view: View) => void }) {
  return (
    <Popup icon="settings" hint={t('选择显示的列', 'Choose columns')} marked={view.hidden.length > 0}>
      {columns.map((column) => (
        <label key={column.key} className="b-popup-line">
          <input
            type="checkbox"
            disabled={column.fixed ?? false}
            checked={column.fixed || !view.hidden.includes(column.key)}
            onChange={(event) => onView({ ...view, hidden: event.target.checked ? view.hidden.filter((key) => key !== column.key) : [...view.hidden, column.key] })}
          />
          <span>{column.title}</span>
        </label>
      ))}
    </Popup>
  )
}
