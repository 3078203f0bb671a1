/** Sending a roster: text of any length in pieces, a workbook or a short table at once. */
import { client } from '#ui/data.ts'
import type { TakenFile } from '#ui/intake.tsx'
import type { Parcel } from '#ui/sending.ts'
import { checkRosterFile, previewRoster, rosterFileLimit, rosterPieceSize, sendRosterPiece, startRosterFile, type RosterColumns } from '../contract.ts'
import type { Covers, Kind } from './roster-preview.tsx'

/** Workbooks are opened whole, and so must be small; so are tables of offices and links. */
export const wholeLimit = 20 * 1048576
/** Text longer than this travels in pieces and is read by a job. */
const piecesFrom = 4 * 1048576
const isText = (name: string) => /\.(csv|tsv|txt)$/i.test(name)
export const limitOf = (name: string, kind: Kind | 'guess') => (isText(name) && (kind === 'guess' || kind === 'people') ? rosterFileLimit : wholeLimit)

export interface Sent {
  kind: Kind | 'guess'
  covers: Covers
  /** What is said of the columns; else they are recognised. */
  columns?: RosterColumns
}

/** Files read at once are not kept by the server: until the page is left they are at hand here, to be checked again. */
const held = new Map<string, TakenFile>()
export const heldFile = (importId: string): TakenFile | undefined => held.get(importId)
export function hold(importId: string, file: TakenFile): void {
  held.clear()
  held.set(importId, file)
}

/** Ends when the preview is there, or its job has begun. */
export async function sendRoster(parcel: Parcel, { kind, covers, columns }: Sent): Promise<void> {
  const { importId, file, step } = parcel
  const covering = covers === 'none' ? {} : { covers }
  if (isText(file.name) && file.bytes.length > piecesFrom && (kind === 'guess' || kind === 'people')) {
    const { received } = await step('start', (options) => client.call(startRosterFile, { importId, fileName: file.name.slice(-200), bytes: file.bytes.length, ...covering }, options))
    await resumeRoster(parcel, received, columns)
  } else {
    await step('preview', (options) => client.call(previewRoster, { importId, ...(kind === 'guess' ? {} : { kind }), ...covering, ...(columns ? { columns } : {}) }, { ...options, file }))
    hold(importId, file)
  }
}

/** Goes on with one that broke off, from the byte up to which it came. */
export async function resumeRoster({ importId, step, pieces }: Parcel, received: number, columns?: RosterColumns): Promise<void> {
  await pieces(received, rosterPieceSize, (starts, options) => client.call(sendRosterPiece, { importId, starts }, options))
  await step('check', (options) => client.call(checkRosterFile, { importId, ...(columns ? { columns } : {}) }, options))
}
