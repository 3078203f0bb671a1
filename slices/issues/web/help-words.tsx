/** A request in signs: how urgent, where it stands, by when. */
import type { Static } from 'typebox'
import { deadline, relative } from '#ui/format.ts'
import { Tag } from '#ui/tags.tsx'
import { say, t } from '#ui/words.ts'
import type { HelpRequest } from '../contract.ts'
import { urgencyWords, type State } from '../rules.ts'

export type Help = Static<typeof HelpRequest>

/** Shorter than what the asker reads. */
export const stateName = (state: State): string => ({ open: t('待受理', 'New'), taken: t('办理中', 'In work'), answered: t('已答复', 'Answered'), closed: t('已办结', 'Closed') })[state]

const stateTone = { open: 'warn', taken: 'accent', answered: 'good', closed: 'muted' } as const

export function StateTag({ state }: { state: State }) {
  return <Tag tone={stateTone[state]}>{stateName(state)}</Tag>
}

export function UrgencyTag({ urgency }: { urgency: Help['urgency'] }) {
  return urgency === 'normal' ? null : <Tag tone={urgency === 'now' ? 'bad' : 'warn'}>{say(urgencyWords[urgency])}</Tag>
}

/** How long it has waited, and what the clock will do next. */
export function Clock({ request }: { request: Help }) {
  const { state, askedAt, dueAt, overdue, climbed, closedAt } = request
  const due = dueAt ? deadline(dueAt).text : null
  return (
    <span className={overdue ? 'h-late' : 'b-muted'}>
      {closedAt ? t('{when}办结', 'closed {when}', { when: relative(closedAt) }) : t('{when}提出', 'asked {when}', { when: relative(askedAt) })}
      {due && state === 'open' && <> · {overdue ? t('受理已超时：{due}', 'not taken in time: {due}', { due }) : t('须受理：{due}', 'to be taken: {due}', { due })}</>}
      {due && state === 'answered' && <> · {t('无异议将自动办结：{due}', 'closes by itself: {due}', { due })}</>}
      {climbed > 0 && state !== 'closed' && <> · {t('已上报 {n} 级', 'climbed {n} {n:time|times}', { n: climbed })}</>}
    </span>
  )
}
