import type { Language } from '#kernel/words.ts'

/** A piece of text. With `figureId` it is a figure, and gets a mark that leads to its source in the appendix. */
export interface Run {
  text: string
  figureId?: string
}

/** A plain value, or one that is a figure or a share (0.963 with `percent` is shown as 96.3%). */
export type Cell = string | number | null | { value: string | number | null; figureId?: string; percent?: boolean }

export interface Column {
  title: string
  align?: 'left' | 'center' | 'right'
}

export interface TableBlock {
  kind: 'table'
  caption: string
  columns: Column[]
  rows: Cell[][]
  note?: string
}

export type Block = { kind: 'text'; runs: Run[] } | { kind: 'list'; items: Run[][] } | TableBlock

export interface Section {
  /** Without its number; a heading that already starts with one (`一、`) keeps it. */
  heading: string
  level?: 1 | 2
  blocks: Block[]
}

/** Where a figure comes from: what was asked, as of when, and how many rows stand behind it. */
export interface Figure {
  id: string
  value: string | number
  label: string
  /** The question in plain words, so that a reader can repeat it. */
  query: string
  asOf: string
  rows: number
}

/** A brief (专报) as data. Small cells are suppressed by whoever makes this. */
export interface BriefContent {
  letterhead: string
  docNumber?: string
  title: string
  /** 1 at first; a correction is a new edition and says so. */
  edition: number
  asOf: string
  unitName: string
  addressee?: string
  sections: Section[]
  signature: string
  /** ISO date, or a text that is printed as it stands. */
  date: string
  copyTo?: string[]
  /** Marked 演练 / DRILL on every page. */
  drill: boolean
  figures: Figure[]
  /** Language of the fixed words; the content is printed as given. Simplified Chinese if absent. */
  lang?: Language
  timeZone?: string
}
