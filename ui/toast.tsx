/** Short messages at the foot of the screen, as long as their words need, and while they are pointed at. A refusal stays until it is read away; nothing important is said only here. */
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { Icon } from './icons.tsx'
import { staysFor } from './stays-for.ts'
import { t } from './words.ts'

export interface ToastOptions {
  tone?: 'good' | 'bad' | 'plain'
  /** Undo, or open what was made. */
  action?: { label: string; run: () => void }
}
export type ShowToast = (text: ReactNode, options?: ToastOptions) => void

interface Shown extends ToastOptions {
  id: number
  text: ReactNode
}

const ToastContext = createContext<ShowToast | null>(null)

export function ToastHost({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Shown[]>([])
  const last = useRef(0)
  const close = useCallback((id: number) => setShown((before) => before.filter((toast) => toast.id !== id)), [])
  const show = useCallback<ShowToast>((text, options = {}) => {
    const id = ++last.current
    setShown((before) => [...before.slice(-2), { id, text, ...options }])
  }, [])
  return (
    <ToastContext value={show}>
      {children}
      <div className="b-toasts" role="region" aria-label={t('消息', 'Messages')} aria-live="polite">
        {shown.map((toast) => <Toast key={toast.id} {...toast} onClose={close} />)}
      </div>
    </ToastContext>
  )
}

function Toast({ id, text, tone = 'plain', action, onClose }: Shown & { onClose: (id: number) => void }) {
  const words = useRef<HTMLSpanElement>(null)
  // Pointed at, or the focus is in it.
  const [at, setAt] = useState<readonly string[]>([])
  const held = at.length > 0
  const wasHeld = useRef(false)
  useEffect(() => {
    wasHeld.current ||= held
    if (tone === 'bad' || held) return
    const timer = setTimeout(() => onClose(id), wasHeld.current ? 4000 : staysFor(words.current?.textContent ?? '', action !== undefined))
    return () => clearTimeout(timer)
  }, [id, tone, held, action, onClose])
  const come = (how: string) => () => setAt((before) => [...before.filter((one) => one !== how), how])
  const leave = (how: string) => () => setAt((before) => before.filter((one) => one !== how))
  return (
    <div className={`b-toast b-toast-${tone}`} role={tone === 'bad' ? 'alert' : 'status'} onPointerEnter={come('pointer')} onPointerLeave={leave('pointer')} onFocus={come('focus')} onBlur={leave('focus')}>
      <Icon name={tone === 'bad' ? 'warn' : 'check'} size={18} />
      <span ref={words}>{text}</span>
      {action && <button type="button" className="b-toast-act" onClick={() => { action.run(); onClose(id) }}>{action.label}</button>}
      <button type="button" className="b-toast-close" aria-label={t('关闭', 'Close')} onClick={() => onClose(id)}>
        <Icon name="close" size={16} />
      </button>
    </div>
  )
}

/** `const toast = useToast(); toast(t('已保存', 'Saved'), { tone: 'good' })`. */
export function useToast(): ShowToast {
  const show = useContext(ToastContext)
  return useMemo(() => show ?? (() => undefined), [show])
}
