/** What going to another page or screen always does: it begins at its head. Going back leaves the place to the browser. */
import { useEffect } from 'react'

/** @param arrived what else is done once the page stands there (the same function at every drawing). */
export function useArrival(arrived: () => void): void {
  useEffect(() => {
    let from = location.pathname
    const arrive = () => {
      if (location.pathname === from) return
      from = location.pathname
      window.scrollTo(0, 0)
      setTimeout(arrived, 150)
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
  }, [arrived])
}
