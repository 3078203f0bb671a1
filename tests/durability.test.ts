/**
 * What was acknowledged is stored, once: two real server processes on one real, durable database, many people answering, and now and then
 * a server, the database or both are killed with -9. Whose outcome is unknown sends again under the same id. At the end everything is counted.
 */
import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { inInstitution } from '#kernel/database.ts'
import { ensureEmbedded, type Embedded } from '#kernel/embedded.ts'
import { newId } from '#kernel/ids.ts'
import { migrate } from '#kernel/migrate.ts'
import { openSessions } from '#slices/directory/server.ts'
import { fromPreset, switchOn } from '#slices/measures/contract.ts'
import { open } from '#slices/responses/contract.ts'
import { insertPerson } from './access/things.ts'
import { openScene } from './scene.ts'

const root = join(import.meta.dirname, '..')
const seed = Number(process.env['DURABILITY_SEED'] ?? 7)
const population = 240
const rounds: readonly ('server' | 'database' | 'both' | 'everything')[] = ['server', 'database', 'server', 'both', 'database', 'server', 'everything']

/** Deterministic, so that a failing run can be had again (as far as two processes allow). */
let state = seed
const random = () => (state = (state * 48271) % 2147483647) / 2147483647
const below = (most: number) => Math.floor(random() * most)

interface Server {
  port: number
  origin: string
  child: ChildProcess | null
}
/** One answer as its person meant it. */
interface Sheet {
  factId: string
  personId: string
  token: string
  value: string
  observedAt: string
  acked: number
  body: string
}

let folder: string
let database: Embedded
let institutionId: string
let measureId: string
let rootUnit: string
let dutyToken: string
let people: { personId: string; token: string }[]
const servers: Server[] = []
const sheets = new Map<string, Sheet>()
const firstAnswers: number[] = []

const freePort = () => new Promise<number>((settle) => { const probe = createServer().listen(0, '127.0.0.1', () => { const address = probe.address(); probe.close(() => settle(typeof address === 'object' && address ? address.port : 0)) }) })

async function start(server: Server): Promise<void> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, 'entry/cli.ts'), 'serve', '--no-pages', '--strict-port', '--port', String(server.port)], {
    cwd: root, stdio: ['ignore', 'ignore', openSync(join(folder, `server-${server.port}.log`), 'a')], env: { ...process.env, BULWARK_DATA: folder, DATABASE_URL: '', NODE_TEST_CONTEXT: '' },
  })
  server.child = child
  const end = Date.now() + 60_000
  for (;;) {
    const good = await fetch(`${server.origin}/healthz`, { signal: AbortSignal.timeout(2000) }).then((answer) => answer.ok, () => false)
    if (good) return
    alive(server)
    assert.ok(Date.now() < end, 'a server did not come up within a minute')
    await sleep(50)
  }
}
/** Only our own kills end a server: not the death of its database. */
function alive({ child, port }: Server): void {
  assert.ok(child?.exitCode === null && child.signalCode === null, `a server ended by itself with ${child?.exitCode ?? child?.signalCode}: ${readFileSync(join(folder, `server-${port}.log`), 'utf8').slice(-3000)}`)
}
async function kill(server: Server): Promise<void> {
  const { child } = server
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((settle) => child.once('exit', settle))
  child.kill('SIGKILL')
  await ended
}
const killDatabase = () => process.kill(Number(readFileSync(join(database.data, 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL')

/** Sends one sheet once. True: acknowledged. False: the outcome is unknown, or the server asked to come again. */
async function post(server: Server, sheet: Sheet): Promise<boolean> {
  let answer: Response
  let text: string
  try {
    answer = await fetch(`${server.origin}/api/facts.answer`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${sheet.token}`, 'x-request-id': newId() }, body: sheet.body, signal: AbortSignal.timeout(20_000) })
    text = await answer.text()
  } catch {
    return false
  }
  if (answer.status >= 500) return false
  assert.equal(answer.status, 200, `a good answer was refused: ${text}`)
  const { results } = JSON.parse(text) as { results: { factId: string; outcome: string }[] }
  assert.equal(results[0]?.factId, sheet.factId)
  sheet.acked++
  return true
}

function fill(): Sheet {
  const { personId, token } = people[below(people.length)] as (typeof people)[number]
  const factId = newId()
  const value = ['310115', '110101', '420106', '440305'][below(4)] as string
  // No two at the same moment; not in the order of sending.
  const observedAt = new Date(Date.now() - 60_000 - below(3_600_000) - 3_600_000 + sheets.size).toISOString()
  const sheet = { factId, personId, token, value, observedAt, acked: 0, body: JSON.stringify({ answers: [{ factId, attribute: 'whereabouts', value, observedAt }] }) }
  sheets.set(factId, sheet)
  return sheet
}

/** People answering, each sheet 1 to 3 times, in no order, to whichever server: until `stop`. */
function load(lanes: number) {
  let going = true
  const unknown: Sheet[] = []
  const work = Array.from({ length: lanes }, async () => {
    while (going) {
      const again = unknown.length > 20 || random() < 0.2 ? unknown.splice(below(unknown.length), 1)[0] : undefined
      const sheet = again ?? fill()
      const sends = Array.from({ length: 1 + below(3) }, () => servers[below(servers.length)] as Server)
      const done = await Promise.all(sends.map((server) => post(server, sheet)))
      if (done.every((yes) => !yes)) {
        unknown.push(sheet)
        await sleep(30)
      } else if (random() < 0.05) unknown.push(sheet) // sent again although it was acknowledged
    }
  })
  return {
    async stop() {
      going = false
      await Promise.all(work)
    },
  }
}

/** The first good answer of a server after `since`, in milliseconds. */
async function firstAnswer(server: Server, since: number): Promise<void> {
  const sheet = fill()
  while (!(await post(server, sheet))) {
    alive(server)
    assert.ok(Date.now() - since < 60_000, 'no good answer within a minute of the kill')
    await sleep(20)
  }
  firstAnswers.push(Date.now() - since)
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bulwark-durability-'))
  database = await ensureEmbedded(join(folder, 'postgres'))
  await migrate(database.ownerUrl)
  const scene = await openScene({ database: { ownerUrl: database.ownerUrl, appUrl: database.appUrl, drop: async () => {} } })
  try {
    institutionId = scene.institution.id
    measureId = newId()
    rootUnit = scene.unit(scene.institution.name)
    dutyToken = scene.token('duty')
    const responseId = newId()
    const members = await inInstitution(scene.kernel.connection.db, institutionId, 'write', async (tx) => {
      const ids: string[] = []
      for (let index = 0; index < population; index++) ids.push(await insertPerson(tx, institutionId, `D${index}`, { tree: 'admin', unitId: scene.unit(index % 2 ? '软件2026-1班' : '临床2026-1班') }))
      const tokens = await openSessions(tx, institutionId, ids, new Date())
      return ids.map((personId, index) => ({ personId, token: tokens[index] ?? '' }))
    })
    people = members
    await scene.as('duty').call(open, { responseId, name: '防控', hazards: ['influenza'], level: 3, basis: '传染病防治法', decidedBy: '指挥部', plannedEnd: null })
    await scene.as('duty').call(fromPreset, { measureId, responseId, key: 'whereabouts-known', basis: '第二条' })
    await scene.as('duty').call(switchOn, { measureId })
  } finally {
    await scene.close()
  }
  for (let index = 0; index < 2; index++) {
    const port = await freePort()
    servers.push({ port, origin: `http://127.0.0.1:${port}`, child: null })
  }
  await Promise.all(servers.map(start))
})
after(async () => {
  await Promise.all(servers.map(kill))
  await database?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** What happens on one server is heard on the other. */
async function hearsTheOther(listener: Server, speaker: Server): Promise<void> {
  const closing = new AbortController()
  const stream = await fetch(`${listener.origin}/api/live`, { headers: { authorization: `Bearer ${dutyToken}` }, signal: closing.signal })
  assert.equal(stream.status, 200)
  const heard = (async () => {
    let text = ''
    for await (const chunk of stream.body as unknown as AsyncIterable<Uint8Array>) {
      text += Buffer.from(chunk).toString()
      if (text.includes('"coverage"')) return
    }
    throw new Error('the stream ended')
  })()
  heard.catch(() => {})
  const end = Date.now() + 15_000
  // The listener's own line to the database may still be on its way back: what is said meanwhile is not lost, it is said again.
  for (;;) {
    await post(speaker, fill())
    const quick = await Promise.race([heard.then(() => true), sleep(2000).then(() => false)])
    if (quick) break
    assert.ok(Date.now() < end, 'a change on one server was not heard on the other')
  }
  closing.abort()
}

test('two servers on one database: what one does, the listeners of the other hear', async () => {
  const [one, two] = servers as [Server, Server]
  await hearsTheOther(one, two)
  await hearsTheOther(two, one)
})

test(`killed again and again under load, nothing acknowledged is lost, nothing is doubled, nothing appears (seed ${seed})`, async (context) => {
  const running = load(16)
  context.after(() => running.stop())
  for (const [index, what] of rounds.entries()) {
    await sleep(600 + below(900))
    const victim = servers[index % 2] as Server
    const victims = what === 'server' || what === 'both' ? [victim] : what === 'everything' ? servers : []
    const since = Date.now()
    const killed = victims.map(kill)
    // The servers bring a killed database back by themselves; where both are gone, the next start does.
    if (what !== 'server') killDatabase()
    await Promise.all(killed)
    await Promise.all(victims.map(start))
    await Promise.all(servers.map((server) => firstAnswer(server, since)))
  }
  await sleep(500)
  await running.stop()
  for (const sheet of sheets.values()) for (let tries = 0; !sheet.acked; tries++) {
    assert.ok(tries < 50, 'an answer could not be brought in although everything runs again')
    if (!(await post(servers[tries % 2] as Server, sheet))) await sleep(50)
  }
  context.diagnostic(`${sheets.size} answers, ${[...sheets.values()].reduce((sum, sheet) => sum + sheet.acked, 0)} acknowledgements, first good answer after a kill ${firstAnswers.toSorted((a, b) => a - b).join(', ')} ms`)
  assert.ok(sheets.size > 300, `${sheets.size} answers are too few to say anything`)

  const client = new Client({ connectionString: database.ownerUrl })
  await client.connect()
  try {
    const facts = (await client.query<{ id: string; subject: string; value: string; at: Date | string; source: string }>('select fact_id as id, subject_id as subject, value #>> $1 as value, observed_at as at, source from facts.fact where institution_id = $2', ['{}', institutionId])).rows
    const stored = new Map(facts.map((fact) => [fact.id, fact]))
    assert.equal(stored.size, facts.length, 'an answer was stored twice')
    assert.deepEqual([...sheets.values()].filter((sheet) => !stored.has(sheet.factId)).map((sheet) => sheet.body), [], 'acknowledged and gone')
    assert.deepEqual(facts.filter((fact) => !sheets.has(fact.id)), [], 'stored and never sent')
    for (const fact of facts) {
      const sheet = sheets.get(fact.id) as Sheet
      assert.deepEqual([fact.subject, fact.value, new Date(fact.at).toISOString(), fact.source], [sheet.personId, sheet.value, sheet.observedAt, 'answer'])
    }
    // The profile is the latest by observation, whatever the order of arrival.
    const latest = new Map<string, Sheet>()
    for (const sheet of sheets.values()) if ((latest.get(sheet.personId)?.observedAt ?? '') < sheet.observedAt) latest.set(sheet.personId, sheet)
    const profiles = (await client.query<{ subject: string; fact: string; at: Date | string }>('select subject_id as subject, fact_id as fact, observed_at as at from facts.profile where institution_id = $1', [institutionId])).rows
    assert.deepEqual(new Map(profiles.map((row) => [row.subject, new Date(row.at).toISOString()])), new Map([...latest].map(([personId, sheet]) => [personId, sheet.observedAt])))
    for (const row of profiles) assert.equal(sheets.get(row.fact)?.observedAt, latest.get(row.subject)?.observedAt)
    // The counts are what a recount from the facts gives: everybody who answered is kept, everybody else unknown.
    const everybody = Number((await client.query('select count(*)::int as n from directory.person p where institution_id = $1 and left_at is null', [institutionId])).rows[0]?.n)
    const standing = (await client.query<{ state: string; n: number }>('select state, count(*)::int as n from measures.standing where institution_id = $1 and measure_id = $2 group by state', [institutionId, measureId])).rows
    assert.deepEqual(Object.fromEntries(standing.map((row) => [row.state, Number(row.n)])), { kept: latest.size, unknown: everybody - latest.size })
    const shown = await Promise.all(servers.map(async (server) => (await (await fetch(`${server.origin}/api/measures.coverage`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${dutyToken}` }, body: JSON.stringify({ unitId: rootUnit, measureId }) })).json()) as { total: { population: number; kept: number; gap: number; excused: number; unknown: number }[] }))
    for (const { total } of shown) assert.deepEqual(total.map(({ population, kept, gap, excused, unknown }) => ({ population, kept, gap, excused, unknown })), [{ population: everybody, kept: latest.size, gap: 0, excused: 0, unknown: everybody - latest.size }])
    // Each acknowledgement has its place in a line of the log, written in the same transaction; a kill after the commit may leave one more.
    const logged = Number((await client.query(`select coalesce(sum(cardinality(request_ids)), 0)::int as n from kernel.log where institution_id = $1 and call = 'facts.answer'`, [institutionId])).rows[0]?.n)
    const acknowledged = [...sheets.values()].reduce((sum, sheet) => sum + sheet.acked, 0)
    assert.ok(logged >= acknowledged, `${logged} lines in the log for ${acknowledged} acknowledgements`)
    await client.query('create extension if not exists amcheck')
    await client.query(`select bt_index_check(i.indexrelid, true) from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid join pg_namespace n on n.oid = t.relnamespace join pg_am a on a.oid = c.relam where a.amname = 'btree' and c.relkind = 'i' and n.nspname in ('facts', 'measures', 'kernel')`)
  } finally {
    await client.end()
  }
})

test('after all that, the servers still hear each other', async () => {
  const [one, two] = servers as [Server, Server]
  await hearsTheOther(one, two)
  await hearsTheOther(two, one)
})
