/** What this browser remembers between visits. A storage that is full or forbidden costs only the memory: nothing here throws. */
import { useState } from 'react'

export function recall(key: string): string | null {
  try {
    return globalThis.localStorage?.getItem(key) ?? null
  } catch {
    return null
  }
}

/** null: forgets it. */
export function keep(key: string, value: string | null): void {
  try {
    if (value === null) globalThis.localStorage?.removeItem(key)
    else globalThis.localStorage?.setItem(key, value)
  } catch {
    // Then it is only so as long as the page lives.
  }
}

/** Something that is on until it is turned off here; that is remembered under the key. */
export function useOnUnless(key: string): [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(() => recall(key) === null)
  return [on, (next) => {
    setOn(next)
    keep(key, next ? null : '1')
  }]
}
