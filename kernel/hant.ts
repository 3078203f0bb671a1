import * as OpenCC from 'opencc-js'

let convert: ((text: string) => string) | undefined
/** Simplified to Traditional Chinese as the pages write it: the signs of each word, not the words of one place; a name stays the same name. */
export function toHant(text: string): string {
  const converter = (convert ??= OpenCC.Converter({ from: 'cn', to: 'tw' }))
  return converter(text)
}
