/** The phone's own database: what waits to be sent, and the last answers. Changes to it only ever add, so that an old page and a new one can share it. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { OutboxItem } from './outbox.ts'

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
