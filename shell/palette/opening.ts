/** Whether the palette or the list of keys is open: asked from the top bar, from keys, from pages. */
import { useSyncExternalStore } from 'react'

export type Overlay = 'palette' | 'keys' | null

let open: Overlay = null
const listeners = new Set<() => void>()

export function showOverlay(next: Overlay): void {
  if (open === next) return
  open = next
  for (const listener of listeners) listener()
}

export function useOverlay(): Overlay {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => open,
  )
}
