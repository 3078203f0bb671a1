import * as OpenCC from 'opencc-js'

let convert: ((text: string) => string) | undefined
/** Simplified to Traditional Chinese, words included. */
export function toHant(text: string): string {
  const converter = (convert ??= OpenCC.Converter({ from: 'cn', to: 'twp' }))
  return converter(text)
}
