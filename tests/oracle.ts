/**
 * A second reading of what the engine must answer, written apart from it and as plainly as possible: no SQL, no stored standings, no
 * shared rules. It holds the people, where they belong, every fact and every excuse, and works everything out anew, person by person.
 */

export type Truth = boolean | null
export type State = 'kept' | 'gap' | 'excused' | 'unknown'
export type Tree = 'admin' | 'party' | 'residence'
export interface Unit { id: string; name: string; kind: string; tree: Tree; parent: string | null }
export interface Person { id: string; number: string; name: string; kind: string; grade: string | null; political: string | null; status: string; left: boolean; home: Partial<Record<Tree, string>> }
export interface Fact { id: string; subject: string; attribute: string; value: unknown; observed: number; lastsMs: number | null; corrects?: string }
export interface Excuse { measure: string; subject: string; from: number; to: number | null }
export interface Holding { person: string; unit: string; role: string; from: number; to: number | null }
type Know = (attribute: string) => unknown
export interface Measure {
  id: string
  danger: number
  of: 'person' | 'unit'
  concerns: (world: World, subject: string, now: number) => boolean
  truth: (know: Know, world: World, subject: string, now: number) => Truth
  /** The questions still open where the truth is not known, asked of the person; `asked`: put already for what is more dangerous. */
  open: (know: Know, asked: ReadonlySet<string>, world: World, subject: string, now: number) => string[]
  /** One more answer can mend a gap: it is asked there, too. */
  asksInGap?: true
}

export const and = (...all: Truth[]): Truth => (all.includes(false) ? false : all.includes(null) ? null : true)
export const or = (...all: Truth[]): Truth => (all.includes(true) ? true : all.includes(null) ? null : false)
/** A comparison of what is known; unknown where nothing is. */
export const when = <T>(value: unknown, test: (value: T) => boolean): Truth => (value === undefined || value === null ? null : test(value as T))

export class World {
  readonly zone: string
  units: Unit[] = []
  people: Person[] = []
  facts: Fact[] = []
  excuses: Excuse[] = []
  holdings: Holding[] = []
  measures: Measure[] = []
  constructor(zone: string) {
    this.zone = zone
  }

  person(id: string): Person {
    return this.people.find((one) => one.id === id) as Person
  }
  /** A unit and everything above it. */
  up(unit: string | null | undefined): string[] {
    const found = this.units.find((one) => one.id === unit)
    return found ? [found.id, ...this.up(found.parent)] : []
  }
  /** Every unit a person belongs to, in any tree. */
  placesOf(person: string): string[] {
    return Object.values(this.person(person).home).flatMap((unit) => this.up(unit))
  }
  holdsNow(person: string, now: number): Holding[] {
    return this.holdings.filter((one) => one.person === person && one.from <= now && (one.to === null || one.to > now))
  }
  know(subject: string, now: number): Know {
    return (attribute) => {
      let latest: Fact | undefined
      for (const fact of this.facts) if (fact.subject === subject && fact.attribute === attribute && (!latest || fact.observed > latest.observed || (fact.observed === latest.observed && fact.id > latest.id))) latest = fact
      return latest && (latest.lastsMs === null || latest.observed + latest.lastsMs > now) ? latest.value : undefined
    }
  }
  /** Where something must have been observed so often since a moment: what counts once together, of those that fit; whether it was observed at all; whether it was in what counts together with `now`. */
  observed(subject: string, attribute: string, now: number, within: (observed: number) => boolean, together: (observed: number) => string | number, fits: (value: unknown) => boolean) {
    const withdrawn = this.facts.map((one) => one.corrects)
    const lately = this.facts.filter((one) => one.subject === subject && one.attribute === attribute && one.observed <= now && within(one.observed) && !withdrawn.includes(one.id))
    return { any: lately.length > 0, times: new Set(lately.filter((one) => fits(one.value)).map((one) => together(one.observed))).size, now: lately.some((one) => together(one.observed) === together(now)) }
  }
  day(now: number, daysBack = 0): string {
    const parts = new Intl.DateTimeFormat('en', { timeZone: this.zone, year: 'numeric', month: 'numeric', day: 'numeric' }).formatToParts(now)
    const of = (type: string) => Number(parts.find((part) => part.type === type)?.value)
    return new Date(Date.UTC(of('year'), of('month') - 1, of('day') - daysBack)).toISOString().slice(0, 10)
  }
  excused(measure: string, subject: string, now: number): boolean {
    return this.excuses.some((one) => one.measure === measure && one.subject === subject && one.from <= now && (one.to === null || one.to > now))
  }

  /** Where a subject stands; undefined where the measure does not concern it. */
  stands(measure: Measure, subject: string, now: number): State | undefined {
    if (measure.of === 'person' && (this.person(subject)?.left ?? true)) return undefined
    if (!measure.concerns(this, subject, now)) return undefined
    const truth = measure.truth(this.know(subject, now), this, subject, now)
    if (truth === true) return 'kept'
    if (this.excused(measure.id, subject, now)) return 'excused'
    return truth === false ? 'gap' : 'unknown'
  }
  subjects(measure: Measure): string[] {
    return measure.of === 'person' ? this.people.map((one) => one.id) : this.units.map((one) => one.id)
  }
  /** Which subjects of a measure count for a unit: its people, or the units at and below it. */
  within(measure: Measure, unit: string): string[] {
    return this.subjects(measure).filter((subject) => (measure.of === 'person' ? this.placesOf(subject) : this.up(subject)).includes(unit))
  }
  /** What a person is asked about themselves, in order. */
  asks(person: string, now: number): string[] {
    const mine = this.measures.filter((one) => one.of === 'person' && ['unknown', ...(one.asksInGap ? ['gap'] : [])].includes(this.stands(one, person, now) ?? ''))
    const asked = new Set<string>()
    for (const one of mine.toSorted((a, b) => a.danger - b.danger)) for (const question of one.open(this.know(person, now), asked, this, person, now)) asked.add(question)
    return [...asked]
  }
}

/** A seeded generator, so that what failed can be played again. */
export function dice(seed: number) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  return {
    next,
    upTo: (n: number) => Math.floor(next() * n),
    one: <T>(all: readonly T[]): T => all[Math.floor(next() * all.length)] as T,
    chance: (p: number) => next() < p,
  }
}
