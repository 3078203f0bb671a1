/** Whom somebody must follow up, a person at a time: how far anybody got with them, who comes first, and what a call came to. */
import { newId } from '#kernel/ids.ts'
import { contactMany } from '#slices/measures/contract.ts'
import { outcomeWords } from '#slices/measures/web/contacts.ts'
import { asProblem } from '#ui/data.ts'
import { presentMoment, relative, span } from '#ui/format.ts'
import { useOutbox } from '#ui/pocket/outbox.tsx'
import { usePending } from '#ui/pocket/pending.ts'
import { useToast } from '#ui/toast.tsx'
import { t } from '#ui/words.ts'
import type { Work } from './work.ts'

/** All that is open with one person (or unit). */
export type Tasks = Work['people'][number]
export type Subject = Tasks[number]['subject']
export type Outcome = 'reached' | 'no-answer' | 'promised' | 'wrong-number'

export const subjectOf = (tasks: Tasks): Subject => (tasks[0] as Tasks[number]).subject
/** Kept as the note of an attempt in vain: whoever looks next sees why nobody answered. */
const wrongNumber = '号码不对'

export interface Tried {
  outcome: Outcome | 'sent'
  /** Milliseconds since 1970; of the institution's clock. */
  at: number
  words: string
}

const asOutcome = (outcome: 'reached' | 'no-answer' | 'promised' | 'sent', note: string | undefined): Tried['outcome'] => (outcome === 'no-answer' && note === wrongNumber ? 'wrong-number' : outcome)

export const outcomeName = (outcome: Tried['outcome']): string => (outcome === 'wrong-number' ? t('号码不对', 'wrong number') : outcomeWords(outcome))

/** The last thing that was tried with each, also what was noted on this phone a moment ago. */
export function useTried(since: number): (tasks: Tasks) => Tried | null {
  const here = usePending(contactMany, since)
  return (tasks) => {
    const { id } = subjectOf(tasks)
    const noted = here.findLast((one) => one.input.items.some((item) => item.subjectId === id))
    if (noted) return { outcome: asOutcome(noted.input.outcome, noted.input.note), at: Number.MAX_SAFE_INTEGER, words: `${outcomeName(asOutcome(noted.input.outcome, noted.input.note))} · ${t('刚刚', 'just now')}` }
    const [known] = tasks.flatMap((task) => task.lastContact ?? []).toSorted((a, b) => (a.at < b.at ? 1 : -1))
    if (!known) return null
    const outcome = asOutcome(known.outcome, known.note)
    return { outcome, at: Date.parse(known.at), words: `${outcomeName(outcome)} · ${relative(known.at)}` }
  }
}

/** For how long it has been open. */
export const openFor = (since: string): string => t('已 {span}', 'for {span}', { span: span(presentMoment().getTime() - Date.parse(since)) })
/** Of whom nobody has tried yet. */
export const untried = (tasks: Tasks): string => t('{age}，还没有人联系', '{age}, not contacted', { age: openFor(tasks[0]?.gapSince ?? '') })

const rank = { never: 0, sent: 1, 'no-answer': 2, 'wrong-number': 3, promised: 4, reached: 5 } as const

/** Nobody tried first; then who was only reminded or called in vain, the longest ago first; then who promised. */
export function byReach(people: readonly Tasks[], tried: (tasks: Tasks) => Tried | null): Tasks[] {
  const known = new Map(people.map((tasks) => [tasks, tried(tasks)]))
  const of = (tasks: Tasks) => rank[known.get(tasks)?.outcome ?? 'never']
  return people.toSorted((a, b) => of(a) - of(b) || (known.get(a)?.at ?? 0) - (known.get(b)?.at ?? 0) || (subjectOf(a).unit ?? '').localeCompare(subjectOf(b).unit ?? '', 'zh') || ((a[0]?.gapSince ?? '') < (b[0]?.gapSince ?? '') ? -1 : 1))
}

/** To be called: a person, with me, and not only for a decision. */
export const isToCall = (tasks: Tasks): boolean => subjectOf(tasks).number !== null && tasks.some((task) => task.mine && task.kind !== 'ask-decision')
/** Nobody has spoken with them yet. */
export const notReached = (tried: Tried | null): boolean => tried === null || tried.outcome === 'sent' || tried.outcome === 'no-answer' || tried.outcome === 'wrong-number'

/** Notes what a call came to, for all that is open with them. Answers whether it is safe on the phone. */
export function useNoting(): (tasks: Tasks, outcome: Outcome) => Promise<boolean> {
  const { send } = useOutbox()
  const toast = useToast()
  return async (tasks, outcome) => {
    const { id, name } = subjectOf(tasks)
    try {
      await send(
        contactMany,
        { items: tasks.map((task) => ({ contactId: newId(), measureId: task.measureId, subjectId: id })), how: 'call', outcome: outcome === 'wrong-number' ? 'no-answer' : outcome, ...(outcome === 'wrong-number' ? { note: wrongNumber } : {}) },
        { label: t('联系{name}：{what}', 'Contacted {name}: {what}', { name, what: outcomeName(outcome) }), topics: ['tasks'] },
      )
      toast(t('{name}：{what}', '{name}: {what}', { name, what: outcomeName(outcome) }), { tone: 'good' })
      return true
    } catch (error) {
      toast(t('没有记下：{why}', 'Not recorded: {why}', { why: asProblem(error).message }), { tone: 'bad' })
      return false
    }
  }
}
