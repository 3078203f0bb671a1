/** What somebody else would be asked, answered for them. Not kept on the phone: it is another's. */
import { useEffect } from 'react'
import { NotOpened } from '#slices/directory/web/pocket-cards.tsx'
import { answer } from '#slices/facts/contract.ts'
import { PocketAnswer } from '#slices/facts/web/pocket-answer.tsx'
import { asksOf } from '#slices/measures/contract.ts'
import { useRead } from '#ui/data.ts'
import { Skeleton } from '#ui/pocket/parts.tsx'
import { usePending } from '#ui/pocket/pending.ts'
import { Note } from '#ui/states.tsx'
import { say, t } from '#ui/words.ts'
import { useAnswering } from './asking.ts'
import type { Subject } from './people.ts'

export function AnswerFor({ subject, onAnswered }: { subject: Subject; /** The last question was answered here. */ onAnswered?: () => void }) {
  const read = useRead(asksOf, { subjectId: subject.id }, { topics: ['asks', 'tasks'] })
  const answering = useAnswering()
  const given = new Set(usePending(answer, read.at).flatMap((one) => one.input.answers.filter((each) => each.subjectId === subject.id).map((each) => each.attribute)))
  const [ask, ...more] = (read.data?.asks ?? []).filter((one) => !given.has(one.attribute.key))
  const settled = read.data !== undefined && !ask && given.size > 0
  useEffect(() => {
    if (settled) onAnswered?.()
    // eslint-disable-next-line -- once, when it is settled.
  }, [settled])
  if (read.problem?.status === 0 && read.data === undefined) return <Note tone="warn">{t('代为填报要联网：他人的信息不存在您的手机里。', 'Answering for others needs a network: their data are not kept on your phone.')}</Note>
  if (read.data === undefined) return read.problem ? <NotOpened problem={read.problem} retry={read.retry} /> : <Skeleton cards={1} />
  if (!ask) return <Note>{given.size > 0 ? t('已代为填报。', 'Answered.') : t('没有可以代填的问题：已填的内容没有达标。请联系本人处理，或登记免除。', 'Nothing to answer: what is known is not in order. Speak with them, or excuse them.')}</Note>
  return (
    <section className="p-card">
      <PocketAnswer
        key={ask.attribute.key} attribute={ask.attribute} last={ask.last}
        onAnswer={(value) => void answering(ask.attribute, value, { subjectId: subject.id, label: t('代{name}填报：{what}', 'For {name}: {what}', { name: subject.name, what: say(ask.attribute.label) }) })}
      />
      <p className="p-note" style={{ marginTop: 12 }}>
        {more.length > 0 && `${t('还有 {n} 题。', '{n} more to come.', { n: more.length })} `}
        {t('会标明由您代填，本人可以看到并更正。', 'Marked as answered by you; they see it and can correct it.')}
      </p>
    </section>
  )
}
