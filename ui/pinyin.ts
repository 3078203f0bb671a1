/** Finding names by characters, pinyin or pinyin initials. The dictionary is a lazy chunk; until it is there, characters match. */
import { useEffect, useState } from 'react'

type Forms = { text: string; full: string; initials: string }
type Pinyin = typeof import('pinyin-pro')

let loaded: Pinyin | null = null
let loading: Promise<Pinyin> | null = null
const known = new Map<string, Forms>()

export async function loadPinyin(): Promise<void> {
  loading ??= import('pinyin-pro')
  loaded = await loading
}

function formsOf(text: string, dictionary: Pinyin): Forms {
  let forms = known.get(text)
  if (!forms) {
    // Surnames are read as surnames (单 shan, 曾 zeng).
    const syllables = dictionary.pinyin(text, { toneType: 'none', type: 'array', surname: 'head', v: true })
    forms = { text: text.toLowerCase(), full: syllables.join('').toLowerCase(), initials: syllables.map((syllable) => syllable[0] ?? '').join('').toLowerCase() }
    if (known.size > 200_000) known.clear()
    known.set(text, forms)
  }
  return forms
}

/** Whether the text matches what was typed: its characters, its pinyin, or its initials (张伟: 张, zhangw, zw). */
export function matchesName(text: string, typed: string): boolean {
  const wanted = typed.trim().toLowerCase().replaceAll(/\s+/g, '')
  if (wanted === '') return true
  if (text.toLowerCase().replaceAll(/\s+/g, '').includes(wanted)) return true
  if (!loaded || !/^[a-z]+$/.test(wanted)) return false
  const forms = formsOf(text, loaded)
  return forms.initials.includes(wanted) || forms.full.startsWith(wanted) || (wanted.length > 2 && forms.full.includes(wanted))
}

/** `matchesName`; another function once the dictionary has come, so that what was found before is looked for again. */
export function useNameMatch(): typeof matchesName {
  const [match, setMatch] = useState(() => matchesName)
  useEffect(() => {
    if (!loaded) loadPinyin().then(() => setMatch(() => (text: string, typed: string) => matchesName(text, typed)), () => undefined)
  }, [])
  return match
}
