/** The list of people with gaps: only those in sight are drawn and loaded. Each line has the telephone, what was tried, and what can be done. */
import { useCallback, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState, type KeyboardEvent, type Ref } from 'react'
import { count } from '#ui/format.ts'
import { Icon } from '#ui/icons.tsx'
import { LoadingState } from '#ui/states.tsx'
import { t } from '#ui/words.ts'
import { GapLine, type LineActs } from './gap-line.tsx'
import { idOf, type People } from './gap-people.ts'

export interface GapListHandle {
  focus: (index: number) => void
}

export interface GapListProps extends LineActs {
  people: People
  narrow: boolean
  /** Nothing can be done about these: kept, or the reader only looks. */
  quiet: boolean
  active: number
  onActive: (index: number) => void
  selected: ReadonlySet<string>
  onSelect: ((ids: ReadonlySet<string>) => void) | null
  label: string
  handle: Ref<GapListHandle>
}

const ahead = 6

export function GapList(props: GapListProps) {
  const { people, narrow, active, onActive, selected, onSelect } = props
  const { total, at, want } = people
  const rowHeight = narrow ? 140 : 72
  const body = useRef<HTMLDivElement>(null)
  const [sight, setSight] = useState({ top: 0, height: 700 })
  const wanted = useRef<number | null>(null)
  const measure = useCallback(() => {
    const box = body.current
    if (box) setSight((before) => (before.top === box.scrollTop && before.height === box.clientHeight ? before : { top: box.scrollTop, height: box.clientHeight }))
  }, [])
  useEffect(() => {
    const box = body.current
    if (!box) return
    const watch = new ResizeObserver(measure)
    watch.observe(box)
    return () => watch.disconnect()
  }, [measure])
  const first = Math.max(0, Math.floor(sight.top / rowHeight) - ahead)
  const last = Math.min(total, Math.ceil((sight.top + sight.height) / rowHeight) + ahead)
  useEffect(() => {
    if (total > 0) want(first, last)
  }, [want, first, last, total])
  const goTo = useCallback(
    (index: number) => {
      const next = Math.max(0, Math.min(total - 1, index))
      onActive(next)
      wanted.current = next
      const box = body.current
      if (!box) return
      if (next * rowHeight < box.scrollTop) box.scrollTop = next * rowHeight
      else if ((next + 1) * rowHeight > box.scrollTop + box.clientHeight) box.scrollTop = (next + 1) * rowHeight - box.clientHeight
      measure()
    },
    [total, rowHeight, onActive, measure],
  )
  useImperativeHandle(props.handle, () => ({ focus: goTo }), [goTo])
  // The row that the keyboard went to may only now be drawn.
  useLayoutEffect(() => {
    const row = wanted.current === null ? null : body.current?.querySelector<HTMLElement>(`[data-place="${wanted.current}"]`)
    if (!row) return
    wanted.current = null
    row.focus({ preventScroll: true })
  })
  const toggle = (id: string) => {
    const next = new Set(selected)
    if (!next.delete(id)) next.add(id)
    onSelect?.(next)
  }
  const keyed = (event: KeyboardEvent<HTMLDivElement>) => {
    if ((event.target as HTMLElement).dataset['place'] === undefined) return
    const page = Math.max(1, Math.floor((body.current?.clientHeight ?? 400) / rowHeight) - 1)
    const moves: Record<string, number> = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + page, PageUp: active - page, Home: 0, End: total - 1 }
    const to = moves[event.key]
    const person = at(active)
    if (to !== undefined) goTo(to)
    else if (event.key === 'Enter' && person) props.onOpen(person, 'call')
    else if (event.key === ' ' && person && onSelect) toggle(idOf(person))
    else return
    event.preventDefault()
  }
  const all = people.loaded.length > 0 && people.loaded.every((one) => selected.has(idOf(one)))
  const rows = []
  for (let index = first; index < last; index++) {
    const person = at(index)
    const done = person && people.done.get(idOf(person))
    rows.push(
      <div
        key={person ? idOf(person) : `place-${index}`}
        role="row"
        data-place={index}
        aria-rowindex={index + 2}
        tabIndex={index === active || (active >= total && index === 0) ? 0 : -1}
        {...(onSelect && person ? { 'aria-selected': selected.has(idOf(person)) } : {})}
        className={`gl-row${person ? tone(person.open) : ''}${done?.reach || done?.settled || done?.handed ? ' gl-done' : ''}${person && selected.has(idOf(person)) ? ' gl-chosen' : ''}${index === active ? ' gl-active' : ''}`}
        style={{ height: rowHeight, transform: `translateY(${index * rowHeight}px)` }}
        onFocus={() => onActive(index)}
      >
        {person ? <GapLine {...props} person={person} done={done} index={index} chosen={selected.has(idOf(person))} onToggle={onSelect ? () => toggle(idOf(person)) : null} /> : <span role="gridcell" className="gl-waiting" aria-label={t('正在载入', 'Loading')} />}
      </div>,
    )
  }
  // At a desk the keys below stay in sight; on a phone the list is the page.
  const room = (globalThis.innerHeight ?? 900) - (narrow ? 230 : 415)
  const height = Math.min(Math.max(total, 1) * rowHeight + 2, Math.max(360, room))
  return (
    <div role="grid" aria-label={props.label} aria-rowcount={total + 1} aria-busy={people.head.fetching} className={narrow ? 'gl gl-narrow' : 'gl'}>
      <div role="row" aria-rowindex={1} className="gl-head">
        {onSelect && (
          <div role="columnheader" className="gl-check">
            <input type="checkbox" aria-label={t('全选已载入的 {n} 人', 'Select the {n} loaded', { n: count(people.loaded.length) })} checked={all} onChange={() => onSelect(all ? new Set() : new Set(people.loaded.map(idOf)))} />
          </div>
        )}
        <div role="columnheader">{t('谁', 'Who')}</div>
        <div role="columnheader" className="gl-wide">{t('欠什么', 'What is open')}</div>
        <div role="columnheader" className="gl-wide">{t('电话', 'Telephone')}</div>
        <div role="columnheader" className="gl-wide">{t('已做过', 'What was tried')}</div>
        <div role="columnheader" className="gl-wide">{props.quiet ? '' : t('这次怎么样', 'What came of it')}</div>
      </div>
      <div ref={body} role="rowgroup" className="gl-body" style={{ height }} onScroll={measure} onKeyDown={keyed}>
        {total === 0 ? <div role="row"><div role="gridcell"><LoadingState rows={4} /></div></div> : <div role="presentation" style={{ height: total * rowHeight, position: 'relative' }}>{rows}</div>}
      </div>
      {people.problem && (
        <p className="gl-problem" role="alert">
          <Icon name="warn" size={16} /> {people.problem.message}
          <button type="button" className="b-link" onClick={() => want(first, last)}>{t('重试', 'Try again')}</button>
        </p>
      )}
    </div>
  )
}

const tone = (open: readonly { overdue: boolean; state: string }[]) => (open.some((one) => one.overdue) ? ' gl-late' : open.some((one) => one.state === 'unknown') ? ' gl-unknown' : '')
