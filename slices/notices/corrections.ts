/** A remembered correction in words that people say. */
import { presetName } from './joined.ts'
import type { CorrectionRow } from './queries.ts'

const kindWords: Record<CorrectionRow['kind'], { zh: string; en: string }> = {
  actor: { zh: '称谓', en: 'the word' }, owner: { zh: '谁负责', en: 'who answers for' }, doer: { zh: '谁来办', en: 'who acts in' }, drop: { zh: '不是任务', en: 'no duty' }, missed: { zh: '漏读的任务', en: 'a duty that was missed' }, modality: { zh: '语气', en: 'modality of' },
  rhythm: { zh: '频次', en: 'rhythm of' }, condition: { zh: '条件', en: 'condition of' }, evidence: { zh: '佐证', en: 'evidence of' }, 'report-to': { zh: '报送', en: 'where to report' }, measure: { zh: '挂接的措施', en: 'measure of' }, field: { zh: '修改（只作记录）', en: 'an edit (a record only)' },
}
const modalities: Record<string, [string, string]> = { must: ['必须', 'must'], 'must-not': ['不得', 'must not'], should: ['鼓励', 'should'] }
const cycles: Record<string, [string, string]> = { once: ['一次', 'once'], daily: ['每天', 'every day'], weekdays: ['每个工作日', 'every weekday'], weekly: ['每周', 'every week'] }

/** A value of a correction, as people say it. */
function inWords(value: Record<string, unknown>, kind: CorrectionRow['kind']): { zh: string; en: string } {
  const text = (key: string) => (typeof value[key] === 'string' ? (value[key] as string) : '')
  const units = Array.isArray(value['unitIds']) ? value['unitIds'].length : 0
  if (kind === 'actor' || kind === 'owner') {
    if (value['none'] === true) return { zh: '不是本校单位', en: 'no unit here' }
    return units ? { zh: `${units}个单位`, en: `${units} units` } : { zh: '没有对应的单位', en: 'no unit' }
  }
  if (kind === 'modality') return { zh: modalities[text('modality')]?.[0] ?? '', en: modalities[text('modality')]?.[1] ?? '' }
  if (kind === 'rhythm') return { zh: [cycles[text('cycle')]?.[0], text('cycleTime')].filter(Boolean).join(' '), en: [cycles[text('cycle')]?.[1], text('cycleTime')].filter(Boolean).join(' ') }
  if (kind === 'measure') return value['preset'] ? presetName(text('preset')) : { zh: '不挂接措施', en: 'no measure' }
  if (kind === 'drop') return text('text') ? { zh: '读作任务', en: 'read as a duty' } : { zh: '舍去', en: 'dropped' }
  if (kind === 'missed') return text('text') ? { zh: '列为任务', en: 'a duty' } : { zh: '没有读出', en: 'not read' }
  const plain = Object.values(value).filter((one) => typeof one === 'string').join('；').slice(0, 200)
  return { zh: plain || '（空）', en: plain || '(empty)' }
}

/** A correction as the contract shows it. */
export const showCorrection = ({ proposed, made, ...one }: CorrectionRow) => ({ ...one, kindWords: kindWords[one.kind], proposed: inWords(proposed, one.kind), made: inWords(made, one.kind) })
