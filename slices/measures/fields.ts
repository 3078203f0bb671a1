/** What a measure of a kind may read, and whether what it says can be used. */
import { badInput } from '#kernel/problems.ts'
import type { Context } from '#kernel/server.ts'
import { listAttributes, type AttributeRow } from '#slices/facts/server.ts'
import { objectionsTo, type Domain, type Objection, type World } from './possible.ts'
import { unitsAbove } from './queries-planning.ts'
import { baseFields, caseField, isGroup, openCase, refuseCondition, type RuleGroup } from './rules.ts'

interface Said {
  subjectKind: 'person' | 'unit'
  population: RuleGroup
  condition: RuleGroup
}

function domainsOf(subjectKind: 'person' | 'unit', attributes: readonly AttributeRow[]): { base: Map<string, Domain>; all: Map<string, Domain> } {
  const base = Object.entries(baseFields).filter(([, field]) => field.subject === subjectKind)
  const asked = attributes
    .filter((one) => one.subjectKind === subjectKind)
    .map((one) => [one.key, { type: one.type, label: one.label, min: one.min, max: one.max, ...(one.type === 'choice' || one.type === 'choices' ? { options: one.options.map((option) => option.value) } : {}) } satisfies Domain] as const)
  const cases = subjectKind === 'person' ? [[openCase.key, caseField] as const] : []
  return { base: new Map<string, Domain>(base), all: new Map<string, Domain>([...base, ...asked, ...cases]) }
}

/** @throws Problem where a population or condition names what does not exist or compares apples with pears. */
export async function refuseMeasure(ctx: Context, measure: Said): Promise<void> {
  const { base, all } = domainsOf(measure.subjectKind, await listAttributes(ctx.tx, ctx.institution.id))
  const wrong = [...refuseCondition(measure.population, base), ...refuseCondition(measure.condition, all)]
  if (wrong.length) throw badInput(wrong.map((one) => one.zh).join(''), wrong.map((one) => one.en).join(' '))
}

const unitsNamed = (group: RuleGroup): string[] => group.rules.flatMap((rule) => (isGroup(rule) ? unitsNamed(rule) : rule.operator === 'inUnit' ? [String(rule.value)] : []))

/** What can be said of a measure without counting anybody. */
export async function objectionsOf(ctx: Context, measure: Said): Promise<Objection[]> {
  const { all } = domainsOf(measure.subjectKind, await listAttributes(ctx.tx, ctx.institution.id))
  const units = await unitsAbove(ctx.tx, ctx.institution.id, [...new Set([...unitsNamed(measure.population), ...unitsNamed(measure.condition)])])
  const world: World = { fields: all, now: ctx.now, timeZone: ctx.institution.timeZone, units }
  return objectionsTo(measure, world)
}
