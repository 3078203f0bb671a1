/** The frame of one page and its parts. */
import { useEffect, useId, type ReactNode } from 'react'
import { Link } from 'wouter'
import { Icon } from './icons.tsx'

export interface Crumb {
  label: ReactNode
  to?: string
}

export interface PageProps {
  title: ReactNode
  /** Also the browser's title where `title` is no plain text. */
  documentTitle?: string
  /** One sentence under the title: what this page answers. */
  lead?: ReactNode
  /** Buttons at the right; the main one last. */
  actions?: ReactNode
  breadcrumb?: readonly Crumb[]
  /** Tags beside the title. */
  aside?: ReactNode
  /** Uses the whole width (tables, walls); otherwise text width is kept readable. */
  wide?: boolean
  children?: ReactNode
}

export function Page({ title, documentTitle, lead, actions, breadcrumb, aside, wide, children }: PageProps) {
  const named = documentTitle ?? (typeof title === 'string' ? title : undefined)
  useEffect(() => {
    if (named) document.title = `${named} · 堡垒 Bulwark`
  }, [named])
  return (
    <div className={wide ? 'b-page b-page-wide' : 'b-page'}>
      <header className="b-page-head">
        {breadcrumb && breadcrumb.length > 0 && (
          <nav aria-label="breadcrumb" className="b-crumbs">
            <ol>
              {breadcrumb.map((crumb, index) => (
                <li key={index}>{crumb.to ? <Link href={crumb.to}>{crumb.label}</Link> : <span>{crumb.label}</span>}</li>
              ))}
            </ol>
          </nav>
        )}
        <div className="b-page-row">
          <div className="b-page-words">
            <h1>
              {title} {aside && <span className="b-page-aside">{aside}</span>}
            </h1>
            {lead && <p className="b-lead">{lead}</p>}
          </div>
          {actions && <div className="b-actions">{actions}</div>}
        </div>
      </header>
      {children}
    </div>
  )
}

export interface PanelProps {
  title?: ReactNode
  /** Quiet text beside the title (a count, the data's age). */
  note?: ReactNode
  actions?: ReactNode
  /** No inner margin: for tables and lists that reach the edges. */
  flush?: boolean
  tone?: 'plain' | 'sunken' | 'warn' | 'bad'
  children: ReactNode
}

/** A sheet on the page. */
export function Panel({ title, note, actions, flush, tone = 'plain', children }: PanelProps) {
  const id = useId()
  return (
    <section className={`b-panel b-panel-${tone}${flush ? ' b-panel-flush' : ''}`} {...(title ? { 'aria-labelledby': id } : {})}>
      {(title || actions) && (
        <header className="b-panel-head">
          {title && <h2 id={id}>{title}</h2>}
          {note && <span className="b-panel-note">{note}</span>}
          {actions && <div className="b-actions">{actions}</div>}
        </header>
      )}
      <div className="b-panel-body">{children}</div>
    </section>
  )
}

/** Panels side by side, as many as fit; `min` is the least width of one. */
export function Grid({ min = 320, children }: { min?: number; children: ReactNode }) {
  return (
    <div className="b-grid" style={{ gridTemplateColumns: `repeat(auto-fit, minmax(min(100%, ${min}px), 1fr))` }}>
      {children}
    </div>
  )
}

/** A main column and a narrower one beside it, one below the other where it is narrow. */
export function Split({ children, side }: { children: ReactNode; side: ReactNode }) {
  return (
    <div className="b-split">
      <div>{children}</div>
      <aside>{side}</aside>
    </div>
  )
}

/** Children in a row (wrapping) or a column with even spaces. */
export function Stack({ row, gap = 12, align, children }: { row?: boolean; gap?: number; align?: 'start' | 'center' | 'end' | 'between'; children: ReactNode }) {
  return (
    <div className={`b-stack${row ? ' b-stack-row' : ''}${align ? ` b-align-${align}` : ''}`} style={{ gap }}>
      {children}
    </div>
  )
}

export interface Detail {
  label: ReactNode
  value: ReactNode
}

/** Names and values, as a form shows them. Rows with a null value are left out. */
export function Details({ items, columns = 2 }: { items: readonly (Detail | null | false)[]; columns?: 1 | 2 | 3 }) {
  return (
    <dl className={`b-details b-details-${columns}`}>
      {items.map((item, index) =>
        item && item.value !== null && item.value !== undefined ? (
          <div key={index}>
            <dt>{item.label}</dt>
            <dd>{item.value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  )
}

/** A text link within the program. */
export function TextLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link className="b-link" href={to}>
      {children}
    </Link>
  )
}

/** A row that opens something: name, what is said of it, a mark at the right. */
export function RowLink({ to, title, text, end }: { to: string; title: ReactNode; text?: ReactNode; end?: ReactNode }) {
  return (
    <Link className="b-rowlink" href={to}>
      <span className="b-rowlink-words">
        <b>{title}</b>
        {text && <span className="b-muted">{text}</span>}
      </span>
      {end}
      <Icon name="next" size={16} />
    </Link>
  )
}
