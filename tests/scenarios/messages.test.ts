/** How people and working groups are told: by real carriers on local ports, through the same jobs as in service. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { SMTPServer } from 'smtp-server'
import { CallProblem } from '#kernel/client.ts'
import { inInstitution } from '#kernel/database.ts'
import { enqueueJobs } from '#kernel/enqueue.ts'
import { Run, system } from '#kernel/handle.ts'
import { newId } from '#kernel/ids.ts'
import { runDueJobs } from '#kernel/jobs.ts'
import { signOut } from '#slices/directory/contract.ts'
import { askHelp } from '#slices/issues/contract.ts'
import { draft, fromPreset, remind, switchOn } from '#slices/measures/contract.ts'
import * as contract from '#slices/messages/contract.ts'
import { browser, pushCarrier, robotCarrier, type Browser, type Carrier, type PushGot, type RobotGot } from '#slices/messages/fixtures/carriers.ts'
import { tell, type Telling } from '#slices/messages/server.ts'
import * as notices from '#slices/notices/contract.ts'
import { issueNotice } from '#slices/notices/scenario.ts'
import { changeLevel, open } from '#slices/responses/contract.ts'
import { openScene, type Cast, type Scene } from '../scene.ts'

const google = 'https://fcm.googleapis.com'
const wecom = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=c0ffee00-0000-4000-8000-000000000000'
const dingtalk = 'https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdef'
const feishu = 'https://open.feishu.cn/open-apis/bot/v2/hook/00000000-aaaa-bbbb-cccc-000000001234'
const [dingtalkSecret, feishuSecret] = ['SECtheDingTalkSigningSecret', 'theFeishuSigningSecret']
/** It is noon there: nothing waits for the end of a night that the tests happen to run in. */
const noon = (() => {
  const shift = 12 - new Date().getUTCHours()
  return shift === 0 ? 'Etc/GMT' : `Etc/GMT${shift > 0 ? '-' : '+'}${Math.abs(shift)}`
})()

let scene: Scene
let pushes: Carrier<PushGot>
let robots: Carrier<RobotGot>
let post: SMTPServer
const browsers = new Map<string, Browser>()
const pushMoods = new Map<string, { status: number; headers?: Record<string, string> }[]>()
const robotMoods: (object | null)[] = []
const letters: { to: string[]; text: string }[] = []
let mailMood: { code: number; message: string } | null = null

before(async () => {
  scene = await openScene({ timeZone: noon })
  pushes = await pushCarrier(browsers, google, pushMoods, Date.now)
  robots = await robotCarrier({ dingtalk: dingtalkSecret, feishu: feishuSecret }, robotMoods, Date.now)
  post = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        if (mailMood) return done(Object.assign(new Error(mailMood.message), { responseCode: mailMood.code }))
        letters.push({ to: session.envelope.rcptTo.map((one) => one.address), text: Buffer.concat(parts).toString() })
        return done()
      })
    },
  })
  await new Promise<void>((resolve) => post.listen(0, '127.0.0.1', () => resolve()))
  const smtp = post.server.address() as { port: number }
  process.env['BULWARK_RELAYS'] = [`fcm.googleapis.com=${pushes.origin}`, ...['qyapi.weixin.qq.com', 'oapi.dingtalk.com', 'open.feishu.cn'].map((host) => `${host}=${robots.origin}`)].join(', ')
  process.env['BULWARK_SMTP_URL'] = `smtp://127.0.0.1:${smtp.port}`
  process.env['BULWARK_MAIL_FROM'] = 'duty@example.edu.cn'
  process.env['BULWARK_ADDRESS'] = 'https://bulwark.example.edu.cn/'
  process.env['BULWARK_SECRET'] = 'a secret of these tests, long enough'
  await setDrill(false)
  await run(async (tx) => void (await sql`update directory.person set email = number || '@example.edu.cn' where number like 'T%'`.execute(tx)))
})
after(async () => {
  await pushes?.close()
  await robots?.close()
  await new Promise<void>((resolve) => (post ? post.close(() => resolve()) : resolve()))
  await scene?.close()
})
beforeEach(async () => {
  pushes.got.length = robots.got.length = letters.length = robotMoods.length = 0
  pushMoods.clear()
  mailMood = null
  await run(async (tx) => {
    for (const table of ['message', 'device', 'preference', 'robot']) await sql.raw(`delete from messages.${table}`).execute(tx)
  })
})

const run = <T>(work: Parameters<typeof inInstitution<T>>[3]) => inInstitution(scene.kernel.connection.db, scene.institution.id, 'write', work)
async function setDrill(drill: boolean) {
  await run(async (tx) => void (await sql`update kernel.institution set drill = ${drill}`.execute(tx)))
  scene.kernel.sessions.clear()
}
/** Says something as a slice does: in a transaction of its own. */
const say = (telling: Partial<Telling> & { key: string }) =>
  run(async (tx) => {
    const context = new Run(tx, { ...scene.institution, drill: await isDrill(tx) }, system, scene.kernel.clock, { language: 'zh-Hans' })
    const told = await tell(context, { kind: 'duty', title: { zh: '新任务 3 项', en: '3 new duties' }, line: { zh: '周五 18:00 前', en: 'by Friday 18:00' }, path: '/m/tasks', ...telling })
    await enqueueJobs(tx, scene.institution.id, context.jobs, context.now)
    return told
  })
const isDrill = async (tx: Parameters<Parameters<typeof inInstitution>[3]>[0]) => (await sql<{ drill: boolean }>`select drill from kernel.institution where institution_id = ${scene.institution.id}`.execute(tx)).rows[0]?.drill ?? true
/** Time goes by for what waits. */
const pass = async (seconds: number) => {
  await run(async (tx) => {
    const by = sql`make_interval(secs => ${seconds})`
    await sql`update messages.delivery set due_at = due_at - ${by}, held_until = held_until - ${by}, done_at = done_at - ${by}`.execute(tx)
    await sql`update messages.robot set next_at = next_at - ${by}`.execute(tx)
    await sql`update kernel.job set run_at = run_at - ${by} where kind like 'messages.%' and kind <> 'messages.tidy'`.execute(tx)
  })
  await scene.runJobs()
}
interface Row {
  who: string
  channel: string
  state: string
  attempts: number
  problem: { zh: string } | null
  opened: boolean
  in: number
}
const rows = async (): Promise<Row[]> =>
  run(async (tx) => (await sql<Row>`select coalesce(p.number, r.name) as who, d.channel, d.state, d.attempts, d.problem, d.opened_at is not null as opened, extract(epoch from d.due_at - ${new Date()}::timestamptz)::float8 as in
    from messages.delivery d left join directory.person p using (institution_id, person_id) left join messages.robot r using (institution_id, robot_id) order by 1, d.delivery_id`.execute(tx)).rows)
const states = async () => (await rows()).map((one) => `${one.who} ${one.channel} ${one.state}`)

async function connect(who: Cast, path: string, language: 'zh-Hans' | 'zh-Hant' | 'en' = 'zh-Hans'): Promise<string> {
  const made = browser()
  browsers.set(path, made)
  const { deviceId } = await scene.as(who).call(contract.connectDevice, { deviceId: newId(), endpoint: `${google}${path}`, publicKey: made.publicKey.toString('base64url'), secret: made.secret.toString('base64url'), name: 'Chrome · Android', language })
  return deviceId
}
const refusal = (code: string) => (error: unknown) => error instanceof CallProblem && error.code === code
const textOf = (got: PushGot | undefined) => JSON.parse(got?.text ?? '{}') as { title: string; body: string; path: string; tag: string; id: string }

// ── Push ─────────────────────────────────────────────────────────────────────────────────────────
test('what is told arrives on every device of a person, in its language, opens only there, and is told once', async () => {
  await connect('counsellor', '/phone')
  await connect('counsellor', '/laptop', 'en')
  const told = await say({ key: 'a', personIds: [scene.person('counsellor')] })
  assert.equal(told?.people, 1)
  assert.equal(await say({ key: 'a', personIds: [scene.person('counsellor')] }), null)
  await scene.runJobs()
  assert.deepEqual(pushes.got.map((one) => [one.path, textOf(one).title, textOf(one).body, textOf(one).path]).toSorted(), [['/laptop', '3 new duties', 'by Friday 18:00', '/m/tasks'], ['/phone', '新任务 3 项', '周五 18:00 前', '/m/tasks']])
  assert.deepEqual(pushes.got.map((one) => [one.ttl, one.urgency]), [['86400', 'normal'], ['86400', 'normal']])
  assert.equal(new Set(pushes.got.map((one) => one.topic)).size, 1)
  const { id } = textOf(pushes.got[0])
  await assert.rejects(scene.as('student').call(contract.opened, { deliveryId: id }), refusal('not-found'))
  await scene.as('counsellor').call(contract.opened, { deliveryId: id })
  assert.deepEqual((await rows()).map((one) => [one.state, one.opened]), [['sent', true]])
  const { messages } = await scene.as('duty').call(contract.overview, {})
  assert.deepEqual(messages.map(({ told: all, sent, opened, failed }) => ({ all, sent, opened, failed })), [{ all: 1, sent: 1, opened: 1, failed: 0 }])
  await scene.runJobs()
  assert.equal(pushes.got.length, 2)
  const mine = (await scene.as('counsellor').call(contract.told, {})).messages
  assert.deepEqual(mine.map((one) => [one.deliveryId, one.title.zh, one.channel, one.state, one.openedAt !== null]), [[id, '新任务 3 项', 'push', 'sent', true]])
  assert.deepEqual((await scene.as('student').call(contract.told, {})).messages, [], 'what others were told is theirs')
})

test('a transaction that fails tells nobody', async () => {
  await connect('counsellor', '/phone')
  await assert.rejects(run(async (tx) => {
    const context = new Run(tx, { ...scene.institution, drill: false }, system, scene.kernel.clock, { language: 'zh-Hans' })
    await tell(context, { key: 'b', kind: 'duty', title: { zh: '甲', en: 'a' }, line: { zh: '', en: '' }, path: '/m/', personIds: [scene.person('counsellor')] })
    await enqueueJobs(tx, scene.institution.id, context.jobs, context.now)
    throw new Error('changed its mind')
  }), /changed its mind/)
  await scene.runJobs()
  assert.equal(pushes.got.length, 0)
  assert.deepEqual(await rows(), [])
})

test('a browser that has ended it is forgotten, and the message goes by mail', async () => {
  await connect('counsellor', '/phone')
  pushMoods.set('/phone', [{ status: 410 }])
  await say({ key: 'c', personIds: [scene.person('counsellor')] })
  await scene.runJobs()
  assert.deepEqual(await states(), ['T004 mail sent'])
  assert.deepEqual(letters.map((one) => one.to), [['T004@example.edu.cn']])
  assert.equal((await scene.as('counsellor').call(contract.mine, {})).devices.length, 0)
})

test('a busy push service is asked again, not before it says, and not for ever', async () => {
  await connect('student', '/student')
  pushMoods.set('/student', [{ status: 429, headers: { 'retry-after': '100' } }, { status: 503 }])
  await say({ key: 'd', personIds: [scene.person('student')] })
  await scene.runJobs()
  const [waiting] = await rows()
  assert.ok(waiting && waiting.state === 'waiting' && waiting.in > 90 && waiting.in <= 100, JSON.stringify(waiting))
  await pass(90)
  assert.equal((await rows())[0]?.attempts, 1)
  await pass(15)
  assert.equal((await rows())[0]?.attempts, 2)
  await pass(3600)
  assert.deepEqual(await states(), ['20261003 push sent'])
  assert.equal(pushes.got.length, 1)
  pushMoods.set('/student', Array.from({ length: 20 }, () => ({ status: 500 })))
  await say({ key: 'e', personIds: [scene.person('student')] })
  await scene.runJobs()
  for (let tries = 0; tries < 8; tries++) await pass(3700)
  const failed = (await rows()).find((one) => one.state === 'failed')
  assert.equal(failed?.attempts, 6)
  assert.match(failed?.problem?.zh ?? '', /推送服务暂不接收（500）/)
})

test('what is urgent waits for no push service: after a second try it goes by mail', async () => {
  await connect('counsellor', '/phone')
  pushMoods.set('/phone', Array.from({ length: 20 }, () => ({ status: 503 })))
  await say({ key: 'urgent', kind: 'call', urgent: true, personIds: [scene.person('counsellor')] })
  await scene.runJobs()
  assert.deepEqual([await states(), letters.length], [['T004 push waiting'], 0])
  await pass(20)
  assert.deepEqual([await states(), letters.length], [['T004 mail sent'], 1])
})

test('two servers at once send each message once', async () => {
  for (const [index, who] of (['student', 'classmate', 'stranger', 'secretary', 'counsellor'] as const).entries()) await connect(who, `/both-${index}`)
  for (let n = 0; n < 6; n++) await say({ key: `both ${n}`, urgent: true, personIds: (['student', 'classmate', 'stranger', 'secretary', 'counsellor'] as const).map((who) => scene.person(who)) })
  await connectGroup('duty', '信息学院', wecom)
  await connectGroup('duty', '医学院', dingtalk, dingtalkSecret)
  for (let n = 0; n < 4; n++) await say({ key: `both groups ${n}`, groupsOf: 'all' })
  await Promise.all(Array.from({ length: 4 }, () => runDueJobs(scene.kernel, 3)))
  await scene.runJobs()
  await pass(5)
  const sent = pushes.got.map((one) => `${one.path} ${textOf(one).tag}`)
  assert.equal(new Set(sent).size, 30)
  assert.equal(sent.length, 30)
  const lines = robots.got.flatMap((one) => one.text.split('\n').filter((line) => line.includes('新任务')))
  assert.equal(lines.length, 8)
})

test('only addresses of push services are taken, only keys that can be used; signing out ends it', async () => {
  const made = browser()
  const give = (endpoint: string, publicKey = made.publicKey) => scene.as('student').call(contract.connectDevice, { deviceId: newId(), endpoint, publicKey: publicKey.toString('base64url'), secret: made.secret.toString('base64url'), name: 'x', language: 'en' })
  for (const bad of ['https://127.0.0.1/x', 'https://example.edu.cn/push', 'http://fcm.googleapis.com/x', `${pushes.origin}/x`]) await assert.rejects(give(bad), refusal('unknown-push-service'), bad)
  await assert.rejects(give(`${google}/x`, Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 7)])), refusal('bad-input'))
  await scene.admit('20261004')
  await connect('classmate', '/classmate')
  assert.deepEqual((await scene.as('classmate').call(contract.mine, {})).devices.map((one) => one.here), [true])
  await scene.as('classmate').call(signOut, {})
  await say({ key: 'f', personIds: [scene.person('classmate')] })
  await scene.runJobs()
  assert.deepEqual([await states(), pushes.got.length], [['20261004 none none'], 0])
  await scene.admit('20261004')
})

test('a browser that another person signs in on is theirs from then on', async () => {
  await connect('student', '/shared')
  await connect('classmate', '/shared')
  assert.equal((await scene.as('student').call(contract.mine, {})).devices.length, 0)
  await say({ key: 'g', personIds: [scene.person('student'), scene.person('classmate')] })
  await scene.runJobs()
  assert.deepEqual(await states(), ['20261003 none none', '20261004 push sent'])
})

test('quiet hours hold everything but what is urgent; afterwards many are one', async () => {
  await connect('student', '/student')
  const hour = Number(new Intl.DateTimeFormat('en-GB', { timeZone: noon, hour: '2-digit', hourCycle: 'h23' }).format(new Date()))
  await scene.as('student').call(contract.setPreference, { push: true, mail: true, quiet: { from: hour, to: (hour + 2) % 24 }, language: 'zh-Hans' })
  for (const key of ['1', '2', '3', '4']) await say({ key, title: { zh: `事项${key}`, en: key }, personIds: [scene.person('student')] })
  await scene.runJobs()
  assert.equal(pushes.got.length, 0)
  await say({ key: 'now', kind: 'call', urgent: true, title: { zh: '叫应：请立即应答', en: 'Answer now' }, personIds: [scene.person('student')] })
  await scene.runJobs()
  assert.deepEqual(pushes.got.map((one) => [textOf(one).title, one.urgency, one.ttl]), [['叫应：请立即应答', 'high', '1800']])
  await pass(7300)
  assert.deepEqual(pushes.got.slice(1).map((one) => textOf(one).title), ['有 4 件事等您处理'])
  assert.ok((await rows()).every((one) => one.state === 'sent'))
})

test('an exercise writes whom it would have told, and tells nobody', async () => {
  await connect('counsellor', '/phone')
  await scene.as('duty').call(contract.connectRobot, { robotId: newId(), unitId: scene.unit('信息学院'), address: wecom, name: '信息学院工作群', kinds: ['duty'], language: 'zh-Hans' })
  await setDrill(true)
  try {
    await say({ key: 'drill', urgent: true, personIds: [scene.person('counsellor'), scene.person('secretary'), scene.person('student')], unitIds: [scene.unit('信息学院')] })
    assert.deepEqual(await scene.as('counsellor').call(contract.testMine, {}), { channel: 'push', drill: true })
    await scene.runJobs()
    assert.deepEqual([pushes.got.length, robots.got.length, letters.length], [0, 0, 0])
    assert.deepEqual(await states(), ['20261003 none none', 'T002 mail drill', 'T004 push drill', 'T004 push drill', '信息学院工作群 robot drill'])
  } finally {
    await setDrill(false)
  }
})

test('a notice to everybody goes to the devices there are, in one statement, and never by mail', async () => {
  await connect('student', '/student')
  await connect('stranger', '/stranger')
  await connect('counsellor', '/phone')
  await say({ key: 'all', kind: 'notice', title: { zh: '关于做好防汛工作的通知', en: 'Flood notice' }, path: '/m/notices', within: [scene.unit('信息学院')] })
  await scene.runJobs()
  assert.deepEqual(await states(), ['20261003 push sent', 'T004 push sent'])
  assert.equal(letters.length, 0)
})

// ── Working groups ───────────────────────────────────────────────────────────────────────────────
const connectGroup = async (who: Cast, unit: string, address: string, secret?: string) => (await scene.as(who).call(contract.connectRobot, { robotId: newId(), unitId: scene.unit(unit), address, ...(secret ? { secret } : {}), name: `${unit}群${robots.got.length}`, kinds: ['duty', 'level'], language: 'zh-Hans' })).robotId

test('each kind of robot takes what is told to its unit, signed as it wants it', async () => {
  await connectGroup('secretary', '信息学院', wecom)
  await connectGroup('duty', '医学院', dingtalk, dingtalkSecret)
  await connectGroup('duty', '校医院', feishu, feishuSecret)
  await connectGroup('duty', '学生处', wecom)
  const told = await say({ key: 'r', unitIds: [scene.unit('信息学院'), scene.unit('医学院'), scene.unit('校医院')] })
  assert.deepEqual([told?.groups, told?.people], [3, 2], 'the doctor answers for nobody')
  await scene.runJobs()
  assert.deepEqual(robots.got.map((one) => one.path.split(/[?&/]/)[1]).toSorted(), ['cgi-bin', 'open-apis', 'robot'])
  assert.deepEqual([...new Set(robots.got.map((one) => one.text))], ['【堡垒】江畔大学\n新任务 3 项 周五 18:00 前\nhttps://bulwark.example.edu.cn/m/tasks'])
  assert.ok((await rows()).every((one) => one.state === 'sent'))
  robots.got.length = 0
  await say({ key: 'r2', kind: 'overdue', unitIds: [scene.unit('信息学院')] })
  await scene.runJobs()
  assert.equal(robots.got.length, 0, 'not a kind that this group listens to')
})

test('many at once are one message, and the next waits its turn: never more than the service allows', async () => {
  const robotId = await connectGroup('duty', '信息学院', wecom)
  for (let n = 0; n < 25; n++) await say({ key: `n${n}`, title: { zh: `新任务第${n}号`, en: 'x' }, unitIds: [scene.unit('信息学院')] })
  await scene.runJobs()
  assert.equal(robots.got.length, 1)
  assert.match(robots.got[0]?.text ?? '', /· 新任务第0号[^]*· 新任务第24号/)
  await say({ key: 'soon', unitIds: [scene.unit('信息学院')] })
  await scene.runJobs()
  assert.equal(robots.got.length, 1, 'a second within three seconds')
  await pass(4)
  assert.equal(robots.got.length, 2)
  robotMoods.push({ errcode: 45009, errmsg: 'api freq out of limit' })
  await pass(10)
  await say({ key: 'often', unitIds: [scene.unit('信息学院')] })
  await scene.runJobs()
  assert.match((await rows()).find((one) => one.channel === 'robot' && one.state === 'waiting')?.problem?.zh ?? '', /太频繁/)
  await pass(30)
  assert.equal(robots.got.length, 2, 'held back for a minute')
  await pass(40)
  assert.equal(robots.got.length, 3)
  assert.equal((await scene.as('duty').call(contract.overview, {})).robots.find((one) => one.robotId === robotId)?.problem, null)
})

test('a test tells at once what is wrong, in words; its address is never shown, stored or logged in full', async () => {
  const right = await connectGroup('secretary', '信息学院', dingtalk, 'SECthisIsAnotherSecret')
  const look = async () => (await scene.as('secretary').call(contract.overview, {})).robots[0]
  await scene.as('secretary').call(contract.testRobot, { robotId: right })
  await scene.runJobs()
  assert.match((await look())?.problem?.zh ?? '', /未通过钉钉的安全设置/)
  await scene.as('secretary').call(contract.changeRobot, { robotId: right, name: '学院群', kinds: ['duty'], language: 'zh-Hans', active: true, secret: dingtalkSecret })
  await pass(10)
  await scene.as('secretary').call(contract.testRobot, { robotId: right })
  await scene.runJobs()
  const shown = await look()
  assert.deepEqual([shown?.problem, shown?.ending, shown?.signed, shown?.name], [null, 'cdef', true, '学院群'])
  assert.match(robots.got[0]?.text ?? '', /^【堡垒】江畔大学\n测试消息：信息学院的“学院群”已接通/)
  robotMoods.push(null)
  await pass(10)
  await scene.as('secretary').call(contract.testRobot, { robotId: right })
  await scene.runJobs()
  assert.match((await look())?.problem?.zh ?? '', /连不上钉钉/)
  const everything = JSON.stringify([shown, await run(async (tx) => [(await sql`select * from messages.robot`.execute(tx)).rows, (await sql`select * from kernel.log`.execute(tx)).rows, (await sql`select * from kernel.request`.execute(tx)).rows, (await sql`select * from kernel.job`.execute(tx)).rows])])
  for (const secret of ['0123456789abcdef', dingtalkSecret]) assert.equal(everything.includes(secret), false, secret)
  assert.deepEqual((await scene.as('otherSecretary').call(contract.overview, {})).robots, [])
  await assert.rejects(scene.as('otherSecretary').call(contract.testRobot, { robotId: right }), refusal('not-found'))
  await assert.rejects(scene.as('secretary').call(contract.connectRobot, { robotId: newId(), unitId: scene.unit('信息学院'), address: 'https://example.edu.cn/hook', name: 'x', kinds: [], language: 'en' }), refusal('bad-input'))
})

test('with another key the address cannot be opened, and that is said; entered again it works', async () => {
  const robotId = await connectGroup('duty', '信息学院', wecom)
  const kept = process.env['BULWARK_SECRET']
  process.env['BULWARK_SECRET'] = 'the secret of quite another installation'
  try {
    await scene.as('duty').call(contract.testRobot, { robotId })
    await scene.runJobs()
    assert.match((await scene.as('duty').call(contract.overview, {})).robots[0]?.problem?.zh ?? '', /打不开.*重新填写/)
    await connect('student', '/student')
    await scene.as('duty').call(contract.changeRobot, { robotId, name: '群', kinds: ['duty'], language: 'zh-Hans', active: true, address: wecom })
    await scene.as('duty').call(contract.testRobot, { robotId })
    await pass(10)
    assert.equal(robots.got.length, 1)
    process.env['BULWARK_SECRET'] = kept
    await say({ key: 'lost', personIds: [scene.person('student')] })
    await scene.runJobs()
    assert.match((await rows()).find((one) => one.who === '20261003')?.problem?.zh ?? '', /推送密钥.*重新开启/)
  } finally {
    process.env['BULWARK_SECRET'] = kept
    await run(async (tx) => void (await sql`delete from messages.push_key`.execute(tx)))
  }
})

// ── Mail ─────────────────────────────────────────────────────────────────────────────────────────
test('one mail an hour, with all that waits; what is urgent does not wait; who wants none gets none', async () => {
  const to = [scene.person('secretary')]
  await say({ key: 'm1', title: { zh: '第一件', en: '1' }, personIds: to })
  await scene.runJobs()
  await say({ key: 'm2', title: { zh: '第二件', en: '2' }, personIds: to })
  await say({ key: 'm3', title: { zh: '第三件', en: '3' }, personIds: to })
  await scene.runJobs()
  assert.equal(letters.length, 1)
  await say({ key: 'm4', title: { zh: '急件', en: '4' }, urgent: true, personIds: to })
  await scene.runJobs()
  assert.equal(letters.length, 2)
  await say({ key: 'm5', title: { zh: '第五件', en: '5' }, personIds: to })
  await pass(1800)
  assert.equal(letters.length, 2)
  await pass(1900)
  assert.equal(letters.length, 3)
  assert.ok((await rows()).every((one) => one.state === 'sent'))
  assert.match(letters[0]?.text ?? '', /Message-ID: <[0-9a-f-]+@bulwark\.invalid>/)
  await scene.as('secretary').call(contract.setPreference, { push: true, mail: false, quiet: null, language: 'en' })
  await say({ key: 'm6', personIds: to })
  await scene.runJobs()
  assert.deepEqual([letters.length, (await states()).filter((one) => one.includes('none'))], [3, ['T002 none none']])
})

test('a mail server that is busy is asked again; an address it refuses is told in words', async () => {
  mailMood = { code: 451, message: 'later, T002@example.edu.cn' }
  await say({ key: 'busy', personIds: [scene.person('secretary')] })
  await scene.runJobs()
  assert.deepEqual((await rows()).map((one) => [one.state, /暂不接收（451）/.test(one.problem?.zh ?? '')]), [['waiting', true]])
  mailMood = null
  await pass(20)
  assert.deepEqual(await states(), ['T002 mail sent'])
  mailMood = { code: 554, message: 'no such T002@example.edu.cn' }
  await say({ key: 'refused', urgent: true, personIds: [scene.person('secretary')] })
  await scene.runJobs()
  const failed = (await rows()).find((one) => one.state === 'failed')
  assert.match(failed?.problem?.zh ?? '', /拒收（554）/)
  const { failures } = await scene.as('duty').call(contract.overview, {})
  assert.deepEqual(failures.map((one) => [one.channel, one.times]), [['mail', 1]])
  assert.equal(JSON.stringify(failures).includes('T002'), false)
})

// ── What happens is told ─────────────────────────────────────────────────────────────────────────
test('orders, calls, reminders and help reach whoever must act, with nothing that says who or what', async () => {
  const duty = scene.as('duty')
  await connect('secretary', '/secretary')
  await connect('counsellor', '/phone')
  await connect('student', '/student')
  await duty.call(contract.connectRobot, { robotId: newId(), unitId: scene.unit('信息学院'), address: wecom, name: '信息学院群', kinds: ['duty', 'overdue', 'task', 'level'], language: 'zh-Hans' })
  const titles = () => pushes.got.splice(0).map((one) => `${one.path} ${textOf(one).title}`).toSorted()
  const groups = () => robots.got.splice(0).map((one) => one.text.split('\n').slice(1, -1).join('|'))

  const responseId = newId()
  await duty.call(open, { responseId, name: '流感防控', hazards: ['influenza'], level: 3, basis: '传染病防治法', decidedBy: '指挥部', plannedEnd: null })
  await duty.call(changeLevel, { responseId, level: 2, reason: '病例增加', decidedBy: '指挥部' })
  await scene.runJobs()
  assert.deepEqual(groups(), ['应急响应由Ⅲ级调整为Ⅱ级 流感防控'], 'the later word stands')

  await issueNotice(scene, { responseId })
  await scene.runJobs()
  const issued = titles()
  assert.ok(issued.some((one) => /^\/secretary 新任务：/.test(one)), issued.join('; '))
  assert.equal(issued.some((one) => /^\/phone 新任务/.test(one)), false, 'not of that unit')
  await pass(5)
  assert.match(groups()[0] ?? '', /^新任务：/)

  const roundId = newId()
  await duty.call(notices.startRound, { roundId, message: '王某发热，立即应答', unitIds: [scene.unit('信息学院')], ladderMinutes: 5 })
  await scene.runJobs()
  assert.deepEqual(pushes.got.map((one) => [one.path, textOf(one).title, one.urgency]), [['/secretary', '叫应：请立即应答', 'high']])
  assert.equal(JSON.stringify(pushes.got).includes('发热'), false)
  titles()

  const measureId = newId()
  await duty.call(fromPreset, { measureId, responseId, key: 'whereabouts-known', basis: '第二条' })
  await duty.call(switchOn, { measureId })
  await scene.as('counsellor').call(remind, { items: [{ contactId: newId(), measureId, subjectId: scene.person('student') }] })
  await scene.runJobs()
  assert.deepEqual(titles(), ['/student 请尽快填报'])

  const requestId = newId()
  await scene.as('student').call(askHelp, { requestId, theme: 'medicine', urgency: 'now', text: '我的胰岛素快用完了' })
  await scene.runJobs()
  const [help] = pushes.got
  assert.deepEqual([help?.path, textOf(help).title, textOf(help).path], ['/phone', '有新的求助', `/m/tasks/help/${requestId}`])
  assert.equal(/胰岛素|药|软甲/.test(JSON.stringify(pushes.got)), false)
  titles()

  // What must be so at once is not: whoever answers for the people is told.
  const atOnce = newId()
  const everybody = { combinator: 'and' as const, rules: [{ field: 'person.kind', operator: 'in', value: ['student', 'staff'] }] }
  await duty.call(draft, { measureId: atOnce, responseId, name: { zh: '所在地', en: 'Where' }, subjectKind: 'person', population: everybody, condition: { combinator: 'and', rules: [{ field: 'whereabouts', operator: 'inAreas', value: ['31'] }] }, basis: '第三条', demandedBy: 'school', graceSeconds: 0, followUp: 'tell-owner', danger: 2, endsAt: null })
  await duty.call(switchOn, { measureId: atOnce })
  await scene.runJobs()
  await run((tx) => sql`update kernel.job set run_at = now() - interval '1 second' where kind = 'measures.tick'`.execute(tx))
  await scene.runJobs()
  assert.deepEqual(titles().filter((one) => one.includes('到期未报')), ['/phone 有人到期未报，请联系', '/secretary 有人到期未报，请联系'])
  await pass(5)
  assert.match(groups()[0] ?? '', /^13人到期未报，尚未联系上/, 'of 14: the secretary’s own goes to the unit above')
})

test('what was told is forgotten after a while', async () => {
  await say({ key: 'old', personIds: [scene.person('student')] })
  await run(async (tx) => {
    await sql`update messages.message set made_at = made_at - interval '91 days'`.execute(tx)
    await sql`update kernel.job set run_at = run_at - interval '2 days' where kind = 'messages.tidy'`.execute(tx)
  })
  await scene.runJobs()
  assert.deepEqual(await rows(), [])
})
