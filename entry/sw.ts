/**
 * The phone's service worker: keeps the shell so that My day opens at once, with or without a network, and shows what is pushed. It never
 * touches /api and never the outbox, which lives in IndexedDB and is sent by the page. A new version waits until the page says so.
 */
interface WaitableEvent extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface PageFetchEvent extends WaitableEvent {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
interface PushedEvent extends WaitableEvent {
  readonly data: { json(): unknown; text(): string } | null
}
interface PressedEvent extends WaitableEvent {
  readonly notification: { data: unknown; close(): void }
}
interface OpenPage {
  readonly url: string
  focus(): Promise<unknown>
  postMessage(message: unknown): void
}
interface WorkerScope {
  addEventListener(type: 'install' | 'activate', listener: (event: WaitableEvent) => void): void
  addEventListener(type: 'fetch', listener: (event: PageFetchEvent) => void): void
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void
  addEventListener(type: 'push', listener: (event: PushedEvent) => void): void
  addEventListener(type: 'notificationclick', listener: (event: PressedEvent) => void): void
  addEventListener(type: 'pushsubscriptionchange', listener: (event: WaitableEvent) => void): void
  skipWaiting(): Promise<void>
  clients: { claim(): Promise<void>; matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly OpenPage[]>; openWindow(url: string): Promise<unknown> }
  registration: { showNotification(title: string, options: Record<string, unknown>): Promise<void> }
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

/**
 * The kept shell at once: it is whole, of one version, and opens as fast without a network as with one. A newer version is fetched behind it
 * and announced by the page. Only a phone that keeps nothing yet asks the server.
 */
async function page(request: Request): Promise<Response> {
  // Of this version: another's shell would ask for files that are no longer kept.
  const kept = await (await caches.open(shelf)).match(shell, { ignoreVary: true })
  if (kept) return kept
  try {
    return await fetch(request)
  } catch {
    return new Response('<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>堡垒</title><p style="font:18px sans-serif;margin:20vh 8vw;text-align:center">没有网络，这台手机上还没有保存页面。联网后再打开一次即可。<br>No network, and nothing is kept on this phone yet.', { status: 503, headers: { 'content-type': 'text/html; charset=utf-8' } })
  }
}

/** Hashed files never change: kept first. */
async function asset(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request)
}

interface Pushed {
  title: string
  body: string
  /** Where pressing it leads; only within this site. */
  path: string
  /** A newer one with the same tag takes the place of the older. */
  tag?: string
  /** Which message it is: that it was opened is told to the server. */
  id?: string
}

/** What the push service delivered, or words of our own where it cannot be read: browsers demand that something is shown. */
function pushedOf(event: PushedEvent): Pushed {
  try {
    const given = event.data?.json() as Partial<Pushed> | undefined
    if (given && typeof given.title === 'string' && given.title !== '')
      return { title: given.title.slice(0, 120), body: typeof given.body === 'string' ? given.body.slice(0, 300) : '', path: typeof given.path === 'string' ? given.path : shell, ...(typeof given.tag === 'string' && given.tag !== '' ? { tag: given.tag.slice(0, 100) } : {}), ...(typeof given.id === 'string' && /^[0-9a-f-]{36}$/.test(given.id) ? { id: given.id } : {}) }
  } catch {
    // Then what follows.
  }
  return { title: '堡垒', body: '有新的事项，请打开查看。', path: shell }
}

self.addEventListener('push', (event) => {
  const { title, body, path, tag, id } = pushedOf(event)
  event.waitUntil(self.registration.showNotification(title, { body, data: { path, id }, icon: '/icons/mark-192.png', badge: '/icons/badge-96.png', lang: 'zh', ...(tag ? { tag, renotify: true } : {}) }))
})

/** Never to another site: what is pushed is only a path. */
function addressOf(path: unknown): URL {
  const address = new URL(typeof path === 'string' ? path : shell, self.location.origin)
  return address.origin === self.location.origin ? address : new URL(shell, self.location.origin)
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const { path, id } = (event.notification.data ?? {}) as { path?: unknown; id?: string }
  const address = addressOf(path)
  event.waitUntil(
    (async () => {
      if (id) void tellOpened(id)
      const open = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
      const ours = open.find((one) => new URL(one.url).pathname.startsWith(shell))
      // An open page goes there itself: nothing that is half written is loaded away.
      if (ours && address.pathname.startsWith(shell)) {
        ours.postMessage({ go: address.pathname.slice(shell.length - 1) + address.search })
        await ours.focus()
      } else await self.clients.openWindow(address.href)
    })(),
  )
})

/** The push service gave the phone a new address: an open page tells the server, else the next one that is opened. */
self.addEventListener('pushsubscriptionchange', (event) => {
  event.waitUntil(self.clients.matchAll({ type: 'window', includeUncontrolled: true }).then((open) => open.forEach((one) => one.postMessage({ push: 'changed' }))))
})

/** Only a courtesy to whoever counts what arrives: it may fail. */
const tellOpened = (deliveryId: string) =>
  fetch('/api/messages.opened', { method: 'POST', credentials: 'same-origin', headers: { 'content-type': 'application/json', 'x-request-id': crypto.randomUUID() }, body: JSON.stringify({ deliveryId }) }).catch(() => undefined)
