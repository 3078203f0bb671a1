/** The client of every call, against servers that answer late, half, or not at all. */
import assert from 'node:assert/strict'
import { createServer, type ServerResponse } from 'node:http'
import { after, before, test } from 'node:test'
import { Type } from 'typebox'
import { CallProblem, httpClient } from './client.ts'
import { aboutNobody, call, Nothing, shape } from './contract.ts'

const asked = call({ name: 'tried.ask', kind: 'write', needs: 'public', about: aboutNobody, input: Nothing, output: shape({ n: Type.Integer() }), summary: ['试', 'Tried'] })
let respond: (response: ServerResponse) => void
const server = createServer((_, response) => respond(response))
let origin = ''
before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  assert.ok(address && typeof address === 'object')
  origin = `http://127.0.0.1:${address.port}`
})
after(() => {
  server.closeAllConnections()
  server.close()
})

const client = (patience?: number) => httpClient({ origin, language: () => 'zh-Hans', ...(patience === undefined ? {} : { patience }) })
const problem = (status: number, code: string) => (error: unknown) => error instanceof CallProblem && error.status === status && error.code === code

test('an answer in time is the answer, whatever the patience', async () => {
  respond = (response) => void response.end('{"n":1}')
  assert.deepEqual(await client(5000).call(asked, {}), { n: 1 })
  assert.deepEqual(await client().call(asked, {}), { n: 1 })
})

test('a line that went dead is told of, also when it died in the midst of the answer', async () => {
  respond = () => {}
  await assert.rejects(client(100).call(asked, {}), problem(0, 'no-answer'))
  respond = (response) => void response.write('{"n":')
  await assert.rejects(client(100).call(asked, {}), problem(0, 'no-answer'))
  respond = (response) => response.write('{"n":', () => response.destroy())
  await assert.rejects(client().call(asked, {}), problem(0, 'no-answer'))
})

test('whoever breaks a call off is not told of a missing network; where nobody listens, they are', async () => {
  respond = () => {}
  const stop = new AbortController()
  const broken = client(5000).call(asked, {}, { signal: stop.signal })
  setTimeout(() => stop.abort(), 50)
  await assert.rejects(broken, (error: Error) => error.name === 'AbortError' && !(error instanceof CallProblem))
  await assert.rejects(client(5000).call(asked, {}, { signal: AbortSignal.abort() }), (error: Error) => error.name === 'AbortError')
  await assert.rejects(httpClient({ origin: 'http://127.0.0.1:1', language: () => 'en' }).call(asked, {}), problem(0, 'offline'))
})

test('what a proxy says instead of us decides nothing', async () => {
  respond = (response) => void response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>')
  await assert.rejects(client(5000).call(asked, {}), problem(502, 'unreadable-answer'))
  respond = (response) => void response.end('<form>Log in to the hotel</form>')
  await assert.rejects(client(5000).call(asked, {}), problem(200, 'unreadable-answer'))
})
