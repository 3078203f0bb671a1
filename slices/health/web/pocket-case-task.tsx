/** Cases I answer for, on the phone: who was not checked today first; call, enter a check, take or decline a hand-over, release. */
import { useState } from 'react'
import { useWrite } from '#ui/data.ts'
import { date, dateTime, spaced } from '#ui/format.ts'
import { Icon } from '#ui/icons.tsx'
import { TextField } from '#ui/pocket/fields.tsx'
import { BigButton, Card, Parts, Screen, Skeleton, Stack } from '#ui/pocket/parts.tsx'
import { Sheet } from '#ui/pocket/Sheet.tsx'
import { EmptyState, ErrorState, Note, WriteProblem } from '#ui/states.tsx'
import { useToast } from '#ui/toast.tsx'
import { read as asRead, t } from '#ui/words.ts'
import { accept, decline, release } from '../contract.ts'
import { illnessName, kindName, leftWords, planWords, saidWords, type CaseLine } from './case-words.tsx'
import { worrying } from '../rules.ts'
import { CheckForm } from './pocket-case.tsx'
import { useMyCaseWork } from './use-case-work.ts'

export function CaseTaskPage({ params }: { params: Record<string, string> }) {
  const work = useMyCaseWork(true)
  const { read } = work
  const one = [...work.offered, ...work.cases].find((each) => each.caseId === params['caseId'])
  if (!one)
    return (
      <Screen title={t('个案', 'Case')} back="/tasks">
        {read.data ? <EmptyState title={t('已不在您这里', 'No longer with you')} /> : read.problem ? <ErrorState problem={read.problem} retry={read.retry} /> : <Skeleton cards={2} />}
      </Screen>
    )
  return <Opened one={one} toMe={work.offered.includes(one)} today={work.today} />
}

function Opened({ one, toMe, today }: { one: CaseLine; toMe: boolean; today: string }) {
  const toast = useToast()
  const [asking, setAsking] = useState<'check' | 'release' | 'decline' | null>(null)
  const accepting = useWrite(accept, { onDone: () => toast(t('现在由您负责', 'It is with you now'), { tone: 'good' }) })
  const { lastCheck } = one
  return (
    <Screen title={<span translate="no">{one.person.name}</span>} back="/tasks" lead={`${kindName(one.kind)} · ${illnessName(one.illness)}${one.unit ? ` · ${asRead(one.unit.name)}` : ''}`}>
      <Stack>
        {toMe && (
          <>
            <Note tone="info">{t('移交给您。确认前仍由 {who} 负责。', 'Handed over to you. Until you confirm, {who} answers.', { who: one.answers?.person.name ?? t('原负责人', 'whoever had it') })}</Note>
            <WriteProblem problem={accepting.problem} />
            <div className="p-half-row">
              <BigButton look="plain" onPress={() => setAsking('decline')}>{t('退回', 'Decline')}</BigButton>
              <BigButton busy={accepting.busy} onPress={() => void accepting.run({ caseId: one.caseId })}>{t('确认接收', 'Confirm')}</BigButton>
            </div>
          </>
        )}
        {one.phone && (
          <a className={`p-button ${toMe ? 'p-button-plain' : 'p-button-main'}`} href={`tel:${one.phone}`}>
            <Icon name="phone" size={20} />
            <span className="num">{t('打电话 {phone}', 'Call {phone}', { phone: spaced(one.phone) })}</span>
          </a>
        )}
        <Card tone={one.missingToday ? 'ask' : 'plain'} icon="pulse" title={one.missingToday ? t('今天还没有监测', 'Not checked today') : t('今天已监测', 'Checked today')} text={lastCheck ? <span className={worrying(lastCheck) ? 'p-late' : undefined}><Parts of={[saidWords(lastCheck), lastCheck.own ? t('本人', 'themselves') : lastCheck.by, dateTime(lastCheck.at)]} /></span> : t('还没有记录', 'none yet')}>
          {lastCheck?.words && <p className="p-text">{lastCheck.words}</p>}
          {one.daysMissed > 0 && <p className="p-text p-late">{t('漏测 {n} 天', '{n} {n:day|days} missed', { n: one.daysMissed })}</p>}
          <BigButton look="plain" onPress={() => setAsking('check')}>{t('代录一次', 'Enter a check')}</BigButton>
        </Card>
        <Card title={t('安排', 'What is ordered')}>
          <p className="p-text">{[planWords(one), leftWords(one, today)].filter(Boolean).join(t('，', ', '))}</p>
          <p className="p-text"><b>{t('地点：', 'Where: ')}</b>{one.place}</p>
          <p className="p-text"><b>{t('依据：', 'Basis: ')}</b>{one.basis}</p>
        </Card>
        {!toMe && one.state === 'to-release' && (
          <>
            <Note tone="warn">{t('计划至 {when}，已到期。请确认情况后解除；要延长或移交，请在电脑上办理。', 'Planned until {when}, which has come. Look, then release; extend or hand over at a desk.', { when: date(one.untilDay) })}</Note>
            <BigButton look="plain" onPress={() => setAsking('release')}>{t('解除', 'Release')}</BigButton>
          </>
        )}
        {one.offered && !toMe && <Note>{t('已移交 {who}，等对方确认。', 'Handed over to {who}, waiting for them to confirm.', { who: one.offered.person.name })}</Note>}
      </Stack>
      <Sheet open={asking === 'check'} title={t('代录监测：{name}', 'A check of {name}', { name: one.person.name })} onClose={() => setAsking(null)} tall>
        {asking === 'check' && <CheckForm caseId={one.caseId} personId={one.person.personId} onDone={() => setAsking(null)} />}
      </Sheet>
      <Sheet open={asking === 'release' || asking === 'decline'} title={asking === 'decline' ? t('退回移交', 'Decline the hand-over') : t('解除：{name}', 'Release {name}', { name: one.person.name })} onClose={() => setAsking(null)}>
        {(asking === 'release' || asking === 'decline') && <Reason one={one} act={asking} onDone={() => setAsking(null)} />}
      </Sheet>
    </Screen>
  )
}

function Reason({ one, act, onDone }: { one: CaseLine; act: 'release' | 'decline'; onDone: () => void }) {
  const toast = useToast()
  const [reason, setReason] = useState('')
  const writing = useWrite(act === 'release' ? release : decline, { onDone: () => { toast(act === 'release' ? t('已解除，本人已收到通知', 'Released; the person was told') : t('已退回', 'Declined'), { tone: 'good' }); onDone() } })
  return (
    <Stack>
      <TextField label={t('理由', 'Reason')} value={reason} onChange={setReason} lines={2} maxLength={400} required hint={act === 'release' ? t('以您的名义解除；本人看得到。', 'In your name; the person reads it.') : t('移交的人看得到。', 'Whoever handed it over reads it.')} />
      <WriteProblem problem={writing.problem} />
      <BigButton busy={writing.busy} disabled={reason.trim().length < 2} onPress={() => void writing.run({ caseId: one.caseId, reason: reason.trim() })}>{act === 'release' ? t('解除', 'Release') : t('退回', 'Decline')}</BigButton>
    </Stack>
  )
}
