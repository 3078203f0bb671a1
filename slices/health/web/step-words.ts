/** A step of a case in words. */
import { date } from '#ui/format.ts'
import { say, t } from '#ui/words.ts'
import { caseKindWords } from '../rules.ts'
import type { CaseWhole } from './case-words.tsx'

export function stepTitle({ action, to, kind, untilDay }: CaseWhole['steps'][number]): string {
  const values = { kind: say(caseKindWords[kind]), who: to ?? '', last: date(untilDay) }
  switch (action) {
    case 'open':
      return t('建立个案：{kind}，计划至 {last}，由 {who} 负责', 'Opened: {kind}, planned until {last}; {who} answers', values)
    case 'change':
      return t('变更为{kind}，计划至 {last}', 'Changed to {kind}, planned until {last}', { ...values, kind: values.kind.toLowerCase() })
    case 'extend':
      return t('期限调整至 {last}', 'Planned end moved to {last}', values)
    case 'offer':
      return t('移交 {who}，待确认', 'Handed over to {who}, to be confirmed', values)
    case 'accept':
      return t('{who} 确认接收', '{who} confirmed', values)
    case 'decline':
      return t('退回移交', 'Hand-over declined')
    case 'release':
      return t('解除', 'Released')
  }
}
