/** What going to another screen does besides showing it: it begins at its head, and the focus goes there, so that it is read aloud. Going back leaves the place to the browser. */
import { useEffect } from 'react'

export function useArriving(): void {
  useEffect(() => {
    let from = location.pathname
    const arrive = () => {
      if (location.pathname === from) return
      from = location.pathname
      window.scrollTo(0, 0)
      // Once it stands there; a screen that has taken the focus itself (a name to call) keeps it.
      setTimeout(() => {
        if (document.activeElement === document.body || document.activeElement?.closest('.p-tabs')) document.querySelector<HTMLElement>('.p-screen-head h1')?.focus({ preventScroll: true })
      }, 150)
    }
    const back = () => {
      from = location.pathname
    }
    window.addEventListener('pushState', arrive)
    window.addEventListener('popstate', back)
    return () => {
      window.removeEventListener('pushState', arrive)
      window.removeEventListener('popstate', back)
    }
  }, [])
}
