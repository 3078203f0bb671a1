/** Sending a file, whole or in pieces: a broken connection costs one piece, and the same file again goes on where it stopped. */
import { useCallback, useRef, useState } from 'react'
import type { CallProblem } from '#kernel/client.ts'
import { newId, stableId } from '#kernel/ids.ts'
import { asProblem, patiently } from './data.ts'
import type { TakenFile } from './intake.tsx'

/** One file under way. */
export interface Parcel {
  importId: string
  file: TakenFile
  /** Takes a step under a request id of its own: taken again, it is the same request. */
  step<T>(what: string, run: (options: { requestId: string }) => Promise<T>): Promise<T>
  /** Sends what follows on the first `from` bytes. */
  pieces(from: number, size: number, send: (starts: number, options: { requestId: string; file: TakenFile }) => Promise<unknown>): Promise<void>
}

/** A file as it is sent under an id; `report` hears how many bytes have gone. */
export function parcel(importId: string, file: TakenFile, report: (sent: number) => void): Parcel {
  const step: Parcel['step'] = (what, run) => patiently(() => run({ requestId: stableId('sending', importId, what) }))
  return {
    importId, file, step,
    async pieces(from, size, send) {
      for (let starts = from; starts < file.bytes.length; starts += size) {
        report(starts)
        await step(`piece ${starts}`, (options) => send(starts, { ...options, file: { name: file.name, bytes: file.bytes.subarray(starts, starts + size) } }))
      }
      report(file.bytes.length)
    },
  }
}

export interface Sending<G> {
  /** Resolves to the import's id; null where `problem` says why not. */
  send: (file: TakenFile, given: G) => Promise<string | null>
  busy: boolean
  sent: number
  problem: CallProblem | null
  reset: () => void
}

/** `steps` is one function, not a new one for each drawing. */
export function useSending<G = undefined>(steps: (parcel: Parcel, given: G) => Promise<unknown>): Sending<G> {
  const [busy, setBusy] = useState(false)
  const [sent, setSent] = useState(0)
  const [problem, setProblem] = useState<CallProblem | null>(null)
  const last = useRef<{ file: TakenFile; given: string; importId: string } | null>(null)
  const send = useCallback(async (file: TakenFile, given: G) => {
    const said = JSON.stringify(given) ?? ''
    if (last.current?.file !== file || last.current.given !== said) last.current = { file, given: said, importId: newId() }
    const { importId } = last.current
    setBusy(true)
    setProblem(null)
    setSent(0)
    try {
      await steps(parcel(importId, file, setSent), given)
      return importId
    } catch (error) {
      setProblem(asProblem(error))
      return null
    } finally {
      setBusy(false)
    }
  }, [steps])
  const reset = useCallback(() => setProblem(null), [])
  return { send, busy, sent, problem, reset }
}
