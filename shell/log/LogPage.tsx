/** The log: who looked at whose data, what was done, what is odd about it; for those who watch over personal data. Never the data itself. */
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { head, odd } from '#slices/log/contract.ts'
import { TabView } from '#ui/controls.tsx'
import { useRead } from '#ui/data.ts'
import { count, dateTime } from '#ui/format.ts'
import { Details, Page, Panel, Stack } from '#ui/page.tsx'
import { EmptyState, NoPermission, Note, Ready } from '#ui/states.tsx'
import { Tag } from '#ui/tags.tsx'
import { t } from '#ui/words.ts'
import { useMe } from '../session.tsx'
import { ActorName } from './actor.tsx'
import { callName } from './call-names.ts'
import { EventsTab } from './EventsTab.tsx'
import { ExportTab } from './ExportTab.tsx'
import { LooksTab } from './LooksTab.tsx'
import './log.css'

type Tab = 'looks' | 'odd' | 'events' | 'export'

export function LogPage() {
  const { can } = useMe()
  const [search, setSearch] = useSearchParams()
  const tab = (['looks', 'odd', 'events', 'export'] as const).find((one) => one === search.get('tab')) ?? 'looks'
  const ends = useRead(head, {}, { enabled: can('log.read') })
  const [, again] = useState(0)
  if (!can('log.read')) return <Page title={t('操作与查看记录', 'Log')}><NoPermission /></Page>
  return (
    <Page
      wide
      title={t('操作与查看记录', 'Log')}
      lead={t('谁看了多少人的信息、做了什么、有没有异常。这里只有次数和人数，没有被看的内容。', 'Who looked at how many people, what was done, and whether any of it is odd. Counts only; never what was looked at.')}
    >
      <Panel>
        <TabView<Tab>
          value={tab}
          onChange={(next) => { setSearch({ tab: next }, { replace: true }); again((n) => n + 1) }}
          items={[
            { key: 'looks', label: t('谁看过', 'Who looked'), content: <LooksTab key={search.get('person') ?? ''} person={search.get('person') ?? ''} actor={search.get('actor') ?? ''} /> },
            { key: 'odd', label: t('异常查看', 'Odd looks'), content: <OddTab /> },
            { key: 'events', label: t('做了什么', 'What was done'), content: <EventsTab actor={search.get('actor') ?? ''} /> },
            { key: 'export', label: t('导出', 'Export'), content: <ExportTab /> },
          ]}
        />
      </Panel>
      <Panel title={t('记录的状态', 'State of the log')}>
        <Ready read={ends} rows={2}>
          {(data) => (
            <Stack gap={12}>
              <Details
                columns={3}
                items={[
                  { label: t('最早一条', 'First entry'), value: data.firstAt ? dateTime(data.firstAt) : '—' }, { label: t('最新一条', 'Latest entry'), value: data.lastAt ? `${dateTime(data.lastAt)} · ${t('第 {n} 号', 'number {n}', { n: count(data.lastSeq ?? 0) })}` : '—' },
                  { label: t('最近一次查看', 'Latest look'), value: data.lookedAt ? dateTime(data.lookedAt) : '—' },
                ]}
              />
              <p className="b-muted">{t('记录与操作在同一事务写入；应用没有修改或删除它的权限。目前没有链式存证：掌握数据库管理员权限的人若直接改库，这里看不出来。', 'Entries are written in the transaction of the act; the application may neither change nor delete them. There is no chained ledger yet: somebody with the rights of the database administrator could alter rows unseen.')}</p>
            </Stack>
          )}
        </Ready>
      </Panel>
    </Page>
  )
}

function OddTab() {
  const read = useRead(odd, {})
  return (
    <Ready read={read}>
      {(data) => (
        <div className="l-list">
          <Note>{t('近 30 天共 {n} 人查看过他人信息。下面是值得问一句的，不是结论：按每人自己的平常水平比较。', '{n} {n:person|people} looked at others in the last 30 days. Below is what is worth asking about, not a verdict: each is compared with their own usual hours.', { n: count(data.actors) })}</Note>
          {data.odd.length === 0 && <EmptyState title={t('没有异常', 'Nothing odd')}>{t('没有人在一小时内看过特别多的人，也没有反复看同一人或深夜批量查看。', 'Nobody looked at very many people in an hour, at the same person again and again, or at many by night.')}</EmptyState>}
          {data.odd.map((one, index) => (
            <article key={index} className="l-odd">
              <header>
                <Tag tone={one.kind === 'night' ? 'warn' : 'bad'}>{{ many: t('一小时内很多人', 'Many in an hour'), again: t('反复看同一人', 'The same person again'), night: t('深夜批量', 'Many by night') }[one.kind]}</Tag>
                <ActorName actor={one.actor} />
                <span className="b-muted num">{dateTime(one.at)}</span>
              </header>
              <p>
                {one.kind === 'again'
                  ? t('一天内查看同一人 {n} 次{unit}。', 'Looked at one person {n} {n:time|times} in a day{unit}.', { n: count(one.count), unit: one.unit ? t('（{unit}）', ' ({unit})', { unit: one.unit }) : '' })
                  : t('一小时内看了 {n} 人；本人平常每小时 {usual} 人，超过 {limit} 人即列出。', '{n} {n:person|people} in an hour; usually {usual} in an hour of theirs; listed from {limit}.', { n: count(one.count), usual: count(one.usual), limit: count(one.limit) })}
              </p>
              <p className="b-muted">
                {t('经由：{calls}。', 'By: {calls}. ', { calls: one.calls.map(callName).join(t('、', ', ')) })}
                {one.kind === 'many' && one.calls.length === 1 ? t('可能只是打开了一个大组织的名单。', 'It may just be the list of a large unit.') : one.kind === 'again' ? t('可能是在跟进一个个案。', 'It may be somebody following up one case.') : one.kind === 'night' ? t('应急值守期间夜间办理也属正常。', 'During an emergency, night duty is usual.') : t('可能是批量催办或换人交接。', 'It may be a round of reminders or a hand-over.')}
              </p>
            </article>
          ))}
        </div>
      )}
    </Ready>
  )
}
