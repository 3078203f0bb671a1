/** The briefs of my units, and drafting a new one from live figures. */
import { useMemo, useState } from 'react'
import { Link, useLocation, useSearchParams } from 'wouter'
import { newId } from '#kernel/ids.ts'
import { units as unitsCall } from '#slices/directory/contract.ts'
import { list as notices } from '#slices/notices/contract.ts'
import { list as responses } from '#slices/responses/contract.ts'
import { useAddressFlag } from '#ui/address.ts'
import { Button, Check, Choices, Field, MomentInput, Pick } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { Confirm } from '#ui/feedback.tsx'
import { date, dateTime, presentMoment } from '#ui/format.ts'
import { Page, Panel } from '#ui/page.tsx'
import { UnitPicker } from '#ui/people.tsx'
import { EmptyState, Note, Ready } from '#ui/states.tsx'
import { Tag } from '#ui/tags.tsx'
import { read, t } from '#ui/words.ts'
import * as contract from '../contract.ts'
import { stateTag, useMine } from './words.ts'
import './briefs.css'

export function BriefsPage(_: { params: Record<string, string> }) {
  const { me, can } = useMine()
  const [search, setSearch] = useSearchParams()
  const [below, setBelow] = useAddressFlag('below', true)
  const unitId = search.get('unit') ?? me?.homeUnitId ?? ''
  const wanted = search.get('notice') ?? search.get('response')
  const [drafting, setDrafting] = useAddressFlag('draft', wanted !== null)
  const tree = me?.offices.find((office) => office.unit.unitId === unitId)?.unit.tree ?? 'admin'
  const trees = useRead(unitsCall, { tree, depth: 3 }, { topics: ['directory'] })
  const options = useMemo(() => (trees.data?.units ?? []).map((unit) => ({ id: unit.unitId, parentId: unit.parentId, name: unit.name })), [trees.data])
  const answer = useRead(contract.list, { unitId, below, size: 100 }, { topics: ['briefs'], enabled: unitId !== '' })
  return (
    <Page
      wide title={t('专报', 'Briefs')} lead={t('向上报送的情况报告：数字取自实时记录，每个数字都能点开看到它背后是谁。', 'Reports upward, written from live records; each figure opens into what stands behind it.')}
      actions={
        <>
          <UnitPicker units={options} value={unitId || null} onChange={(next) => next && setSearch((before) => { const after = new URLSearchParams(before); after.set('unit', next); return after }, { replace: true })} width={260} label={t('单位', 'Unit')} />
          <Check value={below} onChange={setBelow}>{t('含下级', 'With sub-units')}</Check>
          {can('brief.write') && <Button look="primary" icon="plus" onClick={() => setDrafting(true)}>{t('起草专报', 'Draft a brief')}</Button>}
        </>
      }
    >
      <Panel flush>
        <Ready read={answer} empty={{ when: (data) => data.total === 0, show: <EmptyState icon="briefs" title={t('还没有专报', 'No briefs yet')} action={can('brief.write') ? <Button onClick={() => setDrafting(true)}>{t('起草第一份', 'Draft the first')}</Button> : undefined}>{t('选一份通知或一次响应，系统按此刻的数据起草，您补上文字后签发。', 'Choose a notice or a response; it is drafted from the data of this moment, you add words and sign.')}</EmptyState> }}>
          {(data) => (
            <>
              {data.briefs.map((brief) => {
                const tag = stateTag(brief)
                return (
                  <Link key={brief.briefId} href={`/briefs/${brief.briefId}`} className="br-row">
                    <span className="br-row-words">
                      <b>{read(brief.title)}</b>
                      <span className="br-facts b-muted">
                        <span>{read(brief.unit.name)}</span>
                        <span className="num">{t('{from} 至 {to}', '{from} to {to}', { from: dateTime(brief.from), to: dateTime(brief.to) })}</span>
                        {brief.signedBy && <span>{t('{who} 签发于 {when}', 'signed by {who}, {when}', { who: brief.signedBy.name, when: brief.signedAt ? dateTime(brief.signedAt) : '' })}</span>}
                        {brief.sent > 0 && <span>{t('已报送 {n} 次', 'sent {n} {n:time|times}', { n: brief.sent })}</span>}
                      </span>
                    </span>
                    {brief.edition > 1 && <Tag tone="accent">{t('第 {n} 版', 'Edition {n}', { n: brief.edition })}</Tag>}
                    {brief.kind === 'zero' && <Tag>{t('零报告', 'Zero report')}</Tag>}
                    <Tag tone={tag.tone}>{tag.name}</Tag>
                  </Link>
                )
              })}
            </>
          )}
        </Ready>
      </Panel>
      <DraftDialog open={drafting} unitId={unitId} unitOptions={options} noticeId={search.get('notice')} responseId={search.get('response')} onClose={() => setDrafting(false)} />
    </Page>
  )
}

type Period = 'since' | 'day' | 'chosen'

function DraftDialog({ open, unitId, unitOptions, noticeId, responseId, onClose }: { open: boolean; unitId: string; unitOptions: readonly { id: string; parentId: string | null; name: string }[]; noticeId: string | null; responseId: string | null; onClose: () => void }) {
  const { can } = useMine()
  const [, go] = useLocation()
  const issued = useRead(notices, { size: 100 }, { enabled: open && can('notice.read'), topics: ['notices'] })
  const all = useRead(responses, {}, { enabled: open, topics: ['responses'] })
  const [picked, setPicked] = useState<string | null>(null)
  const [unit, setUnit] = useState<string | null>(null)
  const [period, setPeriod] = useState<Period>('since')
  const [from, setFrom] = useState<string | null>(null)
  const [to, setTo] = useState<string | null>(null)
  const [zero, setZero] = useState(false)
  const make = useWrite(contract.draft, { onDone: (brief) => go(`/briefs/${brief.briefId}`) })
  const makeZero = useWrite(contract.zero, { onDone: (brief) => go(`/briefs/${brief.briefId}`) })
  const options = [
    ...(all.data?.responses ?? []).map((one) => ({ value: `r:${one.responseId}`, label: read(one.name), note: t('应急响应', 'response') })),
    ...(issued.data?.notices ?? []).filter((one) => one.status === 'issued').map((one) => ({ value: `n:${one.noticeId}`, label: read(one.title), note: one.date ? date(one.date) : t('通知', 'notice') })),
  ]
  const subject = picked ?? (noticeId ? `n:${noticeId}` : responseId ? `r:${responseId}` : (options[0]?.value ?? null))
  const about = unit ?? unitId
  const times = period === 'since' ? {} : period === 'day' ? { from: new Date(presentMoment().getTime() - 86_400_000).toISOString() } : { ...(from ? { from: new Date(from).toISOString() } : {}), ...(to ? { to: new Date(to).toISOString() } : {}) }
  const press = () => {
    if (!subject) return
    const input = { briefId: newId(), unitId: about, ...(subject.startsWith('n:') ? { noticeId: subject.slice(2) } : { responseId: subject.slice(2) }), ...times }
    void (zero ? makeZero.run(input) : make.run(input))
  }
  return (
    <Confirm open={open} width={620} title={t('起草专报', 'Draft a brief')} action={zero ? t('零报告：起草并签发', 'Zero report: draft and sign') : t('起草', 'Draft')} disabled={!subject || !about} busy={make.busy || makeZero.busy} problem={make.problem ?? makeZero.problem} onConfirm={press} onClose={onClose}>
      <div className="br-form">
        <Field label={t('关于', 'About')} required><Pick value={subject} onChange={setPicked} options={options} placeholder={t('选择通知或应急响应', 'A notice or a response')} /></Field>
        <Field label={t('哪个单位的情况', 'Of which unit')} required><UnitPicker units={unitOptions} value={about || null} onChange={setUnit} /></Field>
        <Field label={t('起止', 'Period')} hint={period === 'since' ? t('自上一份已签发的专报起；没有则自今日零点起，至此刻', 'Since the last signed brief, else since midnight, until now') : undefined}>
          <Choices joined value={period} onChange={setPeriod} options={[{ value: 'since' as const, label: t('接上期', 'Since the last') }, { value: 'day' as const, label: t('近 24 小时', 'Last 24 hours') }, { value: 'chosen' as const, label: t('自选', 'Chosen') }]} />
        </Field>
        {period === 'chosen' && <div className="br-facts"><MomentInput label={t('自', 'From')} value={from} onChange={setFrom} /> — <MomentInput label={t('至', 'To')} value={to} onChange={setTo} /></div>}
        <Check value={zero} onChange={setZero}>{t('零报告（本期没有需要报告的情况）', 'Zero report (nothing to report)')}</Check>
        {zero && <Note>{t('若系统记录与零报告不符（有逾期、有新增缺口等），会拒绝并说明原因。', 'It is refused, with the reason, where the record says otherwise.')}</Note>}
      </div>
    </Confirm>
  )
}
