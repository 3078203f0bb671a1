/** A wall is dark, whatever the reader chose for the desk; that choice comes back on leaving. */
import { useEffect } from 'react'
import { setLook, lookChoice } from '#ui/look.ts'

const key = 'bulwark.look'

export function useDark(): void {
  useEffect(() => {
    const before = lookChoice()
    const stored = localStorage.getItem(key)
    setLook('dark')
    // Only this page is dark: what is remembered stays as it was.
    if (stored === null) localStorage.removeItem(key)
    else localStorage.setItem(key, stored)
    return () => setLook(before)
  }, [])
}
