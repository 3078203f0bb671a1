/** Who looked at one's data: the offices they held then, in the reader's script, and their name as it is written. */
import { officeTitle } from '#ui/own-words.ts'
import { t } from '#ui/words.ts'

interface Looked {
  by: string | null
  /** A phone may have kept an answer from before there were any. */
  titles?: readonly string[]
}

const offices = (look: Looked) => (look.titles ?? []).map(officeTitle).join(t('、', ', '))

export function Looker({ look }: { look: Looked }) {
  return look.by === null ? t('系统', 'the system') : <>{offices(look)} <span translate="no">{look.by}</span></>
}

export const lookerWords = (look: Looked): string => (look.by === null ? t('系统', 'the system') : `${offices(look)} ${look.by}`.trim())
