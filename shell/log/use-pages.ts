/** A journal page by page, newest first: the first is read like any other, the earlier ones are fetched behind it when asked for. */
import { useState } from 'react'
import { asProblem } from '#ui/data.ts'

export interface Page<Row> {
  rows: readonly Row[]
  more: boolean
}

/**
 * `asked` says what the pages are of: earlier pages of another question are let go. `before` fetches the page before the last row shown.
 * Answers what is shown, whether there is more, and how to get it.
 */
export function usePages<Row>(asked: string, first: Page<Row> | undefined, before: (last: Row) => Promise<Page<Row>>): { shown: Row[]; more: boolean; next: () => Promise<void>; problem: ReturnType<typeof asProblem> | null } {
  const [earlier, setEarlier] = useState<(Page<Row> & { asked: string }) | null>(null)
  const [problem, setProblem] = useState<ReturnType<typeof asProblem> | null>(null)
  const later = earlier?.asked === asked ? earlier : null
  const shown = [...(first?.rows ?? []), ...(later?.rows ?? [])]
  const last = shown.at(-1)
  const next = async () => {
    if (last === undefined) return
    try {
      const page = await before(last)
      setEarlier({ asked, rows: [...(later?.rows ?? []), ...page.rows], more: page.more })
      setProblem(null)
    } catch (error) {
      setProblem(asProblem(error))
    }
  }
  return { shown, more: later ? later.more : (first?.more ?? false), next, problem }
}
