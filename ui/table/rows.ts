/** What a table does with rows, apart from drawing them: search, filter, sort, the remembered view. */
export interface ColumnRules<R> {
  key: string
  /** What is sorted and searched by; also the export. */
  value?: (row: R) => string | number | boolean | null | undefined
  sort?: boolean | ((a: R, b: R) => number)
  search?: boolean
  filter?: readonly { value: string; label: string }[] | true
}

export interface View {
  sort: { key: string; down: boolean } | null
  search: string
  filters: Record<string, string[]>
  hidden: string[]
}

export const freshView: View = { sort: null, search: '', filters: {}, hidden: [] }

const collator = new Intl.Collator('zh-Hans-CN-u-co-pinyin', { numeric: true })

export function compareValues(a: unknown, b: unknown): number {
  const [noA, noB] = [a === null || a === undefined || a === '', b === null || b === undefined || b === '']
  if (noA || noB) return noA === noB ? 0 : noA ? 1 : -1
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b)
  return collator.compare(String(a), String(b))
}

/** The rows to show, in order. Empty values stay last in either direction. The given array is not touched. */
export function applyView<R>(rows: readonly R[], columns: readonly ColumnRules<R>[], view: View, match: (text: string, typed: string) => boolean): readonly R[] {
  let shown: readonly R[] = rows
  const filters = Object.entries(view.filters).filter(([, values]) => values.length > 0)
  for (const [key, values] of filters) {
    const column = columns.find((one) => one.key === key)
    if (!column?.value) continue
    const wanted = new Set(values)
    shown = shown.filter((row) => wanted.has(String(column.value?.(row) ?? '')))
  }
  const typed = view.search.trim()
  if (typed !== '') {
    const searched = columns.filter((column) => column.search && column.value)
    shown = shown.filter((row) => searched.some((column) => match(String(column.value?.(row) ?? ''), typed)))
  }
  const by = view.sort && columns.find((column) => column.key === view.sort?.key)
  if (by && view.sort) {
    const { down } = view.sort
    const value = by.value
    if (typeof by.sort === 'function') {
      const compare = by.sort
      shown = shown.toSorted((a, b) => (down ? -compare(a, b) : compare(a, b)))
    } else if (value) {
      // Reading every value once: 50,000 rows sort in a blink.
      const keyed = shown.map((row) => ({ row, value: value(row) }))
      keyed.sort((a, b) => {
        const empty = Number(isEmpty(a.value)) - Number(isEmpty(b.value))
        if (empty !== 0) return empty
        const order = compareValues(a.value, b.value)
        return down ? -order : order
      })
      shown = keyed.map((entry) => entry.row)
    }
  }
  return shown
}

const isEmpty = (value: unknown) => value === null || value === undefined || value === ''

/** The values that occur in a column, with how often, most frequent first. */
export function valuesOf<R>(rows: readonly R[], column: ColumnRules<R>): { value: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const row of rows) {
    const value = String(column.value?.(row) ?? '')
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return [...counts].map(([value, count]) => ({ value, count })).toSorted((a, b) => b.count - a.count || collator.compare(a.value, b.value))
}

/** A view as it was stored; anything unreadable gives the fresh one. */
export function viewFrom(stored: string | null): View {
  if (!stored) return freshView
  try {
    const parsed = JSON.parse(stored) as Partial<View>
    return {
      sort: parsed.sort && typeof parsed.sort.key === 'string' ? { key: parsed.sort.key, down: Boolean(parsed.sort.down) } : null,
      search: '',
      filters: parsed.filters && typeof parsed.filters === 'object' ? Object.fromEntries(Object.entries(parsed.filters).filter(([, values]) => Array.isArray(values))) : {},
      hidden: Array.isArray(parsed.hidden) ? parsed.hidden.filter((key) => typeof key === 'string') : [],
    }
  } catch {
    return freshView
  }
}

/** Which rows are drawn: those in sight and some around them. */
export function windowOf(count: number, rowHeight: number, scrollTop: number, height: number, around = 8): { first: number; last: number } {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - around)
  const last = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + around)
  return { first: Math.min(first, last), last }
}
