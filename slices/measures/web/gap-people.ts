/**
 * Gaps, a line a person, in pages of a hundred from the server: the first is live, the others come when they are scrolled to.
 * Whoever was just dealt with stays where they are, so that nothing jumps under the hand that works down the list.
 */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Input, Output } from '#kernel/contract.ts'
import { asProblem, client, useRead, type Read } from '#ui/data.ts'
import type { CallProblem } from '#kernel/client.ts'
import { gapPeople } from '../contract.ts'

export type PeopleAnswer = Output<typeof gapPeople>
export type GapPerson = PeopleAnswer['people'][number]
export type Reach = GapPerson['reach']
export type Tried = GapPerson['tried'][number]
export type PeopleQuestion = Omit<Input<typeof gapPeople>, 'page' | 'size' | 'facets'>

export const pageSize = 100
export const idOf = (person: GapPerson) => person.subject.id

/** What was done here and the server's list does not show yet. */
export interface Done {
  at: number
  reach?: Reach
  tried?: Tried
  handed?: GapPerson['handed']
  /** Answered or excused: they leave the list with the next view. */
  settled?: 'answered' | 'excused' | 'ended'
  /** To take a note back. */
  undo?: () => void
}

export interface People {
  head: Read<PeopleAnswer>
  total: number
  /** Undefined where that place is not loaded yet. */
  at: (index: number) => GapPerson | undefined
  /** Asks for what is in sight. */
  want: (first: number, last: number) => void
  /** Asks for all from the first on, so many at most: for paper. False where some did not come. */
  wantAll: (most: number) => Promise<boolean>
  problem: CallProblem | null
  loaded: readonly GapPerson[]
  done: ReadonlyMap<string, Done>
  note: (ids: readonly string[], done: Done | null) => void
}

/** All that were seen so far, in the order in which they came: whoever leaves the list keeps the place, should it turn out that they were dealt with here. */
const seenSoFar = (before: readonly GapPerson[], fresh: readonly GapPerson[]): GapPerson[] => {
  const now = new Map(fresh.map((one) => [idOf(one), one]))
  const known = new Set(before.map(idOf))
  return [...before.map((one) => now.get(idOf(one)) ?? one), ...fresh.filter((one) => !known.has(idOf(one)))]
}

export function useGapPeople(question: PeopleQuestion, enabled: boolean): People {
  const id = JSON.stringify(question)
  const head = useRead(gapPeople, { ...question, size: pageSize }, { topics: ['coverage', 'gaps'], enabled })
  const [done, setDone] = useState<ReadonlyMap<string, Done>>(new Map())
  const [pages, setPages] = useState<ReadonlyMap<number, { rows: GapPerson[]; at: number }>>(new Map())
  const [problem, setProblem] = useState<CallProblem | null>(null)
  const asked = useRef(new Map<number, number>())
  const seen = useRef<{ id: string; rows: GapPerson[] }>({ id: '', rows: [] })
  useEffect(() => {
    setDone(new Map())
    setPages(new Map())
    setProblem(null)
    asked.current = new Map()
  }, [id])
  const answer = head.data
  const rows = useMemo(() => {
    const fresh = answer?.people ?? []
    seen.current = { id, rows: seenSoFar(seen.current.id === id ? seen.current.rows : [], fresh) }
    const open = new Set(fresh.map(idOf))
    return seen.current.rows.filter((one) => open.has(idOf(one)) || done.has(idOf(one)))
  }, [answer, id, done])
  /** Rows that only stay because they were dealt with here. */
  const extra = Math.max(0, rows.length - (answer?.people.length ?? 0))
  const total = (answer?.total ?? 0) + extra
  const at = useCallback(
    (index: number) => {
      if (index < rows.length) return rows[index]
      const place = index - extra
      return pages.get(Math.floor(place / pageSize) + 1)?.rows[place % pageSize]
    },
    [rows, extra, pages],
  )
  const headAt = head.at
  const fetchPage = useCallback(
    async (page: number): Promise<boolean> => {
      asked.current.set(page, headAt)
      const mine = asked.current
      try {
        const found = await client.call(gapPeople, { ...(JSON.parse(id) as PeopleQuestion), page, size: pageSize })
        if (asked.current !== mine) return false
        setPages((before) => new Map(before).set(page, { rows: found.people, at: Date.now() }))
        setProblem(null)
        return true
      } catch (error) {
        if (asked.current !== mine) return false
        mine.delete(page)
        setProblem(asProblem(error))
        return false
      }
    },
    [id, headAt],
  )
  const want = useCallback(
    (from: number, to: number) => {
      for (let page = Math.floor(Math.max(0, from - extra) / pageSize) + 1; page <= Math.floor(Math.max(0, to - extra) / pageSize) + 1; page++)
        if (page >= 2 && asked.current.get(page) !== headAt) void fetchPage(page)
    },
    [fetchPage, extra, headAt],
  )
  const wantAll = useCallback(
    async (most: number): Promise<boolean> => {
      for (let page = 2; page <= Math.ceil(Math.min(total - extra, most) / pageSize); page++) if (!(await fetchPage(page))) return false
      return true
    },
    [fetchPage, total, extra],
  )
  const note = useCallback((ids: readonly string[], one: Done | null) => {
    setDone((before) => {
      const next = new Map(before)
      for (const subject of ids) if (one) next.set(subject, one); else next.delete(subject)
      return next
    })
  }, [])
  const loaded = useMemo(() => [...rows, ...[...pages.entries()].toSorted(([a], [b]) => a - b).flatMap(([, page]) => page.rows)], [rows, pages])
  return { head, total, at, want, wantAll, problem, loaded, done, note }
}
