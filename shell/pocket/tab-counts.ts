/** How many things wait behind a tab: pages say it, the frame shows it. */
import { createContext, useContext } from 'react'

export const TabCounts = createContext<(path: string, count: number) => void>(() => undefined)

/** `useTabCount()('/tasks', 3)`. */
export function useTabCount(): (path: string, count: number) => void {
  return useContext(TabCounts)
}
