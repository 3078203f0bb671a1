/** A sheet from the foot of the screen: a choice, a confirmation, a form of three fields. */
import { useEffect, useId, useRef, type ReactNode } from 'react'
import { Icon } from '../icons.tsx'
import { t } from '../words.ts'

export interface SheetProps {
  open: boolean
  title: ReactNode
  onClose: () => void
  children: ReactNode
  /** Buttons at its foot. */
  foot?: ReactNode
  /** As high as the screen allows: lists with a search. */
  tall?: boolean
}

/** The browser's own dialogue: focus stays inside, Escape and the back key close it. */
export function Sheet({ open, title, onClose, children, foot, tall }: SheetProps) {
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const box = dialog.current
    if (!box) return
    if (open && !box.open) box.showModal()
    if (!open && box.open) box.close()
  }, [open])
  return (
    <dialog
      ref={dialog}
      className={tall ? 'p-sheet p-sheet-tall' : 'p-sheet'}
      aria-labelledby={id}
      onClose={onClose}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose()
      }}
    >
      {open && (
        <div className="p-sheet-in">
          <header className="p-sheet-head">
            <h2 id={id}>{title}</h2>
            <button type="button" className="p-round" aria-label={t('关闭', 'Close')} onClick={onClose}>
              <Icon name="close" size={20} />
            </button>
          </header>
          <div className="p-sheet-body">{children}</div>
          {foot && <div className="p-sheet-foot">{foot}</div>}
        </div>
      )}
    </dialog>
  )
}
