/** I need help: what, how urgent, who will see it; kept at once, sent when it can be. Below: my requests. */
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { Output } from '#kernel/contract.ts'
import { newId } from '#kernel/ids.ts'
import type { me } from '#slices/directory/contract.ts'
import { asProblem } from '#ui/data.ts'
import { relative } from '#ui/format.ts'
import { useKeptRead } from '#ui/pocket/data.ts'
import { ChoiceList, TextField } from '#ui/pocket/fields.tsx'
import { useOutbox } from '#ui/pocket/outbox.tsx'
import { Badge, BigButton, Card, Screen, SectionTitle, Skeleton, Stack } from '#ui/pocket/parts.tsx'
import { usePending } from '#ui/pocket/pending.ts'
import { Row, Rows } from '#ui/pocket/rows.tsx'
import { useSession } from '#ui/session.tsx'
import { EmptyState, ErrorState, Note } from '#ui/states.tsx'
import { useToast } from '#ui/toast.tsx'
import { officeTitle } from '#ui/own-words.ts'
import { read as asRead, say, t } from '#ui/words.ts'
import { askHelp, desks, mine } from '../contract.ts'
import { chooseOwner, minutesToTake, stateWords, themes, themeWords, urgencies, urgencyWords, type Theme, type Urgency } from '../rules.ts'

export function HelpPage() {
  const [theme, setTheme] = useState<Theme | null>(null)
  const [urgency, setUrgency] = useState<Urgency>('today')
  const [words, setWords] = useState('')
  const [place, setPlace] = useState('')
  const [busy, setBusy] = useState(false)
  const [requestId] = useState(newId)
  const { send } = useOutbox()
  const toast = useToast()
  const [, go] = useLocation()
  const ask = async () => {
    if (!theme) return
    setBusy(true)
    try {
      await send(askHelp, { requestId, theme, urgency, text: words.trim(), ...(place.trim() ? { place: place.trim() } : {}) }, { id: requestId, label: t('求助：{theme}', 'Help: {theme}', { theme: say(themeWords[theme]) }) })
      toast(navigator.onLine ? t('已收到您的求助', 'Your request is recorded') : t('已保存在本机，联网后立即送达', 'Kept on this phone; delivered as soon as there is a network'), { tone: 'good' })
      go(`/help/${requestId}`)
    } catch (error) {
      setBusy(false)
      toast(t('没有记下：{why}', 'Not recorded: {why}', { why: asProblem(error).message }), { tone: 'bad' })
    }
  }
  return (
    <Screen
      title={t('我需要帮助', 'I need help')} back="/"
      foot={
        <BigButton busy={busy} disabled={!theme || words.trim() === ''} onPress={() => void ask()}>
          {!theme ? t('先选是哪方面', 'Choose what it is about') : words.trim() === '' ? t('再写一句需要什么', 'Then write what is needed') : t('发出求助', 'Ask for help')}
        </BigButton>
      }
    >
      <MyRequests />
      <SectionTitle>{t('是哪方面的？', 'What is it about?')}</SectionTitle>
      <div className="p-half-row" role="group" aria-label={t('是哪方面的？', 'What is it about?')} style={{ marginBottom: 20 }}>
        {themes.map((one) => (
          <button key={one} type="button" className="p-pill" aria-pressed={theme === one} onClick={() => setTheme(one)}>
            {say(themeWords[one])}
          </button>
        ))}
      </div>
      <ChoiceList label={t('有多急？', 'How urgent?')} value={urgency} onChange={(value) => setUrgency(value ?? 'today')} options={urgencies.map((one) => ({ value: one, label: say(urgencyWords[one]), note: t('{n}内没人受理，会自动上报', 'climbs by itself if nobody takes it within {n}', { n: takeWords(one) }) }))} />
      {urgency === 'now' && (
        <Note tone="bad" action={<a className="b-button" href="tel:120">{t('拨打 120', 'Call 120')}</a>}>
          {t('有生命危险时，请先打 120、110 或 119。', 'If a life is in danger, call 120, 110 or 119 first.')}
        </Note>
      )}
      <div style={{ marginTop: 20 }}>
        <TextField label={t('需要什么帮助？', 'What help is needed?')} value={words} onChange={setWords} lines={4} maxLength={2000} required placeholder={t('一两句话就可以', 'A sentence or two is enough')} />
        <TextField label={t('在哪里', 'Where')} value={place} onChange={setPlace} placeholder={t('例如：1号楼 305', 'For example: building 1, room 305')} />
      </div>
      <WhoSees theme={theme} />
    </Screen>
  )
}

const takeWords = (urgency: Urgency) => {
  const minutes = minutesToTake[urgency]
  return minutes < 60 ? t('{n} 分钟', '{n} min', { n: minutes }) : t('{n} 小时', '{n} h', { n: minutes / 60 })
}

/** Before it is sent: whose it will be. Worked out from what the phone remembers, so also without a network. */
function WhoSees({ theme }: { theme: Theme | null }) {
  const { me: mySelf } = useSession<Output<typeof me>>()
  const table = useKeptRead(desks, {})
  const desk = theme ? table.data?.desks.find((one) => one.theme === theme) : undefined
  const owner = mySelf && theme ? chooseOwner(mySelf.owners, theme, mySelf.person.personId) : undefined
  if (!theme) return null
  return (
    <Note>
      {desk
        ? t('将由{unit}受理。只有办理的人和您能看到内容，每次查看都有记录。', 'Goes to {unit}. Only those who handle it and you can read it; every look is recorded.', { unit: asRead(desk.unit.name) })
        : owner
          ? t('将由{office} {name} 受理。只有办理的人和您能看到内容，每次查看都有记录。', 'Goes to {name}, {office}. Only those who handle it and you can read it; every look is recorded.', { office: t('{unit}{title}', '{unit} {title}', { unit: asRead(owner.unit.name), title: officeTitle(owner.officeTitle) }), name: owner.person.name })
          : t('由负责您的人受理；没有人时逐级上报，直到有人接手。', 'Goes to whoever answers for you; where nobody does it climbs until somebody takes it.')}
    </Note>
  )
}

/** Requests that run, and those that are still on this phone. */
function MyRequests() {
  const read = useKeptRead(mine, {}, { topics: ['help'] })
  const known = read.data?.requests ?? []
  const waiting = usePending(askHelp, read.at).filter((one) => !known.some((request) => request.requestId === one.input.requestId))
  const running = known.filter((request) => request.state !== 'closed')
  const closed = known.length - running.length
  if (known.length + waiting.length === 0) return null
  return (
    <>
      <SectionTitle>{t('我的求助', 'My requests')}</SectionTitle>
      <Stack>
        {waiting.map((one) => (
          <Card key={one.id} icon="clock" title={say(themeWords[one.input.theme])} text={t('在本机，待发送', 'On this phone, to be sent')} to={`/help/${one.input.requestId}`} />
        ))}
        {running.length > 0 && (
          <Rows>
            {running.map((request) => (
              <Row key={request.requestId} to={`/help/${request.requestId}`} title={say(themeWords[request.theme])} text={<span>{say(stateWords[request.state])} · {relative(request.askedAt)}</span>} end={request.state === 'answered' ? <Badge tone="good">{t('请看', 'Look')}</Badge> : undefined} />
            ))}
          </Rows>
        )}
        {closed > 0 && <Card tone="calm" title={t('已办结 {n} 件', '{n} closed', { n: closed })} to="/help/closed" />}
      </Stack>
    </>
  )
}

/** What has been settled: to look back, or to open again. */
export function ClosedHelpPage() {
  const read = useKeptRead(mine, {}, { topics: ['help'] })
  const closed = (read.data?.requests ?? []).filter((request) => request.state === 'closed')
  return (
    <Screen title={t('已办结的求助', 'Closed requests')} back="/help">
      {read.data === undefined && (read.problem ? <ErrorState problem={read.problem} retry={read.retry} /> : <Skeleton cards={2} />)}
      {read.data && closed.length === 0 && <EmptyState title={t('还没有办结的求助', 'Nothing closed yet')} />}
      {closed.length > 0 && <Rows>
        {closed.map((request) => (
          <Row key={request.requestId} to={`/help/${request.requestId}`} title={say(themeWords[request.theme])} text={<span>{request.closedAt ? relative(request.closedAt) : ''} · {request.text.slice(0, 40)}</span>} />
        ))}
      </Rows>}
    </Screen>
  )
}
