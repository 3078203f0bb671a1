/** When what is personal about a response is erased, what holds it back, and that it was done. */
import { useState } from 'react'
import { newId } from '#kernel/ids.ts'
import type { Output } from '#kernel/contract.ts'
import { Button, DateInput, Field, Form, TextArea, TextInput } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { Confirm, SidePanel } from '#ui/feedback.tsx'
import { count, date, dateTime, presentMoment } from '#ui/format.ts'
import { Details, Panel, Stack, TextLink } from '#ui/page.tsx'
import { useSession } from '#ui/session.tsx'
import { Note, Ready } from '#ui/states.tsx'
import { Tag } from '#ui/tags.tsx'
import { Timeline } from '#ui/timeline.tsx'
import { useToast } from '#ui/toast.tsx'
import { read as inScript, say, t } from '#ui/words.ts'
import { erasure, erasurePreview, hold, liftHold } from '../contract.ts'
import { dayMs, longestHoldDays } from '../rules.ts'

type Erasure = Output<typeof erasure>
type Hold = Erasure['holds'][number]

export const stateTag = (state: Erasure['state']) => {
  if (state === 'done') return <Tag tone="good">{t('已擦除', 'Erased')}</Tag>
  if (state === 'held') return <Tag tone="warn">{t('暂缓中', 'Held back')}</Tag>
  if (state === 'running') return <Tag tone="accent">{t('正在擦除', 'Being erased')}</Tag>
  return null
}
export const ruleWords = (days: number) => (days === 0 ? t('结束次日擦除', 'Erased the day after it closes') : t('结束后 {n} 天擦除', 'Erased {n} {n:day|days} after it closes', { n: days }))

export function ErasurePanel({ responseId }: { responseId: string }) {
  const { can } = useSession()
  const read = useRead(erasure, { responseId }, { topics: ['responses'], keep: false })
  const [act, setAct] = useState<'hold' | 'preview' | null>(null)
  const [lifting, setLifting] = useState<Hold | null>(null)
  const manage = can('erasure.manage')
  const state = read.data?.state
  const before = state === 'open' || state === 'waiting' || state === 'held'
  return (
    <Panel
      title={t('个人明细的擦除', 'Erasure of personal rows')}
      note={state && stateTag(state)}
      actions={
        manage && before && (
          <>
            <Button size="small" onClick={() => setAct('preview')}>{t('预览', 'Preview')}</Button>
            {state !== 'open' && <Button size="small" onClick={() => setAct('hold')}>{t('暂缓…', 'Hold back…')}</Button>}
          </>
        )
      }
    >
      <Ready read={read} rows={2}>
        {(data) => (
          <Stack gap={12}>
            <Details
              items={[
                data.certificate
                  ? { label: t('已擦除', 'Erased'), value: <>{dateTime(data.certificate.finishedAt)} · <TextLink to={`/responses/${responseId}/certificate`}>{t('擦除证明', 'Certificate')}</TextLink></> }
                  : { label: t('何时', 'When'), value: data.on ? <b className="num">{date(data.on)}</b> : ruleWords(data.days) },
                data.on && data.dueAt && data.on !== data.dueAt ? { label: t('按规则应在', 'By the rule'), value: date(data.dueAt) } : null,
                data.on ? { label: t('规则', 'Rule'), value: ruleWords(data.days) } : null,
                data.basis ? { label: t('依据', 'Basis'), value: inScript(data.basis) } : null,
              ]}
            />
            {state === 'running' && <Note>{t('正在分批擦除；中断后会接着做。', 'It goes on in portions, and on where it was if it is interrupted.')}</Note>}
            {data.holds.length > 0 && <Timeline entries={data.holds.map((one) => holdEntry(one, manage && before && !one.liftedAt && Date.parse(one.until) > presentMoment().getTime() ? () => setLifting(one) : null))} />}
            <p className="b-muted">{data.certificate ? t('各单位人数、走势、专报及其数字保留。', 'Counts by unit, their course, briefs and their figures stay.') : t('到期后删去填报、联系、免除、求助、佐证等个人明细；各单位人数、走势、专报及其数字保留，并出具证明。', 'Then answers, contacts, excuses, help requests, evidence and whatever else is personal go; counts by unit, their course, briefs and their figures stay, and a certificate is issued.')}</p>
          </Stack>
        )}
      </Ready>
      {act === 'hold' && <HoldForm responseId={responseId} onClose={() => setAct(null)} />}
      {act === 'preview' && <Preview responseId={responseId} onClose={() => setAct(null)} />}
      {lifting && <LiftForm one={lifting} onClose={() => setLifting(null)} />}
    </Panel>
  )
}

function holdEntry(one: Hold, lift: (() => void) | null) {
  const over = one.liftedAt !== null || Date.parse(one.until) <= presentMoment().getTime()
  return {
    id: one.holdId, at: one.placedAt, tone: over ? ('plain' as const) : ('warn' as const),
    title: <>{t('暂缓至 {when}', 'Held back until {when}', { when: date(one.until) })} {lift && <Button size="small" look="quiet" onClick={lift}>{t('解除…', 'Lift…')}</Button>}</>,
    text: (
      <>
        {inScript(one.reason)}
        <br />
        <span className="b-muted">{[t('决定：{who}', 'Decided by {who}', { who: inScript(one.decidedBy) }), one.placedBy && t('登记：{who}', 'entered by {who}', { who: one.placedBy })].filter(Boolean).join(' · ')}</span>
        {one.liftedAt && <><br /><span className="b-muted">{t('{when} 解除：{why}', 'Lifted {when}: {why}', { when: dateTime(one.liftedAt), why: inScript(one.liftedReason ?? '') })}</span></>}
      </>
    ),
  }
}

function HoldForm({ responseId, onClose }: { responseId: string; onClose: () => void }) {
  const toast = useToast()
  const [reason, setReason] = useState('')
  const [decidedBy, setDecidedBy] = useState('')
  const [until, setUntil] = useState<string | null>(null)
  const holding = useWrite(hold, { onDone: () => (toast(t('已暂缓', 'Held back'), { tone: 'good' }), onClose()) })
  const ready = reason.trim().length > 1 && decidedBy.trim() !== '' && until !== null
  const inDays = (days: number) => new Date(presentMoment().getTime() + days * dayMs).toLocaleDateString('en-CA')
  return (
    <Confirm open title={t('暂缓擦除', 'Hold the erasure back')} action={t('暂缓', 'Hold back')} busy={holding.busy} disabled={!ready} problem={holding.problem} onClose={onClose}
      onConfirm={() => until && void holding.run({ holdId: newId(), responseId, reason: reason.trim(), decidedBy: decidedBy.trim(), until: new Date(`${until}T23:59:59`).toISOString() })}
    >
      <Form>
        <p>{t('用于申诉、争议、追责尚未办结。理由和期限人人可见，并写入证明。', 'For an appeal, a dispute or an inquiry that is not settled. Everybody sees the reason and its end; the certificate tells them.')}</p>
        <Field label={t('理由', 'Reason')} hint={t('不写姓名', 'No names')} required><TextArea value={reason} onChange={setReason} rows={2} maxLength={400} /></Field>
        <Field label={t('暂缓至', 'Until')} hint={t('最长一年；到期自动恢复', 'A year at most; it ends by itself')} required><DateInput value={until} onChange={setUntil} min={inDays(1)} max={inDays(longestHoldDays - 1)} /></Field>
        <Field label={t('由谁决定', 'Decided by')} required><TextInput value={decidedBy} onChange={setDecidedBy} maxLength={200} /></Field>
      </Form>
    </Confirm>
  )
}

function LiftForm({ one, onClose }: { one: Hold; onClose: () => void }) {
  const toast = useToast()
  const [reason, setReason] = useState('')
  const lifting = useWrite(liftHold, { onDone: () => (toast(t('已解除暂缓', 'The hold was lifted'), { tone: 'good' }), onClose()) })
  return (
    <Confirm open title={t('解除暂缓？', 'Lift the hold?')} action={t('解除', 'Lift')} danger busy={lifting.busy} disabled={reason.trim().length < 2} problem={lifting.problem} onClose={onClose} onConfirm={() => void lifting.run({ holdId: one.holdId, reason: reason.trim() })}>
      <Form>
        <Note tone="warn">{t('若已过规定日期，随即开始擦除，不能撤销。', 'If its day is past, the erasure begins at once and cannot be undone.')}</Note>
        <Field label={t('理由', 'Reason')} required><TextInput value={reason} onChange={setReason} maxLength={400} /></Field>
      </Form>
    </Confirm>
  )
}

function Preview({ responseId, onClose }: { responseId: string; onClose: () => void }) {
  const read = useRead(erasurePreview, { responseId }, { keep: false })
  return (
    <SidePanel open title={t('现在擦除，会删去什么', 'What would be erased now')} onClose={onClose} width={560}>
      <Ready read={read} rows={6}>
        {(data) => (
          <Stack gap={12}>
            <p>{t('共 {n} 行。这里只是预览，没有删除任何内容。', '{n} {n:row|rows} in all. This is a preview; nothing was erased.', { n: count(data.total) })}</p>
            <RowsTable rows={data.rows} />
            {data.still.map((one) => <Note key={one.name}>{t('“{name}”仍需要其中 {n} 个信息项，这些填报留到那次响应结束。', '“{name}” still needs {n} {n:attribute|attributes} of these; those answers stay until it closes.', { name: inScript(one.name), n: one.attributes })}</Note>)}
          </Stack>
        )}
      </Ready>
    </SidePanel>
  )
}

/** Kinds and how many rows of each; those with none are told in one line. */
export function RowsTable({ rows }: { rows: Output<typeof erasurePreview>['rows'] }) {
  const some = rows.filter((one) => one.rows > 0)
  const none = rows.filter((one) => one.rows === 0)
  return (
    <>
      {some.length > 0 && (
        <table className="b-plain">
          <thead><tr><th scope="col">{t('内容', 'What')}</th><th scope="col">{t('行', 'Rows')}</th></tr></thead>
          <tbody>{some.map((one) => <tr key={one.kind + one.how}><th scope="row">{say(one.name)} {one.how === 'emptied' && <Tag tone="muted">{t('只清空文字', 'words only')}</Tag>}</th><td className="num">{count(one.rows)}</td></tr>)}</tbody>
        </table>
      )}
      {none.length > 0 && (
        <details className="b-muted">
          <summary>{t('另有 {n} 类，没有内容', '{n} more {n:kind|kinds} of which there was nothing', { n: none.length })}</summary>
          {none.map((one) => say(one.name)).join(t('、', ', '))}
        </details>
      )}
    </>
  )
}
