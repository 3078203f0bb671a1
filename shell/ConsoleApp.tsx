/** The console as a whole: look, data, session, frame, pages. */
import { QueryClientProvider } from '@tanstack/react-query'
import { useEffect, type ReactNode } from 'react'
import { useLocation } from 'wouter'
import { queryClient } from '#ui/data.ts'
import { Page, Panel } from '#ui/page.tsx'
import { ErrorState, LoadingState, NoPermission } from '#ui/states.tsx'
import { ConsoleTheme } from '#ui/theme.tsx'
import { t, useLanguage } from '#ui/words.ts'
import { ConsoleFrame } from './ConsoleFrame.tsx'
import { Pages, useMatch } from './Pages.tsx'
import { consoleRoutes, mayOpen } from './routes.tsx'
import { ShellSession, useMe } from './session.tsx'

export function ConsoleApp() {
  useLanguage()
  return (
    <QueryClientProvider client={queryClient}>
      <ConsoleTheme>
        <ShellSession>
          <Inside />
        </ShellSession>
      </ConsoleTheme>
    </QueryClientProvider>
  )
}

function Inside() {
  const { state, problem, refresh, can } = useMe()
  const match = useMatch(consoleRoutes)
  if (match?.route.open) return <Pages routes={consoleRoutes} />
  if (state === 'loading') return <Centre><LoadingState /></Centre>
  if (state === 'unreachable' && problem) return <Centre><ErrorState problem={problem} retry={refresh} /></Centre>
  if (state === 'out') return <ToSignIn />
  return (
    <ConsoleFrame>
      {match && !mayOpen(match.route, can) ? <Page title={t(match.route.title[0], match.route.title[1])}><Panel><NoPermission /></Panel></Page> : <Pages routes={consoleRoutes} />}
    </ConsoleFrame>
  )
}

function Centre({ children }: { children: ReactNode }) {
  return <div style={{ maxWidth: 560, margin: '0 auto', padding: 'calc(18vh + 24px) 24px 24px' }}>{children}</div>
}

/** Where nobody is signed in: to the sign-in page, and back afterwards. */
function ToSignIn() {
  const [path, go] = useLocation()
  useEffect(() => go(`/sign-in?next=${encodeURIComponent(path + location.search)}`, { replace: true }), [path, go])
  return null
}
