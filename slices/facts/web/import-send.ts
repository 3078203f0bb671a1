/** Sending a file of facts in pieces: a broken connection costs one piece, and the sending goes on where it stopped. */
import { useCallback, useRef, useState } from 'react'
import { CallProblem } from '#kernel/client.ts'
import { newId, stableId } from '#kernel/ids.ts'
import { asProblem, client, patiently } from '#ui/data.ts'
import type { TakenFile } from '#ui/intake.tsx'
import { checkImport, pieceSize, sendPiece, startImport } from '../contract.ts'

export interface Sending {
  /** Resolves to the import's id once all is there and the check has begun; null where `problem` says why not. */
  send: (file: TakenFile) => Promise<string | null>
  busy: boolean
  sent: number
  problem: CallProblem | null
}

export function useSending(): Sending {
  const [busy, setBusy] = useState(false)
  const [sent, setSent] = useState(0)
  const [problem, setProblem] = useState<CallProblem | null>(null)
  const last = useRef<{ file: TakenFile; importId: string } | null>(null)
  const send = useCallback(async (file: TakenFile) => {
    // The same file again goes on where it stopped.
    if (last.current?.file !== file) last.current = { file, importId: newId() }
    const { importId } = last.current
    const id = (what: string) => ({ requestId: stableId('import', importId, what) })
    setBusy(true)
    setProblem(null)
    try {
      await patiently(() => client.call(startImport, { importId, fileName: file.name.slice(-200), bytes: file.bytes.length }, id('start')))
      for (let starts = 0; starts < file.bytes.length; starts += pieceSize) {
        setSent(starts)
        await patiently(() => client.call(sendPiece, { importId, starts }, { ...id(`piece ${starts}`), file: { name: file.name, bytes: file.bytes.subarray(starts, starts + pieceSize) } }))
      }
      setSent(file.bytes.length)
      await patiently(() => client.call(checkImport, { importId }, id('check')))
      return importId
    } catch (error) {
      setProblem(asProblem(error))
      return null
    } finally {
      setBusy(false)
    }
  }, [])
  return { send, busy, sent, problem }
}
