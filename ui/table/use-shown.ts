/** The rows that a view shows. Few are worked out at once; many in slices between the frames, while what was shown before stays. */
import { useEffect, useMemo, useState } from 'react'
import { useNameMatch } from '../pinyin.ts'
import { applyView, viewSteps, type ColumnRules, type View } from './rows.ts'

/** Up to so many rows nobody notices. */
const few = 3000
/** Milliseconds of work between two frames. */
const slice = 7

export function useShown<R>(rows: readonly R[], columns: readonly ColumnRules<R>[], view: View): { shown: readonly R[]; busy: boolean } {
  const match = useNameMatch()
  // Which columns are hidden changes nothing in the rows.
  const { sort, search, filters } = view
  const wanted = useMemo(() => ({ sort, search, filters, hidden: [] }), [sort, search, filters])
  const plain = !wanted.sort && wanted.search.trim() === '' && Object.values(wanted.filters).every((values) => values.length === 0)
  const now = useMemo(() => (plain ? rows : rows.length <= few ? applyView(rows, columns, wanted, match) : null), [plain, rows, columns, wanted, match])
  const [sliced, setSliced] = useState<{ rows: readonly R[]; wanted: View; shown: readonly R[] } | null>(null)
  useEffect(() => {
    if (now !== null) return
    const steps = viewSteps(rows, columns, wanted, match)
    let timer: ReturnType<typeof setTimeout>
    const work = () => {
      const until = performance.now() + slice
      for (;;) {
        const step = steps.next()
        if (step.done) return setSliced({ rows, wanted, shown: step.value })
        if (performance.now() > until) break
      }
      timer = setTimeout(work, 0)
    }
    timer = setTimeout(work, 0)
    return () => clearTimeout(timer)
  }, [now, rows, columns, wanted, match])
  if (now !== null) return { shown: now, busy: false }
  // Rows that are gone must not stand there for long, but an empty table in between would be worse.
  return { shown: sliced?.shown ?? rows, busy: sliced?.wanted !== wanted || sliced.rows !== rows }
}
