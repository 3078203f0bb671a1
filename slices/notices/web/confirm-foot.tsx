/** The foot of confirming: how far, what is empty, who will be reached per level, what it costs; undo and issue. */
import { useEffect, useEffectEvent, useState } from 'react'
import { Button } from '#ui/controls.tsx'
import { useRead } from '#ui/data.ts'
import { SidePanel } from '#ui/feedback.tsx'
import { count } from '#ui/format.ts'
import { KeyHint } from '#ui/keys.tsx'
import { t } from '#ui/words.ts'
import { preview } from '../contract.ts'
import { Levels, Measures, Nobody } from './reach.tsx'
import type { DraftHandle } from './use-draft.ts'
import { isOpenDoubt, kindName, type Draft } from './words.ts'

export function ConfirmFoot({ draft, handle, onIssue, mayIssue, onDoubts }: { draft: Draft; handle: DraftHandle; onIssue: () => void; mayIssue: boolean; onDoubts: () => void }) {
  const [open, setOpen] = useState(false)
  // Counting the reach of a large school takes longer than a press: it is counted when the hand rests.
  const reach = useRead(preview, { noticeId: draft.notice.noticeId }, { topics: ['directory'] })
  const { retry } = reach
  const recount = useEffectEvent((_: Draft) => retry())
  useEffect(() => {
    const wait = setTimeout(() => recount(draft), 900)
    return () => clearTimeout(wait)
  }, [draft])
  const live = draft.duties.filter((duty) => duty.status !== 'dropped')
  const done = live.filter((duty) => duty.status === 'confirmed').length
  const blanks = live.reduce((sum, duty) => sum + duty.blanks.length, 0)
  const forbidden = live.filter((duty) => duty.modality === 'must-not' && duty.status !== 'confirmed').length
  const ownerless = live.filter((duty) => duty.unitIds.length === 0).length
  const doubts = draft.doubts.filter((doubt) => isOpenDoubt(doubt, draft.duties)).length
  const data = reach.data
  const seconds = data?.measures.filter((one) => !one.alreadyOn).reduce((sum, one) => sum + (one.burden?.secondsPerPersonDay ?? 0), 0) ?? 0
  return (
    <footer className="n-foot" aria-label={t('进度与签发', 'Progress and issue')}>
      <div className="n-foot-count">
        <b className="num">{t('已确认 {n} / {m}', '{n} of {m} confirmed', { n: done, m: live.length })}</b>
        <span className="n-foot-track" aria-hidden><span style={{ width: `${live.length ? (done / live.length) * 100 : 0}%` }} /></span>
      </div>
      {forbidden > 0 && <span className="n-foot-item n-foot-bad">{t('禁止 {n} 条待确认', '{n} prohibitions open', { n: forbidden })}</span>}
      {ownerless > 0 && <span className="n-foot-item n-foot-bad">{t('{n} 条无责任单位', '{n} without an owner', { n: ownerless })}</span>}
      <span className={blanks > 0 ? 'n-foot-item n-foot-warn' : 'n-foot-item'}>{t('空白 {n} 处', '{n} blanks', { n: blanks })}</span>
      {doubts > 0 && <button type="button" className="n-foot-item n-foot-warn b-link" onClick={onDoubts}>{t('疑问 {n} 个', '{n} doubts', { n: doubts })}</button>}
      <button type="button" className="n-foot-reach" onClick={() => setOpen(true)} aria-busy={reach.fetching}>
        {data ? (
          <>
            <span>{t('已确认的将送达', 'Confirmed so far reaches')} {data.levels.length === 0 ? t('尚无单位', 'no unit yet') : data.levels.map((level) => `${kindName(level.kind)} ${count(level.units)}`).join(' · ')}</span>
            <span>{t('责任人 {n}', '{n} in charge', { n: count(data.responsible) })}</span>
            <span>{t('覆盖 {n} / {all} 人', '{n} of {all} people', { n: count(data.roster.reached), all: count(data.roster.people) })}</span>
            <span>{seconds > 0 ? t('每人每天约 {n} 秒', 'about {n} s a person a day', { n: Math.round(seconds) }) : t('不向个人提问', 'asks no person')}</span>
          </>
        ) : (
          <span>{reach.problem?.message ?? t('正在计算送达范围…', 'Counting who is reached…')}</span>
        )}
      </button>
      <span className="n-foot-acts">
        {handle.saving && <span className="b-muted n-small" role="status">{t('正在保存…', 'Saving…')}</span>}
        <Button look="quiet" disabled={!handle.canUndo} onClick={handle.undo}>{t('撤销', 'Undo')} <KeyHint keys="u" /></Button>
        {mayIssue && <Button look="primary" size="large" disabled={done === 0 || handle.saving} onClick={onIssue}>{t('预览并签发', 'Preview and issue')}</Button>}
      </span>
      <SidePanel open={open} title={t('将送达谁', 'Who will be reached')} onClose={() => setOpen(false)} width={640}>
        {data && (
          <div className="n-preview">
            <Levels preview={data} />
            <h3>{t('向个人提问', 'Asked of persons')}</h3>
            <Measures preview={data} />
            <Nobody preview={data} />
          </div>
        )}
      </SidePanel>
    </footer>
  )
}
