/** A document that cannot be read: says what is wrong and what to do, in both languages. */
export class ReadingRefused extends Error {
  readonly code: string
  readonly zh: string
  readonly en: string

  constructor(code: string, zh: string, en: string) {
    super(en)
    this.name = 'ReadingRefused'
    this.code = code
    this.zh = zh
    this.en = en
  }
}
