export type Language = 'zh-Hans' | 'zh-Hant' | 'en'

export function languageOf(header: string | undefined): Language {
  const first = (header ?? '').toLowerCase()
  if (/^zh-(hant|tw|hk|mo)/.test(first)) return 'zh-Hant'
  if (first.startsWith('zh') || first === '') return 'zh-Hans'
  return 'en'
}

/** A text in both languages, stored with configurable things (attributes, measures, vocabularies). */
export interface Bilingual {
  zh: string
  en: string
}
