/** Whether the page is held in a hand: one column, and what can be done at once. */
import { useSyncExternalStore } from 'react'

const medias = new Map<number, MediaQueryList>()

/** @param most a page that needs more room than others says up to which width it is narrow. */
export function useNarrow(most = 700): boolean {
  const media = medias.get(most) ?? matchMedia(`(max-width: ${most}px)`)
  medias.set(most, media)
  return useSyncExternalStore(
    (listener) => {
      media.addEventListener('change', listener)
      return () => media.removeEventListener('change', listener)
    },
    () => media.matches,
  )
}
