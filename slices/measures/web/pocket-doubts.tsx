/** Doubts that I am the nearest to look at, on the phone: call, ask again, or say that it is in order. Not kept on the phone: it is about others. */
import { useState } from 'react'
import { useLocation } from 'wouter'
import { NotOpened } from '#slices/directory/web/pocket-cards.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { relative } from '#ui/format.ts'
import { TextField } from '#ui/pocket/fields.tsx'
import { BigButton, Card, Screen, SectionTitle, Skeleton, Stack, Badge } from '#ui/pocket/parts.tsx'
import { Row, Rows } from '#ui/pocket/rows.tsx'
import { EmptyState, Note, WriteProblem } from '#ui/states.tsx'
import { useToast } from '#ui/toast.tsx'
import { read, t } from '#ui/words.ts'
import { askAgain, dismissDoubt, doubt as doubtCall } from '../contract.ts'
import { attributeName, doubtReason, doubtTitle, suggestedNote, whom, type DoubtOf } from './doubt-words.ts'

export function DoubtRows({ doubts }: { doubts: readonly DoubtOf[] }) {
  if (doubts.length === 0) return null
  return (
    <>
      <SectionTitle end={<Badge>{doubts.length}</Badge>}>{t('数据疑点', 'Doubts about the data')}</SectionTitle>
      <Rows>
        {doubts.map((one) => (
          <Row
            key={one.doubtId} to={`/tasks/doubt/${one.doubtId}`} title={doubtTitle(one)}
            text={
              <>
                <span>{read(one.unit.name)} · {attributeName(one)}</span>
                <span>{relative(one.foundAt)}</span>
              </>
            }
          />
        ))}
      </Rows>
    </>
  )
}

export function PocketDoubtPage({ params }: { params: Record<string, string> }) {
  const found = useRead(doubtCall, { doubtId: params['doubtId'] ?? '' }, { topics: ['doubts'], keep: false })
  if (!found.data)
    return (
      <Screen title={t('数据疑点', 'A doubt')} back="/tasks">
        {found.problem ? <NotOpened problem={found.problem} retry={found.retry} /> : <Skeleton cards={2} />}
      </Screen>
    )
  const { doubt, subjects } = found.data
  return (
    <Screen title={doubtTitle(doubt)} back="/tasks" lead={`${read(doubt.unit.name)} · ${attributeName(doubt)}`}>
      <Stack>
        <Note tone="warn">{doubtReason(doubt)}</Note>
        {doubt.state !== 'open' && <EmptyState title={doubt.state === 'dismissed' ? t('已核实无误', 'Found in order') : t('已请重填：{n}/{all} 已填', 'Asked again: {n} of {all} answered', { n: doubt.answered, all: doubt.people })}>{doubt.words}</EmptyState>}
        {doubt.state === 'open' && doubt.answered > 0 && <Note tone="good">{doubt.answered === doubt.people ? t('之后都已重新填报。', 'All have answered since.') : t('之后有 {n}/{all} 重新填报。', '{n} of {all} answered since.', { n: doubt.answered, all: whom(doubt) })}</Note>}
        {doubt.state === 'open' && doubt.attribute.asked && <AskAgain doubt={doubt} />}
        {doubt.state === 'open' && !doubt.mine && <Dismiss doubt={doubt} />}
        {doubt.state === 'open' && doubt.mine && <Note tone="info">{t('这些是您填的，核实无误须由他人确认。', 'You entered these; that they are in order is for somebody else to confirm.')}</Note>}
      </Stack>
      <SectionTitle>{t('涉及 {n}', 'About {n}', { n: whom(doubt) })}</SectionTitle>
      <Rows>
        {subjects.map((one) => (
          <Row
            key={one.id} title={one.number ? <span translate="no">{one.name}</span> : read(one.name)} text={<span>{one.number ?? ''}{one.answered ? ` · ${t('之后已填报', 'answered since')}` : ''}</span>}
            end={one.phone && !one.answered ? <a className="b-link num" href={`tel:${one.phone}`}>{t('打电话', 'Call')}</a> : undefined}
          />
        ))}
      </Rows>
    </Screen>
  )
}

function AskAgain({ doubt }: { doubt: DoubtOf }) {
  const [note, setNote] = useState(() => suggestedNote(doubt))
  const toast = useToast()
  const [, go] = useLocation()
  const writing = useWrite(askAgain, { onDone: ({ asked }) => { toast(t('已请 {n}重填', '{n} asked again', { n: whom(doubt, asked) }), { tone: 'good' }); go('/tasks') } })
  return (
    <Card title={t('请重填', 'Ask again')} text={t('对方会再看到这个问题和这句话；填好之前原来的数据不变。', 'They see the question again with these words; until then what is known stays.')}>
      <div style={{ height: 12 }} />
      <TextField label={t('附一句话', 'With a word')} value={note} onChange={setNote} lines={2} maxLength={200} required />
      <WriteProblem problem={writing.problem} />
      <BigButton {...(doubt.answered === doubt.people ? { look: 'plain' } : {})} busy={writing.busy} disabled={note.trim().length < 2} onPress={() => void writing.run({ doubtId: doubt.doubtId, note: note.trim() })}>{t('请 {n}重填', 'Ask {n} again', { n: whom(doubt) })}</BigButton>
    </Card>
  )
}

function Dismiss({ doubt }: { doubt: DoubtOf }) {
  const [reason, setReason] = useState('')
  const toast = useToast()
  const [, go] = useLocation()
  const writing = useWrite(dismissDoubt, { onDone: () => { toast(t('已记为核实无误', 'Noted as in order'), { tone: 'good' }); go('/tasks') } })
  return (
    <Card title={t('核实无误', 'It is in order')} text={t('写明怎么核实的，会记录在案。', 'Say how you found out; it is kept on record.')}>
      <div style={{ height: 12 }} />
      <TextField label={t('怎么核实的', 'How it was found in order')} value={reason} onChange={setReason} lines={2} maxLength={400} required />
      <WriteProblem problem={writing.problem} />
      <BigButton look="plain" busy={writing.busy} disabled={reason.trim().length < 2} onPress={() => void writing.run({ doubtId: doubt.doubtId, reason: reason.trim() })}>{t('记为核实无误', 'Note as in order')}</BigButton>
    </Card>
  )
}
