/** The focus goes to the head of the screen one comes to, so that it is read aloud. */
import { useArrival } from '../arrival.ts'

/** A screen that has taken the focus itself (a name to call) keeps it. */
function focusHead(): void {
  if (document.activeElement === document.body || document.activeElement?.closest('.p-tabs')) document.querySelector<HTMLElement>('.p-screen-head h1')?.focus({ preventScroll: true })
}

export const useArriving = (): void => useArrival(focusHead)
