/** Notices that concern me, the unread first. */
import { date } from '#ui/format.ts'
import { useKeptRead } from '#ui/pocket/data.ts'
import { AllClear, Badge, Parts, Screen, Skeleton } from '#ui/pocket/parts.tsx'
import { Row, Rows } from '#ui/pocket/rows.tsx'
import { ErrorState } from '#ui/states.tsx'
import { read as asRead, t } from '#ui/words.ts'
import { mine } from '../contract.ts'

export function MyNoticesPage() {
  const read = useKeptRead(mine, {}, { topics: ['my-notices', 'notice-drafts'], refetchMs: 300_000 })
  const notices = (read.data?.notices ?? []).toSorted((a, b) => Number(a.openedAt !== null) - Number(b.openedAt !== null))
  return (
    <Screen title={t('通知', 'Notices')} lead={t('与我有关的通知，以及对我意味着什么', 'Notices that concern you, and what they mean for you')}>
      {read.data === undefined && (read.problem ? <ErrorState problem={read.problem} retry={read.retry} /> : <Skeleton />)}
      {read.data && notices.length === 0 && <AllClear title={t('没有与您有关的通知', 'No notices concern you')} />}
      {notices.length > 0 && (
        <Rows label={t('通知', 'Notices')}>
          {notices.map((notice) => (
            <Row
              key={notice.noticeId} to={`/notices/${notice.noticeId}`} title={asRead(notice.title)}
              text={
                <span>
                  <Parts of={[notice.status === 'issued' && notice.forMe.length > 0 && t('{n} 条与我有关', '{n} {n:concerns|concern} you', { n: notice.forMe.length }), notice.date ? date(notice.date) : notice.issuedAt && date(notice.issuedAt), notice.issuer && asRead(notice.issuer)]} />
                </span>
              }
              end={notice.status === 'withdrawn' ? <Badge>{t('已撤回', 'withdrawn')}</Badge> : notice.openedAt === null ? <Badge tone="accent">{t('未读', 'new')}</Badge> : undefined}
            />
          ))}
        </Rows>
      )}
    </Screen>
  )
}
