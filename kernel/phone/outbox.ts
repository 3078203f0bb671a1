/**
 * What a person did on the phone, kept until the server has it. An item is durable before `enqueue` returns; it is sent in order with its
 * own id as the request id, so that sending twice is doing once; it leaves only when the server has acknowledged it, or when the person
 * throws a refused one away.
 */
import { CallProblem } from '../client.ts'
import { newId } from '../ids.ts'
import { rightMoments, type ClockAssumed } from './moments.ts'
import { openPhone, type OutboxItem } from './store.ts'

/** Where items live. The real one is IndexedDB. */
export interface OutboxStore {
  all(): Promise<OutboxItem[]>
  /** Durable when it resolves. Answers the item already there under the same id, if any. */
  add(item: OutboxItem): Promise<OutboxItem>
  put(item: OutboxItem): Promise<void>
  remove(item: OutboxItem): Promise<void>
}

export interface OutboxSettings {
  store: OutboxStore
  /** Sends one item; throws a CallProblem. */
  send: (item: OutboxItem) => Promise<unknown>
  /** Whose phone this is as far as it knows: new items are theirs. */
  person: () => string | null
  /** Asks the server who is signed in, just before sending: what one person did never goes out under another's name. Throws a CallProblem. */
  confirm?: () => Promise<string | null>
  /** What is thought of the phone's clock now. */
  assumed?: () => ClockAssumed
  /** How far the server's clock is ahead of the phone's (ms), as `confirm` just measured; null where it is not known. */
  apart?: () => number | null
  onSent?: (item: OutboxItem, answer: unknown) => void
  now?: () => number
  random?: () => number
  /** Runs later; returns how to cancel. */
  later?: (run: () => void, milliseconds: number) => () => void
  /** Lets only one page of this browser send at a time. Answers false where another does. */
  alone?: (work: () => Promise<void>) => Promise<boolean>
}

export interface NewItem {
  id?: string
  call: string
  input: unknown
  file?: { name: string; bytes: Uint8Array }
  label: string
  topics?: readonly string[]
}

export interface Outbox {
  enqueue(item: NewItem): Promise<OutboxItem>
  /** All items of the signed-in person, in order; sent ones stay for a day as a receipt. */
  items(): readonly OutboxItem[]
  subscribe(listener: () => void): () => void
  /** Sends now what may be sent. */
  flush(): Promise<void>
  /** Sends a refused one again, as it was done. */
  retry(id: string): Promise<void>
  /** Throws a refused one away: only the person does that. */
  discard(id: string): Promise<void>
  /** Reads the store anew (another page changed it, another person signed in). */
  reload(): Promise<void>
  stop(): void
}

const day = 86_400_000

/** What an answer to a sent item means. Only a definite refusal in our server's own words ends the trying. */
export function outcomeOf(error: unknown): 'refused' | 'signed-out' | 'later' {
  if (!(error instanceof CallProblem)) return 'later'
  if (error.status === 401) return 'signed-out'
  // A hotel's log-in page or a proxy also answers 403 or 200: not our words, so nothing is decided.
  if (error.code === 'unreadable-answer') return 'later'
  if (error.status >= 400 && error.status < 500 && error.status !== 408 && error.status !== 425 && error.status !== 429) return 'refused'
  return 'later'
}

/** The pause before trying again: doubling from two seconds to five minutes, anywhere between half and the whole, so that phones do not come back together. */
export function pauseBefore(attempts: number, random: () => number): number {
  const most = Math.min(300_000, 2000 * 2 ** Math.max(0, attempts - 1))
  return most * (0.5 + random() / 2)
}

export async function startOutbox(settings: OutboxSettings): Promise<Outbox> {
  const { store, now = Date.now, random = Math.random } = settings
  const later = settings.later ?? ((run, milliseconds) => {
    const timer = setTimeout(run, milliseconds)
    return () => clearTimeout(timer)
  })
  const alone = settings.alone ?? (async (work) => {
    await work()
    return true
  })
  const listeners = new Set<() => void>()
  let all: OutboxItem[] = []
  let mine: readonly OutboxItem[] = []
  let cancel: (() => void) | null = null
  let running: Promise<void> | null = null
  let stopped = false

  const show = (items: OutboxItem[]) => {
    all = items
    const person = settings.person()
    mine = all.filter((item) => item.person === person)
    for (const listener of listeners) listener()
  }
  const reload = async () => show((await store.all()).toSorted((a, b) => (a.order ?? 0) - (b.order ?? 0)))

  /** Puts the item's moments right by the server's clock, durably and before it goes out: sent again, it is the same. */
  const settle = async (item: OutboxItem): Promise<OutboxItem> => {
    const apart = settings.apart?.() ?? null
    if (item.settled || apart === null) return item
    const { input, shift } = rightMoments(item.input, item.assumed, apart, now())
    Object.assign(item, { input, settled: true, ...(shift ? { shift } : {}) })
    await store.put({ ...item })
    return item
  }

  const sendAll = async () => {
    // Another page may have added or sent since: the store is the truth.
    await reload()
    for (const item of all.filter((one) => one.state === 'sent' && (one.sentAt ?? 0) < now() - day)) await store.remove(item)
    for (;;) {
      const person = settings.person()
      const item = all.find((one) => one.state === 'waiting' && one.person === person)
      if (stopped || person === null || !item) break
      const due = Math.max(item.nextAt, item.holdUntil)
      if (due > now()) {
        schedule(due - now())
        break
      }
      try {
        if (settings.confirm && (await settings.confirm()) !== person) break
        const settled = await settle(item)
        const answer = await settings.send(settled)
        // What was written is with the server now; the receipt keeps no content.
        const { file: _sent, ...receipt } = settled
        await store.put({ ...receipt, state: 'sent', sentAt: now(), input: null })
        await reload()
        settings.onSent?.(settled, answer)
      } catch (error) {
        const outcome = outcomeOf(error)
        const problem = error instanceof CallProblem ? { status: error.status, code: error.code, message: error.message } : { status: -1, code: 'unexpected', message: String(error) }
        if (outcome === 'refused') await store.put({ ...item, state: 'refused', attempts: item.attempts + 1, problem })
        else if (outcome === 'signed-out') await store.put({ ...item, problem })
        else {
          const attempts = item.attempts + 1
          const asked = error instanceof CallProblem && error.retryAfter ? now() + error.retryAfter * 1000 * (1 + random() / 4) : 0
          await store.put({ ...item, attempts, nextAt: now() + pauseBefore(attempts, random), holdUntil: asked, problem })
        }
        await reload()
        if (outcome === 'signed-out') break
      }
    }
  }
  const schedule = (milliseconds: number) => {
    cancel?.()
    if (!stopped) cancel = later(() => void flush(), milliseconds)
  }
  const flush = (): Promise<void> => {
    running ??= alone(sendAll)
      .then((did) => {
        // Another page is sending; look again in case it is closed in the middle.
        if (!did && mine.some((item) => item.state === 'waiting')) schedule(5000)
      })
      .catch(() => schedule(10_000))
      .finally(() => {
        running = null
      })
    return running
  }

  await reload()
  return {
    async enqueue(item) {
      const person = settings.person()
      if (person === null) throw new CallProblem(401, 'signed-out', '请先登录。 Please sign in first.')
      const kept = await store.add({ id: item.id ?? newId(), call: item.call, input: item.input, ...(item.file ? { file: item.file } : {}), label: item.label, person, at: now(), state: 'waiting', attempts: 0, nextAt: 0, holdUntil: 0, topics: item.topics ?? [], ...(settings.assumed ? { assumed: settings.assumed() } : {}) })
      await reload()
      // A flush that is already past its last look would miss it.
      void (running ?? Promise.resolve()).then(flush)
      return kept
    },
    items: () => mine,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async flush() {
      for (const item of mine) if (item.state === 'waiting' && item.nextAt > 0) await store.put({ ...item, nextAt: 0 })
      await flush()
    },
    async retry(id) {
      const item = all.find((one) => one.id === id && one.state === 'refused')
      if (!item) return
      // A definite refusal stored nothing: the moments may be looked at anew.
      const { problem: _refusal, settled: _settled, ...rest } = item
      await store.put({ ...rest, state: 'waiting', nextAt: 0, holdUntil: 0 })
      await reload()
      await flush()
    },
    async discard(id) {
      const item = all.find((one) => one.id === id && one.state !== 'waiting')
      if (item) await store.remove(item)
      await reload()
    },
    async reload() {
      await reload()
      void flush()
    },
    stop() {
      stopped = true
      cancel?.()
    },
  }
}

/** The store in IndexedDB. Every write asks for the disk, not only for the memory of the browser. */
export function phoneOutboxStore(): OutboxStore {
  const strict = { durability: 'strict' } as const
  return {
    all: async () => (await openPhone()).getAll('outbox'),
    async add(item) {
      const transaction = (await openPhone()).transaction('outbox', 'readwrite', strict)
      const present = await transaction.store.index('id').get(item.id)
      if (!present) {
        const { order: _none, ...fresh } = item
        item.order = await transaction.store.add(fresh)
      }
      await transaction.done
      return present ?? item
    },
    async put(item) {
      const transaction = (await openPhone()).transaction('outbox', 'readwrite', strict)
      // Never brings back what was removed meanwhile.
      if (item.order !== undefined && (await transaction.store.get(item.order))) await transaction.store.put(item)
      await transaction.done
    },
    async remove(item) {
      if (item.order !== undefined) await (await openPhone()).delete('outbox', item.order)
    },
  }
}

/** One page of this browser at a time, by a lock that the browser releases when the page dies. */
export async function aloneInBrowser(work: () => Promise<void>): Promise<boolean> {
  if (!('locks' in navigator)) {
    await work()
    return true
  }
  return navigator.locks.request('bulwark-outbox', { ifAvailable: true }, async (lock) => {
    if (!lock) return false
    await work()
    return true
  })
}
