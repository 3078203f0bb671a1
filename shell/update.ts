/** The phone's service worker: registered after the page is up; a new version takes over when the page has just been opened, else when the person says so. */
import { useSyncExternalStore } from 'react'

let waiting: ServiceWorker | null = null
const listeners = new Set<() => void>()

function announce(worker: ServiceWorker | null): void {
  waiting = worker
  for (const listener of listeners) listener()
}

export async function registerWorker(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  try {
    const registration = await navigator.serviceWorker.register('/m/sw.js', { scope: '/m/' })
    // Just opened: nothing is half filled in, the new version may take over at once.
    registration.waiting?.postMessage('take-over', [])
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

function apply(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  waiting?.postMessage('take-over', [])
}

export function useUpdate(): { ready: boolean; apply: () => void } {
  const worker = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => waiting,
  )
  return { ready: worker !== null, apply }
}
