/** Rows of one height of which only those in sight are drawn, and the keyboard that goes through all of them. For `DataTable`, and for lists that load in pages. */
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type CSSProperties, type KeyboardEvent } from 'react'
import { flushSync } from 'react-dom'
import { windowOf } from './rows.ts'

export interface Rows {
  /** On the element that scrolls, with `onScroll` and `onKeyDown`. */
  ref: (box: HTMLDivElement | null) => void
  onScroll: () => void
  onKeyDown: (event: KeyboardEvent<HTMLDivElement>) => void
  /** Those to draw, the last not among them. */
  first: number
  last: number
  /** The row that the keyboard is on. */
  active: number
  setActive: (index: number) => void
  /** There with the keyboard, and into sight. */
  goTo: (index: number) => void
  /** What each row carries. */
  row: (index: number) => { role: 'row'; 'data-row': number; 'aria-rowindex': number; tabIndex: number; style: CSSProperties; onFocus: () => void }
}

export interface RowsWanted {
  total: number
  rowHeight: number
  onEnter?: ((index: number) => void) | undefined
  onSpace?: ((index: number) => void) | undefined
  /** How many are drawn for paper; 0 where something else is printed instead. */
  printed?: number
  /** In the hand: the page scrolls, not a box within it. */
  inPage?: boolean
}

/** Below the bars that stay at the top of a page. */
const underBars = 90
/** More rows nobody reads on paper. */
export const mostOnPaper = 2000

export function useRows({ total, rowHeight, onEnter, onSpace, printed = mostOnPaper, inPage = false }: RowsWanted): Rows {
  const [box, ref] = useState<HTMLDivElement | null>(null)
  const [sight, setSight] = useState({ top: 0, height: 600 })
  const [active, setActive] = useState(0)
  const wanted = useRef<number | null>(null)
  const onScroll = useCallback(() => {
    if (!box) return
    const now = inPage ? { top: Math.max(0, -box.getBoundingClientRect().top), height: innerHeight } : { top: box.scrollTop, height: box.clientHeight }
    setSight((before) => (before.top === now.top && before.height === now.height ? before : now))
  }, [box, inPage])
  useEffect(() => {
    if (!box) return
    const watch = new ResizeObserver(onScroll)
    watch.observe(box)
    if (inPage) addEventListener('scroll', onScroll, { passive: true })
    return () => {
      watch.disconnect()
      removeEventListener('scroll', onScroll)
    }
  }, [box, inPage, onScroll])
  const goTo = useCallback(
    (index: number) => {
      const next = Math.max(0, Math.min(total - 1, index))
      setActive(next)
      wanted.current = next
      if (!box) return
      const top = next * rowHeight
      if (inPage) {
        const at = box.getBoundingClientRect().top + top
        if (at < underBars) scrollBy(0, at - underBars)
        else if (at + rowHeight > innerHeight) scrollBy(0, at + rowHeight - innerHeight)
      } else if (top < box.scrollTop) box.scrollTop = top
      else if (top + rowHeight > box.scrollTop + box.clientHeight) box.scrollTop = top + rowHeight - box.clientHeight
      onScroll()
    },
    [box, inPage, total, rowHeight, onScroll],
  )
  // The row that the keyboard went to may only now be drawn.
  useLayoutEffect(() => {
    const row = wanted.current === null ? null : box?.querySelector<HTMLElement>(`[data-row="${wanted.current}"]`)
    if (!row) return
    wanted.current = null
    row.focus({ preventScroll: true })
  })
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if ((event.target as HTMLElement).dataset['row'] === undefined) return
    const page = Math.max(1, Math.floor(sight.height / rowHeight) - 1)
    const moves: Record<string, number> = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + page, PageUp: active - page, Home: 0, End: total - 1 }
    const to = moves[event.key]
    if (to !== undefined) goTo(to)
    else if (event.key === 'Enter' && onEnter) onEnter(active)
    else if (event.key === ' ' && onSpace) onSpace(active)
    else return
    event.preventDefault()
  }
  const printing = usePrinting()
  return {
    ...(printing ? { first: 0, last: Math.min(total, printed, mostOnPaper) } : windowOf(total, rowHeight, sight.top, sight.height)), ref, onScroll, onKeyDown, active, setActive, goTo,
    row: (index) => ({
      role: 'row', 'data-row': index, 'aria-rowindex': index + 2, tabIndex: index === active || (active >= total && index === 0) ? 0 : -1,
      style: { height: rowHeight, transform: `translateY(${index * rowHeight}px)` }, onFocus: () => setActive(index),
    }),
  }
}

/** On paper there is no scrolling: all rows are drawn while it is printed. */
export function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false)
  useEffect(() => {
    const begin = () => flushSync(() => setPrinting(true))
    const end = () => setPrinting(false)
    addEventListener('beforeprint', begin)
    addEventListener('afterprint', end)
    return () => {
      removeEventListener('beforeprint', begin)
      removeEventListener('afterprint', end)
    }
  }, [])
  return printing
}
