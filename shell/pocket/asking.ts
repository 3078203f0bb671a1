/** What I am asked, with what I have just answered on this phone taken into account. */
import { useCallback, useMemo } from 'react'
import { newId } from '#kernel/ids.ts'
import { answer } from '#slices/facts/contract.ts'
import { asks } from '#slices/measures/contract.ts'
import { askedNow, type Asking, type AsksAnswer } from '#slices/measures/web/asking.ts'
import { asProblem, type Read } from '#ui/data.ts'
import { presentMoment } from '#ui/format.ts'
import { useKeptRead } from '#ui/pocket/data.ts'
import { useOutbox } from '#ui/pocket/outbox.tsx'
import { usePending } from '#ui/pocket/pending.ts'
import { rememberPlace } from '#ui/pocket/places.ts'
import { useToast } from '#ui/toast.tsx'
import { say, t } from '#ui/words.ts'
import { useMe } from '../session.tsx'

export interface UseAsks {
  read: Read<AsksAnswer>
  asks: Asking[]
  /** Answered on this phone and not yet seen back from the server. */
  given: number
}

/** Every answer of anybody pings `coverage` and `my-day`: a phone that listened to those would ask the server all day. Its own topic is `asks`. */
export function useAsks(): UseAsks {
  const { me } = useMe()
  const read = useKeptRead(asks, {}, { topics: ['asks', 'measures'], refetchMs: 300_000 })
  const pending = usePending(answer, read.at)
  const found = useMemo(() => {
    if (!read.data || !me) return []
    const given = pending.flatMap((one) => one.input.answers.map((each) => ({ subjectId: each.subjectId ?? null, attribute: each.attribute, value: each.value, observedAt: each.observedAt })))
    return askedNow(read.data, given, me.person, presentMoment(), me.institution.timeZone)
    // eslint-disable-next-line -- `pending` is new on every render; what it holds is told by its ids.
  }, [read.data, me, pending.map((one) => one.id).join()])
  return { read, asks: found, given: pending.length }
}

/** Answers one question: durable on the phone when it resolves. Answers false where not even that was possible. */
export function useAnswering(): (attribute: Asking['attribute'], value: unknown, options?: { subjectId?: string; label?: string; corrects?: string; holdsUntil?: string | undefined; undo?: () => void }) => Promise<boolean> {
  const outbox = useOutbox()
  const toast = useToast()
  const { send } = outbox
  return useCallback(
    async (attribute, value, { subjectId, label, corrects, holdsUntil, undo } = {}) => {
      try {
        const one = { factId: newId(), attribute: attribute.key, value, observedAt: presentMoment().toISOString(), ...(subjectId ? { subjectId } : {}), ...(corrects ? { corrects } : {}), ...(holdsUntil ? { holdsUntil } : {}) }
        if (attribute.type === 'area' && typeof value === 'string' && !subjectId) void rememberPlace(value)
        await send(answer, { answers: [one] }, { label: label ?? say(attribute.label), topics: ['asks', 'my-data', 'tasks'] })
        toast(navigator.onLine ? t('已提交', 'Sent') : t('已保存在本机，联网后自动发送', 'Kept on this phone; sent when the network is back'), { tone: 'good', ...(undo ? { action: { label: t('改一下', 'Change'), run: undo } } : {}) })
        return true
      } catch (error) {
        toast(t('没有记下：{why}', 'Not recorded: {why}', { why: asProblem(error).message }), { tone: 'bad' })
        return false
      }
    },
    [send, toast],
  )
}
