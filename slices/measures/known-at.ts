/**
 * Coverage as it was known at a moment: from the facts recorded by then, the people, units, offices and excuses of then and the measures that were on, worked out anew for
 * each subject by the rules of one person. Slower than coverage, which is kept ready; read in portions, so that nothing else waits for it.
 */
import type { Tx } from '#kernel/database.ts'
import { notFound, refused } from '#kernel/problems.ts'
import { implement, type Context } from '#kernel/server.ts'
import { answeringRoles } from '#slices/directory/rules.ts'
import { ownersOfUnits, unitBriefs } from '#slices/directory/server.ts'
import { erasurePlans } from '#slices/responses/server.ts'
import * as contract from './contract.ts'
import * as past from './queries-known-at.ts'
import { listMeasures, type MeasureRow } from './queries.ts'
import { evaluate, type Known } from './rules.ts'

export interface Counted {
  measureId: string
  unitId: string
  population: number
  kept: number
  gap: number
  excused: number
  unknown: number
}

const portion = 5000

/** @throws Problem where that moment lies ahead, or before the past was kept. */
export async function checkMoment({ tx, institution, now }: Context, at: Date): Promise<void> {
  if (Number.isNaN(at.getTime()) || at.getTime() > now.getTime()) throw refused('not-past', '只能查看过去某一时刻已掌握的情况。', 'Only a moment in the past can be looked at.')
  const since = await past.pastKeptSince(tx, institution.id)
  if (since && at.getTime() < Date.parse(since)) throw refused('past-unknown', `系统自 ${since} 起才保存变动经过，此前的情况无法重现。`, `Changes have been kept since ${since}; what was known before cannot be told.`)
}

/** Counts for a unit and each unit just below it then, as they were known at `at`. */
export async function coverageKnownAt({ tx, institution }: Pick<Context, 'tx' | 'institution'>, measures: readonly MeasureRow[], unitId: string, at: Date): Promise<{ counts: Counted[]; children: string[] }> {
  const units = new Map((await past.unitsAt(tx, institution.id, at)).map((unit) => [unit.unitId, unit]))
  const up = upOf(units)
  const below = [...units.keys()].filter((id) => up(id).includes(unitId))
  if (!units.has(unitId)) return { counts: [], children: [] }
  const children = [...units.values()].filter((unit) => unit.parentId === unitId && !unit.closed).map((unit) => unit.unitId)
  const shown = new Set([unitId, ...children])
  const tally = new Tally(shown)
  const offices = officesOf(await past.holdingsAt(tx, institution.id, at), up)

  const ofPeople = measures.filter((measure) => measure.subjectKind === 'person')
  const candidates = ofPeople.length ? await past.mayHaveBelonged(tx, institution.id, below, at) : []
  for (let from = 0; from < candidates.length; from += portion) {
    const people = await past.peopleAt(tx, institution.id, below, candidates.slice(from, from + portion), at)
    const subjects = people.map((person) => {
      const places = [...new Set(person.homes.flatMap((home) => up(home.unitId)))]
      const roster = {
        'person.kind': person.kind, 'person.grade': person.grade, 'person.status': person.status, 'person.political-status': person.political, 'person.unit': places,
        'person.role': offices.rolesOf(person.personId), 'person.owned': offices.owned(person.personId, person.homes.find((home) => home.tree === 'admin')?.unitId),
      }
      return { id: person.personId, roster, places }
    })
    await stand(tx, institution, ofPeople, subjects, at, tally)
  }
  const ofUnits = measures.filter((measure) => measure.subjectKind === 'unit')
  const subjects = below.flatMap((id) => {
    const unit = units.get(id)
    return unit && !unit.closed ? [{ id, roster: { 'unit.kind': unit.kind, 'unit.tree': unit.tree }, places: up(id) }] : []
  })
  if (ofUnits.length) await stand(tx, institution, ofUnits, subjects, at, tally)
  return { counts: tally.rows(), children }
}

/** A unit and everything above it, found once for each. */
function upOf(units: ReadonlyMap<string, past.UnitThen>): (unitId: string | null | undefined) => readonly string[] {
  const found = new Map<string, readonly string[]>()
  const up = (unitId: string | null | undefined): readonly string[] => {
    const unit = unitId ? units.get(unitId) : undefined
    if (!unit) return []
    const known = found.get(unit.unitId)
    if (known) return known
    const way = [unit.unitId, ...up(unit.parentId)]
    found.set(unit.unitId, way)
    return way
  }
  return up
}

/** Who held what, and for whom somebody else answered directly. */
function officesOf(holdings: readonly past.HoldingThen[], up: (unitId: string | null | undefined) => readonly string[]) {
  const roles = Map.groupBy(holdings, (one) => one.personId)
  const direct = new Set<string>(answeringRoles('direct'))
  const answering = new Set<string>([...direct, ...answeringRoles('escalation')])
  const directAt = Map.groupBy(holdings.filter((one) => direct.has(one.role)), (one) => one.unitId)
  const anyAt = Map.groupBy(holdings.filter((one) => answering.has(one.role)), (one) => one.unitId)
  const another = (person: string) => (one: past.HoldingThen) => one.personId !== person
  return {
    rolesOf: (person: string) => (roles.get(person) ?? []).map((one) => one.role),
    owned: (person: string, home: string | undefined) => up(home).some((unit) => directAt.get(unit)?.some(another(person))) || (home !== undefined && (anyAt.get(home)?.some(another(person)) ?? false)),
  }
}

interface Subject {
  id: string
  roster: Known
  places: readonly string[]
}
async function stand(tx: Tx, institution: Context['institution'], measures: readonly MeasureRow[], subjects: readonly Subject[], at: Date, tally: Tally): Promise<void> {
  const concerned = measures.map((measure) => ({ measure, subjects: subjects.filter(({ roster }) => evaluate(measure.population, roster, at, institution.timeZone) === true) }))
  const ids = [...new Set(concerned.flatMap((one) => one.subjects.map((subject) => subject.id)))]
  const known = Map.groupBy(await past.factsAt(tx, institution.id, ids, [...new Set(measures.flatMap((measure) => measure.attributes))], at), (row) => row.subjectId)
  const excused = new Set((await past.excusedAt(tx, institution.id, measures.map((measure) => measure.measureId), ids, at)).map((row) => `${row.measureId} ${row.subjectId}`))
  for (const { measure, subjects: concerns } of concerned) {
    for (const subject of concerns) {
      const facts = Object.fromEntries((known.get(subject.id) ?? []).map((row) => [row.attribute, row.value]))
      const truth = evaluate(measure.condition, { ...subject.roster, ...facts }, at, institution.timeZone)
      tally.add(measure.measureId, truth === true ? 'kept' : excused.has(`${measure.measureId} ${subject.id}`) ? 'excused' : truth === false ? 'gap' : 'unknown', subject.places)
    }
  }
}

/** Counts as they add up, for the units that are shown. */
class Tally {
  #rows = new Map<string, Counted>()
  readonly #shown: ReadonlySet<string>
  constructor(shown: ReadonlySet<string>) {
    this.#shown = shown
  }
  add(measureId: string, state: 'kept' | 'gap' | 'excused' | 'unknown', places: readonly string[]): void {
    for (const unitId of new Set(places)) {
      if (!this.#shown.has(unitId)) continue
      const key = `${measureId} ${unitId}`
      const row = this.#rows.get(key) ?? { measureId, unitId, population: 0, kept: 0, gap: 0, excused: 0, unknown: 0 }
      row.population++
      row[state]++
      this.#rows.set(key, row)
    }
  }
  rows(): Counted[] {
    return [...this.#rows.values()]
  }
}

export const knownAtCalls = [
  implement(contract.coverageKnownAt, async (ctx, input) => {
    const { tx, institution } = ctx
    const at = new Date(input.at)
    await checkMoment(ctx, at)
    const unit = (await unitBriefs(tx, institution.id, [input.unitId])).get(input.unitId)
    if (!unit) throw notFound()
    const on = (await past.measuresOnAt(tx, institution.id, at)).filter((id) => input.measureId === undefined || id === input.measureId)
    const all = on.length ? await listMeasures(tx, institution.id, { responseId: input.responseId, ids: on }) : []
    // What it would be worked out from is gone; the counts at its end are with the response.
    const living = new Set((await erasurePlans(tx, institution.id)).filter((plan) => plan.state !== 'running').map((plan) => plan.responseId))
    const measures = all.filter((measure) => living.has(measure.responseId))
    if (all.length && !measures.length) throw refused('erased', '那时的个人明细已按规则擦除，无法重算；响应结束时的各单位人数和擦除证明见该响应的页面。', 'What was known then has been erased by rule and cannot be counted anew; the counts at its end and the certificate are on the page of that response.')
    const { counts, children } = await coverageKnownAt(ctx, measures, input.unitId, at)
    // By their names of today; who answered then.
    const briefs = await unitBriefs(tx, institution.id, children)
    const owners = await ownersOfUnits(tx, institution.id, children, at)
    const cells = (unitId: string) =>
      measures.map(({ measureId }) => {
        const { population = 0, kept = 0, gap = 0, excused = 0, unknown = 0 } = counts.find((one) => one.unitId === unitId && one.measureId === measureId) ?? {}
        return { measureId, population, kept, gap, excused, unknown }
      })
    return {
      asOf: at.toISOString(), unit, measures: measures.map(({ measureId, name, subjectKind }) => ({ measureId, name, subjectKind })), total: cells(input.unitId),
      rows: children.flatMap((id) => { const brief = briefs.get(id); return brief ? [{ unit: brief, owner: owners.get(id) ?? null, cells: cells(id) }] : [] }),
    }
  }),
]
