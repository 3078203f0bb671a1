/** What I was told, by which way, and whether it arrived. */
import { useState } from 'react'
import type { Output } from '#kernel/contract.ts'
import { dateTime } from '#ui/format.ts'
import { useKeptRead } from '#ui/pocket/data.ts'
import { BigButton, SectionTitle, Skeleton } from '#ui/pocket/parts.tsx'
import { Row, Rows } from '#ui/pocket/rows.tsx'
import { Note } from '#ui/states.tsx'
import { say, t } from '#ui/words.ts'
import { told } from '../contract.ts'

type Message = Output<typeof told>['messages'][number]
const few = 5

export function ToldMe() {
  const read = useKeptRead(told, {}, { topics: ['messages'] })
  const [all, setAll] = useState(false)
  const messages = read.data?.messages ?? []
  return (
    <>
      <SectionTitle>{t('发给我的提醒', 'What I was told')}</SectionTitle>
      {!read.data && (read.problem ? <Note tone="warn">{read.problem.message}</Note> : <Skeleton cards={1} />)}
      {read.data && messages.length === 0 && <Note>{t('还没有给您发过提醒。', 'You have not been told anything yet.')}</Note>}
      {messages.length > 0 && (
        <Rows>
          {messages.slice(0, all ? messages.length : few).map((one) => (
            <Row key={one.deliveryId} title={say(one.title)} text={<><span>{say(one.line)}</span><span>{[dateTime(one.madeAt), wayWords(one)].join(' · ')}</span></>} />
          ))}
        </Rows>
      )}
      {!all && messages.length > few && (
        <div style={{ marginTop: 8 }}>
          <BigButton look="plain" onPress={() => setAll(true)}>{t('其余 {n} 条', '{n} more', { n: messages.length - few })}</BigButton>
        </div>
      )}
    </>
  )
}

/** By which way it came, or why it did not. */
export function wayWords(one: Pick<Message, 'channel' | 'state' | 'openedAt'>): string {
  if (one.state === 'drill') return t('演练，未向外发送', 'drill: not sent outside')
  if (one.state === 'none') return t('没有可用的方式，只在这里显示', 'no way to reach you; only shown here')
  const by = one.channel === 'mail' ? t('邮件', 'mail') : t('手机通知', 'notification')
  if (one.state === 'failed') return t('{by}没有送达', '{by} did not arrive', { by })
  if (one.state === 'waiting') return t('{by}待发送', '{by} to be sent', { by })
  return one.openedAt ? t('{by}，已打开', '{by}, opened', { by }) : by
}
