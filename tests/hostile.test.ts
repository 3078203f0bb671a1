/** Every input is hostile: whatever is sent to whatever call, the answer is an answer, with a code and words in the language asked for, and the server goes on. */
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { inInstitution } from '#kernel/database.ts'
import { newId } from '#kernel/ids.ts'
import { issueNotice, noticeText } from '#slices/notices/scenario.ts'
import { assignments as board, get as follow, importNotice } from '#slices/notices/contract.ts'
import { fromPreset, switchOn } from '#slices/measures/contract.ts'
import { open } from '#slices/responses/contract.ts'
import { rootUnits } from '#slices/directory/server.ts'
import { insertThings, insertWhole } from './access/things.ts'
import { bodiesOf, spoilt, type Known } from './bodies.ts'
import { openScene, type Scene } from './scene.ts'

const seed = Number(process.env['FUZZ_SEED'] ?? 20260901)
const each = Number(process.env['FUZZ_EACH'] ?? 26)
let scene: Scene
const reported: string[] = []
const known: Record<string, string[]> = {}
/** These end the sessions or the clock that the others stand on. */
const last = ['drills.setClock', 'directory.signOut', 'drills.wipe']

before(async () => {
  scene = await openScene()
  scene.kernel.report = (error, call) => void reported.push(`${call}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  const { institution, kernel } = scene
  const [responseId, measureId] = [newId(), newId()]
  await scene.as('duty').call(open, { responseId, name: '防控', hazards: ['influenza'], level: 3, basis: '传染病防治法', decidedBy: '指挥部', plannedEnd: null })
  await scene.as('duty').call(fromPreset, { measureId, responseId, key: 'whereabouts-known', basis: '第二条' })
  await scene.as('duty').call(switchOn, { measureId })
  const { noticeId } = await issueNotice(scene)
  const draftId = newId()
  await scene.as('duty').call(importNotice, { noticeId: draftId, text: noticeText(scene), again: true })
  const { duties } = await scene.as('duty').call(follow, { noticeId })
  known['assignmentId'] = (await scene.as('duty').call(board, { unitId: scene.unit('信息学院'), below: true })).assignments.map((one) => one.assignmentId)
  assert.ok(known['assignmentId'].length > 0)
  await inInstitution(kernel.connection.db, institution.id, 'write', async (tx) => {
    const whole = await insertWhole(tx, institution.id)
    const ids = async (query: ReturnType<typeof sql<{ id: string }>>) => (await query.execute(tx)).rows.map((row) => row.id)
    for (const root of await rootUnits(tx, institution.id)) {
      const things = await insertThings(tx, institution.id, whole, root.tree, root.unitId, `of-${root.tree}`)
      for (const [field, id] of [['requestId', things['help-request']], ['briefId', things.brief], ['figureId', things['brief-figure']]] as const) (known[field] ??= []).push(id)
    }
    Object.assign(known, {
      unitId: await ids(sql`select unit_id as id from directory.unit`), personId: await ids(sql`select person_id as id from directory.person`), officeId: await ids(sql`select office_id as id from directory.office`),
      holdingId: [newId()], noticeId: [noticeId, draftId], dutyId: [...duties.map((one) => one.dutyId), ...(await ids(sql`select duty_id as id from notices.duty where notice_id = ${draftId}`))], measureId: [measureId], responseId: [responseId], attribute: ['whereabouts'], key: ['whereabouts', 'whereabouts-known'], number: ['20261003', 'T001'], role: ['head'], kind: ['college', 'class'],
    })
    for (const [many, one] of [['unitIds', 'unitId'], ['personIds', 'personId'], ['memberId', 'personId'], ['dutyIds', 'dutyId'], ['assignmentIds', 'assignmentId'], ['parentId', 'unitId'], ['within', 'unitId'], ['under', 'unitId'], ['amends', 'noticeId'], ['numbers', 'number']] as const) known[many] = known[one] ?? []
    known['subjectId'] = [...(known['personId'] ?? []), ...(known['unitId'] ?? [])]
  })
})
after(() => scene.close())
const knownOf: Known = (field) => known[field] ?? []

const leaks = /\n\s+at |node_modules|file:\/\/|\.ts:\d|\bselect\b.*\bfrom\b|insert into|violates|relation "|\bpg_|TypeError|RangeError|undefined is not|\[object Object\]/i
const chinese = /[一-鿿]/
interface Sent {
  status: number
  text: string
  body: { code?: unknown; message?: unknown } | null
}

async function send(path: string, init: { body?: string | Uint8Array | FormData; headers?: Record<string, string>; who?: string; language?: 'en' | 'zh-CN'; method?: string }): Promise<Sent> {
  const token = init.who ? scene.token(init.who) : ''
  const response = await fetch(`${scene.origin}${path}`, {
    method: init.method ?? 'POST', signal: AbortSignal.timeout(60_000), ...(init.body === undefined ? {} : { body: init.body as string }),
    headers: { 'accept-language': init.language ?? 'zh-CN', ...(token ? { authorization: `Bearer ${token}` } : {}), ...(init.body instanceof FormData ? {} : { 'content-type': 'application/json' }), ...init.headers },
  })
  const text = await response.text()
  let body: Sent['body'] = null
  try {
    body = JSON.parse(text) as Sent['body']
  } catch {
    // judged below
  }
  return { status: response.status, text, body }
}

/** What is wrong with an answer; null where nothing is. */
function faultOf({ status, text, body }: Sent, language: 'en' | 'zh-CN'): string | null {
  if (status >= 500) return `answers ${status} ${text.slice(0, 200)}`
  if (body === null) return `does not answer JSON: ${text.slice(0, 100)}`
  if (status < 400) return null
  if (typeof body.code !== 'string' || !/^[a-z][a-z-]+$/.test(body.code)) return `refuses with ${status} without a code: ${text.slice(0, 100)}`
  if (typeof body.message !== 'string' || body.message.length < 6) return `refuses without words: ${text.slice(0, 100)}`
  if (language === 'zh-CN' && !chinese.test(body.message)) return `refuses in no Chinese: ${body.message}`
  if (language === 'en' && !/[A-Za-z]{3,} [a-z]{2,}/.test(body.message)) return `refuses in no English: ${body.message}`
  return leaks.test(text) ? `tells too much: ${text.slice(0, 300)}` : null
}

const answerPath = '/api/facts.answer'
const body = (value: unknown) => JSON.stringify({ answers: [{ factId: newId(), attribute: 'whereabouts', value, observedAt: new Date().toISOString() }] })

test('bodies that are no bodies: each gets a refusal in words', async () => {
  const deepText = (levels: number) => `{"answers":[{"factId":"${newId()}","attribute":"whereabouts","observedAt":"2026-09-01T00:00:00Z","value":${'['.repeat(levels)}${']'.repeat(levels)}}]}`
  const deepObject = (levels: number) => `{"answers":${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}}`
  const form = (parts: [string, string | Blob][]) => {
    const made = new FormData()
    for (const [name, value] of parts) made.append(name, value)
    return made
  }
  const cases: [string, Parameters<typeof send>[1], number, string?][] = [
    ['nothing', {}, 400], ['an empty text', { body: '' }, 400], ['half a body', { body: '{"answers":[{' }, 400], ['no JSON', { body: 'answers=1' }, 400], ['two bodies', { body: '{}{}' }, 400], ['a number', { body: '7' }, 400], ['null', { body: 'null' }, 400], ['an array', { body: '[]' }, 400],
    ['bytes that are no UTF-8', { body: new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]) }, 400], ['a NUL in the text', { body: body('a\u0000b') }, 400], ['a lone surrogate', { body: `${body('x').slice(0, -4)}"\\ud800"}]}` }, 400],
    ['a prototype', { body: '{"__proto__":{"admin":true},"answers":[]}' }, 400], ['a constructor', { body: '{"constructor":{"prototype":{"a":1}},"answers":[]}' }, 400],
    ['5,000 deep', { body: deepText(5000) }, 400], ['100,000 deep', { body: deepText(100_000) }, 400], ['100,000 objects deep', { body: deepObject(100_000) }, 400],
    ['a condition 20,000 deep', { body: `{"measureId":"${newId()}","responseId":"${newId()}","name":{"zh":"a","en":"a"},"subjectKind":"person","population":{"combinator":"and","rules":[]},"condition":{"combinator":"and","rules":[${'{"combinator":"and","rules":['.repeat(20_000)}${']}'.repeat(20_000)}]},"basis":"第二条","demandedBy":"school","followUp":"none","danger":1,"endsAt":null}`, who: 'duty' }, 400, '/api/measures.draft'],
    ['another type', { body: '<a/>', headers: { 'content-type': 'text/xml' } }, 400], ['a form', { body: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 400], ['plain text', { body: body('310115'), headers: { 'content-type': 'text/plain' } }, 400], ['no type', { body: body('310115'), headers: { 'content-type': '' } }, 400],
    ['a type that is none', { body: '{}', headers: { 'content-type': ';;;' } }, 400], ['over a megabyte', { body: body('x'.repeat(1_100_000)) }, 413], ['a file where none is taken', { body: form([['input', '{}'], ['file', new Blob(['x'])]]) }, 400],
    ['a multipart body that is none', { body: 'nothing', headers: { 'content-type': 'multipart/form-data; boundary=x' } }, 400], ['a multipart body without boundary', { body: 'nothing', headers: { 'content-type': 'multipart/form-data' } }, 400],
    ['a request id that is none', { body: body('310115'), headers: { 'x-request-id': 'nonsense' } }, 400], ['a request id of the right length', { body: body('310115'), headers: { 'x-request-id': '-'.repeat(36) } }, 400],
    ['another site', { body: body('310115'), headers: { origin: 'https://elsewhere.example' } }, 403], ['an opaque origin', { body: body('310115'), headers: { origin: 'null' } }, 403], ['an origin that is none', { body: body('310115'), headers: { origin: ':::' } }, 403],
    ['a form that another site sent', { body: body('310115'), headers: { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' } }, 403], ['a neighbour of the same domain', { body: body('310115'), headers: { origin: 'https://elsewhere.example', 'sec-fetch-site': 'same-site' } }, 403],
    ['a token that is none', { body: body('310115'), headers: { authorization: 'Bearer x' } }, 401], ['a token of nobody', { body: body('310115'), headers: { authorization: `Bearer ${scene.institution.id}.nothing` } }, 401], ['a token with a NUL', { body: body('310115'), headers: { authorization: `Bearer ${scene.institution.id}%00.x` } }, 401],
    ['a cookie of nonsense', { body: body('310115'), who: '', headers: { authorization: '', cookie: 'bulwark=%ff%fe; bulwark=a' } }, 401],
    ['no such call', { body: '{}' }, 404, '/api/no.such'], ['the name of a property', { body: '{}' }, 404, '/api/__proto__'], ['a name in pieces', { body: '{}' }, 404, '/api/facts.answer/more'], ['an address that is none', { body: '{}' }, 400, '/api/%zz'], ['the right call by GET', { method: 'GET' }, 404], ['deleting', { method: 'DELETE', body: '{}' }, 404],
  ]
  const wrong: string[] = []
  for (const [what, init, status, path] of cases) {
    for (const language of ['zh-CN', 'en'] as const) {
      const sent = await send(path ?? answerPath, { who: 'student', ...init, language })
      const fault = faultOf(sent, language)
      if (fault || sent.status !== status) wrong.push(`${what}: ${sent.status} instead of ${status}; ${fault ?? sent.text.slice(0, 160)}`)
    }
  }
  assert.deepEqual(wrong, [])
  assert.deepEqual(reported, [])
})

test('files: too many, too large, without a name, with strange fields', async () => {
  const upload = (file: Uint8Array | null, fields: [string, string][], name = 'a.csv') => {
    const made = new FormData()
    for (const [key, value] of fields) made.append(key, value)
    if (file) made.append('file', new Blob([file as Uint8Array<ArrayBuffer>]), name)
    return made
  }
  const input = (): [string, string] => ['input', JSON.stringify({ importId: newId() })]
  const bytes = new Uint8Array([0x50, 0x4b, 3, 4, 255, 255, 0, 0])
  const two = upload(bytes, [input()])
  two.append('file', new Blob(['y']), 'b.csv')
  const cases: [string, FormData, number[]][] = [
    ['no file', upload(null, [input()]), [400, 422]], ['an empty file', upload(new Uint8Array(), [input()]), [400, 422]], ['a broken archive', upload(bytes, [input()], 'a.xlsx'), [400, 422]], ['noise', upload(Uint8Array.from({ length: 4096 }, (_, index) => (index * 197) % 256), [input()]), [400, 422]],
    ['two files', two, [400]], ['21 MB', upload(new Uint8Array(21 * 1048576), [input()]), [413]], ['a name with a path', upload(new TextEncoder().encode('学号,姓名\n1,甲\n'), [input()], '../../etc/passwd\u0001'), [200, 400, 422]],
    ['input that is no JSON', upload(bytes, [['input', '{']]), [400]], ['a prototype in the input', upload(bytes, [['input', '{"__proto__":{"x":1}}']]), [400]], ['many fields', upload(bytes, [input(), ['a', '1'], ['b', '1'], ['c', '1'], ['d', '1'], ['e', '1']]), [400]],
  ]
  const wrong: string[] = []
  for (const [what, form, statuses] of cases) {
    const sent = await send('/api/directory.previewRoster', { body: form, who: 'duty' })
    const fault = faultOf(sent, 'zh-CN')
    if (fault || !statuses.includes(sent.status)) wrong.push(`${what}: ${sent.status}; ${fault ?? sent.text.slice(0, 200)}`)
  }
  assert.deepEqual(wrong, [])
  assert.deepEqual(reported, [])
})

test('lines that are no HTTP do not disturb anybody else', async () => {
  const { port } = new URL(scene.origin)
  const raw = (text: string) =>
    new Promise<string>((settle) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.end(text, 'latin1'))
      let got = ''
      socket.on('data', (data) => (got += data.toString('latin1')))
      socket.on('error', () => settle(got))
      socket.on('close', () => settle(got))
    })
  for (const text of ['\u0000\u0001\u0002\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n', `POST ${answerPath} HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, `POST ${answerPath} HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n`, `GET /${'a'.repeat(70_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, `GET / HTTP/1.1\r\nHost: x\r\n${'x: y\r\n'.repeat(3000)}\r\n`]) {
    const got = await raw(text)
    assert.ok(got === '' || /^HTTP\/1\.1 4\d\d /.test(got), `${text.slice(0, 30)}: ${got.slice(0, 60)}`)
    assert.doesNotMatch(got, leaks)
  }
  assert.equal((await send('/healthz', { method: 'GET' })).status, 200)
})

test('a page of our own is known behind a proxy that calls the server otherwise, and behind TLS browsers are told to come back by TLS', async () => {
  const said = await fetch(`${scene.origin}/api/directory.me`, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json', authorization: `Bearer ${scene.token('student')}`, origin: 'https://bulwark.example.edu.cn', 'sec-fetch-site': 'same-origin', 'x-forwarded-proto': 'https' } })
  assert.equal(said.status, 200)
  assert.match(said.headers.get('strict-transport-security') ?? '', /max-age=\d{7}/)
  const plain = await fetch(`${scene.origin}/healthz`)
  assert.deepEqual([plain.headers.get('strict-transport-security'), plain.headers.get('x-content-type-options'), plain.headers.get('referrer-policy')], [null, 'nosniff', 'no-referrer'])
})

// Last: it ends sessions and moves the clock.
test(`bodies made from the declarations, good and spoilt, to every call (seed ${seed})`, async () => {
  const calls = scene.kernel.registry.calls().toSorted((a, b) => last.indexOf(a.name) - last.indexOf(b.name))
  const jobs = calls.flatMap((call, index) => {
    const good = bodiesOf(call.input, knownOf)
    const bodies = fc.sample(fc.oneof({ weight: 3, arbitrary: spoilt(good) }, { weight: 1, arbitrary: good }), { seed: seed + index, numRuns: each })
    return bodies.map((body, at) => ({ call, body, who: ['duty', 'duty', 'administrator', 'student', 'counsellor', ''][at % 6] ?? '', language: at % 3 ? ('zh-CN' as const) : ('en' as const) }))
  })
  const faults: string[] = []
  const statuses = new Map<number, number>()
  const both = new Set<string>()
  let next = 0
  const lane = async () => {
    for (let job = jobs[next++]; job; job = jobs[next++]) {
      const { call, body, who, language } = job
      const text = JSON.stringify(body) ?? 'null'
      const headers: Record<string, string> = call.kind === 'read' ? {} : { 'x-request-id': newId() }
      const sent = await send(`/api/${call.name}`, { body: text, who, language, headers }).catch((error: unknown): Sent => ({ status: 599, text: String(error), body: null }))
      statuses.set(sent.status, (statuses.get(sent.status) ?? 0) + 1)
      const fault = faultOf(sent, language)
      if (fault) faults.push(`${call.name} for ${who || 'nobody'} ${fault}\n    sent ${text.slice(0, 400)}`)
      // The same refusal in the other language, once for each call and kind of refusal.
      const kind = `${call.name} ${String(sent.body?.code)}`
      if (sent.status >= 400 && sent.status < 500 && !both.has(kind)) {
        both.add(kind)
        const other = language === 'en' ? ('zh-CN' as const) : ('en' as const)
        const again = await send(`/api/${call.name}`, { body: text, who, language: other, headers })
        if (again.status >= 400 && (faultOf(again, other) || again.body?.message === sent.body?.message)) faults.push(`${kind} is not told in both languages: ${String(sent.body?.message)} | ${String(again.body?.message)}`)
      }
    }
  }
  await Promise.all(Array.from({ length: 6 }, lane))
  assert.deepEqual(faults.slice(0, 40), [])
  assert.deepEqual(reported, [], 'nothing that was sent is our own fault')
  assert.ok(jobs.length >= 3000 || each < 26, `${jobs.length} requests`)
  const count = (from: number, to: number) => [...statuses].filter(([status]) => status >= from && status < to).reduce((sum, [, n]) => sum + n, 0)
  assert.ok(count(200, 300) > jobs.length / 20, `too few were good to reach the handlers: ${JSON.stringify([...statuses])}`)
  assert.ok(count(400, 401) > jobs.length / 5, `too few were spoilt: ${JSON.stringify([...statuses])}`)
  assert.equal(({} as Record<string, unknown>)['polluted'], undefined)
})
