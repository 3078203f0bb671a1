/** Short messages at the foot of the screen. A refusal stays until it is read away; nothing important is said only here. */
import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from 'react'
import { Icon } from './icons.tsx'
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
  const show = useCallback<ShowToast>(
    (text, options = {}) => {
      const id = ++last.current
      setShown((before) => [...before.slice(-2), { id, text, ...options }])
      if (options.tone !== 'bad') setTimeout(() => close(id), options.action ? 8000 : 4000)
    },
    [close],
  )
  return (
    <ToastContext value={show}>
      {children}
      <div className="b-toasts" role="region" aria-label={t('消息', 'Messages')} aria-live="polite">
        {shown.map((toast) => (
          <div key={toast.id} className={`b-toast b-toast-${toast.tone ?? 'plain'}`} role={toast.tone === 'bad' ? 'alert' : 'status'}>
            <Icon name={toast.tone === 'bad' ? 'warn' : 'check'} size={18} />
            <span>{toast.text}</span>
            {toast.action && (
              <button
                type="button"
                className="b-toast-act"
                onClick={() => {
                  toast.action?.run()
                  close(toast.id)
                }}
              >
                {toast.action.label}
              </button>
            )}
            <button type="button" className="b-toast-close" aria-label={t('关闭', 'Close')} onClick={() => close(toast.id)}>
              <Icon name="close" size={16} />
            </button>
          </div>
        ))}
      </div>
    </ToastContext>
  )
}

/** `const toast = useToast(); toast(t('已保存', 'Saved'), { tone: 'good' })`. */
export function useToast(): ShowToast {
  const show = useContext(ToastContext)
  return useMemo(() => show ?? (() => undefined), [show])
}
