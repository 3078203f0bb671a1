/** A table of up to tens of thousands of rows: only those in sight are drawn. Sort, search, filter, columns, keyboard; the view is remembered. */
import { useCallback, useMemo, useState, type ReactNode } from 'react'
import { count } from '../format.ts'
import { Icon } from '../icons.tsx'
import { keep, recall } from '../kept.ts'
import { EmptyState, LoadingState } from '../states.tsx'
import { t } from '../words.ts'
import { freshView, viewFrom, type ColumnRules, type View } from './rows.ts'
import { ColumnsMenu, FilterMenu } from './menus.tsx'
import { mostOnPaper, useRows } from './use-rows.ts'
import { useShown } from './use-shown.ts'

export interface Column<R> extends ColumnRules<R> {
  /** What is drawn; default the value. */
  cell?: (row: R) => ReactNode
  /** Pixels; without it the column shares what is left. */
  width?: number
  align?: 'start' | 'end'
}

export interface DataTableProps<R> {
  /** Names the remembered view in this browser. */
  name: string
  /** Said to screen readers. */
  label: string
  rows: readonly R[]
  columns: readonly Column<R>[]
  rowKey: (row: R) => string
  onOpen?: (row: R) => void
  /** Rows with a mark at the left; the tone of the mark. */
  tone?: (row: R) => 'bad' | 'warn' | 'good' | undefined
  selected?: ReadonlySet<string>
  onSelect?: (keys: ReadonlySet<string>) => void
  /** Acts on the selection, shown while something is selected. */
  selectionActions?: ReactNode
  /** Buttons at the right of the bar (export, where allowed). */
  actions?: ReactNode
  loading?: boolean
  empty?: ReactNode
  /** Height of the body in pixels; default as many rows as fit in 60 % of the window. */
  height?: number
  rowHeight?: number
  /** Without search box and menus: short lists. */
  bare?: boolean
}

export function DataTable<R>(props: DataTableProps<R>) {
  const { rows, columns, rowKey, onOpen, tone, selected, onSelect, rowHeight = 44 } = props
  const [view, setView] = useRememberedView(props.name)
  const { shown, busy } = useShown(rows, columns, view)
  const visible = useMemo(() => columns.filter((column) => column.fixed || !view.hidden.includes(column.key)), [columns, view.hidden])
  const at = useRows({ total: shown.length, rowHeight, onEnter: onOpen && ((index) => { const row = shown[index]; if (row !== undefined) onOpen(row) }), onSpace: onSelect && ((index) => { const row = shown[index]; if (row !== undefined) toggle(row) }) })
  const template = `${onSelect ? '44px ' : ''}${visible.map((column) => (column.width ? `${column.width}px` : 'minmax(120px, 1fr)')).join(' ')}`
  const minWidth = visible.reduce((sum, column) => sum + (column.width ?? 120), onSelect ? 44 : 0)
  const height = props.height ?? Math.min(Math.max(shown.length, 1) * rowHeight + 2, Math.max(320, Math.round((globalThis.innerHeight ?? 900) * 0.62)))

  const toggle = (row: R) => {
    if (!onSelect) return
    const next = new Set(selected)
    const key = rowKey(row)
    if (!next.delete(key)) next.add(key)
    onSelect(next)
  }
  const allSelected = useMemo(() => selected !== undefined && selected.size >= shown.length && shown.length > 0 && shown.every((row) => selected.has(rowKey(row))), [selected, shown, rowKey])

  return (
    <div className={shown.length * rowHeight < height ? 'b-table b-table-fits' : 'b-table'}>
      {!props.bare && (
        <div className="b-table-bar">
          <div className="b-table-search">
            <Icon name="search" size={16} />
            <input type="search" value={view.search} aria-label={t('在表中查找：{what}', 'Search in: {what}', { what: props.label })} placeholder={t('查找（可用拼音首字母）', 'Search (pinyin initials work)')} onChange={(event) => setView({ ...view, search: event.target.value })} />
          </div>
          {columns.map((column) => column.filter && <FilterMenu key={column.key} column={column} rows={rows} chosen={view.filters[column.key] ?? []} onChoose={(values) => setView({ ...view, filters: { ...view.filters, [column.key]: values } })} />)}
          <span className="b-table-count num" role="status">
            {shown.length === rows.length ? t('{n} 行', '{n} {n:row|rows}', { n: count(rows.length) }) : t('{n} / {all} 行', '{n} of {all} {all:row|rows}', { n: count(shown.length), all: count(rows.length) })}
          </span>
          <span className="b-grow" />
          {props.actions}
          <ColumnsMenu columns={columns} view={view} onView={setView} />
        </div>
      )}
      {selected && selected.size > 0 && (
        <div className="b-table-selection">
          <b>{t('已选 {n} 行', '{n} selected', { n: count(selected.size) })}</b>
          {props.selectionActions}
          <button type="button" className="b-link" onClick={() => onSelect?.(new Set())}>
            {t('取消选择', 'Clear')}
          </button>
        </div>
      )}
      <div className="b-table-scroll" role="grid" aria-label={props.label} aria-rowcount={shown.length + 1} aria-busy={(props.loading ?? false) || busy}>
        <div style={{ minWidth }}>
          <div role="row" aria-rowindex={1} className="b-table-head" style={{ gridTemplateColumns: template }}>
            {onSelect && (
              <div role="columnheader" className="b-th">
                <input type="checkbox" aria-label={t('全选', 'Select all')} checked={allSelected} onChange={() => onSelect(allSelected ? new Set() : new Set(shown.map(rowKey)))} />
              </div>
            )}
            {visible.map((column) => (
              <HeaderCell key={column.key} column={column} view={view} onView={setView} />
            ))}
          </div>
          <div ref={at.ref} className="b-table-body" role="rowgroup" style={{ height: shown.length === 0 ? undefined : height }} onScroll={at.onScroll} onKeyDown={at.onKeyDown}>
            {shown.length === 0 ? (
              props.loading ? (
                <div className="b-table-none">
                  <LoadingState rows={6} />
                </div>
              ) : (
                <div role="row">
                  <div role="gridcell">{rows.length === 0 ? (props.empty ?? <EmptyState />) : <NothingMatches onClear={() => setView({ ...freshView, hidden: view.hidden })} />}</div>
                </div>
              )
            ) : (
              <div style={{ height: shown.length * rowHeight, position: 'relative' }} role="presentation">
                {shown.slice(at.first, at.last).map((row, offset) => {
                  const index = at.first + offset
                  const key = rowKey(row)
                  const mark = tone?.(row)
                  const chosen = selected?.has(key) ?? false
                  return (
                    <div
                      key={key}
                      {...at.row(index)}
                      {...(selected ? { 'aria-selected': chosen } : {})}
                      className={`b-tr${onOpen ? ' b-tr-open' : ''}${mark ? ` b-tr-${mark}` : ''}${chosen ? ' b-tr-chosen' : ''}`}
                      style={{ ...at.row(index).style, gridTemplateColumns: template }}
                      onClick={(event) => {
                        if (!(event.target as HTMLElement).closest('a,button,input,label')) onOpen?.(row)
                      }}
                    >
                      {onSelect && (
                        <div role="gridcell" className="b-td">
                          <input type="checkbox" tabIndex={-1} aria-label={t('选择这一行', 'Select this row')} checked={chosen} onChange={() => toggle(row)} />
                        </div>
                      )}
                      {visible.map((column) => (
                        <div key={column.key} role="gridcell" className={column.align === 'end' ? 'b-td b-td-end num' : 'b-td'}>
                          {column.cell ? column.cell(row) : plain(column.value?.(row))}
                        </div>
                      ))}
                    </div>
                  )
                })}
              </div>
            )}
          </div>
        </div>
      </div>
      {shown.length > mostOnPaper && <p className="b-on-paper">{t('纸上只有前 {n} 行，另有 {rest} 行未打印。', 'The first {n} rows are printed; {rest} more are not.', { n: count(mostOnPaper), rest: count(shown.length - mostOnPaper) })}</p>}
    </div>
  )
}

const plain = (value: unknown): string => (typeof value === 'number' ? count(value) : value === null || value === undefined ? '—' : String(value))

function NothingMatches({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState
      icon="search"
      title={t('没有符合条件的行', 'No row matches')}
      action={
        <button type="button" className="b-button" onClick={onClear}>
          {t('清除查找与筛选', 'Clear search and filters')}
        </button>
      }
    />
  )
}

function HeaderCell<R>({ column, view, onView }: { column: Column<R>; view: View; onView: (view: View) => void }) {
  const sortable = column.sort !== false && (column.value !== undefined || typeof column.sort === 'function')
  const sorted = view.sort?.key === column.key ? (view.sort.down ? 'descending' : 'ascending') : 'none'
  const className = column.align === 'end' ? 'b-th b-td-end' : 'b-th'
  if (!sortable)
    return (
      <div role="columnheader" className={className}>
        {column.title}
      </div>
    )
  const next = sorted === 'none' ? { key: column.key, down: false } : sorted === 'ascending' ? { key: column.key, down: true } : null
  return (
    <div role="columnheader" aria-sort={sorted} className={className}>
      <button type="button" className="b-th-sort" onClick={() => onView({ ...view, sort: next })}>
        {column.title}
        <span aria-hidden className="b-th-mark">
          {sorted === 'ascending' ? '↑' : sorted === 'descending' ? '↓' : ''}
        </span>
      </button>
    </div>
  )
}

function useRememberedView(name: string): [View, (view: View) => void] {
  const key = `bulwark.view.${name}`
  const [view, setView] = useState<View>(() => viewFrom(recall(key)))
  const save = useCallback(
    (next: View) => {
      setView(next)
      // What was searched for may be a name: it is not kept.
      keep(key, JSON.stringify({ ...next, search: '' }))
    },
    [key],
  )
  return [view, save]
}
