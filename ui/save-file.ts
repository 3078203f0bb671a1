import { wholeTable } from '#kernel/parts.ts'

/** Gives the browser a file to keep. */
export function saveFile(name: string, base64: string, mediaType = 'application/octet-stream'): void {
  const raw = atob(base64)
  save(name, new Blob([Uint8Array.from(raw, (character) => character.charCodeAt(0))], { type: mediaType }))
}

/** A table to keep. Excel on Windows knows by the mark in front that it is UTF-8. */
export function saveTable(name: string, csv: string): void {
  save(name, new Blob([`\ufeff${csv.replace(/^\ufeff/, '')}`], { type: 'text/csv;charset=utf-8' }))
}

/** A table that comes in parts. */
export async function saveTableInParts(partAfter: Parameters<typeof wholeTable>[0]): Promise<void> {
  const { fileName, csv } = await wholeTable(partAfter)
  saveTable(fileName, csv)
}

function save(name: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser needs it until the download has begun.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
