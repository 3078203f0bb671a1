import { toHant } from '#kernel/hant.ts'
import type { Language } from '#kernel/words.ts'

/** The fixed words of a brief in one language. */
export interface Words {
  language: Language
  drillMark: string
  drillBanner: string
  drillTitle: string
  dataAsOf: string
  attachment: string
  attachmentNote: string
  sources: string
  sourcesIntro: string
  copyTo: string
  printed: string
  colon: string
  stop: string
  tableLabel: (n: number) => string
  editionLabel: (n: number) => string
  note: string
  figureColumns: { mark: string; value: string; label: string; query: string; asOf: string; rows: string }
  figuresSheet: string
}

const chinese: Words = {
  language: 'zh-Hans',
  drillMark: '演练 DRILL',
  drillBanner: '演练 DRILL  仅供演练，并非真实情况',
  drillTitle: '【演练】',
  dataAsOf: '数据截至：',
  attachment: '附件',
  attachmentNote: '附件：',
  sources: '数据来源',
  sourcesIntro: '正文和表中数字右上角的编号与本表相对应。每个数字均可按下列取数办法在系统中打开，查到其后各行。',
  copyTo: '抄送：',
  printed: '印发',
  colon: '：',
  stop: '。',
  tableLabel: (n) => `表${n}　`,
  editionLabel: (n) => (n > 1 ? `第${n}版（更正）` : ''),
  note: '注：',
  figureColumns: { mark: '编号', value: '数字', label: '名称', query: '取数办法', asOf: '截至', rows: '行数' },
  figuresSheet: '数字与来源',
}

const english: Words = {
  language: 'en',
  drillMark: 'DRILL 演练',
  drillBanner: 'DRILL 演练  Exercise only, not a real event',
  drillTitle: '[DRILL] ',
  dataAsOf: 'Data as of ',
  attachment: 'Attachment',
  attachmentNote: 'Attachment: ',
  sources: 'Sources of the figures',
  sourcesIntro: 'The raised numbers beside figures in text and tables refer to this list. Every figure can be opened in the system by the question given here, down to the rows behind it.',
  copyTo: 'Copy to: ',
  printed: 'issued',
  colon: ':',
  stop: '.',
  tableLabel: (n) => `Table ${n}  `,
  editionLabel: (n) => (n > 1 ? `Edition ${n} (corrected)` : ''),
  note: 'Note: ',
  figureColumns: { mark: 'No.', value: 'Figure', label: 'Name', query: 'How it is counted', asOf: 'As of', rows: 'Rows' },
  figuresSheet: 'Figures and sources',
}

function traditional(): Words {
  const hant: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(chinese)) hant[key] = typeof value === 'string' ? toHant(value) : value
  const columns = Object.fromEntries(Object.entries(chinese.figureColumns).map(([key, value]) => [key, toHant(value)]))
  return {
    ...chinese,
    ...hant,
    language: 'zh-Hant',
    tableLabel: (n) => toHant(chinese.tableLabel(n)),
    editionLabel: (n) => toHant(chinese.editionLabel(n)),
    figureColumns: { ...chinese.figureColumns, ...columns },
  }
}

/** The fixed words in a language; Traditional Chinese is derived from Simplified. */
export function wordsIn(language: Language): Words {
  if (language === 'en') return english
  return language === 'zh-Hant' ? traditional() : chinese
}

function parts(iso: string, timeZone: string): Record<string, string> {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: '2-digit', hourCycle: 'h23' })
  return Object.fromEntries(format.formatToParts(new Date(iso)).map((part) => [part.type, part.value]))
}

const monthNames = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

/** A date as official documents write it (no leading zeros); anything but an ISO date stays as it is. */
export function dateIn(language: Language, date: string, timeZone: string): string {
  const plain = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date)
  if (!plain && (!/^\d{4}-\d{2}-\d{2}T/.test(date) || Number.isNaN(Date.parse(date)))) return date
  const at = plain ? { year: plain[1], month: String(Number(plain[2])), day: String(Number(plain[3])) } : parts(date, timeZone)
  if (language === 'en') return `${at.day} ${monthNames[Number(at.month) - 1] ?? ''} ${at.year}`
  return `${at.year}年${at.month}月${at.day}日`
}

/** A moment to the minute. */
export function momentIn(language: Language, iso: string, timeZone: string): string {
  const at = parts(iso, timeZone)
  return `${dateIn(language, iso, timeZone)} ${String(at.hour).padStart(2, '0')}:${at.minute}`
}

/** A moment short enough for a column. */
export function shortMoment(iso: string, timeZone: string): string {
  const at = parts(iso, timeZone)
  const two = (text: string | undefined) => String(text).padStart(2, '0')
  return `${at.year}-${two(at.month)}-${two(at.day)} ${two(at.hour)}:${at.minute}`
}

const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九']
/** 1 → 一, 12 → 十二, 120 → 120 (nobody reads further). */
export function chineseNumber(n: number): string {
  if (n > 99) return String(n)
  const tens = Math.floor(n / 10)
  return `${tens > 1 ? digits[tens] : ''}${tens > 0 ? '十' : ''}${digits[n % 10]}`
}
