/** Who is signed in, for both faces. */
import { createContext, useContext, useEffect, type ReactNode } from 'react'
import type { Output } from '#kernel/contract.ts'
import type { Kept } from '#kernel/phone/cache.ts'
import { me } from '#slices/directory/contract.ts'
import { learnWords } from '#ui/own-words.ts'
import { noteServerMoment, setClock } from '#ui/format.ts'
import { SessionProvider, useSession, type Session } from '#ui/session.tsx'
import { useUsualLanguage } from '#ui/words.ts'

export type Me = Output<typeof me>

const permissionsOf = (answer: Me) => answer.permissions
const RememberedContext = createContext<Kept<Me> | null>(null)

export function ShellSession({ remembered = null, children }: { remembered?: Kept<Me> | null; children: ReactNode }) {
  return (
    <RememberedContext value={remembered}>
      <SessionProvider call={me} permissions={permissionsOf} {...(remembered ? { remembered: remembered.answer } : {})}>
        {children}
      </SessionProvider>
    </RememberedContext>
  )
}

/** The session with what `directory.me` says; sets the institution's clock for all dates on the page. */
export function useMe(): Session<Me> {
  return useSession<Me>()
}

/** What the institution gives every page: its clock, its words, and its language to those who have not chosen one. */
export function InstitutionManners() {
  const { me: mine } = useMe()
  const remembered = useContext(RememberedContext)
  // Answers that a phone remembers from before may not say it.
  useUsualLanguage(mine?.institution.language)
  learnWords(mine?.words)
  useEffect(() => {
    if (!mine) return
    // In a drill the institution's clock is elsewhere; small differences are only the way of the answer. A remembered answer told the time when it came:
    // where the device says that this lies ahead, its clock was set back meanwhile, and at least so much is made good.
    const apart = new Date(mine.now).getTime() - (mine === remembered?.answer ? Math.min(remembered.at, Date.now()) : Date.now())
    setClock(mine.institution.timeZone, Math.abs(apart) > 60_000 ? apart : 0)
    noteServerMoment(new Date(mine.now).getTime())
  }, [mine, remembered])
  return null
}
