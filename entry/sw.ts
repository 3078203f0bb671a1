/**
 * The phone's service worker: keeps the shell so that My day opens without a network. It never touches /api and never the outbox,
 * which lives in IndexedDB and is sent by the page. A new version waits until the page says so.
 */
interface WaitableEvent extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface PageFetchEvent extends WaitableEvent {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
interface WorkerScope {
  addEventListener(type: 'install' | 'activate', listener: (event: WaitableEvent) => void): void
  addEventListener(type: 'fetch', listener: (event: PageFetchEvent) => void): void
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void
  skipWaiting(): Promise<void>
  clients: { claim(): Promise<void> }
  location: Location
}
declare const self: WorkerScope
// Both are filled in by entry/build.ts.
const version = '__VERSION__'
const files = JSON.parse('__PRECACHE_JSON__') as string[]
const shelf = `bulwark-${version}`
const shell = '/m/'

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches.open(shelf).then(async (cache) => {
      // What an older version already holds under the same hashed name needs no second download.
      for (const file of files) {
        const held = file.startsWith('/assets/') ? await caches.match(file) : undefined
        if (held) await cache.put(file, held)
        else await cache.put(file, await fetchWhole(file))
      }
    }),
  )
})

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith('bulwark-') && name !== shelf) await caches.delete(name)
      await self.clients.claim()
    })(),
  )
})

self.addEventListener('message', (event) => {
  if (event.data === 'take-over') void self.skipWaiting()
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const address = new URL(request.url)
  if (request.method !== 'GET' || address.origin !== self.location.origin || address.pathname.startsWith('/api')) return
  if (request.mode === 'navigate') event.respondWith(page(request))
  else if (address.pathname.startsWith('/assets/') || files.includes(address.pathname)) event.respondWith(asset(request))
})

/** A file of this version, or a failure that leaves the old version in charge: a page sent in place of a missing file is not kept. */
async function fetchWhole(file: string): Promise<Response> {
  const answer = await fetch(new Request(file, { cache: 'no-cache' }))
  const isPage = answer.headers.get('content-type')?.startsWith('text/html') ?? false
  if (!answer.ok || isPage !== (file === shell)) throw new Error(`${file} could not be fetched`)
  return answer
}

/** Network first, for three seconds; then the kept shell, which shows what the phone remembers. */
async function page(request: Request): Promise<Response> {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), 3000)
  try {
    const answer = await fetch(request, { signal: stop.signal })
    if (answer.ok) return answer
    return (await caches.match(shell)) ?? answer
  } catch {
    return (await caches.match(shell)) ?? new Response('Offline', { status: 503, headers: { 'content-type': 'text/plain' } })
  } finally {
    clearTimeout(timer)
  }
}

/** Hashed files never change: kept first. */
async function asset(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request)
}
