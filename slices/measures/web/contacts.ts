/** What was tried with somebody, in words. */
import type { Static } from 'typebox'
import { relative } from '#ui/format.ts'
import { t } from '#ui/words.ts'
import type { Contacted } from '../contract.ts'

type Outcome = Static<typeof Contacted>['outcome']

export function outcomeWords(outcome: Outcome): string {
  switch (outcome) {
    case 'reached':
      return t('已联系上', 'reached')
    case 'no-answer':
      return t('没人接', 'no answer')
    case 'promised':
      return t('答应办理', 'promised')
    case 'sent':
      return t('已发消息', 'message sent')
  }
}

/** 没人接 · 10 分钟前 */
export function contactWords(contact: Static<typeof Contacted>): string {
  return `${outcomeWords(contact.outcome)} · ${relative(contact.at)}`
}
