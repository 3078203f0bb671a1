/** Bytes to text: UTF-8, UTF-16, GB18030, Big5, with or without a mark, with or without a word from the document itself. */

export type Decoded = { text: string; encoding: string; sure: boolean }

/** Characters every notice is full of, in both scripts: the right encoding shows many of them. */
const FREQUENT = new Set('的一是在不了有和人这这為为之大来以各学學校通知关關于於做好工作单位單及时時防控疫情要年月日请請生部门門安全组织組織进進行须須得将將')

function plausibility(text: string): number {
  let good = 0
  let bad = 0
  for (const char of text.slice(0, 20_000)) {
    if (FREQUENT.has(char)) good++
    else if (char === '\ufffd' || /[\ue000-\uf8ff]/.test(char)) bad++
  }
  return (good - bad * 5) / Math.max(1, Math.min(text.length, 20_000))
}

function decode(bytes: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding).decode(bytes)
}

const ALIASES: Record<string, string> = { gb2312: 'gb18030', gbk: 'gb18030', gb18030: 'gb18030', 'x-gbk': 'gb18030', 'gb-2312': 'gb18030', big5: 'big5', 'big5-hkscs': 'big5', 'utf-8': 'utf-8', utf8: 'utf-8', unicode: 'utf-8', 'utf-16': 'utf-16le', 'utf-16le': 'utf-16le', 'utf-16be': 'utf-16be' }

/** Decodes a text file; `declared` is what the document says of itself (a meta element). */
export function decodeText(bytes: Uint8Array, declared: string | null = null): Decoded {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { text: decode(bytes.subarray(3), 'utf-8'), encoding: 'utf-8', sure: true }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: decode(bytes.subarray(2), 'utf-16le'), encoding: 'utf-16le', sure: true }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: decode(bytes.subarray(2), 'utf-16be'), encoding: 'utf-16be', sure: true }
  const wide = guessUtf16(bytes)
  if (wide !== null) return { text: decode(bytes, wide), encoding: wide, sure: false }
  try {
    // Valid UTF-8 with Chinese in it is UTF-8, whatever the page declares.
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8', sure: true }
  } catch {
    const named = declared === null ? null : ALIASES[declared.toLowerCase().trim()] ?? null
    const candidates = ['gb18030', 'big5', ...(named !== null && named !== 'gb18030' && named !== 'big5' ? [named] : [])]
    let best: Decoded & { score: number } = { text: '', encoding: 'gb18030', sure: false, score: -Infinity }
    for (const encoding of [...candidates, 'utf-8']) {
      const text = decode(bytes, encoding)
      const score = plausibility(text) + (encoding === named ? 0.02 : 0)
      if (score > best.score) best = { text, encoding, sure: encoding === named, score }
    }
    return { text: best.text, encoding: best.encoding, sure: best.sure }
  }
}

/** UTF-16 without a mark: read that way nearly everything is Chinese, punctuation or ASCII; and it is not valid UTF-8. */
export function guessUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes.length < 8 || bytes.length % 2 !== 0) return null
  const sample = bytes.subarray(0, 8_192)
  for (const encoding of ['utf-16le', 'utf-16be'] as const) {
    const text = decode(sample, encoding)
    const usual = text.match(/[\u4e00-\u9fa5\u3000-\u303f\uff01-\uff5e\u2010-\u201f\n\r\t\x20-\x7e]/g)?.length ?? 0
    if (usual >= text.length * 0.95 && plausibility(text) > 0.03 && !isUtf8(bytes)) return encoding
  }
  return null
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return !bytes.subarray(0, 65_536).includes(0)
  } catch {
    return false
  }
}

/** Is this readable text at all, and not a mojibake or a dump? */
export function looksLikeText(text: string): boolean {
  const sample = text.slice(0, 20_000)
  let strange = 0
  for (const char of sample) if (char === '\ufffd' || /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(char)) strange++
  return strange <= Math.max(3, sample.length * 0.02)
}
