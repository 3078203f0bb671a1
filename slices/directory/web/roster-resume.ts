/** Goes on sending a roster that broke off, from the byte up to which it came. */
import { stableId } from '#kernel/ids.ts'
import { client } from '#ui/data.ts'
import { checkRosterFile, rosterPieceSize, sendRosterPiece } from '../contract.ts'

export async function resumeRoster(importId: string, file: { name: string; bytes: Uint8Array }, received: number, report: (sent: number) => void): Promise<void> {
  const id = (what: string) => ({ requestId: stableId('roster', importId, what) })
  for (let starts = received; starts < file.bytes.length; starts += rosterPieceSize) {
    report(starts)
    await client.call(sendRosterPiece, { importId, starts }, { ...id(`piece ${starts}`), file: { name: file.name, bytes: file.bytes.subarray(starts, starts + rosterPieceSize) } })
  }
  report(file.bytes.length)
  await client.call(checkRosterFile, { importId }, id('check'))
}
