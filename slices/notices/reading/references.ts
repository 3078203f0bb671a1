/** Documents a notice rests on, and what it replaces. */

const SUPERSEDES = /(?:同时废止|即行废止|予以废止|停止执行|以本通知为准|不再执行|代替|取代)/
const NUMBERED = /《([^《》\n]{4,80})》(?:\(([^()\n]{4,30}\d{4}[^()\n]{1,12}号)\))?/g

/** Titles in 《》 behind 根据, 按照, 贯彻, 转发; and those which the notice says no longer hold. Offsets into the folded text. */
export function findReferences(text: string, start: number, end: number): { basis: { start: number; end: number }[]; supersedes: { start: number; end: number }[] } {
  const basis: { start: number; end: number }[] = []
  const supersedes: { start: number; end: number }[] = []
  const seen = new Set<string>()
  const slice = text.slice(start, end)
  NUMBERED.lastIndex = 0
  for (let match = NUMBERED.exec(slice); match && basis.length < 40; match = NUMBERED.exec(slice)) {
    const name = match[1] ?? ''
    if (seen.has(name)) continue
    const from = start + match.index
    const to = from + match[0].length
    const before = text.slice(Math.max(start, from - 30), from)
    const after = text.slice(to, to + 30)
    const sentence = before.slice(before.lastIndexOf('。') + 1)
    if (SUPERSEDES.test(after) || /(废止|代替|取代|原)$/.test(sentence)) {
      seen.add(name)
      supersedes.push({ start: from, end: to })
    } else if (/(根据|按照|依据|贯彻|落实|遵照|执行|转发|对照|依照|参照|[、和及]$)/.test(sentence)) {
      seen.add(name)
      basis.push({ start: from, end: to })
    }
  }
  return { basis, supersedes }
}
