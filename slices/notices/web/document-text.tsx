/** The text of a notice as issued, line by line, in inks by kind; duties in it can be chosen, text in it can be selected. */
import { memo, useEffect, useMemo, useRef } from 'react'
import { inkName, type Ink } from '#ui/tags.tsx'
import { read, t, useLanguage } from '#ui/words.ts'
import { masked } from '../privacy.ts'
import { linesOf, type Layers } from './passages.ts'
import './notices.css'

export interface Contact {
  start: number
  end: number
  kind: string
}

export interface DocumentTextProps {
  text: string
  layers: Layers
  /** Personal data: covered unless `revealed`. */
  contacts?: readonly Contact[]
  revealed?: boolean
  from?: number
  to?: number
  active?: string | null
  /** Signs of duties: a check where confirmed. */
  confirmed?: ReadonlySet<string>
  onDuty?: (dutyId: string) => void
  /** A stretch that the reader marked with the pointer or the keyboard. */
  onSelect?: (span: { start: number; end: number; text: string } | null) => void
  /** Inks that are shown quiet. */
  quiet?: ReadonlySet<Ink>
}

const signs: Record<Ink, readonly [string, string]> = { principle: ['则', 'P'], duty: ['任', 'D'], prohibition: ['禁', '✕'], condition: ['若', 'if'], evaluation: ['评', 'E'], reporting: ['报', '↑'], context: ['', ''] }

export const DocumentText = memo(function DocumentText({ text, layers, contacts = [], revealed, from = 0, to, active, confirmed, onDuty, onSelect, quiet }: DocumentTextProps) {
  const now = useLanguage()
  const shown = useMemo(() => (revealed || contacts.length === 0 ? text : masked(text, contacts)), [text, contacts, revealed])
  const lines = useMemo(() => {
    // Empty lines around the text say nothing; those within it are kept.
    const all = linesOf(shown, layers, from, to ?? shown.length)
    const filled = (line: (typeof all)[number]) => line.pieces.some((piece) => piece.text.trim() !== '')
    return all.slice(all.findIndex(filled), all.findLastIndex(filled) + 1)
  }, [shown, layers, from, to])
  const root = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (!onSelect) return
    const listen = () => {
      const selection = document.getSelection()
      if (!selection || selection.isCollapsed || !root.current?.contains(selection.anchorNode) || !root.current.contains(selection.focusNode)) return onSelect(null)
      const range = selection.getRangeAt(0)
      const start = offsetOf(range.startContainer, range.startOffset)
      const end = offsetOf(range.endContainer, range.endOffset)
      if (start === null || end === null || end - start < 2) return onSelect(null)
      onSelect({ start, end, text: shown.slice(start, end) })
    }
    document.addEventListener('selectionchange', listen)
    return () => document.removeEventListener('selectionchange', listen)
  }, [onSelect, shown])

  return (
    <div ref={root} className="b-document n-text" lang={now === 'zh-Hant' ? 'zh-Hant' : 'zh-Hans'}>
      {lines.map((line) => (
        <p key={line.start} className={line.pieces.length === 0 ? 'n-line n-line-empty' : 'n-line'} data-start={line.start}>
          {line.pieces.map((piece) => {
            const dutyId = piece.dutyIds.find((id) => id === active) ?? piece.dutyIds[0]
            const ink = piece.kind ?? 'context'
            const names = ['n-piece', `n-ink-${ink}`]
            if (dutyId) names.push('n-duty')
            if (active && piece.dutyIds.includes(active)) names.push('n-duty-on')
            if (dutyId && confirmed?.has(dutyId)) names.push('n-duty-done')
            if (piece.doubtful) names.push('n-doubtful')
            if (piece.repaired !== null) names.push('n-repaired')
            if (quiet?.has(ink)) names.push('n-quiet')
            const sign = piece.opens && ink !== 'context' ? t(signs[ink][0], signs[ink][1]) : undefined
            const hint = piece.repaired !== null ? t('原文有损，读作：{what}', 'damaged in the original, read as: {what}', { what: piece.repaired }) : inkName(ink)
            return (
              <span key={piece.start} className={names.join(' ')} data-start={piece.start} data-sign={sign} title={hint} {...(dutyId ? { 'data-duty': dutyId } : {})} {...(dutyId && onDuty ? { onClick: () => document.getSelection()?.isCollapsed !== false && onDuty(dutyId) } : {})}>
                {read(piece.text)}
              </span>
            )
          })}
        </p>
      ))}
    </div>
  )
})

function offsetOf(node: Node, offset: number): number | null {
  const element = node instanceof Element ? node : node.parentElement
  const holder = element?.closest('[data-start]')
  if (!holder) return null
  const start = Number(holder.getAttribute('data-start'))
  if (node.nodeType === 3 && holder === node.parentElement) return start + offset
  const child = node.childNodes[offset]
  if (child instanceof Element && child.hasAttribute('data-start')) return Number(child.getAttribute('data-start'))
  return offset === 0 ? start : start + (holder.textContent?.length ?? 0)
}

/** Brings a duty's words into sight. */
export function scrollToDuty(dutyId: string, within: Element | null): void {
  const place = (within ?? document).querySelector(`[data-duty="${dutyId}"]`)
  place?.scrollIntoView({ block: 'center', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' })
}
