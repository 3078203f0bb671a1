/** What the reader's device and its settings ask for. */
import { useSyncExternalStore } from 'react'

const hookOf = (query: string) => {
  const media = matchMedia(query)
  const listen = (listener: () => void) => {
    media.addEventListener('change', listener)
    return () => media.removeEventListener('change', listener)
  }
  return () => useSyncExternalStore(listen, () => media.matches)
}

/** Whether the page is held in a hand: one column, and what can be done at once. */
export const useNarrow = hookOf('(max-width: 700px)')
/** Whether the reader wants nothing to move (WCAG 2.2, 2.3.3). */
export const useStill = hookOf('(prefers-reduced-motion: reduce)')
