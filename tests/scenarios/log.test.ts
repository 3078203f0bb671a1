/** The log over HTTP: who looked, what was done, what is odd; never the data, never for whoever does not watch over it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { CallProblem } from '#kernel/client.ts'
import { inInstitution } from '#kernel/database.ts'
import { newId } from '#kernel/ids.ts'
import { giveReason, members, people } from '#slices/directory/contract.ts'
import { myData } from '#slices/facts/contract.ts'
import { events, exportFile, head, looks, looksOf, odd } from '#slices/log/contract.ts'
import { openScene, type Scene } from '../scene.ts'

let scene: Scene
before(async () => {
  scene = await openScene()
  await scene.as('counsellor').call(members, { unitId: scene.unit('软件2026-1班') })
  await scene.as('counsellor').call(people, { text: '20261003' })
})
after(() => scene.close())

const watcher = () => scene.as('dataProtection')
const refusal = (code: string) => (error: unknown) => error instanceof CallProblem && error.code === code

test('a look at a class is one line with its count; it opens into units, not names', async () => {
  const { looks: found } = await watcher().call(looks, {})
  const [list] = found.filter((look) => look.call === 'directory.members')
  assert.deepEqual([list?.actor.person?.number, list?.people, list?.purpose], ['T004', 5, 'members'])
  assert.ok(list?.actor.offices.some((office) => office.title === '辅导员'))
  const opened = await watcher().call(looksOf, { at: list?.at ?? '', actorId: list?.actor.person?.personId ?? null, call: 'directory.members' })
  assert.deepEqual(opened, { people: 5, units: [{ name: '信息学院', people: 5 }] })
  assert.doesNotMatch(JSON.stringify([found, opened]), /软甲|138000/, 'nobody who was looked at is named')
})

test('by person: who looked at this one; asking is itself a look that the person sees', async () => {
  const { looks: found } = await watcher().call(looks, { person: '20261003' })
  assert.deepEqual(found.map((look) => look.call).toSorted(), ['directory.members', 'directory.people'])
  assert.equal((await watcher().call(looks, { person: '20262001' })).looks.length, 0)
  assert.ok((await scene.as('student').call(myData, {})).looks.some((look) => look.purpose === 'log' && look.by === '护数'))
  await assert.rejects(watcher().call(looks, { person: '99999999' }), refusal('not-found'))
})

test('pages follow on without a gap; a period leaves out what is outside', async () => {
  await scene.as('duty').call(giveReason, { reasonId: newId(), unitId: scene.unit('信息学院'), words: '核对名单' })
  for (let n = 0; n < 5; n++) await scene.as('duty').call(people, { text: `软甲` })
  const all = (await watcher().call(looks, { actor: 'T001' })).looks
  const first = await watcher().call(looks, { actor: 'T001', most: 2 })
  const second = await watcher().call(looks, { actor: 'T001', most: 50, before: first.looks.at(-1)?.at ?? '' })
  assert.deepEqual([...first.looks, ...second.looks].map((look) => look.at), all.map((look) => look.at))
  assert.equal(first.more, true)
  assert.equal((await watcher().call(looks, { to: new Date(Date.now() - 3_600_000).toISOString() })).looks.length, 0)
})

test('what was done has who and when, and no personal content; the export is in it with its purpose', async () => {
  const made = await watcher().call(exportFile, { what: 'looks', purpose: '季度检查，交纪委' })
  assert.ok(made.rows > 0)
  assert.match(made.csv, /^\ufeff时间（Asia\/Shanghai）,学工号,谁[^\n]*\n\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,/)
  const first = made.csv.split('\r\n')[1]?.slice(0, 19).replace(' ', 'T')
  assert.ok(Math.abs(Date.parse(`${first}+08:00`) - scene.now().getTime()) < 3_600_000, 'the time of the clock on the wall')
  assert.doesNotMatch(made.csv, /软甲丙|13800001003/)
  const [entry] = (await watcher().call(events, { call: 'log.export' })).events
  assert.equal(entry?.actor.person?.name, '护数')
  assert.match(entry?.detail ?? '', /季度检查，交纪委/)
  await assert.rejects(watcher().call(exportFile, { what: 'looks', purpose: '看' }), refusal('bad-input'))
  const ends = await watcher().call(head, {})
  assert.ok((ends.lastSeq ?? 0) >= (entry?.seq ?? 0))
})

test('somebody who looks at very many people in an hour is a doubt, with what is usual for them; a usual hour is none', async () => {
  assert.deepEqual((await watcher().call(odd, {})).odd, [])
  const actorId = scene.person('duty')
  const { id } = scene.institution
  await inInstitution(scene.kernel.connection.db, id, 'write', async (tx) => {
    // Ten usual hours of forty, then one of five hundred; and one student looked at twenty times a day by the doctor.
    await sql`insert into kernel.access (institution_id, person_id, at, actor_kind, actor_id, call, purpose)
      select ${id}::uuid, gen_random_uuid(), date_trunc('hour', now()) - make_interval(hours => h) + interval '5 minutes', 'person', ${actorId}::uuid, 'measures.gaps', 'gaps' from generate_series(30, 39) h, generate_series(1, 40)`.execute(tx)
    await sql`insert into kernel.access (institution_id, person_id, at, actor_kind, actor_id, call, purpose)
      select ${id}::uuid, gen_random_uuid(), date_trunc('hour', now()) - interval '25 hours' + make_interval(mins => n % 50), 'person', ${actorId}::uuid, 'directory.members', 'members' from generate_series(1, 500) n`.execute(tx)
    await sql`insert into kernel.access (institution_id, person_id, at, actor_kind, actor_id, call, purpose)
      select ${id}::uuid, ${scene.person('student')}::uuid, date_trunc('day', now()) - interval '2 days' + make_interval(mins => n), 'person', ${scene.person('doctor')}::uuid, 'facts.profile', 'profile' from generate_series(1, 20) n`.execute(tx)
  })
  const found = (await watcher().call(odd, {})).odd
  const many = found.find((one) => one.kind === 'many')
  assert.deepEqual([many?.actor.person?.number, many?.count, many?.usual, many?.limit], ['T001', 500, 40, 300])
  const again = found.find((one) => one.kind === 'again')
  assert.deepEqual([again?.actor.person?.number, again?.count, again?.unit], ['T008', 20, '软件2026-1班'])
  assert.equal(found.filter((one) => one.actor.person?.number === 'T001' && one.kind === 'many').length, 1)
})

test('only whoever watches over it reads the log', async () => {
  for (const who of ['secretary', 'counsellor', 'doctor', 'student', 'organisation'] as const) for (const call of [looks, events, odd, head]) await assert.rejects(scene.as(who).call(call as typeof head, {}), refusal('forbidden'), `${call.name} by ${who}`)
})
