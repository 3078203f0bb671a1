/** A draft under confirmation: what the server says, what was just pressed, and how to take it back. */
import { useCallback, useMemo, useRef, useState } from 'react'
import type { Input } from '#kernel/contract.ts'
import { newId } from '#kernel/ids.ts'
import { amendAnswer, asProblem, client, queryClient, useRead, type Read } from '#ui/data.ts'
import { useToast } from '#ui/toast.tsx'
import { t } from '#ui/words.ts'
import * as contract from '../contract.ts'
import type { Draft, Duty } from './words.ts'

export type Patch = Omit<Input<typeof contract.saveDuty>, 'dutyId' | 'confirm'>

export type HeaderPatch = Omit<Input<typeof contract.setHeader>, 'noticeId'>

export interface WordMeaning {
  unitIds?: string[]
  none?: boolean
}

interface Done {
  label: string
  undo: () => Promise<unknown>
  /** How duties look at once when it is undone. */
  shown?: Record<string, Partial<Duty>>
}

export interface DraftHandle {
  read: Read<Draft>
  draft: Draft | undefined
  saving: boolean
  canUndo: boolean
  undo: () => void
  save: (duty: Duty, patch: Patch, confirm?: boolean) => void
  confirm: (duties: readonly Duty[]) => void
  unconfirm: (duty: Duty) => void
  drop: (duty: Duty) => void
  restore: (duty: Duty) => void
  split: (duty: Duty, at: number) => void
  merge: (first: Duty, second: Duty) => void
  /** Undoes a merge or a split made earlier. */
  putBack: (duty: Duty) => void
  add: (patch: Patch) => string
  join: (duty: Duty, to: { measureId?: string; preset?: string }) => void
  joinAll: (pairs: readonly { duty: Duty; preset: string }[]) => void
  setHeader: (patch: HeaderPatch) => void
  settle: (doubtId: number, settled: boolean) => void
  /** Says which units a word means here (empty: as it was read; none: no unit here). */
  mapWord: (word: string, to: WordMeaning, was: WordMeaning) => void
  /** Stops applying a correction, here and in the next notices. */
  forget: (correctionId: string) => void
  fillIn: (patch: { dutyIds: string[]; unitIds?: string[]; dueAt?: string; evidence?: string; reportTo?: string }, before: readonly Duty[]) => void
}

/** Every act goes out in the order of pressing, is seen at once, and can be undone in the opposite order. */
export function useDraft(noticeId: string): DraftHandle {
  const read = useRead(contract.draft, { noticeId }, { topics: ['notice-drafts'] })
  const toast = useToast()
  const [overlay, setOverlay] = useState<Record<string, Partial<Duty>>>({})
  const [pending, setPending] = useState(0)
  const [stack, setStack] = useState<Done[]>([])
  const chain = useRef<Promise<unknown>>(Promise.resolve())

  const draft = useMemo(() => {
    if (!read.data || Object.keys(overlay).length === 0) return read.data
    return { ...read.data, duties: read.data.duties.map((duty) => (overlay[duty.dutyId] ? { ...duty, ...overlay[duty.dutyId] } : duty)) }
  }, [read.data, overlay])

  const keep = useCallback((change: (draft: Draft) => Draft) => amendAnswer(contract.draft, { noticeId }, change), [noticeId])
  const keepDuty = useCallback((fresh: Duty) => keep((before) => ({ ...before, duties: before.duties.map((duty) => (duty.dutyId === fresh.dutyId ? fresh : duty)) })), [keep])

  /** Runs after everything pressed before it. */
  const act = useCallback(
    (shown: Record<string, Partial<Duty>>, run: () => Promise<unknown>, done: Done | null) => {
      setOverlay((before) => ({ ...before, ...Object.fromEntries(Object.entries(shown).map(([id, patch]) => [id, { ...before[id], ...patch }])) }))
      setPending((n) => n + 1)
      // At once: whoever presses undo before the server has answered means this act.
      if (done) setStack((before) => [...before.slice(-49), done])
      chain.current = chain.current.then(async () => {
        try {
          await run()
        } catch (error) {
          if (done) setStack((before) => before.filter((one) => one !== done))
          toast(asProblem(error).message, { tone: 'bad' })
        }
        setPending((n) => {
          if (n === 1) setOverlay({})
          return n - 1
        })
        await queryClient.invalidateQueries({ predicate: (query) => query.queryKey[1] === contract.draft.name || query.queryKey[1] === contract.drafts.name || query.queryKey[1] === contract.amendment.name })
      })
    },
    [toast],
  )

  return useMemo<DraftHandle>(() => {
    const saveOn = async (dutyId: string, patch: Patch, confirm?: boolean) => keepDuty((await client.call(contract.saveDuty, { dutyId, ...patch, ...(confirm === undefined ? {} : { confirm }) })) as Duty)
    const before = (duty: Duty, patch: Patch): Patch => {
      const old: Record<string, unknown> = {}
      for (const key of Object.keys(patch) as (keyof Patch)[]) if (duty[key] !== null || (key !== 'start' && key !== 'end' && key !== 'text')) old[key] = duty[key]
      return old as Patch
    }
    return {
      read, draft, saving: pending > 0, canUndo: stack.length > 0,
      undo() {
        const last = stack.at(-1)
        if (!last) return
        setStack((all) => all.slice(0, -1))
        act(last.shown ?? {}, last.undo, null)
        toast(t('已撤销：{what}', 'Undone: {what}', { what: last.label }))
      },
      save(duty, patch, confirm) {
        act({ [duty.dutyId]: { ...patch, ...(confirm === undefined ? {} : { status: confirm ? 'confirmed' : 'proposed' }) } }, () => saveOn(duty.dutyId, patch, confirm), {
          label: t('修改任务', 'edit'), undo: () => saveOn(duty.dutyId, before(duty, patch), confirm === undefined ? undefined : duty.status === 'confirmed'),
        })
      },
      confirm(duties) {
        const open = duties.filter((duty) => duty.status === 'proposed')
        if (open.length === 0) return
        act(Object.fromEntries(open.map((duty) => [duty.dutyId, { status: 'confirmed' as const }])), async () => {
          await client.call(contract.confirmDuties, { noticeId, dutyIds: open.map((duty) => duty.dutyId) })
          await keep((one) => ({ ...one, duties: one.duties.map((duty) => (open.some((other) => other.dutyId === duty.dutyId) ? { ...duty, status: 'confirmed' } : duty)) }))
        }, {
          label: open.length === 1 ? t('确认', 'confirm') : t('确认 {n} 条', 'confirm {n}', { n: open.length }),
          undo: async () => { for (const duty of open) await saveOn(duty.dutyId, {}, false) },
          shown: Object.fromEntries(open.map((duty) => [duty.dutyId, { status: 'proposed' as const }])),
        })
      },
      unconfirm(duty) {
        act({ [duty.dutyId]: { status: 'proposed' } }, () => saveOn(duty.dutyId, {}, false), { label: t('取消确认', 'take back'), undo: () => saveOn(duty.dutyId, {}, true), shown: { [duty.dutyId]: { status: 'confirmed' } } })
      },
      drop(duty) {
        act({ [duty.dutyId]: { status: 'dropped' } }, () => client.call(contract.dropDuty, { dutyId: duty.dutyId }), {
          label: t('舍去', 'drop'), shown: { [duty.dutyId]: { status: duty.status } },
          undo: async () => {
            await keepDuty((await client.call(contract.restoreDuty, { dutyId: duty.dutyId })) as Duty)
            if (duty.status === 'confirmed') await saveOn(duty.dutyId, {}, true)
          },
        })
      },
      restore(duty) {
        act({ [duty.dutyId]: { status: 'proposed' } }, async () => keepDuty((await client.call(contract.restoreDuty, { dutyId: duty.dutyId })) as Duty), { label: t('恢复', 'restore'), undo: () => client.call(contract.dropDuty, { dutyId: duty.dutyId }) })
      },
      split(duty, at) {
        const newDutyId = newId()
        act({}, () => client.call(contract.splitDuty, { dutyId: duty.dutyId, newDutyId, at }), { label: t('拆分', 'split'), undo: () => client.call(contract.putBack, { dutyId: duty.dutyId }) })
      },
      merge(first, second) {
        act({}, () => client.call(contract.mergeDuties, { dutyIds: [first.dutyId, second.dutyId] }), { label: t('合并', 'merge'), undo: () => client.call(contract.putBack, { dutyId: first.dutyId }) })
      },
      putBack(duty) {
        act({}, () => client.call(contract.putBack, { dutyId: duty.dutyId }), null)
      },
      mapWord(word, to, was) {
        act({}, () => client.call(contract.mapWord, { noticeId, word, ...to }), { label: t('对应“{word}”', 'map “{word}”', { word }), undo: () => client.call(contract.mapWord, { noticeId, word, ...was }) })
      },
      forget(correctionId) {
        act({}, async () => {
          await client.call(contract.forgetCorrection, { correctionId, noticeId })
          toast(t('不再套用；这份草稿按原文重新读了', 'No longer applied; this draft is read as it is written'), { action: { label: t('以后仍套用', 'Apply to later ones'), run: () => void client.call(contract.forgetCorrection, { correctionId, again: true }).catch((error: unknown) => toast(asProblem(error).message, { tone: 'bad' })) } })
        }, null)
      },
      add(patch) {
        const dutyId = newId()
        act({}, () => client.call(contract.addDuty, { noticeId, dutyId, ...patch }), { label: t('添加任务', 'add'), undo: () => client.call(contract.dropDuty, { dutyId }) })
        return dutyId
      },
      join(duty, to) {
        const was = duty.measure ? (duty.measure.measureId ? { measureId: duty.measure.measureId } : duty.measure.preset ? { preset: duty.measure.preset } : {}) : {}
        const joinTo = async (one: { measureId?: string; preset?: string }) => keepDuty((await client.call(contract.joinMeasure, { dutyId: duty.dutyId, ...one })) as Duty)
        act({}, () => joinTo(to), { label: t('挂接措施', 'join'), undo: () => joinTo(was) })
      },
      joinAll(pairs) {
        const joinTo = async (preset: (one: (typeof pairs)[number]) => string | undefined) => {
          for (const one of pairs) {
            const to = preset(one)
            await keepDuty((await client.call(contract.joinMeasure, { dutyId: one.duty.dutyId, ...(to ? { preset: to } : {}) })) as Duty)
          }
        }
        act({}, () => joinTo((one) => one.preset), { label: t('挂接措施', 'join'), undo: () => joinTo(() => undefined) })
      },
      setHeader(patch) {
        const header = draft && { ...draft.header, responseId: draft.notice.responseId, endsOn: draft.notice.endsOn }
        const old = header ? Object.fromEntries(Object.keys(patch).map((key) => [key, header[key as keyof typeof header]])) : {}
        act({}, () => client.call(contract.setHeader, { noticeId, ...patch }), { label: t('修改要素', 'header'), undo: () => client.call(contract.setHeader, { noticeId, ...old }) })
      },
      settle(doubtId, settled) {
        act({}, () => client.call(contract.settleDoubt, { noticeId, doubtId, settled }), { label: t('了结疑问', 'settle'), undo: () => client.call(contract.settleDoubt, { noticeId, doubtId, settled: !settled }) })
      },
      fillIn(patch, duties) {
        act({}, () => client.call(contract.fillBlanks, { noticeId, ...patch }), {
          label: t('批量填写', 'fill'),
          undo: async () => { 
            // Only what was filled: the rest stays as people left it.
            for (const duty of duties) {
              const back: Patch = { ...(patch.unitIds && duty.unitIds.length === 0 ? { unitIds: [] } : {}), ...(patch.dueAt && !duty.dueAt && duty.cycle === 'once' && duty.modality !== 'must-not' ? { dueAt: null } : {}), ...(patch.evidence && !duty.evidence ? { evidence: null } : {}), ...(patch.reportTo && !duty.reportTo ? { reportTo: null } : {}) }
              if (Object.keys(back).length > 0) await saveOn(duty.dutyId, back)
            }
           },
        })
      },
    }
  }, [read, draft, pending, stack, act, keep, keepDuty, noticeId, toast])
}
