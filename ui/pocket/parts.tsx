/** The phone's components: big, few, for one thumb. No antd here. */
import { Fragment, useEffect, type ReactNode } from 'react'
import { Link } from 'wouter'
import { Icon, type IconName } from '../icons.tsx'
import { Scene } from '../states.tsx'
import { t } from '../words.ts'
import '../tokens.css'
import '../base.css'
import './pocket.css'
import './pages.css'

export interface ScreenProps {
  title: ReactNode
  /** A line under the title. */
  lead?: ReactNode
  /** Shows the way back. */
  back?: string
  /** At the right of the title. */
  aside?: ReactNode
  /** Stays at the foot, above the tabs: the one main act. */
  foot?: ReactNode
  children: ReactNode
}

/** One screen of the phone. */
export function Screen({ title, lead, back, aside, foot, children }: ScreenProps) {
  useEffect(() => {
    if (typeof title === 'string') document.title = `${title} · ${t('堡垒', 'Bulwark')}`
  }, [title])
  return (
    <div className="p-screen">
      <header className="p-screen-head">
        {back !== undefined && (
          <Link href={back} className="p-back" aria-label={t('返回', 'Back')}>
            <Icon name="back" size={22} />
          </Link>
        )}
        <div className="p-screen-words">
          <h1 tabIndex={-1}>{title}</h1>
          {lead && <p>{lead}</p>}
        </div>
        {aside}
      </header>
      <div className="p-screen-body">{children}</div>
      {foot && <div className="p-foot">{foot}</div>}
    </div>
  )
}

export interface CardProps {
  title?: ReactNode
  text?: ReactNode
  icon?: IconName
  /** A badge or a time at the right. */
  end?: ReactNode
  tone?: 'plain' | 'calm' | 'ask' | 'urgent'
  /** The whole card opens this. */
  to?: string
  onPress?: () => void
  children?: ReactNode
}

/** A piece of the day. With `to` or `onPress` the whole card can be pressed. */
export function Card({ title, text, icon, end, tone = 'plain', to, onPress, children }: CardProps) {
  const head = (title || text) && (
    <span className="p-card-head">
      {icon && (
        <span className="p-card-icon">
          <Icon name={icon} size={22} />
        </span>
      )}
      <span className="p-card-words">
        {title && <b>{title}</b>}
        {text && <span>{text}</span>}
      </span>
      {end}
      {(to !== undefined || onPress) && <Icon name="next" size={18} />}
    </span>
  )
  const className = `p-card p-card-${tone}`
  if (to !== undefined)
    return (
      <Link href={to} className={`${className} p-card-press`}>
        {head}
        {children}
      </Link>
    )
  if (onPress)
    return (
      <button type="button" className={`${className} p-card-press`} onClick={onPress}>
        {head}
        {children}
      </button>
    )
  return (
    <section className={className}>
      {head}
      {children}
    </section>
  )
}

/** A heading between cards. */
export function SectionTitle({ children, end }: { children: ReactNode; end?: ReactNode }) {
  return (
    <div className="p-section">
      <h2>{children}</h2>
      {end}
    </div>
  )
}

export interface BigButtonProps {
  children: ReactNode
  onPress?: () => void
  to?: string
  look?: 'main' | 'plain' | 'danger'
  icon?: IconName
  busy?: boolean
  disabled?: boolean
  submit?: boolean
}

/** As wide as the screen, 52 px high. */
export function BigButton({ children, onPress, to, look = 'main', icon, busy, disabled, submit }: BigButtonProps) {
  const inside = (
    <>
      {busy ? <span className="p-spin" aria-hidden /> : icon && <Icon name={icon} size={20} />}
      {children}
    </>
  )
  if (to !== undefined)
    return (
      <Link href={to} className={`p-button p-button-${look}`}>
        {inside}
      </Link>
    )
  return (
    <button type={submit ? 'submit' : 'button'} className={`p-button p-button-${look}`} disabled={disabled || busy} aria-busy={busy ?? false} onClick={onPress}>
      {inside}
    </button>
  )
}

/** A number or a word in a small field of colour. */
export function Badge({ children, tone = 'plain' }: { children: ReactNode; tone?: 'plain' | 'accent' | 'good' | 'warn' | 'bad' | 'drill' }) {
  return <span className={`p-badge p-badge-${tone}`}>{children}</span>
}

/** A strip across the screen: no network, exercise, a new version. */
export function Banner({ tone, icon, children, action }: { tone: 'offline' | 'drill' | 'info' | 'bad'; icon?: IconName; children: ReactNode; action?: ReactNode }) {
  return (
    <div className={`p-banner p-banner-${tone}`} role="status">
      {icon && <Icon name={icon} size={18} />}
      <span>{children}</span>
      {action}
    </div>
  )
}

export interface Tab {
  to: string
  label: string
  icon: IconName
  /** How many wait there; 0 shows nothing. */
  count?: number
  here: boolean
}

/** The four places at the foot of the screen. */
export function Tabs({ items }: { items: readonly Tab[] }) {
  return (
    <nav className="p-tabs" aria-label={t('主导航', 'Main')}>
      {items.map((item) => (
        <Link key={item.to} href={item.to} className="p-tab" aria-current={item.here ? 'page' : undefined}>
          <span className="p-tab-icon">
            <Icon name={item.icon} size={24} />
            {(item.count ?? 0) > 0 && (
              <span className="p-tab-count">
                {(item.count ?? 0) > 99 ? '99+' : item.count}
                <span className="sr-only">{t('项', 'waiting')}</span>
              </span>
            )}
          </span>
          {item.label}
        </Link>
      ))}
    </nav>
  )
}

/** Grey cards while the first answer is on its way. */
export function Skeleton({ cards = 3 }: { cards?: number }) {
  return (
    <div role="status" className="p-stack">
      <span className="sr-only">{t('正在加载', 'Loading')}</span>
      {Array.from({ length: cards }, (_, index) => (
        <div key={index} className="p-card">
          <div className="b-skeleton" style={{ width: '55%', height: 18 }} />
          <div className="b-skeleton" style={{ width: '85%', marginTop: 12 }} />
        </div>
      ))}
    </div>
  )
}

/** Parts of one line, each kept whole where it can be: a line breaks between them. */
export function Parts({ of, between = ' · ' }: { of: readonly (string | false | null | undefined)[]; between?: string }) {
  const there = of.filter(Boolean)
  return there.map((part, index) => (
    <Fragment key={index}>
      {between.endsWith(' ') && index > 0 && ' '}
      <span className="p-whole">
        {part}
        {index < there.length - 1 && between.trimEnd()}
      </span>
    </Fragment>
  ))
}

/** Cards below each other. */
export function Stack({ children }: { children: ReactNode }) {
  return <div className="p-stack">{children}</div>
}

/** The calm normal state: nothing is needed. */
export function AllClear({ title, text }: { title: ReactNode; text?: ReactNode }) {
  return (
    <div className="p-clear b-state-good">
      <Scene icon="check" />
      <p className="p-clear-title" tabIndex={-1}>{title}</p>
      {text && <p>{text}</p>}
    </div>
  )
}
