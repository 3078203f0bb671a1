/** How messages read, in the language of whoever gets them. */
import { toHant } from '#kernel/hant.ts'
import type { Bilingual, Language } from '#kernel/words.ts'
import { digestTitle, fit, type Said } from './rules.ts'

export const inWords = (text: Bilingual, language: Language): string => (language === 'en' ? text.en : language === 'zh-Hant' ? toHant(text.zh) : text.zh)

const product: Bilingual = { zh: '堡垒', en: 'Bulwark' }
const moreLines = (language: Language) => (n: number) => inWords({ zh: `另有 ${n} 条，请打开系统查看。`, en: `${n} more: open the system to see them.` }, language)

/** What a working group reads: the product's name first, by which people know it and robots with a keyword let it through. */
export function groupText(said: readonly Said[], institution: string, language: Language, address: string | null, mostBytes: number): string {
  const head = `【${inWords(product, language)}】${institution}`
  const lines = said.map((one) => `${said.length > 1 ? '· ' : ''}${inWords(one.title, language)}${one.line.zh ? ` ${inWords(one.line, language)}` : ''}`)
  const link = address ? `\n${address}/m/tasks` : ''
  const room = mostBytes - new TextEncoder().encode(`${head}\n${link}`).length
  return `${head}\n${fit(lines, room, moreLines(language)).text}${link}`
}

export interface LetterText {
  subject: string
  text: string
}
/** One mail for all that waits. */
export function letterText(said: readonly Said[], institution: string, language: Language, address: string | null): LetterText {
  const [first] = said
  const subject = said.length === 1 && first ? first.title : digestTitle(said.length).title
  const blocks = said.map((one) => [inWords(one.title, language), inWords(one.line, language), address ? `${address}${one.path}` : ''].filter(Boolean).join('\n'))
  const foot = inWords(
    {
      zh: `${address ? '' : '请打开堡垒查看。'}本邮件由${institution}的堡垒系统自动发出，请勿回复。不想收邮件，可在手机页“我的—提醒方式”中关闭。`,
      en: `${address ? '' : 'Open Bulwark to see it. '}Sent automatically by Bulwark of ${institution}; do not reply. To get no more mail, switch it off under Me, How I am told, on the phone page.`,
    },
    language,
  )
  return { subject: `[${institution}] ${inWords(subject, language)}`.replace(/\s+/g, ' '), text: `${blocks.join('\n\n')}\n\n--\n${foot}\n` }
}
