/** How pages read and write: one client, a cache that live pings freshen, writes that happen exactly once. */
import { QueryClient, keepPreviousData, onlineManager, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { TSchema } from 'typebox'
import { CallProblem, httpClient, type CallOptions, type Client } from '#kernel/client.ts'
import type { Call, Input, Output } from '#kernel/contract.ts'
import { newId } from '#kernel/ids.ts'
import { keep, recall } from './kept.ts'
import { language } from './words.ts'

const institutionKey = 'bulwark.institution'

/** The institution whose code the browser was last told (before signing in there is no session that knows it). */
export function institutionCode(): string | undefined {
  return new URLSearchParams(globalThis.location?.search).get('institution') ?? recall(institutionKey) ?? undefined
}

export const rememberInstitution = (code: string): void => keep(institutionKey, code)

/** Same origin; the session is a cookie. Nothing that a page asks for takes two minutes. */
const http = httpClient({ origin: '', language, patience: 120_000 })
const hearers = new Set<(call: string) => void>()
export const client: Client = {
  async call(declaration, input, options) {
    try {
      return await http.call(declaration, input, options)
    } catch (error) {
      if (error instanceof CallProblem && error.code === 'signed-out') for (const hear of hearers) hear(declaration.name)
      throw error
    }
  },
}

/** Tells of every call that was refused because nobody is signed in any more. Answers how to stop. */
export function onSignedOut(hear: (call: string) => void): () => void {
  hearers.add(hear)
  return () => hearers.delete(hear)
}

/** Whether asking again can help: no answer, too many, or a fault on the other side. */
export function canRetry(problem: unknown): boolean {
  if (!(problem instanceof CallProblem)) return false
  return problem.status === 0 || problem.status === 408 || problem.status === 429 || problem.status >= 500
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      gcTime: 10 * 60_000,
      // Without a network nothing is gained by trying again: what is remembered says its age at once.
      retry: (failures, problem) => failures < 2 && canRetry(problem) && globalThis.navigator?.onLine !== false,
      retryDelay: (attempt, problem) => {
        const asked = problem instanceof CallProblem && problem.retryAfter ? problem.retryAfter * 1000 : 0
        return Math.max(asked, 400 * 2 ** attempt) + Math.random() * 400
      },
      networkMode: 'always',
      refetchOnReconnect: true,
    },
  },
})

// It believes in a network until it is told otherwise: a page that was opened without one would not notice that it came.
if (globalThis.navigator?.onLine === false) onlineManager.setOnline(false)

export interface ReadOptions {
  /** Topics of live pings after which the answer is fetched again. */
  topics?: readonly string[]
  enabled?: boolean
  refetchMs?: number
  /** Keep showing the last answer while another input is loading (lists with filters). Default true. */
  keep?: boolean
}

export interface Read<O> {
  data: O | undefined
  problem: CallProblem | null
  /** First load, nothing to show yet. */
  loading: boolean
  /** Anything under way, also in the background. */
  fetching: boolean
  /** When the shown answer was asked for (ms since 1970), 0 if none: whatever was done later may not be in it. */
  at: number
  retry: () => void
}

export type AnyCall = Call<TSchema, TSchema>

/** The cache key of a call with an input. */
export const keyOf = (name: string, input: unknown) => ['call', name, input] as const

interface Answered<O> {
  answer: O
  asked: number
}

const queryOf = <C extends AnyCall>(call: C, input: Input<C>, options: ReadOptions) => ({
  queryKey: keyOf(call.name, input),
  queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Answered<Output<C>>> => {
    const asked = Date.now()
    return { answer: (await client.call(call, input as never, { signal })) as Output<C>, asked }
  },
  enabled: options.enabled ?? true,
  refetchInterval: options.refetchMs ?? (false as const),
  meta: { topics: options.topics ?? call.touches ?? [] },
})

/** Reads a call. The answer is shared by everyone who asks the same, and freshened by live pings on its topics. */
export function useRead<C extends AnyCall>(call: C, input: Input<C>, options: ReadOptions = {}): Read<Output<C>> {
  const query = useQuery({ ...queryOf(call, input, options), ...(options.keep === false ? {} : { placeholderData: keepPreviousData }) })
  const { refetch } = query
  return {
    data: query.data?.answer,
    problem: query.error ? asProblem(query.error) : null,
    loading: query.isPending && query.fetchStatus !== 'idle',
    fetching: query.isFetching,
    at: query.isPlaceholderData ? 0 : (query.data?.asked ?? 0),
    retry: useCallback(() => void refetch(), [refetch]),
  }
}

/** Asks before the page that reads it is there. */
export const readAhead = <C extends AnyCall>(call: C, input: Input<C>): void => void queryClient.prefetchQuery(queryOf(call, input, {}))

/** One call with several inputs. No data until all have answered: half of a sum is no sum. */
export function useReads<C extends AnyCall>(call: C, inputs: readonly Input<C>[], options: ReadOptions = {}): { data: Output<C>[] | undefined; problem: CallProblem | null } {
  const queries = useQueries({ queries: inputs.map((input) => queryOf(call, input, options)) })
  const answers = queries.flatMap((one) => (one.data === undefined ? [] : [one.data.answer]))
  const failed = queries.find((one) => one.error)
  return { data: answers.length === inputs.length ? answers : undefined, problem: failed ? asProblem(failed.error) : null }
}

/** Changes the remembered answer at once; an answer under way would undo it and is broken off. */
export async function amendAnswer<C extends AnyCall>(call: C, input: Input<C>, change: (answer: Output<C>) => Output<C>): Promise<void> {
  const queryKey = keyOf(call.name, input)
  await queryClient.cancelQueries({ queryKey })
  queryClient.setQueryData<Answered<Output<C>>>(queryKey, (before) => before && { ...before, answer: change(before.answer) })
}

export function asProblem(error: unknown): CallProblem {
  return error instanceof CallProblem ? error : new CallProblem(-1, 'unexpected', error instanceof Error ? error.message : String(error))
}

export interface WriteOptions<C> {
  onDone?: (answer: Output<C>, input: Input<C>) => void
  /** Besides the call's own `touches`. */
  topics?: readonly string[]
}

export interface Write<C> {
  /** Resolves to the answer, or to undefined where `problem` now says why not. Never throws. */
  run: (input: Input<C>, options?: Pick<CallOptions, 'file'>) => Promise<Output<C> | undefined>
  busy: boolean
  problem: CallProblem | null
  result: Output<C> | undefined
  reset: () => void
}

/**
 * The request id of one form. The same id goes with every retry, so that a repeated press is one act. It is renewed after
 * success, and after a definite refusal followed by a changed input (nothing was done under the old id). Where the outcome
 * is unknown (no answer), the id stays even if the input changed: the server then says that the first version was kept.
 */
export class RequestIds {
  id = newId()
  private body = ''
  private refused = false
  next(input: unknown): string {
    const body = JSON.stringify(input)
    if (this.refused && body !== this.body) this.renew()
    this.body = body
    this.refused = false
    return this.id
  }
  renew(): void {
    this.id = newId()
    this.refused = false
  }
  failed(problem: CallProblem): void {
    this.refused = problem.status >= 400 && problem.status < 500 && problem.status !== 408 && problem.status !== 429
  }
}

/** Writes a call exactly once per intention. */
export function useWrite<C extends AnyCall>(call: C, options: WriteOptions<C> = {}): Write<C> {
  const ids = useRef<RequestIds>(null)
  ids.current ??= new RequestIds()
  const latest = useRef(options)
  useLayoutEffect(() => {
    latest.current = options
  })
  const running = useRef<Promise<Output<C> | undefined> | null>(null)
  const cache = useQueryClient()
  const [state, setState] = useState<{ busy: boolean; problem: CallProblem | null; result: Output<C> | undefined }>({ busy: false, problem: null, result: undefined })

  const run = useCallback(
    (input: Input<C>, more: Pick<CallOptions, 'file'> = {}) => {
      // A second press while the first is under way is the same act.
      if (running.current) return running.current
      const work = async () => {
        const own = ids.current as RequestIds
        setState((before) => ({ ...before, busy: true, problem: null }))
        const requestId = own.next(input)
        for (let attempt = 0; ; attempt++) {
          try {
            const answer = (await client.call(call, input as never, { ...more, requestId })) as Output<C>
            own.renew()
            setState({ busy: false, problem: null, result: answer })
            void refreshTopics(cache, [...(call.touches ?? []), ...(latest.current.topics ?? [])])
            latest.current.onDone?.(answer, input)
            return answer
          } catch (error) {
            const problem = asProblem(error)
            if (attempt === 0 && problem.status === 503) {
              await new Promise((wake) => setTimeout(wake, Math.min((problem.retryAfter ?? 1) * 1000, 3000) + Math.random() * 300))
              continue
            }
            own.failed(problem)
            setState({ busy: false, problem, result: undefined })
            return undefined
          }
        }
      }
      running.current = work().finally(() => {
        running.current = null
      })
      return running.current
    },
    [call, cache],
  )
  const reset = useCallback(() => setState({ busy: false, problem: null, result: undefined }), [])
  return useMemo(() => ({ run, reset, ...state }), [run, reset, state])
}

/** Answers under way that a ping has overtaken: fetched once more when they have come. */
const overtaken = new Set<string>()

/**
 * Fetches again whatever is shown and depends on one of the topics. What is under way is not broken off: with a ping every
 * moment (a whole campus answering) no answer would ever arrive. It is fetched once more after it has come.
 */
export async function refreshTopics(cache: QueryClient, topics: readonly string[]): Promise<void> {
  if (topics.length === 0) return
  const wanted = new Set(topics)
  // The server itself missed something and cannot say what.
  if (wanted.has('*')) return cache.invalidateQueries()
  const concerned = cache.getQueryCache().findAll({ predicate: (query) => ((query.meta?.['topics'] as readonly string[] | undefined) ?? []).some((topic) => wanted.has(topic)) })
  await Promise.all(
    concerned.map(async (query) => {
      if (query.state.fetchStatus === 'fetching' && query.promise) {
        if (overtaken.has(query.queryHash)) return
        overtaken.add(query.queryHash)
        await query.promise.catch(() => undefined)
        overtaken.delete(query.queryHash)
      }
      await cache.invalidateQueries({ queryKey: query.queryKey, exact: true })
    }),
  )
}

/** Tries a call a few times while asking again can help. The request id stays: done twice is done once. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (tries >= 5 || !canRetry(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** tries))
    }
  }
}
