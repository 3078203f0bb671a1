/**
 * Puts right runs that lost one byte. Some web sites convert to Traditional, store GBK, and lose a lead byte: it is printed `?` and
 * everything behind it is read one byte out of step (`返校。現` → `返?！，F`). We encode the run again, try every lead byte in
 * front, and keep the one reading that makes a word with its neighbours. What comes out is a proposal and is marked as such.
 */
import iconv from 'iconv-lite'
import { ACTOR_ENDINGS, KNOWN_UNITS } from './knowledge/actors.ts'
import { MUST_NOT, MUST_STRONG, STOPPING } from './knowledge/modality.ts'
import { CONCRETE_OBJECTS } from './knowledge/objects.ts'
import { EVENTS } from './knowledge/times.ts'
import { ACTS, SEMI, VAGUE } from './knowledge/verbs.ts'
import { words } from './knowledge/words.ts'
import { toSimplified } from './script.ts'

export type ShiftedRun = { start: number; end: number; repaired: string }

/** Punctuation that was full width before someone narrowed it. */
const WIDEN: Record<string, string> = { ',': '，', '!': '！', ';': '；', ':': '：', '?': '？', '(': '（', ')': '）' }

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })
const MAX_RUN = 24
const MAX_RUNS = 60

/** Words of notices, Simplified: the longest that the character in doubt completes decides. */
const KNOWN = new Set([...ACTS, ...SEMI, ...VAGUE, ...STOPPING, ...MUST_NOT, ...MUST_STRONG, ...KNOWN_UNITS, ...ACTOR_ENDINGS, ...CONCRETE_OBJECTS, ...EVENTS, ...words('返校 高校 学校 离校 到校 在校 我校 全校 各校 院校 住校 留校 本校 现将 现就 通知 如下 校园 师生 食堂 宿舍 教学楼 供暖 管道 专业 专业人员 作业 施工作业 毕业 物业 企业 就业 林场 农场 操场 现场 市场 广场 一切 教学 教室 门禁 车库 安全 人员 情况 工作 疫情 防控 学生 老师 各单位 各部门 各学院')])
const LONGEST = 6

const judged = new Map<string, boolean>()

function isWord(text: string): boolean {
  const known = judged.get(text)
  if (known !== undefined) return known
  const parts = [...segmenter.segment(text)]
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

/** Twice the length of the longest word of notices that holds the first character behind `before`; 0 for none. */
function longestKnown(before: string, decoded: string): number {
  const line = toSimplified(before + decoded)
  const at = [...before].length
  for (let size = Math.min(LONGEST, line.length); size > 1; size--)
    for (let from = Math.max(0, at - size + 1); from <= at && from + size <= line.length; from++) if (KNOWN.has(line.slice(from, from + size))) return size * 2
  return 0
}

function repairAt(text: string, at: number): ShiftedRun | null {
  // A sound in brackets may stand between the character before and the lost one.
  const before = /(\p{Script=Han}{1,4})$/u.exec(text.slice(Math.max(0, at - 24), at).replace(/\([^()]{1,6}\)/g, ''))?.[1] ?? ''
  if (before === '' && !/[,，.。;；:：、\d\n]/.test(text[at - 1] ?? '\n')) return null
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
  const behind = text.slice(end, end + 16).replace(/\([^()]{1,6}\)/g, '').slice(0, 3)
  let best: { repaired: string; score: number } | null = null
  let rival = 0
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    const decoded = iconv.decode(Buffer.concat([Buffer.of(lead), bytes]), 'gbk')
    if (/[\ufffd\u0000-\u007f\ue000-\uf8ff]/.test(decoded)) continue
    const first = decoded[0] ?? ''
    if (!/\p{Script=Han}/u.test(first)) continue
    const last = before.slice(-1)
    let score = longestKnown(before, decoded + behind)
    if (last !== '' && isWord(last + first)) score += 1
    if (decoded[1] && /\p{Script=Han}/u.test(decoded[1]) && isWord(first + decoded[1])) score += 1
    if (score > (best?.score ?? 0)) {
      rival = best?.score ?? 0
      best = { repaired: decoded, score }
    } else rival = Math.max(rival, score)
  }
  // One common word by chance is not enough.
  if (!best || best.score < 2 || best.score === rival) return null
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
