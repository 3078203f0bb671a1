/** Gaps come in pages of a thousand: the first stays live, the rest is loaded when wanted and says how old it is. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Input, Output } from '#kernel/contract.ts'
import { asProblem, client, useRead, type Read } from '#ui/data.ts'
import type { CallProblem } from '#kernel/client.ts'
import { gaps } from '../contract.ts'

export type GapsAnswer = Output<typeof gaps>
export type GapRow = GapsAnswer['gaps'][number]
export type GapQuestion = Omit<Input<typeof gaps>, 'page' | 'size'>

export const gapKey = (row: Pick<GapRow, 'measureId'> & { subject: { id: string } }) => `${row.measureId}:${row.subject.id}`
const pageSize = 1000

interface Rest {
  rows: GapRow[]
  pages: number
  at: number
  busy: boolean
  problem: CallProblem | null
}
const nothing: Rest = { rows: [], pages: 0, at: 0, busy: false, problem: null }

export interface GapPages {
  head: Read<GapsAnswer>
  rows: readonly GapRow[]
  total: number
  /** Pages after the first: how many are there, whether they are coming, when they came. */
  rest: Rest & { missing: number }
  loadRest: () => void
  /** Takes rows out that were just settled here, until the server's answer says the same. */
  settle: (keys: readonly string[]) => void
  restore: (keys: readonly string[]) => void
}

export function useGapPages(question: GapQuestion, enabled: boolean): GapPages {
  const id = JSON.stringify(question)
  const head = useRead(gaps, { ...question, size: pageSize }, { topics: ['coverage', 'gaps'], enabled })
  const [rest, setRest] = useState<Rest>(nothing)
  const [settled, setSettled] = useState<ReadonlySet<string>>(new Set())
  const run = useRef(0)
  useEffect(() => {
    run.current++
    setRest(nothing)
    setSettled(new Set())
  }, [id])
  const total = head.data?.total ?? 0
  const loadRest = useCallback(() => {
    const mine = ++run.current
    const asked = JSON.parse(id) as GapQuestion
    const last = Math.ceil(total / pageSize)
    const work = async () => {
      const rows: GapRow[] = []
      setRest((before) => ({ ...before, busy: true, problem: null }))
      for (let page = 2; page <= last; page++) {
        try {
          const answer = await client.call(gaps, { ...asked, page, size: pageSize })
          if (run.current !== mine) return
          rows.push(...answer.gaps)
          // The old rows stay until as many new ones are there.
          setRest((before) => (rows.length >= before.rows.length ? { ...before, rows: [...rows], pages: page } : { ...before, pages: page }))
          if (answer.gaps.length < pageSize) break
        } catch (error) {
          if (run.current === mine) setRest((before) => ({ ...before, busy: false, problem: asProblem(error) }))
          return
        }
      }
      setRest({ rows, pages: last, at: Date.now(), busy: false, problem: null })
      setSettled(new Set())
    }
    void work()
  }, [id, total])
  const rows = useMemo(() => {
    const first = head.data?.gaps ?? []
    if (!rest.rows.length && !settled.size) return first
    const seen = new Set(first.map(gapKey))
    return [...first, ...rest.rows.filter((row) => !seen.has(gapKey(row)))].filter((row) => !settled.has(gapKey(row)))
  }, [head.data, rest.rows, settled])
  const settle = useCallback((keys: readonly string[]) => setSettled((before) => new Set([...before, ...keys])), [])
  const restore = useCallback((keys: readonly string[]) => setSettled((before) => new Set([...before].filter((key) => !keys.includes(key)))), [])
  return { head, rows, total, rest: { ...rest, missing: Math.max(0, total - (head.data?.gaps.length ?? 0) - rest.rows.length) }, loadRest, settle, restore }
}
