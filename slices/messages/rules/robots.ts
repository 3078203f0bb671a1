/** The robots of working chat groups, as their makers document them: addresses, limits, what is sent, what their answers mean. */
import type { Bilingual } from '#kernel/words.ts'

export const services = {
  wecom: { zh: '企业微信', en: 'WeCom', host: 'qyapi.weixin.qq.com', perMinute: 20, mostBytes: 2048, signed: false },
  dingtalk: { zh: '钉钉', en: 'DingTalk', host: 'oapi.dingtalk.com', perMinute: 20, mostBytes: 18_000, signed: true },
  feishu: { zh: '飞书', en: 'Feishu', host: 'open.feishu.cn', perMinute: 100, mostBytes: 18_000, signed: true },
  lark: { zh: 'Lark', en: 'Lark', host: 'open.larksuite.com', perMinute: 100, mostBytes: 18_000, signed: true },
} as const
export type Service = keyof typeof services

/** Between two messages of one robot, so that the minute's limit is never met; Feishu also wants fewer than five a second. */
export const gapMs = (service: Service): number => Math.ceil(60_000 / services[service].perMinute) + 100

/** Whose robot an address is, taken apart so that nothing but its key is kept; null where it is none that is known. */
export function robotOf(address: string): { service: Service; key: string } | null {
  const text = address.trim()
  if (text.length > 500 || !URL.canParse(text)) return null
  const url = new URL(text)
  if (url.protocol !== 'https:' || url.port !== '' || url.username || url.password) return null
  const service = (Object.keys(services) as Service[]).find((one) => services[one].host === url.hostname)
  if (!service) return null
  const key =
    service === 'wecom' ? (url.pathname === '/cgi-bin/webhook/send' ? url.searchParams.get('key') : null)
    : service === 'dingtalk' ? (url.pathname === '/robot/send' ? url.searchParams.get('access_token') : null)
    : (/^\/open-apis\/bot\/v2\/hook\/([^/]+)$/.exec(url.pathname)?.[1] ?? null)
  return key && /^[\w-]{8,200}$/.test(key) ? { service, key } : null
}

/** What people see of an address that is not shown any more. */
export const endingOf = (key: string): string => key.slice(-4)

/** The address to post to, without a signature. */
export function addressOf(service: Service, key: string): string {
  const { host } = services[service]
  if (service === 'wecom') return `https://${host}/cgi-bin/webhook/send?key=${key}`
  if (service === 'dingtalk') return `https://${host}/robot/send?access_token=${key}`
  return `https://${host}/open-apis/bot/v2/hook/${key}`
}

export type RobotVerdict = { outcome: 'sent' } | { outcome: 'later'; seconds: number; problem: Bilingual } | { outcome: 'refused'; problem: Bilingual }

const refused = (zh: string, en: string): RobotVerdict => ({ outcome: 'refused', problem: { zh, en } })
const later = (seconds: number, zh: string, en: string): RobotVerdict => ({ outcome: 'later', seconds, problem: { zh, en } })

const gone = refused('机器人已被移除或地址失效，请在群里重新添加并更换地址。', 'The robot was removed or its address has expired: add it again in the group and change the address.')
const tooOften = (seconds: number) => later(seconds, '发送太频繁，对方暂时限流，稍后自动续发。', 'Sent too often: the service holds back for a while; it goes on by itself.')
const tooLong = refused('消息太长，对方拒收。', 'The message is too long for the service.')

/** The numbers their documents name, in words. */
const known: Record<'wecom' | 'dingtalk' | 'feishu', Record<number, RobotVerdict>> = {
  wecom: {
    93000: gone, 93004: refused('机器人已停用。', 'The robot has been switched off.'), 93008: refused('机器人不在群里，请重新添加。', 'The robot is not in the group; add it again.'),
    45009: tooOften(60), 45033: tooOften(60), 45002: tooLong, 40008: refused('对方不支持这种消息。', 'The service does not take this kind of message.'), 44004: refused('消息为空，对方拒收。', 'The message is empty.'),
  },
  dingtalk: {
    310000: refused('未通过钉钉的安全设置：请核对加签密钥，或在机器人设置中加入关键词“堡垒”、放行本服务器地址。', 'DingTalk’s security check failed: compare the signing secret, or add the keyword 堡垒 or this server’s address in the robot’s settings.'),
    300001: gone, 300005: gone, 400101: gone, 400106: gone, 400013: refused('群已解散。', 'The group was dissolved.'), 400102: refused('机器人已停用。', 'The robot has been switched off.'), 400105: refused('对方不支持这种消息。', 'The service does not take this kind of message.'),
    130101: tooOften(600), 130102: tooOften(600), 410100: tooOften(60), 430101: refused('消息中的链接被钉钉判为不安全。', 'DingTalk takes the link for unsafe.'), 430102: refused('消息内容被钉钉判为不合适。', 'DingTalk takes the text for unsuitable.'), 460101: tooLong,
  },
  feishu: {
    9499: refused('飞书认为请求不合格式，多为消息过长。', 'Feishu finds the request malformed, mostly because it is too long.'), 19001: gone,
    19021: refused('签名校验未通过：请核对签名密钥，并检查服务器时钟。', 'The signature was refused: compare the signing secret, and check the server’s clock.'),
    19022: refused('本服务器地址不在飞书机器人的 IP 白名单中。', 'This server’s address is not on the robot’s list of allowed addresses.'),
    19024: refused('消息不含机器人要求的关键词，请在机器人设置中加入关键词“堡垒”。', 'The robot wants a keyword: add 堡垒 in its settings.'),
    11232: tooOften(60), 11233: tooOften(60), 11247: tooOften(60), 99991400: tooOften(60),
  },
}

const numberIn = (body: unknown, ...names: string[]): number | null => {
  if (typeof body !== 'object' || body === null) return null
  for (const name of names) {
    const value = (body as Record<string, unknown>)[name]
    if (typeof value === 'number' && Number.isFinite(value)) return value
  }
  return null
}

/** What a robot's answer means. @param status 0: no answer. Its own words are never kept: they may quote the address. */
export function robotVerdict(service: Service, status: number, body: unknown): RobotVerdict {
  const name = services[service]
  if (status === 0) return later(60, `连不上${name.zh}，请检查服务器能否访问外网；稍后自动重试。`, `${name.en} cannot be reached; check whether the server can reach the internet. It is tried again.`)
  if (status === 429) return tooOften(60)
  if (status >= 500) return later(60, `${name.zh}暂时不可用（${status}），稍后自动重试。`, `${name.en} is not available (${status}); it is tried again.`)
  const family = service === 'lark' ? 'feishu' : service
  const code = family === 'feishu' ? numberIn(body, 'code', 'StatusCode') : numberIn(body, 'errcode')
  if (code === 0 && status >= 200 && status < 300) return { outcome: 'sent' }
  if (code === -1) return later(60, `${name.zh}系统繁忙，稍后自动重试。`, `${name.en} is busy; it is tried again.`)
  const found = code === null ? undefined : known[family][code]
  if (found) return found
  if (code === null && (status < 200 || status >= 300)) return refused(`${name.zh}拒收（HTTP ${status}）。`, `${name.en} refuses it (HTTP ${status}).`)
  if (code === null) return refused(`${name.zh}的答复无法识别，未能确认送达。`, `${name.en} answered something that is not understood; delivery is not confirmed.`)
  return refused(`${name.zh}拒收（错误码 ${code}）。`, `${name.en} refuses it (code ${code}).`)
}
