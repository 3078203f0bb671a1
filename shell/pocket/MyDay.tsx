/** My day: what I am asked (often nothing), what my offices must do, notices for me, "I need help". Calm. */
import { useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import type { Asking } from '#slices/measures/web/asking.ts'
import { MyCaseCard } from '#slices/health/web/pocket-case-card.tsx'
import { stateWords, themeWords } from '#slices/issues/rules.ts'
import { PocketAnswer } from '#slices/facts/web/pocket-answer.tsx'
import { ConfirmCallCard } from '#slices/notices/web/pocket-confirm.tsx'
import { date, presentMoment } from '#ui/format.ts'
import { useOnline } from '#ui/live.ts'
import { Icon } from '#ui/icons.tsx'
import { AllClear, Badge, BigButton, Card, Parts, Screen, SectionTitle, Skeleton, Stack } from '#ui/pocket/parts.tsx'
import { Row, Rows } from '#ui/pocket/rows.tsx'
import { Sheet } from '#ui/pocket/Sheet.tsx'
import { ErrorState, Note } from '#ui/states.tsx'
import { officeTitle } from '#ui/own-words.ts'
import { read, say, t } from '#ui/words.ts'
import { useMe } from '../session.tsx'
import { AskCard } from './AskCard.tsx'
import { useAnswering, useAsks, type UseAsks } from './asking.ts'
import { AllInOrder, Exceptions } from './Exceptions.tsx'
import { isToCall } from './people.ts'
import { Reminded } from './reminded.tsx'
import { useMyHelp, useMyNotices, useTabCounts, useWork, type Work } from './work.ts'

export function MyDayPage() {
  const { me } = useMe()
  const asking = useAsks()
  const work = useWork()
  const notices = useMyNotices()
  const help = useMyHelp()
  useTabCounts(work, notices.data?.unopened)
  const unopened = (notices.data?.notices ?? []).filter((notice) => notice.openedAt === null)
  const running = (help.data?.requests ?? []).filter((request) => request.state !== 'closed')
  return (
    <Screen
      title={t('我的一天', 'My day')}
      lead={
        <>
          {date(presentMoment(), { weekday: true })} · <span translate="no">{me?.person.name}</span>
        </>
      }
      {...(work.enabled
        ? { aside: <Link className="p-small p-aside" href="/help"><Icon name="help" size={18} />{t('求助', 'Help')}</Link> }
        : { foot: <BigButton look="plain" icon="help" to="/help">{t('我需要帮助', 'I need help')}</BigButton> })}
    >
      <Stack>
        {work.toConfirm.map((one) => (
          <ConfirmCallCard key={one.targetId} call={one} />
        ))}
        {work.counts.help > 0 && <Card tone="urgent" icon="help" title={t('{n} 件求助等您处理', '{n} {n:request|requests} for help', { n: work.counts.help })} to="/tasks" />}
        <MyCaseCard />
        {work.counts.cases > 0 && <Card icon="pulse" title={t('{n} 份个案等您处理', '{n} {n:case waits|cases wait} for you', { n: work.counts.cases })} text={<CaseCounts work={work.cases} />} to="/tasks" />}
        <Exceptions work={work} />
        {work.people.some(isToCall) && <WorkCards work={work} />}
        <Asks asking={asking} calm={work.total === 0} />
        {work.total === 0 && asking.asks.length === 0 && <AllInOrder enabled={work.enabled} />}
      </Stack>
      {!work.people.some(isToCall) && <WorkCards work={work} />}
      {unopened.length > 0 && (
        <>
          <SectionTitle>{t('新通知', 'New notices')}</SectionTitle>
          <Stack>
            {unopened.slice(0, 3).map((notice) => (
              <Card key={notice.noticeId} icon="notices" title={read(notice.title)} text={notice.status === 'withdrawn' ? t('已撤回，不需要做什么', 'Withdrawn: nothing to do') : notice.status === 'superseded' ? t('已有新版，请看新版', 'There is a newer version') : meaningOf(notice.forMe.length, work.enabled ? notice.forMyUnits : 0)} to={`/notices/${notice.noticeId}`} />
            ))}
            {unopened.length > 3 && <Card title={t('还有 {n} 份', '{n} more', { n: unopened.length - 3 })} to="/notices" />}
          </Stack>
        </>
      )}
      {running.length > 0 && (
        <>
          <SectionTitle>{t('我的求助', 'My requests')}</SectionTitle>
          <Stack>
            {running.slice(0, 3).map((request) => (
              <Card
                key={request.requestId} icon="help" title={say(themeWords[request.theme])} to={`/help/${request.requestId}`}
                text={request.owner ? t('{state} · {office}', '{state} · {office}', { state: say(stateWords[request.state]), office: `${officeTitle(request.owner.officeTitle)} ${request.owner.person.name}` }) : say(stateWords[request.state])}
                end={request.state === 'answered' ? <Badge tone="good">{t('请看', 'Look')}</Badge> : undefined}
              />
            ))}
          </Stack>
        </>
      )}
    </Screen>
  )
}

/** Of what kinds they are. */
function CaseCounts({ work: { offered, waiting } }: { work: Work['cases'] }) {
  const unchecked = waiting.filter((one) => one.missingToday).length
  const due = waiting.length - unchecked
  return (
    <Parts
      of={[
        offered.length > 0 && t('移交给您 {n} 份', '{n} handed over to you', { n: offered.length }),
        unchecked > 0 && t('今天还没有监测 {n} 份', '{n} not checked today', { n: unchecked }),
        due > 0 && t('到期 {n} 份', '{n} due', { n: due }),
      ]}
    />
  )
}

function meaningOf(mine: number, units: number): string {
  if (mine > 0) return t('其中 {n} 条与我有关', '{n} {n:point concerns|points concern} you', { n: mine })
  return units > 0 ? t('我的单位有 {n} 项任务', '{n} {n:duty|duties} for your units', { n: units }) : t('请知悉', 'For your information')
}

/** One question open, the others below it; the next one opens by itself. */
function Asks({ asking: { read: day, asks, given }, calm }: { asking: UseAsks; calm: boolean }) {
  const online = useOnline()
  const [chosen, setChosen] = useState<string | null>(null)
  const [again, setAgain] = useState<Asking | null>(null)
  const [done, setDone] = useState(0)
  const box = useRef<HTMLDivElement>(null)
  // The pressed answer is gone: the next question is read aloud, and the keyboard goes on from there.
  useEffect(() => {
    if (done > 0 && document.activeElement === document.body) box.current?.querySelector<HTMLElement>('.p-question, .p-clear-title')?.focus({ preventScroll: true })
  }, [done])
  if (day.data === undefined) return day.problem ? <ErrorState problem={day.problem} retry={day.retry} /> : <Skeleton cards={1} />
  const { visibleTo } = day.data
  const current = asks.find((ask) => keyOf(ask) === chosen) ?? asks[0]
  return (
    <div ref={box} className="p-stack">
      {current && (
        <>
          <div className="p-steps">
            <span role="status">
              {t('{n} 个问题，约 {s} 秒', '{n} to answer, about {s} s', { n: asks.length, s: asks.reduce((sum, ask) => sum + ask.attribute.seconds, 0) })}
            </span>
            {asks.length + done > 1 && Array.from({ length: Math.min(asks.length + done, 12) }, (_, index) => <i key={index} className={index < done ? 'p-now' : undefined} />)}
          </div>
          <AskCard
            key={keyOf(current)} ask={current} visibleTo={visibleTo} onUndo={setAgain}
            onAnswered={() => {
              setDone(done + 1)
              setChosen(null)
            }}
          />
          {asks.filter((ask) => ask !== current).map((ask) => (
            <Card key={keyOf(ask)} title={say(ask.attribute.label)} {...(ask.subject.kind === 'unit' ? { text: read(ask.subject.name) } : ask.reminded ? { text: <Reminded reminded={ask.reminded} visibleTo={visibleTo} again={ask.again} /> } : {})} onPress={() => setChosen(keyOf(ask))} />
          ))}
        </>
      )}
      {!current && calm && (
        <AllClear
          title={t('今天没有需要您做的事', 'Nothing is needed from you today')}
          text={given > 0 && !online ? t('刚才的填报已保存在本机，联网后自动发送。', 'Your answers are kept on this phone and sent when the network is back.') : t('有新的事项时，会出现在这里。', 'When something is, it appears here.')}
        />
      )}
      {!current && !calm && <Note tone="good">{t('没有需要您填的。', 'Nothing to answer.')}</Note>}
      <ChangeSheet ask={again} onClose={() => setAgain(null)} />
    </div>
  )
}

const keyOf = (ask: Asking) => `${ask.subject.id} ${ask.attribute.key}`

/** Changing what was just answered: a new answer with a later moment; the earlier one stays in the history. */
function ChangeSheet({ ask, onClose }: { ask: Asking | null; onClose: () => void }) {
  const answering = useAnswering()
  return (
    <Sheet open={ask !== null} title={t('改一下', 'Change')} onClose={onClose}>
      {ask && (
        <PocketAnswer
          attribute={ask.attribute}
          onAnswer={(value) => void answering(ask.attribute, value, ask.subject.kind === 'unit' ? { subjectId: ask.subject.id } : {}).then((kept) => kept && onClose())}
        />
      )}
    </Sheet>
  )
}

function WorkCards({ work: { counts, enabled, people } }: { work: Work }) {
  // Who can be called stands above already.
  const others = people.filter((tasks) => !isToCall(tasks)).length
  if (!enabled || others + counts.acknowledge + counts.duties + counts.reviews + counts.doubts === 0) return null
  return (
    <>
      <SectionTitle>{t('我要做的', 'For me to do')}</SectionTitle>
      <Rows>
        {counts.acknowledge > 0 && <Row to="/tasks" title={t('待签收的任务', 'Duties to acknowledge')} end={<Badge tone="warn">{counts.acknowledge}</Badge>} />}
        {counts.duties > 0 && <Row to="/tasks" title={t('待办理的任务', 'Duties to do')} end={<Badge tone="accent">{counts.duties}</Badge>} />}
        {counts.reviews > 0 && <Row to="/tasks" title={t('待审核的报告', 'Reports to review')} end={<Badge>{counts.reviews}</Badge>} />}
        {others > 0 && <Row to="/tasks" title={t('要跟进或决定的', 'To follow up or decide')} end={<Badge>{others}</Badge>} />}
        {counts.doubts > 0 && <Row to="/tasks" title={t('数据疑点', 'Doubts about the data')} end={<Badge>{counts.doubts}</Badge>} />}
      </Rows>
    </>
  )
}
