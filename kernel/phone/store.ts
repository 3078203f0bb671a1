/** The phone's own database: what waits to be sent, and the last answers. Changes to it only ever add, so that an old page and a new one can share it. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { ClockAssumed } from './moments.ts'

export interface OutboxItem {
  /** Given by the database: the order of sending. */
  order?: number
  /** The request id. */
  id: string
  call: string
  input: unknown
  /** A photo or a paper that goes with it. */
  file?: { name: string; bytes: Uint8Array }
  /** What the person sees: 今日情况, 求助. */
  label: string
  /** Who did it: it is sent only under the same sign-in. */
  person: string
  /** When it was done (ms since 1970). */
  at: number
  state: 'waiting' | 'refused' | 'sent'
  attempts: number
  /** Not before this moment (ms), by our own back-off. */
  nextAt: number
  /** Not before this moment, because the server said so. */
  holdUntil: number
  /** Live topics to freshen afterwards. */
  topics: readonly string[]
  /** The server's words of a refusal, or why it is still waiting. */
  problem?: { status: number; code: string; message: string }
  sentAt?: number
  /** What the phone thought of its clock when it was done. */
  assumed?: ClockAssumed
  /** Its moments were compared with the server's clock; from then on it is sent unchanged. */
  settled?: boolean
  /** By how much (ms) they were put right. */
  shift?: number
}

export interface KeptAnswer {
  person: string
  call: string
  input: string
  answer: unknown
  /** When the server gave it (ms since 1970). */
  at: number
}

export interface PhoneSchema extends DBSchema {
  outbox: { key: number; value: OutboxItem; indexes: { id: string } }
  kept: { key: [string, string, string]; value: KeptAnswer; indexes: { person: string; at: number } }
}

export type PhoneDatabase = IDBPDatabase<PhoneSchema>

let opened: Promise<PhoneDatabase> | null = null

/** Opens it once a page. Where the browser forbids storage, it rejects and the next call tries again. */
export function openPhone(name = 'bulwark-phone'): Promise<PhoneDatabase> {
  opened ??= openDB<PhoneSchema>(name, 1, {
    upgrade(database) {
      const outbox = database.createObjectStore('outbox', { keyPath: 'order', autoIncrement: true })
      outbox.createIndex('id', 'id', { unique: true })
      const kept = database.createObjectStore('kept', { keyPath: ['person', 'call', 'input'] })
      kept.createIndex('person', 'person')
      kept.createIndex('at', 'at')
    },
    // A newer page wants to change the form of the database: give way, open again when next asked.
    blocking(_current, _next, event) {
      ;(event.target as IDBDatabase).close()
      opened = null
    },
    terminated() {
      opened = null
    },
  }).catch((error: unknown) => {
    opened = null
    throw error
  })
  return opened
}
