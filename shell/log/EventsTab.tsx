/** What was done, newest first. */
import { useState } from 'react'
import type { Output } from '#kernel/contract.ts'
import { events } from '#slices/log/contract.ts'
import { Button, Field, Form, PeriodInput, Pick, TextInput } from '#ui/controls.tsx'
import { client, useRead } from '#ui/data.ts'
import { count, dateTime } from '#ui/format.ts'
import { EmptyState, ErrorState, Ready, WriteProblem } from '#ui/states.tsx'
import { t } from '#ui/words.ts'
import { ActorName } from './actor.tsx'
import { callName, writingCalls } from './call-names.ts'
import { detailWords } from './detail-words.ts'
import { usePeriod } from './period.ts'
import { usePages } from './use-pages.ts'

type Event = Output<typeof events>['events'][number]

export function EventsTab({ actor }: { actor: string }) {
  const [typed, setTyped] = useState(actor)
  const [asked, setAsked] = useState(actor)
  const [call, setCall] = useState<string | null>(null)
  const { period, setPeriod, given } = usePeriod()
  const input = { ...given, ...(asked ? { actor: asked } : {}), ...(call ? { call } : {}), most: 50 }
  const first = useRead(events, input, { keep: false })
  const pages = usePages(JSON.stringify(input), first.data && { rows: first.data.events, more: first.data.more }, async (last: Event) => {
    const page = await client.call(events, { ...input, before: last.seq })
    return { rows: page.events, more: page.more }
  })
  return (
    <div className="l-list">
      <Form columns={3} onSubmit={() => setAsked(typed.trim())}>
        <Field label={t('谁：学工号', 'Who: number')}>
          <TextInput value={typed} onChange={setTyped} maxLength={40} />
        </Field>
        <Field label={t('做了什么', 'What')}>
          <Pick clearable value={call} onChange={setCall} options={writingCalls()} placeholder={t('全部', 'All')} />
        </Field>
        <Field label={t('时间', 'Period')} hint={t('不选则为近 7 天', 'Without it, the last 7 days')}>
          <PeriodInput value={period} onChange={setPeriod} />
        </Field>
        <div className="l-go"><Button look="primary" submit>{t('查询', 'Find')}</Button></div>
      </Form>
      {first.problem && !first.data ? (
        first.problem.code === 'not-found' ? <EmptyState icon="search" title={t('没有这个学工号', 'There is no such number')} /> : <ErrorState problem={first.problem} retry={first.retry} />
      ) : (
        <Ready read={first} empty={{ when: (data) => data.events.length === 0, show: <EmptyState title={t('这段时间没有记录', 'Nothing in this time')} /> }}>
          {() => (
            <>
              <ul className="l-rows" aria-label={t('操作记录', 'What was done')}>
                {pages.shown.map((event) => (
                  <li key={event.seq}>
                    <div className="l-row">
                      <span className="num l-at">{dateTime(event.at)}</span>
                      {event.others > 0 ? <span className="l-actor"><b>{t('{n} 人', '{n} {n:person|people}', { n: count(event.others) })}</b></span> : <ActorName actor={event.actor} />}
                      <span className="l-what">{callName(event.call)}<small className="b-muted">{detailWords(event.detail)}</small></span>
                      <span className="num b-muted l-count">{t('第 {n} 号', 'no. {n}', { n: count(event.seq) })}</span>
                    </div>
                  </li>
                ))}
              </ul>
              <WriteProblem problem={pages.problem} />
              <div className="l-foot">
                <span className="b-muted">{t('内容不含个人信息，只有编号和数量。', 'No personal content: numbers and references only.')}</span>
                {pages.more && <Button onClick={() => void pages.next()}>{t('更早的', 'Earlier')}</Button>}
              </div>
            </>
          )}
        </Ready>
      )}
    </div>
  )
}
