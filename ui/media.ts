/** What the screen and its reader are like, and when that changes. */
import { useSyncExternalStore } from 'react'

const medias = new Map<string, MediaQueryList>()

/** Whether a media query matches. */
export function useMedia(query: string): boolean {
  const media = medias.get(query) ?? matchMedia(query)
  medias.set(query, media)
  return useSyncExternalStore(
    (listener) => {
      media.addEventListener('change', listener)
      return () => media.removeEventListener('change', listener)
    },
    () => media.matches,
  )
}

/** Whether the page is held in a hand: one column, and what can be done at once. @param most a page that needs more room than others says up to which width it is narrow. */
export const useNarrow = (most = 700): boolean => useMedia(`(max-width: ${most}px)`)

/** Whether the reader wants nothing to move. */
export const useStill = (): boolean => useMedia('(prefers-reduced-motion: reduce)')
