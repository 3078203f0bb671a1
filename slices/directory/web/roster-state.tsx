/** How far an import of a roster is, as a tag. */
import type { Static } from 'typebox'
import { Tag, type Tone } from '#ui/tags.tsx'
import { t } from '#ui/words.ts'
import type { RosterImport } from '../contract.ts'

export type RosterState = Static<typeof RosterImport>['state']

export function StateTag({ state }: { state: RosterState }) {
  const words: Record<RosterState, [string, Tone]> = {
    receiving: [t('没有传完', 'Not all sent'), 'warn'], checking: [t('核对中', 'Being checked'), 'accent'], checked: [t('待确认', 'Waits for you'), 'warn'],
    applying: [t('导入中', 'Being applied'), 'accent'], applied: [t('已导入', 'Imported'), 'good'], refused: [t('不能读取', 'Cannot be read'), 'bad'],
  }
  return <Tag tone={words[state][1]}>{words[state][0]}</Tag>
}
