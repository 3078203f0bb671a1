/** Going on after signing in. */
import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { useSession } from '#ui/session.tsx'

/** Asks anew who is signed in, and goes on once that is known: earlier, the page behind would still find nobody and lead back to signing in. */
export function useArriving(): (to: string) => void {
  const { state, refresh } = useSession()
  const [to, setTo] = useState<string | null>(null)
  const [, go] = useLocation()
  useEffect(() => {
    if (to !== null && (state === 'in' || state === 'unreachable')) go(to, { replace: true })
  }, [to, state, go])
  return (next) => {
    refresh()
    setTo(next)
  }
}
