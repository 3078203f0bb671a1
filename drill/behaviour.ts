import { addDays } from '#kernel/clock.ts'
import { areaOf, areas, drawHome } from './behaviour-areas.ts'
import type { Area } from './behaviour-areas.ts'
import { helpInEnglish, helpTexts, signGroups, stations } from './behaviour-texts.ts'
import type { HelpTopic } from './behaviour-texts.ts'
import { lineage } from './campus-model.ts'
import type { Campus, Person, Unit, UnitKind } from './campus-model.ts'
import { Random } from './random.ts'

/** prompt: soon; late: in the evening or the day after; proxy: somebody answers for them; never: not at all. */
export type Temperament = 'prompt' | 'late' | 'proxy' | 'never'

export type PersonBehaviour = {
  number: string
  temperament: Temperament
  /** Who answers for them if they leave it to somebody: their counsellor. Null where nobody holds that office. */
  proxy: string | null
  /** Minutes from the asking to the answer, for each day; null: no answer to what is asked on that day. */
  delays: (number | null)[]
  /** Where they are before they return, or all the time. */
  whereabouts: Area
  staysOnCampus: boolean
  /** Comes back from a listed area. Day 0 is the first of the drill; days before it are negative. */
  returns: { from: Area; day: number; date: string; by: '火车' | '飞机' | '长途汽车' | '自驾' } | null
  symptoms: { day: number; date: string; signs: string[]; temperature: number }[]
  help: { day: number; date: string; minute: number; topic: HelpTopic; text: string }[]
}

export type UnitBehaviour = {
  unit: string
  slow: boolean
  /** Minutes from the arrival of a duty to its acknowledgement; null: never without being called. */
  acknowledge: number | null
  /** Minutes from acknowledgement to the first report. */
  report: number
  /** The first report comes without evidence and will be sent back. */
  thin: boolean
}

export type Behaviour = { seed: number; start: string; days: number; season: Season; host: Area; listed: Area[]; people: PersonBehaviour[]; units: UnitBehaviour[] }

/** vacation: nearly all students are at home; term: nearly all are at school. */
export type Season = 'vacation' | 'term'

export type BehaviourOptions = {
  /** First day of the drill, YYYY-MM-DD. */
  start?: string
  days?: number
  season?: Season
  /** Code of the school's own city. */
  host?: string
  /** Codes of the areas that measures name. Absent: three are drawn. */
  listed?: readonly string[]
}

/** How everybody will behave over the days of a drill: pure data, in the order of `campus.people`; somebody else plays it. */
export function makeBehaviour(campus: Campus, seed: number, options: BehaviourOptions = {}): Behaviour {
  const { start = `${campus.year + 1}-01-22`, days = 5, season = 'vacation', host: hostCode = '410100' } = options
  if (!Number.isInteger(days) || days < 1 || days > 60) throw new RangeError(`a drill lasts 1 to 60 days, not ${days}`)
  if (Number.isNaN(Date.parse(`${start}T00:00:00Z`))) throw new RangeError(`${start} is no date`)
  const random = new Random(`behaviour/${seed}`)
  const host = areaOf(hostCode)
  const listed = options.listed?.map(areaOf) ?? random.shuffle(areas.filter((area) => area.province !== host.province)).slice(0, 3)
  const play: Play = { campus, start, days, season, host, listed, ...look(campus) }
  const people = campus.people.map((person) => drawPerson(random.fork(person.number), person, play))
  const returning = random.shuffle(people.map((_, index) => index)).slice(0, Math.max(2, Math.round(people.length * 0.009)))
  for (const index of returning) comeBack(random, campus.people[index], people[index], play)
  fallIll(random.fork('illness'), people, play)
  askForHelp(random.fork('help'), people, play)
  return { seed, start, days, season, host, listed, people, units: drawUnits(random.fork('units'), campus, play) }
}

/** Where somebody is on a day: before and after the return. */
export function whereIs(behaviour: Behaviour, person: PersonBehaviour, day: number): Area {
  return person.returns && day >= person.returns.day ? behaviour.host : person.whereabouts
}

type Play = {
  campus: Campus
  start: string
  days: number
  season: Season
  host: Area
  listed: Area[]
  units: ReadonlyMap<string, Unit>
  counsellors: ReadonlyMap<string, string | null>
}

function look(campus: Campus): Pick<Play, 'units' | 'counsellors'> {
  return {
    units: new Map(campus.units.map((unit) => [unit.id, unit])),
    counsellors: new Map(campus.classes.map((group) => [group.unit, group.orphaned ? null : group.counsellor])),
  }
}

function drawPerson(random: Random, person: Person, play: Play): PersonBehaviour {
  const student = person.kind === 'student'
  const temperament = random.weighted<Temperament>(
    student ? [['prompt', 0.64], ['late', 0.29], ['proxy', 0.045], ['never', 0.025]] : [['prompt', 0.72], ['late', 0.24], ['proxy', 0.01], ['never', 0.03]],
  )
  const staysOnCampus = stays(random, person, play.season)
  return {
    number: person.number,
    temperament,
    proxy: play.counsellors.get(person.units.admin) ?? null,
    delays: Array.from({ length: play.days }, () => delay(random, temperament)),
    whereabouts: staysOnCampus ? play.host : student && (play.season === 'vacation' || !person.onCampus) ? drawHome(random, play.host) : random.chance(0.95) ? play.host : random.pick(areas),
    staysOnCampus,
    returns: null,
    symptoms: [],
    help: [],
  }
}

function stays(random: Random, person: Person, season: Season): boolean {
  if (person.kind !== 'student' || !person.onCampus || person.units.residence === null) return false
  return season === 'term' ? random.chance(0.97) : random.chance(0.045)
}

/** The prompt answer within the hour, most of them; the late ones near midnight or a day later; proxies when somebody gets round to it. */
function delay(random: Random, temperament: Temperament): number | null {
  if (temperament === 'never') return null
  if (temperament === 'prompt') return random.chance(0.02) ? null : 1 + Math.round(random.around(35, 30) * (random.chance(0.2) ? 4 : 1))
  if (temperament === 'late') return random.chance(0.12) ? null : random.chance(0.25) ? random.between(1440, 2400) : random.between(300, 900)
  return random.between(420, 1300)
}

function comeBack(random: Random, person: Person | undefined, behaviour: PersonBehaviour | undefined, play: Play): void {
  if (!person || !behaviour) return
  const from = random.pick(play.listed)
  const day = random.between(-9, play.days - 1)
  behaviour.returns = { from, day, date: addDays(play.start, day), by: random.weighted([['火车', 0.6], ['飞机', 0.12], ['长途汽车', 0.18], ['自驾', 0.1]]) }
  behaviour.whereabouts = from
  // From the day of return on they are where they belong: in a room of the school or at home in its city.
  behaviour.staysOnCampus = person.kind === 'student' && person.units.residence !== null
}

/** Single cases over the campus, and a few rooms where one falls ill after the other. */
function fallIll(random: Random, people: readonly PersonBehaviour[], play: Play): void {
  for (const person of people) {
    if (random.chance(0.006)) report(random, person, random.below(play.days), random.pick(signGroups), play)
  }
  const rooms = new Map<string, PersonBehaviour[]>()
  play.campus.people.forEach((person, index) => {
    const behaviour = people[index]
    if (!behaviour?.staysOnCampus || person.units.residence === null || behaviour.returns) return
    rooms.set(person.units.residence, [...(rooms.get(person.units.residence) ?? []), behaviour])
  })
  const shared = [...rooms.values()].filter((mates) => mates.length >= 2)
  for (const mates of random.shuffle(shared).slice(0, Math.max(1, Math.round(people.length / 8000)))) {
    const signs = random.pick(signGroups)
    const first = random.below(Math.max(1, play.days - 1))
    mates.slice(0, 3).forEach((mate, index) => report(random, mate, Math.min(play.days - 1, first + Math.min(index, 1)), signs, play))
  }
}

function report(random: Random, person: PersonBehaviour, day: number, signs: readonly string[], play: Play): void {
  if (person.symptoms.length > 0) return
  const fever = signs.includes('发热')
  const lasts = random.between(1, 3)
  for (let on = day; on < Math.min(day + lasts, play.days); on += 1) {
    const temperature = fever ? 37.4 + random.below(15) / 10 - (on - day) * 0.3 : 36.2 + random.below(8) / 10
    person.symptoms.push({ day: on, date: addDays(play.start, on), signs: [...signs], temperature: Math.round(temperature * 10) / 10 })
  }
}

function askForHelp(random: Random, people: readonly PersonBehaviour[], play: Play): void {
  const students = people.flatMap((behaviour, index) => {
    const person = play.campus.people[index]
    return person?.kind === 'student' ? [{ person, behaviour }] : []
  })
  const wanted = Math.max(4, Math.round(students.length / 600))
  const away = random.shuffle(students.filter(({ behaviour }) => !behaviour.staysOnCampus)).slice(0, Math.ceil(wanted / 2))
  const here = random.shuffle(students.filter(({ behaviour, person }) => behaviour.staysOnCampus && person.units.residence !== null)).slice(0, wanted - away.length)
  for (const { person, behaviour } of [...away, ...here]) {
    const day = random.below(play.days)
    const texts = (/^[A-Z]/.test(person.name) ? helpInEnglish : helpTexts).filter((one) => one.where === (behaviour.staysOnCampus ? 'campus' : 'away'))
    const { topic, text } = random.pick(texts)
    behaviour.help.push({ day, date: addDays(play.start, day), minute: random.between(7 * 60, 23 * 60), topic, text: fill(random, text, person, behaviour, play) })
  }
}

function fill(random: Random, text: string, person: Person, behaviour: PersonBehaviour, play: Play): string {
  const home = person.units.residence === null ? [] : lineage(play.units, person.units.residence)
  const name = (kind: UnitKind, otherwise: string): string => home.find((unit) => unit.kind === kind)?.name ?? otherwise
  const { city } = behaviour.whereabouts
  // Stations are called after cities, not after autonomous prefectures.
  const town = city.endsWith('市') ? city.slice(0, -1) : random.pick(areas.filter((area) => area.city.endsWith('市'))).city.slice(0, -1)
  return text
    .replaceAll('{city}', city)
    .replaceAll('{station}', `${town}${random.pick(stations)}`)
    .replaceAll('{building}', name('building', '宿舍楼'))
    .replaceAll('{room}', name('room', '房间'))
    .replaceAll('{days}', String(random.between(2, 6)))
}

const answering = new Set<UnitKind>(['college', 'department', 'class', 'general-branch', 'branch', 'building', 'floor'])

/** Most units acknowledge within the hour; one in twelve takes half a day or longer; classes that nobody answers for stay silent. */
function drawUnits(random: Random, campus: Campus, play: Play): UnitBehaviour[] {
  const held = new Set(campus.holdings.filter((holding) => holding.to === null).map((holding) => holding.unit))
  return campus.units.filter((unit) => answering.has(unit.kind)).map((unit) => {
    const slow = random.chance(1 / 12)
    const silent = !held.has(unit.id) || play.counsellors.get(unit.id) === null || random.chance(0.012)
    return {
      unit: unit.id,
      slow,
      acknowledge: silent ? null : slow ? random.between(360, 1800) : 3 + Math.round(random.around(28, 22)),
      report: slow ? random.between(900, 2600) : random.between(60, 480),
      thin: random.chance(slow ? 0.3 : 0.08),
    }
  })
}
