/** The drafted duties: what to do next, filters, several at once, and the keys j k Enter e s m x w u a. */
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import { Button, Choices } from '#ui/controls.tsx'
import { KeyHint, usePresses } from '#ui/keys.tsx'
import { EmptyState } from '#ui/states.tsx'
import { t } from '#ui/words.ts'
import { dueChips } from './due-field.tsx'
import { DutyCard, type Mode } from './duty-card.tsx'
import { Guide, isJoinable, type Filter } from './guide.tsx'
import { OwnerField } from './owner-field.tsx'
import type { DraftHandle } from './use-draft.ts'
import type { KnownUnits } from './use-units.ts'
import { blankName, dutyInk, isOpenDoubt, type Doubt, type Draft, type Duty } from './words.ts'

export interface DutyListProps {
  draft: Draft
  handle: DraftHandle
  known: KnownUnits
  names: ReadonlyMap<string, string>
  addressed: readonly string[]
  measures: readonly { value: string; label: string }[]
  zone: string | undefined
  active: string | null
  onActive: (dutyId: string | null) => void
  /** Adds what is marked in the text. */
  onAdd: (() => void) | null
  onIssue: (() => void) | null
  keys: boolean
}

const passes = (duty: Duty, filter: Filter, doubtful: ReadonlyMap<string, unknown>): boolean =>
  filter === 'dropped' ? duty.status === 'dropped' : duty.status !== 'dropped' && (filter === 'all' || (filter === 'open' && duty.status === 'proposed') || (filter === 'prohibitions' && duty.modality === 'must-not') || (filter === 'doubtful' && duty.modality !== 'must-not' && (doubtful.has(duty.dutyId) || duty.pastDue)) || (filter === 'ownerless' && duty.unitIds.length === 0) || (filter === 'blanks' && duty.blanks.length > 0) || (filter === 'joinable' && isJoinable(duty)))

const inField = (target: EventTarget | null) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) && (target as HTMLInputElement).type !== 'checkbox'

export function DutyList({ draft, handle, known, names, addressed, measures, zone, active, onActive, onAdd, onIssue, keys }: DutyListProps) {
  const [filter, setFilter] = useState<Filter>('all')
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const [mode, setMode] = useState<Mode>('plain')
  const scroll = useRef<HTMLDivElement>(null)
  const doubts = useMemo(() => {
    const found = new Map<string, Doubt[]>()
    for (const doubt of draft.doubts) if (doubt.dutyId && isOpenDoubt(doubt, draft.duties)) found.set(doubt.dutyId, [...(found.get(doubt.dutyId) ?? []), doubt])
    return found
  }, [draft.doubts, draft.duties])
  const numbers = useMemo(() => new Map(draft.duties.filter((duty) => duty.status !== 'dropped').map((duty, index) => [duty.dutyId, index + 1])), [draft.duties])
  const sentences = useMemo(() => draft.clauses.flatMap((clause) => clause.sentences), [draft.clauses])
  // What is being worked on stays in sight although it no longer fits the filter.
  const shown = draft.duties.filter((duty) => passes(duty, filter, doubts) || (duty.dutyId === active && duty.status !== 'dropped'))
  const count = (one: Filter) => draft.duties.filter((duty) => passes(duty, one, doubts)).length
  const doubtful = useMemo(() => new Set(doubts.keys()), [doubts])
  const chosen = draft.duties.filter((duty) => ticked.has(duty.dutyId) && duty.status !== 'dropped')
  const at = shown.findIndex((duty) => duty.dutyId === active)
  const current = shown[at]

  const choose = (duty: Duty | undefined) => {
    if (!duty) return
    setMode('plain')
    onActive(duty.dutyId)
    requestAnimationFrame(() => {
      const card = document.getElementById(`duty-${duty.dutyId}`)
      card?.scrollIntoView({ block: 'nearest' })
      // Whoever pressed "look at them" with the mouse confirms with Enter: it must not press the chip again.
      if (document.activeElement?.closest('.n-guide')) card?.querySelector<HTMLElement>('.n-card-head')?.focus({ preventScroll: true })
    })
  }
  const confirmCurrent = (duty: Duty) => {
    handle.confirm([duty])
    const rest = [...shown.slice(shown.indexOf(duty) + 1), ...shown.slice(0, shown.indexOf(duty))]
    choose(rest.find((one) => one.status === 'proposed') ?? shown[shown.indexOf(duty) + 1])
  }
  /** Shows only these, the first that waits open. */
  const show = (next: Filter) => {
    setFilter(next)
    const fits = draft.duties.filter((duty) => passes(duty, next, doubts))
    choose(fits.find((duty) => duty.status === 'proposed') ?? fits[0])
  }
  // A filter with nothing left to do gives way to what is still open, its first in sight, and at last to the whole list.
  const todo = draft.duties.some((duty) => duty.status === 'proposed')
  const empty = filter !== 'all' && filter !== 'dropped' && !draft.duties.some((duty) => passes(duty, filter, doubts) && (filter === 'ownerless' || filter === 'blanks' || filter === 'joinable' || duty.status === 'proposed'))
  const moveOn = useEffectEvent(() => {
    setFilter(todo ? 'open' : 'all')
    onActive(null)
    scroll.current?.scrollTo({ top: 0 })
  })
  useEffect(() => {
    if (empty && keys) moveOn()
  }, [empty, keys])
  const nextOf = (duty: Duty) => {
    const all = draft.duties.filter((one) => one.status !== 'dropped')
    return all[all.findIndex((one) => one.dutyId === duty.dutyId) + 1]
  }

  /** Others of the same actor that another unit answers for. */
  const alikeOf = (duty: Duty) => (duty.actor === '' || duty.dutyId !== active ? 0 : draft.duties.filter((one) => one !== duty && one.status !== 'dropped' && one.actor === duty.actor && one.resolved.zh !== '由人指定').length)

  usePresses((event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || inField(event.target)) return
    const key = event.key.toLowerCase()
    // Enter on a button presses the button.
    if (key === 'enter' && event.target instanceof HTMLElement && event.target.closest('button, a, input, [role="switch"], [role="menu"]') && !event.target.closest('.n-card-head')) return
    const acts: Record<string, (() => void) | undefined> = {
      j: () => choose(shown[Math.min(at + 1, shown.length - 1)]),
      k: () => choose(shown[Math.max(at - 1, 0)]),
      u: handle.undo,
      a: onAdd ?? undefined,
      escape: mode === 'plain' ? () => onActive(null) : () => setMode('plain'),
      ...(current && current.status !== 'dropped' ? {
        enter: () => (current.status === 'proposed' ? confirmCurrent(current) : choose(shown.slice(at + 1).find((one) => one.status === 'proposed') ?? shown[at + 1])),
        e: () => setMode(mode === 'edit' ? 'plain' : 'edit'),
        s: () => setMode(mode === 'split' ? 'plain' : 'split'),
        w: () => setMode(mode === 'why' ? 'plain' : 'why'),
        m: () => { const below = nextOf(current); if (below && below.modality === current.modality) handle.merge(current, below) },
        x: () => { handle.drop(current); choose(shown[at + 1]) },
      } : { enter: () => choose(shown.find((one) => one.status === 'proposed')) }),
    }
    const run = acts[key]
    if (!run) return
    event.preventDefault()
    run()
  }, keys)

  // Chosen from the document: brought into sight here.
  useEffect(() => {
    if (active) document.getElementById(`duty-${active}`)?.scrollIntoView({ block: 'nearest' })
  }, [active])

  return (
    <>
      <Guide draft={draft} handle={handle} known={known} names={names} addressed={addressed} measures={measures} zone={zone} doubtful={doubtful} onShow={show} onIssue={onIssue} keys={keys} />
      <div className="n-list-bar">
        <input
          type="checkbox" className="n-all" aria-label={t('选中列出的全部任务', 'Select all that are listed')} title={t('全选', 'Select all')} checked={shown.length > 0 && shown.every((duty) => ticked.has(duty.dutyId))}
          onChange={(event) => setTicked(event.target.checked ? new Set(shown.map((duty) => duty.dutyId)) : new Set())}
        />
        <Choices
          joined label={t('筛选', 'Filter')} value={filter} onChange={setFilter}
          options={(['all', 'open', 'prohibitions', 'doubtful', 'ownerless', 'blanks', 'joinable', 'dropped'] as const).filter((one) => one === 'all' || one === 'open' || count(one) > 0 || one === filter).map((value) => ({
            value, label: `${value === 'all' ? t('全部', 'All') : value === 'open' ? t('待确认', 'To confirm') : value === 'prohibitions' ? t('禁止', 'Must not') : value === 'doubtful' ? t('有疑问', 'Doubts') : value === 'ownerless' ? t('无责任单位', 'No owner') : value === 'blanks' ? t('有空白', 'Blanks') : value === 'joinable' ? t('可挂接措施', 'Measures') : t('已舍去', 'Dropped')} ${count(value)}`,
          }))}
        />
      </div>
      {chosen.length > 0 && <Together key={chosen.length} chosen={chosen} handle={handle} known={known} names={names} addressed={addressed} zone={zone} onClear={() => setTicked(new Set())} />}
      <div ref={scroll} className="n-side-scroll">
        {shown.length === 0 ? (
          <EmptyState title={filter === 'open' ? t('全部确认了', 'All confirmed') : t('没有任务', 'No duties')}>{filter === 'all' ? t('在原文中选一段文字，即可添加为任务。', 'Mark a passage in the text to add it as a duty.') : null}</EmptyState>
        ) : (
          <ol className="n-list">
            {shown.map((duty) => (
              <DutyCard
                key={duty.dutyId} duty={duty} ink={dutyInk(duty, sentences)} number={numbers.get(duty.dutyId) ?? 0} chosen={duty.dutyId === active} handle={handle} known={known} names={names} addressed={addressed} doubts={doubts.get(duty.dutyId) ?? []} measures={measures} zone={zone} next={nextOf(duty)} alike={alikeOf(duty)}
                ticked={ticked.has(duty.dutyId)} onTick={(on) => setTicked((before) => { const next = new Set(before); if (on) next.add(duty.dutyId); else next.delete(duty.dutyId); return next })}
                onChoose={() => (duty.dutyId === active ? onActive(null) : choose(duty))} mode={duty.dutyId === active ? mode : 'plain'} onMode={setMode} onConfirm={() => confirmCurrent(duty)}
              />
            ))}
          </ol>
        )}
        <p className="n-keys b-muted">
          <KeyHint keys="j" /> <KeyHint keys="k" /> {t('下一条、上一条', 'next, previous')} · <KeyHint keys="Enter" /> {t('确认', 'confirm')} · <KeyHint keys="u" /> {t('撤销', 'undo')} · <KeyHint keys="w" /> {t('为什么这样读', 'why')} · <KeyHint keys="e" /> <KeyHint keys="s" /> <KeyHint keys="m" /> <KeyHint keys="x" /> {t('改、拆、并、舍', 'edit, split, merge, drop')} · <KeyHint keys="a" /> {t('把选中的原文添加为任务', 'add the marked passage')}
        </p>
      </div>
    </>
  )
}

/** One owner, one date, one place to report for all that are ticked. */
function Together({ chosen, handle, known, names, addressed, zone, onClear }: { chosen: readonly Duty[]; handle: DraftHandle; known: KnownUnits; names: ReadonlyMap<string, string>; addressed: readonly string[]; zone: string | undefined; onClear: () => void }) {
  const [owning, setOwning] = useState(false)
  const [unitIds, setUnitIds] = useState<string[]>([])
  const ids = chosen.map((duty) => duty.dutyId)
  return (
    <div className="n-together">
      <div className="n-inline">
        <b>{t('已选 {n} 条', '{n} selected', { n: chosen.length })}</b>
        <Button size="small" icon="check" onClick={() => { handle.confirm(chosen); onClear() }}>{t('确认', 'Confirm')}</Button>
        <Button size="small" onClick={() => setOwning(!owning)}>{t('指定责任单位', 'Give an owner')}</Button>
        {dueChips(zone).map((chip) => (
          <button key={chip.label} type="button" className="b-chip" title={t('填入空着的时限', 'Into empty deadlines')} onClick={() => handle.fillIn({ dutyIds: ids, dueAt: chip.at }, chosen)}>{blankName('due')}：{chip.label}</button>
        ))}
        <button type="button" className="b-chip" onClick={() => handle.fillIn({ dutyIds: ids, evidence: t('书面情况', 'Written account'), reportTo: t('指挥部办公室', 'Emergency office') }, chosen)}>{t('补齐佐证与报送', 'Fill evidence and report-to')}</button>
        <button type="button" className="b-link" onClick={onClear}>{t('取消选择', 'Clear')}</button>
      </div>
      {owning && (
        <>
          <OwnerField unitIds={unitIds} people={null} known={known} names={names} addressed={addressed} onUnits={setUnitIds} />
          <Button size="small" look="primary" disabled={unitIds.length === 0} onClick={() => { for (const duty of chosen) handle.save(duty, { unitIds }); setOwning(false) }}>
            {t('用于所选 {n} 条', 'Use for the {n} selected', { n: chosen.length })}
          </Button>
        </>
      )}
    </div>
  )
}
