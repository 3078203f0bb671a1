/** Words of briefs as their pages say them. */
import type { Static } from 'typebox'
import type { Output } from '#kernel/contract.ts'
import type { me } from '#slices/directory/contract.ts'
import { useSession, type Session } from '#ui/session.tsx'
import type { Tone } from '#ui/tags.tsx'
import { t } from '#ui/words.ts'
import type * as contract from '../contract.ts'

export type Brief = Static<typeof contract.Brief>
export type BriefRow = Static<typeof contract.BriefRow>
export type Figure = Static<typeof contract.Figure>
export type Format = Static<typeof contract.Format>
export const useMine = (): Session<Output<typeof me>> => useSession<Output<typeof me>>()

export function stateTag(brief: BriefRow): { name: string; tone: Tone } {
  if (brief.correctedBy?.signed) return { name: t('已更正，见第 {n} 版', 'Corrected, see edition {n}', { n: brief.correctedBy.edition }), tone: 'neutral' }
  return brief.state === 'signed' ? { name: t('已签发', 'Signed'), tone: 'good' } : { name: t('草稿', 'Draft'), tone: 'warn' }
}

export const formatName = (format: Format): string => (format === 'docx' ? 'Word' : format === 'pdf' ? 'PDF' : 'Excel')

export function rowState(state: string): string {
  const words: Record<string, string> = { kept: t('达标', 'Kept'), gap: t('缺口', 'Gap'), excused: t('免除', 'Excused'), unknown: t('未知', 'Unknown'), done: t('已办结', 'Done'), reported: t('待审核', 'To review'), 'under-way': t('办理中', 'Under way'), waiting: t('未签收', 'Not acknowledged'), overdue: t('逾期', 'Overdue') }
  return words[state] ?? state
}
