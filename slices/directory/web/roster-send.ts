/** Sending a roster: text of any length in pieces, a workbook or a short table at once. What breaks off goes on where it stopped. */
import { useCallback, useRef, useState } from 'react'
import type { CallProblem } from '#kernel/client.ts'
import { newId, stableId } from '#kernel/ids.ts'
import { asProblem, client, patiently } from '#ui/data.ts'
import type { TakenFile } from '#ui/intake.tsx'
import { checkRosterFile, previewRoster, rosterFileLimit, rosterPieceSize, sendRosterPiece, startRosterFile } from '../contract.ts'
import type { Covers, Kind } from './roster-preview.tsx'

/** Workbooks are opened whole, and so must be small; so are tables of offices and links. */
export const wholeLimit = 20 * 1048576
/** Text longer than this travels in pieces and is read by a job. */
const piecesFrom = 4 * 1048576
const isText = (name: string) => /\.(csv|tsv|txt)$/i.test(name)
export const limitOf = (name: string, kind: Kind | 'guess') => (isText(name) && (kind === 'guess' || kind === 'people') ? rosterFileLimit : wholeLimit)

export interface Sending {
  /** Resolves to the import's id; null where `problem` says why not. */
  send: (file: TakenFile, kind: Kind | 'guess', covers: Covers) => Promise<string | null>
  busy: boolean
  sent: number
  problem: CallProblem | null
  reset: () => void
}

export function useRosterSending(): Sending {
  const [busy, setBusy] = useState(false)
  const [sent, setSent] = useState(0)
  const [problem, setProblem] = useState<CallProblem | null>(null)
  const last = useRef<{ file: TakenFile; covers: Covers; importId: string } | null>(null)
  const send = useCallback(async (file: TakenFile, kind: Kind | 'guess', covers: Covers) => {
    // The same file again goes on where it stopped.
    if (last.current?.file !== file || last.current.covers !== covers) last.current = { file, covers, importId: newId() }
    const { importId } = last.current
    const id = (what: string) => ({ requestId: stableId('roster', importId, what) })
    const covering = covers === 'none' ? {} : { covers }
    setBusy(true)
    setProblem(null)
    setSent(0)
    try {
      if (isText(file.name) && file.bytes.length > piecesFrom && (kind === 'guess' || kind === 'people')) {
        const { received } = await patiently(() => client.call(startRosterFile, { importId, fileName: file.name.slice(-200), bytes: file.bytes.length, ...covering }, id('start')))
        for (let starts = received; starts < file.bytes.length; starts += rosterPieceSize) {
          setSent(starts)
          await patiently(() => client.call(sendRosterPiece, { importId, starts }, { ...id(`piece ${starts}`), file: { name: file.name, bytes: file.bytes.subarray(starts, starts + rosterPieceSize) } }))
        }
        setSent(file.bytes.length)
        await patiently(() => client.call(checkRosterFile, { importId }, id('check')))
      } else {
        await patiently(() => client.call(previewRoster, { importId, ...(kind === 'guess' ? {} : { kind }), ...covering }, { ...id('preview'), file }))
        setSent(file.bytes.length)
      }
      return importId
    } catch (error) {
      setProblem(asProblem(error))
      return null
    } finally {
      setBusy(false)
    }
  }, [])
  const reset = useCallback(() => setProblem(null), [])
  return { send, busy, sent, problem, reset }
}
