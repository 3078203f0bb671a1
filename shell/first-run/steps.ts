/** The way from an empty server to the first notice, worked out from what there is: no flag says that a step was done. Pure. */
import type { Output } from '#kernel/contract.ts'
import type { setup } from '#slices/directory/contract.ts'

export type StepKey = 'institution' | 'words' | 'roster' | 'offices' | 'accounts' | 'response' | 'measures' | 'notice'
/** done: what it needs is there. rest: nothing holds up what follows; something is still to come. part: begun, something is left. open: can be done now. later: another step comes first. */
export type StepState = 'done' | 'rest' | 'part' | 'open' | 'later'

export interface Known {
  setup: Output<typeof setup>
  /** Responses that are open; all there ever were. */
  responses: { open: number; all: number }
  measures: { on: number; drafts: number }
  notices: { issued: number; drafts: number }
}

export interface Step {
  key: StepKey
  state: StepState
}

const peopleOf = ({ people }: Known['setup']) => people.student + people.staff + people.contractor + people.family

export function stepsOf({ setup: has, responses, measures, notices }: Known): Step[] {
  // The founder alone is no roster.
  const roster: StepState = peopleOf(has) > 1 ? (has.waiting.length > 0 ? 'part' : 'done') : has.waiting.length > 0 ? 'part' : 'open'
  const people = peopleOf(has) > 1
  const offices: StepState = !people ? 'later' : has.hints > 0 ? (has.held > 2 ? 'part' : 'open') : has.unanswered > 0 ? (has.held > 2 ? 'rest' : 'open') : 'done'
  // Two people who can sign in: one falls ill, and there is still somebody. Who was invited has it in their own hands.
  const accounts: StepState = !people ? 'later' : has.accounts > 1 ? (has.officersWithout > 0 ? 'rest' : 'done') : has.invited > 0 ? 'rest' : 'open'
  return [
    { key: 'institution', state: 'done' },
    { key: 'words', state: 'done' },
    { key: 'roster', state: roster },
    { key: 'offices', state: offices },
    { key: 'accounts', state: accounts },
    { key: 'response', state: responses.all > 0 ? 'done' : 'open' },
    { key: 'measures', state: measures.on > 0 ? 'done' : responses.open === 0 || !people ? 'later' : measures.drafts > 0 ? 'part' : 'open' },
    { key: 'notice', state: notices.issued > 0 ? 'done' : notices.drafts > 0 ? 'part' : people ? 'open' : 'later' },
  ]
}

/** Which step to take next: the first where something can be done; where every one allows to go on, the first with something left. */
export function nextStep(steps: readonly Step[]): StepKey | null {
  return (steps.find((step) => step.state === 'part' || step.state === 'open') ?? steps.find((step) => step.state === 'rest'))?.key ?? null
}

export const doneOf = (steps: readonly Step[]): number => steps.filter((step) => step.state === 'done').length
