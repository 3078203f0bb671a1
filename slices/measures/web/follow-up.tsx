/** With whom a follow-up is, and with whom it was. */
import { useRead } from '#ui/data.ts'
import { dateTime } from '#ui/format.ts'
import { Details } from '#ui/page.tsx'
import { useSession } from '#ui/session.tsx'
import { t } from '#ui/words.ts'
import { followUp } from '../contract.ts'
import { Steps } from './follow-up-steps.tsx'

/** The follow-up of a gap: since when, with whom now, when it climbs, and its steps. Nothing where there is none. */
export function FollowUpSteps({ row }: { row: { measureId: string; subject: { id: string } } }) {
  const { can } = useSession()
  const found = useRead(followUp, { measureId: row.measureId, subjectId: row.subject.id }, { topics: ['gaps', 'my-day'], enabled: can('gap.read'), keep: false })
  const one = found.data?.followUp
  if (!one) return null
  return (
    <Details
      columns={1}
      items={[
        { label: one.kind === 'ask-decision' ? t('待决定', 'For decision') : t('跟进', 'Follow-up'), value: one.doneAt ? t('{when} 了结', 'Closed {when}', { when: dateTime(one.doneAt) }) : t('自 {when}，现由{who}跟进', 'Since {when}, with {who}', { when: dateTime(one.madeAt), who: one.owner ?? t('无人', 'nobody') }) },
        !one.doneAt && one.touchBy ? { label: t('无人处理则上报', 'Climbs if untouched'), value: dateTime(one.touchBy) } : null,
        one.steps.length > 0 ? { label: t('经过', 'Steps'), value: <Steps steps={one.steps} /> } : null,
      ]}
    />
  )
}
