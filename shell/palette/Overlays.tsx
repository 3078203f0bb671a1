/** Keys that work everywhere, and what they open. Palette and list of keys are loaded when they are first wanted. */
import { lazy, Suspense, useEffect, useMemo } from 'react'
import { useLocation } from 'wouter'
import { signOut } from '#slices/directory/contract.ts'
import { queryClient, useWrite } from '#ui/data.ts'
import { useKey } from '#ui/keys.tsx'
import { consoleRoutes, mayOpen } from '../routes.tsx'
import { useMe } from '../session.tsx'
import type { Standpoint } from './acts.ts'
import { showOverlay, useOverlay } from './opening.ts'
import { forgetChoices } from './recent.ts'

const Palette = lazy(() => import('./Palette.tsx').then((module) => ({ default: module.Palette })))
const Keys = lazy(() => import('./Keys.tsx').then((module) => ({ default: module.Keys })))

/** Signs out; what this tab remembers of people goes with it. */
export function useSignOut(): () => void {
  const leave = useWrite(signOut, {
    onDone: () => {
      queryClient.clear()
      forgetChoices()
      location.assign('/sign-in')
    },
  })
  const { run } = leave
  return useMemo(() => () => void run({}), [run])
}

const typing = (target: EventTarget | null) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
const patience = 1200

export function Overlays({ keepView, foldNavigation }: { keepView: (() => void) | null; foldNavigation: () => void }) {
  const { can } = useMe()
  const [, go] = useLocation()
  const overlay = useOverlay()
  const leave = useSignOut()
  useKey('Ctrl+k', () => showOverlay(overlay === 'palette' ? null : 'palette'))
  useKey('?', () => showOverlay('keys'), overlay === null)
  useKey('[', foldNavigation, overlay === null)
  // g, then a letter: goes to a page.
  useEffect(() => {
    // Never pressed yet: times count from the beginning of the page, and a letter in its first second is no second key.
    let since = -Infinity
    const listen = (event: KeyboardEvent) => {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector('dialog[open], .ant-modal-wrap:not([style*="none"]), .ant-drawer-open')) return
      if (event.key === 'g' && event.timeStamp - since > patience) {
        since = event.timeStamp
        return
      }
      if (event.timeStamp - since > patience) return
      const route = consoleRoutes.find((one) => one.nav?.go === event.key && mayOpen(one, can))
      since = -Infinity
      if (!route) return
      event.preventDefault()
      event.stopImmediatePropagation()
      go(route.path)
    }
    document.addEventListener('keydown', listen, true)
    return () => document.removeEventListener('keydown', listen, true)
  }, [can, go])
  // Fetched while nobody waits, so that it stands at once when it is wanted.
  useEffect(() => {
    const timer = setTimeout(() => void import('./Palette.tsx').catch(() => undefined), 2500)
    return () => clearTimeout(timer)
  }, [])
  const standpoint = useMemo<Standpoint>(() => ({ can, leave, keepView, foldNavigation, showKeys: () => showOverlay('keys') }), [can, leave, keepView, foldNavigation])
  const close = useMemo(() => () => showOverlay(null), [])
  return (
    <Suspense fallback={null}>
      {overlay === 'palette' && <Palette standpoint={standpoint} onClose={close} />}
      {overlay === 'keys' && <Keys onClose={close} />}
    </Suspense>
  )
}
