/** One declaration, many faces: the API document, HTTP, the command line and the typed client all know every call. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { CallProblem, httpClient } from '#kernel/client.ts'
import type { Call } from '#kernel/contract.ts'
import { permissions } from '#slices/directory/rules.ts'
import { assembly } from '../entry/assembly.ts'
import { openScene, type Scene } from './scene.ts'

const root = join(import.meta.dirname, '..')
const calls = assembly.calls.map(({ call }) => call)
const run = promisify(execFile)

/** The command line as anybody runs it. */
async function bulwark(args: string[], env: Record<string, string> = {}): Promise<{ code: number; out: string; err: string }> {
  try {
    const { stdout, stderr } = await run(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, 'entry/cli.ts'), ...args], { cwd: root, env: { ...process.env, NODE_TEST_CONTEXT: '', ...env }, maxBuffer: 32 * 1048576 })
    return { code: 0, out: stdout, err: stderr }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { code, out: stdout, err: stderr }
  }
}

let scene: Scene
before(async () => {
  scene = await openScene()
})
after(() => scene.close())

interface Operation {
  operationId: string
  summary: string
  description: string
  tags: string[]
  parameters: { name: string }[]
  requestBody: { content: Record<string, { schema: { type?: string; properties?: Record<string, unknown> } }> }
  responses: Record<string, { content: Record<string, { schema: unknown }> }>
  'x-needs': string
}

test('every declaration is made by a contract, and every declared call is served', async () => {
  const served = new Set(calls.map((call) => call.name))
  const slices = readdirSync(join(root, 'slices')).filter((slice) => existsSync(join(root, 'slices', slice, 'contract.ts')))
  let declared = 0
  for (const slice of slices) {
    const contract = (await import(`#slices/${slice}/contract.ts`)) as Record<string, unknown>
    for (const value of Object.values(contract)) {
      const call = value as Partial<Call> | null
      if (typeof call !== 'object' || call === null || typeof call.name !== 'string' || call.needs === undefined) continue
      declared++
      assert.ok(served.has(call.name), `${call.name} is declared and not served`)
      assert.ok(call.name.startsWith(`${slice}.`), `${call.name} is declared by ${slice}`)
    }
  }
  assert.equal(declared, calls.length)
  for (const call of calls) {
    assert.match(call.name, /^[a-z]+\.[a-z][A-Za-z]*$/)
    assert.ok(['public', 'signed-in'].includes(call.needs) || call.needs in permissions, `${call.name} needs ${call.needs}`)
    assert.match(call.summary[0], /[一-鿿]/, `${call.name} is not explained in Chinese`)
    assert.match(call.summary[1], /[A-Za-z]{3}/, `${call.name} is not explained in English`)
  }
})

test('the document of the server lists every call with its permission, shapes and refusals, and nothing else', async () => {
  const document = (await (await fetch(`${scene.origin}/api/openapi.json`)).json()) as { openapi: string; paths: Record<string, { post: Operation }> }
  assert.match(document.openapi, /^3\.1/)
  assert.deepEqual(Object.keys(document.paths), calls.map((call) => `/api/${call.name}`).toSorted())
  for (const call of calls) {
    const operation = document.paths[`/api/${call.name}`]?.post
    assert.ok(operation, call.name)
    assert.equal(operation['x-needs'], call.needs)
    assert.equal(operation.operationId, call.name)
    assert.ok(operation.summary && operation.description.includes(call.summary[0]), call.name)
    assert.equal(operation.parameters.some((one) => one.name === 'x-request-id'), call.kind !== 'read', `${call.name}: a write is done once per id`)
    const [type, shown] = Object.entries(operation.requestBody.content)[0] ?? []
    assert.equal(type, call.fileLimit === undefined ? 'application/json' : 'multipart/form-data')
    assert.deepEqual(call.fileLimit === undefined ? shown?.schema : shown?.schema.properties?.['input'], JSON.parse(JSON.stringify(call.input)), call.name)
    assert.deepEqual(operation.responses['200']?.content['application/json']?.schema, JSON.parse(JSON.stringify(call.output)), call.name)
    assert.ok(operation.responses['default'], call.name)
  }
})

test('undeclared keys are refused everywhere: what a caller may set is what is written', () => {
  const loose: string[] = []
  const look = (schema: unknown, at: string): void => {
    if (typeof schema !== 'object' || schema === null) return
    const { type, properties, additionalProperties, patternProperties } = schema as Record<string, unknown>
    if (type === 'object' && properties && additionalProperties !== false && !patternProperties) loose.push(at)
    for (const [key, value] of Object.entries(schema)) look(value, `${at}/${key}`)
  }
  for (const call of calls) look(JSON.parse(JSON.stringify(call.input)), call.name)
  // A condition is data of a well-known form whose editors add ids of their own; rules.ts reads it key by key.
  assert.deepEqual(loose.filter((at) => !/^measures\.(draft|simulated?)\/properties\/([a-z]+\/properties\/plan\/properties\/)?(population|condition)$/.test(at)), [])
})

test('every call answers over HTTP through the typed client, to whoever may and to whoever may not', async () => {
  const stranger = httpClient({ origin: scene.origin, language: () => 'en' })
  const probe = { undeclared: 'there is no such key' }
  for (const call of calls) {
    // A call takes no key that it does not declare: that it says so, in its own words, is the sign that it is there.
    await assert.rejects(stranger.call(call, probe as never), (error) => error instanceof CallProblem && error.status === 400 && error.code === 'bad-input' && /nothing was changed/i.test(error.message), call.name)
    const got = await fetch(`${scene.origin}/api/${call.name}`, { method: 'GET' })
    assert.equal(got.status, 404, `${call.name} is done by POST alone`)
  }
  for (const call of calls.filter((one) => one.needs !== 'public' && Object.keys((one.input as { properties?: object }).properties ?? {}).length === 0)) await assert.rejects(stranger.call(call, {} as never), (error) => error instanceof CallProblem && error.code === 'signed-out', call.name)
})

test('the command line lists every call with its permission, and prints the same document', async () => {
  const [listed, printed] = await Promise.all([bulwark(['--json', 'calls']), bulwark(['openapi'])])
  assert.equal(listed.code, 0, listed.err)
  assert.deepEqual((JSON.parse(listed.out) as { name: string; needs: string; kind: string }[]).map(({ name, needs, kind }) => [name, needs, kind]), calls.map((call) => [call.name, call.needs, call.kind]))
  assert.deepEqual(JSON.parse(printed.out), await (await fetch(`${scene.origin}/api/openapi.json`)).json())
})

test('`bulwark call` runs any call against a server and tells refusals by its exit code', async () => {
  const server = ['--server', scene.origin, '--token', scene.token('duty'), '--language', 'en', '--json']
  const [me, refusedCall, unknownCall, noJson, stranger, nobody] = await Promise.all([
    bulwark([...server, 'call', 'directory.me']),
    bulwark([...server, 'call', 'directory.unit', JSON.stringify({ unitId: '00000000-0000-4000-8000-000000000000' })]),
    bulwark([...server, 'call', 'no.such']),
    bulwark([...server, 'call', 'directory.me', '{']),
    bulwark(['--server', scene.origin, '--language', 'zh-CN', '--json', 'call', 'directory.me']),
    bulwark(['--server', 'http://127.0.0.1:9', '--json', 'call', 'directory.status']),
  ])
  assert.equal((JSON.parse(me.out) as { person: { number: string } }).person.number, 'T001')
  const code = (answer: { out: string }) => (JSON.parse(answer.out) as { error: { code: string; message: string } }).error
  assert.deepEqual([me, refusedCall, unknownCall, noJson, stranger, nobody].map((one) => one.code), [0, 1, 1, 1, 1, 69])
  assert.deepEqual([refusedCall, unknownCall, noJson, stranger, nobody].map((one) => code(one).code), ['not-found', 'no-such-call', 'bad-input', 'signed-out', 'offline'])
  assert.match(code(stranger).message, /[一-鿿]/)
})

test('the command line in process knows every call as the typed client does', async () => {
  // `bulwark call` finds calls in the assembly; each comes as far as its own parser there, without a server.
  for (const call of calls) await assert.rejects(scene.operate(call, { undeclared: 1 } as never), (error: { code?: string }) => error.code === 'bad-input', call.name)
})
