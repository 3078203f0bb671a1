/** Who is signed in, for both faces. */
import { createContext, useContext, useEffect, type ReactNode } from 'react'
import type { Output } from '#kernel/contract.ts'
import { me } from '#slices/directory/contract.ts'
import { setClock } from '#ui/format.ts'
import { SessionProvider, useSession, type Session } from '#ui/session.tsx'

export type Me = Output<typeof me>

const permissionsOf = (answer: Me) => answer.permissions
const RememberedContext = createContext<Me | undefined>(undefined)

export function ShellSession({ remembered, children }: { remembered?: Me; children: ReactNode }) {
  return (
    <RememberedContext value={remembered}>
      <SessionProvider call={me} permissions={permissionsOf} {...(remembered ? { remembered } : {})}>
        {children}
      </SessionProvider>
    </RememberedContext>
  )
}

/** The session with what `directory.me` says; sets the institution's clock for all dates on the page. */
export function useMe(): Session<Me> {
  return useSession<Me>()
}

const clockKey = 'bulwark.clock'

/** How far the institution's clock was ahead when the server last said so; without a network it is all we know. */
function rememberedOffset(): number {
  try {
    return Number(localStorage.getItem(clockKey)) || 0
  } catch {
    return 0
  }
}

export function InstitutionClock() {
  const { me: mine } = useMe()
  const remembered = useContext(RememberedContext)
  useEffect(() => {
    if (!mine) return
    // A remembered answer's moment is long past: it must not turn the clock back (answers are dated by it).
    if (mine === remembered) return setClock(mine.institution.timeZone, rememberedOffset())
    // In a drill the institution's clock is elsewhere; small differences are only the way of the answer.
    const apart = new Date(mine.now).getTime() - Date.now()
    const offset = Math.abs(apart) > 60_000 ? apart : 0
    setClock(mine.institution.timeZone, offset)
    try {
      localStorage.setItem(clockKey, String(offset))
    } catch {
      // Then the device's own clock serves without a network.
    }
  }, [mine, remembered])
  return null
}
