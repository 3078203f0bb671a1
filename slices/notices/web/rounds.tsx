/** Call-and-confirm: start a round, see its four numbers move, record what the caller heard. */
import { useState } from 'react'
import { newId } from '#kernel/ids.ts'
import { Button, NumberInput, TextArea } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { Confirm, SidePanel } from '#ui/feedback.tsx'
import { dateTime, relative } from '#ui/format.ts'
import { PersonName } from '#ui/people.tsx'
import { Note, Ready, WriteProblem } from '#ui/states.tsx'
import { Tag } from '#ui/tags.tsx'
import { read, t } from '#ui/words.ts'
import * as contract from '../contract.ts'
import { OwnerField } from './owner-field.tsx'
import { useUnits } from './use-units.ts'
import type { Alive } from './words.ts'

export function StartRound({ open, notice, onClose, onStarted }: { open: boolean; notice: Alive; onClose: () => void; onStarted: (roundId: string) => void }) {
  const known = useUnits(open)
  const [message, setMessage] = useState('')
  const [unitIds, setUnitIds] = useState<string[]>([])
  const [minutes, setMinutes] = useState<number | null>(15)
  const start = useWrite(contract.startRound, { onDone: (round) => onStarted(round.roundId) })
  const late = [...new Set(notice.duties.flatMap((duty) => duty.missing.map((one) => one.unit.unitId)))]
  const words = message || t('请确认已收到《{title}》并知悉本单位任务', 'Confirm that you received “{title}” and know the duties of your unit', { title: notice.notice.title })
  return (
    <Confirm open={open} width={680} title={t('发起叫应', 'Start a call-and-confirm round')} action={t('叫应 {n} 个单位', 'Call {n} {n:unit|units}', { n: unitIds.length })} disabled={unitIds.length === 0} busy={start.busy} problem={start.problem} onClose={onClose} onConfirm={() => void start.run({ roundId: newId(), noticeId: notice.notice.noticeId, message: words.slice(0, 400), unitIds, ladderMinutes: minutes ?? 15 })}>
      <div className="n-preview">
        <TextArea label={t('要确认的话', 'What to confirm')} value={words} onChange={setMessage} rows={2} maxLength={400} />
        <OwnerField unitIds={unitIds} people={null} known={known} names={new Map()} addressed={late} onUnits={setUnitIds} />
        <div className="n-inline">{t('无人应答', 'Without an answer for')} <NumberInput label={t('多少分钟后找下一人', 'Minutes until the next')} value={minutes} min={1} max={240} unit={t('分钟', 'min')} onChange={setMinutes} /> {t('后找代理人，再往上一级', 'the deputy is called, then the next up')}</div>
      </div>
    </Confirm>
  )
}

export function RoundPanel({ roundId, onClose }: { roundId: string | null; onClose: () => void }) {
  return (
    <SidePanel open={roundId !== null} title={t('叫应', 'Call and confirm')} onClose={onClose} width={720}>
      {roundId && <Round roundId={roundId} />}
    </SidePanel>
  )
}

function Round({ roundId }: { roundId: string }) {
  const answer = useRead(contract.round, { roundId }, { topics: ['rounds'] })
  const record = useWrite(contract.recordCall)
  const close = useWrite(contract.closeRound)
  return (
    <Ready read={answer}>
      {({ round, targets, empty }) => (
        <div className="n-preview">
          <p className="b-document">{read(round.message)}</p>
          <div className="n-four num">
            <div><b>{round.sent}</b>{t('发出', 'Sent')}</div>
            <div className="n-good"><b>{round.confirmed}</b>{t('已应答', 'Confirmed')}</div>
            <div><b>{round.notConfirmed}</b>{t('未应答', 'Not confirmed')}</div>
            <div className={round.unreachable ? 'b-bad' : ''}><b>{round.unreachable}</b>{t('联系不上', 'Unreachable')}</div>
          </div>
          <p className="b-muted num">{t('{n} / {m} 个单位已有人应答 · {when} 发起，{minutes} 分钟无应答即找下一人', '{n} of {m} {m:unit|units} answered · started {when}, the next is called after {minutes} min', { n: round.unitsConfirmed, m: round.units, when: dateTime(round.startedAt), minutes: round.ladderMinutes })}</p>
          {empty.length > 0 && <Note tone="bad">{t('没有人可叫的单位：{units}', 'Nobody to call in: {units}', { units: empty.map((unit) => read(unit.name)).join('、') })}</Note>}
          <WriteProblem problem={record.problem ?? close.problem} />
          <ul className="n-plainlist n-units">
            {targets.map((one) => (
              <li key={one.targetId} className="n-unit">
                <span className="n-unit-name">{read(one.unit.name)}</span>
                <Tag tone={one.state === 'confirmed' ? 'good' : one.state === 'unreachable' ? 'bad' : 'warn'}>{one.state === 'confirmed' ? t('已应答', 'Confirmed') : one.state === 'unreachable' ? t('联系不上', 'Unreachable') : t('未应答', 'Not confirmed')}</Tag>
                <PersonName name={one.person.name} note={`${read(one.title)}${one.rung > 0 ? t('，第 {n} 级', ', rung {n}', { n: one.rung + 1 }) : ''}`} phone={one.phone} />
                <span className="b-muted n-small">{relative(one.at ?? one.sentAt)}{one.by && ` · ${t('{who} 登记', 'recorded by {who}', { who: one.by })}`}{one.note && ` · ${one.note}`}</span>
                {one.state === 'sent' && !round.closedAt && (
                  <span className="b-actions">
                    <Button size="small" onClick={() => void record.run({ targetId: one.targetId, outcome: 'confirmed' })}>{t('电话已应答', 'Confirmed by phone')}</Button>
                    <Button size="small" look="quiet" onClick={() => void record.run({ targetId: one.targetId, outcome: 'unreachable' })}>{t('联系不上', 'Unreachable')}</Button>
                  </span>
                )}
              </li>
            ))}
          </ul>
          {!round.closedAt && <Button busy={close.busy} onClick={() => void close.run({ roundId })}>{t('结束叫应', 'Close the round')}</Button>}
        </div>
      )}
    </Ready>
  )
}
