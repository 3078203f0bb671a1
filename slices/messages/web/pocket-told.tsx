/** What I was told, by which way, and whether it arrived. */
import { useState } from 'react'
import { dateTime } from '#ui/format.ts'
import { useKeptRead } from '#ui/pocket/data.ts'
import { BigButton, SectionTitle, Skeleton } from '#ui/pocket/parts.tsx'
import { Row, Rows } from '#ui/pocket/rows.tsx'
import { Note } from '#ui/states.tsx'
import { say, t } from '#ui/words.ts'
import { told } from '../contract.ts'
import { wayWords } from './told-words.ts'

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
