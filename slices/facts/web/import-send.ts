/** A file of facts, in pieces. */
import { client } from '#ui/data.ts'
import type { Parcel } from '#ui/sending.ts'
import { checkImport, pieceSize, sendPiece, startImport } from '../contract.ts'

/** Ends when all is there and the check has begun. */
export async function sendFacts({ importId, file, step, pieces }: Parcel): Promise<void> {
  const { received } = await step('start', (options) => client.call(startImport, { importId, fileName: file.name.slice(-200), bytes: file.bytes.length }, options))
  await pieces(received, pieceSize, (starts, options) => client.call(sendPiece, { importId, starts }, options))
  await step('check', (options) => client.call(checkImport, { importId }, options))
}
