/** One brief as the document it will be; every figure opens into what stands behind it. */
import { useState } from 'react'
import { useLocation } from 'wouter'
import { newId } from '#kernel/ids.ts'
import { Button, MenuButton, TextArea } from '#ui/controls.tsx'
import { client, useRead, useWrite } from '#ui/data.ts'
import { AskedButton, Confirm } from '#ui/feedback.tsx'
import { count, date, dateTime, joiner, relative, time } from '#ui/format.ts'
import { Page, Panel, TextLink } from '#ui/page.tsx'
import { saveFile } from '#ui/save-file.ts'
import { Note, Ready, WriteProblem } from '#ui/states.tsx'
import { Tag } from '#ui/tags.tsx'
import { useToast } from '#ui/toast.tsx'
import { officeTitle } from '#ui/own-words.ts'
import { language, read, say, t, useLanguage } from '#ui/words.ts'
import * as contract from '../contract.ts'
import { dutyStates, dutyWords } from '../rules.ts'
import { Coverage } from './brief-coverage.tsx'
import { SendPanel } from './send.tsx'
import { TraceDrawer, type Traced } from './trace.tsx'
import { formatName, stateTag, useMine, type Brief, type Figure, type Format } from './words.ts'
import './briefs.css'

export function BriefPage({ params }: { params: Record<string, string> }) {
  const answer = useRead(contract.get, { briefId: params['briefId'] ?? '' }, { topics: ['briefs'] })
  if (!answer.data) return <Page wide title={t('专报', 'Brief')} breadcrumb={[{ label: t('专报', 'Briefs'), to: '/briefs' }]}><Ready read={answer} rows={8}>{() => null}</Ready></Page>
  return <Paper key={answer.data.briefId} brief={answer.data} />
}

function Paper({ brief }: { brief: Brief }) {
  useLanguage()
  const { me, can } = useMine()
  const [traced, setTraced] = useState<Traced | null>(null)
  const [correcting, setCorrecting] = useState(false)
  const [, go] = useLocation()
  const toast = useToast()
  const draft = brief.state === 'draft'
  const mayWrite = can('brief.write')
  const refresh = useWrite(contract.refresh, { onDone: () => toast(t('数字已更新到此刻', 'Figures counted again'), { tone: 'good' }) })
  const sign = useWrite(contract.sign, { onDone: () => toast(t('已签发', 'Signed'), { tone: 'good' }) })
  const discard = useWrite(contract.discard, { onDone: () => go('/briefs') })
  const [fetching, setFetching] = useState<Format | null>(null)
  const download = async (format: Format) => {
    setFetching(format)
    try {
      const file = await client.call(contract.download, { briefId: brief.briefId, format, language: language() })
      saveFile(file.fileName, file.base64, file.mediaType)
    } catch (error) {
      toast((error as Error).message, { tone: 'bad' })
    }
    setFetching(null)
  }
  const tag = stateTag(brief)
  return (
    <Page
      wide documentTitle={read(brief.title)} title={t('{unit}专报', 'Brief of {unit}', { unit: read(brief.unit.name) })} breadcrumb={[{ label: t('专报', 'Briefs'), to: '/briefs' }]}
      aside={<><Tag tone={tag.tone}>{tag.name}</Tag>{brief.edition > 1 && <Tag tone="accent">{t('第 {n} 版', 'Edition {n}', { n: brief.edition })}</Tag>}{brief.kind === 'zero' && <Tag>{t('零报告', 'Zero report')}</Tag>}</>}
      lead={<span className="num">{t('数据截至 {at}（{ago}）', 'Data as of {at} ({ago})', { at: dateTime(brief.asOf), ago: relative(brief.asOf) })}</span>}
      actions={
        <>
          <MenuButton label={fetching ? t('正在生成 {format}…', 'Making {format}…', { format: formatName(fetching) }) : t('下载', 'Download')} icon="download" items={(['docx', 'pdf', 'xlsx'] as const).map((format) => ({ label: `${formatName(format)}（.${format}）`, run: () => void download(format) }))} />
          {draft && mayWrite && <Button busy={refresh.busy} onClick={() => void refresh.run({ briefId: brief.briefId })}>{t('按此刻更新数字', 'Count again now')}</Button>}
          {draft && mayWrite && <AskedButton label={t('丢弃', 'Discard')} title={t('丢弃这份草稿？', 'Discard this draft?')} action={t('丢弃', 'Discard')} run={() => discard.run({ briefId: brief.briefId })} problem={discard.problem} text={t('数字随时可以重新起草；您写的文字会丢失。', 'Figures can be drafted again; your words are lost.')} />}
          {draft && mayWrite && <SignButton brief={brief} busy={sign.busy} onSign={() => sign.run({ briefId: brief.briefId, asOf: brief.asOf })} problem={sign.problem} signer={me?.person.name ?? ''} />}
          {!draft && mayWrite && !brief.correctedBy && !brief.erased && <Button onClick={() => setCorrecting(true)}>{t('更正（出新版）', 'Correct (new edition)')}</Button>}
        </>
      }
    >
      {brief.correctedBy && <Note tone="warn" action={<TextLink to={`/briefs/${brief.correctedBy.briefId}`}>{t('看第 {n} 版', 'See edition {n}', { n: brief.correctedBy.edition })}</TextLink>}>{t('本版已由第 {n} 版更正：{why}', 'Corrected by edition {n}: {why}', { n: brief.correctedBy.edition, why: brief.correctedBy.reason })}</Note>}
      {brief.erased && (
        <Note action={brief.erased.responseId && <TextLink to={`/responses/${brief.erased.responseId}/certificate`}>{t('擦除证明', 'Certificate')}</TextLink>}>
          {t('响应已结束，背后的名单已于 {day} 按规则擦除，数字保留。数字不能再清点，所以不能另出更正版；如需更正，请另行行文说明。', 'The response ended and the rows behind it were erased by rule on {day}; the figures stay. They cannot be counted again, so there is no new edition: put a correction into a letter of its own.', { day: date(brief.erased.at) })}
        </Note>
      )}
      <WriteProblem problem={refresh.problem} />
      <div className="br-desk">
        <article className="br-paper" aria-label={t('专报正文', 'The brief')}>
          <Body brief={brief} institution={me?.institution.name ?? ''} editable={draft && mayWrite} onTrace={setTraced} />
        </article>
        <aside className="br-aside">
          <SendPanel brief={brief} />
          <Panel title={t('这份专报', 'This brief')}>
            <dl className="b-details b-details-1">
              <div><dt>{t('起草', 'Drafted by')}</dt><dd translate="no">{brief.draftedBy ?? t('命令行', 'command line')}</dd></div>
              {brief.signedBy && <div><dt>{t('签发', 'Signed by')}</dt><dd><span translate="no">{brief.signedBy.name}</span> <span className="b-muted">{officeTitle(brief.signedBy.title)} · {brief.signedAt && dateTime(brief.signedAt)}</span></dd></div>}
              {brief.reason && <div><dt>{t('更正理由', 'Reason for this edition')}</dt><dd>{brief.reason}</dd></div>}
              {brief.previous && <div><dt>{t('上一期', 'Previous')}</dt><dd><TextLink to={`/briefs/${brief.previous.briefId}`}>{t('截至 {at}', 'as of {at}', { at: dateTime(brief.previous.asOf) })}</TextLink></dd></div>}
              {brief.corrects && <div><dt>{t('更正的版本', 'Corrects')}</dt><dd><TextLink to={`/briefs/${brief.corrects}`}>{t('看原版', 'See it')}</TextLink></dd></div>}
            </dl>
            <p className="b-muted br-small br-hint">{t('点任何一个数字，看它何时、如何得出，背后是谁。不足 5 人的格子按规定不显示。', 'Press any figure to see when and how it was counted, and who stands behind it. Cells below five are withheld.')}</p>
          </Panel>
        </aside>
      </div>
      <TraceDrawer traced={traced} onClose={() => setTraced(null)} />
      <Correct brief={brief} open={correcting} onClose={() => setCorrecting(false)} onDone={(id) => go(`/briefs/${id}`)} />
    </Page>
  )
}

function SignButton({ brief, busy, onSign, problem, signer }: { brief: Brief; busy: boolean; onSign: () => Promise<unknown>; problem: Parameters<typeof WriteProblem>[0]['problem']; signer: string }) {
  const [open, setOpen] = useState(false)
  const empty = [[brief.problems, t('存在问题', 'Problems')], [brief.nextSteps, t('下一步打算', 'Next steps')]].filter(([text]) => !text?.trim()).map(([, name]) => name)
  return (
    <>
      <Button look="primary" onClick={() => setOpen(true)}>{t('签发', 'Sign')}</Button>
      <Confirm open={open} title={t('签发这份专报？', 'Sign this brief?')} action={t('以 {name} 名义签发', 'Sign as {name}', { name: signer })} busy={busy} problem={problem} onClose={() => setOpen(false)} onConfirm={() => void onSign().then((done) => done !== undefined && setOpen(false))}>
        <p>{t('签发后文字和数字都不能再改；发现错误可以另出新版，原版保留。数据截至 {at}。', 'Words and figures are fixed from then on; a mistake is corrected by a new edition, this one stays. Data as of {at}.', { at: dateTime(brief.asOf) })}</p>
        {empty.length > 0 && <p className="b-muted">{t('“{what}”还没有写，签发后该部分不出现。', '“{what}” is empty and will not appear.', { what: empty.join(t('”“', '”, “')) })}</p>}
      </Confirm>
    </>
  )
}

function Correct({ brief, open, onClose, onDone }: { brief: Brief; open: boolean; onClose: () => void; onDone: (briefId: string) => void }) {
  const [reason, setReason] = useState('')
  const correct = useWrite(contract.correct, { onDone: (made) => { onClose(); onDone(made.briefId) } })
  return (
    <Confirm open={open} title={t('更正：另出新版', 'Correct: a new edition')} action={t('起草新版', 'Draft the new edition')} disabled={reason.trim().length < 2} busy={correct.busy} problem={correct.problem} onClose={onClose} onConfirm={() => void correct.run({ briefId: brief.briefId, newBriefId: newId(), reason: reason.trim() })}>
      <p>{t('原版保留不动，并注明已由新版更正。新版按此刻的数据重新计数，您可以修改文字后签发。', 'This edition stays and says that it was corrected. The new one is counted from the data of now; change its words, then sign.')}</p>
      <TextArea label={t('更正理由', 'Reason')} placeholder={t('更正理由（写入新版）', 'Reason (it stands in the new edition)')} value={reason} onChange={setReason} rows={2} maxLength={400} />
    </Confirm>
  )
}

/** 11月22日 18:00: a document is read on other days too. */
const written = (at: string) => `${date(at)} ${time(at)}`

/** A figure in the text: a press opens its rows. */
function FigureLink({ figure, onTrace }: { figure: Figure | undefined; onTrace: (traced: Traced) => void }) {
  if (!figure) return <span className="b-muted">—</span>
  if (figure.value === null) return <span className="b-muted" title={t('不足 5 的数字不显示', 'Below five: withheld')}>{t('不予显示', 'withheld')}</span>
  const shown = figure.words ? say(figure.words) : count(figure.value)
  return (
    <>
      {/* The joiner alone does not hold behind a button: only where nothing may break does the mark that follows stay with its figure. */}
      <span className="br-held">
        <button type="button" className="br-figure num" title={say(figure.source)} onClick={() => onTrace({ figureId: figure.figureId })}>{shown}</button>{joiner}
        {/* English says what is counted before the number. */}
        {!figure.words && language() !== 'en' && read(figure.counts.zh)}
      </span>
      {figure.previous !== null && figure.value !== figure.previous && <span className="br-change num">{t('（上期 {n}）', ' (was {n})', { n: count(figure.previous) })}</span>}
    </>
  )
}

function Body({ brief, institution, editable, onTrace }: { brief: Brief; institution: string; editable: boolean; onTrace: (traced: Traced) => void }) {
  const by = new Map(brief.figures.map((figure) => [figure.key, figure]))
  const figure = (key: string) => <FigureLink figure={by.get(key)} onTrace={onTrace} />
  const comma = t('，', ', ')
  // Within a sentence of English a label begins small.
  const within = (text: string) => (language() === 'en' ? `${text.charAt(0).toLowerCase()}${text.slice(1)}` : text)
  const help = brief.figures.filter((one) => one.group === 'help')
  const toldHelp = help.filter((one) => one.value !== null)
  let number = 0
  const heading = (text: string) => <h2>{t('{n}、{text}', '{m}. {text}', { n: '一二三四五六七八'[number++] ?? '', m: number, text })}</h2>
  return (
    <>
      <p className="br-letterhead">{t('{office}情况报告', '{office} Report', { office: read(brief.unit.parentId === null && brief.unit.tree === 'admin' ? institution : `${institution}${language() === 'en' ? ' ' : ''}${brief.unit.name}`) })}</p>
      <h2 className="br-title">{read(brief.title)}</h2>
      {brief.addressee && <p className="br-to">{read(brief.addressee.replace(/[：:]\s*$/u, ''))}{t('：', ':')}</p>}
      {heading(t('总体情况', 'Situation'))}
      <p>
        {by.has('response/level') && <>{t('截至 {at}，应急响应为 ', 'As of {at} the response stands at ', { at: written(brief.asOf) })}{figure('response/level')}{t('，处于第 ', ', day ')}{figure('response/day')}{t('。', '. ')}</>}
        {t('本报告期为 {from} 至 {to}，数据截至 {at}。', 'This report covers {from} to {to}; data as of {at}.', { from: written(brief.from), to: written(brief.to), at: written(brief.asOf) })}
      </p>
      <Passage brief={brief} field="situation" editable={editable} placeholder={t('补充基本情况：做了哪些部署、有什么变化', 'Add what was done, what changed')} />
      {by.has('duties/total') && (
        <>
          {heading(t('任务落实情况', 'Duties'))}
          <p>
            {t('共有任务 ', 'Duties: ')}{figure('duties/duties')}{t('，落到单位任务 ', ', as assignments: ')}{figure('duties/total')}{t('，其中', ', of these ')}
            {dutyStates.map((state, index) => <span key={state}>{index > 0 && comma}{within(say(dutyWords[state]))} {figure(`duties/${state}`)}</span>)}
            {t('；逾期 ', '; overdue ')}{figure('duties/overdue')}
            {by.has('units/overdue') && <>{t('，涉及单位 ', ', of units ')}{figure('units/overdue')}</>}{t('。', '.')}
          </p>
        </>
      )}
      {brief.tables.length > 0 && heading(t('覆盖情况', 'Coverage'))}
      {brief.tables.length > 0 && <Coverage brief={brief} by={by} onTrace={onTrace} />}
      {help.length > 0 && (
        <>
          {heading(t('求助办理情况', 'Help requests'))}
          <p>
            {toldHelp.map((one, index) => <span key={one.figureId}>{index > 0 ? <>{comma}{within(say(one.label))}</> : say(one.label)} <FigureLink figure={one} onTrace={onTrace} /></span>)}
            {toldHelp.length > 0 && t('。', '. ')}
            {toldHelp.length === 0 ? t('本期收到的求助件数不足 5 件或可由此推算，按规定不予显示。', 'The numbers of requests in this period are withheld: below five, or worked out from those.') : toldHelp.length < help.length && t('其余件数不足 5 件或可由此推算，按规定不予显示。', 'The others are withheld: below five, or worked out from those.')}
          </p>
        </>
      )}
      {(editable || brief.problems.trim()) && heading(t('存在问题', 'Problems'))}
      <Passage brief={brief} field="problems" editable={editable} placeholder={t('存在问题（不写则不出现）', 'Problems (left out if empty)')} />
      {(editable || brief.nextSteps.trim()) && heading(t('下一步打算', 'Next steps'))}
      <Passage brief={brief} field="nextSteps" editable={editable} placeholder={t('下一步打算（不写则不出现）', 'Next steps (left out if empty)')} />
      <p className="br-signature">{brief.signedBy ? <>{t('签发：', 'Signed: ')}<span translate="no">{brief.signedBy.name}</span>{t('（{title}）', ' ({title})', { title: officeTitle(brief.signedBy.title) })}<br />{brief.signedAt && written(brief.signedAt)}</> : <span className="b-muted">{t('草稿，未签发', 'Draft, not signed')}</span>}</p>
    </>
  )
}

/** A passage in one's own words; saved when it is left. */
function Passage({ brief, field, editable, placeholder }: { brief: Brief; field: 'situation' | 'problems' | 'nextSteps'; editable: boolean; placeholder: string }) {
  const [typed, setTyped] = useState<string | null>(null)
  const edit = useWrite(contract.edit, { onDone: () => setTyped(null) })
  if (!editable) return brief[field].trim() ? <>{brief[field].split(/\n+/).map((line, index) => <p key={index}>{line}</p>)}</> : null
  const save = () => {
    if (typed !== null && typed !== brief[field]) void edit.run({ briefId: brief.briefId, [field]: typed })
  }
  return (
    <div className="br-passage" onBlur={save}>
      <TextArea label={placeholder} placeholder={placeholder} value={typed ?? brief[field]} onChange={setTyped} rows={2} maxLength={6000} />
      {edit.busy && <span className="b-muted br-small br-saving" role="status">{t('正在保存…', 'Saving…')}</span>}
      <WriteProblem problem={edit.problem} />
    </div>
  )
}
