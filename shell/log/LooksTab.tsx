/** Who looked at whose data: filters, then line by line, newest first; a line opens into units and counts, never names. */
import { useState } from 'react'
import type { Output } from '#kernel/contract.ts'
import { looks, looksOf } from '#slices/log/contract.ts'
import { purposeName } from '#slices/facts/web/purposes.ts'
import { Button, Field, Form, PeriodInput, Pick, TextInput } from '#ui/controls.tsx'
import { client, useRead } from '#ui/data.ts'
import { SidePanel } from '#ui/feedback.tsx'
import { count, date, dateTime } from '#ui/format.ts'
import { useNarrow } from '#ui/media.ts'
import { EmptyState, ErrorState, Ready, WriteProblem } from '#ui/states.tsx'
import { read as inScript, t } from '#ui/words.ts'
import { ActorName } from './actor.tsx'
import { callName, lookingCalls } from './call-names.ts'
import { usePeriod } from './period.ts'
import { usePages } from './use-pages.ts'

type Look = Output<typeof looks>['looks'][number]

export function LooksTab({ person, actor }: { person: string; actor: string }) {
  const [typed, setTyped] = useState({ person, actor })
  const [asked, setAsked] = useState({ person, actor })
  // In the hand what was looked at comes first, the questions behind a press.
  const narrow = useNarrow()
  const [asking, setAsking] = useState(person !== '' || actor !== '')
  const [call, setCall] = useState<string | null>(null)
  const { period, setPeriod, given } = usePeriod()
  const [open, setOpen] = useState<Look | null>(null)
  const input = { ...given, ...(asked.person ? { person: asked.person } : {}), ...(asked.actor ? { actor: asked.actor } : {}), ...(call ? { call } : {}), most: 50 }
  const first = useRead(looks, input, { keep: false })
  const pages = usePages(JSON.stringify(input), first.data && { rows: first.data.looks, more: first.data.more }, async (last: Look) => {
    const page = await client.call(looks, { ...input, before: last.at })
    return { rows: page.looks, more: page.more }
  })
  return (
    <div className="l-list">
      {narrow && !asking && <Button icon="filter" onClick={() => setAsking(true)}>{t('按人或时间查找', 'Find by person or time')}</Button>}
      {(!narrow || asking) && <Form columns={2} onSubmit={() => setAsked({ person: typed.person.trim(), actor: typed.actor.trim() })}>
        <Field label={t('被看的人：学工号', 'Looked at: number')} hint={t('这次查询也会记下', 'Asking is noted too')}>
          <TextInput value={typed.person} onChange={(value) => setTyped({ ...typed, person: value })} maxLength={40} />
        </Field>
        <Field label={t('查看人：学工号', 'Who looked: number')}>
          <TextInput value={typed.actor} onChange={(value) => setTyped({ ...typed, actor: value })} maxLength={40} />
        </Field>
        <Field label={t('做什么时看到', 'In doing what')}>
          <Pick clearable value={call} onChange={setCall} options={lookingCalls()} placeholder={t('全部', 'All')} />
        </Field>
        <Field label={t('时间', 'Period')} hint={t('不选则为近 7 天', 'Without it, the last 7 days')}>
          <PeriodInput value={period} onChange={setPeriod} />
        </Field>
        <div className="l-go"><Button look="primary" submit>{t('查询', 'Find')}</Button></div>
      </Form>}
      {first.problem && !first.data ? (
        first.problem.code === 'not-found' ? <EmptyState icon="search" title={t('没有这个学工号', 'There is no such number')}>{t('请核对学工号；已离开的人查不到。', 'Check the number; those who left are not found.')}</EmptyState> : <ErrorState problem={first.problem} retry={first.retry} />
      ) : (
        <Ready read={first} empty={{ when: (data) => data.looks.length === 0, show: <EmptyState title={t('这段时间没有人看过', 'Nobody looked in this time')} /> }}>
          {(data) => (
            <>
              <ul className="l-rows" aria-label={t('查看记录', 'Looks')}>
                {pages.shown.map((look, index) => (
                  <li key={index}>
                    <button type="button" className="l-row" onClick={() => setOpen(look)}>
                      <span className="num l-at">{dateTime(look.at)}</span>
                      <ActorName brief actor={look.actor} />
                      <span className="l-what">{look.purpose ? purposeName(look.purpose) : callName(look.call)}</span>
                      <b className="num l-count" data-many={look.people >= 300 || undefined}>{t('{n} 人', '{n} {n:person|people}', { n: count(look.people) })}</b>
                    </button>
                  </li>
                ))}
              </ul>
              <WriteProblem problem={pages.problem} />
              <div className="l-foot">
                <span className="b-muted">{t('{from} 至 {to}', '{from} to {to}', { from: date(data.from), to: date(data.to) })}</span>
                {pages.more && <Button onClick={() => void pages.next()}>{t('更早的', 'Earlier')}</Button>}
              </div>
            </>
          )}
        </Ready>
      )}
      <SidePanel open={open !== null} title={t('这次查看', 'This look')} onClose={() => setOpen(null)}>
        {open && <LookDetail look={open} />}
      </SidePanel>
    </div>
  )
}

function LookDetail({ look }: { look: Look }) {
  const read = useRead(looksOf, { at: look.at, actorId: look.actor.person?.personId ?? null, call: look.call }, { keep: false })
  return (
    <div className="l-list">
      <ActorName actor={look.actor} />
      <p>{[dateTime(look.at), callName(look.call), look.purpose && t('用途：{what}', 'for: {what}', { what: purposeName(look.purpose) })].filter(Boolean).join(' · ')}</p>
      <Ready read={read} rows={3}>
        {(data) => (
          <>
            <p><b>{t('{n} 人，来自：', '{n} {n:person|people}, of:', { n: count(data.people) })}</b></p>
            <ul className="l-units">
              {data.units.map((unit) => <li key={unit.name}><span>{unit.name ? inScript(unit.name) : t('学校本级', 'the institution itself')}</span><span className="num">{count(unit.people)}</span></li>)}
            </ul>
            <p className="b-muted">{t('这里不显示姓名：监督查看，不应再看一遍。', 'No names here: watching over looks is not looking again.')}</p>
          </>
        )}
      </Ready>
    </div>
  )
}
