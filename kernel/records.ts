/** Cuts a delimited text into records while it is still bytes, so that a file of any size is read window by window and the reading can stop and go on at any record. */

export interface Found {
  /** From and to (exclusive, without the line end), in the window. */
  start: number
  end: number
  /** Where the next record begins. */
  next: number
  /** A quotation mark that is never closed: only the line it stands on was taken. */
  broken: boolean
}

/** No row of a table is longer; an unclosed quotation mark would otherwise swallow the rest of the file. */
export const longestRecord = 64 * 1024

const quote = 0x22
const newline = 0x0a
const carriage = 0x0d

/**
 * The records of a window. In UTF-8 and in GB18030 neither a quotation mark nor a line end is ever part of another character.
 * The last record is left for the next window unless the file ends here.
 */
export function findRecords(window: Uint8Array, delimiter: number, fileEnds: boolean, most: number): Found[] {
  const found: Found[] = []
  let start = 0
  while (start < window.length && found.length < most) {
    const record = findRecord(window, start, delimiter, fileEnds)
    if (!record) break
    found.push(record)
    start = record.next
  }
  return found
}

function findRecord(window: Uint8Array, start: number, delimiter: number, fileEnds: boolean): Found | null {
  let at = start
  let fieldStarts = true
  while (at < window.length) {
    const byte = window[at]
    if (byte === quote && fieldStarts) {
      const after = closingQuote(window, at)
      if (after === null) return fileEnds || window.length - start > longestRecord ? brokenLine(window, start, fileEnds) : null
      at = after
      fieldStarts = false
    } else if (byte === newline || byte === carriage) {
      if (byte === carriage && at + 1 === window.length && !fileEnds) return null
      return { start, end: at, next: byte === carriage && window[at + 1] === newline ? at + 2 : at + 1, broken: false }
    } else {
      fieldStarts = byte === delimiter
      at += 1
    }
    if (at - start > longestRecord) return brokenLine(window, start, fileEnds)
  }
  return fileEnds ? { start, end: window.length, next: window.length, broken: false } : null
}

/** The place after the quotation mark that closes the one at `open`. */
function closingQuote(window: Uint8Array, open: number): number | null {
  const last = Math.min(window.length, open + longestRecord)
  for (let at = open + 1; at < last; at += 1) {
    if (window[at] !== quote) continue
    if (window[at + 1] === quote) at += 1
    else return at + 1
  }
  return null
}

function brokenLine(window: Uint8Array, start: number, fileEnds: boolean): Found | null {
  const at = window.indexOf(newline, start)
  if (at < 0) return fileEnds || window.length - start > longestRecord ? { start, end: window.length, next: window.length, broken: true } : null
  return { start, end: window[at - 1] === carriage ? at - 1 : at, next: at + 1, broken: true }
}

/** The fields of one record. A quotation mark inside an unquoted field is an ordinary character. */
export function splitRecord(text: string, delimiter: string): string[] {
  if (!text.includes('"')) return text.split(delimiter)
  const fields: string[] = []
  let at = 0
  for (;;) {
    let value = ''
    if (text[at] === '"') {
      at += 1
      for (;;) {
        const end = text.indexOf('"', at)
        if (end < 0) {
          value += text.slice(at)
          at = text.length
          break
        }
        value += text.slice(at, end)
        at = end + 1
        if (text[at] !== '"') break
        value += '"'
        at += 1
      }
    }
    const end = text.indexOf(delimiter, at)
    fields.push(value + text.slice(at, end < 0 ? text.length : end))
    if (end < 0) return fields
    at = end + delimiter.length
  }
}

/** In some countries spreadsheets take the full-width signs for the plain ones. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/
const figure = /^[+-]?\d{1,11}(\.\d+)?%?$/
/** A spreadsheet shows eleven digits, drops zeros in front and takes 3-12 for a day: numbers of people, phones and rooms would come back as others. */
const mangled = /^\+?\d{12,}$|^\+\d{8,}$|^0\d+$|^\d+[Ee]\d+$|^\d{1,4}[-/]\d{1,2}$/

/** One record as a spreadsheet reads it back. What it would take for a formula, and numbers that it would change, are written as text. */
export function joinRecord(cells: readonly string[]): string {
  return cells
    .map((cell) => {
      const plain = mangled.test(cell) ? `\t${cell}` : formula.test(cell) && !figure.test(cell) ? `'${cell}` : cell
      return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
    })
    .join(',')
}

export type Encoding = 'utf-8' | 'gb18030'
const decoders = { 'utf-8': new TextDecoder('utf-8', { fatal: true }), gb18030: new TextDecoder('gb18030', { fatal: true }) }

/** Text of a record; null where its bytes are not of this encoding. */
export function decodeRecord(bytes: Uint8Array, encoding: Encoding): string | null {
  try {
    return decoders[encoding].decode(bytes)
  } catch {
    return null
  }
}

/** How the file is written, from its first bytes. Null: no delimited text (a workbook, a page, UTF-16), to be opened in another way. */
export function sniff(head: Uint8Array): { encoding: Encoding; delimiter: string; starts: number } | null {
  if (head[0] === 0x50 && head[1] === 0x4b) return null
  if (head[0] === 0xd0 && head[1] === 0xcf) return null
  if (head.includes(0) || (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) return null
  const starts = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0
  const body = head.subarray(starts)
  // The window may cut the last character.
  const encoding = [0, 1, 2, 3].some((cut) => decodeRecord(body.subarray(0, body.length - cut), 'utf-8') !== null) ? 'utf-8' : 'gb18030'
  const text = new TextDecoder(encoding).decode(body)
  if (/^\s*<(!doctype|\?xml|html|head|meta|table)/i.test(text) || /^%PDF|^\{\\rtf/.test(text)) return null
  return { encoding, delimiter: delimiterOf(text), starts }
}

function delimiterOf(text: string): string {
  const lines = text.slice(0, 20_000).replace(/"[^"]*"/g, '').split(/\r\n|\r|\n/).filter((line) => line.trim() !== '').slice(0, 30)
  let best = ','
  let most = 0
  for (const delimiter of [',', '\t', ';', '|']) {
    const counts = lines.map((line) => line.split(delimiter).length - 1).toSorted((a, b) => a - b)
    const middle = counts[Math.floor(counts.length / 2)] ?? 0
    if (middle > most) [best, most] = [delimiter, middle]
  }
  return best
}
