/** Cuts a clause into sentences and a sentence into segments (小句), and hides what stands in quotes and brackets. */

export type Piece = { start: number; end: number }

/** The text with the inside of quotes, titles and brackets blanked out, so that no verb is found there. Same length. */
export function maskQuotes(text: string): string {
  const chars = text.split('')
  const close: Record<string, string> = { '“': '”', '《': '》', '(': ')', '【': '】', '‘': '’' }
  for (let i = 0; i < chars.length; i++) {
    const open = chars[i] ?? ''
    const end = close[open]
    if (end === undefined) continue
    let j = i + 1
    while (j < chars.length && j - i <= 80 && chars[j] !== end && chars[j] !== '\n') j++
    // (未成年人不得入内): an order of its own in brackets.
    if (open === '(' && j - i >= 8 && /不得|严禁|禁止|不准|一律不/.test(text.slice(i, j)) && /[\n。;!?,:]/.test(`${text.charAt(i - 1)}\n`.charAt(0)) && /[\n。;!?]/.test(`${text.charAt(j + 1)}\n`.charAt(0))) continue
    // “……”改为“……谁都不进”: what a correction puts in its place is what holds.
    if (open === '“' && /(?:改为|应为|更正为|调整为|修改为|改成):?$/.test(text.slice(Math.max(0, i - 5), i))) continue
    // “非必要不举办” is an order in quotation marks.
    // 有的楼顶“严禁堆物”的牌子: a sign, not an order.
    if (open === '“' && /[三两]点一线|一票否决/.test(text.slice(i, j))) continue
    if (open === '“' && !/^”的?(?:牌|标语|标志|标识|字样|横幅|告示|口号|说法)/.test(text.slice(j, j + 5)) && /非必要不|不得|严禁|一律不/.test(text.slice(i, j))) continue
    // An unclosed or very long quotation hides nothing.
    if (chars[j] !== end || (open === '“' && j - i > 40) || (open === '(' && /[。;]/.test(text.slice(i, j)) && j - i > 30)) continue
    for (let k = i + 1; k < j; k++) chars[k] = '□'
    i = j
  }
  return chars.join('')
}

/** Arrows, squares, crosses, pictures: what messages put before an order instead of a number. */
export const isOrnament = (code: number): boolean => (code >= 0x2190 && code <= 0x21ff) || (code >= 0x25a0 && code <= 0x27bf) || code === 0xfe0f || (code >= 0xd83c && code <= 0xd83e) || (code >= 0xdc00 && code <= 0xdfff)

/** Sentences of text[start, end): cut at 。；！？ and line ends. */
export function splitSentences(masked: string, start: number, end: number): Piece[] {
  const out: Piece[] = []
  let from = start
  for (let i = start; i <= end; i++) {
    const char = i < end ? masked.charAt(i) : '\n'
    const stop = char === '。' || char === ';' || char === '!' || char === '?' || char === '\n' || (char === '.' && isFullStop(masked, i))
    if (!stop) continue
    const to = char === '\n' ? i : i + 1
    if (masked.slice(from, to).trim() !== '') out.push({ start: from, end: Math.min(to, end) })
    from = i + 1
  }
  return out
}

/** A half-width full stop between Chinese characters, or at a line's end, closes a sentence. */
function isFullStop(masked: string, index: number): boolean {
  return /\p{Script=Han}/u.test(masked.charAt(index - 1)) && (index + 1 >= masked.length || /[\n\d\p{Script=Han}]/u.test(masked.charAt(index + 1)))
}

const NEW_BAN = /^、(?:严禁|禁止|不得|不准|请勿|切勿|不要)/
/** 不准吸烟、不准点蜡烛: the second ban of a row belongs to the first. */
const BAN_BEFORE = /严禁|禁止|不得|不准|不许|勿|不要/
/** 当场交办、次日复查; 逢单日……、逢双日……: each act has its own time. */
const NEW_RHYTHM = /^、(?:逢|每[日天周月晚]|隔[日天周]|次日|翌日|(?:\p{Script=Han}{1,5}后)?(?:\d{1,2}|[一二两三半])(?:个)?(?:小时|分钟|天|日)内|(?!表前)\p{Script=Han}{1,4}(?:前|后|(?<!小)时)(?=\p{Script=Han}{2,}))/u
/** 餐具每餐消毒、生熟食品不得混放: a prohibition with its own topic behind an act. */
const NAMED_BAN = /^、\p{Script=Han}{2,8}(?:不得|严禁|禁止|不准|不要)/u
/** What stands before has a time of its own, so what follows is an act apart; 逐一登记、每日测温两次 is one. */
const OWN_TIME = /每|逢|隔[日天周]|当[日天场]|[\d半一二两三]个?(?:小时|分钟|天|日)内|[前时后]/
const RUNNING = /^[、,]?(?:[一二三四五六七八九十]{1,2})(?:是|要)(?!否)/

/** Segments of a sentence: cut at commas, behind short labels, before 并由 and before a further prohibition. */
export function splitSegments(masked: string, start: number, end: number): Piece[] {
  const out: Piece[] = []
  let from = start
  const cut = (to: number, next: number): void => {
    if (masked.slice(from, to).replace(/[\s,。;!?:]/g, '') !== '') out.push({ start: from, end: to })
    from = next
  }
  for (let i = start; i < end; i++) {
    const char = masked.charAt(i)
    if (char === ',') cut(i, i + 1)
    // 抓一个处理一个——千万别干: a dash parts as a comma does.
    else if (char === '-' && masked.charAt(i + 1) === '-' && /[\p{Script=Han}]/u.test(masked.charAt(i - 1)) && /[\p{Script=Han}]/u.test(masked.charAt(i + 2)) && i - from >= 4) cut(i, i + 2)
    else if (char === ':' && !(/\d/.test(masked.charAt(i - 1)) && /\d/.test(masked.charAt(i + 1)))) cut(i, i + 1)
    else if (char === '、' && ((NEW_BAN.test(masked.slice(i, i + 4)) && !BAN_BEFORE.test(masked.slice(from, i))) || (RUNNING.test(masked.slice(i, i + 5)) && i - from > 6))) cut(i, i + 1)
    else if (char === '、' && i - from >= 6 && NEW_RHYTHM.test(masked.slice(i, i + 12)) && OWN_TIME.test(masked.slice(from, i)) && !/(?:[一二三四五六日天两]|\d[日号时点]?|分|内|前|后|时)$/.test(masked.slice(from, i))) cut(i, i + 1)
    else if (char === '、' && NAMED_BAN.test(masked.slice(i, i + 14)) && OWN_TIME.test(masked.slice(from, i))) cut(i, i + 1)
    else if (char === '并' && (masked.charAt(i + 1) === '由' || /^并[于在]?(?:于|\d|当[日天]|[一二两三半]个?[小天日])/.test(masked.slice(i, i + 5))) && i - from >= 6) cut(i, i)
    // 停止营业并引导人员疏散: what is stopped, and what is done instead.
    else if (char === '并' && /(?:停止|暂停|停[课业工运产])[^,并]{0,8}$/.test(masked.slice(from, i)) && /^并(?:立即|及时|同时)?(?:引导|组织|疏散|转移|撤离|安排|上报|报告|通知|启动|劝返)/.test(masked.slice(i, i + 6))) cut(i, i)
    else if (/[。;!?\n]/.test(char) || (char === '.' && i === end - 1)) cut(i, i + 1)
  }
  cut(end, end)
  return out
}
