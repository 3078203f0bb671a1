/** Somebody I must follow up: call, say what came of it, answer for them, excuse with the reason, finish. One call for all that is open with them. */
import { answer } from '#slices/facts/contract.ts'
import { Steps } from '#slices/measures/web/follow-up-steps.tsx'
import { spaced } from '#ui/format.ts'
import { Icon } from '#ui/icons.tsx'
import { Card, Screen, SectionTitle, Skeleton, Stack } from '#ui/pocket/parts.tsx'
import { usePending } from '#ui/pocket/pending.ts'
import { EmptyState, Note } from '#ui/states.tsx'
import { read as asRead, t } from '#ui/words.ts'
import { useMe } from '../session.tsx'
import { AnswerFor } from './AnswerFor.tsx'
import { Lacks } from './lacks.tsx'
import { Excuse, Finish, HandOver, Remind } from './GapActs.tsx'
import { outcomeName, subjectOf, useNoting, useTried, type Tasks } from './people.ts'
import { useWork } from './work.ts'

export function GapTaskPage({ params }: { params: Record<string, string> }) {
  const work = useWork()
  const tasks = work.people.find(([one]) => one?.subject.id === params['subjectId'])
  const answeredHere = usePending(answer, 0).some((one) => one.input.answers.some((each) => each.subjectId === params['subjectId']))
  if (!tasks)
    return (
      <Screen title={t('跟进', 'Follow-up')} back="/tasks">
        {work.gaps.data === undefined && !work.gaps.problem ? (
          <Skeleton cards={2} />
        ) : answeredHere ? (
          <EmptyState icon="check" title={t('已代为填报', 'Answered for them')}>{t('没有别的要跟进了，已从您的名单上去掉。', 'Nothing else is open with them: they are off your list.')}</EmptyState>
        ) : (
          <EmptyState title={t('不在您的名单上了', 'No longer on your list')}>{t('情况已经清楚，或者已由他人办结、跟进。', 'It is known now, or somebody else has finished it or follows it up.')}</EmptyState>
        )}
      </Screen>
    )
  return <Follow tasks={tasks} since={work.gaps.at} />
}

function Follow({ tasks, since }: { tasks: Tasks; since: number }) {
  const { can } = useMe()
  const subject = subjectOf(tasks)
  const person = subject.number !== null
  const asked = tasks.some((task) => task.kind === 'ask-decision')
  return (
    <Screen title={<span translate="no">{subject.name}</span>} back="/tasks" lead={<span className="num">{[subject.unit && asRead(subject.unit), subject.number].filter(Boolean).join(' · ')}</span>}>
      <Stack>
        <Card>
          <Lacks tasks={tasks} />
          {tasks.some((task) => task.steps.length > 0) && <Steps steps={tasks.flatMap((task) => task.steps).toSorted((a, b) => (a.at < b.at ? -1 : 1))} />}
          {asked && <Note tone="warn">{t('这一项请您决定：同意的，登记免除；不同意的，写明要求，退回责任人落实。', 'This is for you to decide: excuse, or say what is to be done and whoever answers carries it out.')}</Note>}
        </Card>
        {can('case.act') && person && tasks.some((task) => task.kind === 'open-case') && (
          <Note tone="warn" action={<a className="b-button" href={`/cases/new?person=${subject.id}`}>{t('建个案', 'Open a case')}</a>}>{t('请为此人建立健康管理个案；不需要的，在“了结”里说明理由。系统不会自动建立。', 'Open a case for them, or say under “Finish” why none is needed. Nothing is opened by itself.')}</Note>
        )}
        {subject.phone ? (
          <a className="p-button p-button-main" href={`tel:${subject.phone}`}>
            <Icon name="phone" size={20} />
            <span className="num">{t('打电话 {phone}', 'Call {phone}', { phone: spaced(subject.phone) })}</span>
          </a>
        ) : (
          person && <Note tone="warn">{t('名册里没有电话。请找同学、室友或家长联系。', 'The roster holds no number. Ask classmates, room-mates or the family.')}</Note>
        )}
        {can('gap.act') && person && <Outcomes tasks={tasks} since={since} />}
        {can('gap.act') && person && <Remind people={[tasks]} />}
      </Stack>
      {can('person.answer-for') && (
        <>
          <SectionTitle>{t('代为填报', 'Answer for them')}</SectionTitle>
          <AnswerFor subject={subject} />
        </>
      )}
      <SectionTitle>{t('其他处理', 'Otherwise')}</SectionTitle>
      <Stack>
        {can('gap.excuse') && <Excuse tasks={tasks} />}
        {can('gap.act') && <HandOver tasks={tasks} />}
        <Finish tasks={tasks} />
      </Stack>
    </Screen>
  )
}

/** What came of the call, one press. */
function Outcomes({ tasks, since }: { tasks: Tasks; since: number }) {
  const note = useNoting()
  const last = useTried(since)(tasks)
  return (
    <Card title={t('联系结果', 'What came of it')} text={last ? t('最近：{what}', 'Last: {what}', { what: last.words }) : t('还没有联系过', 'Nobody has tried yet')}>
      <div className="p-half-row">
        {(['reached', 'no-answer', 'promised', 'wrong-number'] as const).map((outcome) => (
          <button key={outcome} type="button" className="p-pill" aria-pressed={last?.outcome === outcome} onClick={() => void note(tasks, outcome)}>
            {outcomeName(outcome)}
          </button>
        ))}
      </div>
    </Card>
  )
}
