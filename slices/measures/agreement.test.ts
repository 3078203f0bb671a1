/**
 * A condition as evaluated for one person and as compiled to SQL are one thing, now and until the moment the standing lapses;
 * and whatever happens, kept + excused + gap + unknown is the population, as a naive recount of what is stored finds it.
 */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { CallProblem } from '#kernel/client.ts'
import { inInstitution, type Tx } from '#kernel/database.ts'
import { newId } from '#kernel/ids.ts'
import { applyRoster, previewRoster } from '#slices/directory/contract.ts'
import { answeringRoles } from '#slices/directory/rules.ts'
import { answer, saveAttribute } from '#slices/facts/contract.ts'
import { refuseValue, type AttributeShape } from '#slices/facts/rules.ts'
import { open } from '#slices/responses/contract.ts'
import { openScene, type Scene } from '../../tests/scene.ts'
import { coverage, draft, endExcuse, excuse, switchOn } from './contract.ts'
import { fieldTypes, observedOf, standFirst, upsertDraft, type MeasureRow } from './queries.ts'
import { caseKinds, openCase } from './cases.ts'
import { canNarrow, observationsOf, type Observation } from './counts.ts'
import { attributesOf, baseFields, evaluate, operatorsFor, refuseCondition, type Field, type FieldType, type Known, type Rule, type RuleGroup } from './rules.ts'

const zone = 'Asia/Shanghai'
const day = 86_400_000
const types = ['yes-no', 'choice', 'choices', 'number', 'text', 'day', 'instant', 'area'] as const
const options = ['red', 'green', 'blue']
/** Of these there are observations to be counted. */
const counted = ['yes-no', 'choice', 'number'] as const
const keyOf = (type: string) => (type === 'case' ? openCase.key : `of-${type}`)
const attribute = (type: (typeof types)[number]): AttributeShape => ({ key: keyOf(type), type, label: { zh: type, en: type }, options: type.startsWith('choice') ? options.map((value) => ({ value })) : [], min: null, max: null, freshSeconds: null })

// Near to each other, so that comparisons come out either way and at their edges.
const days = fc.integer({ min: -20, max: 20 }).map((n) => new Date(Date.UTC(2026, 2, 1) + n * day).toISOString().slice(0, 10))
const instants = fc.tuple(fc.integer({ min: -3, max: 3 }), fc.constantFrom('Z', '+08:00', '-05:30'), fc.constantFrom('', ':00', ':30.5')).map(([n, offset, end]) => `2026-03-0${4 + n}T10:00${end}${offset}`)
const numbers = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(0.1 + 0.2, 0.3, 1e21, -1e-7, 5e-324, 1e308), fc.double({ noNaN: true, noDefaultInfinity: true }))
const texts = fc.oneof(fc.constantFrom('', ' ', 'a', 'A', '甲', '%', "'", '\\', '2026-03-01'), fc.string({ unit: 'binary', maxLength: 4 }).filter((text) => !text.includes('\u0000')))
const areas = fc.constantFrom('310115', '310101', '110101', '420106', '659001')
/** And what is recorded of open cases. */
const stored = [...types, 'case'] as const
const values: Record<(typeof stored)[number], fc.Arbitrary<unknown>> = { case: fc.subarray([...caseKinds]), 'yes-no': fc.boolean(), choice: fc.constantFrom(...options), choices: fc.subarray(options), number: numbers, text: texts, day: days, instant: instants, area: areas }

interface Ground {
  units: string[]
  people: { id: string; base: Known }[]
}

/** Rules over all fields, as hostile as the refusals let through; with `operators` one or two rules of these. */
function conditions(ground: Ground, over: readonly string[], fields: ReadonlyMap<string, Field>, operators?: readonly string[]): fc.Arbitrary<RuleGroup> {
  const valueFor = (type: FieldType, operator: string): fc.Arbitrary<unknown> => {
    if (operator === 'notNull') return fc.constant(undefined)
    if (operator === 'timesWithin') return timesFor(type)
    if (operator === 'hasCase' || operator === 'hasNoCase') return fc.oneof(fc.constant([]), fc.subarray([...caseKinds]))
    if (operator === 'withinDays') return fc.integer({ min: 1, max: 30 })
    if (operator === 'withinHours') return fc.constantFrom(1, 24, 72, 96, 2000)
    if (operator === 'countAtLeast' || operator === 'countAtMost') return fc.nat({ max: 4 })
    if (operator === 'inAreaList' || operator === 'notInAreaList') {
      const edition = fc.record({ from: fc.constantFrom('2026-02-20', '2026-03-01', '2026-03-02', '2026-04-01'), areas: fc.array(fc.constantFrom('31', '3101', '310115', '11', '65'), { maxLength: 3 }) })
      return fc.record({ asOf: fc.constantFrom('today', '2026-02-19', '2026-03-01', '2026-12-31'), editions: fc.uniqueArray(edition, { selector: (one) => one.from, minLength: 1, maxLength: 3 }).map((all) => all.toSorted((a, b) => (a.from < b.from ? -1 : 1))) })
    }
    if (operator === 'inAreas' || operator === 'notInAreas') return fc.array(fc.constantFrom('31', '3101', '310115', '11', '65'), { maxLength: 3 })
    const one = type === 'unit' ? fc.constantFrom(...ground.units, newId()) : type === 'role' ? fc.constantFrom('counsellor', 'secretary', 'floor-head', 'nothing') : type === 'choices' || type === 'choice' ? fc.constantFrom(...options, 'student', 'staff') : type === 'text' ? fc.oneof(texts, fc.constantFrom('2026', '在读', '共青团员')) : values[type]
    return operator === 'in' || operator === 'notIn' ? fc.array(one, { maxLength: 3 }) : one
  }
  const timesFor = (type: FieldType): fc.Arbitrary<unknown> => {
    const where = fc.constantFrom(...operatorsFor('person.', type).filter(canNarrow)).chain((operator) => valueFor(type, operator).map((value) => ({ operator, value })))
    return fc.record({ times: fc.integer({ min: 1, max: 3 }), span: fc.constantFrom({ hours: 1 }, { hours: 20 }, { hours: 48 }, { days: 1 }, { days: 2 }, { days: 3 }), daily: fc.option(fc.boolean(), { nil: undefined }), where: fc.option(where, { nil: undefined }) })
      .map(({ times, span, daily, where: narrowed }) => ({ times, ...span, ...(daily === undefined ? {} : { daily }), ...(narrowed ? { where: narrowed } : {}) }))
  }
  const rule = fc.constantFrom(...over).chain((field): fc.Arbitrary<Rule> => {
    const type = fields.get(field)?.type ?? 'text'
    return fc.constantFrom(...(operators ?? operatorsFor(field, type))).chain((operator) => valueFor(type, operator).map((value) => (value === undefined ? { field, operator } : { field, operator, value })))
  })
  const { group } = fc.letrec<{ group: RuleGroup; node: Rule | RuleGroup }>((tie) => ({
    node: fc.oneof({ maxDepth: 3, withCrossShrink: true }, rule, tie('group')),
    group: fc.record({ combinator: fc.constantFrom('and' as const, 'or' as const), not: fc.boolean(), rules: fc.array(tie('node'), { maxLength: 4 }) }),
  }))
  const few = fc.record({ combinator: fc.constantFrom('and' as const, 'or' as const), not: fc.boolean(), rules: fc.array(rule, { minLength: 1, maxLength: 2 }) })
  return (operators ? few : group).filter((made) => refuseCondition(made, fields).length === 0)
}

let scene: Scene
const responseId = newId()
const within = <T>(work: (tx: Tx) => Promise<T>) => inInstitution(scene.kernel.connection.db, scene.institution.id, 'write', work)
before(async () => {
  scene = await openScene()
  await scene.operate(open, { responseId, name: '核对', hazards: ['other'], level: 4, basis: '核对用', decidedBy: '测试', plannedEnd: null })
  for (const type of types)
    await scene.operate(saveAttribute, { ...attribute(type), options: attribute(type).options.map(({ value }) => ({ value, zh: value, en: value })), subjectKind: 'person', unit: null, sensitivity: 'normal', freshSeconds: 3600, askedOf: 'self', purpose: { zh: '核对', en: 'check' }, seconds: 1 })
})
after(() => scene.close())

/** What the roster says of everybody, read table by table. */
async function readGround(tx: Tx, now: Date): Promise<Ground> {
  const rows = async <R>(query: ReturnType<typeof sql<R>>) => (await query.execute(tx)).rows
  const people = await rows(sql<{ id: string; kind: string; grade: string | null; status: string; political: string | null }>`select person_id as id, kind, grade, status, political_status as political from directory.person where left_at is null order by number`)
  const units = await rows(sql<{ id: string; parent: string | null }>`select unit_id as id, parent_id as parent from directory.unit`)
  const members = await rows(sql<{ person: string; unit: string; tree: string }>`select person_id as person, unit_id as unit, tree from directory.membership`)
  const holdings = await rows(sql<{ person: string; role: string; unit: string }>`select h.person_id as person, o.role, o.unit_id as unit from directory.holding h join directory.office o using (institution_id, office_id) where h.during @> ${now}::timestamptz`)
  const parents = new Map(units.map((unit) => [unit.id, unit.parent]))
  const up = (unit: string | null): string[] => (unit === null ? [] : [unit, ...up(parents.get(unit) ?? null)])
  const direct = new Set<string>(answeringRoles('direct'))
  const answering = new Set<string>([...direct, ...answeringRoles('escalation')])
  return {
    units: units.map((unit) => unit.id),
    people: people.map(({ id, kind, grade, status, political }) => {
      const mine = members.filter((one) => one.person === id).flatMap((one) => up(one.unit))
      // Directly: by a direct role anywhere above in the administrative tree, or by whoever heads the very unit.
      const home = members.find((one) => one.person === id && one.tree === 'admin')?.unit ?? null
      const above = up(home)
      return {
        id,
        base: {
          'person.kind': kind, 'person.grade': grade, 'person.status': status, 'person.political-status': political, 'person.unit': mine,
          'person.role': holdings.filter((one) => one.person === id).map((one) => one.role), 'person.owned': holdings.some((one) => one.person !== id && ((direct.has(one.role) && above.includes(one.unit)) || (answering.has(one.role) && one.unit === home))),
        },
      }
    }),
  }
}

describe('evaluated and compiled', () => {
  test('agree for every condition over every type, with values missing and stale, until the standing lapses', async () => {
    const now = new Date('2026-03-01T15:59:30.000Z') // half a minute before midnight in the institution
    const ground = await within((tx) => readGround(tx, now))
    const base = Object.entries(baseFields).filter(([, field]) => field.subject === 'person')
    const populationFields = new Map<string, Field>(base)
    const fields = new Map<string, Field>([...base, ...stored.map((type): [string, Field] => [keyOf(type), { type, label: { zh: type, en: type }, ...(type.startsWith('choice') ? { options } : {}) }])])
    const known = fc.array(
      fc.record({
        person: fc.nat({ max: ground.people.length - 1 }), type: fc.constantFrom(...stored), pick: fc.nat({ max: 7 }),
        fresh: fc.constantFrom(null, -1, 0, 1, 20_000, 60_000, 3 * day),
      }).chain((cell) => values[cell.type].map((value) => ({ ...cell, value }))),
      { maxLength: 60 },
    )
    // Observations of the last days, some in the same minute, some a little ahead (a phone's clock), some corrected by a later one.
    const observed = fc.array(
      fc.record({
        person: fc.nat({ max: ground.people.length - 1 }), type: fc.constantFrom(...counted), corrects: fc.boolean(),
        ago: fc.oneof(fc.constantFrom(-240_000, -29_999, -30_000, 0, 1, 30_000, 29_999, 60_000, 70_000, 3_600_000, 3_620_000, 20 * 3_600_000, 48 * 3_600_000, day - 30_000, day - 29_999, 2 * day - 30_000), fc.integer({ min: -300_000, max: 4 * day })),
      }).chain((cell) => values[cell.type].map((value) => ({ ...cell, value, id: newId() }))),
      { maxLength: 300, size: 'max' },
    )
    const measures = fc.oneof(
      fc.tuple(conditions(ground, [...populationFields.keys()], populationFields), conditions(ground, [...fields.keys()], fields)),
      // Of everybody, and mostly by how often these were told.
      conditions(ground, counted.map(keyOf), fields, ['timesWithin']).map((condition) => [{ combinator: 'and', rules: [] }, condition] as [RuleGroup, RuleGroup]),
    )
    await fc.assert(
      fc.asyncProperty(measures, known, observed, async ([population, condition], cells, told) => {
        await assert.rejects(
          within(async (tx) => {
            const profile = new Map(cells.map((cell) => [`${cell.person} ${cell.type}`, cell]))
            for (const { type, value } of profile.values()) if (type !== 'case') assert.equal(refuseValue(attribute(type), value), null)
            const rows = [...profile.values()]
            await sql`insert into facts.profile (institution_id, subject_id, attribute, value, observed_at, recorded_at, fresh_until, source, fact_id)
              select ${scene.institution.id}::uuid, s, a, v, ${now}::timestamptz, ${now}::timestamptz, f, 'answer', gen_random_uuid()
              from unnest(${rows.map((row) => ground.people[row.person]?.id)}::uuid[], ${rows.map((row) => keyOf(row.type))}::text[], ${rows.map((row) => JSON.stringify(row.value))}::jsonb[],
                ${rows.map((row) => (row.fresh === null ? 'infinity' : new Date(now.getTime() + row.fresh).toISOString()))}::timestamptz[]) x(s, a, v, f)`.execute(tx)
            // Each that corrects names the one before it of the same person and attribute, if it is not observed later than itself.
            const facts = told.map((one, at) => ({ ...one, observed: now.getTime() - one.ago, corrects: one.corrects ? (told.slice(0, at).findLast((other) => other.person === one.person && other.type === one.type)?.id ?? null) : null }))
            await sql`insert into facts.fact (institution_id, fact_id, subject_id, attribute, value, observed_at, recorded_at, source, corrects)
              select ${scene.institution.id}::uuid, i, s, a, v, o, ${now}::timestamptz, 'answer', c
              from unnest(${facts.map((one) => one.id)}::uuid[], ${facts.map((one) => ground.people[one.person]?.id)}::uuid[], ${facts.map((one) => keyOf(one.type))}::text[], ${facts.map((one) => JSON.stringify(one.value))}::jsonb[],
                ${facts.map((one) => new Date(one.observed).toISOString())}::timestamptz[], ${facts.map((one) => one.corrects)}::uuid[]) x(i, s, a, v, o, c)`.execute(tx)
            const counts = facts.filter((one) => !facts.some((other) => other.corrects === one.id && other.observed >= one.observed))
            const measure: MeasureRow = { measureId: newId(), responseId, key: null, name: { zh: '核对', en: 'check' }, subjectKind: 'person', population, condition, basis: '核对', demandedBy: 'school', graceSeconds: 0, followUp: 'none', danger: 2, endsAt: null, status: 'draft', startsAt: now.toISOString(), attributes: attributesOf(condition) }
            await upsertDraft(tx, scene.institution.id, measure, null)
            const engine = { institutionId: scene.institution.id, timeZone: zone, types: fieldTypes(types.map((type) => ({ key: keyOf(type), type }))) }
            await standFirst(tx, engine, measure, now)
            const found = (await sql<{ id: string; state: string; until: string; next: string }>`select subject_id as id, state, case when until = 'infinity' then null else until end as until, next_state as next from measures.standing where measure_id = ${measure.measureId}`.execute(tx)).rows
            const state = (truth: boolean | null) => (truth === true ? 'kept' : truth === false ? 'gap' : 'unknown')
            // What the questions of one person are worked out from is the same.
            const read = await observedOf(tx, scene.institution.id, ground.people.map((one) => one.id), types.map(keyOf), new Date(now.getTime() - 10 * day))
            assert.deepEqual(
              read.flatMap((row) => row.seen.map((one) => `${row.subjectId} ${row.attribute} ${Date.parse(one.at)} ${JSON.stringify(one.value)}`)).toSorted(),
              counts.map((one) => `${ground.people[one.person]?.id} ${keyOf(one.type)} ${one.observed} ${JSON.stringify(one.value)}`).toSorted(), 'what was observed and stands',
            )
            for (const [index, { id, base: roster }] of ground.people.entries()) {
              const mine = counts.filter((one) => one.person === index)
              const seen = Object.fromEntries(types.map((type): [string, Observation[]] => [observationsOf(keyOf(type)), mine.filter((one) => one.type === type).map((one) => ({ at: new Date(one.observed).toISOString(), value: one.value }))]))
              const at = (when: Date): Known => ({ ...roster, ...seen, ...Object.fromEntries(rows.filter((row) => row.person === index && (row.fresh === null || now.getTime() + row.fresh > when.getTime())).map((row) => [keyOf(row.type), row.value])) })
              const standing = found.find((one) => one.id === id)
              assert.equal(standing !== undefined, evaluate(population, roster, now, zone) === true, 'belongs to the population')
              if (!standing) continue
              const truth = (when: Date) => state(evaluate(condition, at(when), when, zone))
              assert.equal(standing.state, truth(now), 'state now')
              const until = standing.until === null ? new Date(now.getTime() + 90 * day) : new Date(standing.until)
              for (const part of [0.25, 0.5, 1]) assert.equal(truth(new Date(now.getTime() + (until.getTime() - 1 - now.getTime()) * part)), standing.state, 'state before it lapses')
              if (standing.until !== null) assert.equal(standing.next, truth(until), 'state after it lapses')
            }
            throw new Error('nothing stays')
          }),
          /nothing stays/,
        )
      }),
      { numRuns: Number(process.env.RUNS ?? 120) },
    )
  })

  test('what one of them could not read is refused by both doors', () => {
    const refused = (type: (typeof types)[number], value: unknown) => assert.notEqual(refuseValue(attribute(type), value), null, JSON.stringify(value))
    for (const value of ['2026-02-30T10:00:00Z', '2026-01-01T10:00', '2026-01-01T10:00:00Z (noon)', '0000-01-01T00:00:00Z', '2026-01-01T10:00:00+20:00', '2026-01-01T10:00:00.1234567Z', '2026-01-01T25:00:00Z']) refused('instant', value)
    for (const value of ['a\u0000', '\ud800', 'x\udc00y']) refused('text', value)
    for (const value of ['2026-02-30', '2026-2-3']) refused('day', value)
    const fields = new Map<string, Field>([...Object.entries(baseFields), ...stored.map((type): [string, Field] => [keyOf(type), { type, label: { zh: type, en: type } }])])
    const rules: Rule[] = [
      { field: 'of-instant', operator: '<', value: '2026-01-01' }, { field: 'of-instant', operator: '<', value: '2026-02-30T10:00:00Z' }, { field: 'of-area', operator: 'inAreas', value: [] }, { field: 'of-text', operator: '=', value: 'a\u0000' },
      { field: 'of-text', operator: 'in', value: ['\ud800'] }, { field: 'person.unit', operator: 'inUnit', value: '-'.repeat(36) }, { field: 'of-number', operator: '<', value: 'a' }, { field: 'of-day', operator: '<', value: '2026-13-45' },
      { field: openCase.key, operator: 'hasCase', value: ['nothing'] }, { field: openCase.key, operator: 'hasNoCase', value: 'isolation' }, { field: openCase.key, operator: 'timesWithin', value: { times: 1, days: 1 } }, { field: openCase.key, operator: 'notNull' },
    ]
    for (const rule of rules) assert.notEqual(refuseCondition({ combinator: 'and', rules: [rule] }, fields).length, 0, JSON.stringify(rule))
  })
})

describe('counting', () => {
  const measureId = newId()
  const condition: RuleGroup = { combinator: 'or', rules: [{ field: keyOf('yes-no'), operator: '=', value: false }, { combinator: 'and', rules: [{ field: keyOf('day'), operator: 'withinDays', value: 3 }, { field: keyOf('choice'), operator: '!=', value: 'red' }] }] }
  const population: RuleGroup = { combinator: 'and', rules: [{ field: 'person.kind', operator: '=', value: 'student' }] }
  const classes = [['信息学院', '软件2026-1班'], ['信息学院', '软件2026-2班'], ['医学院', '临床2026-1班']] as const

  /** Everything from the facts as they lie there, person by person. */
  async function recount(): Promise<Map<string, Record<string, number>>> {
    const now = scene.now()
    return within(async (tx) => {
      const { people } = await readGround(tx, now)
      const facts = (await sql<{ id: string; subject: string; attribute: string; value: unknown; observed: Date | string }>`select fact_id as id, subject_id as subject, attribute, value, observed_at as observed from facts.fact where attribute like 'of-%'`.execute(tx)).rows
      const excuses = (await sql<{ subject: string }>`select subject_id as subject from measures.excuse where measure_id = ${measureId} and during @> ${now}::timestamptz`.execute(tx)).rows
      const counts = new Map<string, Record<string, number>>()
      for (const { id, base } of people) {
        if (base['person.kind'] !== 'student') continue
        const known: Record<string, unknown> = { ...base }
        for (const type of types) {
          const mine = facts.filter((fact) => fact.subject === id && fact.attribute === keyOf(type)).map((fact) => ({ ...fact, at: new Date(fact.observed).getTime() })).toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))[0]
          if (mine && mine.at + 3_600_000 > now.getTime()) known[keyOf(type)] = mine.value
        }
        const truth = evaluate(condition, known, now, zone)
        const state = truth === true ? 'kept' : excuses.some((one) => one.subject === id) ? 'excused' : truth === false ? 'gap' : 'unknown'
        for (const unit of new Set(base['person.unit'] as string[])) {
          const row = counts.get(unit) ?? { population: 0, kept: 0, gap: 0, excused: 0, unknown: 0 }
          row['population'] = (row['population'] ?? 0) + 1
          row[state] = (row[state] ?? 0) + 1
          counts.set(unit, row)
        }
      }
      return counts
    })
  }

  test('adds up after any sequence of answers, late answers, excuses, moves and hours', async () => {
    await scene.operate(draft, { measureId, responseId, name: { zh: '核对', en: 'check' }, subjectKind: 'person', population, condition, basis: '核对用', demandedBy: 'school', followUp: 'open-task', danger: 2, endsAt: null })
    await scene.operate(switchOn, { measureId, sponsor: '核对用，不问真人' })
    const students = await within(async (tx) => (await sql<{ id: string; number: string; name: string; sex: string }>`select person_id as id, number, name, sex from directory.person where kind = 'student' order by number`.execute(tx)).rows)
    const units = await within(async (tx) => (await sql<{ id: string; name: string }>`select unit_id as id, name from directory.unit where parent_id is null or name in ('信息学院', '医学院', '软件2026-1班', '软件2026-2班', '1号楼', '1层', '学生第一党支部')`.execute(tx)).rows)
    const who = fc.nat({ max: students.length - 1 })
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ do: fc.constant('answer' as const), who, type: fc.constantFrom('yes-no' as const, 'day' as const, 'choice' as const), yes: fc.boolean(), ago: fc.constantFrom(0, 0, 1, 30, 59, 90) }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('excuse' as const), who, hours: fc.constantFrom(null, 1, 2) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('endExcuse' as const), who }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('move' as const), who, to: fc.nat({ max: classes.length - 1 }) }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.constantFrom(1, 29, 61, 500) }) },
    )
    /** A refusal is an answer too (excused twice, nothing to end); anything else is not. */
    const may = (work: Promise<unknown>) => work.catch((error: unknown) => assert.ok(error instanceof CallProblem || (error as { status?: number }).status !== undefined, String(error)))
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        for (const one of steps) {
          const student = students['who' in one ? one.who : 0]
          assert.ok(student)
          const now = scene.now().getTime()
          if (one.do === 'answer') {
            const observed = new Date(now - one.ago * 60_000)
            const value = one.type === 'yes-no' ? one.yes : one.type === 'choice' ? (one.yes ? 'red' : 'blue') : new Date(now - (one.yes ? 1 : 10) * day).toISOString().slice(0, 10)
            await scene.as(student.number).call(answer, { answers: [{ factId: newId(), attribute: keyOf(one.type), value, observedAt: observed.toISOString() }] })
          } else if (one.do === 'excuse') await may(scene.as('duty').call(excuse, { excuseId: newId(), measureId, subjectId: student.id, reason: '核对', until: one.hours === null ? null : new Date(now + one.hours * 3_600_000).toISOString() }))
          else if (one.do === 'endExcuse') await may(scene.as('duty').call(endExcuse, { measureId, subjectId: student.id }))
          else if (one.do === 'wait') await scene.advance(one.minutes * 60_000)
          else {
            const importId = newId()
            const [college, klass] = classes[one.to] ?? classes[0]
            await scene.operate(previewRoster, { importId }, { file: { name: 'move.csv', bytes: new TextEncoder().encode(`学号,姓名,性别,学院,年级,班级\n${student.number},${student.name},男,${college},2026,${klass}`) } })
            await scene.operate(applyRoster, { importId })
            await scene.runJobs()
          }
        }
        const expected = await recount()
        for (const unit of units) {
          const { total, rows } = await scene.as('duty').call(coverage, { unitId: unit.id, measureId })
          const cell = total[0]
          assert.ok(cell)
          const { measureId: _, ...counts } = cell
          assert.equal(cell.kept + cell.excused + cell.gap + cell.unknown, cell.population, `${unit.name} adds up`)
          assert.deepEqual(counts, expected.get(unit.id) ?? { population: 0, kept: 0, gap: 0, excused: 0, unknown: 0 }, unit.name)
          for (const row of rows) assert.deepEqual({ ...row.cells[0], measureId: undefined }, { measureId: undefined, ...(expected.get(row.unit.unitId) ?? { population: 0, kept: 0, gap: 0, excused: 0, unknown: 0 }) }, row.unit.name)
        }
      }),
      { numRuns: Number(process.env.SEQUENCES ?? 6), interruptAfterTimeLimit: 60_000 },
    )
  })
})
