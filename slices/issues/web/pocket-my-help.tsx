/** One request of mine: where it stands, what was said; add, settled, not settled. */
import { useState } from 'react'
import { asProblem } from '#ui/data.ts'
import { dateTime, onDevice } from '#ui/format.ts'
import { useKeptRead } from '#ui/pocket/data.ts'
import { TextField } from '#ui/pocket/fields.tsx'
import { OutboxList, useOutbox } from '#ui/pocket/outbox.tsx'
import { BigButton, Card, Screen, Skeleton, Stack } from '#ui/pocket/parts.tsx'
import { usePending } from '#ui/pocket/pending.ts'
import { EmptyState, ErrorState, Note } from '#ui/states.tsx'
import { useToast } from '#ui/toast.tsx'
import { officeTitle } from '#ui/own-words.ts'
import { say, t } from '#ui/words.ts'
import { add, askHelp, close, mine, reopen } from '../contract.ts'
import { stateWords, themeWords } from '../rules.ts'
import { HelpTalk } from './pocket-talk.tsx'

export function MyHelpPage({ params }: { params: Record<string, string> }) {
  const read = useKeptRead(mine, {}, { topics: ['help'] })
  const waiting = usePending(askHelp, read.at).find((one) => one.input.requestId === params['requestId'])
  const request = read.data?.requests.find((one) => one.requestId === params['requestId'])
  if (!request)
    return (
      <Screen title={waiting ? say(themeWords[waiting.input.theme]) : t('求助', 'Help')} back="/help">
        {waiting ? (
          <Stack>
            <Note tone={navigator.onLine ? 'info' : 'warn'}>
              {navigator.onLine ? t('正在送达。', 'On its way.') : t('{when}保存在本机。一有网络就会送达，关掉页面也不会丢。', 'Kept on this phone {when}. It is delivered as soon as there is a network, even if you close the page.', { when: onDevice(waiting.at) })}
            </Note>
            <Card title={t('您写的', 'What you wrote')}>
              <p className="p-text">{waiting.input.text}</p>
            </Card>
          </Stack>
        ) : read.data === undefined ? (
          read.problem ? <ErrorState problem={read.problem} retry={read.retry} /> : <Skeleton cards={2} />
        ) : (
          <>
            <EmptyState title={t('没有找到这件求助', 'This request was not found')} />
            <OutboxList />
          </>
        )}
      </Screen>
    )
  return <Shown request={request} since={read.at} />
}

type Request = NonNullable<ReturnType<typeof useKeptRead<typeof mine>>['data']>['requests'][number]

function Shown({ request, since }: { request: Request; since: number }) {
  const { owner } = request
  return (
    <Screen title={say(themeWords[request.theme])} back="/help" lead={say(stateWords[request.state])}>
      <Stack>
        {owner ? (
          <Note tone={request.state === 'open' ? 'info' : 'good'}>
            {request.state === 'open' && request.dueAt
              ? t('已送达 {office} {name}。{when}前没有受理会自动上报。', 'With {name}, {office}. Climbs by itself if not taken by {when}.', { office: officeTitle(owner.officeTitle), name: owner.person.name, when: dateTime(request.dueAt) })
              : t('由 {office} {name} 负责。', 'With {name}, {office}.', { office: officeTitle(owner.officeTitle), name: owner.person.name })}
          </Note>
        ) : (
          request.state !== 'closed' && <Note tone="warn">{t('已记录，但现在没有人在岗负责。值班员能看到，会尽快安排。', 'Recorded, but nobody answers at present. The duty officer sees it and will arrange for somebody.')}</Note>
        )}
        <HelpTalk request={request} mineIsAsker />
      </Stack>
      <Acts request={request} since={since} />
    </Screen>
  )
}

function Acts({ request, since }: { request: Request; since: number }) {
  const { send } = useOutbox()
  const toast = useToast()
  const [words, setWords] = useState('')
  const { requestId, state } = request
  const closing = usePending(close, since).some((one) => one.input.requestId === requestId)
  const reopening = usePending(reopen, since).some((one) => one.input.requestId === requestId)
  const adding = usePending(add, since).filter((one) => one.input.requestId === requestId)
  const text = words.trim()
  const done = (said: string) => {
    setWords('')
    toast(said, { tone: 'good' })
  }
  const failed = (error: unknown) => toast(asProblem(error).message, { tone: 'bad' })
  if (closing || reopening) return <p className="p-note">{closing ? t('已标为解决', 'Marked as settled') : t('已重新打开', 'Opened again')}</p>
  return (
    <>
      <div style={{ height: 20 }} />
      {adding.map((one) => (
        <p key={one.id} className="p-note">
          {t('已补充：{text}', 'Added: {text}', { text: one.input.text })}
        </p>
      ))}
      <TextField label={state === 'open' || state === 'taken' ? t('补充说明', 'Add something') : t('还有什么没解决', 'What is not settled')} value={words} onChange={setWords} lines={2} maxLength={2000} />
      <Stack>
        {(state === 'answered' || state === 'closed') && (
          <BigButton look="plain" disabled={text === ''} onPress={() => void send(reopen, { requestId, text }, { label: t('求助没有解决', 'Not settled') }).then(() => done(t('已重新打开', 'Opened again')), failed)}>
            {t('没有解决，重新打开', 'Not settled: open again')}
          </BigButton>
        )}
        {(state === 'open' || state === 'taken') && (
          <BigButton look="plain" disabled={text === ''} onPress={() => void send(add, { requestId, text }, { label: t('补充求助', 'Added to a request') }).then(() => done(t('已补充', 'Added')), failed)}>
            {t('补充', 'Add')}
          </BigButton>
        )}
        {state !== 'closed' && (
          <BigButton look={state === 'answered' ? 'main' : 'plain'} icon="check" onPress={() => void send(close, { requestId, ...(text ? { text } : {}) }, { label: t('求助已解决', 'Request settled') }).then(() => done(t('已标为解决', 'Marked as settled')), failed)}>
            {t('已经解决', 'It is settled')}
          </BigButton>
        )}
      </Stack>
    </>
  )
}
