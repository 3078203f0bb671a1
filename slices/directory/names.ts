import { pinyin } from 'pinyin-pro'

/** For search: the name's pinyin in full and by initials. */
export function pinyinOf(name: string): string {
  const options = { toneType: 'none', type: 'array', surname: 'head' } as const
  return `${pinyin(name, options).join('')} ${pinyin(name, { ...options, pattern: 'first' }).join('')}`.toLowerCase()
}
