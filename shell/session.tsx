/** Who is signed in, for both faces. */
import { useEffect, type ReactNode } from 'react'
import type { Output } from '#kernel/contract.ts'
import { me } from '#slices/directory/contract.ts'
import { setClock } from '#ui/format.ts'
import { SessionProvider, useSession, type Session } from '#ui/session.tsx'

export type Me = Output<typeof me>

const permissionsOf = (answer: Me) => answer.permissions

export function ShellSession({ remembered, children }: { remembered?: Me; children: ReactNode }) {
  return (
    <SessionProvider call={me} permissions={permissionsOf} {...(remembered ? { remembered } : {})}>
      {children}
    </SessionProvider>
  )
}

/** The session with what `directory.me` says; sets the institution's clock for all dates on the page. */
export function useMe(): Session<Me> {
  return useSession<Me>()
}

export function InstitutionClock() {
  const { me: mine } = useMe()
  useEffect(() => {
    if (!mine) return
    // In a drill the institution's clock is elsewhere; small differences are only the way of the answer.
    const apart = new Date(mine.now).getTime() - Date.now()
    setClock(mine.institution.timeZone, Math.abs(apart) > 60_000 ? apart : 0)
  }, [mine])
  return null
}
