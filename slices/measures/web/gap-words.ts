/** How contacts are said. */
import { relative } from '#ui/format.ts'
import { t } from '#ui/words.ts'

interface Contact {
  how: 'call' | 'message' | 'visit' | 'remind'
  outcome: 'reached' | 'no-answer' | 'promised' | 'sent'
  by: string | null
  at: string
}

export const howName = (how: Contact['how']): string => ({ call: t('电话', 'Call'), message: t('信息', 'Message'), visit: t('走访', 'Visit'), remind: t('提醒', 'Reminder') })[how]
export const outcomeName = (outcome: Contact['outcome']): string =>
  ({ reached: t('已联系上', 'reached'), 'no-answer': t('没人接', 'no answer'), promised: t('答应填报', 'promised'), sent: t('已发出', 'sent') })[outcome]

/** 电话 没人接 · 辅甲 · 3 分钟前. */
export const contactText = (contact: Contact): string =>
  [contact.how === 'remind' ? howName('remind') : `${howName(contact.how)} ${outcomeName(contact.outcome)}`, contact.by ?? t('系统', 'system'), relative(contact.at)].join(' · ')

export const demandName = (by: string): string =>
  ({ law: t('法律法规', 'Law'), nation: t('国家', 'Nation'), province: t('省', 'Province'), city: t('市', 'City'), school: t('学校', 'University'), college: t('学院', 'College') })[by] ?? by
/** From above downwards: what each level adds to the one before. */
export const demandOrder = ['law', 'nation', 'province', 'city', 'school', 'college'] as const
