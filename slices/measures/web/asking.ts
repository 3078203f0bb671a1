/** The questions of the day, worked out on the phone: what was answered here counts at once, with or without a network. */
import type { Static } from 'typebox'
import type { Output } from '#kernel/contract.ts'
import type { Ask, asks } from '../contract.ts'
import { observationsOf, type Observation } from '../counts.ts'
import { leastQuestions } from '../questions.ts'

export type Asking = Static<typeof Ask>
export type AsksAnswer = Output<typeof asks>

/** An answer given on this phone that the server's answer does not know yet. */
export interface Given {
  /** null: about oneself. */
  subjectId: string | null
  attribute: string
  value: unknown
  observedAt: string
}

/**
 * What is still to be asked. For oneself every open measure is worked out anew with what was just answered, so that a question that depends on
 * another appears the moment the other is answered; for units what the server asked, less what was answered here.
 */
export function askedNow(day: AsksAnswer, given: readonly Given[], self: { personId: string; name: string }, now: Date, timeZone: string): Asking[] {
  const own = given.filter((one) => one.subjectId === null || one.subjectId === self.personId)
  const known: Record<string, unknown> = { ...day.known }
  for (const { attribute, value, observedAt } of own) {
    known[attribute] = value
    known[observationsOf(attribute)] = [...((known[observationsOf(attribute)] ?? []) as Observation[]), { at: observedAt, value }]
  }
  const found = new Map<string, Asking>()
  const measures = day.measures.toSorted((a, b) => a.danger - b.danger)
  const questions = leastQuestions(measures.map((measure) => measure.condition), { known, now, timeZone, askable: (key) => day.attributes.some((one) => one.key === key) })
  for (const [index, measure] of measures.entries()) {
    for (const key of questions[index] ?? []) {
      const attribute = day.attributes.find((one) => one.key === key)
      if (!attribute) continue
      const because = { measureId: measure.measureId, name: measure.name, basis: measure.basis, until: measure.endsAt }
      const present = found.get(key)
      if (present) present.because.push(because)
      else {
        const asked = day.asks.find((ask) => ask.attribute.key === key && ask.subject.kind === 'person')
        found.set(key, { attribute, subject: { kind: 'person', id: self.personId, name: self.name }, because: [because], last: asked?.last ?? null, reminded: asked?.reminded ?? null })
      }
    }
  }
  // Known, but asked for anew by somebody: first, and until it is answered here.
  const again = day.asks.filter((ask) => ask.again && ask.subject.kind === 'person' && !found.has(ask.attribute.key) && !own.some((one) => one.attribute === ask.attribute.key))
  const units = day.asks.filter((ask) => ask.subject.kind === 'unit' && !given.some((one) => one.subjectId === ask.subject.id && one.attribute === ask.attribute.key))
  return [...again, ...found.values(), ...units]
}
