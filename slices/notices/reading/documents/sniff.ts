/** What a file is, by its first bytes; the name only decides between things that look alike. */
import { guessUtf16 } from './encoding.ts'
import type { RefusalCode } from './refusals.ts'

export type Kind = 'zip' | 'pdf' | 'ole' | 'html' | 'text'

const starts = (bytes: Uint8Array, ...magic: number[]): boolean => magic.every((byte, i) => bytes[i] === byte)
const latin = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to))

/** The kind of a file, or the reason why it cannot be read. */
export function sniff(bytes: Uint8Array, fileName: string): { kind: Kind } | { refused: RefusalCode } {
  if (bytes.length === 0) return { refused: 'empty' }
  const ending = /\.([a-z0-9]{1,8})$/i.exec(fileName)?.[1]?.toLowerCase() ?? ''
  if (starts(bytes, 0x50, 0x4b, 0x03, 0x04) || starts(bytes, 0x50, 0x4b, 0x05, 0x06)) return ending === 'ofd' ? { refused: 'ofd' } : { kind: 'zip' }
  if (latin(bytes, 0, Math.min(1024, bytes.length)).includes('%PDF-')) return { kind: 'pdf' }
  if (starts(bytes, 0xd0, 0xcf, 0x11, 0xe0)) {
    if (holdsName(bytes, 'EncryptedPackage')) return { refused: 'protected' }
    return !holdsName(bytes, 'WordDocument') && ['Workbook', 'Book', 'PowerPoint Document'].some((name) => holdsName(bytes, name)) ? { refused: 'not-doc' } : { kind: 'ole' }
  }
  if (latin(bytes, 0, 4) === 'Rar!' || starts(bytes, 0x37, 0x7a, 0xbc, 0xaf) || starts(bytes, 0x1f, 0x8b)) return { refused: 'archive' }
  if (starts(bytes, 0x49, 0x49, 0x2a, 0x00) || starts(bytes, 0x4d, 0x4d, 0x00, 0x2a) || /^ftyp(hei|hev|mif1|avif)/.test(latin(bytes, 4, 12))) return { refused: 'image' }
  if (latin(bytes, 0, 5) === '{\\rtf') return { refused: 'rtf' }
  if (starts(bytes, 0xff, 0xd8, 0xff) || starts(bytes, 0x89, 0x50, 0x4e, 0x47) || latin(bytes, 0, 4) === 'GIF8' || starts(bytes, 0x42, 0x4d, bytes[2] ?? 0) && ending === 'bmp' || latin(bytes, 8, 12) === 'WEBP') return { refused: 'image' }
  if (isBinary(bytes)) return { refused: ending === 'wps' ? 'wps' : ending === 'doc' ? 'broken-doc' : ending === 'docx' ? 'broken-docx' : ending === 'pdf' ? 'broken-pdf' : 'binary' }
  if (ending === 'docx') return { refused: 'broken-docx' }
  if (ending === 'pdf') return { refused: 'broken-pdf' }
  const head = latin(bytes, 0, Math.min(4096, bytes.length)).toLowerCase().replace(/\0/g, '')
  // Office systems hand these out under the name .doc.
  if (/^\s*(mime-version|received|return-path|content-type):/.test(head) || (/^\s*(from|to|subject|date):/.test(head) && /\n(mime-version|content-type|received):/.test(head))) return { refused: 'mail' }
  if (/<\?mso-application|<w:worddocument|<pkg:package/.test(head)) return { refused: 'word-xml' }
  if (/<(!doctype\s+html|html|head|body|meta|div|table|p[\s>])/.test(head)) return { kind: 'html' }
  return { kind: /^(html?|xhtml|mht)$/.test(ending) ? 'html' : 'text' }
}

/** Streams of such a container are listed by UTF-16 names. */
function holdsName(bytes: Uint8Array, name: string): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from(`${name}\0`, 'utf16le'))
}

/** Control characters that no text has. UTF-16 is text although its bytes look like anything. */
function isBinary(bytes: Uint8Array): boolean {
  if (starts(bytes, 0xff, 0xfe) || starts(bytes, 0xfe, 0xff) || guessUtf16(bytes) !== null) return false
  const sample = bytes.subarray(0, 65_536)
  let control = 0
  for (const byte of sample) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) control++
  return control > 2 && control > sample.length * 0.002
}
