/** A line of the page, and what it is for. */
export type LineRole = 'text' | 'table' | 'chrome' | 'meta' | 'blank'
export type Line = { start: number; end: number; text: string; role: LineRole }
