import { limits, RosterRefused } from './refusal.ts'

/**
 * Reads delimited text by RFC 4180: quoted fields may hold delimiters, doubled quotes and line ends.
 * Lenient where spreadsheets are: a quote inside an unquoted field is an ordinary character; any line end will do.
 */
export function readDelimited(text: string, delimiter = sniffDelimiter(text)): string[][] {
  if (delimiter === ' ') return inWords(text)
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  const endRow = (): void => {
    rows.push(row)
    row = []
    if (rows.length > limits.rows) throw tooManyRows()
  }
  const endField = (value: string): void => {
    row.push(value)
    if (row.length > limits.columns) dropEmptyTail(row, rows.length + 1)
    if (value.length > limits.cellChars) throw tooLongCell(rows.length + 1, row.length)
  }
  while (at < text.length) {
    let value = ''
    if (text[at] === '"') {
      const quoted = readQuoted(text, at, rows.length + 1)
      value = quoted.value
      at = quoted.next
    }
    const end = endOfField(text, at, delimiter)
    value += text.slice(at, end)
    endField(value)
    at = end
    const stop = text[at]
    if (stop === delimiter) {
      at += 1
      if (at === text.length) endField('')
      continue
    }
    if (stop === '\r' && text[at + 1] === '\n') at += 1
    at += 1
    endRow()
  }
  if (row.length > 0) endRow()
  return rows
}

function inWords(text: string): string[][] {
  const lines = text.split(/\r\n|\r|\n/)
  if (lines.length > limits.rows) throw tooManyRows()
  return lines.map((line, at) => {
    const words = line.trim().split(/\s+/)
    if (words.length > limits.columns) dropEmptyTail(words, at + 1)
    words.forEach((word, column) => { if (word.length > limits.cellChars) throw tooLongCell(at + 1, column + 1) })
    return words
  })
}

function readQuoted(text: string, start: number, rowNumber: number): { value: string; next: number } {
  let value = ''
  let from = start + 1
  for (;;) {
    const quote = text.indexOf('"', from)
    if (quote < 0) {
      const line = text.slice(0, start).split(/\r\n|\r|\n/).length
      throw new RosterRefused(
        'broken',
        `第 ${line} 行（第 ${rowNumber} 条）有一个引号没有配对，后面的内容无法分清。请改好后再试。`,
        `Line ${line} (record ${rowNumber}) opens a quotation mark that is never closed. Mend it and try again.`,
      )
    }
    value += text.slice(from, quote)
    if (text[quote + 1] !== '"') return { value, next: quote + 1 }
    value += '"'
    from = quote + 2
  }
}

function endOfField(text: string, from: number, delimiter: string): number {
  let at = from
  while (at < text.length) {
    const char = text[at]
    if (char === delimiter || char === '\n' || char === '\r') break
    at += 1
  }
  return at
}

/** The delimiter that cuts the first lines into the most columns; what stands inside quotes does not count. */
export function sniffDelimiter(text: string): string {
  const head = text.slice(0, 20_000).replace(/"[^"]*"/g, '')
  const lines = head.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '').slice(0, 30)
  let best = ','
  let most = 0
  for (const delimiter of ['\t', ',', ';', '|']) {
    const counts = lines.map((line) => line.split(delimiter).length - 1).toSorted((x, y) => x - y)
    const score = counts[Math.floor(counts.length / 2)] ?? 0
    if (score > most) {
      most = score
      best = delimiter
    }
  }
  // Typed by hand: full-width commas, or blanks where every line has as many words.
  if (most === 0 && lines.length > 1) {
    if (lines.every((line) => line.includes('，'))) return '，'
    const words = new Set(lines.map((line) => line.trim().split(/\s+/).length))
    if (words.size === 1 && !words.has(1)) return ' '
  }
  return best
}

/** Excel writes long tails of empty cells; only cells with content count towards the limit. */
function dropEmptyTail(row: string[], rowNumber: number): void {
  if (row.at(-1) === '') {
    row.pop()
    return
  }
  throw new RosterRefused(
    'too-big',
    `第 ${rowNumber} 行超过 ${limits.columns} 列，不像名册。`,
    `Row ${rowNumber} has more than ${limits.columns} columns; this is no roster.`,
  )
}

function tooManyRows(): RosterRefused {
  return new RosterRefused(
    'too-big',
    `表格超过 ${limits.rows} 行。请按学院拆开导入。`,
    `The table has more than ${limits.rows} rows. Split it, for instance by college.`,
  )
}

function tooLongCell(row: number, column: number): RosterRefused {
  return new RosterRefused(
    'too-big',
    `第 ${row} 行第 ${column} 列的内容超过 ${limits.cellChars} 个字，不像名册。`,
    `Row ${row}, column ${column} holds more than ${limits.cellChars} characters; this is no roster.`,
  )
}
