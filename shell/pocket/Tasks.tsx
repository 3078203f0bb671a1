/** Tasks: whom I must call, help that waits for me, duties of my units, gaps I must follow up. */
import { CaseSection } from '#slices/health/web/pocket-case-rows.tsx'
import { HelpRows } from '#slices/issues/web/pocket-help-task.tsx'
import { ConfirmCallCard } from '#slices/notices/web/pocket-confirm.tsx'
import { AcknowledgeAll, DutyRows } from '#slices/notices/web/pocket-duty-rows.tsx'
import { relative } from '#ui/format.ts'
import { AllClear, Badge, BigButton, Parts, Screen, SectionTitle, Skeleton, Stack } from '#ui/pocket/parts.tsx'
import { CallButton, Row, Rows } from '#ui/pocket/rows.tsx'
import { ErrorState } from '#ui/states.tsx'
import { read as asRead, say, t } from '#ui/words.ts'
import { stepWords } from '#slices/measures/web/follow-up-steps.tsx'
import { DoubtRows } from '#slices/measures/web/pocket-doubts.tsx'
import { useMe } from '../session.tsx'
import { Remind } from './GapActs.tsx'
import { byReach, isToCall, notReached, untried, useTried } from './people.ts'
import { useMyNotices, useTabCounts, useWork, type Work } from './work.ts'

export function TasksPage() {
  const work = useWork()
  const notices = useMyNotices()
  useTabCounts(work, notices.data?.unopened)
  const { counts, gaps, duties, help, enabled } = work
  const loading = enabled && [gaps, duties, help].some((one) => one.data === undefined && !one.problem)
  const unreachable = [gaps, help].find((one) => one.data === undefined && one.problem)
  return (
    <Screen title={t('待办', 'Tasks')}>
      {unreachable?.problem && <ErrorState problem={unreachable.problem} retry={unreachable.retry} />}
      {loading && <Skeleton />}
      {!loading && !unreachable && work.total === 0 && <AllClear title={t('没有待办', 'Nothing to do')} {...(enabled ? {} : { text: t('您现在没有担任职务。', 'You hold no office at present.') })} />}
      {counts.confirm > 0 && (
        <Stack>
          {work.toConfirm.map((one) => (
            <ConfirmCallCard key={one.targetId} call={one} />
          ))}
        </Stack>
      )}
      {help.data && counts.help > 0 && (
        <>
          <SectionTitle end={<Badge tone="bad">{counts.help}</Badge>}>{t('求助', 'Help')}</SectionTitle>
          <HelpRows requests={work.requests} />
        </>
      )}
      <CaseSection work={work.cases} />
      {work.toAcknowledge.length > 0 && (
        <>
          <SectionTitle end={<Badge tone="warn">{counts.acknowledge}</Badge>}>{t('待签收', 'To acknowledge')}</SectionTitle>
          <Stack>
            <DutyRows assignments={work.toAcknowledge} />
            <AcknowledgeAll assignments={work.toAcknowledge} />
          </Stack>
        </>
      )}
      {duties.data && counts.duties > 0 && (
        <>
          <SectionTitle end={<Badge>{counts.duties}</Badge>}>{t('待办理', 'To do')}</SectionTitle>
          <DutyRows assignments={work.toDo} />
        </>
      )}
      {duties.data && counts.reviews > 0 && (
        <>
          <SectionTitle end={<Badge>{counts.reviews}</Badge>}>{t('待审核', 'To review')}</SectionTitle>
          <DutyRows assignments={duties.data.toReview.items} />
        </>
      )}
      {duties.data && <Told told={duties.data.told} />}
      <DoubtRows doubts={work.doubts.data?.doubts ?? []} />
      <Gaps work={work} />
    </Screen>
  )
}

/** What I was reminded of, or what climbed to me because nobody below did it. */
function Told({ told }: { told: NonNullable<Work['duties']['data']>['told'] }) {
  if (told.length === 0) return null
  return (
    <>
      <SectionTitle>{t('催办与上报', 'Reminders')}</SectionTitle>
      <Rows>
        {told.slice(0, 10).map((one, index) => (
          <Row
            key={`${one.assignmentId} ${index}`} to={`/tasks/duty/${one.assignmentId}`} title={asRead(one.text.length > 60 ? `${one.text.slice(0, 60)}…` : one.text)}
            text={
              <>
                <span>
                  {one.kind === 'escalation' ? t('{unit}逾期未办，上报给您', '{unit} is late; it climbed to you', { unit: asRead(one.unit.name) }) : t('{unit}：催办', '{unit}: reminder', { unit: asRead(one.unit.name) })} · {relative(one.at)}
                </span>
                {one.note && <span>{one.note}</span>}
              </>
            }
          />
        ))}
      </Rows>
    </>
  )
}

/** It came up to me, or it went on to somebody else. */
function passed(tasks: Work['people'][number]): string | null {
  const mine = tasks.filter((task) => task.mine)
  const last = (mine.length ? mine : tasks).flatMap((task) => task.steps).toSorted((a, b) => (a.at < b.at ? -1 : 1)).at(-1)
  if (!last) return null
  return mine.length === 0 ? t('已转{who}，您仍可办理', 'Now with {who}; you can still act', { who: last.to ?? t('无人', 'nobody') }) : stepWords(last)
}

/** Person by person, who nobody has reached first: one call settles all that is open with somebody. */
function Gaps({ work: { people, moreGaps, gaps } }: { work: Work }) {
  const tried = useTried(gaps.at)
  const { can } = useMe()
  if (people.length === 0) return null
  const toCall = people.filter(isToCall)
  const open = toCall.filter((tasks) => notReached(tried(tasks)))
  return (
    <>
      <SectionTitle end={<Badge>{people.length}</Badge>}>{t('要跟进的人', 'To follow up')}</SectionTitle>
      <Stack>
        {open.length > 1 && (
          <div className="p-half-row">
            <BigButton icon="phone" to="/calls">{t('逐个打电话', 'Call one by one')}</BigButton>
            {can('gap.act') && <Remind people={open} />}
          </div>
        )}
        <Rows>
          {byReach(people, tried).map((tasks) => {
            const [first] = tasks
            if (!first) return null
            const { subject } = first
            return (
              <Row
                key={subject.id} to={`/tasks/gap/${subject.id}`}
                title={
                  <>
                    <span translate="no">{subject.name}</span>
                    {subject.unit && <small>{asRead(subject.unit)}</small>}
                    {tasks.some((task) => task.mine && task.kind === 'ask-decision') && <Badge tone="warn">{t('请您决定', 'For you to decide')}</Badge>}
                    {tasks.some((task) => task.mine && task.kind === 'open-case') && <Badge tone="warn">{t('请建个案', 'Open a case')}</Badge>}
                  </>
                }
                text={
                  <>
                    <span>{t('还缺：', 'Still open: ')}<Parts between={t('、', ', ')} of={tasks.map((task) => say(task.measure))} /></span>
                    {passed(tasks) && <span>{passed(tasks)}</span>}
                    <span>{tried(tasks)?.words ?? untried(tasks)}</span>
                  </>
                }
                {...(subject.phone && isToCall(tasks) ? { act: <CallButton name={subject.name} phone={subject.phone} /> } : {})}
              />
            )
          })}
        </Rows>
      </Stack>
      {moreGaps > 0 && <p className="p-note">{t('还有 {n} 项，这些办完后显示。', '{n} more {n:follows|follow} as these are done.', { n: moreGaps })}</p>}
    </>
  )
}
