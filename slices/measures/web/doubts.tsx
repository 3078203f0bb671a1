/** Doubts about what came in, with their reasons: looked at by whoever answers for the unit, dismissed with a reason or asked again. */
import { useState } from 'react'
import { AskReason, useReason } from '#slices/directory/web/cards.tsx'
import { Button, Choices, Field, Form, TextArea } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { count, dateTime } from '#ui/format.ts'
import { SidePanel } from '#ui/feedback.tsx'
import { Filters } from '#ui/filters.tsx'
import { Page, Panel, Stack } from '#ui/page.tsx'
import { PersonName, UnitPicker } from '#ui/people.tsx'
import { useSession } from '#ui/session.tsx'
import { EmptyState, Note, Ready, WriteProblem } from '#ui/states.tsx'
import { Tag } from '#ui/tags.tsx'
import { useToast } from '#ui/toast.tsx'
import { read, t, useLanguage } from '#ui/words.ts'
import { askAgain, dismissDoubt, doubt as doubtCall, doubts } from '../contract.ts'
import { attributeName, doubtReason, doubtTitle, suggestedNote, whom, type DoubtOf } from './doubt-words.ts'
import { useAddress, useUnitChoice } from '#slices/directory/web/unit-choice.ts'
import { useMyDoubts } from './use-my-doubts.ts'
import './measures.css'
import './planning.css'

const pageSize = 50

export function DoubtsPage() {
  useLanguage()
  const address = useAddress()
  const at = useUnitChoice(address)
  const settled = address.get('settled') !== null
  const [page, setPage] = useState(1)
  const data = useRead(doubts, { unitId: at.unitId ?? '', ...(settled ? { settled: true } : {}), page, size: pageSize }, { topics: ['doubts'], enabled: at.unitId !== null, refetchMs: 120_000 })
  const [opened, setOpened] = useState<DoubtOf | null>(null)
  const current = data.data?.doubts.find((one) => one.doubtId === opened?.doubtId) ?? opened
  return (
    <Page wide title={t('数据疑点', 'Doubts about the data')} lead={t('看上去像照抄、输错或代填的，请人核实。系统不据此改动任何数据，也不影响覆盖。', 'What looks copied, mistyped or entered for others, for a person to look at. The system changes nothing by it.')}>
      <Filters said={[at.unit && read(at.unit.name), settled ? t('已处理', 'Settled') : t('待核实', 'To look at')].filter(Boolean).join(' · ')}>
        {at.trees.length > 1 && <Choices joined label={t('组织树', 'Tree')} value={at.tree} onChange={at.chooseTree} options={at.trees} />}
        <UnitPicker units={at.options} value={at.unitId} onChange={(id) => { setPage(1); at.choose(id) }} label={t('组织', 'Unit')} width={280} />
        <Choices joined label={t('处理情况', 'State')} value={settled ? 'settled' : 'open'} onChange={(next) => { setPage(1); address.set({ settled: next === 'settled' ? '1' : null }) }} options={[{ value: 'open', label: t('待核实', 'To look at') }, { value: 'settled', label: t('已处理', 'Settled') }]} />
      </Filters>
      <Ready read={data} rows={5} empty={{ when: (one) => one.total === 0, show: <Panel><EmptyState title={settled ? t('还没有处理过的疑点', 'Nothing settled yet') : t('没有待核实的疑点', 'Nothing to look at')} /></Panel> }}>
        {(one) => (
          <>
            <Panel flush title={settled ? t('已处理', 'Settled') : t('待核实', 'To look at')} note={t('{n} 条', '{n}', { n: count(one.total) })}>
              {one.doubts.map((each) => <DoubtRow key={each.doubtId} doubt={each} onOpen={() => setOpened(each)} />)}
            </Panel>
            {one.total > pageSize && (
              <div className="b-actions">
                <Button disabled={page === 1} onClick={() => setPage(page - 1)}>{t('上一页', 'Back')}</Button>
                <Button disabled={page * pageSize >= one.total} onClick={() => setPage(page + 1)}>{t('下一页', 'Next')}</Button>
              </div>
            )}
          </>
        )}
      </Ready>
      <SidePanel open={opened !== null} title={current ? doubtTitle(current) : ''} onClose={() => setOpened(null)}>
        {current && <DoubtPanel key={current.doubtId} doubt={current} onDone={() => setOpened(null)} />}
      </SidePanel>
    </Page>
  )
}

function DoubtRow({ doubt, onOpen }: { doubt: DoubtOf; onOpen: () => void }) {
  return (
    <article className="d-doubt">
      <div className="d-words">
        <h3>
          {doubtTitle(doubt)} <Tag tone="neutral">{read(doubt.unit.name)}</Tag> <StateTag doubt={doubt} />
        </h3>
        <p>{t('“{what}”：', '"{what}": ', { what: attributeName(doubt) })}{doubtReason(doubt)}</p>
        <p className="b-muted">
          {t('{when} 发现', 'found {when}', { when: dateTime(doubt.foundAt) })} · {doubt.owner ? t('由 {name} 核实', 'for {name} to look at', { name: doubt.owner.person.name }) : t('无人负责', 'nobody answers')}
          {doubt.settledAt && <> · {t('{name} {when}处理：{words}', 'settled by {name} {when}: {words}', { name: doubt.settledBy ?? t('系统运维', 'the operator'), when: dateTime(doubt.settledAt), words: doubt.words ?? '' })}</>}
        </p>
      </div>
      <div className="b-actions b-actions-end">
        <Button size="small" look={doubt.state === 'open' ? 'primary' : 'plain'} onClick={onOpen}>{doubt.state === 'open' ? t('核实', 'Look at it') : t('查看', 'See')}</Button>
      </div>
    </article>
  )
}

function StateTag({ doubt }: { doubt: DoubtOf }) {
  if (doubt.state === 'dismissed') return <Tag tone="good">{t('核实无误', 'Found in order')}</Tag>
  if (doubt.state === 'asked') return <Tag tone="accent">{t('已请重填 {n}/{all}', 'asked again, {n} of {all} answered', { n: doubt.answered, all: doubt.people })}</Tag>
  return doubt.answered > 0 ? <Tag tone="neutral">{t('之后有 {n} 条新填报', '{n} answered since', { n: doubt.answered })}</Tag> : null
}

export function DoubtPanel({ doubt, onDone }: { doubt: DoubtOf; onDone: () => void }) {
  const { can } = useSession()
  // What is one's own to look at needs no reason.
  const mine = useMyDoubts(can('gap.excuse'))
  const own = doubt.subjectKind === 'unit' || (mine.data?.doubts.some((one) => one.doubtId === doubt.doubtId) ?? false)
  const gate = useReason(own || mine.loading ? null : doubt.unit.unitId)
  const found = useRead(doubtCall, { doubtId: doubt.doubtId }, { topics: ['doubts'], keep: false, enabled: own || gate.open })
  const toast = useToast()
  const [way, setWay] = useState<'again' | 'dismiss'>(doubt.attribute.asked ? 'again' : 'dismiss')
  const [note, setNote] = useState(() => suggestedNote(doubt))
  const [reason, setReason] = useState('')
  const dismissing = useWrite(dismissDoubt, { onDone: () => { toast(t('已记为核实无误', 'Noted as in order'), { tone: 'good' }); onDone() } })
  const asking = useWrite(askAgain, { onDone: ({ asked }) => { toast(t('已请 {n}重填', '{n} asked again', { n: whom(doubt, asked) }), { tone: 'good' }); onDone() } })
  const open = doubt.state === 'open'
  return (
    <Stack gap={16}>
      <p>
        <b>{read(doubt.unit.name)}</b> · {t('“{what}”', '"{what}"', { what: attributeName(doubt) })}
      </p>
      <Note tone="warn">{doubtReason(doubt)}</Note>
      {doubt.words && <p>{t('{name}：{words}', '{name}: {words}', { name: doubt.settledBy ?? t('系统运维', 'the operator'), words: doubt.words })}</p>}
      {!own && gate.needed ? <AskReason at={gate.needed} onGiven={gate.again} /> : <Ready read={found} rows={4}>
        {(data) => (
          <ul className="d-people" aria-label={t('涉及的人', 'Whom it is about')} tabIndex={0}>
            {data.subjects.map((one) => (
              <li key={one.id}>
                {one.number ? <PersonName name={one.name} number={one.number} to={`/people/${one.id}`} /> : <span>{read(one.name)}</span>}
                <span className="b-muted">{one.answered ? t('已重填', 'answered anew') : one.askedAgain ? t('已请重填', 'asked again') : one.phone ? <a className="b-link num" href={`tel:${one.phone}`}>{one.phone}</a> : ''}</span>
              </li>
            ))}
          </ul>
        )}
      </Ready>}
      {open && doubt.mine && <Note tone="info">{t('这些是您填的。可以请人重填，核实无误须由他人确认。', 'You entered these. You can ask again; that they are in order is for somebody else to confirm.')}</Note>}
      {open && can('gap.excuse') && (
        <>
          {doubt.attribute.asked && !doubt.mine && <Choices joined label={t('怎么处理', 'What to do')} value={way} onChange={setWay} options={[{ value: 'again', label: t('请重填', 'Ask again') }, { value: 'dismiss', label: t('核实无误', 'In order') }]} />}
          {way === 'again' && doubt.attribute.asked ? (
            <Form onSubmit={() => note.trim().length >= 2 && void asking.run({ doubtId: doubt.doubtId, note: note.trim() })}>
              <Field label={t('附一句话', 'With a word')} required hint={t('{n}会在手机上再看到这个问题和这句话；填好之前，原来的数据不变。', 'The {n} see the question again on their phones with these words; until they answer, what is known stays.', { n: whom(doubt) })}>
                <TextArea value={note} onChange={setNote} rows={2} maxLength={200} />
              </Field>
              <WriteProblem problem={asking.problem} />
              <div className="b-actions"><Button look="primary" submit busy={asking.busy} disabled={note.trim().length < 2}>{t('请 {n}重填', 'Ask {n} again', { n: whom(doubt) })}</Button></div>
            </Form>
          ) : !doubt.mine ? (
            <Form onSubmit={() => reason.trim().length >= 2 && void dismissing.run({ doubtId: doubt.doubtId, reason: reason.trim() })}>
              <Field label={t('怎么核实的', 'How it was found in order')} required hint={t('会记录在案。', 'It is kept on record.')}>
                <TextArea value={reason} onChange={setReason} rows={2} maxLength={400} />
              </Field>
              <WriteProblem problem={dismissing.problem} />
              <div className="b-actions"><Button look="primary" submit busy={dismissing.busy} disabled={reason.trim().length < 2}>{t('记为核实无误', 'Note as in order')}</Button></div>
            </Form>
          ) : null}
        </>
      )}
    </Stack>
  )
}
