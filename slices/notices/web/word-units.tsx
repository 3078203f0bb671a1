/** What a word of the notice means here: the units it was matched to, and the hand to say otherwise. Remembered for the next notices. */
import { useMemo, useState } from 'react'
import { Button } from '#ui/controls.tsx'
import { UnitsPicker } from '#ui/people.tsx'
import { Tag } from '#ui/tags.tsx'
import { read, t } from '#ui/words.ts'
import type { DraftHandle, WordMeaning } from './use-draft.ts'
import { unitsInWords, type KnownUnits } from './use-units.ts'
import { peopleName, type Draft } from './words.ts'

export type Addressee = Draft['addressees'][number]

export interface WordUnitsProps {
  word: string
  /** Absent: the word matched nothing. */
  found?: Addressee | undefined
  handle: DraftHandle
  known: KnownUnits
  names: ReadonlyMap<string, string>
  /** The question is asked elsewhere: only the hand to answer. */
  plain?: boolean
}

/** As the word stood before, to take a change back. */
const meaningOf = (found: Addressee | undefined): WordMeaning => (found?.correctionId ? (found.unitIds.length > 0 ? { unitIds: [...found.unitIds] } : { none: true }) : {})

export function WordUnits({ word, found, handle, known, names, plain = false }: WordUnitsProps) {
  const [open, setOpen] = useState(false)
  const [all, setAll] = useState(false)
  const units = found?.unitIds ?? []
  const shown = all ? units : []
  return (
    <div className={open ? 'n-word n-word-open' : 'n-word'}>
      <div className="n-inline">
        {units.length > 0 ? (
          <>
            <span>{read(unitsInWords(units, known, names)) || t('{n} 个单位', '{n} {n:unit|units}', { n: units.length })}</span>
            {found?.people && <span className="b-muted">· {peopleName(found.people)}</span>}
            {units.length > 1 && (
              <button type="button" className="b-link n-small" aria-expanded={all} onClick={() => setAll(!all)}>
                {all ? t('收起', 'Fold') : t('看全部 {n} 个', 'See all {n}', { n: units.length })}
              </button>
            )}
          </>
        ) : found?.people ? (
          <span>{peopleName(found.people)}</span>
        ) : found ? (
          <span className="b-muted">{t('不是本校单位', 'No unit here')}</span>
        ) : plain ? null : (
          <Tag tone="bad">{t('对不上本校单位', 'Matches no unit here')}</Tag>
        )}
        {found?.correctionId && <Tag tone="accent">{t('按订正', 'As corrected')}</Tag>}
        {!open && (
          <Button size="small" look={found ? 'quiet' : 'plain'} icon="units" onClick={() => setOpen(true)} {...(plain ? {} : { hint: t('指明“{word}”在本校指哪些单位', 'Say which units “{word}” means here', { word }) })}>
            {found ? t('改', 'Change') : plain ? t('选其他单位', 'Choose others') : t('指明单位', 'Say which')}
          </Button>
        )}
        {!found && !open && !plain && (
          <Button size="small" look="quiet" onClick={() => handle.mapWord(word, { none: true }, meaningOf(found))}>
            {t('不是本校单位', 'No unit here')}
          </Button>
        )}
        {found?.correctionId && !open && (
          <Button size="small" look="quiet" onClick={() => handle.mapWord(word, {}, meaningOf(found))}>
            {t('恢复原读', 'As read')}
          </Button>
        )}
      </div>
      {shown.length > 0 && <p className="n-small b-muted">{shown.map((id) => read(known.byId.get(id)?.name ?? names.get(id) ?? '')).filter(Boolean).join(t('、', ', '))}</p>}
      {open && <MapWord word={word} found={found} handle={handle} known={known} onClose={() => setOpen(false)} />}
    </div>
  )
}

function MapWord({ word, found, handle, known, onClose }: { word: string; found: Addressee | undefined; handle: DraftHandle; known: KnownUnits; onClose: () => void }) {
  const [chosen, setChosen] = useState<string[]>([...(found?.unitIds ?? [])])
  const options = useMemo(() => known.all.map((unit) => ({ id: unit.unitId, parentId: unit.parentId, name: unit.name })), [known.all])
  const whole = (ids: readonly string[]) => ids.every((id) => chosen.includes(id))
  const set = (to: WordMeaning) => {
    handle.mapWord(word, to, meaningOf(found))
    onClose()
  }
  return (
    <div className="n-edit">
      <p className="n-small">{t('“{word}”在本校指哪些单位？这份通知里写“{word}”的任务一起改，并记住用于以后的通知。', 'Which units does “{word}” mean here? The duties of this notice that say so change with it, and later notices are read so.', { word: read(word) })}</p>
      <div className="n-chips">
        {known.groups.filter((group) => group.kind !== 'class').map((group) => (
          <button key={group.kind} type="button" className={whole(group.unitIds) ? 'b-chip b-chip-on' : 'b-chip'} aria-pressed={whole(group.unitIds)} onClick={() => setChosen((before) => (whole(group.unitIds) ? before.filter((id) => !group.unitIds.includes(id)) : [...new Set([...before, ...group.unitIds])]))}>
            {group.name} <span className="num">{group.unitIds.length}</span>
          </button>
        ))}
        {chosen.length > 0 && <button type="button" className="b-link" onClick={() => setChosen([])}>{t('清空', 'Clear')}</button>}
      </div>
      <UnitsPicker units={options} value={chosen} onChange={setChosen} strict placeholder={t('输入名称或拼音首字母', 'Type a name or pinyin initials')} />
      <div className="b-actions">
        <Button size="small" look="primary" disabled={chosen.length === 0} onClick={() => set({ unitIds: chosen })}>{t('就是这 {n} 个单位', 'These {n} {n:unit|units}', { n: chosen.length })}</Button>
        <Button size="small" onClick={() => set({ none: true })}>{t('不是本校单位', 'No unit here')}</Button>
        <Button size="small" look="quiet" onClick={onClose}>{t('取消', 'Cancel')}</Button>
      </div>
    </div>
  )
}

/** All words of the addressees: what matched, what did not. */
export function wordsOf(draft: Draft): { word: string; found: Addressee | undefined }[] {
  return [...draft.addressees.map((found) => ({ word: found.word, found: found as Addressee | undefined })), ...draft.unmatched.map((word) => ({ word, found: undefined }))]
}

