/** The focus goes to the head of the screen one comes to, so that it is read aloud. */
import { useArrival } from '../arrival.ts'

/** On a slow line the screen comes some time after the press: until then there is no head to go to. */
const looks = [0, 400, 1500, 4000]

/** A screen that has taken the focus itself (a name to call) keeps it. */
function focusHead(): void {
  if (document.activeElement === document.body || document.activeElement?.closest('.p-tabs')) document.querySelector<HTMLElement>('.p-screen-head h1')?.focus({ preventScroll: true })
}

function arrived(): void {
  for (const after of looks) setTimeout(focusHead, after)
}

export const useArriving = (): void => useArrival(arrived)
