/** Sending a signed brief by e-mail to where the notice says; whom it was sent to. */
import { useState } from 'react'
import { newId } from '#kernel/ids.ts'
import { Button, Check, TextInput } from '#ui/controls.tsx'
import { useWrite } from '#ui/data.ts'
import { dateTime } from '#ui/format.ts'
import { Panel } from '#ui/page.tsx'
import { WriteProblem } from '#ui/states.tsx'
import { Tag } from '#ui/tags.tsx'
import { useToast } from '#ui/toast.tsx'
import { language, read, say, t } from '#ui/words.ts'
import * as contract from '../contract.ts'
import { formatName, useMine, type Brief, type Format } from './words.ts'

export function SendPanel({ brief }: { brief: Brief }) {
  const { can } = useMine()
  const [to, setTo] = useState<string | null>(null)
  const [formats, setFormats] = useState<readonly Format[]>(['docx', 'pdf'])
  const toast = useToast()
  const send = useWrite(contract.send, { onDone: () => { setTo(null); toast(t('已交邮件发送', 'Handed to the mail'), { tone: 'good' }) } })
  const address = to ?? brief.proposedAddress ?? ''
  return (
    <Panel title={t('报送', 'Send')}>
      <div className="br-send">
        {brief.reportTo && <p>{t('通知要求报送：', 'The notice asks to report to: ')}<b>{read(brief.reportTo.split(/\s*[;；]\s*/).join(t('；', '; ')))}</b></p>}
        {brief.state !== 'signed' ? (
          <p className="b-muted">{t('签发后可以用邮件报送。草稿也能下载，但会标明“草稿”。', 'It can be sent once signed. A draft can be downloaded and is marked as one.')}</p>
        ) : !brief.mail ? (
          <p className="b-muted">{t('本系统没有配置邮件，请下载后自行报送。', 'Mail is not set up here: download it and send it yourself.')}</p>
        ) : can('brief.write') ? (
          <>
            <TextInput type="email" label={t('收件地址', 'Address')} placeholder="office@example.edu.cn" value={address} onChange={setTo} maxLength={254} />
            {brief.proposedAddress && to === null && <p className="b-muted br-small">{t('地址取自通知，请核对。', 'The address is from the notice; check it.')}</p>}
            <div className="br-facts">{(['docx', 'pdf', 'xlsx'] as const).map((format) => <Check key={format} value={formats.includes(format)} onChange={(on) => setFormats(on ? [...formats, format] : formats.filter((one) => one !== format))}>{formatName(format)}</Check>)}</div>
            <WriteProblem problem={send.problem} />
            <Button look="primary" busy={send.busy} disabled={address.length < 6 || formats.length === 0} onClick={() => void send.run({ sendId: newId(), briefId: brief.briefId, to: address.trim(), formats: [...formats], language: language() })}>{t('发送', 'Send')}</Button>
          </>
        ) : null}
        {brief.sendings.length > 0 && (
          <ul className="br-rows">
            {brief.sendings.map((one) => (
              <li key={one.sendId}>
                <span className="br-grow"><b>{one.to}</b><br /><span className="b-muted br-small">{one.formats.map(formatName).join(' ')} · {dateTime(one.sentAt ?? one.askedAt)} <span translate="no">{one.askedBy}</span></span>{one.problem && <span className="b-bad br-small"><br />{say(one.problem)}</span>}</span>
                <Tag tone={one.state === 'sent' ? 'good' : one.state === 'failed' ? 'bad' : 'warn'}>{one.state === 'sent' ? t('已发送', 'Sent') : one.state === 'failed' ? t('未送达', 'Failed') : t('发送中', 'Waiting')}</Tag>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Panel>
  )
}
