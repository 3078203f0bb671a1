/** Help requests I own: a list for the tasks, and the page where they are taken and answered. */
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { Output } from '#kernel/contract.ts'
import { NotOpened } from '#slices/directory/web/pocket-cards.tsx'
import { asProblem } from '#ui/data.ts'
import { deadline, relative, spaced } from '#ui/format.ts'
import { Icon } from '#ui/icons.tsx'
import { useKeptRead } from '#ui/pocket/data.ts'
import { TextField } from '#ui/pocket/fields.tsx'
import { useOutbox } from '#ui/pocket/outbox.tsx'
import { Badge, BigButton, Screen, Skeleton, Stack } from '#ui/pocket/parts.tsx'
import { usePending } from '#ui/pocket/pending.ts'
import { Row, Rows } from '#ui/pocket/rows.tsx'
import { EmptyState, ErrorState, Note } from '#ui/states.tsx'
import { useToast } from '#ui/toast.tsx'
import { read as asRead, say, t } from '#ui/words.ts'
import { get, reply, take, todo } from '../contract.ts'
import { stateWords, themeWords, urgencyWords } from '../rules.ts'
import { HandOn } from './pocket-hand-on.tsx'
import { HelpTalk } from './pocket-talk.tsx'

type Requests = Output<typeof todo>['requests']

export function HelpRows({ requests }: { requests: Requests }) {
  return (
    <Rows>
      {requests.map((request) => (
        <Row
          key={request.requestId} to={`/tasks/help/${request.requestId}`}
          title={
            <>
              {say(themeWords[request.theme])} <small translate="no">{request.person.name}</small>
            </>
          }
          text={
            <>
              <span>{request.text.length > 60 ? `${request.text.slice(0, 60)}…` : request.text}</span>
              {request.state === 'open' && request.dueAt && <span className={request.overdue ? 'p-late' : undefined}>{deadline(request.dueAt).text}</span>}
            </>
          }
          end={request.urgency === 'now' ? <Badge tone="bad">{t('危急', 'Urgent')}</Badge> : request.state === 'open' ? <Badge tone="warn">{t('待受理', 'New')}</Badge> : undefined}
        />
      ))}
    </Rows>
  )
}

export function HelpTaskPage({ params }: { params: Record<string, string> }) {
  const requestId = params['requestId'] ?? ''
  const list = useKeptRead(todo, {}, { topics: ['help'] })
  const one = useKeptRead(get, { requestId }, { topics: ['help'], enabled: list.data !== undefined && !list.data.requests.some((request) => request.requestId === requestId) })
  const request = list.data?.requests.find((each) => each.requestId === requestId) ?? one.data
  if (!request)
    return (
      <Screen title={t('求助', 'Help')} back="/tasks">
        {one.problem ? <NotOpened problem={one.problem} retry={one.retry} /> : list.problem && !list.data ? <ErrorState problem={list.problem} retry={list.retry} /> : list.data && !one.loading ? <EmptyState title={t('已不在您这里', 'No longer with you')} /> : <Skeleton cards={2} />}
      </Screen>
    )
  return (
    <Screen
      title={say(themeWords[request.theme])} back="/tasks"
      lead={
        <>
          <span translate="no">{request.person.name}</span>
          {request.proxy && t('（{name}代为求助）', ' (asked by {name})', { name: request.askedBy.name })} · {say(stateWords[request.state])} · {relative(request.askedAt)}
        </>
      }
    >
      <Stack>
        {request.urgency !== 'normal' && <Note tone={request.urgency === 'now' ? 'bad' : 'warn'}>{say(urgencyWords[request.urgency])}</Note>}
        {request.fell && <Note tone="warn">{t('{unit}现在没有人负责，所以到了您这里。', 'Nobody answers at {unit} at present, so it came to you.', { unit: request.unit ? asRead(request.unit.name) : '' })}</Note>}
        {request.phone && (
          <a className="p-button p-button-main" href={`tel:${request.phone}`}>
            <Icon name="phone" size={20} />
            <span className="num">{t('打电话 {phone}', 'Call {phone}', { phone: spaced(request.phone) })}</span>
          </a>
        )}
        <HelpTalk request={request} mineIsAsker={false} />
      </Stack>
      {request.state !== 'closed' && <Answer request={request} since={list.data?.requests.includes(request) ? list.at : one.at} />}
    </Screen>
  )
}

/** Taking it and replying need no network: both wait in the outbox, and what another did first is said there. */
function Answer({ request, since }: { request: Requests[number]; since: number }) {
  const { send } = useOutbox()
  const [words, setWords] = useState('')
  const toast = useToast()
  const [, go] = useLocation()
  const { requestId, person } = request
  const replies = usePending(reply, since).filter((one) => one.input.requestId === requestId)
  // Whoever replies takes it.
  const taking = usePending(take, since).some((one) => one.input.requestId === requestId)
  const taken = taking || replies.length > 0
  const text = words.trim()
  const failed = (error: unknown) => toast(t('没有记下：{why}', 'Not recorded: {why}', { why: asProblem(error).message }), { tone: 'bad' })
  const tell = (settles: boolean) =>
    void send(reply, { requestId, text, settles }, { label: t('回复{name}', 'Reply to {name}', { name: person.name }) }).then(() => {
      // What was typed meanwhile is not ours to clear.
      setWords((now) => (now.trim() === text ? '' : now))
      toast(navigator.onLine ? (settles ? t('已答复', 'Answered') : t('已回复', 'Sent')) : t('已保存在本机，联网后自动发送', 'Kept on this phone, sent when online'), { tone: 'good' })
      if (settles) go('/tasks')
    }, failed)
  return (
    <>
      <div style={{ height: 20 }} />
      <Stack>
        {request.state === 'open' && !taken && (
          <BigButton look="plain" onPress={() => void send(take, { requestId }, { label: t('受理{name}的求助', 'Took the request of {name}', { name: person.name }) }).then(() => toast(t('已受理', 'Taken'), { tone: 'good' }), failed)}>
            {t('我来受理', 'I take it')}
          </BigButton>
        )}
        {request.state === 'open' && taken && <Note tone="good">{t('由您受理。', 'You have taken it.')}</Note>}
        {replies.map((one) => (
          <p key={one.id} className="p-note">{t('已写好，正在等待送达：{text}', 'Written, on its way: {text}', { text: one.input.text })}</p>
        ))}
        <TextField label={t('回复', 'Reply')} value={words} onChange={setWords} lines={3} maxLength={2000} />
        <div className="p-half-row">
          <BigButton look="plain" disabled={text === ''} onPress={() => tell(false)}>
            {t('先回一句', 'Just reply')}
          </BigButton>
          <BigButton disabled={text === ''} onPress={() => tell(true)}>
            {t('答复并了结', 'Answer and close')}
          </BigButton>
        </div>
        <p className="p-note">{t('答复后三天内对方没有异议，自动办结。', 'Closes by itself three days after the answer unless they object.')}</p>
        <HandOn request={request} />
      </Stack>
    </>
  )
}
