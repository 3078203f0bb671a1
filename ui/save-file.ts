/** Gives the browser a file to keep. */
export function saveFile(name: string, base64: string, mediaType = 'application/octet-stream'): void {
  const raw = atob(base64)
  save(name, new Blob([Uint8Array.from(raw, (character) => character.charCodeAt(0))], { type: mediaType }))
}

/** A table to keep. Excel on Windows knows by the mark in front that it is UTF-8. */
export function saveTable(name: string, csv: string): void {
  save(name, new Blob([`\ufeff${csv.replace(/^\ufeff/, '')}`], { type: 'text/csv;charset=utf-8' }))
}

/** A table that comes in parts, each saying after what the next begins. */
export async function saveTableInParts(partAfter: (after: number) => Promise<{ fileName: string; csv: string; next: number | null }>): Promise<void> {
  const parts: string[] = []
  let name = ''
  for (let after: number | null = 0; after !== null; ) {
    const part = await partAfter(after)
    name ||= part.fileName
    parts.push(part.csv)
    after = part.next
  }
  saveTable(name, parts.join(''))
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
