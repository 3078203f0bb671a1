/** Reads that also open without a network: the last answer of this person, with its age, until a fresh one comes. */
import { useEffect, useState } from 'react'
import type { Input, Output } from '#kernel/contract.ts'
import { findKept, inputKey, keep, lastPerson, type Kept } from '#kernel/phone/cache.ts'
import { useRead, type AnyCall, type Read, type ReadOptions } from '../data.ts'

export interface KeptRead<O> extends Read<O> {
  /** The answer shown is a remembered one; `at` is when it came. */
  remembered: boolean
}

/** `useRead`, remembered on the phone. Use it for what a person needs offline; not for others' data. */
export function useKeptRead<C extends AnyCall>(call: C, input: Input<C>, options: ReadOptions = {}): KeptRead<Output<C>> {
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
  if (read.data === undefined && kept?.input === wanted) return { ...read, data: kept.answer, at: kept.at, loading: false, remembered: true }
  return { ...read, remembered: false }
}
