/** What is posted to a robot: plain text, which every one of the services shows alike and in which nothing can hide; signed where the service has it so. */
import { createHmac } from 'node:crypto'
import { post, type Posted } from './outside.ts'
import { addressOf, type Service } from './rules/robots.ts'

/** DingTalk signs `timestamp \n secret` with the secret, in milliseconds; Feishu signs nothing with `timestamp \n secret`, in seconds. */
export function signed(service: Service, secret: string | null, now: Date): { query: string; body: Record<string, string> } {
  if (!secret || service === 'wecom') return { query: '', body: {} }
  if (service === 'dingtalk') {
    const timestamp = String(now.getTime())
    const sign = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64')
    return { query: `&timestamp=${timestamp}&sign=${encodeURIComponent(sign)}`, body: {} }
  }
  const timestamp = String(Math.floor(now.getTime() / 1000))
  return { query: '', body: { timestamp, sign: createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64') } }
}

export function sendToRobot(robot: { service: Service; key: string; secret: string | null }, text: string, now: Date): Promise<Posted> {
  const { query, body } = signed(robot.service, robot.secret, now)
  const content = robot.service === 'wecom' || robot.service === 'dingtalk' ? { msgtype: 'text', text: { content: text } } : { ...body, msg_type: 'text', content: { text } }
  return post(addressOf(robot.service, robot.key) + query, { 'content-type': 'application/json; charset=utf-8' }, JSON.stringify(content))
}
