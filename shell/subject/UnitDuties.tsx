/** The duties of a unit: how far they are, the open ones first, each a way to its notice. */
import { assignments } from '#slices/notices/contract.ts'
import { ProgressBar } from '#slices/notices/web/progress.tsx'
import { stateTag } from '#slices/notices/web/words.ts'
import { useRead } from '#ui/data.ts'
import { count, deadline } from '#ui/format.ts'
import { Panel, RowLink, Stack, TextLink } from '#ui/page.tsx'
import { Ready } from '#ui/states.tsx'
import { Tag } from '#ui/tags.tsx'
import { read as inScript, t } from '#ui/words.ts'
import '#slices/notices/web/notices.css'
import '#slices/notices/web/alive.css'

const shown = 6

export function UnitDuties({ unitId }: { unitId: string }) {
  const open = useRead(assignments, { unitId, show: 'open', size: shown }, { topics: ['assignments', 'notices'], keep: false })
  return (
    <Panel flush title={t('本单位任务', 'Unit duties')} note={open.data && open.data.total > 0 && t('{n} 条要办', '{n} to do', { n: count(open.data.total) })} actions={<TextLink to={`/duties?unit=${unitId}`}>{t('任务板', 'The board')}</TextLink>}>
      <Ready read={open} rows={3} empty={{ when: (data) => data.progress.total === 0, show: <p className="d-inner b-muted">{t('没有给这个单位的任务。', 'No duty was given to this unit.')}</p> }}>
        {(data) => (
          <>
            <div className="d-inner"><ProgressBar progress={data.progress} label={t('本单位任务', 'Unit duties')} legend="full" /></div>
            <Stack gap={0}>
              {data.assignments.map((one) => {
                const due = one.dueAt ? deadline(one.dueAt) : null
                const { name, tone } = stateTag(one.state, one.overdue)
                return <RowLink key={one.assignmentId} to={`/notices/${one.noticeId}`} title={<span className="us-clamp">{inScript(one.text)}</span>} text={<>{inScript(one.noticeTitle)}{due && <span className={one.overdue ? 'g-late' : undefined}> · {due.text}</span>}</>} end={<Tag tone={tone}>{name}</Tag>} />
              })}
            </Stack>
            {data.assignments.length === 0 && <p className="d-inner b-muted">{t('都已上报或办结。', 'All are reported or done.')}</p>}
            {data.total > shown && <p className="d-inner"><TextLink to={`/duties?unit=${unitId}`}>{t('全部 {n} 条', 'All {n}', { n: count(data.total) })}</TextLink></p>}
          </>
        )}
      </Ready>
    </Panel>
  )
}
