/** Duties of my units, one line each. */
import { useState } from 'react'
import type { Static } from 'typebox'
import { asProblem } from '#ui/data.ts'
import { deadline } from '#ui/format.ts'
import { useOutbox } from '#ui/pocket/outbox.tsx'
import { Badge, BigButton } from '#ui/pocket/parts.tsx'
import { Row, Rows } from '#ui/pocket/rows.tsx'
import { useToast } from '#ui/toast.tsx'
import { read, t } from '#ui/words.ts'
import { acknowledge, type Assignment } from '../contract.ts'

export type AssignmentShape = Static<typeof Assignment>

export function stateOf(assignment: AssignmentShape): string {
  switch (assignment.state) {
    case 'sent':
      return t('待签收', 'to acknowledge')
    case 'acknowledged':
      return t('已签收', 'acknowledged')
    case 'under-way':
      return t('办理中', 'under way')
    case 'reported':
      return t('已上报，待审核', 'reported, to be reviewed')
    case 'accepted':
      return t('已完成', 'done')
    case 'sent-back':
      return t('被退回', 'sent back')
    case 'withdrawn':
      return t('已撤回', 'withdrawn')
  }
}

/** 零报告 and other cycles ask for the same every day: said, so that nobody takes it for done. */
export function cycleWords(assignment: Pick<AssignmentShape, 'cycle'>): string | null {
  return assignment.cycle === 'once' ? null : assignment.cycle === 'daily' ? t('每日', 'daily') : assignment.cycle === 'weekdays' ? t('每个工作日', 'every working day') : assignment.cycle === 'weekly' ? t('每周', 'weekly') : t('每月', 'monthly')
}

export function DutyRows({ assignments }: { assignments: readonly AssignmentShape[] }) {
  // What is the same in every line says nothing.
  const several = (of: (one: AssignmentShape) => string) => new Set(assignments.map(of)).size > 1
  const [units, notices] = [several((one) => one.unit.unitId), several((one) => one.noticeId)]
  return (
    <Rows>
      {assignments.map((one) => (
        <Row
          key={one.assignmentId} to={`/tasks/duty/${one.assignmentId}`}
          title={one.text.length > 70 ? `${read(one.text.slice(0, 70))}…` : read(one.text)}
          text={
            <>
              {notices && <span className="p-clip">{read(one.noticeTitle)}</span>}
              {whereOf(one, units) && <span>{whereOf(one, units)}</span>}
              {one.dueAt && <span className={one.overdue ? 'p-late' : undefined}>{deadline(one.dueAt).text}</span>}
            </>
          }
          end={one.modality === 'must-not' ? <Badge tone="bad">{t('不得', 'must not')}</Badge> : one.state === 'sent-back' ? <Badge tone="warn">{t('退回', 'back')}</Badge> : undefined}
        />
      ))}
    </Rows>
  )
}

const whereOf = (one: AssignmentShape, units: boolean): string =>
  [units && read(one.unit.name), one.clause && t('原文“{clause}”', 'in “{clause}”', { clause: read(one.clause) }), cycleWords(one), one.state !== 'sent' && stateOf(one)].filter(Boolean).join(' · ')

/** All that is shown, in one tap. */
export function AcknowledgeAll({ assignments }: { assignments: readonly AssignmentShape[] }) {
  const { send } = useOutbox()
  const toast = useToast()
  const [busy, setBusy] = useState(false)
  const run = async () => {
    setBusy(true)
    try {
      await send(acknowledge, { assignmentIds: assignments.map((one) => one.assignmentId) }, { label: t('签收 {n} 项任务', 'Acknowledged {n} {n:duty|duties}', { n: assignments.length }) })
      toast(navigator.onLine ? t('已签收', 'Acknowledged') : t('已保存在本机，联网后自动发送', 'Kept on this phone; sent when the network is back'), { tone: 'good' })
    } catch (error) {
      toast(asProblem(error).message, { tone: 'bad' })
    }
    setBusy(false)
  }
  return (
    <BigButton icon="check" busy={busy} onPress={() => void run()}>
      {assignments.length === 1 ? t('签收', 'Acknowledge') : t('全部签收（{n}）', 'Acknowledge all ({n})', { n: assignments.length })}
    </BigButton>
  )
}
