/** Filters and choices live in the address, so that what is on the screen can be sent to somebody and come back to. */
import { useCallback } from 'react'
import { useSearchParams } from 'wouter'

/**
 * One word of the address. The fallback is not written; a change replaces the entry in the history.
 * @param known where given, anything else counts as the fallback
 */
export function useAddressWord<V extends string>(key: string, fallback: V, known?: readonly V[]): [V, (next: V) => void] {
  const [search, setSearch] = useSearchParams()
  const found = search.get(key) as V | null
  const value = found === null || (known && !known.includes(found)) ? fallback : found
  const set = useCallback(
    (next: V) =>
      setSearch(
        (before) => {
          const after = new URLSearchParams(before)
          if (next === fallback) after.delete(key)
          else after.set(key, next)
          return after
        },
        { replace: true },
      ),
    [key, fallback, setSearch],
  )
  return [value, set]
}

/** A yes or no of the address; absent where it is as usual. */
export function useAddressFlag(key: string, usual = false): [boolean, (next: boolean) => void] {
  const [word, set] = useAddressWord(key, usual ? '1' : '0', ['0', '1'])
  return [word === '1', useCallback((next: boolean) => set(next ? '1' : '0'), [set])]
}
