/** What was remembered of corrections: how the next notices will be read differently, and the end of it. */
import type { Output } from '#kernel/contract.ts'
import { Button } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { dateTime } from '#ui/format.ts'
import { Panel } from '#ui/page.tsx'
import { EmptyState, Ready, WriteProblem } from '#ui/states.tsx'
import { DataTable } from '#ui/table/DataTable.tsx'
import { Tag } from '#ui/tags.tsx'
import { useNarrow } from '#ui/media.ts'
import { read, say, t } from '#ui/words.ts'
import { corrections, forgetCorrection } from '../contract.ts'

type Row = Output<typeof corrections>['corrections'][number]

export function Corrections() {
  const answer = useRead(corrections, {}, { topics: ['notice-drafts'] })
  const change = useWrite(forgetCorrection, { topics: ['notice-drafts'] })
  const { run, busy } = change
  const narrow = useNarrow()
  const columns = [
      { key: 'kind', title: t('哪一步', 'Step'), width: 130, filter: true as const, value: (one: Row) => say(one.kindWords), cell: (one: Row) => say(one.kindWords) },
      { key: 'phrase', title: t('哪句话', 'Words'), search: true, value: (one: Row) => one.phrase, cell: (one: Row) => <span title={one.phrase}>{read(one.phrase)}{narrow && <><br /><span className="b-muted n-small">{say(one.kindWords)}：{say(one.made)}</span></>}</span> },
      { key: 'made', title: t('原读 → 改为', 'As read → as corrected'), width: 260, value: (one: Row) => say(one.made), cell: (one: Row) => <span><span className="b-muted">{say(one.proposed)}</span> → {say(one.made)}</span> },
      { key: 'from', title: t('来自', 'From'), width: 200, value: (one: Row) => one.at, cell: (one: Row) => <span className="b-muted" title={one.noticeTitle}>{[one.by, dateTime(one.at)].filter(Boolean).join(' · ')}</span> },
      {
        key: 'use', title: t('套用', 'Applied'), width: 150, value: (one: Row) => (one.kind === 'field' ? 2 : one.inUse ? 0 : 1),
        cell: (one: Row) =>
          one.kind === 'field' ? <Tag tone="muted">{t('只作记录', 'A record only')}</Tag> : one.inUse ? (
            <Button size="small" busy={busy} onClick={() => void run({ correctionId: one.correctionId })}>{t('不再套用', 'Stop applying')}</Button>
          ) : (
            <Button size="small" look="quiet" busy={busy} onClick={() => void run({ correctionId: one.correctionId, again: true })}>{t('恢复套用', 'Apply again')}</Button>
          ),
      },
  ]
  return (
    <>
      <p className="b-muted n-corrections-lead">{t('核对通知时改过的读法。以后导入的通知照此来读，每一处都会注明；已签发的通知不受影响。禁止性要求从不因此放宽。', 'Readings that were corrected while confirming. Later notices are read so, and say so at each place; issued ones stay. No prohibition is ever softened by it.')}</p>
      <WriteProblem problem={change.problem} />
      <Ready read={answer} empty={{ when: (data) => data.corrections.length === 0, show: <Panel><EmptyState title={t('还没有订正', 'No corrections yet')}>{t('核对通知时，在“为什么这样读？”里改过的都会记在这里。', 'What is corrected under “Why do you think so?” is remembered here.')}</EmptyState></Panel> }}>
        {(data) => <Panel flush><DataTable name={narrow ? 'notice-corrections-narrow' : 'notice-corrections'} label={t('记住的订正', 'Corrections')} rows={data.corrections} rowKey={(one) => one.correctionId} {...(narrow ? { rowHeight: 64 } : {})} columns={narrow ? columns.filter((one) => one.key === 'phrase' || one.key === 'use') : columns} /></Panel>}
      </Ready>
    </>
  )
}
