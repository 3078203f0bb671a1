/** What may happen to a notice, a duty and an assignment: small tables, used by phone and server alike. */

export const noticeStatuses = ['draft', 'issued', 'withdrawn', 'superseded'] as const
export const dutyStatuses = ['proposed', 'confirmed', 'dropped'] as const
export const cycles = ['once', 'daily', 'weekdays', 'weekly', 'monthly'] as const
export const assignmentStates = ['sent', 'acknowledged', 'under-way', 'reported', 'accepted', 'sent-back', 'withdrawn'] as const

/** What a person can correct of a reading: what a word means (actor); of one wording, who answers, who acts, that it is no duty or one that was missed, and each step. `field`: kept as a record, not applied. */
export const correctionKinds = ['actor', 'owner', 'doer', 'drop', 'missed', 'modality', 'rhythm', 'condition', 'evidence', 'report-to', 'measure', 'field'] as const
export type CorrectionKind = (typeof correctionKinds)[number]

/** The steps of reading a duty that can be asked about. */
export const stepNames = ['kind', 'actor', 'modality', 'deadline', 'rhythm', 'condition', 'evidence', 'report-to', 'measure'] as const
export type StepName = (typeof stepNames)[number]

export type NoticeStatus = (typeof noticeStatuses)[number]
export type DutyStatus = (typeof dutyStatuses)[number]
export type Cycle = (typeof cycles)[number]
export type AssignmentState = (typeof assignmentStates)[number]
export type Modality = 'must' | 'must-not' | 'should'
export type Blank = 'owner' | 'due' | 'evidence' | 'report-to'

// ── The life of an assignment ────────────────────────────────────────────────────────────────────
export type Action = 'acknowledge' | 'start' | 'hand-down' | 'report' | 'accept' | 'send-back' | 'withdraw'

export interface Step {
  action: Action
  from: readonly AssignmentState[]
  to: AssignmentState
  /** unit: who acts for the unit; above: who reviews for a unit further up, never the reporter; issuer: who may issue notices. */
  who: 'unit' | 'above' | 'issuer'
  /** What must come with it. */
  requires: 'nothing' | 'sub-units' | 'report' | 'version' | 'reason'
}

export const steps: readonly Step[] = [
  { action: 'acknowledge', from: ['sent'], to: 'acknowledged', who: 'unit', requires: 'nothing' },
  { action: 'start', from: ['sent', 'acknowledged', 'sent-back'], to: 'under-way', who: 'unit', requires: 'nothing' },
  { action: 'hand-down', from: ['sent', 'acknowledged', 'under-way', 'sent-back'], to: 'under-way', who: 'unit', requires: 'sub-units' },
  // A report on a report is its next version.
  { action: 'report', from: ['sent', 'acknowledged', 'under-way', 'sent-back', 'reported'], to: 'reported', who: 'unit', requires: 'report' },
  { action: 'accept', from: ['reported'], to: 'accepted', who: 'above', requires: 'version' },
  { action: 'send-back', from: ['reported'], to: 'sent-back', who: 'above', requires: 'reason' },
  { action: 'withdraw', from: ['sent', 'acknowledged', 'under-way', 'sent-back', 'reported'], to: 'withdrawn', who: 'issuer', requires: 'reason' },
]

/** The state after an action; null where it is not allowed. Where no review is asked for, a report is the end, and may be corrected later. */
export function nextState(state: AssignmentState, action: Action, review: boolean): AssignmentState | null {
  if (action === 'report' && !review) return state === 'withdrawn' ? null : 'accepted'
  return steps.find((step) => step.action === action && step.from.includes(state))?.to ?? null
}

export const openStates = ['sent', 'acknowledged', 'under-way', 'sent-back'] as const satisfies readonly AssignmentState[]

/** The unit still owes something. */
export const isOpen = (state: AssignmentState): boolean => (openStates as readonly string[]).includes(state)

/** Overdue is computed, never stored: still owed, and the moment has passed. */
export function isOverdue(state: AssignmentState, dueAt: string | null, now: Date): boolean {
  return isOpen(state) && dueAt !== null && Date.parse(dueAt) < now.getTime()
}

// ── Progress ─────────────────────────────────────────────────────────────────────────────────────
export interface Progress {
  total: number
  done: number
  reported: number
  underWay: number
  waiting: number
  overdue: number
  nobody: number
}
export const noProgress = (): Progress => ({ total: 0, done: 0, reported: 0, underWay: 0, waiting: 0, overdue: 0, nobody: 0 })

/** Which part of the bar an assignment belongs to; a unit that has nobody is shown as such before anything else it owes. */
export function partOf(state: AssignmentState, overdue: boolean, owned: boolean): Exclude<keyof Progress, 'total'> | null {
  if (state === 'withdrawn') return null
  if (state === 'accepted') return 'done'
  if (state === 'reported') return 'reported'
  if (!owned) return 'nobody'
  if (overdue) return 'overdue'
  return state === 'sent' ? 'waiting' : 'underWay'
}

export function addProgress(sum: Progress, more: Progress): Progress {
  for (const key of Object.keys(sum) as (keyof Progress)[]) sum[key] += more[key]
  return sum
}

// ── The four blanks ──────────────────────────────────────────────────────────────────────────────
/** What a person must still fill before a duty can be followed. A prohibition has no date, and what must not be done leaves no evidence to ask for. */
export function blanksOf(duty: { unitIds: readonly string[]; people: unknown; dueAt: string | null; cycle: Cycle; modality: Modality; evidence: string | null; reportTo: string | null; measured: boolean }): Blank[] {
  const blanks: Blank[] = []
  if (duty.unitIds.length === 0) blanks.push('owner')
  if (duty.modality !== 'must-not' && duty.dueAt === null && duty.cycle === 'once') blanks.push('due')
  // Where a measure counts it, the count is the evidence.
  if (duty.modality !== 'must-not' && !duty.evidence && !duty.measured) blanks.push('evidence')
  if (!duty.reportTo) blanks.push('report-to')
  return blanks
}

/**
 * How often, from the words of the notice; `weekday` is the day of the month where it is monthly, 31 its last. What runs all day (24小时值班) is one
 * duty, not one a day; what comes round several times a day (每两小时, 早晚各一次, 每班) is accounted for once a day.
 */
export function cycleOf(words: string | null): { cycle: Cycle; weekday: number | null } {
  if (!words) return { cycle: 'once', weekday: null }
  const month = /每个?月(?:[^\d]{0,2}?(\d{1,2})[日号]|(月?初))?/.exec(words)
  if (month) return { cycle: 'monthly', weekday: month[2] ? 1 : Math.min(31, Math.max(1, Number(month[1] ?? 31))) }
  if (/双周|[两二]周|隔|单日|单周/.test(words)) return { cycle: 'once', weekday: null }
  const week = /(?:每|逢)个?(?:周|星期|礼拜)([一二三四五六日天])?/.exec(words)
  if (week) return { cycle: 'weekly', weekday: week[1] ? ('一二三四五六日天'.indexOf(week[1]) % 7) + 1 || 7 : 1 }
  if (/工作日/.test(words)) return { cycle: 'weekdays', weekday: null }
  if (/每个?[日天晚早]|逐日|日报|一日|每日|天天|日日|小时(?!值班)|分钟|每半天|早、?中?、?晚|每班|班班|每餐|餐餐|每节课|次[/每][日天]|daily/i.test(words) && !/^24小时/.test(words)) return { cycle: 'daily', weekday: null }
  return { cycle: 'once', weekday: null }
}

// ── Reminders and escalation: data ───────────────────────────────────────────────────────────────
export interface NudgeStep {
  /** Once per assignment and step. */
  step: string
  kind: 'reminder' | 'escalation'
  /** Minutes after the deadline (before it: negative), or after it was sent. */
  after: 'due' | 'sent'
  minutes: number
  /** Escalations: how many responsible persons up. */
  rung: number
  /** Only while the unit has not even acknowledged. */
  unacknowledged?: true
}
const onceSteps: readonly NudgeStep[] = [
  { step: 'unacknowledged', kind: 'reminder', after: 'sent', minutes: 4 * 60, rung: 0, unacknowledged: true },
  { step: 'unacknowledged-up', kind: 'escalation', after: 'sent', minutes: 24 * 60, rung: 1, unacknowledged: true },
  { step: 'day-before', kind: 'reminder', after: 'due', minutes: -24 * 60, rung: 0 },
  { step: 'hours-before', kind: 'reminder', after: 'due', minutes: -2 * 60, rung: 0 },
  { step: 'overdue-up', kind: 'escalation', after: 'due', minutes: 1, rung: 1 },
  { step: 'overdue-further', kind: 'escalation', after: 'due', minutes: 4 * 60, rung: 2 },
  { step: 'overdue-top', kind: 'escalation', after: 'due', minutes: 24 * 60, rung: 3 },
]
const recurringSteps: readonly NudgeStep[] = [
  { step: 'hour-before', kind: 'reminder', after: 'due', minutes: -60, rung: 0 },
  { step: 'overdue-up', kind: 'escalation', after: 'due', minutes: 15, rung: 1 },
  { step: 'overdue-further', kind: 'escalation', after: 'due', minutes: 3 * 60, rung: 2 },
]

/** When to remind and whom to tell, for one occurrence; nothing that would come together with the sending itself. */
export function nudgesFor(cycle: Cycle, sentAt: Date, dueAt: Date | null): { step: NudgeStep; at: Date }[] {
  return (cycle === 'once' ? onceSteps : recurringSteps).flatMap((step) => {
    const from = step.after === 'sent' ? sentAt : dueAt
    if (!from) return []
    const at = new Date(from.getTime() + step.minutes * 60_000)
    // A reminder less than half an hour after sending says nothing new.
    const earliest = step.kind === 'reminder' ? sentAt.getTime() + 30 * 60_000 : sentAt.getTime()
    if (step.kind === 'reminder' && at.getTime() < earliest) return []
    return [{ step, at: at.getTime() < sentAt.getTime() ? sentAt : at }]
  })
}
export const nudgeStep = (cycle: Cycle, step: string): NudgeStep | undefined => (cycle === 'once' ? onceSteps : recurringSteps).find((one) => one.step === step)

/** What issuing an amended notice does with a duty's assignments. */
export const afterAmendment = { same: 'continues', changed: 'starts-anew', new: 'begins', gone: 'ends' } as const

/** Evidence that a browser shows. Names are given their true ending when it is taken. */
export const isPicture = (name: string): boolean => /\.(jpe?g|png|gif|webp)$/i.test(name)
