/** Drills from the console over HTTP: who may go into which, be whom, and come home. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { CallProblem, httpClient, type Client } from '#kernel/client.ts'
import { freshClaimToken } from '#kernel/claim.ts'
import { newId } from '#kernel/ids.ts'
import { handle } from '#kernel/handle.ts'
import { applyRoster, claim, endSessions, me, people, previewRoster, signIn } from '#slices/directory/contract.ts'
import { become, end, enter, leave, mine, open, setClock, tryOut, visit } from '#slices/drills/contract.ts'
import type { Call } from '#kernel/contract.ts'
import { openScene, staffCsv, studentsCsv, type Scene } from '../scene.ts'
import { freshDatabase, type FreshDatabase } from '../postgres.ts'

let database: FreshDatabase
let scene: Scene
let token: string
before(async () => {
  database = await freshDatabase()
  token = (await freshClaimToken(database.ownerUrl)) ?? ''
  scene = await openScene({ database })
})
after(async () => { await scene.close() })

const refusal = (code: string) => (error: unknown) => error instanceof CallProblem && error.code === code
/** A browser: keeps the session that the answers set. */
function browser() {
  let session: string | undefined
  let client: Client | undefined
  const call: Client['call'] = (...given) => (client ??= httpClient({ origin: scene.origin, language: () => 'zh-Hans', token: () => session })).call(...given)
  return {
    call,
    /** Runs a call that changes whose session it is. */
    async step(call: Call, input: unknown) {
      const answer = await handle(scene.kernel, call.name, { who: { token: session }, input, language: 'zh-Hans', requestId: newId() })
      if (answer.session !== undefined) session = answer.session ?? undefined
      return answer.output
    },
    token: () => session,
  }
}
const drill = (institutionId = newId()) => ({ institutionId, code: `drill-${institutionId.slice(-6)}`, name: '演练大学', startsAt: new Date().toISOString() })
async function fill(client: Client) {
  for (const [name, text] of [['staff.csv', staffCsv], ['students.csv', studentsCsv]] as const) {
    const importId = newId()
    await client.call(previewRoster, { importId }, { file: { name, bytes: new TextEncoder().encode(text) } })
    await client.call(applyRoster, { importId })
  }
}

const officer = browser()
const tried = drill()

test('trying takes the token, and leaves it good; a second try goes into the same drill', async () => {
  await assert.rejects(browser().step(tryOut, { ...drill(), token: 'x'.repeat(20) }), (error: unknown) => (error as { code?: string }).code === 'claim-refused')
  const visitor = browser()
  await visitor.step(tryOut, { ...tried, token })
  const seen = await visitor.call(visit, {})
  assert.deepEqual([seen.visiting, seen.home], [true, null])
  const again = browser()
  assert.deepEqual(await again.step(tryOut, { ...drill(), token }), { institutionId: tried.institutionId })
  assert.deepEqual(await again.step(leave, {}), { home: false })
  assert.equal(again.token(), undefined)
  await officer.step(claim, { token, code: 'real', name: '江畔大学', vocabulary: 'cn-university', adminName: '管甲', login: 'A001', password: '三月的江畔有一排很老的垂柳' })
  await assert.rejects(browser().step(tryOut, { ...drill(), token }), (error: unknown) => (error as { code?: string }).code === 'claim-refused', 'once claimed, it is used up')
})

test('an institution goes into its own drills only, is somebody there and nobody else here, and comes home as itself', async () => {
  const own = drill()
  await officer.step(open, { ...own, vocabulary: 'cn-university' })
  assert.equal((await officer.call(me, {})).institution.drill, true)
  await fill(officer)
  const { personas, home } = await officer.call(visit, {})
  assert.equal(home, '江畔大学')
  const student = personas.find((one) => one.role === null)
  assert.ok(student)
  await officer.step(become, { personId: student.personId })
  assert.equal((await officer.call(me, {})).person.number, student.number)
  await assert.rejects(officer.call(people, { text: '软' }), refusal('forbidden'), 'as a student one may what a student may')
  await assert.rejects(officer.step(become, { personId: newId() }), (error: unknown) => (error as { code?: string }).code === 'not-found')
  assert.deepEqual(await officer.step(leave, {}), { home: true })
  assert.deepEqual([(await officer.call(me, {})).person.number, (await officer.call(me, {})).institution.drill], ['A001', false])
  assert.deepEqual((await officer.call(mine, {})).drills.map((one) => [one.institutionId, one.people]).toSorted(), [[own.institutionId, 30], [tried.institutionId, 1]].toSorted())
  await officer.step(enter, { institutionId: own.institutionId })
  await assert.rejects(officer.step(open, { ...drill(), vocabulary: 'cn-university' }), (error: unknown) => (error as { code?: string }).code === 'in-a-drill')
  await officer.step(leave, {})
})

test('the drills of others are not there: neither to go in nor to delete; nor is a real institution', async () => {
  const real = (await sql<{ id: string }>`select institution_id as id from kernel.institution where code = 'real'`.execute(scene.kernel.connection.db)).rows[0]?.id ?? ''
  for (const institutionId of [scene.institution.id, real, newId()]) {
    await assert.rejects(officer.step(enter, { institutionId }), (error: unknown) => (error as { code?: string }).code === 'not-found')
    await assert.rejects(officer.step(end, { institutionId, code: 'scene' }), (error: unknown) => (error as { code?: string }).code === 'not-found')
  }
  await assert.rejects(scene.as('counsellor').call(enter, { institutionId: tried.institutionId }), refusal('forbidden'))
})

test('whoever lives in a drill has no other faces, and no way to anybody’s home', async () => {
  assert.deepEqual(await scene.as('student').call(visit, {}), { visiting: false, home: null, personas: [] })
  await assert.rejects(scene.as('student').call(become, { personId: scene.person('duty') }), refusal('not-found'))
  await assert.rejects(scene.as('duty').call(leave, {}), refusal('not-found'))
})

test('signed out at home meanwhile: there is no way back but the door', async () => {
  const { drills } = await officer.call(mine, {})
  const home = (await officer.call(me, {})).person.personId
  const second = browser()
  await second.step(signIn, { institution: 'real', login: 'A001', password: '三月的江畔有一排很老的垂柳' })
  await officer.step(enter, { institutionId: drills[0]?.institutionId ?? '' })
  await second.call(endSessions, { personIds: [home] })
  scene.kernel.sessions.clear()
  assert.deepEqual(await officer.step(leave, {}), { home: false })
  assert.equal(officer.token(), undefined)
  await assert.rejects(officer.call(me, {}), refusal('signed-out'))
})

test('deleting leaves nothing, asks for the code, and is noted at home', async () => {
  await officer.step(signIn, { institution: 'real', login: 'A001', password: '三月的江畔有一排很老的垂柳' })
  const { drills } = await officer.call(mine, {})
  for (const one of drills) {
    await assert.rejects(officer.call(end, { institutionId: one.institutionId, code: 'real' }), refusal('bad-input'))
    await officer.call(end, { institutionId: one.institutionId, code: one.code })
  }
  assert.deepEqual((await officer.call(mine, {})).drills, [])
  assert.equal((await officer.call(me, {})).institution.code, 'real')
  await assert.rejects(officer.call(setClock, { now: new Date().toISOString() }), refusal('not-a-drill'))
})
