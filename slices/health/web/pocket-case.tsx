/** My own case on the phone: what it means, until when, the check of the day in one thumb, whom to call. Works without a network. */
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { newId } from '#kernel/ids.ts'
import { asProblem } from '#ui/data.ts'
import { date, dateTime, day, onDevice, presentMoment, spaced, time } from '#ui/format.ts'
import { Icon } from '#ui/icons.tsx'
import { TextField } from '#ui/pocket/fields.tsx'
import { NumberPad } from '#ui/pocket/NumberPad.tsx'
import { useOutbox } from '#ui/pocket/outbox.tsx'
import { BigButton, Card, Screen, SectionTitle, Skeleton, Stack } from '#ui/pocket/parts.tsx'
import { Row, Rows } from '#ui/pocket/rows.tsx'
import { Sheet } from '#ui/pocket/Sheet.tsx'
import { EmptyState, ErrorState, Note } from '#ui/states.tsx'
import { useToast } from '#ui/toast.tsx'
import { officeTitle } from '#ui/own-words.ts'
import { read as asRead, say, t } from '#ui/words.ts'
import { check } from '../contract.ts'
import { kindMeans, symptoms, symptomWords, temperatureRange, worrying, type Symptom } from '../rules.ts'
import { illnessName, kindName, leftWords, planWords, saidWords, type CaseWhole } from './case-words.tsx'
import { useMyCases, useOwnChecks } from './pocket-case-card.tsx'

export function MyCasePage() {
  const read = useMyCases()
  const open = read.data?.cases.find((one) => one.state !== 'released')
  const earlier = (read.data?.cases ?? []).filter((one) => one !== open)
  if (!read.data)
    return (
      <Screen title={t('健康管理', 'Health management')} back="/">
        {read.problem ? <ErrorState problem={read.problem} retry={read.retry} /> : <Skeleton cards={2} />}
      </Screen>
    )
  return (
    <Screen title={open ? kindName(open.kind) : t('健康管理', 'Health management')} back="/" {...(open ? { lead: `${illnessName(open.illness)} · ${leftWords(open, read.data.today)}` } : {})}>
      {open ? <Mine one={open} today={read.data.today} since={read.at} /> : earlier.length === 0 && <EmptyState icon="pulse" title={t('您没有健康管理安排', 'Nothing is arranged for you')} />}
      {earlier.length > 0 && (
        <>
          <SectionTitle>{t('以前的', 'Earlier')}</SectionTitle>
          <Rows>
            {earlier.map((one) => (
              <Row key={one.caseId} title={`${kindName(one.kind)} · ${illnessName(one.illness)}`} text={<><span>{one.released && t('{when}由 {who} 解除', 'released {when} by {who}', { when: date(one.released.at), who: one.released.by ?? '' })}</span><span>{one.released?.reason}</span></>} />
            ))}
          </Rows>
        </>
      )}
    </Screen>
  )
}

function Mine({ one, today, since }: { one: CaseWhole; today: string; since: number }) {
  const sent = useOwnChecks(one.caseId, since)
  const { answers } = one
  return (
    <Stack>
      {one.state === 'to-release' && <Note tone="info">{t('计划期限已到。是否解除由负责人决定，解除前请照旧。', 'The planned end has come. Whoever answers decides; until then go on as before.')}</Note>}
      <DailyCheck one={one} sent={sent} today={today} />
      <Card title={t('这意味着什么', 'What it means')}>
        <p className="p-text">{say(kindMeans[one.kind])}</p>
        <p className="p-text"><b>{t('地点：', 'Where: ')}</b>{one.place}</p>
        <p className="p-text"><b>{t('到哪天：', 'Until: ')}</b>{date(one.untilDay, { weekday: true })}{t('。到期后由负责人确认解除。', '. Whoever answers then releases you.')}</p>
      </Card>
      {answers && (
        <Card title={t('有事找谁', 'Whom to turn to')} text={<><span translate="no">{answers.person.name}</span> {asRead(answers.unit.name)} {officeTitle(answers.officeTitle)}</>}>
          {answers.phone && (
            <a className="p-button p-button-plain" href={`tel:${answers.phone}`}>
              <Icon name="phone" size={20} />
              <span className="num">{t('打电话 {phone}', 'Call {phone}', { phone: spaced(answers.phone) })}</span>
            </a>
          )}
        </Card>
      )}
      <Rows>
        <Row to="/help" title={t('我需要帮助，或对安排有意见', 'I need help, or do not agree')} text={<span>{t('送饭送药、情绪、异议，都可以提出', 'Food, medicine, how you feel, objections')}</span>} />
      </Rows>
      <Card title={t('依据和期限', 'Basis and days')}>
        <p className="p-text">{one.basis}</p>
        <p className="p-text">{planWords(one)}</p>
        <p className="p-text">{one.openedBy ? t('由 {who} 建立，{when}', 'Opened by {who}, {when}', { who: one.openedBy, when: dateTime(one.openedAt) }) : t('{when}建立', 'Opened {when}', { when: dateTime(one.openedAt) })}</p>
      </Card>
      {(one.checks.length > 0 || sent.length > 0) && (
        <>
          <SectionTitle>{t('我的监测', 'My checks')}</SectionTitle>
          <Rows>
            {sent.map((pending) => (
              <Row key={pending.id} title={saidWords({ temperature: pending.input.temperature, symptoms: pending.input.symptoms })} text={<span>{navigator.onLine ? t('正在发送', 'Being sent') : t('保存在本机，联网后自动发送', 'Kept on this phone, sent when online')} · {onDevice(pending.at)}</span>} />
            ))}
            {one.checks.slice(0, 30).map((each) => (
              <Row key={each.checkId} title={<span className={worrying(each) ? 'p-late' : undefined}>{saidWords(each)}</span>} text={<><span>{day(each.day)} {time(each.at)}{!each.own && ` · ${t('{who}代录', 'by {who}', { who: each.by ?? '' })}`}</span>{each.words && <span>{each.words}</span>}</>} />
            ))}
          </Rows>
        </>
      )}
    </Stack>
  )
}

/** "Nothing is wrong" is one press; everything else opens below it. */
function DailyCheck({ one, sent, today }: { one: CaseWhole; sent: readonly { input: { at: string } }[]; today: string }) {
  const [search, setSearch] = useSearchParams()
  const done = sent.length > 0 || one.checks.some((each) => each.day === today)
  // Whoever pressed the question on My day is asked at once.
  const [asking, setAsking] = useState(search.has('check') && !done)
  const close = () => {
    setAsking(false)
    if (search.has('check')) setSearch({}, { replace: true })
  }
  if (one.state === 'released') return null
  return (
    <>
      <Card tone={done ? 'calm' : 'ask'} icon="pulse" title={done ? t('今天已报告', 'Reported today') : t('今天怎么样？', 'How are you today?')} text={done ? t('有变化时随时再报。', 'Report again whenever something changes.') : t('量一次体温，有没有不舒服', 'Take your temperature; are you unwell?')}>
        <BigButton look={done ? 'plain' : 'main'} onPress={() => setAsking(true)}>{done ? t('再报一次', 'Report again') : t('现在报告', 'Report now')}</BigButton>
      </Card>
      <Sheet open={asking} title={t('今天的监测', "Today's check")} onClose={close} tall>
        {asking && <CheckForm caseId={one.caseId} personId={null} onDone={close} />}
      </Sheet>
    </>
  )
}

/** @param personId null: of oneself. */
export function CheckForm({ caseId, personId, onDone }: { caseId: string; personId: string | null; onDone: () => void }) {
  const { send } = useOutbox()
  const toast = useToast()
  const [checkId] = useState(newId)
  const [temperature, setTemperature] = useState<number | null>(null)
  const [told, setTold] = useState<readonly Symptom[]>([])
  const [words, setWords] = useState('')
  const [busy, setBusy] = useState(false)
  const outside = temperature !== null && (temperature < temperatureRange.least || temperature > temperatureRange.most)
  const press = (one: Symptom) => setTold(told.includes(one) ? told.filter((each) => each !== one) : [...told, one])
  const give = async () => {
    setBusy(true)
    try {
      await send(check, { checkId, caseId, personId, at: presentMoment().toISOString(), temperature, symptoms: [...told], ...(words.trim() ? { words: words.trim() } : {}) }, { id: checkId, label: t('健康监测', 'Daily check') })
      toast(navigator.onLine ? t('已报告', 'Reported') : t('已保存在本机，联网后自动发送', 'Kept on this phone, sent when online'), { tone: 'good' })
      onDone()
    } catch (error) {
      setBusy(false)
      toast(t('没有记下：{why}', 'Not recorded: {why}', { why: asProblem(error).message }), { tone: 'bad' })
    }
  }
  return (
    <Stack>
      <p className="p-label">{t('有没有不舒服？没有就不选', 'Are you unwell? Choose nothing if not')}</p>
      <div className="p-half-row" role="group" aria-label={t('有没有不舒服？', 'Are you unwell?')}>
        {symptoms.map((one) => (
          <button key={one} type="button" className="p-pill" aria-pressed={told.includes(one)} onClick={() => press(one)}>{say(symptomWords[one])}</button>
        ))}
      </div>
      <p className="p-label">{t('体温', 'Temperature')}</p>
      <NumberPad label={t('体温', 'Temperature')} value={temperature} onChange={setTemperature} unit="℃" min={temperatureRange.least} max={temperatureRange.most} decimals={1} {...(outside ? { error: t('请核对体温', 'Check the figure') } : {})} />
      {told.length > 0 && <TextField label={t('说一句', 'A word')} value={words} onChange={setWords} lines={2} maxLength={400} />}
      {worrying({ temperature: outside ? null : temperature, symptoms: told }) && <Note tone="warn">{t('报告后负责人会马上收到。情况紧急请直接打电话或拨打 120。', 'Whoever answers is told at once. If it is urgent call them, or 120.')}</Note>}
      <BigButton busy={busy} disabled={outside} onPress={() => void give()}>
        {told.length === 0 ? (temperature === null ? t('没有不舒服，未量体温', 'Well; temperature not taken') : t('没有不舒服，{n} ℃', 'Well, {n} ℃', { n: temperature })) : t('报告', 'Report')}
      </BigButton>
    </Stack>
  )
}
