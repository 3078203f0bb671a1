import type { Heading } from './fields.ts'

/** What a roster file may weigh. Checked before and while it is opened, never after. */
export const limits = {
  containerBytes: 20 * 1024 * 1024,
  entries: 2000,
  inflatedBytes: 200 * 1024 * 1024,
  rows: 200_000,
  columns: 200,
  cells: 5_000_000,
  cellChars: 32_767,
  totalChars: 100_000_000,
  sheets: 500,
  wallMs: 30_000,
  workerMegabytes: 1024,
} as const

/** A sentence in both languages of the house. */
export type Said = { zh: string; en: string }

export type RefusalCode =
  | 'empty'
  | 'not-a-sheet'
  | 'broken'
  | 'protected'
  | 'macros'
  | 'unsafe'
  | 'too-big'
  | 'bomb'
  | 'two-number-columns'
  | 'two-name-columns'
  | 'no-name-column'
  | 'no-number-column'
  | 'no-such-column'
  | 'column-never'
  | 'column-chosen-twice'

/** The whole file is refused: it says what is wrong and where; nothing of it was taken. */
export class RosterRefused extends Error {
  readonly code: RefusalCode
  readonly zh: string
  readonly en: string
  /** The columns that were seen, so that a person can say what they are. */
  headings: readonly Heading[] = []

  constructor(code: RefusalCode, zh: string, en: string) {
    super(en)
    this.name = 'RosterRefused'
    this.code = code
    this.zh = zh
    this.en = en
  }
}

/** A table as it stood in the file: texts only, row 0 is the first row of the sheet. */
export type Sheet = {
  name: string
  rows: string[][]
  /** Set for sheets the author had hidden; they are not read as people. */
  hidden?: boolean
  /** How many rows with content the author had hidden or filtered out; they are read. */
  hiddenRows?: number
  /** Columns with content that the author had hidden, from 0; they are read. */
  hiddenColumns?: number[]
  /** Somewhere in the workbook a formula stands without its result. */
  uncomputed?: boolean
}
