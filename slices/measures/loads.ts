/**
 * What measures cost people: seconds a day for each person who is asked, and which level of the hierarchy asked for which of them. Pure figures over groups of
 * people who are alike in what they are asked.
 */
import { leastQuestions } from './questions.ts'
import type { TimesWithin } from './counts.ts'
import { countsOf, secondsPerDay, valuesOf, type RuleGroup } from './rules.ts'

export type Level = 'law' | 'nation' | 'province' | 'city' | 'school' | 'college'
/** From what binds all to what a college thought of itself. */
export const levels: readonly Level[] = ['law', 'nation', 'province', 'city', 'school', 'college']

/** A question with its cost. */
export interface Question {
  key: string
  subjectKind: 'person' | 'unit'
  askedOf: 'self' | 'owner' | 'nobody'
  seconds: number
  freshSeconds: number | null
}
/** A measure as far as it costs. `every`: how often its document asks, by attribute; null: once; absent: the document does not say. */
export interface Costing {
  measureId: string
  demandedBy: Level
  subjectKind: 'person' | 'unit'
  condition: RuleGroup
  attributes: readonly string[]
  every: Readonly<Record<string, number | null>>
}
/** People who are alike: covered by the same measures, reached by the same follow-up questions so far, answering for alike units. */
export interface Group {
  people: number
  measures: readonly string[]
  came: readonly string[]
  /** For each unit they answer for: the measures that cover it. */
  units: readonly (readonly string[])[]
}

/** Questions asked of everybody whom the measure covers; the rest come only after certain answers. */
export function alwaysAsked(condition: RuleGroup, askable: (attribute: string) => boolean = () => true): string[] {
  return leastQuestions([condition], { known: {}, now: new Date(0), timeZone: 'UTC', askable })[0] ?? []
}

export interface Distribution {
  /** Who is asked anything at all. */
  people: number
  median: number
  worst: number
  over: number
}
/** Seconds a day over people, of those who are asked anything. */
export function distributionOf(loads: readonly { people: number; seconds: number }[], budget: number): Distribution {
  const borne = loads.filter((one) => one.seconds > 0).toSorted((a, b) => a.seconds - b.seconds)
  const people = borne.reduce((sum, one) => sum + one.people, 0)
  let before = 0
  const middle = borne.find((one) => (before += one.people) * 2 >= people)
  return { people, median: tenth(middle?.seconds ?? 0), worst: tenth(borne.at(-1)?.seconds ?? 0), over: borne.filter((one) => one.seconds > budget).reduce((sum, one) => sum + one.people, 0) }
}
export const tenth = (value: number): number => Math.round(value * 10) / 10

/** How often these measures have a question asked: as often as what is known goes stale, or as often as an observation must be made anew; null: once. */
function everyOf(question: Question, measures: readonly Costing[]): number | null {
  const spans = measures.flatMap(({ condition }) => [
    ...(valuesOf(condition).includes(question.key) && question.freshSeconds !== null ? [question.freshSeconds] : []),
    ...countsOf(condition).flatMap(({ attribute, count }) => (attribute === question.key ? [spanSeconds(count) / count.times] : [])),
  ])
  return spans.length ? Math.min(...spans) : null
}
const spanSeconds = (count: TimesWithin) => (count.hours === undefined ? (count.days ?? 1) * 86_400 : count.hours * 3600)

/** Seconds a day that the questions cost a person of the group: those for themselves, and those for the units they answer for. */
function borne(group: Group, measures: ReadonlyMap<string, Costing>, questions: ReadonlyMap<string, Question>, follows: boolean): number {
  const secondsOf = (covering: readonly string[], unit: boolean) => {
    const these = covering.flatMap((id) => measures.get(id) ?? [])
    const asked = new Set(
      these.flatMap((measure) => {
        const askable = (key: string) => {
          const question = questions.get(key)
          return question !== undefined && question.subjectKind === measure.subjectKind && question.askedOf !== 'nobody' && (unit || question.askedOf === 'self')
        }
        const always = alwaysAsked(measure.condition, askable)
        return measure.attributes.filter((key) => askable(key) && (follows || always.includes(key) || (!unit && group.came.includes(key))))
      }),
    )
    return [...asked].flatMap((key) => questions.get(key) ?? []).reduce((sum, question) => sum + perDay(question, everyOf(question, these)), 0)
  }
  return secondsOf(group.measures, false) + group.units.reduce((sum, covering) => sum + secondsOf(covering, true), 0)
}

/** Seconds a day of a person of each group: as it is to be expected, and where every follow-up question comes too. */
export function loadsOf(groups: readonly Group[], costings: readonly Costing[], questions: ReadonlyMap<string, Question>): { people: number; expected: number; most: number }[] {
  const measures = new Map(costings.map((one) => [one.measureId, one]))
  return groups.map((group) => ({ people: group.people, expected: borne(group, measures, questions, false), most: borne(group, measures, questions, true) }))
}

/** One thing that a level added to what those above it had asked for already. */
export interface Added {
  /** Null: no document asks for it so often, the attribute is merely set so. */
  by: Level | null
  attribute: string
  /** question: nobody above asked it. people: those above asked it of others. frequency: those above were content with it less often. */
  kind: 'question' | 'people' | 'frequency'
  people: number
  secondsPerPersonDay: number
  /** How often the level wants it, and it is asked no oftener than the attribute is set to; null: once. */
  every: number | null
  /** How often those above asked for it; absent where they did not, or did not say. */
  above?: number | null
  /** A document of this level does not say how often; what is set counts as its demand. */
  unstated: boolean
  measureIds: string[]
}
export interface LevelLoad {
  by: Level | null
  measures: number
  hoursPerDay: number
  /** What the level puts on those who bear most of it. */
  worst: number
  added: Added[]
}

/** Question by question and person by person: the highest level that asks for it has it, a lower one only what it adds. */
export function boundaryOf(groups: readonly Group[], costings: readonly Costing[], questions: ReadonlyMap<string, Question>): LevelLoad[] {
  const all = new Map(costings.map((one) => [one.measureId, one]))
  const anywhere = (key: string, above: number) => costings.some((one) => one.attributes.includes(key) && levels.indexOf(one.demandedBy) < above)
  const found = new Map<string, Added>()
  const worst = new Map<Level | null, number>()
  for (const group of groups) {
    const here = new Map<Level | null, number>()
    const bodies = [{ covering: group.measures, unit: false }, ...group.units.map((covering) => ({ covering, unit: true }))]
    for (const { covering, unit } of bodies) {
      const measures = covering.flatMap((id) => all.get(id) ?? [])
      for (const key of new Set(measures.flatMap((one) => [...one.attributes]))) {
        const question = questions.get(key)
        if (!question || question.askedOf === 'nobody' || (!unit && question.askedOf === 'owner')) continue
        const asSetEvery = everyOf(question, measures)
        const set = perDay(question, asSetEvery)
        let covered = 0
        let above: number | null | undefined
        const add = (by: Level | null, seconds: number, rest: Pick<Added, 'kind' | 'every' | 'unstated' | 'measureIds'>) => {
          const id = `${by} ${key} ${rest.kind}`
          const entry = found.get(id) ?? { by, attribute: key, people: 0, secondsPerPersonDay: 0, ...rest, ...(above === undefined ? {} : { above }) }
          entry.secondsPerPersonDay += seconds * group.people
          entry.people += group.people
          entry.measureIds = [...new Set([...entry.measureIds, ...rest.measureIds])]
          found.set(id, entry)
          here.set(by, (here.get(by) ?? 0) + seconds)
        }
        levels.forEach((level, rank) => {
          const mine = measures.filter((one) => one.demandedBy === level && one.attributes.includes(key))
          if (!mine.length) return
          const unstated = mine.some((one) => one.every[key] === undefined)
          const stated = mine.flatMap((one) => (one.every[key] === undefined ? [] : [one.every[key] as number | null])).toSorted((a, b) => perDay(question, b) - perDay(question, a))[0]
          const asSet = unstated || perDay(question, stated as number | null) >= set
          const demanded = asSet ? set : perDay(question, stated as number | null)
          if (demanded - covered > 1e-9) add(level, demanded - covered, { kind: covered > 0 ? 'frequency' : anywhere(key, rank) ? 'people' : 'question', every: asSet ? asSetEvery : (stated as number | null), unstated, measureIds: mine.map((one) => one.measureId) })
          if (demanded > covered) {
            covered = demanded
            if (!unstated) above = stated as number | null
          }
        })
        if (covered > 0 && set - covered > 1e-9) add(null, set - covered, { kind: 'frequency', every: asSetEvery, unstated: false, measureIds: [] })
      }
    }
    for (const [by, seconds] of here) worst.set(by, Math.max(worst.get(by) ?? 0, seconds))
  }
  return ([...levels, null] as const).flatMap((by) => {
    const added = [...found.values()].filter((one) => one.by === by)
    const measures = costings.filter((one) => one.demandedBy === by).length
    if (!added.length && !measures) return []
    const total = added.reduce((sum, one) => sum + one.secondsPerPersonDay, 0)
    return [{
      by, measures, hoursPerDay: tenth(total / 3600), worst: tenth(worst.get(by) ?? 0),
      added: added.map((one) => ({ ...one, secondsPerPersonDay: tenth(one.people ? one.secondsPerPersonDay / one.people : 0) })).toSorted((a, b) => b.people * b.secondsPerPersonDay - a.people * a.secondsPerPersonDay),
    }]
  })
}
const perDay = (question: Question, every: number | null) => secondsPerDay({ seconds: question.seconds, freshSeconds: every })
