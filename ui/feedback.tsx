/** Asking before acting, side panels, progress, receipts. */
import { Drawer, Modal } from 'antd'
import { useState, type ReactNode } from 'react'
import type { CallProblem } from '#kernel/client.ts'
import { Button } from './controls.tsx'
import { count, dateTime } from './format.ts'
import { Icon } from './icons.tsx'
import { WriteProblem } from './states.tsx'
import { t } from './words.ts'

export interface ConfirmProps {
  open: boolean
  title: ReactNode
  /** What will happen, to whom, and whether it can be undone. */
  children?: ReactNode
  /** A verb: 签发, 撤回. */
  action: string
  danger?: boolean
  busy?: boolean
  problem?: CallProblem | null
  disabled?: boolean
  /** Why it cannot be pressed yet: said beside the button. */
  blocked?: ReactNode
  onConfirm: () => void
  onClose: () => void
  width?: number
}

/** Asks before something that reaches people or cannot simply be undone. */
export function Confirm({ open, title, children, action, danger, busy, problem, disabled, blocked, onConfirm, onClose, width = 520 }: ConfirmProps) {
  return (
    <Modal
      open={open}
      title={title}
      width={width}
      onCancel={onClose}
      destroyOnHidden
      footer={
        <div className="b-actions b-actions-end">
          {blocked && <span className="b-blocked" role="status">{blocked}</span>}
          <Button onClick={onClose} disabled={busy ?? false}>
            {t('取消', 'Cancel')}
          </Button>
          <Button look={danger ? 'danger' : 'primary'} busy={busy ?? false} disabled={disabled ?? false} onClick={onConfirm}>
            {action}
          </Button>
        </div>
      }
    >
      {children}
      <WriteProblem problem={problem ?? null} />
    </Modal>
  )
}

/** A sheet that slides in from the right: details of a row, a form. */
export function SidePanel({ open, title, onClose, children, footer, width = 560 }: { open: boolean; title: ReactNode; onClose: () => void; children: ReactNode; footer?: ReactNode; width?: number }) {
  return (
    <Drawer open={open} title={title} onClose={onClose} size={`min(100vw, ${width}px)`} destroyOnHidden footer={footer ? <div className="b-actions b-actions-end">{footer}</div> : undefined}>
      {children}
    </Drawer>
  )
}

export interface ProgressProps {
  done: number
  total: number
  label: ReactNode
  /** The last thing that happened. */
  note?: ReactNode
  onStop?: () => void
}

/** Long work under way: how much, of what, and that one may leave. */
export function Progress({ done, total, label, note, onStop }: ProgressProps) {
  const part = total > 0 ? Math.min(1, done / total) : 0
  return (
    <div className="b-progress">
      <div className="b-progress-head">
        <span>{label}</span>
        <span className="num">
          {count(done)} / {count(total)}
        </span>
      </div>
      <div className="b-progress-track" role="progressbar" aria-valuemin={0} aria-valuemax={total} aria-valuenow={done} aria-label={typeof label === 'string' ? label : t('进度', 'Progress')}>
        <span style={{ transform: `scaleX(${part})` }} />
      </div>
      <div className="b-progress-foot">
        <span className="b-muted">{note ?? t('可以离开本页，工作会继续。', 'You may leave this page; the work goes on.')}</span>
        {onStop && (
          <Button size="small" onClick={onStop}>
            {t('停止', 'Stop')}
          </Button>
        )}
      </div>
    </div>
  )
}

export interface ReceiptProps {
  title: ReactNode
  /** What was done, in numbers. */
  lines: readonly { label: ReactNode; value: ReactNode; tone?: 'good' | 'bad' }[]
  at?: string | Date
  /** Under which number it can be found again. */
  reference?: string
  actions?: ReactNode
  children?: ReactNode
}

/** The end of long work: what was done, when, under what reference. */
export function Receipt({ title, lines, at, reference, actions, children }: ReceiptProps) {
  return (
    <section className="b-receipt" role="status">
      <header>
        <span className="b-receipt-seal">
          <Icon name="check" size={22} />
        </span>
        <div>
          <h3>{title}</h3>
          <p className="b-muted">
            {at !== undefined && dateTime(at)} {reference && <code>{reference}</code>}
          </p>
        </div>
      </header>
      <dl>
        {lines.map((line, index) => (
          <div key={index} className={line.tone ? `b-receipt-${line.tone}` : undefined}>
            <dt>{line.label}</dt>
            <dd className="num">{typeof line.value === 'number' ? count(line.value) : line.value}</dd>
          </div>
        ))}
      </dl>
      {children}
      {actions && <div className="b-actions">{actions}</div>}
    </section>
  )
}

/** A button that asks first. `run` resolves to true when done. */
export function AskedButton({ label, title, text, action, danger, run, problem }: { label: ReactNode; title: string; text?: ReactNode; action: string; danger?: boolean; run: () => Promise<unknown>; problem?: CallProblem | null }) {
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  return (
    <>
      <Button look={danger ? 'danger' : 'plain'} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Confirm
        open={open}
        title={title}
        action={action}
        danger={danger ?? false}
        busy={busy}
        problem={problem ?? null}
        onClose={() => setOpen(false)}
        onConfirm={async () => {
          setBusy(true)
          const done = await run()
          setBusy(false)
          if (done !== undefined) setOpen(false)
        }}
      >
        {text}
      </Confirm>
    </>
  )
}

