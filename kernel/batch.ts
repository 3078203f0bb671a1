/**
 * Group commit for calls of kind `batch`: what arrives while one commit is under way goes together into the next.
 * Driven by the previous commit's return, not by a timer. Each caller gets its answer only after its own commit.
 * In a crowd a second flush is put together and begun while the database works on the first.
 */
import { sql } from 'kysely'
import { inInstitution, prepared, together } from './database.ts'
import { anonymous, asProblem, authoriseEach, checkRequestId, digestOf, finish, identify, institutionOfToken, Run, system, type Answer, type Kernel, type Request } from './handle.ts'
import { busy } from './problems.ts'
import { checkOutput, parse, type Entry } from './registry.ts'
import type { Actor, Institution } from './server.ts'

const mostInFlush = 400
const mostWaiting = 4000
/** From so many waiting on, a second flush goes beside the first. */
const crowd = 64
/** How long to wait for those just answered: a share of what their flush took, in milliseconds at most. */
const patience = { share: 0.2, most: 3 }

/** One line for the acts of a flush by actors of one kind. */
const logTogether = prepared<never, { institutionId: string; now: Date; kind: string; call: string; count: number; actors: string; requests: string }>(
  (slot) => sql`insert into kernel.log (institution_id, at, actor_kind, call, detail, actor_ids, request_ids)
    values (${slot('institutionId')}, ${slot('now')}, ${slot('kind')}, ${slot('call')}, jsonb_build_object('count', ${slot('count')}::int), ${slot('actors')}::uuid[], ${slot('requests')}::uuid[])`,
)
const uuids = (ids: (string | null | undefined)[]) => `{${ids.map((id) => id ?? 'null').join(',')}}`

interface Waiting {
  /** Absent: a session token not seen lately, looked up with the others of its flush. */
  actor: Actor | undefined
  token: string | undefined
  input: unknown
  request: Request
  resolve: (answer: Answer) => void
  reject: (error: unknown) => void
}

interface Lane {
  entry: Entry
  institution: Institution
  waiting: Waiting[]
  /** How many are under way. */
  flushes: number
  /** After a flush: how many waited or were answered, and until when (by performance.now()) it is worth waiting for as many again. */
  expected: { many: number; until: number }
  /** Told of everybody who comes while a flush is being put together. */
  came?: (() => void) | undefined
}

/**
 * How many wait, once those who come together are there. Who was just answered often has the next thing to say: without a moment's patience the same connections would take
 * turns in two half flushes. (PostgreSQL's commit_delay is for the same.)
 */
async function gathered(lane: Lane): Promise<number> {
  await new Promise(setImmediate) // what has already arrived on other connections
  const enough = Math.min(mostInFlush, lane.expected.many)
  const left = lane.expected.until - performance.now()
  if (lane.waiting.length && lane.waiting.length < enough && left > 0) {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, left)
      lane.came = () => {
        if (lane.waiting.length < enough) return
        clearTimeout(timer)
        resolve()
      }
    })
    lane.came = undefined
  }
  return lane.waiting.length
}

export class Batcher {
  #lanes = new Map<string, Lane>()
  #kernel: Kernel
  constructor(kernel: Kernel) {
    this.#kernel = kernel
  }

  async handle(entry: Entry, request: Request): Promise<Answer> {
    const input = parse(entry, request.input)
    checkRequestId(entry.call, request) // one malformed id would break the flush of everybody
    const { actor, institution, token } = await this.#whoIs(request)
    const key = `${institution.id} ${entry.call.name}`
    let lane = this.#lanes.get(key)
    if (!lane) this.#lanes.set(key, (lane = { entry, institution, waiting: [], flushes: 0, expected: { many: 0, until: 0 } }))
    lane.institution = institution
    if (lane.waiting.length >= mostWaiting) throw busy()
    const { waiting } = lane
    const answer = new Promise<Answer>((resolve, reject) => waiting.push({ actor, token, input, request, resolve, reject }))
    lane.came?.()
    if (lane.flushes === 0 || (lane.flushes === 1 && waiting.length >= crowd)) void this.#flush(lane)
    return answer
  }

  async #whoIs(request: Request): Promise<{ actor: Actor | undefined; institution: Institution; token: string | undefined }> {
    const kernel = this.#kernel
    const token = 'token' in request.who ? request.who.token : undefined
    if (token && !kernel.sessions.find(token)) {
      const institution = await institutionOfToken(kernel, token)
      if (institution) return { actor: undefined, institution, token }
    }
    return { ...(await identify(kernel, request.who)), token: undefined }
  }

  async #flush(lane: Lane): Promise<void> {
    lane.flushes++
    while (await gathered(lane)) {
      const begun = performance.now()
      const items = lane.waiting.splice(0, mostInFlush)
      try {
        await this.#commit(lane, items)
      } catch (error) {
        // Something in the flush broke it: each item stands or falls alone.
        if (items.length === 1) items[0]?.reject(asProblem(this.#kernel, error, lane.entry.call.name))
        else for (const item of items) await this.#commit(lane, [item]).catch((alone) => item.reject(asProblem(this.#kernel, alone, lane.entry.call.name)))
      }
      const now = performance.now()
      lane.expected = { many: lane.waiting.length + items.length, until: now + Math.min(patience.most, (now - begun) * patience.share) }
    }
    lane.flushes--
  }

  /** Looks up the sessions of a flush that are not known yet, all in one question. */
  async #meet(run: Run, items: Waiting[]): Promise<void> {
    const kernel = this.#kernel
    const strangers = items.filter((item) => item.actor === undefined && item.token !== undefined)
    if (!strangers.length) return
    const actors = await kernel.assembly.gatekeeper.identify(run.tx, strangers.map((item) => digestOf(item.token ?? '')), run.now)
    strangers.forEach((item, index) => {
      const actor = actors[index]
      if (actor) kernel.sessions.keep(item.token ?? '', actor, run.institution)
      item.actor = actor ?? anonymous
    })
  }

  async #commit(lane: Lane, items: Waiting[]): Promise<void> {
    const { entry, institution } = lane
    const kernel = this.#kernel
    const answers = await inInstitution(kernel.connection.db, institution.id, 'write', async (tx) => {
      const run = new Run(tx, institution, system, kernel.clock, { language: 'zh-Hans' })
      await this.#meet(run, items)
      const verdicts = await authoriseEach(kernel, tx, entry.call, items.map(({ actor, input }) => ({ actor: actor ?? anonymous, input })), run.now)
      const allowed = items.filter((_, index) => verdicts[index] === null)
      const outputs = allowed.length && entry.runBatch ? await entry.runBatch(run, allowed.map(({ actor, input }) => ({ actor: actor ?? anonymous, input: input as never }))) : []
      const done = allowed.filter((_, index) => !(outputs[index] instanceof Error))
      await together([...Map.groupBy(done, (item) => item.actor?.kind ?? 'anonymous')].map(([kind, acts]) =>
        logTogether(tx, { institutionId: institution.id, now: run.now, kind, call: entry.call.name, count: acts.length, actors: uuids(acts.map((item) => item.actor?.personId)), requests: uuids(acts.map((item) => item.request.requestId)) }),
      ))
      await run.settle({ ...entry.call, kind: 'read' })
      let next = 0
      return { run, verdicts: items.map((_, index) => verdicts[index] ?? outputs[next++]) }
    })
    await finish(kernel, entry.call, answers.run)
    answers.verdicts.forEach((verdict, index) => {
      const item = items[index] as Waiting
      if (verdict instanceof Error) return item.reject(asProblem(kernel, verdict, entry.call.name))
      try {
        checkOutput(entry, verdict)
        item.resolve({ output: verdict })
      } catch (error) {
        item.reject(asProblem(kernel, error, entry.call.name))
      }
    })
  }
}
