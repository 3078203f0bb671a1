/** Lines that name a unit, and lines that are a title. */
import { ISSUER_ENDINGS, NOTICE_KINDS } from './knowledge/titles.ts'
import { markerAt } from './numbering.ts'

const endings = [...ISSUER_ENDINGS].toSorted((a, b) => b.length - a.length)
const kinds = [...NOTICE_KINDS].toSorted((a, b) => b.length - a.length)
const KIND_END = new RegExp(`(${kinds.join('|')})(\\([^()]{1,20}\\)|第[\\d一二三四五六七八九十百]+号)*[!!]?$`)

/** 国际合作处 International Office: the name without its English. */
export const withoutLatin = (text: string): string => text.replace(/(?<=\p{Script=Han})\s*[/|]?\s*[A-Za-z][A-Za-z ,.&'’-]{5,}:?$/u, '')

/** Does this short line name a unit and nothing else? */
export function isUnitLine(text: string): boolean {
  // 学生工作部(处), 领导小组办公室(保卫处代章): what stands in brackets belongs to the name.
  const bare = withoutLatin(text).replace(/\([^()]{1,12}\)$/, '')
  if (bare.length < 2 || bare.length > 34 || /[。;:!?,《》]/.test(bare) || /^\d/.test(bare)) return false
  if (/^(特此|请|要|须|不得|严禁|关于|附件|各|现将|全体|必须|做好|加强)/.test(bare)) return false
  return endings.some((ending) => bare.endsWith(ending)) || /(大学|学院|学校|委员会)[\p{Script=Han}]{0,10}$/u.test(bare) && bare.length <= 24 && !/(的|了|是|要|在)/.test(bare)
}

/** Is this text a notice's title? */
export function isTitle(text: string): boolean {
  if (text.length < 2 || text.length > 110 || /[。;:,]$/.test(text) || /[。;]/.test(text)) return false
  // 附件:……提示函 names an attachment.
  if (markerAt(text, 0) || /^(附件|附)[\d一二三四五六七八九十]{0,2}[:.、]/.test(text)) return false
  if (!KIND_END.test(text)) return false
  if (/关于.{2,}的?/.test(text)) return true
  if (/^(特此|现将|请|各|根据|为)/.test(text)) return false
  return text.length <= 40 && !/,/.test(text)
}
