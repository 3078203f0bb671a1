/** Live pings: the server names topics, we fetch again what depends on them through the normal permission check. */
import { useEffect, useSyncExternalStore } from 'react'
import { queryClient, refreshTopics } from './data.ts'

export type LiveState = 'off' | 'connecting' | 'live' | 'lost'

let state: LiveState = 'off'
const listeners = new Set<() => void>()

function become(next: LiveState): void {
  if (state === next) return
  state = next
  for (const listener of listeners) listener()
}

/** Topic names in one message; anything else is ignored. */
export function topicsOf(data: string): string[] {
  try {
    const parsed: unknown = JSON.parse(data)
    return Array.isArray(parsed) ? parsed.filter((topic): topic is string => typeof topic === 'string') : []
  } catch {
    return []
  }
}

/** Connects until stopped. Reconnects by itself with growing, jittered pauses. */
export function connectLive(address = '/api/live'): () => void {
  let source: EventSource | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let gather: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let stopped = false
  let hadConnection = false
  const pending = new Set<string>()

  const open = () => {
    clearTimeout(timer)
    if (stopped) return
    become(hadConnection ? 'lost' : 'connecting')
    source = new EventSource(address, { withCredentials: true })
    source.addEventListener('open', () => {
      // What happened while we were away is unknown, and what was asked before may have failed: everything is fetched again.
      if (hadConnection || failures > 0) void queryClient.invalidateQueries()
      hadConnection = true
      failures = 0
      become('live')
    })
    source.addEventListener('message', (event: MessageEvent<string>) => {
      for (const topic of topicsOf(event.data)) pending.add(topic)
      // Pings come in bursts; a short gathering saves the server most of the refetches.
      gather ??= setTimeout(() => {
        gather = undefined
        const topics = [...pending]
        pending.clear()
        void refreshTopics(queryClient, topics)
      }, 120)
    })
    source.addEventListener('error', () => {
      become('lost')
      source?.close()
      failures++
      timer = setTimeout(open, Math.min(30_000, 500 * 2 ** failures) * (0.5 + Math.random()))
    })
  }
  const wake = () => {
    if (document.visibilityState === 'visible' && state === 'lost') open()
  }
  document.addEventListener('visibilitychange', wake)
  globalThis.addEventListener('online', wake)
  open()
  return () => {
    stopped = true
    clearTimeout(timer)
    clearTimeout(gather)
    source?.close()
    document.removeEventListener('visibilitychange', wake)
    globalThis.removeEventListener('online', wake)
    become('off')
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useLiveState(): LiveState {
  return useSyncExternalStore(subscribe, () => state, () => state)
}

/** Connects once for the whole program; the frames call it. */
export function useLive(enabled = true): LiveState {
  useEffect(() => (enabled ? connectLive() : undefined), [enabled])
  return useLiveState()
}

/** Whether the device says it has a network. */
export function useOnline(): boolean {
  return useSyncExternalStore(
    (listener) => {
      globalThis.addEventListener('online', listener)
      globalThis.addEventListener('offline', listener)
      return () => {
        globalThis.removeEventListener('online', listener)
        globalThis.removeEventListener('offline', listener)
      }
    },
    () => navigator.onLine,
    () => true,
  )
}
