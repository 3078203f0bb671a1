/** Doubts: what is shown to whom, what must be left alone, and that nothing but a person acts on them. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { CallProblem } from '#kernel/client.ts'
import { inInstitution } from '#kernel/database.ts'
import { operator, Run, system } from '#kernel/handle.ts'
import { newId } from '#kernel/ids.ts'
import { Problem } from '#kernel/problems.ts'
import { applyRoster, giveReason, previewRoster, units } from '#slices/directory/contract.ts'
import { personsByNumber } from '#slices/directory/server.ts'
import { answer, saveAttribute } from '#slices/facts/contract.ts'
import type { FactInput } from '#slices/facts/rules.ts'
import { record } from '#slices/facts/server.ts'
import { open } from '#slices/responses/contract.ts'
import { openScene, type Scene } from '../../tests/scene.ts'
import { askAgain, asks, coverage, dismissDoubt, doubt, doubts, draft, myDoubts, switchOn } from './contract.ts'
import { enoughOf, thresholds } from './doubt-rules.ts'
import { searchDoubts } from './doubts.ts'

let scene: Scene
let measureId: string
const numbers = Array.from({ length: 30 }, (_, index) => `20267${String(index).padStart(3, '0')}`)
let klass: string[]
let classUnit: string
const second = 1000
const minute = 60 * second
const day = 86_400 * second

before(async () => {
  scene = await openScene()
  const { id } = scene.institution
  const importId = newId()
  const csv = ['学号,姓名,性别,学院,年级,班级', ...numbers.map((number, index) => `${number},众${"甲乙丙丁戊己庚辛壬癸"[index % 10]}${"子丑寅"[Math.floor(index / 10)]},男,信息学院,2026,软件2026-7班`)].join('\n')
  const { summary } = await scene.operate(previewRoster, { importId }, { file: { name: '名册.csv', bytes: new TextEncoder().encode(csv) } })
  assert.equal(summary.refused, 0, JSON.stringify(summary.refusals))
  await scene.operate(applyRoster, { importId })
  await inInstitution(scene.kernel.connection.db, id, 'read', async (tx) => {
    klass = (await personsByNumber(tx, id, numbers)).map((one) => one.personId)
  })
  classUnit = (await scene.as('duty').call(units, { tree: 'admin', depth: 8 })).units.find((one) => one.name === '软件2026-7班')?.unitId ?? ''
  const attribute = { subjectKind: 'person' as const, type: 'number' as const, options: [], unit: '℃', min: null, max: null, sensitivity: 'sensitive' as const, freshSeconds: 86_400, askedOf: 'self' as const, purpose: { zh: '早发现', en: 'early' }, seconds: 4 }
  for (const [key, rest] of [
    ['temperature', {}], ['seats', { unit: '间' }], ['approved', { type: 'yes-no', unit: null, askedOf: 'owner' }], ['door', { type: 'yes-no', unit: null, askedOf: 'nobody' }],
    ['present', { subjectKind: 'unit', unit: '人', askedOf: 'owner' }], ['ill', { subjectKind: 'unit', unit: '人', askedOf: 'owner' }],
  ] as const)
    await scene.as('duty').call(saveAttribute, { ...attribute, ...rest, key, label: { zh: key, en: key } })
  const responseId = newId()
  await scene.as('duty').call(open, { responseId, name: '演练', hazards: ['influenza'], level: 3, basis: '传染病防治法', decidedBy: '指挥部', plannedEnd: null })
  measureId = newId()
  await scene.as('duty').call(draft, { measureId, responseId, name: { zh: '体温', en: 'Temperature' }, subjectKind: 'person', population: { combinator: 'and', rules: [{ field: 'person.kind', operator: '=', value: 'student' }] }, condition: { combinator: 'and', rules: [{ field: 'temperature', operator: 'notNull' }] }, basis: '校发〔2026〕9号', demandedBy: 'school', followUp: 'none', danger: 1, endsAt: null })
  await scene.as('duty').call(switchOn, { measureId })
  // Room for what was observed days ago.
  await scene.advance(20 * day)
})
after(() => scene.close())

type Told = Omit<FactInput, 'factId' | 'source' | 'observedAt'> & { at: number; source?: FactInput['source']; by?: string | null }
/** Facts by the one door, observed so many milliseconds from now. */
async function tell(...told: Told[]) {
  await inInstitution(scene.kernel.connection.db, scene.institution.id, 'write', async (tx) => {
    const ctx = new Run(tx, { ...scene.institution, clockOffsetMs: scene.now().getTime() - Date.now() }, operator, scene.kernel.clock, { language: 'zh-Hans' })
    const done = await record(ctx, told.map(({ at, by, source, ...one }) => ({ ...one, factId: newId(), source: source ?? 'answer', by: by ?? one.subjectId, observedAt: new Date(ctx.now.getTime() + at).toISOString() })))
    assert.ok(done.every((one) => !(one instanceof Problem)))
  })
}
/** Searches, and answers what is open and was not before. */
const seen = new Set<string>()
async function found() {
  await inInstitution(scene.kernel.connection.db, scene.institution.id, 'write', async (tx) => {
    // As if a day had begun: what does not move is looked for once a day.
    await sql`update measures.doubt_scan set figures_on = null`.execute(tx)
    await searchDoubts(new Run(tx, { ...scene.institution, clockOffsetMs: scene.now().getTime() - Date.now() }, system, scene.kernel.clock, { language: 'zh-Hans' }))
  })
  const all = (await scene.as('duty').call(doubts, { unitId: scene.unit('江畔大学'), size: 200 })).doubts.filter((one) => !seen.has(one.doubtId))
  for (const one of all) seen.add(one.doubtId)
  return all
}
const kinds = async () => (await found()).map((one) => [one.kind, one.unit.name, one.people]).toSorted()
const temperatures = (people: string[], value: (index: number) => number, at: (index: number) => number): Told[] => people.map((subjectId, index) => ({ subjectId, attribute: 'temperature', value: value(index), at: at(index) }))
const code = (expected: string) => (error: unknown) => error instanceof CallProblem && error.code === expected
const whole = () => scene.unit('江畔大学')

test('honest people are left alone: thirty who answer 36.5 within a minute, a class that is told to answer now, two days without a network', async () => {
  await tell(...temperatures(klass, () => 36.5, (index) => -60 * second + index * 2 * second))
  assert.deepEqual(await kinds(), [])
  await tell(...temperatures(klass, () => 36.5, (index) => -20 * second + Math.floor(index / 2) * second + (index % 2) * 400))
  assert.deepEqual(await kinds(), [], 'two a second')
  await tell(...temperatures(klass, (index) => 36 + index / 10, () => 0))
  assert.deepEqual(await kinds(), [], 'at once, but each their own')
  await tell(...temperatures(klass.slice(0, 9), () => 36.8, () => 0), ...temperatures([scene.person('student'), scene.person('classmate')], () => 34.2, () => -2 * day), { subjectId: klass[3] ?? '', attribute: 'temperature', value: 41.2, at: 1 })
  assert.deepEqual(await kinds(), [], 'nine of thirty; a cold forehead; a high fever')
})

test('enough of a unit: many and a share of it, of a small unit all', () => {
  const { sameInstant, byProxy } = thresholds
  assert.deepEqual([enoughOf(10, 40, sameInstant), enoughOf(9, 40, sameInstant), enoughOf(12, 3000, sameInstant)], [true, false, false], 'reminded at one moment, twelve of three thousand answer in one second')
  assert.deepEqual([enoughOf(5, 5, sameInstant), enoughOf(4, 4, sameInstant), enoughOf(5, 6, sameInstant)], [true, false, false])
  assert.deepEqual([enoughOf(24, 30, byProxy), enoughOf(23, 30, byProxy)], [true, false])
})

test('the same value from a class in one second is a doubt, once, and stays settled', async () => {
  await scene.advance(day)
  await tell(...temperatures(klass, () => 36.4, (index) => -2 * minute + index * 20))
  const [one, ...more] = await found()
  assert.deepEqual([one?.kind, one?.unit.name, one?.people, one?.figures['value'], one?.figures['size'], more.length], ['same-instant', '软件2026-7班', 30, 36.4, 30, 0])
  assert.deepEqual(await kinds(), [])
  assert.equal((await scene.as('duty').call(doubts, { unitId: whole() })).total, 1, 'the same is kept once')
  await scene.as('secretary').call(dismissDoubt, { doubtId: one?.doubtId ?? '', reason: '课上统一测温后同时提交' })
  assert.deepEqual([await kinds(), (await scene.as('duty').call(doubts, { unitId: whole() })).total], [[], 0])
  const [settled] = (await scene.as('duty').call(doubts, { unitId: whole(), settled: true })).doubts
  assert.deepEqual([settled?.state, settled?.settledBy, settled?.words], ['dismissed', '书甲', '课上统一测温后同时提交'])
  await assert.rejects(scene.as('secretary').call(dismissDoubt, { doubtId: one?.doubtId ?? '', reason: '再来一次' }), code('conflict'))
})

test('impossible figures are shown; one that was put right at once is not', async () => {
  await tell({ subjectId: scene.person('student'), attribute: 'temperature', value: 45, at: 0 }, { subjectId: scene.person('classmate'), attribute: 'temperature', value: 366, at: -minute }, { subjectId: scene.person('classmate'), attribute: 'temperature', value: 36.6, at: 0 })
  await tell({ subjectId: classUnit, attribute: 'present', value: 31, at: 0, source: 'proxy', by: scene.person('secretary') }, { subjectId: scene.unit('软件2026-1班'), attribute: 'present', value: 5, at: 0, source: 'proxy', by: scene.person('secretary') })
  const now = await found()
  assert.deepEqual(now.map((one) => [one.kind, one.subjectKind, one.unit.name, one.figures['value']]).toSorted(), [['impossible', 'person', '软件2026-1班', 45], ['impossible', 'unit', '软件2026-7班', 31]])
  assert.deepEqual(now.find((one) => one.subjectKind === 'unit')?.figures, { value: 31, size: 30 })
})

test('a whole class entered by one person in one go goes to whoever is above them; an approval is theirs to enter', async () => {
  const [counsellor, members] = [scene.person('counsellor'), ['20261001', '20261002', '20261003', '20261004', '20261005'].map((number) => scene.person(number))]
  await tell(...members.map((subjectId, index) => ({ subjectId, attribute: 'approved', value: true, at: index * 900, source: 'proxy' as const, by: counsellor })))
  await tell(...members.slice(0, 4).map((subjectId, index) => ({ subjectId, attribute: 'temperature', value: 36.6, at: index * 900, source: 'proxy' as const, by: counsellor })))
  await tell(...members.map((subjectId, index) => ({ subjectId, attribute: 'seats', value: 1, at: -60 * minute + index * 3 * minute, source: 'proxy' as const, by: counsellor })))
  assert.deepEqual(await kinds(), [], 'four of five, and five over a quarter of an hour')
  await scene.advance(3 * 3600 * second)
  await tell(...members.map((subjectId, index) => ({ subjectId, attribute: 'temperature', value: 36.5 + index / 10, at: -minute + index * 3 * second, source: 'proxy' as const, by: counsellor })))
  const [one, ...more] = await found()
  assert.deepEqual([one?.kind, one?.unit.name, one?.people, one?.recordedBy, more.length], ['by-proxy', '软件2026-1班', 5, '辅甲', 0])
  const doubtId = one?.doubtId ?? ''
  const mine = async (who: string) => (await scene.as(who).call(myDoubts, {})).doubts.some((each) => each.doubtId === doubtId)
  // The deputy counsellor stands beside the one who entered it.
  assert.deepEqual([await mine('counsellor'), await mine('deputyCounsellor'), await mine('otherCounsellor'), await mine('student')], [false, true, false, false])
  await assert.rejects(scene.as('counsellor').call(dismissDoubt, { doubtId, reason: '我核实过' }), code('own-doubt'))
  await scene.as('secretary').call(dismissDoubt, { doubtId, reason: '晚点名时逐一测温' })
})

test('answers that were stale when they came', async () => {
  await tell(...temperatures(klass.slice(0, 2), () => 36.3, () => -2.5 * day))
  assert.deepEqual(await kinds(), [])
  await tell(...temperatures(klass.slice(4, 7), () => 36.3, () => -5 * day))
  assert.deepEqual(await kinds(), [['late', '软件2026-7班', 3]])
})

test('a report that never moves counts only while others move', async () => {
  await scene.advance(day)
  const departments = ['学生处', '后勤管理处', '校医院', '信息中心', '组织部'].map((name) => scene.unit(name))
  const reports = (attribute: string, value: (unit: number, dayNumber: number) => number, days: number): Told[] =>
    departments.flatMap((subjectId, unit) => Array.from({ length: days }, (_, back) => ({ subjectId, attribute, value: value(unit, back), at: -back * day - 3600 * second, source: 'proxy' as const, by: scene.person('head') })))
  await tell(...reports('ill', () => 0, 14))
  assert.deepEqual(await kinds(), [], 'quiet everywhere')
  await scene.advance(20 * day)
  await tell(...reports('ill', (unit, back) => (unit >= 2 && back === 4 ? 1 : 0), 14))
  assert.deepEqual(await kinds(), [['never-moves', '后勤管理处', 1], ['never-moves', '学生处', 1]])
  await scene.advance(day)
  await tell(...reports('ill', (unit) => (unit >= 2 ? 1 : 0), 1))
  assert.deepEqual(await kinds(), [], 'the same standstill is not found again the next day')
})

test('a unit whose people all repeat themselves for a week, while elsewhere they vary', async () => {
  await scene.advance(30 * day)
  const others = [...klass.slice(15), ...klass.slice(0, 15)]
  const week = (people: string[], value: (index: number, back: number) => number): Told[] => people.flatMap((subjectId, index) => Array.from({ length: 7 }, (_, back) => ({ subjectId, attribute: 'temperature', value: value(index, back), at: -back * day - index * minute })))
  const small = ['20261001', '20261002', '20261003', '20261004', '20261005'].map((number) => scene.person(number))
  await tell(...week(small, (index) => 36.2 + index / 10), ...week(others, (index, back) => (index === 0 ? 36.5 : 36 + ((index * 7 + back * 3) % 10) / 10)))
  const now = (await found()).filter((one) => one.kind === 'copied-forward')
  assert.deepEqual(now.map((one) => [one.unit.name, one.people, one.figures['elsewhere'], one.figures['elsewhereStill']]), [['软件2026-1班', 5, 30, 1]])
  await scene.advance(30 * day)
  await tell(...week(small, () => 36.5), ...week(others, () => 36.5))
  assert.deepEqual((await found()).filter((one) => one.kind === 'copied-forward'), [], 'where nobody varies anywhere it says nothing')
})

test('the machine moves nothing; a person asks again, and the question comes anew with their words', async () => {
  await scene.advance(day)
  const student = scene.person('student')
  const counts = async () => (await scene.as('duty').call(coverage, { unitId: whole(), measureId })).total
  await tell({ subjectId: student, attribute: 'temperature', value: 46, at: -minute })
  const before = await counts()
  const [one] = (await found()).filter((each) => each.kind === 'impossible')
  const doubtId = one?.doubtId ?? ''
  assert.deepEqual(await counts(), before)
  const asked = async () => (await scene.as('student').call(asks, {})).asks.map((ask) => [ask.attribute.key, ask.again, ask.reminded?.note, ask.last?.value])
  assert.deepEqual(await asked(), [], 'it is known, so nobody is asked')

  await assert.rejects(scene.as('floorHead').call(doubt, { doubtId }), code('not-found'))
  await assert.rejects(scene.as('otherCounsellor').call(askAgain, { doubtId, note: '请重测' }), code('not-found'))
  await assert.rejects(scene.as('secretary').call(doubt, { doubtId }), code('reason-needed'), 'it is for the counsellor to look at')
  await scene.as('secretary').call(giveReason, { reasonId: newId(), unitId: scene.unit('信息学院'), words: '核对疑点' })
  assert.equal((await scene.as('secretary').call(doubt, { doubtId })).subjects.length, 1)
  const opened = await scene.as('counsellor').call(doubt, { doubtId })
  assert.deepEqual(opened.subjects.map((each) => [each.id, each.number, each.answered]), [[student, '20261003', false]])
  await assert.rejects(scene.as('counsellor').call(askAgain, { doubtId, subjectIds: [scene.person('classmate')], note: '请重测' }), code('bad-input'))
  assert.deepEqual(await scene.as('counsellor').call(askAgain, { doubtId, note: '46 度？请重测一次再填' }), { asked: 1 })
  assert.deepEqual(await asked(), [['temperature', true, '46 度？请重测一次再填', 46]])
  assert.deepEqual(await counts(), before, 'what is known stays until it is answered again')

  await scene.as('student').call(answer, { answers: [{ factId: newId(), attribute: 'temperature', value: 36.4, observedAt: new Date(scene.now().getTime() - 3600 * second).toISOString() }] })
  assert.deepEqual(await asked(), [], 'also from a phone whose clock is slow')
  const [settled] = (await scene.as('counsellor').call(doubts, { unitId: scene.unit('软件2026-1班'), settled: true })).doubts
  assert.deepEqual([settled?.doubtId, settled?.state, settled?.answered, settled?.people], [doubtId, 'asked', 1, 1])
})

test('the search runs by itself while a measure is on', async () => {
  await scene.runJobs()
  await tell({ subjectId: scene.person('classmate'), attribute: 'temperature', value: 50, at: 0 })
  await scene.advance(11 * minute)
  await scene.advance(11 * minute)
  const open = (await scene.as('duty').call(doubts, { unitId: whole() })).doubts
  assert.ok(open.some((one) => one.kind === 'impossible' && one.figures['value'] === 50))
})
