/** Which emergencies a notice orders something about, the main one first. */
import { HAZARD_WORDS } from './knowledge/hazards.ts'
import type { Hazard } from './types.ts'

function count(text: string, words: readonly string[]): number {
  let sum = 0
  for (const word of words) {
    let at = text.indexOf(word)
    while (at >= 0 && sum < 50) {
      sum++
      at = text.indexOf(word, at + word.length)
    }
  }
  return sum
}

/** `ordered` is the text of the duties; a hazard that only colours the background does not count. */
export function findHazards(title: string, body: string, headings: string, ordered: string, year: number | null): Hazard[] {
  const scored: { hazard: Hazard; score: number }[] = []
  const disease = HAZARD_WORDS.filter((entry) => ['influenza', 'norovirus', 'dengue', 'chikungunya'].includes(entry.hazard)).some((entry) => count(title + body, entry.strong) >= 1)
  for (const entry of HAZARD_WORDS) {
    let score = count(title, entry.strong) * 8 + count(headings, entry.strong) * 3 + count(ordered, entry.strong) * 2 + count(body, entry.strong)
    let weak = count(title, entry.weak) * 4 + count(body, entry.weak)
    // “疫情” alone means the coronavirus in its years, unless another disease is named.
    if (entry.hazard === 'covid-19' && ((disease && score === 0) || (year !== null && (year < 2020 || year > 2022)))) weak = 0
    if (entry.hazard === 'covid-19') score += weak
    else if (score > 0) score += Math.min(weak, 3) * 0.5
    else if (weak >= 3 && entry.hazard === 'norovirus') score += 1
    if (score > 0) scored.push({ hazard: entry.hazard, score })
  }
  scored.sort((a, b) => b.score - a.score)
  const top = scored[0]?.score ?? 0
  return scored.filter((entry) => entry.score >= Math.max(1, top * 0.17)).map((entry) => entry.hazard)
}
