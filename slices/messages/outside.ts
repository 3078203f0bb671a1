/**
 * Posting to strangers: only to hosts that the rules of this slice name, over https, following no redirect. Where the campus lets nothing out, BULWARK_RELAYS says which
 * address stands for which host: `qyapi.weixin.qq.com=http://10.0.0.5:8000, fcm.googleapis.com=http://10.0.0.5:8001`.
 */
export interface Posted {
  /** 0: no answer. */
  status: number
  retryAfter: string | null
  body: unknown
}

const mostAnswer = 16_384
const patienceMs = 8000

function relayOf(host: string): string | null {
  for (const pair of (process.env['BULWARK_RELAYS'] ?? '').split(',')) {
    const [name = '', to = ''] = pair.trim().split('=')
    if (name === host && /^https?:\/\/[\w.:[\]-]+$/.test(to)) return to
  }
  return null
}

/** @param url already found to be of a known host. Never throws: no answer is an answer. */
export async function post(url: string, headers: Record<string, string>, body: Uint8Array<ArrayBuffer> | string): Promise<Posted> {
  const target = new URL(url)
  const relay = relayOf(target.hostname)
  const address = relay ? new URL(target.pathname + target.search, relay) : target
  try {
    const answer = await fetch(address, { method: 'POST', headers, body, redirect: 'manual', signal: AbortSignal.timeout(patienceMs) })
    return { status: answer.status, retryAfter: answer.headers.get('retry-after'), body: await readJson(answer) }
  } catch {
    return { status: 0, retryAfter: null, body: null }
  }
}

async function readJson(answer: Response): Promise<unknown> {
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of answer.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length > mostAnswer) {
      await answer.body?.cancel().catch(() => {})
      return null
    }
  }
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}

/** Works on many things, so many at once. */
export async function inTurns<T, R>(items: readonly T[], atOnce: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  let next = 0
  const lane = async () => {
    while (next < items.length) {
      const index = next++
      results[index] = await work(items[index] as T)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, lane))
  return results
}
