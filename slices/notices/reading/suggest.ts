/** Which ready-made measure a duty corresponds to, with the reason. */
import { MEASURE_HINTS } from './knowledge/measures.ts'
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
  return out.slice(0, 3)
}
