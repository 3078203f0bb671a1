/** A doubt in words: what was seen and why it is shown. Never a verdict. */
import type { Output } from '#kernel/contract.ts'
import { count, dateTime } from '#ui/format.ts'
import { say, t } from '#ui/words.ts'
import type { myDoubts } from '../contract.ts'
import { valueText } from './value-words.ts'

export type DoubtOf = Output<typeof myDoubts>['doubts'][number]

export const doubtTitles = (): Record<DoubtOf['kind'], string> => ({
  'same-instant': t('同一秒填了同样的值', 'The same value within a second'), impossible: t('不可能的数值', 'An impossible figure'), 'never-moves': t('数据一直不变', 'Figures that never move'),
  'copied-forward': t('天天照填前一天', 'Each day the same as the day before'), 'by-proxy': t('一口气代填全班', 'Entered for a whole unit in one go'), late: t('过了很久才补填', 'Entered long afterwards'),
})
export const doubtTitle = (doubt: DoubtOf): string => doubtTitles()[doubt.kind]

/** The reasons in figures. */
export function doubtReason(doubt: DoubtOf): string {
  const { figures } = doubt
  const number = (key: string) => (typeof figures[key] === 'number' ? (figures[key] as number) : 0)
  const value = 'value' in figures ? valueText(doubt.attribute, figures['value']) : ''
  const when = (key: string) => (typeof figures[key] === 'string' ? dateTime(figures[key] as string) : '')
  switch (doubt.kind) {
    case 'same-instant':
      return t('{size} 人中有 {n} 人在 {when} 的一秒之内都填了“{value}”。各人各填，通常要分散在几十秒里。', '{n} of {size} {size:person|people} entered “{value}” within one second at {when}. People who answer for themselves are spread over half a minute and more.', { size: count(number('size')), n: count(doubt.people), when: when('from'), value })
    case 'impossible':
      if (doubt.subjectKind === 'unit') return t('填了 {value}，而本组织在册 {size} 人。', '{value} was entered; the unit has {size} {size:person|people}.', { value, size: count(number('size')) })
      return t('填了 {value}；人不可能低于 {least} 或高于 {most}。多半是输错了。', '{value} was entered; nobody can be below {least} or above {most}. Most likely a slip.', { value, least: number('least'), most: number('most') })
    case 'never-moves':
      return t('连续 {days} 天都报“{value}”；同期 {others} 个同类组织中有 {moved} 个有变化。', '“{value}” on {days} {days:day|days} in a row; of {others} {others:unit|units} of its kind {moved} had something else in the same days.', { days: number('days'), value, others: count(number('others')), moved: count(number('othersMoved')) })
    case 'copied-forward':
      return t('{size} 人中有 {n} 人连续 {days} 天每天填的都和自己前一天一样；其他组织 {others} 人中只有 {still} 人如此。', '{n} of {size} {size:person|people} repeated their own figure on {days} {days:day|days} in a row; elsewhere {still} of {others} did.', { size: count(number('size')), n: count(doubt.people), days: number('days'), others: count(number('elsewhere')), still: count(number('elsewhereStill')) })
    case 'by-proxy':
      return t('{who}{from}{to}替 {size} 人中的 {n} 人填了{values}。逐个问过通常要更久。', '{who} answered for {n} of {size} {size:person|people} {to} {from}{values}. Asking each of them takes longer.', {
        who: doubt.recordedBy ?? t('同一人', 'one person'), size: count(number('size')), n: count(doubt.people), values: number('values') === 1 ? t('同一个值', ', all the same') : '',
        ...(when('from') === when('to')
          ? { from: t('在{at}', '{at}', { at: when('from') }), to: t('的一分钟内', 'within the minute of') }
          : { from: t('在{from}至{to}', '{from} and {to}', { from: when('from'), to: when('to') }), to: t('之间', 'between') }),
      })
    case 'late':
      return t('{n} 人的填报，发生时间比记录时间早了最多 {days} 天，到的时候已经过期。可能是手机时间不对，也可能是补填。', 'The answers of {n} {n:person|people} lie up to {days} {days:day|days} before they were recorded and were stale on arrival. The clock of a phone may be wrong, or they were made up for later.', { n: count(doubt.people), days: number('days') })
  }
}

/** 30 人 · 1 个组织 */
export const whom = (doubt: DoubtOf, n: number = doubt.people): string => (doubt.subjectKind === 'person' ? t('{n} 人', '{n} {n:person|people}', { n: count(n) }) : t('{n} 个组织', '{n} {n:unit|units}', { n: count(n) }))
export const attributeName = (doubt: DoubtOf): string => say(doubt.attribute.label)
/** What is suggested to say to those who are asked again. */
export const suggestedNote = (doubt: DoubtOf): string => (doubt.kind === 'impossible' ? t('刚才填的数值可能输错了，请核实后重填一次。', 'The figure may be a slip; please check and enter it again.') : t('请核实后重填一次。', 'Please check and answer once more.'))
