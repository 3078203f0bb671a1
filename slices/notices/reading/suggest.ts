/** Which ready-made measure a duty corresponds to, or which kind of thing it is, with the reason. */
import { KIND_HINTS, MEASURE_HINTS } from './knowledge/measures.ts'
import type { Modality, Suggestion } from './types.ts'

/** Measures whose words occur in the duty (folded text). */
export function suggestMeasures(text: string, modality: Modality): Suggestion[] {
  const out: Suggestion[] = []
  for (const hint of MEASURE_HINTS) {
    const word = hint.any.find((entry) => text.includes(entry))
    if (word === undefined) continue
    // A ban on travel to listed areas is no order to observe those who came back.
    if (modality === 'must-not' && hint.measure !== 'stay-approved' && hint.measure !== 'listed-area-observed') continue
    out.push({ measure: hint.measure, reason: { zh: `${hint.zh}（“${word}”）`, en: `${hint.en} ("${word}")` } })
  }
  // A kind that nothing here manages yet is said as such, behind the measures.
  const kind = modality === 'should' ? undefined : KIND_HINTS.find((hint) => hint.any.some((entry) => text.includes(entry)))
  const word = kind?.any.find((entry) => text.includes(entry))
  const kept = out.slice(0, kind ? 2 : 3)
  return kind && word ? [...kept, { kind: kind.kind, reason: { zh: `${kind.zh}（“${word}”）。这里尚不代管，由单位上报`, en: `${kind.en} ("${word}"). Not yet managed here: units report` } }] : kept
}
