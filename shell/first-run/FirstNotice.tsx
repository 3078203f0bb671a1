/** The first notice: a file or pasted text; without one at hand, a made-up sample. From here it is read, confirmed and issued like any other. */
import { useState } from 'react'
import { useLocation } from 'wouter'
import { newId } from '#kernel/ids.ts'
import { drafts, importNotice } from '#slices/notices/contract.ts'
import { list as responses } from '#slices/responses/contract.ts'
import { Button } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { date, presentMoment } from '#ui/format.ts'
import { FileDrop, PasteBox, type TakenFile } from '#ui/intake.tsx'
import { Page, Panel, RowLink, Stack } from '#ui/page.tsx'
import { NoPermission, WriteProblem } from '#ui/states.tsx'
import { read, t } from '#ui/words.ts'
import { useMe } from '../session.tsx'
import { sampleNotice } from './sample-notice.ts'

const kinds = ['.docx', '.pdf', '.html', '.htm', '.txt', '.doc', '.wps', '.md', '.rtf']

export function FirstNoticePage() {
  const { can, me } = useMe()
  const [, go] = useLocation()
  const [text, setText] = useState('')
  const [noticeId, setId] = useState(newId)
  const open = useRead(responses, {}, { topics: ['responses'] })
  const begun = useRead(drafts, {}, { topics: ['notices'], enabled: can('notice.draft') })
  const running = (open.data?.responses ?? []).filter((one) => one.status === 'open')
  const responseId = running.length === 1 ? running[0]?.responseId : undefined
  const take = useWrite(importNotice, { onDone: (answer) => go(`/notices/${answer.noticeId}/confirm`) })
  const send = (source: { file?: TakenFile; text?: string }) => void take.run({ noticeId, ...(source.text ? { text: source.text } : {}), ...(responseId ? { responseId } : {}) }, source.file ? { file: source.file } : {})
  if (!can('notice.draft')) return <Page title={t('第一份通知', 'The first notice')}><NoPermission /></Page>
  return (
    <Page
      title={t('第一份通知', 'The first notice')}
      lead={t('三步：放进原文 → 核对读出的每一条任务 → 看清会送达谁，再签发。签发前不惊动任何人。', 'Three steps: put the text in, confirm each duty that was read, see whom it reaches and issue. Nobody is told before that.')}
      breadcrumb={[{ label: t('启用', 'Getting started'), to: '/start' }]}
    >
      {(begun.data?.notices.length ?? 0) > 0 && (
        <Panel flush title={t('还没有签发的草稿', 'Drafts not issued yet')}>
          {begun.data?.notices.slice(0, 3).map((one) => <RowLink key={one.noticeId} to={`/notices/${one.noticeId}/confirm`} title={read(one.title)} text={t('已核对 {done} / {all} 条', '{done} of {all} confirmed', { done: one.confirmed, all: one.duties })} />)}
        </Panel>
      )}
      <Panel title={t('通知原文', 'The notice')} actions={<Button size="small" onClick={() => { setText(sampleNotice(me?.institution.name ?? '', presentMoment(), me?.institution.timeZone ?? 'Asia/Shanghai')); setId(newId()) }}>{t('没有现成的？填入示例', 'None at hand? Use a sample')}</Button>} {...(responseId && running[0] ? { note: t('归入“{name}”', 'belongs to “{name}”', { name: read(running[0].name) }) } : {})}>
        <Stack>
          <PasteBox label={t('粘贴正文，连同抬头和落款', 'Paste the text, with head and signature')} value={text} onChange={(next) => { setText(next); setId(newId()) }} limit={1_000_000} rows={12} placeholder={t('从网页、工作群或邮件里复制的文字', 'Text copied from a page, a chat or a mail')} />
          <WriteProblem problem={take.problem} />
          <Stack row align="between">
            <span className="b-muted">{t('今天 {day}。示例里的日期按今天推算。', 'Today is {day}; the dates of the sample lie ahead of it.', { day: date(presentMoment()) })}</span>
            <Button look="primary" busy={take.busy} disabled={text.trim().length < 10} onClick={() => send({ text })}>{t('研读', 'Read it')}</Button>
          </Stack>
        </Stack>
      </Panel>
      <Panel title={t('或者上传文件', 'Or a file')}>
        <FileDrop accept={kinds} limit={20 * 1048576} busy={take.busy} hint={t('Word（.docx）、PDF（有文字层）、网页（.html）、文本（.txt），不超过 20 MB', 'Word (.docx), PDF with text, web page (.html), text (.txt), up to 20 MB')} onFile={(file) => send({ file })} />
      </Panel>
    </Page>
  )
}
