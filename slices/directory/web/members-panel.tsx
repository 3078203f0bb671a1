/** The members of a unit and of all below it, page by page. */
import { useState } from 'react'
import { useLocation } from 'wouter'
import { Button } from '#ui/controls.tsx'
import { useRead } from '#ui/data.ts'
import { count } from '#ui/format.ts'
import { Panel } from '#ui/page.tsx'
import { EmptyState, Ready } from '#ui/states.tsx'
import { DataTable, type Column } from '#ui/table/DataTable.tsx'
import { read as inScript, t } from '#ui/words.ts'
import type { Output } from '#kernel/contract.ts'
import { members } from '../contract.ts'
import { ReasonFirst, useReason } from './cards.tsx'
import { personAddress, personKind } from './words.ts'
import './directory.css'

type Member = Output<typeof members>['people'][number]
const size = 200

export function MembersPanel({ unitId, total }: { unitId: string; total: number }) {
  const [, go] = useLocation()
  const [page, setPage] = useState(1)
  const gate = useReason(unitId)
  const read = useRead(members, { unitId, page, size }, { topics: ['directory'], enabled: gate.open })
  const columns: Column<Member>[] = [
    { key: 'name', title: t('姓名', 'Name'), value: (one) => one.name, search: true, fixed: true, cell: (one) => <b translate="no">{one.name}</b> },
    { key: 'number', title: t('学工号', 'Number'), value: (one) => one.number, search: true, cell: (one) => <span className="num">{one.number}</span> },
    { key: 'kind', title: t('身份', 'Kind'), value: (one) => personKind(one.kind), filter: true, width: 120 },
    { key: 'unit', title: t('所在组织', 'Unit'), value: (one) => inScript(one.unit.name), search: true },
  ]
  const nobody = <EmptyState icon="people" title={t('这里没有成员', 'Nobody belongs here')}>{t('导入名册后，成员会出现在他们的班级、支部和房间里。', 'Members appear in their class, branch and room once a roster is imported.')}</EmptyState>
  if (gate.needed && total === 0) return <Panel flush title={t('成员', 'Members')}>{nobody}</Panel>
  if (gate.needed)
    return (
      <Panel title={t('成员', 'Members')} note={t('{n} 人', '{n} {n:person|people}', { n: count(total) })} actions={<ReasonFirst at={gate.needed} onGiven={gate.again} />}>
        <p className="b-muted">{t('按您的职务，先看数字；说明事由后显示名单。', 'Your office gives you counts; names are shown once you say why.')}</p>
      </Panel>
    )
  return (
    <Panel flush title={t('成员', 'Members')} note={read.data && t('{n} 人', '{n} {n:person|people}', { n: count(read.data.total) })}>
      <Ready read={read} empty={{ when: (data) => data.total === 0, show: nobody }}>
        {(data) => (
          <>
            <DataTable name="members" label={t('成员', 'Members')} rows={data.people} rowKey={(one) => one.personId} columns={columns} onOpen={(one) => go(personAddress(one.personId))} height={Math.min(520, data.people.length * 44)} bare={data.total <= 12} />
            {data.total > size && (
              <div className="d-pager">
                <span className="num">
                  {t('第 {from}–{to} 人，共 {total} 人', '{from}–{to} of {total}', { from: count((page - 1) * size + 1), to: count(Math.min(page * size, data.total)), total: count(data.total) })}
                </span>
                <Button size="small" icon="back" hint={t('上一页', 'Previous page')} disabled={page === 1} onClick={() => setPage(page - 1)} />
                <Button size="small" icon="next" hint={t('下一页', 'Next page')} disabled={page * size >= data.total} onClick={() => setPage(page + 1)} />
              </div>
            )}
          </>
        )}
      </Ready>
    </Panel>
  )
}
