/** What the reader was unsure of, as questions: prohibitions first, then by weight. */
import { Button } from '#ui/controls.tsx'
import { Icon } from '#ui/icons.tsx'
import { EmptyState } from '#ui/states.tsx'
import { InkTag } from '#ui/tags.tsx'
import { say, t } from '#ui/words.ts'
import type { DraftHandle } from './use-draft.ts'
import type { KnownUnits } from './use-units.ts'
import { WordUnits } from './word-units.tsx'
import { isOpenDoubt, type Doubt, type Draft } from './words.ts'

/** In the order in which they should be answered. */
export function orderedDoubts(draft: Draft): Doubt[] {
  const forbids = new Set(draft.duties.filter((duty) => duty.modality === 'must-not').map((duty) => duty.dutyId))
  const rank = (doubt: Doubt) => (!isOpenDoubt(doubt, draft.duties) ? 2 : doubt.code.includes('prohib') || (doubt.dutyId && forbids.has(doubt.dutyId)) ? 0 : 1)
  return draft.doubts.toSorted((a, b) => rank(a) - rank(b) || b.weight - a.weight || (a.start ?? 0) - (b.start ?? 0))
}

export function Doubts({ draft, handle, known, names, onDuty, onPlace }: { draft: Draft; handle: DraftHandle; known: KnownUnits; names: ReadonlyMap<string, string>; onDuty: (dutyId: string) => void; onPlace: (start: number) => void }) {
  const doubts = orderedDoubts(draft)
  if (doubts.length === 0) return <EmptyState title={t('没有疑问', 'No doubts')}>{t('这份通知读得很确定；仍请逐条核对禁止性要求。', 'The reading is certain; still look at each prohibition.')}</EmptyState>
  return (
    <ol className="n-doubts">
      {doubts.map((doubt) => {
        const duty = draft.duties.find((one) => one.dutyId === doubt.dutyId)
        const word = doubt.code === 'addressee-unmatched' ? draft.unmatched.find((one) => [`"${one}"`, `“${one}”`].some((quoted) => doubt.zh.includes(quoted))) : undefined
        return (
          <li key={doubt.doubtId} className={isOpenDoubt(doubt, draft.duties) ? 'n-doubt' : 'n-doubt n-doubt-settled'}>
            <Icon name={isOpenDoubt(doubt, draft.duties) ? 'help' : 'check'} size={18} />
            <div>
              <p>
                {duty?.modality === 'must-not' && <InkTag ink="prohibition" />} {say(doubt)}
              </p>
              {doubt.start !== null && doubt.end !== null && doubt.end > doubt.start && <blockquote>{draft.text.slice(doubt.start, Math.min(doubt.end, doubt.start + 90))}</blockquote>}
              {word && <WordUnits word={word} handle={handle} known={known} names={names} />}
              <div className="b-actions">
                {doubt.dutyId && duty && <Button size="small" onClick={() => onDuty(duty.dutyId)}>{t('看这条任务', 'Open the duty')}</Button>}
                {!doubt.dutyId && doubt.start !== null && <Button size="small" onClick={() => onPlace(doubt.start as number)}>{t('看原文', 'See the text')}</Button>}
                <Button size="small" look={doubt.settled ? 'quiet' : 'plain'} onClick={() => handle.settle(doubt.doubtId, !doubt.settled)}>
                  {doubt.settled ? t('重新打开', 'Open again') : t('已核实', 'Checked')}
                </Button>
              </div>
            </div>
          </li>
        )
      })}
    </ol>
  )
}
