/** Looking back at everybody at once, where answers hold until moments of their own. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { inInstitution } from '#kernel/database.ts'
import { operator, Run } from '#kernel/handle.ts'
import { newId } from '#kernel/ids.ts'
import { answer } from '#slices/facts/contract.ts'
import { record } from '#slices/facts/server.ts'
import { open } from '#slices/responses/contract.ts'
import { openScene, type Cast, type Scene } from '../../tests/scene.ts'
import { openCase } from './cases.ts'
import { draft, fromPreset, switchOn } from './contract.ts'
import { engineOf } from './engine.ts'
import { countsAt } from './queries-known-at.ts'
import { listMeasures } from './queries.ts'

const hour = 3_600_000
let scene: Scene
before(async () => { scene = await openScene() })
after(() => scene.close())

test('a standing answer told long before is known then, unless something newer was told, however much has been told since', async () => {
  const [responseId, measureId] = [newId(), newId()]
  await scene.operate(open, { responseId, name: '回看', hazards: ['other'], level: 4, basis: '核对用', decidedBy: '测试', plannedEnd: null })
  await scene.operate(fromPreset, { measureId, responseId, key: 'whereabouts-known', basis: '核对用' })
  await scene.operate(switchOn, { measureId })
  const told = (who: Cast, holds?: number) => scene.as(who).call(answer, { answers: [{ factId: newId(), attribute: 'whereabouts', value: '310115', observedAt: scene.now().toISOString(), ...(holds ? { holdsUntil: new Date(scene.now().getTime() + holds).toISOString() } : {}) }] })
  const known = async (at: Date) => {
    const [few, all] = await inInstitution(scene.kernel.connection.db, scene.institution.id, 'read', async (tx) => {
      const [engine, measures] = [await engineOf({ tx, institution: scene.institution }), await listMeasures(tx, scene.institution.id, { ids: [measureId] })]
      const people = [scene.person('student'), scene.person('counsellor')]
      const klass = scene.unit('江畔大学')
      return [await countsAt(tx, engine, 'person', measures, klass, people, at), await countsAt(tx, engine, 'person', measures, klass, null, at)]
    })
    const kept = (rows: typeof few) => rows?.find((row) => row.unitId === scene.unit('江畔大学'))?.kept
    assert.equal(kept(few), kept(all), 'looked up and gone through')
    return kept(all)
  }
  // Such answers hold for seven days; these two for forty.
  await told('student', 40 * 24 * hour)
  await told('counsellor', 40 * 24 * hour)
  await scene.advance(2 * 24 * hour)
  await told('counsellor')
  await scene.advance(20 * 24 * hour)
  const then = scene.now()
  assert.equal(await known(then), 1, 'the newer one of the two is stale, the older no longer counts')
  await scene.advance(hour)
  await told('student')
  await told('counsellor')
  assert.equal(await known(then), 1, 'as it was before they told it anew')
  assert.equal(await known(scene.now()), 2)
})

test('an open case is known from when it was opened until it was released, and before it there was none', async () => {
  const [responseId, measureId] = [newId(), newId()]
  await scene.operate(open, { responseId, name: '回看个案', hazards: ['influenza'], level: 4, basis: '核对用', decidedBy: '测试', plannedEnd: null })
  await scene.operate(draft, {
    measureId, responseId, name: { zh: '无人在隔离', en: 'Nobody is isolated' }, subjectKind: 'person', population: { combinator: 'and', rules: [{ field: 'person.kind', operator: '=', value: 'student' }] },
    condition: { combinator: 'and', rules: [{ field: openCase.key, operator: 'hasNoCase', value: ['isolation'] }] }, basis: '核对用', demandedBy: 'school', followUp: 'none', danger: 2, endsAt: null,
  })
  await scene.operate(switchOn, { measureId })
  const at = (moment: Date) => inInstitution(scene.kernel.connection.db, scene.institution.id, 'read', async (tx) => {
    const [engine, measures] = [await engineOf({ tx, institution: scene.institution }), await listMeasures(tx, scene.institution.id, { ids: [measureId] })]
    const students = ['student', 'classmate', 'stranger'].map((who) => scene.person(who))
    const of = async (people: string[] | null) => { const row = (await countsAt(tx, engine, 'person', measures, scene.unit('江畔大学'), people, moment)).find((one) => one.unitId === scene.unit('江畔大学')); return [row?.gap, row?.unknown] }
    const [few, all] = [await of(students), await of(null)]
    assert.deepEqual(few, all, 'looked up and gone through')
    return all
  })
  const say = (value: string[]) => inInstitution(scene.kernel.connection.db, scene.institution.id, 'write', (tx) => record(new Run(tx, { ...scene.institution, clockOffsetMs: scene.now().getTime() - Date.now() }, operator, scene.kernel.clock, { language: 'zh-Hans' }), [{ factId: newId(), subjectId: scene.person('student'), attribute: openCase.key, value, observedAt: scene.now().toISOString(), source: 'office', by: null }]))
  const before_ = scene.now()
  await scene.advance(60_000)
  await say(['observation'])
  await scene.advance(60_000)
  const observed = scene.now()
  await scene.advance(60_000)
  await say(['isolation'])
  await scene.advance(60_000)
  const isolated = scene.now()
  await scene.advance(60_000)
  await say([])
  await scene.advance(60_000)
  assert.deepEqual([await at(before_), await at(observed), await at(isolated), await at(scene.now())], [[0, 0], [0, 0], [1, 0], [0, 0]])
})
