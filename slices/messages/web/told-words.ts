/** How a message to somebody went, in words. */
import type { Output } from '#kernel/contract.ts'
import { t } from '#ui/words.ts'
import type { told } from '../contract.ts'

type Message = Output<typeof told>['messages'][number]

/** By which way it came, or why it did not. */
export function wayWords(one: Pick<Message, 'channel' | 'state' | 'openedAt'>): string {
  if (one.state === 'drill') return t('演练，未向外发送', 'drill: not sent outside')
  if (one.state === 'none') return t('没有可用的方式，只在这里显示', 'no way to reach you; only shown here')
  const by = one.channel === 'mail' ? t('邮件', 'mail') : t('手机通知', 'notification')
  if (one.state === 'failed') return t('{by}没有送达', '{by} did not arrive', { by })
  if (one.state === 'waiting') return t('{by}待发送', '{by} to be sent', { by })
  return one.openedAt ? t('{by}，已打开', '{by}, opened', { by }) : by
}
