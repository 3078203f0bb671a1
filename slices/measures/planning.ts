/** Before a measure is switched on: what it costs whom, who would be asked, how two versions differ, what is odd about it. */
import type { Static } from 'typebox'
import { badInput, notFound, refused } from '#kernel/problems.ts'
import { implement, type Context } from '#kernel/server.ts'
import { rolesWith } from '#slices/directory/rules.ts'
import { childUnits, gatekeeper, officesOf, unitBriefs } from '#slices/directory/server.ts'
import { listAttributes, type AttributeRow } from '#slices/facts/server.ts'
import * as contract from './contract.ts'
import { engineOf } from './engine.ts'
import { objectionsOf, refuseMeasure } from './fields.ts'
import { alwaysAsked, boundaryOf, distributionOf, loadsOf, tenth, type Costing, type Group, type Question } from './loads.ts'
import { listMeasures, simulate as countAll, type MeasureRow } from './queries.ts'
import * as q from './queries-planning.ts'
import { budgetSeconds, isGroup, openCase, secondsPerDay, type Rule, type RuleGroup } from './rules.ts'

type Burden = Static<typeof contract.Burden>
type Objection = Static<typeof contract.Objection>

/** Warnings under which a measure is switched on only if somebody answers for it. */
const weighty: ReadonlySet<Objection['kind']> = new Set(['no-population', 'never', 'always'])

async function getMeasure(ctx: Context, measureId: string): Promise<MeasureRow> {
  const [measure] = await listMeasures(ctx.tx, ctx.institution.id, { ids: [measureId] })
  if (!measure) throw notFound()
  return measure
}

interface Costs {
  measures: MeasureRow[]
  costings: Costing[]
  questions: Map<string, Question>
  attributes: AttributeRow[]
  groups: Group[]
}
/** Everything that is on, and one more, with the people it costs. */
async function costsOf(ctx: Context, more: MeasureRow | null): Promise<Costs> {
  const on = (await listMeasures(ctx.tx, ctx.institution.id, { statuses: ['on'] })).filter((one) => one.measureId !== more?.measureId)
  const measures = more ? [...on, more] : on
  const attributes = await listAttributes(ctx.tx, ctx.institution.id)
  const questions = new Map<string, Question>(attributes.map((one) => [one.key, one]))
  const demands = await q.demandsOf(ctx.tx, ctx.institution.id, measures.map((one) => one.measureId))
  const costings = measures.map((one): Costing => ({ ...one, every: Object.fromEntries(demands.filter((demand) => demand.measureId === one.measureId).map((demand) => [demand.attribute, demand.everySeconds])) }))
  // Questions that came only after certain answers count for those to whom they came.
  const followUps = [...new Set(measures.filter((one) => one.subjectKind === 'person').flatMap((one) => one.attributes.filter((key) => !alwaysAsked(one.condition).includes(key))))]
  return { measures, costings, questions, attributes, groups: measures.length ? await q.loadGroups(ctx.tx, await engineOf(ctx), measures, followUps, ctx.now) : [] }
}

const conjuncts = (group: RuleGroup): (Rule | RuleGroup)[] => (group.combinator === 'and' && !group.not ? group.rules.flatMap((rule) => (isGroup(rule) ? conjuncts(rule) : [rule])) : group.rules.length ? [group] : [])

/** What is odd about a measure, by its rules alone and by who is there now. */
async function saidOf(ctx: Context, measure: MeasureRow, counts: { population: number; kept: number }, attributes: readonly AttributeRow[]): Promise<Objection[]> {
  const found: Objection[] = (await objectionsOf(ctx, measure)).filter((one) => one.kind !== 'never' || counts.kept === 0).map((one) => ({ ...one, counts: [], attributes: [] }))
  if (counts.population === 0 && !found.some((one) => one.kind === 'no-population')) {
    const rules = conjuncts(measure.population)
    found.push({ kind: 'nobody', rules, counts: await q.countEach(ctx.tx, await engineOf(ctx), measure.subjectKind, rules, ctx.now), attributes: [] })
  }
  const unasked = attributes.filter((one) => measure.attributes.includes(one.key) && one.askedOf === 'nobody' && one.key !== openCase.key).map((one) => one.key)
  if (unasked.length) found.push({ kind: 'nobody-asked', rules: [], counts: [], attributes: unasked })
  return found
}

type Standing = Pick<Static<typeof contract.Counts>, 'population' | 'kept' | 'gap' | 'unknown'>
/** What a measure costs the people asked, alone and with everything already on, person by person. */
export async function burdenOf(ctx: Context, measureId: string): Promise<Burden> {
  const measure = await getMeasure(ctx, measureId)
  return burdenFor(ctx, measure, await countAll(ctx.tx, await engineOf(ctx), measure, ctx.now))
}
async function burdenFor(ctx: Context, measure: MeasureRow, counts: Standing): Promise<Burden> {
  const { measureId } = measure
  const { costings, questions, groups, attributes } = await costsOf(ctx, measure)
  const others = costings.filter((one) => one.measureId !== measureId)
  const touched = groups.filter((group) => group.measures.includes(measureId) || group.units.some((unit) => unit.includes(measureId)))
  const [withIt, without, alone] = [loadsOf(touched, costings, questions), loadsOf(touched, others, questions), loadsOf(touched, costings.filter((one) => one.measureId === measureId), questions)]
  const most = distributionOf(withIt.map((one) => ({ people: one.people, seconds: one.most })), budgetSeconds)
  const expected = distributionOf(withIt.map((one) => ({ people: one.people, seconds: one.expected })), budgetSeconds)
  const before = distributionOf(without.map((one) => ({ people: one.people, seconds: one.most })), budgetSeconds)
  // Whoever was over the budget before and is asked nothing more does not count against this measure.
  const broken = withIt.reduce((sum, one, index) => sum + (one.most > budgetSeconds && one.most > (without[index]?.most ?? 0) ? one.people : 0), 0)
  const own = attributes.filter((one) => measure.attributes.includes(one.key))
  const byOwners = measure.subjectKind === 'person' ? own.filter((one) => one.askedOf === 'owner').reduce((sum, one) => sum + secondsPerDay(one), 0) : 0
  const objections = await saidOf(ctx, measure, counts, attributes)
  return {
    people: counts.population, secondsPerPersonDay: distributionOf(alone.map((one) => ({ people: one.people, seconds: one.most })), budgetSeconds).worst,
    totalHoursPerDay: tenth(alone.reduce((sum, one) => sum + one.people * one.expected, 0) / 3600), questions: own.filter((one) => one.askedOf === 'self' || (measure.subjectKind === 'unit' && one.askedOf === 'owner')).length,
    togetherSecondsPerPersonDay: most.worst, budgetSeconds, withinBudget: broken === 0, alreadyKnown: counts.kept, wouldBeGap: counts.gap, wouldBeUnknown: counts.unknown,
    most, expected, before, broken, ownerHoursPerDay: tenth((byOwners * counts.population) / 3600), objections, needsSponsor: broken > 0 || objections.some((one) => weighty.has(one.kind)),
    added: boundaryOf(touched, costings, questions).flatMap((level) => level.added).filter((one) => one.by === null ? measure.attributes.includes(one.attribute) : one.measureIds.includes(measureId)),
    demands: (await q.demandsOf(ctx.tx, ctx.institution.id, [measureId])).map(({ attribute, everySeconds }) => ({ attribute, everySeconds })),
  }
}

/** Who may be named: whoever holds an office that reviews what others report. */
const mayAnswerFor = rolesWith('duty.review')

/**
 * Refuses what breaks the budget or cannot work unless somebody answers for it; keeps who and why. Whoever switches it on answers for it unless another is named. `stand`: how everybody stands on it.
 * @throws Problem where nobody does, or the one named holds no office that could.
 */
export async function sponsored(ctx: Context, measure: MeasureRow, stand: Standing, sponsor: { reason: string; personId?: string | null } | null): Promise<{ personId: string | null; people: number; seconds: number; objections: string[] } | null> {
  const burden = await burdenFor(ctx, measure, stand)
  if (!burden.needsSponsor) return null
  const reason = sponsor?.reason.trim() ?? ''
  if (reason.length < 4) {
    if (!burden.withinBudget)
      throw refused('over-budget', `有 ${burden.broken} 人每人每天将超出 ${budgetSeconds} 秒的上限，最多的约 ${burden.togetherSecondsPerPersonDay} 秒。请减少项目，或写明由谁担责启用及理由。`, `${burden.broken} people would be asked for more than the budget of ${budgetSeconds} s a day, at most ${burden.togetherSecondsPerPersonDay} s. Ask less, or name who sponsors it and why.`)
    if (burden.objections.some((one) => one.kind === 'always')) throw refused('cannot-work', '这项措施对谁都已成立，启用没有意义。请修改条件，或写明由谁担责启用及理由。', 'Everybody meets this measure already. Change it, or name who sponsors it and why.')
    throw refused('cannot-work', '这项措施的条件相互矛盾，谁都不可能达标。请修改条件，或写明由谁担责启用及理由。', 'The conditions exclude each other: nobody can ever meet them. Change them, or name who sponsors it and why.')
  }
  const personId = sponsor?.personId ?? ctx.actor.personId
  if (personId && personId !== ctx.actor.personId) {
    const offices = await officesOf(ctx.tx, ctx.institution.id, personId, ctx.now)
    if (!offices.some((one) => [...mayAnswerFor.institution, ...mayAnswerFor.subtree].includes(one.role as never)))
      throw refused('cannot-sponsor', '担责人须现任书记、院长、部门负责人或指挥部职务。', 'A sponsor holds, at present, an office that leads a unit or the command.')
  }
  const over = { seconds: burden.togetherSecondsPerPersonDay, people: burden.broken, objections: burden.objections.filter((one) => weighty.has(one.kind)).map((one) => one.kind) }
  await q.saveSponsor(ctx.tx, ctx.institution.id, measure.measureId, personId, over, ctx.now)
  return { personId, ...over }
}

/** Measures with who answers for them and how often their documents ask. */
export async function listed(ctx: Context, measures: MeasureRow[]): Promise<Static<typeof contract.ListedMeasure>[]> {
  const ids = measures.map((one) => one.measureId)
  const [sponsors, demands] = [await q.sponsorsOf(ctx.tx, ctx.institution.id, ids), await q.demandsOf(ctx.tx, ctx.institution.id, ids)]
  return measures.map((measure) => {
    const row = sponsors.find((one) => one.measureId === measure.measureId)
    return {
      ...measure, sponsor: row ? { personId: row.personId, name: row.name, office: row.office, reason: row.reason, at: row.at, over: row.over } : null,
      demands: demands.filter((one) => one.measureId === measure.measureId).map(({ attribute, everySeconds }) => ({ attribute, everySeconds })),
    }
  })
}

// ── Simulation ───────────────────────────────────────────────────────────────────────────────────
async function versionOf(ctx: Context, said: Static<typeof contract.Version>): Promise<q.Version> {
  if ((said.measureId === undefined) === (said.plan === undefined)) throw badInput('请指定一项措施，或写出对谁、须做到什么。', 'Name a measure, or write whom it covers and what must be true.')
  if (said.plan) {
    await refuseMeasure(ctx, said.plan)
    return { ...said.plan, measureId: null }
  }
  const measure = await getMeasure(ctx, said.measureId as string)
  return { subjectKind: measure.subjectKind, population: measure.population, condition: measure.condition, measureId: measure.status === 'on' ? measure.measureId : null }
}
async function versionsOf(ctx: Context, input: { version: Static<typeof contract.Version>; against?: Static<typeof contract.Version> }): Promise<[q.Version, q.Version?]> {
  const one = await versionOf(ctx, input.version)
  if (!input.against) return [one]
  const two = await versionOf(ctx, input.against)
  if (one.subjectKind !== two.subjectKind) throw badInput('一个针对人、一个针对组织，无法并排比较。', 'One is about people, the other about units: they cannot be compared.')
  return [one, two]
}
/** Whoever would see the question: the person, or who answers for a unit. */
const askable = async (ctx: Context, kind: 'person' | 'unit') =>
  new Set((await listAttributes(ctx.tx, ctx.institution.id)).filter((one) => one.subjectKind === kind && (one.askedOf === 'self' || (kind === 'unit' && one.askedOf === 'owner'))).map((one) => one.key))

type Side = Static<typeof contract.SimulatedCounts>
function countsOf(rows: readonly q.SideRow[], side: 'one' | 'two'): Side {
  const counts: Side = { population: 0, kept: 0, gap: 0, excused: 0, unknown: 0, asked: 0 }
  for (const row of rows) {
    const state = row[side]
    if (!state) continue
    counts.population += row.count
    counts[state] += row.count
    if (side === 'one' ? row.oneAsked : row.twoAsked) counts.asked += row.count
  }
  return counts
}
const differing = (rows: readonly q.SideRow[]) => rows.filter((row) => row.one !== row.two).reduce((sum, row) => sum + row.count, 0)

export const planningCalls = [
  implement(contract.simulate, async (ctx, input) => {
    const { tx, institution, now } = ctx
    const unit = (await unitBriefs(tx, institution.id, [input.unitId])).get(input.unitId)
    if (!unit) throw notFound()
    const versions = await versionsOf(ctx, input)
    const rows = await q.simulateBelow(tx, await engineOf(ctx), input.unitId, versions, await askable(ctx, versions[0].subjectKind), now)
    const line = (some: q.SideRow[]) => ({ one: countsOf(some, 'one'), two: versions[1] ? countsOf(some, 'two') : null, differing: versions[1] ? differing(some) : 0 })
    const whole = rows.filter((row) => row.unitId === null)
    const moves = Map.groupBy(versions[1] ? whole.filter((row) => row.one !== row.two) : [], (row) => `${row.one} ${row.two}`)
    return {
      asOf: now.toISOString(), unit, total: line(whole),
      rows: (await childUnits(tx, institution.id, input.unitId)).map((child) => ({ unit: child, ...line(rows.filter((row) => row.unitId === child.unitId)) })),
      moves: [...moves.values()].flatMap((some) => (some[0] ? [{ from: some[0].one, to: some[0].two, count: some.reduce((sum, row) => sum + row.count, 0) }] : [])).toSorted((a, b) => b.count - a.count),
    }
  }),
  implement(contract.simulated, async (ctx, input) => {
    const { tx, institution, now } = ctx
    const versions = await versionsOf(ctx, input)
    if (!input.against && !input.state) throw badInput('请指明看哪一类。', 'Say which of them.')
    const engine = await engineOf(ctx)
    const questions = await askable(ctx, versions[0].subjectKind)
    // A condition can be written so that who meets it tells what somebody answered: names only to those who may see gaps and answers there.
    const [gaps, facts] = [await gatekeeper.scope(tx, ctx.actor, 'gap.read', now), await gatekeeper.scope(tx, ctx.actor, 'person.facts', now)]
    const within = gaps === null ? facts : facts === null ? gaps : gaps.filter((id) => facts.includes(id))
    const { page = 1, size = 100 } = input
    const { rows, total, hidden } = await q.simulatedSubjects(tx, engine, input.unitId, versions, { state: input.state ?? null, within }, questions, now, (page - 1) * size, size)
    if (versions[0].subjectKind === 'person') ctx.looked(rows.map((row) => row.subjectId), 'simulated')
    const units = await unitBriefs(tx, institution.id, [...new Set(rows.map((row) => row.unitId))])
    return { total, hidden, rows: rows.map(({ unitId, ...row }) => ({ ...row, unit: units.get(unitId) ?? null })) }
  }),

  implement(contract.loads, async (ctx) => {
    const { measures, costings, questions, groups } = await costsOf(ctx, null)
    const loads = loadsOf(groups, costings, questions)
    const each = measures.map((measure) => {
      const own = loadsOf(groups.filter((group) => group.measures.includes(measure.measureId) || group.units.some((unit) => unit.includes(measure.measureId))), costings.filter((one) => one.measureId === measure.measureId), questions)
      const { people, worst } = distributionOf(own.map((one) => ({ people: one.people, seconds: one.most })), budgetSeconds)
      return { measureId: measure.measureId, people, secondsPerPersonDay: worst, hoursPerDay: tenth(own.reduce((sum, one) => sum + one.people * one.expected, 0) / 3600) }
    })
    return {
      asOf: ctx.now.toISOString(), budgetSeconds, hoursPerDay: tenth(loads.reduce((sum, one) => sum + one.people * one.expected, 0) / 3600), each, levels: boundaryOf(groups, costings, questions),
      expected: distributionOf(loads.map((one) => ({ people: one.people, seconds: one.expected })), budgetSeconds), most: distributionOf(loads.map((one) => ({ people: one.people, seconds: one.most })), budgetSeconds),
    }
  }),
  implement(contract.setDemands, async (ctx, { measureId, demands }) => {
    const measure = await getMeasure(ctx, measureId)
    const unread = demands.find((one) => !measure.attributes.includes(one.attribute))
    if (unread) throw badInput(`这项措施没有用到信息项“${unread.attribute}”。`, `The measure does not read "${unread.attribute}".`)
    if (new Set(demands.map((one) => one.attribute)).size < demands.length) throw badInput('同一信息项写了两次。', 'An attribute is named twice.')
    await q.replaceDemands(ctx.tx, ctx.institution.id, measureId, demands)
    ctx.log({ subjectKind: 'measure', subjectId: measureId, detail: { demands: demands.length } })
    return {}
  }),
]
