/** Reads that also open without a network: the last answer of this person, with its age, until a fresh one comes. */
import { useEffect, useState, useSyncExternalStore } from 'react'
import type { Input, Output } from '#kernel/contract.ts'
import { findKept, inputKey, keep, lastPerson, type Kept } from '#kernel/phone/cache.ts'
import { canRetry, useRead, type AnyCall, type Read, type ReadOptions } from '../data.ts'

/** When each answer came that stands on the screen because no fresh one did. */
const shown = new Map<symbol, number>()
const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}

/** When the oldest came of what stands on the screen while the server is not reached; null where all is fresh. The frame says it, for every page. */
export function useShownSince(): number | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => (shown.size === 0 ? null : Math.min(...shown.values())),
  )
}

/** `useRead`, remembered on the phone. Use it for what a person needs offline; not for others' data. */
export function useKeptRead<C extends AnyCall>(call: C, input: Input<C>, options: ReadOptions = {}): Read<Output<C>> {
  const read = useRead(call, input, options)
  const wanted = inputKey(input)
  const [kept, setKept] = useState<(Kept<Output<C>> & { input: string }) | null>(null)
  const person = lastPerson()
  const enabled = options.enabled ?? true
  useEffect(() => {
    if (!enabled || person === null) return
    let current = true
    void findKept<Output<C>>(person, call.name, JSON.parse(wanted)).then((found) => {
      if (current && found) setKept({ ...found, input: wanted })
    })
    return () => {
      current = false
    }
  }, [call.name, wanted, person, enabled])
  useEffect(() => {
    if (read.data !== undefined && read.at > 0 && !read.problem && person !== null) void keep(person, call.name, JSON.parse(wanted), read.data, read.at)
  }, [read.data, read.at, read.problem, call.name, wanted, person])
  const remembered = read.data === undefined && kept?.input === wanted ? kept : null
  const at = remembered?.at ?? read.at
  const stale = (remembered !== null || read.data !== undefined) && read.problem !== null && canRetry(read.problem)
  useEffect(() => {
    if (!stale) return
    const key = Symbol(call.name)
    shown.set(key, at)
    tell()
    return () => {
      shown.delete(key)
      tell()
    }
  }, [stale, at, call.name])
  return remembered ? { ...read, data: remembered.answer, at, loading: false } : read
}
