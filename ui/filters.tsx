/** The filters of a page: in a row at the desk; in the hand behind one press that says what is shown now. */
import { useState, type ReactNode } from 'react'
import { Icon } from './icons.tsx'
import { useNarrow } from './media.ts'

/** @param said what is chosen now, in a word or two. @param always what stays in sight (chips that take a filter back). */
export function Filters({ said, always, children }: { said: string; always?: ReactNode; children: ReactNode }) {
  const narrow = useNarrow()
  const [open, setOpen] = useState(false)
  return (
    <div className={narrow && open ? 'b-filters b-filters-open' : 'b-filters'}>
      {narrow && (
        <button type="button" className="b-filters-fold" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon name="filter" size={14} />
          <span>{said}</span>
          <Icon name={open ? 'up' : 'down'} size={12} />
        </button>
      )}
      {(!narrow || open) && children}
      {always}
    </div>
  )
}
