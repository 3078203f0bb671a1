/** To whom and how a report goes, in the reader's words: 学校办公室; 邮箱. */
import { language, read } from '#ui/words.ts'
import { inChinese, inEnglish } from '../reading/channels.ts'

export const reportName = (reportTo: string): string => (language() === 'en' ? inEnglish(reportTo) : read(inChinese(reportTo)))
