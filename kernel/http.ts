/** The calls over HTTP: POST /api/<call>, live updates, the API document, the built pages. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import fastifyMultipart from '@fastify/multipart'
import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { Batcher } from './batch.ts'
import { handle, identify, type Answer, type Kernel, type Request } from './handle.ts'
import type { Live } from './live.ts'
import { openApi } from './openapi.ts'
import { badInput, internal, Problem, problemOfDatabase, signedOut, tooLarge } from './problems.ts'
import type { UploadedFile } from './server.ts'
import { messageOf } from './messages.ts'
import { languageOf } from './words.ts'

const bodyLimit = 1_048_576
const sessionSeconds = 30 * 24 * 3600

const securityHeaders = {
  'content-security-policy':
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; frame-ancestors 'self'; base-uri 'none'; form-action 'self'; object-src 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'geolocation=(), microphone=(), camera=(self)',
}

export async function httpServer(kernel: Kernel, live: Live, options: { dist?: string } = {}): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit, logger: false, trustProxy: false, forceCloseConnections: true,
    // Who sends drop by drop does not hold a connection for ever: 20 MB at 700 kbit/s fit.
    requestTimeout: 240_000,
    // An address that cannot be read comes to no handler.
    frameworkErrors: (_error, request, reply) => refuse(request, reply, badInput('请求地址无法读取。', 'The address cannot be read.')),
  })
  const batcher = new Batcher(kernel)
  await app.register(fastifyMultipart)

  app.addHook('onSend', async (request, reply, payload) => {
    const { 'content-security-policy': policy, ...rest } = securityHeaders
    reply.headers(rest)
    if (isSecure(request)) reply.header('strict-transport-security', 'max-age=31536000')
    // The policy speaks about documents; on every script and answer it would only be weight on a slow line.
    if (!/javascript|css|json|font|png/.test(String(reply.getHeader('content-type') ?? 'html'))) reply.header('content-security-policy', policy)
    return typeof payload === 'string' && payload.length > compressFrom ? compressed(request, reply, payload) : payload
  })

  app.setErrorHandler((error: Error & { statusCode?: number; code?: string }, request, reply) => {
    if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return refuse(request, reply, tooLarge(bodyLimit))
    if (error.statusCode !== undefined && error.statusCode < 500) return refuse(request, reply, badInput('请求无法读取。', 'The request cannot be read.'))
    // Before a call runs (who is it?) the database can be away as well.
    const known = problemOfDatabase(error)
    if (known) return refuse(request, reply, known)
    kernel.report(error, request.url.split('?')[0] ?? '')
    return refuse(request, reply, internal())
  })

  app.post<{ Params: { name: string } }>('/api/:name', async (request, reply) => {
    const language = languageOf(request.headers['accept-language'])
    try {
      sameOrigin(request)
      const { name } = request.params
      const entry = kernel.registry.find(name)
      const { input, file } = await body(request, entry?.call.fileLimit)
      const wanted: Request = { who: { token: tokenOf(request) }, input, file, language, requestId: header(request, 'x-request-id') }
      const answer = entry?.call.kind === 'batch' ? await batcher.handle(entry, wanted) : await handle(kernel, name, wanted)
      reply.header('cache-control', 'no-store')
      setSession(request, reply, answer)
      return reply.type('application/json').send(JSON.stringify(answer.output))
    } catch (error) {
      if (error instanceof Problem) return refuse(request, reply, error)
      throw error
    }
  })

  app.get('/api/live', async (request, reply) => {
    const { actor, institution } = await identify(kernel, { token: tokenOf(request) })
    if (actor.kind === 'anonymous') return refuse(request, reply, signedOut())
    reply.hijack()
    const out = reply.raw
    out.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
    out.write('retry: 1000\n\n')
    const unsubscribe = live.subscribe(institution.id, (topics) => out.write(`data: ${JSON.stringify(topics)}\n\n`))
    const beat = setInterval(() => out.write(': beat\n\n'), 20_000)
    request.raw.on('close', () => {
      clearInterval(beat)
      unsubscribe()
    })
  })

  app.get('/api/openapi.json', async (_request, reply) => reply.send(openApi(kernel.registry.calls())))
  app.get('/healthz', async (_request, reply) => {
    try {
      await kernel.connection.pool.query('select 1')
      return reply.send({ ok: true })
    } catch {
      return reply.code(503).header('retry-after', '2').send({ ok: false })
    }
  })

  if (options.dist && existsSync(options.dist)) {
    const page = async (_request: FastifyRequest, reply: FastifyReply, file: string) => reply.header('cache-control', 'no-cache').type('text/html').sendFile(file)
    await app.register(fastifyStatic, {
      root: join(options.dist),
      wildcard: false,
      preCompressed: true,
      // The build lays compressed copies beside the files; they are no addresses of their own.
      globIgnore: ['**/*.br', '**/*.gz'],
      setHeaders: (response, compressed) => {
        const path = compressed.replace(/\.(br|gz)$/, '')
        response.header('cache-control', /[.-][\w-]{8,}\.\w+$/.test(path) && !path.endsWith('.html') ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
    app.get('/m/*', (request, reply) => page(request, reply, 'm/index.html'))
    app.setNotFoundHandler((request, reply) => (request.method === 'GET' && !request.url.startsWith('/api/') ? page(request, reply, 'index.html') : refuse(request, reply, noAddress())))
  } else {
    app.setNotFoundHandler((request, reply) => refuse(request, reply, noAddress()))
  }
  return app
}

const compressFrom = 2048
const squeeze = promisify(gzip)

/** An answer of some length, as small as the asker can read. */
async function compressed(request: FastifyRequest, reply: FastifyReply, payload: string): Promise<string | Buffer> {
  if (reply.getHeader('content-encoding') !== undefined || !/\bgzip\b/.test(header(request, 'accept-encoding') ?? '')) return payload
  reply.header('content-encoding', 'gzip').header('vary', 'accept-encoding').removeHeader('content-length')
  return squeeze(payload, { level: 5 })
}

const noAddress = () => new Problem(404, 'not-found', '没有这个地址。', 'There is no such address.')

/** A page of another site can neither read nor write here, cookies or not. */
function sameOrigin(request: FastifyRequest) {
  // No page can set this one: it stands where a proxy in between gives the server another name.
  if (header(request, 'sec-fetch-site') === 'same-origin') return
  const origin = header(request, 'origin')
  // `null` is what a sandboxed page says.
  if (origin && (!URL.canParse(origin) || new URL(origin).host !== request.headers.host)) throw new Problem(403, 'other-site', '请求来自其他网站，已拒绝。', 'The request came from another site and was refused.')
}

function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}

function tokenOf(request: FastifyRequest): string | undefined {
  const bearer = header(request, 'authorization')
  if (bearer?.startsWith('Bearer ')) return bearer.slice(7)
  return /(?:^|; )(?:__Host-)?bulwark=([^;]+)/.exec(request.headers.cookie ?? '')?.[1]
}

const isSecure = (request: FastifyRequest) => header(request, 'x-forwarded-proto') === 'https' || request.protocol === 'https'

function setSession(request: FastifyRequest, reply: FastifyReply, answer: Answer) {
  if (answer.session === undefined) return
  const secure = isSecure(request)
  const name = secure ? '__Host-bulwark' : 'bulwark'
  const rest = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  reply.header('set-cookie', answer.session === null ? `${name}=; Max-Age=0; ${rest}` : `${name}=${answer.session}; Max-Age=${sessionSeconds}; ${rest}`)
}

async function body(request: FastifyRequest, fileLimit: number | undefined): Promise<{ input: unknown; file?: UploadedFile }> {
  if (!request.isMultipart()) return { input: request.body ?? {} }
  if (fileLimit === undefined) throw badInput('这里不接收文件。', 'This call takes no file.')
  let input: unknown = {}
  let file: UploadedFile | undefined
  try {
    for await (const part of request.parts({ limits: { fileSize: fileLimit, files: 1, fields: 4, fieldSize: bodyLimit } })) {
      if (part.type === 'file') file = { name: part.filename.slice(0, 200), bytes: await part.toBuffer() }
      else if (part.fieldname === 'input') input = JSON.parse(String(part.value))
    }
  } catch (error) {
    if ((error as { code?: string }).code === 'FST_REQ_FILE_TOO_LARGE') throw tooLarge(fileLimit)
    throw badInput('上传内容无法读取。', 'The upload cannot be read.')
  }
  return file ? { input, file } : { input }
}

function refuse(request: FastifyRequest, reply: FastifyReply, problem: Problem) {
  if (problem.status === 503) reply.header('retry-after', '2')
  const language = languageOf(request.headers['accept-language'])
  return reply.code(problem.status).type('application/json').send(JSON.stringify({ code: problem.code, message: messageOf(problem, language), ...(problem.details === undefined ? {} : { details: problem.details }) }))
}
