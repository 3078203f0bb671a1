/** What keys make of a number that is being typed. */

/** What stands there after a key. */
export function typed(text: string, key: string, decimals: number, signed: boolean): string {
  if (key === 'erase') return text.slice(0, -1)
  if (key === '-') return signed ? (text.startsWith('-') ? text.slice(1) : `-${text}`) : text
  return clean(text + key, decimals, signed)
}

/** Sets the point by itself where only one place for it makes sense: 365 between 34 and 43 is 36.5. */
export function pointed(text: string, decimals: number, min: number | undefined, max: number | undefined): string {
  if (decimals === 0 || min === undefined || max === undefined || min <= 0 || max >= min * 10 || !/^\d+$/.test(text) || Number(text) <= max) return text
  const at = text.length - 1
  const set = `${text.slice(0, at)}.${text.slice(at)}`
  return Number(set) >= min && Number(set) <= max ? set : text
}

/** Only what a number is made of, at most twelve characters. */
export function clean(text: string, decimals: number, signed: boolean): string {
  const negative = signed && text.startsWith('-')
  const [whole = '', ...rest] = text.replace(/[^0-9.]/g, '').split('.')
  const lead = whole.replace(/^0+(?=\d)/, '')
  const tail = rest.join('').slice(0, decimals)
  const body = decimals > 0 && rest.length > 0 ? `${lead || '0'}.${tail}` : lead
  return `${negative ? '-' : ''}${body}`.slice(0, 12)
}
