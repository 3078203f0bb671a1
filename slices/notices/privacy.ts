/** Hides personal data in a notice's text; the length stays, so that every offset stays true. Pure. */

/** Covers letters and figures of each stretch; a name keeps its first character. */
export function masked(text: string, contacts: readonly { start: number; end: number; kind: string }[]): string {
  const chars = text.split('')
  for (const { start, end, kind } of contacts) {
    const from = kind === 'person' ? start + 1 : start
    for (let i = Math.max(0, from); i < Math.min(end, chars.length); i++) {
      const char = chars[i] ?? ''
      if (/[\p{L}\p{N}]/u.test(char)) chars[i] = kind === 'person' ? '某' : '*'
    }
  }
  return chars.join('')
}

/** Covers telephone numbers and mailboxes in a short text whose place in the document is not known. */
export const maskedWords = (text: string): string =>
  text.replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\d)1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)|(?<!\d)0\d{2,3}[ -]\d{7,8}(?!\d)/g, (found) => found.replace(/[\p{L}\p{N}]/gu, '*'))
