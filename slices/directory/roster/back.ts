import { givenBack } from './aliases.ts'
import type { SheetRead } from './preview.ts'

/** The columns under which rows of several sheets are given back together, and a row as it stands under them. */
export type Back = { header: string[]; place(sheet: string, cells: readonly string[]): string[] }

/**
 * Rows that are given back are to be read again as they were: each cell under what headed it, two rows of header joined, one column for
 * what several sheets call differently, and what only the name or the title of the sheet said in a column of its own.
 */
export function backOf(sheets: readonly SheetRead[]): Back {
  const columns = new Map<string, number>()
  const header: string[] = []
  const at = (head: string, key: string): number => {
    const known = columns.get(key)
    if (known !== undefined) return known
    columns.set(key, header.length)
    return header.push(head) - 1
  }
  const ways = new Map(sheets.map((sheet) => {
    const times = new Map<string, number>()
    const fields = new Map(sheet.columns.map(({ field, column }) => [column, field]))
    const places = sheet.heads.map((head, column) => {
      const field = fields.get(column)
      if (field) return at(head, field)
      if ((givenBack as readonly string[]).includes(head)) return null
      const time = (times.get(head) ?? 0) + 1
      times.set(head, time)
      return at(head, `${head} ${time}`)
    })
    return [sheet.sheet, { ...sheet, places }] as const
  }))
  const college = sheets.some((sheet) => sheet.college !== null) ? at('学院', 'college') : null
  const klass = sheets.some((sheet) => sheet.class !== null) ? at('班级', 'class') : null
  return {
    header,
    place(name, cells) {
      const out = header.map(() => '')
      const way = ways.get(name)
      if (!way) return out
      way.places.forEach((column, index) => { if (column !== null) out[column] = cells[index] ?? '' })
      if (college !== null && way.college !== null) out[college] = way.college
      if (klass !== null && way.class !== null) out[klass] = way.class
      return out
    },
  }
}
