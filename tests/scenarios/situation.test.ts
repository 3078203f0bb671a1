/** How the situation knows what was: countings by the hour on the institution's own clock, what was late at a moment, what happened lately; and finding by typing. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CallProblem } from '#kernel/client.ts'
import { inInstitution } from '#kernel/database.ts'
import { newId } from '#kernel/ids.ts'
import { applyRoster, dropView, findUnits, people, previewRoster, saveUnit, saveView, views } from '#slices/directory/contract.ts'
import { answer } from '#slices/facts/contract.ts'
import { askHelp, reply, waiting } from '#slices/issues/contract.ts'
import { coverage, fromPreset, history, mineOpen, switchOn } from '#slices/measures/contract.ts'
import { acknowledge, assignments, late, recent, report } from '#slices/notices/contract.ts'
import { hours, issueNotice, openResponse, type Issued } from '#slices/notices/scenario.ts'
import { sql } from 'kysely'
import { openScene, type Scene } from '../scene.ts'

let scene: Scene
let responseId: string
let notice: Issued
const measureId = newId()
before(async () => {
  scene = await openScene()
  responseId = await openResponse(scene)
  const duty = scene.as('duty')
  await duty.call(fromPreset, { measureId, responseId, key: 'whereabouts-known', basis: '第二条' })
  await duty.call(switchOn, { measureId })
  notice = await issueNotice(scene, { responseId })
})
after(() => scene.close())

const home = () => scene.unit('江畔大学')
const stay = (who: Parameters<Scene['as']>[0]) => scene.as(who).call(answer, { answers: [{ factId: newId(), attribute: 'whereabouts', value: '510107', observedAt: scene.now().toISOString() }] })

test('what is known is counted every hour of the institution’s clock, and a jump is one counting, not an invented course', async () => {
  const duty = scene.as('duty')
  assert.deepEqual((await duty.call(history, { unitId: home() })).points, [])
  await scene.runJobs()
  for (let index = 0; index < 3; index++) await scene.advance(hours(1))
  const first = await duty.call(history, { unitId: home() })
  assert.ok(first.points.length >= 2 && first.points.length <= 4, `${first.points.length} countings in three hours`)
  const now = await duty.call(coverage, { unitId: home() })
  assert.deepEqual(first.points.at(-1)?.cells[0], now.total[0])
  assert.equal(first.dayAgo, null, 'nobody counted a day ago')
  assert.ok(first.hourAgo, 'an hour ago somebody did')
  // A college and the institution are counted; of a class nothing was known a day ago.
  assert.ok(first.hourAgo.rows.some((row) => row.unitId === scene.unit('信息学院')))
  assert.equal((await duty.call(history, { unitId: scene.unit('软件2026-1班') })).points.length, 0)

  await stay('student')
  await scene.advance(hours(24))
  const second = await duty.call(history, { unitId: home() })
  assert.ok(second.points.length <= first.points.length + 2, 'a jump of a day is counted once')
  assert.ok(second.dayAgo, 'yesterday at this hour somebody counted')
  const kept = (rows: { unitId: string; cells: { kept: number }[] }[]) => rows.find((row) => row.unitId === home())?.cells[0]?.kept
  assert.equal(kept(second.dayAgo.rows), 0)
  assert.equal(second.points.at(-1)?.cells[0]?.population, now.total[0]?.population)
  // Of a class it is worked out from what was known then, as often as it is asked.
  await scene.advance(hours(24))
  for (let asked = 0; asked < 2; asked++) {
    const below = await scene.as('counsellor').call(history, { unitId: scene.unit('软件2026-1班') })
    const [yesterday] = below.dayAgo?.rows ?? []
    assert.deepEqual([yesterday?.unitId, yesterday?.cells.map((one) => [one.population, one.kept, one.unknown])], [scene.unit('软件2026-1班'), [[5, 1, 4]]])
    assert.deepEqual(below.points.at(-1)?.cells, yesterday?.cells)
    assert.ok(below.points.length >= 2 && below.points.every((point, at) => at === 0 || point.at > (below.points[at - 1]?.at ?? '')), 'a point a day, in order')
  }
  await assert.rejects(scene.as('counsellor').call(history, { unitId: home() }), (error) => error instanceof CallProblem && error.status === 404 || (error as CallProblem).status === 403)
})

test('old countings are thinned: by the hour, then by the quarter, then by the day', async () => {
  const at = (hoursAgo: number) => new Date(scene.now().getTime() - hours(hoursAgo))
  await inInstitution(scene.kernel.connection.db, scene.institution.id, 'write', async (tx) => {
    for (let ago = 30; ago < 24 * 20; ago++)
      await sql`insert into measures.hour (institution_id, measure_id, unit_id, at, kept, gap, excused, unknown) values (${scene.institution.id}, ${measureId}, ${home()}, ${at(ago)}, 1, 2, 3, 4) on conflict do nothing`.execute(tx)
  })
  // A quarter of a day holds an hour at which it is thinned.
  for (let index = 0; index < 7; index++) await scene.advance(hours(1))
  const { points } = await scene.as('duty').call(history, { unitId: home(), days: 30 })
  const between = (from: number, to: number) => points.filter((point) => new Date(point.at) < at(from) && new Date(point.at) >= at(to)).length
  assert.ok(between(38, 48) >= 9, `ten hours of the last two days by the hour: ${between(38, 48)}`)
  assert.ok(Math.abs(between(24 * 5, 24 * 10) - 20) <= 1, `five days by the quarter: ${between(24 * 5, 24 * 10)}`)
  assert.ok(Math.abs(between(24 * 17, 24 * 20) - 3) <= 1, `three days by the day: ${between(24 * 17, 24 * 20)}`)
})

test('what is late is told by unit, and what was late yesterday at this hour', async () => {
  const duty = scene.as('duty')
  await scene.advance(hours(24 * 7))
  const now = await duty.call(late, { unitId: home() })
  const all = await duty.call(assignments, { unitId: home(), below: true, show: 'overdue', size: 300 })
  assert.ok(all.total > 1)
  assert.equal(now.total, all.total)
  assert.equal(now.units.reduce((sum, row) => sum + row.total, 0), now.total)
  assert.equal(now.units[0]?.total, Math.max(...now.units.map((row) => row.total)))
  const long = new Date(scene.now().getTime() - hours(24)).toISOString()
  const mine = all.assignments.find((one) => one.unit.unitId === scene.unit('信息学院') && one.dueAt !== null && one.dueAt < long)
  assert.ok(mine)
  await scene.as('secretary').call(report, { reportId: newId(), assignmentId: mine.assignmentId, text: '已完成' })
  await scene.advance(hours(1))
  const then = await duty.call(late, { unitId: home() })
  // By day something else may have fallen due in that hour.
  const left = (await duty.call(assignments, { unitId: home(), below: true, show: 'overdue', size: 300 })).assignments
  assert.equal(then.total, left.length)
  assert.deepEqual(all.assignments.filter((one) => left.every((still) => still.assignmentId !== one.assignmentId)).map((one) => one.assignmentId), [mine.assignmentId])
  const point = then.points.at(-1)
  assert.ok(point && new Date(point.at) <= new Date(scene.now().getTime() - hours(2)))
  assert.equal(point.total, 1 + left.filter((one) => one.dueAt !== null && new Date(one.dueAt) <= new Date(point.at)).length, 'some hours ago it was still late')
  // Within a college only what is the college's.
  const own = await scene.as('secretary').call(late, { unitId: scene.unit('信息学院') })
  assert.ok(own.total < then.total)
  await assert.rejects(scene.as('secretary').call(late, { unitId: scene.unit('医学院') }))
})

test('the last hour is told by unit and notice, without a person', async () => {
  const duty = scene.as('duty')
  const lately = async () => (await duty.call(recent, { unitId: home() })).events
  // What falls due climbs at its own hours, which depend on when the notice went out.
  for (let hour = 0; hour < 48 && (hour < 3 || (await lately()).length); hour++) await scene.advance(hours(1))
  assert.deepEqual(await lately(), [])
  const open = await scene.as('secretary').call(assignments, { unitId: scene.unit('信息学院'), show: 'open', size: 100 })
  const fresh = open.assignments.filter((one) => one.state === 'sent')
  assert.ok(fresh.length > 0)
  await scene.as('secretary').call(acknowledge, { assignmentIds: fresh.map((one) => one.assignmentId) })
  const events = await lately()
  assert.deepEqual(events.map(({ kind, count, unit, noticeId }) => ({ kind, count, unit: unit?.name, noticeId })), [{ kind: 'acknowledged', count: fresh.length, unit: '信息学院', noticeId: notice.noticeId }])
  assert.doesNotMatch(JSON.stringify(events), /书甲|T002/)
  assert.deepEqual((await scene.as('otherSecretary').call(recent, { unitId: scene.unit('医学院') })).events, [])
})

test('help that waits is counted without a name, and so is what waits for a counsellor', async () => {
  const requestId = newId()
  await scene.as('student').call(askHelp, { requestId, theme: 'medicine', urgency: 'now', text: '发烧了' })
  const before_ = await scene.as('counsellor').call(waiting, { unitId: scene.unit('软件2026-1班') })
  assert.deepEqual([before_.total, before_.urgent, before_.askedLastHour, before_.dayAgo], [1, 1, 1, 0])
  assert.doesNotMatch(JSON.stringify(before_), /软甲/)
  await scene.as('counsellor').call(reply, { requestId, text: '已送校医院', settles: true })
  const after_ = await scene.as('counsellor').call(waiting, { unitId: scene.unit('软件2026-1班') })
  assert.deepEqual([after_.total, after_.answeredLastHour], [0, 1])
  assert.deepEqual((await scene.as('otherCounsellor').call(waiting, { unitId: scene.unit('临床2026-1班') })).total, 0)

  const open = await scene.as('counsellor').call(mineOpen, {})
  const klass = await scene.as('counsellor').call(coverage, { unitId: scene.unit('软件2026-1班') })
  assert.deepEqual([open.units, open.people, open.unknown], [1, klass.total[0]?.unknown, klass.total[0]?.unknown])
  assert.equal((await scene.as('student').call(mineOpen, {})).units, 0)
})

test('people and units are found by initials, the exact ones first, and a renamed unit by its new name', async () => {
  const duty = scene.as('duty')
  const found = async (text: string) => (await duty.call(people, { text })).people.map((one) => one.name)
  assert.deepEqual(await found('zj'), ['值甲'])
  assert.equal((await found('值'))[0], '值甲')
  assert.deepEqual(await found('T001'), ['值甲'])
  assert.deepEqual(await found('t001'), ['值甲'])
  assert.ok((await found('甲')).includes('书甲'), 'also inside a name')
  assert.deepEqual([...(await found('二六')), ...(await found('三1'))], [])
  assert.deepEqual(await found('%'), [])
  assert.deepEqual(await found('  '), [])
  // Within the reader's own units only.
  assert.deepEqual((await scene.as('otherCounsellor').call(people, { text: 'rjz' })).people, [])
  assert.ok((await scene.as('counsellor').call(people, { text: 'rjz' })).people.length > 0)

  await scene.runJobs()
  const units = async (text: string) => (await duty.call(findUnits, { text })).units.map((one) => [...one.within, one.name].join('/'))
  assert.deepEqual(await units('xxxy'), ['信息学院'].concat((await units('xxxy')).slice(1)))
  assert.ok((await units('软件2026-1')).includes('信息学院/2026级/软件2026-1班'))
  const college = (await duty.call(findUnits, { text: '医学院' })).units[0]
  assert.ok(college)
  await duty.call(saveUnit, { unitId: college.unitId, tree: 'admin', parentId: college.parentId, kind: college.kind, name: '公共卫生学院' })
  await scene.runJobs()
  assert.equal((await units('ggwsxy'))[0], '公共卫生学院')
  assert.deepEqual(await units('yxy'), [])
  await duty.call(saveUnit, { unitId: college.unitId, tree: 'admin', parentId: college.parentId, kind: college.kind, name: '医学院' })
})

test('a kept view is its keeper’s alone, and its address stays within the console', async () => {
  const viewId = newId()
  const view = { viewId, name: '我班的未知', address: '/gaps?state=unknown' }
  await scene.as('counsellor').call(saveView, view)
  assert.deepEqual((await scene.as('counsellor').call(views, {})).views, [view])
  assert.deepEqual((await scene.as('otherCounsellor').call(views, {})).views, [])
  const hidden = (error: unknown) => error instanceof CallProblem && error.code === 'not-found'
  await assert.rejects(scene.as('otherCounsellor').call(saveView, { ...view, name: '改掉' }), hidden)
  await assert.rejects(scene.as('otherCounsellor').call(dropView, { viewId }), hidden)
  for (const address of ['//evil.example', 'https://evil.example', '/gaps\n', '/gaps?a="><script>', 'javascript:alert(1)']) await assert.rejects(scene.as('counsellor').call(saveView, { viewId: newId(), name: 'x', address }), CallProblem, address)
  await scene.as('counsellor').call(saveView, { ...view, name: '未知的人' })
  assert.equal((await scene.as('counsellor').call(views, {})).views[0]?.name, '未知的人')
  for (let index = 1; index < 40; index++) await scene.as('counsellor').call(saveView, { viewId: newId(), name: `第${index}个`, address: '/gaps' })
  await assert.rejects(scene.as('counsellor').call(saveView, { viewId: newId(), name: '太多', address: '/gaps' }), (error) => error instanceof CallProblem && error.code === 'too-many-views')
  await scene.as('counsellor').call(dropView, { viewId })
  assert.equal((await scene.as('counsellor').call(views, {})).views.length, 39)
})

test('of a figure that thousands of numbers begin with the likeliest are told; who is called just so is among them, and a counsellor finds their own', async () => {
  const admin = scene.as('administrator')
  const importId = newId()
  const rows = Array.from({ length: 2200 }, (_, at) => `71000${String(1000 + at)},人${'甲乙丙丁戊己庚辛'[at % 8]}${'子丑寅卯辰巳午未'[Math.floor(at / 8) % 8]},医学院,2025,临床2025-${1 + (at % 20)}班`)
  const text = ['学号,姓名,学院,年级,班级', ...rows, '71000,七十,医学院,2025,临床2025-1班', '710009999,软末,信息学院,2026,软件2026-1班'].join('\n')
  await admin.call(previewRoster, { importId }, { file: { name: '众.csv', bytes: new TextEncoder().encode(text) } })
  await admin.call(applyRoster, { importId })
  const numbers = async (who: 'administrator' | 'counsellor', typed: string) => (await scene.as(who).call(people, { text: typed, most: 20 })).people.map((one) => one.number)
  const many = await numbers('administrator', '7')
  assert.equal(many.length, 20)
  assert.ok(many.every((number) => number.startsWith('7')))
  assert.equal((await numbers('administrator', '71000'))[0], '71000', 'the number itself comes first, whatever begins with it')
  assert.deepEqual(await numbers('counsellor', '7'), ['710009999'])
  assert.deepEqual(await numbers('counsellor', '72'), [])
})
