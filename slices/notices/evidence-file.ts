/** What may be kept as evidence, judged by its bytes; and what of a picture is not kept: where and with what it was taken. */

export type EvidenceKind = 'jpeg' | 'png' | 'gif' | 'webp' | 'pdf' | 'zip' | 'ole' | 'text'

const endings: Record<EvidenceKind, readonly string[]> = {
  jpeg: ['jpg', 'jpeg'], png: ['png'], gif: ['gif'], webp: ['webp'], pdf: ['pdf'],
  zip: ['zip', 'docx', 'xlsx', 'pptx', 'ofd'], ole: ['doc', 'xls', 'ppt', 'wps', 'et', 'dps'], text: ['txt', 'csv', 'tsv', 'md', 'log'],
}
const mediaTypes: Record<EvidenceKind, string> = { jpeg: 'image/jpeg', png: 'image/png', gif: 'image/gif', webp: 'image/webp', pdf: 'application/pdf', zip: 'application/zip', ole: 'application/octet-stream', text: 'text/plain' }

const starts = (bytes: Uint8Array, ...magic: number[]) => magic.every((byte, at) => bytes[at] === byte)
const latin = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to))

/** By the first bytes; null where it is nothing that an office hands in. */
export function kindOfEvidence(bytes: Uint8Array): EvidenceKind | null {
  if (starts(bytes, 0xff, 0xd8, 0xff)) return 'jpeg'
  if (starts(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png'
  if (/^GIF8[79]a$/.test(latin(bytes, 0, 6))) return 'gif'
  if (latin(bytes, 0, 4) === 'RIFF' && latin(bytes, 8, 12) === 'WEBP') return 'webp'
  if (latin(bytes, 0, 5) === '%PDF-') return 'pdf'
  if (starts(bytes, 0x50, 0x4b, 0x03, 0x04)) return 'zip'
  if (starts(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return 'ole'
  return isText(bytes) ? 'text' : null
}

/** UTF-8, GB18030 or UTF-16: no control characters that texts have not, and no page that a browser would run. */
function isText(bytes: Uint8Array): boolean {
  if (starts(bytes, 0xff, 0xfe) || starts(bytes, 0xfe, 0xff)) return true
  const sample = bytes.subarray(0, 65_536)
  for (const byte of sample) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) return false
  return true
}

export interface TakenEvidence {
  name: string
  bytes: Uint8Array
  kind: EvidenceKind
}

/** The file as it is kept; null where it is not taken. Its name gets the ending of what it is. */
export function takeEvidence(name: string, bytes: Uint8Array): TakenEvidence | null {
  const kind = kindOfEvidence(bytes)
  if (!kind) return null
  const clean = cleanName(name)
  const ending = /\.([a-z0-9]{1,8})$/i.exec(clean)?.[1]?.toLowerCase() ?? ''
  const fits = endings[kind].includes(ending)
  // A program in a .zip coat, a page in a text's: not under that name.
  if (!fits && (kind === 'zip' || kind === 'ole' || kind === 'text')) return null
  return { kind, name: fits ? clean : `${clean.replace(/\.[a-z0-9]{1,8}$/i, '')}.${endings[kind][0]}`, bytes: withoutOrigin(kind, bytes) }
}

export const mediaTypeOf = (bytes: Uint8Array): string => mediaTypes[kindOfEvidence(bytes) ?? 'ole']

/** One line without path, control or direction characters. */
function cleanName(name: string): string {
  const line = (name.split(/[\\/]/).at(-1) ?? '').replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, '').trim().slice(-120)
  return line || 'file'
}

/** A picture without place, time, device and comments. What cannot be followed to its end stays as it is. */
export function withoutOrigin(kind: EvidenceKind, bytes: Uint8Array): Uint8Array {
  if (kind === 'jpeg') return cleanJpeg(bytes)
  if (kind === 'png') return cleanPng(bytes)
  if (kind === 'webp') return cleanWebp(bytes)
  return bytes
}

const word = (bytes: Uint8Array, at: number) => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)

function cleanJpeg(bytes: Uint8Array): Uint8Array {
  const kept: Uint8Array[] = [bytes.subarray(0, 2)]
  let turned = 1
  let at = 2
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0
    // Fill bytes before a marker.
    if (marker === 0xff) {
      at++
      continue
    }
    if (marker === 0xda) break
    const end = at + 2 + word(bytes, at + 2)
    if (end > bytes.length) return bytes
    const segment = bytes.subarray(at, end)
    if (marker === 0xe1) turned = orientationOf(segment) ?? turned
    // JFIF, colour profile and Adobe's colour transform say how it looks; all else says where it comes from.
    const looks = marker === 0xe0 || marker === 0xee || (marker === 0xe2 && latin(segment, 4, 15) === 'ICC_PROFILE')
    if (looks || !((marker >= 0xe0 && marker <= 0xef) || marker === 0xfe)) kept.push(segment)
    at = end
  }
  if (bytes[at] !== 0xff || bytes[at + 1] !== 0xda) return bytes
  const coded = bytes.subarray(at, endOfScan(bytes, at))
  return joined([...kept.slice(0, 1), ...(turned === 1 ? [] : [orientation(turned)]), ...kept.slice(1), coded])
}

/** Where the picture ends: behind it cameras hang thumbnails and films. Tables between scans are stepped over, so that nothing in them is taken for the end. */
function endOfScan(bytes: Uint8Array, from: number): number {
  let at = from + 2 + word(bytes, from + 2)
  while (at + 1 < bytes.length) {
    const marker = bytes[at] === 0xff ? (bytes[at + 1] ?? 0) : 0
    if (marker === 0xd9) return at + 2
    // Coded bytes, a stuffed byte, a restart.
    if (marker === 0 || marker === 0xff || (marker >= 0xd0 && marker <= 0xd7)) at += marker === 0xff ? 1 : bytes[at] === 0xff ? 2 : 1
    else at += 2 + Math.max(2, word(bytes, at + 2))
  }
  return bytes.length
}

/** How the camera was held (1 to 8), from the first directory of the Exif. */
function orientationOf(segment: Uint8Array): number | null {
  if (latin(segment, 4, 10) !== 'Exif\0\0') return null
  const tiff = segment.subarray(10)
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength)
  if (tiff.length < 14) return null
  const little = latin(tiff, 0, 2) === 'II'
  const directory = view.getUint32(4, little)
  if (directory + 2 > tiff.length) return null
  const entries = view.getUint16(directory, little)
  for (let index = 0; index < entries; index++) {
    const entry = directory + 2 + index * 12
    if (entry + 12 > tiff.length) return null
    if (view.getUint16(entry, little) !== 0x0112) continue
    const value = view.getUint16(entry + 8, little)
    return value >= 1 && value <= 8 ? value : null
  }
  return null
}

/** An Exif that says nothing but which way is up. */
const orientation = (value: number) =>
  Uint8Array.of(0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, value, 0, 0, 0, 0, 0, 0)

function cleanPng(bytes: Uint8Array): Uint8Array {
  const kept: Uint8Array[] = [bytes.subarray(0, 8)]
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 8
  while (at + 12 <= bytes.length) {
    const end = at + 12 + view.getUint32(at)
    if (end > bytes.length) return bytes
    const name = latin(bytes, at + 4, at + 8)
    if (!['eXIf', 'tEXt', 'iTXt', 'zTXt', 'tIME'].includes(name)) kept.push(bytes.subarray(at, end))
    at = end
    if (name === 'IEND') return joined(kept)
  }
  return bytes
}

function cleanWebp(bytes: Uint8Array): Uint8Array {
  const kept: Uint8Array[] = []
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 12
  while (at + 8 <= bytes.length) {
    const size = view.getUint32(at + 4, true)
    const end = at + 8 + size + (size % 2)
    if (end > bytes.length) return bytes
    const name = latin(bytes, at, at + 4)
    const chunk = bytes.slice(at, end)
    // The flags of its head must not promise what is gone.
    if (name === 'VP8X') chunk[8] = (chunk[8] ?? 0) & ~0b0000_1100
    if (name !== 'EXIF' && name !== 'XMP ') kept.push(chunk)
    at = end
  }
  const body = joined(kept)
  const head = bytes.slice(0, 12)
  new DataView(head.buffer).setUint32(4, body.length + 4, true)
  return joined([head, body])
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
