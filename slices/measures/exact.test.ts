/**
 * Exact to the last person: rosters, moves in every tree, leavers and returners, late, repeated, reordered and corrected facts, lapses,
 * midnights in four time zones and excuses are played through the real calls; after every step what the calls answer is compared with
 * the naive oracle of tests/oracle.ts. The seed is printed: SEED=… plays one again, STEPS=… plays longer.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import { inInstitution, type Tx } from '#kernel/database.ts'
import { newId } from '#kernel/ids.ts'
import { applyRoster, giveReason, previewRoster, saveUnit } from '#slices/directory/contract.ts'
import { operator, Run } from '#kernel/handle.ts'
import { answer, saveAttribute } from '#slices/facts/contract.ts'
import { record } from '#slices/facts/server.ts'
import { open } from '#slices/responses/contract.ts'
import { and, dice, or, when, World, type Measure, type Person, type Tree } from '../../tests/oracle.ts'
import { openScene, type Scene } from '../../tests/scene.ts'
import { asks, coverage, coverageKnownAt, draft, endExcuse, excuse, fromPreset, gaps, switchOn } from './contract.ts'
import { caseKinds, openCase } from './cases.ts'
import { engineOf } from './engine.ts'
import { listMeasures, standFirst, standingsOf } from './queries.ts'
import { coverageOfUnits } from './queries-coverage.ts'
import { countsAt } from './queries-known-at.ts'
import type { RuleGroup } from './rules.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const steps = Number(process.env['STEPS'] ?? 30)
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 1e9))
/** Where days begin and end differently; the clock starts just before the change to summer time where there is one. */
const places = [
  { zone: 'Asia/Shanghai', start: '2027-02-05T09:00:00Z', tree: '信息学院' },
  { zone: 'Europe/Berlin', start: '2027-03-27T08:00:00Z', tree: '1号楼' },
  { zone: 'America/St_Johns', start: '2027-03-13T20:00:00Z', tree: '学生第一党支部' },
  { zone: 'Pacific/Apia', start: '2027-04-03T06:00:00Z', tree: '北校区' },
] as const

let first: Scene
before(async () => {
  console.log(`SEED=${seed}`)
  first = await openScene({ code: 'exact-0', timeZone: places[0].zone })
})
after(() => first.close())

for (const [index, place] of places.entries()) {
  test(`${place.zone}: what the calls answer is what a naive recount finds, after every step`, { timeout: 120_000 }, async () => {
    const scene = index === 0 ? first : await openScene({ shared: first, code: `exact-${index}`, timeZone: place.zone })
    const play = await Play.begin(scene, place, seed + index)
    try {
      for (let step = 1; step <= steps; step++) {
        await play.step()
        await play.check(step % 20 === 0 || step === steps)
      }
    } catch (error) {
      if (error instanceof Error) error.message = `${error.message}\n— SEED=${seed} ${place.zone}, the last steps:\n${play.told.slice(-12).join('\n')}`
      throw error
    }
  })
}

const rosterHead = '学号,姓名,性别,年级,班级,政治面貌,宿舍楼,房间号,党支部,学籍状态'
const political: Record<string, string> = { member: '中共党员', league: '共青团员', masses: '群众' }
const standingWord: Record<string, string> = { enrolled: '在籍', suspended: '休学' }
const classes = ['软件2026-1班', '软件2026-2班', '临床2026-1班']
const rooms = ['101', '102', '201']
const branches = ['学生第一党支部', '学生第二党支部']

class Play {
  readonly told: string[] = []
  readonly roll
  readonly world: World
  readonly scene: Scene
  /** Answers given before, to be sent again. */
  readonly sent: { number: string; answers: Parameters<typeof answerOf>[0][] }[] = []
  /** What coverage said at earlier moments. */
  readonly said: { at: string; counts: Record<string, unknown> }[] = []
  readonly came = new Map<string, number>()
  #spare = 1
  constructor(scene: Scene, world: World, luck: number) {
    this.scene = scene
    this.world = world
    this.roll = dice(luck)
  }

  static async begin(scene: Scene, place: (typeof places)[number], luck: number): Promise<Play> {
    const responseId = newId()
    await scene.advance(Date.parse(place.start) - 8 * day - scene.now().getTime())
    // Open for a while: what was observed before a response is none of its business.
    await scene.operate(open, { responseId, name: '核对', hazards: ['other'], level: 3, basis: '核对用', decidedBy: '测试', plannedEnd: null })
    await scene.advance(8 * day)
    const play = new Play(scene, new World(place.zone), luck)
    // A second branch to move to; then everything as the roster has it.
    await play.roster(['20262005,临甲辰,男,2026,临床2026-1班,中共党员,1号楼,201,学生第二党支部,在籍'])
    await play.readRoster()
    const plain = { options: [], unit: null, min: null, max: null, sensitivity: 'normal' as const, askedOf: 'self' as const, subjectKind: 'person' as const, purpose: { zh: '核对', en: 'check' }, seconds: 1 }
    await scene.operate(saveAttribute, { ...plain, key: 'test-day', type: 'day', label: { zh: '检测日期', en: 'Day of the test' }, freshSeconds: (5 * day) / 1000 })
    await scene.operate(saveAttribute, { ...plain, key: 'test-result', type: 'choice', label: { zh: '结果', en: 'Result' }, options: [{ value: 'negative', zh: '阴性', en: 'negative' }, { value: 'positive', zh: '阳性', en: 'positive' }], freshSeconds: (5 * day) / 1000 })
    await scene.operate(saveAttribute, { ...plain, key: 'temperature', type: 'number', label: { zh: '体温', en: 'Temperature' }, freshSeconds: (12 * hour) / 1000 })
    for (const key of ['listed-area-observed', 'symptoms-followed', 'whereabouts-known', 'stay-approved', 'everyone-owned', 'zero-report']) {
      const measureId = newId()
      await scene.operate(fromPreset, { measureId, responseId, key, basis: '核对用' })
      await scene.operate(switchOn, { measureId, sponsor: '核对用，不问真人' })
      play.world.measures.push({ id: measureId, ...presets[key] } as Measure)
    }
    const placeId = scene.unit(place.tree)
    const own: { population: RuleGroup; condition: RuleGroup; danger: number; as: Omit<Measure, 'id' | 'danger' | 'of'> }[] = [
      {
        population: { combinator: 'and', rules: [{ field: 'person.unit', operator: 'inUnit', value: placeId }, { field: 'person.status', operator: 'notIn', value: ['suspended'] }] },
        condition: { combinator: 'and', rules: [{ field: 'test-day', operator: 'withinDays', value: 3 }, { field: 'test-result', operator: '!=', value: 'positive' }] }, danger: 2,
        as: {
          concerns: (world, id) => world.placesOf(id).includes(placeId) && world.person(id).status !== 'suspended',
          truth: (know, world, _, now) => and(when<string>(know('test-day'), (value) => value > world.day(now, 3)), when(know('test-result'), (value) => value !== 'positive')),
          open: (know) => ['test-day', 'test-result'].filter((key) => know(key) === undefined),
        },
      },
      {
        population: { combinator: 'or', rules: [{ field: 'person.political-status', operator: 'in', value: ['member', 'masses'] }, { field: 'person.role', operator: 'in', value: ['floor-head'] }] },
        condition: { combinator: 'or', not: true, rules: [{ field: 'temperature', operator: '>', value: 38 }, { field: 'symptoms', operator: 'contains', value: 'fever' }] } as RuleGroup, danger: 3,
        as: {
          concerns: (world, id, now) => ['member', 'masses'].includes(world.person(id).political ?? '') || world.holdsNow(id, now).some((one) => one.role === 'floor-head'),
          truth: (know) => {
            const ill = or(when<number>(know('temperature'), (value) => value > 38), when<string[]>(know('symptoms'), (value) => value.includes('fever')))
            return ill === null ? null : !ill
          },
          // One that holds settles it: what is asked anyway comes before what is not.
          open: (know, asked) => (know('temperature') === undefined ? (know('symptoms') === undefined && asked.has('symptoms') ? ['symptoms'] : ['temperature']) : ['symptoms']),
        },
      },
      {
        population: { combinator: 'and', rules: [{ field: 'person.kind', operator: 'in', value: ['student', 'staff'] }] }, danger: 3,
        condition: { combinator: 'and', rules: [{ field: 'temperature', operator: 'timesWithin', value: { times: 3, hours: 24 } }] },
        as: often('temperature', 3, (world, now) => world.observed(now.subject, 'temperature', now.at, (at) => at > now.at - day, (at) => Math.floor(at / minute), () => true)),
      },
      {
        population: { combinator: 'and', rules: [{ field: 'person.kind', operator: '=', value: 'student' }] }, danger: 3,
        condition: { combinator: 'and', rules: [{ field: 'test-result', operator: 'timesWithin', value: { times: 2, days: 3, daily: true, where: { operator: '=', value: 'negative' } } }] },
        as: often('test-result', 2, (world, now) => world.observed(now.subject, 'test-result', now.at, (at) => world.day(at) > world.day(now.at, 3), (at) => world.day(at), (value) => value === 'negative')),
      },
    ]
    // Nobody in isolation without a normal temperature; whoever is in quarantine is where it is known. No case is known, not unknown.
    own.push({
      population: { combinator: 'and', rules: [{ field: 'person.kind', operator: '=', value: 'student' }] }, danger: 3,
      condition: { combinator: 'and', rules: [{ combinator: 'or', rules: [{ field: openCase.key, operator: 'hasNoCase', value: ['isolation', 'confirmed'] }, { field: 'temperature', operator: '<=', value: 38 }] }, { combinator: 'and', not: true, rules: [{ field: openCase.key, operator: 'hasCase', value: ['quarantine'] }, { field: openCase.key, operator: 'hasCase', value: [] }] }] } as RuleGroup,
      as: {
        concerns: (world, id) => world.person(id).kind === 'student',
        truth: (know) => {
          const kinds = (know(openCase.key) ?? []) as string[]
          return and(or(!kinds.some((kind) => kind === 'isolation' || kind === 'confirmed'), when<number>(know('temperature'), (value) => value <= 38)), !kinds.includes('quarantine'))
        },
        open: () => ['temperature'],
      },
    })
    for (const { population, condition, danger, as } of own) {
      const measureId = newId()
      await scene.operate(draft, { measureId, responseId, name: { zh: '核对', en: 'check' }, subjectKind: 'person', population, condition, basis: '核对用', demandedBy: 'school', followUp: 'open-task', danger, endsAt: null })
      await scene.operate(switchOn, { measureId, sponsor: '核对用，不问真人' })
      play.world.measures.push({ id: measureId, of: 'person', danger, ...as })
    }
    return play
  }

  /** What the roster says at the beginning; from here on the world keeps its own account. */
  async readRoster(): Promise<void> {
    const { world } = this
    await this.reading(async (tx) => {
      world.units = (await sql<World['units'][number]>`select unit_id as id, name, kind, tree, parent_id as parent from directory.unit`.execute(tx)).rows
      const people = (await sql<Omit<Person, 'home'>>`select person_id as id, number, name, kind, grade, political_status as political, status, left_at is not null as left from directory.person order by number`.execute(tx)).rows
      const homes = (await sql<{ person: string; tree: Tree; unit: string }>`select person_id as person, tree, unit_id as unit from directory.membership`.execute(tx)).rows
      for (const person of people) {
        const home = Object.fromEntries(homes.filter((one) => one.person === person.id).map((one) => [one.tree, one.unit]))
        const earlier = world.people.find((one) => one.number === person.number)
        if (!earlier) world.people.push({ ...person, home })
      }
      const holdings = (await sql<{ person: string; unit: string; role: string; from: string; to: string | null }>`select h.person_id as person, o.unit_id as unit, o.role, lower(h.during) as from, upper(h.during) as to from directory.holding h join directory.office o using (institution_id, office_id)`.execute(tx)).rows
      world.holdings = holdings.map((one) => ({ ...one, from: Date.parse(one.from), to: one.to === null ? null : Date.parse(one.to) }))
    })
  }
  reading<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return inInstitution(this.scene.kernel.connection.db, this.scene.institution.id, 'write', work)
  }
  unitNamed(name: string): string {
    return this.world.units.find((one) => one.name === name)?.id as string
  }
  get students(): Person[] {
    return this.world.people.filter((one) => one.kind === 'student' && !one.left)
  }

  async roster(lines: string[], covers = false): Promise<void> {
    const importId = newId()
    const { summary } = await this.scene.operate(previewRoster, { importId, ...(covers ? { covers: 'student' as const } : {}) }, { file: { name: 'roster.csv', bytes: new TextEncoder().encode([rosterHead, ...lines].join('\n')) } })
    assert.equal(summary.refused, 0, JSON.stringify(summary.refusals))
    await this.scene.operate(applyRoster, { importId, applyLeft: covers })
    await this.scene.runJobs()
  }
  line(person: Person): string {
    const nameOf = (unit: string | undefined) => this.world.units.find((one) => one.id === unit)?.name ?? ''
    const room = nameOf(person.home.residence)
    return [person.number, person.name, '男', person.grade ?? '', nameOf(person.home.admin), political[person.political ?? ''] ?? '', room ? '1号楼' : '校外', room, nameOf(person.home.party), standingWord[person.status] ?? ''].join(',')
  }

  async step(): Promise<void> {
    const { roll } = this
    const kinds = ['answer', 'answer', 'answer', 'answer', 'several', 'several', 'again', 'correct', 'wrong', 'proxy', 'unit', 'excuse', 'excuse', 'endExcuse', 'case', 'case', 'move', 'move', 'leave', 'arrive', 'reparent', 'wait', 'wait', 'midnight', 'midnight'] as const
    const kind = roll.one(kinds)
    const said = await this[kind]()
    this.told.push(`${this.scene.now().toISOString()} ${kind} ${said}`)
  }

  #someFact(now: number): { attribute: string; value: unknown; observed: number; until?: number } {
    const { roll, world } = this
    const attribute = roll.one(['whereabouts', 'from-listed-area', 'arrival-day', 'observation-place', 'symptoms', 'symptoms', 'seen-doctor', 'on-campus', 'test-day', 'test-result', 'temperature'])
    const values: Record<string, () => unknown> = {
      whereabouts: () => roll.one(['310115', '110101']), 'from-listed-area': () => roll.chance(0.5), 'arrival-day': () => world.day(now, roll.upTo(5)), 'observation-place': () => roll.one(['site', 'home', 'none']),
      symptoms: () => roll.one([['none'], ['fever'], ['fever', 'cough'], []]), 'seen-doctor': () => roll.chance(0.6), 'on-campus': () => roll.chance(0.5), 'test-day': () => world.day(now, roll.upTo(5)),
      'test-result': () => roll.one(['negative', 'negative', 'positive']), temperature: () => roll.one([36.4, 38, 38.1, 39]),
    }
    // Now, a little ahead (a phone's clock), late by hours or days, or exactly as old as what is known.
    const observed = now + roll.one([0, 0, 0, 2 * minute, -hour, -5 * hour, -11 * hour, -23 * hour, -2 * day, -6 * day])
    // Now and then a standing answer: it holds until a moment of its own, sooner or later than such answers do.
    return { attribute, value: values[attribute]?.(), observed, ...(roll.chance(0.15) ? { until: now + roll.one([hour, 3 * day, 20 * day]) } : {}) }
  }
  #keep(subject: string, fact: { id: string; attribute: string; value: unknown; observed: number; until?: number; corrects?: string }): void {
    this.world.facts.push({ id: fact.id, subject, attribute: fact.attribute, value: fact.value, observed: fact.observed, ...(fact.corrects ? { corrects: fact.corrects } : {}), lastsMs: fact.until === undefined ? (lasting[fact.attribute] ?? null) : fact.until - fact.observed })
  }
  /** Nobody is asked about the time before they came. */
  #since(person: Person, observed: number): number {
    return Math.max(observed, (this.came.get(person.number) ?? 0) - 20 * hour)
  }
  async #send(person: Person, facts: { attribute: string; value: unknown; observed: number; until?: number; corrects?: string }[]): Promise<string> {
    const answers = facts.map((fact) => ({ id: newId(), ...fact, observed: this.#since(person, fact.observed) }))
    await this.scene.as(person.number).call(answer, { answers: answers.map(answerOf) })
    for (const fact of answers) this.#keep(person.id, fact)
    this.sent.push({ number: person.number, answers })
    return `${person.number} ${answers.map((one) => `${one.attribute}=${JSON.stringify(one.value)}@${new Date(one.observed).toISOString()}`).join(' ')}`
  }
  async answer() {
    return this.#send(this.roll.one(this.students), [this.#someFact(this.scene.now().getTime())])
  }
  /** Several at once, in any order, some about the same thing. */
  async several() {
    const now = this.scene.now().getTime()
    return this.#send(this.roll.one(this.students), Array.from({ length: 2 + this.roll.upTo(4) }, () => this.#someFact(now)))
  }
  async again() {
    const one = this.sent.length ? this.roll.one(this.sent) : undefined
    if (!one || this.world.people.find((person) => person.number === one.number)?.left) return '-'
    const { results } = await this.scene.as(one.number).call(answer, { answers: one.answers.map(answerOf) })
    assert.deepEqual(results.map((result) => result.outcome), one.answers.map(() => 'repeated'))
    return one.number
  }
  /** A correction holds against what it corrects, even from a phone whose clock is slow. */
  async correct() {
    const mine = this.world.facts.filter((fact) => this.students.some((one) => one.id === fact.subject) && fact.attribute in lasting && !['zero-report', 'stay-approved'].includes(fact.attribute))
    if (!mine.length) return '-'
    const some = this.roll.one(mine)
    const wrong = mine.findLast((fact) => fact.subject === some.subject && fact.attribute === some.attribute) ?? some
    let made = this.#someFact(this.scene.now().getTime())
    for (let tries = 0; made.attribute !== wrong.attribute && tries < 200; tries++) made = this.#someFact(this.scene.now().getTime())
    if (made.attribute !== wrong.attribute) return '-'
    const person = this.world.person(wrong.subject)
    made.observed = this.#since(person, made.observed)
    const id = newId()
    await this.scene.as(person.number).call(answer, { answers: [{ ...answerOf({ id, ...made }), corrects: wrong.id }] })
    this.#keep(person.id, { id, ...made, observed: Math.max(made.observed, wrong.observed + 1), corrects: wrong.id })
    return `${person.number} ${made.attribute}=${JSON.stringify(made.value)} for ${wrong.id}`
  }
  /** What is refused changes nothing: an id used for something else, a moment ahead, a value that does not fit. */
  async wrong() {
    const person = this.roll.one(this.students)
    const now = this.scene.now().getTime()
    const fact = { id: newId(), ...this.#someFact(now) }
    const bad = this.roll.one(['reused', 'ahead', 'unfit'] as const)
    const old = { id: this.world.facts.length ? this.roll.one(this.world.facts).id : '' }
    const one = bad === 'ahead' ? { ...fact, observed: now + 10 * minute } : bad === 'unfit' ? { ...fact, value: { no: 1 } } : { ...fact, id: old.id || newId(), attribute: 'temperature', value: 41.99 }
    if (bad === 'reused' && !old.id) return '-'
    await assert.rejects(this.scene.as(person.number).call(answer, { answers: [answerOf({ id: newId(), attribute: 'temperature', value: 40, observed: now + 10 * minute }), answerOf(one)] }))
    if (bad === 'reused') await assert.rejects(this.scene.as(person.number).call(answer, { answers: [answerOf(one)] }))
    return `${person.number} ${bad}`
  }
  /** The owner decides on the stay. */
  async proxy() {
    const person = this.roll.one(this.students)
    const fact = { id: newId(), attribute: 'stay-approved', value: this.roll.chance(0.6), observed: this.scene.now().getTime() - this.roll.one([0, hour]) }
    await this.scene.as('duty').call(answer, { answers: [{ ...answerOf(fact), subjectId: person.id }] })
    this.#keep(person.id, fact)
    return `${person.number} stay-approved=${fact.value}`
  }
  /** A case is opened, changed or released. */
  async case() {
    const person = this.roll.one(this.students.slice(0, 6))
    const now = this.scene.now()
    const fact = { id: newId(), attribute: openCase.key, value: this.roll.chance(0.4) ? [] : [this.roll.one(caseKinds)], observed: now.getTime() }
    const institution = { ...this.scene.institution, clockOffsetMs: now.getTime() - Date.now() }
    const [said] = await this.reading((tx) => record(new Run(tx, institution, operator, this.scene.kernel.clock, { language: 'zh-Hans' }), [{ factId: fact.id, subjectId: person.id, attribute: fact.attribute, value: fact.value, observedAt: now.toISOString(), source: 'office', by: null }]))
    assert.deepEqual(said, { factId: fact.id, outcome: 'stored' })
    // Nobody says it of themselves, and so gets out of it.
    await assert.rejects(this.scene.as(person.number).call(answer, { answers: [{ factId: newId(), attribute: openCase.key, value: [], observedAt: now.toISOString() }] }), { code: 'recorded-elsewhere' })
    this.#keep(person.id, fact)
    return `${person.number} ${JSON.stringify(fact.value)}`
  }
  async unit() {
    const unit = this.roll.one(this.world.units.filter((one) => one.kind === 'college' || one.kind === 'department'))
    const fact = { id: newId(), attribute: 'zero-report', value: 'nothing', observed: this.scene.now().getTime() - this.roll.one([0, 3 * hour, 23 * hour]) }
    await this.scene.as('duty').call(answer, { answers: [{ ...answerOf(fact), subjectId: unit.id }] })
    this.#keep(unit.id, fact)
    return unit.name
  }

  async excuse() {
    const { roll, world } = this
    const measure = roll.one(world.measures)
    const subject = roll.one(measure.of === 'person' ? this.students.map((one) => one.id) : world.units.filter((one) => one.kind === 'college').map((one) => one.id))
    const from = this.scene.now().getTime()
    const to = roll.one([null, from + hour, from + 30 * hour])
    const overlaps = world.excuses.some((one) => one.measure === measure.id && one.subject === subject && (one.to === null || one.to > from))
    const made = await this.scene.as('duty').call(excuse, { excuseId: newId(), measureId: measure.id, subjectId: subject, reason: '核对', until: to === null ? null : new Date(to).toISOString() }).then(() => true, () => false)
    assert.equal(made, !overlaps, 'an excuse is refused just where one runs')
    if (made) world.excuses.push({ measure: measure.id, subject, from, to })
    return `${measure.id.slice(-4)} ${subject.slice(-4)} ${made}`
  }
  async endExcuse() {
    const { world } = this
    const now = this.scene.now().getTime()
    const running = world.excuses.filter((one) => one.to === null || one.to > now)
    if (!running.length) return '-'
    const one = this.roll.one(running)
    await this.scene.as('duty').call(endExcuse, { measureId: one.measure, subjectId: one.subject })
    one.to = Math.max(now, one.from + 1)
    return `${one.measure.slice(-4)} ${one.subject.slice(-4)}`
  }

  async move() {
    const { roll } = this
    const what = roll.one(['class', 'room', 'out', 'branch', 'political', 'status', 'status'] as const)
    // Some come and go more than once.
    const person = roll.one(what === 'status' ? this.students.slice(0, 3) : this.students)
    if (what === 'class') person.home.admin = this.unitNamed(roll.one(classes))
    else if (what === 'room') person.home.residence = this.unitNamed(roll.one(rooms))
    else if (what === 'out') delete person.home.residence
    else if (what === 'branch') person.home.party = this.unitNamed(roll.one(branches))
    else if (what === 'political') person.political = roll.one(['member', 'league', 'masses'])
    else person.status = person.status === 'enrolled' ? 'suspended' : 'enrolled'
    await this.roster([this.line(person)])
    return `${person.number} ${what}`
  }
  async leave() {
    if (this.students.length < 10) return '-'
    const gone = this.roll.one(this.students)
    await this.roster(this.students.filter((one) => one !== gone).map((one) => this.line(one)), true)
    gone.left = true
    const now = this.scene.now().getTime()
    for (const one of this.world.holdings) if (one.person === gone.id && (one.to === null || one.to > now)) one.to = Math.max(now, one.from + 1000)
    return gone.number
  }
  async arrive() {
    const { roll, world } = this
    const back = world.people.filter((one) => one.left)
    if (back.length && roll.chance(0.6)) {
      const person = roll.one(back)
      await this.roster([this.line(person)])
      person.left = false
      await this.#signIn(person)
      return `${person.number} again`
    }
    const person = { number: `20263${String(this.#spare++).padStart(3, '0')}`, name: '新来者', grade: '2026', political: 'league', status: 'enrolled', home: { admin: this.unitNamed(roll.one(classes)), residence: this.unitNamed(roll.one(rooms)) } } as Person
    await this.roster([this.line(person)])
    await this.readRoster()
    this.came.set(person.number, this.scene.now().getTime())
    await this.#signIn(world.people.find((one) => one.number === person.number) as Person)
    return person.number
  }
  async #signIn(person: Person): Promise<void> {
    await this.scene.admit(person.number)
  }
  /** A class goes to another grade, a floor to another building's campus, a branch to another general branch. */
  async reparent() {
    const { roll, world } = this
    const [name, above] = roll.one([['软件2026-2班', ['信息学院', '医学院']], ['1号楼', ['北校区']], ['学生第二党支部', ['信息学院党总支', null]]] as const)
    const unit = world.units.find((one) => one.name === name)
    assert.ok(unit)
    const target = roll.one(above as readonly (string | null)[])
    // A class hangs on the grade of its college.
    const college = target ? this.unitNamed(target) : null
    const parent = name.startsWith('软件') ? world.units.find((one) => one.kind === 'grade' && one.parent === college)?.id : (college ?? world.units.find((one) => one.tree === unit.tree && one.parent === null)?.id)
    assert.ok(parent)
    await this.scene.operate(saveUnit, { unitId: unit.id, tree: unit.tree, parentId: parent, kind: unit.kind, name: unit.name })
    unit.parent = parent
    await this.scene.runJobs()
    return `${name} under ${target}`
  }

  async wait() {
    const ms = this.roll.one([minute, 29 * minute, hour + 1000, 5 * hour, 13 * hour, 26 * hour, 4 * day])
    await this.scene.advance(ms)
    return `${ms / minute} min`
  }
  /** To a second before midnight, then over it. */
  async midnight() {
    const now = this.scene.now().getTime()
    // Some whose test is good for one more midnight, or two.
    for (const daysBack of [2, 2, 1]) {
      const person = this.roll.one(this.students)
      await this.#send(person, [{ attribute: 'test-day', value: this.world.day(now, daysBack), observed: now }, { attribute: 'test-result', value: 'negative', observed: now }])
    }
    let to = now
    while (this.world.day(to) === this.world.day(now)) to += 5 * minute
    while (this.world.day(to - 1000) !== this.world.day(now)) to -= 1000
    await this.scene.advance(Math.max(0, to - now - 1500))
    await this.check(false)
    await this.scene.advance(2500)
    return new Date(to).toISOString()
  }

  // ── Comparing ────────────────────────────────────────────────────────────────────────────────
  async check(all: boolean): Promise<void> {
    const { scene, world, roll } = this
    const now = scene.now()
    const moment = now.getTime()
    const ids = world.measures.map((one) => one.id)
    const expected = this.#expected(moment)
    const [standings, counts] = await this.reading(async (tx) => [
      await standingsOf(tx, scene.institution.id, [...world.people.map((one) => one.id), ...world.units.map((one) => one.id)], now),
      await coverageOfUnits(tx, scene.institution.id, ids, world.units.map((one) => one.id), now),
    ] as const)
    const found = Object.fromEntries(standings.filter((row) => ids.includes(row.measureId)).map((row) => [this.named(row.measureId, row.subjectId), row.state]))
    same(found, expected.states, 'the standing of everybody on every measure')
    same(countsOf(counts, (id) => this.unitName(id), (id) => this.measureName(id)), expected.counts, 'the coverage of every unit of every tree')
    this.said.push({ at: now.toISOString(), counts: expected.counts })
    for (let n = 0; n < (all ? 8 : 0); n++) await this.#lookBack(n === 0 ? (this.said.at(-1) as Play['said'][number]) : roll.one(this.said))

    for (const unit of all ? world.units : [roll.one(world.units)]) {
      const answered = await scene.as('duty').call(coverage, { unitId: unit.id })
      const at = this.#expected(Date.parse(answered.asOf)).counts
      for (const [brief, cells] of [[unit.id, answered.total] as const, ...answered.rows.map((row) => [row.unit.unitId, row.cells] as const)])
        for (const cell of cells.filter((one) => ids.includes(one.measureId))) {
          const { measureId, ...rest } = cell
          assert.equal(cell.kept + cell.excused + cell.gap + cell.unknown, cell.population)
          assert.deepEqual(rest, at[`${this.unitName(brief)} ${this.measureName(measureId)}`] ?? { population: 0, kept: 0, gap: 0, excused: 0, unknown: 0 }, `coverage of ${this.unitName(brief)}`)
        }
    }
    for (let n = 0; n < (all ? 12 : 1); n++) await this.#checkNames()
    for (const person of all ? this.students : [roll.one(this.students), roll.one(this.students)]) {
      const answered = await scene.as(person.number).call(asks, {})
      const own = answered.asks.filter((ask) => ask.subject.id === person.id)
      assert.deepEqual(own.map((ask) => ask.attribute.key), world.asks(person.id, Date.parse(answered.asOf)), `the questions of ${person.number}`)
    }
    if (all) await this.#recount(standings, counts, now)
  }

  #expected(now: number) {
    const { world } = this
    const states: Record<string, string> = {}
    const counts: Record<string, Record<string, number>> = {}
    for (const measure of world.measures) {
      for (const subject of world.subjects(measure)) {
        const state = world.stands(measure, subject, now)
        if (!state) continue
        states[this.named(measure.id, subject)] = state
        for (const unit of new Set(measure.of === 'person' ? world.placesOf(subject) : world.up(subject))) {
          const row = (counts[`${this.unitName(unit)} ${this.measureName(measure.id)}`] ??= { population: 0, kept: 0, gap: 0, excused: 0, unknown: 0 })
          row['population'] = (row['population'] ?? 0) + 1
          row[state] = (row[state] ?? 0) + 1
        }
      }
    }
    return { states, counts }
  }
  named(measure: string, subject: string): string {
    return `${this.measureName(measure)} ${this.world.people.find((one) => one.id === subject)?.number ?? this.unitName(subject)}`
  }
  measureName(id: string): string {
    return `${this.world.measures.findIndex((one) => one.id === id) + 1}`
  }
  unitName(id: string): string {
    const unit = this.world.units.find((one) => one.id === id)
    return unit ? `${unit.tree}/${unit.name}#${id.slice(-4)}` : id
  }
  /** What was known then is what coverage said then, whatever has come in since. */
  async #lookBack({ at, counts }: Play['said'][number]): Promise<void> {
    const { scene } = this
    const unit = this.roll.one(this.world.units)
    const then = await scene.as('duty').call(coverageKnownAt, { unitId: unit.id, at })
    const found = countsOf([...then.total.map((cell) => ({ ...cell, unitId: unit.id })), ...then.rows.flatMap((row) => row.cells.map((cell) => ({ ...cell, unitId: row.unit.unitId })))], (id) => this.unitName(id), (id) => this.measureName(id))
    // Of a whole university the facts are gone through once, of few people looked up: both find the same.
    const once = await this.reading(async (tx) => {
      const engine = await engineOf({ tx, institution: scene.institution })
      const measures = await listMeasures(tx, scene.institution.id, { statuses: ['on'] })
      const of = (kind: 'person' | 'unit') => countsAt(tx, engine, kind, measures.filter((one) => one.subjectKind === kind), unit.id, null, new Date(at))
      return [...(await of('person')), ...(await of('unit'))]
    })
    same(countsOf(once, (id) => this.unitName(id), (id) => this.measureName(id)), found, `everybody at once, as it was known at ${at} in ${unit.name}`)
    const shown = new Set([unit.id, ...then.rows.map((row) => row.unit.unitId)].map((id) => this.unitName(id)))
    same(found, Object.fromEntries(Object.entries(counts).filter(([key]) => shown.has(key.slice(0, key.lastIndexOf(' '))))), `as it was known at ${at} in ${unit.name}`)
  }
  /** The rows behind a figure, by name. */
  async #checkNames(): Promise<void> {
    const { scene, world, roll } = this
    const unit = roll.one(world.units)
    const measure = roll.one(world.measures)
    const state = roll.one(['gap', 'unknown', 'kept', 'excused', undefined] as const)
    await scene.as('duty').call(giveReason, { reasonId: newId(), unitId: unit.id, words: '核对' })
    const answered = await scene.as('duty').call(gaps, { unitId: unit.id, measureId: measure.id, ...(state ? { state } : {}), size: 1000 })
    const at = Date.parse(answered.asOf)
    const wanted = world.within(measure, unit.id).filter((subject) => {
      const stands = world.stands(measure, subject, at)
      return state ? stands === state : stands === 'gap' || stands === 'unknown'
    })
    assert.deepEqual(answered.gaps.map((row) => row.subject.id).toSorted(), wanted.toSorted(), `${state ?? 'open'} of ${measure.id} in ${unit.name}`)
    assert.equal(answered.total, wanted.length)
    assert.equal(answered.byOwner.reduce((sum, row) => sum + row.count, 0), wanted.length)
  }
  /** From nothing: everything computed anew in a transaction that is thrown away must find what is stored. */
  async #recount(standings: Awaited<ReturnType<typeof standingsOf>>, counts: Awaited<ReturnType<typeof coverageOfUnits>>, now: Date): Promise<void> {
    const { scene, world } = this
    await assert.rejects(
      this.reading(async (tx) => {
        const engine = await engineOf({ tx, institution: scene.institution })
        for (const measure of await listMeasures(tx, scene.institution.id, { statuses: ['on'] })) {
          await sql`delete from measures.standing where institution_id = ${scene.institution.id} and measure_id = ${measure.measureId}`.execute(tx)
          await sql`delete from measures.tally where institution_id = ${scene.institution.id} and measure_id = ${measure.measureId}`.execute(tx)
          await standFirst(tx, engine, measure, now)
        }
        const anew = await standingsOf(tx, scene.institution.id, [...world.people.map((one) => one.id), ...world.units.map((one) => one.id)], now)
        const plain = (rows: typeof anew) => Object.fromEntries(rows.map((row) => [this.named(row.measureId, row.subjectId), row.state]))
        same(plain(anew), plain(standings), 'a recount from nothing')
        const again = await coverageOfUnits(tx, scene.institution.id, world.measures.map((one) => one.id), world.units.map((one) => one.id), now)
        const named = (rows: typeof again) => countsOf(rows, (id) => this.unitName(id), (id) => this.measureName(id))
        same(named(again), named(counts), 'counts after a recount from nothing')
        throw new Error('nothing stays')
      }),
      /nothing stays/,
    )
  }
}

const answerOf = (fact: { id: string; attribute: string; value: unknown; observed: number; until?: number }) => ({ factId: fact.id, attribute: fact.attribute, value: fact.value, observedAt: new Date(fact.observed).toISOString(), ...(fact.until === undefined ? {} : { holdsUntil: new Date(fact.until).toISOString() }) })
/** Names what differs and nothing else. */
function same(found: Record<string, unknown>, expected: Record<string, unknown>, what: string): void {
  const keys = [...new Set([...Object.keys(found), ...Object.keys(expected)])].filter((key) => !isDeepStrictEqual(found[key], expected[key]))
  assert.equal(keys.length, 0, `${what}: ${keys.slice(0, 6).map((key) => `${key} is ${JSON.stringify(found[key])}, not ${JSON.stringify(expected[key])}`).join('; ')}${keys.length > 6 ? ` and ${keys.length - 6} more` : ''}`)
}
const countsOf = (rows: { measureId: string; unitId: string; population: number; kept: number; gap: number; excused: number; unknown: number }[], name: (id: string) => string, measure: (id: string) => string) =>
  Object.fromEntries(rows.filter((row) => row.population > 0).map(({ measureId, unitId, ...rest }) => [`${name(unitId)} ${measure(measureId)}`, { ...rest }]))

/** How long answers last, as the ready-made measures promise. */
const lasting: Record<string, number | null> = {
  whereabouts: 7 * day, 'from-listed-area': 7 * day, 'arrival-day': null, 'observation-place': null, symptoms: day, 'seen-doctor': 3 * day, 'on-campus': 7 * day, 'stay-approved': null,
  'zero-report': day, 'test-day': 5 * day, 'test-result': 5 * day, temperature: 12 * hour,
}
/** Something that must have been observed so often; asked while one more would count. */
function often(attribute: string, times: number, seen: (world: World, now: { subject: string; at: number }) => ReturnType<World['observed']>): Omit<Measure, 'id' | 'danger' | 'of'> {
  return {
    asksInGap: true, concerns: (world, id) => (attribute === 'temperature' ? ['student', 'staff'] : ['student']).includes(world.person(id).kind),
    truth: (_, world, subject, at) => { const { any, times: count } = seen(world, { subject, at }); return any ? count >= times : null },
    open: (_, __, world, subject, at) => (seen(world, { subject, at }).now ? [] : [attribute]),
  }
}
const worker = ['student', 'staff', 'contractor']
const direct = ['counsellor', 'class-adviser', 'head']
const answering = [...direct, 'secretary', 'dean', 'branch-secretary', 'building-manager', 'floor-head']
const everybody: Measure['concerns'] = (world, id) => worker.includes(world.person(id).kind)
const presets: Record<string, Omit<Measure, 'id'>> = {
  'whereabouts-known': { of: 'person', danger: 2, concerns: everybody, truth: (know) => (know('whereabouts') === undefined ? null : true), open: () => ['whereabouts'] },
  'listed-area-observed': {
    of: 'person', danger: 1, concerns: everybody,
    truth: (know) => or(when(know('from-listed-area'), (value) => value === false), and(know('arrival-day') === undefined ? null : true, when<string>(know('observation-place'), (value) => ['site', 'home', 'hospital'].includes(value)))),
    open: (know) => (know('from-listed-area') === undefined ? ['from-listed-area'] : ['arrival-day', 'observation-place'].filter((key) => know(key) === undefined)),
  },
  'symptoms-followed': {
    of: 'person', danger: 1, concerns: everybody, truth: (know) => or(when<string[]>(know('symptoms'), (value) => value.includes('none')), when(know('seen-doctor'), (value) => value === true)),
    open: (know) => [know('symptoms') === undefined ? 'symptoms' : 'seen-doctor'],
  },
  'stay-approved': {
    of: 'person', danger: 2, concerns: (world, id) => world.person(id).kind === 'student', truth: (know) => or(when(know('on-campus'), (value) => value === false), when(know('stay-approved'), (value) => value === true)),
    open: (know) => (know('on-campus') === undefined ? ['on-campus'] : []),
  },
  'everyone-owned': {
    of: 'person', danger: 2, concerns: everybody, open: () => [],
    truth: (_, world, id, now) => {
      const home = world.person(id).home.admin
      return world.holdings.some((one) => one.person !== id && one.from <= now && (one.to === null || one.to > now) && ((direct.includes(one.role) && world.up(home).includes(one.unit)) || (answering.includes(one.role) && one.unit === home)))
    },
  },
  'zero-report': {
    of: 'unit', danger: 2, truth: (know) => (know('zero-report') === undefined ? null : true), open: () => [],
    concerns: (world, id) => { const unit = world.units.find((one) => one.id === id); return unit?.tree === 'admin' && ['college', 'department'].includes(unit.kind) },
  },
}
