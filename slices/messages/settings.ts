/** What the operator of the server has set: where links lead, whom push services may write to. */
import { mailSettings } from '#kernel/mail.ts'

/** What links in mails and groups begin with (BULWARK_ADDRESS); null: they go without. */
export function publicAddress(): string | null {
  const address = (process.env['BULWARK_ADDRESS'] ?? '').replace(/\/+$/, '')
  return /^https?:\/\/[^\s/?#@]+$/.test(address) ? address : null
}

/** Push services want somebody to write to when something is wrong with what we send. */
export function pushContact(): string {
  const from = /<([^<>]+)>\s*$/.exec(mailSettings()?.from ?? '')?.[1] ?? mailSettings()?.from
  const address = publicAddress()
  return from ? `mailto:${from}` : address?.startsWith('https:') ? address : 'mailto:postmaster@example.edu.cn'
}

export const placeOfKey = (institutionId: string): string => `push key of ${institutionId}`
export const placeOfAddress = (robotId: string): string => `address of robot ${robotId}`
export const placeOfSecret = (robotId: string): string => `secret of robot ${robotId}`
