/** Lines under each other, for lists that are longer than cards allow; and the buttons that leave the page. */
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { Icon } from '../icons.tsx'
import { t } from '../words.ts'

export interface RowProps {
  title: ReactNode
  text?: ReactNode
  /** A badge or a round button at the right. */
  end?: ReactNode
  to?: string
  onPress?: () => void
  /** A button of its own beside the line. */
  act?: ReactNode
}

/** One line of a `<Rows>`. */
export function Row({ title, text, end, to, onPress, act }: RowProps) {
  const inside = (
    <>
      <span className="p-row-words">
        <b>{title}</b>
        {text}
      </span>
      {end}
      {(to !== undefined || onPress) && !act && <Icon name="next" size={18} />}
    </>
  )
  return (
    <li {...(act ? { className: 'p-row-two' } : {})}>
      {to !== undefined ? (
        <Link href={to} className="p-row">
          {inside}
        </Link>
      ) : onPress ? (
        <button type="button" className="p-row" onClick={onPress}>
          {inside}
        </button>
      ) : (
        <div className="p-row">{inside}</div>
      )}
      {act}
    </li>
  )
}

export function Rows({ children, label }: { children: ReactNode; label?: string }) {
  return (
    <ul className="p-list" aria-label={label}>
      {children}
    </ul>
  )
}

/** The round button that opens the phone's dialler. */
export function CallButton({ name, phone }: { name: string; phone: string }) {
  return (
    <a className="p-call" href={`tel:${phone}`} aria-label={t('给{name}打电话', 'Call {name}', { name })}>
      <Icon name="phone" size={22} />
    </a>
  )
}
