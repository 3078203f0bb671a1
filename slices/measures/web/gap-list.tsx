/** The list of people with gaps: only those in sight are drawn and loaded. Each line has the telephone, what was tried, and what can be done. */
import { useEffect } from 'react'
import { count } from '#ui/format.ts'
import { Icon } from '#ui/icons.tsx'
import { LoadingState } from '#ui/states.tsx'
import type { Rows } from '#ui/table/use-rows.ts'
import { language, t } from '#ui/words.ts'
import { GapLine, type LineActs } from './gap-line.tsx'
import { idOf, type People } from './gap-people.ts'

export interface GapListProps extends LineActs {
  people: People
  rows: Rows
  narrow: boolean
  /** Nothing can be done about these: kept, or the reader only looks. */
  quiet: boolean
  selected: ReadonlySet<string>
  onSelect: ((ids: ReadonlySet<string>) => void) | null
  onToggle: (id: string) => void
  label: string
}

/** English says the same in more letters: a name of two lines, and two below it. */
export const gapLineHeight = (narrow: boolean) => (narrow ? 170 : language() === 'en' ? 88 : 72)

export function GapList(props: GapListProps) {
  const { people, rows, narrow, selected, onSelect } = props
  const { total, at, want } = people
  const { first, last } = rows
  useEffect(() => {
    if (total > 0) want(first, last)
  }, [want, first, last, total])
  const all = people.loaded.length > 0 && people.loaded.every((one) => selected.has(idOf(one)))
  const lines = []
  for (let index = first; index < last; index++) {
    const person = at(index)
    const done = person && people.done.get(idOf(person))
    lines.push(
      <div
        key={person ? idOf(person) : `place-${index}`}
        {...rows.row(index)}
        {...(onSelect && person ? { 'aria-selected': selected.has(idOf(person)) } : {})}
        className={`gl-row${person ? tone(person.open) : ''}${done?.reach || done?.settled || done?.handed ? ' gl-done' : ''}${person && selected.has(idOf(person)) ? ' gl-chosen' : ''}${index === rows.active ? ' gl-active' : ''}`}
      >
        {person ? <GapLine {...props} person={person} done={done} index={index} chosen={selected.has(idOf(person))} onToggle={onSelect ? () => props.onToggle(idOf(person)) : null} /> : <span role="gridcell" className="gl-waiting" aria-label={t('正在载入', 'Loading')} />}
      </div>,
    )
  }
  const rowHeight = gapLineHeight(narrow)
  // At a desk the keys below stay in sight; on a phone the list is the page.
  const whole = Math.max(total, 1) * rowHeight + 2
  const height = narrow ? whole : Math.min(whole, Math.max(360, (globalThis.innerHeight ?? 900) - 415))
  return (
    <div role="grid" aria-label={props.label} aria-rowcount={total + 1} aria-busy={people.head.fetching} className={narrow ? 'gl gl-narrow' : 'gl'}>
      <div role="row" aria-rowindex={1} className="gl-head">
        {onSelect && (
          <div role="columnheader" className="gl-check">
            <input type="checkbox" aria-label={t('全选已载入的 {n} 人', 'Select the {n} loaded', { n: count(people.loaded.length) })} checked={all} onChange={() => onSelect(all ? new Set() : new Set(people.loaded.map(idOf)))} />
          </div>
        )}
        <div role="columnheader">{narrow && onSelect ? t('全选', 'Select all') : t('谁', 'Who')}</div>
        <div role="columnheader" className="gl-wide">{t('欠什么', 'What is open')}</div>
        <div role="columnheader" className="gl-wide">{t('电话', 'Telephone')}</div>
        <div role="columnheader" className="gl-wide">{t('已做过', 'What was tried')}</div>
        <div role="columnheader" className="gl-wide">{props.quiet ? '' : t('这次怎么样', 'What came of it')}</div>
      </div>
      <div ref={rows.ref} role="rowgroup" className="gl-body" style={{ height }} onScroll={rows.onScroll} onKeyDown={rows.onKeyDown}>
        {total === 0 ? <div role="row"><div role="gridcell"><LoadingState rows={4} /></div></div> : <div role="presentation" style={{ height: total * rowHeight, position: 'relative' }}>{lines}</div>}
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
