/** How every call runs: parse, who is it, one transaction, may they, the slice's function, log and jobs, commit, ping. */
import { createHash, hash } from 'node:crypto'
import { sql } from 'kysely'
import { timeOf, type Clock } from './clock.ts'
import type { Call } from './contract.ts'
import { inInstitution, standIn, type Connection, type Tx } from './database.ts'
import { findInstitution, noInstitution } from './institutions.ts'
import { enqueueJobs } from './enqueue.ts'
import { newId } from './ids.ts'
import { badInput, forbidden, internal, notFound, Problem, problemOfDatabase, refused, signedOut } from './problems.ts'
import { checkOutput, parse, type Entry, type Registry } from './registry.ts'
import type { Actor, Assembly, Context, Institution, JobRequest, UploadedFile } from './server.ts'
import type { Language } from './words.ts'

export interface Request {
  /** A session token, or a local actor that needs none (operator, system, tests). */
  who: { token: string | undefined } | { actor: Actor; institutionId: string }
  input: unknown
  requestId?: string | undefined
  file?: UploadedFile | undefined
  language: Language
}

export interface Answer {
  output: unknown
  /** A new session token to set, or null to clear it. */
  session?: string | null
}

export interface Kernel {
  connection: Connection
  assembly: Assembly
  registry: Registry
  clock: Clock
  /** Called after commit with the topics that changed. */
  ping: (institutionId: string, topics: string[]) => void
  report: (error: unknown, call: string) => void
  sessions: SessionCache
}

export const anonymous: Actor = { kind: 'anonymous', personId: null, sessionId: null }
export const operator: Actor = { kind: 'operator', personId: null, sessionId: null }
export const system: Actor = { kind: 'system', personId: null, sessionId: null }

/** What is kept of a session token, as hexadecimal digits. */
export const digestOf = (token: string) => hash('sha256', token, 'hex')
export const hashToken = (token: string) => Buffer.from(digestOf(token), 'hex')

/** Who a token is, for some seconds; emptied whenever any server process ends a session. */
export class SessionCache {
  #institutions = new Map<string, { institution: Institution; until: number }>()
  #known = new Map<string, { actor: Actor; institution: Institution; until: number }>()
  find(token: string) {
    const entry = this.#known.get(token)
    return entry && entry.until > Date.now() ? entry : undefined
  }
  keep(token: string, actor: Actor, institution: Institution) {
    if (this.#known.size > 50_000) this.#known.clear()
    this.#known.set(token, { actor, institution, until: Date.now() + 5_000 })
  }
  findInstitution(id: string): Institution | undefined {
    const entry = this.#institutions.get(id)
    return entry && entry.until > Date.now() ? entry.institution : undefined
  }
  keepInstitution(institution: Institution) {
    this.#institutions.set(institution.id, { institution, until: Date.now() + 5_000 })
  }
  clear() {
    this.#institutions.clear()
    this.#known.clear()
  }
}

/** The actor and institution behind a request. */
export async function identify(kernel: Kernel, who: Request['who']): Promise<{ actor: Actor; institution: Institution }> {
  if ('actor' in who) {
    const institution = who.institutionId === noInstitution.id ? noInstitution : await findInstitution(kernel.connection.db, { id: who.institutionId })
    if (!institution) throw notFound()
    return { actor: who.actor, institution }
  }
  if (!who.token) return { actor: anonymous, institution: noInstitution }
  const { token } = who
  const known = kernel.sessions.find(token)
  if (known) return known
  const institution = await institutionOfToken(kernel, token)
  if (!institution) return { actor: anonymous, institution: noInstitution }
  const [actor] = await inInstitution(kernel.connection.db, institution.id, 'read', (tx) => kernel.assembly.gatekeeper.identify(tx, [digestOf(token)], timeOf(institution, kernel.clock)))
  if (!actor) return { actor: anonymous, institution: noInstitution }
  kernel.sessions.keep(token, actor, institution)
  return { actor, institution }
}

/** A token begins with its institution: it says in which one to look for the session. */
export async function institutionOfToken(kernel: Kernel, token: string): Promise<Institution | undefined> {
  const id = token.split('.')[0] ?? ''
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return undefined
  const known = kernel.sessions.findInstitution(id)
  if (known) return known
  const institution = await findInstitution(kernel.connection.db, { id })
  if (institution) kernel.sessions.keepInstitution(institution)
  return institution
}

/** What is left to ask of the gatekeeper about one call, after what is plain is decided. */
type Question = { things: { kind: string; ids: string[] } } | 'institution' | 'scope' | 'nothing'

/** Decides what needs no look-up: public calls, one's own things. @throws Problem where it is plainly refused. */
function plainly(kernel: Kernel, actor: Actor, call: Call, input: unknown): Question {
  const { about, needs } = call
  if (needs === 'public') return 'nothing'
  if (actor.kind === 'anonymous') throw signedOut()
  if (actor.kind === 'system') return 'nothing'
  if (about.kind === 'self') {
    if (!actor.personId || (needs !== 'signed-in' && !kernel.assembly.gatekeeper.selfMay(needs))) throw forbidden(needs)
    return 'nothing'
  }
  if (needs === 'signed-in') return 'nothing'
  if (about.kind === 'scope') return 'scope'
  const ids = about.kind === 'institution' ? [] : ((about.ids as ((input: unknown) => (string | null | undefined)[]) | undefined)?.(input) ?? [])
  if (ids.length === 0) return 'institution'
  // A missing id of a person means the actor.
  const own = ids.every((id) => id === null || id === undefined || id === actor.personId)
  if ((about.kind === 'person' || about.kind === 'subject') && own && actor.personId && kernel.assembly.gatekeeper.selfMay(needs)) return 'nothing'
  return { things: { kind: about.kind, ids: [...new Set(ids.map((id) => id ?? actor.personId).filter((id) => id !== null))] } }
}

/** "May this actor do this to this thing?", asked once. Answers the scope for calls about a scope. */
export async function authorise(kernel: Kernel, tx: Tx, actor: Actor, call: Call, input: unknown, now: Date): Promise<string[] | null> {
  const question = plainly(kernel, actor, call, input)
  if (question === 'nothing') return null
  if (question === 'scope') {
    const scope = await kernel.assembly.gatekeeper.scope(tx, actor, call.needs, now)
    if (scope !== null && scope.length === 0) throw forbidden(call.needs)
    return scope
  }
  const [verdict] = await verdicts(kernel, tx, call, [{ actor, question }], now)
  if (verdict) throw verdict
  return null
}

/** The same for many callers of one call, in a few questions to the database. A Problem in a caller's place refuses them. */
export async function authoriseEach(kernel: Kernel, tx: Tx, call: Call, callers: { actor: Actor; input: unknown }[], now: Date): Promise<(Problem | null)[]> {
  const answers: (Problem | null)[] = callers.map(() => null)
  const open: { at: number; actor: Actor; question: Exclude<Question, 'scope' | 'nothing'> }[] = []
  callers.forEach(({ actor, input }, at) => {
    try {
      const question = plainly(kernel, actor, call, input)
      if (question === 'scope') throw new Error(`${call.name} is a batch about a scope`)
      if (question !== 'nothing') open.push({ at, actor, question })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      answers[at] = error
    }
  })
  if (open.length) (await verdicts(kernel, tx, call, open, now)).forEach((verdict, index) => (answers[open[index]?.at ?? 0] = verdict))
  return answers
}

async function verdicts(kernel: Kernel, tx: Tx, call: Call, asked: { actor: Actor; question: Exclude<Question, 'scope' | 'nothing'> }[], now: Date): Promise<(Problem | null)[]> {
  const { gatekeeper } = kernel.assembly
  const ids = [...new Set(asked.flatMap(({ question }) => (question === 'institution' ? [] : question.things.ids)))]
  const resolver = kernel.registry.things.get(call.about.kind)
  if (ids.length && !resolver) throw new Error(`${call.name} is about ${call.about.kind}, which no slice resolves`)
  const grounds = new Map((ids.length ? ((await resolver?.resolve(tx, ids)) ?? []) : []).map((ground, index) => [ids[index], ground]))
  const questions = asked.map(({ actor, question }) => ({ actor, grounds: question === 'institution' ? ('institution' as const) : question.things.ids.map((id) => grounds.get(id)) }))
  const known = questions.map((one) => ({ actor: one.actor, grounds: one.grounds === 'institution' ? one.grounds : one.grounds.filter((ground) => ground !== undefined) }))
  const yes = await gatekeeper.may(tx, call.needs, known, now)
  return questions.map(({ grounds: wanted }, index) => {
    if (wanted === 'institution') return yes[index] ? null : forbidden(call.needs)
    return yes[index] && wanted.every((ground) => ground !== undefined) ? null : notFound()
  })
}

function bodyHash(entry: Entry, input: unknown, file: UploadedFile | undefined): Buffer {
  const hash = createHash('sha256').update(entry.call.name).update('\0').update(JSON.stringify(input, sortedKeys))
  if (file) hash.update('\0').update(file.bytes)
  return hash.digest()
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** The context of one run, and what it gathered. */
export class Run implements Context {
  institution: Institution
  now: Date
  scope: readonly string[] | null = null
  readonly entries: { subjectKind?: string; subjectId?: string; detail?: Record<string, unknown> }[] = []
  readonly jobs: JobRequest[] = []
  readonly topics = new Set<string>()
  readonly after: (() => void | Promise<void>)[] = []
  readonly last: ((tx: Tx) => Promise<void>)[] = []
  readonly refusals: ((tx: Tx) => Promise<void>)[] = []
  session: string | null | undefined = undefined
  #looked = new Map<string, string>()
  readonly tx: Tx
  readonly actor: Actor
  readonly language: Language
  readonly requestId: string | null
  readonly file: UploadedFile | null
  #clock: Clock

  constructor(tx: Tx, institution: Institution, actor: Actor, clock: Clock, request: { language: Language; requestId?: string | undefined; file?: UploadedFile | undefined }) {
    this.tx = tx
    this.institution = institution
    this.actor = actor
    this.#clock = clock
    this.now = timeOf(institution, clock)
    this.language = request.language
    this.requestId = request.requestId ?? null
    this.file = request.file ?? null
  }
  log(entry: { subjectKind?: string; subjectId?: string; detail?: Record<string, unknown> }) {
    this.entries.push(entry)
  }
  enqueue(job: JobRequest) {
    this.jobs.push(job)
  }
  ping(...topics: string[]) {
    for (const topic of topics) this.topics.add(topic)
  }
  looked(personIds: string[], purpose = '') {
    for (const id of personIds) this.#looked.set(id, purpose)
  }
  afterCommit(work: () => void | Promise<void>) {
    this.after.push(work)
  }
  atTheEnd(work: (tx: Tx) => Promise<void>) {
    this.last.push(work)
  }
  onRefusal(work: (tx: Tx) => Promise<void>) {
    this.refusals.push(work)
  }
  async enter(institutionId: string) {
    await standIn(this.tx, institutionId)
    this.institution = (await findInstitution(this.tx, { id: institutionId })) ?? { ...noInstitution, id: institutionId }
    this.now = timeOf(this.institution, this.#clock)
  }
  setSession(token: string | null) {
    this.session = token
  }
  /** Writes what was gathered, inside the same transaction. */
  async settle(call: Call): Promise<void> {
    const { tx, institution, actor } = this
    const entries = call.kind === 'read' ? [] : this.entries.length ? this.entries : [{}]
    for (const entry of entries) {
      await sql`insert into kernel.log (institution_id, at, actor_kind, actor_id, call, subject_kind, subject_id, detail, request_id)
        values (${institution.id}, ${this.now}, ${actor.kind}, ${actor.personId}, ${call.name}, ${entry.subjectKind ?? null}, ${entry.subjectId ?? null},
          ${JSON.stringify(entry.detail ?? {})}, ${this.requestId})`.execute(tx)
    }
    const seen = [...this.#looked].filter(([id]) => id !== actor.personId)
    if (seen.length) {
      await sql`insert into kernel.access (institution_id, person_id, at, actor_kind, actor_id, call, purpose)
        select ${institution.id}, person_id, ${this.now}, ${actor.kind}, ${actor.personId}, ${call.name}, purpose
        from unnest(${seen.map(([id]) => id)}::uuid[], ${seen.map(([, purpose]) => purpose)}::text[]) as t(person_id, purpose)`.execute(tx)
    }
    await enqueueJobs(tx, institution.id, this.jobs, this.now)
  }
}

/** @throws Problem where a write comes with a request id that is none. */
export function checkRequestId(call: Call, request: Request): void {
  if (call.kind !== 'read' && request.requestId !== undefined && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(request.requestId)) throw badInput('请求编号不合格式。', 'The request id is malformed.')
}

/** Runs one call to its answer. @throws Problem */
export async function handle(kernel: Kernel, name: string, request: Request): Promise<Answer> {
  const entry = kernel.registry.find(name)
  if (!entry) throw new Problem(404, 'no-such-call', '没有这个接口。', 'There is no such call.')
  const input = parse(entry, request.input)
  const { call } = entry
  checkRequestId(call, request)
  const { actor, institution } = await identify(kernel, request.who)
  const requestId = call.kind === 'read' ? undefined : (request.requestId ?? newId())
  const stored = call.kind === 'write' && call.needs !== 'public'
  for (let attempt = 1; ; attempt++) {
    let begun: Run | undefined
    try {
      let after: Run | undefined
      const mode = call.kind !== 'read' ? 'write' : call.sensitive ? 'look' : 'read'
      const answer = await inInstitution(kernel.connection.db, institution.id, mode, async (tx) => {
        const run = new Run(tx, institution, actor, kernel.clock, { ...request, requestId })
        begun = run
        run.scope = await authorise(kernel, tx, actor, call, input, run.now)
        const hash = stored ? bodyHash(entry, input, request.file) : null
        if (hash) {
          const [earlier] = (await sql<{ same: boolean; answer: unknown }>`select body_hash = ${hash} and actor_id is not distinct from ${actor.personId} as same, answer
            from kernel.request where institution_id = ${institution.id} and request_id = ${requestId}`.execute(tx)).rows
          if (earlier && !earlier.same) throw refused('request-reused', '同一请求编号已用于另一内容。', 'This request id was used for something else.')
          if (earlier) return { output: earlier.answer }
        }
        const output = await entry.run(run, input as never)
        checkOutput(entry, output)
        await run.settle(call)
        if (hash) {
          await sql`insert into kernel.request (institution_id, request_id, actor_id, call, body_hash, answer, at)
            values (${run.institution.id}, ${requestId}, ${actor.personId}, ${call.name}, ${hash}, ${JSON.stringify(output)}, ${run.now})`.execute(tx)
        }
        for (const work of run.last) await work(tx)
        after = run
        return run.session === undefined ? { output } : { output, session: run.session }
      })
      if (after) await finish(kernel, call, after)
      return answer
    } catch (error) {
      const code = (error as { code?: string; constraint?: string }).code
      const again = code === '40001' || code === '40P01' || (code === '23505' && (error as { constraint?: string }).constraint === 'request_pkey')
      if (again && attempt < 4) continue
      // What stands in the way may be this very request, done meanwhile by a process that got it at the same time: then its answer is there now.
      if (stored && attempt === 1 && (code === '23505' || (error instanceof Problem && error.status === 409))) continue
      if (begun) for (const work of begun.refusals) await inInstitution(kernel.connection.db, begun.institution.id, 'write', work)
      throw asProblem(kernel, error, call.name)
    }
  }
}

/** After the commit: pings and the handler's own afterwork. A failure here undoes nothing and is reported. */
export async function finish(kernel: Kernel, call: Call, run: Run): Promise<void> {
  const topics = [...run.topics, ...(call.kind === 'read' ? [] : (call.touches ?? []))]
  if (topics.length) kernel.ping(run.institution.id, topics)
  for (const work of run.after) {
    try {
      await work()
    } catch (error) {
      kernel.report(error, call.name)
    }
  }
}

export function asProblem(kernel: Kernel, error: unknown, call: string): Problem {
  if (error instanceof Problem) {
    if (error.status >= 500 && error.status !== 503 && error.status !== 507) kernel.report(error, call)
    return error
  }
  const known = problemOfDatabase(error)
  if (known) return known
  kernel.report(error, call)
  return internal()
}
