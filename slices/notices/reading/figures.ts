/** Figures and calendar days. */

const CN_DIGIT: Record<string, string> = { '〇': '0', '零': '0', '○': '0', 'O': '0', '一': '1', '二': '2', '三': '3', '四': '4', '五': '5', '六': '6', '七': '7', '八': '8', '九': '9' }

/** A small Chinese number (up to 999) as a figure. */
export function cnNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  const hundred = text.indexOf('百')
  if (hundred >= 0) {
    const rest = text.slice(hundred + 1).replace(/^零/, '')
    return Number(CN_DIGIT[text[hundred - 1] ?? ''] ?? 1) * 100 + (rest === '' ? 0 : cnNumber(rest))
  }
  const ten = text.indexOf('十')
  if (ten < 0) return Number([...text].map((char) => CN_DIGIT[char] ?? '').join('') || NaN)
  const tens = ten === 0 ? 1 : Number(CN_DIGIT[text[ten - 1] ?? ''] ?? NaN)
  const rest = text.slice(ten + 1)
  return tens * 10 + (rest === '' ? 0 : Number(CN_DIGIT[rest[0] ?? ''] ?? NaN))
}

/** ISO date of a real calendar day, or null. */
export function toIso(year: number, month: number, day: number): string | null {
  if (!(year >= 1949 && year <= 2100 && month >= 1 && month <= 12 && day >= 1 && day <= 31)) return null
  const date = new Date(Date.UTC(year, month - 1, day))
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null
  return date.toISOString().slice(0, 10)
}
