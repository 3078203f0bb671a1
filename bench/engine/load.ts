/**
 * A light load: keep-alive connections that post one answer sheet after another, on bare sockets and with most requests written beforehand, so that the generator takes little of the
 * two cores it shares with what it measures. Closed loop: `connections` always have one request under way. Open loop: `rate` a second are due, ready or not;
 * a request's time then counts from when it was due (no coordinated omission).
 */
import { connect, type Socket } from 'node:net'

/** Requests a second that are written beforehand. */
const mostReady = 12_000

export interface Load {
  port: number
  connections: number
  seconds: number
  /** Requests a second in open loop; absent: closed loop. */
  rate?: number
  /** The nth request: path, session token, body. */
  request: (n: number) => { path: string; token: string; body: string }
}

export interface Loaded {
  /** Answers 200 per second of the measured time. */
  perSecond: number
  accepted: number
  /** By status. */
  refused: Record<string, number>
  p50: number
  p99: number
  worst: number
  /** Some refusal said when to come again. */
  retryAfterSeen: boolean
  /** First words of a refusal, for the reader. */
  example: string
}

export async function load({ port, connections, seconds, rate, request }: Load): Promise<Loaded> {
  const times: number[] = []
  const refused: Record<string, number> = {}
  let accepted = 0
  let sent = 0
  let retryAfterSeen = false
  let example = ''
  const written = (n: number): Buffer => {
    const { path, token, body } = request(n)
    return Buffer.from(`POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
  }
  const ready = Array.from({ length: Math.ceil(seconds * Math.min(rate ?? mostReady, mostReady)) }, (_, n) => written(n))
  const begun = performance.now()
  const end = begun + seconds * 1000
  const due = (n: number) => begun + (n * 1000) / (rate ?? 1)

  const runOne = (socket: Socket) =>
    new Promise<void>((resolve, reject) => {
      let at = 0
      let buffer = ''
      const next = () => {
        const now = performance.now()
        if (now >= end) return socket.end(() => resolve())
        if (rate !== undefined) {
          const wait = due(sent) - now
          if (wait > 1) return void setTimeout(next, wait)
        }
        const n = sent++
        at = rate === undefined ? now : due(n)
        socket.write(ready[n] ?? written(n))
      }
      socket.on('data', (chunk: string) => {
        buffer += chunk
        const head = buffer.indexOf('\r\n\r\n')
        if (head < 0) return
        const length = Number(/content-length: (\d+)/i.exec(buffer)?.[1] ?? 0)
        if (buffer.length < head + 4 + length) return
        const status = buffer.slice(9, 12)
        if (status === '200') accepted++
        else {
          refused[status] = (refused[status] ?? 0) + 1
          example ||= buffer.slice(head + 4, head + 204)
          if (/retry-after/i.test(buffer)) retryAfterSeen = true
        }
        times.push(performance.now() - at)
        buffer = ''
        next()
      })
      socket.on('error', reject)
      socket.on('connect', next)
    })
  await Promise.all(
    Array.from({ length: connections }, () => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true })
      socket.setEncoding('latin1')
      return runOne(socket)
    }),
  )
  const took = (performance.now() - begun) / 1000
  const sorted = Float64Array.from(times).toSorted()
  const at = (share: number) => Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10
  return { perSecond: Math.round(accepted / took), accepted, refused, p50: at(0.5), p99: at(0.99), worst: at(1), retryAfterSeen, example }
}
