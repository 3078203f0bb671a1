/** Whether the palette or the list of keys is open: asked from the top bar, from keys, from pages. */
import { useSyncExternalStore } from 'react'

export type Overlay = 'palette' | 'keys' | null

let open: Overlay = null
let ahead = ''
const listeners = new Set<() => void>()

export function showOverlay(next: Overlay): void {
  if (open === next) return
  if (next === 'palette') awaitPalette()
  else takeAhead()
  open = next
  for (const listener of listeners) listener()
}

/** What is typed before the palette stands there, the very first time, is not lost. */
function typeAhead(event: KeyboardEvent): void {
  if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return
  event.preventDefault()
  event.stopPropagation()
  ahead += event.key
}
function awaitPalette(): void {
  ahead = ''
  document.addEventListener('keydown', typeAhead, true)
}
/** The palette stands: what was typed ahead of it. */
export function takeAhead(): string {
  document.removeEventListener('keydown', typeAhead, true)
  return ahead
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
