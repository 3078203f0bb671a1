import { LineRuleType, convertMillimetersToTwip } from 'docx'
import type { IFontAttributesProperties, IRunOptions, ISectionPropertiesOptions, ISpacingProperties } from 'docx'
import type { Language } from '#kernel/words.ts'

/** Points to the twentieths that Word counts in. */
export const twips = (points: number) => Math.round(points * 20)
export const mm = convertMillimetersToTwip

/** Width of the type area: 156 mm. */
export const typeArea = mm(156)
/** 22 lines over 225 mm. */
export const lineTwips = 579
/** The body type, 3号. */
export const bodySize = 16
export const square = twips(bodySize)
export const red = 'FF0000'

export type Face = 'title' | 'body' | 'hei' | 'kai' | 'song'

// The fonts named by GB/T 9704-2012 and its usual template. 仿宋_GB2312 and its kin hold no Traditional characters, so there the fonts
// of the same style with the full set are named.
const simplified: Record<Face, string> = { title: '方正小标宋简体', body: '仿宋_GB2312', hei: '黑体', kai: '楷体_GB2312', song: '宋体' }
const traditional: Record<Face, string> = { title: '方正小标宋繁体', body: '仿宋', hei: '黑体', kai: '楷体', song: '宋体' }

/** The fonts of a face: East Asian by name, Latin letters and digits in Times New Roman. */
export function fontOf(face: Face, language: Language): IFontAttributesProperties {
  const eastAsia = (language === 'zh-Hant' ? traditional : simplified)[face]
  // Without the hint Word sets quotation marks and dashes of Chinese text in the Latin font, half as wide.
  return { ascii: 'Times New Roman', hAnsi: 'Times New Roman', cs: 'Times New Roman', eastAsia, ...(language === 'en' ? {} : { hint: 'eastAsia' }) }
}

export function textStyle(face: Face, points: number, language: Language): IRunOptions {
  return { font: fontOf(face, language), size: Math.round(points * 2) }
}

/**
 * Body type: 28 squares of 16 points are 2 mm wider than the line, so each gives up a quarter point. A document grid would say the same,
 * but programs disagree about it, and it would tear the tables apart.
 */
export function bodyStyle(language: Language, face: Face = 'body'): IRunOptions {
  return { ...textStyle(face, bodySize, language), ...(language === 'en' ? {} : { characterSpacing: -5 }) }
}

export const exactly = (line: number, around: { before?: number; after?: number } = {}): ISpacingProperties => ({ line, lineRule: LineRuleType.EXACT, before: 0, after: 0, ...around })

/** A4 with the margins of the standard; the page number stands 7 mm under the type area. */
export const page: ISectionPropertiesOptions = {
  page: {
    size: { width: mm(210), height: mm(297) },
    margin: { top: mm(37), bottom: mm(35), left: mm(28), right: mm(26), header: mm(15), footer: mm(23), gutter: 0 },
  },
}

export function languageTags(language: Language): { value: string; eastAsia: string } {
  if (language === 'en') return { value: 'en-GB', eastAsia: 'zh-CN' }
  // Latin letters and digits are not Chinese: marked so, they would be torn at the end of a line.
  return { value: 'en-US', eastAsia: language === 'zh-Hant' ? 'zh-TW' : 'zh-CN' }
}
