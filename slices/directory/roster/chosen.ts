/** What a person said that columns are, and what of it is remembered for the next file that is headed alike. */
import { planSheet, printable } from './columns.ts'
import type { Chosen, Field, Heading } from './fields.ts'
import { RosterRefused, type Sheet } from './refusal.ts'

/** As it comes from outside; an empty meaning says: not to be read. */
export function chosenOf(columns: readonly { header: string; meaning: Field | '' }[]): Chosen {
  return { by: 'chosen', columns: new Map(columns.map(({ header, meaning }) => [printable(header), meaning || null])) }
}

/** What was chosen for a file, to be used again. */
export const chosenIn = (headings: readonly Pick<Heading, 'header' | 'field' | 'how'>[], by: Chosen['by']): Chosen => ({
  by, columns: new Map(headings.flatMap(({ header, field, how }) => (how === 'chosen' || how === 'remembered' ? [[header, field] as const] : []))),
})

/** What was said of the latest file that had the same columns, whatever their order. `past`: the columns of earlier files, latest first. */
export function recall(sheets: readonly Sheet[], past: readonly (readonly Pick<Heading, 'header' | 'field' | 'how'>[])[]): Chosen | undefined {
  return past.map((headings) => ({ chosen: chosenIn(headings, 'remembered'), headers: new Set(headings.map(({ header }) => header)) })).find(({ chosen, headers }) => {
    if (chosen.columns.size === 0) return false
    try {
      const plans = sheets.filter((sheet) => !sheet.hidden).map((sheet) => planSheet(sheet, chosen)).filter((plan) => !('headersSeen' in plan))
      const seen = new Set(plans.flatMap((plan) => plan.headings.map(({ header }) => header)))
      return seen.size === headers.size && [...seen].every((header) => headers.has(header))
    } catch (problem) {
      if (problem instanceof RosterRefused) return false
      throw problem
    }
  })?.chosen
}

/** @throws RosterRefused where a column was spoken of that the file does not have. */
export function mustBeThere(chosen: Chosen | undefined, seen: readonly Heading[]): void {
  const absent = [...(chosen?.columns.keys() ?? [])].find((header) => !seen.some((one) => one.header === header))
  if (absent === undefined) return
  const heads = onceEach(seen).slice(0, 30).map(({ header }) => header)
  const problem = new RosterRefused('no-such-column', `没有叫“${printable(absent)}”的列。看到的表头：${heads.join('、') || '（无）'}。`, `There is no column "${printable(absent)}". Headers seen: ${heads.join(', ') || '(none)'}.`)
  problem.headings = onceEach(seen)
  throw problem
}

/** Sheets of one file have columns of the same name: each is told once, as it is read where it is read. */
export function onceEach(headings: readonly Heading[]): Heading[] {
  const once = new Map<string, Heading>()
  for (const one of headings) if ((once.get(one.header)?.field ?? null) === null) once.set(one.header, one)
  return [...once.values()].slice(0, 300)
}
