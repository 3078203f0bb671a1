/** Everything that is held of a case, line by line, the latest first: for whoever it is about. */
import { t } from '#ui/words.ts'
import { illnessName, kindName, planWords, saidWords, type CaseWhole } from './case-words.tsx'
import { stepTitle } from './step-words.ts'

export interface CaseLineOfTime {
  at: string
  what: string
  text: string
}
export function caseLines(one: CaseWhole): CaseLineOfTime[] {
  const steps = one.steps.map((step) => ({ at: step.at, what: stepTitle(step), text: [step.by, step.words].filter(Boolean).join(' · ') }))
  const checks = one.checks.map((check) => ({ at: check.at, what: check.own ? t('本人监测', 'A check by yourself') : t('{who}代录监测', 'A check by {who}', { who: check.by ?? '' }), text: [saidWords(check), check.words].filter(Boolean).join(' · ') }))
  const order = { at: one.openedAt, what: `${kindName(one.kind)} · ${illnessName(one.illness)}`, text: [planWords(one), one.place, one.basis].join(' · ') }
  return [...[...steps, ...checks].toSorted((a, b) => (a.at < b.at ? 1 : -1)), order]
}
