/** What keys make of a number that is being typed. */

/** What stands there after a key. */
export function typed(text: string, key: string, decimals: number, signed: boolean): string {
  if (key === 'erase') return text.slice(0, -1)
  if (key === '-') return signed ? (text.startsWith('-') ? text.slice(1) : `-${text}`) : text
  return clean(text + key, decimals, signed)
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
