import { RosterRefused } from './refusal.ts'

const strictUtf8 = new TextDecoder('utf-8', { fatal: true })
const strictGb = new TextDecoder('gb18030', { fatal: true })

/**
 * Text of a .csv, .tsv or pasted table in whatever encoding Excel, WPS or a student system wrote it:
 * UTF-8 with or without a byte order mark, UTF-16, or GB18030 (and so GBK and GB2312).
 */
export function decodeText(bytes: Uint8Array): string {
  const [a, b, c] = bytes
  if (a === 0xff && b === 0xfe) return decodeUtf16(bytes.subarray(2), 'utf-16le')
  if (a === 0xfe && b === 0xff) return decodeUtf16(bytes.subarray(2), 'utf-16be')
  if (a === 0xef && b === 0xbb && c === 0xbf) return decodeUtf8(bytes.subarray(3))
  const bare = guessBareUtf16(bytes)
  if (bare) return decodeUtf16(bytes, bare)
  const nul = bytes.indexOf(0)
  if (nul >= 0) throw isText(bytes.filter((byte) => byte !== 0)) ? holed(bytes, nul) : notText()
  return decodeUtf8(bytes)
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return strictUtf8.decode(bytes)
  } catch {
    refuseDamagedUtf8(bytes)
  }
  try {
    return strictGb.decode(bytes)
  } catch {
    throw notText()
  }
}

/** Bytes that are UTF-8 but for a few must not be read as GB18030: that would turn every name into another one. */
function refuseDamagedUtf8(bytes: Uint8Array): void {
  const loose = new TextDecoder('utf-8').decode(bytes)
  let broken = 0
  let whole = 0
  for (const char of loose) {
    if (char === '\uFFFD') broken += 1
    else if (char > '\u07FF') whole += 1
  }
  if (whole < 4 || broken * 4 > whole) return
  const line = loose.slice(0, loose.indexOf('\uFFFD')).split('\n').length
  throw new RosterRefused(
    'broken',
    `文件是 UTF-8 编码，但第 ${line} 行附近有损坏的字节，可能没有传完整。请重新导出后再试。`,
    `The file is UTF-8 but has damaged bytes near line ${line}; it may be cut off. Export it again.`,
  )
}

function decodeUtf16(bytes: Uint8Array, label: 'utf-16le' | 'utf-16be'): string {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: false }).decode(bytes)
  } catch {
    throw new RosterRefused(
      'broken',
      '文件是 UTF-16 编码，但内容已损坏。请重新导出后再试。',
      'The file is UTF-16 but damaged. Export it again.',
    )
  }
}

/** "Unicode text" saved without a mark: line ends and commas still show which half of each pair is zero. */
function guessBareUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes.length < 4 || bytes.length % 2) return undefined
  let little = 0
  let big = 0
  const end = Math.min(bytes.length, 4000)
  for (let i = 0; i + 1 < end; i += 2) {
    const [x, y] = [bytes[i] ?? 0, bytes[i + 1] ?? 0]
    const plain = (n: number): boolean => n === 9 || n === 10 || n === 13 || (n >= 32 && n < 127)
    if (plain(x) && y === 0) little += 1
    if (x === 0 && plain(y)) big += 1
    if (x === 0 && y === 0) return undefined
  }
  if (Math.max(little, big) * 10 < end / 2) return undefined
  return little > big ? 'utf-16le' : 'utf-16be'
}

function isText(bytes: Uint8Array): boolean {
  try {
    return /^[^\u0001-\u0008\u000e-\u001f]+$/.test(decodeUtf8(bytes))
  } catch {
    return false
  }
}

/** Text with bytes of nothing in it: a copy that broke off, or a disk that was full when it was saved. */
function holed(bytes: Uint8Array, nul: number): RosterRefused {
  const line = bytes.subarray(0, nul).filter((byte) => byte === 10).length + 1
  return new RosterRefused(
    'broken',
    `第 ${line} 行有空字节，文件可能没有保存完整。请从原系统重新导出后再试。`,
    `Line ${line} holds bytes of nothing; the file may not have been saved to the end. Export it again.`,
  )
}

function notText(): RosterRefused {
  return new RosterRefused(
    'not-a-sheet',
    '这不是表格文件：既不是 Excel 工作簿，也不是 UTF-8、UTF-16 或 GB18030 编码的文本。',
    'This is not a table: neither an Excel workbook nor text in UTF-8, UTF-16 or GB18030.',
  )
}
