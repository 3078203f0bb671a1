/** Taking in files and pasted text. The file stays on this device until the page sends it. */
import { useId, useRef, useState, type ReactNode } from 'react'
import { bytes } from './format.ts'
import { Icon } from './icons.tsx'
import { t } from './words.ts'

export interface TakenFile {
  name: string
  bytes: Uint8Array
}

export interface FileDropProps {
  /** ['.docx', '.pdf']; what else is dropped is refused here already. */
  accept: readonly string[]
  /** In bytes; larger ones are refused here already. */
  limit: number
  onFile: (file: TakenFile) => void
  title?: ReactNode
  hint?: ReactNode
  busy?: boolean
}

/** Why a file cannot be taken, or null. */
export function refusalOfFile(file: { name: string; size: number }, accept: readonly string[], limit: number): string | null {
  const low = file.name.toLowerCase()
  if (!accept.some((ending) => low.endsWith(ending))) return t('不支持“{name}”这种文件，请使用 {kinds}。', '“{name}” is of a kind that cannot be read; use {kinds}.', { name: file.name, kinds: accept.join(' ') })
  if (file.size === 0) return t('“{name}”是空文件。', '“{name}” is empty.', { name: file.name })
  if (file.size > limit) return t('“{name}”有 {size}，超过上限 {limit}。', '“{name}” has {size}, more than the limit of {limit}.', { name: file.name, size: bytes(file.size), limit: bytes(limit) })
  return null
}

/** A place to drop or choose one file. */
export function FileDrop({ accept, limit, onFile, title, hint, busy }: FileDropProps) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const take = async (files: FileList | null) => {
    const file = files?.[0]
    if (!file) return
    const why = (files.length > 1 ? t('一次只能放一个文件。', 'One file at a time.') : null) ?? refusalOfFile(file, accept, limit)
    setRefusal(why)
    if (!why) onFile({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })
    if (input.current) input.current.value = ''
  }
  return (
    <div>
      <label
        htmlFor={id}
        className={`b-drop${over ? ' b-drop-over' : ''}${busy ? ' b-drop-busy' : ''}`}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          if (!busy) void take(event.dataTransfer.files)
        }}
      >
        <Icon name="upload" size={28} />
        <b>{busy ? t('正在读取…', 'Reading…') : (title ?? t('把文件拖到这里，或点按选择', 'Drop a file here, or choose one'))}</b>
        <span className="b-muted">{hint ?? t('{kinds}，不超过 {limit}', '{kinds}, up to {limit}', { kinds: accept.join(' '), limit: bytes(limit) })}</span>
        <input ref={input} id={id} className="sr-only" type="file" accept={accept.join(',')} disabled={busy ?? false} onChange={(event) => void take(event.target.files)} />
      </label>
      {refusal && (
        <p className="b-field-about b-bad" role="alert">
          {refusal}
        </p>
      )}
    </div>
  )
}

export interface PasteBoxProps {
  value: string
  onChange: (text: string) => void
  label: string
  placeholder?: string
  /** In characters. */
  limit?: number
  rows?: number
}

/** A large field for text from elsewhere (a document, cells of a spreadsheet); shows how much there is. */
export function PasteBox({ value, onChange, label, placeholder, limit = 200_000, rows = 12 }: PasteBoxProps) {
  const id = useId()
  return (
    <div className="b-field">
      <label htmlFor={id}>{label}</label>
      <textarea id={id} className="b-paste" rows={rows} value={value} maxLength={limit} placeholder={placeholder} spellCheck={false} onChange={(event) => onChange(event.target.value)} />
      <div className="b-field-about num">
        {t('{n} 字', '{n} {n:character|characters}', { n: value.length.toLocaleString('en-US') })}
        {value.length >= limit && ` · ${t('已到上限', 'limit reached')}`}
      </div>
    </div>
  )
}

/** Cells of a pasted spreadsheet range: rows of tab-separated values, quoted cells with line breaks included. */
export function cellsOf(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  const flush = () => {
    row.push(cell)
    cell = ''
  }
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (quoted) {
      if (character === '"' && text[at + 1] === '"') {
        cell += '"'
        at++
      } else if (character === '"') quoted = false
      else cell += character
    } else if (character === '"' && cell === '') quoted = true
    else if (character === '\t') flush()
    else if (character === '\n' || character === '\r') {
      if (character === '\r' && text[at + 1] === '\n') at++
      flush()
      rows.push(row)
      row = []
    } else cell += character
  }
  if (cell !== '' || row.length > 0) {
    flush()
    rows.push(row)
  }
  return rows
}
