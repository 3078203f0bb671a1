/** A brief as a file: the document as signed, or a draft marked as one. */
import { toHant } from '#kernel/hant.ts'
import { toDocx } from './document/docx.ts'
import { toPdf } from './document/pdf.ts'
import type { BriefContent, TableBlock } from './document/types.ts'
import { toXlsx } from './document/xlsx.ts'
import type { Format, Language } from './queries.ts'

export const mediaTypes: Record<Format, string> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}
const makers: Record<Format, (content: BriefContent) => Promise<Uint8Array>> = { docx: toDocx, pdf: toPdf, xlsx: toXlsx }

/** The document in both written languages, as it is fixed by the signature. */
export interface Documents {
  zh: BriefContent
  en: BriefContent
  /** What only the workbook holds. */
  tables: { zh: TableBlock[]; en: TableBlock[] }
}

/** Texts in Traditional Chinese; ids and moments stay. */
function traditional<T>(value: T, key = ''): T {
  if (typeof value === 'string') return (/^(id|figureId|asOf|date|lang|timeZone|kind|align)$/.test(key) ? value : toHant(value)) as T
  if (Array.isArray(value)) return value.map((one) => traditional<unknown>(one, key)) as T
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, traditional<unknown>(one, name)])) as T
  return value
}

export interface File {
  name: string
  mediaType: string
  bytes: Uint8Array
}

/** One file of a brief. `correctedBy`: the later signed edition, which the page says. */
export async function fileOf(documents: Documents, format: Format, language: Language, correctedBy: { edition: number } | null): Promise<File> {
  const given = language === 'en' ? documents.en : documents.zh
  const note = language === 'en' ? `Corrected by edition ${correctedBy?.edition}` : `本版已由第${correctedBy?.edition}版更正`
  const tongue = language === 'en' ? 'en' : 'zh'
  const extra = documents.tables[tongue]
  const full: BriefContent = format === 'xlsx' && extra.length ? { ...given, sections: [...given.sections, { heading: tongue === 'en' ? 'By unit' : '各单位情况', blocks: extra }] } : given
  const noted: BriefContent = correctedBy ? { ...full, docNumber: [full.docNumber, note].filter(Boolean).join('　') } : full
  const content: BriefContent = language === 'zh-Hant' ? { ...traditional(noted), lang: 'zh-Hant' } : noted
  const drill = content.drill ? (language === 'en' ? '[DRILL] ' : language === 'zh-Hant' ? '【演練】' : '【演练】') : ''
  const edition = content.edition > 1 ? (language === 'en' ? ` (edition ${content.edition})` : `（第${content.edition}版）`) : ''
  const name = `${drill}${content.title}${edition}`.replace(/[\\/:*?"<>|\p{Cc}]/gu, ' ').trim()
  return { name: `${[...name].slice(0, 100).join('')}.${format}`, mediaType: mediaTypes[format], bytes: await makers[format](content) }
}
