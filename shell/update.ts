/** The phone's service worker: registered after the page is up. A new version takes over by itself only where nothing has been touched yet; else when the person says so, and never over what they are writing. */
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'

let waiting: ServiceWorker | null = null
const listeners = new Set<() => void>()
/** Nothing half written can be lost before the first touch. */
let touched = false
if (typeof addEventListener === 'function') for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, () => (touched = true), { once: true, capture: true })

function announce(worker: ServiceWorker | null): void {
  if (worker && !touched && performance.now() < 8000) return takeOver(worker)
  waiting = worker
  for (const listener of listeners) listener()
}

export async function registerWorker(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  try {
    const registration = await navigator.serviceWorker.register('/m/sw.js', { scope: '/m/' })
    if (registration.waiting && navigator.serviceWorker.controller) announce(registration.waiting)
    registration.addEventListener('updatefound', () => {
      const fresh = registration.installing
      fresh?.addEventListener('statechange', () => {
        if (fresh.state === 'installed' && navigator.serviceWorker.controller) announce(fresh)
      })
    })
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void registration.update().catch(() => undefined)
    })
  } catch {
    // Without a worker (private window, plain http) the page works, only not offline.
  }
}

/** The page is loaded anew: the files of the version before are no longer kept. */
function takeOver(worker: ServiceWorker): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  const ask = () => worker.postMessage('take-over', [])
  ask()
  // Asked while the version before was still busy, a browser now and then forgets to look again when it is not.
  setInterval(ask, 1000)
}

/** What somebody is writing would go with the page. */
export const halfWritten = (): boolean => [...document.querySelectorAll<HTMLTextAreaElement | HTMLInputElement>('textarea, input:not([type]), input[type="text"], input[type="tel"]')].some((field) => field.value.trim() !== '' && !field.disabled)

/** @param place where in the program the reader is: what was put off is done when they have gone on. */
export function useUpdate(place: string): { ready: boolean; /** Something is half written: it waits until that is sent or left. */ putOff: boolean; apply: () => void } {
  const worker = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => waiting,
  )
  const [putOffAt, setPutOffAt] = useState<string | null>(null)
  const apply = useCallback(() => {
    if (!worker) return
    if (halfWritten()) setPutOffAt(place)
    else takeOver(worker)
  }, [worker, place])
  useEffect(() => {
    if (!worker || putOffAt === null || putOffAt === place) return
    // The page that was left may stand for a moment while the next is fetched.
    const look = setInterval(() => {
      if (halfWritten()) return
      clearInterval(look)
      takeOver(worker)
    }, 200)
    return () => clearInterval(look)
  }, [worker, place, putOffAt])
  return { ready: worker !== null, putOff: putOffAt !== null, apply }
}
