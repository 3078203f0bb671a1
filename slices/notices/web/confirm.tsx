/** Confirming a notice: the document as it is beside the duties drafted from it, everything by keyboard, the foot always counting. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { list as measureList, presets } from '#slices/measures/contract.ts'
import { AskedButton, Receipt } from '#ui/feedback.tsx'
import { Button, Choices } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { count, date, dateTime } from '#ui/format.ts'
import { useNarrow } from '#ui/media.ts'
import { Page, TextLink } from '#ui/page.tsx'
import { EmptyState, Ready } from '#ui/states.tsx'
import { InkTag, Tag, type Ink } from '#ui/tags.tsx'
import { read, say, t, useLanguage } from '#ui/words.ts'
import * as contract from '../contract.ts'
import { AmendmentView } from './amendment.tsx'
import { Doubts } from './confirm-doubts.tsx'
import { ConfirmFoot } from './confirm-foot.tsx'
import { HeaderForm } from './confirm-header.tsx'
import { DocumentText, scrollToDuty } from './document-text.tsx'
import { DutyList } from './duty-list.tsx'
import { IssueDialog, type Issued } from './issue-dialog.tsx'
import { useDraft, type DraftHandle } from './use-draft.ts'
import { useUnits } from './use-units.ts'
import { hazardName, isOpenDoubt, useMine, type Draft } from './words.ts'
import './notices.css'

export function ConfirmPage({ params }: { params: Record<string, string> }) {
  const noticeId = params['noticeId'] ?? ''
  const handle = useDraft(noticeId)
  const [issued, setIssued] = useState<Issued | null>(null)
  const [issuing, setIssuing] = useState(false)
  if (issued) return <IssuedPage issued={issued} title={handle.draft?.header.title ?? ''} />
  if (!handle.draft) return <Page title={t('核对通知', 'Confirm a notice')}><Ready read={handle.read}>{() => null}</Ready></Page>
  const { notice } = handle.draft
  // Somebody else was quicker; whoever is issuing it here waits for the receipt.
  if (notice.status !== 'draft' && !issuing)
    return (
      <Page title={read(notice.title)} breadcrumb={[{ label: t('通知', 'Notices'), to: '/notices' }]}>
        <EmptyState icon="notices" title={t('这份通知已经签发', 'This notice has been issued')} action={<Button look="primary" to={`/notices/${noticeId}`}>{t('看进展', 'Follow it')}</Button>}>
          {notice.issuedAt && t('{when} 由 {who} 签发，不能再核对。要改请导入新文本作为修订。', 'Issued {when} by {who}; it can no longer be confirmed. To change it, import the new text as an amendment.', { when: dateTime(notice.issuedAt), who: notice.issuedBy ?? '' })}
        </EmptyState>
      </Page>
    )
  return <Desk draft={handle.draft} handle={handle} issuing={issuing} setIssuing={setIssuing} onIssued={setIssued} />
}

type Side = 'duties' | 'doubts' | 'header' | 'changes' | 'text'

function Desk({ draft, handle, issuing, setIssuing, onIssued }: { draft: Draft; handle: DraftHandle; issuing: boolean; setIssuing: (on: boolean) => void; onIssued: (answer: Issued) => void }) {
  useLanguage()
  const { me, can } = useMine()
  const known = useUnits()
  const narrow = useNarrow()
  const [side, setSide] = useState<Side>('duties')
  const [active, setActive] = useState<string | null>(null)
  const [revealed, setRevealed] = useState(false)
  const [quiet, setQuiet] = useState<ReadonlySet<Ink>>(new Set())
  const [marked, setMarked] = useState<{ start: number; end: number; text: string } | null>(null)
  const paper = useRef<HTMLDivElement>(null)
  const [, go] = useLocation()
  const ready = useRead(presets, {})
  const existing = useRead(measureList, {}, { topics: ['measures'], enabled: can('coverage.read') })
  const discard = useWrite(contract.discard, { onDone: () => go('/notices') })
  const { notice, header } = draft

  const names = useMemo(() => new Map(draft.units.map((unit) => [unit.unitId, unit.name])), [draft.units])
  const addressed = useMemo(() => [...new Set(draft.addressees.flatMap((one) => one.unitIds))], [draft.addressees])
  const measures = useMemo(
    () => [
      ...(existing.data?.measures ?? []).filter((one) => one.status === 'on').map((one) => ({ value: `m:${one.measureId}`, label: t('已启用：{name}', 'On: {name}', { name: say(one.name) }) })),
      ...(ready.data?.presets ?? []).map((one) => ({ value: `p:${one.key}`, label: say(one.name), note: t('现成', 'ready-made') })),
    ],
    [existing.data, ready.data],
  )
  const layers = useMemo(
    () => ({
      sentences: draft.clauses.flatMap((clause) => clause.sentences),
      duties: draft.duties.filter((duty) => duty.status !== 'dropped' && duty.start !== null && duty.end !== null).map((duty) => ({ id: duty.dutyId, start: duty.start as number, end: duty.end as number, forbids: duty.modality === 'must-not' })),
      doubts: draft.doubts.filter((doubt) => isOpenDoubt(doubt, draft.duties) && doubt.start !== null && doubt.end !== null).map((doubt) => ({ start: doubt.start as number, end: doubt.end as number })),
      repairs: draft.repairs,
    }),
    [draft],
  )
  const confirmed = useMemo(() => new Set(draft.duties.filter((duty) => duty.status === 'confirmed').map((duty) => duty.dutyId)), [draft.duties])
  const openDoubts = draft.doubts.filter((doubt) => isOpenDoubt(doubt, draft.duties))
  const inks = useMemo(() => new Set<Ink>(layers.sentences.map((sentence) => sentence.kind)), [layers])

  useEffect(() => {
    if (active) scrollToDuty(active, paper.current)
  }, [active])
  const fromText = useCallback((dutyId: string) => {
    setSide('duties')
    setActive(dutyId)
  }, [])
  const addMarked = () => {
    if (!marked) return
    setActive(handle.add({ start: marked.start, end: marked.end, unitIds: addressed }))
    setSide('duties')
    document.getSelection()?.removeAllRanges()
  }
  const toPlace = (start: number) => {
    setSide('text')
    const pieces = [...(paper.current?.querySelectorAll('[data-start]') ?? [])]
    pieces.findLast((piece) => Number(piece.getAttribute('data-start')) <= start)?.scrollIntoView({ block: 'center' })
  }
  const discarding = <AskedButton label={t('删除草稿', 'Discard')} danger={false} title={t('删除这份草稿？', 'Discard this draft?')} text={t('核对中的任务会一并删除；已记住的订正保留。原文件需要重新导入。', 'The duties being confirmed go with it; corrections that were remembered stay.')} action={t('删除', 'Discard')} run={() => discard.run({ noticeId: notice.noticeId })} problem={discard.problem} />
  const inkList: Ink[] = ['prohibition', 'duty', 'reporting', 'condition', 'principle', 'evaluation', 'context']
  return (
    <div className={`n-desk n-desk-${side}`}>
      <header className="n-desk-head">
        <div className="n-desk-title">
          <TextLink to="/notices">{t('通知', 'Notices')}</TextLink>
          <h1 title={header.title ?? ''}>{header.title ? read(header.title) : t('（没有标题）', '(untitled)')}</h1>
          {notice.amends && <Tag tone="accent">{t('第 {n} 版', 'Version {n}', { n: notice.version })}</Tag>}
        </div>
        <button type="button" className="n-desk-facts" onClick={() => setSide('header')} title={t('修改通知要素', 'Correct the header')}>
          <span className={header.issuer ? '' : 'n-blank-empty'}>{header.issuer ? read(header.issuer) : t('未署名', 'unsigned')}</span>
          <span className={header.docNumber ? 'num' : 'n-blank-empty'}>{header.docNumber ?? t('无文号', 'no number')}</span>
          <span className={header.date ? 'num' : 'n-blank-empty'}>{header.date ? date(header.date) : t('无日期', 'undated')}</span>
          {header.hazards.map((hazard) => <Tag key={hazard}>{hazardName(hazard)}</Tag>)}
          {draft.unmatched.length > 0 && <Tag tone="bad">{t('{n} 个主送对不上', '{n} {n:addressee|addressees} unmatched', { n: draft.unmatched.length })}</Tag>}
        </button>
        {!narrow && discarding}
      </header>

      <section className="n-paper" aria-label={t('通知原文', 'The document')}>
        <div className="n-legend">
          {inkList.filter((ink) => inks.has(ink)).map((ink) => (
            <button key={ink} type="button" className={quiet.has(ink) ? 'n-legend-ink n-legend-off' : 'n-legend-ink'} aria-pressed={!quiet.has(ink)} title={t('点按淡显或恢复', 'Press to fade or show')} onClick={() => setQuiet((before) => { const next = new Set(before); if (!next.delete(ink)) next.add(ink); return next })}>
              <InkTag ink={ink} />
            </button>
          ))}
          <span className="b-grow" />
          {draft.contacts.length > 0 && (
            <button type="button" className="b-link n-small" aria-pressed={revealed} onClick={() => setRevealed(!revealed)}>
              {revealed ? t('遮盖个人信息', 'Hide personal details') : t('显示 {n} 处被遮盖的个人信息', 'Show {n} hidden personal {n:detail|details}', { n: draft.contacts.length })}
            </button>
          )}
        </div>
        <div ref={paper} className="n-paper-scroll" tabIndex={0} role="region" aria-label={t('正文', 'Text')}>
          <DocumentText text={draft.text} layers={layers} contacts={draft.contacts} revealed={revealed} active={active} confirmed={confirmed} onDuty={fromText} onSelect={setMarked} quiet={quiet} />
        </div>
        {marked && (
          <div className="n-marked" role="status">
            <span>“{read(marked.text.slice(0, 24))}{marked.text.length > 24 ? '…' : ''}”</span>
            <Button size="small" look="primary" icon="plus" onClick={addMarked}>{t('添加为任务', 'Add as a duty')} (a)</Button>
          </div>
        )}
      </section>

      <section className="n-side" aria-label={t('读出的内容', 'What was read')}>
        <div className="n-side-tabs">
          <Choices
            joined label={t('看什么', 'What to look at')} value={side} onChange={setSide}
            options={[
              { value: 'text' as const, label: t('原文', 'Text') },
              { value: 'duties' as const, label: t('任务 {n}', 'Duties {n}', { n: draft.duties.filter((duty) => duty.status !== 'dropped').length }) },
              { value: 'doubts' as const, label: t('疑问 {n}', 'Doubts {n}', { n: openDoubts.length }) },
              { value: 'header' as const, label: t('要素', 'Header') },
              ...(notice.amends ? [{ value: 'changes' as const, label: t('与原通知对照', 'Changes') }] : []),
            ]}
          />
        </div>
        {(side === 'duties' || side === 'text') && <DutyList draft={draft} handle={handle} known={known} names={names} addressed={addressed} measures={measures} zone={me?.institution.timeZone} active={active} onActive={setActive} onAdd={marked ? addMarked : null} onIssue={can('notice.issue') ? () => setIssuing(true) : null} keys={!issuing} />}
        {side === 'doubts' && <div className="n-side-scroll" tabIndex={0}><Doubts draft={draft} handle={handle} known={known} names={names} onDuty={fromText} onPlace={toPlace} /></div>}
        {side === 'header' && <div className="n-side-scroll" tabIndex={0}><HeaderForm draft={draft} handle={handle} known={known} names={names} />{narrow && <div className="n-header-end">{discarding}</div>}</div>}
        {side === 'changes' && <div className="n-side-scroll" tabIndex={0}><AmendmentView noticeId={notice.noticeId} /></div>}
      </section>

      <ConfirmFoot draft={draft} handle={handle} onIssue={() => setIssuing(true)} mayIssue={can('notice.issue')} onDoubts={() => setSide('doubts')} resting={issuing} />
      <IssueDialog noticeId={notice.noticeId} open={issuing} onClose={() => setIssuing(false)} onIssued={onIssued} amends={notice.amends !== null} demandedBy={header.demandedBy} onDemand={(demandedBy) => handle.setHeader({ demandedBy })} />
    </div>
  )
}

function IssuedPage({ issued, title }: { issued: Issued; title: string }) {
  return (
    <Page title={t('已签发', 'Issued')} breadcrumb={[{ label: t('通知', 'Notices'), to: '/notices' }]}>
      <Receipt
        title={read(title)} at={issued.issuedAt} reference={issued.noticeId.slice(0, 8)}
        lines={[
          { label: t('任务', 'Duties'), value: issued.duties },
          { label: t('送达单位', 'Units'), value: issued.units, tone: 'good' },
          { label: t('单位任务', 'Assignments'), value: issued.assignments },
          { label: t('责任人', 'People in charge'), value: issued.responsible },
          { label: t('覆盖人数', 'People reached'), value: issued.people },
          ...(issued.measures.length > 0 ? [{ label: t('挂接的措施，均在运行', 'Measures joined, all running'), value: issued.measures.map((measure) => say(measure.name)).join(t('、', ', ')) }] : []),
          ...(issued.continued > 0 ? [{ label: t('接着办的任务', 'Assignments that go on'), value: count(issued.continued) }] : []),
          ...(issued.ended > 0 ? [{ label: t('终止的任务', 'Assignments ended'), value: count(issued.ended) }] : []),
        ]}
        actions={
          <>
            <Button look="primary" to={`/notices/${issued.noticeId}`}>{t('看进展', 'Follow it')}</Button>
            <Button to="/notices">{t('回到通知', 'To the notices')}</Button>
          </>
        }
      />
    </Page>
  )
}
