/** Whether a character takes a full square in Chinese setting. */
export function isWide(character: string): boolean {
  const code = character.codePointAt(0) ?? 0
  return code >= 0x2e80 || (code >= 0x2010 && code <= 0x2027) || (code >= 0x2460 && code <= 0x25ff) || code === 0xb7 || code === 0x203b
}

/** Length of a text in full squares (字); Latin letters and digits count half. */
export function squares(text: string): number {
  let sum = 0
  for (const character of text) sum += isWide(character) ? 1 : 0.5
  return sum
}

/**
 * A title in as few lines as fit, of nearly equal length and broken between words, the earlier lines the longer ones
 * (the official rule asks for lines that are complete in meaning and end in a trapezoid).
 */
export function titleLines(title: string, capacity: number): string[] {
  const count = Math.ceil(squares(title) / capacity)
  if (count <= 1) return [title]
  const words = [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(title)].map((part) => part.segment)
  const lines: string[] = []
  let line = ''
  let rest = squares(title)
  for (const word of words) {
    // What this line should hold if it and the lines after it were equal.
    const share = (rest + squares(line)) / (count - lines.length)
    const open = lines.length < count - 1 && line !== '' && squares(line) >= share - 0.5
    const closes = /^[，。、；：？！）〕》”’％]/u.test(word)
    if ((open && !closes) || squares(line + word) > capacity) {
      // What opens goes with what it opens.
      const opening = /[（〔《〈「『【“‘]+$/u.exec(line)?.[0] ?? ''
      if (line !== opening) lines.push(line.slice(0, line.length - opening.length))
      line = opening
    }
    line += word
    rest -= squares(word)
    while (squares(line) > capacity) {
      const fitting = [...line].slice(0, Math.floor(capacity)).join('')
      lines.push(fitting)
      line = line.slice(fitting.length)
    }
  }
  return [...lines, line].map((each) => each.trim()).filter((each) => each !== '')
}

/** What a cell needs on one line: its text (a Latin letter of a table's head is wider than half a square), and the quarter squares that programs set between Chinese and Latin. */
function cellSquares(text: string): number {
  return squares(text) + 0.1 * (text.match(/[A-Za-z]/gu)?.length ?? 0) + 0.25 * (text.match(/[\u4e00-\u9fff](?=[A-Za-z0-9])|[A-Za-z0-9](?=[\u4e00-\u9fff])/gu)?.length ?? 0) + 0.4
}

/**
 * Shares of a table's width, from what stands in its columns: narrow columns get what they need, wide ones divide
 * the rest. `available` is the width in squares of the table's letters, without the padding of cells.
 */
export function columnShares(texts: readonly (readonly string[])[], columns: number, available: number): number[] {
  const wanted = Array.from({ length: columns }, (_, index) => Math.min(40, texts.slice(0, 2_000).reduce((most, row) => Math.max(most, cellSquares(row[index] ?? '')), 2)))
  const sum = wanted.reduce((a, b) => a + b, 0)
  if (sum <= available) return wanted.map((width) => width / sum)
  const widths = Array.from({ length: columns }, () => 0)
  let open = wanted.map((_, index) => index)
  let left = available
  for (;;) {
    const fair = left / open.length
    const narrow = open.filter((index) => (wanted[index] ?? 0) <= fair)
    if (narrow.length === 0) break
    for (const index of narrow) {
      widths[index] = wanted[index] ?? 0
      left -= widths[index]
    }
    open = open.filter((index) => !narrow.includes(index))
    if (open.length === 0) break
  }
  // The wide ones by the root of what they want: a very long text must not starve its neighbour.
  const weight = (index: number) => Math.sqrt(wanted[index] ?? 1)
  const total = open.reduce((a, index) => a + weight(index), 0)
  for (const index of open) widths[index] = (left * weight(index)) / total
  const all = widths.reduce((a, b) => a + b, 0)
  return widths.map((width) => width / all)
}

/** The letterhead is as large as fits the line, between 22 and 54 points. */
export function letterheadSize(text: string): number {
  return Math.max(22, Math.min(54, Math.floor(430 / Math.max(1, squares(text)))))
}
