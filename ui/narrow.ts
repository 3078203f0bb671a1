/** Whether the page is held in a hand: one column, and what can be done at once. */
import { useSyncExternalStore } from 'react'

const media = matchMedia('(max-width: 700px)')

export function useNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      media.addEventListener('change', listener)
      return () => media.removeEventListener('change', listener)
    },
    () => media.matches,
  )
}
