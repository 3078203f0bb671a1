/** Answers that cannot be right: nobody's figures move, and the person is told what is wrong in words they can act on. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { CallProblem } from '#kernel/client.ts'
import type { Input } from '#kernel/contract.ts'
import { asOwner, inInstitution } from '#kernel/database.ts'
import { newId } from '#kernel/ids.ts'
import { answer, saveAttribute } from '#slices/facts/contract.ts'
import { open } from '#slices/responses/contract.ts'
import { freshDatabase, type FreshDatabase } from '../postgres.ts'
import { openScene, type Cast, type Scene } from '../scene.ts'

let scene: Scene
let database: FreshDatabase
const day = 86_400_000
before(async () => {
  database = await freshDatabase()
  scene = await openScene({ database })
  const base: Omit<Input<typeof saveAttribute>, 'key' | 'type' | 'label'> = { subjectKind: 'person', options: [], unit: null, min: null, max: null, sensitivity: 'sensitive', freshSeconds: null, askedOf: 'self', purpose: { zh: '早发现', en: 'To find illness' }, seconds: 5 }
  const duty = scene.as('duty')
  await duty.call(saveAttribute, { ...base, key: 'temperature', type: 'number', label: { zh: '体温', en: 'Temperature' }, unit: '℃', min: 34, max: 43 })
  await duty.call(saveAttribute, { ...base, key: 'remark', type: 'text', label: { zh: '说明', en: 'Remark' } })
  await duty.call(saveAttribute, { ...base, key: 'arrived', type: 'day', label: { zh: '抵达日期', en: 'Day of arrival' } })
})
after(() => scene.close())

type Given = Partial<Input<typeof answer>['answers'][number]>
const temperature = (given: Given = {}) => ({ factId: newId(), attribute: 'temperature', value: 36.5, observedAt: scene.now().toISOString(), ...given })
const give = (answers: ReturnType<typeof temperature>[], who: Cast = 'student') => scene.as(who).call(answer, { answers })
const count = () => inInstitution(scene.kernel.connection.db, scene.institution.id, 'read', async (tx) => (await sql<{ n: number }>`select count(*)::int as n from facts.fact`.execute(tx)).rows[0]?.n ?? 0)
/** What the person is told; the answer is refused and nothing is stored. */
async function told(given: Given, who: Cast = 'student'): Promise<CallProblem> {
  const before = await count()
  const problem = await give([temperature(given)], who).then(() => null, (error: unknown) => error)
  assert.ok(problem instanceof CallProblem, `${JSON.stringify(given)} is refused`)
  assert.equal(await count(), before, 'nothing is stored')
  return problem
}

test('a wrong type, unit or range is said with what was probably meant', async () => {
  assert.equal((await told({ value: 385 })).message, '“体温”：应在 34–43 ℃ 之间；385 是否漏了小数点（38.5）。没有保存任何改动。')
  assert.equal((await told({ value: 101.3 })).message, '“体温”：应在 34–43 ℃ 之间；101.3 像是华氏度，请按摄氏度填写（约 38.5 ℃）。没有保存任何改动。')
  assert.equal((await told({ value: 20 })).message, '“体温”：应在 34–43 ℃ 之间。没有保存任何改动。')
  for (const value of ['36.5', true, null, [36.5], { value: 36.5 }]) assert.match((await told({ value })).message, /“体温”：请填数字/, JSON.stringify(value))
  assert.match((await told({ attribute: 'arrived', value: '2099-02-30' })).message, /“抵达日期”：请填日期/)
  assert.match((await told({ attribute: 'weather', value: 1 })).message, /没有信息项“weather”/)
})

test('a fact in the future is refused with the time of the server; five minutes are forgiven', async () => {
  const problem = await told({ observedAt: new Date(scene.now().getTime() + 3 * day).toISOString() })
  assert.match(problem.message, /^填报时间在未来（服务器时间 \d{4}-\d\d-\d\d \d\d:\d\d），请检查手机时间。没有保存任何改动。$/)
  const { now } = problem.details as { now: string }
  assert.ok(Math.abs(Date.parse(now) - scene.now().getTime()) < 60_000, 'a program can put its clock right by it')
  assert.equal((await give([temperature({ observedAt: new Date(scene.now().getTime() + 4 * 60_000).toISOString() })])).results[0]?.outcome, 'stored')
})

test('about a stranger: refused alike whether out of reach or not there at all', async () => {
  const one = await told({ subjectId: scene.person('stranger') }, 'counsellor')
  const nobody = await told({ subjectId: newId() }, 'counsellor')
  assert.deepEqual([one.status, one.message], [404, '没有找到，或者不在您的权限范围内。'])
  assert.deepEqual([nobody.status, nobody.message], [one.status, one.message])
})

test('the same answer again is the same; other content under its id is refused', async () => {
  const once = temperature({ value: 36.8, observedAt: new Date(scene.now().getTime() + 4.5 * 60_000).toISOString() })
  assert.equal((await give([once])).results[0]?.outcome, 'stored')
  assert.equal((await give([once])).results[0]?.outcome, 'repeated')
  const problem = await told({ ...once, value: 37 })
  assert.deepEqual([problem.status, problem.message], [409, '同一编号已有不同内容的填报。没有保存任何改动。'])
})

test('one bad answer keeps its sheet out, and no other', async () => {
  const before = await count()
  const [bad, good] = await Promise.allSettled([give([temperature(), temperature({ value: 385 })]), give([temperature()], 'classmate')])
  assert.deepEqual([bad.status, good.status], ['rejected', 'fulfilled'])
  assert.equal(await count(), before + 1)
})

test('the enormous is refused with its limit', async () => {
  assert.match((await told({ attribute: 'remark', value: '一'.repeat(1001) })).message, /“说明”：文字过长/)
  const many = await give(Array.from({ length: 51 }, () => temperature())).then(() => null, (error: unknown) => error)
  assert.ok(many instanceof CallProblem && many.status === 400, 'fifty at a time')
  const huge = await told({ attribute: 'remark', value: 'x'.repeat(1_100_000) })
  assert.deepEqual([huge.status, huge.message], [413, '文件超过上限 1 MB。没有保存任何改动。'])
})

test('before the response and before somebody was here: refused in words, with a day of grace', async () => {
  // Fourteen days later a response is opened.
  await scene.advance(14 * day)
  const responseId = newId()
  await scene.as('duty').call(open, { responseId, name: '防控', hazards: ['influenza'], level: 3, basis: '传染病防治法', decidedBy: '指挥部', plannedEnd: null })
  const ago = (days: number) => new Date(scene.now().getTime() - days * day).toISOString()
  const early = await told({ observedAt: ago(3) })
  assert.match(early.message, /^观测时间不在任何一次应急响应期间（\d{4}-\d\d-\d\d \d\d:\d\d），请检查手机时间。没有保存任何改动。$/)
  assert.ok((early.details as { now: string }).now)
  assert.notEqual((await give([temperature({ observedAt: ago(0.9) })])).results.length, 0, 'what was so last night counts')
  await scene.advance(10 * day)
  assert.notEqual((await give([temperature({ observedAt: ago(9) })])).results.length, 0, 'an answer that waited nine days on a phone')
  const nobodyKnowsSince = await inInstitution(scene.kernel.connection.db, scene.institution.id, 'read', async (tx) => (await sql<{ n: number }>`select count(*)::int as n from directory.person where arrived_at is null`.execute(tx)).rows[0]?.n)
  assert.equal(nobodyKnowsSince, 0, 'the roster says since when somebody is known')
  // Somebody new since today: nothing was observed of them last week.
  await inInstitution(scene.kernel.connection.db, scene.institution.id, 'write', (tx) => sql`update directory.person set arrived_at = ${scene.now()} where person_id = ${scene.person('student')}`.execute(tx))
  assert.match((await told({ observedAt: ago(5) })).message, /^观测时间早于此人进入名册/)
})

test('a malformed moment is refused at the door', async () => {
  for (const observedAt of ['yesterday', '2099-13-01T00:00:00Z', '', '2099-02-30T00:00:00Z']) assert.equal((await told({ observedAt })).status, 400, observedAt)
})

test('what cannot be noted in the log is not stored, nor said to be', async () => {
  const given = temperature()
  const owner = database.ownerUrl
  await asOwner(owner, (client) => client.query('revoke insert on kernel.log from bulwark_app'))
  try {
    assert.equal((await told(given)).status, 500)
  } finally {
    await asOwner(owner, (client) => client.query('grant insert on kernel.log to bulwark_app'))
  }
  assert.equal((await give([given])).results[0]?.outcome, 'stored', 'the same answer, sent again')
})
