/** The one way to send mail, where the operator of the server has set it up: BULWARK_SMTP_URL (smtp:// or smtps://) and BULWARK_MAIL_FROM. */
import { createTransport } from 'nodemailer'
import type { Bilingual } from './words.ts'

export interface MailSettings {
  url: string
  from: string
}

export function mailSettings(): MailSettings | null {
  const { BULWARK_SMTP_URL: url = '', BULWARK_MAIL_FROM: from = '' } = process.env
  return /^smtps?:\/\//.test(url) && from.includes('@') ? { url, from } : null
}

export interface Attachment {
  name: string
  mediaType: string
  bytes: Uint8Array
}

export interface Letter {
  /** Stable through retries: a receiver that got it already knows it again. */
  id: string
  to: string
  subject: string
  text: string
  files?: Attachment[]
}

/** Why a letter did not go, and whether another try may help. Never the server's own words: they may hold addresses. */
export interface MailFailure {
  lasting: boolean
  problem: Bilingual
}

/** Hands a letter to the mail server; null where it was taken. */
export async function deliver(settings: MailSettings, letter: Letter): Promise<MailFailure | null> {
  const transport = createTransport({ url: settings.url, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, disableFileAccess: true, disableUrlAccess: true })
  try {
    await transport.sendMail({
      from: settings.from, to: { name: '', address: letter.to }, subject: letter.subject, text: letter.text, messageId: `<${letter.id}@bulwark.invalid>`,
      attachments: (letter.files ?? []).map((file) => ({ filename: file.name, content: Buffer.from(file.bytes), contentType: file.mediaType })),
    })
    return null
  } catch (error) {
    return failureOf(error)
  } finally {
    transport.close()
  }
}

function failureOf(error: unknown): MailFailure {
  const { code, responseCode } = error as { code?: string; responseCode?: number }
  if (responseCode !== undefined && responseCode >= 500 && code === 'EENVELOPE') return { lasting: true, problem: { zh: `邮件服务器拒收该地址（${responseCode}），请核对地址。`, en: `The mail server refuses this address (${responseCode}); check it.` } }
  if (code === 'EAUTH') return { lasting: true, problem: { zh: '邮件服务器不接受所配置的账号，请告知管理员。', en: 'The mail server does not accept the configured account; tell the administrator.' } }
  if (responseCode !== undefined && responseCode >= 500) return { lasting: true, problem: { zh: `邮件服务器拒收（${responseCode}）。`, en: `The mail server refuses the letter (${responseCode}).` } }
  if (responseCode !== undefined) return { lasting: false, problem: { zh: `邮件服务器暂不接收（${responseCode}），稍后自动重试。`, en: `The mail server does not take it now (${responseCode}); it will be tried again.` } }
  return { lasting: false, problem: { zh: '连不上邮件服务器，稍后自动重试。', en: 'The mail server cannot be reached; it will be tried again.' } }
}
