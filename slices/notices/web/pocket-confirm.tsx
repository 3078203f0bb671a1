/** Call-and-confirm 叫应: one tap says "I have it". */
import { useState } from 'react'
import type { Output } from '#kernel/contract.ts'
import { asProblem } from '#ui/data.ts'
import { relative } from '#ui/format.ts'
import { BigButton, Card } from '#ui/pocket/parts.tsx'
import { useOutbox } from '#ui/pocket/outbox.tsx'
import { useToast } from '#ui/toast.tsx'
import { read, t } from '#ui/words.ts'
import { confirmCall, type todo } from '../contract.ts'

export function ConfirmCallCard({ call }: { call: Output<typeof todo>['toConfirm'][number] }) {
  const { send } = useOutbox()
  const toast = useToast()
  const [busy, setBusy] = useState(false)
  const confirm = async () => {
    setBusy(true)
    try {
      await send(confirmCall, { targetId: call.targetId }, { label: t('应答叫应', 'Confirmed a call'), topics: ['assignments'] })
      toast(navigator.onLine ? t('已应答', 'Confirmed') : t('已保存，联网后立即送达', 'Kept; delivered as soon as there is a network'), { tone: 'good' })
    } catch (error) {
      setBusy(false)
      toast(asProblem(error).message, { tone: 'bad' })
    }
  }
  return (
    <Card tone="urgent" icon="phone" title={t('请立即应答', 'Please confirm now')} text={t('{unit} · {when}发出', '{unit} · sent {when}', { unit: read(call.unit.name), when: relative(call.sentAt) })}>
      <p className="p-text">{read(call.message)}</p>
      <div style={{ marginTop: 12 }}>
        <BigButton icon="check" busy={busy} onPress={() => void confirm()}>
          {t('收到', 'I have it')}
        </BigButton>
      </div>
    </Card>
  )
}
