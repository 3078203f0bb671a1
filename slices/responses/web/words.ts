/** Words of responses as their pages say them. */
import type { Static } from 'typebox'
import { say, t } from '#ui/words.ts'
import type { ResponseBrief } from '../contract.ts'
import { hazardKind, hazardKindWords, hazards, hazardWords, type HazardName } from '../rules.ts'

export type ResponseOf = Static<typeof ResponseBrief>

export function hazardName(hazard: string): string {
  const found = hazardWords[hazard as HazardName]
  return found ? say(found) : hazard
}

/** All hazards to choose from, each with its kind. */
export const hazardChoices = (): { value: HazardName; label: string; note: string }[] => hazards.map((value) => ({ value, label: hazardName(value), note: say(hazardKindWords[hazardKind[value]]) }))

/** What a level asks for, as the national plans grade it. */
export function levelMeaning(level: number): string {
  const words: Record<number, string> = {
    1: t('特别重大：全校动员', 'Most serious: the whole institution is mobilised'),
    2: t('重大：多数单位投入', 'Serious: most units take part'),
    3: t('较大：有关单位投入', 'Considerable: the units concerned take part'),
    4: t('一般：加强值守与监测', 'Ordinary: watch and duty are reinforced'),
  }
  return words[level] ?? ''
}
export const levels = ['1', '2', '3', '4'] as const
export const levelName = (level: number) => [t('Ⅰ级', 'Level I'), t('Ⅱ级', 'Level II'), t('Ⅲ级', 'Level III'), t('Ⅳ级', 'Level IV')][level - 1] ?? String(level)
