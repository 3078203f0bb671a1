/** With whom the follow-up of a gap is now, and when it climbs. What was done before stands in the trail of the subject. */
import { useRead } from '#ui/data.ts'
import { dateTime } from '#ui/format.ts'
import { Details } from '#ui/page.tsx'
import { t } from '#ui/words.ts'
import { followUp } from '../contract.ts'

/** The follow-up of one gap: since when, with whom now, when it climbs. Nothing where there is none. */
export function FollowUpNow({ measureId, measure, subjectId }: { measureId: string; measure: string; subjectId: string }) {
  const found = useRead(followUp, { measureId, subjectId }, { topics: ['gaps', 'my-day'], keep: false })
  const one = found.data?.followUp
  // What is closed stands in the trail.
  if (!one || one.doneAt) return null
  return (
    <Details
      columns={1}
      items={[
        { label: `${one.kind === 'ask-decision' ? t('待决定', 'For decision') : one.kind === 'open-case' ? t('待建个案', 'A case is asked for') : t('跟进', 'Follow-up')} · ${measure}`, value: t('自 {when}，现由{who}跟进', 'Since {when}, with {who}', { when: dateTime(one.madeAt), who: one.owner ?? t('无人', 'nobody') }) },
        one.touchBy ? { label: t('无人处理则上报', 'Climbs if untouched'), value: dateTime(one.touchBy) } : null,
      ]}
    />
  )
}
