/** How a report is to be made, said in the reader's own language: the reading keeps one short word for each way. Pure. */
const channels: readonly { read: readonly string[]; zh: string; en: string }[] = [
  { read: ['email', 'e-mail', 'mail', '邮箱'], zh: '邮箱', en: 'by mail' },
  { read: ['phone', 'telephone', '电话'], zh: '电话', en: 'by telephone' },
  { read: ['system', '系统'], zh: '系统', en: 'in the system' },
  { read: ['OA', 'oa'], zh: 'OA 系统', en: 'in the office system' },
]

const each = (text: string, word: (part: string) => string): string => text.split(/(\s*[;；、]\s*)/).map((part, index) => (index % 2 ? part : word(part))).join('')

/** "学校办公室; email" → "学校办公室; 邮箱": as it is stored. */
export const inChinese = <T extends string | null>(reportTo: T): T => (reportTo === null ? reportTo : (each(reportTo, (part) => channels.find((one) => one.read.includes(part.trim()))?.zh ?? part) as T))
/** The same for an English screen; names of units stay as they are. */
export const inEnglish = (reportTo: string): string => each(reportTo, (part) => channels.find((one) => one.read.includes(part.trim()) || one.zh === part.trim())?.en ?? part)
