/** Taking in a notice: a file or pasted text; refusals say what is wrong and what to do. */
import { useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { newId } from '#kernel/ids.ts'
import { list as responses } from '#slices/responses/contract.ts'
import { Button, Field, Pick } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { FileDrop, PasteBox, type TakenFile } from '#ui/intake.tsx'
import { KeyHint, useKey } from '#ui/keys.tsx'
import { Page, Panel } from '#ui/page.tsx'
import { NoPermission, Note } from '#ui/states.tsx'
import { read, t } from '#ui/words.ts'
import * as contract from '../contract.ts'
import { useMine } from './words.ts'

const kinds = ['.docx', '.pdf', '.html', '.htm', '.txt', '.doc', '.wps', '.md', '.rtf']

export function ImportPage(_: { params: Record<string, string> }) {
  const { can } = useMine()
  const [search] = useSearchParams()
  const amends = search.get('amends') ?? undefined
  const [, go] = useLocation()
  const [text, setText] = useState('')
  const [file, setFile] = useState<TakenFile | null>(null)
  const [chosen, setChosen] = useState<string | null | undefined>(search.get('responseId') ?? undefined)
  const open = useRead(responses, {}, { topics: ['responses'] })
  const amended = useRead(contract.get, { noticeId: amends ?? '' }, { enabled: amends !== undefined })
  const [noticeId] = useState(newId)
  const take = useWrite(contract.importNotice, { onDone: (answer) => go(`/notices/${answer.noticeId}/confirm`) })
  const running = (open.data?.responses ?? []).filter((one) => one.status === 'open')
  // One open response is the usual case.
  const responseId = chosen === undefined ? (running.length === 1 ? (running[0]?.responseId ?? null) : null) : chosen
  const send = (source: { file?: TakenFile; text?: string }, force: { again?: boolean; anyway?: boolean; amends?: string } = {}) =>
    void take.run({ noticeId, ...(source.text ? { text: source.text } : {}), ...(responseId && !amends && !force.amends ? { responseId } : {}), ...(amends ? { amends } : {}), ...force }, source.file ? { file: source.file } : {})
  const twin = take.problem?.code === 'duplicate-notice' ? (take.problem.details as { noticeId?: string; status?: string; sameText?: boolean } | undefined) : undefined
  const source = file ? { file } : { text }
  useKey('Ctrl+Enter', () => { if (text.trim().length >= 10 && !take.busy) send({ text }) })
  if (!can('notice.draft')) return <Page title={t('导入通知', 'Import a notice')}><NoPermission /></Page>
  return (
    <Page
      title={amends ? t('导入修订版', 'Import an amendment') : t('导入通知', 'Import a notice')} breadcrumb={[{ label: t('通知', 'Notices'), to: '/notices' }]}
      lead={t('按原样导入。系统会读出发文要素、条款和每一条任务，由您逐条核对后才签发；现在不会惊动任何人。', 'As it is. Header, clauses and duties are read from it; you confirm them before anything is issued. Nobody is told now.')}
    >
      {amends && amended.data && <Note>{t('将作为《{title}》的第 {n} 版，签发前可逐条对照。', 'This becomes version {n} of “{title}”; you see the difference before issuing.', { title: read(amended.data.notice.title), n: amended.data.notice.version + 1 })}</Note>}
      {take.problem && (
        <Note
          tone={take.problem.code === 'duplicate-notice' ? 'warn' : 'bad'}
          action={
            <span className="b-actions">
              {twin?.noticeId && <Button size="small" to={twin.status === 'draft' ? `/notices/${twin.noticeId}/confirm` : `/notices/${twin.noticeId}`}>{t('打开已有的', 'Open that one')}</Button>}
              {twin?.noticeId && twin.status === 'issued' && twin.sameText === false && <Button size="small" onClick={() => send(source, { amends: twin.noticeId ?? '' })}>{t('作为它的修订导入', 'Import as its amendment')}</Button>}
              {take.problem.code === 'duplicate-notice' && <Button size="small" onClick={() => send(source, { again: true })}>{t('仍然导入', 'Import all the same')}</Button>}
              {take.problem.code === 'not-a-notice' && <Button size="small" onClick={() => send(source, { anyway: true })}>{t('确是通知，仍然导入', 'It is one: import it')}</Button>}
            </span>
          }
        >
          {file && <b>{file.name}：</b>}
          {take.problem.message}
        </Note>
      )}
      {!amends && running.length > 0 && (
        <Field label={t('属于哪个应急响应', 'Which response it belongs to')}>
          <Pick clearable width={360} value={responseId} placeholder={t('不属于任何响应', 'None')} onChange={setChosen} options={running.map((one) => ({ value: one.responseId, label: read(one.name) }))} />
        </Field>
      )}
      <Panel title={t('文件', 'File')}>
        <FileDrop accept={kinds} limit={20 * 1048576} busy={take.busy} title={t('把通知文件拖到这里，或点按选择', 'Drop the notice here, or choose it')} hint={t('Word（.docx、.doc）、WPS、PDF（有文字层）、网页（.html）、文本（.txt、.md），不超过 20 MB', 'Word (.docx, .doc), WPS, PDF with text, web page (.html), text (.txt, .md), up to 20 MB')} onFile={(taken) => { setFile(taken); send({ file: taken }) }} />
      </Panel>
      <Panel title={t('或者粘贴正文', 'Or paste the text')}>
        <PasteBox label={t('通知正文', 'Text of the notice')} value={text} onChange={(next) => { setText(next); setFile(null) }} limit={1_000_000} rows={6} placeholder={t('从网页、微信群或邮件里复制的文字，连同抬头和落款一起粘贴', 'Text copied from a page, a chat or a mail, with head and signature')} />
        <div className="b-actions n-import-foot">
          <Button look="primary" busy={take.busy} disabled={text.trim().length < 10} onClick={() => { setFile(null); send({ text }) }}>
            {t('研读', 'Read it')} <KeyHint keys="Ctrl+Enter" />
          </Button>
          <span className="b-muted n-small">{t('原件会一并保存备查。', 'The original is kept.')}</span>
        </div>
      </Panel>
    </Page>
  )
}
