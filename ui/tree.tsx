/** A tree that is opened level by level, by mouse, thumb or keyboard, and read aloud as a tree. What lies below an item is asked for when it is opened. */
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { Link } from 'wouter'
import type { CallProblem } from '#kernel/client.ts'
import { Icon } from './icons.tsx'
import { t } from './words.ts'
import './tree.css'

export interface TreeItem {
  id: string
  name: string
  /** Quiet words behind the name: the kind. */
  note?: ReactNode
  /** At the right: a count, a sign. */
  end?: ReactNode
  /** Something lies below. */
  opens: boolean
  /** Where the name leads; a link, so that it can be opened beside. */
  to?: string
}

export interface TreeBelow<I extends TreeItem> {
  items?: readonly I[] | undefined
  problem?: CallProblem | null
  retry?: () => void
}

export interface TreeProps<I extends TreeItem> {
  label: string
  items: readonly I[]
  /** A hook, called for an open item: what lies below it. `items` undefined: still on its way. */
  useBelow: (item: I) => TreeBelow<I>
  /** Enter, or a press on the name. Without it a press opens and closes. */
  onOpen?: (item: I) => void
  selected?: string | null
  /** Open from the start. */
  opened?: readonly string[]
}

export function Tree<I extends TreeItem>({ label, items, opened = [], ...rest }: TreeProps<I>) {
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(opened))
  const [active, setActive] = useState(items[0]?.id ?? '')
  const root = useRef<HTMLUListElement>(null)
  const typed = useRef({ text: '', at: 0 })
  const toggle = (id: string, wanted: boolean) => {
    const next = new Set(open)
    if (wanted) next.add(id)
    else next.delete(id)
    setOpen(next)
  }
  const onKey = (event: KeyboardEvent<HTMLUListElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const shown = [...(root.current?.querySelectorAll<HTMLElement>('[role=treeitem]') ?? [])]
    const here = (event.target as HTMLElement).closest<HTMLElement>('[role=treeitem]')
    if (!here) return
    const at = shown.indexOf(here)
    const id = here.dataset['id'] ?? ''
    const state = here.getAttribute('aria-expanded')
    const go = (target: HTMLElement | null | undefined) => target?.focus()
    if (event.key === 'ArrowDown') go(shown[at + 1])
    else if (event.key === 'ArrowUp') go(shown[at - 1])
    else if (event.key === 'Home') go(shown[0])
    else if (event.key === 'End') go(shown.at(-1))
    else if (event.key === 'ArrowRight' && state === 'false') toggle(id, true)
    else if (event.key === 'ArrowRight' && state === 'true') go(here.querySelector<HTMLElement>('[role=treeitem]'))
    else if (event.key === 'ArrowLeft' && state === 'true') toggle(id, false)
    else if (event.key === 'ArrowLeft') go(here.parentElement?.closest<HTMLElement>('[role=treeitem]'))
    else if (event.key === 'Enter' || event.key === ' ') here.querySelector<HTMLElement>('.b-tree-name')?.click()
    else if (event.key.length === 1) {
      // Typed letters find the next item whose name begins with them.
      const now = Date.now()
      typed.current = { text: now - typed.current.at < 800 ? typed.current.text + event.key : event.key, at: now }
      const begins = (item: HTMLElement) => item.dataset['name']?.toLowerCase().startsWith(typed.current.text.toLowerCase())
      go([...shown.slice(at + 1), ...shown.slice(0, at)].find(begins))
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <ul ref={root} role="tree" aria-label={label} className="b-tree" onKeyDown={onKey}>
      <Items items={items} level={1} open={open} active={active} onActive={setActive} toggle={toggle} {...rest} />
    </ul>
  )
}

interface Shared<I extends TreeItem> extends Pick<TreeProps<I>, 'useBelow' | 'onOpen' | 'selected'> {
  open: ReadonlySet<string>
  active: string
  onActive: (id: string) => void
  toggle: (id: string, wanted: boolean) => void
}

function Items<I extends TreeItem>({ items, level, ...shared }: Shared<I> & { items: readonly I[]; level: number }) {
  const { open, active, onActive, toggle, onOpen, selected } = shared
  return items.map((item, index) => {
    const isOpen = item.opens && open.has(item.id)
    return (
      <li
        key={item.id}
        role="treeitem"
        data-id={item.id}
        data-name={item.name}
        aria-level={level}
        aria-setsize={items.length}
        aria-posinset={index + 1}
        {...(item.opens ? { 'aria-expanded': isOpen } : {})}
        {...(selected === undefined ? {} : { 'aria-selected': selected === item.id })}
        tabIndex={active === item.id ? 0 : -1}
        onFocus={(event) => {
          if (event.target === event.currentTarget) onActive(item.id)
        }}
      >
        <div className="b-tree-row" style={{ paddingInlineStart: `calc(${level - 1} * var(--deeper, 22px))` }}>
          {item.opens ? (
            <span className="b-tree-toggle" aria-hidden onClick={() => toggle(item.id, !isOpen)}>
              <Icon name="next" size={14} />
            </span>
          ) : (
            <span className="b-tree-leaf" aria-hidden />
          )}
          {item.to ? (
            <span className="b-tree-words">
              <Link className="b-tree-name" href={item.to} tabIndex={-1}>
                <b>{item.name}</b>
              </Link>
              {item.note && <span className="b-muted">{item.note}</span>}
            </span>
          ) : (
            <span className="b-tree-words b-tree-name" onClick={() => (onOpen ? onOpen(item) : item.opens && toggle(item.id, !isOpen))}>
              <b>{item.name}</b>
              {item.note && <span className="b-muted">{item.note}</span>}
            </span>
          )}
          {item.end && <span className="b-tree-end">{item.end}</span>}
        </div>
        {isOpen && <Below item={item} level={level + 1} {...shared} />}
      </li>
    )
  })
}

function Below<I extends TreeItem>({ item, level, ...shared }: Shared<I> & { item: I; level: number }) {
  const { useBelow } = shared
  const below = useBelow(item)
  const inset = { paddingInlineStart: `calc(${level - 1} * var(--deeper, 22px) + 34px)` }
  if (below.items)
    return (
      <ul role="group">
        {below.items.length > 0 ? <Items items={below.items} level={level} {...shared} /> : <li role="none" className="b-tree-none b-muted" style={inset}>{t('下面没有内容', 'Nothing below')}</li>}
      </ul>
    )
  if (below.problem)
    return (
      <p className="b-tree-none" style={inset} role="alert">
        {below.problem.message}{' '}
        {below.retry && (
          <button type="button" className="b-link" onClick={below.retry}>
            {t('重试', 'Try again')}
          </button>
        )}
      </p>
    )
  return (
    <p className="b-tree-none" style={inset} role="status">
      <span className="sr-only">{t('正在加载', 'Loading')}</span>
      <span className="b-skeleton" style={{ display: 'block', width: '40%' }} />
    </p>
  )
}
