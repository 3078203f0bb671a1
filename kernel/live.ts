/** Live updates: after a commit, topic names go to every server process and from there to browsers, which fetch again. */
import pg from 'pg'
import type { Database } from './database.ts'
import { sql } from 'kysely'

const channel = 'bulwark'

export interface Live {
  /** Tells all processes, gathered over a few milliseconds. */
  ping(institutionId: string, topics: string[]): void
  subscribe(institutionId: string, listener: (topics: string[]) => void): () => void
  close(): Promise<void>
}

/** @param onTopics called for every ping of any process, own ones included. */
export async function startLive(url: string, db: Database, onTopics: (institutionId: string, topics: string[]) => void = () => {}): Promise<Live> {
  const listeners = new Map<string, Set<(topics: string[]) => void>>()
  const waiting = new Map<string, Set<string>>()
  let timer: NodeJS.Timeout | null = null
  let client: pg.Client | null = null
  let closed = false

  const deliver = (payload: string) => {
    const [institutionId = '', ...topics] = payload.split(' ')
    onTopics(institutionId, topics)
    for (const listener of listeners.get(institutionId) ?? []) listener(topics)
  }
  const listen = async (): Promise<void> => {
    if (closed) return
    const next = new pg.Client({ connectionString: url, keepAlive: true })
    const again = () => {
      if (client === next) client = null
      setTimeout(() => void listen().catch(() => {}), 500).unref()
    }
    next.on('error', () => {})
    next.on('notification', (message) => deliver(message.payload ?? ''))
    try {
      await next.connect()
      await next.query(`listen ${channel}`)
    } catch {
      await next.end().catch(() => {})
      return again()
    }
    client = next
    next.on('end', again)
    // What happened while nobody listened is unknown: everybody fetches again.
    for (const set of listeners.values()) for (const listener of set) listener(['*'])
  }
  await listen()

  const flush = async () => {
    timer = null
    const payloads = [...waiting].map(([institutionId, topics]) => [institutionId, ...topics].join(' ').slice(0, 7900))
    waiting.clear()
    try {
      await sql`select pg_notify(${channel}, payload) from unnest(${payloads}::text[]) as t(payload)`.execute(db)
    } catch {
      for (const payload of payloads) deliver(payload) // the database is away: at least the browsers of this process hear
    }
  }

  return {
    ping(institutionId, topics) {
      const set = waiting.get(institutionId) ?? new Set<string>()
      for (const topic of topics) set.add(topic)
      waiting.set(institutionId, set)
      timer ??= setTimeout(() => void flush(), 50)
    },
    subscribe(institutionId, listener) {
      const set = listeners.get(institutionId) ?? new Set()
      set.add(listener)
      listeners.set(institutionId, set)
      return () => set.delete(listener)
    },
    async close() {
      closed = true
      if (timer) clearTimeout(timer)
      client?.removeAllListeners('end')
      await client?.end().catch(() => {})
    },
  }
}
