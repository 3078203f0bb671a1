/** The phone as a whole: data, session (remembered without a network), outbox, frame, screens. */
import { QueryClientProvider } from '@tanstack/react-query'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Router, useLocation } from 'wouter'
import { becomePerson, forgetAll, keep, type Kept } from '#kernel/phone/cache.ts'
import type { Outbox } from '#kernel/phone/outbox.ts'
import { me, status } from '#slices/directory/contract.ts'
import { keyOf, onSignedOut, queryClient } from '#ui/data.ts'
import { recall } from '#ui/kept.ts'
import { OutboxHost } from '#ui/pocket/outbox.tsx'
import { Skeleton } from '#ui/pocket/parts.tsx'
import { ErrorState } from '#ui/states.tsx'
import { ToastHost } from '#ui/toast.tsx'
import { useLanguage } from '#ui/words.ts'
import { Pages, useMatch } from './Pages.tsx'
import { PocketFrame } from './PocketFrame.tsx'
import { pocketRoutes } from './pocket/routes.tsx'
import { ShellSession, useMe, type Me } from './session.tsx'
import { halfWritten } from './update.ts'

export interface PocketAppProps {
  /** What `directory.me` said last time on this phone. */
  remembered: Kept<Me> | null
  outbox: Outbox | null
  /** Tells the outbox who is signed in. */
  onPerson: (person: string | null) => void
}

export function PocketApp({ remembered, outbox, onPerson }: PocketAppProps) {
  useLanguage()
  return (
    <QueryClientProvider client={queryClient}>
      <Router base="/m">
        <ShellSession remembered={remembered}>
          <Inside remembered={remembered} outbox={outbox} onPerson={onPerson} />
        </ShellSession>
      </Router>
    </QueryClientProvider>
  )
}

function Inside({ remembered, outbox, onPerson }: PocketAppProps) {
  const { state, me: mine, problem, refresh } = useMe()
  const match = useMatch(pocketRoutes)
  const person = mine?.person.personId ?? null
  const wasIn = useRef(remembered !== null)
  const before = useRef<string | null>(null)
  if (person !== null) wasIn.current = true
  useEffect(() => {
    if (state === 'out') {
      before.current = null
      onPerson(null)
      // Signed out from elsewhere, perhaps because this phone was lost: what it remembers goes. What is still to be sent stays.
      void forgetAll()
      // What anybody may know stays: the page for signing in is waiting for it.
      queryClient.removeQueries({ predicate: (query) => ![me.name, status.name].includes(String(query.queryKey[1])) })
    }
    if (person === null || !mine) return
    const another = before.current !== null && before.current !== person
    before.current = person
    // What was only remembered stays as old as it is. Where another tab signed in somebody else, nothing of the one before stays on the screen.
    void becomePerson(person).then(() => (another ? location.reload() : mine === remembered?.answer ? undefined : keep(person, me.name, {}, mine)))
  }, [state, person, mine, remembered, onPerson])
  const ended = useEnded(state === 'in', refresh)
  useSentHere()
  useKeptPush(person)
  if (match?.route.open) return <Plain><Pages routes={pocketRoutes} loading={waiting} /></Plain>
  if (state === 'loading') return <Plain>{waiting}</Plain>
  if (state === 'unreachable' && problem) return <Plain><ErrorState problem={problem} retry={refresh} /></Plain>
  if (state === 'out') return <ToSignIn ended={wasIn.current} />
  return (
    // What was said to one person goes with them.
    <ToastHost>
      <OutboxHost outbox={outbox} person={person} onPerson={onPerson}>
        <PocketFrame {...(ended ? { onSignIn: refresh } : {})}>
          <Pages routes={pocketRoutes} loading={waiting} />
        </PocketFrame>
      </OutboxHost>
    </ToastHost>
  )
}

/**
 * The session was ended elsewhere or ran out while the page stands open: whatever call is refused for it, one's own things do not stay on the screen as if they
 * were being sent. Only what is half written is left standing. @returns whether that is so.
 */
function useEnded(signedIn: boolean, refresh: () => void): boolean {
  const [ended, setEnded] = useState(false)
  useEffect(() => {
    if (!signedIn) return setEnded(false)
    return onSignedOut((call) => {
      // The session's own question is under way: its answer is what is wanted here.
      if (call === me.name && queryClient.isFetching({ queryKey: keyOf(me.name, {}) }) > 0) return
      if (halfWritten()) setEnded(true)
      else refresh()
    })
  }, [signedIn, refresh])
  return ended
}

/** A pressed notification leads to its place in the page that is open. */
function useSentHere(): void {
  const [, go] = useLocation()
  useEffect(() => {
    if (!('serviceWorker' in navigator)) return
    const listen = (event: MessageEvent<unknown>) => {
      const to = (event.data as { go?: unknown } | null)?.go
      if (typeof to === 'string' && to.startsWith('/') && !to.startsWith('//')) go(to)
    }
    navigator.serviceWorker.addEventListener('message', listen)
    return () => navigator.serviceWorker.removeEventListener('message', listen)
  }, [go])
}

/** Whoever asked to be told on this phone stays told when the push service gives it a new address. */
function useKeptPush(person: string | null): void {
  useEffect(() => {
    if (person === null || recall('bulwark.push') === null) return
    const keepOn = () => void import('#slices/messages/web/device.ts').then((device) => device.keepPush()).catch(() => {})
    const listen = (event: MessageEvent<unknown>) => {
      if ((event.data as { push?: unknown } | null)?.push === 'changed') keepOn()
    }
    keepOn()
    navigator.serviceWorker?.addEventListener('message', listen)
    return () => navigator.serviceWorker?.removeEventListener('message', listen)
  }, [person])
}

const waiting = <div style={{ padding: 16 }}><Skeleton /></div>

function Plain({ children }: { children: ReactNode }) {
  return (
    <div className="p-app">
      <main className="p-main p-main-plain">{children}</main>
    </div>
  )
}

/** What was not sent yet stays in the outbox, for when the same person is back. */
function ToSignIn({ ended }: { /** Somebody was signed in here until now. */ ended: boolean }) {
  const [path, go] = useLocation()
  useEffect(() => go(`/sign-in?next=${encodeURIComponent(path)}${ended ? '&ended' : ''}`, { replace: true }), [path, go, ended])
  return null
}
