/** The rows behind figures in compact form: ids of 16 bytes, the unit below of each in 2, its state in 1. */
import type { Counted, Frame, RowKind } from './queries-count.ts'

export interface Kept {
  frame: Frame
  marks: { mark: string; codes: Buffer }[]
}

const idBytes = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex')
const idText = (bytes: Buffer) => bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/** Packs rows with one byte per mark and row. */
export function pack<R extends Counted>(frame: string, rowKind: RowKind, rows: readonly R[], placeUnits: string[], marks: Record<string, (row: R) => number>): Kept {
  const ids = Buffer.alloc(rows.length * 16)
  const places = Buffer.alloc(rows.length * 2)
  rows.forEach((row, index) => {
    idBytes(row.id).copy(ids, index * 16)
    places.writeUInt16BE(row.place, index * 2)
  })
  return { frame: { frame, rowKind, ids, places, placeUnits }, marks: Object.entries(marks).map(([mark, codeOf]) => ({ mark, codes: Buffer.from(rows.map(codeOf)) })) }
}

export interface Opened {
  id: string
  /** The unit just below it belongs to; null: none of them. */
  placeUnit: string | null
  code: number
}

/** The rows of a frame whose code is one of those asked for; without codes all of them. */
export function* open(frame: Frame, codes: Buffer | null, wanted: readonly number[] | null): Generator<Opened> {
  for (let index = 0; index < frame.ids.length / 16; index++) {
    const code = codes?.[index] ?? 0
    if (wanted && !wanted.includes(code)) continue
    const place = frame.places.readUInt16BE(index * 2)
    yield { id: idText(frame.ids.subarray(index * 16, index * 16 + 16)), placeUnit: place > 0 ? (frame.placeUnits[place - 1] ?? null) : null, code }
  }
}
