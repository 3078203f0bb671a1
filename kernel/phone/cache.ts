/** The last answers of the calls that a phone must show without a network, for the person who asked, with the time they came. */
import { openPhone } from './store.ts'

// Open pages share it through localStorage, which a killed browser may lose: Chromium writes it seconds later. The copy among the kept answers is durable.
const lastPersonKey = 'bulwark.person'
const ofDevice = { person: '', call: 'device', input: '{}' }
const keepFor = 14 * 86_400_000

export interface Kept<A> {
  answer: A
  at: number
}

/** Whoever was signed in on this phone last; null after signing out. */
export function lastPerson(): string | null {
  try {
    return localStorage.getItem(lastPersonKey)
  } catch {
    return null
  }
}

/** `lastPerson` as the phone durably knows it. Once, before a page draws. */
export async function recallPerson(): Promise<string | null> {
  try {
    const found = await (await openPhone()).get('kept', [ofDevice.person, ofDevice.call, ofDevice.input])
    if (found) localStorage.setItem(lastPersonKey, found.answer as string)
  } catch {
    // Then what localStorage says is all we know.
  }
  return lastPerson()
}

/** Notes who is signed in. Another person than before: nothing kept of the one before remains. */
export async function becomePerson(person: string): Promise<void> {
  const before = lastPerson()
  try {
    localStorage.setItem(lastPersonKey, person)
    const transaction = (await openPhone()).transaction('kept', 'readwrite', { durability: 'strict' })
    await transaction.store.put({ ...ofDevice, answer: person, at: Date.now() })
    await transaction.done
  } catch {
    // Then nothing opens offline; nothing is lost.
  }
  if (before !== null && before !== person) await forget(before)
}

/** Keeps an answer. Failing to keep is no failure of the page. */
export async function keep(person: string, call: string, input: unknown, answer: unknown, at = Date.now()): Promise<void> {
  try {
    const database = await openPhone()
    await database.put('kept', { person, call, input: inputKey(input), answer, at })
    const old = await database.getAllKeysFromIndex('kept', 'at', IDBKeyRange.upperBound(at - keepFor))
    for (const key of old) await database.delete('kept', key)
  } catch {
    // A full or forbidden storage.
  }
}

/** The kept answer, if there is one. */
export async function findKept<A>(person: string, call: string, input: unknown): Promise<Kept<A> | null> {
  try {
    const found = await (await openPhone()).get('kept', [person, call, inputKey(input)])
    return found && Date.now() - found.at < keepFor ? { answer: found.answer as A, at: found.at } : null
  } catch {
    return null
  }
}

/** Wipes what is kept of a person. */
export async function forget(person: string): Promise<void> {
  try {
    const database = await openPhone()
    const transaction = database.transaction('kept', 'readwrite')
    for (const key of await transaction.store.index('person').getAllKeys(person)) await transaction.store.delete(key)
    await transaction.done
  } catch {
    // Nothing could be kept either.
  }
}

/** Signing out: wipes everything kept and forgets who it was. The outbox stays: what was done is still to be sent. */
export async function forgetAll(): Promise<void> {
  try {
    localStorage.removeItem(lastPersonKey)
    await (await openPhone()).clear('kept')
  } catch {
    // As above.
  }
}

/** The same words for the same input, whatever the order of its keys. */
export function inputKey(input: unknown): string {
  return JSON.stringify(input, (_key, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) : value,
  )
}
