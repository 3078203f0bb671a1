/** How a slice implements its calls and jobs: one function each, inside a transaction that the kernel holds. */
import type { Static, TSchema } from 'typebox'
import type { Call } from './contract.ts'
import type { Tx } from './database.ts'
import type { Language } from './words.ts'

export interface Institution {
  id: string
  code: string
  name: string
  vocabulary: string
  timeZone: string
  /** What it usually speaks; null or absent where nobody has said. */
  language?: Language | null
  drill: boolean
  clockOffsetMs: number
}

/** Who acts. An operator is whoever has the shell of the server; the system is a job. */
export interface Actor {
  kind: 'person' | 'operator' | 'system' | 'anonymous'
  personId: string | null
  /** For people: the session, so that signing out can end it. */
  sessionId: string | null
}

export interface UploadedFile {
  name: string
  bytes: Uint8Array
}

export interface JobRequest {
  kind: string
  payload?: Record<string, unknown>
  /** In the institution's time; now where absent. */
  at?: Date
  /** A waiting job of the same kind and key is kept and this one dropped. */
  key?: string
}

export interface Context {
  readonly tx: Tx
  readonly institution: Institution
  readonly actor: Actor
  /** The institution's clock at the start of the request. */
  readonly now: Date
  readonly language: Language
  readonly requestId: string | null
  readonly file: UploadedFile | null
  /** The units over whose subtrees the actor holds the needed permission; null: the whole institution. Filled for calls about a scope. */
  readonly scope: readonly string[] | null
  /** What the log row of this call tells beyond its name. Never personal content. */
  log(entry: { subjectKind?: string; subjectId?: string; detail?: Record<string, unknown> }): void
  enqueue(job: JobRequest): void
  ping(...topics: string[]): void
  /** Names the persons whose data the answer shows. */
  looked(personIds: string[], purpose?: string): void
  /** Runs after the commit, in the server process; for what must not happen if the transaction fails (sending a cookie, an e-mail). */
  afterCommit(work: () => void | Promise<void>): void
  /** Runs last in the transaction, after log and jobs are written. */
  atTheEnd(work: (tx: Tx) => Promise<void>): void
  /** Work that must stand even though this call is refused (counting wrong passwords); runs in a transaction of its own. */
  onRefusal(work: (tx: Tx) => Promise<void>): void
  /** Only for public calls, which start outside any institution: steps into one. */
  enter(institutionId: string): Promise<void>
  /** Sets or clears the session cookie of the answer. */
  setSession(token: string | null): void
}

export interface Implemented {
  call: Call
  run: (context: Context, input: never) => Promise<unknown>
  runBatch?: (context: Context, items: { actor: Actor; input: never }[]) => Promise<unknown[]>
}

export function implement<I extends TSchema, O extends TSchema>(call: Call<I, O>, run: (context: Context, input: Static<I>) => Promise<Static<O>>): Implemented {
  return { call: call as unknown as Call, run: run as Implemented['run'] }
}

/** Implements a call whose flushes share a transaction; the function answers for each item, in order. A Problem in an item's place refuses that item alone. */
export function implementBatch<I extends TSchema, O extends TSchema>(
  call: Call<I, O>,
  runBatch: (context: Context, items: { actor: Actor; input: Static<I> }[]) => Promise<(Static<O> | Error)[]>,
): Implemented {
  return {
    call: call as unknown as Call,
    run: async (context, input) => {
      const [answer] = await runBatch(context, [{ actor: context.actor, input }])
      if (answer instanceof Error) throw answer
      return answer
    },
    runBatch: runBatch as NonNullable<Implemented['runBatch']>,
  }
}

export interface JobHandler {
  kind: string
  run: (context: Context, payload: never) => Promise<void>
  /** Set where the work lies outside the database; then it is the only handler of its kind. */
  outside?: OutsideParts<never, never, never>
}

/**
 * Work with strangers (mail servers, push services), which may take long: prepared in one transaction, done in none, recorded in another, beside the other jobs. If the process dies
 * in between, the job comes again after its lease: what it does must bear being done twice.
 */
export interface OutsideParts<P extends Record<string, unknown>, W, R> {
  /** What there is to do; null: nothing. */
  prepare(context: Context, payload: P): Promise<W | null>
  work(work: W): Promise<R>
  record(context: Context, result: R, payload: P): Promise<void>
}

export function job<P extends Record<string, unknown>>(kind: string, run: (context: Context, payload: P) => Promise<void>): JobHandler {
  return { kind, run: run as JobHandler['run'] }
}

export function outsideJob<P extends Record<string, unknown>, W, R>(kind: string, parts: OutsideParts<P, W, R>): JobHandler {
  return { kind, run: () => Promise.reject(new Error(`${kind} runs outside a transaction`)), outside: parts as unknown as NonNullable<JobHandler['outside']> }
}

/** A thing, resolved to what permissions hang on. */
export interface Ground {
  /** Units whose holders (or whose ancestors' holders) may act. */
  unitIds: string[]
  /** Persons the thing belongs to: they may act with `self` permissions, and through the units they belong to. */
  personIds: string[]
}

/** What the kernel asks of the slice that knows people and offices. */
export interface Gatekeeper {
  /** May anybody do this to themselves? */
  selfMay(permission: string): boolean
  /** The actors behind session tokens, by the digests of these, in order; null where there is none. */
  identify(tx: Tx, digests: string[], now: Date): Promise<(Actor | null)[]>
  /** For each question, in order: may the actor do this to all of these grounds (or to the whole institution)? */
  may(tx: Tx, permission: string, questions: { actor: Actor; grounds: Ground[] | 'institution' }[], now: Date): Promise<boolean[]>
  /** The units over whose subtrees the actor holds the permission; null: the whole institution. */
  scope(tx: Tx, actor: Actor, permission: string, now: Date): Promise<string[] | null>
}

/** Resolves ids of one kind of thing to grounds, in order; undefined where a thing does not exist. */
export interface ThingResolver {
  kind: string
  resolve: (tx: Tx, ids: string[]) => Promise<(Ground | undefined)[]>
}

/** Everything that the slices bring, assembled by an entry program. */
export interface Assembly {
  calls: Implemented[]
  jobs: JobHandler[]
  things: ThingResolver[]
  gatekeeper: Gatekeeper
}
