/**
 * Puts right runs that lost one byte. Some web sites convert to Traditional, store GBK, and lose a lead byte: it is printed `?` and
 * everything behind it is read one byte out of step (`返校。現` → `返?！，F`). We encode the run again, try every lead byte in
 * front, and keep the one reading that makes a word with its neighbours. What comes out is a proposal and is marked as such.
 */
import iconv from 'iconv-lite'

export type ShiftedRun = { start: number; end: number; repaired: string }

/** Punctuation that was full width before someone narrowed it. */
const WIDEN: Record<string, string> = { ',': '，', '!': '！', ';': '；', ':': '：', '?': '？', '(': '（', ')': '）' }

const words = new Intl.Segmenter('zh', { granularity: 'word' })
const MAX_RUN = 24
const MAX_RUNS = 60

/** Words the segmenter's dictionary may not hold but notices are full of. */
const KNOWN = new Set(['返校', '高校', '學校', '学校', '離校', '离校', '到校', '在校', '我校', '全校', '各校', '院校', '住校', '留校', '本校', '現將', '现将', '現就', '现就', '通知', '如下'])

const judged = new Map<string, boolean>()

function isWord(text: string): boolean {
  if (KNOWN.has(text)) return true
  const known = judged.get(text)
  if (known !== undefined) return known
  const parts = [...words.segment(text)]
  const word = parts.length === 1 && parts[0]?.isWordLike === true
  if (judged.size < 50_000) judged.set(text, word)
  return word
}

/** Bytes of a run, full width restored; null where a character has no place in GBK. */
function bytesOf(run: string): Buffer | null {
  const wide = [...run].map((char, i, all) => (i === all.length - 1 && /[\x40-\x7e]/.test(char) ? char : (WIDEN[char] ?? char))).join('')
  const bytes = iconv.encode(wide, 'gbk')
  return iconv.decode(bytes, 'gbk') === wide ? bytes : null
}

function repairAt(text: string, at: number): ShiftedRun | null {
  const before = text[at - 1] ?? ''
  if (!/\p{Script=Han}/u.test(before)) return null
  let end = at + 1
  while (end < text.length && end - at <= MAX_RUN) {
    const char = text[end] ?? ''
    if (/[\s\d]/.test(char)) break
    end++
    if (/[\x40-\x7e]/.test(char)) break
  }
  const run = text.slice(at + 1, end)
  // An honest question mark is followed by ordinary text; a shifted run ends on the odd second byte, a Latin letter or sign.
  if (run.length < 1 || !/[\x40-\x7e]$/.test(run)) return null
  const bytes = bytesOf(run)
  if (!bytes || bytes.length % 2 !== 1) return null
  let best: { repaired: string; score: number } | null = null
  let rival = 0
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    const decoded = iconv.decode(Buffer.concat([Buffer.of(lead), bytes]), 'gbk')
    if (/[\ufffd\u0000-\u007f\ue000-\uf8ff]/.test(decoded)) continue
    const first = decoded[0] ?? ''
    if (!/\p{Script=Han}/u.test(first)) continue
    let score = 0
    if (isWord(before + first)) score += 2
    if (decoded[1] && /\p{Script=Han}/u.test(decoded[1]) && isWord(first + decoded[1])) score += 2
    if (KNOWN.has(before + first)) score += 2
    if (score > (best?.score ?? 0)) {
      rival = best?.score ?? 0
      best = { repaired: decoded, score }
    } else rival = Math.max(rival, score)
  }
  if (!best || best.score === rival) return null
  return { start: at, end, repaired: best.repaired }
}

/** All runs of a text that lost a byte and can be put right with some confidence. */
export function findShiftedRuns(text: string): ShiftedRun[] {
  const runs: ShiftedRun[] = []
  let at = text.indexOf('?')
  let tried = 0
  while (at >= 0 && tried < MAX_RUNS) {
    tried++
    const run = repairAt(text, at)
    if (run) runs.push(run)
    at = text.indexOf('?', run ? run.end : at + 1)
  }
  return runs
}
