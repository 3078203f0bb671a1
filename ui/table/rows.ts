/** What a table does with rows, apart from drawing them: search, filter, sort, the remembered view. */
export interface ColumnRules<R> {
  key: string
  title: string
  /** Cannot be hidden. */
  fixed?: boolean
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

const collator = new Intl.Collator('zh-Hans-CN-u-co-pinyin', { numeric: true })

export const freshView: View = { sort: null, search: '', filters: {}, hidden: [] }


export function compareValues(a: unknown, b: unknown): number {
  const [noA, noB] = [a === null || a === undefined || a === '', b === null || b === undefined || b === '']
  if (noA || noB) return noA === noB ? 0 : noA ? 1 : -1
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b)
  return collator.compare(String(a), String(b))
}

type Match = (text: string, typed: string) => boolean
/** So many rows between two breaths. */
const stride = 400

/** The rows to show, in order. Empty values stay last in either direction. The given array is not touched. */
export function applyView<R>(rows: readonly R[], columns: readonly ColumnRules<R>[], view: View, match: Match): readonly R[] {
  const steps = viewSteps(rows, columns, view, match)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** The same in small steps, so that whoever shows them can breathe in between. */
export function* viewSteps<R>(rows: readonly R[], columns: readonly ColumnRules<R>[], view: View, match: Match): Generator<undefined, readonly R[]> {
  let shown: readonly R[] = rows
  const filters = Object.entries(view.filters).filter(([, values]) => values.length > 0)
  for (const [key, values] of filters) {
    const column = columns.find((one) => one.key === key)
    if (!column?.value) continue
    const wanted = new Set(values)
    shown = shown.filter((row) => wanted.has(String(column.value?.(row) ?? '')))
    yield
  }
  const typed = view.search.trim()
  if (typed !== '') {
    const searched = columns.filter((column) => column.search && column.value)
    const found: R[] = []
    for (const [index, row] of shown.entries()) {
      if (searched.some((column) => match(String(column.value?.(row) ?? ''), typed))) found.push(row)
      if (index % stride === stride - 1) yield
    }
    shown = found
  }
  const by = view.sort && columns.find((column) => column.key === view.sort?.key)
  if (!by || !view.sort) return shown
  const { down } = view.sort
  if (typeof by.sort === 'function') {
    const compare = by.sort
    return yield* sorted(shown, (a, b) => (down ? -compare(a, b) : compare(a, b)))
  }
  const { value } = by
  if (!value) return shown
  // Every value is read once.
  const full: { row: R; value: unknown }[] = []
  const none: R[] = []
  for (const [index, row] of shown.entries()) {
    const one = value(row)
    if (one === null || one === undefined || one === '') none.push(row)
    else full.push({ row, value: one })
    if (index % stride === stride - 1) yield
  }
  const sign = down ? -1 : 1
  const ordered = yield* sorted(full, (a, b) => sign * compareValues(a.value, b.value))
  return [...ordered.map((entry) => entry.row), ...none]
}

/** Sorts runs, then merges them two by two: the same order as `toSorted`, in small steps. */
function* sorted<T>(items: readonly T[], compare: (a: T, b: T) => number): Generator<undefined, readonly T[]> {
  let runs: T[][] = []
  for (let at = 0; at < items.length; at += stride) {
    runs.push(items.slice(at, at + stride).toSorted(compare))
    yield
  }
  while (runs.length > 1) {
    const next: T[][] = []
    for (let at = 0; at < runs.length; at += 2) {
      const [left = [], right = []] = [runs[at], runs[at + 1]]
      const merged: T[] = []
      let [i, j] = [0, 0]
      while (i < left.length || j < right.length) {
        const [a, b] = [left[i], right[j]]
        if (j >= right.length || (i < left.length && compare(a as T, b as T) <= 0)) {
          merged.push(a as T)
          i++
        } else {
          merged.push(b as T)
          j++
        }
        if ((i + j) % stride === 0) yield
      }
      next.push(merged)
    }
    runs = next
  }
  return runs[0] ?? []
}

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
