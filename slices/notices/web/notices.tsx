/** The notices: issued ones with their live bar, drafts being confirmed, withdrawn ones. */
import { useMemo, type ReactNode } from 'react'
import { Link, useSearchParams } from 'wouter'
import { useAddressWord } from '#ui/address.ts'
import { Button, TabView, TextInput } from '#ui/controls.tsx'
import { useRead } from '#ui/data.ts'
import { count, date, dateTime, relative } from '#ui/format.ts'
import { Page, Panel } from '#ui/page.tsx'
import { EmptyState, Ready } from '#ui/states.tsx'
import { Tag } from '#ui/tags.tsx'
import { read, t } from '#ui/words.ts'
import * as contract from '../contract.ts'
import { Corrections } from './corrections.tsx'
import { ProgressBar } from './progress.tsx'
import { hazardName, statusTag, useMine, type NoticeBrief } from './words.ts'
import './notices.css'

type Tab = 'issued' | 'drafts' | 'past' | 'corrections'

export function NoticesPage(_: { params: Record<string, string> }) {
  const { can } = useMine()
  const [search, setSearch] = useSearchParams()
  const drafting = can('notice.draft')
  const tab = (search.get('tab') as Tab | null) ?? 'issued'
  const [text, setText] = useAddressWord<string>('q', '')
  const filter = useMemo(() => ({ size: 100, ...(text.trim() ? { text: text.trim() } : {}) }), [text])
  const issued = useRead(contract.list, filter, { topics: ['notices', 'assignments'] })
  const drafts = useRead(contract.drafts, { size: 100 }, { topics: ['notice-drafts', 'notices'], enabled: drafting })
  const standing = issued.data?.notices.filter((one) => one.status === 'issued')
  const past = issued.data?.notices.filter((one) => one.status !== 'issued')
  const importButton = drafting && <Button look="primary" icon="upload" to="/notices/import">{t('导入通知', 'Import a notice')}</Button>
  const row = (notice: NonNullable<typeof standing>[number]) => (
    <NoticeRow key={notice.noticeId} notice={notice} to={`/notices/${notice.noticeId}`} end={
      <div className="n-notice-live">
        <ProgressBar progress={notice.progress} label={read(notice.title)} legend="short" />
      </div>
    }>
      <span>{t('{n} 条任务', '{n} {n:duty|duties}', { n: notice.duties })}</span>
      {notice.progress.overdue > 0 && <Tag tone="bad">{t('逾期 {n}', '{n} overdue', { n: count(notice.progress.overdue) })}</Tag>}
      {notice.progress.nobody > 0 && <Tag tone="bad">{t('无人负责 {n}', '{n} nobody’s', { n: count(notice.progress.nobody) })}</Tag>}
    </NoticeRow>
  )
  return (
    <Page
      wide title={t('通知', 'Notices')} lead={t('每份通知走到哪一步，哪些条款还没落实，由谁没办。', 'How far each notice has come, which clauses are not carried out, and by whom not.')}
      actions={<>{can('duty.act') && <Button icon="tasks" to="/duties">{t('本单位任务', 'Unit duties')}</Button>}{importButton}</>}
    >
      <TabView<Tab>
        value={tab} onChange={(next) => setSearch(next === 'issued' ? {} : { tab: next }, { replace: true })}
        items={[
          {
            key: 'issued', label: t('已签发', 'Issued'), ...(standing ? { count: standing.length } : {}),
            content: (
              <>
                <div className="n-search"><TextInput type="search" prefix="search" label={t('查找通知', 'Find a notice')} placeholder={t('标题、文号、发文单位', 'Title, number, issuer')} value={text} onChange={setText} maxLength={60} /></div>
                <Ready read={issued}>
                  {() => <Panel flush>{standing?.length === 0 ? (text ? <EmptyState icon="search" title={t('没有匹配的通知', 'Nothing matches')} /> : <EmptyState icon="notices" title={t('还没有签发的通知', 'No notice was issued yet')} action={importButton || undefined}>{drafting ? t('导入一份通知，核对后签发，这里就能看到它逐条落实的情况。', 'Import one, confirm it, issue it: then you see here how it is carried out.') : t('上级签发后会出现在这里。', 'They appear here when they are issued.')}</EmptyState>) : standing?.map(row)}</Panel>}
                </Ready>
              </>
            ),
          },
          ...(drafting ? [{
            key: 'drafts' as const, label: t('草稿', 'Drafts'), ...(drafts.data ? { count: drafts.data.total } : {}),
            content: (
              <Ready read={drafts} empty={{ when: (data) => data.notices.length === 0, show: <Panel flush><EmptyState icon="notices" title={t('没有草稿', 'No drafts')} action={importButton || undefined} /></Panel> }}>
                {(data) => (
                  <Panel flush>
                    {data.notices.map((notice) => (
                      <NoticeRow key={notice.noticeId} notice={notice} to={`/notices/${notice.noticeId}/confirm`} end={
                        <div className="n-notice-live num">
                          <div className="n-foot-track" aria-hidden><span style={{ width: `${notice.duties ? (notice.confirmed / notice.duties) * 100 : 0}%` }} /></div>
                          <span className="n-small">{t('已确认 {n} / {m}', '{n} of {m} confirmed', { n: notice.confirmed, m: notice.duties })}{notice.openDoubts > 0 && notice.confirmed < notice.duties && t('，疑问 {n}', ', {n} {n:doubt|doubts}', { n: notice.openDoubts })}</span>
                        </div>
                      }>
                        <span>{t('{when}导入', 'imported {when}', { when: relative(notice.importedAt) })}</span>
                        {notice.amends && <Tag tone="accent">{t('修订，第 {n} 版', 'Amendment, version {n}', { n: notice.version })}</Tag>}
                      </NoticeRow>
                    ))}
                  </Panel>
                )}
              </Ready>
            ),
          }] : []),
          {
            key: 'past', label: t('已撤回、已被修订', 'Withdrawn, amended'), ...(past ? { count: past.length } : {}),
            content: <Ready read={issued}>{() => <Panel flush>{past?.length === 0 ? <EmptyState title={t('没有撤回或被修订的通知', 'None')} /> : past?.map(row)}</Panel>}</Ready>,
          },
          ...(drafting ? [{ key: 'corrections' as const, label: t('记住的订正', 'Corrections'), content: <Corrections /> }] : []),
        ]}
      />
    </Page>
  )
}

function NoticeRow({ notice, to, children, end }: { notice: NoticeBrief; to: string; children: ReactNode; end: ReactNode }) {
  const tag = statusTag(notice.status)
  return (
    <Link href={to} className="n-notice">
      <div className="n-notice-words">
        <b>{notice.title ? read(notice.title) : t('（没有标题）', '(untitled)')}</b>
        <span className="n-notice-facts b-muted">
          {notice.issuer && <span>{read(notice.issuer)}</span>}
          {notice.docNumber && <span className="num">{notice.docNumber}</span>}
          {notice.date && <span className="num">{date(notice.date)}</span>}
          {notice.hazards.map((hazard) => <Tag key={hazard}>{hazardName(hazard)}</Tag>)}
        </span>
        <span className="n-notice-facts b-muted">
          {(notice.status === 'withdrawn' || notice.status === 'superseded') && <Tag tone={tag.tone}>{tag.name}</Tag>}
          {notice.issuedAt && notice.status === 'issued' && <span>{t('{when} 由 {who} 签发', 'issued {when} by {who}', { when: dateTime(notice.issuedAt), who: notice.issuedBy ?? '' })}</span>}
          {notice.withdrawalReason && <span>{read(notice.withdrawalReason)}</span>}
          {children}
        </span>
      </div>
      {end}
    </Link>
  )
}
