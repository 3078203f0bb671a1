/** Which push services there are, and what their answers mean. The server speaks to these hosts only, whatever address a browser hands in. */
import type { Bilingual } from '#kernel/words.ts'

/** A leading dot: any host below. */
const services: readonly { host: string; name: string }[] = [
  { host: 'fcm.googleapis.com', name: 'Google' },
  { host: '.push.services.mozilla.com', name: 'Mozilla' },
  { host: '.notify.windows.com', name: 'Microsoft' },
  { host: '.push.apple.com', name: 'Apple' },
]

/** Who would carry a message to this address; null: no push service that is known. */
export function pushService(endpoint: string): string | null {
  if (!URL.canParse(endpoint)) return null
  const url = new URL(endpoint)
  if (url.protocol !== 'https:' || url.port !== '' || url.username || url.password || url.hash) return null
  return services.find(({ host }) => (host.startsWith('.') ? url.hostname.endsWith(host) && url.hostname.length > host.length : url.hostname === host))?.name ?? null
}

export type Verdict =
  | { outcome: 'sent' }
  /** The browser has ended it: it is forgotten. */
  | { outcome: 'gone' }
  | { outcome: 'later'; seconds: number | null; problem: Bilingual }
  | { outcome: 'refused'; problem: Bilingual }

/** What an answer of a push service means (RFC 8030). @param status 0: no answer at all. */
export function pushVerdict(status: number, retryAfter: string | null): Verdict {
  if (status >= 200 && status < 300) return { outcome: 'sent' }
  if (status === 404 || status === 410) return { outcome: 'gone' }
  if (status === 429 || status >= 500) return { outcome: 'later', seconds: secondsOf(retryAfter), problem: { zh: `推送服务暂不接收（${status}）。`, en: `The push service does not take it now (${status}).` } }
  if (status === 0) return { outcome: 'later', seconds: null, problem: { zh: '连不上推送服务，请检查服务器能否访问外网。', en: 'The push service cannot be reached; check whether the server can reach the internet.' } }
  if (status === 401 || status === 403) return { outcome: 'refused', problem: { zh: `推送服务不认本系统的密钥（${status}），请核对服务器时钟；仍不行请在设备上关闭后重新开启。`, en: `The push service does not accept our key (${status}); check the server's clock, or switch it off and on again on the device.` } }
  return { outcome: 'refused', problem: { zh: `推送服务拒收（${status}）。`, en: `The push service refuses it (${status}).` } }
}

function secondsOf(retryAfter: string | null): number | null {
  const seconds = Number(retryAfter ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(3600, seconds) : null
}

/** How long a message is worth delivering, and how it may wake a sleeping phone. */
export const pushManner = (kind: string, urgent: boolean): { ttl: number; urgency: 'high' | 'normal' } =>
  kind === 'call' ? { ttl: 1800, urgency: 'high' } : urgent ? { ttl: 4 * 3600, urgency: 'high' } : { ttl: 24 * 3600, urgency: 'normal' }
