/** Help requests: themes, urgency, the life cycle, who is chosen to answer, and what figures may show. */
import type { Bilingual } from '#kernel/words.ts'

export const themes = ['medicine', 'food', 'dormitory', 'travel', 'study', 'mood', 'money', 'other'] as const
export type Theme = (typeof themes)[number]
export const themeWords: Record<Theme, Bilingual> = {
  medicine: { zh: '就医用药', en: 'Medicine and health' },
  food: { zh: '吃饭饮水', en: 'Food and water' },
  dormitory: { zh: '住宿', en: 'Dormitory' },
  travel: { zh: '出行返校', en: 'Travel' },
  study: { zh: '学习考试', en: 'Study' },
  mood: { zh: '情绪心理', en: 'Mood' },
  money: { zh: '经济困难', en: 'Money' },
  other: { zh: '其他', en: 'Other' },
}

export const urgencies = ['now', 'today', 'normal'] as const
export type Urgency = (typeof urgencies)[number]
export const urgencyWords: Record<Urgency, Bilingual> = {
  now: { zh: '危急，马上', en: 'Danger, at once' },
  today: { zh: '今天', en: 'Today' },
  normal: { zh: '不急', en: 'No hurry' },
}
/** Minutes within which somebody must have taken a request before it climbs to the next who answers. */
export const minutesToTake: Record<Urgency, number> = { now: 30, today: 4 * 60, normal: 24 * 60 }
/** An answered request closes by itself after so many days, unless the asker says it is not settled. */
export const daysUntilClosed = 3

export const states = ['open', 'taken', 'answered', 'closed'] as const
export type State = (typeof states)[number]
export const stateWords: Record<State, Bilingual> = {
  open: { zh: '已记录，等待受理', en: 'Recorded, waiting to be taken' },
  taken: { zh: '办理中', en: 'In work' },
  answered: { zh: '已答复', en: 'Answered' },
  closed: { zh: '已办结', en: 'Closed' },
}

export const actions = ['take', 'note', 'answer', 'handOn', 'escalate', 'add', 'close', 'lapse', 'reopen'] as const
export type Action = (typeof actions)[number]
/** asker: whoever asked or is helped; helper: whoever may act on it; clock: a job. */
export type Who = 'asker' | 'helper' | 'clock'

interface Move {
  who: Who
  to: Partial<Record<State, State>>
}
/** State and action to the next state; an absent state refuses the action. */
export const lifeCycle: Record<Action, Move> = {
  take: { who: 'helper', to: { open: 'taken', taken: 'taken' } },
  note: { who: 'helper', to: { open: 'taken', taken: 'taken', answered: 'answered' } },
  answer: { who: 'helper', to: { open: 'answered', taken: 'answered', answered: 'answered' } },
  handOn: { who: 'helper', to: { open: 'open', taken: 'open', answered: 'open' } },
  escalate: { who: 'clock', to: { open: 'open' } },
  add: { who: 'asker', to: { open: 'open', taken: 'taken', answered: 'answered' } },
  close: { who: 'asker', to: { open: 'closed', taken: 'closed', answered: 'closed' } },
  lapse: { who: 'clock', to: { answered: 'closed' } },
  reopen: { who: 'asker', to: { answered: 'open', closed: 'open' } },
}

/** The state after an action; null where the state does not allow it. */
export function next(state: State, action: Action): State | null {
  return lifeCycle[action].to[state] ?? null
}

/** When a request climbs if nobody has taken it. */
export function climbsAt(urgency: Urgency, from: Date): Date {
  return new Date(from.getTime() + minutesToTake[urgency] * 60_000)
}

export function closesItselfAt(answeredAt: Date): Date {
  return new Date(answeredAt.getTime() + daysUntilClosed * 86_400_000)
}

interface Candidate {
  person: { personId: string }
  unit: { tree: string }
}
/**
 * Who of those that answer for a person (nearest first) is turned to: for a dormitory matter whoever answers for the building, otherwise the
 * first in order. The person themselves and whoever asked for them in another's place are never their own helper while somebody else is there.
 */
export function chooseOwner<O extends Candidate>(owners: readonly O[], theme: Theme, subjectId: string): O | undefined {
  const others = owners.filter((owner) => owner.person.personId !== subjectId)
  if (theme === 'dormitory') {
    const near = others.find((owner) => owner.unit.tree === 'residence')
    if (near) return near
  }
  return others.find((owner) => owner.unit.tree !== 'party') ?? others[0]
}

/** Below this a count could point at a person. Zero is no person and is shown. */
export const smallestShown = 5

export interface Hidden {
  cells: (number | null)[]
  total: number | null
}
/**
 * Hides counts of 1 to 4, and as many more (smallest first, then the total) as it takes so that the hidden ones cannot be worked out from the
 * total: at least two hidden, together at least five.
 */
export function hideSmall(counts: readonly number[]): Hidden {
  const total = counts.reduce((sum, count) => sum + count, 0)
  const hidden = new Set(counts.flatMap((count, index) => (count > 0 && count < smallestShown ? [index] : [])))
  if (hidden.size === 0) return { cells: [...counts], total }
  const rest = counts.flatMap((count, index) => (hidden.has(index) || count === 0 ? [] : [index])).toSorted((a, b) => (counts[a] ?? 0) - (counts[b] ?? 0))
  const sum = () => [...hidden].reduce((all, index) => all + (counts[index] ?? 0), 0)
  while (hidden.size < 2 || sum() < smallestShown) {
    const another = rest.shift()
    if (another === undefined) break
    hidden.add(another)
  }
  const told = hidden.size >= 2 && sum() >= smallestShown
  return { cells: counts.map((count, index) => (hidden.has(index) ? null : count)), total: told ? total : null }
}

interface ThemeFigures {
  asked: number | null
  waiting: number | null
  settled: number | null
}
/** Figures by theme for somebody who may open some of the requests: those are told as they are, of the others what points at nobody. */
export function figuresFor(rows: readonly { asked: number; waiting: number; openAsked: number; openWaiting: number }[]): { rows: ThemeFigures[]; total: ThemeFigures } {
  const others = hideFigures(rows.map((row) => ({ asked: row.asked - row.openAsked, waiting: row.waiting - row.openWaiting })))
  const plus = (cells: ThemeFigures, asked: number, waiting: number): ThemeFigures => ({
    asked: cells.asked === null ? null : cells.asked + asked, waiting: cells.waiting === null ? null : cells.waiting + waiting, settled: cells.settled === null ? null : cells.settled + asked - waiting,
  })
  const none = { asked: null, waiting: null, settled: null }
  return {
    rows: rows.map((row, index) => plus(others.rows[index] ?? none, row.openAsked, row.openWaiting)),
    total: plus(others.total, rows.reduce((sum, row) => sum + row.openAsked, 0), rows.reduce((sum, row) => sum + row.openWaiting, 0)),
  }
}

/**
 * Figures by theme that point at nobody: hides small counts of requests, and how a theme divides into waiting and settled where one of the two
 * is small. The sum below says of each column only what does not give a hidden cell away.
 */
export function hideFigures(rows: readonly { asked: number; waiting: number }[]): { rows: ThemeFigures[]; total: ThemeFigures } {
  const asked = hideSmall(rows.map((row) => row.asked))
  const small = (count: number) => count > 0 && count < smallestShown
  const divided = rows.map((row, index) => asked.cells[index] !== null && !small(row.waiting) && !small(row.asked - row.waiting))
  const waiting = rows.reduce((sum, row) => sum + row.waiting, 0)
  const all = rows.reduce((sum, row) => sum + row.asked, 0)
  const open = asked.total !== null && divided.every(Boolean)
  return {
    rows: rows.map((row, index) => ({ asked: asked.cells[index] ?? null, waiting: divided[index] ? row.waiting : null, settled: divided[index] ? row.asked - row.waiting : null })),
    total: { asked: asked.total, waiting: open || concealed(rows, divided, waiting, all) ? waiting : null, settled: open || concealed(rows, divided, waiting, all) ? all - waiting : null },
  }
  /** May the sum of a divided column be shown? Only where at least two rows are hidden and neither side of their sum is small. */
  function concealed(every: readonly { asked: number; waiting: number }[], shown: boolean[], waitingSum: number, sum: number): boolean {
    if (asked.total === null || small(waitingSum) || small(sum - waitingSum)) return false
    const hidden = every.filter((_, index) => !shown[index])
    const hiddenWaiting = hidden.reduce((total, row) => total + row.waiting, 0)
    const hiddenAsked = hidden.reduce((total, row) => total + row.asked, 0)
    return hidden.length >= 2 && !small(hiddenWaiting) && !small(hiddenAsked - hiddenWaiting)
  }
}
