/** What was done on this phone: what waits, what was refused and why, what has arrived. */
import { useOnline } from '#ui/live.ts'
import { OutboxList, useOutbox } from '#ui/pocket/outbox.tsx'
import { AllClear, BigButton, Screen, SectionTitle, Stack } from '#ui/pocket/parts.tsx'
import { t } from '#ui/words.ts'

export function OutboxPage() {
  const { items, waiting, refused, flush } = useOutbox()
  const online = useOnline()
  const sent = items.filter((item) => item.state === 'sent')
  return (
    <Screen title={t('发送情况', 'Sending')} back="/me" lead={t('在这台手机上做的，一项也不会丢', 'Nothing that was done on this phone is lost')}>
      {items.length === 0 && <AllClear title={t('没有待发送的内容', 'Nothing waits to be sent')} />}
      <Stack>
        {waiting.length > 0 && online && <BigButton look="plain" icon="outbox" onPress={flush}>{t('立即发送（{n}）', 'Send now ({n})', { n: waiting.length })}</BigButton>}
      </Stack>
      {refused.length > 0 && (
        <>
          <SectionTitle>{t('没有被接受', 'Not accepted')}</SectionTitle>
          <OutboxList state="refused" />
        </>
      )}
      {waiting.length > 0 && (
        <>
          <SectionTitle>{t('等待发送', 'Waiting')}</SectionTitle>
          <OutboxList state="waiting" />
          <p className="p-note" style={{ marginTop: 8 }}>{t('按顺序自动发送，不用重填，也不会重复。', 'Sent by itself and in order; nothing has to be done twice, nothing arrives twice.')}</p>
        </>
      )}
      {sent.length > 0 && (
        <>
          <SectionTitle>{t('已送达（保留一天）', 'Delivered (kept for a day)')}</SectionTitle>
          <OutboxList state="sent" />
        </>
      )}
    </Screen>
  )
}
