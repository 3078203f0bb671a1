/** Help requests I own: a list for the tasks, and the page where they are taken and answered. */
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { Output } from '#kernel/contract.ts'
import { NotOpened } from '#slices/directory/web/pocket-cards.tsx'
import { useWrite } from '#ui/data.ts'
import { deadline, relative, spaced } from '#ui/format.ts'
import { Icon } from '#ui/icons.tsx'
import { useKeptRead } from '#ui/pocket/data.ts'
import { TextField } from '#ui/pocket/fields.tsx'
import { Badge, BigButton, Screen, Skeleton, Stack } from '#ui/pocket/parts.tsx'
import { Row, Rows } from '#ui/pocket/rows.tsx'
import { EmptyState, ErrorState, Note, WriteProblem } from '#ui/states.tsx'
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
      {request.state !== 'closed' && <Answer request={request} />}
    </Screen>
  )
}

function Answer({ request }: { request: Requests[number] }) {
  const [words, setWords] = useState('')
  const toast = useToast()
  const [, go] = useLocation()
  const { requestId } = request
  const taking = useWrite(take, { onDone: () => toast(t('已受理', 'Taken'), { tone: 'good' }) })
  const replying = useWrite(reply, {
    onDone: (_answer, input) => {
      // What was typed while it was on its way is not ours to clear.
      setWords((now) => (now.trim() === input.text ? '' : now))
      toast(input.settles ? t('已答复', 'Answered') : t('已回复', 'Sent'), { tone: 'good' })
      if (input.settles) go('/tasks')
    },
  })
  const text = words.trim()
  return (
    <>
      <div style={{ height: 20 }} />
      <WriteProblem problem={taking.problem ?? replying.problem} />
      <Stack>
        {request.state === 'open' && (
          <BigButton look="plain" busy={taking.busy} onPress={() => void taking.run({ requestId })}>
            {t('我来受理', 'I take it')}
          </BigButton>
        )}
        <TextField label={t('回复', 'Reply')} value={words} onChange={setWords} lines={3} maxLength={2000} />
        <div className="p-half-row">
          <BigButton look="plain" busy={replying.busy} disabled={text === ''} onPress={() => void replying.run({ requestId, text, settles: false })}>
            {t('先回一句', 'Just reply')}
          </BigButton>
          <BigButton busy={replying.busy} disabled={text === ''} onPress={() => void replying.run({ requestId, text, settles: true })}>
            {t('答复并了结', 'Answer and close')}
          </BigButton>
        </div>
        <p className="p-note">{t('答复后三天内对方没有异议，自动办结。', 'Closes by itself three days after the answer unless they object.')}</p>
        <HandOn request={request} />
      </Stack>
    </>
  )
}
