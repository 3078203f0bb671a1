import { toHant } from './hant.ts'
import type { Problem } from './problems.ts'
import type { Language } from './words.ts'

/** The words of a problem in the reader's language. */
export function messageOf(problem: Problem, language: Language): string {
  return language === 'en' ? problem.en : language === 'zh-Hant' ? toHant(problem.zh) : problem.zh
}
