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
import { blankName, isOpenDoubt, kindName, type Draft } from './words.ts'

export function ConfirmFoot({ draft, handle, onIssue, mayIssue, onDoubts, resting }: { draft: Draft; handle: DraftHandle; onIssue: () => void; mayIssue: boolean; onDoubts: () => void; /** The last look counts by itself. */ resting: boolean }) {
  const [open, setOpen] = useState(false)
  // Counting the reach of a large school takes longer than a press: it is counted when the hand rests.
  const waiting = draft.duties.some((duty) => duty.status === 'proposed')
  const reach = useRead(preview, { noticeId: draft.notice.noticeId, ...(waiting ? { all: true } : {}) }, { topics: ['directory'], enabled: !resting })
  const { retry } = reach
  const recount = useEffectEvent((_: Draft) => { if (!resting) retry() })
  useEffect(() => {
    const wait = setTimeout(() => recount(draft), 900)
    return () => clearTimeout(wait)
  }, [draft])
  const live = draft.duties.filter((duty) => duty.status !== 'dropped')
  const done = live.filter((duty) => duty.status === 'confirmed').length
  const blanks = (['owner', 'due', 'evidence', 'report-to'] as const).map((which) => ({ which, n: live.filter((duty) => duty.blanks.includes(which)).length })).filter((one) => one.n > 0)
  const forbidden = live.filter((duty) => duty.modality === 'must-not' && duty.status !== 'confirmed').length
  const doubts = draft.doubts.filter((doubt) => isOpenDoubt(doubt, draft.duties)).length
  const data = reach.data
  const seconds = data?.measures.filter((one) => !one.alreadyOn).reduce((sum, one) => sum + (one.burden?.secondsPerPersonDay ?? 0), 0) ?? 0
  return (
    <footer className="n-foot" aria-label={t('进度与签发', 'Progress and issue')}>
      <div className="n-foot-count">
        <b className="num">{t('已确认 {n} / {m}', '{n} of {m} confirmed', { n: done, m: live.length })}</b>
        <span className="n-foot-track" aria-hidden><span style={{ width: `${live.length ? (done / live.length) * 100 : 0}%` }} /></span>
      </div>
      {forbidden > 0 && <span className="n-foot-item n-foot-bad">{t('禁止 {n} 条待确认', '{n} must not', { n: forbidden })}</span>}
      {blanks.length === 0 ? <span className="n-foot-item">{t('四项空白都已填', 'No blanks')}</span> : (
        <span className="n-foot-item n-foot-blanks" title={t('责任单位、时限、佐证、报送还空着的条数', 'Duties that still lack an owner, deadline, evidence or receiver')}>
          {t('空着：', 'Empty: ')}{blanks.map(({ which, n }) => <span key={which} className={which === 'owner' ? 'n-foot-bad' : 'n-foot-warn'}>{blankName(which)} <b className="num">{n}</b></span>)}
        </span>
      )}
      {doubts > 0 && <button type="button" className="n-foot-item n-foot-warn b-link" onClick={onDoubts}>{t('疑问 {n} 个', '{n} {n:doubt|doubts}', { n: doubts })}</button>}
      <button type="button" className="n-foot-reach" onClick={() => setOpen(true)} aria-busy={reach.fetching}>
        {data ? (
          <>
            <span>{waiting ? t('全部确认后将送达', 'Would reach') : t('将送达', 'Reaches')} {data.levels.length === 0 ? t('尚无单位', 'no unit yet') : data.levels.map((level) => `${kindName(level.kind)} ${count(level.units)}`).join(' · ')}</span>
            <span>{t('责任人 {n}', '{n} in charge', { n: count(data.responsible) })}</span>
            <span>{t('覆盖 {n} / {all} 人', '{n}/{all} {all:person|people}', { n: count(data.roster.reached), all: count(data.roster.people) })}</span>
            <span>{seconds > 0 ? t('每人每天约 {n} 秒', 'about {n} s a person a day', { n: Math.round(seconds) }) : t('不向个人提问', 'nobody asked')}</span>
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
            {waiting && <p className="b-muted">{t('按全部 {m} 条计，其中 {n} 条还没有确认；签发时只发已确认的。', 'Counted for all {m} {m:duty|duties}, {n} of them not confirmed yet; only confirmed ones are issued.', { m: live.length, n: live.length - done })}</p>}
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
