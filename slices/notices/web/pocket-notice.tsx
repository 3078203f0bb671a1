/** One notice for me: first what it means for me, then the document as issued, with those passages marked. */
import { useEffect } from 'react'
import { Link } from 'wouter'
import type { Output } from '#kernel/contract.ts'
import { date, deadline } from '#ui/format.ts'
import { useKeptRead } from '#ui/pocket/data.ts'
import { useOutbox } from '#ui/pocket/outbox.tsx'
import { BigButton, Card, Parts, Screen, SectionTitle, Skeleton, Stack } from '#ui/pocket/parts.tsx'
import { ErrorState, Note } from '#ui/states.tsx'
import { read as asRead, say, t } from '#ui/words.ts'
import { opened, view } from '../contract.ts'
import type { me } from '#slices/directory/contract.ts'
import { useSession } from '#ui/session.tsx'

type View = Output<typeof view>

/** Receipts given in the life of this page, by reader and notice, so that none is given twice. */
const given = new Set<string>()

export function MyNoticePage({ params }: { params: Record<string, string> }) {
  const noticeId = params['noticeId'] ?? ''
  const read = useKeptRead(view, { noticeId }, { topics: ['my-notices'] })
  const { me: mySelf } = useSession<Output<typeof me>>()
  const { send } = useOutbox()
  const reader = mySelf?.person.personId
  const unread = read.data?.notice.noticeId === noticeId && read.data.openedAt === null
  useEffect(() => {
    const key = `${reader ?? ''} ${noticeId}`
    if (!unread || given.has(key)) return
    given.add(key)
    void send(opened, { noticeId }, { label: t('已阅通知', 'Read a notice'), topics: ['my-notices'] }).catch(() => given.delete(key))
  }, [unread, noticeId, send, reader])
  if (!read.data) return <Screen title={t('通知', 'Notice')} back="/notices">{read.problem ? <ErrorState problem={read.problem} retry={read.retry} /> : <Skeleton />}</Screen>
  const { notice, forMe } = read.data
  const held = new Set(mySelf?.offices.map((office) => office.unit.unitId))
  const forMyUnits = read.data.forMyUnits.filter((one) => held.has(one.unit.unitId))
  const others = read.data.forMyUnits.filter((one) => !held.has(one.unit.unitId))
  // What was withdrawn or amended asks nothing any more: no deadline, no way to the tasks.
  const over = notice.status === 'withdrawn' || notice.status === 'superseded'
  return (
    <Screen title={asRead(notice.title)} back="/notices" lead={<Parts of={[notice.issuer && asRead(notice.issuer), notice.docNumber, notice.date && date(notice.date)]} />}>
      <Stack>
        {notice.status === 'withdrawn' && <Note tone="warn">{t('这份通知已撤回，不再要求做任何事。', 'This notice has been withdrawn; nothing is asked any more.')} {notice.withdrawalReason}</Note>}
        {notice.amendedBy && (
          <Note tone="warn" action={<Link className="b-button" href={`/notices/${notice.amendedBy}`}>{t('看新版', 'See it')}</Link>}>
            {t('已有新的版本。', 'There is a newer version.')}
          </Note>
        )}
        <Card title={over ? t('原来对我的要求（不再需要做）', 'What it asked of you (no longer asked)') : t('对我意味着什么', 'What it means for you')}>
          {forMe.length === 0 ? <p className="p-text">{forMyUnits.length > 0 ? t('没有要您本人做的；您负责的单位有任务，见下。', 'Nothing of you yourself; your units have duties, below.') : t('不要求您做什么，请知悉。', 'Nothing is asked of you; for your information.')}</p> : <Meanings meanings={forMe} over={over} />}
        </Card>
        {forMyUnits.length > 0 && (
          <Card title={over ? t('原来对我负责的单位的要求', 'What it asked of your units') : t('我负责的单位要做的', 'What the units you answer for must do')}>
            <Meanings meanings={forMyUnits} over={over} />
            {!over && (
              <div style={{ marginTop: 12 }}>
                <BigButton look="plain" to="/tasks">
                  {t('去办理', 'Go to the tasks')}
                </BigButton>
              </div>
            )}
          </Card>
        )}
        {others.length > 0 && (
          <details className="p-card p-fold">
            <summary>
              <b>{t('我所在单位的任务（{n}）', 'Duties of units you belong to ({n})', { n: others.length })}</b>
              <small>{t('由负责人落实，不要您本人做什么', 'Those in charge carry them out; nothing is asked of you')}</small>
            </summary>
            <div>
              {others.map((one) => (
                <div key={`${one.dutyId} ${one.unit.unitId}`} className="p-mean p-mean-should">
                  {asRead(one.text)}
                  <small>{[asRead(one.unit.name), !over && one.dueAt && one.modality !== 'must-not' && deadline(one.dueAt).text].filter(Boolean).join(' · ')}</small>
                </div>
              ))}
            </div>
          </details>
        )}
      </Stack>
      <SectionTitle>{t('原文', 'The document')}</SectionTitle>
      <Document view={read.data} held={held} />
    </Screen>
  )
}

function Meanings({ meanings, over }: { meanings: readonly (View['forMe'][number] & { unit?: { name: string } })[]; over: boolean }) {
  return (
    <div>
      {meanings.map((one, index) => (
        <div key={`${one.dutyId} ${index}`} className={`p-mean p-mean-${one.modality}`}>
          {over ? <s>{asRead(one.text)}</s> : say(one)}
          <small>{[one.clause && t('原文“{clause}”', 'in “{clause}”', { clause: asRead(one.clause) }), !over && one.dueAt && one.modality !== 'must-not' && deadline(one.dueAt).text].filter(Boolean).join(' · ')}</small>
          <small>{say(one.why)}</small>
          {one.measureId && !over && (
            <small>
              <Link className="b-link" href="/">
                {t('在“我的一天”里填报', 'Answer it in My day')}
              </Link>
            </small>
          )}
        </div>
      ))}
    </div>
  )
}

/** Paragraph by paragraph, as issued; passages that speak to me are marked. */
function Document({ view: { text, notice, forMe, forMyUnits }, held }: { view: View; held: ReadonlySet<string> }) {
  const wanted = [...forMe, ...forMyUnits.filter((one) => held.has(one.unit.unitId))].map((one) => one.text.trim()).filter((one) => one.length > 4)
  return (
    <div className="b-document" translate="no">
      {text.split(/\n+/).filter((line) => line.trim() !== '').map((line, index) => (
        <p key={index} className={line.trim() === notice.title.trim() ? 'p-doc-title' : undefined}>
          {marked(line.trim(), wanted).map((part, at) => (part.mine ? <mark key={at}>{asRead(part.text)}</mark> : asRead(part.text)))}
        </p>
      ))}
    </div>
  )
}

function marked(line: string, wanted: readonly string[]): { text: string; mine: boolean }[] {
  for (const one of wanted) {
    const at = line.indexOf(one)
    if (at >= 0) return [...(at > 0 ? marked(line.slice(0, at), wanted) : []), { text: one, mine: true }, ...(at + one.length < line.length ? marked(line.slice(at + one.length), wanted) : [])]
    // A passage that runs over several lines marks each of them.
    if (line.length > 8 && one.includes(line)) return [{ text: line, mine: true }]
  }
  return [{ text: line, mine: false }]
}
